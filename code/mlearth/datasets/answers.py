"""The cache: one file per query, whole or not there, that tells if it was damaged."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

import pandas as pd

__all__ = ["cache_folder", "cache_path", "keep", "kept", "to_answer", "to_events"]

_DATE_FORMAT = "%Y-%m-%dT%H:%M:%S.%f"


def cache_folder() -> Path:
    """Give the folder where downloaded catalogues are kept.

    Returns
    -------
    pathlib.Path
        The environment variable ``MLEARTH_CACHE`` if it is set, else ``mlearth``
        in the platform's cache folder. It need not exist yet.
    """
    if chosen := os.environ.get("MLEARTH_CACHE"):
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "mlearth"


def cache_path(
    query: dict[str, Any], folder: str | Path | None, name: str = "catalog-{}.csv"
) -> Path:
    """Say where the answer to a query is kept: its key takes the place of {}."""
    if folder is not None and not (folder and isinstance(folder, (str, os.PathLike))):
        raise ValueError(f"cache_dir must be the path of a folder, got {folder!r}")
    text = json.dumps(query, sort_keys=True)
    key = hashlib.sha256(text.encode()).hexdigest()[:24]
    return (Path(folder) if folder else cache_folder()) / name.format(key)


def to_answer(events: pd.DataFrame) -> str:
    """Write events as CSV under one line of JSON: their attrs and a checksum."""
    text = events.to_csv(index=False, lineterminator="\n", date_format=_DATE_FORMAT)
    note = {"sha256": hashlib.sha256(text.encode()).hexdigest(), "attrs": events.attrs}
    return f"# {json.dumps(note)}\n{text}"


def to_events(answer: str) -> pd.DataFrame:
    """Read what :func:`to_answer` wrote; a ValueError if it was changed since."""
    first, _, text = answer.partition("\n")
    note = json.loads(first.removeprefix("# "))
    if hashlib.sha256(text.encode()).hexdigest() != note["sha256"]:
        raise ValueError("the checksum differs")
    numbers = ["latitude_deg", "longitude_deg", "depth_km", "magnitude"]
    types = {"magnitude_type": "str", "event_id": "str"} | dict.fromkeys(numbers, float)
    options: dict[str, Any] = {"keep_default_na": False}
    options["na_values"] = {name: [""] for name in numbers}
    events = pd.read_csv(io.StringIO(text), dtype=types, **options)
    events["time"] = pd.to_datetime(events["time"], format=_DATE_FORMAT)
    events.attrs.update(note["attrs"])
    return events


def kept(path: Path) -> pd.DataFrame | None:
    """Read a kept answer; None, with a warning if it is damaged, to ask anew."""
    try:
        return to_events(path.read_bytes().decode())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, LookupError, TypeError) as error:
        warnings.warn(
            f"the kept answer {path} is damaged ({error}); the data centre is asked "
            "again",
            stacklevel=3,
        )
        return None


def keep(path: Path, answer: str | bytes) -> None:
    """Write an answer in one move; warn, and do without, if that is impossible."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(".part", path.stem, path.parent)
        try:
            with open(handle, "wb") as stream:
                stream.write(answer.encode() if isinstance(answer, str) else answer)
            os.replace(part, path)
        finally:
            Path(part).unlink(missing_ok=True)
    except OSError as error:
        warnings.warn(
            f"the answer could not be kept in {path.parent} ({error}); choose another "
            "cache_dir",
            stacklevel=3,
        )
