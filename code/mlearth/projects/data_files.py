"""The data of a kit as files: tables, arrays, datasheet; of the private no truth."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .kit import KitData

SHEET = "datasheet.json"


def write_data(data: KitData, folder: str | Path) -> list[Path]:
    """Write one split: ``inputs/``, ``truth/`` unless it is private, and its datasheet.

    Parameters
    ----------
    data : KitData
        What a kit has made.
    folder : str or Path
        Where; made if it is not there.

    Returns
    -------
    list of Path
        The files: CSV for tables, NPY for arrays, and ``datasheet.json``.
    """
    parts = {"inputs": data.inputs}
    if data.sheet["split"] != "private":
        parts["truth"] = data.truth
    written = []
    for part, found in parts.items():
        (Path(folder) / part).mkdir(parents=True, exist_ok=True)
        for name, values in found.items():
            written.append(_write(values, Path(folder) / part / name))
    sheet = Path(folder) / SHEET
    text = json.dumps(dict(data.sheet), indent=2, default=_plain, ensure_ascii=False)
    sheet.write_text(text + "\n", "utf-8")
    return [*written, sheet]


def _write(values: pd.DataFrame | np.ndarray, path: Path) -> Path:
    if isinstance(values, pd.DataFrame):
        path = path.with_name(f"{path.name}.csv")
        values.to_csv(path, index=False)
    else:
        path = path.with_name(f"{path.name}.npy")
        np.save(path, np.asarray(values), allow_pickle=False)
    return path


def _plain(value: Any) -> Any:
    """Return what JSON can hold of a value of the datasheet."""
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    return dict(value) if isinstance(value, Mapping) else str(value)
