"""Real data: what ships with the package, and loaders for living sources.

Every loader returns tidy columns with their units in the names, and says in
``.attrs`` (of a table) or ``.provenance`` (of anything else) where the data came
from and under which licence. What was left out is counted there too.
"""

from .answers import cache_folder
from .bulletins import Bulletin, load_bulletin
from .catalogues import load_global_cmt, load_swiss_events, load_usgs_week
from .coastlines import load_coastlines
from .data_centre import NoDataError
from .discrimination import RegionalDiscrimination, load_regional_discrimination
from .ground_motion import load_ridgecrest_ground_motion
from .living import fetch_catalog
from .my_region import load_my_region, save_region
from .register import provenance, read_register
from .seisbench_writing import save_seisbench
from .waveform_sets import WaveformSet, open_seisbench
from .waveforms import (
    LocalEvent,
    Teleseisms,
    load_example_seismogram,
    load_local_event,
    load_teleseisms,
    load_three_shocks,
)

__all__ = [
    "Bulletin",
    "LocalEvent",
    "NoDataError",
    "RegionalDiscrimination",
    "Teleseisms",
    "WaveformSet",
    "cache_folder",
    "fetch_catalog",
    "load_bulletin",
    "load_coastlines",
    "load_example_seismogram",
    "load_global_cmt",
    "load_local_event",
    "load_my_region",
    "load_regional_discrimination",
    "load_ridgecrest_ground_motion",
    "load_swiss_events",
    "load_teleseisms",
    "load_three_shocks",
    "load_usgs_week",
    "open_seisbench",
    "provenance",
    "read_register",
    "save_region",
    "save_seisbench",
]
