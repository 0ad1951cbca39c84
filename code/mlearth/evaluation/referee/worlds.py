"""Small worlds in which a result is honest, or leaks in one known way."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

__all__ = ["KINDS", "World", "draw_world"]

KINDS = ("space", "event", "clock", "label", "tuning")
"""Ways in which a score may owe something to what it should not know."""

REGION_KM, DAYS, N_EVENTS, N_ROWS = 500.0, 1000.0, 120, 1500
N_PLACES, REACH_KM, REACH_DAYS = 200, 25.0, 10.0
HONEST, LEAKING = 1.5, 0.3
"""How strongly the two physical features tell the label, where nothing leaks or so."""
LEAK = {"space": 5.0, "event": 2.0, "clock": 4.0}
"""How strongly a hidden cause does, chosen so that scores do not betray the leak."""


@dataclass(frozen=True, eq=False)
class World:
    """Rows of one case, and what was done with them.

    Attributes
    ----------
    features : pandas.DataFrame
        One row for each record.
    label : ndarray of int, shape (n_rows,)
        What is to be recognised, 0 or 1.
    event, block, day : ndarray, shape (n_rows,)
        Earthquake, square of the map and day of each record.
    train, test, fresh : ndarray of int
        Rows of training and test, and rows that nobody looked at.
    leak : str or None
        What leaks.
    main : str
        What might leak: the kind of the case.
    """

    features: pd.DataFrame
    label: np.ndarray
    event: np.ndarray
    block: np.ndarray
    day: np.ndarray
    train: np.ndarray
    test: np.ndarray
    fresh: np.ndarray
    leak: str | None
    main: str

    def split(self, train: np.ndarray, test: np.ndarray) -> World:
        """Return the same rows, split otherwise."""
        return replace(self, train=train, test=test)


def draw_world(main: str, decoy: str, leaks: bool, rng: np.random.Generator) -> World:
    """Draw a world with two things that look suspicious, of which one may leak."""
    place = rng.uniform(0, REGION_KM, size=(N_ROWS, 2))
    event = rng.integers(N_EVENTS, size=N_ROWS)
    day = np.sort(rng.uniform(0, DAYS, N_ROWS))
    physical = rng.normal(size=(N_ROWS, 2))
    leak = main if leaks else None
    told = {
        "space": bumps(place, rng.uniform(0, REGION_KM, (N_PLACES, 2)), REACH_KM, rng),
        "event": rng.choice([-1.0, 1.0], N_EVENTS)[event],
        "clock": bumps(day[:, None], rng.uniform(0, DAYS, (90, 1)), REACH_DAYS, rng),
    }
    strength = 0.0 if leak == "tuning" else LEAKING if leaks else HONEST
    odds = strength * physical.sum(axis=1) + LEAK.get(leak, 0.0) * told.get(leak, 0.0)
    label = (rng.random(N_ROWS) < 1 / (1 + np.exp(-odds))).astype(int)
    features = pd.DataFrame(physical, columns=["ratio", "duration"])
    for kind in sorted((main, decoy)):
        add_columns(features, kind, kind == leak, (place, event, day, label), rng)
    if main == "tuning":
        for k in range(10):
            features[f"band_{k}"] = rng.normal(size=N_ROWS)
    sizes = (120, 60) if main == "tuning" else (600, 500)
    train, test, fresh = np.split(rng.permutation(N_ROWS), np.cumsum(sizes))
    block = (place // 100) @ [1, 100]
    return World(features, label, event, block, day, train, test, fresh, leak, main)


def bumps(x, centres, reach, rng) -> np.ndarray:
    """Return a smooth field of unit spread that is known only near where it was met."""
    size = rng.choice([-1.0, 1.0], len(centres))
    square = ((x[:, None] - centres) ** 2).sum(axis=2)
    field = np.exp(-square / (2 * reach**2)) @ size
    return (field - field.mean()) / field.std()


def add_columns(features, kind, leaks, parts, rng) -> None:
    """Add the columns that make a case suspicious of one kind."""
    place, event, day, label = parts
    n = len(label)
    if kind == "space":
        features["east_km"], features["north_km"] = place.T
    elif kind == "event":
        own = rng.normal(size=(N_EVENTS, 2))[event]
        features["event_depth"], features["stress_drop"] = own.T
    elif kind == "clock":
        features["day"] = day
    elif kind == "label":
        honest = features["ratio"] + rng.normal(size=n)
        told = 1.5 * label + rng.normal(size=n)
        features["remark"] = told if leaks else honest
