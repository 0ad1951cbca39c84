"""Claims about normalisation, its way back, and blame through residual blocks."""

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


def _parts(x, epsilon, **slip):
    """What is left of the mean, and the spread, or what a slip makes of them."""
    x = np.asarray(x, dtype=float)
    axis = 0 if slip.get("down") else None if slip.get("whole") else 1
    away = x - x.mean(axis=axis, keepdims=True)
    n = away.size if axis is None else away.shape[axis]
    n = n - 1 if slip.get("less") else 1 if slip.get("sum") else n
    if slip.get("absolute"):
        return away, np.abs(away).mean(axis=axis, keepdims=True) + epsilon
    epsilon = 1e-3 if slip.get("fixed") else epsilon
    total = ((x if slip.get("raw") else away) ** 2).sum(axis=axis, keepdims=True)
    variance = total / n if n else np.zeros_like(total)
    if slip.get("outside"):
        return away, np.sqrt(variance) + epsilon
    spread = variance + (0 if slip.get("bare") else epsilon)
    if slip.get("squared"):
        spread = spread + epsilon**2 - epsilon
    if slip.get("not centred") or slip.get("raw"):
        away = x
    spread = spread if slip.get("no root") else np.sqrt(spread)
    return away, np.ones_like(spread) if slip.get("unscaled") else spread


def _normalised(x, gain, offset, epsilon, **slip):
    """The outputs, or what a slip makes of them."""
    gain, offset = (np.asarray(one, dtype=float) for one in (gain, offset))
    away, spread = _parts(x, epsilon, **slip)
    with np.errstate(all="ignore"):
        z = away / spread
    if slip.get("before"):
        return gain * (z + offset)
    z = z if slip.get("no gain") else gain * z
    return z + (0 if slip.get("no offset") else offset)


SLIPS = {
    "are mean and spread taken over the samples, as in batch normalisation?": {
        "down": True
    },
    "are mean and spread taken over the whole table?": {"whole": True},
    "is the variance divided by one less than the number of units?": {"less": True},
    "are the squares added up instead of averaged?": {"sum": True},
    "is epsilon added to the spread instead of the variance?": {"outside": True},
    "is epsilon left out?": {"bare": True},
    "is epsilon fixed instead of the one that is given?": {"fixed": True},
    "is the mean taken off neither here nor in the spread?": {"raw": True},
    "are sizes averaged instead of squares?": {"absolute": True},
    "is epsilon squared?": {"squared": True},
    "is it divided by the variance, without the root?": {"no root": True},
    "is the mean not taken off?": {"not centred": True},
    "is nothing divided by the spread?": {"unscaled": True},
    "is the offset added before the gain?": {"before": True},
    "is the gain left out?": {"no gain": True},
    "is the offset left out?": {"no offset": True},
}


def _slips(given, right, slips=SLIPS, function=_normalised):
    """What each slip would give, if it differs from what is right and is finite."""
    found = {}
    for question, slip in slips.items():
        value = function(*given, **slip)
        if np.isfinite(value).all() and not np.allclose(value, right):
            found[question] = value
    return found


def _kept(given, kept, what):
    expect(
        all(map(np.array_equal, given, kept)),
        f"The arguments of {what} are not what they were after the call",
        "is one of them changed in place?",
    )


@read("sec-lay-normal")
def test_1_three_units_by_hand(student):
    """1, 2 and 6 have mean 3 and variance 14/3; epsilon 1/3 makes it 5.

    With gains 1, 1, 2 and an offset of 10 for the last: -2, -1 and 6 over sqrt 5, + 10.
    """
    given = (
        np.array([[1.0, 2, 6]]),
        np.array([1.0, 1, 2]),
        np.array([0.0, 0, 10]),
        1 / 3,
    )
    right = np.array([[-2, -1, 6]]) / np.sqrt(5) + [0, 0, 10]
    found = student.normalised(*given)
    expect_shape(found, (1, 3), "normalised of one sample of three units")
    # five operations on numbers near 10
    expect_close(found, right, "The three outputs", mistakes=_slips(given, right))


def _cases():
    """Tables of sizes that do not divide, whole numbers too; units differ in size."""
    for seed, n, units, epsilon in [
        (1, 7, 5, 1e-3),
        (2, 1, 11, 0.5),
        (3, 5, 3, 2.0),
        (4, 13, 2, 1e-2),
    ]:
        rng = inputs.draw(seed)
        x = inputs.numbers(rng, n * units, -3, 5).reshape(n, units)
        x = x * np.arange(1, units + 1) + 2
        yield x, rng.normal(size=units), rng.normal(size=units), epsilon
    rng = inputs.draw(5)
    x = inputs.whole(rng, 21, -4, 9).reshape(7, 3)
    yield x, inputs.whole(rng, 3, -3, 4), inputs.whole(rng, 3, 2, 6), 0.25
    x = x.astype(float)
    x[2] = 4.0  # units that are alike have no spread but epsilon
    yield x, rng.normal(size=3), rng.normal(size=3), 0.1


@read("sec-lay-normal")
def test_2_any_table(student):
    """For any sizes, from whole numbers too, and where all units are alike."""
    for given in _cases():
        kept = [np.copy(one) for one in given]
        right = _normalised(*given)
        found = student.normalised(*given)
        n, units = right.shape
        expect_shape(found, right.shape, f"normalised of {n} samples of {units} units")
        expect_close(
            found,
            right,
            f"The outputs of {n} samples of {units} units",
            mistakes=_slips(given, right),
        )
        _kept(given, kept, "normalised")


@read("sec-lay-normal")
def test_3_a_sample_does_not_know_of_the_others(student):
    """A sample alone gives what it gives among others."""
    x, gain, offset, epsilon = next(_cases())
    whole = np.asarray(student.normalised(x, gain, offset, epsilon))
    given = x[2:3], gain, offset, epsilon
    # the same operations on the same numbers, in another order at most
    expect_close(
        np.asarray(student.normalised(*given))[0],
        whole[2],
        "The third sample, alone instead of among the others,",
        hint="are mean and spread taken over the samples, as in batch normalisation?",
    )


CALLS = [
    "[1 2 6], [1 1 2], [0 0 10], 1/3",
    "[0.5 -1 2 7; 3 1 -2 4; 0.25 8 1 1], [1 -0.5 2 3], [0.1 0 -1 2], 0.5",
    "[2 2; 5 -3; 0 1; 9 4; 1 1], [0.3 -1], [4 0.5], 0.1",
]
GIVEN = [
    ([[1, 2, 6]], [1, 1, 2], [0, 0, 10], 1 / 3),
    (
        [[0.5, -1, 2, 7], [3, 1, -2, 4], [0.25, 8, 1, 1]],
        [1, -0.5, 2, 3],
        [0.1, 0, -1, 2],
        0.5,
    ),
    ([[2, 2], [5, -3], [0, 1], [9, 4], [1, 1]], [0.3, -1], [4, 0.5], 0.1),
]


def _joined(**slip):
    """All outputs of the three calls, column by column as MATLAB has them."""
    return np.concatenate([_normalised(*one, **slip).T.ravel() for one in GIVEN])


@deadline(12)
@read("sec-lay-normal")
def test_4_the_same_in_matlab(student):
    """normalised.m gives the same outputs, for one sample and for many."""
    expect_in_octave(
        student,
        __file__,
        "normalised",
        CALLS,
        _joined,
        SLIPS,
        "The outputs of three calls of normalised.m",
    )


def _blame(x, gain, delta, epsilon, **slip):
    """The derivatives by x, or what a slip makes of them."""
    gain, delta = (np.asarray(one, dtype=float) for one in (gain, delta))
    away, spread = _parts(x, epsilon, **slip)
    with np.errstate(all="ignore"):
        z = away / (1 if slip.get("away") else spread)
        z = gain * z if slip.get("gained") else z
    g = delta if slip.get("no gain") or slip.get("late") else gain * delta
    axis = 0 if slip.get("down") else None if slip.get("whole") else 1
    mean = np.sum if slip.get("sums") else np.mean
    shared = mean(g, axis=axis, keepdims=True)
    along = z * mean(g * z, axis=axis, keepdims=True)
    if slip.get("bare delta"):
        along = z * mean(delta * z, axis=axis, keepdims=True)
    found = g
    found = found - (0 if slip.get("no shared") else shared)
    if not slip.get("no along"):
        found = found + along if slip.get("plus") else found - along
    with np.errstate(all="ignore"):
        found = found / (1 if slip.get("undivided") else spread)
        found = found / spread if slip.get("again") else found
    return gain * found if slip.get("late") else found


BLAMES = {
    "are mean and spread taken for constants, which a nudge of x does not move?": {
        "no shared": True,
        "no along": True,
    },
    "is what all units share not taken off?": {"no shared": True},
    "is what lies along z not taken off?": {"no along": True},
    "is what lies along z added instead of taken off?": {"plus": True},
    "is the gain left out on the way back?": {"no gain": True},
    "is the gain multiplied at the end, instead of with delta?": {"late": True},
    "is nothing divided by the spread on the way back?": {"undivided": True},
    "are the means taken over the samples?": {"down": True},
    "are there sums where means belong?": {"sums": True},
    "does x minus its mean stand where z belongs?": {"away": True},
    "is epsilon left out of the spread?": {"bare": True},
    "does delta stand without its gain in the mean along z?": {"bare delta": True},
    "is it divided by the variance instead of the spread?": {"again": True},
    "does the output stand where z belongs?": {"gained": True},
    "are the means taken over the whole table?": {"whole": True},
}


def _blame_cases():
    for k, (x, gain, _, epsilon) in enumerate(_cases()):
        rng = inputs.draw(20 + k)
        delta = inputs.numbers(rng, x.size, -3, 2).reshape(x.shape)
        if np.asarray(gain).dtype.kind == "i":
            delta = inputs.whole(rng, x.size, -4, 5).reshape(x.shape)
        yield x, gain, delta, epsilon


@read("sec-lay-back")
def test_5_blame_by_hand(student):
    """One sample 1, 2, 6 with one blamed output: the formula, done by hand.

    z is -2, -1, 3 over sqrt 5 and g is 0, 0, 3: their mean is 1, that of g z is 9 over
    3 sqrt 5; so -1 + 6/5, -1 + 3/5 and 3 - 1 - 9/5, each over sqrt 5.
    """
    x, gain = np.array([[1.0, 2, 6]]), np.array([2.0, 1, 3])
    given = x, gain, np.array([[0.0, 0, 1]]), 1 / 3
    right = np.array([[0.2, -0.4, 0.2]]) / np.sqrt(5)
    found = student.blame(*given)
    expect_shape(found, (1, 3), "blame of one sample of three units")
    expect_close(
        found,
        right,
        "The three derivatives",
        mistakes=_slips(given, right, BLAMES, _blame),
    )


@read("sec-lay-back")
def test_6_any_blame(student):
    """For any sizes, from whole numbers too; the arguments stay as they were."""
    for given in _blame_cases():
        kept = [np.copy(one) for one in given]
        right = _blame(*given)
        found = student.blame(*given)
        n, units = right.shape
        expect_shape(found, right.shape, f"blame of {n} samples of {units} units")
        expect_close(
            found,
            right,
            f"The derivatives by {n} samples of {units} units",
            mistakes=_slips(given, right, BLAMES, _blame),
        )
        _kept(given, kept, "blame")


@read("sec-lay-back")
def test_7_it_is_the_slope(student):
    """Nudging what enters moves the weighted outputs by what you return."""
    rng = inputs.draw(8)
    x, gain = rng.normal(size=(3, 5)) * 2 + 1, rng.normal(size=5)
    delta, epsilon, offset = rng.normal(size=(3, 5)), 0.05, np.zeros(5)

    def loss(flat):
        return np.sum(delta * _normalised(flat.reshape(3, 5), gain, offset, epsilon))

    nudges = 1e-5 * np.eye(15)
    slopes = [(loss(x.ravel() + h) - loss(x.ravel() - h)) / 2e-5 for h in nudges]
    given = x, gain, delta, epsilon
    # the third derivative times 1e-10, and rounding over the step, some 1e-10
    expect_close(
        np.ravel(student.blame(*given)),
        slopes,
        "The derivatives, beside the slopes that nudges find,",
        atol=1e-7,
        mistakes={
            q: np.ravel(v)
            for q, v in _slips(given, _blame(*given), BLAMES, _blame).items()
        },
    )


def _through(x, blocks, delta, **slip):
    """The derivatives by what entered, or what a slip makes of them."""
    delta, entered = np.asarray(delta, dtype=float), []
    x = np.asarray(x, dtype=float)
    start = x
    for W, V in blocks:
        entered.append(start if slip.get("first input") else x)
        new = np.maximum(x @ W, 0) @ V
        x = new if slip.get("no skip up") else x + new
        if slip.get("late input"):
            entered[-1] = x
    pairs = list(zip(entered, blocks, strict=True))
    for below, (W, V) in pairs if slip.get("forward") else pairs[::-1]:
        z = below @ W
        on = z >= 0 if slip.get("ties") else z > 0
        on = np.ones_like(z) if slip.get("no bend") else on
        on = delta @ V.T > 0 if slip.get("bent") else on
        inner = (delta @ V.T) * (np.maximum(z, 0) if slip.get("value") else on)
        new = inner @ W.T
        delta = new if slip.get("no skip") else delta + new
        if slip.get("twice"):
            delta = delta + new
    return delta


THROUGH = {
    "does no blame pass round the blocks?": {"no skip": True},
    "is the derivative of the bend forgotten?": {"no bend": True},
    "does blame pass where it is itself above zero?": {"bent": True},
    "does blame pass where x @ W is exactly zero?": {"ties": True},
    "is it multiplied by the bent sums instead of where they are above zero?": {
        "value": True
    },
    "are the blocks gone through from the first on?": {"forward": True},
    "did every block see what entered the first one?": {"first input": True},
    "are the sums of a block computed from what it made?": {"late input": True},
    "is the sum left out on the way up?": {"no skip up": True},
    "is what passes the layers added twice?": {"twice": True},
}


def _stacks():
    """One block and many, layers inside wider and narrower than outside."""
    for seed, n, units, inner, depth in [
        (1, 5, 3, 7, 1),
        (2, 7, 4, 4, 2),
        (3, 3, 5, 2, 5),
        (4, 1, 2, 3, 3),
    ]:
        rng = inputs.draw(40 + seed)
        blocks = [
            (rng.normal(size=(units, inner)), 0.5 * rng.normal(size=(inner, units)))
            for _ in range(depth)
        ]
        x = inputs.numbers(rng, n * units, -2, 3).reshape(n, units)
        yield x, blocks, inputs.numbers(rng, n * units, -3, 2).reshape(n, units)
    rng = inputs.draw(45)
    blocks = [
        (
            inputs.whole(rng, 6, -2, 2).reshape(2, 3),
            inputs.whole(rng, 6, -1, 2).reshape(3, 2),
        )
        for _ in range(2)
    ]
    x, delta = (inputs.whole(rng, 10, -3, 3).reshape(5, 2) for _ in range(2))
    x[1] = 0  # sums of exactly zero
    yield x, blocks, delta


@read("sec-lay-skip")
def test_8_one_block_by_hand(student):
    """One unit in, two inside: 5 goes round, and 5 x -0.2 x 3 through what is on.

    The sums of 1 are 3 and -4, so only the first passes: 5 - 5 * 0.2 * 3 = 2.
    """
    given = (
        np.array([[1.0]]),
        [(np.array([[3.0, -4]]), np.array([[-0.2], [7]]))],
        np.array([[5.0]]),
    )
    right = np.array([[2.0]])
    found = student.through(*given)
    expect_shape(found, (1, 1), "through of one sample of one unit")
    expect_close(
        found,
        right,
        "The derivative by the one input",
        mistakes=_slips(given, right, THROUGH, _through),
    )


@read("sec-lay-skip")
def test_9_any_stack(student):
    """For one block and for many, from whole numbers; arguments stay as they were."""
    for x, blocks, delta in _stacks():
        kept = np.copy(x), np.copy(delta)
        right = _through(x, blocks, delta)
        what = f"through {len(blocks)} blocks"
        found = student.through(x, list(blocks), delta)
        expect_shape(found, right.shape, what)
        expect_close(
            found,
            right,
            f"The derivatives {what}",
            mistakes=_slips((x, blocks, delta), right, THROUGH, _through),
        )
        _kept((x, delta), kept, "through")
