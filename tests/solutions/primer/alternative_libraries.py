"""Right answers by other routes: chords, resampling, masks, polynomials, a full FFT."""

import numpy as np
import pandas as pd


def _unit_vectors(lat_deg, lon_deg):
    lat, lon = np.radians(lat_deg), np.radians(lon_deg)
    return np.stack(
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1
    )


def great_circle_km(quake_lat_deg, quake_lon_deg, station_lat_deg, station_lon_deg):
    quakes = _unit_vectors(quake_lat_deg, quake_lon_deg)
    stations = _unit_vectors(station_lat_deg, station_lon_deg)
    chord = np.linalg.norm(quakes[:, None, :] - stations[None, :, :], axis=-1)
    return 12742 * np.arcsin(np.minimum(chord / 2, 1))


def moment_per_year(quakes):
    table = pd.DataFrame({"year": pd.DatetimeIndex(quakes["time"]).year})
    table["moment_nm"] = 10**9.05 * 1000 ** (quakes["magnitude"].to_numpy() / 2)
    return table.pivot_table(index="year", values="moment_nm", aggfunc="sum").moment_nm


def cut_window(samples, sampling_rate_hz, start_s, end_s):
    place = np.rint(np.array([start_s, end_s]) * sampling_rate_hz).astype(int)
    if place[0] < 0:
        raise ValueError("start_s lies before the trace")
    if place[1] >= np.size(samples):
        raise ValueError("end_s lies after the trace")
    return np.take(samples, np.arange(place[0], place[1] + 1))


def remove_trend(samples):
    x = np.linspace(-1, 1, len(samples))
    return samples - np.polynomial.Polynomial.fit(x, samples, 1)(x)


def amplitude_spectrum(samples, sampling_rate_hz):
    keep = len(samples) // 2 + 1
    whole = np.fft.fft(np.asarray(samples, dtype=float))
    step_hz = sampling_rate_hz / len(samples)
    return np.arange(keep) * step_hz, np.abs(whole[:keep]) / sampling_rate_hz
