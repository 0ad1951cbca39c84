"""Claims about depths."""

import numpy as np

from mlearth.checks import expect_close, read


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
