"""Right answers by complex numbers, partitions and single precision."""

import numpy as np


def unit_vectors(latitude_deg, longitude_deg):
    phi = np.deg2rad(np.float32(latitude_deg))
    around = np.cos(phi) * np.exp(1j * np.deg2rad(np.float32(longitude_deg)))
    return np.stack([around.real, around.imag, np.sin(phi)], axis=-1)


def _mean(distance, y, k):
    asked = np.argpartition(distance, k - 1, axis=1)[:, :k]
    return np.take(y, asked).sum(axis=1) / k


def leave_one_out(distance, y, k):
    distance = distance.copy()
    np.fill_diagonal(distance, np.inf)
    return _mean(distance, y, k).astype("float32")


def leave_sequence_out(distance, y, sequence, k):
    other = np.not_equal.outer(sequence, sequence)
    return _mean(np.where(other, distance, distance.max() + 1), y, k)
