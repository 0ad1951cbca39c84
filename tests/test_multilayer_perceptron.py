"""Networks of layers do what their equations say, and what the libraries do."""

import re
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learner_contract import array_api_complaints, contract
from learner_data import noisy_plane, ridgecrest_sample, swiss_events
from learner_fits import shaken_classes, standardised
from sklearn.neural_network import MLPClassifier as TheirClassifier
from sklearn.neural_network import MLPRegressor as TheirRegressor

from mlearth.learners import (
    LinearRegression,
    MLPClassifier,
    MLPRegressor,
    SoftmaxRegression,
    adam_step,
    backward,
    bend,
    forward,
    gradient_check,
    initial_weights,
    momentum_step,
    network_gradient,
    network_loss,
    pack,
    sgd_step,
    slope_of_bend,
    unpack,
)

LEARNERS = [MLPRegressor(random_state=0), MLPClassifier(random_state=0)]
quick = settings(deadline=None, max_examples=25)
XOR = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])


def spiral():
    """Three noisy arms: X (300, 2), y of text."""
    rng = np.random.default_rng(0)
    turn, arm = np.tile(np.linspace(0.3, 3, 100), 3), np.repeat([0, 1, 2], 100)
    angle = turn + 2 * np.pi * arm / 3 + 0.1 * rng.normal(size=300)
    X = turn[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return X, np.array(["a", "b", "c"])[arm]


@cache
def swiss_kinds():
    """Blast, earthquake, or large event of either: X (1897, 4), y of text."""
    X, y = swiss_events()
    return X[:, :4], np.where(X[:, 4] > 1, "large", y)


def sines():
    """A wavy surface: X (150, 3), y (150,)."""
    rng = np.random.default_rng(3)
    X = rng.normal(size=(150, 3))
    return X, np.sin(2 * X[:, 0]) + X[:, 1] * X[:, 2] + 0.1 * rng.normal(size=150)


@contract(*LEARNERS)
def test_scikit_learn_accepts_the_learner(learner, check):
    """Every check that scikit-learn has for a regressor or a classifier passes."""
    check(learner)


def test_scikit_learn_accepts_the_learners_with_the_array_api():
    """The check that needs a process of its own passes as well."""
    assert set(array_api_complaints(*LEARNERS).values()) == {"passed"}


# forward and backward


def test_forward_by_hand():
    """Two relu units make a tent: 0, 1, 0 at -1, 0, 1, and below."""
    layers = [
        (np.array([[1.0, 1.0]]), np.array([1.0, 0.0])),
        (np.array([[1.0], [-2.0]]), np.array([0.0])),
    ]
    A = forward(layers, [[-1.0], [0.0], [1.0], [3.0]], "relu")
    assert A[1].tolist() == [[0, 0], [1, 0], [2, 1], [4, 3]]
    assert A[-1].ravel().tolist() == [0, 1, 0, -2]


def test_backward_by_hand():
    """One chain of two units: every derivative is a product along the way."""
    layers = [(np.array([[2.0]]), np.zeros(1)), (np.array([[3.0]]), np.ones(1))]
    A = forward(layers, [[0.5]], "tanh")
    (dW1, db1), (dW2, db2) = backward(layers, A, [[10.0]], "tanh")
    a = np.tanh(1.0)
    # rounding of a few products
    np.testing.assert_allclose([dW2[0, 0], db2[0]], [10 * a, 10], rtol=1e-14)
    np.testing.assert_allclose(db1[0], 30 * (1 - a**2), rtol=1e-14)
    np.testing.assert_allclose(dW1[0, 0], 15 * (1 - a**2), rtol=1e-14)


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "identity"])
def test_the_slope_of_a_bend(activation):
    """It is that of a finite difference, from what the bend gave."""
    z, h = np.array([[-3.0, -0.4, 0.2, 2.5]]), 1e-6
    slopes = (bend(z + h, activation) - bend(z - h, activation)) / (2 * h)
    # the step squared, and rounding / step
    found = slope_of_bend(bend(z, activation), activation)
    np.testing.assert_allclose(found, slopes, atol=1e-9)


@quick
@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([[2, 1], [3, 4, 2], [1, 5, 3, 2]]),
    st.sampled_from(["tanh", "sigmoid", "identity"]),
    st.sampled_from(["squared", "cross_entropy"]),
    st.sampled_from([0.0, 0.7]),
)
def test_backpropagation_is_the_slope(seed, sizes, activation, loss, alpha):
    """Nudging every weight gives the gradient, whatever the network."""
    rng = np.random.default_rng(seed)
    layers = [
        (W, rng.normal(size=b.shape)) for W, b in initial_weights(sizes, 1.0, rng)
    ]
    X = rng.normal(size=(7, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(sizes[-1], size=7)]
    assert gradient_check(layers, X, Y, activation, loss, alpha) < 1e-6


def test_the_check_notices_a_wrong_gradient(monkeypatch):
    """A slope that is left out costs far more than the tolerance."""
    from mlearth.learners.neural import activations

    layers = initial_weights([2, 4, 1], random_state=0)
    X, Y = np.ones((3, 2)), np.ones((3, 1))
    ones = {"tanh": np.ones_like}
    monkeypatch.setattr(activations, "SLOPES", ones)
    assert gradient_check(layers, X, Y) > 1e-3


def test_the_penalty_leaves_the_biases_alone():
    """Its part of the loss and of the gradient is that of the weights."""
    layers = [(np.array([[3.0]]), np.array([5.0]))]
    X, Y = np.ones((2, 1)), np.full((2, 1), 8.0)
    assert network_loss(layers, X, Y, alpha=4.0) == 9.0  # 4 / (2 * 2) * 3**2
    assert network_gradient(layers, X, Y, alpha=4.0)[0][0] == [[6.0]]
    assert network_gradient(layers, X, Y, alpha=4.0)[0][1] == [0.0]


# where the walk begins


@pytest.mark.parametrize(
    ("spread", "sigma"), [("glorot", 0.05), ("he", (2 / 300) ** 0.5), (0.3, 0.3)]
)
def test_starting_weights_have_their_spread(spread, sigma):
    """Of 150,000 numbers the deviation is known to a third of a percent."""
    (W, b), _ = initial_weights([300, 500, 1], spread, random_state=1)
    assert W.std() == pytest.approx(sigma, rel=0.01)
    assert not b.any()


def test_packing_is_undone():
    """A vector of the layers, and the layers of the vector."""
    layers = initial_weights([2, 3, 1], random_state=0)
    theta = pack(layers)
    assert theta.shape == (13,)
    for (W, b), (V, c) in zip(layers, unpack(theta, [2, 3, 1]), strict=True):
        np.testing.assert_array_equal(W, V)
        np.testing.assert_array_equal(b, c)


# steps


def test_steps_by_hand():
    """SGD, momentum and Adam on one parameter, for two steps."""
    assert sgd_step([4.0], None, 0.5)[0].tolist() == [-2.0]
    first, memory = momentum_step([4.0], None, 0.5, 0.5)
    second, _ = momentum_step([2.0], memory, 0.5, 0.5)
    assert (first.tolist(), second.tolist()) == ([-2.0], [-2.0])
    first, memory = adam_step([4.0], None, 0.1, 0.5, 0.75)
    second, _ = adam_step([2.0], memory, 0.1, 0.5, 0.75)
    # corrected means: 4, then (4/4 + 2/2) / (3/4); squares: 16, then
    # (3/16 * 16 + 1/4 * 4) / (7/16); the small number is worth 1e-7
    np.testing.assert_allclose(first, [-0.1], rtol=1e-6)
    expected = -0.1 * (2 / 0.75) / np.sqrt(4 / (7 / 16))
    np.testing.assert_allclose(second, [expected], rtol=1e-6)


def test_adam_does_not_care_for_the_size_of_a_gradient():
    """A thousand times the gradient, the same step."""
    change, _ = adam_step([1e3, 1.0, -1e-3])
    # the small number is 1e-7 of the smallest root, which is 3e-5
    np.testing.assert_allclose(change, [-1e-3, -1e-3, 1e-3], rtol=4e-3)


# against scikit-learn

SOLVERS = {"sgd": ("sgd", 0.0), "momentum": ("sgd", 0.9), "adam": ("adam", 0.0)}


def pair(ours, theirs, X, y, optimiser, activation, epochs=20):
    """Fit both from one start, and return them with the share of the penalty."""
    solver, momentum = SOLVERS[optimiser]
    batch, eta, n = 32, 0.01, len(X)
    options = {
        "hidden_layer_sizes": (8, 5),
        "activation": "logistic" if activation == "sigmoid" else activation,
        "solver": solver,
        "alpha": 0.3 * batch / n,
        "batch_size": batch,
        "learning_rate_init": eta,
        "momentum": momentum,
        "nesterovs_momentum": False,
        "epsilon": 1e-7,
        "shuffle": False,
        "tol": 0.0,
        "n_iter_no_change": 1000,
        "random_state": 0,
    }
    peer = theirs(**options, max_iter=1, warm_start=True)
    with pytest.warns(match="Maximum iterations"):
        peer.fit(X, y)
    start = [
        (W.copy(), b.copy()) for W, b in zip(peer.coefs_, peer.intercepts_, strict=True)
    ]
    peer.set_params(max_iter=epochs)
    with pytest.warns(match="Maximum iterations"):
        peer.fit(X, y)
    own = ours((8, 5), activation, optimiser, eta, batch, epochs, 0.3, shuffle=False)
    return own.fit(X, y, start=start), peer


def whole(X, y):
    """Every row of whole batches: scikit-learn weighs the penalty by the batch."""
    return X[: 32 * (len(X) // 32)], y[: 32 * (len(X) // 32)]


@pytest.mark.parametrize("optimiser", SOLVERS)
@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
@pytest.mark.parametrize("data", [noisy_plane, ridgecrest_sample, sines])
def test_the_regressor_equals_scikit_learn(data, activation, optimiser):
    """From one start the weights stay the same over twenty epochs."""
    X, y = whole(*standardised(*data()))
    own, peer = pair(MLPRegressor, TheirRegressor, X, y, optimiser, activation)
    # rounding over some 700 steps; at a kink of relu it may choose another side
    np.testing.assert_allclose(own.predict(X), peer.predict(X), atol=1e-8)


@pytest.mark.parametrize("optimiser", SOLVERS)
@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
@pytest.mark.parametrize("data", [spiral, swiss_kinds, lambda: shaken_classes(20)])
def test_the_classifier_equals_scikit_learn(data, activation, optimiser):
    """Likewise with a softmax at the top, for three and more classes."""
    X, y = whole(*data())
    own, peer = pair(MLPClassifier, TheirClassifier, X, y, optimiser, activation)
    np.testing.assert_allclose(own.predict_proba(X), peer.predict_proba(X), atol=1e-8)


# the learners


def test_without_hidden_units_it_is_a_linear_model():
    """Least squares, and softmax regression with its penalty, come out."""
    X, y = standardised(*noisy_plane())
    line = LinearRegression().fit(X, y)
    flat = MLPRegressor((), optimiser="sgd", eta=0.2, batch_size=100, n_epochs=500)
    # the slowest of these directions shrinks by 0.8 to 0.9 a step
    np.testing.assert_allclose(flat.fit(X, y).predict(X), line.predict(X), atol=1e-8)
    X, y = spiral()
    soft = SoftmaxRegression(alpha=1.0).fit(X, y)
    flat = MLPClassifier(
        (), optimiser="sgd", eta=0.5, batch_size=300, n_epochs=2000, alpha=1.0
    ).fit(X, y)
    found = flat.predict_proba(X)
    np.testing.assert_allclose(found, soft.predict_proba(X), atol=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_two_layers_learn_what_no_line_can(seed):
    """Exclusive or: four corners of a square, right with eight units."""
    net = MLPClassifier((8,), eta=0.05, n_epochs=300, random_state=seed).fit(*XOR)
    assert net.predict(XOR[0]).tolist() == XOR[1].tolist()
    flat = MLPClassifier((8,), "identity", eta=0.05, n_epochs=300, random_state=seed)
    assert flat.fit(*XOR).score(*XOR) < 1


def test_a_seed_repeats_a_fit():
    """The same seed, the same network; another seed, another one."""
    X, y = sines()
    one, two, other = (
        MLPRegressor((4,), n_epochs=3, dropout=0.2, random_state=seed).fit(X, y)
        for seed in (0, 0, 1)
    )
    assert one.predict(X).tolist() == two.predict(X).tolist()
    assert one.predict(X).tolist() != other.predict(X).tolist()


def test_a_start_is_left_alone():
    """`fit` walks away from the weights that it is given, not with them."""
    start = initial_weights([3, 4, 1], random_state=0)
    before = pack(start)
    model = MLPRegressor((4,), n_epochs=2).fit(*sines(), start=start)
    assert pack(start).tolist() == before.tolist() != pack(model.layers_).tolist()
    loss = network_loss(start, sines()[0], sines()[1][:, None])
    assert model.losses_[0] == pytest.approx(loss, rel=1e-14)


@pytest.mark.parametrize("named", [False, True])
def test_early_stopping_returns_to_the_best(named):
    """It stops `patience` epochs after the least validation loss, and goes back."""
    X, y = sines()
    model = MLPRegressor((64,), eta=0.02, n_epochs=500, patience=10, random_state=0)
    other = (X[100:], y[100:])
    model.fit(X[:100], y[:100], validation=other if named else None)
    watched = model.validation_losses_
    assert np.argmin(watched) == model.best_epoch_ == len(watched) - 11 < 490
    assert len(watched) == len(model.losses_)
    if named:
        found = np.mean((other[1] - model.predict(other[0])) ** 2) / 2
        assert found == pytest.approx(min(watched), rel=1e-12)


def test_a_penalty_shrinks_the_weights():
    """Ten times the penalty, smaller weights."""
    sizes = [
        np.linalg.norm(
            pack(MLPRegressor((16,), alpha=alpha, random_state=0).fit(*sines()).layers_)
        )
        for alpha in (0, 1, 10)
    ]
    assert sizes[0] > sizes[1] > sizes[2]


def test_dropout_keeps_the_mean_of_a_linear_network():
    """Of a line what is kept is enlarged, so the mean over many draws is the whole."""
    net = MLPRegressor((50,), "identity", dropout=0.4)
    net._loss, rng = "squared", np.random.default_rng(0)
    layers = initial_weights([2, 50, 1], random_state=0)
    X, Y = np.array([[1.0, -2.0]]), np.zeros((1, 1))
    # the derivative by the last bias is what the thinned network says
    said = [net._gradient(layers, X, Y, 1.0, rng)[1][1][0] for _ in range(4000)]
    usual = forward(layers, X, "identity")[-1][0, 0]
    # three standard errors of the mean
    assert np.mean(said) == pytest.approx(usual, abs=3 * np.std(said) / 4000**0.5)
    assert np.std(said) > 0.1


def test_dropout_of_next_to_nothing_is_none():
    """With a share that drops no unit the walk is the same."""
    X, y = sines()
    options = {"hidden": (4,), "n_epochs": 2, "alpha": 1.0, "shuffle": False}
    start = initial_weights([3, 4, 1], random_state=0)
    none, few = (
        MLPRegressor(**options, dropout=share, random_state=0).fit(X, y, start=start)
        for share in (0.0, 1e-12)
    )
    np.testing.assert_allclose(none.predict(X), few.predict(X), atol=1e-9)


# what they refuse

GOOD = initial_weights([3, 4, 1], random_state=0)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: forward([], [[1.0]]), "layers must be a list of pairs (W, b)"),
        (lambda: forward([1], [[1.0]]), "layers[0] must be a pair (W, b), got 1"),
        (lambda: forward(GOOD, [[1.0]]), "X must be a table with 3 columns"),
        (
            lambda: network_loss(GOOD, [[1.0, 2, 3]], [[1.0, 2]]),
            "Y must be a table with 1 columns",
        ),
        (
            lambda: forward([GOOD[0], GOOD[0]], [[1.0, 2, 3]]),
            "layers[1][0] must be of shape (4, 4), got shape (3, 4)",
        ),
        (
            lambda: backward(GOOD, forward(GOOD, np.ones((2, 3))), [[1.0]]),
            "delta must be of shape (2, 1)",
        ),
        (
            lambda: backward(GOOD, [np.ones((2, 3))], np.ones((2, 1))),
            "A must be arrays with [3, 4, 1] columns",
        ),
        (
            lambda: backward(GOOD, [np.ones((2, 3)), np.ones((3, 4))], [[1.0]]),
            "A must be arrays with one number of rows, got 2, 3",
        ),
        (lambda: unpack([1.0, 2.0], [1, 2]), "theta must be 4 numbers, for sizes [1, "),
        (lambda: unpack(np.ones(5), [1, 2]), "theta must be 4 numbers, for sizes [1, "),
        (lambda: initial_weights([3]), "sizes must be two or more whole numbers"),
        (lambda: initial_weights([2, 2], "lecun"), "spread must be 'glorot', 'he' or"),
        (lambda: initial_weights([10**6, 10**6, 1]), "sizes must be such that 2684354"),
        (lambda: sgd_step([1.0], (1,)), "memory must be None or what the last step re"),
        (
            lambda: momentum_step([1.0], (np.ones(2),)),
            "memory must be 1 values, one for",
        ),
    ],
)
def test_a_wrong_network_is_named(call, words):
    """The error says which argument, what it was and what is accepted."""
    with pytest.raises(ValueError, match=re.escape(words)):
        call()


@pytest.mark.parametrize(
    ("settings", "given", "words"),
    [
        ({"hidden": 8}, {}, "hidden must be a tuple of whole numbers >= 1"),
        ({"dropout": 1.0}, {}, "dropout must be a finite number >= 0 and < 1"),
        ({"optimiser": "rmsprop"}, {}, "optimiser must be one of 'adam', 'momentum', "),
        ({"eta": 1e200, "optimiser": "sgd"}, {}, "is too large for this X and y: the "),
        ({}, {"start": GOOD}, "start must be layers of sizes [3, 32, 32, 1]"),
        ({}, {"validation": 3}, "validation must be a pair (X, y), got int"),
        ({}, {"validation": (sines()[0], [1.0])}, "validation[1] must be 150 values"),
        (
            {"patience": 3, "validation_share": 1e-3},
            {},
            "validation_share must be such",
        ),
    ],
)
def test_a_wrong_setting_is_named(settings, given, words):
    """The learner names the parameter, or the argument of `fit`."""
    with pytest.raises(ValueError, match=re.escape(words)):
        MLPRegressor(**settings, n_epochs=3).fit(*sines(), **given)


def test_an_unknown_class_is_named():
    """Validation labels must be among those learned."""
    X, y = spiral()
    with pytest.raises(ValueError, match=r"validation\[1\] must be one of \['a', 'b'"):
        MLPClassifier(n_epochs=1).fit(X, y, validation=(X[:2], ["a", "z"]))


def test_a_watched_classifier_notes_its_losses():
    """The validation loss of the training data itself is the training loss."""
    X, y = spiral()
    net = MLPClassifier((5,), n_epochs=2, random_state=0).fit(X, y, validation=(X, y))
    assert net.losses_ == net.validation_losses_
