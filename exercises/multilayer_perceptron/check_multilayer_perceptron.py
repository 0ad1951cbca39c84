"""Claims about back-propagation, momentum and early stopping."""

import numpy as np

from mlearth.checks import (
    deadline,
    expect,
    expect_close,
    expect_in_octave,
    expect_shape,
    inputs,
    read,
)


def _gradient(W, b, v, c, X, y, **slip):
    """The derivatives, or what a slip in one of their pieces makes of them."""
    W, X = np.asarray(W, dtype=float), np.asarray(X, dtype=float)
    z = X @ W + slip.get("inner", 1) * np.asarray(b)
    a = np.tanh(z)
    said = a @ v + slip.get("outer", 1) * c
    delta = slip.get("sign", 1) * (said - y) * slip.get("times", 1)
    delta = delta if slip.get("sum") else delta / slip.get("by", len(y))
    slope = {"none": np.ones_like(a), "a": a, "linear": 1 - a}.get(
        slip.get("slope"), 1 - a**2
    )
    if slip.get("slope") == "of a":
        slope = 1 - np.tanh(a) ** 2
    if slip.get("slope") == "sigmoid":
        slope = a * (1 - a)
    weights = np.ones_like(v, dtype=float) if slip.get("unweighted") else v
    below = np.outer(delta, weights) * slope
    dW, db, dv, dc = X.T @ below, below.sum(axis=0), a.T @ delta, delta.sum()
    if slip.get("mean"):
        db = db / len(y)
    if slip.get("sums"):
        dv = z.T @ delta
    flat = dW.T.ravel() if slip.get("columns") else dW.ravel()
    parts = [dv, [dc], flat, db] if slip.get("top first") else [flat, db, dv, [dc]]
    return np.concatenate(parts)


SLIPS = {
    "is the sign turned, y minus what the network says?": {"sign": -1},
    "is it the sum over the samples instead of the mean?": {"sum": True},
    "is the half of the squared error left out?": {"times": 2},
    "is the slope of tanh missing on the way down?": {"slope": "none"},
    "is the slope of tanh taken as 1 - a instead of 1 - a ** 2?": {"slope": "linear"},
    "is the slope of tanh taken at a, which is bent already?": {"slope": "of a"},
    "is it the slope of the logistic function, a (1 - a)?": {"slope": "sigmoid"},
    "is the blame handed down without the weights v?": {"unweighted": True},
    "are the biases b missing from the hidden layer?": {"inner": 0},
    "is the bias c missing from what the network says?": {"outer": 0},
    "are the derivatives by b divided by n once more?": {"mean": True},
    "is the derivative by v made with the sums instead of their tanh?": {"sums": True},
    "is W laid out column by column instead of row by row?": {"columns": True},
    "do v and c come first, which should come last?": {"top first": True},
}


def _slips(given, right):
    """What each slip would give, if it differs from what is right."""
    found = {question: _gradient(*given, **slip) for question, slip in SLIPS.items()}
    return {q: value for q, value in found.items() if not np.allclose(value, right)}


@read("sec-mlp-backprop")
def test_1_one_chain_by_hand(student):
    """tanh(0) is 0 and its slope 1: an error of -4 gives -24, -8, 0 and -4."""
    given = (
        np.array([[0.0]]),
        np.array([0.0]),
        np.array([2.0]),
        1.0,
        np.array([[3.0]]),
        np.array([5.0]),
    )
    found = student.tanh_gradient(*given)
    expect_shape(found, (4,), "tanh_gradient of one unit")
    expect_close(
        found,
        [-24, -8, 0, -4],
        "[dW, db, dv, dc] of one unit",
        mistakes={
            question: value
            for question, value in _slips(given, [-24.0, -8, 0, -4]).items()
            if "sign" in question or "weights v" in question or "half" in question
        },
    )


def _network(seed, n, m, units):
    """Draw a network whose units are neither straight nor level, and samples."""
    rng = inputs.draw(seed)
    X = inputs.design(rng, n, m)
    X = X / np.abs(X).max(axis=0)
    W, b, v = (
        rng.normal(size=(m, units)),
        rng.normal(size=units),
        rng.normal(size=units),
    )
    return W, b, v, float(rng.normal()), X, inputs.numbers(rng, n, -2, 3)


def _whole(seed, n, m, units):
    """The same of whole numbers only."""
    rng = inputs.draw(seed)
    X = inputs.whole(rng, n * m, -2, 3).reshape(n, m)
    W = inputs.whole(rng, m * units, -1, 1).reshape(m, units)
    b, v = (inputs.whole(rng, units, -2, 2) for _ in range(2))
    return W, b, v, 2, X, inputs.whole(rng, n, -4, 6)


@read("sec-mlp-backprop")
def test_2_any_network(student):
    """For any sizes, from one unit and one sample on, and from whole numbers."""
    for given, which in [
        (_network(1, 23, 7, 11), "of 11 units and 7 features"),
        (_network(2, 7, 1, 4), "of 4 units and 1 feature"),
        (_network(3, 11, 4, 1), "of 1 unit and 4 features"),
        (_network(4, 1, 2, 3), "from one sample"),
        (_whole(5, 13, 2, 3), "from whole numbers"),
    ]:
        right = _gradient(*given)
        expect_close(
            student.tanh_gradient(*given),
            right,
            f"The gradient {which}",
            mistakes=_slips(given, right),
        )


@read("sec-mlp-backprop")
def test_3_it_is_the_slope_of_the_loss(student):
    """Nudging each weight up and down gives what you return, and changes nothing."""
    W, b, v, c, X, y = given = _network(6, 17, 2, 3)
    kept = [np.copy(each) for each in given]
    found = np.asarray(student.tanh_gradient(*given), dtype=float)
    expect(
        all(map(np.array_equal, given, kept)),
        "The arguments are not what they were after the call",
        "is one of them changed in place?",
    )
    theta = np.concatenate([W.ravel(), b, v, [c]])

    def loss(theta):
        W, b, v, c = np.split(theta, [6, 9, 12])
        said = np.tanh(X @ W.reshape(2, 3) + b) @ v + c
        return np.mean((said - y) ** 2) / 2

    nudges = 1e-5 * np.eye(theta.size)
    slopes = [(loss(theta + h) - loss(theta - h)) / 2e-5 for h in nudges]
    # the step squared, and rounding over the step: some 1e-10
    expect_close(
        found,
        slopes,
        "The gradient, beside the slopes that a nudge of each weight finds,",
        atol=1e-7,
        mistakes=_slips(given, _gradient(*given)),
    )


CALLS = [
    "0, 0, 2, 1, 3, 5",
    "[0.3, -0.8; 1.2, 0.5], [0.1; -0.4], [1.5; -0.7], 0.2, "
    "[1, 2; -1, 0.5; 0.3, -2], [1; 0; -2]",
    "[0.5, -1, 0.25], [1; 0; -0.5], [1; 2; -3], -1, [0.5; 2], [3; -1]",
]
GIVEN = [
    (np.zeros((1, 1)), np.zeros(1), np.array([2.0]), 1.0, [[3.0]], np.array([5.0])),
    (
        np.array([[0.3, -0.8], [1.2, 0.5]]),
        np.array([0.1, -0.4]),
        np.array([1.5, -0.7]),
        0.2,
        np.array([[1, 2], [-1, 0.5], [0.3, -2]]),
        np.array([1.0, 0, -2]),
    ),
    (
        np.array([[0.5, -1, 0.25]]),
        np.array([1, 0, -0.5]),
        np.array([1.0, 2, -3]),
        -1.0,
        np.array([[0.5], [2]]),
        np.array([3.0, -1]),
    ),
]


@deadline(12)
@read("sec-mlp-backprop")
def test_4_the_same_in_matlab(student):
    """tanh_gradient.m gives the same derivatives, of one unit, of two and of three."""

    def numbers(**slip):
        return np.concatenate([_gradient(*given, **slip) for given in GIVEN])

    expect_in_octave(
        student,
        __file__,
        "tanh_gradient",
        CALLS,
        numbers,
        SLIPS,
        "The gradient of each of three calls of tanh_gradient.m",
    )


def _walk(gradient, theta, eta, beta, n_steps, **slip):
    """Where a walk is after some steps, or what a slip makes of it."""
    theta, step = np.array(theta, dtype=float), 0.0
    for _ in range(n_steps + slip.get("more", 0)):
        ahead = theta + beta * step if slip.get("ahead") else theta
        pull = np.asarray(gradient(ahead), dtype=float)
        share = 1 - beta if slip.get("mean") else 1
        kept = 0 if slip.get("forgets") else beta * step
        step = kept - slip.get("way", 1) * eta * share * pull
        theta = theta + (eta * step if slip.get("twice") else step)
    return step + 0 * theta if slip.get("step") else theta


WALKS = {
    "is the step taken uphill?": {"way": -1},
    "is the step before forgotten?": {"forgets": True},
    "is the gradient taken where the last step would lead?": {"ahead": True},
    "is the gradient weighed by 1 - beta?": {"mean": True},
    "is the step multiplied by eta once more?": {"twice": True},
    "is it the last step instead of the place?": {"step": True},
    "is it one step too many?": {"more": 1},
    "is it one step too few?": {"more": -1},
}


@read("sec-mlp-walk")
def test_5_two_steps_by_hand(student):
    """With a gradient of 2, eta 0.25 and beta 0.5 the steps are -0.5 and -0.75."""

    def steady(theta):
        return np.array([2.0])

    given = steady, np.array([10.0]), 0.25, 0.5, 2
    expect_close(
        student.momentum_walk(*given),
        [8.75],
        "The place after two steps from 10",
        mistakes={
            question: _walk(*given, **slip)
            for question, slip in WALKS.items()
            if "would lead" not in question  # the gradient is the same there
        },
    )


@read("sec-mlp-walk")
def test_6_any_valley(student):
    """In a valley that is steep across and flat along, from any place."""
    for seed, n_steps, beta in [(1, 7, 0.9), (2, 13, 0.6), (3, 5, 0), (4, 0, 0.8)]:
        rng = inputs.draw(seed)
        curve = np.array([5.0, 0.3, 1.7, 0.9, 2.2, 0.1, 3.1])
        place = rng.normal(size=7)
        start = inputs.numbers(rng, 7, -4, 4)
        kept = start.copy()

        def gradient(theta, curve=curve, place=place):
            return curve * (np.asarray(theta) - place)

        given = gradient, start, 0.11, beta, n_steps
        right = _walk(gradient, kept, 0.11, beta, n_steps)
        slips = {
            q: _walk(gradient, kept, 0.11, beta, n_steps, **slip)
            for q, slip in WALKS.items()
        }
        expect_close(
            student.momentum_walk(*given),
            right,
            f"The place after {n_steps} steps with beta {beta}",
            mistakes={q: v for q, v in slips.items() if not np.allclose(v, right)},
        )
        expect(
            np.array_equal(start, kept),
            "theta is not what it was before the walk",
            "is it changed in place?",
        )
    start = inputs.numbers(inputs.draw(5), 7, -4e-6, 4e-6)
    kept = start.copy()
    given = np.asarray, start, 0.3, 0.4, 5
    expect_close(
        student.momentum_walk(*given),
        _walk(np.asarray, kept, *given[2:]),
        "The place after five steps near the bottom",
        atol=1e-12,  # places of 1e-6, which single precision knows to 1e-13
        mistakes={"does the walk end where steps are small?": kept},
    )
    whole = np.array([3, -2])
    expect_close(
        student.momentum_walk(lambda theta: np.asarray(theta) / 4, whole, 0.5, 0.5, 3),
        _walk(lambda theta: theta / 4, whole, 0.5, 0.5, 3),
        "The place after three steps from whole numbers",
        mistakes={
            "is the place kept in whole numbers?": [2, -1],
        },
    )


@read("sec-mlp-walk")
def test_7_a_steady_slope(student):
    """Under a gradient of 1 a step becomes eta / (1 - beta): ten times eta for 0.9."""
    walk = [
        float(
            np.ravel(
                student.momentum_walk(
                    lambda theta: np.ones(1), np.zeros(1), 0.01, 0.9, n
                )
            )[0]
        )
        for n in (200, 201)
    ]
    # 0.9 ** 200 is 7e-10; in single precision places of 20 are known to 2e-6
    expect_close(
        walk[1] - walk[0],
        -0.1,
        "The 201st step",
        atol=1e-5,
        mistakes={
            "is the step taken uphill?": 0.1,
            "is the step multiplied by eta once more?": -0.001,
            "is it eta alone, as if nothing were kept, or a share of it?": -0.01,
        },
    )


def _stop(losses, patience, **slip):
    """The end and the best epoch, or what a slip makes of them."""
    losses, best, end = list(losses), 0, 0
    first = slip.get("first", 0)
    for epoch in range(first, len(losses)):
        better = losses[epoch] < losses[best]
        if slip.get("ties"):
            better = losses[epoch] <= losses[best]
        if slip.get("last"):
            better = epoch > 0 and losses[epoch] < losses[epoch - 1]
        if better:
            best = epoch
        end = epoch
        if epoch - best >= patience + slip.get("more", 0):
            break
    if slip.get("whole"):
        return np.array([end, int(np.argmin(losses))])
    if slip.get("never"):
        return np.array([len(losses) - 1, int(np.argmin(losses))])
    if slip.get("swap"):
        return np.array([best, end])
    if slip.get("end"):
        return np.array([end, end])
    if slip.get("count"):
        return np.array([end + 1, best + 1])
    return np.array([end, best])


STOPS = {
    "does an equal loss count as a new least one?": {"ties": True},
    "is a loss compared with the one before instead of the least?": {"last": True},
    "is one epoch more borne than patience allows?": {"more": 1},
    "is one epoch less borne than patience allows?": {"more": -1},
    "is the least loss sought beyond the end of the walk?": {"whole": True},
    "does the walk go on to the last epoch?": {"never": True},
    "do the two numbers stand in the wrong order?": {"swap": True},
    "are the weights of the end kept instead of the best?": {"end": True},
    "is the first loss, before any epoch, counted as 1?": {"count": True},
}


def _stops(losses, patience, right):
    found = {q: _stop(losses, patience, **slip) for q, slip in STOPS.items()}
    found["does a loss count only if it is lower by some amount?"] = _stop(
        np.round(losses, 3), patience
    )
    return {q: v for q, v in found.items() if not np.array_equal(v, right)}


@read("sec-mlp-few")
def test_8_a_rise_by_hand(student):
    """Losses 5, 3, 4, 4, 4, 1, patience 2: it ends after epoch 3, and keeps epoch 1."""
    losses = np.array([5.0, 3.0, 4.0, 4.0, 4.0, 1.0])
    found = student.stopped(losses, 2)
    expect_shape(found, (2,), "stopped")
    expect_close(
        found,
        [3, 1],
        "[end, kept]",
        mistakes=_stops(losses, 2, [3, 1]),
    )


@read("sec-mlp-few")
def test_9_any_losses(student):
    """Falling, rising, level, with ties, and of one number only."""
    rng = inputs.draw(9)
    falling = np.sort(inputs.numbers(rng, 13))[::-1].copy()
    cases = [
        (falling, 3, "of losses that only fall"),
        (falling[::-1].copy(), 4, "of losses that only rise"),
        (np.full(7, 2.5), 3, "of level losses"),
        (np.array([4, 3, 3, 5, 4, 5, 6, 7, 1]), 3, "of whole numbers with ties"),
        (np.array([4.0, 3, 5, 4, 3.5, 6, 2]), 2, "where it falls again, not enough,"),
        (np.array([0.7]), 2, "before the first epoch"),
        (inputs.tied(rng, 29, 6), 5, "of losses with many ties"),
        (inputs.numbers(rng, 31), 1, "with patience 1"),
        (0.5 - 1e-5 * np.arange(11), 3, "of losses that fall by a little each time"),
    ]
    for losses, patience, which in cases:
        right = _stop(losses, patience)
        expect_close(
            student.stopped(losses, patience),
            right,
            f"[end, kept] {which}",
            mistakes=_stops(losses, patience, right),
        )
