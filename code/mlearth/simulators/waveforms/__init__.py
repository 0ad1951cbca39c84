"""Three-component records of known sources, paths, sites and instruments."""

from .export import save_waveforms, waveform_metadata, waveform_stream
from .law import corner_frequency_hz, displacement_spectrum, seismic_moment_nm
from .noise import noise_psd_db
from .paths import draw_ground, draw_paths
from .radiation import radiation_pattern
from .records import ObservedWaveforms, TrueWaveforms
from .settings import (
    Faults,
    Ground,
    Recording,
    WaveformSources,
)
from .simulate import simulate_records, simulate_waveforms

__all__ = [
    "Faults",
    "Ground",
    "ObservedWaveforms",
    "Recording",
    "TrueWaveforms",
    "WaveformSources",
    "corner_frequency_hz",
    "displacement_spectrum",
    "draw_ground",
    "draw_paths",
    "noise_psd_db",
    "radiation_pattern",
    "save_waveforms",
    "seismic_moment_nm",
    "simulate_records",
    "simulate_waveforms",
    "waveform_metadata",
    "waveform_stream",
]
