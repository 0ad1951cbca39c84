"""How long does a wave take, and where did it begin?

Two functions: the first arrival over two layers, and one step of Geiger's walk to an
earthquake. Write them below; none is in the package.
"""

import numpy as np

# np.linalg.lstsq(A, b)[0] gives the x for which A x is nearest to b.


def first_arrival_s(distance_km, thickness_km, v_upper_km_s, v_lower_km_s):
    """Return when the first wave arrives from a source at the surface.

    The direct wave runs along the surface. The head wave goes down through the layer,
    along its base at the lower speed, and up again; there is none if the lower speed is
    not the larger one.

    Parameters
    ----------
    distance_km : ndarray, shape (n,)
        Distances along the surface [km], in any order.
    thickness_km : float
        Thickness of the upper layer [km].
    v_upper_km_s, v_lower_km_s : float
        Speeds in the layer and beneath it [km/s].

    Returns
    -------
    ndarray, shape (n,)
        Travel times [s].
    """
    # BEGIN SOLUTION
    direct = distance_km / v_upper_km_s
    sine = v_upper_km_s / v_lower_km_s
    if sine >= 1:
        return direct
    cosine = np.sqrt(1 - sine**2)
    head = distance_km / v_lower_km_s + 2 * thickness_km * cosine / v_upper_km_s
    return np.minimum(direct, head)
    # END SOLUTION


def geiger_step(place_km, origin_time_s, x_km, y_km, time_s, v_km_s):
    """Return one step from a guessed source towards the least squares.

    Waves run straight, at one speed, to stations at the surface.

    Parameters
    ----------
    place_km : ndarray, shape (3,)
        Guess of the source: east, north and depth [km]. No station is there.
    origin_time_s : float
        Guess of the origin time [s].
    x_km, y_km : ndarray, shape (n,)
        Stations, east and north [km]; at least four.
    time_s : ndarray, shape (n,)
        Arrival times [s].
    v_km_s : float
        Speed of the wave [km/s].

    Returns
    -------
    ndarray, shape (4,)
        What to add to east, north, depth [km] and origin time [s], so that the times,
        taken as linear, have the least squares.
    """
    # BEGIN SOLUTION
    east, north, depth = place_km
    offset = np.column_stack([east - x_km, north - y_km, np.full(len(x_km), depth)])
    distance = np.sqrt(np.sum(offset**2, axis=1))
    residual = time_s - origin_time_s - distance / v_km_s
    slopes = offset / (distance * v_km_s)[:, None]
    A = np.column_stack([slopes, np.ones(len(x_km))])
    return np.linalg.lstsq(A, residual)[0]
    # END SOLUTION
