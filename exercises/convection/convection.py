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
    raise NotImplementedError("not written yet")


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
    raise NotImplementedError("not written yet")


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
    raise NotImplementedError("not written yet")
