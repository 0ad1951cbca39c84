"""What goes deeper opens for whoever comes for it: by link, search, key or print.

And a question on an earlier page is answered and remembered like a quiz.
"""

import sys
from pathlib import Path

import pytest
from browser import MODES, served

sys.path.insert(0, str(Path(__file__).parents[1]))
from planted_book import build, cell, page, plant

pytestmark = pytest.mark.browser
FIGURE = """
mystnb:
  figure: {name: fig-climb, caption: "A line climbs."}
  image: {alt: "A straight line climbs from the lower left corner to a height."}
tags: [hide-input]
"""
DRAW = """import matplotlib.pyplot as plt
from mlearth import plotting
fig, ax = plt.subplots(figsize=(5, 3))
def draw(height):
    ax.plot([0, 1], [0, height])
    return f"It climbs to {height}."
plotting.drive(fig, draw, {"height [m]": [1, 2, 3, 4]}, start=(1,))"""
EARLY = """# Early

:::{admonition} By the end of this chapter you can
1. say what a line knows {keep}`extrapolation`.
:::
"""
TOP = """:::{admonition} The week
:class: plan
- **First lecture** (90 minutes): all of it.
:::

:::{recall} extrapolation
What does it know?

[ ] All.
: It saw some.

[x] Nothing.
: So it is.
:::
"""
DEEP = page(
    "Deep",
    TOP,
    "Before {ref}`sec-inside` and {numref}`fig-climb`.\n\n## Core (*core*)\n\nText.\n",
    "\n".join(f"Line {number}.\n" for number in range(60)),
    "## More of it (*deeper*)\n\nThe needle lies here.\n",
    cell(DRAW, FIGURE),
    "(sec-inside)=\n### Inside\n\nSomething inside.\n\n## After (*core*)\n\nThe end.",
    "\n".join(f"Line {number}.\n" for number in range(60)),
)
NAME = "book/index.html"
OPEN = "document.querySelector('details.deeper').open"


@pytest.fixture(scope="module")
def deep(tmp_path_factory):
    """The address of a book with a page that recalls another and goes deeper."""
    root = plant(tmp_path_factory.mktemp("deep"), {"index": DEEP, "early": EARLY})
    status, said = build(root)
    assert status == 0, said
    with served(root / "_build/html") as address:
        yield address


def after(looker, deep, *scripts, name=NAME, wait=200, **options):
    """What scripts return, one after the other, once the page is loaded."""

    async def act(page):
        said = []
        for script in scripts:
            said.append(await page.evaluate(script))
            await page.wait_for_timeout(wait)
        return [*said, await page.evaluate(OPEN)]

    return looker.use(deep + name, act, **options)


def test_it_is_closed_at_first(looker, deep):
    """Its heading is seen, and what follows is not."""
    seen = "document.querySelector('#more-of-it-deeper h2').checkVisibility()"
    inside = "document.querySelector('#inside h3, #sec-inside h3').checkVisibility()"
    assert after(looker, deep, seen, inside) == [True, False, False]


@pytest.mark.parametrize("anchor", ["sec-inside", "fig-climb", "more-of-it-deeper"])
def test_an_address_opens_it(looker, deep, anchor):
    """As a result of the search does: of a section, a figure, its own heading."""
    assert after(looker, deep, name=f"{NAME}#{anchor}") == [True]


@pytest.mark.parametrize("anchor", ["sec-inside", "fig-climb"])
def test_an_address_opens_it_without_a_script(looker, deep, anchor):
    """The browser does it."""
    said = after(looker, deep, name=f"{NAME}#{anchor}", java_script_enabled=False)
    assert said == [True]


@pytest.mark.parametrize(
    "place", ["article a[href$=inside]", ".page-toc a[href*=more]"]
)
def test_a_link_opens_it_each_time(looker, deep, place):
    """In the text and in the list of sections, also when it was closed since."""
    click = f"document.querySelector('{place}').click()"
    shut = "document.querySelector('details.deeper').open = false"
    opened = after(looker, deep, click, OPEN, shut, click)
    assert opened[1] is True
    assert opened[-1] is True


def test_the_search_of_the_browser_opens_it(looker, deep):
    """A fragment of text is found as by Ctrl-F: inside, and it opens."""
    name = f"{NAME}#:~:text=The%20needle%20lies"
    assert after(looker, deep, name=name) == [True]


def test_a_key_opens_it_without_a_script(looker, deep):
    """The summary is a button of the browser's own."""

    async def act(page):
        await page.locator("details.deeper > summary").press("Enter")
        return await page.locator("#sec-inside, #inside").first.is_visible()

    assert looker.use(deep + NAME, act, java_script_enabled=False)


def test_paper_opens_it_and_closes_it_again(looker, deep):
    """Print shows everything; afterwards the page is as it was."""
    before, behind = (
        f"(window.dispatchEvent(new Event('{name}')), {OPEN})"
        for name in ("beforeprint", "afterprint")
    )
    assert after(looker, deep, before, behind) == [True, False, False]


def test_the_list_of_sections_marks_the_one_that_is_read(looker, deep):
    """A section inside of a closed fold is never the one."""
    end = "window.scrollTo(0, document.body.scrollHeight)"
    marked = "document.querySelector('.page-toc a.active').textContent.trim()"
    assert after(looker, deep, end, marked)[1] == "After (core)"


def test_a_figure_inside_is_driven(looker, deep):
    """Opened by its number, it shows another height at a key."""

    async def act(page):
        await page.focus("input[type=range]")
        await page.keyboard.press("ArrowRight")
        return await page.locator(".driven output").text_content()

    assert looker.use(f"{deep}{NAME}#fig-climb", act) == "It climbs to 2."


def test_a_question_recalled_is_answered_by_key_and_remembered(looker, deep):
    """Like a quiz; and its link leads to the objective that was kept."""

    async def act(page):
        await page.locator(".recall .right summary").press("Enter")
        await page.wait_for_timeout(100)
        await page.reload(wait_until="load")
        opened = await page.locator(".recall details[open]").text_content()
        await page.locator(".recall-from a").press("Enter")
        await page.wait_for_url("**/early.html#kept-extrapolation")
        return opened, await page.locator(":target").text_content()

    opened, mark = looker.use(deep + NAME, act)
    assert opened.split() == ["Nothing.", "Right.", "So", "it", "is."]
    assert mark == "to keep"


@pytest.mark.parametrize("name", [NAME, "book/early.html"])
@pytest.mark.parametrize("mode", MODES)
def test_axe_has_nothing_to_object(looker, deep, mode, name):
    """Folds, questions and marks are sound in every way of looking."""
    assert looker.visit(deep, name, mode).faults() == []
