"""Sums of sines and cosines on the midpoints of a box, and back to their amplitudes.

Along an axis of n midpoints, amplitude m belongs to sin(m pi s) or cos(m pi s) with
0 < s < 1 and m = 0 ... n - 1. A derivative is then a product with m pi.
"""

from __future__ import annotations

import numpy as np
from scipy.fft import dct, dst

__all__ = ["amplitudes", "grid_values"]


def grid_values(modes: np.ndarray, z: str, x: str) -> np.ndarray:
    """Return the values of amplitudes, shape (n_z, n_x).

    Parameters
    ----------
    modes : ndarray, shape (n_z, n_x)
        Amplitudes.
    z, x : str
        "sin" or "cos": the series along each axis.

    Returns
    -------
    ndarray, shape (n_z, n_x)
    """
    return _VALUES[x](_VALUES[z](modes, 0), 1)


def amplitudes(values: np.ndarray, z: str, x: str) -> np.ndarray:
    """Return the amplitudes of values: what `grid_values` sums to them.

    Of n sines only n - 1 are kept: m = n has no place of its own.
    """
    return _MODES[z](_MODES[x](values, 1), 0)


def _of_cosines(modes: np.ndarray, axis: int) -> np.ndarray:
    halved = modes / 2
    _first(halved, axis)[...] *= 2
    return dct(halved, 3, axis=axis, overwrite_x=True)


def _to_cosines(values: np.ndarray, axis: int) -> np.ndarray:
    modes = dct(values, 2, axis=axis) / values.shape[axis]
    _first(modes, axis)[...] /= 2
    return modes


def _of_sines(modes: np.ndarray, axis: int) -> np.ndarray:
    shifted = np.zeros_like(modes)  # SciPy counts sines from 1
    _all_but_last(shifted, axis)[...] = _all_but_first(modes, axis) / 2
    return dst(shifted, 3, axis=axis, overwrite_x=True)


def _to_sines(values: np.ndarray, axis: int) -> np.ndarray:
    shifted = dst(values, 2, axis=axis) / values.shape[axis]
    modes = np.zeros_like(shifted)
    _all_but_first(modes, axis)[...] = _all_but_last(shifted, axis)
    return modes


def _first(array: np.ndarray, axis: int) -> np.ndarray:
    return array[0] if axis == 0 else array[:, 0]


def _all_but_first(array: np.ndarray, axis: int) -> np.ndarray:
    return array[1:] if axis == 0 else array[:, 1:]


def _all_but_last(array: np.ndarray, axis: int) -> np.ndarray:
    return array[:-1] if axis == 0 else array[:, :-1]


_VALUES = {"sin": _of_sines, "cos": _of_cosines}
_MODES = {"sin": _to_sines, "cos": _to_cosines}
