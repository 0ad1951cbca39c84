"""Kinds of ground to take pictures of: rough, chequered, layered, with a slab."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal

import numpy as np

from ..._arguments import (
    Accepted,
    NotNegative,
    Positive,
    check_fields,
    number,
    shown,
    wrong,
)
from ...seismology.earth_models import load_earth_model
from .fields import Kernel, gaussian_field
from .plates import slab_deficit

__all__ = ["CheckerboardGround", "GaussianGround", "LayeredGround", "SlabGround"]

Spread = Annotated[float, number(least=0, most=0.15)]


def is_range(value: Any) -> bool:
    """Tell whether a value is two numbers, not descending."""
    sound = isinstance(value, list | tuple) and len(value) == 2
    return bool(
        sound and all(number().holds(v) for v in value) and value[0] <= value[1]
    )


Range = Annotated[
    tuple[float, float], Accepted("two finite numbers, not descending", is_range)
]


class Ground:
    """What all kinds share: a reference that an observer knows, and checked fields."""

    def __post_init__(self) -> None:
        """Hold each field to its annotation."""
        check_fields(self)

    def reference_s_km(self, depth_km: np.ndarray, n_columns: int) -> np.ndarray:
        """Return the slowness [s/km] that is known beforehand, a row for each depth."""
        speed = self.velocity_km_s + self.gradient_per_s * depth_km
        if speed.min() <= 0:
            accepted = "such that the speed stays > 0"
            raise wrong("gradient_per_s", accepted, self.gradient_per_s)
        return np.repeat(1 / speed[:, None], n_columns, axis=1)


@dataclass(frozen=True)
class GaussianGround(Ground):
    """Slowness that varies as a Gaussian random field.

    Attributes
    ----------
    velocity_km_s : float
        Speed at the top [km/s], > 0.
    gradient_per_s : float
        Its growth with depth [km/s per km], >= 0.
    spread : float
        Standard deviation of the slowness, as a share; 0 to 0.15.
    correlation_km : float
        Length of the correlation [km], > 0.
    kernel : {"gaussian", "exponential"}
        Its form; the second is rough.
    """

    velocity_km_s: Positive = 5.0
    gradient_per_s: NotNegative = 0.0
    spread: Spread = 0.05
    correlation_km: Positive = 5.0
    kernel: Kernel = "gaussian"

    def relative(self, x_km, z_km, rng: np.random.Generator) -> np.ndarray:
        """Draw the change of slowness as a share, on nodes at these places."""
        shape, step = (z_km.size, x_km.size), float(round(x_km[1] - x_km[0], 12))
        drawn = gaussian_field(*shape, step, self.correlation_km, self.kernel, rng)
        return self.spread * drawn


@dataclass(frozen=True)
class CheckerboardGround(Ground):
    """Squares that are slow and fast in turn, shifted at random.

    Attributes
    ----------
    velocity_km_s, gradient_per_s : float
        Speed at the top [km/s] and its growth with depth [km/s per km].
    amplitude : float
        Change of the slowness, up and down, as a share; 0 to 0.15.
    size_km : float
        Side of a square [km], > 0.
    shifted : float
        Largest shift in both directions, as a share of `size_km`; 0 to 2.
    """

    velocity_km_s: Positive = 5.0
    gradient_per_s: NotNegative = 0.0
    amplitude: Spread = 0.05
    size_km: Positive = 8.0
    shifted: Annotated[float, number(least=0, most=2)] = 2.0

    def relative(self, x_km, z_km, rng: np.random.Generator) -> np.ndarray:
        """Draw the change of slowness as a share, on nodes at these places."""
        right, down = self.shifted * rng.uniform(size=2)
        column = np.floor(x_km / self.size_km + right)
        row = np.floor(z_km / self.size_km + down)
        return self.amplitude * (1 - 2 * ((row[:, None] + column) % 2))


@dataclass(frozen=True)
class LayeredGround(Ground):
    """Flat layers of random thickness and slowness.

    Attributes
    ----------
    velocity_km_s, gradient_per_s : float
        Speed at the top [km/s] and its growth with depth [km/s per km].
    spread : float
        Standard deviation of the layers' slowness, as a share; 0 to 0.15.
    thickness_km : float
        Mean thickness of a layer [km], > 0; their borders are as random as can be.
    """

    velocity_km_s: Positive = 5.0
    gradient_per_s: NotNegative = 0.0
    spread: Spread = 0.05
    thickness_km: Positive = 6.0

    def relative(self, x_km, z_km, rng: np.random.Generator) -> np.ndarray:
        """Draw the change of slowness as a share, on nodes at these places."""
        depth = z_km[-1] + z_km[0]
        border = rng.uniform(0, depth, rng.poisson(depth / self.thickness_km))
        layer = np.searchsorted(np.sort(border), z_km)
        drawn = self.spread * rng.normal(size=border.size + 1).clip(-5, 5)
        return np.repeat(drawn[layer][:, None], x_km.size, axis=1)


BOUNDS = {
    "trench": (0, 1),
    "dip_deg": (5, 85),
    "age_myr": (1, 300),
    "speed_km_myr": (1, 300),
}
"""What may be drawn of a plate."""


@lru_cache(maxsize=4)
def earth(model: str) -> Any:
    """Return the P speeds of a model, read once."""
    return load_earth_model(model, "P")


@dataclass(frozen=True)
class SlabGround(Ground):
    """A cold plate that sinks into the mantle of ak135; a flat section in depth.

    Each range is drawn from uniformly. The plate enters at the top and sinks to the
    right; its deficit of temperature is that of `slab_deficit`.

    Attributes
    ----------
    trench : (float, float)
        Where the plate enters, as a share of the width, 0 to 1.
    dip_deg : (float, float)
        Its dip [degrees], 5 to 85.
    age_myr : (float, float)
        Age at the trench [Myr], 1 to 300.
    speed_km_myr : (float, float)
        Speed along the plate [km/Myr], 1 to 300.
    thickness_km : float
        Thickness of the plate [km], > 0.
    mantle_k : float
        Temperature of the mantle above that of the surface [K], > 0.
    slope_m_s_k : float
        Loss of P speed by temperature [m/s/K], 0 to 1.
    model : {"ak135", "iasp91", "prem"}
        Speeds of the mantle around.
    """

    trench: Range = (0.1, 0.4)
    dip_deg: Range = (30.0, 60.0)
    age_myr: Range = (20.0, 120.0)
    speed_km_myr: Range = (20.0, 90.0)
    thickness_km: Positive = 95.0
    mantle_k: Positive = 1300.0
    slope_m_s_k: Annotated[float, number(least=0, most=1)] = 0.48
    model: Literal["ak135", "iasp91", "prem"] = "ak135"

    def __post_init__(self) -> None:
        """Hold each field to its annotation, and each range to its bounds."""
        super().__post_init__()
        for name, (least, most) in BOUNDS.items():
            low, high = map(float, getattr(self, name))
            object.__setattr__(self, name, (low, high))
            if low < least or high > most:
                got = shown(getattr(self, name))
                raise wrong(name, f"two numbers from {least:g} to {most:g}", got)

    def reference_s_km(self, depth_km: np.ndarray, n_columns: int) -> np.ndarray:
        """Return the slowness [s/km] of the mantle, a row for each depth."""
        speed = earth(self.model).velocity_km_s(depth_km)
        return np.repeat(1 / speed[:, None], n_columns, axis=1)

    def relative(self, x_km, z_km, rng: np.random.Generator) -> np.ndarray:
        """Draw the change of slowness as a share, on nodes at these places."""
        cold = self.cold(x_km, z_km, self.draw(rng))
        faster = self.slope_m_s_k / 1000 * self.mantle_k * cold
        slow = self.reference_s_km(z_km, x_km.size)
        return -slow * faster / (1 + slow * faster)

    def draw(self, rng: np.random.Generator) -> dict[str, float]:
        """Draw the trench, the dip, the age and the speed of one plate."""
        return {name: rng.uniform(*getattr(self, name)) for name in BOUNDS}

    def cold(self, x_km, z_km, plate: dict[str, float]) -> np.ndarray:
        """Return the deficit of temperature as a share, at nodes of a section."""
        width, dip = x_km[-1] + x_km[0], np.radians(plate["dip_deg"])
        right = x_km - plate["trench"] * width
        along = right * np.cos(dip) + z_km[:, None] * np.sin(dip)
        across = z_km[:, None] * np.cos(dip) - right * np.sin(dip)
        inside = (along >= 0) & (across >= 0) & (across <= self.thickness_km)
        cold = np.zeros(along.shape)
        if inside.any():
            sunk = along[inside] / plate["speed_km_myr"]
            age = plate["age_myr"]
            cold[inside] = slab_deficit(across[inside], sunk, age, self.thickness_km)
        return cold
