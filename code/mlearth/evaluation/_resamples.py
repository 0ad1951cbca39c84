"""Scores of predictions on resamples of whole units, in one sweep where possible.

A resample is a row of counts: how often each unit was drawn. A score that is made of
sums over rows needs no more than the sums of each unit, so a thousand resamples are
one product of matrices. Any other score is asked again for each resample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from ._failures import EXPECTED_FAILURES, warnings_as_errors
from .uncertainty import value_of

AT_ONCE = 2**22
"""Numbers that one batch of resamples may hold."""

Measure = Callable[[np.ndarray], np.ndarray]
"""Takes counts, shape (n_resamples, n_units), and returns a score for each resample."""


def root_mean_square(y: np.ndarray, prediction: np.ndarray) -> float:
    """Return the root-mean-square error, the score unless another is wanted."""
    return float(np.sqrt(np.mean((y - prediction) ** 2)))


def measure(
    score: Callable[..., float], y: np.ndarray, prediction: np.ndarray, codes
) -> tuple[float, Measure]:
    """Return the score of all rows, and what scores resamples of the units."""
    whole = value_of("score", score, [y, prediction])
    form = FORMS.get(getattr(score, "__name__", ""))
    if form is not None:
        fast = form(y, prediction, codes)
        if np.isclose(fast(np.ones((1, codes.max() + 1)))[0], whole, 1e-9, 1e-12):
            return whole, fast
    return whole, lambda counts: looped(score, y, prediction, counts[:, codes])


def looped(
    score: Callable[..., float], y: np.ndarray, prediction: np.ndarray, often
) -> np.ndarray:
    """Score each resample by itself; NaN where the score fails."""
    rows = np.arange(y.size)
    values = np.full(len(often), np.nan)
    with warnings_as_errors():
        for k, times in enumerate(often):
            drawn = np.repeat(rows, times)
            try:
                values[k] = float(score(y[drawn], prediction[drawn]))
            except EXPECTED_FAILURES:
                continue
    return values


def draw_counts(
    n_units: int, n_rows: int, n_resamples: int, rng: np.random.Generator
) -> Iterator[np.ndarray]:
    """Draw as many units as there are, with replacement; yield batches of counts."""
    batch = max(1, AT_ONCE // max(n_units, n_rows))
    for start in range(0, n_resamples, batch):
        size = min(batch, n_resamples - start)
        drawn = rng.integers(n_units, size=(size, n_units))
        drawn += n_units * np.arange(size)[:, None]
        counts = np.bincount(drawn.ravel(), minlength=size * n_units)
        yield counts.reshape(size, n_units)


def _summed(terms: list[np.ndarray], codes: np.ndarray, finish: Callable) -> Measure:
    """Measure a score that is made of sums over rows."""
    sums = np.transpose([np.bincount(codes, term) for term in terms])

    def fast(counts: np.ndarray) -> np.ndarray:
        with np.errstate(invalid="ignore", divide="ignore"):
            return finish((counts @ sums).T)

    return fast


def _mean_of(loss: Callable, finish: Callable = lambda mean: mean) -> Callable:
    """Make a form of a score that is a function of the mean of row losses."""

    def form(y: np.ndarray, prediction: np.ndarray, codes: np.ndarray) -> Measure:
        terms = [loss(y, prediction), np.ones(y.size)]
        return _summed(terms, codes, lambda sums: finish(sums[0] / sums[1]))

    return form


def _squares(y: np.ndarray, prediction: np.ndarray) -> np.ndarray:
    return (y - prediction) ** 2


def _is_last(y: np.ndarray) -> np.ndarray:
    """Tell where y is the last of its classes, whose probability is predicted."""
    return y == np.unique(y)[-1]


def _brier(y: np.ndarray, prediction: np.ndarray) -> np.ndarray:
    return (_is_last(y) - prediction) ** 2


def _log(y: np.ndarray, prediction: np.ndarray) -> np.ndarray:
    least = np.finfo(float).eps
    chance = np.where(_is_last(y), prediction, 1 - prediction)
    return -np.log(np.clip(chance, least, 1 - least))


def _balanced(y: np.ndarray, prediction: np.ndarray, codes: np.ndarray) -> Measure:
    """Measure the mean recall of the classes; NaN where one is not drawn."""
    classes = np.unique(y)
    own = [y == kind for kind in classes]
    terms = [*(of & (y == prediction) for of in own), *own]
    return _summed(
        terms, codes, lambda s: (s[: classes.size] / s[classes.size :]).mean(axis=0)
    )


def _area(y: np.ndarray, prediction: np.ndarray, codes: np.ndarray) -> Measure:
    """Measure the area under the ROC curve: pairs in order, ties by half."""
    order = np.argsort(prediction, kind="stable")
    first = np.flatnonzero(np.r_[True, np.diff(prediction[order]) != 0])
    owner, positive = codes[order], _is_last(y)[order]

    def fast(counts: np.ndarray) -> np.ndarray:
        drawn = counts[:, owner]
        above = np.add.reduceat(drawn * positive, first, axis=1)
        below = np.add.reduceat(drawn * ~positive, first, axis=1)
        won = (above * (below.cumsum(axis=1) - below / 2)).sum(axis=1)
        with np.errstate(invalid="ignore"):
            return won / (above.sum(axis=1) * below.sum(axis=1))

    return fast


_ROOT = _mean_of(_squares, np.sqrt)
FORMS = {
    "root_mean_square": _ROOT,
    "rmse": _ROOT,
    "root_mean_squared_error": _ROOT,
    "mean_squared_error": _mean_of(_squares),
    "mean_absolute_error": _mean_of(lambda y, prediction: np.abs(y - prediction)),
    "accuracy_score": _mean_of(lambda y, prediction: y == prediction),
    "balanced_accuracy_score": _balanced,
    "brier_score_loss": _mean_of(_brier),
    "log_loss": _mean_of(_log),
    "roc_auc_score": _area,
}
"""By the name of a score; used only where it agrees with the score on all rows."""
