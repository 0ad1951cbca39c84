"""How near to failure is a plane, and how near can any plane be?

A stress tensor has nine numbers and a fault needs one: its Coulomb stress. Two
functions turn the one into the other. Tension is positive throughout.
"""

import numpy as np

# np.linalg.eigvalsh(tensors) gives the three principal stresses of each, in order.


def coulomb_stress(stress_mpa, normal, slip, friction):
    """Return the Coulomb stress on one plane through each of n points.

    Parameters
    ----------
    stress_mpa : ndarray, shape (n, 3, 3)
        Symmetric stress tensors [MPa] along east, north and up.
    normal : ndarray, shape (n, 3)
        Unit normal of each plane, which points into the wall that slips.
    slip : ndarray, shape (n, 3)
        Unit vector along which that wall would slip, in the plane.
    friction : float
        Coefficient of friction [1].

    Returns
    -------
    ndarray, shape (n,)
        Shear stress along the slip plus friction times the normal stress [MPa].
    """
    raise NotImplementedError("not written yet")


def largest_coulomb_stress(stress_mpa, friction):
    """Return the Coulomb stress on the plane where it is largest, whichever that is.

    Parameters
    ----------
    stress_mpa : ndarray, shape (n, 3, 3)
        Symmetric stress tensors [MPa].
    friction : float
        Coefficient of friction [1].

    Returns
    -------
    ndarray, shape (n,)
        Largest Coulomb stress over all planes and all directions of slip [MPa].
    """
    raise NotImplementedError("not written yet")
