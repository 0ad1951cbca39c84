"""The temporal ETAS model: its likelihood, and a fit with standard errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import ndtri

from .._arguments import Number, Vector, check_number, checked, wrong
from .etas_laws import LN10, Temporal, TemporalEtas
from .etas_sums import past_sums

__all__ = ["EtasFit", "etas_log_likelihood", "fit_etas"]

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


def check_order(time_days: np.ndarray, **others: object) -> None:
    """Refuse times that are not in ascending order; ties are in order."""
    backwards = np.flatnonzero(np.diff(time_days) < 0)
    if backwards.size:
        late = f"an earlier time in row {backwards[0] + 1}"
        raise wrong("time_days", "in ascending order", late)


def check_catalogue(
    time_days: np.ndarray,
    magnitude: np.ndarray,
    parameters: TemporalEtas | None = None,
    magnitude_of_completeness: float | None = None,
    **others: object,
) -> None:
    """Refuse unordered times and magnitudes below the smallest one that counts."""
    check_order(time_days)
    least = (
        magnitude_of_completeness if parameters is None else parameters.min_magnitude
    )
    below = magnitude[magnitude < least - 1e-9]
    if below.size:
        got = f"{below.size} of {magnitude.size} below, such as {below[0]:g}"
        raise wrong("magnitude", f"numbers >= {least:g}, the smallest that counts", got)


def check_window(
    time_days: np.ndarray,
    magnitude: np.ndarray,
    start_days: float = 0.0,
    end_days: float = np.inf,
    **others: object,
) -> None:
    """Refuse a window that ends before it begins, or before the last earthquake."""
    check_catalogue(time_days, magnitude, **others)
    if not end_days > start_days:
        raise wrong("end_days", f"> start_days, {start_days:g}", end_days)
    if end_days < time_days[-1]:
        wanted = f"at least the time of the last earthquake, {time_days[-1]:g}"
        raise wrong("end_days", wanted, end_days)


@checked(also=check_window)
def etas_log_likelihood(
    time_days: Vector,
    magnitude: Vector,
    parameters: Temporal,
    *,
    end_days: Number,
    start_days: Number = 0.0,
) -> float:
    """Return the log-likelihood of a catalogue under the temporal ETAS model.

    The sum of ln(rate) over the earthquakes of the window, less the number to be
    expected in it ``ogata1988statistical``. Time and memory grow with the number of
    earthquakes, not with its square.

    Parameters
    ----------
    time_days : array_like, shape (n,)
        Times in ascending order [day]. Those of one instant do not trigger another.
    magnitude : array_like, shape (n,)
        Magnitudes, none below the parameters' `min_magnitude`.
    parameters : TemporalEtas
        The model.
    end_days : float
        End of the window [day], not before the last earthquake.
    start_days : float
        Its beginning [day]. Earlier earthquakes trigger, and are not counted.

    Returns
    -------
    float
        Natural logarithm of the likelihood, of times in days; minus infinity where
        an earthquake has the rate zero.

    Raises
    ------
    ValueError
        If an argument is no such value.

    Examples
    --------
    >>> steady = TemporalEtas(background_per_day=0.5, k=0, alpha=0, c_days=1, p=1.1)
    >>> round(etas_log_likelihood([1, 3], [4, 5], steady, end_days=4), 3)
    -3.386
    """
    value, _ = value_and_slope(time_days, magnitude, parameters, start_days, end_days)
    return float(value)


def value_and_slope(
    time_days: np.ndarray,
    magnitude: np.ndarray,
    parameters: TemporalEtas,
    start_days: float,
    end_days: float,
) -> tuple[float, np.ndarray]:
    """Return the log-likelihood and its derivatives by what is fitted, shape (5,)."""
    mu, k, omori = parameters.background_per_day, parameters.k, parameters.omori
    excess = magnitude - parameters.min_magnitude
    weight = np.exp(LN10 * parameters.alpha * excess)
    seen = time_days >= start_days
    past = past_sums(time_days, weight, excess, omori)[seen]
    rate = mu + k * past[:, 0]
    table = omori.table(end_days - time_days[0])
    ends = np.stack([end_days - time_days, np.maximum(start_days - time_days, 0)])
    reach = np.subtract(*table.integral(ends))
    by_p, by_c = (np.subtract(*slopes) for slopes in table.slopes(ends))
    expected = np.array(
        [weight @ reach, (weight * excess) @ reach, weight @ by_p, weight @ by_c]
    )
    with np.errstate(divide="ignore", invalid="ignore"):  # a rate of zero
        value = np.log(rate).sum() - mu * (end_days - start_days) - k * expected[0]
        slope = k * ((past / rate[:, None]).sum(axis=0) - expected)
        steady = mu * ((1 / rate).sum() - (end_days - start_days))
    return value, np.array(
        [steady, slope[0], LN10 * slope[1], omori.c_days * slope[3], slope[2]]
    )


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
