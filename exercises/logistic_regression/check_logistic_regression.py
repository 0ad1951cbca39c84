"""Claims about a step of Newton's method, odds, class weights and costs."""

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


def _step(theta, X, y, counts, alpha, **slip):
    """One step, or what a slip in one of its pieces makes of it."""
    A = np.column_stack([np.ones(len(X)), X])
    theta = np.asarray(theta, dtype=float)
    p = (1 + np.tanh(A @ theta / 2)) / 2
    bias = float(slip.get("bias", 0))
    penalty = alpha * np.r_[bias, np.ones(A.shape[1] - 1)]
    pull = slip.get("pull", counts) * (p - y)
    bend = slip.get("bend", counts) * (1 if slip.get("flat") else p * (1 - p))
    gradient = A.T @ pull + slip.get("held", 1) * penalty * theta
    hessian = (A.T * bend) @ A + slip.get("stiff", 1) * np.diag(penalty)
    if slip.get("gradient"):
        return theta - gradient
    step = np.linalg.lstsq(hessian, gradient)[0]
    return slip.get("from_", 1) * theta - slip.get("way", 1) * step


def _slips(theta, X, y, counts, alpha):
    """What each slip would give, by the question that names it."""
    ones = np.ones(len(y))
    kinds = {
        "is the step taken uphill instead of downhill?": {"way": -1},
        "is it the step itself, not yet taken off theta?": {"from_": 0, "way": -1},
        "is it a step down the gradient alone, without the curvature?": {
            "gradient": True
        },
        "is the factor p (1 - p) missing from the curvature?": {"flat": True},
        "are the counts missing from the gradient?": {"pull": ones},
        "are the counts missing from the curvature?": {"bend": ones},
        "is the penalty missing from the gradient?": {"held": 0},
        "is the penalty missing from the curvature?": {"stiff": 0},
        "is the bias penalised, which should go free?": {"bias": 1},
        "is the loss divided by the number of events in the gradient, and nowhere "
        "else?": {"pull": counts / len(y)},
        "is the loss divided by the number of events, and the penalty not?": {
            "pull": counts / len(y),
            "bend": counts / len(y),
        },
        "is the loss divided by the sum of the counts, and the penalty not?": {
            "pull": counts / np.sum(counts),
            "bend": counts / np.sum(counts),
        },
        "is the half of alpha / 2 left out?": {"held": 2, "stiff": 2},
    }
    return {
        question: _step(theta, X, y, counts, alpha, **slip)
        for question, slip in kinds.items()
    }


@read("sec-newton")
def test_1_two_events_by_hand(student):
    """From zero, with events at -2 and 2 and a penalty of 1, the weight becomes 2/3."""
    # p is 1/2 and the gradient (0, -2); the curvatures are 2/4 and 8/4 + 1
    given = np.zeros(2), np.array([[-2.0], [2.0]]), np.array([0, 1]), np.ones(2), 1.0
    found = student.newton_step(*given)
    expect_shape(found, (2,), "newton_step with one feature")
    told = ("gradient alone", "p (1 - p)", "from the curvature", "nowhere else")
    expect_close(
        found,
        [0, 2 / 3],
        "[bias, weight] after one step",
        mistakes={
            question: value
            for question, value in _slips(*given).items()
            if any(word in question for word in told) and "counts" not in question
        },
    )


def _events(seed, n, m, counts=None):
    """Draw events that count differently, and a place to step from."""
    rng = inputs.draw(seed)
    X, y = inputs.design(rng, n, m).round(1), inputs.classes(rng, n, 0.4)
    counts = inputs.whole(rng, n, 1, 6) if counts is None else counts(rng, n)
    theta = rng.normal(size=m + 1) / np.append(1, abs(X).max(axis=0))
    return theta, X, y, counts, rng.uniform(1.5, 4)


def _whole_events(seed, n, m):
    """Draw the same of whole numbers only, the labels in one byte each."""
    rng = inputs.draw(seed)
    X = np.column_stack([inputs.whole(rng, n, -2, 3) for _ in range(m)])
    y = inputs.classes(rng, n, 0.4).astype(np.uint8)
    return inputs.whole(rng, m + 1, -1, 1), X, y, inputs.counts(rng, n, 20), 2


@read("sec-newton")
def test_2_any_events_any_place(student):
    """From any theta, with any counts, it goes to the bottom of the parabola there."""
    theta, X, y, counts, alpha = _events(7, 13, 2)
    X = np.vstack([X, [[90.0, -700.0], [-90.0, 700.0], [900.0, 1.0]]])
    far = np.array([0.3, 0.9, -1.0]), X, np.append(y, [1, 0, 0]), np.append(counts, 3)
    cases = [
        (_events(2, 23, 3), "with 23 events and 3 features"),
        (_events(3, 41, 1, inputs.counts), "with 41 events and 1 feature"),
        (_whole_events(4, 17, 6), "from whole numbers"),
        (_events(5, 1, 2), "with one event"),
        ((*far[:3], np.append(far[3], [1, 2]), alpha), "with sums of 800 and more"),
    ]
    for given, which in cases:
        theta, y = given[0], given[2]
        expect_close(
            student.newton_step(*given),
            _step(*given),
            f"The step {which}",
            mistakes=_slips(*given)
            | {
                "does exp overflow where the sum is 800?": np.full(len(theta), np.nan),
                "is 2 y - 1 made in a type of labels that knows no -1?": (
                    _step(theta, given[1], np.where(y, 1.0, 128.0), *given[3:])
                ),
            },
        )


@read("sec-class-weights")
def test_3_counting_thrice_is_standing_thrice(student):
    """An event that counts three times gives the step of three such events."""
    theta, X, y, counts, alpha = given = _events(9, 11, 2)
    often = np.repeat(np.arange(11), counts)
    expect_close(
        student.newton_step(*given),
        np.asarray(
            student.newton_step(theta, X[often], y[often], np.ones(often.size), alpha),
            dtype=float,
        ),
        "The step with counts, beside your step from the events repeated,",
        mistakes={
            question: value
            for question, value in _slips(*given).items()
            if "counts missing" in question
        },
    )


@read("sec-newton")
def test_4_it_rests_at_the_minimum(student):
    """A dozen steps from zero end where the loss is least, for whole numbers too."""
    X = np.array([[1, 0], [2, 1], [3, 0], [4, 2], [5, 1], [6, 2], [7, 0]])
    y, counts = np.array([0, 1, 0, 0, 1, 1, 1]), np.array([1, 2, 1, 1, 3, 1, 1])

    def loss(theta, free=1, share=1.0, strength=0.5):
        z = theta[0] + X @ theta[1:]
        each = np.logaddexp(0, (1 - 2 * y) * z)
        return share * (counts @ each) + strength * theta[free:] @ theta[free:]

    theta = np.zeros(3)
    for _ in range(12):
        theta = np.asarray(student.newton_step(theta, X, y, counts, 1.0), dtype=float)
        expect_shape(theta, (3,), "newton_step with two features")
    beside = theta + 0.01 * np.array([*np.eye(3), *-np.eye(3)])

    def rests(**other):
        return min(loss(each, **other) for each in beside) > loss(theta, **other)

    others = {
        "is the bias penalised, which should go free?": {"free": 0},
        "is the loss divided by the number of events, and the penalty not?": {
            "share": 1 / len(y)
        },
        "is the loss divided by the sum of the counts, and the penalty not?": {
            "share": 1 / counts.sum()
        },
        "is the half of alpha / 2 left out?": {"strength": 1},
        "is there no penalty?": {"strength": 0},
    }
    # curvatures of 0.5 and more lift the loss by 2e-5 at a distance of 0.01
    expect(
        rests(),
        f"After a dozen steps theta is {np.round(theta, 2).tolist()}, and the loss is "
        "lower beside it",
        *[question for question, other in others.items() if rests(**other)][:1],
    )


CALLS = [
    "[0.5; -1], [1; 2; 4], [1; 0; 0], [1; 2; 1], 2",
    "[0.1; 0.2; -0.3], [1, 0; 2, 1; 0, 3; 1, 1], [0; 1; 1; 0], [1; 1; 3; 2], 1",
    "[0; 8], [100; -100; 0; 0.1], [0; 1; 1; 0], [1; 2; 5; 3], 4",
]


@deadline(12)
@read("sec-newton")
def test_5_the_same_in_matlab(student):
    """newton_step.m takes the same steps, with one feature and with two."""
    found = octave_numbers(student, __file__, "newton_step", CALLS)
    given = [
        (
            np.array([0.5, -1]),
            np.array([[1.0], [2], [4]]),
            np.array([1, 0, 0]),
            np.array([1, 2, 1]),
            2.0,
        ),
        (
            np.array([0.1, 0.2, -0.3]),
            np.array([[1.0, 0], [2, 1], [0, 3], [1, 1]]),
            np.array([0, 1, 1, 0]),
            np.array([1, 1, 3, 2]),
            1.0,
        ),
        (
            np.array([0.0, 8]),
            np.array([[100], [-100], [0], [0.1]]),
            np.array([0, 1, 1, 0]),
            np.array([1, 2, 5, 3]),
            4.0,
        ),
    ]
    slips = [_slips(*one) for one in given]
    expect_close(
        found,
        np.concatenate([_step(*one) for one in given]),
        "theta after each of three calls of newton_step.m",
        mistakes={
            f"in MATLAB, {question.replace(' (1 - p)', ' .* (1 - p)')}": np.concatenate(
                [each[question] for each in slips]
            )
            for question in slips[0]
        },
    )


@read("sec-odds")
def test_6_two_kilometres_by_hand(student):
    """With w = ln 3 per km, 2 km multiply the odds by 9; with w = 2 ln 3, by 81."""
    w, se = np.log(3), np.log(3) / 1.96
    found = student.odds_factor(w, se, 2.0)
    expect_shape(found, (3,), "odds_factor")
    expect_close(
        found,
        [9, 1, 81],
        "[factor, low, high] for 2 km",
        mistakes={
            "is it the factor of one unit, whatever the step?": [3, 1, 9],
            "have you multiplied the factor by the step, instead of the weight?": (
                6,
                2,
                18,
            ),
            "is it the change of the log-odds, without the exponential?": (
                np.log(9),
                0,
                np.log(81),
            ),
            "is the exponential one to the base ten?": 10 ** np.log([9, 1, 81]),
            "does the step leave out the standard error?": [9, 3, 27],
            "is it one standard error instead of 1.96?": [
                9,
                np.exp(2 * (w - se)),
                np.exp(2 * (w + se)),
            ],
            "is the interval built on the factor instead of on the weight?": (
                9,
                9 - 2 * np.log(3),
                9 + 2 * np.log(3),
            ),
            "is the interval symmetric about the factor instead of the weight?": (
                9,
                9 - 18 * np.log(3),
                9 + 18 * np.log(3),
            ),
            "is the lower end before the factor, which should come first?": [1, 9, 81],
            "is it the change of the odds, without the 1?": [8, 0, 80],
            "is it a probability instead of a factor on the odds?": [0.9, 0.5, 81 / 82],
        },
    )


@read("sec-odds")
def test_7_a_step_back_turns_the_interval_around(student):
    """A step of -1 gives one over the factor of +1, its lower end still the lower."""
    rng = inputs.draw(2)
    up, wide = rng.normal(), rng.uniform(0.1, 0.5)
    for w, se, step in [
        (up, wide, -1.0),
        (-up, wide, -2.5),
        (up, 0.0, 3),
        (-up, wide, 0.4),
    ]:
        there = np.exp(step * np.array([w, w - 1.96 * se, w + 1.96 * se]))
        right = np.array([there[0], *sorted(there[1:])])
        expect_close(
            student.odds_factor(w, se, step),
            right,
            f"[factor, low, high] for a step of {step:g}",
            mistakes={
                "are the ends in the wrong order when the step is negative?": there,
                "is the sign of the step lost?": (
                    np.exp(abs(step) * np.array([w, w - 1.96 * se, w + 1.96 * se]))
                ),
                "is it 1.959964, more exact than asked for?": np.exp(
                    step * w + abs(step) * se * 1.959964 * np.array([0, -1, 1])
                ),
            },
        )


@read("sec-class-weights")
def test_8_one_half_becomes_one_fifth(student):
    """Odds of 1 to 1 after a fourfold count were odds of 1 to 4: 0.5 becomes 0.2."""
    expect_close(
        student.undo_class_weight(np.array([0.5, 0.9, 0.0, 1.0]), 4.0),
        [0.2, 9 / 13, 0, 1],
        "The array for 0.5, 0.9, 0 and 1, counted four times,",
        mistakes={
            "have you divided the probability instead of the odds?": [
                0.125,
                0.225,
                0,
                0.25,
            ],
            "have you multiplied the odds instead of dividing them?": [
                0.8,
                36 / 37,
                0,
                1,
            ],
            "are these odds instead of probabilities?": [0.25, 2.25, 0, np.inf],
            "is the probability 1 lost in a division by zero?": [
                0.2,
                9 / 13,
                0,
                np.nan,
            ],
            "does the weight also multiply the probability in the numerator?": [
                0.8,
                3.6 / 1.3,
                0,
                4,
            ],
            "is the share of class 0 missing from the denominator?": [
                0.5 / 4.5,
                0.9 / 4.9,
                0,
                0.2,
            ],
        },
    )
    sure = np.array([1, 0, 0, 1, 0, 1, 0])
    expect_close(
        student.undo_class_weight(sure, 3),
        sure,
        "The array for probabilities of an integer type, 0 and 1,",
    )


@read("sec-class-weights")
def test_9_it_undoes_what_a_weight_does(student):
    """Any weight, applied to the odds and undone, gives the probabilities back."""
    rng = inputs.draw(4)
    p = np.append(inputs.numbers(rng, 29, 0.01, 0.99), [2e-5, 1 - 3e-5])
    log_odds = np.log(p / (1 - p))
    for weight in (rng.uniform(2, 20), rng.uniform(0.2, 0.5), 1, 900):
        raised = weight * p / (weight * p + 1 - p)
        high = log_odds + np.log(weight)
        expect_close(
            student.undo_class_weight(raised, weight),
            p,
            f"After a weight of {weight:.1f} the probability",
            mistakes={
                "have you multiplied the odds instead of dividing them?": (
                    weight * raised / (weight * raised + 1 - raised)
                ),
                "have you divided the probability instead of the odds?": raised
                / weight,
                "is the result scaled so that it sums to 1 over the events?": p
                / p.sum(),
                "have you subtracted the weight itself from the log-odds?": 1
                / (1 + np.exp(weight - high)),
                "is the logarithm of the weight one to the base ten?": 1
                / (1 + np.exp(np.log10(weight) - high)),
                "does a weight below 1 change nothing?": raised,
            },
        )


def _costs(y, p, threshold, missed, false):
    """What slips in the bookkeeping of costs would give."""
    alarm = p >= threshold
    n_missed, n_false = np.sum((y == 1) & ~alarm), np.sum((y == 0) & alarm)
    over, half = p > threshold, p >= 0.5
    total = missed * n_missed + false * n_false
    priced = p >= false / (false + missed)
    return {
        "are the two costs swapped?": (false * n_missed + missed * n_false) / len(y),
        "is it the sum over the events instead of the mean?": total,
        "does a probability equal to the threshold raise an alarm?": (
            missed * np.sum((y == 1) & ~over) + false * np.sum((y == 0) & over)
        )
        / len(y),
        "is the threshold one half, whatever was asked?": (
            missed * np.sum((y == 1) & ~half) + false * np.sum((y == 0) & half)
        )
        / len(y),
        "is the threshold computed from the costs, whatever was asked?": (
            missed * np.sum((y == 1) & ~priced) + false * np.sum((y == 0) & priced)
        )
        / len(y),
        "are the probabilities counted instead of the labels?": np.mean(
            np.where(alarm, false * (1 - p), missed * p)
        ),
        "does a right alarm cost as much as a false one?": (
            missed * n_missed + false * np.sum(alarm)
        )
        / len(y),
        "is the alarm raised below the threshold instead of above?": (
            missed * np.sum((y == 1) & alarm) + false * np.sum((y == 0) & ~alarm)
        )
        / len(y),
        "are only the wrong decisions counted in the mean?": total
        / max(1, n_missed + n_false),
        "are the false alarms left out?": missed * n_missed / len(y),
        "are the missed events left out?": false * n_false / len(y),
        "is each kind of cost averaged within its own class?": (
            missed * n_missed / max(1, np.sum(y == 1))
            + false * n_false / max(1, np.sum(y == 0))
        ),
        "is each kind of cost averaged within its own class, and then both?": (
            missed * n_missed / max(1, np.sum(y == 1))
            + false * n_false / max(1, np.sum(y == 0))
        )
        / 2,
    }


@read("sec-cost")
def test_10_six_events_by_hand(student):
    """One miss of cost 10 and three false alarms of cost 1 over six events: 13/6."""
    y = np.array([1, 1, 0, 0, 0, 0])
    p = np.array([0.1, 0.4, 0.2, 0.7, 0.15, 0.3])
    rng = inputs.draw(10)
    labels = inputs.classes(rng, 23, 0.4)
    tied = np.round(inputs.numbers(rng, 23), 1)
    cases = [
        (y, p, 0.2, 10.0, 1.0, "at a threshold of 0.2"),
        (labels, tied, 0.7, 3, 2, "of 23 events, many just at the threshold,"),
        (labels.astype(np.uint8), tied, 0.3, 5.0, 4.0, "with labels of one byte"),
        (
            labels,
            inputs.whole(rng, 23, 0, 1),
            1,
            7.0,
            2.0,
            "of sure forecasts, 0 or 1,",
        ),
        (np.array([0]), np.array([0.6]), 0.6, 3.0, 2.0, "of one event"),
    ]
    for *given, which in cases:
        labels, p, threshold, missed, false = given
        alarm = p >= threshold
        right = missed * np.sum(labels > alarm) + false * np.sum(alarm > labels)
        slips = _costs(*given)
        if labels.dtype == np.uint8:
            lost = slips.pop("are the false alarms left out?")
            slips["are labels subtracted in a type that knows no -1?"] = lost
        expect_close(
            student.mean_cost(*given),
            right / len(labels),
            f"The mean cost {which}",
            mistakes=slips,
        )


@read("sec-cost")
def test_11_everything_and_nothing(student):
    """Always an alarm costs the share of class 0; never one, ten times that of 1."""
    rng = inputs.draw(11)
    y, p = inputs.classes(rng, 23, 0.15), inputs.numbers(rng, 23, 0.01, 0.7)
    always, never = (_costs(y, p, t, 10.0, 1.0) for t in (0.0, 1.0))
    alike = {
        "are only the wrong decisions counted in the mean?",
        "is each kind of cost averaged within its own class?",
        "is each kind of cost averaged within its own class, and then both?",
        "does a probability equal to the threshold raise an alarm?",
    }
    expect_close(
        [
            student.mean_cost(y, p, 0.0, 10.0, 1.0),
            student.mean_cost(y, p, 1.0, 10.0, 1.0),
        ],
        [20 / 23, 30 / 23],
        "[cost of always, cost of never]",
        mistakes={
            question: [always[question], never[question]]
            for question in always
            if question not in alike  # these give the same here, or what is right
        }
        | {
            "is a threshold of 0 taken for none, and one half put in its place?": [
                np.mean(np.where(p >= 0.5, y == 0, 10 * y)),
                30 / 23,
            ]
        },
    )


@read("sec-cost")
def test_12_the_cheapest_threshold_of_honest_probabilities(student):
    """For probabilities that keep their promise, 1/11 is cheaper than 0.5 and 0.01."""
    rng, n = inputs.draw(7), inputs.prime(4000)
    p = rng.beta(0.6, 2.4, n)
    y = (rng.random(n) < p).astype(int)
    cost = {t: student.mean_cost(y, p, t, 10.0, 1.0) for t in (0.01, 1 / 11, 0.5)}
    # The three differ by 0.1 and more; the Monte Carlo error of each is below 0.03.
    expect(
        cost[1 / 11] < min(cost[0.01], cost[0.5]),
        "The thresholds 0.01, 0.09 and 0.5 cost "
        + ", ".join(f"{each:.2f}" for each in cost.values())
        + ", and the second should be the cheapest",
    )
