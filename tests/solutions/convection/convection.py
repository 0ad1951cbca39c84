"""Does a roll grow, how does it turn, and what heat does it carry?

Three functions hold the physics of slow convection: the rate at which a weak roll
grows, the flow that a temperature drives, and the heat that passes the walls. Lengths
are counted in heights of the box, z is the height above its bottom.
"""

import numpy as np


def growth_rate(rayleigh, width, n_rolls):
    """Return how fast a weak row of rolls grows in a fluid at rest.

    Parameters
    ----------
    rayleigh : float
        Rayleigh number [1].
    width : float
        Width of the box over its height [1].
    n_rolls : int
        How many rolls lie side by side.

    Returns
    -------
    float
        Growth rate [1]; below 0 where the rolls decay.
    """
    # BEGIN SOLUTION
    k2 = (n_rolls * np.pi / width) ** 2
    both = k2 + np.pi**2
    return rayleigh * k2 / both**2 - both
    # END SOLUTION


def streamfunction(temperature, rayleigh, width):
    """Return the stream function that a temperature drives, on the same midpoints.

    Parameters
    ----------
    temperature : ndarray, shape (n_z, n_x)
        Temperatures at the midpoints of cells [1], the first row nearest the bottom.
    rayleigh : float
        Rayleigh number [1].
    width : float
        Width of the box over its height [1].

    Returns
    -------
    ndarray, shape (n_z, n_x)
        Stream function [1]: its slope along z is the velocity across.
    """
    # BEGIN SOLUTION
    n_z, n_x = temperature.shape
    z, x = (np.arange(n_z) + 0.5) / n_z, (np.arange(n_x) + 0.5) / n_x * width
    n, k = np.pi * np.arange(1, n_z), np.pi * np.arange(1, n_x) / width
    up, across = np.sin(np.outer(n, z)), np.outer(k, x)
    waves = 4 / (n_z * n_x) * up @ temperature @ np.cos(across).T
    flow = -rayleigh * k * waves / (k**2 + n[:, None] ** 2) ** 2
    return up.T @ flow @ np.sin(across)
    # END SOLUTION


def heat_flux(temperature):
    """Return the mean heat flux into the bottom, at 1, and out of the top, at 0.

    Parameters
    ----------
    temperature : ndarray, shape (n_z, n_x)
        Temperatures at the midpoints of cells [1], the first row nearest the bottom.

    Returns
    -------
    tuple of two floats
        Upward flux at the bottom and at the top [1], 1 for a fluid at rest.
    """
    # BEGIN SOLUTION
    level = temperature.mean(axis=1)
    height = 1 / len(level)
    bottom = -(-8 * 1 + 9 * level[0] - level[1]) / (3 * height)
    top = (-8 * 0 + 9 * level[-1] - level[-2]) / (3 * height)
    return bottom, top
    # END SOLUTION
