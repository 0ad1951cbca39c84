"""Time the stress around a fault, in closed form and by summed forces.

Run it with ``make bench``. It is a record, not a test: nothing fails here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

import numpy as np

from mlearth.seismology import RectangularFault, stress_change

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import volterra

FAULT = RectangularFault(30, 60, 90, 20, 10, 6, 1.5)


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of one call [s]."""
    start = process_time()
    work()
    return process_time() - start


def microseconds(n_points: int = 20_000) -> dict[str, float]:
    """Return the processor time for one point, in closed form and by forces."""
    rng = np.random.default_rng(0)
    points = rng.uniform([-40, -40, 0], [40, 40, 20], (n_points, 3))
    few = points[: max(1, n_points // 200)]
    closed = seconds(lambda: stress_change(FAULT, points))
    forces = seconds(lambda: [volterra.displacement(FAULT, p, n=20) for p in few])
    return {
        "stress, closed form": 1e6 * closed / n_points,
        "displacement alone, by 400 forces": 1e6 * forces / len(few),
    }


def main() -> None:
    """Print the table."""
    print("\nMicroseconds of processor time for one point around a fault\n")
    for name, time in microseconds().items():
        print(f"{name:35}{time:8.0f}")


if __name__ == "__main__":
    main()
