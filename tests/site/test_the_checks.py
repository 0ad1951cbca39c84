"""The checks in the browser see each planted fault, and nothing in a sound page."""

import budgets
import pytest
from browser import served

pytestmark = pytest.mark.browser

PAGE = """<!DOCTYPE html><html lang="en"{attributes}><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>A page</title>
<link rel="icon" href="data:,"><style>
html {{background: #fff; color: #222}}
@media (prefers-color-scheme: dark) {{
  html {{background: #111; color: #ddd}} a {{color: #8cf}} }}
{style}</style>{head}</head>
<body><main><article><h1>A page</h1>{body}</article></main></body></html>"""
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
SOUND = r"""<p>Text, <a href="#end">a link</a>,
<span class="math"><math><mi>x</mi></math></span>.</p>
<pre><code><span>x</span> = <span>1</span></code></pre>
<details><summary>More</summary><p id="end">Folded away.</p></details>
<img src="dot.svg" alt="A dot.">"""


def page(body="<p>Text.</p>", style="", head="", attributes=""):
    return PAGE.format(body=body, style=style, head=head, attributes=attributes)


# name: (the page, the mode that shows the fault, what the report says)
FAULTS = {
    "pale_text": (
        page('<p style="color: #999; background: #fff">Pale.</p>'),
        "light",
        "axe: color-contrast",
    ),
    "dark_text_in_the_dark": (
        page('<p class="dim">Dim.</p>', "html[lang] .dim {color: #222}"),
        "dark",
        "axe: color-contrast",
    ),
    "pale_word_of_code": (
        page('<pre><i>one</i> <i>two</i> <i style="color: #bbb">three</i></pre>'),
        "light",
        "axe: color-contrast",
    ),
    "pale_word_after_a_pale_sign": (
        page(
            '<pre><i class="k">=</i> <i class="k">three</i></pre>', ".k {color: #bbb}"
        ),
        "light",
        "axe: color-contrast",
    ),
    "pale_text_after_its_hidden_like": (
        page(
            '<p class="k" hidden>one</p>' * 9 + '<p class="k">two', ".k {color: #bbb}"
        ),
        "light",
        "axe: color-contrast",
    ),
    "pale_parent": (
        page('<p>one</p><p>two</p><p>three</p><div style="opacity: 0.4"><p>Pale.'),
        "light",
        "axe: color-contrast",
    ),
    "pale_link_in_a_cell": (
        page(
            "<table><tr><th>One</th><td>two</td></tr>"
            '<tr><th>Two</th><td><a href="#">three</a></td></tr></table>',
            "td a {color: #bbb}",
        ),
        "light",
        "axe: color-contrast",
    ),
    "pale_text_in_a_fold": (
        page('<details><summary>More</summary><p class="k">Pale.', ".k {color: #bbb}"),
        "light",
        "axe: color-contrast",
    ),
    "link_that_only_its_colour_tells": (
        page(
            '<p>Text <a href="#">one</a> and text.</p>', "p a {text-decoration: none}"
        ),
        "light",
        "axe: link-in-text-block",
    ),
    "such_a_link_after_sound_ones": (
        page(
            '<p>Text <a href="#">one</a>, <a href="#">two</a>, <a href="#">three</a>, '
            '<a class="k" href="#">four</a>, and much text.</p>',
            ".k {text-decoration: none}",
        ),
        "light",
        "axe: link-in-text-block",
    ),
    "such_a_link_after_those_of_a_list": (
        page(
            '<p><a href="#">one</a></p>' * 9
            + '<p>Text <a href="#">one</a> and text.</p>',
            "p a {text-decoration: none}",
        ),
        "light",
        "axe: link-in-text-block",
    ),
    "such_a_link_in_the_dark": (
        page(
            '<p>Text <a href="#">one</a> and text.</p>',
            "a {text-decoration: none; color: #00f} p {color: #222}"
            "@media (prefers-color-scheme: dark) {"
            "html p {color: #ddd} html p a {color: #8cf}}",
        ),
        "dark",
        "axe: link-in-text-block",
    ),
    "button_without_a_name": (page("<button></button>"), "light", "axe: button-name"),
    "name_that_is_not_written": (
        page('<button aria-label="Find">Search</button>'),
        "light",
        "axe: label-content-name-mismatch",
    ),
    "box_that_no_key_reaches": (
        page('<pre style="overflow: auto; width: 90px">' + "long " * 99 + "</pre>"),
        "phone",
        "axe: scrollable-region-focusable",
    ),
    "tiny_targets": (
        page(
            '<button style="all: unset; font-size: 6px">a</button>'
            '<button style="all: unset; font-size: 6px">b</button>'
        ),
        "phone",
        "axe: target-size",
    ),
    "text_outside_landmarks": (
        page("</article></main><p>Lost.</p>"),
        "light",
        "axe: region",
    ),
    "foreign_script": (
        page(head='<script src="http://cdn.invalid/x.js"></script>'),
        "light",
        "requests: http://cdn.invalid/x.js",
    ),
    "foreign_fetch": (
        page("<script>fetch('http://count.invalid/').catch(() => 0)</script>"),
        "light",
        "requests: http://count.invalid/",
    ),
    "script_error": (
        page("<script>nowhere()</script>"),
        "light",
        "console: nowhere is not defined",
    ),
    "logged_error": (
        page("<script>console.error('broken')</script>"),
        "light",
        "console: broken",
    ),
    "missing_file": (
        page(head='<link rel="stylesheet" href="gone.css">'),
        "light",
        "console: Failed to load resource",
    ),
    "broken_formula": (
        page('<p><span class="math"><math><merror>Missing</merror></math></span></p>'),
        "light",
        "math: cannot be read: Missing",
    ),
    "formula_not_typeset": (
        page(r'<p><span class="math">\(x\)</span></p>'),
        "light",
        r"math: not typeset: \(x\)",
    ),
    "image_that_is_gone": (
        page('<img src="gone.svg" alt="A dot.">'),
        "light",
        "images: gone.svg: does not load",
    ),
    "image_without_alt": (
        page('<img src="dot.svg" alt="">'),
        "light",
        "images: dot.svg: has no alt text",
    ),
    "page_wider_than_the_phone": (
        page('<p class="wide" style="width: 600px">Wide.</p>'),
        "phone",
        "overflow: the page is 6",
    ),
    "text_cut_off": (
        page('<p style="overflow: hidden; white-space: nowrap">' + "long " * 99),
        "phone",
        "overflow: p: text is cut off",
    ),
    "light_for_who_asked_for_dark": (
        page(attributes=' data-theme="light"'),
        "dark",
        "theme: the page is light",
    ),
}


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """The address of a site with one page for each fault, and a sound one."""
    folder = tmp_path_factory.mktemp("planted")
    for name, (text, _, _) in FAULTS.items():
        (folder / f"{name}.html").write_text(text, "utf-8")
    (folder / "sound.html").write_text(page(SOUND), "utf-8")
    (folder / "dot.svg").write_text(DOT, "utf-8")
    with served(folder) as address:
        yield address


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_seen(looker, planted, name):
    """The report of a page names the fault that was planted in it."""
    _, mode, said = FAULTS[name]
    faults = looker.visit(planted, f"{name}.html", mode).faults()
    assert any(fault.startswith(said) for fault in faults), faults


@pytest.mark.parametrize("mode", ["light", "dark", "phone"])
def test_a_sound_page_has_no_fault(looker, planted, mode):
    """The checks raise no false alarm on a page with text, code, formula and image."""
    assert looker.visit(planted, "sound.html", mode).faults() == []


@pytest.mark.parametrize("mode", ["light", "phone"])
def test_a_fault_of_the_dark_is_of_the_dark_alone(looker, planted, mode):
    """Every mode is another way of looking: light hides the fault of the dark."""
    assert not looker.visit(planted, "dark_text_in_the_dark.html", mode).faults()


HEAVY = '<img src="heavy.png" alt="Noise." width="9" height="9">'


def test_a_page_over_its_budget_is_seen(looker, tmp_path):
    """Bytes, later bytes, requests and jumps are counted, each against its limit."""
    (tmp_path / "_static").mkdir()
    for name, kib in {"heavy.png": 130, "_static/all.png": 300}.items():
        (tmp_path / name).write_bytes(bytes(1024 * kib))
    for number in range(20):
        (tmp_path / f"{number}.svg").write_text(DOT, "utf-8")
    dots = "".join(f'<img src="{n}.svg" alt="A dot.">' for n in range(20))
    jump = "document.querySelector('h1').style.marginTop = '9em'"
    jump = f"<script>setTimeout(() => {{{jump}}}, 20)</script>"
    (tmp_path / "page.html").write_text(page("<p>Text.</p>" * 9 + dots + HEAVY + jump))
    (tmp_path / "small.html").write_text(page())
    shared = "_static/all.png"
    with served(tmp_path) as address:
        seen = looker.visit(address, "page.html", "light")
        small = looker.visit(address, "small.html", "light")
    weighed = budgets.weights(tmp_path, seen.loaded | {shared})
    said = " ".join(budgets.faults("page.html", weighed, seen.shift))
    assert "KiB at the first visit, allowed are 250" in said
    assert "KiB at a later visit, allowed are 120" in said
    assert "requests, allowed are 15" in said
    assert "the page shifts by" in said
    weighed = budgets.weights(tmp_path, small.loaded)
    assert budgets.faults("small.html", weighed, small.shift) == []
