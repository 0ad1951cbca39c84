"""Right answers with loops over waves and points, and one flux after the other."""

import math

import numpy as np


def growth_rate(rayleigh, width, n_rolls):
    k = math.pi * n_rolls / width
    gain = rayleigh * (k / (k * k + math.pi * math.pi)) ** 2
    return gain - k * k - math.pi**2


def streamfunction(temperature, rayleigh, width):
    n_z, n_x = np.shape(temperature)
    z = [(i + 0.5) / n_z for i in range(n_z)]
    x = [(j + 0.5) / n_x for j in range(n_x)]
    psi = np.zeros((n_z, n_x))
    for n in range(1, n_z):
        for m in range(1, n_x):
            sines = np.array([math.sin(n * math.pi * v) for v in z])
            cosines = np.array([math.cos(m * math.pi * v) for v in x])
            mean = sines @ np.asarray(temperature) @ cosines / (n_z * n_x)
            k = m * math.pi / width
            size = -4 * rayleigh * k * mean / (k**2 + (n * math.pi) ** 2) ** 2
            psi += size * np.outer(sines, [math.sin(m * math.pi * v) for v in x])
    return psi


def heat_flux(temperature):
    rows = [float(np.mean(row)) for row in temperature]
    steep = len(rows) / 3
    return [steep * (8 - 9 * rows[0] + rows[1]), steep * (9 * rows[-1] - rows[-2])]
