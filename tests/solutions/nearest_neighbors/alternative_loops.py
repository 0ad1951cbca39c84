"""Right answers in another style: loops over samples, sets of numbers."""

import math

import numpy as np


def unit_vectors(latitude_deg, longitude_deg):
    rows = []
    for phi, lam in zip(latitude_deg, longitude_deg, strict=True):
        phi, lam = math.radians(phi), math.radians(lam)
        rows.append(
            (
                math.cos(phi) * math.cos(lam),
                math.cos(phi) * math.sin(lam),
                math.sin(phi),
            )
        )
    return np.array(rows)


def leave_one_out(distance, y, k):
    return leave_sequence_out(distance, y, range(len(y)), k)


def leave_sequence_out(distance, y, sequence, k):
    predictions = []
    for i in range(len(y)):
        asked = [j for j in range(len(y)) if sequence[j] != sequence[i]]
        asked.sort(key=lambda j: distance[i, j])
        predictions.append(sum(y[j] for j in asked[:k]) / k)
    return predictions
