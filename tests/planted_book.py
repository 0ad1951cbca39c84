"""Small books in a temporary folder, built by the real build with planted faults."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FRONT = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---
"""


def cell(code: str, header: str = "") -> str:
    head = f"---\n{header.strip()}\n---\n" if header else ""
    return f"\n```{{code-cell}} ipython3\n{head}{code.strip()}\n```\n"


def page(title: str, *parts: str) -> str:
    return FRONT + f"# {title}\n\n" + "\n".join(parts)


def plant(root: Path, pages: dict[str, str], setting: str = "") -> Path:
    """Lay a book of `pages` (name without ending -> text) into the folder `root`.

    It has the real configuration, extensions and static files; `setting` is one more
    line of Sphinx configuration.
    """
    for folder in ("book/_ext", "book/_static", "book/_templates", "tools"):
        shutil.copytree(
            ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    (root / "code").mkdir()
    (root / "book/references.bib").write_text("")
    (root / "requirements.txt").write_text("")
    config = (ROOT / "_config.yml").read_text("utf-8")
    config = config.replace("  config:\n", f"  config:\n    {setting}\n")
    (root / "_config.yml").write_text(config, "utf-8")
    for name, text in pages.items():
        path = root / f"book/{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    chapters = "".join(f"  - file: book/{name}\n" for name in list(pages)[1:])
    toc = f"format: jb-book\nroot: book/{next(iter(pages))}\n"
    toc += f"chapters:\n{chapters}" if chapters else ""
    (root / "_toc.yml").write_text(toc)
    return root


def plant_package(root: Path, modules: dict[str, str]) -> Path:
    """Lay Python files (path below code/ -> text) into a planted book."""
    for name, text in modules.items():
        path = root / "code" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def executions(root: Path) -> dict[str, float]:
    """When each page of a planted book was last executed."""
    records = sorted((root / "_build/cache/book").glob("*.json"))
    return {r.stem: json.loads(r.read_text())["executed"] for r in records}


def build(root: Path, *options: str) -> tuple[int, str]:
    """Build the planted book; its exit code and everything it said."""
    environment = {k: v for k, v in os.environ.items() if k != "PUBLIC_REPOSITORY"}
    done = subprocess.run(
        [sys.executable, "tools/build.py", *options],
        cwd=root,
        env={**environment, "NO_COLOR": "1", "PYTHONPATH": str(root / "code")},
        capture_output=True,
        text=True,
        timeout=1200,
    )
    return done.returncode, done.stdout + done.stderr
