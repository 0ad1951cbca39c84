"""The decks of the built book, each slide measured; `make check-slides` runs this."""

import sys

import pytest
import slides
from book_rules import ROOT
from slide_rules import measured, slide_faults

sys.path.insert(0, str(ROOT / "book/_ext"))

import semesters


@pytest.mark.browser
@pytest.mark.needs("chromium")
def test_every_slide_of_the_book_is_whole_and_legible(tmp_path):
    """No slide is taller than its frame, none has small letters, nothing is fetched."""
    said = slides.write_all(ROOT, semesters.read(), tmp_path)
    names = [line.partition(":")[0] for line in said]
    assert names, "no chapter has been run: make book"
    found, away = measured(tmp_path, names)
    assert away == []
    assert list(slide_faults(found)) == []
