"""When do aftershocks come, and how many are expected?

The Omori-Utsu law (t + c)^-p, with p > 1, drawn from and integrated. Write the two
functions below; none is in the package under this name.
"""

import numpy as np


def omori_times(u, c_days, p):
    """Turn uniform numbers into times of the Omori-Utsu law.

    An aftershock comes before the time t with the probability
    1 - (1 + t / c)^(1 - p). The time of u is the one at which this probability is u.

    Parameters
    ----------
    u : ndarray, shape (n,)
        Numbers from 0 to below 1.
    c_days : float
        Delay of the law [day].
    p : float
        Exponent of the law, > 1.

    Returns
    -------
    ndarray, shape (n,)
        Times after the mainshock [day].
    """
    # BEGIN SOLUTION
    return c_days * ((1 - u) ** (1 / (1 - p)) - 1)
    # END SOLUTION


def expected_before(time_days, magnitude, mu, k, alpha, c_days, p, min_magnitude):
    """Count the earthquakes that the ETAS model expects before each one.

    The rate is mu + sum of k 10^(alpha (M - min_magnitude)) (t - t_i + c)^-p over all
    earthquakes before t. Integrate it from time zero to each earthquake.

    Parameters
    ----------
    time_days : ndarray, shape (n,)
        Times in ascending order, from 0 [day].
    magnitude : ndarray, shape (n,)
        Magnitudes.
    mu : float
        Rate of the background [1/day].
    k : float
        Productivity of an earthquake of the smallest magnitude [day^(p - 1)].
    alpha : float
        Growth of the productivity, in powers of ten per magnitude.
    c_days : float
        Delay of the law [day].
    p : float
        Exponent of the law, > 1.
    min_magnitude : float
        Smallest magnitude.

    Returns
    -------
    ndarray, shape (n,)
        Numbers of earthquakes that are expected from time zero to each one.
    """
    # BEGIN SOLUTION
    each = k * 10 ** (alpha * (magnitude - min_magnitude))
    elapsed = np.maximum(time_days[:, None] - time_days, 0)
    integral = (c_days ** (1 - p) - (elapsed + c_days) ** (1 - p)) / (p - 1)
    return mu * time_days + integral @ each
    # END SOLUTION
