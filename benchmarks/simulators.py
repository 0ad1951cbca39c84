"""Time the simulators beside their peers, where these are installed; print one table.

Run it with ``make bench``. Each row is one small function that returns what was done,
how much of it, and the processor's time of ours and of the peer. A peer that is not
installed is said to be so. It is a record, not a test: nothing fails here.
"""

from __future__ import annotations

import importlib.util
import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

import numpy as np
import pandas as pd

from mlearth.seismology import (
    EtasParameters,
    etas_log_likelihood,
    invert_times,
    smooth_inversion,
)
from mlearth.simulators import (
    ConvectionBox,
    GaussianGround,
    Ground,
    displacement_spectrum,
    gaussian_field,
    make_survey,
    simulate_convection,
    simulate_etas,
    simulate_tomography,
    simulate_waveforms,
    steady_convection,
    survey_rays,
)

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from staggered_fluid import StaggeredFluid

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


def fields(n: int, n_turns: int) -> Iterator[dict[str, object]]:
    """Race Gaussian fields with those of scikit-learn, which factors the covariance."""
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import RBF

    nodes = np.argwhere(np.ones((n, n))).astype(float)
    process = GaussianProcessRegressor(RBF(5.0))
    theirs = timed(lambda: process.sample_y(nodes, 1, random_state=0))[0]
    yield {
        "what": f"Gaussian field, {n} by {n} nodes, one alone",
        "unit": "fields/s",
        "ours": 1 / best(lambda: gaussian_field(n, n, 1.0, 5.0), n_turns),
        "peer": "scikit-learn",
        "theirs": 1 / max(theirs, 1e-9),
    }


def sections(n: int, n_turns: int) -> Iterator[dict[str, object]]:
    """Time sections with bent rays, and their pictures both ways."""
    survey, ground = (
        make_survey("around", n, n, 1.0, n // 2, 3 * n // 2),
        GaussianGround(),
    )
    rays, data = survey_rays(survey), simulate_tomography(survey, ground).data
    whole = smooth_inversion(rays, 0.02, n, n, 10.0, 300.0)
    known = data.time_s, data.reference_s_km
    stepwise = (rays, known[0], 0.02, known[1], 10.0, 300.0)
    seconds = best(lambda: simulate_tomography(survey, ground), n_turns)
    yield {
        "what": f"tomography, {n} by {n} cells, {survey.n_rays} rays",
        "unit": "sections/s",
        "ours": 1 / seconds,
        "peer": "none",
        "theirs": "-",
    }
    yield {
        "what": "their pictures, by one matrix",
        "unit": "pictures/s",
        "ours": 1 / best(lambda: whole.estimate(*known), n_turns),
        "peer": "LSQR of SciPy",
        "theirs": 1 / best(lambda: invert_times(*stepwise), n_turns),
    }


def records_in_a_loop(n_traces: int) -> None:
    """Make as many records as the stochastic method is usually written down.

    One component after another, in double precision: windowed noise for P and for S,
    each given its spectrum, and no coda, Rg, noise or truth.
    """
    rng, n, ground = np.random.default_rng(0), 3000, Ground()
    f, t = np.fft.rfftfreq(n, 0.01), np.arange(n) / 100
    for _ in range(n_traces):
        record = np.zeros((3, n))
        for phase, onset in (("P", 5.0), ("S", 10.0)):
            law = displacement_spectrum(f, [3.0], [41.0], phase, ground=ground)[0]
            late = np.maximum(t - onset, 0)
            for component in record:
                drawn = late * np.exp(-late) * rng.normal(size=n)
                shape = 2 * np.pi * f * law * np.fft.rfft(drawn)
                component += np.fft.irfft(shape, n)


def waveforms(n_traces: int, n_turns: int) -> Iterator[dict[str, object]]:
    """Race three-component records of 30 s at 100 Hz, on one core.

    No package that we know of makes such records with their truth, so the peer is the
    textbook's loop, which makes less.
    """
    yield {
        "what": f"three-component waveforms, {n_traces:,} of 30 s at 100 Hz",
        "unit": "records/s",
        "ours": n_traces / best(lambda: simulate_waveforms(n_traces), n_turns),
        "peer": "a loop over components",
        "theirs": n_traces / best(lambda: records_in_a_loop(n_traces), n_turns),
    }


def convection(n_steps: int, n_turns: int) -> Iterator[dict[str, object]]:
    """Race time steps on 64 by 64 cells, against one factored matrix of the flow.

    Both take two evaluations a step; the roll of the Rayleigh number 1e5 is steady.
    """
    box, other = ConvectionBox(1e5), StaggeredFluid(1e5, 1.0, 0.0, 64, 64)
    start = steady_convection(box).data.temperature[0].astype(np.float64)
    step = 1e-5

    def ours() -> None:
        simulate_convection(box, 2, n_steps * step, start=start, time_step=step)

    few = max(1, n_steps // 20)
    theirs = best(lambda: other.march(start, few * step, few), n_turns)
    yield {
        "what": "convection, 64 by 64",
        "unit": "steps/s",
        "ours": n_steps / best(ours, n_turns),
        "peer": "finite differences, sparse and direct",
        "theirs": few / theirs,
    }


def race(
    years: float = YEARS, n_turns: int = 5, side: int = 32, n_traces: int = 1000
) -> pd.DataFrame:
    """Return a table of ours beside the peers, and how many times as fast ours is."""
    rows = [
        *catalogues(years, n_turns),
        *likelihoods(years, n_turns),
        *fields(side, n_turns),
        *sections(side, n_turns),
        *waveforms(n_traces, n_turns),
        *convection(max(20, int(4 * years)), n_turns),
    ]
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
