"""Name what is wrong before a single cell is executed: ``python tools/preflight.py``.

Pins that differ from what is installed, data that differ from their checksums,
pages that would hide a failing or a complaining cell, and labels that stand twice.
"""

import hashlib
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from myst_nb.core.read import MystMetadataParsingError, read_myst_markdown_notebook
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
REGISTER = "code/mlearth/data/SOURCES.toml"
HIDING_TAGS = {"raises-exception", "remove-stderr", "skip-execution"}
LABEL = re.compile(r"^\(([^()\s]+)\)=\s*$", re.MULTILINE)
HIDING_SETTING = re.compile("execution_|output_stderr")


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def pin_fault(pin: Requirement) -> str | None:
    """What is wrong with one pin on this machine, in words, or None."""
    if pin.marker and not pin.marker.evaluate():
        return None
    try:
        found = version(pin.name)
    except PackageNotFoundError:
        return f"{pin.name}{pin.specifier} is pinned and not installed"
    if pin.specifier.contains(found, prereleases=True):
        return None
    return f"{pin.name}{pin.specifier} is pinned and {found} is installed"


def pin_faults(root: Path) -> Iterator[str]:
    """Yield each pin of requirements.txt that is not what is installed."""
    lines = (root / "requirements.txt").read_text("utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        text = line.split("#")[0].strip()
        if text and (fault := pin_fault(Requirement(text))):
            yield f"requirements.txt:{number}: {fault}; `make clean` and install again"


def registered_files(folder: Path, register: dict) -> Iterator[tuple[Path, str, str]]:
    """Yield each data file that the book reads: its path, name and checksum."""
    for entry in register.values():
        for file in entry.get("files", []):
            yield folder / file["name"], file["name"], file["sha256"]
        for source in entry["sources"] if entry["origin"] == "installed" else []:
            top, _, inside = source["path"].partition("/")
            spec = find_spec(top)
            places = (spec and spec.submodule_search_locations) or [folder]
            yield Path(places[0]) / inside, source["path"], source["sha256"]


def data_faults(root: Path) -> Iterator[str]:
    """Yield each data file that is missing or differs from the registered one."""
    path = root / REGISTER
    if not path.is_file():
        return
    text = path.read_text("utf-8")
    for file, name, checksum in registered_files(path.parent, tomllib.loads(text)):
        at = f"{REGISTER}:{line_of(text, text.index(checksum))}"
        if not file.is_file():
            yield f"{at}: {name} is missing"
        elif hashlib.sha256(file.read_bytes()).hexdigest() != checksum:
            yield f"{at}: {name} is not the registered file, its checksum differs"


def hiding(metadata: dict) -> list[str]:
    """The tags and settings of a cell or a page that would hide a failure."""
    tags = HIDING_TAGS & set(metadata.get("tags", []))
    settings = filter(HIDING_SETTING.match, metadata.get("mystnb", {}))
    return [*sorted(tags), *sorted(settings)]


def page_faults(root: Path, page: Path) -> Iterator[str]:
    """Yield what a page would hide, by the line of its cell."""
    name, text = page.relative_to(root).as_posix(), page.read_text("utf-8")
    try:
        notebook = read_myst_markdown_notebook(text, add_source_map=True, path=page)
    except MystMetadataParsingError as reason:
        yield f"{name}:1: {reason}"
        return
    lines = notebook.metadata.pop("source_map")
    for what in hiding(notebook.metadata):
        yield f"{name}:1: {what} would hide what its cells do"
    for line, cell in zip(lines, notebook.cells, strict=True):
        for what in hiding(cell.metadata):
            yield f"{name}:{line}: {what} would hide what this cell does"


def label_faults(root: Path, pages: list[Path]) -> Iterator[str]:
    """Yield each label that stands twice: Sphinx compares only those of titles."""
    first: dict[str, str] = {}
    for page in pages:
        text = page.read_text("utf-8")
        for found in LABEL.finditer(text):
            line = line_of(text, found.start())
            here = f"{page.relative_to(root).as_posix()}:{line}"
            there = first.setdefault(found[1].lower(), here)
            if there != here:
                yield f"{here}: the label {found[1]} stands at {there} too"


def faults(root: Path) -> Iterator[str]:
    """Yield every fault of the book below `root` that can be seen before it runs.

    Parameters
    ----------
    root : Path
        The folder that holds ``book/``, ``code/`` and ``requirements.txt``.

    Yields
    ------
    str
        One sentence, which begins with the file and the line: ``file:line: ...``.
    """
    yield from pin_faults(root)
    yield from data_faults(root)
    pages = sorted((root / "book").rglob("*.md"))
    yield from label_faults(root, pages)
    for page in pages:
        yield from page_faults(root, page)


def main() -> int:
    found = list(faults(ROOT))
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
