"""What the tests of figures share: a classifier, and a look at what was drawn."""

import numpy as np
from matplotlib.collections import PathCollection


def above_diagonal(features):
    """Classify by the sign of the sum: a classifier whose answer is known."""
    return np.where(features.sum(axis=1) > 0, "quake", "blast")


def scattered(ax):
    """Return the collections of points, in drawing order."""
    return [c for c in ax.collections if isinstance(c, PathCollection)]


def offsets(ax):
    """Return all scattered points, in drawing order."""
    return np.vstack([np.asarray(c.get_offsets()) for c in scattered(ax)])
