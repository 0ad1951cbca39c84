"""Slides as the last row sees them: measured in a browser, and judged."""

import sys

from book_rules import ROOT

sys.path.insert(0, str(ROOT / "tests/site"))

MEASURE = """() => [...document.querySelectorAll('.slides > section')].map(one => {
  one.style.display = 'block'; one.hidden = false;
  const boxes = [one.querySelector('.frame'), one.querySelector('.body')];
  const beyond = Math.max(...boxes.map(box => Math.max(
    box.scrollHeight - box.clientHeight, box.scrollWidth - box.clientWidth)));
  const text = [...one.querySelectorAll('h2, p, li')].map(
    it => parseFloat(getComputedStyle(it).fontSize));
  const image = one.querySelector('img');
  const scale = image && 96 / 72 * Math.min(image.clientWidth / image.naturalWidth,
    image.clientHeight / image.naturalHeight);
  return {kind: one.className, beyond, smallest: Math.min(...text), scale};
})"""


def measured(folder, names):
    """What Chromium measures on each slide of some decks; nothing else is fetched."""
    from browser import FLAGS, find_chromium, served
    from playwright.sync_api import sync_playwright

    with served(folder) as address, sync_playwright() as program:
        browser = program.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        away = []
        page.set_default_timeout(120_000)  # ms, for a machine that does much else
        page.on("request", lambda it: it.url.startswith(address) or away.append(it.url))
        page.on("response", lambda it: it.status < 400 or away.append(it.url))
        found = {}
        for name in names:
            page.goto(f"{address}{name}")
            page.wait_for_load_state("networkidle")
            page.evaluate("() => document.fonts.ready.then(() => 0)")
            found[name] = page.evaluate(MEASURE)
        browser.close()
    return found, away


def slide_faults(found):
    """Slides that run over, and letters too small for the last row."""
    for name, all_slides in found.items():
        for k, one in enumerate(all_slides, 1):
            place = f"{name}, slide {k} ({one['kind']})"
            if one["beyond"] > 1:  # a pixel, by rounding
                yield f"{place} runs over by {one['beyond']} pixels"
            if one["smallest"] < 22:  # of 720: three in a hundred of the height
                yield f"{place} has letters of {one['smallest']} pixels"
            if one["scale"] and one["scale"] < 1.4:  # 10 points become 14 pixels
                yield f"{place} has a figure at {one['scale']:.2f} pixels a point"
