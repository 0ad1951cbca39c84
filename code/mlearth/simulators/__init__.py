"""Data with known truth, for what no catalogue can label.

>>> from mlearth.simulators import Simulated, simulate_etas
"""

from .acoustic_emission.bursts import (
    BurstRecords,
    TrueBursts,
    record_bursts,
    simulate_bursts,
)
from .acoustic_emission.foresight import best_time_to_failure
from .acoustic_emission.laboratory import (
    LaboratoryRecord,
    LaboratoryTruth,
    simulate_stick_slip,
)
from .acoustic_emission.plates import plate_images
from .acoustic_emission.sensors import sensor_response
from .acoustic_emission.settings import (
    BurstSources,
    Foreshocks,
    Plate,
    ResonantSensor,
    StickSlip,
)
from .catalogue_errors import observe_catalogue
from .convection import lyapunov_exponents, simulate_convection
from .convection_box import ConvectionBox
from .convection_records import ConvectionTruth, ObservedConvection
from .convection_steady import steady_convection
from .etas import EtasTruth, simulate_etas
from .etas_forecast import forecast_etas
from .generate import generate
from .injection import InjectionSite, InjectionTrafficLight, injection_tables
from .pick_records import ObservedPicks, Picker, Seismicity, TrueArrivals
from .picks import detection_probability, simulate_picks
from .simulated import Simulated
from .station_placement import StationPlacement
from .stations import make_network
from .store import SimulatedStore
from .stress import AftershockTruth, aftershock_cells, simulate_aftershocks
from .swarms import simulate_injection, simulate_swarm
from .tomography import (
    CheckerboardGround,
    GaussianGround,
    LayeredGround,
    ObservedTimes,
    SlabGround,
    Survey,
    TrueSection,
    field_covariance,
    gaussian_field,
    make_survey,
    plate_temperature,
    simulate_tomography,
    slab_deficit,
    survey_rays,
)
from .waveforms import (
    Faults,
    Ground,
    ObservedWaveforms,
    Recording,
    TrueWaveforms,
    WaveformSources,
    corner_frequency_hz,
    displacement_spectrum,
    draw_ground,
    draw_paths,
    noise_psd_db,
    radiation_pattern,
    save_waveforms,
    seismic_moment_nm,
    simulate_records,
    simulate_waveforms,
    waveform_metadata,
    waveform_stream,
)

__all__ = [
    "AftershockTruth",
    "BurstRecords",
    "BurstSources",
    "CheckerboardGround",
    "ConvectionBox",
    "ConvectionTruth",
    "EtasTruth",
    "Faults",
    "Foreshocks",
    "GaussianGround",
    "Ground",
    "InjectionSite",
    "InjectionTrafficLight",
    "LaboratoryRecord",
    "LaboratoryTruth",
    "LayeredGround",
    "ObservedConvection",
    "ObservedPicks",
    "ObservedTimes",
    "ObservedWaveforms",
    "Picker",
    "Plate",
    "Recording",
    "ResonantSensor",
    "Seismicity",
    "Simulated",
    "SimulatedStore",
    "SlabGround",
    "StationPlacement",
    "StickSlip",
    "Survey",
    "TrueArrivals",
    "TrueBursts",
    "TrueSection",
    "TrueWaveforms",
    "WaveformSources",
    "aftershock_cells",
    "best_time_to_failure",
    "corner_frequency_hz",
    "detection_probability",
    "displacement_spectrum",
    "draw_ground",
    "draw_paths",
    "field_covariance",
    "forecast_etas",
    "gaussian_field",
    "generate",
    "injection_tables",
    "lyapunov_exponents",
    "make_network",
    "make_survey",
    "noise_psd_db",
    "observe_catalogue",
    "plate_images",
    "plate_temperature",
    "radiation_pattern",
    "record_bursts",
    "save_waveforms",
    "seismic_moment_nm",
    "sensor_response",
    "simulate_aftershocks",
    "simulate_bursts",
    "simulate_convection",
    "simulate_etas",
    "simulate_injection",
    "simulate_picks",
    "simulate_records",
    "simulate_stick_slip",
    "simulate_swarm",
    "simulate_tomography",
    "simulate_waveforms",
    "slab_deficit",
    "steady_convection",
    "survey_rays",
    "waveform_metadata",
    "waveform_stream",
]
