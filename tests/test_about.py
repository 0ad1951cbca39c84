"""Each page says of itself what it is about, and a published book lists its pages."""

import re
import sys

from bs4 import BeautifulSoup
from planted_book import ROOT, build, page, plant

sys.path.insert(0, str(ROOT / "book/_ext"))
from about import LONGEST

LONG = "How hard the ground will shake is what an engineer wants to know. " * 4
NOTE = "*Week 1 of a long syllabus, and an hour to read.*\n"
PAGES = {
    "index": page(
        "Home", "*Week 1 of a long syllabus, and an hour to read.*\n", "Short.\n", LONG
    ),
    "bare": page("Bare", "- A list alone."),
}


def descriptions(root):
    """The description of each page of a built book."""
    for name in PAGES:
        html = (root / f"_build/html/book/{name}.html").read_text("utf-8")
        tag = BeautifulSoup(html, "html.parser").select_one("meta[name=description]")
        yield tag["content"]


def test_a_page_is_described_by_its_first_paragraph(tmp_path):
    """It is cut at a word; a page without a paragraph is described by its title."""
    root = plant(tmp_path, PAGES, "nb_execution_mode: 'off'")
    status, said = build(root)
    assert status == 0, said
    first, bare = descriptions(root)
    assert first.startswith("How hard the ground will shake")
    assert first.endswith(" …")
    assert len(first) <= LONGEST + 2
    assert bare.startswith("Bare: ")
    assert not (root / "_build/html/sitemap.xml").exists()


def test_a_published_book_has_a_sitemap_and_cards(tmp_path):
    """Where the book has an address, every page is listed with it."""
    address = "html_baseurl: https://lab.github.io/book/"
    root = plant(tmp_path, PAGES, f"nb_execution_mode: 'off'\n    {address}")
    status, said = build(root)
    assert status == 0, said
    found = re.findall(
        "<loc>(.*?)</loc>", (root / "_build/html/sitemap.xml").read_text()
    )
    assert found == [
        "https://lab.github.io/book/book/bare.html",
        "https://lab.github.io/book/book/index.html",
    ]
    html = (root / "_build/html/book/index.html").read_text("utf-8")
    card = BeautifulSoup(html, "html.parser").select_one("meta[property='og:image']")
    path = card["content"].removeprefix("https://lab.github.io/book/")
    assert (root / "_build/html" / path).exists()
