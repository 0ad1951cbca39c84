"""My region: the box of the global catalogue that a reader chose in week 1.

It is four numbers in one small file, which stays on the reader's machine.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd

from .._arguments import check_number, choice, wrong
from .catalogues import load_global_cmt

__all__ = ["load_my_region", "save_region"]

FILE = "my_region.toml"
FEWEST = 200
"""Earthquakes that a region holds at least: with fewer, no exercise says anything."""

LIMITS = {
    "min_latitude": 90,
    "max_latitude": 90,
    "min_longitude": 180,
    "max_longitude": 180,
}
_BOOK = Path(__file__).resolve().parents[3]


def save_region(
    min_latitude: float,
    max_latitude: float,
    min_longitude: float,
    max_longitude: float,
    *,
    folder: str | Path | None = None,
    replace: bool = False,
) -> Path:
    """Keep a box of the global catalogue as your region, in one small file.

    Parameters
    ----------
    min_latitude, max_latitude : float
        Southern and northern edge [degree], north positive.
    min_longitude, max_longitude : float
        Western and eastern edge [degree], -180 to 180, east positive. A box across
        the date line has its western edge first too, ``170, -170``.
    folder : path, optional
        Where the file is kept. The default is the nearest ``exercises`` above the
        working directory, else that of the book which this package belongs to, else
        the working directory.
    replace : bool, default False
        Write over another region that is kept there.

    Returns
    -------
    pathlib.Path
        The file, ``my_region.toml``; git ignores it.

    Raises
    ------
    ValueError
        If an edge is outside its range, the edges do not make a box, or the box holds
        fewer than 200 earthquakes of the global catalogue.
    FileExistsError
        If another region is kept there and `replace` is False; it stays as it is.
    FileNotFoundError
        If the folder does not exist.

    Examples
    --------
    >>> save_region(35, 36, -91, -89)
    Traceback (most recent call last):
    ...
    ValueError: min_latitude to max_longitude must be edges of a box with at least 200
    earthquakes of the global catalogue, got 0: make it larger
    """
    edges = (min_latitude, max_latitude, min_longitude, max_longitude)
    region = _box(dict(zip(LIMITS, edges, strict=True)))
    path = _file(folder)
    choice((True, False)).check("replace", replace)
    _within(region)
    if not path.parent.is_dir():
        raise FileNotFoundError(f"folder: there is no folder {path.parent}")
    if path.exists() and not replace and _read(path) != region:
        raise FileExistsError(
            f"{path} keeps another region ({_words(_read(path))}), and it was left as "
            "it is: pass replace=True to write yours over it"
        )
    lines = [f"{name} = {value!r}" for name, value in region.items()]
    path.write_text("\n".join(["# My region [degree]", *lines, ""]), "utf-8")
    return path


def load_my_region(folder: str | Path | None = None) -> pd.DataFrame:
    """Load the earthquakes of the global catalogue within your own region.

    Parameters
    ----------
    folder : path, optional
        Where `save_region` keeps the file; the default is the same.

    Returns
    -------
    pandas.DataFrame
        The rows of `load_global_cmt` inside the box or on its edge, with the same
        columns. ``attrs`` holds ``region``, the four edges, and counts in
        ``rows_left_out`` those outside as well.

    Raises
    ------
    FileNotFoundError
        If no region was saved; the message says how to.
    ValueError
        If the file holds no region.

    Notes
    -----
    Source, licence and flaws are those of `load_global_cmt`.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = save_region(-26, -14, 178, -170, folder=folder)
    ...     mine = load_my_region(folder)
    >>> len(mine), mine.attrs["region"]["min_longitude"]
    (3949, 178.0)
    """
    path = _file(folder)
    if not path.exists():
        raise FileNotFoundError(
            f"no region is kept in {path.parent}: choose a box and save it, such as "
            "datasets.save_region(min_latitude=30, max_latitude=46, min_longitude=138, "
            "max_longitude=148)"
        )
    return _within(_read(path))


def _file(folder: Any) -> Path:
    """Say where the region is kept."""
    if folder is None:
        here = Path.cwd()
        near = [root / "exercises" for root in (here, *here.parents, _BOOK)]
        folder = next((path for path in near if path.is_dir()), here)
    elif not (folder and isinstance(folder, (str, os.PathLike))):
        raise wrong("folder", "the path of a folder", repr(folder))
    return Path(folder) / FILE


def _box(edges: dict[str, Any]) -> dict[str, float]:
    """Return the edges as floats, or raise an error that names the wrong one."""
    region = {
        name: check_number(name, edges[name], least=-limit, most=limit)
        for name, limit in LIMITS.items()
    }
    south, north, west, east = region.values()
    if south >= north:
        raise wrong("max_latitude", f"north of min_latitude, {south:g}", f"{north:g}")
    if west == east:
        raise wrong("max_longitude", "another one than min_longitude", f"{east:g}")
    return region


def _read(path: Path) -> dict[str, float]:
    """Read a region from its file, or raise an error that names the file."""
    try:
        edges = tomllib.loads(path.read_text("utf-8"))
        if edges.keys() != LIMITS.keys():
            raise ValueError(f"it must hold {', '.join(LIMITS)}, got {list(edges)}")
        return _box(edges)
    except ValueError as error:
        raise ValueError(
            f"{path} holds no region ({error}): save one with save_region and "
            "replace=True, or delete the file"
        ) from None


def _words(region: dict[str, float]) -> str:
    return ", ".join(f"{name} = {value:g}" for name, value in region.items())


def _within(region: dict[str, float]) -> pd.DataFrame:
    """Return the earthquakes of a box, if there are enough."""
    quakes = load_global_cmt()
    south, north, west, east = region.values()
    lon = quakes.longitude_deg
    between = (lon >= west) & (lon <= east)
    if west > east:  # across the date line
        between = (lon >= west) | (lon <= east)
    mine = quakes[between & quakes.latitude_deg.between(south, north)]
    if len(mine) < FEWEST:
        accepted = f"edges of a box with at least {FEWEST} earthquakes of the global "
        found = f"{len(mine)}: make it larger"
        raise wrong("min_latitude to max_longitude", accepted + "catalogue", found)
    lost = quakes.attrs["rows_left_out"]
    outside = {"outside of the region": len(quakes) - len(mine)}
    mine = mine.reset_index(drop=True)
    mine.attrs |= {"region": region, "rows_left_out": lost | outside}
    return mine
