"""Old questions come back under the name of their page, and what goes deeper folds."""

import doctest
import sys
from types import SimpleNamespace

import nbformat
import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from planted_book import ROOT, build, cell, page, plant

sys.path.insert(0, str(ROOT / "book/_ext"))
import deeper
import recall

EARLY = """# The early page

:::{admonition} By the end of this chapter you can
1. add numbers;
2. say what a line knows {keep}`extrapolation`.
:::
"""
LATE = page(
    "The late page",
    """:::{recall} extrapolation
What does it *know*?

[ ] All.
: It saw $x < 1$ alone.

[x] Nothing.
: So it is.
:::

## A part

### Core (*core*)

Text.

### More of it (*deeper*)

See {numref}`fig-dot`.
""",
    "word " * 500,
    cell("1 + 1"),
    """#### Even more (*deeper*)

(sec-inside)=
#### Below

:::{figure} dot.svg
:name: fig-dot
:alt: A dot of nine pixels that stands for what was to be seen.

The dot.
:::
""",
)
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A built book of a page that keeps and one that recalls and goes deeper."""
    root = plant(tmp_path_factory.mktemp("recall"), {"index": EARLY, "late": LATE})
    (root / "book/dot.svg").write_text(DOT)
    status, said = build(root)
    assert status == 0, said
    return root / "_build/html"


@pytest.fixture(scope="module")
def late(book):
    """The page that recalls and goes deeper."""
    return BeautifulSoup((book / "book/late.html").read_text("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def notebook(book):
    """The text of its notebook."""
    made = nbformat.read(book / "notebooks/book/late.ipynb", as_version=4)
    return "\n\n".join(c.source for c in made.cells if c.cell_type == "markdown")


@pytest.mark.parametrize("module", [deeper])
def test_the_examples_hold(module):
    """What the docstrings of the extension show is so."""
    done = doctest.testmod(module)
    assert (done.attempted > 0, done.failed) == (True, 0)


def test_a_question_names_the_page_it_comes_from(book, late):
    """With a link to the objective; the answers open like those of a quiz."""
    box = late.select_one(".quiz.recall")
    assert box.p.get_text() == "An old question, from The early page"
    assert box.p.a["href"] == "index.html#kept-extrapolation"
    assert [each.name for each in box.select(".quiz-answer")] == ["details"] * 2
    early = BeautifulSoup((book / "book/index.html").read_text("utf-8"), "html.parser")
    mark = early.select_one("#kept-extrapolation")
    assert mark.get_text() == "to keep"
    assert mark.find_parent("li").get_text(" ", strip=True).startswith("say what a")


def test_what_goes_deeper_is_folded_below_its_heading(late):
    """One fold, whose heading stays outside and in the list of sections."""
    (fold,) = late.select("details.deeper")
    assert fold.summary.get_text() == "This goes deeper: about 3 minutes to read."
    assert fold.find_previous_sibling("h3").get_text().startswith("More of it")
    assert fold.select_one("#sec-inside, [id=below]")
    assert fold.select_one("#fig-dot")
    listed = [link.get_text(strip=True) for link in late.select(".page-toc a")]
    assert "More of it (deeper)" in listed
    assert fold.parent["id"] == "more-of-it-deeper"


def test_a_notebook_has_the_question_the_mark_and_what_goes_deeper(notebook):
    """The question with its page and its answers, and the time that a fold takes."""
    assert "An old question, from " in notebook
    assert "What does it *know*?" in notebook
    assert "<summary>Nothing.</summary>\n\n**Right.** So it is." in notebook
    assert "*This goes deeper: about 3 minutes to read.*" in notebook


def test_a_mark_is_written_into_markdown():
    """An objective to keep says so in a notebook too."""
    from to_markdown import Writer

    said = nodes.paragraph("", "Add ", recall.Kept("", "to keep", tag="a", ids=["k"]))
    assert Writer({}, None).inline(said) == "Add *(to keep)*"


def planted(**pages):
    """An environment of pages, each with what it keeps and what it recalls."""
    notes = {
        name: {recall.KEPT: kept, recall.RECALLED: recalled}
        for name, (kept, recalled) in pages.items()
    }
    titles = {name: nodes.title("", name.title()) for name in pages}
    return SimpleNamespace(found_docs=set(pages), metadata=notes, titles=titles)


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ({"one": (["a"], []), "two": (["b"], ["a", "a"])}, None),
        ({"one": (["a"], ["b"])}, "recalls 'b', which no page keeps"),
        ({"one": (["a", "b"], [])}, "keeps more than one objective: a, b"),
        ({"one": (["a"], []), "two": (["a"], [])}, "keeps 'a', which two keeps"),
        ({"one": (["a"], ["a"])}, "recalls 'a', which it keeps itself"),
    ],
)
def test_tags_without_their_page_are_named(pages, said):
    """A tag that nobody keeps, two kept by one page, one kept by two, one's own."""
    found = [fault for _, fault in recall.faults(planted(**pages))]
    assert found == ([said] if said else [])


def test_a_tag_that_no_page_keeps_fails_the_build(tmp_path):
    """The build names the page and the tag."""
    late = LATE.replace("{recall} extrapolation", "{recall} interpolation")
    root = plant(tmp_path, {"index": EARLY, "late": late})
    (root / "book/dot.svg").write_text(DOT)
    status, said = build(root)
    assert status != 0
    assert "late.md: WARNING: the page recalls 'interpolation', which no page" in said
