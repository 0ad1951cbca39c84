"""Where to put a few stations, so that earthquakes are located well."""

from __future__ import annotations

from typing import Annotated, Any

import gymnasium
import numpy as np
from gymnasium.spaces import Discrete, MultiBinary

from .._arguments import CountOrZero, checked, count, wrong

__all__ = ["StationPlacement"]

SPEED_KM_S = 6.0
EXTENT_KM = 40.0
PRIOR_KM, PRIOR_S = 20.0, 5.0
"""What is known of an epicentre and of its time before any station (one sigma)."""
N_SOURCES = 12

Stations = Annotated[int, count(2, 12)]
Side = Annotated[int, count(2, 12)]


class StationPlacement(gymnasium.Env):
    """Put stations on the sites of a square, one a step, and be paid at the end.

    The observation tells which sites are taken; the action is the next site. The last
    station pays minus the error: the root of the mean square of what remains unknown of
    the epicentres [km]. A site that is taken already wastes the station.

    Parameters
    ----------
    side : int
        Sites in a row and in a column, 2 to 12.
    n_stations : int
        How many stations there are, 2 to 12, fewer than sites.
    random_state : int
        Seed of the noise at the sites and of the places where earthquakes are expected.

    Notes
    -----
    *Stands in for* the design of a small network, judged by the covariance of a
    linearised location. *Breaks down* since depth is left out, the ground
    has one speed, every station sees every earthquake, and sites cost the same.

    Examples
    --------
    >>> network = StationPlacement(side=3, n_stations=2, random_state=1)
    >>> network.reset(seed=0)[0].tolist()
    [0, 0, 0, 0, 0, 0, 0, 0, 0]
    >>> _ = network.step(0)
    >>> seen, reward, ended, cut, info = network.step(8)
    >>> ended, bool(np.isclose(-reward, network.error_km([0, 8])))
    (True, True)
    """

    metadata: dict[str, Any] = {"render_modes": []}  # noqa: RUF012

    def __init__(
        self, side: Side = 5, n_stations: Stations = 4, random_state: CountOrZero = 0
    ) -> None:
        """Draw the sites' noise and the sources."""
        check_design(side, n_stations, random_state)
        rng = np.random.default_rng(random_state)
        along = EXTENT_KM * (np.arange(side) + 0.5) / side
        sites = np.stack(np.meshgrid(along, along), axis=-1).reshape(-1, 2)
        sources = rng.uniform(0, EXTENT_KM, (N_SOURCES, 2))
        noise_s = 0.05 * 10 ** rng.uniform(0, 1, len(sites))
        self.n_stations, n_sites = n_stations, len(sites)
        self._told = information(sites, sources, noise_s)
        self._taken: list[int] = []
        self.observation_space = MultiBinary(n_sites)
        self.action_space = Discrete(n_sites)

    def error_km(self, sites: list[int]) -> float:
        """Return the error that stations at given sites leave.

        Parameters
        ----------
        sites : list of int
            Numbers of the sites, row by row; one that occurs twice counts once.

        Returns
        -------
        float
            Root of the mean square error of an epicentre [km].
        """
        told = self._told[:, sorted({*sites})].sum(axis=1)
        prior = np.diag([PRIOR_KM**-2, PRIOR_KM**-2, PRIOR_S**-2])
        left = np.linalg.inv(prior + told)
        return float(np.sqrt(np.mean(left[:, 0, 0] + left[:, 1, 1])))

    def reset(self, *, seed: int | None = None, options: dict | None = None) -> tuple:
        """Take all stations away.

        Parameters
        ----------
        seed : int or None
            Not used: nothing is drawn.
        options : dict or None
            Not used.

        Returns
        -------
        observation : ndarray of int8, shape (n_sites,)
            Zeros.
        info : dict
            Empty.
        """
        super().reset(seed=seed)
        self._taken = []
        return self._seen(), {}

    def step(self, action: int) -> tuple:
        """Put a station on a site.

        Parameters
        ----------
        action : int
            Number of the site.

        Returns
        -------
        observation : ndarray of int8, shape (n_sites,)
            Which sites are taken.
        reward : float
            Zero, and minus the error [km] after the last station.
        terminated : bool
            Whether it was the last.
        truncated : bool
            False.
        info : dict
            ``error_km`` so far.
        """
        self._taken.append(int(action))
        ended = len(self._taken) >= self.n_stations
        error = self.error_km(self._taken)
        return self._seen(), -error * ended, ended, False, {"error_km": error}

    def _seen(self) -> np.ndarray:
        seen = np.zeros(self.observation_space.n, dtype=np.int8)
        seen[self._taken] = 1
        return seen


@checked
def check_design(side: Side, n_stations: Stations, random_state: CountOrZero) -> None:
    """Raise unless there are fewer stations than sites."""
    if n_stations >= side**2:
        raise wrong("n_stations", f"below {side**2}, the number of sites", n_stations)


def information(
    sites: np.ndarray, sources: np.ndarray, noise_s: np.ndarray
) -> np.ndarray:
    """Return what each site tells of each source: matrices of place and time."""
    away = sources[:, None] - sites
    far = np.linalg.norm(away, axis=-1, keepdims=True)
    slope = np.concatenate(
        [away / np.maximum(far, 1e-9) / SPEED_KM_S, np.ones_like(far)], axis=-1
    )
    slope = slope / noise_s[:, None]
    return slope[..., :, None] * slope[..., None, :]
