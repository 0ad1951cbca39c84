"""Seismograms from ObsPy's objects or from arrays, brought to one form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mlearth.plotting._inputs import numbers


@dataclass(frozen=True)
class Traces:
    """Seismograms on a common time axis.

    Attributes
    ----------
    times : list of ndarray
        Seconds since `zero` of the samples of each trace.
    values : list of ndarray
        Ground motion of each trace, NaN where it is missing.
    channels, stations : list of str
        Codes of each trace; empty strings for arrays.
    zero : obspy.UTCDateTime or None
        Absolute time of the zero of the axis, None for arrays.
    """

    times: list[np.ndarray]
    values: list[np.ndarray]
    channels: list[str]
    stations: list[str]
    zero: object = None

    @property
    def samples(self) -> int:
        """Number of samples in all traces together."""
        return sum(row.size for row in self.values)

    @property
    def missing(self) -> str:
        """A sentence about missing samples, empty when there are none."""
        gaps = sum(int(np.isnan(row).sum()) for row in self.values)
        return f"{gaps:,} of {self.samples:,} samples missing" if gaps else ""

    @property
    def time_label(self) -> str:
        """Label of the time axis with its unit."""
        if self.zero is None:
            return "time [s]"
        return f"time after {self.zero.strftime('%Y-%m-%d %H:%M:%S')} UTC [s]"

    def seconds(self, picks: Mapping) -> dict:
        """Return picks with absolute times turned into seconds on this axis."""
        return {phase: self._relative(when) for phase, when in picks.items()}

    def _relative(self, when):
        """Turn one time or a sequence of times into seconds on this axis."""
        if hasattr(when, "timestamp") and hasattr(when, "ns"):
            if self.zero is None:
                raise ValueError(
                    "picks holds absolute times, but the traces are arrays; "
                    "accepted: seconds, or ObsPy's traces"
                )
            return when - self.zero
        if np.ndim(when) == 0:
            return when
        return [np.nan if one is None else self._relative(one) for one in when]


def gather(traces, sampling_rate_hz=None, start_time_s=0.0, zero=None) -> Traces:
    """Bring an ObsPy trace or stream, or one or more arrays, to one form.

    Parameters
    ----------
    traces : obspy.Trace, obspy.Stream, array_like or list of array_like
        Ground motion.
    sampling_rate_hz : float, optional
        Needed for arrays, refused for ObsPy's objects, which bring their own.
    start_time_s : float
        Time of the first sample of arrays.
    zero : obspy.UTCDateTime, optional
        Zero of the time axis for ObsPy's objects; default the earliest sample.

    Returns
    -------
    Traces
        The seismograms, copied.

    Raises
    ------
    ValueError
        If there is no trace, a rate is missing or superfluous, or a row is no vector.
    """
    rows = [traces] if hasattr(traces, "stats") else list(traces)
    if not rows:
        raise ValueError("traces is empty; accepted: at least one trace")
    if not hasattr(rows[0], "stats"):
        return _from_arrays(traces, sampling_rate_hz, start_time_s)
    if sampling_rate_hz is not None:
        raise ValueError("sampling_rate_hz is for arrays; ObsPy's traces bring theirs")
    zero = min(row.stats.starttime for row in rows) if zero is None else zero
    values = [numbers(f"trace {row.id}", row.data) for row in rows]
    times = [
        (row.stats.starttime - zero) + np.arange(row.stats.npts) * row.stats.delta
        for row in rows
    ]
    channels = [row.stats.channel for row in rows]
    return Traces(times, values, channels, [row.stats.station for row in rows], zero)


def _from_arrays(traces, sampling_rate_hz, start_time_s) -> Traces:
    """Bring one vector, or several of any lengths, to one form."""
    if sampling_rate_hz is None or not sampling_rate_hz > 0:
        raise ValueError(
            f"sampling_rate_hz is {sampling_rate_hz}; accepted: samples per second, "
            "above zero, with arrays"
        )
    rows = list(traces)
    rows = [traces] if np.ndim(rows[0]) == 0 else rows
    values = [numbers(f"trace {k}", row) for k, row in enumerate(rows)]
    times = [start_time_s + np.arange(row.size) / sampling_rate_hz for row in values]
    return Traces(times, values, [""] * len(values), [""] * len(values))
