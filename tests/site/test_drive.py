"""A reader drives a figure with keys, hears its words, and prints its good state."""

import shutil
import sys
from pathlib import Path

import matplotlib as mpl
import pytest
from browser import MODES, served

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "book/_ext"))

pytestmark = pytest.mark.browser
PAGE = """<!DOCTYPE html><html lang="en" data-theme="{theme}"><head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A page</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="book.css"><style>html {{background: {paper}; color: {ink}}}
</style><script src="drive.js"></script></head><body><main>
<article class="bd-article bd-content"><h1>A page</h1>{body}</article></main></body>
</html>"""
LOOKS = {"light": ("#fff", "#111"), "dark": ("#111", "#eee")}
SEEN = """() => ({
  states: [...document.querySelectorAll("[data-state]")]
    .filter((part) => getComputedStyle(part).display !== "none")
    .map((part) => part.dataset.state).join(),
  said: document.querySelector("output").textContent,
  value: document.querySelector("input").getAttribute("aria-valuetext"),
  controls: document.querySelector("input").checkVisibility()})"""


def figure() -> str:
    """Four heights times two costs, at height 2 and cost b."""
    import driven_figures
    import matplotlib.pyplot as plt

    from mlearth import plotting

    mpl.use("agg")
    fig, ax = plt.subplots(figsize=(5, 3))

    def draw(height, cost):
        ax.plot([0, 1], [0, height])
        return f"It climbs to {height}, {cost}."

    controls = {"height [m]": [1, 2, 3, 4], "cost": ["a", "b"]}
    svg = plotting.drive(fig, draw, controls, start=(2, "b")).svg
    alt = "A line that climbs from the lower left to a height."
    caption = "<figcaption>A line.</figcaption>"
    return f"<figure>{driven_figures.html(svg, 'fig-climb', alt)}{caption}</figure>"


def nails() -> str:
    """Two lots of four nails and five heights, of which the second is at rest."""
    import driven_figures
    import matplotlib.pyplot as plt

    from mlearth import plotting

    fig, ax = plt.subplots(figsize=(5, 3))
    ax.set(xlim=(0, 5), ylim=(-1.5, 3.5))

    def draw(nail, up):
        ax.plot([nail, nail], [0, up], "-")
        ax.plot(nail, up, "o", picker=True)
        return f"Nail {nail} is up by {up}."

    controls = {"nail": [1, 2, 3, 4], "up": [-1, 0, 1, 2, 3]}
    svg = plotting.drive(fig, draw, controls, start=(1, 0)).svg
    alt = "A nail that stands on a line, and a line from it down to zero."
    return f"<figure>{driven_figures.html(svg, 'fig-nails', alt)}</figure>"


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """The address of a page with one driven figure, light and dark."""
    folder = tmp_path_factory.mktemp("driven")
    for theme, (paper, ink) in LOOKS.items():
        text = PAGE.format(theme=theme, paper=paper, ink=ink, body=figure())
        (folder / f"{theme}.html").write_text(text, "utf-8")
    text = PAGE.format(theme="light", paper="#fff", ink="#111", body=nails())
    (folder / "nails.html").write_text(text, "utf-8")
    for name in ("book.css", "drive.js"):
        shutil.copy(ROOT / "book/_static" / name, folder)
    with served(folder) as address:
        yield address


def after(looker, planted, keys=(), first="input", script=SEEN, **options):
    """What is seen after a reader has pressed keys on a control."""

    async def act(page):
        if keys:
            await page.focus(first)
        for key in keys:
            await page.keyboard.press(key)
        return await page.evaluate(script)

    return looker.use(planted + "light.html", act, **options)


def seen(state, said, value, controls=True):
    return {"states": state, "said": said, "value": value, "controls": controls}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([], seen("3", "It climbs to 2, b.", "2")),
        (["ArrowRight"], seen("5", "It climbs to 3, b.", "3")),
        (["End"], seen("7", "It climbs to 4, b.", "4")),
        (["Home"], seen("1", "It climbs to 1, b.", "1")),
        (["End", "Tab", "ArrowUp"], seen("6", "It climbs to 4, a.", "4")),
    ],
)
def test_keys_drive_the_figure(looker, planted, keys, expected):
    """Arrows, home and end show one state, say it, and turn each control alone."""
    assert after(looker, planted, keys) == expected


def test_the_words_are_spoken_and_nothing_else_is(looker, planted):
    """The live output holds the words of the state; the picture is one image."""
    script = """() => [
      document.querySelector("output").getAttribute("aria-live"),
      document.querySelector("svg").getAttribute("role")]"""
    assert after(looker, planted, script=script) == ["polite", "img"]


def test_without_a_script_one_good_state_is_shown(looker, planted):
    """The state it starts with, with its words and without dead controls."""
    still = seen("3", "It climbs to 2, b.", "2", controls=False)
    assert after(looker, planted, java_script_enabled=False) == still


def test_paper_shows_the_good_state_and_the_screen_keeps_the_readers(looker, planted):
    """Whatever was driven, it is the start that is printed, and then it is back."""

    async def act(page):
        await page.focus("input")
        await page.keyboard.press("End")
        found = []
        for event in ("beforeprint", "afterprint"):
            await page.emulate_media(media="print" if event[0] == "b" else "screen")
            await page.evaluate(f"window.dispatchEvent(new Event('{event}'))")
            found.append(await page.evaluate(SEEN))
        return found

    paper, screen = looker.use(planted + "light.html", act)
    assert (paper["states"], paper["said"]) == ("3", "It climbs to 2, b.")
    assert not paper["controls"]
    assert screen == seen("7", "It climbs to 4, b.", "4")


@pytest.mark.parametrize("mode", MODES)
def test_axe_has_nothing_to_object(looker, planted, mode):
    """In light, in the dark and on a phone; nothing is wider than the screen."""
    theme = "dark" if mode == "dark" else "light"
    assert looker.visit(planted, f"{theme}.html", mode).faults() == []


def dragged(looker, planted, nail, rise, touch=False):
    """What is said after a nail was drawn up by a share of the picture's height."""

    async def act(page):
        handle = page.locator(".handle").nth(nail - 1)
        box, picture = (
            await handle.bounding_box(),
            await page.locator("svg").bounding_box(),
        )
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        await page.mouse.move(x, y)
        await page.mouse.down()
        await page.mouse.move(x + 30, y - rise * picture["height"], steps=4)
        await page.mouse.up()
        await page.mouse.move(x, y)
        script = "() => [...document.querySelectorAll('input')].map((one) => one.value)"
        return await page.locator("output").text_content(), await page.evaluate(script)

    return looker.use(planted + "nails.html", act)


@pytest.mark.parametrize(
    ("nail", "rise", "up"), [(1, 0.3, 2), (3, 0.16, 1), (4, -0.3, -1), (2, 2, 3)]
)
def test_a_grip_follows_the_pointer_and_its_controls_follow_it(
    looker, planted, nail, rise, up
):
    """The nail that was taken moves to the nearest height, and stays when let go."""
    said, values = dragged(looker, planted, nail, rise)
    assert said == f"Nail {nail} is up by {up}."
    assert values == [str(nail - 1), str(up + 1)]


def test_a_grip_has_a_handle_that_a_finger_finds(looker, planted):
    """On a phone every handle is as wide as a finger needs, some 24 pixels."""

    async def act(page):
        handles = await page.locator(".handle").all()
        return [(await one.bounding_box())["width"] for one in handles]

    widths = looker.use(
        planted + "nails.html", act, viewport={"width": 390, "height": 800}
    )
    assert len(widths) == 4
    assert min(widths) >= 23
    assert looker.visit(planted, "nails.html", "phone").faults() == []
