"""Loops over plain numbers, and transforms of the whole line."""

import cmath
import math


def corner_frequency_hz(moment_nm, stress_drop_mpa, s_km_s):
    found = []
    for moment, drop in zip(moment_nm, stress_drop_mpa, strict=True):
        radius = (moment * 7 / (16 * drop * 1e6)) ** (1 / 3)
        found.append(2.34 * s_km_s * 1e3 / (math.tau * radius))
    return found


def s_spectrum(frequency_hz, moment_nm, corner_hz, distance_km, q, kappa_s):
    travel = distance_km / 3.5
    found = []
    for f in frequency_hz:
        amplitude = 2 * 0.63 * moment_nm / (4 * math.pi * 2700 * 3500**3)
        amplitude /= distance_km * 1000
        amplitude /= 1 + (f / corner_hz) ** 2
        amplitude *= math.exp(-math.pi * f * travel / q)
        amplitude *= math.exp(-math.pi * kappa_s * f)
        found.append(amplitude)
    return found


def stochastic_record(noise, window, spectrum_m_s, sampling_hz):
    n = len(noise)
    drawn = [a * b for a, b in zip(noise, window, strict=True)]
    spectrum = [
        sum(x * cmath.exp(-2j * math.pi * k * i / n) for i, x in enumerate(drawn))
        for k in range(n // 2 + 1)
    ]
    size = math.sqrt(sum(abs(s) ** 2 for s in spectrum) / len(spectrum))
    shaped = [s / size * law for s, law in zip(spectrum, spectrum_m_s, strict=True)]
    record = []
    for i in range(n):
        total = 0.0
        for k, s in enumerate(shaped):
            times = 1 if k == 0 or 2 * k == n else 2
            total += times * (s * cmath.exp(2j * math.pi * k * i / n)).real
        record.append(sampling_hz * total / n)
    return record
