"""Read picks off a curve of probabilities, and match them with the true ones.

Write the two functions below. The second can also be written in MATLAB, in
`residuals_of.m`.
"""

import numpy as np


def picks_of(curve, height, apart):
    """Return the peaks of a curve, the lower of two that are close left out.

    A peak is higher than both its neighbours and at least `height`. A level top counts
    once, at its middle, rounded down. The first and the last sample are no peaks. The
    highest peak is taken first; then, in falling order, each that is `apart` samples or
    more from *all that were taken*. Of equally high ones the earliest goes first.

    Parameters
    ----------
    curve : ndarray, shape (n,)
        Probability of a phase at each sample, n >= 3. It must not be changed.
    height : float
        Least height of a peak.
    apart : int
        Least distance of two picks [samples], >= 1.

    Returns
    -------
    ndarray of int, shape (n_picks,)
        Samples, ascending; empty where there is none.
    """
    # BEGIN SOLUTION
    edges = np.flatnonzero(np.diff(curve)) + 1
    first = np.concatenate([[0], edges])
    last = np.concatenate([edges, [len(curve)]]) - 1
    level, tops = curve[first], []
    for k in range(1, len(level) - 1):
        if level[k - 1] < level[k] > level[k + 1] and level[k] >= height:
            tops.append((first[k] + last[k]) // 2)
    kept = []
    for at in sorted(tops, key=lambda at: (-curve[at], at)):
        if all(abs(at - other) >= apart for other in kept):
            kept.append(at)
    return np.array(sorted(kept), dtype=int)
    # END SOLUTION


def residuals_of(true_s, found_s, tolerance_s):
    """Return found minus true times of the picks that match, one to one.

    From the earliest true pick on, each takes the earliest found pick that nobody has
    taken and that is at most `tolerance_s` away, before or after.

    Parameters
    ----------
    true_s, found_s : ndarray, shapes (n,) and (m,)
        Times [s], in any order; one of them may be empty. They must not be changed.
    tolerance_s : float
        Largest time between the two [s].

    Returns
    -------
    ndarray, shape (n_matched,)
        Residuals [s], in the order of the true times.
    """
    # BEGIN SOLUTION
    true_s, found_s = np.sort(true_s), np.sort(found_s)
    residuals = []
    i = j = 0
    while i < len(true_s) and j < len(found_s):
        late = found_s[j] - true_s[i]
        if abs(late) <= tolerance_s:
            residuals.append(late)
            i, j = i + 1, j + 1
        elif late < 0:
            j += 1
        else:
            i += 1
    return np.array(residuals, dtype=float)
    # END SOLUTION


# BEGIN SOLUTION
RESIDUALS_OF_M = """
function late = residuals_of(true_s, found_s, tolerance_s)
true_s = sort(true_s);
found_s = sort(found_s);
late = zeros(0, 1);
i = 1;
j = 1;
while i <= numel(true_s) && j <= numel(found_s)
    now = found_s(j) - true_s(i);
    if abs(now) <= tolerance_s
        late(end + 1, 1) = now;
        i = i + 1;
        j = j + 1;
    elseif now < 0
        j = j + 1;
    else
        i = i + 1;
    end
end
end
"""
# END SOLUTION
