"""The book's own script mends the theme: each fault is there before and gone after."""

import importlib.metadata
import shutil
from pathlib import Path

import pytest
from browser import served

pytestmark = pytest.mark.browser

STATIC = Path(__file__).parents[2] / "book/_static"
# The theme's own markup, shortened, with the faults it has.
THEME = """<!DOCTYPE html><html lang="en" data-mode=""><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>A page</title>
<link rel="icon" href="data:,"><script>let toggleHintShow = "Click to show",
toggleHintHide = "Click to hide", toggleOpenOnPrint = "true";
var togglebuttonSelector = ".toggle, .admonition.dropdown";</script>
<style>html {{background: #fff; color: #111}} .toggle-hidden section {{display: none}}
button, a {{display: block; height: 30px; width: 90px}}
pre, .output {{overflow-x: auto; width: 200px}}</style>
<script src="togglebutton.js"></script>{script}</head><body>
<div class="bd-sidebar-primary"><p>The title of the book</p>
<button class="search-button-field" aria-label="Find">Search</button>
<nav aria-label="Main"><a href="#a">A chapter</a></nav></div>
<main><article class="bd-article"><h1>A page</h1>
<details class="hide"><summary aria-label="Toggle"><p>Show code</p></summary>
<div class="cell_output"><div class="output"><table class="dataframe">
<thead><tr><th></th><th>depth_of_the_earthquake_km</th></tr></thead>
<tbody><tr><th>0</th><td>a long cell so that it scrolls sideways</td></tr></tbody>
</table></div></div></details>
<pre>a line of code that is so long that it scrolls sideways</pre>
<div role="list" class="citation-list"><div class="citation" role="doc-biblioentry">
<span>[1]</span><a role="doc-backlink" href="#b">back</a><p>A work.</p></div></div>
<div class="admonition dropdown" id="box"><p class="admonition-title"><b>Solution</b> to
<a href="#b">an exercise</a></p><section><p id="inside">Text.</p></section></div>
<p id="a">Here.</p><p id="b">There.</p>
<table class="indextable"><tr><td>a</td><td>b</td></tr>
<tr><td>c</td><td>d</td></tr><tr><td>e</td><td>f</td></tr><tr><td>g</td><td>h</td></tr>
</table></article></main></body></html>"""
MENDED = [
    "label-content-name-mismatch: .search-button-field",
    "label-content-name-mismatch: summary",
    "region",
    "aria-required-children",
    "aria-deprecated-role",
    "empty-table-header",
    "scrollable-region-focusable: pre",
    "scrollable-region-focusable: .output",
]
CLOSED = """document.querySelector("#box").classList.contains("toggle-hidden")"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of the theme's page with the book's script and without it."""
    folder = tmp_path_factory.mktemp("theme")
    script = '<script src="book.js"></script>'
    (folder / "mended.html").write_text(THEME.format(script=script), "utf-8")
    (folder / "theme.html").write_text(THEME.format(script=""), "utf-8")
    shutil.copy(STATIC / "book.js", folder)
    files = importlib.metadata.files("sphinx-togglebutton")
    shutil.copy(next(f for f in files if f.name == "togglebutton.js").locate(), folder)
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def axe(looker, site):
    """What axe finds in the theme's page as it is, and as the script mends it."""
    return {
        n: looker.visit(site, f"{n}.html", "light").axe for n in ("theme", "mended")
    }


@pytest.mark.parametrize("fault", MENDED)
def test_the_theme_has_the_fault_and_the_script_mends_it(axe, fault):
    """Once the theme mends a fault itself, this fails and a line of ours can go."""
    assert any(found.startswith(fault) for found in axe["theme"]), axe["theme"]
    assert not any(found.startswith(fault) for found in axe["mended"]), axe["mended"]


def test_nothing_else_is_left(axe):
    """After the script axe has nothing to object."""
    assert axe["mended"] == []


@pytest.mark.parametrize(
    ("clicked", "open_after"),
    [("#box b", True), ("#box .admonition-title", True), ("#box a", False)],
    ids=["a word in bold", "the title", "a link"],
)
def test_a_click_anywhere_on_the_title_unfolds_but_a_link_leads_on(
    looker, site, clicked, open_after
):
    """A word with a tag of its own unfolds the box too; a link does not."""
    script = f"(document.querySelector('{clicked}').click(), !{CLOSED})"
    assert looker.try_out(site, "mended.html", "light", script) is open_after


def test_a_link_to_something_folded_unfolds_it(looker, site):
    """Who follows a link into a folded box sees what they came for."""
    assert looker.try_out(site, "mended.html#inside", "light", CLOSED) is False


def test_paper_has_no_folds_and_they_come_back(looker, site):
    """Printing opens what is folded, and closes it afterwards."""
    state = "document.querySelector('details').open"
    script = f"""["beforeprint", "afterprint"].map(
      name => (window.dispatchEvent(new Event(name)), {state}))"""
    assert looker.try_out(site, "mended.html", "light", script) == [True, False]
