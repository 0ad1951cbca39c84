"""A driven figure holds every state, shows one, and says each in words."""

from xml.etree import ElementTree

import matplotlib.pyplot as plt
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
