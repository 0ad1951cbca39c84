"""The index of algorithms names everything that the book builds, and nothing else."""

import importlib
import re

import pytest
from book_rules import ROOT

from mlearth import learners

INDEX = (ROOT / "book/algorithms.md").read_text("utf-8")
CHAPTERS = sorted((ROOT / "book").glob("*/*.md"))
NAMED = re.findall(r"\{(class|func)\}`~mlearth\.learners\.(\w+)`", INDEX)
FILES = re.findall(r"`(\w+)\.m`", INDEX)
ROWS = [
    re.split(r"^  -", row, flags=re.M) for row in re.split(r"^\* -", INDEX, flags=re.M)
]
NAMES = [name for row in ROWS[2:] for name in re.findall(r"`([\w.]+)`", row[-1])]
LIBRARIES = [
    name if name.startswith(("obspy.", "scipy.", "statsmodels.")) else f"sklearn.{name}"
    for name in dict.fromkeys(NAMES)
]
EXERCISE = re.compile(r"^:::\{exercise\}.*?^:::", re.MULTILINE | re.DOTALL)


def test_every_learner_of_the_package_stands_there_once():
    """Classes as classes, functions as functions; a new one needs its place."""
    names = [name for _, name in NAMED]
    assert sorted(names) == sorted(learners.__all__)
    for kind, name in NAMED:
        assert (kind == "class") == isinstance(getattr(learners, name), type), name


def test_every_matlab_file_of_a_chapter_stands_there_once():
    """All but those that only check arguments and those that chapters share."""
    files = (ROOT / "code/matlab").glob("*/*.m")
    built = [
        file.stem
        for file in files
        if file.parent.name != "shared" and not file.stem.startswith("check_")
    ]
    assert sorted(FILES) == sorted(built)


def checked_exercises(text):
    """The labels of a page's exercises that check themselves."""
    found = EXERCISE.findall(text)
    checked = [one for one in found if re.search(r":class: .*\bchecked\b", one)]
    return [re.search(r":label: (\S+)", one)[1] for one in checked]


def test_every_checked_exercise_of_a_chapter_stands_there_once():
    """Whoever looks for an algorithm finds where to write it."""
    folders = {"supervised_learning", "data_and_validation", "deep_learning"}
    pages = [path for path in CHAPTERS if path.parent.name in folders]
    labels = [one for page in pages for one in checked_exercises(page.read_text())]
    assert len(labels) > 20
    assert sorted(re.findall(r"\{ref\}`(ex-[\w-]+)`", INDEX)) == sorted(labels)


def test_a_row_stands_below_the_chapter_that_builds_it():
    """The page named last above a row shows the names of the row, or says them."""
    pages = {
        re.search(r"^\((ch-[\w-]+)\)=", text, re.MULTILINE)[1]: text
        for text in (path.read_text("utf-8") for path in CHAPTERS)
        if re.search(r"^\(ch-", text, re.MULTILINE)
    }
    chapters = re.split(r"\{ref\}`(ch-[\w-]+)`", INDEX)
    assert set(chapters[1::2]) == set(pages)
    for label, rows in zip(chapters[1::2], chapters[2::2], strict=True):
        for _, name in re.findall(r"\{(class)\}`~mlearth\.learners\.(\w+)`", rows):
            assert name in pages[label], (label, name)
        for exercise in re.findall(r"\{ref\}`(ex-[\w-]+)`", rows):
            assert f":label: {exercise}\n" in pages[label], (label, exercise)


@pytest.mark.parametrize("name", LIBRARIES)
def test_what_a_library_calls_it_is_there(name):
    """Each name can be imported, or is an attribute of what can."""
    parts = name.split(".")
    for size in range(len(parts) - 1, 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:size]))
        except ModuleNotFoundError:
            continue
        for part in parts[size:]:
            found = getattr(found, part)
        assert callable(found)
        return
    pytest.fail(f"no module of {name} can be imported")
