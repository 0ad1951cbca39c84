"""Associate the same simulated picks with ours, PyOcto and GaMMA; print one table.

Run it with ``make bench``. All get the same picks, straight rays and fewest picks, and
the same scorer judges them, so that speed is not bought with events. Two settings are
each one's own: GaMMA takes DBSCAN's window and no amplitudes, PyOcto its smallest node.
It is a record, not a test. A program that is not installed is named as that.
"""

from __future__ import annotations

import contextlib
import io
import sys
import warnings
from importlib.util import find_spec
from time import process_time

import numpy as np
import pandas as pd

from mlearth.evaluation import score_events
from mlearth.seismology import Association, StraightRays, associate
from mlearth.simulators import Seismicity, make_network, simulate_picks

MIN_PICKS, DEEPEST_KM, MARGIN_KM = 6, 20.0, 10.0
RATES = (10.0, 60.0)
"""Earthquakes in an hour."""

HIGHEST = {"GaMMA": 10.0}
"""Beyond this rate a program takes minutes for the hour, and is left out."""


def with_ours(picks: pd.DataFrame, stations: pd.DataFrame) -> Association:
    """Back-projection of this package."""
    return associate(picks, stations, "back_projection", min_picks=MIN_PICKS)


def with_pyocto(picks: pd.DataFrame, stations: pd.DataFrame) -> Association:
    """PyOcto on one thread."""
    return associate(picks, stations, "pyocto", min_picks=MIN_PICKS)


def with_gamma(picks: pd.DataFrame, stations: pd.DataFrame) -> Association:
    """GaMMA (package GMMA) in one process, without amplitudes."""
    from gamma.utils import association, estimate_eps

    start = pd.Timestamp("2020-01-01", tz="UTC")
    places = pd.DataFrame(
        {
            "id": stations["station"],
            "x(km)": stations["x_km"],
            "y(km)": stations["y_km"],
            "z(km)": 0.0,
        }
    )
    times = pd.DataFrame(
        {
            "id": picks["station"],
            "timestamp": start + pd.to_timedelta(picks["time_s"], unit="s"),
            "type": picks["phase"].str.lower(),
            "prob": 1.0,
        }
    )
    settings = gamma_settings(stations, estimate_eps(places, vp=StraightRays().p_km_s))
    with contextlib.redirect_stdout(io.StringIO()):
        events, assigned = association(times, places, settings, method="BGMM")
    return from_gamma(events, assigned, len(picks), start)


def gamma_settings(stations: pd.DataFrame, window_s: float) -> dict:
    """Return GaMMA's configuration for the task that the others get."""
    rays = StraightRays()
    sides = {
        name: (stations[c].min() - MARGIN_KM, stations[c].max() + MARGIN_KM)
        for name, c in (("x(km)", "x_km"), ("y(km)", "y_km"))
    } | {"z(km)": (0.0, DEEPEST_KM)}
    return sides | {
        "dims": ["x(km)", "y(km)", "z(km)"],
        "use_dbscan": True,
        "use_amplitude": False,
        "vel": {"p": rays.p_km_s, "s": rays.s_km_s},
        "method": "BGMM",
        "oversample_factor": 5,
        "bfgs_bounds": (*sides.values(), (None, None)),
        "dbscan_eps": window_s,
        "dbscan_min_samples": 3,
        "min_picks_per_eq": MIN_PICKS,
        "min_p_picks_per_eq": 0,
        "min_s_picks_per_eq": 0,
        "max_sigma11": 2.0,
        "ncpu": 1,
        "eikonal": None,
    }


def from_gamma(events: list, assigned: list, n_picks: int, start) -> Association:
    """Return GaMMA's lists as the others' tables."""
    event = np.full(n_picks, -1)
    number = {found["event_index"]: row for row, found in enumerate(events)}
    for pick, owner, _ in assigned:
        event[pick] = number.get(owner, -1)
    rows = [
        (
            (pd.Timestamp(found["time"], tz="UTC") - start).total_seconds(),
            found["x(km)"],
            found["y(km)"],
            found["z(km)"],
            np.sum(event == row),
        )
        for row, found in enumerate(events)
    ]
    columns = ["time_s", "x_km", "y_km", "depth_km", "n_picks"]
    return Association(pd.DataFrame(rows, columns=columns), event)


RUNNERS = {
    "ours": (with_ours, "mlearth"),
    "PyOcto": (with_pyocto, "pyocto"),
    "GaMMA": (with_gamma, "gamma"),
}


def race(rates: tuple[float, ...] = RATES, n_seeds: int = 3) -> pd.DataFrame:
    """Return time and scores of each program at each rate, averaged over seeds."""
    rows = []
    for rate in rates:
        for name, (run, module) in RUNNERS.items():
            if find_spec(module) is None or rate > HIGHEST.get(name, np.inf):
                continue
            turns = [one_turn(run, rate, seed) for seed in range(n_seeds)]
            where = {"per hour": rate, "program": name}
            rows.append(where | pd.DataFrame(turns).mean().to_dict())
    return pd.DataFrame(rows).set_index(["per hour", "program"])


def one_turn(run, rate: float, seed: int) -> dict[str, float]:
    """Simulate an hour, associate it, and score the result."""
    stations = make_network("random", 16, random_state=seed)
    made = simulate_picks(stations, Seismicity(rate_per_hour=rate), random_state=seed)
    start = process_time()
    found = run(made.data.picks, stations)
    seconds = process_time() - start
    truth = made.truth
    score = score_events(
        truth.events, truth.event, found.events, found.event, MIN_PICKS
    )
    return {
        "picks": len(made.data.picks),
        "seconds": seconds,
        "recall": score.recall,
        "precision": score.precision,
        "purity": score.purity,
        "epicentre, km": score.error["epicentre_km"].median(),
    }


def absent() -> list[str]:
    """Name the programs that are not installed."""
    return [name for name, (_, module) in RUNNERS.items() if find_spec(module) is None]


def main() -> None:
    """Race, and print the table."""
    warnings.simplefilter("ignore")
    print("\nSeconds of processor time for an hour of picks at 16 stations\n")
    print(race().round(3).to_string())
    for name in absent():
        print(f"\n{name}: not installed")
    print(
        "\nOurs fills a grid and looks at all nodes again for every event: its time "
        "grows with\nthe square of the events. For more than some thousand picks use "
        "PyOcto."
    )


if __name__ == "__main__":
    sys.exit(main())
