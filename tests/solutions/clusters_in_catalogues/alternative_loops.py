"""Right answers in another style: loops over earthquakes and steps."""

import itertools
import math


def nearest_event(time_days, distance_km, magnitude, b_value, fractal_dimension):
    parents = []
    for j in range(len(time_days)):
        best, parent = math.inf, -1
        for i in range(len(time_days)):
            if time_days[i] < time_days[j]:
                eta = (time_days[j] - time_days[i]) / 10 ** (b_value * magnitude[i])
                eta *= math.pow(distance_km[j, i], fractal_dimension)
                if eta < best:
                    best, parent = eta, i
        parents.append(parent)
    return parents


def b_from_steps(magnitude, smallest_step):
    excess = []
    for before, after in itertools.pairwise(magnitude):
        if after - before >= smallest_step:
            excess.append(after - before - smallest_step)
    return len(excess) * math.log10(math.e) / math.fsum(excess)
