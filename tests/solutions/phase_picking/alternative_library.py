"""Another right answer: SciPy's peaks, thinned; a table of differences."""

import numpy as np
from scipy.signal import find_peaks


def picks_of(curve, height, apart):
    """Take the peaks of SciPy, and thin them by hand for the ties."""
    at = find_peaks(np.asarray(curve, dtype=float), height=height)[0]
    order = np.lexsort((at, -curve[at]))
    keep = np.zeros(len(at), dtype=bool)
    for k in order:
        keep[k] = not np.any(np.abs(at[keep] - at[k]) < apart)
    return at[keep]


def residuals_of(true_s, found_s, tolerance_s):
    """Cross out the column of every pick that was taken."""
    late = np.sort(found_s)[None, :] - np.sort(true_s)[:, None]
    near = np.abs(late) <= tolerance_s
    found = []
    for row in range(len(near)):
        if near[row].any():
            column = int(np.argmax(near[row]))
            found.append(late[row, column])
            near[:, column] = False
    return np.array(found)


RESIDUALS_OF_M = """
function late = residuals_of(true_s, found_s, tolerance_s)
free = sort(found_s);
late = [];
for at = sort(true_s)'
    k = find(abs(free - at) <= tolerance_s, 1);
    if ~isempty(k)
        late(end + 1, 1) = free(k) - at;
        free(k) = [];
    end
end
end
"""
