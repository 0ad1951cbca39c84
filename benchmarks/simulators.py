"""Time the simulators beside their peers, where these are installed; print one table.

Run it with ``make bench``. Each row is one small function that returns what was done,
how much of it, and the processor's time of ours and of the peer. A peer that is not
installed is said to be so. It is a record, not a test: nothing fails here.
"""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Callable, Iterator
from time import process_time

import pandas as pd

from mlearth.seismology import EtasParameters, etas_log_likelihood
from mlearth.simulators import simulate_etas

CALIFORNIA = {
    "log10_mu": -7.5,
    "log10_k0": -2.49,
    "a": 1.69,
    "log10_c": -2.95,
    "omega": -0.03,
    "log10_tau": 3.99,
    "log10_d": -0.35,
    "gamma": 1.22,
    "rho": 0.51,
}
"""The example parameters of the package etas: natural logarithms, areas, days."""

BOX = (32.0, 42.0, -125.0, -114.0)
YEARS = 150
AREA_KM2 = 1.1e6
"""Of the box, to the precision of a race."""


def in_our_units(theirs: dict[str, float]) -> EtasParameters:
    """Return the laws of the package etas, in this book's units."""
    ten, rho = math.log(10), theirs["rho"]
    d = 10 ** theirs["log10_d"]
    return EtasParameters(
        background_per_day=10 ** theirs["log10_mu"] * AREA_KM2,
        k=10 ** theirs["log10_k0"] * math.pi / rho * d**-rho,
        alpha=(theirs["a"] - rho * theirs["gamma"]) / ten,
        c_days=10 ** theirs["log10_c"],
        p=1 + theirs["omega"],
        taper_days=10 ** theirs["log10_tau"],
        min_magnitude=3.6,
        max_magnitude=8.0,
        distance_km=math.sqrt(d),
        gamma=theirs["gamma"] / 2 / ten,
        q=1 + rho,
    )


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Return the processor time [s] of one call, and what it returned."""
    start = process_time()
    found = work()
    return process_time() - start, found


def best(work: Callable[[], object], n_turns: int) -> float:
    """Return the shortest of several times [s]."""
    return max(min(timed(work)[0] for _ in range(n_turns)), 1e-9)


def catalogue_by_etas(years: float) -> float | str:
    """Return how many events a second the package etas simulates, or why it does not.

    https://github.com/lmizrahi/etas, version 3.0.0, which needs Python 3.12 or later.
    """
    if importlib.util.find_spec("etas") is None:
        return "not installed"
    from etas.simulation import generate_catalog
    from shapely.geometry import box

    south, north, west, east = BOX
    asked = {
        "polygon": box(south, west, north, east),  # latitude comes first
        "timewindow_start": pd.Timestamp("1871-01-01"),
        "timewindow_end": pd.Timestamp("1871-01-01") + pd.Timedelta(days=365 * years),
        "parameters": CALIFORNIA,
        "mc": 3.6,
        "beta_main": math.log(10),
        "delta_m": 0.0,
    }
    seconds, found = timed(lambda: generate_catalog(**asked))
    return len(found) / seconds


def catalogues(years: float, n_turns: int) -> Iterator[dict[str, object]]:
    """Race ETAS catalogues of the California parameters, parents and all."""
    laws, days = in_our_units(CALIFORNIA), 365.0 * years
    sizes = {}

    def work() -> None:
        found = simulate_etas(laws, days, BOX, burn_in_days=0.0, random_state=1)
        sizes["events"] = len(found.truth.events)

    seconds = best(work, n_turns)
    yield {
        "what": f"ETAS catalogue, California, {sizes['events']:,} events",
        "unit": "events/s",
        "ours": sizes["events"] / seconds,
        "peer": "etas",
        "theirs": catalogue_by_etas(years),
    }


def likelihoods(years: float, n_turns: int) -> Iterator[dict[str, object]]:
    """Time one likelihood with its slope; the peer inverts otherwise, by EM."""
    laws, days = in_our_units(CALIFORNIA), 365.0 * years
    data = simulate_etas(laws, days, BOX, burn_in_days=0.0, random_state=1).data

    def work() -> None:
        etas_log_likelihood(data.time_days, data.magnitude, laws, end_days=days)

    yield {
        "what": f"temporal ETAS likelihood, {len(data):,} events",
        "unit": "events/s",
        "ours": len(data) / best(work, n_turns),
        "peer": "none",
        "theirs": "-",
    }


def race(years: float = YEARS, n_turns: int = 5) -> pd.DataFrame:
    """Return a table of ours beside the peers, and how many times as fast ours is."""
    rows = [*catalogues(years, n_turns), *likelihoods(years, n_turns)]
    for row in rows:
        raced = isinstance(row["theirs"], float)
        row["times as fast"] = row["ours"] / row["theirs"] if raced else math.nan
    return pd.DataFrame(rows).set_index("what")


def main() -> None:
    """Race, and print the table."""
    shown = race().map(lambda v: f"{v:,.0f}" if isinstance(v, float) else v)
    print(f"Simulators, by processor time\n\n{shown.to_string()}")


if __name__ == "__main__":
    main()
