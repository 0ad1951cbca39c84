"""The arrays of a SeisBench set, and the places in them that trace names give."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import h5py

__all__ = ["read_array", "read_format"]


@contextmanager
def _opened(path: Path) -> Iterator[h5py.File]:
    """Open an HDF5 file; what cannot be read in it is a ValueError."""
    import h5py

    try:
        with h5py.File(path, "r") as file:
            yield file
    except FileNotFoundError:
        raise
    except (OSError, RuntimeError) as error:
        raise ValueError(f"{path.name} is damaged: {error}") from None


def read_format(path: Path) -> dict[str, Any]:
    """Read what ``waveforms<chunk>.hdf5`` says about itself."""
    with _opened(path) as file:
        if "data" not in file:
            raise ValueError(f"{path.name} must have a group 'data', got {list(file)}")
        group = file.get("data_format", {})
        found = {key: _plain(group[key]) for key in group}
    order = found.get("dimension_order")
    if order not in ("CW", "WC"):
        raise ValueError(
            f"{path.name}: data_format/dimension_order must be 'CW' or 'WC', got "
            f"{order!r}"
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
    return value.tolist() if isinstance(value, (np.generic, np.ndarray)) else value


def read_array(path: Path, trace_name: str) -> NDArray[np.float32]:
    """Read the array that a trace's name leads to, whole or cut from a block."""
    import h5py

    block, _, location = trace_name.partition("$")
    with _opened(path) as file:
        data = file["data"].get(block) if block else None
        if not isinstance(data, h5py.Dataset):
            raise ValueError(f"{path.name} holds no 'data/{block}'")
        return np.asarray(data[_places(location, data.shape)], np.float32)


def _places(location: str, shape: tuple[int, ...]) -> tuple[int | slice, ...]:
    """Give the indices of a place, and refuse one outside the array."""
    places = _slices(location)
    inside = len(places) <= len(shape) and all(map(_inside, places, shape))
    if not inside:
        raise ValueError(f"{location!r} is outside its array of shape {shape}")
    return places


def _inside(place: int | slice, size: int) -> bool:
    if isinstance(place, int):
        return 0 <= place < size
    start, stop = place.start or 0, size if place.stop is None else place.stop
    return 0 <= start <= stop <= size and (place.step is None or place.step > 0)


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
