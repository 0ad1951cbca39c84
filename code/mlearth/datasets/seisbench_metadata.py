"""The table of a SeisBench set: codes stay text, and what is damaged is named."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["check_fields", "complete", "read_metadata", "where"]

# A name's last word says what it holds: text whatever it looks like, or a number.
_CODE = re.compile(r"(^|_)(code|id|name|channel|category|type|status|order|author)$")
_NUMBER = re.compile(r"_(sample|samples|s|hz|deg|km|m|magnitude|weight|counts|db|cps)$")
_NO_NUMBER = ["", "nan", "NaN", "NA", "N/A", "None", "none", "null", "<NA>"]


def read_metadata(folder: Path, chunks: list[str]) -> pd.DataFrame:
    """Read ``metadata<chunk>.csv`` of all chunks as one table.

    Parameters
    ----------
    folder : pathlib.Path
        Where the files are.
    chunks : list of str
        Names of the chunks.

    Returns
    -------
    pandas.DataFrame
        The columns of the files and ``trace_chunk``. Codes and names are text
        ("NA", "TRUE", "00", "1E10", "007"). Of the other columns, whole numbers
        are Int64, True and False boolean, other numbers float64 and the rest
        string; a blank is missing.

    Raises
    ------
    ValueError
        If a file is damaged; file and line are named.
    """
    tables = [_table(folder / f"metadata{chunk}.csv", chunk) for chunk in chunks]
    metadata = pd.concat(tables, ignore_index=True)
    for name in metadata.columns:
        column = metadata[name]
        if column.dtype == object:  # a number in one chunk, text in another
            column = column.astype("string")
        if column.dtype == "string" and not _CODE.search(name):
            column = _as_written(column)
        metadata[name] = column.astype(float) if column.dtype == "Float64" else column
    unnamed = np.flatnonzero(metadata["trace_name"].isna())
    if unnamed.size:
        raise ValueError(f"{where(metadata, unnamed[0])}: trace_name must not be empty")
    return metadata


def _table(path: Path, chunk: str) -> pd.DataFrame:
    header = check_fields(path)
    numbers = [name for name in header if _NUMBER.search(name)]
    text = [name for name in header if name not in numbers]
    blanks = {name: _NO_NUMBER if name in numbers else [""] for name in header}
    table = pd.read_csv(
        path,
        dtype=dict.fromkeys(text, "string"),
        dtype_backend="numpy_nullable",
        keep_default_na=False,
        na_values=blanks,
        low_memory=False,
    )
    return table.assign(trace_chunk=chunk)


def check_fields(path: Path) -> list[str]:
    """Read the header, and refuse a file in which a line has other fields."""
    with path.open(newline="", encoding="utf-8") as stream:
        rows = csv.reader(stream, strict=True)
        try:
            header = next(rows, [])
            for row in rows:
                if row and len(row) != len(header):
                    raise csv.Error(f"{len(header)} fields expected, {len(row)} found")
        except (csv.Error, UnicodeDecodeError) as error:
            line = rows.line_num
            raise ValueError(
                f"{path.name} is damaged at line {line}: {error}"
            ) from None
    if "trace_name" not in header or len(set(header)) < len(header):
        raise ValueError(
            f"{path.name} must have distinct columns, trace_name among them, got "
            f"{header}"
        )
    return header


def _as_written(column: pd.Series) -> pd.Series:
    """Turn text into numbers or truth values if that loses nothing of it."""
    values = pd.Series(column.dropna().unique(), dtype="string")
    if values.empty:
        return column
    if values.str.fullmatch(r"0|-?[1-9]\d{0,17}").all():
        return column.astype("Int64")
    if values.str.fullmatch(r"-?\d+\.\d*(e[+-]?\d+)?|-?[1-9]e[+-]\d+").all():
        return column.astype("Float64")
    if values.isin(["True", "False"]).all():
        return column.map({"True": True, "False": False}).astype("boolean")
    return column


def where(metadata: pd.DataFrame, index: int) -> str:
    """Say in which file and row of the metadata a trace stands."""
    row = metadata.iloc[index]
    return f"metadata{row['trace_chunk']}.csv, row {index}, trace {row['trace_name']!r}"


def complete(metadata: pd.DataFrame, data_format: dict[str, Any]) -> pd.DataFrame:
    """Give every trace its component order and sampling rate, and check both.

    Parameters
    ----------
    metadata : pandas.DataFrame
        As read; its columns take precedence.
    data_format : dict
        What the file says of all traces.

    Returns
    -------
    pandas.DataFrame
        With ``trace_component_order`` and ``trace_sampling_rate_hz`` (NaN where
        it is not known).

    Raises
    ------
    ValueError
        If a trace has no component order, if an interval or rate is not
        positive, or if the two contradict each other.
    """
    rate, interval = (
        _positive(metadata, name) for name in ("trace_sampling_rate_hz", "trace_dt_s")
    )
    _refuse(
        metadata,
        (rate * interval - 1).abs() > 1e-3,  # rates are rounded in real sets
        "trace_sampling_rate_hz must be 1 / trace_dt_s",
    )
    rate = rate.fillna(1.0 / interval).fillna(_declared_rate(data_format))
    order = pd.Series(data_format.get("component_order"), metadata.index, dtype="str")
    if "trace_component_order" in metadata:
        order = metadata["trace_component_order"].astype("str").fillna(order)
    if order.isna().any():
        raise ValueError(
            f"{int(order.isna().sum())} traces have no component order, neither in "
            "the metadata nor in data_format"
        )
    doubled = [
        letters for letters in order.unique() if len(set(letters)) < len(letters)
    ]
    _refuse(
        metadata, order.isin(doubled), "trace_component_order must be distinct letters"
    )
    return metadata.assign(trace_component_order=order, trace_sampling_rate_hz=rate)


def _positive(metadata: pd.DataFrame, name: str) -> pd.Series:
    """Give a column as numbers, all positive or missing."""
    if name not in metadata:
        return pd.Series(np.nan, metadata.index)
    column = metadata[name]
    numbers = pd.to_numeric(column, errors="coerce").astype(float)
    sound = (numbers > 0) & np.isfinite(numbers)
    _refuse(metadata, column.notna() & ~sound, f"{name} must be a positive number")
    return numbers


def _declared_rate(data_format: dict[str, Any]) -> float:
    rate = data_format.get("sampling_rate")
    if rate is None:
        return np.nan
    if not isinstance(rate, (int, float)) or not 0 < rate < np.inf:
        raise ValueError(
            f"data_format/sampling_rate must be a positive number, got {rate!r}"
        )
    return float(rate)


def _refuse(metadata: pd.DataFrame, wrong: pd.Series, words: str) -> None:
    """Name the first row that is wrong, and what stands there."""
    rows = np.flatnonzero(wrong)
    if rows.size:
        names = re.findall(r"trace_\w+", words)
        found = [metadata[name].iloc[rows[0]] for name in names if name in metadata]
        got = " and ".join(f"{value!s}" for value in found)
        raise ValueError(f"{where(metadata, rows[0])}: {words}, got {got}")
