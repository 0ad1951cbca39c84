"""What a comparison of models found: scores, intervals of differences, and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from .._arguments import check_choice
from .fold_intervals import corrected_interval
from .uncertainty import Interval


@dataclass(frozen=True, eq=False, repr=False)
class ModelComparison:
    """Scores of several models on the same folds, in words; see `compare_models`.

    Attributes
    ----------
    question : str
        The question that the folds ask.
    reference : str
        The model that the others are compared with.
    scores : dict of str to float
        Score of each model on all tested rows, its mean over the fold seeds.
    by_seed : dict of str to ndarray, shape (n_seeds,)
        The score under each seed.
    by_resample : dict of str to ndarray, shape (n_resamples - n_failed,)
        The score on resamples of whole units, the same for all models.
    by_fold : dict of str to ndarray, shape (n_seeds * n_folds,)
        The score on the test rows of each fold.
    test_share : float
        Test rows for each training row of a fold.
    level : float
        Level of the intervals.
    n_units, n_failed : int
        Units that were resampled, and resamples on which the score failed.
    """

    question: str
    reference: str
    scores: Mapping[str, float]
    by_seed: Mapping[str, np.ndarray]
    by_resample: Mapping[str, np.ndarray]
    by_fold: Mapping[str, np.ndarray]
    test_share: float
    level: float
    n_units: int
    n_failed: int = 0

    @property
    def differences(self) -> dict[str, Interval]:
        """Score minus that of the reference, for these data and folds."""
        return {name: self._resampled(name, np.subtract) for name in self._others}

    @property
    def relative(self) -> dict[str, Interval]:
        """Score divided by that of the reference, minus 1: 0.05 is 5 % larger."""
        if min(self.by_resample[self.reference].min(), self._reference_score) <= 0:
            raise ValueError(
                f"relative has no meaning: the score of {self.reference!r} is not "
                "above 0 on every resample"
            )
        return {
            name: self._resampled(name, lambda own, other: own / other - 1)
            for name in self._others
        }

    @property
    def procedure(self) -> dict[str, Interval]:
        """Score minus that of the reference, about the procedure, on average."""
        return {name: self._corrected(name) for name in self._others}

    def shown(self, name: str) -> bool:
        """Tell whether both intervals of a model exclude 0.

        Parameters
        ----------
        name : str
            One of the models, but not the reference.

        Returns
        -------
        bool
        """
        check_choice("name", name, self._others)
        return 0 not in self.differences[name] and 0 not in self.procedure[name]

    def against(self, reference: str) -> ModelComparison:
        """Return the same comparison with another model as the reference.

        Parameters
        ----------
        reference : str
            One of the models.

        Returns
        -------
        ModelComparison
        """
        check_choice("reference", reference, self.scores)
        return replace(self, reference=reference)

    @property
    def _others(self) -> list[str]:
        return [name for name in self.scores if name != self.reference]

    @property
    def _reference_score(self) -> float:
        return self.scores[self.reference]

    def _resampled(self, name: str, contrast: Callable) -> Interval:
        """Return the percentile interval of what two scores make together."""
        values = contrast(self.by_resample[name], self.by_resample[self.reference])
        ends = [(1 - self.level) / 2, (1 + self.level) / 2]
        low, high = np.quantile(values, ends).tolist()
        estimate = float(contrast(self.scores[name], self._reference_score))
        known = {"replicates": values, "n_failed": self.n_failed}
        return Interval(estimate, low, high, self.level, self.n_units, **known)

    def _corrected(self, name: str) -> Interval:
        """Return the interval of the corrected t over folds and seeds."""
        scores = self.by_fold[name], self.by_fold[self.reference]
        return corrected_interval(*scores, self.test_share, self.level)

    def __repr__(self) -> str:
        name = self.reference
        heading = (
            f"{self.question}\n  {name} {self._reference_score:.3g}: the reference"
        )
        return "\n  ".join([heading, *map(self._sentence, self._others)])

    def _sentence(self, name: str) -> str:
        """Say in words how a model compares with the reference."""
        data, procedure = self.differences[name], self.procedure[name]
        word = "lower" if data.estimate < 0 else "higher"
        verdict = f"shown to be {word}" if self.shown(name) else "no difference shown"
        return (
            f"{name} {self.scores[name]:.3g}: {verdict}\n"
            f"    {data} for these data and folds, {data.n_clusters} units\n"
            f"    {procedure} about the procedure, {procedure.n_clusters} folds"
        )
