"""SciPy's transforms, and powers instead of quotients."""

import numpy as np
from scipy import fft


def corner_frequency_hz(moment_nm, stress_drop_mpa, s_km_s):
    stiff = 16e6 * np.asarray(stress_drop_mpa) / (7 * np.asarray(moment_nm, float))
    return 2.34e3 * s_km_s / (2 * np.pi) * np.cbrt(stiff)


def s_spectrum(frequency_hz, moment_nm, corner_hz, distance_km, q, kappa_s):
    rock = 4 * np.pi * 2700.0 * 3500.0**3
    quality = np.exp(-np.pi * np.multiply(frequency_hz, distance_km) / (3.5 * q))
    site = np.exp(np.multiply(-np.pi * kappa_s, frequency_hz))
    brune = corner_hz**2 / (corner_hz**2 + np.square(frequency_hz))
    return 1.26 * moment_nm / rock / (distance_km * 1e3) * brune * quality * site


def stochastic_record(noise, window, spectrum_m_s, sampling_hz):
    drawn = fft.rfft(np.multiply(noise, window))
    drawn = drawn * np.mean(np.abs(drawn) ** 2) ** -0.5
    return fft.irfft(drawn * spectrum_m_s * sampling_hz, n=len(noise))
