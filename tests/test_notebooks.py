"""A page downloads as a notebook that runs where nothing of the book is."""

import doctest
import re
import sys
from types import SimpleNamespace

import nbformat
import pytest
from bs4 import BeautifulSoup
from planted_book import ROOT, build, cell, page, plant

sys.path.insert(0, str(ROOT / "book/_ext"))
import notebooks
import to_markdown
from notebooks import without_the_book

FIGURE = """
mystnb:
  figure: {name: fig-line, caption: "It *rises*."}
  image: {alt: "A straight line rises from the lower left to the upper right corner."}
tags: [hide-input]
"""
DRAW = "import matplotlib.pyplot as plt\nplt.plot([1, two]);"
HIDDEN = """from myst_nb import glue
two = 1 + 1
idle = 3
glue("two", two, display=False)
for name in ["a", "b"]:
    glue(name, 1, display=False)"""
TEXT = r"""Of {glue:text}`two` lines see {numref}`fig-line`, {eq}`eq-one` and
{ref}`sec-end`; *not* **that** `code_here` of {cite:t}`one1999work`, \$5, a_b_c, $x_1$.

```{math}
:label: eq-one
a = b
```

:::{admonition} Take care
First.

Then.
:::

:::{exercise} A task
:label: ex-a
Find $y$.
:::

:::{solution} ex-a
:class: dropdown
It is $z < 2$.
:::

:::{quiz}
Which?

[ ] $\pi < 3$ is *so*.
: It is more.

[x] The other.
: So it is.
:::

::::{tab-set}
:::{tab-item} MATLAB
```matlab
x = 1;
```
:::
::::

| a | b |
| --- | --- |
| 1 | $q$ |

- one
  and on
- two

(sec-end)=
## The end

```{bibliography}
```
"""
WORK = "@book{one1999work, author={One, Ann}, title={A Work}, publisher={P}, year=1999}"
RAW = re.compile(r"\{[a-z:-]+\}`|^:::|^```\{|^\([a-z-]+\)=|%\|", re.MULTILINE)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A built book of a page with everything and a page without code."""
    parts = [cell(HIDDEN, "tags: [remove-cell]"), cell(DRAW, FIGURE), TEXT]
    root = plant(
        tmp_path_factory.mktemp("notebooks"),
        {"index": page("All", *parts, cell("two + 1")), "prose": "# Prose\n\nText.\n"},
        'package_source: "mlearth @ git+https://github.com/lab/book@students"',
    )
    (root / "book/references.bib").write_text(WORK)
    status, said = build(root)
    assert status == 0, said
    return root


@pytest.fixture(scope="module")
def made(book):
    """The notebook of the page with everything."""
    file = book / "_build/html/notebooks/book/index.ipynb"
    written = nbformat.read(file, as_version=4)
    nbformat.validate(written)
    return written


@pytest.fixture(scope="module")
def text(made):
    """All its text."""
    return "\n\n".join(c.source for c in made.cells if c.cell_type == "markdown")


@pytest.mark.parametrize("module", [notebooks, to_markdown])
def test_the_examples_hold(module):
    """What the docstrings of the extensions show is so."""
    done = doctest.testmod(module)
    assert done.attempted > 0
    assert done.failed == 0


def test_no_role_and_no_directive_is_left(text):
    """A notebook elsewhere knows neither."""
    assert RAW.findall(text) == []


@pytest.mark.parametrize(
    "said",
    [
        "# All",
        "Of 2 lines see Figure 1, (1) and The end;",
        r"*not* **that** `code_here` of One \[1999\]",
        r"\$5, a\_b\_c, $x_1$.",
        "$$\na = b \\tag{1}\n$$",
        "> **Take care**\n>\n> First.\n>\n> Then.",
        "**Exercise 1 (A task)**\n\nFind $y$.",
        "<summary>Solution to Exercise 1 (A task)</summary>\n\nIt is $z < 2$.",
        r"<summary>$\pi &lt; 3$ is so.</summary>" + "\n\n**No.** It is more.",
        "**Right.** So it is.",
        "**MATLAB**\n\n```matlab\nx = 1;\n```",
        "| a | b |\n| --- | --- |\n| 1 | $q$ |",
        "- one and on\n- two",
        "**Figure 1.** It *rises*.",
        "- **One, 1999** Ann One. *A Work*. P, 1999.",
    ],
)
def test_what_the_page_says_the_notebook_says(text, said):
    """Numbers, values of the run, names of works, boxes, tabs, tables, formulas."""
    assert said in text


def test_cells_are_those_of_readers_and_what_they_need(made):
    """Gluing is gone; of the hidden cell the one line stays that others use."""
    code = [c.source for c in made.cells if c.cell_type == "code"]
    assert code[0].endswith(
        '%pip install --quiet "mlearth @ git+https://github.com/lab/book@students"'
    )
    assert code[1:] == ["two = 1 + 1", DRAW, "two + 1"]
    assert [c.get("outputs") for c in made.cells if c.cell_type == "code"] == [[]] * 4


def test_its_cells_run_without_the_book(made):
    """All but the first, which installs the package, in one empty namespace."""
    names = {}
    for one in [c for c in made.cells if c.cell_type == "code"][1:]:
        exec(one.source.replace("plt.plot", "len"), names)
    assert names["two"] == 2


@pytest.mark.parametrize(
    ("source", "hidden", "needed", "left"),
    [
        ("pin('n', n, 3)\nn", False, set(), "n"),
        ("mlearth.pin('n', n, 3)", False, set(), ""),
        ("from mlearth import pin, datasets", True, {"datasets"}, None),
        ("from mlearth import pin", False, set(), ""),
        ("plt.style.use('x')", True, set(), None),
        ("a = 1\nb = a", True, {"b"}, None),
        ("t['x'] = 1\nglue('t', t)", True, {"t"}, "t['x'] = 1"),
        ("def f():\n    return 1\n\nu = 2", True, {"f"}, "def f():\n    return 1"),
        (
            "for i in x:\n    glue(\n     i, 1)\n    y = i\n    if y:\n        pin(i)",
            True,
            {"y"},
            "for i in x:\n    y = i",
        ),
        ("if x:\n    glue('x', x)\nz = 1  # last", False, set(), "z = 1  # last"),
        ("x = 1  # why", False, set(), None),
    ],
)
def test_what_only_the_book_needs_goes(source, hidden, needed, left):
    """Pins and glue go everywhere; hidden lines stay where a later cell needs them."""
    expected = source if left is None else left
    assert without_the_book(source, hidden, set(needed)) == expected


def labels(book, name):
    html = (book / f"_build/html/book/{name}.html").read_text("utf-8")
    soup = BeautifulSoup(html, "html.parser")
    return {b.get_text().strip(): b for b in soup.select(".dropdown-item")}


def test_the_buttons_offer_the_notebook_and_paper(book):
    """A page with code has both, a page without has paper; none offers its source."""
    with_code, without = labels(book, "index"), labels(book, "prose")
    assert set(with_code) == {".ipynb", ".pdf"}
    assert with_code[".ipynb"]["href"] == "../notebooks/book/index.ipynb"
    assert set(without) == {".pdf"}


def test_binder_and_colab_open_what_is_published():
    """Binder the page in the edition, Colab the notebook beside the site's pages."""
    config = SimpleNamespace(
        edition_repository="https://github.com/lab/book", edition_branch="students"
    )
    binder, colab = notebooks.launches(config, "book/index")
    assert binder["url"] == (
        "https://mybinder.org/v2/gh/lab/book/students?urlpath=lab/tree/book/index.md"
    )
    assert colab["url"] == (
        "https://colab.research.google.com/github/lab/book/blob/gh-pages/"
        "notebooks/book/index.ipynb"
    )
    workflow = (ROOT / ".github/workflows/book.yml").read_text("utf-8")
    assert f"send site {notebooks.PAGES_BRANCH}" in workflow
    config.edition_repository = "https://gitlab.com/lab/book"
    assert notebooks.launches(config, "book/index") == []


def test_links_lead_to_the_published_site():
    """From a page deep in the book, to a page, an anchor and another site."""
    address = notebooks.addresses(None, "book/part/page", "https://lab.github.io/book/")
    assert address({"refuri": "../glossary.html#term-x"}) == (
        "https://lab.github.io/book/book/glossary.html#term-x"
    )
    assert address({"refid": "eq-one"}) == (
        "https://lab.github.io/book/book/part/page.html#eq-one"
    )
    assert address({"refuri": "https://example.org"}) == "https://example.org"
    assert notebooks.addresses(None, "book/page", "")({"refid": "eq-one"}) == ""
