"""U-Nets of this kit: what they learn from, and those that ship with their weights."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..._arguments import check_choice, check_count
from ...learners import onset_labels
from ...networks import picker, unit_spread
from ..kit import KitData

__all__ = ["LESSONS", "load_picker", "train_picker", "training_windows"]

WEIGHTS = Path(__file__).with_name("pickers.npz")
N_SAMPLES = 1024
N_WINDOWS = 2400
EPOCHS = 12
NOISE = 1 / 3
"""Share of the windows that hold no onset."""
LESSONS = ("both", "natural", "laboratory", "always an event")
"""What the shipped networks were trained on; the last has no window of noise."""


def training_windows(
    data: KitData, lesson: str = "both", n: int = N_WINDOWS, random_state: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Cut windows at random from the recordings of a split.

    Parameters
    ----------
    data : KitData
        With its truth.
    lesson : {"both", "natural", "laboratory", "always an event"}
        Recordings of both worlds or of one: two windows of three hold a P, anywhere
        in them, and one holds no onset. The last cuts natural recordings so that
        every window holds a P.
    n : int
        Windows.
    random_state : int
        Seed.

    Returns
    -------
    windows : ndarray of float32, shape (n, 1024, 3)
        Z, N and E.
    onsets : ndarray, shape (n, 2, n_events)
        Samples of P and S in each window; NaN where there is none.

    Raises
    ------
    ValueError
        If `lesson` is none of these, or a number is below its bound.
    """
    check_choice("lesson", lesson, LESSONS)
    check_count("n", n)
    rng = np.random.default_rng(random_state)
    recordings, stations = data.inputs["recordings"], data.inputs["stations"]
    x, rate = data.inputs["waveforms"], recordings["sampling_hz"].iloc[0]
    worlds = {"both": ("natural", "laboratory"), "laboratory": ("laboratory",)}
    own = recordings["world"].isin(worlds.get(lesson, ("natural",))).to_numpy()
    known = onsets_by_place(data.truth["picks"], stations, recordings, x.shape[1], rate)
    n_noise = 0 if lesson == "always an event" else round(n * NOISE)
    rows = rng.choice(np.flatnonzero(own), n)
    places = rng.integers(x.shape[1], size=n)
    first = about_a_p(known, rows, places, x.shape[3], rng)
    quiet = between_events(known, np.flatnonzero(own), n_noise, x.shape[3], rng)
    for values, others in zip((rows, places, first), quiet, strict=True):
        values[:n_noise] = others
    windows = np.stack(
        [x[r, s, :, k : k + N_SAMPLES].T
         for r, s, k in zip(rows, places, first, strict=True)]
    )  # fmt: skip
    onsets = known[rows, places] - first[:, None, None]
    onsets[(onsets < 0) | (onsets >= N_SAMPLES)] = np.nan
    return windows, onsets


def between_events(known, own, n: int, n_samples: int, rng) -> np.ndarray:
    """Return recordings, places and first samples of windows without an onset."""
    found = np.empty((3, 0), dtype=int)
    while found.shape[1] < n:
        rows = rng.choice(own, 4 * n)
        places = rng.integers(known.shape[1], size=4 * n)
        first = rng.integers(n_samples - N_SAMPLES + 1, size=4 * n)
        late = known[rows, places] - first[:, None, None]
        quiet = ~((late >= 0) & (late < N_SAMPLES)).any(axis=(1, 2))
        found = np.hstack([found, np.stack([rows, places, first])[:, quiet]])
    return found[:, :n]


def onsets_by_place(
    picks: pd.DataFrame, stations: pd.DataFrame, recordings, n_stations: int, rate
) -> np.ndarray:
    """Return samples of all onsets: (n_recordings, n_stations, 2, most), or NaN."""
    number = stations.groupby("recording").cumcount()
    at = stations.assign(place=number)[["recording", "station", "place"]]
    named = picks.merge(at, on=["recording", "station"])
    keys = ["recording", "place", "phase"]
    order = named.groupby(keys).cumcount()
    known = np.full((len(recordings), n_stations, 2, order.max() + 1), np.nan)
    row = named["recording"].map(
        dict(zip(recordings["recording"], range(len(recordings)), strict=True))
    )
    is_s = (named["phase"] == "S").astype(int)
    known[row, named["place"], is_s, order] = named["time_s"] * rate
    return known


def about_a_p(known, rows, places, n_samples: int, rng) -> np.ndarray:
    """Return first samples of windows such that each holds a P, anywhere in it."""
    p = known[rows, places, 0]
    chosen = np.array([rng.choice(one[~np.isnan(one)]) for one in p])
    first = np.round(chosen - rng.uniform(0, N_SAMPLES, len(rows)))
    return np.clip(first, 0, n_samples - N_SAMPLES).astype(int)


def train_picker(
    data: KitData, lesson: str = "both", random_state: int = 0, epochs: int = EPOCHS
) -> Any:
    """Train a U-Net on windows that are cut anew in each epoch.

    Parameters
    ----------
    data : KitData
        Of training, with its truth.
    lesson : str
        As in :func:`training_windows`.
    random_state : int
        Seed of weights and windows.
    epochs : int
        How often 2,400 windows are cut.

    Returns
    -------
    keras.Model
        As :func:`mlearth.networks.picker` makes it.

    Raises
    ------
    ValueError
        If `lesson` is none of these, or `epochs` is below 1.
    """
    check_count("epochs", epochs)
    net = picker(random_state=random_state)
    for epoch in range(epochs):
        net.optimizer.learning_rate.assign(0.003 * (1 + np.cos(np.pi * epoch / epochs)))
        windows, onsets = training_windows(
            data, lesson, random_state=100 * random_state + epoch
        )
        labels = onset_labels(onsets, N_SAMPLES).astype("float32")
        net.fit(unit_spread(windows), labels, batch_size=16, verbose=0)
    return net


def load_picker(lesson: str = "both", seed: int = 0) -> Any:
    """Return a U-Net of :func:`train_picker` with the weights that ship.

    Parameters
    ----------
    lesson : {"both", "natural", "laboratory", "always an event"}
        What it was trained on, of the small training split.
    seed : {0, 1, 2}
        Of its training.

    Returns
    -------
    keras.Model
        Its weights are rounded to half precision.

    Raises
    ------
    ValueError
        If `lesson` or `seed` is none of these.
    """
    check_choice("lesson", lesson, LESSONS)
    check_choice("seed", seed, (0, 1, 2))
    net = picker()
    net.set_weights([part.astype("float32") for part in shipped()[lesson, seed]])
    return net


@cache
def shipped() -> dict[tuple[str, int], list[np.ndarray]]:
    """Read the weights of all networks."""
    found: dict[tuple[str, int], list[np.ndarray]] = {}
    shapes = [part.shape for part in picker().get_weights()]
    ends = np.cumsum([np.prod(shape, dtype=int) for shape in shapes])[:-1]
    with np.load(WEIGHTS) as file:
        for name in file.files:
            lesson, seed = name.rsplit("_", 1)
            parts = np.split(file[name], ends)
            found[lesson.replace("-", " "), int(seed)] = [
                part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)
            ]
    return found
