"""The classical science of earthquakes, from their catalogues to their laws.

>>> from mlearth.seismology import magnitude_counts
"""

from .association import Association, associate, stack_origin_times
from .b_value import BValue, b_positive, likeliest_b
from .bent_rays import bent_rays
from .clusters import MixtureSplit, mixture_split, shuffled_proximity
from .completeness import b_stability, goodness_of_fit, maximum_curvature
from .coulomb import (
    coulomb_stress,
    coulomb_stress_on_optimal_planes,
    max_shear,
    stress_change,
)
from .declustering import gardner_knopoff, gardner_knopoff_window, reasenberg
from .earth_models import EarthModel, load_earth_model
from .eikonal import eikonal_times
from .etas_laws import EtasParameters, TemporalEtas
from .etas_likelihood import etas_log_likelihood
from .etas_model import EtasFit, fit_etas
from .etas_residuals import (
    ResidualTest,
    conditional_intensity,
    residual_test,
    transformed_times,
)
from .fault_planes import FaultPlane, StressAxes, fault_plane, stress_axes
from .forecast_tests import ForecastTest, magnitude_test, number_test
from .grid_search import GridLocation, locate_by_grid
from .linear_inversion import LinearInversion, gaussian_inversion, smooth_inversion
from .local_plane import from_local_plane, to_local_plane
from .location import Location, locate_by_geiger
from .magnitudes import magnitude_counts
from .nearest_event import NearestEvent, nearest_event
from .okada import RectangularFault, dislocation, distance_to_fault
from .omori import OmoriTable, OmoriUtsu
from .picking import aic_curve, aic_onset, pick_onsets
from .picks import Picks
from .planes import optimal_planes, resolve_stress
from .polarization import Polarization, polarization
from .preparation import (
    butterworth_sections,
    cosine_taper,
    filter_both_ways,
    filter_forwards,
    keep_every,
    remove_line,
)
from .ray_lengths import straight_rays
from .residual_life import median_residual_life
from .spectrograms import spectrogram
from .stochastic_declustering import background_probability, draw_parents
from .straight_rays import StraightRays
from .tomography import LCurve, Picture, invert_times, l_curve, roughness
from .travel_time_tables import TravelTimeTable, load_travel_times
from .travel_times import GradientModel, HomogeneousModel, LayeredModel

__all__ = [
    "Association",
    "BValue",
    "EarthModel",
    "EtasFit",
    "EtasParameters",
    "FaultPlane",
    "ForecastTest",
    "GradientModel",
    "GridLocation",
    "HomogeneousModel",
    "LCurve",
    "LayeredModel",
    "LinearInversion",
    "Location",
    "MixtureSplit",
    "NearestEvent",
    "OmoriTable",
    "OmoriUtsu",
    "Picks",
    "Picture",
    "Polarization",
    "RectangularFault",
    "ResidualTest",
    "StraightRays",
    "StressAxes",
    "TemporalEtas",
    "TravelTimeTable",
    "aic_curve",
    "aic_onset",
    "associate",
    "b_positive",
    "b_stability",
    "background_probability",
    "bent_rays",
    "butterworth_sections",
    "conditional_intensity",
    "cosine_taper",
    "coulomb_stress",
    "coulomb_stress_on_optimal_planes",
    "dislocation",
    "distance_to_fault",
    "draw_parents",
    "eikonal_times",
    "etas_log_likelihood",
    "fault_plane",
    "filter_both_ways",
    "filter_forwards",
    "fit_etas",
    "from_local_plane",
    "gardner_knopoff",
    "gardner_knopoff_window",
    "gaussian_inversion",
    "goodness_of_fit",
    "invert_times",
    "keep_every",
    "l_curve",
    "likeliest_b",
    "load_earth_model",
    "load_travel_times",
    "locate_by_geiger",
    "locate_by_grid",
    "magnitude_counts",
    "magnitude_test",
    "max_shear",
    "maximum_curvature",
    "median_residual_life",
    "mixture_split",
    "nearest_event",
    "number_test",
    "optimal_planes",
    "pick_onsets",
    "polarization",
    "reasenberg",
    "remove_line",
    "residual_test",
    "resolve_stress",
    "roughness",
    "shuffled_proximity",
    "smooth_inversion",
    "spectrogram",
    "stack_origin_times",
    "straight_rays",
    "stress_axes",
    "stress_change",
    "to_local_plane",
    "transformed_times",
]
