"""A driven figure holds every state, shows one, and says each in words."""

import gzip
import re
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import numpy as np
import pytest

from mlearth import plotting

STATE = "{http://www.w3.org/2000/svg}g[@data-state]"


def climb(heights=(1, 2, 3, 4), start=2, **more):
    """A line that climbs to each height in turn, over one that stays."""
    fig, ax = plt.subplots()
    ax.plot([0, 1], [0.5, 0.5], color=plotting.DATA)

    def draw(*values):
        ax.plot([0, 1], [0, values[0]], marker="o")
        ax.annotate("top", (1, values[0]), (0.5, 2), arrowprops={"arrowstyle": "-"})
        return f"The line climbs to {', '.join(map(str, values))}."

    return plotting.drive(fig, draw, {"height [m]": heights, **more}, start)


def states(driven):
    """The groups of each state, and whether each is shown."""
    found = {}
    for group in ElementTree.fromstring(driven.svg).iter():
        if "data-state" in group.attrib:
            shown = group.get("display") != "none"
            found.setdefault(int(group.get("data-state")), []).append(shown)
    return found


def test_all_states_are_there_and_one_is_shown():
    """The line, its label and its arrow belong to a state, what came before to all."""
    assert states(climb()) == {k: [k == 1] * 3 for k in range(4)}


def test_the_words_are_those_of_each_state():
    """Words are found by the values of their state."""
    driven = climb()
    assert driven.words[3,] == "The line climbs to 3."
    assert list(driven.words.values()) == [
        f"The line climbs to {k}." for k in range(1, 5)
    ]


def test_the_last_control_turns_fastest():
    """Two controls make a state of each pair."""
    driven = climb((1, 2), start=(2, "b"), cost=["a", "b"])
    assert list(driven.words) == [(1, "a"), (1, "b"), (2, "a"), (2, "b")]
    assert [shown[0] for shown in states(driven).values()] == [0, 0, 0, 1]


def test_axes_belong_to_all_states():
    """Limits hold the highest state, and no tick is hidden with a state."""
    fig, ax = plt.subplots()

    def draw(k):
        ax.plot([0, 10 * k], [0, 10**k])
        return f"To {k}."

    svg = plotting.drive(fig, draw, {"k": [1, 2, 3]}, start=1).svg
    assert ax.get_ylim()[1] > 1000
    root = ElementTree.fromstring(svg)
    inside = {
        part
        for group in root.iter()
        if "data-state" in group.attrib
        for part in group.iter()
    }
    ticks = [
        use for use in root.iter() if use.tag.endswith("use") and use not in inside
    ]
    assert len(ticks) > 10


def test_a_notebook_shows_the_state_it_starts_with_once():
    """The cell's value is an SVG, and the figure is closed so that none follows."""
    driven = climb()
    assert driven._repr_svg_() is driven.svg
    assert repr(driven) == "<a figure of 4 states>"
    assert plt.get_fignums() == []


def test_two_runs_draw_the_same_bytes():
    """Nothing of the clock or of chance is in the file."""
    assert climb().svg == climb().svg


def test_no_style_sheet_reaches_the_page():
    """What Matplotlib says of every element is said of this figure alone."""
    assert "<style" not in climb().svg


def test_lines_are_where_they_were():
    """Steps of tenths of a point add up to the end of the line."""
    fig, ax = plt.subplots()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    x = np.linspace(0, 1, 101)

    def draw(k):
        ax.plot(x, x**k)
        return f"Power {k}."

    svg = plotting.drive(fig, draw, {"power": [1, 2]}, start=1).svg
    for path in re.findall(r'data-state="\d"[^>]*><path d="([^"]+)"', svg):
        first, *steps = re.findall(r"-?[\d.]+ -?[\d.]+", path)
        moves = np.array([one.split() for one in steps], float)
        frame = re.search(
            r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', svg
        )
        width, height = float(frame[3]), float(frame[4])
        assert len(first.split()) == 2
        np.testing.assert_allclose(moves.sum(axis=0), [width, -height], atol=0.1)


def test_thirty_curves_of_nine_states_are_small():
    """What is drawn 270 times stays below the 30 KiB of a driven figure."""
    rng, x = np.random.default_rng(0), np.linspace(0, 1, 75)
    fig, ax = plt.subplots()

    def draw(k):
        for phase in rng.uniform(0, 7, 30):
            ax.plot(x, np.sin(k * x + phase), "-", lw=0.5)
        return f"Frequency {k}."

    svg = plotting.drive(fig, draw, {"frequency": range(1, 10)}, start=3).svg
    assert len(gzip.compress(svg.encode(), 9)) < 30_720


@pytest.mark.parametrize(
    ("call", "begin"),
    [
        (lambda: climb((1,)), "controls must be two values or more each"),
        (lambda: climb(start=9), "start must be a value of each control"),
        (lambda: climb((1, 1), start=1), "what draw returns must be other words"),
    ],
)
def test_what_cannot_be_driven_is_refused(call, begin):
    """One value, an unknown start, and words that do not tell states apart."""
    with pytest.raises(ValueError, match=begin):
        call()


def test_a_state_without_words_is_refused():
    """Who cannot see the figure needs them."""
    fig, ax = plt.subplots()
    with pytest.raises(ValueError, match="what draw returns must be text"):
        plotting.drive(fig, lambda k: ax.plot([k]), {"k": [1, 2]}, start=1)


def test_areas_are_where_they_were():
    """An outline of many pieces, drawn in steps, returns to where it began."""
    fig, ax = plt.subplots()
    side = np.linspace(-2, 2, 81)
    x, y = np.meshgrid(side, side)

    def draw(radius):
        plotting.region(ax, x, y, radius - np.hypot(x, y))
        return f"A disc of radius {radius}."

    svg = plotting.drive(fig, draw, {"radius": [0.5, 1]}, start=1).svg
    widths = []
    for path in re.findall(r'<path id="[^"]+" d="M([^"]{200,})z"', svg):
        _, *steps = re.findall(r"-?[\d.]+ -?[\d.]+", path)
        moves = np.array([one.split() for one in steps], float)
        places = np.vstack([np.zeros(2), moves.cumsum(axis=0)])
        assert np.hypot(*places[-1]) < 6  # the last piece, which z draws
        widths.append(np.ptp(places[:, 0]))
    assert max(widths) / min(widths) == pytest.approx(2, abs=0.05)
