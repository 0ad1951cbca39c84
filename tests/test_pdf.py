"""The pages of a site become one document whose links stay inside of it."""

import doctest
import sys

import pytest
from bs4 import BeautifulSoup
from planted_book import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import pdf

TOC = "format: jb-book\nroot: book/index\nchapters:\n- file: book/part/one\n"
PAGE = """<html><body><nav>away</nav><article class="bd-article"><section id="top">
<h1>{title}<a class="headerlink" href="#top">#</a></h1><p>{text}</p>
<details class="hide above-input"><summary>Show</summary><pre>plt</pre></details>
<details class="quiz-answer"><summary>One.</summary>No.</details>
<div class="cell_input"><pre>shown</pre></div><button>Copy</button>
<img src="{image}" loading="lazy" alt="A dot."><math><mi>x</mi></math>
<svg><defs><path id="fig-{title}-dot" d="M0 0"/></defs>
<use xlink:href="#fig-{title}-dot" clip-path="url(#fig-{title}-dot)"/></svg>
<template id="tips">tip</template></section></article></body></html>"""


@pytest.fixture
def document(tmp_path):
    """The one document of a site of two pages."""
    site = tmp_path / "site"
    (site / "book/part").mkdir(parents=True)
    (site / "dot.svg").write_text("<svg/>")
    (tmp_path / "_toc.yml").write_text(TOC)
    (tmp_path / "_config.yml").write_text("title: A book\n")
    first = '<a href="part/one.html#top">in</a> <a href="../search.html">off</a>'
    second = '<a href="#top">up</a> <a href="https://example.org/#x">out</a>'
    for name, title, text, image in [
        ("book/index", "First", first, "../dot.svg"),
        ("book/part/one", "Second", second, "../../dot.svg"),
    ]:
        page = PAGE.format(title=title, text=text, image=image)
        (site / f"{name}.html").write_text(page, "utf-8")
    return BeautifulSoup(pdf.whole(tmp_path, site), "html.parser")


def test_the_examples_hold():
    """What the docstrings of the program show is so."""
    done = doctest.testmod(pdf)
    assert done.attempted > 0
    assert done.failed == 0


def test_pages_stand_in_the_order_of_the_table_of_contents(document):
    """Each as an article with its title, without what surrounds it on the site."""
    assert [h1.get_text() for h1 in document.select("article > section > h1")] == [
        "First",
        "Second",
    ]
    assert "away" not in document.get_text()


def test_links_lead_to_places_of_the_document(document):
    """To another page and on the same page; outside links stay, the search goes."""
    links = [link["href"] for link in document.select("a")]
    assert links == ["#p1-top", "#p1-top", "https://example.org/#x"]
    assert {"p0", "p1", "p0-top", "p1-top"} <= {
        tag["id"] for tag in document.select("[id]")
    }
    assert "off" in document.get_text()


def test_what_a_drawing_refers_to_is_there(document):
    """Markers, letters and clips of a figure that a reader drives are drawn."""
    uses = document.select("svg use")
    assert len(uses) == 2
    for use in uses:
        (found,) = document.select(f"[id='{use['xlink:href'][1:]}']")
        assert use["clip-path"] == f"url(#{found['id']})"


def test_images_are_found_and_loaded(document):
    """From the folder of the site, whatever the page's own folder was."""
    images = document.select("img")
    assert [image["src"].endswith("/site/dot.svg") for image in images] == [True] * 2
    assert not any(image.has_attr("loading") for image in images)


def test_code_of_figures_is_folded_away_and_answers_are_open(document):
    """What hides an input is gone with it; formulas and shown code stay."""
    text = document.get_text()
    assert "plt" not in text
    assert "tip" not in text
    assert "Copy" not in text
    assert text.count("shown") == 2
    assert len(document.select("math mi")) == 2
    assert all(box.has_attr("open") for box in document.select("details"))


def test_without_a_browser_it_says_what_to_install(monkeypatch):
    """One sentence, and the way to name a browser."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(FileNotFoundError, match="apt install chromium"):
        pdf.find_browser()
