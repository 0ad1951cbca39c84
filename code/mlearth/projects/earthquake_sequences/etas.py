"""Space-time ETAS: fitted to each catalogue, and with the laws that made it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from ..._geodesy import KM_PER_DEGREE
from ...seismology import EtasParameters
from ...seismology.omori import OmoriUtsu
from ..kit import Baseline, KitData
from .answers import Answer, answered, catalogues, table_of
from .neighbours import Neighbours, nearest_earlier

__all__ = ["FITTED", "SpaceTimeLaw", "fit_law", "known_laws", "law_seen"]

N_NEAR = 30
"""Earlier events that may be the parent; the others add next to nothing."""
GAMMA = 0.5
LN10 = np.log(10)


@dataclass(frozen=True)
class SpaceTimeLaw:
    """What the seen earthquakes of a catalogue trigger, and how many come alone.

    Attributes
    ----------
    background, orphans : float
        Rates of events that nothing triggered, and of those triggered by what nobody
        saw [1/day/km^2].
    k, alpha, c_days, p, taper_days : float
        Productivity of the smallest magnitude [day^(p - 1)], its growth with magnitude,
        and the decay with time.
    distance_km, q, error_km : float
        Scale and exponent of the decay with distance, and the error of location.
    min_magnitude, scale_magnitude : float
        Magnitudes at which `k` and `distance_km` hold.
    """

    background: float
    orphans: float
    k: float
    alpha: float
    c_days: float
    p: float
    taper_days: float
    distance_km: float
    q: float
    error_km: float
    min_magnitude: float
    scale_magnitude: float

    def productivity(self, magnitude: np.ndarray) -> np.ndarray:
        """Return the factor of the decay with time, any shape."""
        return self.k * np.exp(LN10 * self.alpha * (magnitude - self.min_magnitude))

    def triggered(self, magnitude: np.ndarray, near: Neighbours) -> np.ndarray:
        """Return what each neighbour adds to the rate [1/day/km^2], shape (n, k)."""
        parent = magnitude[near.row]
        omori = OmoriUtsu(c_days=self.c_days, p=self.p, taper_days=self.taper_days)
        excess = parent - self.scale_magnitude
        area = self.distance_km**2 * np.exp(2 * LN10 * GAMMA * excess)
        area = area + 2 * self.error_km**2
        fall = (1 + near.distance_km**2 / area) ** -self.q
        density = (self.q - 1) / (np.pi * area) * fall
        rate = self.productivity(parent) * omori.rate(near.lag_days) * density
        return np.where(near.row >= 0, rate, 0.0)

    def answer(self, magnitude: np.ndarray, near: Neighbours) -> Answer:
        """Return probabilities of being triggered, and the likeliest parents."""
        rate = self.triggered(magnitude, near)
        whole = self.background + self.orphans + rate.sum(axis=1)
        p = 1 - self.background / whole
        best = rate.argmax(axis=1)
        top = rate[np.arange(len(rate)), best]
        linked = (p > 0.5) & (top > self.orphans)
        return p, np.where(linked, near.row[np.arange(len(rate)), best], -1)


def area_km2(network: pd.Series) -> float:
    """Return the area of a region."""
    north, south = np.radians([network["north_deg"], network["south_deg"]])
    wide = (network["east_deg"] - network["west_deg"]) * KM_PER_DEGREE
    return float(wide * (np.sin(north) - np.sin(south)) * KM_PER_DEGREE * 180 / np.pi)


STARTS = {
    "background": (-0.7, (-6, 0.5)),
    "k": (-4.0, (-12, 2)),
    "alpha": (0.8, (0.2, 1.5)),
    "c_days": (-4.0, (-9, 0)),
    "p": (1.15, (0.7, 2.0)),
    "distance_km": (-0.5, (-3, 3)),
    "q": (1.5, (1.1, 3.0)),
}
"""Where the search begins, and its bounds; rates and lengths as natural logarithms, the
background as a share of all events."""
LOGGED = ("background", "k", "c_days", "distance_km")


def fit_law(events: pd.DataFrame, network: pd.Series) -> SpaceTimeLaw:
    """Fit the law of one catalogue by maximum likelihood.

    Parameters
    ----------
    events : pandas.DataFrame
        In the order of time.
    network : pandas.Series
        Its line of ``catalogues``.

    Returns
    -------
    SpaceTimeLaw
        With an even background, no orphans, no taper, and a scale of distances that
        grows by half a power of ten with a magnitude, as is customary.
    """
    near = nearest_earlier(events, N_NEAR)
    magnitude = events["magnitude"].to_numpy()
    left_days = network["duration_days"] - events["time_days"].to_numpy()
    even = len(events) / network["duration_days"] / area_km2(network)

    def law_of(x: np.ndarray) -> SpaceTimeLaw:
        value = dict(zip(STARTS, map(float, x), strict=True))
        value |= {name: float(np.exp(value[name])) for name in LOGGED}
        value["background"] *= even
        least = network["magnitude_of_completeness"]
        return SpaceTimeLaw(
            **value,
            orphans=0.0,
            taper_days=np.inf,
            error_km=network["location_error_km"],
            min_magnitude=least,
            scale_magnitude=least,
        )

    def loss(x: np.ndarray) -> float:
        law = law_of(x)
        rate = law.background + law.triggered(magnitude, near).sum(axis=1)
        expected = law.productivity(magnitude) * decayed(law, left_days)
        return (
            len(magnitude) * law.background / even + expected.sum() - np.log(rate).sum()
        )

    start, bounds = zip(*STARTS.values(), strict=True)
    return law_of(minimize(loss, start, method="L-BFGS-B", bounds=bounds).x)


def decayed(law: SpaceTimeLaw, days: np.ndarray) -> np.ndarray:
    """Return the integral of the untapered decay from 0 to some days."""
    slope = 1 - law.p
    if abs(slope) < 1e-6:
        return np.log1p(days / law.c_days)
    return ((days + law.c_days) ** slope - law.c_days**slope) / slope


def fitted(training: KitData, validation: KitData, data: KitData) -> dict:
    """Answer each catalogue by the law that is fitted to it."""

    def rule(events: pd.DataFrame, network: pd.Series) -> Answer:
        law = fit_law(events, network)
        magnitude = events["magnitude"].to_numpy()
        return law.answer(magnitude, nearest_earlier(events, N_NEAR))

    return answered(data, rule)


FITTED = Baseline(
    fitted,
    "space-time ETAS, fitted to each catalogue that is to be answered, without labels; "
    "nothing is tuned",
)


def law_seen(laws: EtasParameters, network: pd.Series) -> SpaceTimeLaw:
    """Return what true laws say of a catalogue in which parents are missing.

    Seen descendants of unseen ones count as those of the nearest ancestor that was
    seen; what descends from unseen background is an orphan. Where they strike is left
    to the law of one step.

    Parameters
    ----------
    laws : EtasParameters
        What made the catalogue.
    network : pandas.Series
        Its line of ``catalogues``.

    Returns
    -------
    SpaceTimeLaw
    """
    width = max(network["magnitude_of_completeness"] - laws.min_magnitude, 0.0)
    seen = 10 ** (-laws.b_value * width)
    hidden = unseen_children(laws, width)
    raised = seen / (1 - (1 - seen) * hidden)
    background = laws.background_per_day / area_km2(network)
    return SpaceTimeLaw(
        background=background * seen,
        orphans=background * (1 - seen) * hidden * raised,
        k=laws.k * raised,
        alpha=laws.alpha,
        c_days=laws.c_days,
        p=laws.p,
        taper_days=laws.taper_days,
        distance_km=laws.distance_km,
        q=laws.q,
        error_km=network["location_error_km"],
        min_magnitude=laws.min_magnitude,
        scale_magnitude=laws.min_magnitude,
    )


def unseen_children(laws: EtasParameters, width: float) -> float:
    """Return how many events one below the completeness triggers, on average."""
    if width <= 0:
        return 0.0
    excess = np.linspace(0, width, 201)
    weight = 10 ** (-laws.b_value * excess)
    return float(
        np.average(laws.mean_aftershocks(laws.min_magnitude + excess), weights=weight)
    )


def known_laws(data: KitData) -> dict[str, pd.DataFrame]:
    """Answer by the laws that made each catalogue: a ceiling for what fits a model.

    It is not the oracle: which of two parents it was, no law tells.

    Parameters
    ----------
    data : KitData
        A split with its truth.

    Returns
    -------
    dict of str to pandas.DataFrame
        Predictions.
    """
    names = data.truth["catalogues"].set_index("catalogue")
    laws = {n: EtasParameters(**row) for n, row in names.to_dict("index").items()}
    answers = []
    for (number, law), (events, network) in zip(
        laws.items(), catalogues(data), strict=True
    ):
        assert network.name == number
        magnitude = events["magnitude"].to_numpy()
        near = nearest_earlier(events, N_NEAR)
        answers.append(law_seen(law, network).answer(magnitude, near))
    return table_of(data, answers)
