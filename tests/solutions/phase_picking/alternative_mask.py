"""Another right answer: what was taken shades its neighbours; sets of free picks."""

import numpy as np


def picks_of(curve, height, apart):
    """Find the tops by the signs of the steps, then shade around the highest."""
    steps = np.flatnonzero(np.diff(curve) != 0)
    signs = np.sign(np.diff(curve)[steps])
    tops = [
        (a + 1 + b) // 2
        for a, b, up, down in zip(
            steps[:-1], steps[1:], signs[:-1], signs[1:], strict=True
        )
        if up > 0 > down
    ]
    shown = np.full(len(curve), -np.inf)
    for at in tops:
        if curve[at] >= height:
            shown[at] = curve[at]
    kept = []
    while np.isfinite(shown).any():
        at = int(np.argmax(shown))
        kept.append(at)
        shown[max(at - apart + 1, 0) : at + apart] = -np.inf
    return np.sort(np.array(kept, dtype=int))


def residuals_of(true_s, found_s, tolerance_s):
    """Let each true pick look for the first that is free."""
    free = sorted(np.asarray(found_s, dtype=float).tolist())
    late = []
    for at in sorted(np.asarray(true_s, dtype=float).tolist()):
        for k, one in enumerate(free):
            if abs(one - at) <= tolerance_s:
                late.append(one - at)
                del free[k]
                break
    return np.array(late)


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
