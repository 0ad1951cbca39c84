"""Pairs by rings, laws by search, and a network that obeys an equation."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from mlearth.evaluation import growing_auc, pair_counts, within_auc
from mlearth.learners import search_laws
from mlearth.networks import train_eikonal_network
from mlearth.seismology import eikonal_times

quick = settings(deadline=None, max_examples=40)


def drawn(seed, n=80, n_rings=5, ties=True):
    """Cells that were hit or missed, scores with ties, and rings in no order."""
    rng = np.random.default_rng(seed)
    score = rng.integers(0, 9, n) / 4 if ties else rng.normal(size=n)
    y = rng.random(n) < 1 / (1 + np.exp(1 - score))
    return y.astype(int), score, rng.integers(0, n_rings, n)


# pairs


def test_pairs_by_hand():
    """Three hits and two misses in two rings, one tie."""
    won, pairs = pair_counts([1, 1, 0, 1, 0], [3, 1, 2, 2, 1], [0, 0, 0, 1, 1])
    # ring 0 hits: 3 and 1; its miss 2; ring 1: hit 2, miss 1
    assert won.tolist() == [[1.0, 1.5], [0.5, 1.0]]
    assert pairs.tolist() == [[2.0, 2.0], [1.0, 1.0]]
    assert growing_auc(won, pairs).tolist() == [0.5, 4 / 6]
    assert within_auc(won, pairs) == 2 / 3


@quick
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_every_study_area_is_scored_as_scikit_learn_does(seed, ties):
    """Leading blocks are discs; the whole is the whole."""
    y, score, ring = drawn(seed, ties=ties)
    found = growing_auc(*pair_counts(y, score, ring))
    for k, auc in enumerate(found):
        inside = ring <= k
        if np.unique(y[inside]).size == 2:
            assert auc == pytest.approx(roc_auc_score(y[inside], score[inside]))
        else:
            assert np.isnan(auc)


@quick
@given(st.integers(0, 2**32 - 1))
def test_counts_of_parts_add_up(seed):
    """A sum over mainshocks compares no cells of two of them."""
    one, other = drawn(seed), drawn(seed + 1)
    both = [a + b for a, b in zip(pair_counts(*one), pair_counts(*other), strict=True)]
    hits = [sum(part[0]) for part in (one, other)]
    assert both[1].sum() == sum(h * (80 - h) for h in hits)
    # monotone changes of a score move nothing, and turning it turns the table
    y, score, ring = one
    won, pairs = pair_counts(y, score, ring)
    assert (pair_counts(y, np.exp(score), ring)[0] == won).all()
    assert (pair_counts(y, -score, ring)[0] == pairs - won).all()


def test_a_score_that_is_the_ring_knows_nothing_within():
    """Ties count half."""
    y, _, ring = drawn(3)
    assert within_auc(*pair_counts(y, -ring, ring)) == 0.5


def test_empty_ground_raises_the_area_as_the_law_says():
    """1 - AUC falls as the number of misses grows; average precision stays."""
    y, score, _ = drawn(4, ties=False)
    more = np.full(500, score.min() - 1)
    wide_y, wide = np.r_[y, np.zeros(500, int)], np.r_[score, more]
    n, wider = (y == 0).sum(), (y == 0).sum() + 500
    before, now = roc_auc_score(y, score), roc_auc_score(wide_y, wide)
    assert 1 - now == pytest.approx((1 - before) * n / wider)
    both = average_precision_score(y, score), average_precision_score(wide_y, wide)
    assert both[0] == pytest.approx(both[1])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: pair_counts([1, 2], [0, 1], [0, 0]), "y_true must be 0 and 1"),
        (lambda: pair_counts([1, 0], [0, 1], [0, -1]), "ring must be whole numbers"),
        (lambda: pair_counts([1, 0], [0, 1], [0, 5000]), "ring must be whole numbers"),
        (lambda: growing_auc([[2.0]], [[1.0]]), "won must be at most as large as pair"),
        (lambda: within_auc([[1.0, 2]], [[1.0, 2]]), "won must be square"),
    ],
)
def test_a_wrong_argument_is_named(call, words):
    """The error says which argument, what it was and what is accepted."""
    with pytest.raises(ValueError, match=re.escape(words)):
        call()


# laws


@pytest.mark.parametrize(
    ("law", "formula"),
    [
        (lambda x: 2 + 3 * np.sqrt(x), "sqrt(x)"),
        (lambda x: 1 - 2 * np.log(x + 1), "log((x + 1))"),
        (lambda x: 4 / x, "1 / (x)"),
        (lambda x: x * np.exp(-x), "x * exp(-x)"),
    ],
)
def test_a_law_without_noise_is_found(law, formula):
    """The right formula, or one that equals it, first; and it extrapolates."""
    x = np.linspace(0.3, 4, 25)
    best = search_laws(x, law(x))[0]
    np.testing.assert_allclose(best.predict([9.0, 20]), law(np.r_[9.0, 20]), rtol=1e-6)
    assert len(best.formula.replace(" ", "")) <= len(formula.replace(" ", "")) + 8
    assert best.rmse < 1e-6  # rounding of least squares


def test_no_two_formulas_say_the_same():
    """2x and 5 - x are x: least squares has the rest."""
    x = np.linspace(0.3, 4, 25)
    shapes = np.array([law.shape(x) for law in search_laws(x, np.sin(x), 4)])
    shapes = shapes - shapes.mean(axis=1, keepdims=True)
    shapes /= np.linalg.norm(shapes, axis=1, keepdims=True)
    alike = np.abs(shapes @ shapes.T) - np.eye(len(shapes))
    # merged are formulas that agree in seven digits; a digit may fall on a border
    assert np.sum(alike > 1 - 1e-14) <= 4
    assert len({law.formula for law in search_laws(x, np.sin(x), 4)}) == len(shapes)


def test_longer_formulas_never_fit_worse():
    """Each size contains the shorter ones."""
    rng = np.random.default_rng(0)
    x = rng.uniform(0.2, 3, 30)
    y = rng.normal(size=30)
    errors = [search_laws(x, y, largest)[0].rmse for largest in (1, 2, 3, 4)]
    assert errors == sorted(errors, reverse=True)


# a network that obeys the eikonal equation


def gradient(points):
    """Speed that grows with depth [km/s]."""
    return 4 + 0.05 * points[:, 1]


def gradient_time(points, source):
    """Time in a linear gradient of speed, in closed form."""
    speed, at = gradient(points), gradient(source[None])[0]
    square = ((points - source) ** 2).sum(axis=1)
    return np.arccosh(1 + 0.05**2 * square / (2 * speed * at)) / 0.05


def test_the_network_learns_times_that_no_one_showed_it():
    """Near the closed form, not as near as marching, and exact at the source."""
    source = np.array([5.0, 2.0])
    learned = train_eikonal_network(gradient, source, [40.0, 20.0], steps=1500)
    x, z = np.meshgrid(np.arange(0, 40.5, 0.5), np.arange(0, 20.5, 0.5))
    points = np.column_stack([x.ravel(), z.ravel()])
    truth = gradient_time(points, source)
    off = np.sqrt(np.mean((learned.times_s(points) - truth) ** 2))
    marched = eikonal_times(gradient(points).reshape(x.shape), 0.5, 4, 10).ravel()
    straight = np.hypot(*(points - source).T) / gradient(source[None])
    assert learned.times_s([source])[0] == 0
    # seen 0.002 s; the straight time is off by 0.2 s, marching by 0.00003
    assert off < 0.02
    assert off < 0.2 * np.sqrt(np.mean((straight - truth) ** 2))
    assert np.sqrt(np.mean((marched - truth) ** 2)) < off
    assert learned.misfit[-1] < 0.01 * learned.misfit[0]


def test_a_seed_trains_the_same_network():
    """Twice the same steps."""
    first, second = (
        train_eikonal_network(gradient, [5, 2], [40, 20], 8, 20, 32, random_state=3)
        for _ in range(2)
    )
    np.testing.assert_array_equal(first.misfit, second.misfit)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"source_km": [50.0, 0]}, "source_km must be within the section"),
        ({"speed_km_s": lambda p: p[:, 0] - 5}, "speed_km_s must be a function that"),
        ({"extent_km": [40.0, 0.0]}, "extent_km, its depth must be"),
    ],
)
def test_a_wrong_section_is_named(change, words):
    """The error says which argument."""
    call = {"speed_km_s": gradient, "source_km": [5, 2], "extent_km": [40.0, 20.0]}
    with pytest.raises(ValueError, match=re.escape(words)):
        train_eikonal_network(**{**call, **change}, steps=2)
