"""Right answers with loops, and with a search over the angle of the plane."""

import numpy as np


def coulomb_stress(stress_mpa, normal, slip, friction):
    found = []
    for tensor, n, d in zip(stress_mpa, normal, slip, strict=True):
        pull = [sum(tensor[i][j] * n[j] for j in range(3)) for i in range(3)]
        shear = sum(pull[i] * d[i] for i in range(3))
        found.append(shear + friction * sum(pull[i] * n[i] for i in range(3)))
    return found


def largest_coulomb_stress(stress_mpa, friction):
    found = []
    angle = np.arctan2(1, friction)
    for tensor in stress_mpa:
        sizes = sorted(np.linalg.eigvals(np.asarray(tensor, float)).real)
        half, mean = (sizes[2] - sizes[0]) / 2, (sizes[2] + sizes[0]) / 2
        across = mean + half * np.cos(angle)
        found.append(half * np.sin(angle) + friction * across)
    return np.array(found)
