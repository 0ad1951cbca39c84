"""Principal components, discriminants and polarisation do what their theory says."""

import numpy as np
import pytest
from hypothesis import given, settings
from learner_contract import array_api_complaints, contract
from learner_data import (
    clouds,
    noisy_plane,
    ridgecrest_sample,
    swiss_events,
    two_clouds,
)
from learner_fits import shaken_sample_classes
from obspy import Stream, Trace
from obspy.signal.polarization import flinn
from sklearn import decomposition
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

from mlearth.learners import (
    PCA,
    LinearDiscriminant,
    permuted_variances,
    principal_axes,
)
from mlearth.seismology import polarization

quick = settings(deadline=None, max_examples=25)
on_three_sets = pytest.mark.parametrize(
    "data", [noisy_plane, ridgecrest_sample, swiss_events]
)


@contract(PCA(), PCA(1), LinearDiscriminant())
def test_scikit_learn_accepts_the_learners(learner, check):
    """Every check that scikit-learn has for them passes."""
    check(learner)


def test_scikit_learn_accepts_the_learners_with_the_array_api():
    """The check that needs a process of its own passes as well."""
    told = array_api_complaints(PCA(), LinearDiscriminant())
    assert set(told.values()) == {"passed"}


# principal components


@pytest.mark.parametrize("whiten", [False, True])
@on_three_sets
def test_components_are_those_of_scikit_learn(data, whiten):
    """Axes, variances, shares and coordinates agree to rounding, signs included."""
    X = data()[0]
    ours = PCA(2, whiten=whiten).fit(X)
    theirs = decomposition.PCA(2, whiten=whiten, svd_solver="full").fit(X)
    for name in ("mean_", "components_", "explained_variance_"):
        np.testing.assert_allclose(
            getattr(ours, name), getattr(theirs, name), rtol=1e-9, atol=1e-12
        )
    np.testing.assert_allclose(
        ours.explained_variance_ratio_, theirs.explained_variance_ratio_, rtol=1e-10
    )
    Z = theirs.transform(X)
    np.testing.assert_allclose(ours.transform(X), Z, atol=1e-8)
    np.testing.assert_allclose(
        ours.inverse_transform(Z), theirs.inverse_transform(Z), rtol=1e-8
    )


@quick
@given(clouds())
def test_variance_kept_and_error_left_add_up(data):
    """For any number of components, which is why the two derivations agree."""
    X, _ = data
    total = X.var(axis=0, ddof=1).sum()
    for k in range(1, min(X.shape) + 1):
        model = PCA(k).fit(X)
        rebuilt = model.inverse_transform(model.transform(X))
        left = np.sum((X - rebuilt) ** 2) / (len(X) - 1)
        # rounding of a sum of some hundred squares
        assert model.explained_variance_.sum() + left == pytest.approx(total, rel=1e-10)


@quick
@given(clouds())
def test_no_direction_has_more_variance_nor_less_error(data):
    """Twenty random directions against the first axis."""
    X, _ = data
    mean, axes, variances = principal_axes(X)
    rng = np.random.default_rng(0)
    for v in rng.normal(size=(20, X.shape[1])):
        v /= np.linalg.norm(v)
        assert np.var((X - mean) @ v, ddof=1) <= variances[0] * (1 + 1e-12)
    np.testing.assert_allclose(axes @ axes.T, np.eye(len(axes)), atol=1e-12)


def test_a_whitened_cloud_is_round():
    """Its coordinates have variance 1 and no correlation."""
    Z = PCA(whiten=True).fit_transform(noisy_plane()[0])
    np.testing.assert_allclose(np.cov(Z.T), np.eye(4), atol=1e-12)  # rounding


def test_axes_turn_with_the_data():
    """A rotation of the data turns the axes and leaves the variances alone."""
    X = noisy_plane()[0]
    turn, _ = np.linalg.qr(np.random.default_rng(3).normal(size=(4, 4)))
    _, axes, variances = principal_axes(X)
    _, turned, same = principal_axes(X @ turn)
    np.testing.assert_allclose(same, variances, rtol=1e-12)
    np.testing.assert_allclose(np.abs(np.sum(turned * (axes @ turn), 1)), 1, rtol=1e-10)


def test_shuffling_keeps_the_variance_and_breaks_the_relation():
    """Two equal columns have one component; shuffled, two of about equal size."""
    x = np.random.default_rng(0).normal(size=400)
    X = np.column_stack([x, x])
    null = permuted_variances(X, 50, random_state=1)
    assert null.shape == (50, 2)
    # the trace is that of X, to rounding
    assert null.sum(axis=1) == pytest.approx(np.full(50, 2 * x.var(ddof=1)))
    # a correlation of 400 pairs scatters by 0.05
    assert np.all(null[:, 0] < 1.5 * null[:, 1])


def test_shuffles_come_from_the_seed():
    """The same seed gives the same draws, and another one others."""
    X = two_clouds()[0]
    first, again, other = (permuted_variances(X, 3, seed) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: PCA(3).fit(np.eye(2)), "n_components must be at most 2, the smaller"),
        (lambda: PCA(0).fit(np.eye(2)), "n_components must be a whole number >= 1"),
        (lambda: principal_axes([[1.0, 2.0]]), "X must be at least two samples"),
        (
            lambda: PCA(whiten=True).fit([[0.0, 0], [1, 1], [2, 2]]),
            "n_components must be at most 1, where X varies",
        ),
        (
            lambda: PCA(1).fit(np.eye(2)).inverse_transform(np.eye(2)),
            "X must be one column for each of 1 components",
        ),
        (
            lambda: LinearDiscriminant().fit(
                [[1.0], [1.0], [2.0], [2.0]], [0, 0, 1, 1]
            ),
            "X must be samples that differ within their classes",
        ),
        (
            lambda: polarization([1.0, 2], [1.0, 2], [1.0, 2]),
            "vertical must be at least three samples",
        ),
        (
            lambda: polarization([1.0] * 3, [2.0] * 3, [3.0] * 3),
            "vertical, north and east must be motion",
        ),
    ],
)
def test_wrong_arguments_are_named(call, words):
    """The argument, what is accepted, and what came."""
    with pytest.raises(ValueError, match=words):
        call()


# discriminants


@pytest.mark.parametrize(
    "data", [two_clouds, swiss_events, shaken_sample_classes], ids=lambda d: d.__name__
)
def test_discriminants_are_those_of_scikit_learn(data):
    """Probabilities and answers agree, and the axes up to their sign."""
    X, y = data()
    ours, theirs = (
        LinearDiscriminant().fit(X, y),
        LinearDiscriminantAnalysis().fit(X, y),
    )
    # condition numbers below 1e3
    np.testing.assert_allclose(
        ours.predict_proba(X), theirs.predict_proba(X), atol=1e-9
    )
    assert np.array_equal(ours.predict(X), theirs.predict(X))
    Z, W = ours.transform(X), theirs.transform(X)
    assert Z.shape == W.shape
    signs = np.sign(np.sum(Z * W, axis=0))
    np.testing.assert_allclose(signs * Z, W, atol=1e-8)


@quick
@given(clouds())
def test_inside_the_classes_the_scatter_is_one(data):
    """Along each axis the pooled variance is 1."""
    X, y = data
    Z = LinearDiscriminant().fit(X, y).transform(X)
    inside = sum(np.sum((Z[y == k] - Z[y == k].mean(axis=0)) ** 2) for k in (-1, 1))
    assert inside / len(y) == pytest.approx(1, rel=1e-8)


def test_a_change_of_units_changes_no_probability():
    """It measures in standard deviations, so kilometres and metres are the same."""
    X, y = swiss_events()
    units = np.array([1.0, 1000.0, 0.01, 3.0, 1.0])
    first, other = (
        LinearDiscriminant().fit(A, y).predict_proba(A) for A in (X, X * units)
    )
    np.testing.assert_allclose(first, other, atol=1e-9)


# polarisation


def push(back_azimuth_deg, incidence_deg, n=80, noise=0.0, seed=0):
    """A P wave from a known direction: vertical, north, east."""
    rng = np.random.default_rng(seed)
    wave = np.exp(-np.linspace(0, 4, n)) * np.sin(np.linspace(0, 20, n))
    phi, i = np.radians([back_azimuth_deg, incidence_deg])
    way = [np.cos(i), -np.sin(i) * np.cos(phi), -np.sin(i) * np.sin(phi)]
    return np.outer(way, wave) + noise * rng.normal(size=(3, n))


@pytest.mark.parametrize("azimuth", [0.0, 44.0, 137.0, 181.0, 270.0, 359.0])
def test_a_push_from_a_known_direction_comes_back(azimuth):
    """To rounding without noise, within three degrees with a fiftieth of it."""
    found = polarization(*push(azimuth, 30.0))
    assert np.cos(np.radians(found.back_azimuth_deg - azimuth)) == pytest.approx(1)
    assert found.incidence_deg == pytest.approx(30, abs=1e-6)
    assert found.share == pytest.approx(1)
    noisy = polarization(*push(azimuth, 30.0, noise=0.02))
    off = (noisy.back_azimuth_deg - azimuth + 180) % 360 - 180
    assert abs(off) < 3


@pytest.mark.parametrize("seed", range(4))
def test_it_is_the_polarisation_of_obspy(seed):
    """Line, incidence and rectilinearity are those of Flinn's method."""
    z, n, e = push(70.0 + 60 * seed, 35.0, noise=0.05, seed=seed)
    ours = polarization(z, n, e)
    traces = [
        Trace(v - v.mean(), {"channel": c})
        for v, c in zip((z, n, e), "ZNE", strict=True)
    ]
    azimuth, incidence, rectilinearity, _ = flinn(Stream(traces))
    # theirs has no sign: only the line is compared
    assert np.sin(np.radians(ours.back_azimuth_deg - azimuth)) == pytest.approx(
        0, abs=1e-6
    )
    assert ours.incidence_deg == pytest.approx(incidence, abs=1e-4)
    # theirs is 1 - sqrt(v2 / v1), another measure of the same
    assert (ours.rectilinearity > 0.9) == (rectilinearity > 0.5)


def test_neither_a_unit_nor_a_turned_clock_changes_the_answer():
    """Scaling all components, and a mean of each, leave the angles."""
    z, n, e = push(200.0, 25.0, noise=0.1)
    first = polarization(z, n, e)
    other = polarization(1e6 * z + 4, 1e6 * n - 9, 1e6 * e)
    assert other.back_azimuth_deg == pytest.approx(first.back_azimuth_deg, abs=1e-6)
    assert other.share == pytest.approx(first.share)
