"""Votes, AdaBoost and gradient boosting do what their equations and libraries say."""

import numpy as np
import pytest
import sklearn.ensemble as library
import sklearn.tree
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
from scipy.stats import binom
from sklearn.dummy import DummyRegressor

from mlearth.learners import (
    AdaBoostClassifier,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    exponential_loss,
    majority_error,
    reweight,
)
from mlearth.learners.ensembles.losses import log_loss, quantile_loss, squared_error

LEARNERS = [
    AdaBoostClassifier(n_estimators=5),
    GradientBoostingClassifier(n_estimators=5),
    GradientBoostingRegressor(n_estimators=5),
    GradientBoostingRegressor("quantile", n_estimators=20, learning_rate=0.5),
]
quick = settings(deadline=None, max_examples=20)


def single(X):
    """X as scikit-learn's trees read it, in single precision, so thresholds agree."""
    return X.astype(np.float32).astype(float)


def shaken():
    """Ridgecrest: was the shaking above its median? M and log10 R alone, every row."""
    X, y = ridgecrest_sample()
    return X[:, :2], np.where(y > np.median(y), "strong", "weak")


def measured():
    """Ridgecrest's accelerations from M and log10 R; R itself would tie with it."""
    X, y = ridgecrest_sample()
    return X[:, :2], y


def wave():
    """A sine with noise, of one feature."""
    rng = np.random.default_rng(2)
    x = rng.uniform(0, 6, 150)
    return x[:, None], np.sin(x) + 0.2 * rng.normal(size=150)


def curved():
    """A surface with noise, of two features; small sets tie, as pulls are two."""
    rng = np.random.default_rng(5)
    X = rng.uniform(-2, 2, (1500, 2))
    return X, np.sin(2 * X[:, 0]) + X[:, 0] * X[:, 1] + 0.3 * rng.normal(size=1500)


three_classes = pytest.mark.parametrize("data", [two_clouds, swiss_events, shaken])
three_numbers = pytest.mark.parametrize("data", [noisy_plane, measured, wave])


@contract(*LEARNERS)
def test_scikit_learn_accepts_the_learner(learner, check):
    """Every check that scikit-learn has for a classifier or a regressor passes."""
    check(learner)


def test_scikit_learn_accepts_the_learners_with_the_array_api():
    """The check that needs a process of its own passes."""
    assert set(array_api_complaints(*LEARNERS).values()) == {"passed"}


# votes


def test_three_voters_by_hand():
    """Three voters who err in 0.3: 3 * 0.09 * 0.7 + 0.027 = 0.216."""
    # rounding
    assert majority_error(0.3, 3) == pytest.approx(0.216, rel=1e-14)
    assert majority_error(0.3, 1, 0.4) == pytest.approx(0.3, rel=1e-14)


@quick
@given(st.floats(0, 1), st.integers(0, 40))
def test_the_majority_of_independent_voters_is_binomial(p_wrong, half):
    """The tail of scipy's binomial distribution, for any odd number of voters."""
    tail = binom.sf(half, 2 * half + 1, p_wrong)
    # rounding of sums of up to 41 terms
    assert majority_error(p_wrong, 2 * half + 1) == pytest.approx(tail, abs=1e-12)


def test_votes_have_the_correlation_that_is_asked_for():
    """Draw the votes as the docstring says: correlation and error come out."""
    rng, n = np.random.default_rng(0), 40_000
    alone = rng.random((n, 5)) < 0.3
    together = rng.random(n) < 0.4
    votes = np.where(together[:, None], alone[:, :1], alone)
    # standard errors of 0.005 (correlation) and 0.0023 (share), times three
    assert np.corrcoef(votes.T)[0, 1] == pytest.approx(0.4, abs=0.015)
    wrong = np.mean(votes.sum(axis=1) > 2)
    assert wrong == pytest.approx(majority_error(0.3, 5, 0.4), abs=0.007)


def test_an_even_number_of_voters_is_refused():
    """Four voters may tie."""
    with pytest.raises(ValueError, match="n_voters must be an odd whole number"):
        majority_error(0.3, 4)


# AdaBoost


@quick
@given(clouds(), st.integers(0, 2**32 - 1))
def test_the_say_is_the_bottom_of_the_exponential_loss(data, seed):
    """No other say of the voter lowers the weighted loss more; mistakes weigh half."""
    _, y = data
    rng = np.random.default_rng(seed)
    weights, vote = rng.exponential(size=len(y)) + 1e-3, rng.choice([-1.0, 1.0], len(y))
    vote[:2] = y[0], -y[1]
    say, after = reweight(weights, y, vote)

    def loss(s):
        return weights @ np.exp(-s * y * vote)

    assert loss(say) <= min(loss(say - 1e-3), loss(say + 1e-3))
    # rounding of sums of 60 terms
    assert after.sum() == pytest.approx(1, abs=1e-12)
    assert after[vote != y].sum() == pytest.approx(0.5, abs=1e-12)


def test_a_voter_that_is_always_right_or_wrong_is_refused():
    """No finite say is the best."""
    for sign, word in ((1, "right"), (-1, "wrong")):
        with pytest.raises(ValueError, match=f"it is {word} of all"):
            reweight([1.0, 1], [1, -1], sign * np.array([1, -1]))


@three_classes
def test_adaboost_equals_scikit_learn(data):
    """The same says and the same scores, round for round; deeper trees would tie."""
    X, y = data()
    X = single(X)
    ours = AdaBoostClassifier(25).fit(X, y)
    stump = sklearn.tree.DecisionTreeClassifier(max_depth=1)
    theirs = library.AdaBoostClassifier(stump, n_estimators=25, random_state=0)
    theirs.fit(X, y)
    # rounding, which 25 rounds of weights carry on
    np.testing.assert_allclose(2 * ours.says_, theirs.estimator_weights_, rtol=1e-9)
    for mine, peer in zip(
        ours.staged_decision_function(X),
        theirs.staged_decision_function(X),
        strict=True,
    ):
        # scikit-learn divides by the sum of the says so far
        scale = np.abs(peer).max() / np.abs(mine).max()
        np.testing.assert_allclose(mine * scale, peer, atol=1e-9)
    np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))


@quick
@given(clouds())
def test_the_loss_of_adaboost_falls_as_its_mistakes_foretell(data):
    """Each round multiplies the loss by 2 sqrt(q (1 - q)), and bounds the mistakes."""
    X, y = data
    model = AdaBoostClassifier(8).fit(X, y)
    says = model.says_ if model.losses_[-1] > 0 else model.says_[:-1]
    q = 1 / (1 + np.exp(2 * says))
    ratio = np.array(model.losses_[1:]) / model.losses_[:-1]
    if len(says) > 1:
        # the floor under weights, of 2e-16, and rounding
        np.testing.assert_allclose(ratio, 2 * np.sqrt(q * (1 - q)), rtol=1e-8)
    assert np.mean(model.predict(X) != y) <= model.losses_[-1] + 1e-12
    score = model.decision_function(X)
    assert exponential_loss(score, y) == pytest.approx(model.losses_[-1], rel=1e-12)


def test_a_tree_without_mistakes_ends_it():
    """One stump separates: it is the only one, with a say of 1."""
    model = AdaBoostClassifier().fit([[1.0], [2.0]], ["a", "b"])
    assert model.says_.tolist() == [1.0]
    assert model.predict([[0.0], [5.0]]).tolist() == ["a", "b"]


def test_features_that_tell_nothing_are_refused():
    """Where no tree beats a coin there is nothing to add up."""
    with pytest.raises(ValueError, match="no tree beats a coin"):
        AdaBoostClassifier().fit(np.ones((4, 1)), [0, 0, 1, 1])


# gradient boosting

LOSSES = {
    "squared": squared_error,
    "low": quantile_loss(0.1),
    "log": log_loss,
}


@pytest.mark.parametrize("name", LOSSES)
def test_the_pull_is_minus_the_slope_of_the_loss(name):
    """Central differences of each sample's loss."""
    loss, rng = LOSSES[name], np.random.default_rng(0)
    y, F = rng.integers(0, 2, 40).astype(float), rng.normal(size=40)
    up = np.array([loss.mean(y[i : i + 1], F[i : i + 1] + 1e-5) for i in range(40)])
    down = np.array([loss.mean(y[i : i + 1], F[i : i + 1] - 1e-5) for i in range(40)])
    # the square of the step, and rounding over it
    np.testing.assert_allclose(loss.pull(y, F), (down - up) / 2e-5, atol=1e-8)


@pytest.mark.parametrize("name", LOSSES)
def test_the_start_is_the_best_constant(name):
    """No constant beside it has a lower loss."""
    loss, rng = LOSSES[name], np.random.default_rng(1)
    y = rng.integers(0, 2, 41).astype(float) if name == "log" else rng.normal(size=41)
    start, constant = loss.start(y), np.ones(41)
    least = loss.mean(y, start * constant)
    for beside in (start - 1e-3, start + 1e-3):
        assert loss.mean(y, beside * constant) >= least - 1e-15


@three_numbers
@pytest.mark.parametrize("rules", [{}, {"max_depth": 2, "min_samples_leaf": 7}])
def test_boosting_equals_scikit_learn(data, rules):
    """The same predictions after each of 20 rounds, where no splits tie."""
    X, y = data()
    X = single(X)
    ours = GradientBoostingRegressor(n_estimators=20, **rules).fit(X, y)
    theirs = library.GradientBoostingRegressor(
        n_estimators=20, random_state=0, **rules
    ).fit(X, y)
    both = zip(ours.staged_predict(X), theirs.staged_predict(X), strict=True)
    for mine, peer in both:
        # rounding of means over 1,119 samples, 20 rounds
        np.testing.assert_allclose(mine, peer, atol=1e-9 * np.abs(y).max())


@three_classes
def test_boosted_classes_equal_scikit_learn(data):
    """The same log-odds after each of 20 rounds, where no splits tie."""
    X, y = data()
    X = single(X)
    rules = {"max_depth": 2, "min_samples_leaf": 5}
    ours = GradientBoostingClassifier(n_estimators=20, **rules).fit(X, y)
    theirs = library.GradientBoostingClassifier(
        n_estimators=20, random_state=0, **rules
    ).fit(X, y)
    # rounding, through 20 Newton steps
    np.testing.assert_allclose(
        ours.decision_function(X), theirs.decision_function(X), atol=1e-8
    )
    np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))


@pytest.mark.parametrize("data", [curved, measured, wave])
@pytest.mark.parametrize("quantile", [0.1, 0.5, 0.95])
def test_boosted_quantiles_equal_scikit_learn(data, quantile):
    """The same quantiles after ten rounds from our start, which is no mean of two."""
    X, y = data()
    X = single(X)
    rules = {"n_estimators": 10, "max_depth": 2, "min_samples_leaf": 9}
    ours = GradientBoostingRegressor("quantile", quantile, **rules).fit(X, y)
    theirs = library.GradientBoostingRegressor(
        loss="quantile",
        alpha=quantile,
        init=DummyRegressor(strategy="constant", constant=ours.start_),
        **rules,
    ).fit(X, y)
    # rounding
    np.testing.assert_allclose(ours.predict(X), theirs.predict(X), atol=1e-9)


@quick
@given(lines(), st.sampled_from(["squared_error", "quantile"]))
def test_boosting_never_goes_uphill(data, loss):
    """The training loss of a convex loss with exact steps falls in every round."""
    X, y = data
    model = GradientBoostingRegressor(loss, 0.3, n_estimators=8).fit(X, y)
    # rounding
    assert np.diff(model.losses_).max() <= 1e-12 * model.losses_[0]


@quick
@given(lines())
def test_a_full_step_on_full_trees_remembers_everything(data):
    """With the learning rate 1 and no limit that binds, one round is the targets."""
    X, y = data
    model = GradientBoostingRegressor(n_estimators=1, learning_rate=1, max_depth=60)
    # rounding
    np.testing.assert_allclose(model.fit(X, y).predict(X), y, atol=1e-12 * abs(y).max())


def test_a_share_of_the_targets_lies_below_a_boosted_quantile():
    """In training, a tenth of a sine's noisy samples lies below the tenth."""
    X, y = wave()
    model = GradientBoostingRegressor("quantile", 0.1, min_samples_leaf=10).fit(X, y)
    # leaves of ten and more meet their share to one in ten
    assert np.mean(y < model.predict(X)) == pytest.approx(0.1, abs=0.05)


def test_a_large_mean_costs_no_digits():
    """Targets about 6371 km are boosted like those about zero."""
    X, y = noisy_plane()
    plain = GradientBoostingRegressor(n_estimators=10).fit(X, y)
    far = GradientBoostingRegressor(n_estimators=10).fit(X, 6.371e9 + y)
    # y itself keeps six of sixteen digits behind the point
    np.testing.assert_allclose(far.predict(X) - 6.371e9, plain.predict(X), atol=1e-4)


@pytest.mark.parametrize(
    ("learner", "words"),
    [
        (AdaBoostClassifier(0), "n_estimators must be a whole number >= 1"),
        (GradientBoostingRegressor("huber"), "loss must be one of 'squared_error'"),
        (GradientBoostingRegressor(quantile=1.0), "quantile must be a finite number"),
        (GradientBoostingRegressor(learning_rate=0), "learning_rate must be a finite"),
        (GradientBoostingClassifier(max_depth=None), "max_depth must be a whole"),
    ],
)
def test_wrong_parameters_are_named(learner, words):
    """The error says which parameter, and what is accepted."""
    with pytest.raises(ValueError, match=words):
        learner.fit(*two_clouds())
