"""Numbers count by chapter or by page, and works are called by author and year."""

import doctest
import re
import sys

import pytest
from bs4 import BeautifulSoup
from planted_book import ROOT, build, plant

sys.path.insert(0, str(ROOT / "book/_ext"))
import author_year
import not_found
import numbering
from pybtex.database import parse_file

TABLE = ":::{{list-table}} A table\n:name: tab-{0}\n* - a\n:::\n"
EQUATION = "```{{math}}\n:label: eq-{0}\nx = 1\n```\n"
EXERCISE = ":::{{exercise}}\n:label: ex-{0}\nDo it.\n:::\n"
THEOREM = ":::{{prf:theorem}}\n:label: thm-{0}\nIt holds.\n:::\n"
ALT = "A trace at the left runs into a net of four dots and their links."
FIGURE = "```{{figure}} _static/logo.svg\n:name: fig-{0}\n:alt: %s\n\nA logo.\n```\n"
FIGURE %= ALT
EVERY = TABLE + EQUATION + EXERCISE + THEOREM + FIGURE
SHOWN = "{{numref}}`fig-{0}` {{eq}}`eq-{0}` {{ref}}`ex-{0}` {{prf:ref}}`thm-{0}`\n"
PAGES = {
    "index": "# Book\n",
    "course": "# Course\n\n" + EVERY.format("c"),
    "one": "# One\n\n" + EVERY.format("a"),
    "two": "# Two\n\n## Section\n\n" + EVERY.format("b"),
    "homework": "# Homework\n\n" + EVERY.format("h") + SHOWN.format("b"),
    "far": "# Far\n\n" + SHOWN.format("a"),
}
TOC = """format: jb-book
root: book/index
parts:
- {caption: Course, chapters: [{file: book/course}]}
- {caption: Chapters, numbered: 1, chapters: [{file: book/one}, {file: book/two}]}
- {caption: More, chapters: [{file: book/homework}, {file: book/far}]}
"""
OWN = ".caption-number, .eqno"
REFERRING = "p > a.reference.internal"


def numbers(root, name, selector=OWN):
    """What a page shows as numbers, in its order."""
    html = (root / f"_build/html/book/{name}.html").read_text("utf-8")
    found = BeautifulSoup(html, "html.parser").select(f"article {selector}")
    text = [re.search(r"[\d.]*\d", part.get_text()) for part in found]
    return [part[0] for part in text if part]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A built book with two chapters, and pages before and after them."""
    root = plant(tmp_path_factory.mktemp("numbers"), PAGES)
    (root / "_toc.yml").write_text(TOC)
    status, said = build(root)
    assert status == 0, said
    return root


@pytest.mark.parametrize("module", [author_year, not_found, numbering])
def test_the_examples_hold(module):
    """What the docstrings of the extensions show is so."""
    done = doctest.testmod(module)
    assert done.attempted > 0
    assert done.failed == 0


@pytest.mark.parametrize(
    ("name", "number"),
    [("course", "1"), ("one", "1.1"), ("two", "2.1"), ("homework", "1")],
)
def test_a_number_is_that_of_the_chapter_or_of_the_page(book, name, number):
    """The first table, equation, exercise, theorem and figure of each page."""
    assert numbers(book, name) == [number] * 5


def test_references_from_elsewhere_show_the_same_number(book):
    """Figure, equation, exercise and theorem of another page."""
    assert numbers(book, "far", REFERRING) == ["1.1"] * 4
    assert numbers(book, "homework", REFERRING) == ["2.1"] * 4


def test_what_is_new_renumbers_its_page_and_what_refers_to_it(book):
    """No other page changes when a figure and an equation are put before the rest."""
    before = {name: numbers(book, name) for name in PAGES}
    one = book / "book/one.md"
    new = EQUATION.format("new") + FIGURE.format("new")
    one.write_text(one.read_text().replace("# One\n\n", "# One\n\n" + new))
    status, said = build(book)
    assert status == 0, said
    assert numbers(book, "one") == ["1.1", "1.1", "1.1", "1.2", "1.1", "1.1", "1.2"]
    assert numbers(book, "far", REFERRING) == ["1.2", "1.2", "1.1", "1.1"]
    changed = {name for name in PAGES if numbers(book, name) != before[name]}
    assert changed == {"one"}


def test_no_two_works_have_one_name():
    """A citation by author and year leads to one work of the bibliography."""
    works = parse_file(ROOT / "book/references.bib").entries.values()
    names = [author_year.label(work) for work in works]
    assert len(names) > 50
    assert sorted(set(names)) == sorted(names)


def test_a_missing_page_is_answered_from_the_top_of_the_site(book):
    """Each file and page that 404.html names lies where its address says."""
    page = BeautifulSoup((book / "_build/html/404.html").read_text("utf-8"), "lxml")
    tags = page.find_all(["a", "link", "script", "img", "form"])
    named = [tag.get(key) for tag in tags for key in ("href", "src", "action")]
    own = {name for name in named if name and not re.match(r"#|[a-z]+:", name)}
    assert {"/search.html", "/book/index.html", "/_static/site.css"} <= own
    assert not [name for name in own if not (book / "_build/html" / name[1:]).exists()]
    assert page.html["data-content_root"] == "/"
