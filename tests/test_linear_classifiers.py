"""Perceptron and Adaline do what their theory says and what scikit-learn computes."""

import numpy as np
import pytest
from hypothesis import given, settings
from learner_contract import UNFINISHED, array_api_complaints, contract
from learner_data import clouds, separable, swiss_events, two_clouds
from learner_fits import signs
from sklearn.linear_model import Perceptron as LibraryPerceptron
from sklearn.linear_model import SGDRegressor

from mlearth.learners import Adaline, Perceptron, largest_eta, with_ones

pytestmark = UNFINISHED  # on purpose; test_silent_nonsense shows the warning

quick = settings(deadline=None, max_examples=25)
XOR = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), [-1, 1, 1, -1]
LEARNERS = [Perceptron(), Adaline(), Adaline(batch_size=8)]


def least_squares(X, y):
    """The bias and the weights of least squares, by NumPy."""
    theta = np.linalg.lstsq(with_ones(X), y)[0]
    return theta[0], theta[1:]


@contract(*LEARNERS)
def test_scikit_learn_accepts_the_classifier(learner, check):
    """Every check that scikit-learn has for a classifier of two classes passes."""
    check(learner)


def test_scikit_learn_accepts_the_classifiers_with_the_array_api():
    """The check that needs a process of its own passes as well."""
    said = array_api_complaints(*LEARNERS)
    assert set(said.values()) == {"passed"}


# Perceptron


def test_perceptron_updates_by_hand():
    """Two samples, eta = 1: both are mistakes in epoch 1, none is in epoch 3."""
    # (2, 1) is on the boundary: w = (2, 1), b = 1. For (1, -1), z = 2 and y = -1:
    # w = (1, 2), b = 0. Epoch 2: z = 4 and z = -1, both right.
    learner = Perceptron(shuffle=False).fit([[2.0, 1.0], [1.0, -1.0]], [1, -1])
    assert learner.w_.tolist() == [1.0, 2.0]
    assert learner.b_ == 0.0
    assert learner.errors_ == [2, 0]
    assert learner.n_updates_ == 2


@pytest.mark.parametrize("data", [two_clouds, swiss_events])
def test_perceptron_equals_scikit_learn(data):
    """In the same order of samples the weights are the same to the last bit."""
    X, y = data()
    assert_equals_library_perceptron(X, y, n_iter=20)


@quick
@given(clouds())
def test_perceptron_equals_scikit_learn_on_any_clouds(data):
    """The same holds on generated data, whether or not a line separates them."""
    assert_equals_library_perceptron(*data, n_iter=10)


def assert_equals_library_perceptron(X, y, n_iter):
    """Both only ever add or subtract whole samples, so the sums agree exactly."""
    options = {"shuffle": False, "random_state": 0}
    ours = Perceptron(n_iter=n_iter, **options).fit(X, y)
    library = LibraryPerceptron(max_iter=n_iter, tol=None, **options).fit(X, y)
    assert np.array_equal(ours.w_, library.coef_[0])
    assert ours.b_ == library.intercept_[0]
    assert np.array_equal(ours.predict(X), library.predict(X))


@quick
@given(separable())
def test_perceptron_keeps_to_the_bound_of_its_theorem(data):
    """With a margin gamma the number of updates is at most (R / gamma)^2."""
    X, y, gamma = data
    learner = Perceptron(n_iter=100_000, random_state=0).fit(X, y)
    radius = np.linalg.norm(with_ones(X), axis=1).max()
    assert learner.errors_[-1] == 0
    assert learner.n_updates_ == sum(learner.errors_) <= (radius / gamma) ** 2


@quick
@given(separable())
def test_perceptron_ends_with_no_mistake(data):
    """Where it has converged, every training sample is classified as labelled."""
    X, y, _ = data
    assert Perceptron(n_iter=100_000, random_state=1).fit(X, y).score(X, y) == 1.0


def test_perceptron_never_converges_on_xor():
    """Its weights come back to where they were, so without shuffling it goes round."""
    states = []
    for n_iter in range(1, 9):
        learner = Perceptron(n_iter=n_iter, shuffle=False).fit(*XOR)
        assert len(learner.errors_) == n_iter
        assert min(learner.errors_) > 0
        states.append((*learner.w_, learner.b_))
    assert len(set(states)) < len(states)


def test_perceptron_makes_mistakes_on_xor_in_any_order():
    """No line separates XOR, so each of 1,000 shuffled epochs has a mistake."""
    learner = Perceptron(n_iter=1000, random_state=0).fit(*XOR)
    assert len(learner.errors_) == 1000
    assert min(learner.errors_) > 0


def test_perceptron_eta_scales_the_weights_and_nothing_else():
    """From zero weights, eta = 1/4 gives a quarter of the weights and equal errors."""
    # a power of two: multiplying by it is exact
    X, y = two_clouds()
    one = Perceptron(eta=1.0, n_iter=10, random_state=0).fit(X, y)
    quarter = Perceptron(eta=0.25, n_iter=10, random_state=0).fit(X, y)
    assert np.array_equal(quarter.w_, one.w_ / 4)
    assert quarter.errors_ == one.errors_


def test_perceptron_depends_on_the_order_of_samples():
    """The same seed gives the same weights, another seed gives others."""
    fits = [Perceptron(random_state=seed).fit(*two_clouds()).w_ for seed in (0, 0, 1)]
    assert np.array_equal(fits[0], fits[1])
    assert not np.allclose(fits[0], fits[2])


def test_labels_of_any_kind_come_back():
    """The class that sorts last is +1, and predictions are the labels given."""
    X, y = swiss_events()
    learner = Perceptron(n_iter=2, random_state=0).fit(X, y)
    assert learner.classes_.tolist() == ["earthquake", "quarry blast"]
    is_blast = learner.decision_function(X) > 0
    assert np.array_equal(learner.predict(X) == "quarry blast", is_blast)
    assert np.array_equal(learner.decision_function(X), X @ learner.w_ + learner.b_)


# Adaline


def epochs_to_converge(X, eta, to=1e-12):
    """Steps after which the slowest direction has shrunk to a share `to`."""
    A = with_ones(X)
    curvature = np.linalg.eigvalsh(A.T @ A / len(A))
    return int(np.ceil(np.log(to) / np.log(np.abs(1 - eta * curvature).max())))


@pytest.mark.parametrize("share", [0.1, 0.9, 0.99])
@pytest.mark.parametrize("data", [two_clouds, swiss_events])
def test_adaline_converges_below_the_largest_eta(data, share):
    """With eta < 2 / lambda_max the weights become those of least squares."""
    X, y = data()
    assert_adaline_finds_least_squares(X, y, share * largest_eta(X))


@quick
@given(clouds())
def test_adaline_converges_on_any_clouds(data):
    """The same holds on generated data, half-way to the limit."""
    X, y = data
    assert_adaline_finds_least_squares(X, y, 0.5 * largest_eta(X))


def assert_adaline_finds_least_squares(X, y, eta):
    """Weights are of order 1 and the error has shrunk to 1e-12 of them."""
    learner = Adaline(eta=eta, n_iter=epochs_to_converge(X, eta)).fit(X, y)
    b, w = least_squares(X, signs(y))
    np.testing.assert_allclose([learner.b_, *learner.w_], [b, *w], atol=1e-9)


@pytest.mark.parametrize("data", [two_clouds, swiss_events])
def test_adaline_diverges_beyond_the_largest_eta(data):
    """With eta 1 % above 2 / lambda_max the loss ends up growing with every epoch."""
    X, y = data()
    learner = Adaline(eta=1.01 * largest_eta(X), n_iter=1000).fit(X, y)
    assert np.all(np.diff(learner.losses_[-500:]) > 0)
    assert learner.losses_[-1] > learner.losses_[0]


@quick
@given(clouds())
def test_adaline_diverges_on_any_clouds(data):
    """The same holds on generated data: 10 % above the limit the loss runs away."""
    X, y = data
    learner = Adaline(eta=1.1 * largest_eta(X), n_iter=400).fit(X, y)
    assert learner.losses_[-1] > 1e3 * learner.losses_[0]


def test_adaline_says_that_eta_is_too_large_when_the_loss_overflows():
    """A loss beyond the largest float is an error that names eta and the epoch."""
    with pytest.raises(ValueError, match=r"eta=50 is too large .* overflowed in epoch"):
        Adaline(eta=50, n_iter=1000).fit(*two_clouds())


def test_adaline_loss_falls_in_every_epoch_with_a_safe_eta():
    """Full batches and the default eta go downhill only."""
    learner = Adaline().fit(*swiss_events())
    assert len(learner.losses_) == 101
    assert learner.losses_[0] == 0.5
    assert np.all(np.diff(learner.losses_) < 0)


@pytest.mark.parametrize("data", [two_clouds, swiss_events])
def test_stochastic_adaline_equals_scikit_learn(data):
    """One sample a step in the same order is scikit-learn's SGDRegressor."""
    X, y = data()
    assert_equals_library_sgd(X, y)


@quick
@given(clouds())
def test_stochastic_adaline_equals_scikit_learn_on_any_clouds(data):
    """The same holds on generated data."""
    assert_equals_library_sgd(*data)


def assert_equals_library_sgd(X, y):
    """The steps are the same sums in another order: rounding of 1e-16 a step."""
    eta, options = 2.0**-8, {"shuffle": False, "random_state": 0}
    ours = Adaline(eta=eta, n_iter=5, batch_size=1, **options).fit(X, y)
    library = SGDRegressor(
        penalty=None,
        learning_rate="constant",
        eta0=eta,
        max_iter=5,
        tol=None,
        **options,
    ).fit(X, signs(y))
    expected = [*library.intercept_, *library.coef_]
    np.testing.assert_allclose([ours.b_, *ours.w_], expected, atol=1e-12)


def test_stochastic_adaline_by_hand():
    """One epoch over x = 1, 2 with y = -1, +1 and eta = 1/2."""
    # x = 1: residual -1, w = -1/2, b = -1/2. x = 2: z = -3/2, residual 5/2,
    # w = -1/2 + 5/2 = 2, b = -1/2 + 5/4 = 3/4. All fractions of two: exact.
    learner = Adaline(eta=0.5, n_iter=1, batch_size=1, shuffle=False)
    learner.fit([[1.0], [2.0]], [-1, 1])
    assert (*learner.w_, learner.b_) == (2.0, 0.75)


def test_one_large_batch_is_the_full_batch():
    """A batch that holds all samples takes the same steps, in any order."""
    X, y = two_clouds()
    full = Adaline(n_iter=50).fit(X, y)
    one = Adaline(n_iter=50, batch_size=10_000, random_state=0).fit(X, y)
    # sums of 200 terms in another order, 50 times: 1e-14
    np.testing.assert_allclose(one.w_, full.w_, rtol=1e-12)


# what they refuse


@pytest.mark.parametrize(
    ("learner", "words"),
    [
        (Perceptron(eta=0), r"eta must be a finite number > 0, got 0$"),
        (Perceptron(eta=None), r"eta must be a finite number > 0, got None"),
        (Perceptron(eta=np.nan), r"eta must be .* got nan"),
        (Perceptron(n_iter=0), r"n_iter must be a whole number >= 1, got 0"),
        (Perceptron(n_iter=2.5), r"n_iter must be a whole number >= 1, got 2.5"),
        (Perceptron(shuffle="yes"), r"shuffle must be True or False, got 'yes'"),
        (
            Perceptron(random_state=-1),
            r"random_state must be a whole number >= 0.*None",
        ),
        (Adaline(eta=-0.1), r"eta must be a finite number > 0 or None, got -0.1"),
        (
            Adaline(batch_size=0),
            r"batch_size must be a whole number >= 1 or None, got 0",
        ),
    ],
)
def test_a_wrong_parameter_is_named(learner, words):
    """The error says which parameter, what it was and what is accepted."""
    with pytest.raises(ValueError, match=words):
        learner.fit(*two_clouds())


@pytest.mark.parametrize("learner", [Perceptron(), Adaline()])
@pytest.mark.parametrize(
    ("y", "words"),
    [
        ([1, 1, 1], "y has one class only, 1: two are needed"),
        (["a", "b", "c"], "y has 3 classes, two are accepted"),
        ([0.5, 1.5, 2.5], "Unknown label type"),
    ],
)
def test_labels_that_are_not_two_classes_are_refused(learner, y, words):
    """One class, three, or real numbers: each has its error."""
    with pytest.raises(ValueError, match=words):
        learner.fit([[1.0], [2.0], [3.0]], y)
