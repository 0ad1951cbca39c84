"""Build a manuscript beside this file: LaTeX to PDF, MyST to one page of HTML.

    python make_manuscript.py example.tex      -> out/example.pdf
    python make_manuscript.py example.md       -> out/example.html
    python make_manuscript.py my_draft.tex --into somewhere

LaTeX needs pdflatex and bibtex (Debian: texlive-latex-recommended). MyST needs the
packages of the book.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONF = """\
import json
extensions = ["myst_parser", "sphinxcontrib.bibtex", "sphinx-mathjax-offline"]
myst_enable_extensions = ["dollarmath", "amsmath", "colon_fence", "substitution"]
myst_substitutions = json.load(open("results/numbers.json", encoding="utf-8"))
bibtex_bibfiles = ["references.bib"]
bibtex_reference_style = "author_year"
numfig = True
root_doc = "draft"
exclude_patterns = []
html_theme = "basic"
html_copy_source = False
html_show_sphinx = False
html_css_files = ["sheet.css"]
html_static_path = ["static"]
"""
SHEET = """\
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 serif; }
img { max-width: 100%; }
figure { margin: 1.5rem 0; }
table { border-collapse: collapse; font-size: 0.9rem; }
td, th { padding: 0.15rem 0.6rem 0.15rem 0; text-align: left; }
thead { border-bottom: 1px solid; }
.headerlink, .related, .sphinxsidebar, .footer { display: none; }
@media print { body { font-size: 10pt; margin: 0; max-width: none; } }
"""
AGAIN = re.compile(r"undefined (?:references|citations)|Citation .* undefined")


class Fault(Exception):
    """What stopped a build, in words."""


def run(command: list[str], folder: Path) -> str:
    """What a program says; a `Fault` with the lines that matter if it fails."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True
    )
    said = done.stdout + done.stderr
    if done.returncode:
        lines = said.splitlines()
        start = next((k for k, line in enumerate(lines) if line[:1] == "!"), -15)
        raise Fault(f"{command[0]} fails:\n" + "\n".join(lines[start:][:15]))
    return said


def workshop(draft: Path, into: Path) -> Path:
    """A folder with the draft and everything that it may use."""
    folder = into / f"{draft.stem}-{draft.suffix[1:]}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in draft.parent.iterdir():
        if path.suffix in (".tex", ".bib", ".bst"):
            shutil.copy(path, folder)
    results = draft.parent / "results"
    if not (results / "numbers.json").exists():
        raise Fault("there are no results yet: python make_results.py")
    shutil.copytree(results, folder / "results")
    return folder


def build_tex(draft: Path, into: Path) -> Path:
    """The PDF of a draft in LaTeX; undefined references are faults."""
    folder = workshop(draft, into)
    latex = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", draft.name]
    run(latex, folder)
    run(["bibtex", draft.stem], folder)
    run(latex, folder)
    run(latex, folder)
    log = (folder / f"{draft.stem}.log").read_text("utf-8", errors="replace")
    if AGAIN.search(log):
        raise Fault(
            "\n".join(re.findall(r"^LaTeX.*undefined.*|.*Citation.*", log, re.M))
        )
    return Path(shutil.copy(folder / f"{draft.stem}.pdf", into))


def build_md(draft: Path, into: Path) -> Path:
    """One page of HTML of a draft in MyST; every warning is a fault."""
    folder = workshop(draft, into)
    shutil.copy(draft, folder / "draft.md")
    (folder / "static").mkdir()
    (folder / "static/sheet.css").write_text(SHEET, "utf-8")
    (folder / "conf.py").write_text(CONF, "utf-8")
    pages = into / draft.stem
    shutil.rmtree(pages, ignore_errors=True)
    run([sys.executable, "-P", "-m", "sphinx", "-W", "-q", ".", str(pages)], folder)
    shutil.rmtree(pages / ".doctrees", ignore_errors=True)
    return pages / "draft.html"


def main(arguments=None) -> int:
    """Run the command line; 1 if the draft does not build."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("draft", type=Path)
    parser.add_argument("--into", type=Path, default=HERE / "out")
    asked = parser.parse_args(arguments)
    asked.into.mkdir(parents=True, exist_ok=True)
    build = build_tex if asked.draft.suffix == ".tex" else build_md
    try:
        print(build(asked.draft.resolve(), asked.into.resolve()))
    except (Fault, FileNotFoundError) as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
