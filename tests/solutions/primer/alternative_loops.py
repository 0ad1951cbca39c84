"""Right answers written with loops, dictionaries and closed formulas."""

import math

import numpy as np
import pandas as pd


def great_circle_km(quake_lat_deg, quake_lon_deg, station_lat_deg, station_lon_deg):
    rows = []
    for lat, lon in zip(quake_lat_deg, quake_lon_deg, strict=True):
        row = []
        for other_lat, other_lon in zip(station_lat_deg, station_lon_deg, strict=True):
            a, b = math.radians(lat), math.radians(other_lat)
            half = math.radians(other_lon - lon) / 2
            h = math.sin((b - a) / 2) ** 2
            h += math.cos(a) * math.cos(b) * math.sin(half) ** 2
            row.append(2 * 6371 * math.atan2(math.sqrt(h), math.sqrt(1 - h)))
        rows.append(row)
    return rows


def moment_per_year(quakes):
    total = {}
    for time, magnitude in zip(quakes.time, quakes.magnitude, strict=True):
        total[time.year] = total.get(time.year, 0) + 10 ** (1.5 * magnitude + 9.05)
    return pd.Series({year: total[year] for year in sorted(total)})


def cut_window(samples, sampling_rate_hz, start_s, end_s):
    duration_s = (len(samples) - 1) / sampling_rate_hz
    if start_s < -1e-9:
        raise ValueError("start_s must not be negative")
    if end_s > duration_s + 1e-9:
        raise ValueError(f"end_s must not be above {duration_s}")
    inside = []
    for k, value in enumerate(samples):
        if start_s - 1e-9 <= k / sampling_rate_hz <= end_s + 1e-9:
            inside.append(value)
    return np.array(inside)


def remove_trend(samples):
    n = len(samples)
    middle, mean = (n - 1) / 2, sum(samples) / n
    above = sum((k - middle) * (x - mean) for k, x in enumerate(samples))
    slope = above / sum((k - middle) ** 2 for k in range(n))
    return [x - mean - slope * (k - middle) for k, x in enumerate(samples)]


def amplitude_spectrum(samples, sampling_rate_hz):
    n = len(samples)
    time_s = np.arange(n) / sampling_rate_hz
    frequencies = [k * sampling_rate_hz / n for k in range(n // 2 + 1)]
    integrals = [
        np.sum(samples * np.exp(-2j * np.pi * f * time_s)) for f in frequencies
    ]
    return frequencies, [abs(one) / sampling_rate_hz for one in integrals]
