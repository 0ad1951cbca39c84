"""Claims about depths."""

import numpy as np

from mlearth.checks import expect_close, inputs, read


@read("@read@")
def test_1_mean_of_three(student):
    """The mean of 5 km, 10 km and 33 km is 16 km."""
    expect_close(
        student.mean_depth(np.array([5.0, 10.0, 33.0])),
        16.0,
        "The mean of 5, 10 and 33 km",
        unit="km",
        mistakes={"is it the sum?": 48.0, "is it the median?": 10.0},
    )


@read("@read@")
def test_2_mean_of_generated_depths(student):
    """The mean of generated depths, whole or not, is their sum by their number.

    Both kinds of numbers add up without rounding.
    """
    depth_km = inputs.whole(inputs.draw(2), inputs.prime(20), 0, 700)
    for kind, values in inputs.both_kinds(depth_km):
        expect_close(
            student.mean_depth(values),
            sum(depth_km.tolist()) / len(depth_km),
            f"The mean of {kind}",
            unit="km",
            mistakes={"is it the median?": lambda: np.median(depth_km)},
        )
