"""Right answers by loops: images mirrored in turn, sorted lists, plain numbers."""

import math


def reflection_times(source_m, sensor_m, offset_m, thickness_m, speed_m_s, n_bounces):
    upward, downward, depths = source_m, source_m, [source_m]
    for bounce in range(n_bounces):
        # one image begins at the upper mirror, the other at the lower one
        upper_first = bounce % 2 == 0
        upward = -upward if upper_first else 2 * thickness_m - upward
        downward = 2 * thickness_m - downward if upper_first else -downward
        depths += [upward, downward]
    paths = [math.sqrt(offset_m**2 + (z - sensor_m) ** 2) for z in depths]
    return [path / speed_m_s for path in sorted(paths)]


def residual_life_s(duration_s, since_s):
    found = []
    for t in since_s:
        left = sorted(d - t for d in duration_s if d > t)
        n = len(left)
        found.append((left[(n - 1) // 2] + left[n // 2]) / 2 if n else 0.0)
    return found


def expected_foreshocks(before_s, k, c_s, p):
    def one(u):
        if p == 1:
            return k * math.log1p(u / c_s)
        return k / (p - 1) * (c_s ** (1 - p) - (u + c_s) ** (1 - p))

    return [one(float(u)) for u in before_s]
