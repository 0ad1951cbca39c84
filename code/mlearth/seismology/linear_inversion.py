"""An inversion as one matrix: its picture, its resolution, its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import cho_factor, cho_solve

from .._arguments import (
    Count,
    NotNegative,
    Positive,
    RandomState,
    check_number,
    check_room,
    checked,
    count,
    wrong,
)
from .._arguments.arrays import as_floats
from .._arguments.types import Array
from .tomography import Rays, roughness

__all__ = ["LinearInversion", "gaussian_inversion", "smooth_inversion"]

Covariance = Annotated[ArrayLike, Array(("n_cells", "n_cells"))]


@dataclass(frozen=True, eq=False)
class LinearInversion:
    """What a linear inversion makes of any times along its rays.

    Attributes
    ----------
    rays : csr_array, shape (n_rays, n_cells)
        Lengths [km].
    sigma_s : float
        Standard deviation of the errors of times [s].
    gain : ndarray, shape (n_cells, n_rays)
        Times the delays: the changes of slowness [1/km].
    covariance : ndarray, shape (n_cells, n_cells)
        Of the slownesses, when the times are known [s2/km2].
    """

    rays: object
    sigma_s: float
    gain: np.ndarray
    covariance: np.ndarray

    @property
    def resolution(self) -> np.ndarray:
        """Matrix that turns the true change into the noiseless picture of it [1]."""
        return self.gain @ self.rays

    @property
    def std_s_km(self) -> np.ndarray:
        """Standard deviation of each cell [s/km], shape (n_cells,)."""
        return np.sqrt(np.maximum(np.diag(self.covariance), 0))

    def estimate(self, time_s: ArrayLike, reference_s_km: ArrayLike) -> np.ndarray:
        """Return slownesses [s/km] for times, shape (n_rays,) or (n_sets, n_rays).

        The shape is that of the reference, behind the sets if there are several.
        """
        times = as_floats("time_s", time_s)
        reference = as_floats("reference_s_km", reference_s_km)
        n_cells, n_rays = self.gain.shape
        if times.ndim not in (1, 2) or times.shape[-1] != n_rays:
            raise wrong("time_s", f"{n_rays} times a set", f"shape {times.shape}")
        if reference.size != n_cells:
            accepted = f"a slowness for each of {n_cells} cells"
            raise wrong("reference_s_km", accepted, f"shape {reference.shape}")
        change = (times - self.rays @ reference.ravel()) @ self.gain.T
        return reference + change.reshape(*times.shape[:-1], *reference.shape)

    def half_width_s_km(self, level: float = 0.9) -> np.ndarray:
        """Return half the width [s/km] of each cell's interval, shape (n_cells,)."""
        check_number("level", level, above=0, below=1)
        return NormalDist().inv_cdf(0.5 + level / 2) * self.std_s_km

    def draw(
        self, picture_s_km: ArrayLike, n: int = 1, random_state: RandomState = None
    ) -> np.ndarray:
        """Return pictures [s/km] that the times do not rule out, shape (n, ...)."""
        count(1).check("n", n)
        picture = as_floats("picture_s_km", picture_s_km)
        if picture.size != len(self.gain):
            accepted = f"a slowness for each of {len(self.gain)} cells"
            raise wrong("picture_s_km", accepted, f"shape {picture.shape}")
        rng = np.random.default_rng(random_state)
        value, vector = np.linalg.eigh(self.covariance)
        spread = vector * np.sqrt(np.maximum(value, 0))
        drawn = rng.normal(size=(n, picture.size)) @ spread.T
        return picture + drawn.reshape(n, *picture.shape)


def check_room_for(rays, **others) -> None:
    """Refuse matrices that do not fit into memory, dense as they will be."""
    n_rays, n_cells = rays.shape
    check_room("rays", rays, 3 * n_cells**2 + 2 * n_cells * n_rays + n_rays**2)


def check_prior(rays, sigma_s, covariance_s2_km2) -> None:
    """Insist on a symmetric covariance with variances >= 0."""
    check_room_for(rays)
    largest = np.abs(covariance_s2_km2).max()
    gap = np.abs(covariance_s2_km2 - covariance_s2_km2.T).max()
    if gap > 1e-9 * largest or np.diag(covariance_s2_km2).min() < 0:
        got = "one that is not" if gap > 1e-9 * largest else "a variance below 0"
        raise wrong("covariance_s2_km2", "symmetric, with variances >= 0", got)


@checked(also=check_prior)
def gaussian_inversion(
    rays: Rays, sigma_s: Positive, covariance_s2_km2: Covariance
) -> LinearInversion:
    r"""Return the posterior of slownesses that are Gaussian beforehand.

    With the prior covariance :math:`\mathbf{C}` and the rays :math:`\mathbf{G}`,

    .. math:: \mathbf{K} = \mathbf{C} \mathbf{G}^\mathsf{T}
        (\mathbf{G} \mathbf{C} \mathbf{G}^\mathsf{T} + \sigma^2 \mathbf{I})^{-1} , \quad
        \mathbf{C}_\mathrm{post} = \mathbf{C} - \mathbf{K} \mathbf{G} \mathbf{C} .

    Parameters
    ----------
    rays : sparse or dense array, shape (n_rays, n_cells)
        Length of each ray in each cell [km].
    sigma_s : float
        Standard deviation of the errors of times [s], > 0.
    covariance_s2_km2 : array_like, shape (n_cells, n_cells)
        Of the slownesses beforehand [s2/km2], symmetric.

    Returns
    -------
    LinearInversion
        Its estimate is the posterior's mean.

    Raises
    ------
    ValueError
        If an argument is none of these, or the covariance has a negative eigenvalue
        that the rays feel.

    Examples
    --------
    >>> one = gaussian_inversion([[10.0]], 0.1, [[1e-4]])
    >>> one.estimate([2.1], [0.2]).round(3), one.std_s_km.round(4)
    (array([0.205]), array([0.0071]))
    """
    across = rays @ covariance_s2_km2
    data = across @ rays.T + sigma_s**2 * np.eye(rays.shape[0])
    try:
        gain = cho_solve(cho_factor(data), across).T
    except np.linalg.LinAlgError:
        accepted = "a covariance, without an eigenvalue below 0"
        raise wrong("covariance_s2_km2", accepted, "one that has") from None
    left = covariance_s2_km2 - gain @ across
    return LinearInversion(rays, sigma_s, gain, (left + left.T) / 2)


def check_shape_of(rays, n_rows, n_columns, **others) -> None:
    """Insist on a column for each cell."""
    check_room_for(rays)
    if rays.shape[1] != n_rows * n_columns:
        accepted = f"such that cells are {rays.shape[1]}, the columns of rays"
        raise wrong("n_rows", accepted, f"{n_rows} by n_columns = {n_columns}")


@checked(also=check_shape_of, singular="damping")
def smooth_inversion(
    rays: Rays,
    sigma_s: Positive,
    n_rows: Count,
    n_columns: Count,
    damping: Positive,
    smoothing: NotNegative = 0.0,
) -> LinearInversion:
    """Return the matrix of the inversion that `invert_times` does step by step.

    For thousands of sets of times along the same rays it is made once.

    Parameters
    ----------
    rays : sparse or dense array, shape (n_rays, n_cells)
        Length of each ray in each cell [km].
    sigma_s : float
        Standard deviation of the errors of times [s], > 0.
    n_rows, n_columns : int
        Cells in depth and in distance.
    damping, smoothing : float
        As for `invert_times` [km/s]; damping > 0, so that there is one answer.

    Returns
    -------
    LinearInversion
        Its covariance holds if changes are Gaussian with the precision that damping
        and smoothing say.

    Raises
    ------
    ValueError
        If an argument is none of these.

    Examples
    --------
    >>> one = smooth_inversion([[10.0, 0.0]], 0.1, 1, 2, damping=100.0)
    >>> one.resolution.round(3)
    array([[0.5, 0. ],
           [0. , 0. ]])
    """
    rough = roughness(n_rows, n_columns)
    n_cells = rays.shape[1]
    inner = (rays.T @ rays / sigma_s**2 + smoothing**2 * rough.T @ rough).toarray()
    factor = cho_factor(inner + damping**2 * np.eye(n_cells))
    gain = cho_solve(factor, rays.T.toarray() / sigma_s**2)
    covariance = cho_solve(factor, np.eye(n_cells))
    return LinearInversion(rays, sigma_s, gain, (covariance + covariance.T) / 2)
