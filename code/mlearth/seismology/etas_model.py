"""A fit of the temporal ETAS model, with honest standard errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import ndtri

from .._arguments import Number, Vector, check_number, checked, wrong
from .etas_laws import TemporalEtas
from .etas_likelihood import check_window, value_and_slope

__all__ = ["EtasFit", "fit_etas"]

FITTED = ("background_per_day", "k", "alpha", "c_days", "p")
IN_LOG = np.array([True, True, False, True, False])
"""Which of them are fitted as logarithms, so that they stay positive."""

BOUNDS = {"alpha": (0.0, 3.0), "p": (0.6, 6.0)}
"""Where a maximum is looked for; no earthquakes are known to be outside."""

FEWEST = 20
"""Earthquakes that a fit needs: four for each parameter."""


@dataclass(frozen=True, eq=False)
class EtasFit:
    """The parameters that make a catalogue most likely, and how sure they are.

    Attributes
    ----------
    parameters : TemporalEtas
        The estimates.
    covariance : ndarray, shape (5, 5)
        Of ln(background_per_day), ln(k), alpha, ln(c_days) and p: the inverse of the
        observed information.
    log_likelihood : float
        Natural logarithm of the likelihood, of times in days.
    n_events : int
        Earthquakes that were fitted.
    """

    parameters: TemporalEtas
    covariance: np.ndarray
    log_likelihood: float
    n_events: int

    @property
    def standard_errors(self) -> dict[str, float]:
        """Standard error of each parameter, in its own unit."""
        values = np.array([getattr(self.parameters, name) for name in FITTED])
        errors = np.sqrt(np.diag(self.covariance)) * np.where(IN_LOG, values, 1)
        return dict(zip(FITTED, errors.tolist(), strict=True))

    def interval(self, name: str, level: float = 0.95) -> tuple[float, float]:
        """Return the interval of a parameter; that of a rate or a time is positive."""
        if name not in FITTED:
            raise wrong("name", f"one of {', '.join(FITTED)}", repr(name))
        place = FITTED.index(name)
        value, half = getattr(self.parameters, name), ndtri((1 + level) / 2)
        half *= np.sqrt(self.covariance[place, place])
        if IN_LOG[place]:
            return float(value * np.exp(-half)), float(value * np.exp(half))
        return float(value - half), float(value + half)


@checked(also=check_window)
def fit_etas(
    time_days: Vector,
    magnitude: Vector,
    *,
    magnitude_of_completeness: Number,
    end_days: Number,
    start_days: Number = 0.0,
    taper_days: float = np.inf,
) -> EtasFit:
    """Fit the temporal ETAS model by maximum likelihood.

    Parameters
    ----------
    time_days : array_like, shape (n,)
        Times in ascending order [day].
    magnitude : array_like, shape (n,)
        Magnitudes, none below the completeness.
    magnitude_of_completeness : float
        Above it no earthquake is missing; the model's `min_magnitude`.
    end_days, start_days : float
        The window [day]. Earlier earthquakes trigger, and are not counted.
    taper_days : float
        Taper of the decay [day], > 0, which is not fitted; infinite for none.

    Returns
    -------
    EtasFit
        Estimates, covariance and log-likelihood.

    Raises
    ------
    ValueError
        If an argument is no such value, fewer than 20 earthquakes lie in the window,
        or the likelihood has no maximum: earthquakes that trigger nothing, or whose
        magnitudes are all the same, do not determine the parameters.

    Notes
    -----
    The errors hold if the model does, and only for many earthquakes. What is lost
    right after large ones biases c, p and alpha, and no error knows of it.

    Examples
    --------
    >>> from mlearth.seismology import EtasParameters
    >>> from mlearth.simulators import simulate_etas
    >>> laws = EtasParameters.with_branching_ratio(0.6, background_per_day=1.0,
    ...     alpha=0.8, c_days=0.02, p=1.3, max_magnitude=5.0)
    >>> data = simulate_etas(laws, 500.0, (35.0, 37.0, -119.0, -116.0)).data
    >>> fit = fit_etas(data.time_days, data.magnitude, magnitude_of_completeness=0.0,
    ...                end_days=500.0)
    >>> low, high = fit.interval("p")
    >>> low < 1.3 < high
    True
    """
    if taper_days != np.inf:
        check_number("taper_days", taper_days, above=0)
    n = int(np.sum(time_days >= start_days))
    if n < FEWEST:
        raise wrong("time_days", f"{FEWEST} times in the window or more", n)
    if np.ptp(magnitude) == 0:
        raise wrong("magnitude", "of more than one value", f"{magnitude[0]:g} alone")
    fixed = {"min_magnitude": magnitude_of_completeness, "taper_days": taper_days}

    def loss(x: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = value_and_slope(
            time_days, magnitude, unpacked(x, fixed), start_days, end_days
        )
        return -value, -slope

    x, covariance = minimum(loss, first_guess(n, end_days - start_days))
    return EtasFit(unpacked(x, fixed), covariance, -loss(x)[0], n)


def unpacked(x: np.ndarray, fixed: dict[str, float]) -> TemporalEtas:
    """Return the model of a vector of ln(mu), ln(k), alpha, ln(c) and p."""
    values = np.where(IN_LOG, np.exp(np.where(IN_LOG, x, 0)), x)
    return TemporalEtas(**dict(zip(FITTED, values.tolist(), strict=True)), **fixed)


def first_guess(n: int, span_days: float) -> np.ndarray:
    """Return a start: half of the earthquakes are background, p is 1.1."""
    c_days = 0.01 * min(1.0, span_days / n)
    k = 0.2 * 0.1 * c_days**0.1
    return np.array([np.log(0.5 * n / span_days), np.log(k), 0.7, np.log(c_days), 1.1])


def minimum(loss, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where a loss with its slope is smallest, and the inverse Hessian there."""
    around = [(value - 25, value + 25) for value in x]
    bounds = [BOUNDS.get(n, b) for n, b in zip(FITTED, around, strict=True)]
    x = minimize(loss, x, jac=True, method="L-BFGS-B", bounds=bounds).x
    low, high = np.transpose(bounds)
    for _ in range(5):  # Newton's steps, quadratic where the search has ended
        at_bound = np.any((x <= low + 1e-3) | (x >= high - 1e-3))
        hessian = -np.eye(x.size) if at_bound else curvature(loss, x)
        if np.linalg.eigvalsh(hessian).min() <= 0:
            raise no_maximum(x)
        step = np.linalg.solve(hessian, loss(x)[1])
        if np.sqrt(step @ hessian @ step) < 1e-3:  # in units of the standard error
            break
        x = np.clip(x - step, low, high)
    return x, np.linalg.inv(hessian)


def no_maximum(x: np.ndarray) -> ValueError:
    """Return the error of a search that ended at a bound, or on level ground."""
    values = np.where(IN_LOG, np.exp(np.where(IN_LOG, x, 0)), x)
    end = ", ".join(f"{n} {v:.3g}" for n, v in zip(FITTED, values, strict=True))
    wanted = "such that the likelihood has a maximum within bounds"
    return wrong("time_days and magnitude", wanted, f"none: an end at {end}")


def curvature(loss, x: np.ndarray) -> np.ndarray:
    """Return the Hessian by differences of slopes, shape (5, 5)."""
    steps = 1e-4 * np.eye(x.size)
    rows = [(loss(x + step)[1] - loss(x - step)[1]) / 2e-4 for step in steps]
    return (np.array(rows) + np.transpose(rows)) / 2
