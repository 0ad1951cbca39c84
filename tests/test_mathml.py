"""Formulas become MathML that every browser shows the same."""

import sys
from xml.etree import ElementTree

import pytest
from planted_book import ROOT, build, page, plant

sys.path.insert(0, str(ROOT / "book/_ext"))
import mathml


def formula(tex, display=False):
    return ElementTree.fromstring(mathml.for_browsers(tex, display))


def text(tex):
    return "".join(formula(tex).itertext())


@pytest.mark.parametrize(
    ("tex", "letters"),
    [
        (r"\mathbf{x}", "𝐱"),
        (r"\mathbf{X}_2", "𝐗2"),
        (r"\boldsymbol{\theta}", "𝜽"),
        (r"\boldsymbol{w}", "𝒘"),
        (r"\mathcal{N}", "𝒩"),
        (r"\mathcal{L}", "ℒ"),
        (r"\mathbb{R}", "ℝ"),
        (r"\mathsf{T}", "𝖳"),
        (r"\mathbf{7}", "𝟕"),
        (r"\mathfrak{C}", "ℭ"),
        ("h", "h"),
    ],
)
def test_an_alphabet_is_letters_not_an_attribute(tex, letters):
    """Browsers know no alphabet by attribute, so each letter is the one meant."""
    assert text(tex) == letters
    assert "mathvariant" not in mathml.for_browsers(tex, False)


def test_an_upright_letter_stays_upright():
    """A single letter is set in italics unless it says otherwise."""
    assert formula(r"\mathrm{E}").find(".//mi").attrib == {"mathvariant": "normal"}
    assert formula("E").find(".//mi").attrib == {}


def test_columns_are_aligned_by_their_cells():
    """Aligned equations meet at their signs, the cases of a function at their left."""
    rows = formula(r"\begin{aligned}a&=b\\c&=d\end{aligned}", True).iter("mtr")
    assert [[cell.get("class") for cell in row] for row in rows] == [
        ["right joined", "left joined"]
    ] * 2
    cases = formula(r"\begin{cases}1 & x>0 \\ 0 & x<0\end{cases}", True)
    assert {cell.get("class") for cell in cases.iter("mtd")} == {"left"}


def test_a_function_stands_apart_from_letters_and_close_to_brackets():
    """b ln 10 has two thin spaces, ln(x) has none."""
    assert len(formula(r"b\ln 10").findall(".//mspace")) == 2
    assert len(formula(r"\ln(x)").findall(".//mspace")) == 0


def test_bars_stand_close_and_accents_are_accents():
    """The sides of |x| do not keep a distance, and a hat sits on its letter."""
    assert {bar.get("lspace") for bar in formula("|x|").iter("mo")} == {"0"}
    hat = formula(r"\hat y").find(".//mover")
    assert hat.get("accent") == "true"
    assert hat[1].text == "ˆ"


def test_nothing_of_the_converter_is_left():
    """No attribute that only MathJax reads, no blanks, no name space."""
    made = mathml.for_browsers(r"\sum_{i=1}^n \frac{x_i}{2}", True)
    assert "mjx" not in made
    assert "xmlns" not in made
    assert "> " not in made


def test_a_letter_that_the_font_lacks_is_named(tmp_path):
    """The build fails at the formula, and says which character is missing."""
    pages = {"index": page("Kanji", r"Here: $\text{震}$ and $x$.")}
    status, said = build(plant(tmp_path, pages, "nb_execution_mode: 'off'"))
    assert status != 0
    (line,) = [line for line in said.splitlines() if "font of formulas" in line]
    assert "震" in line
    assert "book/index.md:8:" in line


def test_numbers_and_links_of_equations(tmp_path):
    """A numbered formula can be linked to, and shows its number."""
    text = "```{math}\n:label: eq-a\na = b\n```\n\nSee {eq}`eq-a`."
    root = plant(tmp_path, {"index": page("One", text)})
    status, said = build(root)
    assert status == 0, said
    html = (root / "_build/html/book/index.html").read_text("utf-8")
    assert 'id="equation-eq-a"' in html
    assert 'href="#equation-eq-a"' in html
    assert 'title="Link to this equation">(1)</a>' in html
