"""Right answers with matrix products, vectors and single precision."""

import numpy as np


def coulomb_stress(stress_mpa, normal, slip, friction):
    towards = np.float32(slip + friction * normal)
    return (towards[:, None] @ np.float32(stress_mpa) @ normal[..., None])[:, 0, 0]


def largest_coulomb_stress(stress_mpa, friction):
    _, axes = np.linalg.eigh(stress_mpa)
    turn = np.arctan2(1, friction) / 2
    pull, push = axes[:, :, 2], axes[:, :, 0]
    normal = np.cos(turn) * pull + np.sin(turn) * push
    slip = np.sin(turn) * pull - np.cos(turn) * push
    return coulomb_stress(stress_mpa, normal, slip, friction)
