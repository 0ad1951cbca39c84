"""A term is linked at its first use, and what a link explains lies beside it."""

import doctest
import sys

import pytest
from bs4 import BeautifulSoup
from planted_book import ROOT, build, plant

sys.path.insert(0, str(ROOT / "book/_ext"))
import tips

PAGES = {
    "index": """# S waves

An *S wave*, not an s wave, has no accuracies; `accuracy` is code. Recall its label.

The accuracy of many S waves, and of the S-wave, [of S waves](https://example.org).

:::{math}
x
:::
""",
    "by_hand": """# By hand

See {term}`accuracy`. The accuracy is written of {cite:t}`one1999work`.
""",
    "one": """# One

*Week 1 of it. It takes 10 minutes.* An early baseline.

It has a bad accuracy and [a link](https://example.org) to the `tolerance`.
""",
    "two": "# Two\n\n*Week 2.*\n\nAccuracy again, the tolerance, {term}`S wave`.\n",
    "three": "# Three\n\n*Week 3.*\n\nIts accuracy, the tolerance and the S wave.\n",
    "api": "# Manual\n\nThe accuracy is computed.\n",
    "api/part": "# A part of the manual\n\nThe recall of a label is an accuracy.\n",
    "glossary": """# Glossary

```{glossary}
accuracy
  The share $x$ of *right* answers; see {term}`S wave`.

S wave
  A wave of the accuracy < 1.

recall
  Another share.

label
  What is told.

tolerance
  What is borne.
```
""",
    "bibliography": "# Works\n\n```{bibliography}\n:all:\n```\n",
}
WORK = (
    "@book{one1999work, author={One, Ann}, title={A <Work>}, publisher={P}, year=1999}"
)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A built book with a glossary and a bibliography."""
    root = plant(tmp_path_factory.mktemp("tips"), PAGES)
    (root / "book/references.bib").write_text(WORK)
    status, said = build(root)
    assert status == 0, said
    return root


def soup(root, name):
    html = (root / f"_build/html/book/{name}.html").read_text("utf-8")
    html = html.replace("template", "div")  # whose text no parser shows
    return BeautifulSoup(html, "html.parser")


def linked(root, name):
    """The words on a page that lead to a term, and where they lead."""
    links = soup(root, name).select("article a:has(> .std-term)")
    return [(link.get_text(), link["href"]) for link in links]


def tips_of(root, name):
    """What lies in a page to be shown beside its links."""
    return soup(root, name).find_all(attrs={"data-tip": True})


def test_the_examples_hold():
    """What the docstrings of the extension show is so."""
    done = doctest.testmod(tips)
    assert done.attempted > 0
    assert done.failed == 0


def test_a_term_is_linked_once_where_it_is_first_used(book):
    """In prose, in either number; not in titles, code, links or another spelling."""
    assert linked(book, "index") == [
        ("S wave", "glossary.html#term-S-wave"),
        ("accuracies", "glossary.html#term-accuracy"),
    ]


def test_a_term_that_is_linked_by_hand_is_not_linked_again(book):
    """Its own link was the first use."""
    assert linked(book, "by_hand") == [("accuracy", "glossary.html#term-accuracy")]


def test_weeks_link_a_term_again_after_two(book):
    """Once in the order of weeks, and once more where it may be forgotten."""
    accuracy, tolerance = "glossary.html#term-accuracy", "glossary.html#term-tolerance"
    wave = "glossary.html#term-S-wave"
    assert linked(book, "one") == [("accuracy", accuracy)]
    assert linked(book, "two") == [("tolerance", tolerance), ("S wave", wave)]
    assert linked(book, "three") == [("accuracy", accuracy)]


def test_the_glossary_has_the_links_of_its_author_alone(book):
    """A list of terms is not full of links to itself."""
    assert linked(book, "glossary") == [("S wave", "#term-S-wave")]


@pytest.mark.parametrize("name", ["api", "api/part"])
def test_the_manual_has_no_links_of_ours(book, name):
    """Divided or not, it is looked up and not read."""
    assert linked(book, name) == []


def test_what_links_explain_lies_in_the_page(book):
    """Terms with their formulas, works with their titles, each once and escaped."""
    said = tips_of(book, "by_hand")
    term, work = said
    assert term["data-tip"] == "term-accuracy"
    assert term.get_text() == "accuracy The share x of right answers; see S wave."
    assert term.find("mi").get_text() == "x"
    assert term.find("a") is None
    assert "Ann One" in work.get_text()
    assert "<" in work.get_text()
    assert tips_of(book, "glossary") == []


def test_what_changes_reaches_every_page(book):
    """Pages that explain a term follow the glossary; one that no longer says a word
    leaves its link to the next week. One build tells both.
    """
    path, week = book / "book/glossary.md", book / "book/one.md"
    path.write_text(
        path.read_text().replace("What is told.", "x").replace("of *r", "*r")
    )
    week.write_text(week.read_text().replace("bad accuracy", "bad share"))
    status, said = build(book)
    assert status == 0, said
    term = tips_of(book, "by_hand")[0]
    assert "x right answers" in term.get_text()
    assert linked(book, "two")[0][0] == "Accuracy"
    assert [word for word, _ in linked(book, "three")] == []
