"""Programs that tests call and a machine may lack; `conftest.py` skips what needs them.

A test says what it calls: ``@pytest.mark.needs("octave")``, or for a whole module
``pytestmark = pytest.mark.needs("octave")``.
"""

import shutil
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]


class Program(NamedTuple):
    """Under which names a program may be found, and how to come by it."""

    names: tuple[str, ...]
    remedy: str


PROGRAMS = {
    "octave": Program(
        ("octave-cli",), "install GNU Octave (apt or brew install octave)"
    ),
    "chromium": Program(
        ("chromium", "chromium-browser", "google-chrome"),
        "install Chromium (apt install chromium)",
    ),
    "poppler": Program(
        ("pdftoppm",),
        "install poppler (apt install poppler-utils, brew install poppler)",
    ),
    "bwrap": Program(("bwrap",), "install bubblewrap (apt install bubblewrap)"),
    "pdflatex": Program(
        ("pdflatex",), "install LaTeX (apt install texlive-latex-recommended)"
    ),
    "git": Program(("git",), "install git (apt or brew install git)"),
    "make": Program(("make",), "install make (apt install make; Windows has none)"),
    "bash": Program(("bash",), "run them on Linux or macOS, whose scripts they call"),
    "clone": Program((), "take the book by git clone instead of an unpacked archive"),
}


def missing(need: str) -> bool:
    """Whether this machine lacks a program, or this tree its history."""
    if need == "clone":
        return not (ROOT / ".git").exists()
    return not any(shutil.which(name) for name in PROGRAMS[need].names)


def unproven(lacked: list[str]) -> str:
    """One paragraph on the tests left out, given what each of them lacked."""
    remedies = [
        f"{lacked.count(need)} for want of {need}: {program.remedy}"
        for need, program in PROGRAMS.items()
        if need in lacked
    ]
    return f"Not proven on this machine: {'; '.join(remedies)}. Then test again."
