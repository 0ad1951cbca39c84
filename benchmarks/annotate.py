"""Time `annotate` on a day of one station, beside SeisBench's PhaseNet.

Run it with ``make bench``. Both see the same 24 h of three components at 100 Hz; ours
works at 50 Hz and resamples, and reads the picks off its curves as well. PhaseNet has
random weights and gives its curves alone; their time does not depend on the weights.
SeisBench needs PyTorch; where they are not installed the line says so. It is a
record, not a test: nothing fails here.
"""

from __future__ import annotations

from importlib.util import find_spec
from time import perf_counter, process_time

import numpy as np
import pandas as pd

from mlearth import networks
from mlearth.projects.picking_and_association.pickers import load_picker


def day(hours: float = 24.0, sampling_hz: float = 100.0):
    """Return noise of one station with three components, as an ObsPy stream."""
    from obspy import Stream, Trace

    rng = np.random.default_rng(0)
    n = round(hours * 3600 * sampling_hz)
    header = {"network": "XX", "station": "ONE", "sampling_rate": sampling_hz}
    return Stream(
        Trace(rng.normal(size=n).astype("f4"), header | {"channel": f"HH{letter}"})
        for letter in "ZNE"
    )


def timed(work) -> tuple[float, float]:
    """Return seconds on the wall and of the processor."""
    wall, processor = perf_counter(), process_time()
    work()
    return perf_counter() - wall, process_time() - processor


def race(hours: float = 24.0) -> pd.DataFrame:
    """Return a table with a row for each program, NaN where it is not installed."""
    stream = day(hours)
    ours = load_picker()
    warm = day(0.05)
    networks.annotate(warm, ours)
    rows = {"mlearth, annotate": timed(lambda: networks.annotate(stream, ours))}
    if find_spec("seisbench") and find_spec("torch"):
        import seisbench.models as models

        theirs = models.PhaseNet(phases="PSN")
        theirs.eval()
        theirs.annotate(warm)
        rows["SeisBench, PhaseNet.annotate"] = timed(lambda: theirs.annotate(stream))
    else:
        rows["SeisBench, PhaseNet.annotate"] = (np.nan, np.nan)
    columns = ["wall [s]", "processor [s]"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def main() -> None:
    """Race, and print the table."""
    shown = race().map(lambda v: "not installed" if np.isnan(v) else f"{v:.1f}")
    title = "24 h of one station, three components at 100 Hz"
    print(f"\n{title}\n\n{shown.to_string()}")


if __name__ == "__main__":
    main()
