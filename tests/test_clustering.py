"""The clusterers from scratch do what their equations say and scikit-learn computes."""

import warnings

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from learner_contract import array_api_complaints, contract
from learner_data import noisy_plane, ridgecrest_sample, swiss_events, two_clouds
from scipy import stats
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.special import logsumexp
from sklearn import cluster, mixture
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import adjusted_rand_score

from mlearth.datasets import load_swiss_events
from mlearth.learners import (
    DBSCAN,
    GaussianMixture,
    KMeans,
    cluster_means,
    expectation,
    grow_clusters,
    k_means_plus_plus,
    lloyd,
    log_densities,
    log_sum_exp,
    maximisation,
    neighbourhoods,
    stability,
)

quick = settings(deadline=None, max_examples=25)
LEARNERS = [KMeans(), GaussianMixture(), DBSCAN()]


def shaken():
    """Ridgecrest: magnitude and distance, each with its own unit."""
    return ridgecrest_sample()[0][:, :2]


SAMPLES = {
    "Swiss events": lambda: swiss_events()[0],
    "Ridgecrest": shaken,
    "two clouds": lambda: two_clouds()[0],
    "plane": lambda: noisy_plane()[0],
}
on_all = pytest.mark.parametrize("samples", SAMPLES.values(), ids=SAMPLES.keys())


@contract(*LEARNERS)
def test_scikit_learn_accepts_the_clusterers(learner, check):
    """Every check that scikit-learn has for a clusterer passes."""
    check(learner)


def test_scikit_learn_accepts_the_clusterers_with_the_array_api():
    """The check that needs a process of its own passes."""
    assert set(array_api_complaints(*LEARNERS).values()) == {"passed"}


@on_all
@pytest.mark.parametrize("k", [2, 5])
def test_k_means_equals_scikit_learn(samples, k):
    """From the same centres: the same labels, centres and loss."""
    X = samples()
    start = k_means_plus_plus(X, k, random_state=3)
    ours = lloyd(X, start)
    theirs = cluster.KMeans(k, init=start, n_init=1, tol=0, max_iter=300).fit(X)
    assert ours.finished
    np.testing.assert_array_equal(ours.labels, theirs.labels_)
    # rounding of means of up to 1,900 numbers
    np.testing.assert_allclose(ours.centres, theirs.cluster_centers_, atol=1e-11)
    assert ours.losses[-1] * len(X) == pytest.approx(theirs.inertia_, rel=1e-11)


@on_all
@pytest.mark.parametrize("k", [2, 3])
def test_the_mixture_equals_scikit_learn(samples, k):
    """From the same first bells: the same shares, means and covariances."""
    X = samples()
    first = np.eye(k)[KMeans(k, random_state=1).fit(X).labels_]
    shares, means, covariances = maximisation(X, first, 1e-6)
    theirs = mixture.GaussianMixture(
        k,
        tol=1e-7,
        max_iter=1000,
        weights_init=shares,
        means_init=means,
        precisions_init=np.linalg.inv(covariances),
    ).fit(X)
    R, likelihood = first, []
    for _ in range(theirs.n_iter_ + 1):
        bells = maximisation(X, R, 1e-6)
        R, value = expectation(X, *bells)
        likelihood.append(value)
    # a start by inverted matrices costs digits, which EM gives back
    np.testing.assert_allclose(bells.shares, theirs.weights_, rtol=1e-6)
    np.testing.assert_allclose(bells.means, theirs.means_, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(bells.covariances, theirs.covariances_, atol=1e-5)
    np.testing.assert_allclose(R, theirs.predict_proba(X), atol=1e-5)
    assert likelihood[-1] == pytest.approx(theirs.score(X), abs=1e-6)


@on_all
@pytest.mark.parametrize(("eps", "min_samples"), [(0.3, 4), (0.7, 5), (1.5, 12)])
def test_dbscan_equals_scikit_learn(samples, eps, min_samples):
    """The same labels, numbered alike, and the same core samples."""
    X = samples()
    ours = DBSCAN(eps, min_samples).fit(X)
    theirs = cluster.DBSCAN(eps=eps, min_samples=min_samples).fit(X)
    np.testing.assert_array_equal(ours.labels_, theirs.labels_)
    np.testing.assert_array_equal(
        ours.core_sample_indices_, theirs.core_sample_indices_
    )


def test_dbscan_on_the_sphere_equals_scikit_learn():
    """Kilometres on the sphere are radians times its radius."""
    places = load_swiss_events()[["latitude_deg", "longitude_deg"]].to_numpy()
    ours = DBSCAN(3.0, 8, "haversine").fit(places)
    theirs = cluster.DBSCAN(
        eps=3.0 / 6371, min_samples=8, metric="haversine", algorithm="brute"
    ).fit(np.radians(places))
    np.testing.assert_array_equal(ours.labels_, theirs.labels_)


@quick
@given(st.integers(0, 2**32 - 1), st.integers(1, 6))
def test_no_move_of_k_means_raises_its_loss(seed, k):
    """The loss falls, or stays, in every round, whatever the samples."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(40, 2)).round(1)  # ties
    found = lloyd(X, k_means_plus_plus(X, k, rng))
    assert np.all(np.diff(found.losses) <= 1e-12)
    assert found.finished


@quick
@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_no_step_of_em_makes_the_data_less_likely(seed, k):
    """The likelihood rises, or stays, as long as no bell lies on the floor."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(200, 2)) * rng.uniform(0.5, 3, (200, 1))
    model = GaussianMixture(k, floor=1e-12, n_iter=100, tol=1e-9, random_state=seed)
    with warnings.catch_warnings(action="ignore", category=ConvergenceWarning):
        model.fit(X)
    # a bell on two samples lies on the floor, which costs a little likelihood
    assume(np.linalg.eigvalsh(model.covariances_).min() > 1e-4)
    assert np.diff(model.losses_).max(initial=-1) <= 1e-9


def test_one_bell_is_mean_and_covariance():
    """With one component EM is the textbook's estimate, in one step."""
    X, _ = noisy_plane()
    model = GaussianMixture(1, floor=0.0).fit(X)
    np.testing.assert_allclose(model.means_[0], X.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(model.covariances_[0], np.cov(X.T, bias=True))
    density = stats.multivariate_normal(X.mean(axis=0), np.cov(X.T, bias=True))
    assert model.score(X) == pytest.approx(density.logpdf(X).mean(), rel=1e-12)


def test_log_sum_exp_neither_overflows_nor_underflows():
    """It equals SciPy's, for logarithms of any size."""
    a = np.random.default_rng(0).normal(size=(20, 3)) * [1, 30, 1000]
    np.testing.assert_allclose(log_sum_exp(a), logsumexp(a, axis=1), rtol=1e-14)


def test_log_densities_equal_scipy():
    """Bells that are round, long and tilted."""
    X = np.random.default_rng(0).normal(size=(30, 2))
    means = np.array([[0.0, 0.0], [3.0, -40.0]])
    covariances = np.array([np.eye(2), [[4.0, 1.9], [1.9, 1.0]]])
    expected = [
        stats.multivariate_normal(mean, covariance).logpdf(X)
        for mean, covariance in zip(means, covariances, strict=True)
    ]
    found = log_densities(X, means, covariances)
    np.testing.assert_allclose(found, np.transpose(expected), rtol=1e-10)


def test_bic_equals_scikit_learn():
    """Shares, means and covariances are counted as scikit-learn counts them."""
    X = SAMPLES["two clouds"]()
    ours = GaussianMixture(2, random_state=0).fit(X)
    theirs = mixture.GaussianMixture(2, tol=1e-6, max_iter=1000, random_state=0)
    theirs.fit(X)
    theirs.weights_, theirs.means_ = ours.shares_, ours.means_
    theirs.precisions_cholesky_ = np.array(
        [np.linalg.cholesky(np.linalg.inv(one)) for one in ours.covariances_]
    )
    assert ours.bic(X) == pytest.approx(theirs.bic(X), rel=1e-10)


def test_an_empty_cluster_takes_the_farthest_sample():
    """Two centres without samples go to the two samples worst served."""
    X = [[0.0], [1.0], [2.0], [30.0], [-50.0]]
    found = cluster_means(X, np.zeros(5), [[0.0], [900.0], [901.0]])
    assert found.ravel().tolist() == [-3.4, -50.0, 30.0]


def test_seeding_picks_different_places():
    """While a place has no centre, no second centre goes to one that has."""
    X = np.repeat([[0.0], [1.0], [50.0]], [50, 3, 1], axis=0)
    for seed in range(20):
        assert sorted(k_means_plus_plus(X, 3, seed).ravel()) == [0, 1, 50]
    assert len(k_means_plus_plus(X, 7, 0)) == 7  # more centres than places


def test_seeding_draws_far_samples_in_proportion_to_squared_distance():
    """Of two places 1 and 3 away, the far one is drawn 9 times in 10."""
    X = np.array([[0.0], [1.0], [-3.0]])
    second = [k_means_plus_plus(X, 2, s).ravel() for s in range(3000)]
    far = [b == -3 for a, b in second if a == 0]
    # about 1,000 draws: a standard deviation of 0.0095, four of them
    assert np.mean(far) == pytest.approx(0.9, abs=0.038)


def test_a_bell_on_equal_values_needs_a_floor():
    """Earthquakes at one fixed depth make a layer without thickness."""
    rng = np.random.default_rng(0)
    X = np.c_[rng.normal(size=200), np.r_[np.full(100, 10.0), rng.normal(40, 3, 100)]]
    with pytest.raises(ValueError, match=r"floor must be large enough .* got 0.0"):
        GaussianMixture(2, floor=0.0, random_state=0).fit(X)
    model = GaussianMixture(2, floor=0.01, random_state=0).fit(X)
    assert min(np.diag(one)[1] for one in model.covariances_) == pytest.approx(0.01)


def test_a_repeated_feature_needs_a_floor_above_rounding():
    """1e-6 is lost in squares of 1e10: on another processor, another fit."""
    x = np.random.default_rng(0).normal(1e5, 9e4, 12)
    X = np.c_[x, x]
    with pytest.raises(ValueError, match=r"floor must .* that repeat one another"):
        GaussianMixture(2, random_state=0).fit(X)
    assert GaussianMixture(2, floor=1.0, random_state=0).fit(X).losses_[-1] > 0


def test_dbscan_by_hand():
    """Two lines of core samples, one sample on the border of both, and noise."""
    X = np.array([[0.0], [1.0], [2.0], [3.0], [4.0], [5.0], [6.0], [20.0]])
    near = neighbourhoods(X[[0, 1, 2, 4, 5, 6, 7]], 1.0)
    assert [rows.tolist() for rows in near][:2] == [[0, 1], [0, 1, 2]]
    labels = grow_clusters(near, 3)
    assert labels.tolist() == [0, 0, 0, 1, 1, 1, -1]
    # the earlier cluster takes what lies on the border of two
    X = np.array([[0.0], [0.4], [0.8], [1.7], [2.6], [3.0], [3.4]])
    assert DBSCAN(1.0, 4).fit(X).labels_.tolist() == [0, 0, 0, 0, 1, 1, 1]


@on_all
def test_single_linkage_is_dbscan_of_one(samples):
    """Cut at a distance, the tree of nearest members has DBSCAN's chains."""
    X = samples()
    cut = fcluster(linkage(X, method="single"), t=0.4, criterion="distance")
    assert adjusted_rand_score(cut, DBSCAN(0.4, min_samples=1).fit(X).labels_) == 1


def test_dbscan_does_not_care_for_order():
    """Core samples stay together in whatever order they come."""
    X = SAMPLES["Swiss events"]()[::3]
    first = DBSCAN(0.5, 5).fit(X)
    order = np.random.default_rng(0).permutation(len(X))
    second = DBSCAN(0.5, 5).fit(X[order])
    core = np.isin(np.arange(len(X)), first.core_sample_indices_)
    again = np.empty(len(X), dtype=int)
    again[order] = second.labels_
    assert adjusted_rand_score(first.labels_[core], again[core]) == 1
    np.testing.assert_array_equal(first.labels_ < 0, again < 0)


@pytest.mark.parametrize(
    ("learner", "words"),
    [
        (KMeans(5), "n_clusters must be at most n_samples = 3"),
        (GaussianMixture(5), "n_components must be at most n_samples = 3"),
        (DBSCAN(metric="haversine"), "latitude and longitude"),
    ],
)
def test_what_does_not_fit_the_samples_is_named(learner, words):
    """Too many clusters, or places that are none."""
    with pytest.raises(ValueError, match=words):
        learner.fit([[0.0], [1.0], [2.0]])


def test_stability_is_one_for_islands_and_lower_for_one_cloud():
    """Two islands always come back; seven pieces of one cloud do not."""
    rng = np.random.default_rng(0)
    islands = np.r_[rng.normal(0, 1, (50, 2)), rng.normal(30, 1, (60, 2))]
    model = KMeans(2, random_state=0)
    assert stability(model, islands, random_state=0) == 1
    assert stability(KMeans(7, 1, random_state=0), islands[:50], random_state=0) < 0.8
    assert not hasattr(model, "labels_")
