"""What leads a reader on: the page for a dead address, buttons, cards."""

import json
import re

import pytest
from links import soup

pytestmark = pytest.mark.browser

MISSING = "book/no/such/page.html"
COPYABLE = (
    "[...document.querySelectorAll('.copybtn')].map(b => b.closest('{}') !== null)"
)
OUTPUT = ".cell_output, .highlight-text, .highlight-none"


@pytest.mark.parametrize("mode", ["light", "dark", "phone"])
def test_a_dead_address_deep_in_the_site_gets_a_whole_page(looker, site, mode):
    """Style, script, font and icons come, wherever the address points."""
    seen = looker.visit(site, MISSING, mode)
    assert [fault for fault in seen.faults() if MISSING not in fault] == []
    seen_title = looker.try_out(site, MISSING, mode, "document.title")
    assert seen_title.startswith("Page not found")


def test_links_of_that_page_lead_into_the_book(looker, site):
    """Followed from deep in the site, its links to pages are pages."""
    script = (
        "[...document.querySelectorAll('nav.bd-links a, article a')].map(a => a.href)"
    )
    links = looker.try_out(site, MISSING, "light", script)
    assert len(links) > 10
    assert all(link.startswith(site) and "/no/such/" not in link for link in links)


def test_what_is_copied_is_code(looker, site):
    """Cells, programs and commands have a button; what they print has none."""
    page = "book/supervised_learning/nearest_neighbors.html"
    shown = looker.try_out(site, page, "light", COPYABLE.format(".cell_input"))
    assert shown.count(True) > 10
    printed = looker.try_out(site, page, "light", COPYABLE.format(OUTPUT))
    assert True not in printed
    setup = looker.try_out(
        site, "book/course/setup.html", "light", COPYABLE.format("div")
    )
    assert len(setup) > 10


def test_every_card_of_the_first_page_leads_on(book):
    """A card is a link, and the link has a name."""
    cards = soup(book / "book/index.html").select(".sd-card")
    links = [card.select_one("a.sd-stretched-link[href]") for card in cards]
    assert len(cards) == 4
    assert all(link is not None and link.get_text().strip() for link in links)


def test_no_notebook_of_the_book_glues_or_pins(book):
    """Whatever a page defines for itself: elsewhere neither has a use."""
    files = sorted((book / "notebooks").rglob("*.ipynb"))
    assert len(files) > 10
    for file in files:
        cells = json.loads(file.read_text("utf-8"))["cells"]
        code = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
        assert not re.search(r"\b(glue|pin)\(", "\n".join(code)), file
