"""The classical science of earthquakes, from their catalogues to their laws.

>>> from mlearth.seismology import fit_etas, magnitude_counts
"""

from .etas_laws import EtasParameters, TemporalEtas
from .etas_likelihood import etas_log_likelihood
from .etas_model import EtasFit, fit_etas
from .etas_residuals import (
    ResidualTest,
    conditional_intensity,
    residual_test,
    transformed_times,
)
from .forecast_tests import ForecastTest, magnitude_test, number_test
from .magnitudes import magnitude_counts
from .omori import OmoriTable, OmoriUtsu
from .stochastic_declustering import background_probability, draw_parents

__all__ = [
    "EtasFit",
    "EtasParameters",
    "ForecastTest",
    "OmoriTable",
    "OmoriUtsu",
    "ResidualTest",
    "TemporalEtas",
    "background_probability",
    "conditional_intensity",
    "draw_parents",
    "etas_log_likelihood",
    "fit_etas",
    "magnitude_counts",
    "magnitude_test",
    "number_test",
    "residual_test",
    "transformed_times",
]
