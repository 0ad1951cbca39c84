"""`make new` writes chapters and exercises that lack nothing but their content."""

import re
import shutil

import book_rules
import pytest
import task_rules
import yaml
from book_rules import ROOT, Page
from new import new_chapter, new_exercise, with_page
from prove import prove
from still_to_come import rules
from whole_book import Book

from mlearth.checks import Exercise

RULES = rules(set())


@pytest.fixture
def tree(tmp_path):
    """Plant a tree with the book's table of contents, and the setup page."""
    for name in ("_toc.yml", "book/course/setup.md", "exercises/conftest.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_a_new_chapter_lacks_nothing_but_its_content(tree):
    """Every fault of a new page says `unfinished`; take the marks away, and counts
    are missed.
    """
    written = new_chapter("kriging", "data_and_validation", tree)
    text = written[0].read_text("utf-8")
    page = Page(text, "book/data_and_validation/kriging.md")
    faults = list(book_rules.chapter_faults(page, {}))
    assert len(faults) == text.count("% unfinished: ")
    assert all("kriging.md: unfinished: " in fault for fault in faults)
    assert list(book_rules.cell_faults(page)) == []
    finished = Page(text.replace("% unfinished", "% finished"), page.name)
    assert any("0 figures" in f for f in book_rules.chapter_faults(finished, {}))


def test_a_new_chapter_has_the_forms_that_the_whole_book_asks_for(tree):
    """A plan, three old questions, an objective to keep, steps that programs name."""
    new_chapter("kriging", "data_and_validation", tree)
    text = (tree / "book/data_and_validation/kriging.md").read_text("utf-8")
    box = re.search(r":::\{recall\}.*?\n:::\n", text, re.DOTALL)[0]
    text = text.replace("% unfinished", "% finished").replace(box, 3 * box)
    page = Page(text, "book/data_and_validation/kriging.md")
    first = Page("*Week 1.*\n\n{keep}`extrapolation`", "book/supervised_learning/x.md")
    (tree / "exercises/kriging/mean.m").touch()
    book = Book([first, page], frozenset({"supervised_learning/x"}), tree)
    faults = [
        fault
        for rule in ("plan", "recall", "steps")
        for fault in RULES[rule](book)
        if (fault.page, fault.what) != ("week 5", "Second")
    ]
    assert faults == []


def test_a_new_chapter_stands_in_the_table_of_contents(tree):
    """The page is the last of its part."""
    new_chapter("kriging", "data_and_validation", tree)
    new_chapter("variograms", "supervised_learning", tree)
    parts = yaml.safe_load((tree / "_toc.yml").read_text("utf-8"))["parts"]
    files = {part["caption"]: [c["file"] for c in part["chapters"]] for part in parts}
    assert files["Data and validation"][-1] == "book/data_and_validation/kriging"
    assert files["Supervised learning"][-1] == "book/supervised_learning/variograms"


def test_a_part_begins_with_its_first_page_before_the_homework():
    """A second page follows the first within its part."""
    toc = "parts:\n  - caption: Homework\n"
    for stem in ("one", "two"):
        toc = with_page(toc, "deep_learning", stem)
    part, homework = yaml.safe_load(toc)["parts"]
    assert [c["file"][-3:] for c in part["chapters"]] == ["one", "two"]
    assert homework["caption"] == "Homework"


def test_a_new_exercise_lacks_nothing_but_its_content(tree):
    """The prover finds one fault: the task says that it is unfinished."""
    new_exercise("kriging", tree)
    faults = prove(Exercise(tree / "exercises" / "kriging"))
    assert faults == ["kriging: README.md says that it is unfinished"]


def test_what_stands_is_never_overwritten(tree):
    """A second `make new` of one stem writes nothing and says which file stands."""
    first = new_exercise("kriging", tree)
    first[0].write_text("mine", "utf-8")
    first[1].unlink()
    with pytest.raises(ValueError, match=r"README\.md exists: nothing was written"):
        new_exercise("kriging", tree)
    assert first[0].read_text("utf-8") == "mine"
    assert not first[1].exists()


@pytest.mark.parametrize("stem", ["", "Kriging", "5_kriging", "a-b", "../up", "a__b"])
def test_a_stem_that_names_nothing_is_refused(stem, tree):
    """A stem names a page, a module and a function, so it is words joined by _."""
    with pytest.raises(ValueError, match="stem must be lower-case words"):
        new_chapter(stem, "deep_learning", tree)


def test_a_part_that_is_none_is_refused(tree):
    """The message lists the parts there are."""
    with pytest.raises(ValueError, match="part must be one of supervised_learning"):
        new_chapter("kriging", "part_two", tree)


HOMEWORK = """(hw9)=
# Homework 9

Week 2. `pytest exercises/hw9`

## What you hand in

| (a) | Depths | 4 | 6 |
| (b) | Waves | 1 | 0 |

## The data

## (a) Depths

- **A1** (5 points). How deep?
"""


def test_the_faults_of_homework_are_noticed():
    """A missing part, a part without its letter and points that differ are named."""
    faults = list(task_rules.faults(Page(HOMEWORK, "book/homework/hw9.md")))
    assert "book/homework/hw9.md: Reading is missing" in faults
    assert "book/homework/hw9.md: parts ['a'], and points for ['a', 'b']" in faults
    assert "book/homework/hw9.md: the questions of (a) give 5 points" in faults


def test_the_faults_of_a_project_are_noticed():
    """A topic without a baseline, its week, its label and its check is refused."""
    page = Page("# Topic\n\n## Data\n\n## The question\n", "book/final_project/x.md")
    faults = "\n".join(task_rules.faults(page))
    for words in ("Baselines is missing", "out of order", "a label made of",
                  "its week", "names no command", "how a submission is scored",
                  "no row of week 14", "0 items in Three directions",
                  "0 items in The r", "0 works in What is known"):  # fmt: skip
        assert words in faults


def test_a_sound_project_has_no_fault():
    """The rules can be kept."""
    parts = dict.fromkeys(task_rules.PARTS["final_project"], "")
    parts["What is known"] = "{cite:p}`one1999work,two2000work`"
    parts["Milestones"] = "".join(f"| {week} | done |\n" for week in task_rules.WEEKS)
    parts["Three directions"] = "1. a\n2. b\n3. c\n"
    parts["The referee's questions"] = "1. a\n2. b\n3. c\n4. d\n"
    commands = "`python -m mlearth.projects score x`, `pytest exercises/project_x`"
    text = "".join(f"## {part}\n\n{said}\n\n" for part, said in parts.items())
    head = f"(project-x)=\n# Topic\n\nWeeks 11 to 16. {commands}\n\n"
    assert list(task_rules.faults(Page(head + text, "book/final_project/x.md"))) == []


def test_the_faults_of_a_simulator_are_noticed():
    """A simulator that shows neither law nor code, and asks nothing, is refused."""
    page = Page("# Waves\n\nWeek 7.\n\n## The law\n\nF = ma\n", "book/simulators/x.md")
    faults = "\n".join(task_rules.faults(page))
    for words in ("Validation is missing", "0 checked exercises", "has no equation",
                  "no cell shows"):  # fmt: skip
        assert words in faults
    assert "lines to choose" not in faults


def test_a_simulator_without_a_line_to_choose_is_noticed():
    """Each checked exercise has its line, below it; one of two is not enough."""
    checked = ":::{exercise} Force\n:class: checked\nWrite it.\n:::\n"
    line = ":::{choose} waves force\n:::\n"
    fault = "book/simulators/x.md: 1 lines to choose, wanted 2 to 2"
    for text, wanted in (
        (checked + line + checked, [fault]),
        (2 * (checked + line), []),
    ):
        page = Page(f"# Waves\n\n{text}", "book/simulators/x.md")
        found = list(task_rules.simulator_faults(page))
        assert [one for one in found if "to choose" in one] == wanted
