"""What every project kit is made of: data with a sheet, baselines, scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..evaluation import Interval

__all__ = ["Baseline", "Column", "KitData", "Score", "Table"]

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
    """

    name: str
    unit: str = ""
    low: float = -np.inf
    high: float = np.inf
    choices: tuple[str, ...] = ()
    may_lack: bool = False


@dataclass(frozen=True)
class Table:
    """One file of a submission.

    Attributes
    ----------
    columns : tuple of Column
        All that it holds, in this order.
    keys : tuple of str
        Columns that name a row. No two rows share them.
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
        each, the last without its truth) and returns :data:`Predictions`.
    what : str
        What it does, and which of its settings were tuned on what.
    """

    predict: Callable[[KitData, KitData, KitData], Predictions]
    what: str
