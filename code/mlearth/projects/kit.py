"""What every project kit is made of: data with a sheet, baselines, scores."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..evaluation import Interval

__all__ = ["Baseline", "Column", "KitData", "Predictions", "Score", "Table", "digest"]

Predictions = dict[str, pd.DataFrame]
"""The tables of a submission by name, such as ``{"picks": ..., "events": ...}``."""


@dataclass(frozen=True, eq=False)
class KitData:
    """One split of a kit: what a team sees, and the truth behind it.

    Attributes
    ----------
    inputs : mapping of str to pandas.DataFrame or ndarray
        What a team may use.
    truth : mapping of str to pandas.DataFrame
        What its predictions are scored by; a team has it of training, validation and
        public test.
    sheet : mapping of str to object
        The datasheet: ``kit``, ``split``, ``size``, ``data`` (a digest of the inputs,
        which a submission names), ``rows``, ``units``, ``made_by`` (simulator, its
        parameters and seed; of the private test no seed), ``stands_in_for``,
        ``breaks_down``, ``traps``, ``licence``.
    """

    inputs: Mapping[str, pd.DataFrame | np.ndarray]
    truth: Mapping[str, pd.DataFrame]
    sheet: Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """A column of a prediction's table, and what may stand in it.

    Attributes
    ----------
    name : str
    unit : str
        Such as "s"; "" for names and classes.
    low, high : float
        Least and greatest value; both count for numbers alone.
    choices : tuple of str
        The words that may stand in it; empty for a column of numbers.
    may_lack : bool
        Whether a value may be missing.
    text : bool
        Whether it holds words of which there is no list, such as names of stations.
    """

    name: str
    unit: str = ""
    low: float = -np.inf
    high: float = np.inf
    choices: tuple[str, ...] = ()
    may_lack: bool = False
    text: bool = False


@dataclass(frozen=True)
class Table:
    """One file of a submission.

    Attributes
    ----------
    columns : tuple of Column
        All that it holds, in this order.
    keys : tuple of str
        Columns that name a row: whole numbers or words. No two rows share them.
    rows_of : str
        The table of ``inputs`` whose rows it answers, each once and in the same order;
        "" if a team decides how many rows there are.
    sum_to_one : tuple of str
        Columns of probabilities that sum to 1 in each row.
    """

    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    rows_of: str = ""
    sum_to_one: tuple[str, ...] = ()


@dataclass(frozen=True)
class Score:
    """A named number with its interval.

    Two submissions to the same data are compared in pairs: `evaluate` draws the same
    units for each (one fixed ``random_state``, one order of units), and no resample
    fails. So replicate b of one and replicate b of the other are scores of the same
    resample, and their difference is that of the two submissions. A statistic gives a
    number even where a resample lacks a class.

    Attributes
    ----------
    interval : Interval
        Resampled by the unit of the kit's question.
    of : str
        What the number is, and the unit that was resampled, in one clause.
    best : {"high", "low"}
        Which end is the better one.
    """

    interval: Interval
    of: str
    best: str = "high"


@dataclass(frozen=True)
class Baseline:
    """An honest rival.

    Attributes
    ----------
    predict : callable
        Takes training, validation and the data to be answered (:class:`KitData`
        each, the last without its truth) and returns tables by name.
    what : str
        What it does, and which of its settings were tuned on what.
    """

    predict: Callable[[KitData, KitData, KitData], Predictions]
    what: str


N_PARTS = 16
"""Into how many parts numbers are cut for their digest."""


def digest(inputs: Mapping[str, pd.DataFrame | np.ndarray]) -> str:
    """Return a short name of the data: other rows have another one.

    Whole numbers and words enter as they are. Other numbers enter through means of
    their parts, to four digits, so that machines that round differently agree.

    Parameters
    ----------
    inputs : mapping of str to pandas.DataFrame or ndarray
        What a team may use.

    Returns
    -------
    str
        Sixteen hexadecimal digits.

    Examples
    --------
    >>> quiet, loud = np.array([0.1, 0.2]), np.array([0.1, 0.4])
    >>> digest({"noise": quiet}) == digest({"noise": quiet * (1 + 1e-12)})
    True
    >>> digest({"noise": quiet}) == digest({"noise": loud})
    False
    """
    said = hashlib.sha256()
    for name in sorted(inputs):
        found = inputs[name]
        is_table = isinstance(found, pd.DataFrame)
        columns = found.items() if is_table else [("", np.asarray(found))]
        for column, values in columns:
            words = _essence(np.asarray(values))
            said.update(f"{name}|{column}|{np.shape(values)}|{words}\n".encode())
    return said.hexdigest()[:16]


def _essence(values: np.ndarray) -> str:
    """Return what a digest keeps of an array, as text."""
    if values.dtype.kind in "mM":
        values = (values - values[:1]) / np.timedelta64(1, "s")
    if values.dtype.kind == "c":
        values = np.abs(values)
    if values.dtype.kind != "f":
        return "|".join(map(str, values.ravel().tolist()))
    parts = np.array_split(np.abs(values.ravel()), N_PARTS)
    return "|".join(map(_means, parts))


def _means(part: np.ndarray) -> str:
    """Return how many numbers are missing, their mean, and one that knows an order."""
    kept = np.nan_to_num(part, posinf=0, neginf=0).astype(float)
    means = kept.sum(), kept @ np.arange(1, kept.size + 1)
    lacking = part.size - np.isfinite(part).sum()
    return f"{lacking} " + " ".join(f"{mean / max(kept.size, 1):.4g}" for mean in means)
