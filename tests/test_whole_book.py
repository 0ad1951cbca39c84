"""The rules of the book as a whole: what it keeps, and what still is to come."""

import doctest

import claim_rules
import planted_chapters as planted
import prose
import pytest
import still_to_come
import symbol_rules
import term_rules
import week_rules
import whole_book
from book_rules import SHORT, Page, bibliography_keys, chapter_faults
from whole_book import Book, Fault

LISTED = still_to_come.load(still_to_come.FILE)
RULES = still_to_come.rules(set(LISTED["waiting"]))
MODULES = [claim_rules, prose, symbol_rules, term_rules, week_rules, whole_book]


@pytest.fixture(scope="module")
def book():
    """The pages of the book."""
    return Book.read()


@pytest.mark.parametrize("rule", RULES)
def test_the_book_keeps_the_rule_or_waits_for_it(book, rule):
    """Nothing is wrong that is not listed, and nothing is listed that is mended."""
    found = list(RULES[rule](book))
    assert still_to_come.compared(found, LISTED.get(rule, {})) == []


def test_the_list_names_rules_that_exist():
    """A rule that is renamed takes its list along."""
    assert set(LISTED) - {"waiting"} <= set(RULES)


def test_the_record_of_citations_is_sound(book):
    """Every work exists, every entry says something and is cited where it says."""
    record = still_to_come.load(still_to_come.CITATIONS)
    assert list(claim_rules.record_faults(book, record, bibliography_keys())) == []


def test_symbols_of_a_page_s_own_are_listed_for_pages_that_exist(book):
    """A page that is renamed takes its letters along."""
    names = {whole_book.short(page) for page in book.pages}
    assert set(still_to_come.load(still_to_come.OWN_SYMBOLS)) <= names


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_hold(module):
    """What the docstrings of the rules show is so."""
    assert doctest.testmod(module).failed == 0


PLANTED = {
    "plan": week_rules.plan_faults,
    "recall": week_rules.recall_faults,
    "return": lambda book: week_rules.return_faults(book, planted.WAITING),
    "length": week_rules.length_faults,
    "steps": week_rules.subgoal_faults,
    "practice": week_rules.practice_faults,
    "citations": lambda book: claim_rules.citation_faults(book, planted.RECORD),
    "repetition": claim_rules.repetition_faults,
    "first use": term_rules.first_use_faults,
    "again": term_rules.again_faults,
    "symbols": lambda book: symbol_rules.symbol_faults(
        book, {"supervised_learning/two": ["w"]}
    ),
}
"""The rules, as the planted chapters need them."""


def at(page, what):
    return f"supervised_learning/{page}", what


NONE = ()
FAULTS = [
    ("plan", "two", ":class: plan", ":class: note", [at("two", "no plan"),
     ("week 2", "First"), ("week 2", "Second")]),
    ("plan", "two", "(25 minutes, hands", "(20 minutes, hands",
     [at("two", "In class")]),
    ("plan", "two", "(60 minutes)", "(long)", [at("two", "Alone")]),
    ("plan", "two", "**Second lecture**", "**Second**", [("week 2", "Second")]),
    ("plan", "two", "**Second lecture**", "**First lecture**",
     [("week 2", "First twice"), ("week 2", "Second")]),
    ("plan", "two", ":::{admonition} The week", "## Early\n:::{admonition} The week",
     [at("two", "place")]),
    ("recall", "two", ":::{recall} early", ":::{quiz}", [at("two", "recalls")]),
    ("recall", "two", "{recall} early", "{recall} second", [at("two", "second")]),
    ("recall", "two", "{recall} early", "{recall} unheard", [at("two", "unheard")]),
    ("recall", "two", ":::{recall} early", "## Early\n:::{recall} early",
     [at("two", "place")]),
    ("recall", "two", "{keep}`second`", "", [at("two", "keep")]),
    ("recall", "two", "do it", "do {keep}`more`", [at("two", "keep")]),
    ("return", "three", "{recall} first", "{recall} second", [at("one", "first")]),
    ("return", "two", "{keep}`second`", "{keep}`other`",
     [at("two", "other"), ("no page", "second")]),
    ("length", "two", "two1299.", "two more", NONE),
    ("length", "two", "## Mathematics", planted.filler("more", 1200) +
     "\n\n## Mathematics", [at("two", "core")]),
    ("length", "two", "## Mathematics\n", "## Mathematics\n\n" + "### M (*core*)\n" * 5,
     [at("two", "Mathematics")]),
    ("length", "two", "## Mathematics\n", "## Mathematics\n\n" + "### M (*core*)\n" * 4,
     NONE),
    ("length", "two", "### It fails", "### F (*deeper*)\n" * 4,
     [at("two", "How it fails")]),
    ("length", "two", "### Another (*deeper*)", "### Another (*deeper*)\n\n" +
     planted.filler("more", 1400), [at("two", "words")]),
    ("length", "two", "two1299.", "", NONE),
    ("steps", "two", "# Walk downhill: one", "# Walk down: one",
     [at("two", "Python: Walk downhill")]),
    ("steps", "two", "**Walk downhill**", "**Fall downhill**",
     [at("two", "Python: Fall downhill"), at("two", "MATLAB: Fall downhill")]),
    ("steps", "two", "1. **Start anywhere**", "First.\n\n1. **Start anywhere**",
     [at("two", "steps")]),
    ("steps", "two", "2. **Walk downhill**: by steps.\n", "", [at("two", "steps")]),
    ("practice", "two", "checked core matlab", "checked matlab", [at("two", "core")]),
    ("practice", "two", "checked core matlab", "checked core", [("week 2", "matlab")]),
    ("practice", "one", "checked core matlab", "checked core", NONE),
    ("citations", "two", "phase {c", "phase {cite}`allen1978automatic` {c",
     [at("two", "allen1978automatic")]),
    ("citations", "two", "- {cite:t}", "- {cite:t}`allen1978automatic` {cite:t}", NONE),
    ("repetition", "two", "Its accuracy", "It would make a fine story for a child",
     NONE),
    ("repetition", "two", "Its acc", "Moons go by like slow ships at night. Its acc",
     [at("two", "moons go by like slow ships at night")]),
    ("first use", "one", "{term}`accuracy`", "accuracy", [at("one", "accuracy")]),
    ("first use", "one", "{term}`accuracy`", "**accuracy**", NONE),
    ("first use", "one", "and *bias*", "and bias", [at("one", "bias")]),
    ("first use", "one", "and *bias*", "and {term}`bias <bias of a model>`", NONE),
    ("first use", "one", "do it", "do it with weights", [at("one", "weight")]),
    ("first use", "one", "## Question", "## Question of accuracy", NONE),
    ("again", "two", "Its accuracy", "Its {term}`accuracy`", [at("two", "accuracy"),
     at("three", "accuracy")]),
    ("again", "one", "moons go", "{term}`weights <weight>` go", [at("one", "weight")]),
    ("again", "one", "## Question", "## Question of {term}`phase`",
     [at("one", "place")]),
    ("symbols", "one", "y = w x", "y = \\mathbf{w} \\alpha", [at("one", "\\alpha")]),
    ("symbols", "one", "y = w x", "y = q_\\mathrm{w} x", [at("one", "q")]),
]  # fmt: skip
ALREADY = {"symbols": [at("two", "w")]}
"""What the planted book has of itself: a letter with a meaning of its own."""


@pytest.mark.parametrize(("rule", "page", "old", "new", "expected"), FAULTS)
def test_a_planted_fault_is_noticed(rule, page, old, new, expected, tmp_path):
    """Each rule catches a book that breaks it, on the page that does, and only that."""
    found = PLANTED[rule](planted.with_fault(tmp_path, page, old, new))
    faults = {(fault.page, fault.what) for fault in found}
    assert faults == {*expected, *ALREADY.get(rule, [])}


@pytest.mark.parametrize("rule", PLANTED)
def test_a_book_that_keeps_the_rules_has_no_fault(rule, tmp_path):
    """What is planted stands in a book that is sound."""
    faults = [
        (fault.page, fault.what) for fault in PLANTED[rule](planted.good_book(tmp_path))
    ]
    assert faults == ALREADY.get(rule, [])


def test_every_rule_has_its_planted_fault():
    """A rule that nobody breaks is a rule that nobody tried."""
    assert {rule for rule, *_, expected in FAULTS if expected} == {*RULES}


def test_a_letter_of_its_own_is_explained_by_its_page(tmp_path):
    """The words "in this chapter" beside it are enough."""
    book = planted.with_fault(
        tmp_path, "two", "Its acc", "In this chapter $w$ is a wave. Its acc"
    )
    assert list(PLANTED["symbols"](book)) == []


def test_seven_words_that_two_chapters_share_are_found_whole(tmp_path):
    """The longest run is named once, on the later page, with the page that has it."""
    said = "and it would make a fine present for somebody else's aunt"
    book = planted.with_fault(
        tmp_path, "one", "moons go by like slow ships at night", said
    )
    text = book["supervised_learning/three"].text.replace("once more", said)
    pages = [p for p in book.pages if not p.name.endswith("three.md")]
    pages.insert(3, Page(text, "book/supervised_learning/three.md"))
    [fault] = claim_rules.repetition_faults(Book(pages))
    assert (fault.page, fault.what) == ("supervised_learning/three", said)
    assert "supervised_learning/one" in fault.said


def test_a_tag_waits_only_for_chapters_that_do_not_exist(tmp_path):
    """Once two later weeks are there, a tag on the waiting list is a fault too."""
    book = planted.with_fault(tmp_path, "three", "{recall} first", "{recall} second")
    found = list(week_rules.return_faults(book, {*planted.WAITING, "first"}))
    assert [(fault.page, fault.what) for fault in found] == [at("one", "first")]
    found = list(
        week_rules.return_faults(planted.good_book(tmp_path), {"first", "third"})
    )
    assert [fault.what for fault in found] == ["first", "second"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"says": " "}, "none of them empty"),
        ({"key": "nobody1900nothing"}, "nobody1900nothing is no work"),
        ({"page": "supervised_learning/two"}, "the page does not cite the work"),
        ({"note": "more"}, "wanted page, key, says, where, verified"),
        ({}, None),
    ],
)
def test_a_fault_of_the_record_is_noticed(change, said, tmp_path):
    """An empty or unknown field, a work that is none, a page that does not cite it."""
    record = planted.RECORD | {"citation": [planted.RECORD["citation"][0] | change]}
    keys = {"hastie2009elements", "kapoor2023leakage"}
    found = list(claim_rules.record_faults(planted.good_book(tmp_path), record, keys))
    assert any(said in fault for fault in found) if said else found == []


def test_a_record_that_says_something_twice_or_of_nobody_is_noticed(tmp_path):
    """One entry for a page and a work; no textbook that no page cites."""
    record = {
        "textbooks": [*planted.RECORD["textbooks"], "bishop2006pattern"],
        "citation": planted.RECORD["citation"] * 2,
    }
    said = "\n".join(
        claim_rules.record_faults(
            planted.good_book(tmp_path), record, bibliography_keys()
        )
    )
    assert "recorded twice" in said
    assert "bishop2006pattern is listed and never cited" in said


def test_what_is_mended_has_to_leave_the_list_and_nothing_may_join_it():
    """The list shrinks: by hand or by its program, which adds nothing."""
    faults = [Fault("one", "words", "too many"), Fault("two", "words", "too few")]
    listed = {"one": ["words", "core"]}
    new, mended = still_to_come.compared(faults, listed)
    assert new == "two: too few"
    assert mended.startswith("one: 'core' is mended")
    assert still_to_come.still_found(faults, listed) == {"one": ["words"]}


def test_the_list_is_written_as_it_is_read(tmp_path):
    """TOML, with backslashes and quotes kept."""
    listed = {"symbols": {"a/b": ["\\mathbf w", 'say "so"']}, "empty": {}}
    (tmp_path / "list.toml").write_text(still_to_come.written(listed, ["tag"]))
    read = still_to_come.load(tmp_path / "list.toml")
    assert read == {"waiting": ["tag"], "symbols": listed["symbols"]}


SHORT_PAGE = (
    planted.FRONT
    + """(ch-small)=
# Small

*Week 2.*

## Question

WORDS

```{code-cell} ipython3
import numpy as np
```

## Summary

So.
"""
)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", None),
        ("## Summary", "## Ending", "Summary is missing"),
        ("*Week 2.*", "*Soon.*", "does not say its week"),
        ("small7.", "small7. " * 1200, "words, wanted 400 to 1500"),
        ("## Question", "## Summary\n\n## Question", "out of order"),
    ],
)
def test_a_short_page_has_few_parts(old, new, said):
    """It stands beside the chapters of its week, with a question and a summary."""
    text = SHORT_PAGE.replace("WORDS", planted.filler("small", 500)).replace(old, new)
    page = Page(text, "book/supervised_learning/small.md")
    found = list(chapter_faults(page, {SHORT: "one model"}))
    assert any(said in fault for fault in found) if said else found == []
