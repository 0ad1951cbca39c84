"""Claims about the best discriminator, a duel of losses and a level critic."""

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


def _best(p, q, **slip):
    """The chances, or what a slip makes of them."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if slip.get("swapped"):
        p, q = q, p
    below = p + q
    if slip.get("ratio"):
        below = np.where(q > 0, q, np.inf)
    if slip.get("sums"):
        below = np.full(len(p), (p + q).sum())
    if slip.get("mean"):
        below = (p + q) / 2
    if slip.get("larger"):
        below = np.maximum(p, q)
    found = np.divide(p, below, out=np.full(len(p), 0.5), where=below > 0)
    if slip.get("zero"):
        found[(p == 0) & (q == 0)] = 0
    if slip.get("one"):
        found[(p == 0) & (q == 0)] = 1
    if slip.get("either"):
        found[(p == 0) | (q == 0)] = 0.5
    if slip.get("shares"):
        return _best(p / p.sum(), q / q.sum())
    return (found > 0.5).astype(float) if slip.get("hard") else found


BESTS = {
    "is it the chance of being made?": {"swapped": True},
    "is it p / q instead of p over the sum of both?": {"ratio": True},
    "are the densities summed over the places?": {"sums": True},
    "is it divided by the mean of both instead of their sum?": {"mean": True},
    "is it divided by the larger of both instead of their sum?": {"larger": True},
    "is it 0 where both densities are zero, instead of 0.5?": {"zero": True},
    "is it 1 where both densities are zero, instead of 0.5?": {"one": True},
    "is it 0.5 where only one of the densities is zero?": {"either": True},
    "are p and q scaled to a sum of 1 first?": {"shares": True},
    "is it rounded to a verdict, real or made?": {"hard": True},
}


def _slips(given, right, slips, function):
    """What each slip would give, if it differs from what is right."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = {q: np.asarray(function(*given, **slip)) for q, slip in slips.items()}
    return {
        q: value
        for q, value in found.items()
        if value.shape == np.shape(right)
        and np.isfinite(value).all()
        and not np.allclose(value, right)
    }


@read("sec-gan-best")
def test_1_three_places_by_hand(student):
    """Of 0.3 to 0.1, of 0.2 to 0.2 and of 0.1 to 0.4: 0.75, 0.5 and 0.2."""
    given = np.array([0.3, 0.2, 0.1]), np.array([0.1, 0.2, 0.4])
    found = student.best(*given)
    right = np.array([0.75, 0.5, 0.2])
    expect_shape(found, (3,), "best at three places")
    expect_close(
        found, right, "The chances", mistakes=_slips(given, right, BESTS, _best)
    )


@read("sec-gan-best")
def test_2_any_densities(student):
    """At any places, also where one density is zero, or both; nothing is changed."""
    for k, n in enumerate((11, 17, 1)):
        rng = inputs.draw(k)
        p, q = inputs.numbers(rng, n, 0.1, 3), inputs.numbers(rng, n, 0.1, 7)
        if n > 1:
            p[[2, 5, 7]], q[[5, 6]] = 0, 0
        if n == 17:
            p, q = (np.round(a).astype(int) for a in (p, q))
        kept, right = (p.copy(), q.copy()), _best(p, q)
        expect_close(
            student.best(p, q),
            right,
            f"The chances at {n} place{'s' * (n > 1)}",
            mistakes=_slips((p, q), right, BESTS, _best),
        )
        expect(
            np.array_equal(p, kept[0]) and np.array_equal(q, kept[1]),
            "The densities are not what they were after the call",
            "is one of them changed in place?",
        )


CALLS = ["[0.3; 0.2; 0.1], [0.1; 0.2; 0.4]", "[0; 2; 0; 0.5], [3; 0; 0; 1.5]"]
GIVEN = [
    ([0.3, 0.2, 0.1], [0.1, 0.2, 0.4]),
    ([0, 2, 0, 0.5], [3, 0, 0, 1.5]),
]


@deadline(12)
@read("sec-gan-best")
def test_3_the_same_in_matlab(student):
    """best.m gives the same chances, with zeros too."""

    def numbers(**slip):
        return np.concatenate([_best(*given, **slip) for given in GIVEN])

    expect_in_octave(
        student,
        __file__,
        "best",
        CALLS,
        numbers,
        BESTS,
        "The chances of two calls of best.m",
    )


def _sigma(s):
    return 1 / (1 + np.exp(-s))


def _duel(real, made, contest, **slip):
    """The derivatives, or what a slip makes of them."""
    real, made = np.asarray(real, dtype=float), np.asarray(made, dtype=float)
    n, m = len(real), len(made)
    if contest == "wasserstein":
        parts = [-np.ones(n), np.ones(m), -np.ones(m)]
    else:
        parts = [-_sigma(-real), _sigma(made), -_sigma(-made)]
        if contest == "minimax":
            parts[2] = -_sigma(made)
    if slip.get("real sign"):
        parts[0] = -parts[0]
    if slip.get("made sign"):
        parts[1] = -parts[1]
    if slip.get("generator sign"):
        parts[2] = -parts[2]
    if slip.get("all signs"):
        parts = [-part for part in parts]
    if slip.get("same") and contest == "non_saturating":
        parts[2] = -_sigma(made)
    if slip.get("other") and contest == "minimax":
        parts[2] = -_sigma(-made)
    if slip.get("chance") and contest != "wasserstein":
        parts[0] = -_sigma(real)
    if slip.get("found") and contest != "wasserstein":
        parts[1] = _sigma(-made)
    if slip.get("curve") and contest != "wasserstein":
        parts = [parts[k] * _sigma(s) for k, s in enumerate((real, made, made))]
    if slip.get("steep") and contest != "wasserstein":
        bends = [_sigma(s) * _sigma(-s) for s in (real, made, made)]
        parts = [parts[k] * bend for k, bend in enumerate(bends)]
    if slip.get("last"):
        parts = [parts[1], parts[0], parts[2]]
    if slip.get("first"):
        parts = [parts[2], parts[0], parts[1]]
    sizes = [n, m, m]
    if slip.get("no mean"):
        sizes = [1, 1, 1]
    if slip.get("one mean"):
        sizes = [n + m, n + m, m]
    if slip.get("all mean"):
        sizes = [n, n, n]
    if slip.get("bare generator"):
        sizes = [n, m, 1]
    return np.concatenate([parts[k] / size for k, size in enumerate(sizes)])


DUELS = {
    "do the real scores have the wrong sign in the critic's loss?": {"real sign": 1},
    "do the made scores have the wrong sign in the critic's loss?": {"made sign": 1},
    "does the generator walk the wrong way: has its part the wrong sign?": {
        "generator sign": 1
    },
    "have all derivatives the wrong sign?": {"all signs": 1},
    "has the non-saturating generator the slope of minimax?": {"same": 1},
    "has the minimax generator the slope of the other contest?": {"other": 1},
    "is it sigma(score) of real samples where 1 - sigma(score) is wanted?": {
        "chance": 1
    },
    "is it 1 - sigma(score) of made samples where sigma(score) is wanted?": {
        "found": 1
    },
    "is a factor sigma(score) left that the logarithm cancels?": {"curve": 1},
    "is a factor sigma (1 - sigma) left that the logarithm cancels?": {"steep": 1},
    "do the made samples come before the real ones?": {"last": 1},
    "does the generator's part come first?": {"first": 1},
    "are the losses sums over samples instead of means?": {"no mean": 1},
    "is the critic's loss one mean over real and made samples together?": {
        "one mean": 1
    },
    "are the made samples divided by the number of real ones?": {"all mean": 1},
    "is the generator's loss a sum over its samples instead of a mean?": {
        "bare generator": 1
    },
}


def _asked(student, given, what):
    right = _duel(*given)
    found = student.duel(*given)
    expect_shape(found, right.shape, f"duel of {len(given[0])} and {len(given[1])}")
    expect_close(found, right, what, mistakes=_slips(given, right, DUELS, _duel))


@read("sec-gan-scores")
def test_4_two_scores_by_hand(student):
    """A real score of 0 and a made one of ln 3, chances 1/2 and 3/4."""
    given = np.array([0.0]), np.array([np.log(3)])
    for contest, last in [
        ("minimax", -0.75),
        ("non_saturating", -0.25),
        ("wasserstein", -1.0),
    ]:
        right = [-1.0, 1.0, last] if contest == "wasserstein" else [-0.5, 0.75, last]
        found = student.duel(*given, contest)
        expect_shape(found, (3,), "duel of one score and one")
        slips = _slips((*given, contest), np.array(right), DUELS, _duel)
        expect_close(found, right, f"The derivatives in {contest}", mistakes=slips)


@read("sec-gan-scores")
def test_5_any_scores(student):
    """In each contest, for any numbers of samples; nothing is changed."""
    for k, (n, m) in enumerate([(7, 11), (13, 5), (1, 3)]):
        for contest in ("minimax", "non_saturating", "wasserstein"):
            rng = inputs.draw(10 + k)
            real, made = inputs.numbers(rng, n, -4, 5), inputs.numbers(rng, m, -3, 2)
            if n == 13:
                real, made = inputs.whole(rng, n, -4, 5), inputs.whole(rng, m, -3, 4)
            kept = real.copy(), made.copy()
            what = f"The derivatives of {n} and {m} scores in {contest}"
            _asked(student, (real, made, contest), what)
            expect(
                np.array_equal(real, kept[0]) and np.array_equal(made, kept[1]),
                "The scores are not what they were after the call",
                "is one of them changed in place?",
            )


@read("sec-gan-scores")
def test_6_they_are_slopes(student):
    """Nudging each score moves both losses by what you return."""
    rng = inputs.draw(20)
    real, made = rng.normal(size=5), rng.normal(size=3)

    def critic(s):
        return np.logaddexp(0, -s[:5]).mean() + np.logaddexp(0, s[5:]).mean()

    def generator(s):
        return np.logaddexp(0, -s[5:]).mean()

    scores = np.concatenate([real, made])
    nudges = 1e-5 * np.eye(8)
    slopes = [
        [(loss(scores + h) - loss(scores - h)) / 2e-5 for h in nudges]
        for loss in (critic, generator)
    ]
    given = real, made, "non_saturating"
    # second differences of step 1e-5 and rounding over it, some 1e-10
    expect_close(
        student.duel(*given),
        [*slopes[0], *slopes[1][5:]],
        "The derivatives, beside the slopes that nudges find,",
        atol=1e-7,
        mistakes=_slips(given, _duel(*given), DUELS, _duel),
    )


def _level(W, b, v, X, **slip):
    """The penalty, or what a slip makes of it."""
    a = np.tanh(X @ W + (0 if slip.get("no bias") else b))
    bend = 1 - a**2
    if slip.get("flat"):
        bend = np.ones_like(a)
    if slip.get("line"):
        bend = 1 - a
    if slip.get("linear"):
        bend = 1 - (X @ W + b) ** 2
    slopes = (bend * (1 if slip.get("no v") else v)) @ W.T
    square = (slopes**2).sum(axis=1)
    norm = np.abs(slopes).sum(axis=1) if slip.get("sum") else np.sqrt(square)
    if slip.get("one norm"):
        return (np.linalg.norm(slopes) - 1) ** 2
    if slip.get("down"):
        return np.mean((np.linalg.norm(slopes, axis=0) - 1) ** 2)
    if slip.get("score"):
        norm = np.abs(a @ v)
    if slip.get("signed"):
        norm = slopes.sum(axis=1)
    miss = norm - 1
    if slip.get("squared"):
        miss = square - 1
    if slip.get("zero"):
        miss = norm
    if slip.get("one side"):
        miss = np.maximum(norm - 1, 0)
    if slip.get("mean slope"):
        return (np.linalg.norm(slopes.mean(axis=0)) - 1) ** 2
    if slip.get("mean norm"):
        return (norm.mean() - 1) ** 2
    if slip.get("each"):
        return np.mean((slopes - 1) ** 2)
    if slip.get("bare"):
        return np.mean(np.abs(miss))
    total = np.sum(miss**2)
    if slip.get("total"):
        return total
    if slip.get("root"):
        return np.sqrt(total / len(X))
    if slip.get("half"):
        return total / len(X) / 2
    return total / len(X)


LEVELS = {
    "are the biases left out?": {"no bias": 1},
    "is the slope of tanh left out?": {"flat": 1},
    "is the slope of tanh 1 - tanh instead of 1 - tanh^2?": {"line": 1},
    "is the slope of tanh taken from the sums, not from what the units gave?": {
        "linear": 1
    },
    "are the weights v left out of the slopes?": {"no v": 1},
    "is it the sum of the sizes of the slopes instead of their norm?": {"sum": 1},
    "are the slopes of a sample added up instead of taken to a norm?": {"signed": 1},
    "is the norm left squared before 1 is taken off?": {"squared": 1},
    "is the 1 not taken off?": {"zero": 1},
    "are only norms above 1 punished?": {"one side": 1},
    "is it the norm of the mean slope?": {"mean slope": 1},
    "is the mean over the samples taken before the square?": {"mean norm": 1},
    "is 1 taken off each slope instead of their norm?": {"each": 1},
    "is the miss not squared?": {"bare": 1},
    "is it a sum over the samples instead of a mean?": {"total": 1},
    "is a root taken at the end?": {"root": 1},
    "is there a factor of one half?": {"half": 1},
    "is it one norm of all samples' slopes together?": {"one norm": 1},
    "is the norm taken over the samples instead of the features?": {"down": 1},
    "is the score punished instead of its slopes?": {"score": 1},
}


ROOT = "is a root taken at the end?"
ADDED = "are the slopes of a sample added up instead of taken to a norm?"
APART = {q: slip for q, slip in LEVELS.items() if q != ROOT}
ALIKE = "are the weights v left out of the slopes?", "is the 1 not taken off?"
FREE = {q: slip for q, slip in APART.items() if q not in ALIKE}
BY_HAND = {q: slip for q, slip in APART.items() if q != ADDED}
"""Where all samples miss alike, a root looks like a square that is missing."""


@read("sec-gan-level")
def test_7_one_unit_by_hand(student):
    """Where one unit gives 0 the slopes are those of a line, 3 and -4: a miss of 4."""
    given = (
        np.array([[3.0], [-4.0]]),
        np.array([0.0]),
        np.array([1.0]),
        np.array([[0.0, 0.0], [4.0, 3.0]]),
    )
    expect_close(
        student.level(*given),
        16.0,
        "The penalty of slopes 3 and -4",
        mistakes=_slips(given, 16.0, BY_HAND, _level),
    )


SHAPES = [(3, 5, 11), (2, 7, 13), (7, 11, 19), (7, 7, 17), (5, 1, 3), (1, 3, 7)]
"""Features, units and samples."""


@read("sec-gan-level")
def test_8_any_critic(student):
    """For any numbers of features, units and samples; nothing is changed."""
    for k, (m, units, n) in enumerate(SHAPES):
        rng = inputs.draw(30 + k)
        W = rng.normal(size=(m, units)) / np.sqrt(units)
        b, v = inputs.numbers(rng, units, -1, 1), inputs.numbers(rng, units, -2, 3)
        X = inputs.design(rng, n, m) / 3
        if n == 13:
            X = inputs.whole(rng, n * m, -2, 3).reshape(n, m)
        if n == 17:
            W = inputs.whole(rng, m * units, -1, 1).reshape(m, units)
            b, v = inputs.whole(rng, units, -1, 2), inputs.whole(rng, units, -3, 2)
            X = rng.normal(size=(n, m)) / 3
        given = W, b, v, X
        kept, right = [a.copy() for a in given], _level(*given)
        found = student.level(*given)
        expect_shape(found, (), "level")
        expect_close(
            found,
            right,
            f"The penalty of {units} units at {n} samples of {m} features",
            mistakes=_slips(given, right, LEVELS, _level),
        )
        expect(
            all(map(np.array_equal, given, kept)),
            "The arguments are not what they were after the call",
            "is one of them changed in place?",
        )


@read("sec-gan-level")
def test_9_slopes_of_one_cost_nothing(student):
    """A nearly linear critic of slopes 0.6, -0.8 is free; four times that costs 9."""
    small = 1e-6
    W = small * np.array([[0.6, 0.0], [0.0, -0.8]])
    b, v = np.zeros(2), np.ones(2) / small
    X = inputs.draw(40).normal(size=(7, 2))
    # sums of 1e-6 bend by parts in 1e12, and 1e-3 is far below any mistake
    for times, right in [(1, 0.0), (4, 9.0)]:
        given = W, b, times * v, X
        expect_close(
            student.level(*given),
            right,
            f"The penalty of a critic of slope {times}",
            atol=1e-3,
            mistakes=_slips(given, right, FREE, _level),
        )
