"""Waves in a plate, by its images: every reflection is a straight ray from one."""

from __future__ import annotations

import numpy as np

from ..._arguments import CountOrZero, NotNegative, Positive, checked, wrong

__all__ = ["plate_images", "plate_rays"]

ALIKE_M = 1e-9
"""Paths that differ by less are one arrival."""


@checked
def plate_images(
    depth_m: NotNegative, thickness_m: Positive, n_bounces: CountOrZero
) -> tuple[np.ndarray, np.ndarray]:
    """Return the mirror images of a source between two surfaces.

    A mirror at depth 0 turns a source at z into one at -z, a mirror at h into one at
    2 h - z. Mirrored in turn, the images lie at 2 m h + z after abs(2 m) bounces and
    at 2 m h - z after abs(2 m - 1), for every whole m.

    Parameters
    ----------
    depth_m : float
        Depth of the source [m], from 0 to `thickness_m`.
    thickness_m : float
        Distance of the two surfaces [m], > 0.
    n_bounces : int
        Largest number of reflections, >= 0.

    Returns
    -------
    image_m : ndarray, shape (2 n_bounces + 1,)
        Depths of the images [m], the source itself first, by number of bounces.
    bounces : ndarray of int, shape (2 n_bounces + 1,)
        Reflections on the way from each.

    Raises
    ------
    ValueError
        If an argument is out of bounds, or the source lies outside of the plate.

    Examples
    --------
    >>> depth, bounces = plate_images(0.25, 1.0, 2)
    >>> depth, bounces
    (array([ 0.25, -0.25,  1.75, -1.75,  2.25]), array([0, 1, 1, 2, 2]))
    """
    if depth_m > thickness_m:
        raise wrong("depth_m", f"<= thickness_m = {thickness_m:g}", f"{depth_m:g}")
    if n_bounces > 10_000:
        raise wrong("n_bounces", "<= 10000", n_bounces)
    m = np.arange(-n_bounces, n_bounces + 1)
    image_m = np.concatenate(
        [2 * m * thickness_m + depth_m, 2 * m * thickness_m - depth_m]
    )
    bounces = np.concatenate([np.abs(2 * m), np.abs(2 * m - 1)])
    order = np.lexsort([image_m, bounces])
    order = order[bounces[order] <= n_bounces]
    return image_m[order], bounces[order]


def plate_rays(
    offset_m: float, from_m: float, to_m: float, longest_m: float, plate
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return length [m], bounces and strength [1/m] of all rays up to a length.

    Rays of one length are one arrival: at a sensor on a surface each wave meets its
    own reflection. The strength is the sum of reflection^bounces / length.
    """
    n_bounces = int(np.ceil(longest_m / plate.thickness_m)) + 2
    image_m, bounces = plate_images(from_m, plate.thickness_m, n_bounces)
    length_m = np.hypot(offset_m, image_m - to_m)
    heard = length_m <= longest_m
    length_m, bounces = length_m[heard], bounces[heard]
    order = np.argsort(length_m, kind="stable")
    length_m, bounces = length_m[order], bounces[order]
    new = np.diff(length_m, prepend=-np.inf) > ALIKE_M
    first, which = np.flatnonzero(new), np.cumsum(new) - 1
    strength = plate.reflection**bounces / np.maximum(length_m, ALIKE_M)
    return length_m[first], bounces[first], np.bincount(which, strength, len(first))
