"""A page is executed again if what it uses changed, and not otherwise."""

import sys
from pathlib import Path

import pytest
from import_graph import ImportGraph, Source
from page_inputs import KERNEL, STYLE, PageInputs
from planted_book import plant_package

MODULES = {
    "mlearth/__init__.py": "",
    "mlearth/learners/__init__.py": """
from .linear.ridge import Ridge
from .linear.lasso import Lasso
from .base import Base as Root
__all__ = ["Ridge", "Lasso", "Root"]
""",
    "mlearth/learners/base.py": "class Base:\n    pass\n",
    "mlearth/learners/linear/__init__.py": "",
    "mlearth/learners/linear/ridge.py": """
'''Ridge.'''
from ..base import Base
from mlearth.learners.linear.norms import two

class Ridge(Base):
    '''A penalty.'''
    norm = two  # the square
""",
    "mlearth/learners/linear/norms.py": "def two(x):\n    return x * x\n",
    "mlearth/learners/linear/lasso.py": "class Lasso:\n    pass\n",
    "mlearth/plotting/__init__.py": "from .maps import draw\nfrom .line import line\n",
    "mlearth/plotting/maps.py": "def draw(ax):\n    return ax\n",
    "mlearth/plotting/line.py": "def line(ax):\n    return ax\n",
    "mlearth/networks/__init__.py": "from .layers import dense\n",
    "mlearth/networks/layers.py": "def dense():\n    import tensorflow\n",
    "mlearth/projects/__init__.py": "",
    "mlearth/projects/picks.py": "from mlearth.networks import dense\n",
    "mlearth/datasets/__init__.py": """
from .quakes import load_quakes, load_blasts, load_named
from .register import read_register
""",
    "mlearth/datasets/quakes.py": """
from .register import read_extract

NAME = "quakes"

def load_quakes():
    return read_extract(NAME)

def load_blasts():
    return read_extract("blasts")

def load_named(name):
    return read_extract(name)
""",
    "mlearth/datasets/register.py": """
def read_register():
    return {}

def read_extract(name):
    return read_register()[name]
""",
    "mlearth/data/SOURCES.toml": """
[quakes]
title = "Earthquakes"
files = [{ name = "quakes.csv" }]

[blasts]
title = "Blasts"
files = [{ name = "blasts.csv" }]
""",
    "mlearth/data/quakes.csv": "1",
    "mlearth/data/blasts.csv": "1",
    "mlearth/book.mplstyle": "lines.linewidth: 1",
    "matlab/ridge/ridge.m": "% ridge",
}
CELLS = [
    "from mlearth import datasets, plotting\nfrom mlearth.learners import Ridge",
    "plotting.draw(Ridge(), datasets.load_quakes())",
    "open('table.txt')",
]


@pytest.fixture
def book(tmp_path) -> Path:
    """A repository with a small package, a page that uses some of it, and the rest."""
    plant_package(tmp_path, MODULES)
    others = {
        "requirements.txt": "# pins\nnumpy==2.0",
        KERNEL: "c = get_config()\nc.dpi = 100",
        "book/page.md": "# A page",
        "book/table.txt": "1 2 3",
        "exercises/ridge/README.md": "# Ridge",
        "tests/test_ridge.py": "def test(): pass",
        "tools/build.py": "x = 1",
    }
    for name, text in others.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def inputs(book: Path, cells=CELLS) -> dict[str, str]:
    return PageInputs(book).of(book / "book/page.md", list(cells))


def edit(book: Path, name: str, old: str, new: str) -> None:
    text = (book / name).read_text()
    assert old in text
    (book / name).write_text(text.replace(old, new))


LEARNERS = "code/mlearth/learners"
CHANGES = {
    "a module that is used": (f"{LEARNERS}/linear/ridge.py", "= two", "= None"),
    "a module of that module": (f"{LEARNERS}/linear/norms.py", "x * x", "abs(x)"),
    "a base class": (f"{LEARNERS}/base.py", "pass", "n = 1"),
    "a name handed on": (f"{LEARNERS}/__init__.py", "linear.ridge", "linear.lasso"),
    "a package that does more": (f"{LEARNERS}/__init__.py", "__all__", "other"),
    "a module behind an alias": ("code/mlearth/plotting/maps.py", "ax\n", "None\n"),
    "the data of a loader": ("code/mlearth/data/quakes.csv", "1", "2"),
    "the register of the data": (
        "code/mlearth/data/SOURCES.toml",
        "Earthquakes",
        "Quakes",
    ),
    "the style": (STYLE, "1", "2"),
    "the kernel": (KERNEL, "100", "200"),
    "the pins": ("requirements.txt", "2.0", "2.1"),
    "a file that a cell names": ("book/table.txt", "1", "4"),
}
IDLE = {
    "another learner": (f"{LEARNERS}/linear/lasso.py", "pass", "n = 1"),
    "another plot": ("code/mlearth/plotting/line.py", "return ax", "return"),
    "other data": ("code/mlearth/data/blasts.csv", "1", "2"),
    "another data set's entry": ("code/mlearth/data/SOURCES.toml", "Blasts", "Bangs"),
    "a docstring": (f"{LEARNERS}/linear/ridge.py", "A penalty", "A price"),
    "a comment": (f"{LEARNERS}/linear/ridge.py", "the square", "squared"),
    "a comment of the pins": ("requirements.txt", "# pins", "# all pins"),
    "an exercise": ("exercises/ridge/README.md", "Ridge", "Ridges"),
    "MATLAB": ("code/matlab/ridge/ridge.m", "ridge", "Ridge"),
    "a test": ("tests/test_ridge.py", "pass", "assert True"),
    "a tool": ("tools/build.py", "1", "2"),
    "prose": ("book/page.md", "A page", "This page"),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_of_what_a_page_uses_is_seen(book, kind):
    """Each kind of input changes the page's inputs, and the glance at everything."""
    before, glance = inputs(book), PageInputs(book).glance(book / "book/page.md", CELLS)
    edit(book, *CHANGES[kind])
    assert inputs(book) != before
    if kind != "the style":  # lies below code/ too, in a file of its own
        assert PageInputs(book).glance(book / "book/page.md", CELLS) != glance


@pytest.mark.parametrize("kind", IDLE)
def test_a_change_of_something_else_is_not(book, kind):
    """What the page does not use may change without executing it again."""
    before = inputs(book)
    edit(book, *IDLE[kind])
    assert inputs(book) == before


def test_a_cell_is_an_input(book):
    """Another cell is another page."""
    assert inputs(book) != inputs(book, [*CELLS, "1"])


def test_python_is_an_input(book, monkeypatch):
    """Another version of Python executes every page again."""
    before = inputs(book)
    monkeypatch.setattr(sys, "version", "3.99")
    assert inputs(book) != before


def test_help_shows_a_docstring(book):
    """Where a page reads docstrings, their edits count."""
    cells = [*CELLS, "help(Ridge)"]
    before = inputs(book, cells)
    edit(book, *IDLE["a docstring"])
    assert inputs(book, cells) != before


@pytest.mark.parametrize(
    "cells",
    [
        ["from mlearth import datasets\ndatasets.read_register()"],
        ["from mlearth.datasets import load_named\nload_named(input())"],
        ["from mlearth import datasets\nvars(datasets)"],
    ],
    ids=["asks for all", "names none", "whole package"],
)
def test_where_the_data_set_is_unknown_all_count(book, cells):
    """A loader of a name that is not written down depends on every data set."""
    assert {"data quakes", "data blasts"} <= set(inputs(book, cells))


def test_a_page_that_is_not_python_depends_on_all_code(book):
    """A magic cannot be followed, so all code counts."""
    before = inputs(book, ["%timeit 1"])
    edit(book, *IDLE["another learner"])
    assert inputs(book, ["%timeit 1"]) != before


@pytest.mark.parametrize(
    ("text", "module", "reached"),
    [
        ("from mlearth.learners import Ridge", "learners.linear.ridge", True),
        ("from mlearth.learners import Ridge", "learners.linear.lasso", False),
        ("from mlearth.learners import Root", "learners.base", True),
        ("import mlearth.learners as l\nl.Lasso()", "learners.linear.lasso", True),
        ("import mlearth.learners as l\nl.Lasso()", "learners.linear.ridge", False),
        ("import mlearth.learners as l\nl.Nobody()", "learners.linear.ridge", True),
        ("import mlearth.learners as l\nf(l)", "learners.linear.ridge", True),
        ("from mlearth.learners import *", "learners.linear.ridge", True),
        ("import mlearth\nmlearth.plotting.line(1)", "plotting.line", True),
        ("import mlearth\nmlearth.plotting.line(1)", "plotting.maps", False),
        ("import mlearth.learners.base", "learners.base", True),
        ("from mlearth.learners.linear import norms", "learners.linear.norms", True),
        ("from numpy import linalg", "learners.base", False),
        ("from mlearth.gone import it", "learners.base", True),
    ],
)
def test_names_are_followed_to_their_module(book, text, module, reached):
    """Re-exports and aliases lead to one module, what is unknown to the package."""
    graph = ImportGraph(book / "code")
    assert (f"mlearth.{module}" in graph.reach(Source(text))) is reached


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("import keras", True),
        ("from tensorflow import nn", True),
        ("from mlearth.projects import picks\npicks.run()", True),
        ("from mlearth.projects.picks import run", True),
        ("from mlearth.learners import Ridge  # faster than tensorflow", False),
        ("note = 'import tensorflow'", False),
    ],
)
def test_tensorflow_is_found_by_imports(book, text, needed):
    """A page that reaches TensorFlow through modules counts; a word does not."""
    assert ImportGraph(book / "code").uses_tensorflow([Source(text)]) is needed
