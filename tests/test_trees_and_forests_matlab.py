"""The trees and forests in code/matlab are those of Python, run in GNU Octave."""

import numpy as np
import pytest
from learner_data import noisy_plane, ridgecrest_sample, swiss_events, two_clouds
from octave import OctaveError, run_octave, run_octave_calls

from mlearth.learners import (
    RandomForestClassifier,
    RandomForestRegressor,
    best_split,
    entropy_bits,
    gini,
    prune_tree,
    pruning_path,
    variance,
)
from mlearth.learners.trees.growth import grow_tree

pytestmark = pytest.mark.needs("octave")

# Octave composes these calls: a tree is a struct there, and only numbers are passed
PREDICT = (
    "(@(X, Y, w, i, d, l) "
    "getfield(grow_tree(X, Y, w, i, d, l), 'value')"
    "(tree_apply(grow_tree(X, Y, w, i, d, l), X), :))"
)
PATH = "(@(X, Y, w, i, d, l) pruning_path(grow_tree(X, Y, w, i, d, l)))"
PRUNE = "(@(X, Y, w, i, d, l, a) prune_tree(grow_tree(X, Y, w, i, d, l), a))"
FOREST = (
    "(@(X, Y, w, i, draws, m, orders, l) {0}"
    "(grow_forest(X, Y, w, i, draws, m, orders, l), {1}X))"
)
IMPURITIES = {"gini": gini, "entropy_bits": entropy_bits, "variance": variance}
WEIGHT_OF_RARE = 3.0


def one_hot(y):
    return np.eye(len(np.unique(y)))[np.unique(y, return_inverse=True)[1]]


def moments(y):
    y = y - y.mean()
    return np.column_stack([y, y**2])


def problems():
    """X, Y, weights and impurity: two classifications and two regressions."""
    for data, impurity in ((two_clouds, "gini"), (swiss_events, "entropy_bits")):
        X, y = data()
        Y = one_hot(y)
        yield X[::2], Y[::2], 1 + (WEIGHT_OF_RARE - 1) * Y[::2, 1], impurity
    for data in (noisy_plane, ridgecrest_sample):
        X, y = data()
        yield X, moments(y), np.ones(len(y)), "variance"


def as_octave(tree):
    """The arrays of a tree as Octave has them: numbers of nodes count from 1."""
    shifts = {"feature": 1, "left": 1, "right": 1}
    return {
        key: np.reshape(array + shifts.get(key, 0), (len(tree.left), -1))
        for key, array in vars(tree).items()
    }


def assert_same_tree(found, tree):
    """Whole numbers agree exactly; others to rounding of sums over 2,000 samples."""
    for key, array in as_octave(tree).items():
        scale = np.nanmax(np.abs(array))
        np.testing.assert_allclose(
            found[key][0, 0], array, rtol=0, atol=1e-12 * scale, err_msg=key
        )


def test_impurities_in_matlab():
    """Gini, entropy and variance of any shares agree to rounding, at zero as well."""
    shares = np.random.default_rng(0).dirichlet([0.3, 0.3, 0.3], size=20)
    shares[0] = [1, 0, 0]
    moments = np.column_stack([shares[:, 0], shares[:, 0] ** 2 + shares[:, 1]])
    given = {name: moments if name == "variance" else shares for name in IMPURITIES}
    said = run_octave_calls([(name, (rows,), 1) for name, rows in given.items()])
    for (found,), (name, rows) in zip(said, given.items(), strict=True):
        # sums of three or four terms of order 1
        np.testing.assert_allclose(found[:, 0], IMPURITIES[name](rows), atol=1e-14)


def test_best_split_in_matlab():
    """The first question of each problem is the same, and none means 0, NaN, Inf."""
    for X, Y, w, impurity in problems():
        feature, threshold, cost = run_octave(
            "best_split", X, Y, w, impurity, 5, nargout=3
        )
        split = best_split(X, Y, w, IMPURITIES[impurity], 5)
        assert (feature.item() - 1, threshold.item()) == split[:2]
        # rounding of sums
        assert cost.item() == pytest.approx(split.cost, rel=1e-12)
    same = run_octave(
        "best_split",
        [[1.0]] * 4,
        [[1.0], [0], [1], [0]],
        [1.0] * 4,
        "gini",
        1,
        nargout=3,
    )
    np.testing.assert_equal([each.item() for each in same], [0, np.nan, np.inf])


def test_trees_in_matlab():
    """Grown, asked, and cut back: the same nodes in the same order."""
    for X, Y, w, impurity in problems():
        tree = grow_tree(X, Y, w, IMPURITIES[impurity], 6, 3)
        alphas, nodes = pruning_path(tree)
        alpha = (alphas[len(alphas) // 2] + alphas[len(alphas) // 2 - 1]) / 2
        args = (X, Y, w, impurity, 6, 3)
        (grown,), (values,), (path, cut), (pruned,) = run_octave_calls(
            [
                ("grow_tree", args, 1),
                (PREDICT, args, 1),
                (PATH, args, 2),
                (PRUNE, (*args, alpha), 1),
            ]
        )
        assert_same_tree(grown, tree)
        # rounding of a mean, as for the tree
        scale = np.abs(tree.value).max()
        np.testing.assert_allclose(
            values, tree.value[tree.apply(X)], atol=1e-12 * scale
        )
        # differences of sums of risks: rounding of the root's risk
        np.testing.assert_allclose(path[:, 0], alphas, atol=1e-12 * tree.risk[0])
        assert sorted(cut[:, 0] - 1) == sorted(nodes)
        assert_same_tree(pruned, prune_tree(tree, alpha))


def streams(model, X):
    """What each tree draws, counted from 1: its rows, then orders of the features."""
    draws, orders = [], []
    for rng in np.random.default_rng(model.random_state).spawn(model.n_estimators):
        draws.append(rng.integers(len(X), size=len(X)) + 1)
        orders.append([rng.permutation(X.shape[1]) + 1 for _ in range(len(X))])
    return np.array(draws), np.moveaxis(orders, 0, 2)


@pytest.mark.parametrize("kind", ["classes", "numbers"])
def test_forests_in_matlab(kind):
    """With the same draws, the forest and its out-of-bag means are the same."""
    rules = {"n_estimators": 6, "max_features": 2, "min_samples_leaf": 3}
    if kind == "classes":
        X, y = (array[::4] for array in swiss_events())
        model, Y = RandomForestClassifier(**rules, random_state=4), one_hot(y)
        model.fit(X, y)
        expected = model.predict_proba(X), model.oob_decision_function_
    else:
        X, y = noisy_plane()
        model, Y = RandomForestRegressor(**rules, random_state=4), moments(y)
        model.fit(X, y)
        expected = np.c_[model.predict(X)], np.c_[model.oob_prediction_]
        expected = expected[0] - y.mean(), expected[1] - y.mean()
    draws, orders = streams(model, X)
    np.testing.assert_array_equal(draws - 1, model.draws_)
    impurity = "gini" if kind == "classes" else "variance"
    args = (X, Y, np.ones(len(X)), impurity, draws, 2, orders, 3)
    calls = [
        (FOREST.format("forest_mean", ""), args, 1),
        (FOREST.format("out_of_bag_mean", "draws, "), args, 1),
    ]
    for (found,), theirs in zip(run_octave_calls(calls), expected, strict=True):
        # rounding of means of means of order 1 to 10
        found = found[:, : theirs.shape[1]]
        np.testing.assert_allclose(found, theirs, rtol=0, atol=1e-11)
    assert np.isnan(expected[1]).any(), "six trees leave some rows without a judge"


X = [[1.0], [2.0], [4.0]]
Y = [[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]


@pytest.mark.parametrize(
    ("function", "args", "words"),
    [
        ("grow_tree", (X, Y, [1, 1, 0], "gini"), "weights must be > 0"),
        ("grow_tree", (X, Y[:2], [1, 1, 1], "gini"), "Y must hold finite numbers"),
        ("grow_tree", (X, Y, [1, 1, 1], "gini", 2, 0), "min_leaf must be a whole"),
        ("best_split", ([[np.nan]] * 3, Y, [1, 1, 1], "gini", 1), "X must be a matrix"),
        (PRUNE, (X, Y, [1, 1, 1], "gini", 2, 1, -1), "alpha must be a finite number"),
        (
            "grow_forest",
            (X, Y, [1, 1, 1], "gini", [[1, 2, 3]], 0, [[1]]),
            "n_tried must be a whole number",
        ),
    ],
)
def test_wrong_arguments_are_named_in_matlab(function, args, words):
    """An error says which argument is wrong and what is accepted."""
    with pytest.raises(OctaveError, match=words):
        run_octave(function, *args)
