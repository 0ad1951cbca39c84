"""Bad input to a plot helper is named: which argument, what is accepted, what came."""

import numpy as np
import pytest
from plotted import above_diagonal

from mlearth import plotting

XY = {"x_label": "x [m]", "y_label": "y [m]"}
PLANE = {**XY, "resolution": 9}


def catalog(*columns, **looks):
    """Return a call that draws a map of earthquakes."""
    return lambda ax: plotting.catalog_map(ax, *columns, **looks)


def counts(**law):
    """Return a call that counts two magnitudes."""
    return lambda ax: plotting.gutenberg_richter(ax, [1, 2], **law)


def wiggle(trace, *rate, **looks):
    """Return a call that draws a seismogram."""
    return lambda ax: plotting.seismogram(ax, trace, *rate, **looks)


def residuals(*columns, **looks):
    """Return a call that draws residuals."""
    return lambda ax: plotting.residuals(ax, *columns, **{**XY, **looks})


def loss(curves, **looks):
    """Return a call that draws losses."""
    return lambda ax: plotting.loss_curve(ax, curves, y_label="loss [s]", **looks)


def regions(extent, **looks):
    """Return a call that draws the regions of a classifier."""
    looks = {**PLANE, **looks}
    return lambda ax: plotting.decision_regions(ax, above_diagonal, extent, **looks)


UNIT = (0, 1, 0, 1)

#: Bad calls, and how the message begins and ends: "<begin> must be ..., got <end>".
BAD_CALLS = [
    (catalog([1], [95]), "latitude_deg must be numbers >= -90", "95"),
    (catalog([np.nan], [1]), "longitude_deg must be there", "NaN in every row"),
    (catalog([1], [1], extent=UNIT), "extent must be None unless ax is", "1)"),
    (catalog([1], [1], color_by=[2]), "color_label must be what color_by", "None"),
    (
        catalog(range(8), range(8), color_by=list("abcdefgh")),
        "color_by must be at most 7 classes",
        "8 classes",
    ),
    (lambda ax: plotting.map_axes((0, 1, 5, 2)), "extent must be (west", "2.0)"),
    (counts(bin_width=0), "bin_width must be a finite number > 0", "0"),
    (counts(bin_width=1e-9), "bin_width must be such that", "it needs 1e+09"),
    (counts(b_value=1), "completeness must be given with b_value", "None"),
    (counts(a_value=1), "b_value must be given when", "None"),
    (counts(completeness=3), "completeness must be a finite number <= 2", "3"),
    (wiggle([1, 2]), "sampling_rate_hz must be a finite number > 0", "None"),
    (
        wiggle([1, 2], 1, picks={"P": 1}, error_s={"S": 1}),
        "a phase of error_s must be one of 'P'",
        "'S'",
    ),
    (
        wiggle([1, 2], 1, picks={"P": 1}, error_s={"P": -1}),
        "error_s['P'] must be a finite number >= 0",
        "-1",
    ),
    (wiggle([[1, 2]] * 2, 1, components="ZNE"), "components must be 2 values", "3"),
    (wiggle([], 1), "trace must be at least one trace", "none"),
    (lambda ax: plotting.roc(ax, [1, 1], [0, 1]), "y_true must be 0 and 1", "1 only"),
    (
        lambda ax: plotting.roc(ax, [0, 1], [0, 1], interval=(2, 1)),
        "interval must be (lower, upper)",
        "(2, 1)",
    ),
    (
        lambda ax: plotting.reliability(ax, [0, 1], [0, 1.2]),
        "probability must be numbers >= 0 and <= 1",
        "1.2",
    ),
    (
        lambda ax: plotting.reliability(ax, [0, 1], [0, 1], bins=0),
        "bins must be a whole number >= 1",
        "0",
    ),
    (residuals([1], [1], x_label=" "), "x_label must be text", "' '"),
    (residuals([1], [1], bins=[2, 1]), "bins must be at least two growing", "1.0]"),
    (loss({}), "loss must be at least one curve", "none"),
    (loss([1, 0], log=True), "loss must be numbers > 0", "0"),
    (loss([[1, 2], [1]]), "loss must be runs of one length", "[2, 1]"),
    (regions((1, 0, 0, 1)), "extent must be (left, right", "1.0)"),
    (regions(UNIT, X=[[1, 2, 3]], y=[1]), "X must be a table, 2D", "(1, 3)"),
    (regions(UNIT, X=[[1, 2]]), "X and y must be given together", "one of them"),
    (regions(UNIT, labels=["quake"]), "labels must be all classes", "'blast'"),
    (
        lambda ax: plotting.region(ax, [[0, 1]], [[0, 1]], [[0, 1, 2]]),
        "score must be such that n_columns = 2, as in x",
        "shape (1, 3)",
    ),
    (lambda ax: plotting.band(ax, [1], [2], [1]), "lower must be at most", "above it"),
    (lambda ax: plotting.label_lines(ax, [], []), "texts must be one text", "0"),
    (lambda ax: plotting.text_color("red", 50), "contrast must be a", "50"),
]


@pytest.mark.parametrize(("call", "begin", "end"), BAD_CALLS)
def test_bad_input_is_named(ax, call, begin, end):
    """A ValueError says which argument is wrong, what is accepted and what came."""
    with pytest.raises(ValueError, match=r" must be .*, got ") as caught:
        call(ax)
    assert str(caught.value).startswith(begin)
    assert str(caught.value).endswith(end)
