"""Five warm-ups: the moves that every chapter makes with arrays, tables and traces.

Write the five functions below, in any order. Each returns its answer, prints nothing
and leaves its arguments as they are. None needs a loop, and none is in the package.
"""

import numpy as np

EARTH_RADIUS_KM = 6371.0


def great_circle_km(quake_lat_deg, quake_lon_deg, station_lat_deg, station_lon_deg):
    """Return the distance of every earthquake from every station along the surface.

    Use the haversine formula of the page, all pairs at once, on a sphere with the
    radius `EARTH_RADIUS_KM`.

    Parameters
    ----------
    quake_lat_deg, quake_lon_deg : ndarray, shape (n_quakes,)
        Epicentres [degrees].
    station_lat_deg, station_lon_deg : ndarray, shape (n_stations,)
        Stations [degrees].

    Returns
    -------
    ndarray, shape (n_quakes, n_stations)
        Distances [km]: one row for each earthquake, one column for each station.
    """
    raise NotImplementedError("not written yet")


def moment_per_year(quakes):
    """Return the seismic moment that all earthquakes of each year released together.

    The moment of one earthquake is 10^(1.5 M + 9.05) newton metres.

    Parameters
    ----------
    quakes : pandas.DataFrame
        With the columns `time` (UTC, datetime64) and `magnitude`, in any order of rows.

    Returns
    -------
    pandas.Series
        Total moment [N m]. The index holds the years that have an earthquake, as whole
        numbers, the earliest first.
    """
    raise NotImplementedError("not written yet")


def cut_window(samples, sampling_rate_hz, start_s, end_s):
    """Return the samples between two times, those at both ends included.

    The first sample has the time 0 s. Both times are whole multiples of the sampling
    interval, but for the rounding of the computer.

    Parameters
    ----------
    samples : ndarray, shape (n_samples,)
        The trace.
    sampling_rate_hz : float
        Samples per second.
    start_s, end_s : float
        Times of the first and of the last sample of the window [s].

    Returns
    -------
    ndarray, shape (n_window,)
        A copy, which may be changed without changing the trace.

    Raises
    ------
    ValueError
        If the window begins before the trace does (the message names `start_s`), or
        ends after it (the message names `end_s`).
    """
    raise NotImplementedError("not written yet")


def remove_trend(samples):
    """Return a trace without its mean and without its straight line.

    The line is the one that leaves the least sum of squares.

    Parameters
    ----------
    samples : ndarray, shape (n_samples,)
        The trace, of floats or of integers, as digitisers deliver them.

    Returns
    -------
    ndarray of float, shape (n_samples,)
        What is left, in the unit of the trace.
    """
    raise NotImplementedError("not written yet")


def amplitude_spectrum(samples, sampling_rate_hz):
    """Return the amplitude spectrum of a trace, from frequency zero upwards.

    It is the modulus of the Fourier integral: the sum over the samples times the
    sampling interval, so that it depends neither on the sampling rate nor on zeros
    before or after the signal. Apply no taper, and remove no mean.

    Parameters
    ----------
    samples : ndarray, shape (n_samples,)
        The trace, in counts.
    sampling_rate_hz : float
        Samples per second.

    Returns
    -------
    tuple of (ndarray, ndarray), each of shape (n_samples // 2 + 1,)
        Frequencies [Hz] and amplitudes [counts / Hz].
    """
    raise NotImplementedError("not written yet")
