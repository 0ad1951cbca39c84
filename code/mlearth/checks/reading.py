"""Where in the book a label points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_LABEL = re.compile(r"^\(([\w-]+)\)=\s*$")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)(\s+\(\*(core|deeper)\*\))?\s*$")


@dataclass(frozen=True)
class Section:
    """A labelled section of the book.

    Attributes
    ----------
    chapter : str
        Title of the page.
    title : str
        Title of the section; the chapter's own if the label stands at its top.
    page : str
        File of the page, relative to the folder that holds book/.
    """

    chapter: str
    title: str
    page: str


def sections(root: Path) -> dict[str, Section]:
    """Return every labelled heading of the book.

    Parameters
    ----------
    root : Path
        The folder that holds book/.

    Returns
    -------
    dict of str to Section
        By label.
    """
    found = {}
    for path in sorted((root / "book").glob("**/*.md")):
        text = path.read_text(encoding="utf-8")
        found |= _sections_of(text, path.relative_to(root).as_posix())
    return found


def _sections_of(text: str, page: str) -> dict[str, Section]:
    labels, found, chapter, fenced = [], {}, "", False
    for line in text.splitlines():
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif fenced:
            continue
        elif mark := _LABEL.match(line):
            labels.append(mark[1])
        elif heading := _HEADING.match(line):
            chapter = chapter or heading[1]
            found |= {label: Section(chapter, heading[1], page) for label in labels}
            labels = []
        elif line.strip():
            labels = []
    return found


@cache
def _sections_once(root: Path) -> dict[str, Section]:
    return sections(root)


def where_to_read(label: str, root: Path) -> str:
    """Word a label as chapter, section and link.

    Parameters
    ----------
    label : str
        Label of a section.
    root : Path
        The folder that holds book/.

    Returns
    -------
    str
        Such as ``Locating earthquakes, "Relative times" (book/...md#sec-...)``.
    """
    section = _sections_once(root).get(label)
    if section is None:
        return f"the section labelled {label} (book/)"
    title = f', "{section.title}"' if section.title != section.chapter else ""
    return f"{section.chapter}{title} ({section.page}#{label})"
