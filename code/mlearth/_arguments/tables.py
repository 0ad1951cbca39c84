"""Tables of named columns: which there are, and that their numbers are numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .arrays import check_vector
from .columns import check_labels
from .values import shown, wrong

if TYPE_CHECKING:
    import pandas as pd


def check_table(
    name: str, table: Any, numbers: tuple[str, ...], labels: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Return a fresh table of these columns alone, its rows numbered from 0.

    Parameters
    ----------
    name : str
        Name of the argument.
    table : pandas.DataFrame
        What came; it may have no rows, and other columns.
    numbers : tuple of str
        Columns of finite numbers, which come back as floats.
    labels : tuple of str
        Columns of labels without gaps, of one kind each.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    ValueError
        If it is no table, a column is missing, or a value is no such thing.

    Examples
    --------
    >>> import pandas as pd
    >>> check_table("picks", pd.DataFrame({"station": ["A"]}), ("time_s",))
    Traceback (most recent call last):
        ...
    ValueError: picks must be a DataFrame with the column time_s, got station
    """
    import pandas as pd  # late: figures are drawn without it

    if not isinstance(table, pd.DataFrame):
        raise wrong(name, "a DataFrame", shown(table))
    for column in (*labels, *numbers):
        if column not in table:
            got = ", ".join(map(str, table.columns)) or "none"
            raise wrong(name, f"a DataFrame with the column {column}", got)
    if table.empty:
        kinds = dict.fromkeys(labels, object) | dict.fromkeys(numbers, float)
        return pd.DataFrame({c: pd.Series(dtype=kind) for c, kind in kinds.items()})
    checks = dict.fromkeys(labels, check_labels) | dict.fromkeys(numbers, check_vector)
    return pd.DataFrame(
        {c: check(f"{name}[{c!r}]", table[c]) for c, check in checks.items()}
    )
