"""What simulated waveforms come with: traces, and what made each of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

__all__ = ["ObservedWaveforms", "TrueWaveforms"]


class ObservedWaveforms(NamedTuple):
    """What an observer has.

    Attributes
    ----------
    waveforms : ndarray of float32, shape (n_traces, 3, n_samples)
        Velocity of the ground, up, north and east [m/s].
    stations : ndarray of str, shape (n_traces,)
        Name of each trace's station.
    sampling_hz : float
        Sampling rate [Hz].
    """

    waveforms: np.ndarray
    stations: np.ndarray
    sampling_hz: float


class TrueWaveforms(NamedTuple):
    """What no observer has.

    Attributes
    ----------
    traces : pandas.DataFrame
        One row per trace: ``trace``, ``event``, ``station``, ``kind``, ``p_sample``
        and ``s_sample`` (NaN where none falls into the window), ``polarity`` of direct
        P (+1 up, -1 down, 0 for none), ``magnitude``, ``moment_nm``, ``corner_hz`` of
        S, ``stress_drop_mpa``, ``distance_km`` (to the epicentre), ``depth_km``,
        ``back_azimuth_deg``, ``incidence_deg``, ``kappa_s``, ``site_factor``,
        ``noise_level``, ``n_events`` in the window, and what the instrument did:
        ``spike_sample``, ``burst_sample``, ``step_sample``, ``gap_sample`` and
        ``gap_end_sample`` (NaN for none), ``clip_m_s`` (NaN for none) and
        ``dead_component`` (0 to 2, -1 for none). Pure noise has NaN for its source.
    paths : pandas.DataFrame
        One row per event and trace: the table that :func:`simulate_records` takes,
        with ``p_sample`` and ``s_sample``.
    """

    traces: pd.DataFrame
    paths: pd.DataFrame
