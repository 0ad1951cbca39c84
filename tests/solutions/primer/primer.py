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
    # BEGIN SOLUTION
    lat_1 = np.radians(quake_lat_deg)[:, None]
    lon_1 = np.radians(quake_lon_deg)[:, None]
    lat_2, lon_2 = np.radians(station_lat_deg), np.radians(station_lon_deg)
    south_north = np.sin((lat_2 - lat_1) / 2) ** 2
    west_east = np.sin((lon_2 - lon_1) / 2) ** 2
    haversine = south_north + np.cos(lat_1) * np.cos(lat_2) * west_east
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(haversine))
    # END SOLUTION


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
    # BEGIN SOLUTION
    moment_nm = 10 ** (1.5 * quakes.magnitude + 9.05)
    return moment_nm.groupby(quakes.time.dt.year).sum()
    # END SOLUTION


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
    # BEGIN SOLUTION
    first = round(start_s * sampling_rate_hz)
    last = round(end_s * sampling_rate_hz)
    if first < 0:
        raise ValueError(f"start_s is {start_s} s, before the first sample at 0 s")
    if last > len(samples) - 1:
        raise ValueError(f"end_s is {end_s} s, after the last sample")
    return samples[first : last + 1].copy()
    # END SOLUTION


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
    # BEGIN SOLUTION
    index = np.arange(len(samples))
    line_and_level = np.column_stack([index, np.ones(len(samples))])
    best = np.linalg.lstsq(line_and_level, samples, rcond=None)[0]
    return samples - line_and_level @ best
    # END SOLUTION


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
    # BEGIN SOLUTION
    interval_s = 1 / sampling_rate_hz
    frequency_hz = np.fft.rfftfreq(len(samples), interval_s)
    return frequency_hz, np.abs(np.fft.rfft(samples)) * interval_s
    # END SOLUTION
