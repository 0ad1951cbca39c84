"""From picks and events to scores, each with an interval over recordings."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from ..._arguments import check_table, wrong
from ...evaluation import bootstrap_interval
from ...evaluation.picks_and_events import match_picks, score_events
from ..kit import Column, KitData, Predictions, Score, Table

__all__ = ["MAIN", "MISSED_KM", "TABLES", "TOLERANCE_S", "evaluate", "oracle"]

MAIN = "event_f1"
TOLERANCE_S = 0.5
"""A pick is right if a true onset of its phase is this near [s]."""
MISSED_KM = 20.0
"""What a missed event costs, and the most that a found one does [km]."""

RECORDING = Column("recording", low=0, high=10_000)
STATIONS = tuple(f"S{k:03d}" for k in range(8))
TABLES: dict[str, Table] = {
    "events": Table(
        (
            RECORDING,
            Column("event", low=0, high=100_000),
            Column("time_s", "s", -60.0, 240.0),
            Column("x_km", "km", -1000.0, 1000.0),
            Column("y_km", "km", -1000.0, 1000.0),
            Column("depth_km", "km", 0.0, 100.0),
        ),
        ("recording", "event"),
    ),
    "picks": Table(
        (
            RECORDING,
            Column("pick", low=0, high=1_000_000),
            Column("station", choices=STATIONS),
            Column("phase", choices=("P", "S")),
            Column("time_s", "s", 0.0, 180.0),
            Column("event", low=-1, high=100_000),
        ),
        ("recording", "pick"),
    ),
}


def oracle(data: KitData) -> Predictions:
    """Return the truth in the form of a submission.

    Parameters
    ----------
    data : KitData
        With its truth.

    Returns
    -------
    dict of pandas.DataFrame
        ``events`` and ``picks``.
    """
    return {
        name: data.truth[name][[column.name for column in table.columns]].copy()
        for name, table in TABLES.items()
    }


def evaluate(predictions: Predictions, data: KitData) -> dict[str, Score]:
    """Score a submission end to end.

    Parameters
    ----------
    predictions : dict of pandas.DataFrame
        ``events`` and ``picks``, see ``TABLES``.
    data : KitData
        With its truth.

    Returns
    -------
    dict of Score
        ``event_f1`` first. 95 % intervals by resampling whole recordings, always in
        the same order and from the same seed.

    Raises
    ------
    ValueError
        If a table lacks a column, or a pick names an event that is not in ``events``.
    """
    counts = recording_counts(predictions, data)
    home = (data.inputs["recordings"]["world"] == "natural").to_numpy()
    return {
        name: Score(interval(rule, counts[home == is_home]), of, best)
        for name, (rule, is_home, of, best) in SCORES.items()
    }


def interval(rule: Callable[[np.ndarray], float], counts: np.ndarray):
    """Resample recordings; few of them in a test of one's own are accepted."""
    few = max(min(10, len(counts)), 2)
    return bootstrap_interval(rule, counts, min_clusters=few, random_state=0)


def f1_of(first: int) -> Callable[[np.ndarray], float]:
    """Return F1 from the columns of true, found and matched ones, from `first` on."""

    def f1(counts: np.ndarray) -> float:
        true, found, matched = counts[:, first : first + 3].sum(axis=0)
        return 2 * matched / (true + found) if true + found else 0.0

    return f1


def purity(counts: np.ndarray) -> float:
    """Return the share of picks given to events that are their match's; 0 of none."""
    right, given = counts[:, 9:11].sum(axis=0)
    return right / given if given else 0.0


def epicentre_km(counts: np.ndarray) -> float:
    """Return the mean error of the true events' epicentres."""
    return counts[:, 11].sum() / max(counts[:, 0].sum(), 1)


EVENTS, P, S = 0, 3, 6
LAST = "; recordings resampled"
SCORES = {
    "event_f1": (f1_of(EVENTS), True, "F1 of earthquakes" + LAST, "high"),
    "event_f1_laboratory": (f1_of(EVENTS), False, "F1 of bursts" + LAST, "high"),
    "p_f1": (f1_of(P), True, "F1 of P within 0.5 s, network" + LAST, "high"),
    "s_f1": (f1_of(S), True, "F1 of S within 0.5 s, network" + LAST, "high"),
    "p_f1_laboratory": (f1_of(P), False, "F1 of P within 0.5 s" + LAST, "high"),
    "purity": (purity, True, "share of events' picks that are theirs" + LAST, "high"),
    "epicentre_km": (
        epicentre_km,
        True,
        "mean error of epicentres, 20 km at most and for a missed one" + LAST,
        "low",
    ),
}
"""Of each score its rule, whether it is of the network, what it is, its better end."""


def recording_counts(predictions: Predictions, data: KitData) -> np.ndarray:
    """Count what is true, found and matched in each recording: (n_recordings, 12)."""
    found = {name: checked_table(name, predictions) for name in TABLES}
    names = data.inputs["recordings"]["recording"]
    strange = {int(k) for t in found.values() for k in t["recording"]} - {*names}
    if strange:
        raise wrong("predictions", "of recordings of data", f"recording {min(strange)}")
    truth = {name: dict([*table.groupby("recording")])
             for name, table in data.truth.items()}  # fmt: skip
    found = {name: dict([*table.groupby("recording")]) for name, table in found.items()}
    empty = {name: data.truth[name].iloc[:0] for name in TABLES}
    return np.array(
        [
            counts_of(
                *(truth[name].get(k, empty[name]) for name in TABLES),
                *(found[name].get(k, empty[name]) for name in TABLES),
            )
            for k in names
        ]
    )


def checked_table(name: str, predictions: Predictions) -> pd.DataFrame:
    """Return a table whose columns are there and hold what they should."""
    columns = TABLES[name].columns
    numbers = tuple(c.name for c in columns if not c.choices)
    words = tuple(c.name for c in columns if c.choices)
    if name not in predictions:
        raise wrong("predictions", f"a mapping with a table {name!r}", [*predictions])
    return check_table(f"predictions[{name!r}]", predictions[name], numbers, words)


def counts_of(true_events, true_picks, found_events, found_picks) -> list[float]:
    """Count in one recording: events, P and S (true, found, matched), purity, error."""
    true_row = rows_of(true_picks["event"], true_events["event"])
    found_row = rows_of(found_picks["event"], found_events["event"])
    pairs = {phase: pairs_of(true_picks, found_picks, phase) for phase in "PS"}
    i, j = np.concatenate([*pairs.values()]).T
    alone = np.setdiff1d(np.arange(len(found_row)), j)
    claimed = np.full(len(true_row), -1)
    claimed[i] = found_row[j]
    owner = np.r_[true_row, np.full(len(alone), -1)]
    claim = np.r_[claimed, found_row[alone]]
    score = score_events(true_events, owner, found_events, claim)
    matched = score.error
    partner = dict(zip(matched["found"], matched["true"], strict=True))
    right = sum(partner.get(c, -2) == o for c, o in zip(claim, owner, strict=True))
    missed = score.n_true - score.n_matched
    km = matched["epicentre_km"].clip(upper=MISSED_KM).sum() + MISSED_KM * missed
    ends = [
        [(true_picks["phase"] == p).sum(), (found_picks["phase"] == p).sum(), len(pair)]
        for p, pair in pairs.items()
    ]
    return [score.n_true, score.n_found, score.n_matched, *ends[0], *ends[1],
            right, (claim >= 0).sum(), km]  # fmt: skip


def rows_of(event: pd.Series, names: pd.Series) -> np.ndarray:
    """Return the row of the event of each pick, -1 for none."""
    row = {int(name): k for k, name in enumerate(names)}
    strange = {int(e) for e in event} - {*row, -1}
    if strange:
        what = "picks of events that are in the table of events, or -1"
        raise wrong("predictions", what, f"event {min(strange)}")
    return np.array([row.get(int(e), -1) for e in event], dtype=int)


def pairs_of(true_picks, found_picks, phase: str) -> np.ndarray:
    """Pair true and found picks of a phase, station by station: rows (n, 2)."""
    pairs = [np.empty((0, 2), dtype=int)]
    true, found = (by_station(table, phase) for table in (true_picks, found_picks))
    for station in true.keys() & found.keys():
        (i, early), (j, late) = true[station], found[station]
        pair = match_picks(early, late, TOLERANCE_S)
        pairs.append(np.stack([i[pair[:, 0]], j[pair[:, 1]]], axis=1))
    return np.concatenate(pairs)


def by_station(picks: pd.DataFrame, phase: str) -> dict[str, tuple]:
    """Return for each station the rows of its picks of a phase, and their times."""
    times, stations = picks["time_s"].to_numpy(float), picks["station"].to_numpy(str)
    rows = np.flatnonzero(picks["phase"].to_numpy(str) == phase)
    rows = rows[np.lexsort([times[rows], stations[rows]])]
    names, first = np.unique(stations[rows], return_index=True)
    parts = np.split(rows, first[1:]) if len(rows) else []
    return {name: (own, times[own]) for name, own in zip(names, parts, strict=True)}
