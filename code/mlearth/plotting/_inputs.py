"""What the plot helpers share: rows that can be drawn, and when to draw pixels."""

from __future__ import annotations

import numpy as np

from .._arguments import wrong

RASTER_ABOVE = 2000
"""Scatters with more points than this are drawn as an image inside the SVG."""


def present(**columns: np.ndarray) -> tuple[np.ndarray, str]:
    """Find rows without NaN, and say in words what the others lack.

    Parameters
    ----------
    **columns : ndarray of float, shape (n,)
        Columns of one table, by the name of the argument.

    Returns
    -------
    keep : ndarray of bool, shape (n,)
        True where every column has a value.
    note : str
        Empty, or for example ``"3 of 200 not drawn: no depth_km"``.

    Raises
    ------
    ValueError
        If no row is complete.
    """
    gaps = {name: np.isnan(column) for name, column in columns.items()}
    keep = ~np.logical_or.reduce(list(gaps.values()))
    if keep.all():
        return keep, ""
    lacking = " or ".join(name for name, gap in gaps.items() if gap.any())
    if not keep.any():
        raise wrong(lacking, "there in at least one row", "NaN in every row")
    return keep, f"{(~keep).sum():,} of {keep.size:,} not drawn: no {lacking}"
