"""Race the science of catalogues beside brute force and beside other packages.

``make bench`` calls it. A peer that is not installed is said to be so; to race it, give
it to the environment (``pip install numba bruces seismostats``). Times are processor
seconds of one run each, so compiled code that uses several threads gains nothing.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from time import process_time
from types import ModuleType

import numpy as np

from mlearth.seismology import b_positive, likeliest_b, nearest_event

N_EVENTS = 50_000
N_MANY = 500_000
DIMENSION = 1.6
EARTH_RADIUS_KM = 6371.0


def make_catalogue(n: int, clustered: bool = True) -> tuple[np.ndarray, ...]:
    """Return times [day], places [degree] and magnitudes, half of them clustered."""
    rng = np.random.default_rng(0)
    t, m = rng.uniform(0, 10_000, n), 2.5 - np.log10(rng.random(n))
    latitude, longitude = rng.uniform(32, 37, n), rng.uniform(-122, -114, n)
    if clustered:
        child = rng.choice(n, n // 2, replace=False)
        parent = rng.choice(n, n // 2, p=10**m / np.sum(10**m))
        far, way = 10 ** rng.uniform(-4, -1, n // 2), rng.uniform(0, 2 * np.pi, n // 2)
        t[child] = t[parent] + 10 ** rng.uniform(-3, 2.5, n // 2)
        latitude[child] = latitude[parent] + far * np.sin(way)
        longitude[child] = longitude[parent] + far * np.cos(way)
    order = np.argsort(t)
    return t[order], latitude[order], longitude[order], m[order]


def installed(name: str) -> ModuleType | None:
    """Return a module, or None where there is none."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def brute_force(numba: ModuleType) -> Callable:
    """Return the comparison of all pairs, compiled."""

    @numba.njit(fastmath=True)
    def all_pairs(t, x, y, z, penalty, power):
        parent = np.full(len(t), -1)
        for j in range(len(t)):
            least = np.inf
            for i in range(j):
                square = (x[j] - x[i]) ** 2 + (y[j] - y[i]) ** 2 + (z[j] - z[i]) ** 2
                km = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(square) / 2)
                eta = (t[j] - t[i]) * km**power * penalty[i]
                if eta < least and t[i] < t[j]:
                    least, parent[j] = eta, i
        return parent

    return all_pairs


def columns(t, latitude, longitude, m) -> tuple[np.ndarray, ...]:
    """Return what the brute force takes: times, coordinates and penalties."""
    phi, lam = np.radians(latitude), np.radians(longitude)
    x, y = np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam)
    return t, x, y, np.sin(phi), 10.0**-m, DIMENSION


def timed(work: Callable, *args) -> tuple[float, object]:
    """Return the processor time [s] of one call, and what it returned."""
    start = process_time()
    found = work(*args)
    return process_time() - start, found


def race_neighbours(n: int, clustered: bool) -> str:
    """Race nearest events beside brute force; say how often both agree."""
    events = make_catalogue(n, clustered)
    ours, found = timed(nearest_event, *events)
    kind = "clustered" if clustered else "Poisson"
    said = f"nearest event, {n:,} {kind} events: {ours:.2f} s"
    if not (numba := installed("numba")):
        return f"{said}; brute force: numba is not installed"
    all_pairs = brute_force(numba)
    all_pairs(*columns(*make_catalogue(10)))  # compiled before it is timed
    theirs, parent = timed(all_pairs, *columns(*events))
    same = np.mean(parent == found.parent)
    return (
        f"{said}; brute force compiled by numba: {theirs:.2f} s, {theirs / ours:.0f} "
        f"times as long; the same parent in {100 * same:.3f} %"
    )


def race_bruces(n: int) -> str:
    """Race nearest events beside those of bruces."""
    if not (bruces := installed("bruces")):
        return "nearest event of bruces: not installed"
    t, latitude, longitude, m = make_catalogue(n)
    wide = EARTH_RADIUS_KM * np.cos(np.radians(35))
    plane = {
        "eastings": wide * np.radians(longitude),
        "northings": EARTH_RADIUS_KM * np.radians(latitude),
    }
    dates = np.datetime64("2000-01-01", "us") + (t * 86_400e6).astype("timedelta64[us]")
    catalogue = bruces.Catalog(dates, **plane, depths=np.zeros(n), magnitudes=m)
    catalogue[:10].time_space_distances(DIMENSION, 1.0)  # compiled before it is timed
    theirs, _ = timed(catalogue.time_space_distances, DIMENSION, 1.0)
    ours, _ = timed(nearest_event, t, latitude, longitude, m)
    said = f"nearest event, {n:,} events: {ours:.2f} s; bruces: {theirs:.2f} s"
    return f"{said} over its threads"


def race_b(n: int) -> str:
    """Race estimates of b beside those of seismostats, and compare them."""
    if not installed("seismostats"):
        return "b of seismostats: not installed"
    theirs = importlib.import_module("seismostats.analysis")
    m = np.round(make_catalogue(n)[3], 1)
    pairs = {
        "b": (
            lambda: likeliest_b(m, 3.0, 0.1),
            lambda: theirs.ClassicBValueEstimator().calculate(m, mc=3.0, delta_m=0.1),
        ),
        "b-positive": (
            lambda: b_positive(m[m > 2.95], 0.2, 0.1),
            lambda: theirs.BPositiveBValueEstimator().calculate(
                m, mc=3.0, delta_m=0.1, dmc=0.2
            ),
        ),
    }
    said = []
    for name, (ours, library) in pairs.items():
        (mine, found), (other, wanted) = timed(ours), timed(library)
        said.append(
            f"{name} of {n:,} magnitudes: {1000 * mine:.1f} ms; seismostats: "
            f"{1000 * other:.1f} ms; they differ by {abs(found.b - wanted):.0e}"
        )
    return "\n".join(said)


def race(n: int, n_many: int) -> Iterator[str]:
    """Yield what each race showed, a line for each."""
    for clustered in (False, True):
        yield race_neighbours(n, clustered)
    yield race_b(n)
    many, _ = timed(nearest_event, *make_catalogue(n_many))
    yield f"nearest event, {n_many:,} clustered events: {many:.0f} s"
    yield race_bruces(n)


def main() -> None:
    """Race, and print what was shown; ``--quick`` takes fewer events."""
    sizes = (5_000, 20_000) if "--quick" in sys.argv else (N_EVENTS, N_MANY)
    print("Processor seconds of the science of catalogues\n")
    for said in race(*sizes):
        print(said, flush=True)


if __name__ == "__main__":
    main()
