"""Perceptron and Adaline do what their theory says and what scikit-learn computes."""

import numpy as np
import pytest
from hypothesis import given, settings
from learner_contract import array_api_complaints, contract
from learner_data import clouds, separable, swiss_events, two_clouds
from scipy.optimize import check_grad
from sklearn.linear_model import Perceptron as LibraryPerceptron
from sklearn.linear_model import SGDRegressor
from sklearn.preprocessing import LabelEncoder

from mlearth.learners import (
    Adaline,
    Perceptron,
    batches,
    largest_eta,
    safe_eta,
    squared_loss,
    squared_loss_gradient,
    with_ones,
)

XOR = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), [-1, 1, 1, -1]
LEARNERS = [Perceptron(), Adaline(), Adaline(batch_size=8)]
quick = settings(deadline=None, max_examples=25)


def signs(y):
    """Code two classes as -1 and +1, the later one in sorted order as +1."""
    return 2.0 * LabelEncoder().fit_transform(y) - 1.0


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


# the squared loss and its gradient


@quick
@given(clouds())
def test_gradient_is_the_slope_of_the_loss(data):
    """Finite differences of the loss give its gradient."""
    X, y = data
    rng = np.random.default_rng(0)
    theta = rng.normal(size=X.shape[1] + 1)

    def loss(theta):
        return squared_loss(theta[1:], theta[0], X, y)

    def gradient(theta):
        dw, db = squared_loss_gradient(theta[1:], theta[0], X, y)
        return np.concatenate([[db], dw])

    # a forward difference of step h errs by h / 2 times the curvature (at most the
    # squared norm of a sample), and by rounding, about 1e-16 loss / h
    h = 1e-6
    curvature = np.sum(with_ones(X) ** 2, axis=1).max()
    tolerance = (h * curvature + 1e-15 * (1 + loss(theta)) / h) * np.sqrt(theta.size)
    assert check_grad(loss, gradient, theta, epsilon=h) < tolerance
    assert np.linalg.norm(gradient(theta)) > tolerance


def test_loss_is_half_the_mean_square():
    """Residuals 1 and 3 have a loss of (1 + 9) / 2 / 2."""
    X, y = np.array([[1.0], [2.0]]), np.array([2.0, 5.0])
    assert squared_loss(np.ones(1), 0.0, X, y) == 2.5


@pytest.mark.parametrize("function", [squared_loss, squared_loss_gradient])
def test_loss_refuses_shapes_that_would_broadcast(function):
    """A column for y would make a matrix of residuals: it is refused."""
    X, y = two_clouds()
    with pytest.raises(ValueError, match=r"y \(n_samples,\)"):
        function(np.zeros(3), 0.0, X, y[:, None])


def test_largest_eta_of_one_feature_by_hand():
    """Curvature of centred x is [1, mean(x^2)]: for x = -3, 3 the limit is 2/9."""
    # two eigenvalue roundings: 1e-15 relative
    assert largest_eta([[-3.0], [3.0]]) == pytest.approx(2 / 9, rel=1e-14)


@quick
@given(clouds())
def test_safe_eta_is_at_most_half_the_largest(data):
    """The curvature is at most the largest squared norm of a sample."""
    X, _ = data
    # rounding of an eigenvalue: 1e-14 relative
    assert safe_eta(X) <= largest_eta(X) / 2 * (1 + 1e-14)


@quick
@given(clouds())
def test_safe_eta_never_overshoots_on_a_single_sample(data):
    """Each sample's own curvature is its squared norm: eta times it is at most one."""
    X, _ = data
    own = safe_eta(X) * np.sum(with_ones(X) ** 2, axis=1)
    # rounding of a sum and a division
    assert own.max() == pytest.approx(1.0, rel=1e-14)


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


@pytest.mark.parametrize("batch_size", [1, 7, 60, None])
def test_batches_hold_every_sample_once(batch_size):
    """Whatever the size of a batch, an epoch meets each sample exactly once."""
    rows = np.arange(60)
    rng = np.random.default_rng(0)
    cut = [rows[batch] for batch in batches(60, batch_size, True, rng)]
    assert sorted(np.concatenate(cut).tolist()) == rows.tolist()
    assert all(len(batch) == (batch_size or 60) for batch in cut[:-1])


def test_batches_are_shuffled_only_when_asked():
    """Without shuffling the rows keep their order; with it each epoch has its own."""
    rng = np.random.default_rng(0)
    plain = np.concatenate(list(batches(60, 7, False, rng)))
    first, second = (np.concatenate(list(batches(60, 7, True, rng))) for _ in range(2))
    assert plain.tolist() == list(range(60))
    assert first.tolist() != second.tolist()


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
        ([0, 1], "inconsistent numbers of samples"),
    ],
)
def test_labels_that_are_not_two_classes_are_refused(learner, y, words):
    """One class, three, real numbers, or too few labels: each has its error."""
    with pytest.raises(ValueError, match=words):
        learner.fit([[1.0], [2.0], [3.0]], y)


@pytest.mark.parametrize("function", [with_ones, largest_eta, safe_eta])
def test_matrices_with_gaps_are_refused(function):
    """NaN in X is an error that names X."""
    with pytest.raises(ValueError, match="Input X contains NaN"):
        function([[1.0, np.nan]])
