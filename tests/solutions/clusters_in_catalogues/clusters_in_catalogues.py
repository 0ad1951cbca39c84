"""Who followed whom, and how steep is the law?

Two functions that every study of earthquake clusters begins with. Write them below.
"""

import numpy as np

# a[:, None] - a holds all differences: row j, column i is a[j] - a[i].


def nearest_event(time_days, distance_km, magnitude, b_value, fractal_dimension):
    """Return for each earthquake j the earlier one i of the smallest proximity.

    The proximity is (t_j - t_i) r_ij^d 10^(-b m_i): small if i came shortly before, is
    near, and was large.

    Parameters
    ----------
    time_days : ndarray, shape (n,)
        Origin times [day], in any order.
    distance_km : ndarray, shape (n, n)
        Distance between each two epicentres [km], 0 for two at one place.
    magnitude : ndarray, shape (n,)
        Magnitudes.
    b_value : float
        The b of the law of magnitudes.
    fractal_dimension : float
        The power d of the distance.

    Returns
    -------
    ndarray of int, shape (n,)
        Row of the nearest earlier earthquake; -1 where none is earlier. Of two at the
        same time none is earlier.
    """
    # BEGIN SOLUTION
    lag = time_days[:, None] - time_days
    eta = lag * distance_km**fractal_dimension * 10.0 ** (-b_value * magnitude)
    eta = np.where(lag > 0, eta, np.inf)
    return np.where((lag > 0).any(axis=1), eta.argmin(axis=1), -1)
    # END SOLUTION


def b_from_steps(magnitude, smallest_step):
    """Return b from the steps up between successive earthquakes.

    Steps of at least `smallest_step` exceed it by 1 / (b ln 10) on average.

    Parameters
    ----------
    magnitude : ndarray, shape (n,)
        Continuous magnitudes in the order of time.
    smallest_step : float
        Smallest step that is used, > 0.

    Returns
    -------
    float
        The b-value.
    """
    # BEGIN SOLUTION
    step = np.diff(magnitude)
    used = step[step >= smallest_step]
    return 1 / (np.log(10) * (used.mean() - smallest_step))
    # END SOLUTION
