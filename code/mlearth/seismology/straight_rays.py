"""Travel times in a homogeneous half space: rays are straight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import check_choice, check_positive
from .travel_times import HomogeneousModel

__all__ = ["StraightRays"]


@dataclass(frozen=True)
class StraightRays:
    """Travel times of P and S along straight rays; call it.

    Anything that is called like it takes its place: layers, or a table of the Earth.

    Attributes
    ----------
    p_km_s, s_km_s : float
        Velocities of P and S [km/s], > 0.

    Raises
    ------
    ValueError
        If a velocity is not > 0, or S is not slower than P.

    Examples
    --------
    >>> travel_time = StraightRays(p_km_s=6.0, s_km_s=3.0)
    >>> print(travel_time(3.0, 4.0, "P").round(3), travel_time(3.0, 4.0, "S").round(3))
    0.833 1.667
    """

    p_km_s: float = 6.0
    s_km_s: float = 3.5

    def __post_init__(self) -> None:
        """Refuse velocities that are none."""
        check_positive("p_km_s", self.p_km_s)
        check_positive("s_km_s", self.s_km_s)
        if self.s_km_s >= self.p_km_s:
            raise ValueError(
                f"s_km_s must be below p_km_s = {self.p_km_s}, got {self.s_km_s}"
            )

    def __call__(
        self, distance_km: ArrayLike, depth_km: ArrayLike, phase: str
    ) -> np.ndarray:
        """Return travel times [s] for epicentral distances and depths of the source."""
        check_choice("phase", phase, ("P", "S"))
        velocity = self.p_km_s if phase == "P" else self.s_km_s
        return HomogeneousModel(velocity).time_s(distance_km, depth_km)
