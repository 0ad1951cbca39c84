"""@title@."""

import numpy as np


def mean_depth(depth_km):
    """Return the mean depth [km].

    depth_km : array, shape (n,), depths [km]
    """
    # BEGIN SOLUTION
    return float(np.sum(depth_km) / len(depth_km))
    # END SOLUTION
