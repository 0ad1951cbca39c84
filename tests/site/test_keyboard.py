"""Whoever has no mouse, or colours of their own, sees where they are."""

import pytest

pytestmark = pytest.mark.browser

PAGES = [
    "book/index.html",
    "book/supervised_learning/linear_regression.html",
    "book/api/learners.html",
]
COLOURS = ["none", "active"]
MOST_STOPS = 800
AT_ONCE = "* {scroll-behavior: auto !important; transition: none !important}"
STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const card = at.matches(".sd-stretched-link") && at.closest(".sd-card");
  const mark = card || (at.querySelector(":scope > .toctree-toggle") ?? at);
  const box = mark.getBoundingClientRect(), look = getComputedStyle(mark);
  const x = box.left + Math.min(box.width / 2, 12), y = box.top + box.height / 2;
  const top = document.elementFromPoint(x, y);
  const faults = [];
  if (look.outlineStyle === "none" || parseFloat(look.outlineWidth) < 2)
    faults.push("shows no focus");
  if (box.bottom < 0 || box.top > innerHeight) faults.push("is out of sight");
  else if (top && !top.contains(at) && !at.contains(top) && !at.labels?.length)
    faults.push(`lies below ${top.tagName}.${top.className}`);
  const name = at.ariaLabel || at.textContent.trim().slice(0, 40);
  return [`${at.tagName} ${at.className} ${name}`, faults];
}"""


async def walk(page):
    """Press Tab from one end of a page to the other; each stop with its faults."""
    await page.add_style_tag(content=AT_ONCE)
    stops = []
    while len(stops) < MOST_STOPS:
        await page.keyboard.press("Tab")
        await page.evaluate("() => new Promise(requestAnimationFrame)")
        stop = await page.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)
    return stops


@pytest.mark.parametrize("colours", COLOURS)
@pytest.mark.parametrize("name", PAGES)
def test_each_stop_of_the_keyboard_is_seen(looker, site, name, colours):
    """Tab leads through the page and out of it; every stop is in sight and marked."""
    options = {"forced_colors": colours, "reduced_motion": "reduce"}
    stops = looker.use(site + name, walk, **options)
    assert 10 < len(stops) < MOST_STOPS
    assert [stop for stop in stops if stop[1]] == []
