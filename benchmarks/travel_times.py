"""Time tables, the eikonal solver and the locators beside their peers, in one run.

Run it with ``make bench``. The processor's time counts, not the clock's; a peer that is
not installed is named. It is a record, not a test: nothing fails here.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from time import process_time

import numpy as np
import pandas as pd
from scipy.optimize import least_squares

from mlearth import seismology as ours
from mlearth.seismology.picks import predicted_s

DEGREE_KM = np.pi * 6371 / 180


def milliseconds(work: Callable[[], object], n_turns: int = 3) -> float:
    """Return the processor time [ms] of one call, the best of several."""
    times = []
    for _ in range(n_turns):
        start = process_time()
        work()
        times.append(process_time() - start)
    return 1000 * max(min(times), 1e-6)


def globe(n: int = 50) -> dict[str, tuple[float, float]]:
    """Return for table and TauP the time per place [ms] and the largest gap [s]."""
    from obspy.taup import TauPyModel

    rng, tau = np.random.default_rng(0), TauPyModel("iasp91")
    degrees, depth = rng.uniform(0, 95, n), rng.uniform(0, 700, n)
    table = ours.load_travel_times("iasp91", "P")
    many = np.tile(degrees * DEGREE_KM, 1000), np.tile(depth, 1000)
    asked = list(zip(depth, degrees, strict=True))

    def repeated() -> list[float]:
        found = (tau.get_travel_times(h, d, table.phases) for h, d in asked)
        return [arrivals[0].time for arrivals in found]

    gap = np.abs(table.time_s(degrees * DEGREE_KM, depth) - repeated()).max()
    ours_ms = milliseconds(lambda: table.time_s(*many)) / many[0].size
    taup_ms = milliseconds(repeated, 1) / n
    return {"table": (ours_ms, float(gap)), "TauP, repeated": (taup_ms, 0.0)}


def section(n: int = 201) -> dict[str, tuple[float, float]]:
    """Return for each eikonal solver the time [ms] and the largest error [s]."""
    spacing = 50 / (n - 1)
    x, z = np.meshgrid(spacing * np.arange(2 * n - 1), spacing * np.arange(n))
    speed, source = 4 + 0.08 * z, (0, n - 1)
    exact = ours.GradientModel(4.0, 0.08).time_s(np.abs(x - 50), z)
    inside = np.abs(x - 50) < 40  # where no ray leaves the section

    def marching() -> np.ndarray:
        solver = import_module("eikonalfm")
        return solver.fast_marching(speed, source, (spacing, spacing), 2)

    def scikit() -> np.ndarray:
        start = np.ones_like(speed)
        start[source] = -1
        return import_module("skfmm").travel_time(start, speed, dx=spacing, order=2)

    solvers = {
        "factored (ours, by eikonalfm)": lambda: ours.eikonal_times(
            speed, spacing, *source
        ),
        "eikonalfm, not factored": marching,
        "scikit-fmm": scikit,
    }
    rows = {}
    for name, solve in solvers.items():
        try:
            error = np.abs(solve() - exact)[inside].max()
            rows[name] = milliseconds(solve), float(error)
        except ModuleNotFoundError as missing:
            rows[f"{name}: {missing.name} is not installed"] = np.nan, np.nan
    return rows


def hypocentre(n: int = 12) -> dict[str, tuple[float, float]]:
    """Return for each locator the time [ms] and how far it ends from Geiger [km]."""
    rng = np.random.default_rng(1)
    x, y = rng.uniform(-40, 40, (2, n))
    waves = {"P": ours.GradientModel(5.0, 0.04).time_s}
    blank = ours.Picks(x, y, ["P"] * n, 0 * x, 0.05)
    time = predicted_s(blank, waves, [5, -3, 12]) + rng.normal(0, 0.05, n)
    picks = ours.Picks(x, y, ["P"] * n, time, 0.05)

    def scipy() -> list[float]:
        def residual(m: np.ndarray) -> np.ndarray:
            return (time - m[3] - predicted_s(picks, waves, m[:3])) / 0.05

        bounds = [-np.inf, -np.inf, 0, -np.inf], np.inf
        return least_squares(residual, [0, 0, 10, -2], bounds=bounds).x[:3]

    def place(found: ours.Location) -> list[float]:
        return [found.x_km, found.y_km, found.depth_km]

    axes = np.arange(-5, 16, 0.5), np.arange(-13, 8, 0.5), np.arange(0, 25, 0.5)
    locators = {"Geiger": lambda: place(ours.locate_by_geiger(picks, waves))}
    locators["SciPy least_squares"] = scipy
    for norm in ("L2", "L1", "EDT"):
        locators[f"grid of 88,200 nodes, {norm}"] = lambda norm=norm: place(
            ours.locate_by_grid(picks, waves, *axes, norm)
        )
    reference = np.array(locators["Geiger"]())
    return {
        name: (milliseconds(locate), float(np.linalg.norm(locate() - reference)))
        for name, locate in locators.items()
    }


def main() -> None:
    """Race, and print the tables."""
    for title, race, columns in (
        ("P times of the globe, per place", globe, ["ms", "largest gap [s]"]),
        ("A section of 201 x 401 nodes", section, ["ms", "largest error [s]"]),
        ("One event, 12 picks", hypocentre, ["ms", "from Geiger [km]"]),
    ):
        table = pd.DataFrame.from_dict(race(), orient="index", columns=columns)
        print(f"\n{title}\n{table.to_string(float_format='{:.5f}'.format)}")


if __name__ == "__main__":
    main()
