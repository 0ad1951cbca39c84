"""Recurrent cells do what their equations say, and their gradients are slopes."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlearth.learners import (
    gru_step,
    initial_cell,
    lstm_step,
    rnn_step,
    sigmoid,
    through_time,
    time_check,
    unroll,
)

CELLS = ["rnn", "lstm", "gru"]
quick = settings(deadline=None, max_examples=20)


def drawn(cell, n=4, n_times=6, n_features=3, n_units=5, seed=0):
    """Weights with biases that are not zero, sequences, and blame for each step."""
    rng = np.random.default_rng(seed)
    W, U, b = initial_cell(n_features, n_units, cell, rng)
    x = rng.normal(size=(n, n_times, n_features))
    weights = W, U, b + rng.normal(size=b.shape)
    return weights, x, rng.normal(size=(n, n_times, n_units))


# one step


def test_an_lstm_by_hand():
    """One unit, number by number: each gate has a column of its own."""
    x, h, c = 0.5, -0.2, 0.8
    W, U, b = np.array([1.0, 2, 3, 4]), np.array([0.1, 0.2, 0.3, 0.4]), np.arange(4.0)
    i, f, g, o = (w * x + u * h + bias for w, u, bias in zip(W, U, b, strict=True))
    memory = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
    said = np.tanh(memory) / (1 + np.exp(-o))
    found = lstm_step([[x]], [[h]], [[c]], W[None], U[None], b)
    # rounding
    np.testing.assert_allclose(np.ravel(found), [said, memory], rtol=1e-14)


def test_a_gru_by_hand():
    """The update gate keeps, and the reset gate multiplies after the weights."""
    x, h = 0.5, -0.2
    W, U = np.array([1.0, 2, 3]), np.array([0.1, 0.2, 0.3])
    b = np.array([[0.0, 1, 2], [3, 4, 5]])
    z, r = (sigmoid(np.array(W * x + b[0] + U * h + b[1]))[k] for k in (0, 1))
    candidate = np.tanh(W[2] * x + b[0, 2] + r * (U[2] * h + b[1, 2]))
    found = gru_step([[x]], [[h]], W[None], U[None], b)
    # rounding
    np.testing.assert_allclose(found, [[z * h + (1 - z) * candidate]], rtol=1e-14)


def test_a_shut_lstm_remembers_for_ever():
    """With the input gate shut and the forget gate open the memory stays."""
    W, U = np.ones((2, 12)), np.ones((3, 12))
    b = np.repeat([-99.0, 99.0, 0.0, 99.0], 3)
    h = c = np.array([[0.1, -0.4, 0.9]])
    for x in np.random.default_rng(0).normal(size=(500, 1, 2)):
        h, c = lstm_step(x, h, c, W, U, b)
    assert c.tolist() == [[0.1, -0.4, 0.9]]


def test_the_forget_gate_begins_open():
    """Its biases are 1, all others 0; the GRU has two rows of zeros."""
    _, U, b = initial_cell(2, 4, random_state=0)
    assert b.tolist() == [0] * 4 + [1] * 4 + [0] * 8
    assert not initial_cell(2, 4, "gru", 0)[2].any()
    for block in np.split(U, 4, axis=1):
        # rounding of a product
        np.testing.assert_allclose(block.T @ block, np.eye(4), atol=1e-14)


# a sequence


def test_unrolling_is_the_step_again_and_again():
    """One weight, one state after the other, for all three cells."""
    steps = {"rnn": rnn_step, "lstm": lstm_step, "gru": gru_step}
    for cell, step in steps.items():
        weights, x, _ = drawn(cell)
        state = [np.zeros((4, 5))] * (1 + (cell == "lstm"))
        for t in range(6):
            new = step(x[:, t], *state, *weights)
            state = list(new) if cell == "lstm" else [new]
            np.testing.assert_array_equal(unroll(weights, x, cell)[:, t], state[0])


@pytest.mark.parametrize("cell", CELLS)
def test_what_comes_later_is_not_known(cell):
    """Other inputs from the fourth step on change nothing before it."""
    weights, x, _ = drawn(cell)
    other = x.copy()
    other[:, 3:] = 9.0
    before, after = unroll(weights, x, cell), unroll(weights, other, cell)
    np.testing.assert_array_equal(before[:, :3], after[:, :3])
    assert (before[:, 3:] != after[:, 3:]).all()


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("side", ["before", "after", "amid"])
def test_a_masked_step_is_no_step(cell, side):
    """What fills the gaps changes nothing: the sequence is as if cut there."""
    weights, x, _ = drawn(cell)
    there = {"before": [2, 3, 4, 5], "after": [0, 1, 2], "amid": [0, 2, 5]}[side]
    mask = np.zeros((4, 6), dtype=bool)
    mask[:, there] = True
    filled = np.where(mask[:, :, None], x, 1e6)
    found = unroll(weights, filled, cell, mask)[:, there]
    np.testing.assert_array_equal(found, unroll(weights, x[:, there], cell))


# back through time


@quick
@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from(CELLS),
    st.sampled_from([(1, 1, 1, 1), (2, 7, 3, 2), (3, 2, 1, 4)]),
    st.booleans(),
)
def test_the_blame_is_the_slope(seed, cell, shape, masked):
    """Nudging every weight gives the gradient, whatever the cell and its gaps."""
    weights, x, delta = drawn(cell, *shape, seed=seed)
    gaps = np.random.default_rng(seed).random(x.shape[:2]) < 0.7
    assert time_check(weights, x, delta, cell, gaps if masked else None) < 1e-6


@pytest.mark.parametrize("cell", CELLS)
def test_the_blame_of_the_inputs_is_the_slope(cell):
    """Nudging each input too, where it is there and where it is masked."""
    weights, x, delta = drawn(cell, 2, 5, 2, 3)
    mask = np.array([[1, 0, 1, 1, 0], [0, 1, 1, 0, 1]], dtype=bool)
    _, dx = through_time(weights, x, delta, cell, mask)
    for place in np.ndindex(x.shape):
        nudge = np.zeros_like(x)
        nudge[place] = 1e-6
        up, down = (unroll(weights, x + h, cell, mask) for h in (nudge, -nudge))
        # the step squared, and rounding over the step
        slope = np.sum(delta * (up - down)) / 2e-6
        np.testing.assert_allclose(dx[place], slope, atol=1e-8)
    assert not dx[~mask].any()


def test_a_wrong_gradient_is_noticed(monkeypatch):
    """The state's own way back, left out, costs far more than the tolerance."""
    from mlearth.learners.neural import recurrent

    def forgetful(*given):
        (dh,), dx, gradient = recurrent.rnn_back(*given)
        return (0 * dh,), dx, gradient

    monkeypatch.setitem(recurrent.BACK, "rnn", forgetful)
    assert time_check(*drawn("rnn"), "rnn") > 1e-3


def test_a_linear_echo_vanishes_or_explodes():
    """Near zero tanh is straight: the blame is a power of the weight."""
    for weight in (0.5, 1.0, 1.5):
        cell = np.ones((1, 1)), np.array([[weight]]), np.zeros(1)
        last = np.zeros((1, 20, 1))
        last[0, -1] = 1
        _, dx = through_time(cell, np.zeros((1, 20, 1)), last, "rnn")
        # rounding of twenty products
        np.testing.assert_allclose(dx[0, ::-1, 0], weight ** np.arange(20), rtol=1e-12)


# what is refused


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"weights": (np.ones((3, 20)),) * 2}, "weights must be a triple (W, U, b)"),
        ({"cell": "rnn"}, "weights[1] must be of shape (5, 5)"),
        ({"x": np.ones((4, 6, 2))}, "x must be sequences of 3 features"),
        ({"mask": np.ones((4, 6))}, "mask must be None or booleans"),
        ({"mask": np.ones((4, 5), bool)}, "mask must be of shape (4, 6)"),
        ({"delta": np.ones((4, 6, 2))}, "delta must be of shape (4, 6, 5)"),
    ],
)
def test_what_does_not_fit_is_named(change, words):
    """An error says which argument and what is accepted."""
    weights, x, delta = drawn("lstm")
    given = {"weights": weights, "x": x, "delta": delta, **change}
    with pytest.raises(ValueError, match=re.escape(words)):
        through_time(**given)


def test_the_biases_of_a_gru_are_two_rows():
    """One row, as other programs have, is refused."""
    (W, U, b), x, _ = drawn("gru")
    with pytest.raises(ValueError, match="two rows"):
        unroll((W, U, b[0]), x, "gru")
    with pytest.raises(ValueError, match="b must be two rows"):
        gru_step(x[:, 0], np.ones((4, 5)), W, U, b[:1])
