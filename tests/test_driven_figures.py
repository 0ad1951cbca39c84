"""A driven figure becomes part of its page: controls, words and one SVG."""

import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest
from bs4 import BeautifulSoup
from planted_book import ROOT, build, cell, page, plant

from mlearth import plotting

sys.path.insert(0, str(ROOT / "book/_ext"))
import driven_figures

ALT = 'A line that climbs from the lower left to a height, which is "driven".'


def climb(say="It climbs to {} & {}."):
    """An SVG of four heights times two costs, which starts at height 3, cost b."""
    fig, ax = plt.subplots()

    def draw(height, cost):
        ax.plot([0, 1], [0, height], label=cost)
        return say.format(height, cost)

    controls = {"height [m] < 9": [1, 2, 3, 4], "cost": ["a", "b"]}
    return plotting.drive(fig, draw, controls, start=(3, "b")).svg


@pytest.fixture(scope="module")
def laid_open():
    """The figure as it stands on a page."""
    return BeautifulSoup(driven_figures.html(climb(), "fig-climb", ALT), "html.parser")


def test_many_values_are_a_range_that_starts_where_it_should(laid_open):
    """It has a label, its value in words, and all its labels for the script."""
    (slide,) = laid_open.select("input[type=range]")
    label = laid_open.find("label", attrs={"for": slide["id"]})
    assert label.text == "height [m] < 9"
    assert (slide["min"], slide["max"], slide["value"]) == ("0", "3", "2")
    assert slide["aria-valuetext"] == "3"
    assert slide["data-labels"] == '["1", "2", "3", "4"]'


def test_few_values_are_radio_buttons_with_a_legend(laid_open):
    """One of them is chosen, and each has its label."""
    group = laid_open.fieldset
    assert group.legend.text == "cost"
    assert [label.text.strip() for label in group.select("label")] == ["a", "b"]
    assert [b["value"] for b in group.select("[checked]")] == ["1"]


def test_without_a_script_the_start_is_shown_and_said(laid_open):
    """Controls wait for the script; the words and the state do not."""
    assert "hidden" in laid_open.select_one(".driven-controls").attrs
    assert laid_open.output.text == "It climbs to 3 & b."
    assert laid_open.output["aria-live"] == "polite"
    shown = laid_open.select("[data-state]:not([display])")
    assert [group["data-state"] for group in shown] == ["5"]


def test_the_picture_has_its_alternative_text(laid_open):
    """A screen reader meets one image with the words of the page's author."""
    assert laid_open.svg["role"] == "img"
    assert laid_open.svg["aria-label"] == ALT


def test_names_of_two_figures_do_not_meet(laid_open):
    """Each name begins with the figure's, and each reference finds one."""
    names = [part["id"] for part in laid_open.svg.select("[id]")]
    assert names
    assert all(name.startswith("fig-climb-") for name in names)
    uses = {use["xlink:href"][1:] for use in laid_open.svg.select("use")}
    assert uses <= set(names)


@pytest.mark.parametrize(
    ("svg", "said"),
    [
        (climb(), None),
        (climb("{} {}"), "says no sentence of its state 0: '1 a'"),
        (climb().replace('data-state="4"', ""), "draws nothing of its own for its sta"),
        (climb().replace("</svg>", str(list(range(10**5))) + "</svg>"), "when packed"),
    ],
    ids=["sound", "no sentence", "no state", "too large"],
)
def test_a_fault_of_a_driven_figure_is_named(svg, said):
    """Words that are none, a state that is not drawn, and a heavy file."""
    found = "\n".join(driven_figures.faults(svg))
    assert said in found if said else found == ""


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([-1, 0, 1, 2], ""),
        ([1, 2, 3, 4], "of which the second holds 0"),
        ([0, 1], "has grips"),
    ],
)
def test_grips_need_a_place_to_rest(values, said):
    """Which of them is taken is the first range, how far it is moved the second."""
    fig, ax = plt.subplots()

    def draw(nail, up):
        ax.plot(nail, up, "o", picker=True)
        return f"Nail {nail} at {up}."

    controls = {"nail": [1, 2, 3, 4], "up": values}
    svg = plotting.drive(fig, draw, controls, start=(1, values[1])).svg
    assert svg.count("data-grip") == 4 * len(values)
    found = "".join(driven_figures.faults(svg))
    assert said in found if said else found == ""


DRAWN = """
import matplotlib.pyplot as plt
from mlearth import plotting
fig, ax = plt.subplots()
def draw(k):
    ax.plot([0, k])
    return f"{say} {{k}}."
plotting.drive(fig, draw, {{"height [m]": [1, 2, 3, 4]}}, start=2)
"""
HEADER = f"""mystnb:
  figure: {{name: fig-climb, caption: "A line climbs."}}
  image: {{alt: '{ALT}'}}
tags: [hide-input]"""


def test_the_build_lays_a_driven_figure_open_and_keeps_its_rules(tmp_path):
    """Caption, number and alternative text are those of any other figure."""
    sound = page(
        "Sound", "See {numref}`fig-climb`.", cell(DRAWN.format(say="To"), HEADER)
    )
    root = plant(tmp_path, {"index": sound})
    (root / "code").rmdir()
    (root / "code").symlink_to(ROOT / "code")
    status, said = build(root)
    assert status == 0, said
    built = BeautifulSoup((root / "_build/html/book/index.html").read_text(), "lxml")
    figure = built.find("figure", id="fig-climb")
    assert figure.svg["aria-label"] == ALT
    assert figure.output.text == "To 2."
    assert "A line climbs." in figure.figcaption.text
    assert figure.img is None
    assert built.find("a", href="#fig-climb", class_="reference").text == "Figure 1"
    text = (root / "book/index.md").read_text()
    text = text.replace("See {numref}`fig-climb`.", "").replace(ALT, "A line.")
    (root / "book/index.md").write_text(text.replace("k}.", "k}"))
    status, said = build(root)
    assert status != 0
    for fault in ("is not cited", "an alt text of 7", "no sentence of its state 3"):
        assert fault in said


def test_thirty_curves_of_nine_states_are_small():
    """What is drawn 270 times stays below the 30 KiB of a driven figure."""
    rng, x = np.random.default_rng(0), np.linspace(0, 1, 75)
    fig, ax = plt.subplots()

    def draw(k):
        for phase in rng.uniform(0, 7, 30):
            ax.plot(x, np.sin(k * x + phase), "-", lw=0.5)
        return f"Frequency {k}."

    svg = plotting.drive(fig, draw, {"frequency": range(1, 10)}, start=3).svg
    assert not list(driven_figures.faults(svg))
