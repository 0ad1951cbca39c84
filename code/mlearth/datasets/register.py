"""The register of data sources and the files it names.

``data/SOURCES.toml`` says for every data set which package and version it came
from, under which licence, and what the checksums of its files are. Loaders,
documentation and ``python -m mlearth.datasets.rebuild`` all read it here.
"""

from __future__ import annotations

import importlib.util
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd

__all__ = [
    "DATA_FOLDER",
    "installed_file",
    "provenance",
    "read_extract",
    "read_register",
    "shipped_file",
]

DATA_FOLDER = Path(__file__).resolve().parent.parent / "data"


def read_register() -> dict[str, dict[str, Any]]:
    """Read the register of data sources.

    Returns
    -------
    dict
        One entry per data set, in the order of ``data/SOURCES.toml``.

    Examples
    --------
    >>> read_register()["global_cmt"]["package"]
    'usgs-strec'
    """
    with (DATA_FOLDER / "SOURCES.toml").open("rb") as stream:
        return tomllib.load(stream)


def provenance(name: str) -> dict[str, Any]:
    """Say where a data set comes from, in plain values.

    Parameters
    ----------
    name : str
        Name of a table of the register.

    Returns
    -------
    dict
        ``title``, ``source`` (package, version and files), ``licence``,
        ``credit``, ``citation`` (keys of the book's references) and
        ``rows_left_out`` (how many, by reason).

    Raises
    ------
    ValueError
        If the register has no such data set.

    Examples
    --------
    >>> provenance("coastlines")["credit"]
    'Made with Natural Earth'
    """
    entry = _entry(name)
    paths = ", ".join(source["path"] for source in entry["sources"])
    source = f"{entry['package']}=={entry['version']}"
    return {
        "title": entry["title"],
        "source": f"{source}: {paths}" if paths else source,
        "licence": entry["licence"],
        "credit": entry["credit"],
        "citation": list(entry["citation"]),
        "rows_left_out": dict(entry.get("left_out", {})),
    }


def shipped_file(name: str, file: str | None = None) -> Path:
    """Give the path of an extract that ships with the package.

    Parameters
    ----------
    name : str
        Name of a table of the register.
    file : str, optional
        Which of its files. The default is the first one.

    Returns
    -------
    pathlib.Path
        An existing file.

    Raises
    ------
    FileNotFoundError
        If the extract is missing.

    Examples
    --------
    >>> shipped_file("coastlines").name
    'coastlines.csv.gz'
    """
    names = [entry["name"] for entry in _entry(name).get("files", [])]
    if not names or file not in (None, *names):
        raise ValueError(
            f"name and file must be one of {names}, got {name!r}, {file!r}"
        )
    path = DATA_FOLDER / (file or names[0])
    if not path.is_file():
        raise FileNotFoundError(
            f"the extract {path.name} is missing; rebuild it with "
            "`python -m mlearth.datasets.rebuild`"
        )
    return path


def installed_file(name: str, index: int = 0) -> Path:
    """Find a file inside an installed package, without importing the package.

    Parameters
    ----------
    name : str
        Name of a table of the register.
    index : int, default 0
        Which of its ``sources``.

    Returns
    -------
    pathlib.Path
        An existing file.

    Raises
    ------
    FileNotFoundError
        If the package is not installed or no longer holds the file.

    Examples
    --------
    >>> installed_file("swiss_events").name
    'catalog_sed.csv'
    """
    entry = _entry(name)
    wanted = f"{entry['package']}=={entry['version']}"
    top, *inside = entry["sources"][index]["path"].split("/")
    spec = importlib.util.find_spec(top)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(
            f"{entry['title']!r} is read from the package {entry['package']}, "
            f"which is not installed; install {wanted}"
        )
    path = Path(spec.submodule_search_locations[0]).joinpath(*inside)
    if not path.is_file():
        raise FileNotFoundError(
            f"{entry['package']} {_installed_version(entry['package'])} does not "
            f"hold {'/'.join(inside)}; install {wanted}"
        )
    return path


def read_extract(name: str, file: str | None = None, **options: Any) -> pd.DataFrame:
    """Read a shipped CSV extract and attach where it came from.

    Parameters
    ----------
    name : str
        Name of a table of the register.
    file : str, optional
        Which of its files. The default is the first one.
    **options
        Passed on to :func:`pandas.read_csv`.

    Returns
    -------
    pandas.DataFrame
        ``time`` and ``updated`` columns are datetime64 (UTC, without a zone);
        ``attrs`` holds the provenance.

    Examples
    --------
    >>> len(read_extract("global_cmt"))
    48430
    """
    table = pd.read_csv(shipped_file(name, file), **options)
    for column in table.columns.intersection(["time", "updated"]):
        table[column] = pd.to_datetime(table[column], format="ISO8601")
    table.attrs.update(provenance(name))
    return table


def _entry(name: str) -> dict[str, Any]:
    register = read_register()
    if name not in list(register):
        raise ValueError(f"name must be one of {sorted(register)}, got {name!r}")
    return register[name]


def _installed_version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(unknown version)"
