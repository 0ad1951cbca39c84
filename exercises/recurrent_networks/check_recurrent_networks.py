"""Claims about blame through time, and about sequences that end at different steps."""

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


def _echo(w, u, x, y, **slip):
    """The two derivatives, or what a slip in one of their pieces makes of them."""
    h = [slip.get("first", 0.0)]
    for value in x:
        new = np.tanh(w * value + u * h[-1])
        h.append(np.trunc(new) if slip.get("whole") else new)
    blame, total = slip.get("sign", 1) * (h[-1] - y) * slip.get("times", 1), [0.0, 0.0]
    for t in reversed(range(len(x))):
        slope = 1 if slip.get("straight") else 1 - h[t + 1] ** 2
        slope = 1 - h[t + 1] if slip.get("linear") else slope
        slope = 1 - h[t] ** 2 if slip.get("early") else slope
        delta = blame * slope
        old = h[t + 1] if slip.get("late") else h[t]
        total = [0.0, 0.0] if slip.get("over") else total
        total = [total[0] + delta * x[t], total[1] + delta * old]
        blame = delta * (1 if slip.get("unweighted") else w if slip.get("other") else u)
        blame += h[t] - y if slip.get("every") else 0
        if slip.get("short"):
            break
    if slip.get("mean"):
        total = [part / len(x) for part in total]
    return np.array(total[::-1] if slip.get("swapped") else total)


SLIPS = {
    "is the sign turned, y minus the last state?": {"sign": -1},
    "is the half of the squared difference left out?": {"times": 2},
    "is the slope of tanh missing on the way back?": {"straight": True},
    "is the slope of tanh taken as 1 - h instead of 1 - h ** 2?": {"linear": True},
    "is the blame handed back without the weight u?": {"unweighted": True},
    "is the blame handed back with w instead of u?": {"other": True},
    "is only the last step blamed?": {"short": True},
    "does u multiply the state before the step, not after it?": {"late": True},
    "is it the mean over the steps instead of the sum?": {"mean": True},
    "does the derivative by u come first?": {"swapped": True},
    "is the share of a step written over those of later ones?": {"over": True},
    "is the slope that of the old state instead of the new one?": {"early": True},
    "does the loss count every state, not the last alone?": {"every": True},
    "are the states kept as whole numbers?": {"whole": True},
}


def _slips(given, right):
    """What each slip would give, if it differs from what is right."""
    found = {question: _echo(*given, **slip) for question, slip in SLIPS.items()}
    return {q: value for q, value in found.items() if not np.allclose(value, right)}


@read("sec-rnn-back")
def test_1_one_step_and_two_by_hand(student):
    """Inputs of 0 leave a state of 0; with one step u has nothing to multiply."""
    found = student.echo_gradient(2.0, 3.0, np.array([0.0]), 5.0)
    expect_shape(found, (2,), "echo_gradient of one step")
    expect_close(found, [0, 0], "[dw, du] of one input of 0")
    # tanh(0) has the slope 1: blame -4, times u = 3 one step before
    given = 0.0, 3.0, np.array([0.5, 0.25]), 4.0
    expect_close(
        student.echo_gradient(*given),
        [-4 * 0.25 - 12 * 0.5, 0],
        "[dw, du] of inputs 0.5 and 0.25 with w = 0, u = 3 and y = 4",
        mistakes={
            question: value
            for question, value in _slips(given, [-7.0, 0.0]).items()
            # w is 0: handing back with w is the same as not at all
            if "with w" not in question and "last step" not in question
        },
    )


@read("sec-rnn-back")
def test_2_any_sequence(student):
    """For any length and weights, and nothing that was given is changed."""
    for seed, n, (w, u) in [
        (1, 7, (0.7, 0.9)),
        (2, 23, (-0.4, 1.3)),
        (3, 1, (1.1, 0.6)),
        (4, 2, (0.3, -1.7)),
    ]:
        x = inputs.numbers(inputs.draw(seed), n, -2, 2)
        kept, given = x.copy(), (w, u, x, 0.3 + seed)
        right = _echo(*given)
        expect_close(
            student.echo_gradient(*given),
            right,
            f"[dw, du] of {n} steps",
            mistakes=_slips(given, right),
        )
        expect(np.array_equal(x, kept), "x is not what it was", "is it changed?")
    given = 1, -1, inputs.whole(inputs.draw(5), 5, -2, 2), 2
    right = _echo(*given)
    expect_close(
        student.echo_gradient(*given),
        right,
        "[dw, du] from whole numbers",
        mistakes=_slips(given, right),
    )


@read("sec-rnn-back")
def test_3_it_is_the_slope_of_the_loss(student):
    """Nudging w and u up and down gives what you return."""
    x = inputs.numbers(inputs.draw(6), 11, -1, 1)

    def loss(w, u):
        h = 0.0
        for value in x:
            h = np.tanh(w * value + u * h)
        return (h - 0.6) ** 2 / 2

    w, u, e = 0.8, 1.2, 1e-5
    slopes = [
        (loss(w + e, u) - loss(w - e, u)) / (2 * e),
        (loss(w, u + e) - loss(w, u - e)) / (2 * e),
    ]
    given = w, u, x, 0.6
    # the step squared, and rounding over the step: some 1e-10
    expect_close(
        student.echo_gradient(*given),
        slopes,
        "[dw, du], beside the slopes that a nudge finds,",
        atol=1e-7,
        mistakes=_slips(given, _echo(*given)),
    )


CALLS = ["0, 3, [0.5; 0.25], 4", "0.7, -1.2, [1; -0.5; 2; 0.3], 0.2"]
GIVEN = [
    (0.0, 3.0, [0.5, 0.25], 4.0),
    (0.7, -1.2, [1.0, -0.5, 2.0, 0.3], 0.2),
]


@deadline(12)
@read("sec-rnn-back")
def test_4_the_same_in_matlab(student):
    """echo_gradient.m gives the same derivatives, of two steps and of four."""

    def numbers(**slip):
        return np.concatenate([_echo(*given, **slip) for given in GIVEN])

    expect_in_octave(
        student,
        __file__,
        "echo_gradient",
        CALLS,
        numbers,
        SLIPS,
        "[dw; du] of each of two calls of echo_gradient.m",
    )


def _last(H, mask, **slip):
    """The last states that are there, or what a slip makes of them."""
    rows = []
    for states, there in zip(H, mask, strict=True):
        steps = np.flatnonzero(there)
        if slip.get("end") and steps.size:
            steps = np.array([len(there) - 1])
        if slip.get("zeros"):
            steps = steps[states[steps].any(axis=1)]
        if slip.get("count") and steps.size:
            steps = np.array([steps.size - 1])
        if slip.get("first"):
            steps = steps[:1]
        if slip.get("gap") and steps.size:
            gaps = np.flatnonzero(~there)
            steps = np.array([gaps[0] - 1 if gaps.size else len(there) - 1])
        empty = states[-1] if slip.get("empty") else np.zeros(states.shape[1])
        rows.append(states[steps[-1]] if steps.size else empty)
    return np.array(rows)


ENDS = {
    "is it the last step of the array, there or not?": {"end": True},
    "are steps counted, as if gaps lay at the end only?": {"count": True},
    "is it the first step that is there?": {"first": True},
    "is it the step before the first gap?": {"gap": True},
    "does a sequence without a step give zeros?": {"empty": True},
    "is a state of zeros taken for a gap?": {"zeros": True},
}


@read("sec-rnn-mask")
def test_5_three_sequences_by_hand(student):
    """One ends early, one has a gap, one has no step at all."""
    H = np.arange(1.0, 25).reshape(3, 4, 2)
    mask = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 0]], dtype=bool)
    right = _last(H, mask)
    expect_shape(student.last_seen(H, mask), (3, 2), "last_seen of three sequences")
    expect_close(
        student.last_seen(H, mask),
        [[3, 4], [13, 14], [0, 0]],
        "The last states",
        mistakes={
            q: _last(H, mask, **slip)
            for q, slip in ENDS.items()
            if not np.allclose(_last(H, mask, **slip), right)
        },
    )


@read("sec-rnn-mask")
def test_6_any_gaps(student):
    """For any mask; the states and the mask stay as they are."""
    sizes = [(13, 7, 3), (5, 1, 2), (1, 11, 1), (7, 5, 2)]
    for seed, (n, n_times, units) in enumerate(sizes):
        rng = inputs.draw(seed)
        whole = seed == 3
        H = (inputs.whole if whole else inputs.numbers)(rng, n * n_times * units, -3, 3)
        H = H.reshape(n, n_times, units)
        mask = rng.random((n, n_times)) < 0.4
        H[0, np.flatnonzero(mask[0])[-1:]] = 0  # a state of zeros is there as well
        H[-1, np.flatnonzero(mask[-1])[-1:]] = 0
        kept, right = (H.copy(), mask.copy()), _last(H, mask)
        expect_close(
            student.last_seen(H, mask),
            right,
            f"The last states of {n} sequences of up to {n_times} steps",
            mistakes={
                q: _last(H, mask, **slip)
                for q, slip in ENDS.items()
                if not np.allclose(_last(H, mask, **slip), right)
            },
        )
        expect(
            np.array_equal(H, kept[0]) and np.array_equal(mask, kept[1]),
            "H or the mask is not what it was",
            "is one of them changed in place?",
        )
