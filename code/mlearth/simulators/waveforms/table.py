"""The table of paths: what is missing in it, and what the law does not hold for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..._arguments import check_table, wrong
from .law import MEAN_P, MEAN_S
from .paths import corners_hz
from .settings import (
    KINDS,
    LEAST_MAGNITUDE,
    MOST_MAGNITUDE,
    NEAREST_KM,
    Ground,
    Recording,
)

__all__ = ["check_paths", "check_smallest", "complete_paths"]

NEEDED = ("magnitude", "distance_km", "depth_km")
FARTHEST_KM, DEEPEST_KM = 500.0, 100.0


def complete_paths(paths, ground: Ground, recording: Recording, rng) -> pd.DataFrame:
    """Return a sorted table with all columns that a record needs."""
    check_table("paths", paths, NEEDED)
    if paths.empty:
        raise wrong("paths", "a DataFrame with rows", "none")
    n = len(paths)
    usual = {
        "trace": np.arange(n),
        "event": np.arange(n),
        "station": [f"S{i:03d}" for i in range(n)],
        "kind": "earthquake",
        "azimuth_deg": 0.0,
        "stress_drop_mpa": np.sqrt(
            ground.stress_drop_low_mpa * ground.stress_drop_high_mpa
        ),
        "site_factor": ground.site_factor,
        "kappa_s": ground.kappa_s,
        "noise_level": (recording.noise_low + recording.noise_high) / 2,
        "onset_s": rng.uniform(recording.onset_earliest_s, recording.onset_latest_s, n),
        "radiation_p": MEAN_P,
        "radiation_sv": MEAN_S * np.sqrt(0.5),
        "radiation_sh": MEAN_S * np.sqrt(0.5),
        "n_holes": 1,
        "delay_s": 0.1,
        "delay_error": 0.02,
    }
    missing = {name: value for name, value in usual.items() if name not in paths}
    whole = paths.reset_index(drop=True).assign(**missing)
    labels = ("station", "kind")
    numbers = (*NEEDED, *(name for name in usual if name not in labels))
    found = check_table("paths", whole, numbers, labels)
    found["trace"] = pd.factorize(found["trace"], sort=True)[0]
    found = found.astype({"event": int, "n_holes": int})
    return found.sort_values("trace", kind="stable", ignore_index=True)


def check_smallest(sources, ground: Ground, recording: Recording) -> None:
    """Refuse a smallest magnitude whose corner may leave the recorded band."""
    smallest = pd.DataFrame(
        {
            "magnitude": [sources.magnitude_min],
            "stress_drop_mpa": ground.stress_drop_high_mpa,
        }
    )
    high = ground.p_corner_ratio * corners_hz(smallest, ground)[0]
    half = recording.sampling_hz / 2
    if high >= half:
        least = sources.magnitude_min + 2 * np.log10(high / half)
        raise wrong("magnitude_min", corner_words(least, recording),
                    f"{sources.magnitude_min:g} with {high:.3g} Hz")  # fmt: skip


def corner_words(least: float, recording: Recording) -> str:
    """Say which magnitude keeps its corner within the band."""
    return (
        f"> {least:.2f}, so that the corner of P stays below half of sampling_hz = "
        f"{recording.sampling_hz:g} Hz"
    )


def check_paths(paths: pd.DataFrame, ground: Ground, recording: Recording) -> None:
    """Refuse sources that are none, or lie where the law does not hold."""
    kinds = ~paths["kind"].isin(KINDS)
    if kinds.any():
        listed = ", ".join(map(repr, KINDS))
        raise wrong(
            "paths['kind']", f"one of {listed}", repr(paths["kind"][kinds].iloc[0])
        )
    far = paths["kind"] == "teleseism"
    ray_km = np.hypot(paths["distance_km"], paths["depth_km"])
    half = recording.sampling_hz / 2
    high = ground.p_corner_ratio * corners_hz(
        paths.assign(stress_drop_mpa=paths["stress_drop_mpa"].clip(1e-6)), ground
    )
    least = paths["magnitude"] + 2 * np.log10(high / half)
    sounds = paths["kind"] != "noise"
    span = f"from {LEAST_MAGNITUDE:g} to {MOST_MAGNITUDE:g}"
    rules = (
        ("magnitude", span, paths["magnitude"].between(0, MOST_MAGNITUDE)),
        ("distance_km", f"from 0 to {FARTHEST_KM:g}",
         paths["distance_km"].between(0, FARTHEST_KM) | far),
        ("distance_km", "of teleseisms from 3300 to 10100",
         paths["distance_km"].between(3300, 10100) | ~far),
        ("depth_km", f"from 0 to {DEEPEST_KM:g}",
         paths["depth_km"].between(0, DEEPEST_KM)),
        ("distance_km", f"such that the source is at least {NEAREST_KM:g} km away",
         ray_km >= NEAREST_KM),
        ("stress_drop_mpa", "> 0", paths["stress_drop_mpa"] > 0),
        ("magnitude", corner_words(least.max(), recording), (high < half) | ~sounds),
        ("site_factor", "> 0", paths["site_factor"] > 0),
        ("kappa_s", ">= 0", paths["kappa_s"] >= 0),
        ("noise_level", "from 0 to 1", paths["noise_level"].between(0, 1)),
        ("onset_s", ">= 0", paths["onset_s"] >= 0),
        ("n_holes", "from 1 to 200", paths["n_holes"].between(1, 200)),
        ("delay_s", ">= 0", paths["delay_s"] >= 0),
        ("delay_error", ">= 0", paths["delay_error"] >= 0),
    )  # fmt: skip
    for name, accepted, holds in rules:
        if not np.all(holds):
            raise wrong(
                f"paths[{name!r}]", accepted, f"{paths[name][~holds].iloc[0]:g}"
            )
