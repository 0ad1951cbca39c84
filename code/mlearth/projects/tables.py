"""Whether a file of predictions is what a kit asks for, line by line."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from .kit import Column, Table

LARGEST = 64 * 2**20
"""Most bytes of one file."""

MOST_LINES = 1_000_000
"""Most lines of a table."""

OFF_BY = 1e-3
"""How far a sum of probabilities may be from 1: they may be rounded to four digits."""

SHOWN = 3
"""How many faults of one kind a message names."""


class Fault(ValueError):
    """Why a file is refused."""


def read_text(path: Path, largest: int = LARGEST) -> str:
    """Return the text of a file, or say why it is none."""
    if path.is_symlink():
        raise Fault(f"{path.name} is a link: hand in the file itself")
    if not path.is_file():
        raise Fault(f"{path.name} is missing")
    size = path.stat().st_size
    if size > largest:
        raise Fault(f"{path.name} is too large: {size} bytes, at most {largest}")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Fault(f"{path.name} is not UTF-8, from byte {error.start} on") from None
    if not text.strip():
        raise Fault(f"{path.name} is empty")
    return text


def read_table(
    path: Path, table: Table, inputs: Mapping[str, pd.DataFrame | np.ndarray]
) -> pd.DataFrame:
    """Read one table of a submission, and refuse what is no answer to the data.

    Parameters
    ----------
    path : Path
        A CSV file with a header.
    table : Table
        What it has to hold.
    inputs : mapping of str to pandas.DataFrame or ndarray
        The data that it answers.

    Returns
    -------
    pandas.DataFrame
        Its columns as whole numbers, numbers or words.

    Raises
    ------
    Fault
        A ValueError that names the file, the column and the line.
    """
    rows = _split(path)
    rivals = inputs.get(table.rows_of) if table.rows_of else None
    _check_header(path.name, rows[0], [column.name for column in table.columns])
    _check_lengths(path.name, rows)
    body = list(zip(*rows[1:], strict=True)) or [()] * len(table.columns)
    found = {}
    for column, cells in zip(table.columns, body, strict=True):
        wanted = rivals[column.name] if _is_key(column, table, rivals) else None
        found[column.name] = read_column(path.name, column, cells, wanted)
    answer = pd.DataFrame(found)
    check_keys(path.name, answer, table, rivals)
    _check_sums(path.name, answer, table.sum_to_one)
    return answer


def _split(path: Path) -> list[list[str]]:
    text = read_text(path)
    n_lines = text.count("\n")
    if n_lines > MOST_LINES:
        raise Fault(f"{path.name} is too large: {n_lines} lines, at most {MOST_LINES}")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise Fault(f"{path.name} is no CSV: {error}") from None
    return [row for row in rows if row] or [[]]


def _check_header(name: str, got: Sequence[str], wanted: Sequence[str]) -> None:
    for mark, what in ((";", "semicolons"), ("\t", "tabulators")):
        if len(got) == 1 < len(wanted) and mark in got[0]:
            raise Fault(f"{name} separates its columns by {what}, not by commas")
    twice = [column for column, n in Counter(got).items() if n > 1]
    missing = [column for column in wanted if column not in got]
    extra = [column for column in got if column not in wanted]
    for what, columns in (
        ("lacks the column", missing),
        ("has a column too many:", extra),
        ("has a column twice:", twice),
    ):
        if columns:
            raise Fault(f"{name} {what} {few(columns)}")
    if list(got) != list(wanted):
        raise Fault(f"{name} has its columns in another order: {', '.join(got)}")


def _check_lengths(name: str, rows: list[list[str]]) -> None:
    for line, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            wanted = f"{len(row)} values, and {len(rows[0])} columns"
            raise Fault(f"{name}, row {line - 1}: {wanted}")


def _is_key(column: Column, table: Table, rivals: object) -> bool:
    return column.name in table.keys and isinstance(rivals, pd.DataFrame)


def read_column(
    name: str, column: Column, cells: Sequence[str], wanted: pd.Series | None = None
) -> pd.Series:
    """Return the values of a column, or raise a Fault that names the row."""
    at = f"{name}, column {column.name}"
    empty = [k for k, cell in enumerate(cells) if not cell.strip()]
    if empty and not column.may_lack:
        raise Fault(f"{at}: no value in row {few([k + 1 for k in empty])}")
    words = column.text or column.choices
    if wanted is not None:
        words = not pd.api.types.is_numeric_dtype(wanted)
    return (_words if words else _numbers)(at, column, cells)


def _words(at: str, column: Column, cells: Sequence[str]) -> pd.Series:
    if column.choices:
        for row, cell in enumerate(cells, 1):
            if cell not in column.choices and not (column.may_lack and cell == ""):
                said = f"{cell!r} in row {row}, none of {', '.join(column.choices)}"
                raise Fault(f"{at}: {said}")
    return pd.Series([cell or None for cell in cells], dtype=object)


def _numbers(at: str, column: Column, cells: Sequence[str]) -> pd.Series:
    values = [_number(at, row, cell) for row, cell in enumerate(cells, 1)]
    found = np.array(values, dtype=float)
    _check_range(at, column, found)
    is_whole = all(re.fullmatch(r"[+-]?\d{1,18}", cell) for cell in cells)
    if is_whole and cells:
        return pd.Series([int(cell) for cell in cells], dtype=np.int64)
    return pd.Series(found)


def _number(at: str, row: int, cell: str) -> float:
    if not cell.strip():
        return np.nan
    try:
        value = float(cell.replace("_", "no digit"))
    except ValueError:
        raise Fault(f"{at}: {cell!r} in row {row} is no number") from None
    if not np.isfinite(value):
        raise Fault(f"{at}: {cell} in row {row} is no finite number")
    return value


def _check_range(at: str, column: Column, values: np.ndarray) -> None:
    outside = np.flatnonzero((values < column.low) | (values > column.high))
    if outside.size:
        bounds = f"from {column.low:g} to {column.high:g} {column.unit}".strip()
        row = outside[0]
        raise Fault(f"{at}: {values[row]:g} in row {row + 1}, accepted is {bounds}")


def check_keys(
    name: str, answer: pd.DataFrame, table: Table, rivals: pd.DataFrame | None
) -> None:
    """Insist that each row is there once, and in the order of the data."""
    got = list(_keys(answer, table.keys))
    twice = [key for key, n in Counter(got).items() if n > 1]
    if twice:
        raise Fault(f"{name}: a row stands twice: {few(twice)}")
    if not table.rows_of:
        return
    wanted = list(_keys(rivals, table.keys))
    missing, extra = set(wanted) - set(got), set(got) - set(wanted)
    for what, keys, order in (
        ("missing", missing, wanted),
        ("none of the data", extra, got),
    ):
        if keys:
            some = few([key for key in order if key in keys])
            verb = "row is" if len(keys) == 1 else "rows are"
            raise Fault(f"{name}: {len(keys)} {verb} {what}: {some}")
    if got != wanted:
        row = next(
            k
            for k, pair in enumerate(zip(got, wanted, strict=True), 1)
            if pair[0] != pair[1]
        )
        raise Fault(f"{name}: the rows are in another order, from row {row} on")


def _keys(table: pd.DataFrame, keys: Sequence[str]) -> Iterator[tuple]:
    yield from zip(*(table[key].tolist() for key in keys), strict=True)


def _check_sums(name: str, answer: pd.DataFrame, columns: Sequence[str]) -> None:
    if not columns or answer.empty:
        return
    total = answer[list(columns)].sum(axis=1).to_numpy(float)
    wrong = np.flatnonzero(np.abs(total - 1) > OFF_BY)
    if wrong.size:
        row = wrong[0]
        said = f"the probabilities of row {row + 1} sum to {total[row]:g}, not to 1"
        raise Fault(f"{name}: {said}")


def few(found: Sequence) -> str:
    """The first of them as text, and how many more there are."""
    shown = [
        "/".join(map(str, one)) if isinstance(one, tuple) else str(one)
        for one in found[:SHOWN]
    ]
    more = f" and {len(found) - SHOWN} more" * (len(found) > SHOWN)
    return ", ".join(shown) + more
