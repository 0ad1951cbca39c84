"""Scores of a submission: one number a catalogue, and an interval over catalogues."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import kstest

from ..._arguments import check_choice, wrong
from ...evaluation import bootstrap_interval
from ..kit import KitData, Score
from .answers import MAIN

__all__ = ["evaluate", "per_catalogue", "poisson_p"]

LEVEL = 0.05

OF = {
    "mcc": "Matthews' correlation of called and true triggered events",
    "link_accuracy": "right links, as a share of all that are true or given",
    "background_error": "error of the number of background events, as a share of it",
    "poisson": f"share whose background a Poisson process does not refuse at {LEVEL}",
    "brier": "mean squared error of the probabilities",
}
LOW_IS_BEST = ("background_error", "brier")


def evaluate(predictions: dict[str, pd.DataFrame], data: KitData) -> dict[str, Score]:
    """Score predictions, each score a mean over catalogues.

    Parameters
    ----------
    predictions : dict of str to pandas.DataFrame
        ``events``, as :data:`TABLES` has it.
    data : KitData
        The split that they answer, with its truth.

    Returns
    -------
    dict of str to Score
        ``mcc`` first, then ``link_accuracy``, ``background_error``, ``poisson`` and
        ``brier``. Intervals resample whole catalogues.

    Raises
    ------
    ValueError
        If the rows are not those of the data.
    """
    scores = {}
    for name, values in per_catalogue(predictions, data).items():
        interval = bootstrap_interval(np.mean, values, random_state=0)
        of = f"{OF[name]}; mean over catalogues, which are resampled"
        scores[name] = Score(interval, of, "low" if name in LOW_IS_BEST else "high")
    return scores


def per_catalogue(
    predictions: dict[str, pd.DataFrame], data: KitData
) -> dict[str, np.ndarray]:
    """Return the scores of each catalogue.

    Parameters
    ----------
    predictions, data
        As for :func:`evaluate`.

    Returns
    -------
    dict of str to ndarray, shape (n_catalogues,)

    Raises
    ------
    ValueError
        If the rows are not those of the data.
    """
    check_choice("predictions", next(iter(predictions), ""), ("events",))
    given, truth = predictions["events"], data.truth["events"]
    keys = ["catalogue", "event"]
    if not np.array_equal(given[keys].to_numpy(), truth[keys].to_numpy()):
        raise wrong("predictions", "of the rows of the data, in their order", "others")
    table = truth.assign(
        p=given["p_triggered"].to_numpy(),
        link=given["parent"].to_numpy(),
        time_days=data.inputs["events"]["time_days"].to_numpy(),
    )
    duration = data.inputs["catalogues"].set_index("catalogue")["duration_days"]
    each = [scores_of(t, duration.loc[n]) for n, t in table.groupby("catalogue")]
    return {name: np.array([one[name] for one in each]) for name in (MAIN, *others())}


def others() -> list[str]:
    """Return the names of the scores beside the main one."""
    return [name for name in OF if name != MAIN]


def scores_of(table: pd.DataFrame, duration_days: float) -> dict[str, float]:
    """Return all scores of one catalogue."""
    p, true = table["p"].to_numpy(), table["triggered"].to_numpy() == 1
    link, parent = table["link"].to_numpy(), table["parent"].to_numpy()
    at_issue = (link >= 0) | (parent >= 0)
    n_background = max(int(np.sum(~true)), 1)
    kept = table["time_days"].to_numpy()[p <= 0.5]
    return {
        "mcc": correlation(true, p > 0.5),
        "link_accuracy": np.sum((link == parent) & at_issue) / max(at_issue.sum(), 1),
        "background_error": abs(float(np.sum(1 - p)) / n_background - 1),
        "poisson": float(poisson_p(kept, duration_days) >= LEVEL),
        "brier": float(np.mean((p - true) ** 2)),
    }


def correlation(true: np.ndarray, called: np.ndarray) -> float:
    """Return Matthews' correlation of two arrays of bool; 0 where one is constant."""
    spread = float(np.std(true) * np.std(called))
    joint = float(np.mean(true & called) - np.mean(true) * np.mean(called))
    return round(joint / spread, 12) if spread > 0 else 0.0  # a right answer has 1


def poisson_p(time_days: np.ndarray, duration_days: float) -> float:
    """Return how well times agree with a Poisson process of a steady rate.

    Two Kolmogorov-Smirnov tests, of times against an even spread and of the gaps
    between them against an exponential law; twice the smaller probability.

    Parameters
    ----------
    time_days : ndarray, shape (n,)
        Times in ascending order [day].
    duration_days : float
        Length of the catalogue [day].

    Returns
    -------
    float
        Probability, at most 1; 0 if fewer than two events are left.

    Examples
    --------
    >>> even = np.sort(np.random.default_rng(0).uniform(0, 100, 200))
    >>> poisson_p(even, 100.0) > 0.05, poisson_p(np.repeat(even[:20], 10), 100.0) > 0.05
    (True, False)
    """
    n = len(time_days)
    if n < 2:
        return 0.0
    gaps = np.diff(time_days) * n / duration_days
    spread = kstest(time_days / duration_days, "uniform").pvalue
    return float(min(1.0, 2 * min(spread, kstest(gaps, "expon").pvalue)))
