"""Sources of acoustic emission: sizes, corner frequencies, places."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .settings import BurstSources, Plate

__all__ = ["corner_frequency", "draw_sources", "gutenberg_richter", "seismic_moment"]

BRUNE = 2.34 / (2 * np.pi)
"""Corner frequency x radius / shear speed, of ``brune1970tectonic``."""


def seismic_moment(magnitude: np.ndarray) -> np.ndarray:
    """Return seismic moments [N m] of moment magnitudes ``hanks1979moment``."""
    return 10 ** (1.5 * np.asarray(magnitude) + 9.1)


def corner_frequency(
    moment_nm: np.ndarray, stress_drop_mpa: float, shear_m_s: float
) -> np.ndarray:
    """Return corner frequencies [Hz]: the larger a source, the lower its corner.

    A circular crack that sheds its stress drop has the moment 16/7 x stress drop x
    radius^3, and its waves the corner frequency 2.34 / (2 pi) x shear speed / radius.
    Brune derived it for S waves; here all waves have it.
    """
    radius_m = (7 / 16 * np.asarray(moment_nm) / (1e6 * stress_drop_mpa)) ** (1 / 3)
    return BRUNE * shear_m_s / radius_m


def gutenberg_richter(n: int, sources: BurstSources, rng) -> np.ndarray:
    """Draw magnitudes whose law ends at both its ends."""
    width = sources.magnitude_max - sources.magnitude_min
    below = -np.expm1(-sources.b_value * np.log(10) * width)
    drawn = rng.uniform(size=n)
    steps = np.log1p(-drawn * below) / (sources.b_value * np.log(10))
    return sources.magnitude_min - steps


def draw_sources(n: int, sources: BurstSources, plate: Plate, rng) -> pd.DataFrame:
    """Draw sources: anywhere in the plate, with Gutenberg-Richter's sizes."""
    magnitude = gutenberg_richter(n, sources, rng)
    moment_nm = seismic_moment(magnitude)
    return pd.DataFrame(
        {
            "x_m": rng.uniform(0, sources.extent_m, n),
            "y_m": rng.uniform(0, sources.extent_m, n),
            "z_m": rng.uniform(0, plate.thickness_m, n),
            "magnitude": magnitude,
            "moment_nm": moment_nm,
            "corner_hz": corner_frequency(
                moment_nm, sources.stress_drop_mpa, plate.shear_m_s
            ),
        }
    )
