"""Error bars on scores: the bootstrap by whole clusters, and proportions.

Records of one earthquake share its source, so 22,000 records of 130 earthquakes are
nearer to 130 independent pieces of evidence than to 22,000. Name the clusters, and
they are resampled whole (``groups=events``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import binomtest

from .._arguments import (
    RandomState,
    check_choice,
    check_codes,
    check_count,
    check_function,
    check_number,
    check_room,
    check_same_rows,
    check_seed,
    wrong,
)
from ._failures import EXPECTED_FAILURES, warnings_as_errors


@dataclass(frozen=True, eq=False, repr=False)
class Interval:
    """An estimate with its interval; as text ``0.315 (0.290-0.341)``.

    The text shows the interval's width to two digits; ``f"{interval:.1f}"`` chooses the
    format. ``0.3 in interval`` tells whether the interval covers a value.

    Attributes
    ----------
    estimate, low, high : float
        The statistic of the whole sample, and the bounds of the interval.
    level : float
        Nominal level, such as 0.95.
    n_clusters : int
        Independent units behind it: clusters, or rows without groups.
    replicates : ndarray, shape (n_resamples - n_failed,)
        The statistic of each resample; empty when nothing was resampled.
    n_failed : int
        Resamples on which the statistic failed.
    """

    estimate: float
    low: float
    high: float
    level: float
    n_clusters: int
    replicates: np.ndarray = field(default_factory=lambda: np.empty(0))
    n_failed: int = 0

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def __format__(self, spec: str) -> str:
        width = self.high - self.low
        decimals = max(0, 1 - int(np.floor(np.log10(width)))) if width > 0 else 3
        spec = spec or f"z.{decimals}f"
        estimate, low, high = (
            format(value, spec) for value in (self.estimate, self.low, self.high)
        )
        return f"{estimate} ({low}{' to ' if '-' in low + high else '-'}{high})"

    def __str__(self) -> str:
        return format(self, "")

    def __repr__(self) -> str:
        text = f"{self}, {100 * self.level:g} % interval, n = {self.n_clusters}"
        if self.n_failed:
            n_resamples = self.replicates.size + self.n_failed
            text += f", {self.n_failed} of {n_resamples} resamples failed"
        return text


def bootstrap_interval(
    statistic: Callable[..., float],
    *arrays: ArrayLike,
    groups: ArrayLike | None = None,
    level: float = 0.95,
    n_resamples: int = 1000,
    method: str = "percentile",
    max_failed: int = 0,
    min_clusters: int = 10,
    random_state: RandomState = None,
) -> Interval:
    """Put an interval on any statistic by resampling rows, or whole clusters of rows.

    Parameters
    ----------
    statistic : callable
        Takes the resampled `arrays` and returns one number.
    *arrays : array_like, each of shape (n_rows, ...)
        Resampled together, row by row.
    groups : array_like, shape (n_rows,), optional
        The cluster of each row, such as its earthquake; clusters are drawn whole, with
        replacement. Without it every row is taken as independent.
    level : float
        Level of the interval, between 0 and 1.
    n_resamples : int
        Number of resamples, enough for at least one beyond each bound (40 for 0.95).
    method : {"percentile", "basic"}
        Quantiles of the replicates, or their mirror image about the estimate.
    max_failed : int
        How many resamples may fail; they are left out and counted in the result. A
        statistic fails where it raises, warns, or returns no finite number: a resample
        without a rare class does that to many scores.
    min_clusters : int
        Fewest clusters that are accepted.
    random_state : int, numpy.random.Generator or None
        Seed; the same seed gives the same interval.

    Returns
    -------
    Interval

    Raises
    ------
    ValueError
        If lengths differ, there are too few clusters, or too many resamples fail.

    Notes
    -----
    With few clusters the interval is too short. For the mean of k normal clusters, the
    95 % percentile interval covered the truth in 83 % of 4,000 trials with k = 5, in
    89 % with 10, 92 % with 20, 93 % with 30 and 94 % with 130. On inference with few
    clusters see ``cameron2015practitioner``.

    Examples
    --------
    >>> error = [0.1, 0.3, 0.2, 0.4, 0.2, 0.3, 0.1, 0.5, 0.2, 0.3, 0.4, 0.2]
    >>> bootstrap_interval(np.mean, error, random_state=0)
    0.27 (0.20-0.33), 95 % interval, n = 12
    """
    data = _as_arrays(arrays)
    codes, names = np.arange(len(data[0])), np.arange(len(data[0]))
    if groups is not None:
        check_same_rows(**{"arrays[0]": arrays[0], "groups": groups})
        codes, names = check_codes("groups", groups)
    check_request(level, n_resamples, names.size, min_clusters)
    check_choice("method", method, ("percentile", "basic"))
    estimate = value_of("statistic", statistic, data)
    draw = _drawer(codes, names.size, check_seed("random_state", random_state))
    values, failures = _replicate(statistic, data, draw, n_resamples)
    if len(failures) > check_count("max_failed", max_failed, least=0):
        raise ValueError(
            f"statistic failed on {len(failures)} of {n_resamples} resamples, first "
            f"with {failures[0]!r}: take one that copes with a missing class, or allow "
            "so many failures with max_failed and report their number"
        )
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    if method == "basic":
        low, high = 2 * estimate - high, 2 * estimate - low
    return Interval(
        estimate, float(low), float(high), level, names.size, values, len(failures)
    )


def _as_arrays(arrays: tuple[ArrayLike, ...]) -> list[np.ndarray]:
    """Return the arrays, all with the same number of rows."""
    if not arrays:
        raise ValueError("arrays: give at least one array to resample")
    named = {f"arrays[{k}]": array for k, array in enumerate(arrays)}
    for name, array in named.items():
        if np.ma.is_masked(array):
            raise wrong(name, "without a mask", f"{np.ma.count_masked(array)} masked")
        if np.iscomplexobj(array):
            raise wrong(name, "real numbers or labels", "complex numbers")
        if not np.size(array) or not np.ndim(array):
            raise wrong(name, "at least one row", f"shape {np.shape(array)}")
    check_same_rows(**named)
    return [np.asarray(array) for array in arrays]


def check_request(
    level: float, n_resamples: int, n_clusters: int, min_clusters: int
) -> None:
    check_number("level", level, above=0, below=1)
    needed = int(np.ceil(round(2 / (1 - level), 6)))
    check_count("n_resamples", n_resamples, least=needed)
    check_room("n_resamples", n_resamples, n_resamples)
    if n_clusters < check_count("min_clusters", min_clusters, least=2):
        raise ValueError(
            f"groups has {n_clusters} clusters, but at least {min_clusters} are "
            "needed: an interval from fewer is much too short. Show the clusters one "
            "by one, or lower min_clusters and say so"
        )


def value_of(name: str, statistic: Callable[..., float], data: list[Any]) -> float:
    """Return what a function makes of copies of the arrays: one finite number."""
    check_function(name, statistic)
    try:
        value = np.asarray(statistic(*(array.copy() for array in data)))
    except TypeError as error:
        raise wrong(name, "a function of the arrays", error) from None
    if value.dtype.kind not in "biuf":
        raise wrong(name, "a function that returns a number", value)
    if value.size != 1:
        raise ValueError(f"{name} must return one number, got shape {value.shape}")
    if not np.isfinite(value.item()):
        raise ValueError(
            f"{name} is {value.item()} on the whole sample: are there NaN in arrays?"
        )
    return float(value.item())


def _drawer(
    codes: np.ndarray, n_clusters: int, rng: np.random.Generator
) -> Callable[[], np.ndarray]:
    """Return a function that draws the rows of as many clusters as there are."""
    order = np.argsort(codes, kind="stable")
    rows_of = np.split(order, np.cumsum(np.bincount(codes))[:-1])

    def draw() -> np.ndarray:
        drawn = rng.integers(n_clusters, size=n_clusters)
        if n_clusters == codes.size:
            return order[drawn]
        return np.concatenate([rows_of[cluster] for cluster in drawn])

    return draw


def _replicate(
    statistic: Callable[..., float],
    data: list[np.ndarray],
    draw: Callable[[], np.ndarray],
    n_resamples: int,
) -> tuple[np.ndarray, list[str]]:
    """Return the finite values of the statistic, and why it failed elsewhere."""
    values, failures = [], []
    with warnings_as_errors():
        for _ in range(n_resamples):
            rows = draw()
            try:
                value = float(statistic(*(array[rows] for array in data)))
            except EXPECTED_FAILURES as failure:
                failures.append(str(failure))
                continue
            if np.isfinite(value):
                values.append(value)
            else:
                failures.append(f"returned {value}")
    return np.array(values), failures


def proportion_interval(
    successes: int, n: int, level: float = 0.95, method: str = "clopper-pearson"
) -> Interval:
    """Put a two-sided interval on a proportion of independent trials.

    Parameters
    ----------
    successes, n : int
        Successes among `n` trials.
    level : float
        Level of the interval, between 0 and 1.
    method : {"clopper-pearson", "wilson"}
        Clopper-Pearson never covers less often than `level`. Wilson's is shorter, and
        covers about as often as `level` on average (``brown2001interval``).

    Returns
    -------
    Interval

    Raises
    ------
    ValueError
        If `successes` is not between 0 and `n`.

    Examples
    --------
    Sixteen of sixteen right is less than it seems:

    >>> proportion_interval(16, 16)
    1.00 (0.79-1.00), 95 % interval, n = 16
    >>> proportion_interval(16, 16, method="wilson")
    1.00 (0.81-1.00), 95 % interval, n = 16
    """
    check_count("n", n, least=1)
    check_count("successes", successes, least=0, most=n)
    check_choice("method", method, ("clopper-pearson", "wilson"))
    check_number("level", level, above=0, below=1)
    bounds = binomtest(int(successes), int(n)).proportion_ci(
        level, method="exact" if method == "clopper-pearson" else "wilson"
    )
    return Interval(successes / n, float(bounds.low), float(bounds.high), level, n)
