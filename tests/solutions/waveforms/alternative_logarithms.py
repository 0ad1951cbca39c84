"""Logarithms are added, and the transform is the one of complex numbers."""

import numpy as np


def corner_frequency_hz(moment_nm, stress_drop_mpa, s_km_s):
    moment = np.asarray(moment_nm, dtype=float)
    drop_pa = np.asarray(stress_drop_mpa, dtype=float) * 1e6
    log_radius = (np.log(7 / 16) + np.log(moment) - np.log(drop_pa)) / 3
    return np.exp(np.log(2.34 * s_km_s * 1e3 / (2 * np.pi)) - log_radius)


def s_spectrum(frequency_hz, moment_nm, corner_hz, distance_km, q, kappa_s):
    f = np.asarray(frequency_hz, dtype=float)
    log_flat = np.log(1.26 * moment_nm) - np.log(4 * np.pi * 2700)
    log_flat -= 3 * np.log(3500) + np.log(1000 * distance_km)
    bend = np.log1p((f / corner_hz) ** 2)
    return np.exp(log_flat - bend - np.pi * f * (distance_km / (3.5 * q) + kappa_s))


def stochastic_record(noise, window, spectrum_m_s, sampling_hz):
    n = len(noise)
    half = np.fft.fft(np.asarray(noise) * window)[: n // 2 + 1]
    half = half / np.linalg.norm(half) * np.sqrt(len(half)) * spectrum_m_s
    whole = np.zeros(n, complex)
    whole[: len(half)] = half
    whole[len(half) :] = np.conj(half[1 : n - len(half) + 1][::-1])
    return np.fft.ifft(whole).real * sampling_hz
