"""Claims about odds, class weights, costs and errors of ordered classes."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, read


@read("sec-odds")
def test_1_two_kilometres_by_hand(student):
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
def test_2_a_step_back_turns_the_interval_around(student):
    """A step of -1 gives one over the factor of +1, its lower end still the lower."""
    rng = np.random.default_rng(2)
    w, se = rng.normal(), rng.uniform(0.1, 0.5)
    there = np.exp([w, w - 1.96 * se, w + 1.96 * se])
    expect_close(
        student.odds_factor(w, se, -1.0),
        1 / there[[0, 2, 1]],
        "[factor, low, high] for a step of -1",
        mistakes={
            "are the ends in the wrong order when the step is negative?": 1 / there,
            "is the sign of the step lost?": there,
        },
    )


@read("sec-class-weights")
def test_3_one_half_becomes_one_fifth(student):
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


@read("sec-class-weights")
def test_4_it_undoes_what_a_weight_does(student):
    """Any weight, applied to the odds and undone, gives the probabilities back."""
    rng = np.random.default_rng(4)
    p = rng.uniform(0.01, 0.99, 30)
    log_odds = np.log(p / (1 - p))
    for weight in (rng.uniform(2, 20), rng.uniform(0.2, 0.5)):
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
            missed * n_missed / np.sum(y == 1) + false * n_false / np.sum(y == 0)
        ),
    }


@read("sec-cost")
def test_5_six_events_by_hand(student):
    """One miss of cost 10 and three false alarms of cost 1 over six events: 13/6."""
    y = np.array([1, 1, 0, 0, 0, 0])
    p = np.array([0.1, 0.4, 0.2, 0.7, 0.15, 0.3])
    expect_close(
        student.mean_cost(y, p, 0.2, 10.0, 1.0),
        13 / 6,
        "The mean cost at a threshold of 0.2",
        mistakes=_costs(y, p, 0.2, 10.0, 1.0),
    )


@read("sec-cost")
def test_6_everything_and_nothing(student):
    """Always an alarm costs the share of class 0; never one, ten times that of 1."""
    y, p = np.repeat([1, 0], [3, 17]), np.linspace(0.01, 0.99, 20)
    always, never = (_costs(y, p, t, 10.0, 1.0) for t in (0.0, 1.0))
    alike = {
        "are only the wrong decisions counted in the mean?",
        "is each kind of cost averaged within its own class?",
    }
    expect_close(
        [
            student.mean_cost(y, p, 0.0, 10.0, 1.0),
            student.mean_cost(y, p, 1.0, 10.0, 1.0),
        ],
        [0.85, 1.5],
        "[cost of always, cost of never]",
        mistakes={
            question: [always[question], never[question]]
            for question in always
            if question not in alike  # these two give the same here
        },
    )


@read("sec-cost")
def test_7_the_cheapest_threshold_of_honest_probabilities(student):
    """For probabilities that keep their promise, 1/11 is cheaper than 0.5 and 0.01."""
    rng = np.random.default_rng(7)
    p = rng.beta(0.6, 2.4, 4000)
    y = (rng.random(4000) < p).astype(int)
    cost = {t: student.mean_cost(y, p, t, 10.0, 1.0) for t in (0.01, 1 / 11, 0.5)}
    # The three differ by 0.1 and more; the Monte Carlo error of each is below 0.03.
    expect(
        cost[1 / 11] < min(cost[0.01], cost[0.5]),
        "The thresholds 0.01, 0.09 and 0.5 cost "
        + ", ".join(f"{each:.2f}" for each in cost.values()),
        "does the threshold that was asked for decide, and is a miss ten times as dear "
        "as a false alarm?",
    )


def _slips(y, answer):
    """What other scores would give."""
    off = np.abs(answer - y)
    classes = np.unique(y)
    return {
        "does every event count the same, instead of every class?": off.mean(),
        "is it the share of wrong answers, not their distance?": np.mean(
            [np.mean(off[y == k] > 0) for k in classes]
        ),
        "is the distance squared?": np.mean(
            [np.mean(off[y == k] ** 2) for k in classes]
        ),
        "do answers too high and too low cancel each other?": np.mean(
            [np.mean((answer - y)[y == k]) for k in classes]
        ),
        "are the classes those of the answers instead of the truth?": np.mean(
            [np.mean(off[answer == k]) for k in np.unique(answer)]
        ),
        "is it the sum over the classes instead of the mean?": sum(
            np.mean(off[y == k]) for k in classes
        ),
        "is it the root of the mean square in each class?": np.mean(
            [np.sqrt(np.mean(off[y == k] ** 2)) for k in classes]
        ),
        "is it the median distance in each class instead of the mean?": np.mean(
            [np.median(off[y == k]) for k in classes]
        ),
        "is it the distance of the mean answer of each class?": np.mean(
            [abs(np.mean((answer - y)[y == k])) for k in classes]
        ),
        "are the right answers left out of the mean?": np.mean(
            [np.mean(off[(y == k) & (off > 0)]) for k in classes if off[y == k].any()]
        ),
        "is the mean taken over a class without events?": np.nan,
        "is the distance divided by the number of steps?": np.mean(
            [np.mean(off[y == k]) for k in classes]
        )
        / y.max(),
        "is it the worst class instead of the mean?": max(
            np.mean(off[y == k]) for k in classes
        ),
        "does a class without events count too?": sum(
            np.mean(off[y == k]) for k in classes
        )
        / (1 + max(y.max(), answer.max())),
    }


@read("sec-ordinal")
def test_8_the_lazy_answer(student):
    """Always 1, for classes 1, 3 and 6, is off by (0 + 2 + 5) / 3, any size."""
    y, answer = np.repeat([1, 3, 6], [5, 2, 3]), np.ones(10, dtype=int)
    slips = _slips(y, answer)
    # one answer for all: grouped by the answers, every event counts the same too
    slips.pop("are the classes those of the answers instead of the truth?")
    expect_close(
        student.ordinal_error(y, answer),
        7 / 3,
        "The error of always answering 1",
        mistakes=slips,
    )


@read("sec-ordinal")
def test_9_any_classes_any_answers(student):
    """Distances are averaged within each true class, then over the classes."""
    rng = np.random.default_rng(9)
    y = rng.choice([0, 1, 2, 4], 300, p=[0.6, 0.2, 0.15, 0.05])
    answer = np.clip(y + rng.choice([-2, -1, 0, 1, 1], 300), 0, 5)
    off = np.abs(answer - y)
    expect_close(
        student.ordinal_error(y, answer),
        np.mean([off[y == k].sum() / np.sum(y == k) for k in (0, 1, 2, 4)]),
        "ordinal_error",
        mistakes=_slips(y, answer),
    )
