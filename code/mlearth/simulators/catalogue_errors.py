"""What an observer makes of a catalogue: gaps after large earthquakes, and errors."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import numpy as np
import pandas as pd

from .._arguments import (
    Accepted,
    CountOrZero,
    Flag,
    NotNegative,
    Number,
    checked,
    wrong,
)
from .._geodesy import destination
from .simulated import Simulated

__all__ = ["observe_catalogue"]

COLUMNS = ("time_days", "latitude_deg", "longitude_deg", "magnitude")

Catalogue = Annotated[
    Simulated,
    Accepted(
        "a simulated catalogue, as simulate_etas returns it",
        lambda v: (
            isinstance(v, Simulated) and {*COLUMNS} <= {*getattr(v.data, "columns", ())}
        ),
    ),
]


@checked
def observe_catalogue(
    simulated: Catalogue,
    *,
    magnitude_of_completeness: Number | None = None,
    short_term: Flag = True,
    location_error_km: NotNegative = 0.0,
    magnitude_error: NotNegative = 0.0,
    bin_width: NotNegative = 0.0,
    random_state: CountOrZero = 0,
) -> Simulated:
    """Return a catalogue as a network would have it; its truth is unchanged.

    Earthquakes hidden by larger ones are lost, then magnitudes and places get errors,
    magnitudes are rounded, and what seems smaller than the completeness is left out.

    Parameters
    ----------
    simulated : Simulated
        What `simulate_etas` or one of its relatives returned.
    magnitude_of_completeness : float, optional
        Smallest magnitude in the catalogue; without it none is left out for its size.
    short_term : bool
        Lose what is below M - 4.5 - 0.75 log10(t) at t days after an earthquake of
        magnitude M, an estimate for southern California
        ``helmstetter2006comparison``.
    location_error_km : float
        Standard deviation of the error to the north and to the east [km], >= 0.
    magnitude_error : float
        Standard deviation of the error of magnitudes [1], >= 0.
    bin_width : float
        Magnitudes are rounded to multiples of it; 0 leaves them as they are.
    random_state : int
        Seed of the errors, >= 0.

    Returns
    -------
    Simulated
        With a new `data`, whose ``event_id`` still finds each event in `truth`.

    Raises
    ------
    ValueError
        If an argument is no such value, or the completeness is above the largest
        magnitude, so that nothing would be left.

    Examples
    --------
    >>> from mlearth.seismology import EtasParameters
    >>> from mlearth.simulators import simulate_etas
    >>> laws = EtasParameters.with_branching_ratio(
    ...     0.5, background_per_day=2.0, alpha=0.8, c_days=0.01, p=1.2)
    >>> found = simulate_etas(laws, 100.0, (35.0, 37.0, -119.0, -116.0))
    >>> seen = observe_catalogue(found, bin_width=0.1, magnitude_of_completeness=1.0)
    >>> seen.data.magnitude.min()
    np.float64(1.0)
    """
    rng = np.random.default_rng(random_state)
    data = simulated.data
    if short_term and len(data):
        times, magnitudes = data["time_days"].to_numpy(), data["magnitude"].to_numpy()
        data = data[~hidden_by_larger(times, magnitudes)]
    data = with_errors(data, location_error_km, magnitude_error, rng)
    if bin_width:
        steps = np.round(data["magnitude"] / bin_width)
        data["magnitude"] = np.round(steps * bin_width, 9)
    if magnitude_of_completeness is not None:
        data = complete_above(data, magnitude_of_completeness, bin_width)
    return replace(simulated, data=data)


def hidden_by_larger(time_days: np.ndarray, magnitude: np.ndarray) -> np.ndarray:
    """Tell which events are lost in the coda of an earlier one, shape (n,)."""
    hidden = np.zeros(time_days.size, dtype=bool)
    lasts = 10 ** ((magnitude - 4.5 - magnitude.min()) / 0.75)
    ends = np.searchsorted(time_days, time_days + lasts)
    for large in np.flatnonzero(ends > np.arange(1, time_days.size + 1)):
        after = slice(large + 1, ends[large])
        elapsed = np.maximum(time_days[after] - time_days[large], 1e-9)
        threshold = magnitude[large] - 4.5 - 0.75 * np.log10(elapsed)
        hidden[after] |= magnitude[after] < np.minimum(threshold, magnitude[large])
    return hidden


def with_errors(
    data: pd.DataFrame,
    location_error_km: float,
    magnitude_error: float,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return a copy with normal errors of places and magnitudes."""
    data, n = data.copy(), len(data)
    data["magnitude"] += magnitude_error * rng.normal(size=n)
    if location_error_km:
        distance_km = location_error_km * rng.rayleigh(size=n)
        places = data["latitude_deg"].to_numpy(), data["longitude_deg"].to_numpy()
        azimuth = rng.uniform(0, 2 * np.pi, n)
        moved = destination(*places, distance_km, azimuth)
        data["latitude_deg"], data["longitude_deg"] = moved
    return data


def complete_above(
    data: pd.DataFrame, magnitude_of_completeness: float, bin_width: float
) -> pd.DataFrame:
    """Leave out what is below the completeness, and refuse to leave out everything."""
    kept = data[data["magnitude"] >= magnitude_of_completeness - 1e-6 * bin_width]
    if len(data) and not len(kept):
        largest = f"at most the largest magnitude, {data['magnitude'].max():.2f}"
        raise wrong("magnitude_of_completeness", largest, magnitude_of_completeness)
    return kept
