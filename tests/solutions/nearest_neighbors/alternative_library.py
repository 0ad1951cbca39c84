"""Right answers by scikit-learn, which takes another of equally near neighbours."""

import numpy as np
from sklearn.neighbors import KNeighborsRegressor, NearestNeighbors


def unit_vectors(latitude_deg, longitude_deg):
    pole = np.radians(90 - np.asarray(latitude_deg))  # the angle from the north pole
    around = np.radians(longitude_deg)
    flat = np.sin(pole)
    return np.c_[flat * np.cos(around), flat * np.sin(around), np.cos(pole)]


def leave_one_out(distance, y, k):
    search = NearestNeighbors(n_neighbors=k, metric="precomputed").fit(distance)
    return y[search.kneighbors(return_distance=False)].mean(axis=1)


def leave_sequence_out(distance, y, sequence, k):
    found = np.empty(len(y))
    for name in np.unique(sequence):
        own = sequence == name
        model = KNeighborsRegressor(n_neighbors=k, metric="precomputed")
        model.fit(distance[np.ix_(~own, ~own)], y[~own])
        found[own] = model.predict(distance[np.ix_(own, ~own)])
    return found
