"""Seismograms from ObsPy's objects or from arrays, brought to one form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .._arguments import check_number, check_positive, check_vector, wrong


@dataclass(frozen=True)
class Traces:
    """Seismograms on a common time axis.

    Attributes
    ----------
    times : list of ndarray
        Seconds since `zero` of the samples of each trace.
    values : list of ndarray
        Ground motion of each trace, NaN where it is missing.
    channels : list of str
        Codes of each trace; empty strings for arrays.
    zero : obspy.UTCDateTime or None
        Absolute time of the zero of the axis, None for arrays.
    """

    times: list[np.ndarray]
    values: list[np.ndarray]
    channels: list[str]
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
                raise wrong("picks", "seconds, as the traces are arrays", when)
            return when - self.zero
        if np.ndim(when) == 0:
            return when
        return [np.nan if one is None else self._relative(one) for one in when]


def gather(trace, sampling_rate_hz=None, start_time_s=0.0) -> Traces:
    """Bring an ObsPy trace or stream, or one or more arrays, to one form.

    Parameters
    ----------
    trace : obspy.Trace, obspy.Stream, array_like or list of array_like
        Ground motion.
    sampling_rate_hz : float, optional
        Needed for arrays, refused for ObsPy's objects, which bring their own.
    start_time_s : float
        Time of the first sample of arrays.

    Returns
    -------
    Traces
        The seismograms, copied.

    Raises
    ------
    ValueError
        If there is no trace, a rate is missing or superfluous, or a row is no vector.
    """
    rows = [trace] if hasattr(trace, "stats") else list(trace)
    if not rows:
        raise wrong("trace", "at least one trace", "none")
    if not hasattr(rows[0], "stats"):
        return _from_arrays(trace, sampling_rate_hz, start_time_s)
    if sampling_rate_hz is not None:
        accepted = "None for ObsPy's traces, which bring theirs"
        raise wrong("sampling_rate_hz", accepted, sampling_rate_hz)
    zero = min(row.stats.starttime for row in rows)
    values = [check_vector(f"trace {r.id}", r.data, missing=True) for r in rows]
    times = [
        (row.stats.starttime - zero) + np.arange(row.stats.npts) * row.stats.delta
        for row in rows
    ]
    channels = [row.stats.channel for row in rows]
    return Traces(times, values, channels, zero)


def _from_arrays(trace, sampling_rate_hz, start_time_s) -> Traces:
    """Bring one vector, or several of any lengths, to one form."""
    check_positive("sampling_rate_hz", sampling_rate_hz)
    check_number("start_time_s", start_time_s)
    rows = list(trace)
    rows = [trace] if np.ndim(rows[0]) == 0 else rows
    values = [
        check_vector(f"trace {k}", row, missing=True) for k, row in enumerate(rows)
    ]
    times = [start_time_s + np.arange(row.size) / sampling_rate_hz for row in values]
    return Traces(times, values, [""] * len(values))
