"""Nearest neighbours from scratch do what their equations say and libraries compute."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learner_contract import array_api_complaints, contract
from learner_data import noisy_plane, ridgecrest_sample, swiss_events, two_clouds
from scipy.spatial.distance import cdist
from sklearn.metrics.pairwise import haversine_distances
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

from mlearth.datasets import load_global_cmt, load_swiss_events
from mlearth.learners import (
    NearestNeighborsClassifier,
    NearestNeighborsRegressor,
    euclidean_distance,
    haversine_km,
    inverse_distance,
    nearest,
)
from mlearth.learners.neighbors.nearest_neighbors import EARTH_RADIUS_KM

quick = settings(deadline=None, max_examples=25)
LEARNERS = [NearestNeighborsClassifier(), NearestNeighborsRegressor()]
voting = pytest.mark.parametrize(
    ("k", "weighted"), [(1, False), (7, False), (7, True)], ids=str
)


@contract(*LEARNERS)
def test_scikit_learn_accepts_the_neighbours(learner, check):
    """Every check that scikit-learn has for a classifier or a regressor passes."""
    check(learner)


def test_scikit_learn_accepts_the_neighbours_with_the_array_api():
    """The check that needs a process of its own passes."""
    assert set(array_api_complaints(*LEARNERS).values()) == {"passed"}


def places(seed, n):
    """Points all over the globe, the poles and the antimeridian among them."""
    rng = np.random.default_rng(seed)
    latitude = np.degrees(np.arcsin(rng.uniform(-1, 1, n)))
    longitude = rng.uniform(-180, 180, n)
    latitude[:2], longitude[2:4] = [90, -90], [180, -180]
    return np.column_stack([latitude, longitude])


def test_haversine_by_hand():
    """A quarter of a meridian, half of the equator, across the line, pole to pole."""
    origin = [[0.0, 0.0]]
    quarter = np.pi / 2 * EARTH_RADIUS_KM
    found = haversine_km(origin, [[90.0, 17.0], [0.0, 180.0], [0.0, -90.0]])
    # rounding of a sine and its inverse
    np.testing.assert_allclose(found, [[quarter, 2 * quarter, quarter]], rtol=1e-15)
    across = haversine_km([[0.0, 179.75]], [[0.0, -179.75]]).item()
    # half a degree of the equator; 359.5 degrees lose digits in radians: 1e-13 / 0.009
    assert across == pytest.approx(np.pi / 360 * EARTH_RADIUS_KM, rel=1e-10)
    poles = haversine_km([[90.0, 0.0]], [[90.0, 123.0], [-90.0, 5.0]])
    # the cosine of 90 degrees is 6e-17, not zero: less than a micrometre
    np.testing.assert_allclose(poles, [[0, 2 * quarter]], atol=1e-9)


def test_haversine_equals_scikit_learn():
    """scikit-learn's distances in radians, times the radius, are ours."""
    A, B = places(0, 50), places(1, 70)
    theirs = EARTH_RADIUS_KM * haversine_distances(np.radians(A), np.radians(B))
    # opposite points: the inverse sine near 1 turns 1e-16 into 1e-8 rad, 0.1 m
    np.testing.assert_allclose(haversine_km(A, B), theirs, rtol=1e-12, atol=2e-4)


@quick
@given(st.integers(0, 2**32 - 1))
def test_haversine_is_a_distance_on_the_sphere(seed):
    """Symmetric, no detour is shorter, blind to whole turns, equal to the chord's arc.

    The chord is that of the points in three dimensions, which knows no longitude.
    """
    A = places(seed, 20)
    d = haversine_km(A, A)
    np.testing.assert_allclose(d, d.T, rtol=1e-15)
    detour = (d[:, :, None] + d[None]).min(axis=1)
    assert (d <= detour + 2e-4).all()  # 0.2 m where points are opposite, see above
    # a turn costs rounding of an angle of up to 10 rad
    turned = haversine_km(A, np.add(A, [0, 360]))
    np.testing.assert_allclose(turned, d, rtol=1e-9, atol=2e-4)
    latitude, longitude = np.radians(A).T
    ball = np.array(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ]
    ).T
    chord = np.clip(cdist(ball, ball) / 2, 0, 1)
    arc = 2 * EARTH_RADIUS_KM * np.arcsin(chord)
    np.testing.assert_allclose(d, arc, rtol=1e-9, atol=2e-4)


def test_euclidean_distance_equals_scipy():
    """SciPy measures the same distances, for one feature and for many."""
    rng = np.random.default_rng(0)
    for n_features in (1, 4, 50):
        A, B = rng.normal(size=(2, 30, n_features))
        # rounding of a sum of up to 50 squares
        np.testing.assert_allclose(euclidean_distance(A, B), cdist(A, B), rtol=1e-14)


def test_nearest_equals_a_full_sort():
    """The k smallest of a row, in order, are the first k of the sorted row."""
    distance = np.random.default_rng(0).uniform(size=(20, 30))
    for k in (1, 4, 30):
        expected = np.argsort(distance, axis=1)[:, :k]
        np.testing.assert_array_equal(nearest(distance, k), expected)


def lattice():
    """Whole-number places, each twice, of which many are equally far from a query."""
    rows = np.stack(np.meshgrid(np.arange(-5.0, 6), np.arange(-5.0, 6)), -1)
    rows = rows.reshape(-1, 2)
    return np.random.default_rng(0).permutation(np.r_[rows, rows])


@pytest.mark.parametrize("k", [1, 2, 3, 8, 50])
@pytest.mark.parametrize("metric", ["euclidean", "haversine"])
def test_of_equal_distances_the_earlier_row_is_the_nearer(metric, k):
    """On a lattice the neighbours are those of a sort by distance, then by row."""
    X = lattice()
    model = NearestNeighborsRegressor(k, metric).fit(X, np.arange(len(X)))
    distance = {"euclidean": euclidean_distance, "haversine": haversine_km}[metric](
        X, X
    )
    for found, row in zip(model.kneighbors(X)[1], distance, strict=True):
        assert found.tolist() == np.lexsort([np.arange(len(X)), row])[:k].tolist()


def test_long_rows_of_one_distance_are_told_by_their_number():
    """No fast sort of a long row mixes what is equal."""
    for n in (16, 17, 257, 5000):
        assert nearest(np.ones((2, n)), n).tolist() == [list(range(n))] * 2


@pytest.mark.parametrize("k", range(2, 40, 2))
def test_a_tied_vote_goes_to_the_class_that_sorts_first(k):
    """Half and half, in any order of the neighbours: the shares are equal exactly."""
    rng = np.random.default_rng(k)
    for _ in range(20):
        labels = rng.permutation(np.repeat(["blast", "quake"], k // 2))
        model = NearestNeighborsClassifier(k).fit(rng.normal(size=(k, 2)), labels)
        assert model.predict_proba([[0.0, 0.0]]).tolist() == [[0.5, 0.5]]
        assert model.predict([[0.0, 0.0]]).tolist() == ["blast"]


def test_inverse_distance_by_hand():
    """The nearest has weight 1, one twice as far 1/2; at distance zero alone counts."""
    found = inverse_distance(np.array([[2.0, 4.0, 8.0], [0.0, 1.0, 0.0]]))
    assert found.tolist() == [[1.0, 0.5, 0.25], [1.0, 0.0, 1.0]]


def test_inverse_distance_never_overflows():
    """The smallest number of a float and the largest distance still give weights."""
    found = inverse_distance(np.array([[5e-324, 1.0], [1e-300, 1e150]]))
    assert found[0, 0] == found[1, 0] == 1
    assert np.isfinite(found).all()


def told_apart(model, X):
    """The samples whose last neighbour is nearer than the one after it."""
    more = NearestNeighborsRegressor(model.n_neighbors + 1, model.metric)
    distance = more.fit(model.X_, np.arange(len(model.X_))).kneighbors(X)[0]
    keep = distance[:, -1] - distance[:, -2] > 1e-6 * distance[:, -1]
    assert keep.mean() > 0.5
    return X[keep]


@voting
@pytest.mark.parametrize("data", [noisy_plane, ridgecrest_sample])
def test_regression_equals_scikit_learn(data, k, weighted):
    """Means of neighbours agree, weighted or not, on data the model has not seen."""
    X, y = data()
    weights = "distance" if weighted else "uniform"
    ours = NearestNeighborsRegressor(k, weighted=weighted).fit(X[::2], y[::2])
    theirs = KNeighborsRegressor(k, weights=weights, algorithm="brute")
    new = told_apart(ours, X[1::2])
    expected = theirs.fit(X[::2], y[::2]).predict(new)
    # scikit-learn's brute force loses digits in squared distances of 1e5 km^2
    np.testing.assert_allclose(ours.predict(new), expected, rtol=0, atol=1e-7)


@voting
@pytest.mark.parametrize("data", [two_clouds, swiss_events])
def test_votes_equal_scikit_learn(data, k, weighted):
    """Shares of the votes agree, and so do the labels."""
    X, y = data()
    weights = "distance" if weighted else "uniform"
    ours = NearestNeighborsClassifier(k, weighted=weighted).fit(X[::2], y[::2])
    theirs = KNeighborsClassifier(k, weights=weights).fit(X[::2], y[::2])
    new = told_apart(ours, X[1::2])
    expected = theirs.predict_proba(new)
    # rounding of a mean of 7 weights
    np.testing.assert_allclose(ours.predict_proba(new), expected, atol=1e-12)
    np.testing.assert_array_equal(ours.predict(new), theirs.predict(new))


@voting
def test_votes_on_the_sphere_equal_a_ball_tree(k, weighted):
    """Brute force on kilometres and scikit-learn's ball tree on radians vote alike."""
    events = load_swiss_events()
    events = events[events.event_type.isin(["earthquake", "quarry blast"])]
    X = events[["latitude_deg", "longitude_deg"]].to_numpy()
    y = events.event_type.to_numpy(dtype=str)
    ours = NearestNeighborsClassifier(k, "haversine", weighted).fit(X[::2], y[::2])
    theirs = KNeighborsClassifier(
        k,
        weights="distance" if weighted else "uniform",
        metric="haversine",
        algorithm="ball_tree",
    ).fit(np.radians(X[::2]), y[::2])
    new = told_apart(ours, X[1::2])
    expected = theirs.predict_proba(np.radians(new))
    # distances of metres between points known in radians lose seven digits
    np.testing.assert_allclose(ours.predict_proba(new), expected, atol=1e-6)


def test_regression_across_the_antimeridian_equals_a_ball_tree():
    """Depths beneath Fiji and Tonga, whose longitudes change sign, agree."""
    quakes = load_global_cmt()
    near = quakes.latitude_deg.between(-27, -13) & (quakes.longitude_deg.abs() > 178)
    X = quakes.loc[near, ["latitude_deg", "longitude_deg"]].to_numpy()
    y = quakes.depth_km[near].to_numpy()
    assert {-1, 1} == set(np.sign(X[:, 1]))
    ours = NearestNeighborsRegressor(6, "haversine").fit(X[::2], y[::2])
    theirs = KNeighborsRegressor(6, metric="haversine", algorithm="ball_tree")
    distance, _ = theirs.fit(np.radians(X[::2]), y[::2]).kneighbors(np.radians(X[1::2]))
    # coordinates are given to 0.01 degree, so ties are common: compare distances
    np.testing.assert_allclose(
        ours.kneighbors(X[1::2])[0], EARTH_RADIUS_KM * distance, rtol=1e-9, atol=1e-6
    )


def test_one_neighbour_knows_its_training_data_by_heart():
    """With k = 1 the training accuracy is 1, whatever the labels are."""
    X, _ = two_clouds()
    coins = np.random.default_rng(0).integers(0, 2, len(X))
    assert NearestNeighborsClassifier(1).fit(X, coins).score(X, coins) == 1


def test_all_neighbours_are_the_mean():
    """With k = n every prediction is the mean of all targets."""
    X, y = noisy_plane()
    model = NearestNeighborsRegressor(len(y)).fit(X, y)
    # rounding of a sum of 100 terms
    np.testing.assert_allclose(model.predict(X[:5] + 7), y.mean(), rtol=1e-13)


def test_blocks_of_queries_change_nothing(monkeypatch):
    """Distances are computed in blocks of queries; the size of a block is invisible."""
    X, y = ridgecrest_sample()
    model = NearestNeighborsRegressor(3).fit(X, y)
    whole = model.predict(X)
    monkeypatch.setattr("mlearth.learners.neighbors.nearest_neighbors.BLOCK", 2500)
    np.testing.assert_array_equal(model.predict(X), whole)


def test_the_training_data_are_kept_as_they_were():
    """Changing the array after `fit` changes no prediction."""
    X, y = (np.array(array) for array in noisy_plane())
    model = NearestNeighborsRegressor(3).fit(X, y)
    before = model.predict(X[:5].copy())
    asked = X[:5].copy()
    X += 100
    y += 100
    np.testing.assert_array_equal(model.predict(asked), before)


@pytest.mark.parametrize(
    ("learner", "words"),
    [
        (NearestNeighborsRegressor(0), "n_neighbors must be a whole number >= 1"),
        (NearestNeighborsRegressor(metric="taxi"), "metric must be one of 'eucl"),
        (NearestNeighborsRegressor(weighted=1), "weighted must be True or False"),
        (NearestNeighborsRegressor(500), "n_neighbors must be at most n_samples = 100"),
        (
            NearestNeighborsRegressor(metric="haversine"),
            "of latitude and longi",
        ),
    ],
    ids=str,
)
def test_a_wrong_parameter_is_named(learner, words):
    """The message names the parameter, what was wrong and what is accepted."""
    with pytest.raises(ValueError, match=words):
        learner.fit(*noisy_plane())


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: haversine_km([[91.0, 0.0]], [[0.0, 0.0]]), "latitude in A must be"),
        (lambda: haversine_km([[0.0, 0.0]], [[7.0, -120.5], [-95, 0]]), "got -95"),
        (
            lambda: haversine_km([[0.0, 0.0, 1.0]], [[0.0, 0.0, 1.0]]),
            "A must .* of latitude",
        ),
        (lambda: nearest(np.ones((2, 3)), 4), "k must be .* from 1 to 3, got 4"),
    ],
)
def test_a_wrong_argument_is_named(call, words):
    """The functions refuse what they cannot measure, and say why."""
    with pytest.raises(ValueError, match=words):
        call()
