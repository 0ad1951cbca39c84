"""Simulated records as ObsPy streams, and in the layout that pickers are trained on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..._arguments import CountOrZero, check_count, checked, shown, wrong
from ...datasets import save_seisbench
from ..simulated import Simulated
from .records import ObservedWaveforms, TrueWaveforms

__all__ = ["save_waveforms", "waveform_metadata", "waveform_stream"]

NAMES = {
    "p_sample": "trace_p_arrival_sample",
    "s_sample": "trace_s_arrival_sample",
    "kind": "trace_category",
    "station": "station_code",
    "event": "source_id",
    "magnitude": "source_magnitude",
    "depth_km": "source_depth_km",
    "distance_km": "path_ep_distance_km",
    "back_azimuth_deg": "path_back_azimuth_deg",
    "polarity": "trace_p_polarity",
    "corner_hz": "source_corner_frequency_hz",
    "stress_drop_mpa": "source_stress_drop_mpa",
}
"""Our columns, and what woollam2022seisbench calls them."""

SPLITS = ("train", "train", "train", "dev", "test")
"""Of five events in a row."""


@checked
def waveform_stream(simulated: Simulated, trace: CountOrZero = 0) -> Any:
    """Return one record as an ObsPy stream of three traces.

    Parameters
    ----------
    simulated : Simulated
        What :func:`simulate_waveforms` returned.
    trace : int
        Which record.

    Returns
    -------
    obspy.Stream
        Z, N and E of network XX [m/s]; samples in a gap are masked.

    Raises
    ------
    ValueError
        If `simulated` holds no waveforms, or there is no such record.

    Examples
    --------
    >>> from mlearth.simulators import simulate_waveforms
    >>> print(waveform_stream(simulate_waveforms(2), 1)[0].stats.npts)
    3000
    """
    from obspy import Stream, Trace

    waveforms = check_waveforms(simulated).waveforms
    check_count("trace", trace, 0, len(waveforms) - 1)
    row = simulated.truth.traces.iloc[trace]
    stream = Stream()
    for letter, values in zip("ZNE", waveforms[trace], strict=True):
        data = values.copy()
        if row["gap_sample"] >= 0:
            where = np.arange(len(data))
            within = (where >= row["gap_sample"]) & (where < row["gap_end_sample"])
            data = np.ma.masked_array(data, within)
        stats = {
            "network": "XX",
            "station": str(row["station"]),
            "channel": f"HH{letter}",
            "sampling_rate": simulated.data.sampling_hz,
        }
        stream.append(Trace(data, stats))
    return stream


def waveform_metadata(simulated: Simulated) -> pd.DataFrame:
    """Return the labels of all records in the names of ``woollam2022seisbench``.

    Parameters
    ----------
    simulated : Simulated
        What :func:`simulate_waveforms` returned.

    Returns
    -------
    pandas.DataFrame
        One row per record. ``split`` is the same for all records of an event: three of
        five events train, one develops, one tests.

    Raises
    ------
    ValueError
        If `simulated` holds no waveforms.

    Examples
    --------
    >>> from mlearth.simulators import simulate_waveforms
    >>> waveform_metadata(simulate_waveforms(20))["split"].value_counts().to_dict()
    {'train': 12, 'dev': 4, 'test': 4}
    """
    data = check_waveforms(simulated)
    truth = simulated.truth.traces
    table = truth[list(NAMES)].rename(columns=NAMES)
    names = [f"record{i:07d}" for i in truth["trace"]]
    table.insert(0, "trace_name", names)
    table["source_id"] = [f"event{i:07d}" for i in truth["event"]]
    table["trace_component_order"] = "ZNE"
    table["trace_sampling_rate_hz"] = data.sampling_hz
    table["split"] = np.array(SPLITS)[truth["event"] % len(SPLITS)]
    return table


def save_waveforms(folder: str | Path, simulated: Simulated) -> None:
    """Write records and labels as a SeisBench data set.

    Parameters
    ----------
    folder : path
        Where ``metadata.csv`` and ``waveforms.hdf5`` are to stand.
    simulated : Simulated
        What :func:`simulate_waveforms` returned.

    Raises
    ------
    FileExistsError
        If one of the two files is there already.
    ValueError
        If `folder` is no path, or `simulated` holds no waveforms.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from mlearth.datasets import open_seisbench
    >>> from mlearth.simulators import simulate_waveforms
    >>> with TemporaryDirectory() as folder:
    ...     save_waveforms(folder, simulate_waveforms(3))
    ...     open_seisbench(folder).waveform(2).shape
    (3, 3000)
    """
    metadata = waveform_metadata(simulated)
    save_seisbench(folder, metadata, simulated.data.waveforms)


def check_waveforms(simulated: Simulated) -> ObservedWaveforms:
    """Return the waveforms of a simulation, or refuse one without."""
    data = getattr(simulated, "data", None)
    truth = getattr(simulated, "truth", None)
    if not (isinstance(data, ObservedWaveforms) and isinstance(truth, TrueWaveforms)):
        raise wrong("simulated", "what simulate_waveforms returns", shown(simulated))
    return data
