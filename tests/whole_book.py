"""The pages of the book in the order in which they are read, and the rules' faults."""

import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import yaml
from book_rules import ROOT, SHORT, Page, unfinished_faults
from build import toc_pages

CHAPTER_FOLDERS = {"supervised_learning", "data_and_validation", "deep_learning"}
HOMEWORK = "homework"
WEEK = re.compile(r"\b([Bb]efore )?[Ww]eek (\d+)")


class Fault(NamedTuple):
    """What is wrong with a page: a few words that name it, and a sentence."""

    page: str
    what: str
    said: str


def short(page: Page) -> str:
    """The name of a page without its folder `book/` and its ending.

    >>> short(Page("", "book/course/primer.md"))
    'course/primer'
    """
    return page.name.removeprefix("book/").removesuffix(".md")


def week_of(page: Page) -> int | None:
    """The week that a page names in its head; 0 for what is read before the first."""
    found = WEEK.search(page.prose[:700])
    return found and (0 if found[1] else int(found[2]))


class Book:
    """Pages in the order of the table of contents.

    Parameters
    ----------
    pages : list of Page
        All of them, in their order.
    brief : set of str, optional
        Names of short pages, which are not bound to the anatomy of a chapter.
    root : Path, optional
        The folder in which the pages' programs and exercises lie.
    """

    def __init__(
        self, pages: list[Page], brief: frozenset[str] = frozenset(), root: Path = ROOT
    ):
        self.pages, self.brief, self.root = pages, brief, root

    @classmethod
    def read(cls, root: Path = ROOT) -> "Book":
        toc = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))
        names = list(dict.fromkeys(toc_pages(toc)))
        pages = [Page.read(root / f"{name}.md") for name in names]
        left_out = tomllib.loads((root / "tests/left_out.toml").read_text("utf-8"))
        brief = {
            f"{folder}/{stem}"
            for folder, stems in left_out.items()
            for stem, parts in stems.items()
            if SHORT in parts
        }
        return cls(pages, frozenset(brief), root)

    def __getitem__(self, name: str) -> Page:
        return next(page for page in self.pages if short(page) == name)

    @cached_property
    def numbered(self) -> list[Page]:
        """The chapters that are finished, short pages among them."""
        return [
            page
            for page in self.pages
            if short(page).split("/")[0] in CHAPTER_FOLDERS
            and not any(unfinished_faults(page))
        ]

    @cached_property
    def chapters(self) -> list[Page]:
        """The chapters that have every part of one."""
        return [page for page in self.numbered if short(page) not in self.brief]

    @cached_property
    def weekly(self) -> list[tuple[int, Page]]:
        """The chapters and the homework, each with its week, as they are read."""
        homework = [p for p in self.pages if short(p).startswith(HOMEWORK)]
        weeks = [(week_of(page), page) for page in [*self.numbered, *homework]]
        return sorted([pair for pair in weeks if pair[0]], key=lambda pair: pair[0])

    def by_week(self) -> dict[int, list[Page]]:
        """The chapters of each week."""
        found = {}
        for page in self.chapters:
            if week := week_of(page):
                found.setdefault(week, []).append(page)
        return found
