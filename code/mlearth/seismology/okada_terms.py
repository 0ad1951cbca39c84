"""Okada's closed form of the displacement, term by term.

Table 6 of ``okada1992internal``, whose letters are kept. Each function returns the
three kinds of slip (along strike, up dip, opening) by the three components of
displacement, at the corners (xi, eta) of the fault. Places may be complex.

Two changes keep the formulas finite wherever the displacement is. Beyond the fault's
ends, R + xi and R + eta vanish along the lines of its edges: there the terms are those
of the mirrored coordinate, which differ by what cancels between two corners. For the
same reason the angle in I4 is written in R + eta.
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

__all__ = ["at_corners", "deepening", "from_surface", "whole_space"]

VERTICAL = 1e-5
"""A dip whose cosine is smaller counts as vertical: the cube root of rounding, where
either form of I3 is wrong by as much."""


def at_corners(
    xi: np.ndarray,
    eta: np.ndarray,
    q: np.ndarray,
    z: np.ndarray,
    sine: float,
    cosine: float,
) -> SimpleNamespace:
    """Return all lengths, logarithms and angles that the terms are made of."""
    c = SimpleNamespace(xi=xi, eta=eta, q=q, z=z, sine=sine, cosine=cosine)
    c.R = np.sqrt(xi**2 + eta**2 + q**2)
    c.y, c.d = eta * cosine + q * sine, eta * sine - q * cosine
    c.c = c.d + z
    c.ln_xi, c.X11, c.X32, _ = inverse_powers(xi, c.R, eta**2 + q**2, axis=0)
    c.ln_eta, c.Y11, c.Y32, c.sign = inverse_powers(eta, c.R, xi**2 + q**2, axis=1)
    c.Z32 = sine / c.R**3 - (q * cosine - z) * c.Y32
    c.theta = angle(xi * eta, q * c.R)
    return c


def inverse_powers(
    t: np.ndarray, R: np.ndarray, rest: np.ndarray, axis: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return ln(R + t), 1/R(R + t), (2R + t)/R^3(R + t)^2, and where t is mirrored.

    `rest` is R^2 - t^2. Where t is negative at both corners, R - t stands for R + t.
    """
    sign = np.where(t.real.max(axis=axis, keepdims=True) < 0, -1.0, 1.0)
    t = sign * t
    far = R + np.where(t.real < 0, -t, t)
    total = np.where(t.real < 0, rest / far, far)  # no difference of near numbers
    one = sign / (R * total)
    return sign * np.log(total), one, one * (2 * R + t) / (R**2 * total), sign


def angle(over: np.ndarray, under: np.ndarray) -> np.ndarray:
    """Return arctan(over / under); where `under` is 0, the mean of its two sides."""
    turned = under.real == 0
    top, bottom = np.where(turned, -under, over), np.where(turned, over, under)
    lost = bottom.real == 0  # in line with an edge, where two corners cancel
    return np.arctan(np.where(lost, 0, top) / np.where(lost, 1, bottom))


def whole_space(c: SimpleNamespace, alpha: float) -> np.ndarray:
    """Return the terms of the fault, or of its image, in a space without surface."""
    h, k, q, theta = alpha / 2, (1 - alpha) / 2, c.q, c.theta / 2
    far = h * q / c.R
    x_term, y_term = h * q * c.X11, h * q * c.Y11
    strike = theta + c.xi * y_term, far, k * c.ln_eta - q * y_term
    dip = far, theta + c.eta * x_term, k * c.ln_xi - q * x_term
    opening = (
        -k * c.ln_eta - q * y_term,
        -k * c.ln_xi - q * x_term,
        theta - c.eta * x_term - c.xi * y_term,
    )
    return np.array([strike, dip, opening])


def from_surface(c: SimpleNamespace, alpha: float) -> np.ndarray:
    """Return the terms that the free surface adds."""
    ratio, q, theta, sine = (1 - alpha) / alpha, c.q, c.theta, c.sine
    below = c.R + c.d
    I1, I2, I3, I4 = surface_integrals(c, below)
    both, square = sine * c.cosine, sine**2
    x_term, y_term = q * c.X11, q * c.Y11
    strike = (
        -c.xi * y_term - theta - ratio * I1 * sine,
        -q / c.R + ratio * c.y / below * sine,
        q * y_term - ratio * I2 * sine,
    )
    dip = (
        -q / c.R + ratio * I3 * both,
        -c.eta * x_term - theta - ratio * c.xi / below * both,
        q * x_term + ratio * I4 * both,
    )
    opening = (
        q * y_term - ratio * I3 * square,
        q * x_term + ratio * c.xi / below * square,
        c.eta * x_term + c.xi * y_term - theta - ratio * I4 * square,
    )
    return np.array([strike, dip, opening])


def surface_integrals(c: SimpleNamespace, below: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return I1 to I4; a vertical fault has its own."""
    sine, cosine, log = c.sine, c.cosine, np.log(below)
    if cosine == 0:
        I3 = (c.eta / below + c.y * c.q / below**2 - c.ln_eta) / 2
        I4 = c.xi * c.y / below**2 / 2
    else:
        under = (1 + c.sign * sine) * (c.R + c.sign * c.eta) - c.q * cosine
        turn = -2 * c.sign * np.arctan(c.xi * cosine / under)
        I3 = (c.y * cosine / below - c.ln_eta + sine * log) / cosine**2
        I4 = (sine * cosine * c.xi / below + turn) / cosine**2
    I1 = -c.xi * cosine / below - I4 * sine
    return I1, log + I3 * sine, I3, I4


def deepening(c: SimpleNamespace, alpha: float) -> np.ndarray:
    """Return the terms that grow with the depth of the observer."""
    k, q, sine, cosine = 1 - alpha, c.q, c.sine, c.cosine
    R3, square = c.R**3, c.X11 - q**2 * c.X32
    strike = (
        k * c.xi * c.Y11 * cosine - alpha * c.xi * q * c.Z32,
        k * (cosine / c.R + 2 * q * c.Y11 * sine) - alpha * c.c * q / R3,
        k * q * c.Y11 * cosine
        - alpha * (c.c * c.eta / R3 - c.z * c.Y11 + c.xi**2 * c.Z32),
    )
    dip = (
        k * cosine / c.R - q * c.Y11 * sine - alpha * c.c * q / R3,
        k * c.y * c.X11 - alpha * c.c * c.eta * q * c.X32,
        -c.d * c.X11 - c.xi * c.Y11 * sine - alpha * c.c * square,
    )
    opening = (
        -k * (sine / c.R + q * c.Y11 * cosine) - alpha * (c.z * c.Y11 - q**2 * c.Z32),
        k * 2 * c.xi * c.Y11 * sine + c.d * c.X11 - alpha * c.c * square,
        k * (c.y * c.X11 + c.xi * c.Y11 * cosine)
        + alpha * q * (c.c * c.eta * c.X32 + c.xi * c.Z32),
    )
    return np.array([strike, dip, opening])
