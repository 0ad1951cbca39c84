"""From decisions about single catalogues to the tables of a submission."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from ..kit import Column, KitData, Table
from .neighbours import Neighbours

__all__ = ["MAIN", "TABLES", "TITLE", "TOPIC", "answered", "catalogues", "oracle"]

TITLE = "Earthquake sequences: who followed whom"
TOPIC = 2
MAIN = "mcc"

TABLES = {
    "events": Table(
        columns=(
            Column("catalogue", low=0),
            Column("event", low=0),
            Column("p_triggered", low=0, high=1),
            Column("parent", low=-1),
        ),
        keys=("catalogue", "event"),
        rows_of="events",
    )
}
"""One row for each earthquake: the probability that another one triggered it (more than
0.5 says that it was), and the event of the same catalogue that did, -1 for none."""

Answer = tuple[np.ndarray, np.ndarray]
"""Probabilities of being triggered, and parents, of one catalogue."""


def catalogues(data: KitData) -> Iterator[tuple[pd.DataFrame, pd.Series]]:
    """Yield the events of each catalogue, and the line about its network.

    Parameters
    ----------
    data : KitData
        A split.

    Yields
    ------
    events : pandas.DataFrame
        In the order of time.
    network : pandas.Series
        Its line of ``catalogues``.
    """
    about = data.inputs["catalogues"].set_index("catalogue")
    for number, events in data.inputs["events"].groupby("catalogue"):
        yield events.reset_index(drop=True), about.loc[number]


def answered(
    data: KitData, rule: Callable[[pd.DataFrame, pd.Series], Answer]
) -> dict[str, pd.DataFrame]:
    """Return the predictions of a rule that looks at one catalogue after the other."""
    return table_of(data, [rule(*one) for one in catalogues(data)])


def table_of(data: KitData, answers: list[Answer]) -> dict[str, pd.DataFrame]:
    """Return the answers to all catalogues as predictions."""
    table = data.inputs["events"][["catalogue", "event"]].copy()
    table["p_triggered"] = np.concatenate([p for p, _ in answers]).astype(float)
    table["parent"] = np.concatenate([parent for _, parent in answers]).astype(int)
    return {"events": table}


def oracle(data: KitData) -> dict[str, pd.DataFrame]:
    """Return what only the simulator knows.

    Parameters
    ----------
    data : KitData
        A split with its truth.

    Returns
    -------
    dict of str to pandas.DataFrame
        The right answer.
    """
    truth = data.truth["events"]
    table = truth[["catalogue", "event"]].copy()
    table["p_triggered"] = truth["triggered"].astype(float)
    table["parent"] = truth["parent"]
    return {"events": table}


def linked_within(cluster: np.ndarray, near: Neighbours) -> Answer:
    """Let the first of each cluster be background, and link the others within it.

    Parameters
    ----------
    cluster : ndarray of int, shape (n,)
        A number for each cluster; no two clusters share it.
    near : Neighbours
        The nearest earlier events, of which the first in the same cluster is the
        parent; where none of them is, the first event of the cluster.

    Returns
    -------
    p, parent : ndarray, shape (n,)
    """
    _, first, place = np.unique(cluster, return_index=True, return_inverse=True)
    first = first[place.ravel()]
    same = (near.row >= 0) & (cluster[near.row] == cluster[:, None])
    nearest = near.row[np.arange(len(first)), same.argmax(axis=1)]
    parent = np.where(same.any(axis=1), nearest, first)
    follows = first < np.arange(len(first))
    return follows.astype(float), np.where(follows, parent, -1)


def linked_to_nearest(called: np.ndarray, near: Neighbours) -> Answer:
    """Link each event that is called triggered to its nearest earlier one."""
    return called.astype(float), np.where(called, near.row[:, 0], -1)
