"""Time the simulated laboratory: cycles, and the ringing of its sensors.

Run it with ``make bench``. The peer of the closed form is SciPy's integration of the
same resonator, driven by the same pulse. It is a record, not a test: nothing fails
here.
"""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import numpy as np
import pandas as pd
from scipy.signal import lsim, lti

from mlearth.simulators import ResonantSensor, simulate_bursts, simulate_stick_slip
from mlearth.simulators.acoustic_emission.sensors import resonant_pulse


def seconds(work: Callable[[], object], n_turns: int) -> float:
    """Return the shortest processor time of several calls [s]."""
    found = []
    for _ in range(n_turns):
        start = process_time()
        work()
        found.append(process_time() - start)
    return max(min(found), 1e-9)


def integrated(time_s: np.ndarray, corner_hz: float, sensor: ResonantSensor):
    """Return the same pulse by SciPy: a linear system, step by step."""
    w, w0 = 2 * np.pi * corner_hz, 2 * np.pi * sensor.frequency_hz
    speed = w**2 * (1 - w * time_s) * np.exp(-w * time_s)
    loss = w0 / sensor.quality
    return lsim(lti([loss, 0], [1, loss, w0**2]), speed, time_s)[1]


def race(n_cycles: int = 240, n_bursts: int = 16, n_turns: int = 5) -> pd.DataFrame:
    """Return a table of ours beside the peer, and how many times as fast ours is."""
    time_s, sensor = np.arange(2000) * 1e-7, ResonantSensor()
    above = pd.DataFrame({"sensor": [*"ABCD"], "x_m": 0.0, "y_m": 0.0, "z_m": 0.0})
    cycles = seconds(lambda: simulate_stick_slip(n_cycles), n_turns)
    bursts = seconds(lambda: simulate_bursts(above, n_bursts), n_turns)
    closed = seconds(lambda: resonant_pulse(time_s, 2e5, sensor), n_turns)
    stepped = seconds(lambda: integrated(time_s, 2e5, sensor), n_turns)
    rows = [
        (f"stick-slip, {n_cycles} cycles", "cycles/s", n_cycles / cycles, "none"),
        ("bursts at four sensors", "records/s", 4 * n_bursts / bursts, "none"),
        ("pulse of a sensor, 2,000 samples", "pulses/s", 1 / closed, "scipy lsim"),
    ]
    table = pd.DataFrame(rows, columns=["what", "unit", "ours", "peer"])
    table["theirs"] = [np.nan, np.nan, 1 / stepped]
    table["times as fast"] = table["ours"] / table["theirs"]
    return table.set_index("what")


def main() -> None:
    """Race, and print the table."""
    shown = race().map(
        lambda v: v if isinstance(v, str) else "-" if np.isnan(v) else f"{v:,.0f}"
    )
    print(f"\nA simulated laboratory, by processor time\n\n{shown.to_string()}")


if __name__ == "__main__":
    main()
