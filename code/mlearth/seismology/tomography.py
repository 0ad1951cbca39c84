"""A picture from travel times: damped and smoothed least squares, and how strongly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse
from scipy.sparse.linalg import lsqr

from .._arguments import NotNegative, Positive, checked, count, wrong
from .._arguments.arrays import as_floats
from .._arguments.types import Array
from .ray_lengths import check_fits

__all__ = ["LCurve", "Picture", "Rays", "invert_times", "l_curve", "roughness"]

TOLERANCE = 1e-10
"""Of LSQR, far below any noise."""


class RayMatrix:
    """What a matrix of ray lengths may be: sparse or dense, finite, 2D."""

    axes = ("n_rays", "n_cells")

    def check(self, name: str, value: Any, sizes: dict) -> sparse.csr_array:
        """Return the matrix as a sparse one, or raise a ValueError that names it."""
        plain = value.data if sparse.issparse(value) else value
        finite = as_floats(name, plain, bools=True)
        shape = np.shape(value) if not sparse.issparse(value) else value.shape
        if len(shape) != 2 or 0 in shape:
            raise wrong(name, "a table, 2D, shape (n_rays, n_cells)", f"shape {shape}")
        for axis, length in zip(self.axes, shape, strict=True):
            expected, owner = sizes.setdefault(axis, (length, name))
            if length != expected:
                what = f"such that {axis} = {expected}, as in {owner}"
                raise wrong(name, what, f"shape {shape}")
        return sparse.csr_array(value if sparse.issparse(value) else finite)


Rays = Annotated[Any, RayMatrix()]
Times = Annotated[ArrayLike, Array(("n_rays",))]
Section = Annotated[
    ArrayLike, Array(("n_rows", "n_columns"), "numbers > 0", lambda a: a > 0)
]
Strengths = Annotated[
    ArrayLike, Array(("n_strengths",), "numbers > 0", lambda a: a > 0)
]
Cells = Annotated[int, count(1)]
Steps = Annotated[int, count(1, 1_000_000)]


@dataclass(frozen=True, eq=False)
class Picture:
    """Slownesses that explain travel times.

    Attributes
    ----------
    slowness_s_km : ndarray, shape (n_rows, n_columns)
        Slowness of each cell [s/km].
    chi2 : float
        Mean of the squared residuals, each over its standard deviation; near 1 where
        noise alone is left.
    size_s_km : float
        Root of the sum of squared changes against the reference [s/km].
    rough_s_km : float
        Root of the sum of the squared roughness of these changes [s/km].
    """

    slowness_s_km: np.ndarray
    chi2: float
    size_s_km: float
    rough_s_km: float


@dataclass(frozen=True, eq=False)
class LCurve:
    """Misfit against roughness, as smoothing grows.

    Attributes
    ----------
    strength : ndarray, shape (n_strengths,)
        Smoothing [km/s], ascending.
    chi2 : ndarray, shape (n_strengths,)
        Mean squared residual, in standard deviations.
    rough_s_km : ndarray, shape (n_strengths,)
        Roughness of each picture [s/km].
    curvature : ndarray, shape (n_strengths,)
        Of the curve of their logarithms; positive where it turns like an L.
    corner : int
        Where the curvature is largest, both ends left out.
    """

    strength: np.ndarray
    chi2: np.ndarray
    rough_s_km: np.ndarray
    curvature: np.ndarray
    corner: int


def check_roughness(n_rows, n_columns) -> None:
    """Refuse more cells than fit into memory."""
    check_fits(n_rows, n_columns, 20.0 * n_rows * n_columns)


@checked(also=check_roughness)
def roughness(n_rows: Cells, n_columns: Cells) -> sparse.csr_array:
    """Return the matrix that subtracts from each cell the mean-free pull of neighbours.

    It is the five-point Laplacian, with a mirror at the borders: a constant has none.

    Parameters
    ----------
    n_rows, n_columns : int
        Cells in depth and in distance.

    Returns
    -------
    csr_array, shape (n_cells, n_cells)
        The sum over a cell's neighbours of cell minus neighbour [1].

    Raises
    ------
    ValueError
        If a number is none.

    Examples
    --------
    >>> roughness(1, 3).toarray()
    array([[ 1., -1.,  0.],
           [-1.,  2., -1.],
           [ 0., -1.,  1.]])
    """
    steps = []
    for n in (n_rows, n_columns):
        step = sparse.diags_array([-1.0, 1.0], offsets=[0, 1], shape=(n - 1, n))
        steps.append(step.T @ step if n > 1 else sparse.csr_array((1, 1)))
    down, across = steps
    whole = sparse.kron(down, sparse.eye_array(n_columns)) + sparse.kron(
        sparse.eye_array(n_rows), across
    )
    return sparse.csr_array(whole)


def check_cells(rays, reference_s_km, **others) -> None:
    """Insist on one column of the matrix for each cell of the reference."""
    shape = reference_s_km.shape
    if rays.shape[1] != shape[0] * shape[1]:
        accepted = f"of as many cells as rays has columns, {rays.shape[1]}"
        raise wrong("reference_s_km", accepted, f"shape {shape}")


@checked(also=check_cells)
def invert_times(
    rays: Rays,
    time_s: Times,
    sigma_s: Positive,
    reference_s_km: Section,
    damping: NotNegative = 0.0,
    smoothing: NotNegative = 0.0,
    n_iter: Steps = 2000,
) -> Picture:
    """Find slownesses by damped and smoothed least squares, with LSQR.

    Least is the sum of squared residuals over `sigma_s`, plus the squares of `damping`
    times the change against the reference and of `smoothing` times its roughness.

    Parameters
    ----------
    rays : sparse or dense array, shape (n_rays, n_cells)
        Length of each ray in each cell [km].
    time_s : array_like, shape (n_rays,)
        Travel times [s].
    sigma_s : float
        Standard deviation of their errors [s], > 0.
    reference_s_km : array_like, shape (n_rows, n_columns)
        Slowness that is expected beforehand [s/km], > 0.
    damping : float
        One over the standard deviation that a cell is expected to have [km/s], >= 0.
    smoothing : float
        One over the roughness that is expected [km/s], >= 0.
    n_iter : int
        Most steps of LSQR, up to a million.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If an argument is none of these, or LSQR needs more than `n_iter` steps.

    Notes
    -----
    LSQR is SciPy's; it needs the products with the matrix and its transpose alone.
    Without damping and smoothing, cells that no ray meets keep their reference.

    Examples
    --------
    >>> rays = [[10.0, 10.0], [0.0, 14.0]]
    >>> invert_times(rays, [4.2, 3.08], 0.1, [[0.2, 0.2]]).slowness_s_km.round(3)
    array([[0.2 , 0.22]])
    """
    shape = reference_s_km.shape
    rough = roughness(*shape)
    penalty = damping * sparse.eye_array(rough.shape[0]), smoothing * rough
    wanted = [
        part for part, on in zip(penalty, (damping, smoothing), strict=True) if on
    ]
    system = sparse.vstack([rays / sigma_s, *wanted]).tocsr()
    late = (time_s - rays @ reference_s_km.ravel()) / sigma_s
    target = np.concatenate([late, np.zeros(system.shape[0] - late.size)])
    found = lsqr(
        system, target, atol=TOLERANCE, btol=TOLERANCE, conlim=0, iter_lim=n_iter
    )
    change, stop = found[0], found[1]
    if stop == 7:
        raise wrong("n_iter", "enough for LSQR: more damping helps too", n_iter)
    left = late - rays @ change / sigma_s
    slowness = reference_s_km + change.reshape(shape)
    sizes = np.linalg.norm(change), np.linalg.norm(rough @ change)
    return Picture(slowness, float(np.mean(left**2)), *map(float, sizes))


def check_strengths(strengths, **others) -> None:
    """Insist on enough strengths for a curvature, in ascending order."""
    check_cells(others["rays"], others["reference_s_km"])
    if strengths.size < 5 or np.any(np.diff(strengths) <= 0):
        got = f"{strengths.size} of them" if strengths.size < 5 else "others"
        raise wrong("strengths", "at least five, ascending", got)


@checked(also=check_strengths)
def l_curve(
    rays: Rays,
    time_s: Times,
    sigma_s: Positive,
    reference_s_km: Section,
    strengths: Strengths,
    damping: NotNegative = 0.0,
) -> LCurve:
    """Invert once for each strength of smoothing, and find the corner of the L.

    Parameters
    ----------
    rays : sparse or dense array, shape (n_rays, n_cells)
        Length of each ray in each cell [km].
    time_s : array_like, shape (n_rays,)
        Travel times [s].
    sigma_s : float
        Standard deviation of their errors [s], > 0.
    reference_s_km : array_like, shape (n_rows, n_columns)
        Slowness that is expected beforehand [s/km], > 0.
    strengths : array_like, shape (n_strengths,)
        Smoothing [km/s], > 0, ascending; at least five.
    damping : float
        The same for all [km/s], >= 0.

    Returns
    -------
    LCurve

    Raises
    ------
    ValueError
        If an argument is none of these.

    Notes
    -----
    The corner is where the curve of the logarithms of misfit and roughness bends most,
    after ``hansen1993use``.

    Examples
    --------
    >>> rays = [[10.0, 10.0], [0.0, 14.0], [12.0, 0.0]]
    >>> strengths = [0.1, 1, 10, 100, 1000]
    >>> curve = l_curve(rays, [4.2, 3.1, 2.5], 0.1, [[0.2, 0.2]], strengths)
    >>> bool(np.all(np.diff(curve.chi2) >= 0))
    True
    """
    pictures = [
        invert_times(rays, time_s, sigma_s, reference_s_km, damping, strength)
        for strength in map(float, strengths)
    ]
    chi2 = np.array([one.chi2 for one in pictures])
    rough = np.array([one.rough_s_km for one in pictures])
    bend = curvature(np.log(strengths), np.log(chi2) / 2, np.log(rough))
    corner = 1 + int(np.argmax(bend[1:-1]))
    return LCurve(strengths, chi2, rough, bend, corner)


def curvature(along: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the curvature of a curve in the plane, by differences."""
    dx, dy = np.gradient(x, along), np.gradient(y, along)
    ddx, ddy = np.gradient(dx, along), np.gradient(dy, along)
    return (dx * ddy - dy * ddx) / np.maximum(dx**2 + dy**2, 1e-300) ** 1.5
