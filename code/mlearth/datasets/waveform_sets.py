"""Benchmark sets of waveforms in the layout of SeisBench.

Most labelled collections (STEAD, INSTANCE, ETHZ, Iquique, LEN-DB, PNW, ...) are
published in it: ``metadata.csv`` beside ``waveforms.hdf5``. Download one from its
authors and open the folder here; SeisBench itself is not needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    import h5py

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
        ``trace_sampling_rate_hz``.
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
            If a component is missing and ``fill_value`` is None.
        """
        if not 0 <= index < len(self):
            raise IndexError(f"index is {index}; accepted is 0 to {len(self) - 1}")
        row = self.metadata.iloc[index]
        stored = self._read(row["trace_name"], row["trace_chunk"])
        return self._order(stored, row["trace_component_order"], row["trace_name"])

    def _read(self, trace_name: str, chunk: str) -> NDArray[np.float32]:
        import h5py

        block, _, location = trace_name.partition("$")
        with h5py.File(self.folder / f"waveforms{chunk}.hdf5", "r") as file:
            if f"data/{block}" not in file:
                raise ValueError(f"waveforms{chunk}.hdf5 holds no 'data/{block}'")
            data = np.asarray(file["data"][block][_slices(location)], np.float32)
        order = self.data_format["dimension_order"]
        if data.ndim != 2:
            raise ValueError(
                f"trace {trace_name!r} has {data.ndim} dimensions; accepted are 2 "
                f"({order})"
            )
        return data if order == "CW" else np.ascontiguousarray(data.T)

    def _order(
        self, stored: NDArray[np.float32], components: str, name: str
    ) -> NDArray[np.float32]:
        missing = [c for c in self.component_order if c not in components]
        if missing and self.fill_value is None:
            raise ValueError(
                f"trace {name!r} has the components {components!r}, not "
                f"{missing}; choose another component_order or a fill_value"
            )
        shape = (len(self.component_order), stored.shape[1])
        out = np.full(shape, self.fill_value or 0.0, dtype=np.float32)
        for target, component in enumerate(self.component_order):
            if component in components:
                out[target] = stored[components.index(component)]
        return out


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
        If the files contradict each other or do not say what they hold.

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
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(f"folder is {str(folder)!r}, which is not a folder")
    if not component_order or len(set(component_order)) < len(component_order):
        raise ValueError(
            f"component_order is {component_order!r}; accepted are distinct "
            "letters such as 'ZNE'"
        )
    chunks = _chunks(folder)
    formats = [_data_format(folder / f"waveforms{chunk}.hdf5") for chunk in chunks]
    if any(other != formats[0] for other in formats):
        raise ValueError(f"the chunks of {folder} differ in their data_format")
    metadata = pd.concat(_metadata(folder, chunks), ignore_index=True)
    metadata = _complete(metadata, formats[0])
    return WaveformSet(folder, metadata, component_order, fill_value, formats[0])


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


def _metadata(folder: Path, chunks: list[str]) -> Iterator[pd.DataFrame]:
    for chunk in chunks:
        path = folder / f"metadata{chunk}.csv"
        table = pd.read_csv(path, dtype={"trace_name": "str"}, low_memory=False)
        if "trace_name" not in table:
            raise ValueError(f"{path.name} has no column trace_name")
        yield table.assign(trace_chunk=chunk)


def _data_format(path: Path) -> dict[str, Any]:
    import h5py

    with h5py.File(path, "r") as file:
        if "data" not in file:
            raise ValueError(f"{path.name} has no group 'data'")
        group = file.get("data_format", {})
        found = {key: _plain(group[key]) for key in group}
    order = found.get("dimension_order")
    if order not in ("CW", "WC"):
        raise ValueError(
            f"{path.name}: data_format/dimension_order is {order!r}; accepted are "
            "'CW' and 'WC'"
        )
    return found


def _plain(dataset: h5py.Dataset) -> Any:
    """Turn bytes into text, a list of letters into one text, numbers into float."""
    value = dataset[()]
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, np.ndarray) and value.dtype.kind in "OS":
        parts = [x.decode() if isinstance(x, bytes) else str(x) for x in value]
        return "".join(parts)
    return value.item() if isinstance(value, np.generic) else value


def _complete(metadata: pd.DataFrame, data_format: dict[str, Any]) -> pd.DataFrame:
    """Give every trace its component order and sampling rate."""
    order = pd.Series(data_format.get("component_order"), metadata.index, dtype="str")
    rate = pd.Series(data_format.get("sampling_rate"), metadata.index, dtype=float)
    if "trace_dt_s" in metadata:
        rate = (1.0 / metadata["trace_dt_s"].astype(float)).fillna(rate)
    if "trace_sampling_rate_hz" in metadata:
        rate = metadata["trace_sampling_rate_hz"].astype(float).fillna(rate)
    if "trace_component_order" in metadata:
        order = metadata["trace_component_order"].fillna(order)
    if order.isna().any():
        raise ValueError(
            f"{int(order.isna().sum())} traces have no component order, neither in "
            "the metadata nor in data_format"
        )
    return metadata.assign(trace_component_order=order, trace_sampling_rate_hz=rate)


def _slices(location: str) -> tuple[int | slice, ...]:
    """Read a place in a block, such as "3,:3,:1000"."""
    if not location:
        return (slice(None),)
    places: list[int | slice] = []
    for part in location.replace(" ", "").split(","):
        try:
            numbers = [int(text) if text else None for text in part.split(":")]
            places.append(slice(*numbers) if ":" in part else int(part))
        except (TypeError, ValueError):
            raise ValueError(f"{location!r} is not a place such as '3,:3,:1000'") from (
                None
            )
    return tuple(places)
