"""Ordinal regression does what its equations say."""

import numpy as np
import pytest
from learner_contract import array_api_complaints, contract
from learner_data import swiss_events, two_clouds
from learner_fits import assert_slopes, shaken_classes
from scipy.optimize import minimize
from sklearn.exceptions import ConvergenceWarning
from statsmodels.miscmodels.ordinal_model import OrderedModel

from mlearth.learners import LogisticRegression, OrdinalLogisticRegression, sigmoid
from mlearth.learners.linear.ordinal_regression import (
    log_class_probabilities,
    ordinal_derivatives,
)


@contract(OrdinalLogisticRegression())
def test_scikit_learn_accepts_the_classifier(learner, check):
    """Every check that scikit-learn has for a classifier passes."""
    check(learner)


def test_scikit_learn_accepts_the_classifier_with_the_array_api():
    """The check that needs a process of its own passes as well."""
    found = array_api_complaints(OrdinalLogisticRegression())
    assert set(found.values()) == {"passed"}


def test_ordinal_of_two_classes_is_logistic_regression():
    """One threshold is a bias with the other sign."""
    X, y = swiss_events()
    ordinal = OrdinalLogisticRegression(alpha=2.0).fit(X, y)
    logistic = LogisticRegression(alpha=2.0).fit(X, y)
    # both end with a quadratic step from 1e-10
    np.testing.assert_allclose(ordinal.w_, logistic.w_, atol=1e-8)
    np.testing.assert_allclose(-ordinal.thresholds_[0], logistic.b_, atol=1e-8)


def drawn_classes():
    """Four classes drawn from a known ordinal law: X (2000, 2), codes."""
    rng = np.random.default_rng(3)
    X = rng.normal(size=(2000, 2))
    noise = rng.logistic(size=2000)
    return X, np.digitize(X @ [2.0, -1.0] + noise, [-1.5, 0.0, 3.0])


def swiss_sizes():
    """Classes of magnitude from the other features: X (633, 4), codes 0 to 2."""
    X = swiss_events()[0][::3]
    return np.delete(X, 4, axis=1), np.digitize(X[:, 4], [-0.5, 0.8])


def shaken_few():
    """Ridgecrest: 448 records in four classes, the two highest joined."""
    X, y = shaken_classes(50)
    return X, np.minimum(y, 3)


@pytest.mark.parametrize("data", [drawn_classes, swiss_sizes, shaken_few])
def test_ordinal_equals_statsmodels(data):
    """Without a penalty the weights and thresholds are those of OrderedModel."""
    X, y = data()
    ours = OrdinalLogisticRegression(alpha=1e-9).fit(X, y)
    theirs = OrderedModel(y, X, distr="logit")
    found = theirs.fit(method="bfgs", disp=False, gtol=1e-6, maxiter=500).params
    m = X.shape[1]
    # statsmodels differentiates numerically: its solution is good to some 1e-6
    np.testing.assert_allclose(ours.w_, found[:m], rtol=1e-4)
    inner = theirs.transform_threshold_params(found)[1:-1]
    np.testing.assert_allclose(ours.thresholds_, inner, rtol=1e-4)


def test_ordinal_equals_a_general_minimiser():
    """SciPy, given only the probabilities as differences, ends at the same place."""
    X, y = drawn_classes()
    ours = OrdinalLogisticRegression(alpha=5.0).fit(X, y)

    def loss(t):
        below = np.c_[np.zeros(len(y)), sigmoid(t[:3] - (X @ t[3:])[:, None])]
        chance = np.diff(np.c_[below, np.ones(len(y))], axis=1)
        seen = chance[np.arange(len(y)), y]
        return -np.log(seen).sum() + 2.5 * np.sum(t[3:] ** 2)

    found = minimize(loss, [-1, 0, 1, 0, 0], method="BFGS", options={"gtol": 1e-4})
    # its gradient is numerical: 1e-8 * loss / curvature
    np.testing.assert_allclose([*ours.thresholds_, *ours.w_], found.x, rtol=1e-4)


def test_ordinal_finds_the_truth_of_a_simulation():
    """From 2,000 labels the known weights and thresholds come back."""
    ours = OrdinalLogisticRegression(alpha=1e-3).fit(*drawn_classes())
    # standard errors are 0.05 to 0.11: three of them
    np.testing.assert_allclose(ours.w_, [2.0, -1.0], atol=0.2)
    np.testing.assert_allclose(ours.thresholds_, [-1.5, 0.0, 3.0], atol=0.35)


def test_ordinal_probabilities_are_differences():
    """Between two thresholds lies the difference of two logistic functions."""
    thresholds, z = np.array([-1.0, 0.5, 4.0]), np.array([-2.0, 0.0, 3.0])
    below = np.c_[np.zeros(3), sigmoid(thresholds - z[:, None]), np.ones(3)]
    found = np.exp(log_class_probabilities(thresholds, z))
    # rounding of a difference of numbers up to 1
    np.testing.assert_allclose(found, np.diff(below, axis=1), atol=1e-15)


def test_ordinal_probabilities_keep_their_digits():
    """Far above all thresholds the classes still differ, where 1 - 1 would be 0."""
    log_p = log_class_probabilities(np.array([0.0, 1.0]), np.array([60.0]))
    assert log_p[0, 0] == pytest.approx(-60, rel=1e-14)
    # ln(e - 1) - 60: the share between two thresholds
    assert log_p[0, 1] == pytest.approx(np.log(np.e - 1) - 60, rel=1e-12)


def test_ordinal_derivatives_are_slopes():
    """Differences of the loss give the gradient, of the gradient the Hessian."""
    X, y = drawn_classes()

    def loss(t):
        log_p = log_class_probabilities(t[:3], X @ t[3:])
        return -log_p[np.arange(len(y)), y].mean()

    def derivatives(t):
        return ordinal_derivatives(t[:3], t[3:], X, y)

    theta = np.array([-1.0, 0.3, 1.1, 0.4, -0.2])
    assert_slopes(loss, lambda t: derivatives(t)[0], theta, derivatives(theta)[1])


def test_the_order_is_the_readers_not_the_alphabets():
    """Words in their order give the fit of the numbers; sorted words give another."""
    X, y = drawn_classes()
    words = np.array(["weak", "light", "strong", "severe"])
    named = OrdinalLogisticRegression(order=list(words)).fit(X, words[y])
    numbered = OrdinalLogisticRegression().fit(X, y)
    assert named.w_.tolist() == numbered.w_.tolist()
    assert named.predict(X).tolist() == words[numbered.predict(X)].tolist()
    alphabetic = OrdinalLogisticRegression().fit(X, words[y])
    assert alphabetic.classes_.tolist() == sorted(words)
    assert alphabetic.losses_[-1] > numbered.losses_[-1] + 0.1


def test_turning_the_order_around_turns_the_signs():
    """Classes counted from the top: weights and thresholds change sign."""
    X, y = drawn_classes()
    up, down = (OrdinalLogisticRegression().fit(X, codes) for codes in (y, 3 - y))
    # both end with a quadratic step from 1e-10
    np.testing.assert_allclose(down.w_, -up.w_, atol=1e-8)
    np.testing.assert_allclose(down.thresholds_, -up.thresholds_[::-1], atol=1e-8)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"n_iter": 0}, r"n_iter must be a whole number >= 1"),
        ({"order": "up"}, r"order must be a list .*or None"),
        ({"order": [1]}, r"each of the labels \[-1, 1\] once"),
        ({"order": [1, -1, 1]}, r"got \[1, -1, 1\]"),
    ],
)
def test_a_wrong_parameter_is_named(parameters, words):
    """The error says which parameter, what it was and what is accepted."""
    with pytest.raises(ValueError, match=words):
        OrdinalLogisticRegression(**parameters).fit(*two_clouds())


def test_one_class_is_refused():
    """Nothing can be told apart from one class."""
    with pytest.raises(ValueError, match="y has one class only, 'a': "):
        OrdinalLogisticRegression().fit([[1.0], [2.0]], ["a", "a"])


def test_too_few_steps_are_told():
    """One step does not reach the minimum: a warning says so, and the fit stays."""
    learner = OrdinalLogisticRegression(n_iter=1)
    with pytest.warns(ConvergenceWarning, match=r"took n_iter=1 .* tol=1e-10"):
        learner.fit(*two_clouds())
    assert len(learner.losses_) == 2
