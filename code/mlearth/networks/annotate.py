"""Picks of a whole stream: windows that overlap, one curve, its peaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

import numpy as np
import pandas as pd

from .._arguments import Accepted, Positive, checked, number
from ..learners import peaks_above
from .picker import Network, phase_probabilities
from .records import Record, records_of

__all__ = ["Annotation", "annotate"]

COLUMNS = ["network", "station", "location", "channel", "phase", "time", "probability",
           "near_edge"]  # fmt: skip


def is_stream(value: Any) -> bool:
    """Tell whether a value is an ObsPy stream."""
    return hasattr(value, "traces") and all(hasattr(t, "stats") for t in value)


def are_heights(value: Any) -> bool:
    """Tell whether a value names a height in (0, 1] for P and for S."""
    if not isinstance(value, Mapping) or set(value) != {"P", "S"}:
        return False
    return all(number(above=0, most=1).holds(height) for height in value.values())


Stream = Annotated[Any, Accepted("an ObsPy Stream", is_stream)]
Heights = Annotated[
    Mapping[str, float], Accepted("{'P': height, 'S': height} in (0, 1]", are_heights)
]
Share = Annotated[float, number(least=0, most=0.9)]


@dataclass(frozen=True)
class Annotation:
    """What :func:`annotate` returns.

    Attributes
    ----------
    picks : pandas.DataFrame
        One row per pick, by time: ``network``, ``station``, ``location``, ``channel``
        (that of Z for P, of N for S), ``phase``, ``time`` (UTC), ``probability`` and
        ``near_edge``, whether a gap or an end of the record is within a second.
    report : pandas.DataFrame
        ``trace`` and ``what``: everything that was not as the network expects it.
    curves : dict
        For each station the time of its first sample and the probabilities of noise,
        P and S, shape (n_samples, 3); NaN where no window had any motion.
    """

    picks: pd.DataFrame
    report: pd.DataFrame
    curves: dict[str, tuple] = field(repr=False)

    def catalog(self) -> Any:
        """Return the picks as an ObsPy catalogue: one event without an origin.

        Returns
        -------
        obspy.core.event.Catalog
            ``catalog.write(file, format="QUAKEML")`` writes it. Nothing says yet
            which picks belong together.

        Examples
        --------
        ::

            annotate(stream, network).catalog().write("picks.xml", format="QUAKEML")
        """
        from obspy import UTCDateTime
        from obspy.core.event import Catalog, Comment, Event, Pick, WaveformStreamID

        event = Event()
        for row in self.picks.itertuples():
            place = WaveformStreamID(
                row.network, row.station, row.location, row.channel
            )
            words = f"probability {row.probability:.3f}"
            event.picks.append(
                Pick(
                    time=UTCDateTime(row.time.isoformat()),
                    waveform_id=place,
                    phase_hint=row.phase,
                    evaluation_mode="automatic",
                    comments=[Comment(text=words)],
                )
            )
        return Catalog([event])


@checked
def annotate(
    stream: Stream,
    network: Network,
    sampling_hz: Positive = 50.0,
    heights: Heights = {"P": 0.3, "S": 0.3},  # noqa: B006 (never changed)
    overlap: Share = 0.5,
    apart_s: Positive = 0.5,
) -> Annotation:
    """Pick P and S in a stream of any length with a trained picker.

    Windows slide along each station's record; where they overlap, each counts the
    more the nearer its middle is. Nothing is dropped in silence: gaps, dead, clipped
    and missing components, other rates and records that are too short are reported.

    Parameters
    ----------
    stream : obspy.Stream
        Traces of one or many stations, in any unit; it is not changed.
    network : keras.Model
        As `picker` makes it, trained on Z, N and E.
    sampling_hz : float
        Rate at which it was trained [Hz].
    heights : mapping
        Probability that a pick of "P" and of "S" needs, in (0, 1]. Choose them on
        records that are neither of training nor of the test.
    overlap : float
        Share of a window that the next one sees again, 0 to 0.9.
    apart_s : float
        Least time between two picks of one phase [s].

    Returns
    -------
    Annotation

    Raises
    ------
    ValueError
        If an argument is not as described.

    Notes
    -----
    Components 1 and 2 count as N and E. A missing component is zero; train with dead
    components (`mlearth.simulators.Faults`), or the network has never seen that. A
    gap is zeros as well. Pieces are laid on the station's clock to the nearest sample.

    Examples
    --------
    ::

        found = annotate(stream, network, heights={"P": 0.4, "S": 0.3})
        found.picks, found.report
    """
    rows, notes, curves = [], [], {}
    for record in records_of(stream, sampling_hz):
        notes += record.notes
        n_samples = network.input_shape[1]
        if len(record.motion) < n_samples:
            seconds = len(record.motion) / sampling_hz, n_samples / sampling_hz
            words = "{:.2f} s, too short for a window of {:.2f} s: not searched"
            notes.append((record.name, words.format(*seconds)))
            continue
        curve = curve_of(record, network, overlap)
        curves[record.name] = record.start, curve
        rows += rows_of(record, curve, sampling_hz, heights, apart_s)
    picks = pd.DataFrame(rows, columns=COLUMNS)
    picks["time"] = pd.to_datetime(picks["time"], utc=True)
    picks = picks.sort_values("time", kind="stable", ignore_index=True)
    return Annotation(picks, pd.DataFrame(notes, columns=["trace", "what"]), curves)


def window_starts(n: int, n_samples: int, overlap: float) -> np.ndarray:
    """Return first samples of windows that cover n samples, the last to the end."""
    step = max(round(n_samples * (1 - overlap)), 1)
    return np.unique(np.r_[np.arange(0, n - n_samples + 1, step), n - n_samples])


def curve_of(record: Record, network: Any, overlap: float) -> np.ndarray:
    """Return the probabilities of each sample, NaN where all windows are still."""
    n_samples = network.input_shape[1]
    starts = window_starts(len(record.motion), n_samples, overlap)
    weight = 1 - np.abs(np.linspace(-1, 1, n_samples + 2)[1:-1, None])
    total = np.zeros((len(record.motion), 3))
    sums = np.zeros((len(record.motion), 1))
    for first in range(0, len(starts), 64):
        here = starts[first : first + 64]
        x = np.stack([record.motion[k : k + n_samples] for k in here])
        moving = np.ptp(x, axis=1).any(axis=1)
        if not moving.any():
            continue
        said = phase_probabilities(network, x[moving])
        for k, one in zip(here[moving], said, strict=True):
            total[k : k + n_samples] += weight * one
            sums[k : k + n_samples] += weight
    return np.where(sums > 0, total / np.maximum(sums, 1e-12), np.nan)


def rows_of(record: Record, curve, sampling_hz, heights, apart_s) -> list[tuple]:
    """Return the picks of one station."""
    apart = max(round(apart_s * sampling_hz), 1)
    reach = np.ones(2 * round(sampling_hz) + 1)
    here = record.known[:, record.known.any(axis=0)].all(axis=1)
    known = np.pad(here, round(sampling_hz))
    near_edge = np.convolve(~known, reach, "valid") > 0.5
    code, found = record.name.split("."), []
    for column, (phase, letter) in enumerate([("P", "Z"), ("S", "N")], start=1):
        of_phase = np.nan_to_num(curve[:, column])
        for k in peaks_above(of_phase, heights[phase], apart):
            time = (record.start + k / sampling_hz).datetime
            place = *code[:3], code[3] + letter
            found.append((*place, phase, time, of_phase[k], near_edge[k]))
    return found
