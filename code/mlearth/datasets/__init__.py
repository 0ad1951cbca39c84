"""Real data: what ships with the package, and loaders for living sources.

Every loader returns tidy columns with their units in the names, and says in
``.attrs`` (of a table) or ``.provenance`` (of anything else) where the data came
from and under which licence. What was left out is counted there too.
"""

from .catalogues import load_global_cmt, load_swiss_events
from .coastlines import load_coastlines
from .ground_motion import load_ridgecrest_ground_motion

__all__ = [
    "load_coastlines",
    "load_global_cmt",
    "load_ridgecrest_ground_motion",
    "load_swiss_events",
]
