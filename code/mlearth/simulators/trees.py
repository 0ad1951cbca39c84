"""Records, tables and arrays as bytes of HDF5, the same bytes for the same values."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .._arguments import wrong

if TYPE_CHECKING:
    import h5py

__all__ = ["from_bytes", "parts_of", "to_bytes"]


def to_bytes(examples: Mapping[str, Any]) -> bytes:
    """Return one file of HDF5 that holds an example under each name.

    Parameters
    ----------
    examples : mapping of str to object
        Tables, arrays, numbers, text, and records or mappings of them.

    Returns
    -------
    bytes

    Raises
    ------
    ValueError
        If a value is of another kind.
    """
    import h5py

    memory = io.BytesIO()
    with h5py.File(memory, "w", track_order=False) as file:
        for name, example in examples.items():
            write_tree(file, name, example)
    return memory.getvalue()


def from_bytes(block: bytes) -> dict[str, Any]:
    """Return the examples of a file: tables and arrays again, records as dicts."""
    import h5py

    with h5py.File(io.BytesIO(block), "r") as file:
        return {name: read_tree(part) for name, part in file.items()}


def parts_of(value: Any) -> dict[str, Any] | None:
    """Return the named parts of a record, a mapping or a table; None if it has none."""
    if isinstance(value, pd.DataFrame):
        return {name: value[name].to_numpy() for name in value}
    if isinstance(value, Mapping):
        return dict(value)
    if hasattr(value, "_asdict"):
        return value._asdict()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return None


def write_tree(group: h5py.Group, name: str, value: Any) -> None:
    """Write a value below a group, its parts below it."""
    parts = {} if value is None else parts_of(value)
    if parts is None:
        return write_leaf(group, name, value)
    below = group.create_group(name)
    if value is None:
        below.attrs["none"] = True
    if isinstance(value, pd.DataFrame):
        below.attrs["columns"] = "\n".join(map(str, value.columns))
    for key, part in parts.items():
        write_tree(below, str(key), part)
    return None


def write_leaf(group: h5py.Group, name: str, value: Any) -> None:
    """Write an array, numbers or text: times as counts of ns, text as UTF-8."""
    array = np.asarray(value)
    kind = array.dtype.kind
    if kind == "O" and all(isinstance(part, str) for part in array.flat):
        array, kind = array.astype(str), "U"
    if kind == "M":
        array = array.astype("datetime64[ns]").astype("int64")
    elif kind == "U":
        array = np.char.encode(array, "utf-8")
        array = array.astype(f"S{max(array.dtype.itemsize, 1)}")
    elif kind not in "biufc":
        raise wrong(name, "a table, an array, numbers or text", type(value).__name__)
    packed = (
        {"compression": "gzip", "shuffle": True} if array.ndim and array.size else {}
    )
    written = group.create_dataset(name, data=array, track_times=False, **packed)
    if kind in "MU":
        written.attrs["kind"] = kind
    written.flush()  # in this order, whenever a thread lets go of it


def read_tree(node: Any) -> Any:
    """Return what stands in a group or a dataset."""
    if not hasattr(node, "items"):
        return read_leaf(node)
    if "none" in node.attrs:
        return None
    parts = {name: read_tree(part) for name, part in node.items()}
    if "columns" not in node.attrs:
        return parts
    names = node.attrs["columns"]
    return pd.DataFrame({name: parts[name] for name in names.split("\n") if names})


def read_leaf(node: h5py.Dataset) -> Any:
    """Return an array, or the one value of a scalar."""
    array, kind = np.asarray(node[()]), node.attrs.get("kind")
    if kind == "M":
        array = array.astype("datetime64[ns]")
    if kind == "U":
        array = np.char.decode(array, "utf-8")
        array = array.astype(object) if array.ndim else array
    return array if array.ndim else array.item()
