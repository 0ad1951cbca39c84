"""Benchmark sets of waveforms in the layout of SeisBench.

Most labelled collections (STEAD, INSTANCE, ETHZ, Iquique, LEN-DB, PNW, ...) are
published in it: ``metadata.csv`` beside ``waveforms.hdf5``. Download one from its
authors and open the folder here; SeisBench itself is not needed.
"""

from __future__ import annotations

import operator
import os
from dataclasses import dataclass
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .seisbench_arrays import read_array, read_format
from .seisbench_metadata import complete, read_metadata

__all__ = ["WaveformSet", "open_seisbench"]


@dataclass(frozen=True)
class WaveformSet:
    """A folder of labelled waveforms. Waveforms are read when asked for.

    Attributes
    ----------
    folder : pathlib.Path
        Where the files are.
    metadata : pandas.DataFrame
        One trace per row, with the columns of ``metadata.csv`` and
        ``trace_chunk``, ``trace_component_order`` and
        ``trace_sampling_rate_hz`` (NaN where nothing states it). Codes and names
        are text; of the other columns whole numbers are Int64, truth values
        boolean, other numbers float64, the rest string. No row is left out.
    component_order : str
        Components of a waveform, in this order.
    fill_value : float or None
        What a missing component is filled with; None refuses.
    data_format : dict
        What the file says about itself (dimension order, unit, ...).
    """

    folder: Path
    metadata: pd.DataFrame
    component_order: str
    fill_value: float | None
    data_format: dict[str, Any]

    def __len__(self) -> int:
        """Count the traces."""
        return len(self.metadata)

    def waveform(self, index: int) -> NDArray[np.float32]:
        """Read one waveform.

        Parameters
        ----------
        index : int
            Row of ``metadata``, from 0.

        Returns
        -------
        numpy.ndarray of float32, shape (n_components, n_samples)
            Components in ``component_order``.

        Raises
        ------
        IndexError
            If there is no such row.
        ValueError
            If ``index`` is no whole number, the trace's name leads nowhere, its
            array has other components than declared, or a component is missing
            and ``fill_value`` is None. File and row are named.
        """
        row = _row(index, len(self))
        stored, components = self._read(row)
        missing = [c for c in self.component_order if c not in components]
        if missing and self.fill_value is None:
            raise ValueError(
                f"{self._where(row)} has the components {components!r}, not "
                f"{missing}; choose another component_order or a fill_value"
            )
        shape = (len(self.component_order), stored.shape[1])
        out = np.full(shape, self.fill_value or 0.0, dtype=np.float32)
        for target, component in enumerate(self.component_order):
            if component in components:
                out[target] = stored[components.index(component)]
        return out

    def _where(self, row: int) -> str:
        trace = self.metadata.iloc[row]
        file = f"waveforms{trace['trace_chunk']}.hdf5"
        return f"{file}, row {row}, trace {trace['trace_name']!r}"

    def _read(self, row: int) -> tuple[NDArray[np.float32], str]:
        """Read a trace as components x samples, and the names of its components."""
        trace, order = self.metadata.iloc[row], self.data_format["dimension_order"]
        path = self.folder / f"waveforms{trace['trace_chunk']}.hdf5"
        try:
            data = read_array(path, trace["trace_name"])
        except ValueError as error:
            raise ValueError(f"{self._where(row)}: {error}") from None
        if data.ndim != 2:
            raise ValueError(
                f"{self._where(row)} must have 2 dimensions ({order}), got {data.ndim}"
            )
        data = data if order == "CW" else np.ascontiguousarray(data.T)
        components = trace["trace_component_order"]
        if len(data) != len(components):
            raise ValueError(
                f"{self._where(row)} must have the {len(components)} components "
                f"{components!r} with the dimension_order {order!r}, got {len(data)}"
            )
        return data, components


def _row(index: int, count: int) -> int:
    try:
        row = operator.index(index)
    except TypeError:
        row = None
    if row is None or isinstance(index, (bool, np.bool_)):
        raise ValueError(f"index must be a whole number, got {index!r}")
    if not 0 <= row < count:
        raise IndexError(f"index must be between 0 and {count - 1}, got {index}")
    return row


def open_seisbench(
    folder: str | Path,
    component_order: str = "ZNE",
    *,
    fill_value: float | None = None,
) -> WaveformSet:
    """Open a data set in the layout of SeisBench.

    Parameters
    ----------
    folder : path
        Holds ``metadata.csv`` and ``waveforms.hdf5``, or one pair
        ``metadata<chunk>.csv`` and ``waveforms<chunk>.hdf5`` per chunk (named
        in a file ``chunks``, if there is one).
    component_order : str, default "ZNE"
        Components wanted, in this order.
    fill_value : float, optional
        Fills components that a trace lacks. By default such a trace raises.

    Returns
    -------
    WaveformSet
        ``metadata`` is read at once, waveforms one by one.

    Raises
    ------
    FileNotFoundError
        If the folder or one file of a pair is missing.
    ValueError
        If an argument is wrong, or the files are damaged, contradict each other
        or do not say what they hold; file and row are named.

    Notes
    -----
    The layout is that of ``woollam2022seisbench``. A ``trace_name`` is the name
    of an array under ``/data``, or ``block$slice``: ``bucket0$3,:3,:1000`` is
    row 3, the first 3 components and 1000 samples of ``/data/bucket0``. The
    group ``/data_format`` gives ``dimension_order`` ("CW": components, then
    samples), ``component_order`` and ``sampling_rate``; columns of the metadata
    with the same meaning take precedence. Samples in columns such as
    ``trace_p_arrival_sample`` count from 0.
    """
    folder = _checked(folder, component_order, fill_value)
    chunks = _chunks(folder)
    formats = [read_format(folder / f"waveforms{chunk}.hdf5") for chunk in chunks]
    if any(other != formats[0] for other in formats):
        raise ValueError(f"the chunks of {folder} differ in their data_format")
    metadata = complete(read_metadata(folder, chunks), formats[0])
    metadata.attrs["rows_left_out"] = {}
    data = WaveformSet(folder, metadata, component_order, fill_value, formats[0])
    for row in np.flatnonzero(~metadata["trace_chunk"].duplicated()):
        data._read(row)  # a layout that the data deny is told at once
    return data


def _checked(
    folder: str | Path, component_order: str, fill_value: float | None
) -> Path:
    if not isinstance(folder, (str, os.PathLike)) or not folder:
        raise ValueError(f"folder must be the path of a folder, got {folder!r}")
    letters = component_order if isinstance(component_order, str) else ""
    if not letters or len(set(letters)) < len(letters):
        raise ValueError(
            "component_order must be distinct letters such as 'ZNE', got "
            f"{component_order!r}"
        )
    number = isinstance(fill_value, Real) and not isinstance(fill_value, bool)
    if fill_value is not None and not number:
        raise ValueError(f"fill_value must be a number or None, got {fill_value!r}")
    if not Path(folder).is_dir():
        raise FileNotFoundError(f"folder must be a folder, got {str(folder)!r}")
    return Path(folder)


def _chunks(folder: Path) -> list[str]:
    """List the chunks; an empty name is a data set in one piece."""
    if (folder / "chunks").is_file():
        lines = (folder / "chunks").read_text(encoding="utf-8").split("\n")
        chunks = sorted(line.strip() for line in lines if line.strip())
    elif (folder / "waveforms.hdf5").is_file():
        chunks = [""]
    else:
        tables = {path.name[8:-4] for path in folder.glob("metadata*.csv")}
        arrays = {path.name[9:-5] for path in folder.glob("waveforms*.hdf5")}
        chunks = sorted(tables | arrays)
    if not chunks:
        raise FileNotFoundError(f"{folder} holds no metadata.csv and waveforms.hdf5")
    for chunk in chunks:
        for name in (f"metadata{chunk}.csv", f"waveforms{chunk}.hdf5"):
            if not (folder / name).is_file():
                raise FileNotFoundError(f"{folder} holds no {name}")
    return chunks
