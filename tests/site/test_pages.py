"""Every built page is sound: for every reader, without a network, to the last link."""

import budgets
import pytest
from links import dead_links, foreign_resources, missing_alt, missing_files


@pytest.fixture(scope="module")
def without_browser(book):
    """What the built files say of themselves, by check and file."""
    checks = [dead_links, missing_files, foreign_resources, missing_alt]
    return {check.__name__: check(book) for check in checks}


def expect_none(faults):
    """Fail with the faults alone: where in this file they were found helps nobody."""
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def test_links_lead_somewhere_and_nothing_is_foreign(page_name, without_browser, table):
    """Links and anchors live, no file is missing or foreign, images have alt texts."""
    found = without_browser.items()
    faults = [f"{kind}: {one}" for kind, by in found for one in by[page_name]]
    table[page_name]["links"] = len(faults)
    expect_none(faults)


def test_style_sheets_load_nothing_foreign_or_missing(without_browser):
    """Fonts and images of style sheets come from the site itself, and are there."""
    kinds = ["missing_files", "foreign_resources"]
    sheets = [(k, f) for k in kinds for f in without_browser[k] if f.endswith(".css")]
    assert not [(kind, file, without_browser[kind][file]) for kind, file in sheets]


@pytest.mark.browser
def test_page_is_sound_in_the_browser(page_name, mode, visits, table):
    """A page loads whole, alone and without an error, and axe has nothing to object."""
    seen = visits[page_name, mode].result()
    row, others = table[page_name], [seen.math, seen.images, seen.overflow, seen.theme]
    row[mode] = len(seen.axe)
    row["requests"] = row.get("requests", 0) + len(seen.requests)
    row["console"] = row.get("console", 0) + len(seen.console)
    row["other"] = row.get("other", 0) + sum(map(len, others))
    expect_none(seen.faults())


@pytest.mark.browser
def test_page_keeps_its_budget(page_name, mode, visits, book, sizes):
    """A page is light on its first visit and on later ones, and stands where it is."""
    seen = visits[page_name, mode].result()
    weighed = budgets.weights(book, seen.loaded)
    sizes[page_name] |= weighed
    n_pages = len(list((book / "book").rglob("*.html")))
    expect_none(budgets.faults(page_name, weighed, seen.shift, n_pages))


@pytest.mark.browser
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_an_unset_mode_follows_the_reader_before_the_page_is_drawn(looker, site, mode):
    """A dark page is never white first, and the theme finds no invalid mode."""
    script = "(({mode, theme}) => [mode, theme])(document.documentElement.dataset)"
    assert looker.try_out(site, "book/glossary.html", mode, script) == ["auto", mode]


DRIVE = """() => [...document.querySelectorAll(".driven")].flatMap((box) => {
  const words = JSON.parse(box.dataset.words), faults = [], seen = new Set();
  const controls = [...box.querySelectorAll("input[type=range], fieldset")].reverse();
  for (let state = 0; state < words.length; state += 1) {
    let left = state;
    for (const control of controls) {
      const buttons = control.querySelectorAll("input");
      const count = buttons.length || Number(control.max) + 1;
      if (buttons.length) buttons[left % count].checked = true;
      else control.value = left % count;
      left = Math.floor(left / count);
    }
    box.dispatchEvent(new Event("input"));
    const shown = [...box.querySelectorAll("[data-state]")]
      .filter((part) => getComputedStyle(part).display !== "none")
      .map((part) => part.dataset.state);
    const said = box.querySelector("output").textContent;
    seen.add(said);
    if (!shown.length || shown.some((one) => one !== String(state)))
      faults.push(`state ${state} shows ${shown}`);
    if (said !== words[state]) faults.push(`state ${state} says ${said}`);
  }
  if (seen.size !== words.length) faults.push("two states say the same");
  return faults.map((fault) => `${box.closest("figure").id}: ${fault}`);
})"""


@pytest.mark.browser
def test_every_state_of_every_figure_is_shown_and_said(looker, site, book):
    """Each state of each driven figure is reached, alone, with its own words."""
    pages = [
        path.relative_to(book).as_posix()
        for path in sorted(book.rglob("*.html"))
        if 'class="driven"' in path.read_text("utf-8")
    ]
    assert pages
    found = [looker.try_out(site, page, "light", DRIVE) for page in pages]
    expect_none([fault for faults in found for fault in faults])
