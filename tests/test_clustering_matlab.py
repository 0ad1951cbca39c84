"""The clusterers in code/matlab give what Python gives, run in GNU Octave."""

import numpy as np
import pytest
from learner_data import ridgecrest_sample, swiss_events, two_clouds
from octave import OctaveError, run_octave, run_octave_calls

from mlearth.learners import (
    DBSCAN,
    cluster_means,
    expectation,
    k_means_plus_plus,
    lloyd,
    log_sum_exp,
    maximisation,
)

pytestmark = pytest.mark.needs("octave")
SAMPLES = [
    swiss_events()[0][::4],
    ridgecrest_sample()[0][::2, :2],
    two_clouds()[0],
]


def stacked(covariances):
    """Covariances as MATLAB keeps them, the components along the last axis."""
    return np.moveaxis(covariances, 0, -1)


def test_k_means_in_matlab():
    """From the same centres: the same labels, centres and losses."""
    starts = [k_means_plus_plus(X, 3, random_state=0) for X in SAMPLES]
    calls = [("k_means", (X, c, 300), 4) for X, c in zip(SAMPLES, starts, strict=True)]
    found = run_octave_calls(calls)
    for X, start, out in zip(SAMPLES, starts, found, strict=True):
        ours = lloyd(X, start)
        np.testing.assert_allclose(out[0], ours.centres, rtol=1e-10, atol=1e-12)
        np.testing.assert_array_equal(out[1].ravel() - 1, ours.labels)
        np.testing.assert_allclose(out[2].ravel(), ours.losses, rtol=1e-10)
        assert out[3].item() == ours.finished


def test_a_walk_cut_short_in_matlab():
    """After one move the labels are those of the moved centres."""
    X = SAMPLES[0]
    start = k_means_plus_plus(X, 5, random_state=1)
    centres, labels, losses, finished = run_octave("k_means", X, start, 1, nargout=4)
    ours = lloyd(X, start, n_iter=1)
    np.testing.assert_allclose(centres, ours.centres, rtol=1e-10, atol=1e-12)
    np.testing.assert_array_equal(labels.ravel() - 1, ours.labels)
    np.testing.assert_allclose(losses.ravel(), ours.losses, rtol=1e-12)
    assert not finished.item()


def test_empty_clusters_in_matlab():
    """Two centres without samples go to the two samples worst served."""
    X, centres = np.array([[0.0], [1.0], [2.0], [30.0], [-50.0]]), np.zeros((3, 1))
    (found,) = run_octave("cluster_means", X, np.ones(5), centres)
    np.testing.assert_allclose(found, cluster_means(X, np.zeros(5), centres))


def test_a_turn_of_em_in_matlab():
    """Memberships, likelihood, and the bells fitted to them."""
    for X in SAMPLES:
        R = np.random.default_rng(0).dirichlet([1, 1, 1], len(X))
        bells = maximisation(X, R, 0.01)
        again, value = expectation(X, *bells)
        calls = [
            ("mixture_maximisation", (X, R, 0.01), 3),
            (
                "mixture_expectation",
                (X, bells.shares, bells.means, stacked(bells.covariances)),
                2,
            ),
        ]
        (shares, means, covariances), (found, likelihood) = run_octave_calls(calls)
        np.testing.assert_allclose(shares.ravel(), bells.shares, rtol=1e-12)
        np.testing.assert_allclose(means, bells.means, rtol=1e-10, atol=1e-12)
        expected = stacked(bells.covariances)
        np.testing.assert_allclose(covariances, expected, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(found, again, rtol=1e-9, atol=1e-12)
        assert likelihood.item() == pytest.approx(value, rel=1e-11)


def test_log_sum_exp_in_matlab():
    """Nothing underflows there either."""
    a = np.random.default_rng(0).normal(size=(20, 3)) * [1, 30, 1000]
    (found,) = run_octave("log_sum_exp", a)
    np.testing.assert_allclose(found.ravel(), log_sum_exp(a), rtol=1e-14)


def test_dbscan_in_matlab():
    """The same clusters, numbered alike from 1, and the same noise."""
    calls = [("dbscan_labels", (X, 0.5, 6), 1) for X in SAMPLES]
    for X, (found,) in zip(SAMPLES, run_octave_calls(calls), strict=True):
        ours = DBSCAN(0.5, 6).fit(X).labels_
        np.testing.assert_array_equal(np.where(found < 0, -1, found - 1).ravel(), ours)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("k_means", [[1.0]], [[1.0]], 0), "n_iter must be a whole number"),
        (("k_means", [[1.0]], [[1.0, 2.0]], 5), "as many columns as A"),
        (("cluster_means", [[1.0]], [2.0], [[1.0]]), "labels must be from 1 to 1"),
        (("cluster_means", [[1.0]], [1.0, 1.0], [[1.0]]), "labels must have one row"),
        (("log_densities", [[1.0]], [[1.0]], [[-1.0]]), "covariances must be positive"),
        (("log_densities", [[1.0]], [[1.0, 2.0]], [[1.0]]), "means must have as many"),
        (
            ("mixture_expectation", [[1.0]], [0.5], [[1.0]], [[1.0]]),
            "shares must be > 0",
        ),
        (("mixture_maximisation", [[1.0]], [[1.0], [1.0]], 0.0), "R must have one row"),
        (("dbscan_labels", [[1.0]], 0.0, 2), "reach must be"),
        (("dbscan_labels", [[1.0]], 1.0, 0), "min_samples must be a whole number"),
    ],
)
def test_a_wrong_argument_is_named_in_matlab(call, words):
    """The message names the argument and says what is accepted."""
    with pytest.raises(OctaveError, match=words):
        run_octave(*call)
