"""Claims about a sliding kernel, its way back and its receptive field."""

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


def _slide(x, w, stride, dilation, **slip):
    """The outputs, or what a slip makes of them."""
    truncated = slip.get("whole") and np.asarray(x).dtype.kind == "i"
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    w = w[::-1] if slip.get("turned") else w
    if slip.get("swapped"):
        stride, dilation = dilation, stride
    stride = 1 if slip.get("no stride") else stride
    apart = 1 if slip.get("no dilation") or slip.get("next") else dilation
    span = (len(w) - 1) * (dilation if slip.get("next") else apart) + 1
    n_out = max((len(x) - span - slip.get("short", 0)) // stride + 1, 0)
    y = [
        sum(w[k] * x[t * stride + k * apart] for k in range(len(w)))
        for t in range(n_out)
    ]
    y = np.array(y) / (len(w) if slip.get("mean") else 1)
    y = np.trunc(y) if truncated else y
    return y * (dilation if slip.get("times") else 1)


SLIPS = {
    "is the kernel turned round?": {"turned": True},
    "is the stride left out?": {"no stride": True},
    "is the dilation left out?": {"no dilation": True},
    "are stride and dilation swapped?": {"swapped": True},
    "is the last place of the kernel forgotten?": {"short": 1},
    "is the output multiplied by the dilation?": {"times": True},
    "is each tap taken from the very next sample?": {"next": True},
    "is it the mean over the taps instead of the sum?": {"mean": True},
    "are the outputs kept as whole numbers, like the record?": {"whole": True},
}


def _slips(given, right, slips=SLIPS, function=_slide):
    """What each slip would give, if it differs from what is right."""
    found = {q: function(*given, **slip) for q, slip in slips.items()}
    return {
        q: value
        for q, value in found.items()
        if value.shape != right.shape or not np.allclose(value, right)
    }


@read("sec-cnn-slide")
def test_1_three_outputs_by_hand(student):
    """Of 1 to 9 the kernel 1, 10 with stride 2 and dilation 3 makes 41, 63 and 85."""
    given = np.arange(1.0, 10), np.array([1.0, 10]), 2, 3
    found = student.slide(*given)
    right = np.array([41.0, 63, 85])
    slips = _slips(given, right)
    told = [q for q, v in slips.items() if np.shape(v) == np.shape(found) != (3,)]
    expect_shape(found, (3,), "slide of nine samples" + _hint(told))
    expect_close(found, right, "The three outputs", mistakes=_same_shape(slips, right))


def _hint(told):
    """The likely mistakes behind a wrong number of outputs."""
    return f" ({' '.join(told)})" if told else ""


def _same_shape(slips, right):
    return {q: v for q, v in slips.items() if v.shape == right.shape}


def _cases():
    """Records and kernels of sizes that do not divide, with strides and dilations."""
    for seed, n, size, stride, dilation in [
        (1, 23, 5, 3, 2),
        (2, 17, 4, 1, 3),
        (3, 11, 1, 4, 5),
        (4, 13, 7, 5, 2),
        (5, 23, 3, 2, 1),
    ]:
        rng = inputs.draw(seed)
        yield inputs.numbers(rng, n, -2, 3), rng.normal(size=size), stride, dilation
    rng = inputs.draw(6)
    yield inputs.whole(rng, 13, -4, 6), inputs.whole(rng, 3, -2, 3), 2, 3
    yield inputs.whole(rng, 19, -4, 6), inputs.numbers(rng, 3, -2, 3), 3, 2
    yield inputs.numbers(rng, 11, -4, 6), inputs.whole(rng, 4, -2, 3), 1, 2


@read("sec-cnn-slide")
def test_2_any_record(student):
    """For any sizes, strides and dilations, from whole numbers too."""
    for given in _cases():
        x, w, stride, dilation = given
        right = _slide(*given)
        what = f"{len(w)} taps, stride {stride}, dilation {dilation}"
        found, slips = student.slide(*given), _slips(given, right)
        told = [
            q for q, v in slips.items() if np.shape(v) == np.shape(found) != right.shape
        ]
        expect_shape(
            found, right.shape, f"slide of {len(x)} samples, {what}{_hint(told)}"
        )
        expect_close(
            found, right, f"The outputs of {what}", mistakes=_same_shape(slips, right)
        )


@read("sec-cnn-slide")
def test_3_a_pulse_shows_the_kernel_from_its_end(student):
    """As the kernel moves over a single 1, its last tap meets the 1 first."""
    w = inputs.draw(7).normal(size=5)
    x = np.zeros(11)
    x[5] = 1
    found = student.slide(x, w, 1, 1)
    expect_close(
        found,
        np.concatenate([[0], w[::-1], [0]]),
        "The outputs of a single 1",
        mistakes={"is the kernel turned round?": np.concatenate([[0], w, [0]])},
    )


CALLS = [
    "[1; 2; 3; 4; 5; 6], [1; 10], 2, 3",
    "[0.5; -1; 2; 0; 3; 1; -2; 4; 0.25], [1; -0.5; 2], 1, 2",
    "[3; -1; 0.5; 2; 7; 1; 1; -4], [0.3; 0.1; -1; 2], 3, 1",
]
GIVEN = [
    (np.arange(1.0, 7), [1.0, 10], 2, 3),
    ([0.5, -1, 2, 0, 3, 1, -2, 4, 0.25], [1, -0.5, 2], 1, 2),
    ([3, -1, 0.5, 2, 7, 1, 1, -4], [0.3, 0.1, -1, 2], 3, 1),
]


@deadline(12)
@read("sec-cnn-slide")
def test_4_the_same_in_matlab(student):
    """slide.m gives the same outputs, with strides and dilations."""

    def numbers(**slip):
        return np.concatenate([_slide(*given, **slip) for given in GIVEN])

    expect_in_octave(
        student,
        __file__,
        "slide",
        CALLS,
        numbers,
        SLIPS,
        "The outputs of three calls of slide.m",
    )


def _blame(x, w, delta, stride, dilation, **slip):
    """The derivatives, or what a slip makes of them."""
    whole = [slip.get("whole") and np.asarray(v).dtype.kind == "i" for v in (w, x)]
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    step = 1 if slip.get("no stride") else stride
    apart = 1 if slip.get("no dilation") else dilation
    dw, dx = np.zeros(len(w)), np.zeros(len(x))
    down = w[::-1] if slip.get("turned") else w
    for k in range(len(w)):
        for t, d in enumerate(delta):
            u = t * step + k * apart
            dw[k] += x[u] * (1 if slip.get("bare") else d)
            share = down[k] * (1 if slip.get("flat") else d)
            dx[u] = share + (0 if slip.get("over") else dx[u])
            dw[k] = np.trunc(dw[k]) if whole[0] else dw[k]
            dx[u] = np.trunc(dx[u]) if whole[1] else dx[u]
    if slip.get("mean"):
        dw = dw / len(delta)
    if slip.get("lost"):
        at = step * np.arange(len(delta))[:, None] + apart * np.arange(len(w))
        dx[at] = np.asarray(delta)[:, None] * w
    return np.concatenate([dx, dw] if slip.get("first") else [dw, dx])


BLAMES = {
    "is what came from another tap overwritten instead of added to?": {"over": True},
    "is a sample that several outputs saw given the share of one?": {"lost": True},
    "is the kernel turned round on the way back?": {"turned": True},
    "is the stride left out on the way back?": {"no stride": True},
    "is the dilation left out on the way back?": {"no dilation": True},
    "are the derivatives by w divided by the number of outputs?": {"mean": True},
    "are the derivatives by w and by x in the wrong order?": {"first": True},
    "are the derivatives by w sums of samples without delta?": {"bare": True},
    "are the derivatives by x sums of taps without delta?": {"flat": True},
    "are the derivatives kept as whole numbers, like the record?": {"whole": True},
}


@read("sec-cnn-back")
def test_5_one_output_by_hand(student):
    """One output hands 2 times the record to the kernel, 2 times the kernel back."""
    given = np.array([3.0, 5, 7]), np.array([10.0, 20]), np.array([2.0]), 1, 2
    right = np.array([6.0, 14, 20, 0, 40])
    found = student.blame(*given)
    expect_shape(found, (5,), "blame of three samples and two taps")
    expect_close(
        found,
        right,
        "[dw, dx] of one output",
        mistakes=_slips(given, right, BLAMES, _blame),
    )


@read("sec-cnn-back")
def test_6_any_blame(student):
    """For any sizes, strides and dilations; the arguments stay as they were."""
    for k, (x, w, stride, dilation) in enumerate(_cases()):
        n_out = len(_slide(x, w, stride, dilation))
        rng = inputs.draw(20 + k)
        delta = inputs.numbers(rng, n_out, -3, 2)
        if np.asarray(x).dtype.kind == "i" and stride == 2:
            delta = inputs.whole(rng, n_out, -3, 4)
        given = x, w, delta, stride, dilation
        kept = [np.copy(each) for each in given]
        right = _blame(*given)
        expect_close(
            student.blame(*given),
            right,
            f"[dw, dx] of {len(w)} taps, stride {stride}, dilation {dilation}",
            mistakes=_slips(given, right, BLAMES, _blame),
        )
        expect(
            all(map(np.array_equal, given, kept)),
            "The arguments are not what they were after the call",
            "is one of them changed in place?",
        )


@read("sec-cnn-back")
def test_7_it_is_the_slope(student):
    """Nudging taps and samples moves the weighted outputs by what you return."""
    rng = inputs.draw(8)
    x, w = rng.normal(size=17), rng.normal(size=4)
    delta = rng.normal(size=len(_slide(x, w, 2, 3)))
    theta = np.concatenate([w, x])

    def loss(theta):
        return delta @ _slide(theta[4:], theta[:4], 2, 3)

    nudges = 1e-5 * np.eye(theta.size)
    slopes = [(loss(theta + h) - loss(theta - h)) / 2e-5 for h in nudges]
    given = x, w, delta, 2, 3
    # linear in each number: only rounding over the step is left, some 1e-10
    expect_close(
        student.blame(*given),
        slopes,
        "[dw, dx], beside the slopes that nudges find,",
        atol=1e-7,
        mistakes=_slips(given, _blame(*given), BLAMES, _blame),
    )


def _seen(outputs, sizes, strides, dilations, **slip):
    """First and last samples, or what a slip makes of them."""
    first = last = np.asarray(outputs)
    order = range(len(sizes))
    for k in order if slip.get("up") else reversed(order):
        stride = 1 if slip.get("no stride") else strides[k]
        dilation = 1 if slip.get("no dilation") else dilations[k]
        taps = sizes[k] - (0 if slip.get("all") else 1)
        wider = 1 if slip.get("plain") else stride
        seen = (last - first) * wider + taps * dilation
        first, last = first * stride, first * stride + seen
    last = last + (1 if slip.get("past") else 0)
    return np.column_stack([last, first] if slip.get("swap") else [first, last])


VIEWS = {
    "are the layers gone through from the input on?": {"up": True},
    "does each layer see one sample more than its taps reach?": {"all": True},
    "are the strides left out?": {"no stride": True},
    "are the dilations left out?": {"no dilation": True},
    "does the last come before the first?": {"swap": True},
    "does no stride of a lower layer widen what is seen?": {"plain": True},
    "is it the first sample that is no longer seen?": {"past": True},
}


@read("sec-cnn-field")
def test_8_two_layers_by_hand(student):
    """Two layers of 3 and 4 taps, strides 2 and 3, dilations 1 and 3: 0-20, 18-38."""
    given = np.array([0, 3]), [3, 4], [2, 3], [1, 3]
    right = np.array([[0, 20], [18, 38]])
    found = student.seen_from(*given)
    expect_shape(found, (2, 2), "seen_from of two outputs")
    expect_close(
        found,
        right,
        "First and last sample of outputs 0 and 3",
        mistakes=_slips(given, right, VIEWS, _seen),
    )


@read("sec-cnn-field")
def test_9_any_stack(student):
    """For one layer and for many, for outputs in no order and seen twice."""
    for seed, n_layers in [(1, 1), (2, 2), (3, 3), (4, 5)]:
        rng = inputs.draw(30 + seed)
        sizes, strides, dilations = (
            [int(v) for v in rng.integers(1, most, n_layers)] for most in (7, 4, 5)
        )
        sizes[0], strides[-1], dilations[0] = 5, 3, 4
        outputs = inputs.whole(rng, 7, 0, 40)
        given = outputs, sizes, strides, dilations
        kept = outputs.copy()
        right = _seen(*given)
        expect_close(
            student.seen_from(*given),
            right,
            f"First and last samples of a stack of {n_layers}",
            mistakes=_slips(given, right, VIEWS, _seen),
        )
        expect(
            np.array_equal(outputs, kept),
            "The outputs are not what they were after the call",
            "are they changed in place?",
        )
