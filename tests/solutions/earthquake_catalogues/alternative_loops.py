"""Right answers in another style: loops, and sums that grow."""

import math


def omori_times(u, c_days, p):
    return [c_days * math.expm1(-math.log1p(-one) / (p - 1)) for one in u]


def expected_before(time_days, magnitude, mu, k, alpha, c_days, p, min_magnitude):
    expected = []
    for time in time_days:
        total = mu * time
        for other, size in zip(time_days, magnitude, strict=True):
            if other < time:
                each = k * math.exp(math.log(10) * alpha * (size - min_magnitude))
                ends = [(x + c_days) ** (1 - p) / (1 - p) for x in (0, time - other)]
                total += each * (ends[1] - ends[0])
        expected.append(total)
    return expected
