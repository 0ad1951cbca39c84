"""Workers that add up their gradients walk as one process does."""

import multiprocessing
import threading
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlearth.learners import (
    MLPRegressor,
    deal_rows,
    initial_weights,
    network_gradient,
    pack,
    parallel_gradient,
    parallel_walk,
    pooled_moments,
    ring_all_reduce,
)

quick = settings(deadline=None, max_examples=40)
RNG = np.random.default_rng(0)
X = RNG.normal(size=(53, 3))
Y = (np.sin(X[:, 0]) + X[:, 1] * X[:, 2])[:, None]
START = initial_weights([3, 7, 5, 1], random_state=1)


@quick
@given(st.integers(1, 9), st.integers(1, 23), st.integers(0, 99))
def test_every_worker_ends_with_the_sum(n_workers, n_numbers, seed):
    """Also with more workers than numbers; all rows agree bit by bit."""
    held = np.random.default_rng(seed).normal(size=(n_workers, n_numbers))
    kept = held.copy()
    found = ring_all_reduce(held)
    # nine terms of about 1, in another order: a few units of the last digit
    np.testing.assert_allclose(found[0], held.sum(axis=0), rtol=0, atol=1e-14)
    assert (found == found[0]).all()
    assert (held == kept).all()


def test_three_workers_by_hand():
    """Round by round, as drawn with a pencil: block k starts with worker k."""
    held = [[1, 2, 3], [10, 20, 30], [100, 200, 300]]
    rounds = [ring_all_reduce(held, n).astype(int).tolist() for n in range(6)]
    assert rounds[0] == held
    assert rounds[1] == [[1, 2, 303], [11, 20, 30], [100, 220, 300]]
    assert rounds[2] == [[1, 222, 303], [11, 20, 333], [111, 220, 300]]
    assert rounds[3] == [[111, 222, 303], [11, 222, 333], [111, 220, 333]]
    assert rounds[4] == rounds[5] == [[111, 222, 333]] * 3


@quick
@given(st.integers(2, 9), st.integers(0, 99))
def test_half_way_each_worker_has_one_whole_block(n_workers, seed):
    """After n - 1 rounds worker w holds the total of block w + 1, and sent no more."""
    held = np.random.default_rng(seed).normal(size=(n_workers, n_workers))
    found = ring_all_reduce(held, n_workers - 1)
    rows = np.arange(n_workers)
    columns = (rows + 1) % n_workers
    total = held.sum(axis=0)[columns]
    np.testing.assert_allclose(found[rows, columns], total, rtol=0, atol=1e-14)


@quick
@given(st.integers(1, 40), st.integers(1, 12))
def test_rows_are_dealt_whole_and_evenly(n_samples, n_workers):
    """Each row goes to one worker, in order, and sizes differ by one at most."""
    dealt = deal_rows(n_samples, n_workers)
    assert np.concatenate(dealt).tolist() == list(range(n_samples))
    assert np.ptp([len(rows) for rows in dealt]) <= 1


@pytest.mark.parametrize("n_workers", [1, 2, 3, 7, 53, 60])
@pytest.mark.parametrize("loss", ["squared", "cross_entropy"])
def test_gradients_of_shards_add_up(n_workers, loss):
    """Also where shards differ in size, or are empty."""
    two = [*START[:-1], (np.ones((5, 2)) * [1, -1], np.zeros(2))]
    target = np.c_[Y > 0, Y <= 0].astype(float)
    whole = pack(network_gradient(two, X, target, "tanh", loss))
    found = pack(parallel_gradient(two, X, target, n_workers, "tanh", loss))
    # sums of 53 terms of about 1, in another order
    np.testing.assert_allclose(found, whole, rtol=0, atol=1e-14)


def test_the_mean_of_means_is_another_gradient():
    """With 27 and 26 rows the plain mean of two gradients is off by far more."""
    whole = pack(network_gradient(START, X, Y))
    parts = [pack(network_gradient(START, X[r], Y[r])) for r in deal_rows(53, 2)]
    assert np.abs(np.mean(parts, axis=0) - whole).max() > 1e-4


@pytest.mark.parametrize("n_workers", [2, 3])
def test_processes_walk_as_one(n_workers):
    """Weights after three epochs of uneven batches; all workers alike, bit by bit."""
    alone = MLPRegressor(
        (7, 5), "tanh", "sgd", 0.1, batch_size=20, n_epochs=3, shuffle=False
    ).fit(X, Y[:, 0], start=START)
    ends = [pack(end) for end in parallel_walk(START, X, Y, n_workers, 0.1, 20, 3)]
    # nine steps, each with sums in another order
    np.testing.assert_allclose(ends[0], pack(alone.layers_), rtol=0, atol=1e-13)
    assert all((end == ends[0]).all() for end in ends)


def test_more_workers_than_rows():
    """Batches of one row leave a worker with nothing to do but to pass on."""
    alone = parallel_walk(START, X[:3], Y[:3], 1, 0.1, 1, 1)[0]
    ends = parallel_walk(START, X[:3], Y[:3], 2, 0.1, 1, 1)
    np.testing.assert_allclose(pack(ends[1]), pack(alone), rtol=0, atol=1e-14)


def test_a_lost_worker_is_told():
    """When one process is killed, the others do not wait for it for ever."""
    before = set(multiprocessing.active_children())

    def kill():
        while not (found := set(multiprocessing.active_children()) - before):
            time.sleep(0.01)
        found.pop().kill()

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    with pytest.raises(RuntimeError, match=r"worker was lost: their exit codes"):
        parallel_walk(START, X, Y, 2, 1e-6, 1, 100_000)
    assert set(multiprocessing.active_children()) <= before


def test_a_step_that_is_too_long_is_told():
    """Weights that overflow are an error that names eta."""
    with pytest.raises(ValueError, match=r"eta=1e\+300 is too large"):
        parallel_walk(START, 1e5 * X, 1e5 * Y, 1, 1e300, 20, 3, "identity")


@quick
@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.integers(0, 99))
def test_pooled_moments_are_those_of_all(sizes, seed):
    """Shards of any size, also empty ones, far from zero."""
    sizes = [*sizes, 3]
    Z = 50 + np.random.default_rng(seed).normal(size=(sum(sizes), 4))
    shards = np.split(Z, np.cumsum(sizes)[:-1])
    means = [z.mean(axis=0) if len(z) else np.zeros(4) for z in shards]
    variances = [z.var(axis=0) if len(z) else np.zeros(4) for z in shards]
    mean, variance = pooled_moments(sizes, means, variances)
    # means of 50 are known to 1e-14, and their squares' differences to 1e-12
    np.testing.assert_allclose(mean, Z.mean(axis=0), rtol=1e-13)
    np.testing.assert_allclose(variance, Z.var(axis=0), rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (([-1], [[0.0]], [[1.0]]), "counts must be 1 numbers >= 0"),
        (([0], [[0.0]], [[1.0]]), "not all 0"),
        (([2], [[0.0]], [[-1.0]]), "variances must be numbers >= 0"),
    ],
)
def test_moments_that_cannot_be(given, words):
    """An error says which argument and what is accepted."""
    with pytest.raises(ValueError, match=words):
        pooled_moments(*given)
