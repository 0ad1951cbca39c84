"""Right answers by two Poisson equations in turn, and by differences of differences."""

import numpy as np


def growth_rate(rayleigh, width, n_rolls):
    wavelength = 2 * width / n_rolls
    k = 2 * np.pi / wavelength
    drag = k**2 + np.pi**2
    lifted = k * (rayleigh * k / drag**2)
    return lifted - drag


def streamfunction(temperature, rayleigh, width):
    rows, columns = temperature.shape
    i, j = np.arange(rows), np.arange(columns)
    sin_z = np.sin(np.pi * (i[:, None] + 0.5) * i[1:] / rows)
    phase = np.pi * (j[:, None] + 0.5) * j[1:] / columns
    theta = np.einsum("zn,zx,xk->nk", sin_z, temperature, np.cos(phase))
    theta = theta * (2 / rows) * (2 / columns)
    k = np.pi * j[1:] / width
    laplace = -(k[None, :] ** 2) - (np.pi * i[1:, None]) ** 2
    minus_vorticity = -rayleigh * theta * k / laplace
    return np.einsum("zn,nk,xk->zx", sin_z, minus_vorticity / laplace, np.sin(phase))


def heat_flux(temperature):
    def out_of(near, far, wall):
        first = (near - wall) * 2
        second = far - near
        return len(temperature) * (first - (second - first) / 3)

    near, far = (
        np.mean(temperature[[0, -1]], axis=1),
        np.mean(temperature[[1, -2]], axis=1),
    )
    return -out_of(near[0], far[0], 1.0), out_of(near[1], far[1], 0.0)
