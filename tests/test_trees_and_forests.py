"""The trees and forests from scratch do what their equations say and libraries do."""

import numpy as np
import pytest
import sklearn.ensemble as ensembles
import sklearn.tree as library
from hypothesis import given, settings
from hypothesis import strategies as st
from learner_contract import array_api_complaints, contract
from learner_data import (
    clouds,
    lines,
    noisy_plane,
    ridgecrest_sample,
    swiss_events,
    two_clouds,
)
from sklearn.metrics import balanced_accuracy_score

from mlearth.learners import (
    DecisionTreeClassifier,
    DecisionTreeRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
    best_split,
    entropy_bits,
    gini,
    impurity_drop,
    prune_tree,
    pruning_path,
    variance,
)
from mlearth.learners.trees.growth import grow_tree, some_features

LEARNERS = [
    DecisionTreeClassifier(),
    DecisionTreeRegressor(),
    RandomForestClassifier(n_estimators=3),
    RandomForestRegressor(n_estimators=3),
]
quick = settings(deadline=None, max_examples=20)
classes = pytest.mark.parametrize("data", [two_clouds, swiss_events])
numbers = pytest.mark.parametrize("data", [noisy_plane, ridgecrest_sample])


def single(data):
    """X as scikit-learn's trees read it, in single precision, so thresholds agree."""
    X, y = data
    return X.astype(np.float32).astype(float), y


def one_hot(y):
    return np.eye(len(np.unique(y)))[np.unique(y, return_inverse=True)[1]]


@contract(*LEARNERS)
def test_scikit_learn_accepts_the_learner(learner, check):
    """Every check that scikit-learn has for a classifier or a regressor passes."""
    check(learner)


def test_scikit_learn_accepts_the_learners_with_the_array_api():
    """The check that needs a process of its own passes."""
    assert set(array_api_complaints(*LEARNERS).values()) == {"passed"}


# impurity


def test_impurities_by_hand():
    """Shares 1/4 and 3/4: Gini 3/8, entropy 2 - 3/4 log2(3); 1, 3: variance 1."""
    # rounding
    assert gini([0.25, 0.75]) == pytest.approx(3 / 8, rel=1e-15)
    assert entropy_bits([0.25, 0.75]) == pytest.approx(2 - 0.75 * np.log2(3), rel=1e-15)
    assert variance([2.0, 5.0]) == 1.0


@quick
@given(st.integers(2, 6), st.integers(0, 2**32 - 1))
def test_impurities_have_their_limits(n_classes, seed):
    """Nothing is below a pure node or above equal shares."""
    shares = np.random.default_rng(seed).dirichlet(np.full(n_classes, 0.5), size=30)
    pure, even = np.eye(n_classes)[0], np.full(n_classes, 1 / n_classes)
    for impurity in (gini, entropy_bits):
        assert impurity(pure) == 0
        # rounding
        assert np.all(impurity(shares) >= -1e-15)
        assert np.all(impurity(shares) <= impurity(even) + 1e-15)
    # rounding
    assert entropy_bits(even) == pytest.approx(np.log2(n_classes), rel=1e-14)


@quick
@given(lines())
def test_gini_is_the_variance_of_the_labels(data):
    """For two classes, Gini is twice the variance of a label of 0 and 1."""
    p = np.mean(data[1] > 0)
    assert gini([p, 1 - p]) == pytest.approx(2 * variance([p, p]), abs=1e-15)


@quick
@given(clouds())
def test_no_question_makes_a_node_worse(data):
    """The drop of impurity is never negative, for any question and either impurity."""
    X, y = data
    for impurity in (gini, entropy_bits):
        drop = impurity_drop(one_hot(y), X[:, 0] <= np.median(X[:, 0]), impurity)
        # rounding
        assert drop >= -1e-15


def test_information_gain_by_hand():
    """Two of four found by a question that answers 3 to 1: 1 - 3/4 H(1/3) bits."""
    Y = one_hot([0, 0, 1, 1])
    third = -(1 / 3) * np.log2(1 / 3) - (2 / 3) * np.log2(2 / 3)
    gain = impurity_drop(Y, [True, False, False, False])
    # rounding
    assert gain == pytest.approx(1 - 0.75 * third, rel=1e-14)


def test_a_question_with_one_answer_is_refused():
    """A split that sends all samples one way raises."""
    with pytest.raises(ValueError, match="goes_left must send samples both ways"):
        impurity_drop(one_hot([0, 1]), [True, True])


# the best question


@quick
@given(clouds(), st.integers(1, 3), st.sampled_from([gini, entropy_bits]))
def test_best_split_is_the_best_of_all(data, min_leaf, impurity):
    """No question of any feature, tried one by one, has purer children."""
    X, y = data
    X = X.round(1)  # with ties among the values
    Y = one_hot(y)
    split = best_split(X, Y, np.ones(len(y)), impurity, min_leaf)
    costs = []
    for x in X.T:
        for threshold in np.unique(x)[:-1]:
            left = x <= threshold
            if min(left.sum(), (~left).sum()) >= min_leaf:
                drop = impurity_drop(Y, left, impurity)
                costs.append(impurity(Y.mean(axis=0)) - drop)
    # rounding of sums over 60 rows
    assert split.cost == pytest.approx(min(costs), abs=1e-12)
    left = X[:, split.feature] <= split.threshold
    found = impurity(Y.mean(axis=0)) - impurity_drop(Y, left, impurity)
    assert split.cost == pytest.approx(found, abs=1e-12)


def test_of_equally_good_questions_the_first_wins():
    """A feature given twice, and a symmetric one: first column, lowest threshold."""
    x = np.array([1.0, 2.0, 3.0, 4.0])
    Y = one_hot([0, 1, 1, 0])
    split = best_split(np.column_stack([x, x]), Y, np.ones(4), gini)
    assert split[:2] == (0, 1.5)


def test_neighbouring_floats_are_told_apart():
    """Where no number lies between two values, the lower one is the threshold."""
    low = 1.0
    high = np.nextafter(low, 2)
    X = np.array([[low], [high]])
    split = best_split(X, one_hot([0, 1]), np.ones(2), gini)
    assert split.threshold == low
    huge = best_split(X * 0.9e150, one_hot([0, 1]), np.ones(2), gini)
    assert np.isfinite(huge.threshold)


def test_equal_values_have_no_question():
    """Constant features leave nothing to ask."""
    assert best_split(np.ones((4, 2)), one_hot([0, 1, 0, 1]), np.ones(4), gini) is None


# trees against scikit-learn


def same_or_tied(ours, theirs):
    """Walk down both trees; count the nodes that agree, and the splits that tie.

    Where a split differs its children must be as pure as scikit-learn's: it draws among
    equally good ones. Below a tie the trees may differ.
    """
    same, tied, todo = 0, 0, [(0, 0)]
    weight = theirs.weighted_n_node_samples
    risk = theirs.impurity * weight / weight[0]
    while todo:
        a, b = todo.pop()
        assert ours.n_samples[a] == theirs.n_node_samples[b]
        # rounding of sums; scikit-learn's variance is not centred
        assert ours.impurity[a] == pytest.approx(theirs.impurity[b], abs=1e-9)
        children = theirs.children_left[b], theirs.children_right[b]
        # with weights, rounding makes scikit-learn take a pure node for impure
        rounded = 0 < theirs.impurity[b] < 1e-12
        assert ours.is_leaf[a] == (children[0] < 0 or rounded)
        if ours.is_leaf[a]:
            same += 1
        elif (ours.feature[a], ours.threshold[a]) == (
            theirs.feature[b],
            theirs.threshold[b],
        ):
            same += 1
            todo += zip((ours.left[a], ours.right[a]), children, strict=True)
        else:
            tied += 1
            cost = ours.risk[[ours.left[a], ours.right[a]]].sum()
            assert cost == pytest.approx(risk[list(children)].sum(), abs=1e-9)
    return same, tied


@classes
@pytest.mark.parametrize("criterion", ["gini", "entropy"])
@pytest.mark.parametrize("balanced", [False, True])
@pytest.mark.parametrize("rules", [{}, {"max_depth": 5}, {"min_samples_leaf": 5}])
def test_classification_tree_equals_scikit_learn(data, criterion, balanced, rules):
    """The same questions with the same thresholds, but for ties."""
    X, y = single(data())
    ours = DecisionTreeClassifier(criterion, balanced=balanced, **rules).fit(X, y)
    weight = "balanced" if balanced else None
    theirs = library.DecisionTreeClassifier(
        criterion=criterion, class_weight=weight, random_state=0, **rules
    ).fit(X, y)
    same, tied = same_or_tied(ours.tree_, theirs.tree_)
    assert same > 20
    assert tied < same / 2


@numbers
@pytest.mark.parametrize("rules", [{"max_depth": 3}, {"min_samples_leaf": 20}])
def test_regression_tree_equals_scikit_learn(data, rules):
    """The same questions with the same thresholds, but for ties."""
    X, y = single(data())
    ours = DecisionTreeRegressor(**rules).fit(X, y)
    theirs = library.DecisionTreeRegressor(random_state=0, **rules).fit(X, y)
    same, tied = same_or_tied(ours.tree_, theirs.tree_)
    # Ridgecrest holds R and log10 R, whose questions all tie
    assert same + tied > 5
    # equally good trees: equal to rounding at the training samples, where ties agree
    assert ours.score(X, y) == pytest.approx(theirs.score(X, y), abs=1e-9)


@quick
@given(lines())
def test_regression_tree_equals_scikit_learn_on_any_lines(data):
    """The same holds on generated data."""
    X, y = single(data)
    ours = DecisionTreeRegressor(max_depth=4).fit(X, y)
    theirs = library.DecisionTreeRegressor(max_depth=4, random_state=0).fit(X, y)
    same_or_tied(ours.tree_, theirs.tree_)


@quick
@given(clouds())
def test_a_full_tree_remembers_everything(data):
    """Without a limit every training sample gets its own label, as all rows differ."""
    X, y = data
    assert DecisionTreeClassifier().fit(X, y).score(X, y) == 1
    regression = DecisionTreeRegressor().fit(X, X[:, 0])
    # rounding of a mean of one number
    np.testing.assert_allclose(regression.predict(X), X[:, 0], atol=1e-14)


def test_a_tree_finds_thresholds_that_made_the_labels():
    """Noise-free classes by x0 > 0.3, then x1 > 0.6: both are found, nothing else."""
    X = np.random.default_rng(0).uniform(size=(2000, 4))
    y = (X[:, 0] > 0.3) & (X[:, 1] > 0.6)
    tree = DecisionTreeClassifier().fit(X, y).tree_
    asked = sorted(zip(tree.feature, tree.threshold, strict=True))[-2:]
    assert tree.n_leaves == 3
    assert [feature for feature, _ in asked] == [0, 1]
    # the gap between 2,000 uniform numbers about a threshold: 1 / 2000, times ten
    assert [threshold for _, threshold in asked] == pytest.approx([0.3, 0.6], abs=5e-3)


def test_a_large_mean_costs_no_digits():
    """Targets of 6371 km +- 1 mm are split like those about zero."""
    X, y = noisy_plane()
    plain = DecisionTreeRegressor(max_depth=4).fit(X, y).tree_
    far = DecisionTreeRegressor(max_depth=4).fit(X, 6.371e9 + y).tree_
    assert plain.feature.tolist() == far.feature.tolist()
    # y itself keeps nine of sixteen digits behind the point
    np.testing.assert_allclose(far.value - 6.371e9, plain.value, atol=1e-5)


def test_a_deep_staircase_is_no_problem():
    """Some 1,200 questions in a row, more than Python may recurse, and back again."""
    x = np.arange(2400.0)[:, None]
    model = DecisionTreeClassifier().fit(x, x[:, 0] % 2)  # cuts one off at a time
    depth = np.zeros(len(model.tree_.left), dtype=int)
    for node in np.flatnonzero(~model.tree_.is_leaf):
        depth[[model.tree_.left[node], model.tree_.right[node]]] = depth[node] + 1
    assert depth.max() > 1000
    assert model.score(x, x[:, 0] % 2) == 1
    assert prune_tree(model.tree_, 1.0).n_leaves == 1


def test_outline_reads_like_the_tree():
    """Questions are indented under their answers, and leaves tell class and share."""
    X = [[1.0, 5.0], [2.0, 5.0], [3.0, 5.0], [3.0, 9.0]]
    model = DecisionTreeClassifier(max_depth=1).fit(X, ["no", "no", "no", "yes"])
    assert model.tree_.outline(["a", "b"], model.classes_).splitlines() == [
        "all: 4 samples",
        "|   b <= 7: 3 samples -> no (100 %)",
        "|   b > 7: 1 samples -> yes (100 %)",
    ]


# pruning


def small_tree(data, **rules):
    X, y = single(data())
    make = DecisionTreeClassifier if y.dtype.kind in "iU" else DecisionTreeRegressor
    return make(**rules).fit(X, y).tree_


@pytest.mark.parametrize(
    ("data", "rules"),
    [
        (two_clouds, {"min_samples_leaf": 5}),
        (swiss_events, {"max_depth": 4}),
        (noisy_plane, {"min_samples_leaf": 5}),
    ],
)
def test_pruning_path_equals_scikit_learn(data, rules):
    """The prices at which branches fall are scikit-learn's, where no splits tie."""
    X, y = single(data())
    name = "Classifier" if y.dtype.kind in "iU" else "Regressor"
    theirs = getattr(library, f"DecisionTree{name}")(random_state=0, **rules)
    expected = theirs.cost_complexity_pruning_path(X, y).ccp_alphas
    alphas, _ = pruning_path(small_tree(data, **rules))
    ours = np.unique([0, *alphas.round(9)])
    # scikit-learn lists one price for cuts that coincide, and zero for the whole tree
    np.testing.assert_allclose(ours, np.unique(expected.round(9)), atol=2e-9)


@pytest.mark.parametrize("data", [two_clouds, noisy_plane])
def test_pruned_tree_equals_scikit_learn(data):
    """Between two prices of the path, the same tree is left."""
    X, y = single(data())
    alphas, _ = pruning_path(small_tree(data, min_samples_leaf=5))
    for k in range(0, len(alphas) - 1, 3):
        if alphas[k + 1] - alphas[k] < 1e-9:
            continue
        rules = {"min_samples_leaf": 5, "ccp_alpha": (alphas[k] + alphas[k + 1]) / 2}
        name = "Classifier" if y.dtype.kind in "iU" else "Regressor"
        theirs = getattr(library, f"DecisionTree{name}")(random_state=0, **rules)
        same_or_tied(small_tree(data, **rules), theirs.fit(X, y).tree_)


def all_prunings(tree, node=0):
    """Risk and number of leaves of every tree that pruning can leave."""
    yield tree.risk[node], 1
    if not tree.is_leaf[node]:
        rights = list(all_prunings(tree, tree.right[node]))
        for risk, leaves in all_prunings(tree, tree.left[node]):
            yield from ((risk + more, leaves + others) for more, others in rights)


@pytest.mark.parametrize("alpha", [0.0, 0.005, 0.02, 0.05, 0.2])
def test_pruning_minimises_risk_plus_leaves(alpha):
    """Of all prunings of a small tree, tried one by one, none is cheaper."""
    tree = small_tree(two_clouds, max_depth=4)
    pruned = prune_tree(tree, alpha)
    cost = pruned.risk[pruned.is_leaf].sum() + alpha * pruned.n_leaves
    least = min(risk + alpha * leaves for risk, leaves in all_prunings(tree))
    # rounding
    assert cost == pytest.approx(least, abs=1e-12)


def test_pruning_keeps_the_original():
    """The grown tree is not changed, and a second cut gives the same."""
    tree = small_tree(swiss_events)
    before = {key: array.copy() for key, array in vars(tree).items()}
    first, second = prune_tree(tree, 0.01), prune_tree(tree, 0.01)
    assert first.feature.tolist() == second.feature.tolist()
    for key, array in before.items():
        np.testing.assert_array_equal(getattr(tree, key), array)


# forests


def test_the_forest_is_the_mean_of_its_trees():
    """Bootstrap rows and features drawn, each tree grown alone, then averaged."""
    X, y = two_clouds()
    model = RandomForestClassifier(n_estimators=5, max_features=2, random_state=0)
    model.fit(X, y)
    means = []
    for rng, drawn in zip(np.random.default_rng(0).spawn(5), model.draws_, strict=True):
        rows, ones = rng.integers(len(y), size=len(y)), np.ones(len(y))
        draw = some_features(2, rng)
        tree = grow_tree(X[rows], one_hot(y)[rows], ones, gini, None, 1, draw)
        means.append(tree.value[tree.apply(X)])
        np.testing.assert_array_equal(rows, drawn)
    # rounding of a mean of five
    np.testing.assert_allclose(model.predict_proba(X), np.mean(means, 0), atol=1e-14)


def test_out_of_bag_means_ask_only_trees_that_did_not_see_the_row():
    """Row by row, by hand; and NaN where every tree saw it."""
    X, y = noisy_plane()
    model = RandomForestRegressor(n_estimators=4, random_state=1).fit(X, y)
    unjudged = 0
    for i, found in enumerate(model.oob_prediction_):
        judges = [
            tree
            for tree, rows in zip(model.trees_, model.draws_, strict=True)
            if i not in rows
        ]
        if not judges:
            unjudged += 1
            assert np.isnan(found)
        else:
            each = [tree.value[tree.apply(X[i : i + 1])][0, 0] for tree in judges]
            # rounding of a mean
            assert found == pytest.approx(np.mean(each), rel=1e-13)
    assert unjudged > 0


def test_a_bootstrap_sample_misses_a_third():
    """The share of rows that a tree does not see is (1 - 1/n)^n = 0.366 for n = 100."""
    X, y = noisy_plane()
    model = RandomForestRegressor(n_estimators=200, max_depth=1, random_state=0)
    missed = [1 - len(np.unique(rows)) / len(y) for rows in model.fit(X, y).draws_]
    # standard deviation of one sample's share 0.031 (for n = 100), over sqrt(200)
    assert np.mean(missed) == pytest.approx((1 - 1 / 100) ** 100, abs=3 * 0.031 / 14)


@pytest.mark.parametrize("data", [two_clouds, swiss_events])
def test_forest_is_as_good_as_scikit_learns(data):
    """On held-back rows the two forests agree, up to the luck of their draws."""
    X, y = data()
    train, test = np.arange(len(y)) % 2 == 0, np.arange(len(y)) % 2 == 1
    rules = {"n_estimators": 40, "min_samples_leaf": 3, "random_state": 0}
    ours = RandomForestClassifier(**rules).fit(X[train], y[train])
    theirs = ensembles.RandomForestClassifier(**rules).fit(X[train], y[train])
    # mean shares of forty trees: their spread is below 0.5 / sqrt(40) = 0.08 a row
    gap = ours.predict_proba(X[test]) - theirs.predict_proba(X[test])
    assert np.sqrt(np.mean(gap**2)) < 0.08
    assert abs(gap.mean(axis=0)).max() < 0.02


def test_regression_forest_is_as_good_as_scikit_learns():
    """Ridgecrest, every other record of a sample held back: R2 within 0.02."""
    X, y = ridgecrest_sample()
    rules = {"n_estimators": 40, "min_samples_leaf": 3, "random_state": 0}
    ours = RandomForestRegressor(**rules).fit(X[::2], y[::2])
    theirs = ensembles.RandomForestRegressor(max_features=1 / 3, **rules)
    score = theirs.fit(X[::2], y[::2]).score(X[1::2], y[1::2])
    # two forests of forty trees with other draws
    assert ours.score(X[1::2], y[1::2]) == pytest.approx(score, abs=0.02)


@quick
@given(lines())
def test_a_forest_never_leaves_the_range_of_its_targets(data):
    """Predictions far outside are means of training targets all the same."""
    X, y = data
    model = RandomForestRegressor(n_estimators=3, random_state=0).fit(X, y)
    far = model.predict(np.vstack([X + 100, X - 100]))
    # rounding
    slack = 1e-12 * np.abs(y).max()
    assert far.min() >= y.min() - slack
    assert far.max() <= y.max() + slack


def test_importances_add_up_and_ignore_what_is_never_asked():
    """Shares add up to 1; a constant feature has none; no split, no importance."""
    X, y = noisy_plane()
    X = np.column_stack([X, np.ones(len(y))])
    for model in (DecisionTreeRegressor(), RandomForestRegressor(5, random_state=0)):
        shares = model.fit(X, y).feature_importances_
        # rounding
        assert shares.sum() == pytest.approx(1, rel=1e-12)
        assert shares[-1] == 0
    flat = DecisionTreeRegressor().fit(X, np.ones(len(y)))
    assert flat.feature_importances_.tolist() == [0] * 5


def test_importances_equal_scikit_learn():
    """The shares of a tree without ties are scikit-learn's."""
    X, y = single(two_clouds())
    ours = DecisionTreeClassifier(max_depth=4).fit(X, y)
    theirs = library.DecisionTreeClassifier(max_depth=4, random_state=0).fit(X, y)
    # rounding
    np.testing.assert_allclose(
        ours.feature_importances_, theirs.feature_importances_, atol=1e-12
    )


@pytest.mark.parametrize(
    ("learner", "words"),
    [
        (DecisionTreeClassifier(criterion="mse"), "criterion must be one of 'gini'"),
        (DecisionTreeClassifier(max_depth=0), "max_depth must be a whole number >= 1"),
        (DecisionTreeClassifier(ccp_alpha=-1.0), "ccp_alpha must be a finite number"),
        (DecisionTreeClassifier(balanced="yes"), "balanced must be True or False"),
        (RandomForestClassifier(0), "n_estimators must be a whole number >= 1"),
        (RandomForestClassifier(max_features="log2"), "max_features must be a whole"),
        (RandomForestClassifier(max_features=9), "max_features must be at most 3"),
    ],
)
def test_wrong_parameters_are_named(learner, words):
    """The error says which parameter, and what is accepted."""
    with pytest.raises(ValueError, match=words):
        learner.fit(*two_clouds())


def test_balanced_finds_the_rare_class():
    """With one blast in six, balance buys recall of the rare class for precision."""
    X, y = swiss_events()
    train, test = np.arange(len(y)) % 2 == 0, np.arange(len(y)) % 2 == 1
    found = {}
    for balanced in (False, True):
        model = DecisionTreeClassifier(max_depth=3, balanced=balanced)
        guess = model.fit(X[train], y[train]).predict(X[test])
        found[balanced] = balanced_accuracy_score(y[test], guess)
    assert found[True] > found[False]
