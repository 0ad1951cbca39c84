"""A dislocation by brute force: Mindlin's point forces, summed over the fault.

It shares no formula with `mlearth.seismology.dislocation`. Axes are east, north and up.
"""

import numpy as np

E, UP = np.eye(3)[..., None], np.eye(3)[2]


def point_force(x, s, alpha):
    """Return u[i, j], the displacement i at x by a force j at s, times 8 pi mu."""

    def parts(height):
        r = np.array([x[0] - s[0], x[1] - s[1], height - s[2]])
        return r, np.sqrt((r**2).sum(0)), r[:, None] * r[None]

    def whole(height):
        _, R, rr = parts(height)
        return (2 - alpha) * E / R + alpha * rr / R**3

    r, R, rr = parts(-x[2])
    below, j3, i3 = R + r[2], UP[None, :, None], UP[:, None, None]
    tilt = r[:, None] * j3 - r[None] * i3 * (1 - j3)
    flat = rr * (1 - i3) * (1 - j3)
    added = E / below + tilt / (R * below) - flat / (R * below**2)
    b = E / R + rr / R**3 + (1 - alpha) / alpha * added
    c = (2 - alpha) * (r[:, None] * j3 - r[None] * i3) / R**3
    c = (1 - 2 * i3) * (c + alpha * s[2] * (E / R**3 - 3 * rr / R**5))
    return whole(x[2]) - whole(-x[2]) + 2 * b + 2 * x[2] * c


def displacement(fault, point_km, poisson=0.25, n=40):
    """Return the displacement at a point, by Gauss's rule of n x n forces [m]."""
    place, weight = np.polynomial.legendre.leggauss(n)
    a, b = np.meshgrid(fault.length_km / 2 * place, fault.width_km / 2 * place)
    dip, (along, left, up) = np.radians(fault.dip_deg), fault.axes()
    updip, normal = (
        left * np.cos(dip) + up * np.sin(dip),
        up * np.cos(dip) - left * np.sin(dip),
    )
    centre = np.array([fault.east_km, fault.north_km, -fault.depth_km])
    s = (centre + a.reshape(-1, 1) * along + b.reshape(-1, 1) * updip).T
    x, alpha = np.array([*point_km[:2], -point_km[2]]), 0.5 / (1 - poisson)
    by_place = np.array(
        [point_force(x, s + 1e-20j * e[:, None], alpha).imag for e in np.eye(3)]
    )  # [k, i, j] is the derivative of u[i, j] by s[k]
    by_place = np.einsum(
        "kijm,m->ijk", by_place / 1e-20, np.outer(weight, weight).ravel()
    )
    slip = fault.slip_vector_m() @ [along, updip, normal]
    couple = np.outer(slip, normal) + np.outer(normal, slip)
    couple += 2 * poisson / (1 - 2 * poisson) * (slip @ normal) * np.eye(3)
    area = fault.length_km * fault.width_km / 4
    return area * np.einsum("ijk,jk->i", by_place, couple) / (8 * np.pi)
