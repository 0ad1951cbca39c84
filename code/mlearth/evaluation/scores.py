"""Scores that scikit-learn does not have, under the names that the field uses.

Accuracy, balanced accuracy, F1, the Matthews correlation coefficient, the confusion
matrix, ROC AUC and the Brier score come from `sklearn.metrics`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from ._checks import as_codes, as_numbers, check_choice, check_whole


@dataclass(frozen=True, repr=False)
class ResidualSummary:
    """Bias and scatter of residuals, observed minus predicted, in the target's unit.

    Attributes
    ----------
    bias : float
        Mean residual over all rows; positive when the model predicts too little.
    rmse : float
        Root-mean-square residual.
    tau_squared : float
        Estimated variance between groups. By chance it can be negative, when groups
        differ less than their rows alone would make them; it is kept as it is.
    phi : float
        Standard deviation within groups.
    n_rows, n_groups : int
        Numbers of rows and of groups.
    """

    bias: float
    rmse: float
    tau_squared: float
    phi: float
    n_rows: int
    n_groups: int

    @property
    def tau(self) -> float:
        """Standard deviation between groups; 0 when `tau_squared` is negative."""
        return float(np.sqrt(max(self.tau_squared, 0.0)))

    @property
    def sigma(self) -> float:
        """Total standard deviation, the root of tau squared plus phi squared."""
        return float(np.hypot(self.tau, self.phi))

    def __repr__(self) -> str:
        below = f" (tau^2 was {self.tau_squared:.3g})" if self.tau_squared < 0 else ""
        return (
            f"bias {self.bias:.3f}, RMSE {self.rmse:.3f}, between groups "
            f"tau {self.tau:.3f}{below}, within groups phi {self.phi:.3f} "
            f"({self.n_rows} rows, {self.n_groups} groups)"
        )


def residual_summary(
    y_true: ArrayLike, y_pred: ArrayLike, groups: ArrayLike
) -> ResidualSummary:
    """Split the scatter of residuals into between-event tau and within-event phi.

    Parameters
    ----------
    y_true, y_pred : array_like, shape (n_rows,)
        Observed and predicted values, in the same unit (for ground motion usually a
        logarithm: say which).
    groups : array_like, shape (n_rows,)
        The earthquake of each row; or the station, and tau is then between stations.

    Returns
    -------
    ResidualSummary

    Raises
    ------
    ValueError
        With fewer than two groups, or with one row in every group: then nothing tells
        the scatter between groups from that within them.

    Notes
    -----
    The residual of row j of group i is modelled as r_ij = c + eta_i + eps_ij, with
    independent eta_i of variance tau^2 and eps_ij of variance phi^2; the symbols are
    those of Al Atik and others (2010). With n_i rows in each of k groups and N rows in
    all, take the sums of squares within and between the groups,

        S_W = sum_ij (r_ij - mean_i)^2        S_B = sum_i n_i (mean_i - mean)^2.

    The constant c drops out of both. A group's own mean uses up one of its rows, so
    E[S_W] = (N - k) phi^2. For the other, write S_B = sum_i n_i mean_i^2 - N mean^2. As
    mean_i has variance tau^2 + phi^2 / n_i and the overall mean has variance
    tau^2 sum_i n_i^2 / N^2 + phi^2 / N,

        E[S_B] = (N - sum_i n_i^2 / N) tau^2 + (k - 1) phi^2.

    Solving both for the variances gives the estimates (the analysis-of-variance, or
    moment, estimates for unbalanced groups; Searle, Casella and McCulloch, 1992). They
    need no normal distribution. Use them on test rows: on the rows that a flexible
    model was fitted to, its event terms are already gone from the residuals.

    Examples
    --------
    >>> residual_summary([1.0, 1.2, 3.0, 3.2], [0, 0, 2, 2], ["a", "a", "b", "b"])
    bias 1.100, RMSE 1.105, between groups tau 0.000 (tau^2 was -0.01), within groups
    phi 0.141 (4 rows, 2 groups)
    """
    y_true = as_numbers("y_true", y_true)
    residual = y_true - as_numbers("y_pred", y_pred, y_true.size)
    codes, names = as_codes("groups", groups, y_true.size)
    tau_squared, phi = _variance_components(residual, codes, names.size)
    return ResidualSummary(
        bias=float(residual.mean()),
        rmse=float(np.sqrt(np.mean(residual**2))),
        tau_squared=tau_squared,
        phi=phi,
        n_rows=residual.size,
        n_groups=names.size,
    )


def _variance_components(
    residual: np.ndarray, codes: np.ndarray, n_groups: int
) -> tuple[float, float]:
    """Estimate tau^2 and phi by moments; see the notes of `residual_summary`."""
    n_rows = residual.size
    if not 2 <= n_groups < n_rows:
        raise ValueError(
            f"groups has {n_groups} distinct labels in {n_rows} rows: at least two "
            "groups are needed, and one of them with at least two rows"
        )
    count = np.bincount(codes)
    mean = np.bincount(codes, weights=residual) / count
    within = np.sum((residual - mean[codes]) ** 2)
    between = np.sum(count * (mean - residual.mean()) ** 2)
    phi_squared = within / (n_rows - n_groups)
    spread_of_sizes = n_rows - np.sum(count**2) / n_rows
    tau_squared = (between - (n_groups - 1) * phi_squared) / spread_of_sizes
    return float(tau_squared), float(np.sqrt(phi_squared))


def skill_score(loss: ArrayLike, baseline_loss: ArrayLike) -> float:
    """Tell which share of the baseline's loss a model removes.

    Parameters
    ----------
    loss, baseline_loss : float or array_like, shape (n_rows,)
        Mean losses, or the losses row by row, of which the means are taken. Smaller is
        better, and 0 is perfect: squared errors, absolute errors, Brier scores.

    Returns
    -------
    float
        1 for a perfect model, 0 for one as good as the baseline, negative for worse.

    Raises
    ------
    ValueError
        If the baseline is perfect (mean loss 0), or a loss is negative.

    Examples
    --------
    >>> skill_score(0.3, baseline_loss=0.6)
    0.5
    """
    losses = as_numbers("loss", np.atleast_1d(loss))
    baseline = as_numbers("baseline_loss", np.atleast_1d(baseline_loss), losses.size)
    for name, values in (("loss", losses), ("baseline_loss", baseline)):
        if values.min() < 0:
            raise ValueError(f"{name} must not be negative, got {values.min():g}")
    if baseline.mean() == 0:
        raise ValueError("baseline_loss is 0: no model can be better than perfect")
    return float(1 - losses.mean() / baseline.mean())


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
    y_true, probability = _binary_pair(y_true, probability)
    check_whole("n_bins", n_bins, least=1)
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


def _binary_pair(
    y_true: ArrayLike, probability: ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    y_true = as_numbers("y_true", y_true)
    probability = as_numbers("probability", probability, y_true.size)
    if not np.isin(y_true, (0, 1)).all():
        raise ValueError(
            "y_true must hold only 0 and 1 (whether the event happened), got "
            f"{np.unique(y_true)[:5]}"
        )
    if probability.min() < 0 or probability.max() > 1:
        raise ValueError(
            f"probability must lie between 0 and 1, got {probability.min():g} to "
            f"{probability.max():g}"
        )
    return y_true, probability
