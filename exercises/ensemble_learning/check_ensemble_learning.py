"""Claims about a round of AdaBoost, the steps of leaves, and conformal intervals."""

import numpy as np

from mlearth.checks import (
    deadline,
    expect,
    expect_close,
    expect_shape,
    inputs,
    octave_numbers,
    read,
)


def _round(weights, y, vote, **slip):
    """One round, or what a slip in one of its pieces makes of it."""
    weights, y, vote = (np.asarray(a, dtype=float) for a in (weights, y, vote))
    agreed = y * vote
    counted = slip.get("counted", weights)
    right = counted[agreed == 1].sum() + slip.get("idle_right", 0) * (
        counted[agreed == 0].sum()
    )
    wrong = counted[agreed == -1].sum() + slip.get("idle_wrong", 0) * (
        counted[agreed == 0].sum()
    )
    say = slip.get("half", 0.5) * np.log(right / wrong)
    say = np.clip(say, -slip.get("most", np.inf), slip.get("most", np.inf))
    grown = weights * np.exp(slip.get("way", -1) * say * agreed)
    if slip.get("forgets"):
        grown = grown * np.abs(vote)
    if slip.get("old"):
        grown = weights
    total = {"sum": grown.sum(), "one": 1.0, "first": weights.sum()}
    total["largest"] = grown.max()
    total["voters"] = grown[agreed != 0].sum()
    return np.append(say, grown / total[slip.get("total", "sum")])


def _slips(weights, y, vote):
    """What each slip would give, by the question that names it."""
    n = len(y)
    kinds = {
        "is the half before the logarithm missing?": {"half": 1},
        "is the say upside down, wrong over right?": {"half": -0.5},
        "does the say multiply by a logarithm to the base ten?": {
            "half": 0.5 / np.log(10)
        },
        "is the say held between -1 and 1?": {"most": 1},
        "do abstentions count as right?": {"idle_right": 1},
        "do abstentions count as wrong?": {"idle_wrong": 1},
        "are samples counted, whatever their weight?": {"counted": np.ones(n)},
        "do the weights grow where the vote was right?": {"way": 1},
        "do the weights move by twice the say?": {"way": -2},
        "are these the weights before the step?": {"old": True},
        "do those of whom the voter says nothing lose their weight?": {"forgets": True},
        "are the new weights not divided by their sum?": {"total": "one"},
        "are they divided by the sum of the old weights?": {"total": "first"},
        "are they divided by the largest of them?": {"total": "largest"},
        "are they divided by the sum over the voters alone?": {"total": "voters"},
    }
    right = _round(weights, y, vote)
    found = {text: _round(weights, y, vote, **slip) for text, slip in kinds.items()}
    return {text: v for text, v in found.items() if not np.allclose(v, right)}


def _told(slips, *words):
    """The slips whose question has one of the words."""
    return {text: v for text, v in slips.items() if any(word in text for word in words)}


@read("sec-adaboost")
def test_1_one_mistake_of_four(student):
    """Three right and one wrong: a say of ln(3) / 2, and the mistake weighs 1/2."""
    given = np.ones(4), np.array([1, 1, 1, -1]), np.array([1, 1, 1, 1])
    found = student.boosting_round(*given)
    expect_shape(found, (5,), "boosting_round with four samples")
    expect_close(
        found,
        [np.log(3) / 2, 1 / 6, 1 / 6, 1 / 6, 1 / 2],
        "The say and the four weights",
        mistakes=_told(
            _slips(*given),
            "half",
            "upside",
            "ten",
            "was right",
            "twice",
            "before the s",
        )
        | _told(_slips(*given), "not divided", "largest", "old weights"),
    )


def _samples(seed, n, whole=False):
    """Draw weights, labels and votes; a voter is right, wrong, and silent, of some."""
    rng = inputs.draw(seed)
    weights = inputs.whole(rng, n, 1, 9) if whole else inputs.numbers(rng, n, 0.05, 3)
    y = inputs.classes(rng, n, 0.4, (-1, 1))
    kinds = np.r_[1, 1, -1, 0, rng.choice([1, 1, -1, 0], n - 4)]
    agreed = inputs.shuffled(rng, kinds)[0]
    return weights, y, y * agreed


@read("sec-adaboost")
def test_2_whoever_abstains_has_no_part_in_the_say(student):
    """A vote of 0 is neither right nor wrong, and keeps its weight until the sum."""
    sure = _samples(7, 11)
    sure = (np.where(sure[1] == -sure[2], 0.01, 1) * sure[0], *sure[1:])
    for given, which in [
        (_samples(2, 13), "of 13 samples"),
        (sure, "of 11 samples, those that weigh most right"),
        (_samples(3, 29, whole=True), "of whole numbers"),
        (_samples(5, 7), "of 7 samples"),
    ]:
        small = tuple(np.asarray(a, dtype=np.int8) for a in given[1:])
        given = (given[0], *small) if which == "of 7 samples" else given
        expect_close(
            student.boosting_round(*given),
            _round(*given),
            f"The say and the weights {which}",
            mistakes=_slips(*given),
        )


@read("sec-adaboost")
def test_3_no_other_say_is_better(student):
    """The loss is least at the say, and right and wrong then weigh the same."""
    weights, y, vote = given = _samples(11, 17)
    found = np.asarray(student.boosting_round(*given), dtype=float)
    say, after = found[0], found[1:]

    def loss(s):
        return np.sum(weights * np.exp(-s * y * vote))

    # the loss bends by its own size: a hundredth beside costs 5e-5 of it
    expect(
        loss(say) < min(loss(say - 0.01), loss(say + 0.01)),
        f"The say is {say:.3f}, and the loss is lower beside it",
        "is the half before the logarithm missing?"
        if abs(say - 2 * _round(*given)[0]) < 1e-6
        else "do abstentions count?",
    )
    expect_close(
        after[vote == y].sum(),
        after[vote == -y].sum(),
        "The weight of what was right, beside that of what was wrong,",
        mistakes={
            question: value[1:][vote == y].sum()
            for question, value in _told(_slips(*given), "was right", "twice").items()
        },
    )


CALLS = [
    "[1; 1; 1; 1], [1; 1; 1; -1], [1; 1; 1; 1]",
    "[0.5; 2; 1.5; 1; 3], [1; -1; -1; 1; 1], [1; 0; -1; -1; 0]",
    "[3; 1; 2; 5; 1; 4], [-1; -1; 1; 1; 1; -1], [-1; 1; 0; 1; -1; -1]",
]


@deadline(12)
@read("sec-scratch-ensembles")
def test_4_the_same_in_matlab(student):
    """boosting_round.m takes the same rounds, with and without abstentions."""
    found = octave_numbers(student, __file__, "boosting_round", CALLS)
    given = [
        ([1, 1, 1, 1], [1, 1, 1, -1], [1, 1, 1, 1]),
        ([0.5, 2, 1.5, 1, 3], [1, -1, -1, 1, 1], [1, 0, -1, -1, 0]),
        ([3, 1, 2, 5, 1, 4], [-1, -1, 1, 1, 1, -1], [-1, 1, 0, 1, -1, -1]),
    ]
    right = [_round(*one) for one in given]
    slips = [_slips(*one) for one in given]
    expect_close(
        found,
        np.concatenate(right),
        "The say and the weights of three calls of boosting_round.m",
        mistakes={
            f"in MATLAB, {question}": np.concatenate(
                [s.get(question, r) for s, r in zip(slips, right, strict=True)]
            )
            for question in slips[1]
        },
    )


def _steps(y, F, leaf, rate, **slip):
    """Scores after a round, or what a slip makes of them."""
    y, F = np.asarray(y, dtype=float), np.asarray(F, dtype=float)
    after = np.zeros(len(y)) if slip.get("alone") else F.copy()
    centre = slip.get("centre", np.median)
    left = slip.get("left", y - F)
    for k in np.unique(leaf):
        inside = slip.get("inside", lambda k: leaf == k)(k)
        step = centre(left[inside])
        after[leaf == k] += slip.get("part", rate) * step
    return after


def _lower(values):
    """The lower of the two in the middle."""
    return np.sort(values)[(len(values) - 1) // 2]


def _upper(values):
    """The upper of the two in the middle."""
    return np.sort(values)[len(values) // 2]


def _step_slips(y, F, leaf, rate):
    """What each slip would give, by the question that names it."""
    everyone = np.ones(len(y), bool)
    y, F = np.asarray(y, dtype=float), np.asarray(F, dtype=float)
    kinds = {
        "is it the mean residual, which belongs to the squares?": {"centre": np.mean},
        "is the whole step taken, whatever the learning rate?": {"part": 1},
        "is the residual upside down, F - y?": {"left": F - y},
        "is it the median target instead of the median residual?": {"left": y},
        "is it the step alone, not yet added to F?": {"alone": True},
        "is one median taken over all leaves?": {"inside": lambda k: everyone},
        "is it the mean sign of the residuals, the slope itself?": {
            "left": np.sign(y - F),
            "centre": np.mean,
        },
        "is it the median sign of the residuals?": {"left": np.sign(y - F)},
        "is the lower of the two in the middle taken, not the point half way?": {
            "centre": _lower
        },
        "is the upper of the two in the middle taken, not the point half way?": {
            "centre": _upper
        },
        "is it the sum of the residuals?": {"centre": np.sum},
        "is it the median size of the residuals, without their sign?": {
            "left": np.abs(y - F)
        },
    }
    right = _steps(y, F, leaf, rate)
    found = {text: _steps(y, F, leaf, rate, **slip) for text, slip in kinds.items()}
    return {text: v for text, v in found.items() if not np.allclose(v, right)}


@read("sec-boosting")
def test_5_two_leaves_by_hand(student):
    """Residuals 1, 2, 9 and -4, -2: half of 2, and half of -3, are added."""
    y, F = np.array([11.0, 16, 12, 18, 19]), np.array([10.0, 20, 10, 20, 10])
    leaf = np.array([3, 8, 3, 8, 3])
    found = student.leaf_steps(y, F, leaf, 0.5)
    expect_shape(found, (5,), "leaf_steps of five samples")
    expect_close(
        found,
        [11, 18.5, 11, 18.5, 11],
        "The scores after half a step",
        mistakes={
            question: value
            for question, value in _step_slips(y, F, leaf, 0.5).items()
            if "median sign" not in question
        },
    )


@read("sec-boosting")
def test_6_any_leaves(student):
    """Leaves of any number, size and order step for themselves; F stays as it was."""
    for seed, sizes, rate in [(3, [5, 8, 1, 4], 0.1), (4, [2, 7], 0.7), (6, [11], 1.3)]:
        rng = inputs.draw(seed)
        leaf, n = inputs.groups(rng, sizes), sum(sizes)
        y, F = inputs.numbers(rng, n, -5, 30), inputs.numbers(rng, n, -3, 9)
        if seed == 4:
            y, F = inputs.whole(rng, n, -9, 40), inputs.whole(rng, n, -4, 4)
        before = F.copy()
        expect_close(
            student.leaf_steps(y, F, leaf, rate),
            _steps(y, before, leaf, rate),
            f"The scores of {n} samples in {len(sizes)} leaves",
            mistakes=_step_slips(y, before, leaf, rate),
        )


def _interval(residual, prediction, level, **slip):
    """Intervals, or what a slip makes of them."""
    size = np.sort(slip.get("size", np.abs)(np.asarray(residual, dtype=float)))
    n = len(size)
    rank = slip.get("rank", lambda n: int(np.ceil((n + 1) * level - 1e-9)))(n)
    half = size[rank - 1] if rank <= n else slip.get("short", np.inf)
    half = slip.get("half", half)
    low = prediction - slip.get("share", 1) * half
    return np.column_stack([low, prediction + slip.get("share", 1) * half])


def _interval_slips(residual, prediction, level):
    """What each slip would give, by the question that names it."""
    residual = np.asarray(residual, dtype=float)
    right = _interval(residual, prediction, level)
    size = np.abs(residual)
    bell = {0.9: 1.6449, 0.7: 1.0364, 0.75: 1.1503, 0.28: 0.3585, 0.683: 1.0006}[level]
    kinds = {
        "is the rank counted among n, without the new one?": {
            "rank": lambda n: max(1, int(np.ceil(n * level - 1e-9)))
        },
        "is the rank rounded down?": {
            "rank": lambda n: max(1, int(np.floor((n + 1) * level + 1e-9)))
        },
        "is it one rank too far, by a count from 0, or by a whole rank rounded up?": {
            "rank": lambda n: min(n, int(np.ceil((n + 1) * level - 1e-9)) + 1)
        },
        "is it the largest residual?": {"rank": lambda n: n},
        "are the residuals sorted with their sign?": {"size": lambda r: r},
        "is the half width halved once more?": {"share": 0.5},
        "is the half width doubled?": {"share": 2},
        "is it a quantile between two residuals?": {"half": np.quantile(size, level)},
        "is it a bell curve's width instead of a count?": {
            "half": bell * np.std(residual)
        },
    }
    found = {
        text: _interval(residual, prediction, level, **slip)
        for text, slip in kinds.items()
    }
    among, down = (
        "is the rank counted among n, without the new one?",
        "is the rank rounded down?",
    )
    if np.allclose(found[among], found[down]):  # most numbers cannot tell
        found["is the rank counted among n, or rounded down?"] = found.pop(among)
        del found[down]
    found["is the upper end before the lower?"] = right[:, ::-1]
    return {text: v for text, v in found.items() if not np.allclose(v, right)}


@read("sec-conformal")
def test_7_nine_residuals_by_hand(student):
    """Of nine residuals and 70 %, the 7th smallest counts: seven of ten places."""
    residual = np.array([3.0, -1, 7, -20, 5, 2, -11, 4, 13])
    found = student.conformal_interval(residual, np.array([100.0, 50]), 0.7)
    expect_shape(
        found,
        (2, 2),
        "conformal_interval of two predictions",
        mistakes={"is the half width returned alone?": ()},
    )
    expect_close(
        found,
        [[89, 111], [39, 61]],
        "The intervals round 100 and 50",
        mistakes=_interval_slips(residual, np.array([100.0, 50]), 0.7),
    )


@read("sec-conformal")
def test_8_any_residuals_any_level(student):
    """The rank is right for any number and level, where the product is whole, too."""
    for seed, n, level in [
        (2, 37, 0.9),
        (3, 29, 0.9),
        (4, 47, 0.75),
        (5, 99, 0.28),
        (6, 40, 0.683),  # a rank of 28.003
    ]:
        rng = inputs.draw(seed)
        residual = inputs.numbers(rng, n, -8, 5)
        prediction = inputs.numbers(rng, 7, -30, 90)
        if n == 37:
            residual = inputs.shuffled(rng, np.arange(-22, 15))[0]
            prediction = inputs.whole(rng, 7, -30, 90)
        expect_close(
            student.conformal_interval(residual, prediction, level),
            _interval(residual, prediction, level),
            f"The intervals from {n} residuals for {100 * level:g} %",
            mistakes=_interval_slips(residual, prediction, level),
        )


@read("sec-conformal")
def test_9_too_few_promise_nothing(student):
    """Eight residuals cannot promise 90 %: the intervals are infinite; nine can."""
    rng = inputs.draw(8)
    prediction = inputs.numbers(rng, 5, 10, 20)
    eight, nine = inputs.numbers(rng, 8, -4, 4), inputs.numbers(rng, 9, -4, 4)
    found = np.asarray(student.conformal_interval(eight, prediction, 0.9), dtype=float)
    expect_shape(found, (5, 2), "conformal_interval with too few residuals")
    largest = np.column_stack(
        [prediction - abs(eight).max(), prediction + abs(eight).max()]
    )
    is_largest = np.allclose(found, largest)
    expect(
        np.array_equal(found, np.tile([-np.inf, np.inf], (5, 1))),
        f"From eight residuals the first interval is {found[0].round(2).tolist()}",
        "is the largest residual taken where the rank is larger still?"
        if is_largest
        else "does the rank exceed the number of residuals?",
    )
    expect_close(
        student.conformal_interval(nine, prediction, 0.9),
        _interval(nine, prediction, 0.9),
        "The intervals from nine residuals",
        mistakes=_interval_slips(nine, prediction, 0.9),
    )
