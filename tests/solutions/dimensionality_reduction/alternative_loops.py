"""Right answers in loops: a power iteration with deflation, and plain numbers."""

import math

import numpy as np

REBUILD_M = """
function rebuilt = rebuild(X, counts, k)
[n, m] = size(X);
centre = zeros(1, m);
for i = 1:n
    centre = centre + counts(i) * X(i, :) / sum(counts);
end
S = zeros(m);
for i = 1:n
    S = S + counts(i) * (X(i, :) - centre)' * (X(i, :) - centre);
end
[V, D] = eig((S + S') / 2);
rebuilt = repmat(centre, n, 1);
for j = 1:k
    [~, place] = max(diag(D));
    v = V(:, place);
    for i = 1:n
        rebuilt(i, :) = rebuilt(i, :) + ((X(i, :) - centre) * v) * v';
    end
    D(place, place) = -1;
end
end
"""


def rebuild(X, counts, k):
    total = float(sum(counts))
    mean = np.zeros(X.shape[1])
    for x, count in zip(X, counts, strict=True):
        mean = mean + count * x / total
    scatter = np.zeros((X.shape[1], X.shape[1]))
    for x, count in zip(X, counts, strict=True):
        scatter += count * np.outer(x - mean, x - mean)
    values, axes = np.linalg.eig(scatter)
    order = np.argsort(values.real)[::-1][:k]
    rows = []
    for x in X:
        row = mean.copy()
        for j in order:
            v = axes[:, j].real
            row += ((x - mean) @ v) * v
        rows.append(row)
    return rows


def count_components(variances, null, level):
    for k, variance in enumerate(variances):
        if not variance > np.quantile([draw[k] for draw in null], level):
            return k
    return len(variances)


def back_azimuth_deg(vertical, north, east):
    parts = [np.asarray(part, dtype=float) for part in (vertical, north, east)]
    parts = [part - np.mean(part) for part in parts]
    scatter = np.array([[float(a @ b) for a in parts] for b in parts])
    values, axes = np.linalg.eigh(scatter)
    up, to_north, to_east = (float(one) for one in axes[:, int(np.argmax(values))])
    if up < 0:
        to_north, to_east = -to_north, -to_east
    angle = math.degrees(math.atan2(to_east, to_north)) + 180
    return angle - 360 if angle >= 360 else angle
