"""Where do echoes come from, what does a clock say, and how many foreshocks are there?

Three laws of a laboratory fault: reflections in a plate, the time that is left for one
who hears nothing, and Omori's law read backwards.
"""

import numpy as np

# Images in a plate of thickness h: at 2 m h + z after 2 |m| bounces, and at 2 m h - z
# after |2 m - 1| bounces, for m = 0, +1, -1, +2, -2 ...


def reflection_times(source_m, sensor_m, offset_m, thickness_m, speed_m_s, n_bounces):
    """Return when the waves of a source arrive at a sensor in a plate.

    Parameters
    ----------
    source_m, sensor_m : float
        Depths of source and sensor [m], from 0 to `thickness_m`.
    offset_m : float
        Horizontal distance between them [m].
    thickness_m : float
        Thickness of the plate [m].
    speed_m_s : float
        Speed of the waves [m/s].
    n_bounces : int
        Largest number of reflections.

    Returns
    -------
    ndarray, shape (2 n_bounces + 1,)
        Times after the source began [s], the earliest first: the direct wave and two
        for each number of reflections.
    """
    raise NotImplementedError("not written yet")


def residual_life_s(duration_s, since_s):
    """Return the median of the time that is left, for one who has only a clock.

    Parameters
    ----------
    duration_s : ndarray, shape (n,)
        Lengths of known cycles [s], in any order.
    since_s : ndarray, shape (n_times,)
        Times since the last failure [s].

    Returns
    -------
    ndarray, shape (n_times,)
        For each time, the median of `duration_s` minus the time over the cycles that
        lasted longer than it [s]; 0 where none did.
    """
    raise NotImplementedError("not written yet")


def expected_foreshocks(before_s, k, c_s, p):
    """Return how many foreshocks come in the last seconds before failure, on average.

    Parameters
    ----------
    before_s : ndarray, shape (n,)
        Times before failure [s], >= 0.
    k : float
        Productivity [s^(p - 1)].
    c_s : float
        Time before failure at which the rate stops growing [s].
    p : float
        Exponent [1]; 1 as well.

    Returns
    -------
    ndarray, shape (n,)
        Integrals of k / (u + c_s)^p over u from 0 to each time [1].
    """
    raise NotImplementedError("not written yet")
