"""Rules that need no labels: windows, zones, densities, a mixture, and a null."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from sklearn.cluster import HDBSCAN

from ...seismology import (
    gardner_knopoff,
    mixture_split,
    nearest_event,
    reasenberg,
    shuffled_proximity,
    to_local_plane,
)
from ..kit import Baseline, KitData
from .answers import MAIN, Answer, answered, linked_to_nearest, linked_within
from .neighbours import columns_of, nearest_earlier
from .scores import per_catalogue

__all__ = ["BASE_RATE", "RULES", "tuned"]

N_NEAR = 30
N_SHUFFLES = 2
NOISE = -1
"""What HDBSCAN calls what belongs to no cluster."""


def windows(events: pd.DataFrame, network: pd.Series, larger: float = 0.0) -> Answer:
    """Link what falls into the window of a larger earthquake."""
    *where, magnitude = columns_of(events)
    near = nearest_earlier(events, N_NEAR, network["location_error_km"])
    return linked_within(gardner_knopoff(*where, magnitude + larger), near)


def zones(events: pd.DataFrame, network: pd.Series, n_radii: float = 10.0) -> Answer:
    """Link what falls into a zone of interaction."""
    complete = network["magnitude_of_completeness"]
    near = nearest_earlier(events, N_NEAR, network["location_error_km"])
    clusters = reasenberg(*columns_of(events), complete, n_radii=n_radii)
    return linked_within(clusters, near)


def densities(
    events: pd.DataFrame, network: pd.Series, km_per_day: float = 1.0
) -> Answer:
    """Link what is dense in space and time, with a day as long as some kilometres."""
    time, latitude, longitude, _ = columns_of(events)
    middle = float(np.mean(latitude)), float(longitude[0])
    x_km, y_km = to_local_plane(latitude, longitude, middle)
    points = np.column_stack([x_km, y_km, km_per_day * time])
    found = HDBSCAN(min_cluster_size=3, copy=True).fit_predict(points)
    alone = found == NOISE
    found[alone] = found.max() + 1 + np.arange(alone.sum())
    return linked_within(found, nearest_earlier(events, N_NEAR))


def mixture(events: pd.DataFrame, network: pd.Series, shift: float = 0.0) -> Answer:
    """Call triggered what the nearer mode of the proximities holds."""
    near, called = mixture_called(events, network, shift)
    return linked_to_nearest(called, near)


def mixture_called(events: pd.DataFrame, network: pd.Series, shift: float):
    """Return the nearest events, and which the mixture calls triggered."""
    near = nearest_earlier(events, 1, network["location_error_km"])
    level = near.log_proximity[:, 0]
    return near, level < mixture_split(10 ** level[1:]).threshold + shift


def null(events: pd.DataFrame, network: pd.Series, level: float = 0.05) -> Answer:
    """Call triggered what is nearer than all but a share of chance neighbours.

    Chance is what the mixture left, with its times dealt anew.
    """
    near, called = mixture_called(events, network, 0.0)
    rest = columns_of(events[~called])
    error = network["location_error_km"]
    shuffled = shuffled_proximity(*rest, N_SHUFFLES, 0, shortest_km=error)
    bar = np.quantile(shuffled[np.isfinite(shuffled)], level)
    found = nearest_event(*columns_of(events), shortest_km=error)
    return linked_to_nearest(found.proximity < bar, near)


def tuned(
    rule: Callable[..., Answer], settings: tuple, validation: KitData
) -> tuple[float, Callable[..., Answer]]:
    """Return the setting with the best mean MCC of the validation, and its rule."""

    def with_setting(setting: float) -> Callable[..., Answer]:
        return lambda events, network: rule(events, network, setting)

    scores = [
        np.mean(per_catalogue(answered(validation, with_setting(s)), validation)[MAIN])
        for s in settings
    ]
    best = settings[int(np.argmax(scores))]
    return best, with_setting(best)


def base_rate(training: KitData, validation: KitData, data: KitData) -> dict:
    """Answer the same for all: how many are triggered at home."""
    share = float(training.truth["events"]["triggered"].mean())
    return answered(
        data, lambda events, _: (np.full(len(events), share), np.full(len(events), -1))
    )


BASE_RATE = Baseline(base_rate, "the share of triggered events of the training, to all")

SETTINGS = {
    "densities": (densities, (0.1, 0.3, 1.0, 3.0, 10.0), "kilometres that make a day"),
    "windows": (windows, (-1.0, -0.5, 0.0, 0.5, 1.0), "magnitudes raised by"),
    "zones": (zones, (5.0, 10.0, 20.0, 40.0, 80.0), "radii of a zone"),
    "mixture": (mixture, (-1.0, -0.5, 0.0, 0.5, 1.0), "shift of the threshold"),
    "null": (null, (0.01, 0.02, 0.05, 0.1, 0.2), "share of chance neighbours"),
}
"""Each rule, the five values of its setting that are tried, and what the setting is."""

NAMES = {
    "windows": "Gardner and Knopoff's windows",
    "zones": "Reasenberg's zones of interaction",
    "densities": "HDBSCAN of places and times",
    "mixture": "nearest earlier event, split by a mixture",
    "null": "nearest earlier event, split by a shuffled null",
}


def as_baseline(name: str) -> Baseline:
    """Return a rule that is tuned on the validation whenever it is asked."""
    rule, settings, meaning = SETTINGS[name]

    def predict(training: KitData, validation: KitData, data: KitData) -> dict:
        return answered(data, tuned(rule, settings, validation)[1])

    tried = ", ".join(f"{value:g}" for value in settings)
    what = f"{NAMES[name]}; {meaning} {tried}: best MCC of the validation"
    return Baseline(predict, what)


RULES = {name: as_baseline(name) for name in SETTINGS}
