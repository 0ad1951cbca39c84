"""Scores that scikit-learn does not have, under the names that the field uses.

Accuracy, balanced accuracy, F1, the Matthews correlation coefficient, the confusion
matrix, ROC AUC and the Brier score come from `sklearn.metrics`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .._arguments import (
    check_choice,
    check_codes,
    check_count,
    check_room,
    check_same_rows,
    check_truth,
    check_vector,
    shown,
    wrong,
)


def binned_mean(
    x: ArrayLike,
    y: ArrayLike,
    *,
    groups: ArrayLike | None = None,
    bins: int | ArrayLike = 10,
) -> pd.DataFrame:
    """Average y in bins of x, with standard errors that respect groups.

    Parameters
    ----------
    x, y : array_like, shape (n_rows,)
        What is binned and what is averaged, such as distances and residuals.
    groups : array_like, shape (n_rows,), optional
        What rows share, such as the earthquake: rows of one group may then depend on
        one another. Without it all rows are taken as independent.
    bins : int or array_like, shape (n_bins + 1,)
        Number of bins of equal width, or their growing edges; the last edge belongs to
        its bin, the others to the bin above.

    Returns
    -------
    DataFrame, one row for each bin that holds a value
        ``bin_low``, ``bin_high``, ``n_rows``, ``mean`` and ``standard_error``, the last
        NaN with a single group. Rows outside the edges are in no bin.

    Raises
    ------
    ValueError
        If a value is missing, rows do not match, or `bins` is no binning.

    Examples
    --------
    >>> means = binned_mean([0.0, 1.0, 5.0], [1.0, 3.0, 9.0], bins=[0, 1, 2])
    >>> means[["n_rows", "mean", "standard_error"]].values.tolist()
    [[1.0, 1.0, nan], [1.0, 3.0, nan]]
    """
    check_same_rows(x=x, y=y, groups=groups)
    x, y = check_vector("x", x), check_vector("y", y)
    codes = np.arange(x.size) if groups is None else check_codes("groups", groups)[0]
    edges = _edges(bins, x)
    place = np.searchsorted(edges, x, side="right") - 1
    place[x == edges[-1]] = len(edges) - 2
    table = []
    for k in np.unique(place[(x >= edges[0]) & (x <= edges[-1])]):
        own = place == k
        mean, error = y[own].mean(), _standard_error(y[own], codes[own])
        table.append((edges[k], edges[k + 1], own.sum(), mean, error))
    names = ["bin_low", "bin_high", "n_rows", "mean", "standard_error"]
    return pd.DataFrame(table, columns=names)


def _edges(bins: int | ArrayLike, x: np.ndarray) -> np.ndarray:
    """Return the growing edges of bins."""
    if np.ndim(bins) == 0:
        check_room("bins", bins, check_count("bins", bins))
        return np.linspace(x.min(), x.max(), bins + 1)
    edges = check_vector("bins", bins)
    if edges.size < 2 or (np.diff(edges) <= 0).any():
        raise wrong("bins", "at least two growing edges", shown(edges.tolist()))
    return edges


def _standard_error(y: np.ndarray, codes: np.ndarray) -> float:
    """Return the standard error of a mean whose terms are independent by group."""
    _, group = np.unique(codes, return_inverse=True)
    sums = np.bincount(group, y - y.mean())
    if sums.size < 2:
        return np.nan
    return float(np.sqrt(sums.size / (sums.size - 1) * (sums**2).sum()) / y.size)


def reliability_table(
    y_true: ArrayLike,
    probability: ArrayLike,
    *,
    n_bins: int = 10,
    strategy: str = "uniform",
) -> pd.DataFrame:
    """Compare promised probabilities with what happened, bin by bin.

    Parameters
    ----------
    y_true : array_like of 0 and 1 (or bool), shape (n_rows,)
        Whether the event happened.
    probability : array_like, shape (n_rows,)
        The probability that was promised for it, from 0 to 1.
    n_bins : int
        Number of bins.
    strategy : {"uniform", "quantile"}
        Bins of equal width, or with about equal numbers of rows.

    Returns
    -------
    DataFrame, n_bins rows
        ``bin_low``, ``bin_high``, ``n_rows``, ``mean_probability`` and
        ``observed_frequency``, the last two NaN in an empty bin. Bins hold their upper
        edge, as in scikit-learn's ``calibration_curve``, which drops empty bins and the
        counts.

    Raises
    ------
    ValueError
        If `y_true` is not 0 and 1, or `probability` leaves the range from 0 to 1.

    Examples
    --------
    >>> table = reliability_table([0, 0, 1, 1], [0.1, 0.4, 0.6, 0.9], n_bins=2)
    >>> table["observed_frequency"].tolist()
    [0.0, 1.0]
    """
    check_same_rows(y_true=y_true, probability=probability)
    y_true = check_truth("y_true", y_true)
    probability = check_vector("probability", probability, least=0, most=1)
    check_room("n_bins", n_bins, check_count("n_bins", n_bins))
    check_choice("strategy", strategy, ("uniform", "quantile"))
    edges = np.linspace(0, 1, n_bins + 1)
    if strategy == "quantile":
        edges = np.quantile(probability, edges)
    in_bin = np.searchsorted(edges[1:-1], probability)
    count = np.bincount(in_bin, minlength=n_bins)
    per_row = 1 / np.where(count > 0, count, np.nan)
    promised = np.bincount(in_bin, weights=probability, minlength=n_bins) * per_row
    happened = np.bincount(in_bin, weights=y_true, minlength=n_bins) * per_row
    return pd.DataFrame(
        {
            "bin_low": edges[:-1],
            "bin_high": edges[1:],
            "n_rows": count,
            "mean_probability": promised,
            "observed_frequency": happened,
        }
    )


def expected_calibration_error(
    y_true: ArrayLike,
    probability: ArrayLike,
    *,
    n_bins: int = 10,
    strategy: str = "uniform",
) -> float:
    """Average the gap between promised and observed frequency over the rows.

    For several classes, score how far the winning class can be trusted: `y_true` is
    whether it was right, `probability` its probability (``guo2017calibration``).

    Parameters
    ----------
    y_true, probability, n_bins, strategy
        As in `reliability_table`.

    Returns
    -------
    float
        From 0, perfectly calibrated in these bins, to 1.

    Notes
    -----
    The value depends on the bins, and with few rows it is above 0 even for a perfectly
    calibrated model, because no bin meets its promise exactly. Compare models on the
    same rows and bins.

    Examples
    --------
    >>> y_true, probability = [0, 1, 1, 1], [0.7, 0.7, 0.7, 0.7]
    >>> round(expected_calibration_error(y_true, probability), 3)
    0.05
    """
    table = reliability_table(y_true, probability, n_bins=n_bins, strategy=strategy)
    gap = (table["mean_probability"] - table["observed_frequency"]).abs()
    return float((table["n_rows"] * gap).sum() / table["n_rows"].sum())
