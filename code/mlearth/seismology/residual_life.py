"""How long until the next failure, for one who has nothing but a clock."""

from __future__ import annotations

import numpy as np

from .._arguments import OtherVector, Positives, checked, wrong

__all__ = ["median_residual_life"]


@checked
def median_residual_life(duration_s: Positives, since_s: OtherVector) -> np.ndarray:
    """Return the median of the time that is left, of cycles that lasted so long.

    Of all known cycles that lasted longer than the time since the last failure, half
    lasted for less than this time more. It is what a clock alone can say, and the
    baseline of everything that claims to hear a failure coming.

    Parameters
    ----------
    duration_s : array_like, shape (n,)
        Lengths of known cycles [s], > 0.
    since_s : array_like, shape (n_times,)
        Times since the last failure [s], >= 0.

    Returns
    -------
    ndarray, shape (n_times,)
        Medians [s]; 0 where no known cycle lasted longer: failure is overdue.

    Raises
    ------
    ValueError
        If a length is not > 0, or a time is not >= 0.

    Examples
    --------
    >>> median_residual_life([4.0, 6.0, 11.0], [0.0, 5.0, 7.0, 12.0])
    array([6. , 3.5, 4. , 0. ])
    """
    since_s = np.asarray(since_s, dtype=float)
    if np.min(since_s, initial=0) < 0:
        raise wrong("since_s", "numbers >= 0", f"{np.min(since_s):g}")
    duration_s = np.sort(np.asarray(duration_s, dtype=float))
    n = len(duration_s)
    first = np.searchsorted(duration_s, since_s, side="right")
    middle = np.minimum((first + n - 1) / 2, n - 1)
    low, high = np.floor(middle).astype(int), np.ceil(middle).astype(int)
    median = (duration_s[low] + duration_s[high]) / 2
    return np.where(first < n, median - since_s, 0.0)
