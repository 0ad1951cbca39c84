"""Write labelled waveforms in the layout of SeisBench, so that others can read them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .seisbench_metadata import complete

__all__ = ["save_seisbench"]


def save_seisbench(
    folder: str | Path, metadata: pd.DataFrame, waveforms: Sequence[ArrayLike]
) -> None:
    """Write a table of labels and its waveforms as a SeisBench data set.

    Parameters
    ----------
    folder : path
        Where ``metadata.csv`` and ``waveforms.hdf5`` are to stand. It is made if it
        is missing; files of these names that stand there already are refused.
    metadata : pandas.DataFrame
        One trace per row, with ``trace_name`` (each once), ``trace_component_order``
        such as "ZNE" or "Z", ``trace_sampling_rate_hz`` and whatever labels there are,
        in the names of ``woollam2022seisbench``: ``trace_p_arrival_sample``,
        ``split``, ...
    waveforms : sequence of array_like, each of shape (n_components, n_samples)
        In the order of the rows.

    Raises
    ------
    FileExistsError
        If one of the two files is there already.
    ValueError
        If `folder` is no path, a column is missing, a name stands twice or leads
        elsewhere, or a waveform does not fit its row.

    Examples
    --------
    >>> import tempfile
    >>> from mlearth.datasets import open_seisbench
    >>> row = {"trace_name": "a", "trace_component_order": "ZNE"}
    >>> table = pd.DataFrame([row | {"trace_sampling_rate_hz": 50.0}])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_seisbench(folder, table, [np.ones((3, 200))])
    ...     open_seisbench(folder).waveform(0).shape
    (3, 200)
    """
    import h5py

    table = _checked_table(metadata)
    if not hasattr(waveforms, "__len__") or isinstance(waveforms, (str, dict)):
        words = "a sequence of arrays, components x samples"
        raise ValueError(f"waveforms must be {words}, got {waveforms!r:.60}")
    arrays = _checked_arrays(table, waveforms)
    if not isinstance(folder, (str, os.PathLike)) or not str(folder):
        raise ValueError(f"folder must be the path of a folder, got {folder!r}")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / "metadata.csv", folder / "waveforms.hdf5"]
    for path in paths:
        if path.exists():
            raise FileExistsError(f"{path} is there already; choose another folder")
    with h5py.File(paths[1], "w") as file:
        file["data_format/dimension_order"] = "CW"
        for name, array in zip(table["trace_name"], arrays, strict=True):
            file[f"data/{name}"] = array
    table.to_csv(paths[0], index=False)


def _checked_table(metadata: pd.DataFrame) -> pd.DataFrame:
    """Return the table with what a reader needs, or say what is missing."""
    if not isinstance(metadata, pd.DataFrame) or metadata.empty:
        raise ValueError(
            f"metadata must be a DataFrame with rows, got {metadata!r:.60}"
        )
    needed = ["trace_name", "trace_component_order", "trace_sampling_rate_hz"]
    missing = [name for name in needed if name not in metadata]
    if missing:
        raise ValueError(f"metadata must have the columns {needed}, got no {missing}")
    names = metadata["trace_name"]
    if not _are_names(names.tolist()):
        words = "distinct texts without '$' and blanks, none the folder of another"
        raise ValueError(f"trace_name must hold {words}, got {names.tolist()!r:.60}")
    table = metadata.reset_index(drop=True).assign(trace_chunk="")
    table = complete(table, {}).drop(columns="trace_chunk")
    if table["trace_sampling_rate_hz"].isna().any():
        raise ValueError("trace_sampling_rate_hz must be a positive number in each row")
    return table


def _are_names(names: list) -> bool:
    """Tell whether each name can be that of an array of its own."""
    if not all(isinstance(name, str) for name in names):
        return False
    parts = [name.split("/") for name in names]
    plain = all(re.fullmatch(r"[^$\s.][^$\s]*", part) for one in parts for part in one)
    folders = {"/".join(one[:k]) for one in parts for k in range(1, len(one))}
    return plain and len(set(names)) == len(names) and not folders & set(names)


def _checked_arrays(table: pd.DataFrame, waveforms: Sequence) -> list[np.ndarray]:
    """Return the waveforms as float32, each as many components as its row says."""
    if len(waveforms) != len(table):
        words = f"{len(table)} arrays, as many as metadata has rows"
        raise ValueError(f"waveforms must be {words}, got {len(waveforms)}")
    with np.errstate(over="ignore"):  # what is too large is refused below
        arrays = [np.asarray(one, dtype=np.float32) for one in waveforms]
    orders = table["trace_component_order"]
    for row, (array, order) in enumerate(zip(arrays, orders, strict=True)):
        if array.ndim != 2 or len(array) != len(order) or not array.shape[1]:
            raise ValueError(
                f"waveforms[{row}] must have the shape ({len(order)}, n_samples) for "
                f"the components {order!r}, got {array.shape}"
            )
        if not np.isfinite(array).all():
            raise ValueError(f"waveforms[{row}] must hold finite numbers")
    return arrays
