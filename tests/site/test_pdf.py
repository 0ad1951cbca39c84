"""The printed book: whole, numbered, linked, with bookmarks, and no page half empty."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from links import soup
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
import pdf as printer

pytestmark = [pytest.mark.browser, pytest.mark.needs("poppler")]

MARGINS_MM, HEIGHT_MM = (18, 20), 297  # of the sheet in tools/pdf.py
WHITE, RESOLUTION = 200, 22
MOST_BLANK = 2 / 5
SIZES = """[...document.querySelectorAll(".formula > math")].map(
  math => parseFloat(getComputedStyle(math).fontSize))"""


@pytest.fixture(scope="module")
def pdf(book, tmp_path_factory):
    """The book as `make pdf` prints it."""
    file = tmp_path_factory.mktemp("pdf") / "book.pdf"
    printer.write_pdf(printer.ROOT, book, file)
    return file


@pytest.fixture(scope="module")
def text(pdf):
    """All its words."""
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True)
    return done.stdout.decode("utf-8")


def blank(picture):
    """The largest share of a page, between its margins, without any ink."""
    pixels = np.asarray(Image.open(picture).convert("L"))
    top, bottom = (round(len(pixels) * mm / HEIGHT_MM) for mm in MARGINS_MM)
    body = pixels[top : len(pixels) - bottom]
    inked = np.flatnonzero((body < WHITE).any(axis=1))
    return np.diff([0, *inked, len(body)]).max() / len(body)


def test_no_page_is_two_fifths_blank(pdf, tmp_path):
    """But for the last, which ends where the book ends."""
    command = ["pdftoppm", "-r", str(RESOLUTION), "-gray", pdf, tmp_path / "page"]
    subprocess.run(command, check=True)
    pages = sorted(tmp_path.glob("page-*"))
    assert len(pages) > 100
    empty = {page.stem: blank(page) for page in pages[:-1]}
    assert {name: share for name, share in empty.items() if share > MOST_BLANK} == {}


def test_it_has_bookmarks_tags_and_links(pdf):
    """A reader finds the chapters in the list at the side, and links lead on."""
    raw = pdf.read_bytes()
    assert b"/Outlines" in raw
    assert b"/StructTreeRoot" in raw
    assert raw.count(b"/Subtype /Link") > 1000
    assert raw.count(b"/S /URI") > 50


def test_figures_and_equations_have_their_numbers(text, book):
    """Those of every page, as they are on the site."""
    shown = soup(book / "book/supervised_learning/linear_regression.html")
    captions = [part.get_text().strip() for part in shown.select(".caption-number")]
    equations = [part.get_text().strip(" #") for part in shown.select(".eqno")]
    assert len(captions) > 10
    assert len(equations) > 10
    missing = [name for name in [*captions, *equations] if name not in text]
    assert missing == []


def test_what_only_draws_is_folded_away(text):
    """The code of plots is not printed; the code that teaches is."""
    assert "Show code cell source" not in text
    assert "ax.text(700, height" not in text
    assert "def haversine_km(A, B):" in text


@pytest.mark.parametrize("mode", ["light", "phone"])
def test_displayed_formulas_are_no_smaller_than_those_in_the_text(looker, site, mode):
    """On the page as on paper."""
    page = "book/supervised_learning/linear_regression.html"
    inline = SIZES.replace(".formula > math", "p span.math math")
    displayed = looker.try_out(site, page, mode, SIZES)
    within = looker.try_out(site, page, mode, inline)
    assert len(displayed) > 10
    assert min(displayed) >= max(within)
