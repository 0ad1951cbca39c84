"""The likelihood of a catalogue under the temporal ETAS model, and its slope."""

from __future__ import annotations

import numpy as np

from .._arguments import Number, Vector, checked, wrong
from .etas_laws import LN10, Temporal, TemporalEtas
from .etas_sums import past_sums

__all__ = ["etas_log_likelihood"]


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
