"""Right answers in another style: logarithms, and a catalogue put in order first."""

import numpy as np


def nearest_event(time_days, distance_km, magnitude, b_value, fractal_dimension):
    order = np.argsort(time_days, kind="stable")
    parents = np.full(len(order), -1)
    for j in order:
        earlier = order[: np.searchsorted(time_days[order], time_days[j])]
        if len(earlier):
            with np.errstate(divide="ignore"):  # of two at one place
                near = fractal_dimension * np.log10(distance_km[j, earlier])
            near += np.log10(time_days[j] - time_days[earlier])
            parents[j] = earlier[np.argmin(near - b_value * magnitude[earlier])]
    return parents


def b_from_steps(magnitude, smallest_step):
    excess = np.diff(magnitude) - smallest_step
    # what is subtracted and compared with 0 may lose the last digit
    return np.log10(np.e) / np.mean(excess[excess > -1e-12])
