"""Build the book strictly: ``python book/_ext/build.py``.

Two pages execute at a time; a warning anywhere fails the build, and it stays failed
until it is mended. A change in code, data or pins executes every page again.
"""

import argparse
import functools
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
WATCHED = ["code", "exercises", "book/_ext", "_config.yml", "requirements.txt"]
ONE_THREAD = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]
REDIRECT = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="refresh" content="0; url={page}.html"></head>
<body><main><h1>{title}</h1><p><a href="{page}.html">Open the book</a></p></main></body>
</html>
"""


def toc_pages(entry) -> list[str]:
    """Every page named in a table of contents, without its ending."""
    if isinstance(entry, list):
        return [page for item in entry for page in toc_pages(item)]
    if not isinstance(entry, dict):
        return []
    own = [entry[key] for key in ("root", "file") if key in entry]
    return own + [page for value in entry.values() for page in toc_pages(value)]


def orphans(root: Path) -> list[str]:
    """Pages below ``book/`` that the table of contents leaves out."""
    listed = set(toc_pages(yaml.safe_load((root / "_toc.yml").read_text("utf-8"))))
    pages = sorted((root / "book").rglob("*.md"))
    names = [page.relative_to(root).with_suffix("").as_posix() for page in pages]
    return [name for name in names if name not in listed]


def stamp(root: Path) -> str:
    """A fingerprint of all that a page's outputs depend on besides the page."""
    digest = hashlib.sha256(sys.version.encode())
    for name in WATCHED:
        top = root / name
        for file in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if file.is_file() and not {"__pycache__"} & set(file.parts):
                digest.update(file.relative_to(root).as_posix().encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def repository_url(root: Path) -> str:
    """Where this copy of the book lives, as git or the publishing workflow knows it."""
    if name := os.environ.get("GITHUB_REPOSITORY"):
        return f"https://github.com/{name}"
    ask = ["git", "-C", str(root), "config", "--get", "remote.origin.url"]
    url = subprocess.run(ask, capture_output=True, text=True).stdout.strip()
    return url.removesuffix(".git") if url.startswith("https://github.com/") else ""


def theme_buttons(repository: str) -> dict:
    """Launch, source and download buttons, where there is a repository to point to."""
    if not repository:
        return {}
    return {
        "html_theme_options": {
            "repository_url": repository,
            "repository_branch": "students",  # published beside the pages
            "use_repository_button": True,
            "launch_buttons": {
                "binderhub_url": "https://mybinder.org",
                "notebook_interface": "jupyterlab",
            },
        }
    }


def prepare_kernels(root: Path) -> None:
    """Give every kernel our configuration and one thread, and none the network."""
    profile = root / "_build" / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    shutil.copy(root / "book/_ext/ipython/ipython_kernel_config.py", profile)
    os.environ["IPYTHONDIR"] = str(profile.parent)
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
    os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"  # the same numbers on every processor
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))


def forget_if_stale(build: Path, fingerprint: str) -> None:
    """Drop caches made by other code, and doctrees that a failed build left."""
    known, unfinished = build / "stamp", build / "unfinished"
    if not known.exists() or known.read_text() != fingerprint:
        shutil.rmtree(build / "cache", ignore_errors=True)
        shutil.rmtree(build / "doctrees", ignore_errors=True)
    if unfinished.exists():
        shutil.rmtree(build / "doctrees", ignore_errors=True)
    build.mkdir(exist_ok=True)
    known.write_text(fingerprint)
    unfinished.touch()


def quicken() -> None:
    """Spare a small rebuild two things that take longer than the page itself."""
    import pybtex.plugin

    # jsonschema would compile a grammar of addresses that no file here contains
    sys.modules["rfc3987_syntax"] = None
    # every citation would look through the metadata of all installed packages
    pybtex.plugin.find_plugin = functools.cache(pybtex.plugin.find_plugin)


def run_sphinx(root: Path, jobs: int) -> int:
    quicken()
    from jupyter_book.sphinx import build_sphinx
    from jupyter_cache import get_cache

    build = root / "_build"
    assert get_cache(str(build / "cache")).db  # or two pages would both create it
    overrides = {
        "nb_execution_cache_path": str(build / "cache"),
        "nitpicky": True,
        "latex_individualpages": False,
        **theme_buttons(repository_url(root)),
    }
    result = build_sphinx(
        str(root),
        str(build / "html"),
        path_config=str(root / "_config.yml"),
        noconfig=True,
        confoverrides=overrides,
        doctreedir=str(build / "doctrees"),
        warningiserror=True,
        keep_going=True,
        jobs=jobs,
    )
    return result if isinstance(result, int) else 1


def build_book(root: Path, jobs: int = 2) -> int:
    """Build the book below `root`; 0 means that everything is right."""
    if lost := orphans(root):
        print(*(f"{page}.md is not in _toc.yml" for page in lost), sep="\n")
        return 1
    forget_if_stale(root / "_build", stamp(root))
    prepare_kernels(root)
    status = run_sphinx(root, jobs)
    if status == 0:
        toc = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))
        title = yaml.safe_load((root / "_config.yml").read_text("utf-8"))["title"]
        page = REDIRECT.format(title=title, page=toc["root"])
        (root / "_build/html/index.html").write_text(page, "utf-8")
        (root / "_build/unfinished").unlink()
    return status


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=2, help="pages at a time")
    return build_book(ROOT, parser.parse_args().jobs)


if __name__ == "__main__":
    sys.exit(main())
