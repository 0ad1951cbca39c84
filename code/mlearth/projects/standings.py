"""Who stands where: teams by their best submission, compared in pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .entries import Entry
from .kit import Score

LEVEL = 0.95
A_CLASS = 3
"""From so many teams on, what happens to their median happens to all."""


@dataclass(frozen=True)
class Difference:
    """A difference of two scores on the same units, with its interval.

    Attributes
    ----------
    estimate, low, high : float
        Positive where the first is the better one; NaN if they cannot be paired.
    """

    estimate: float
    low: float = np.nan
    high: float = np.nan

    @property
    def is_shown(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def difference(first: Score, second: Score) -> Difference:
    """Return how much better the first is, resampled together with the second.

    Parameters
    ----------
    first, second : Score
        Of two submissions to the same data.

    Returns
    -------
    Difference
        Without an interval if their resamples are not the same.
    """
    one, two = first.interval, second.interval
    sign = 1 if first.best == "high" else -1
    estimate = sign * (one.estimate - two.estimate)
    paired = one.replicates.size == two.replicates.size > 0
    if not paired or one.n_failed or two.n_failed or one.n_clusters != two.n_clusters:
        return Difference(estimate)
    return Difference(estimate, *_bounds(sign * (one.replicates - two.replicates)))


def _bounds(values: np.ndarray) -> tuple[float, float]:
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


@dataclass(frozen=True, eq=False)
class Place:
    """A team on the board, by its best submission.

    Attributes
    ----------
    rank : int
        From 1 on.
    entry : Entry
        Its best one.
    progress : list of Entry
        All that were scored, in their order.
    n_looks : int
        How often the team has looked: as often as it handed in, or as it says.
    behind : Difference or None
        How much better the team above is; None for the first.
    """

    rank: int
    entry: Entry
    progress: list[Entry]
    n_looks: int
    behind: Difference | None = None


def rank(entries: list[Entry], split: str = "public") -> list[Place]:
    """Rank teams by the best of their submissions.

    Parameters
    ----------
    entries : list of Entry
        Of :func:`read_class`.
    split : {"public", "private"}
        Which of them count.

    Returns
    -------
    list of Place
        Best first; ties by name.
    """
    by_team = dict(_by_team(entries, split))
    best = {team: min(found, key=_worse) for team, found in by_team.items()}
    order = sorted(best, key=lambda team: (_worse(best[team]), team))
    places, above = [], None
    for place, team in enumerate(order, 1):
        behind = difference(above.main, best[team].main) if above else None
        looks = max(len(by_team[team]), *(one.card.n_looks for one in by_team[team]))
        places.append(Place(place, best[team], by_team[team], looks, behind))
        above = best[team]
    return places


def _by_team(entries: list[Entry], split: str) -> Iterator[tuple[str, list[Entry]]]:
    of_split = [one for one in entries if one.scores and one.card.split == split]
    for team in dict.fromkeys(one.team for one in of_split):
        yield team, [one for one in of_split if one.team == team]


def _worse(entry: Entry) -> float:
    score = entry.main
    return -score.interval.estimate * (1 if score.best == "high" else -1)


@dataclass(frozen=True, eq=False)
class Fall:
    """What became of a team's best public score on the private test.

    Attributes
    ----------
    place : Place
        Of the team on the private test, by the last submission that it handed in there.
    public : Entry or None
        Its best public one.
    change : Difference or None
        Private less public score, negative where it fell.
    beyond : Difference or None
        The same, less the median change of the class.
    class_fell : bool
        Whether the median of the class fell, by an interval below zero.
    """

    place: Place
    public: Entry | None = None
    change: Difference | None = None
    beyond: Difference | None = None
    class_fell: bool = False

    @property
    def is_over_fitted(self) -> bool:
        """Whether it fell by more than chance.

        Where the whole class fell, the private test is harder. Then only what goes
        beyond the median counts.
        """
        counts = self.beyond if self.class_fell else self.change
        return counts is not None and counts.high < 0


def falls(entries: list[Entry]) -> list[Fall]:
    """Compare each team's private score with its public one.

    Parameters
    ----------
    entries : list of Entry
        Of :func:`read_class`, with both splits.

    Returns
    -------
    list of Fall
        In the order of the private scores.
    """
    handed_in = [one for one in entries if one.scores and one.card.split == "private"]
    last = {one.team: one for one in handed_in}
    private = rank([*last.values()], "private")
    public = {place.entry.team: place.entry for place in rank(entries, "public")}
    changes = {
        team: _change(last[team].main, public[team].main)
        for team in last
        if team in public
    }
    shared = _medians([*changes.values()])
    return [
        _fall(place, public.get(place.entry.team), changes, shared) for place in private
    ]


def _fall(place: Place, public: Entry | None, changes: dict, shared: tuple) -> Fall:
    if public is None:
        return Fall(place)
    estimate, values = changes[place.entry.team]
    change, beyond = Difference(estimate), Difference(estimate - shared[0])
    if values.size:
        change = Difference(change.estimate, *_bounds(values))
    if values.size and shared[1].size:
        beyond = Difference(beyond.estimate, *_bounds(values - shared[1]))
    class_fell = shared[1].size > 1 and _bounds(shared[1])[1] < 0
    return Fall(place, public, change, beyond, class_fell)


def _change(private: Score, public: Score) -> tuple[float, np.ndarray]:
    """Return private less public, and its replicates: other units, so in another order.

    The same draws serve all teams, but public and private units have nothing to do with
    one another; so the replicates of one are turned by half a round.
    """
    sign = 1 if private.best == "high" else -1
    estimate = sign * (private.interval.estimate - public.interval.estimate)
    one, two = private.interval, public.interval
    if one.replicates.size != two.replicates.size or one.n_failed or two.n_failed:
        return estimate, np.empty(0)
    turned = np.roll(two.replicates, two.replicates.size // 2)
    return estimate, sign * (one.replicates - turned)


def _medians(changes: list[tuple[float, np.ndarray]]) -> tuple[float, np.ndarray]:
    """Return the median change of a class, and that of each resample."""
    if len(changes) < A_CLASS:
        return 0.0, np.zeros(1)
    estimate = float(np.median([one for one, _ in changes]))
    values = [values for _, values in changes]
    if len({one.size for one in values}) > 1:
        return estimate, np.empty(0)
    return estimate, np.median(values, axis=0)
