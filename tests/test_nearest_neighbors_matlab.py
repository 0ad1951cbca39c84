"""Nearest neighbours in code/matlab are those of Python, run in GNU Octave."""

import numpy as np
import pytest
from learner_data import noisy_plane, swiss_events
from octave import OctaveError, run_octave, run_octave_calls

from mlearth.datasets import load_swiss_events
from mlearth.learners import (
    NearestNeighborsClassifier,
    NearestNeighborsRegressor,
    euclidean_distance,
    haversine_km,
    inverse_distance,
    nearest,
)

pytestmark = pytest.mark.needs("octave")


def test_distances_in_matlab():
    """Both metrics agree; near the poles and across the antimeridian as well."""
    rng = np.random.default_rng(0)
    A, B = (
        np.column_stack([rng.uniform(-90, 90, n), rng.uniform(-180, 180, n)])
        for n in (20, 30)
    )
    A[0], B[0] = [90, 180], [-17, -180]
    flat, round_ = run_octave_calls(
        [("euclidean_distance", (A, B), 1), ("haversine_km", (A, B), 1)]
    )
    # rounding; nearly opposite points lose digits in the inverse sine
    np.testing.assert_allclose(flat[0], euclidean_distance(A, B), rtol=1e-14)
    np.testing.assert_allclose(round_[0], haversine_km(A, B), rtol=1e-10)


def test_neighbours_in_matlab():
    """The same columns in the same order, counted from 1."""
    D = np.random.default_rng(1).uniform(size=(10, 40))
    distance, index = run_octave("nearest_neighbors", D, 6, nargout=2)
    np.testing.assert_array_equal(index - 1, nearest(D, 6))
    np.testing.assert_array_equal(distance, np.sort(D, axis=1)[:, :6])


def test_equal_distances_in_matlab():
    """On whole numbers the same neighbours win, and the same votes are tied."""
    D = np.random.default_rng(2).integers(0, 4, size=(30, 200)).astype(float)
    flags = np.eye(2)[np.arange(200) % 2]
    (_, index), (shares,) = run_octave_calls(
        [("nearest_neighbors", (D, 40), 2), ("neighbor_mean", (D, flags, 40, 0), 1)]
    )
    np.testing.assert_array_equal(index - 1, nearest(D, 40))
    np.testing.assert_array_equal(shares, flags[nearest(D, 40)].sum(axis=1) / 40)


def test_inverse_distance_in_matlab():
    """The weights agree, where distances are zero or tiny as well."""
    distance = np.array([[1.0, 2.0, 4.0], [0.0, 0.0, 3.0], [1e-300, 1.0, 1e150]])
    (found,) = run_octave("inverse_distance", distance)
    # one division each
    np.testing.assert_allclose(found, inverse_distance(distance), rtol=1e-15)


@pytest.mark.parametrize("weighted", [False, True])
def test_means_and_votes_in_matlab(weighted):
    """Predicted numbers and shares of votes agree on plane, clouds and sphere."""
    X, y = noisy_plane()
    number = NearestNeighborsRegressor(7, weighted=weighted).fit(X[::2], y[::2])
    Z, label = swiss_events()
    vote = NearestNeighborsClassifier(5, weighted=weighted).fit(Z[::5], label[::5])
    table = load_swiss_events()
    P = table[["latitude_deg", "longitude_deg"]].to_numpy()
    depth = NearestNeighborsRegressor(3, "haversine", weighted)
    depth.fit(P[::7], table.depth_km[::7])
    asked = ((number, X[1::2]), (vote, Z[1::5]), (depth, P[1::7]))
    metrics = (euclidean_distance, euclidean_distance, haversine_km)
    calls = [
        (
            "neighbor_mean",
            (measure(new, model.X_), model.targets_, model.n_neighbors, weighted),
            1,
        )
        for (model, new), measure in zip(asked, metrics, strict=True)
    ]
    for (found,), (model, new) in zip(run_octave_calls(calls), asked, strict=True):
        expected = model.average(new)
        # rounding of a mean of up to 7 terms of order 100
        np.testing.assert_allclose(
            found.reshape(expected.shape), expected, rtol=0, atol=1e-12
        )


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("euclidean_distance", [[1.0]], [[1.0, 2.0]]), "as many columns as A"),
        (("haversine_km", [[1.0]], [[1.0]]), "columns latitude and longitude"),
        (("haversine_km", [[91.0, 0.0]], [[1.0, 0.0]]), "between -90 and 90"),
        (("nearest_neighbors", np.ones((2, 3)), 4), "k must be at most"),
        (("nearest_neighbors", np.ones((2, 3)), 0), "k must be a whole number"),
        (("neighbor_mean", np.ones((2, 3)), [1.0], 1, False), "one row per column"),
    ],
)
def test_a_wrong_argument_is_named_in_matlab(call, words):
    """The message names the argument and says what is accepted."""
    with pytest.raises(OctaveError, match=words):
        run_octave(*call)
