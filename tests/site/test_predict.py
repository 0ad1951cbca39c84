"""A reader predicts, sees the result, and finds both again; so with quizzes."""

import sys
from pathlib import Path

import pytest
from browser import MODES, served

sys.path.insert(0, str(Path(__file__).parents[1]))
from planted_book import build, page, plant

pytestmark = pytest.mark.browser
ASKED = page(
    "Asked",
    """:::{predict} fig-dot
Which **degree** is best?

[ ] One
[x] *Three* of them
[ ] Nine

So it is, for once.
:::

Between the question and its result.

:::{figure} dot.svg
:name: fig-dot
:alt: A dot of nine pixels that stands for what was to be predicted.

The result.
:::

:::{predict}
:slider: 50 100 5 %
What will the score be?

It is 62 %.
:::

:::{quiz}
Which?

[x] This.
: It is so.

[ ] That.
: It is not.
:::""",
)
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
SEEN = """async () => {
  await new Promise((done) => setTimeout(done, 60));  // folds tell late that they moved
  const all = (selector) => [...document.querySelectorAll(selector)];
  const theme = ["mode", "theme"].filter((name) => name in localStorage).length;
  return {
    said: all(".predict output").map((one) => one.textContent),
    open: all(".predicted, .quiz-answer").map((one) => one.open),
    picked: all("[type=radio]").findIndex((one) => one.checked),
    slider: document.querySelector(".predict [type=range]").ariaValueText,
    kept: localStorage.length - theme};}"""
NOTHING = {
    "said": ["", ""],
    "open": [False] * 4,
    "picked": -1,
    "slider": "75 %",
    "kept": 0,
}
CHOICE, SLIDER = ".predict [type=radio]", ".predict [type=range]"
BUTTON = ".predict button >> nth={}"


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """The address of a book of one page, with two predictions and a quiz."""
    root = plant(tmp_path_factory.mktemp("asked"), {"index": ASKED})
    (root / "book/dot.svg").write_text(DOT)
    status, said = build(root)
    assert status == 0, said
    with served(root / "_build/html") as address:
        yield address


def after(looker, asked, *steps, again=False, **options):
    """What is seen after (selector, key) presses, and once the page is opened anew."""

    async def act(page):
        for selector, key in steps:
            await page.locator(selector).first.press(key)
        seen = await page.evaluate(SEEN)
        if again:
            await page.reload(wait_until="load")
            seen = await page.evaluate(SEEN)
        return seen

    return looker.use(asked + "book/index.html", act, **options)


PICK_THREE = [(CHOICE, "Space"), (CHOICE, "ArrowDown"), (BUTTON.format(0), "Enter")]
PICK_ONE = [(CHOICE, "Space"), (BUTTON.format(0), "Enter")]
SLIDE = [(SLIDER, "ArrowLeft"), (BUTTON.format(1), "Enter")]
OPEN_WRONG = [(".quiz-answer.wrong summary", "Enter")]
STEPS = {
    "nothing": ([], {}),
    "the button alone": (PICK_ONE[1:], {"said": ["Choose first.", ""]}),
    "a choice not yet sent": (PICK_ONE[:1], {"picked": 0}),
    "right": (
        PICK_THREE,
        {
            "said": ["Right.", ""],
            "open": [True, False, False, False],
            "picked": 1,
            "kept": 1,
        },
    ),
    "wrong": (
        PICK_ONE,
        {
            "said": ["No. The answer: Three of them", ""],
            "open": [True, False, False, False],
            "picked": 0,
            "kept": 1,
        },
    ),
    "a number": (
        SLIDE,
        {
            "said": ["", "You said 70 %."],
            "open": [False, True, False, False],
            "slider": "70 %",
            "kept": 1,
        },
    ),
    "asked again": ([*PICK_ONE, (BUTTON.format(0), "Enter")], {}),
    "a quiz": (OPEN_WRONG, {"open": [False, False, False, True], "kept": 1}),
    "a quiz closed again": ([*OPEN_WRONG, *OPEN_WRONG], {}),
}
LOST = {"the button alone", "a choice not yet sent"}


@pytest.mark.parametrize("name", STEPS)
def test_keys_answer_and_the_result_unfolds(looker, asked, name):
    """Nothing unfolds before the answer is sent; what is said fits the answer."""
    steps, expected = STEPS[name]
    assert after(looker, asked, *steps) == NOTHING | expected


@pytest.mark.parametrize("name", [name for name in STEPS if name not in LOST])
def test_the_page_remembers_in_this_browser(looker, asked, name):
    """Opened anew, the page has the answers, the results and the quizzes as left."""
    steps, expected = STEPS[name]
    assert after(looker, asked, *steps, again=True) == NOTHING | expected


def test_another_browser_knows_nothing(looker, asked):
    """What one reader answered is not sent to the site."""
    after(looker, asked, *PICK_THREE, *SLIDE, *OPEN_WRONG)
    assert after(looker, asked) == NOTHING


def test_the_result_unfolds_where_its_figure_stands(looker, asked):
    """The answer and what is said of it follow the figure, in one fold."""

    async def act(page):
        fold = page.locator(".predicted").first
        before = await fold.evaluate("fold => fold.previousElementSibling.textContent")
        inside = "[...fold.children].map(one => one.tagName + one.textContent.trim())"
        return [before, *await fold.evaluate(f"fold => {inside}")]

    before, summary, figure, answer, more = looker.use(asked + "book/index.html", act)
    assert before == "Between the question and its result."
    assert summary == "SUMMARYThe result"
    assert figure.startswith("FIGUREFigure 1")
    assert (answer, more) == ("PThree of them", "PSo it is, for once.")


def test_without_a_script_the_result_can_be_opened(looker, asked):
    """The fold opens by key, and no dead button is in the way."""

    async def act(page):
        await page.locator(".predicted summary").first.press("Enter")
        dead = await page.locator(".predict button").first.is_visible()
        return dead, await page.locator("#fig-dot").is_visible()

    options = {"java_script_enabled": False}
    assert looker.use(asked + "book/index.html", act, **options) == (False, True)


def test_paper_has_every_answer_and_is_not_remembered(looker, asked):
    """All results are open in print, and none of them because somebody answered."""

    async def act(page):
        await page.emulate_media(media="print")
        await page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        printed = await page.evaluate(SEEN)
        button = await page.locator(".predict button").first.is_visible()
        await page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        return printed["open"], button, await page.evaluate(SEEN)

    opened, button, left = looker.use(asked + "book/index.html", act)
    assert (opened, button) == ([True] * 4, False)
    assert left == NOTHING


@pytest.mark.parametrize("mode", MODES)
def test_axe_has_nothing_to_object(looker, asked, mode):
    """Questions, choices, sliders and folds are sound in every way of looking."""
    assert looker.visit(asked, "book/index.html", mode).faults() == []
