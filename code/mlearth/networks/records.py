"""A stream of any kind as whole records of three components, and what was wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

__all__ = ["Record", "records_of"]

COMPONENTS = {"Z": 0, "N": 1, "1": 1, "E": 2, "2": 2}
FLAT = 4
"""So many equal samples in a row at a trace's own extreme say that it is clipped."""

Notes = list[tuple[str, str]]


@dataclass
class Record:
    """Three components of one station on one clock.

    Attributes
    ----------
    name : str
        Network, station, location and the first two letters of the channels.
    start : obspy.UTCDateTime
        Time of the first sample.
    motion : ndarray, shape (n_samples, 3)
        Z, N and E at the network's rate; zero where there is nothing.
    known : ndarray of bool, shape (n_samples, 3)
        Where there is something.
    notes : list of (str, str)
        Trace or station, and what is wrong with it.
    """

    name: str
    start: Any
    motion: np.ndarray
    known: np.ndarray
    notes: Notes = field(default_factory=list)


def records_of(stream: Any, sampling_hz: float) -> list[Record]:
    """Return the record of each station of a stream, at one rate.

    Parameters
    ----------
    stream : obspy.Stream
        Traces in any order, whole, split or masked; it is not changed.
    sampling_hz : float
        Rate to bring them to [Hz].

    Returns
    -------
    list of Record
        In the order of their names.
    """
    stations: dict[str, list] = {}
    for trace in stream:
        stations.setdefault(trace.id[:-1], []).append(trace)
    return [one_record(name, stations[name], sampling_hz) for name in sorted(stations)]


def one_record(name: str, traces: list, sampling_hz: float) -> Record:
    """Lay the pieces of one station on one clock."""
    notes: Notes = []
    pieces = []
    for trace in sorted(traces, key=lambda t: (t.id, t.stats.starttime)):
        if trace.id[-1] not in COMPONENTS:
            notes.append((trace.id, "no component Z, N, E, 1 or 2: not used"))
        elif trace.stats.npts:
            pieces += pieces_of(trace, sampling_hz, notes)
    start = min((one[1] for one in pieces), default=None)
    ends = [round((at - start) * sampling_hz) + len(v) for _, at, v in pieces]
    motion = np.zeros((max(ends, default=0), 3))
    known = np.zeros(motion.shape, dtype=bool)
    for end, (component, _, values) in zip(ends, pieces, strict=True):
        place = slice(end - len(values), end), component
        if known[place].any():
            notes.append((name + "ZNE"[component], "pieces overlap: the later is used"))
        motion[place], known[place] = values, True
    note_gaps(name, known, sampling_hz, notes)
    return Record(name, start, motion, known, list(dict.fromkeys(notes)))


def pieces_of(trace: Any, sampling_hz: float, notes: Notes) -> list[tuple]:
    """Return component, start and values of each unbroken piece of a trace."""
    own_hz = trace.stats.sampling_rate
    values = np.ma.getdata(trace.data).astype(float)
    good = np.isfinite(values) & ~np.ma.getmaskarray(trace.data)
    if not np.isfinite(values[~np.ma.getmaskarray(trace.data)]).all():
        notes.append((trace.id, "samples that are not finite: left out"))
    if own_hz != sampling_hz:
        notes.append((trace.id, f"brought from {own_hz:g} to {sampling_hz:g} Hz"))
    if good.any() and np.ptp(values[good]) == 0:
        notes.append((trace.id, "dead: one value throughout, not used"))
        return []
    if good.any() and longest_flat(values[good]) >= FLAT:
        notes.append((trace.id, "clipped: flat at its largest or least, used"))
    edges = np.flatnonzero(np.diff(np.r_[False, good, False].astype(int)))
    found = []
    for first, last in edges.reshape(-1, 2):
        piece = brought(values[first:last], own_hz, sampling_hz)
        start = trace.stats.starttime + first / own_hz
        found.append((COMPONENTS[trace.id[-1]], start, piece))
    return found


def longest_flat(values: np.ndarray) -> int:
    """Count the longest run of samples at the largest or at the least value."""
    longest = 0
    for extreme in (values.max(), values.min()):
        edges = np.diff(np.r_[False, values == extreme, False].astype(int))
        longest = max(longest, *(np.flatnonzero(edges < 0) - np.flatnonzero(edges > 0)))
    return longest


def brought(values: np.ndarray, own_hz: float, sampling_hz: float) -> np.ndarray:
    """Return a piece without its mean, at another rate, filtered before."""
    from fractions import Fraction

    from scipy.signal import resample_poly

    values = values - values.mean()
    if own_hz == sampling_hz:
        return values
    ratio = Fraction(sampling_hz / own_hz).limit_denominator(1000)
    return resample_poly(values, ratio.numerator, ratio.denominator)


def note_gaps(name: str, known: np.ndarray, sampling_hz: float, notes: Notes) -> None:
    """Note which components are missing, and how long others have gaps."""
    for k, letter in enumerate("ZNE"):
        here = np.flatnonzero(known[:, k])
        if not len(here):
            notes.append((name + letter, "missing: zeros in its place"))
            continue
        n_gap = int((~known[here[0] : here[-1], k]).sum())
        if n_gap:
            seconds = f"{n_gap / sampling_hz:.2f} s in all"
            notes.append((name + letter, f"gaps of {seconds}: zeros in their place"))
        n_short = len(known) - 1 - here[-1] + here[0]
        if n_short > sampling_hz:
            seconds = f"{n_short / sampling_hz:.2f} s"
            notes.append((name + letter, f"begins later or ends earlier: {seconds}"))
