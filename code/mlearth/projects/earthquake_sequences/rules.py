"""Rules that need no labels: windows, zones, densities, a mixture, and a null."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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
from .answers import (
    MAIN,
    Answer,
    answered,
    catalogues,
    linked_to_nearest,
    linked_within,
    table_of,
)
from .neighbours import columns_of, nearest_earlier
from .scores import per_catalogue

__all__ = ["BASE_RATE", "RULES", "RULE_BASELINES", "Rule"]

N_NEAR = 30
N_SHUFFLES = 2
NOISE = -1
"""What HDBSCAN calls what belongs to no cluster."""


@dataclass(frozen=True)
class Rule:
    """A rule that needs no labels but for one setting.

    Attributes
    ----------
    prepare : callable
        Takes the events of a catalogue and the line about its network, and returns
        what no setting changes.
    decide : callable
        Takes that and the setting, and returns probabilities and parents.
    settings : tuple of float
        What is tried.
    usual : float
        The setting without tuning.
    what : str
        What it does, and what the setting is.
    """

    prepare: Callable[[pd.DataFrame, pd.Series], tuple[Any, ...]]
    decide: Callable[..., Answer]
    settings: tuple[float, ...]
    usual: float
    what: str

    def __call__(
        self, events: pd.DataFrame, network: pd.Series, setting: float | None = None
    ) -> Answer:
        """Return probabilities and parents of the events of one catalogue."""
        setting = self.usual if setting is None else setting
        return self.decide(*self.prepare(events, network), setting)

    def tuned(self, validation: KitData) -> Callable[..., Answer]:
        """Return the rule with the setting of the best mean MCC in a validation."""
        ready = [self.prepare(*one) for one in catalogues(validation)]
        scores = []
        for setting in self.settings:
            found = [self.decide(*one, setting) for one in ready]
            table = table_of(validation, found)
            scores.append(np.mean(per_catalogue(table, validation)[MAIN]))
        best = self.settings[int(np.argmax(scores))]
        return lambda events, network: self(events, network, best)


def columns_and_near(events: pd.DataFrame, network: pd.Series) -> tuple:
    """Return the columns of a catalogue, its completeness, and the nearest events."""
    near = nearest_earlier(events, N_NEAR, network["location_error_km"])
    return columns_of(events), network["magnitude_of_completeness"], near


def windows(columns: list, complete: float, near: Any, larger: float) -> Answer:
    """Link what falls into the window of a larger earthquake."""
    *where, magnitude = columns
    return linked_within(gardner_knopoff(*where, magnitude + larger), near)


def zones(columns: list, complete: float, near: Any, n_radii: float) -> Answer:
    """Link what falls into a zone of interaction."""
    return linked_within(reasenberg(*columns, complete, n_radii=n_radii), near)


def plane_and_near(events: pd.DataFrame, network: pd.Series) -> tuple:
    """Return places on a plane [km], times [day], and the nearest events."""
    time, latitude, longitude, _ = columns_of(events)
    middle = float(np.mean(latitude)), float(longitude[0])
    x_km, y_km = to_local_plane(latitude, longitude, middle)
    return x_km, y_km, time, nearest_earlier(events, N_NEAR)


def densities(
    x_km: np.ndarray, y_km: np.ndarray, time: np.ndarray, near: Any, km_per_day: float
) -> Answer:
    """Link what is dense in space and time, with a day as long as some kilometres."""
    points = np.column_stack([x_km, y_km, km_per_day * time])
    found = HDBSCAN(min_cluster_size=3, copy=True).fit_predict(points)
    alone = found == NOISE
    found[alone] = found.max() + 1 + np.arange(alone.sum())
    return linked_within(found, near)


def near_and_border(events: pd.DataFrame, network: pd.Series) -> tuple:
    """Return the nearest events, and log10 of the proximity where the mixture cuts."""
    near = nearest_earlier(events, 1, network["location_error_km"])
    return near, mixture_split(10 ** near.log_proximity[1:, 0]).threshold


def mixture(near: Any, border: float, shift: float) -> Answer:
    """Call triggered what the nearer mode of the proximities holds."""
    return linked_to_nearest(near.log_proximity[:, 0] < border + shift, near)


def near_and_chance(events: pd.DataFrame, network: pd.Series) -> tuple:
    """Return the nearest events, proximities, and those of chance neighbours.

    Chance is what the mixture left, with its times dealt anew.
    """
    near, border = near_and_border(events, network)
    error = network["location_error_km"]
    rest = columns_of(events[near.log_proximity[:, 0] >= border])
    chance = shuffled_proximity(*rest, N_SHUFFLES, 0, shortest_km=error)
    found = nearest_event(*columns_of(events), shortest_km=error)
    return near, found.proximity, chance[np.isfinite(chance)]


def null(near: Any, proximity: np.ndarray, chance: np.ndarray, level: float) -> Answer:
    """Call triggered what is nearer than all but a share of chance neighbours."""
    return linked_to_nearest(proximity < np.quantile(chance, level), near)


RULES = {
    "densities": Rule(
        plane_and_near,
        densities,
        (0.1, 0.3, 1.0, 3.0, 10.0),
        1.0,
        "HDBSCAN of places and times; kilometres that make a day",
    ),
    "windows": Rule(
        columns_and_near,
        windows,
        (-1.0, -0.5, 0.0, 0.5, 1.0),
        0.0,
        "Gardner and Knopoff's windows; magnitudes raised by",
    ),
    "zones": Rule(
        columns_and_near,
        zones,
        (5.0, 10.0, 20.0, 40.0, 80.0),
        10.0,
        "Reasenberg's zones of interaction; crack radii of a zone",
    ),
    "mixture": Rule(
        near_and_border,
        mixture,
        (-1.0, -0.5, 0.0, 0.5, 1.0),
        0.0,
        "nearest earlier event, split by a mixture; shift of the border",
    ),
    "null": Rule(
        near_and_chance,
        null,
        (0.01, 0.02, 0.05, 0.1, 0.2),
        0.05,
        "nearest earlier event, split by a shuffled null; share of chance neighbours",
    ),
}


def as_baseline(rule: Rule) -> Baseline:
    """Return a rule that is tuned on the validation whenever it is asked."""

    def predict(training: KitData, validation: KitData, data: KitData) -> dict:
        return answered(data, rule.tuned(validation))

    tried = ", ".join(f"{value:g}" for value in rule.settings)
    return Baseline(predict, f"{rule.what} {tried}: best MCC of the validation")


RULE_BASELINES = {name: as_baseline(rule) for name, rule in RULES.items()}


def base_rate(training: KitData, validation: KitData, data: KitData) -> dict:
    """Answer the same for all: how many are triggered at home."""
    share = float(training.truth["events"]["triggered"].mean())
    return answered(
        data, lambda events, _: (np.full(len(events), share), np.full(len(events), -1))
    )


BASE_RATE = Baseline(base_rate, "the share of triggered events of the training, to all")
