"""Travel-time tomography with known truth."""

from .fields import field_covariance, gaussian_field
from .models import (
    CheckerboardGround,
    GaussianGround,
    LayeredGround,
    SlabGround,
)
from .plates import plate_temperature, slab_deficit
from .survey import Survey, make_survey
from .times import ObservedTimes, TrueSection, simulate_tomography, survey_rays

__all__ = [
    "CheckerboardGround",
    "GaussianGround",
    "LayeredGround",
    "ObservedTimes",
    "SlabGround",
    "Survey",
    "TrueSection",
    "field_covariance",
    "gaussian_field",
    "make_survey",
    "plate_temperature",
    "simulate_tomography",
    "slab_deficit",
    "survey_rays",
]
