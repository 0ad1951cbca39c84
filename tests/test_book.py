"""The structure of the book, of its package and of its prose."""

import re
import tomllib

import book_rules
import pytest
import task_rules
from book_rules import ROOT, Page, bibliography_keys
from tree import tree_files

CHAPTER_FOLDERS = ["supervised_learning", "data_and_validation", "deep_learning"]
KIT = ROOT / "book/final_project/manuscript"  # drafts, not pages of the book
PAGES = sorted(p for p in (ROOT / "book").rglob("*.md") if KIT not in p.parents)
CHAPTERS = [page for page in PAGES if page.parent.name in CHAPTER_FOLDERS]
TASKS = [page for page in PAGES if task_rules.is_task(page)]
CLAIMING = [page for page in PAGES if page.parent != ROOT / "book"]
LEFT_OUT = tomllib.loads((ROOT / "tests/left_out.toml").read_text("utf-8"))
PACKAGE = sorted((ROOT / "code").rglob("*.py"))
TOO_LONG = 300
SECRETS = {
    r"(?<![\w.])/(work|root|home)/(?!me\b)\w": "a machine path",
    r"\b[\w.+-]+@(?!v\d|example\.)[\w-]+\.(edu|com|org|net|ch)\b": "an e-mail address",
    r"files\.pythonhosted|registry\.npmjs|pypi\.org": "the host of a registry",
}


def tracked_texts():
    """Every text file of the repository, as (name, text)."""
    for name in tree_files(ROOT):
        path = ROOT / name
        try:
            yield name.as_posix(), path.read_text("utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue


def stems(paths):
    return [path.stem for path in paths]


@pytest.mark.parametrize("path", PAGES, ids=stems(PAGES))
def test_cells_are_short_and_plain(path):
    """No cell is long, wide, or holds what a reader should not learn."""
    assert list(book_rules.cell_faults(Page.read(path))) == []


@pytest.mark.parametrize("path", PAGES, ids=stems(PAGES))
def test_a_page_needs_no_private_name(path):
    """What a reader sees called can be imported by name, or is inherited."""
    assert list(book_rules.private_faults(Page.read(path))) == []


@pytest.mark.parametrize(
    "source",
    [
        "from mlearth.learners.base import _check",
        "import mlearth._arguments",
        "from mlearth._arguments import check_count",
        "_check_k(3, 5)",
        "model._average(X)",
    ],
)
def test_a_private_name_is_noticed(source):
    """Imported, called or taken from an object: each is a fault."""
    start = FAULTY.split("# No label")[0]
    cell = start + "```{code-cell} ipython3\n" + source + "\n```\n"
    assert "the private name _" in "\n".join(book_rules.private_faults(Page(cell)))


@pytest.mark.parametrize("path", CHAPTERS, ids=stems(CHAPTERS))
def test_a_chapter_has_its_anatomy(path):
    """Every chapter has the parts, counts and marks that the design asks for."""
    left_out = LEFT_OUT.get(path.parent.name, {}).get(path.stem, {})
    assert list(book_rules.chapter_faults(Page.read(path), left_out)) == []


@pytest.mark.parametrize("path", TASKS, ids=stems(TASKS))
def test_homework_and_projects_have_their_anatomy(path):
    """A problem set and a project topic have the parts that students look for."""
    assert list(task_rules.faults(Page.read(path))) == []


@pytest.mark.parametrize("path", CLAIMING, ids=stems(CLAIMING))
def test_what_prose_quotes_is_pinned(path):
    """Each glued number has a pin of its name, in a cell that readers do not see."""
    assert list(book_rules.pin_faults(Page.read(path))) == []


@pytest.mark.parametrize("path", PACKAGE, ids=stems(PACKAGE))
def test_a_module_is_short(path):
    """A module is read in one sitting."""
    assert len(path.read_text("utf-8").splitlines()) <= TOO_LONG


def test_the_repository_speaks_of_itself_alone():
    """No machine path, e-mail address or registry host stands in any file."""
    found = [
        f"{name}: {what}: {match[0]}"
        for name, text in tracked_texts()
        for pattern, what in SECRETS.items()
        for match in re.finditer(pattern, text)
    ]
    assert found == []


def test_the_bibliography_is_complete_and_used():
    """No entry is a stub, and every entry is cited on a page or in a docstring."""
    text = (ROOT / "book/references.bib").read_text("utf-8")
    assert "and others" not in text
    sources = [*PAGES, *PACKAGE, *(ROOT / "code").rglob("*.toml")]
    sources += [ROOT / "course/papers.toml"]
    everything = "\n".join(path.read_text("utf-8") for path in sources)
    assert sorted(key for key in bibliography_keys() if key not in everything) == []


FAULTY = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {display_name: Python 3, language: python, name: python3}
---
# No label

## Summary

## Question

```{code-cell} ipython3
%matplotlib inline
plt.show()
```

```{code-cell} ipython3
---
tags: [from-package]
package: mlearth.datasets.load_coastlines
---
def load_coastlines():
    return []
```

```{code-cell} ipython3
ax.set(xlabel="time [s]")
```
"""


@pytest.mark.parametrize(
    "fault",
    [
        "does not begin with the label (ch-page)=",
        "out of order",
        "Mathematics is missing",
        "With a library is missing",
        "0 figures",
        "0 quiz questions",
        "0 figures that the reader drives",
        "0 predictions",
        "0 visible cells import",
        "differs from mlearth.datasets.load_coastlines",
        "marks no section as *core*",
        "pins none of its claims",
        "names no command that checks its exercises",
    ],
)
def test_a_planted_fault_of_a_chapter_is_noticed(fault):
    """Each rule of a chapter catches a chapter that breaks it."""
    assert fault in "\n".join(book_rules.chapter_faults(Page(FAULTY), {}))


@pytest.mark.parametrize("fault", ["plt.show()", "a magic", "a semicolon"])
def test_a_planted_fault_of_a_cell_is_noticed(fault):
    """Each rule of a cell catches a cell that breaks it."""
    assert fault in "\n".join(book_rules.cell_faults(Page(FAULTY)))


PINNED = """---
kernelspec: {display_name: Python 3, language: python, name: python3}
---
There are {glue:text}`n_blasts` of {glue:text}`n_all`.

```{code-cell} ipython3
:tags: [remove-cell]
glue("n_all", 3, display=False)
pin("n_all", 3, 3)
```
"""


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ("", "`n_blasts` is quoted and not pinned"),
        ('pin("n_all", 3, 4)', "two pins are named `n_all`"),
        ('pin("n_blasts", 1, 1)', None),
        ('```\n```{code-cell} ipython3\npin("n_blasts", 1, 1)', "cell 2: a number is"),
        ('```\n```{code-cell} ipython3\nglue("n_blasts", 1)', "where readers see it"),
    ],
)
def test_a_planted_fault_of_a_pin_is_noticed(more, fault):
    """A number without a pin, a name used twice, and a pin in a visible cell."""
    page = Page(PINNED.replace("3, 3)", f"3, 3)\n{more}"))
    said = "\n".join(book_rules.pin_faults(page))
    assert fault in said if fault else said == ""


def test_a_part_that_always_stands_cannot_be_left_out():
    """The left-out list cannot excuse the core of a chapter."""
    faults = book_rules.part_faults(Page(FAULTY), {"Real data": "none at hand"})
    assert "page: Real data always stands" in list(faults)


def test_a_part_left_out_for_a_reason_is_no_fault():
    """A reason on the left-out list excuses a part that may be left out."""
    faults = "\n".join(
        book_rules.part_faults(Page(FAULTY), {"In MATLAB": "nothing is built here"})
    )
    assert "In MATLAB" not in faults


def test_long_cells_are_noticed():
    """A cell of 16 lines is too long, one of 15 is not."""
    start = FAULTY.split("# No label")[0]
    fifteen = start + "```{code-cell} ipython3\n" + "x = 1\n" * 15
    assert not list(book_rules.cell_faults(Page(fifteen + "```\n")))[1:]
    sixteen = Page(fifteen + "x = 1\n```\n")
    assert "16 lines, at most 15" in "\n".join(book_rules.cell_faults(sixteen))


def test_no_test_measures_time_on_the_wall():
    """A busy machine is no fault of the code: deadlines are told, not timed."""
    clock = re.compile(r"\b(perf_counter|monotonic|time\.time)\(")
    timed = [
        path.name
        for path in (ROOT / "tests").glob("test_*.py")
        if clock.search(path.read_text("utf-8"))
    ]
    assert timed == []
