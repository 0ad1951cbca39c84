"""Claims about a corrected interval, a two-way split and a skill."""

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


def _interval(scores, others, n_train, n_test, t, **slip):
    """The interval, or what a slip in one of its pieces makes of it."""
    gaps = np.asarray(scores, dtype=float) - others
    gaps = slip.get("sign", 1) * gaps
    n = slip.get("n", len(gaps))
    share = slip.get("share", np.sum(n_test) / np.sum(n_train))
    spread = gaps.var(ddof=slip.get("ddof", 1))
    spread = np.sqrt(spread) if slip.get("root") else spread
    variance = slip.get("first", 1 / n) * spread + share * spread
    variance = slip["mix"](spread, n, share) if "mix" in slip else variance
    reach = slip.get("quantile", t) * (
        variance if slip.get("square") else np.sqrt(variance)
    )
    mean = gaps.sum() / slip.get("by", len(gaps))
    return np.array([mean, mean - reach, mean + reach])


def _unpaired(scores, others, n_train, n_test, t):
    """The interval of two means whose folds were not paired."""
    spread = np.var(scores, ddof=1) + np.var(others, ddof=1)
    share = np.sum(n_test) / np.sum(n_train)
    reach = t * np.sqrt((1 / len(scores) + share) * spread)
    mean = np.mean(scores) - np.mean(others)
    return np.array([mean, mean - reach, mean + reach])


def _slips(scores, others, n_train, n_test, t):
    """What each slip would give, by the question that names it."""
    given = np.asarray(scores, float), np.asarray(others, float), n_train, n_test, t
    test, train = np.sum(n_test), np.sum(n_train)
    kinds = {
        "is the difference taken the other way round?": {"sign": -1},
        "is the correction missing, as if folds were independent?": {"share": 0},
        "is 1 / n_folds missing?": {"first": 0},
        "is the share that of all rows, instead of test rows for each training row?": {
            "share": test / (train + test)
        },
        "are training rows divided by test rows?": {"share": train / test},
        "is the variance divided by n_folds instead of n_folds - 1?": {"ddof": 0},
        "is the root of the variance missing?": {"square": True},
        "is the quantile t missing?": {"quantile": 1.0},
        "is it 1.96, whatever t was given?": {"quantile": 1.96},
        "is the correction added outside of the variance of the differences?": {
            "mix": lambda spread, n, share: spread / n + share
        },
        "is the variance of the differences not divided by the number of folds?": {
            "first": 1.0
        },
    }
    found = {question: _interval(*given, **slip) for question, slip in kinds.items()}
    right = _interval(*given)
    return found | {
        "are the two models' variances added, instead of that of the differences?": (
            _unpaired(*given)
        ),
        "is the upper end before the lower?": right[[0, 2, 1]],
        "does it begin with the lower end instead of the mean?": right[[1, 0, 2]],
    }


@read("sec-correlated-folds")
def test_1_two_folds_by_hand(student):
    """Differences 2 and 4, two test rows for eight: 3, and 3 -+ 2 sqrt(1.5)."""
    # the variance is 2, times 1/2 + 1/4
    given = (
        np.array([3.0, 5.0]),
        np.array([1.0, 1.0]),
        np.array([8, 8]),
        np.array([2, 2]),
        2.0,
    )
    found = student.difference_interval(*given)
    expect_shape(found, (3,), "difference_interval")
    reach = 2 * np.sqrt(1.5)
    told = ("the root", "other way", "correction missing", "before the lower", "begin")
    expect_close(
        found,
        [3, 3 - reach, 3 + reach],
        "[mean, low, high] of two folds",
        mistakes={
            question: value
            for question, value in _slips(*given).items()
            if any(word in question for word in told)
        },
    )


def _folds(seed, n):
    """Draw scores of two models that rise and fall together, and sizes of folds."""
    rng = inputs.draw(seed)
    hard = 3 * rng.normal(size=n)
    scores, others = hard + rng.normal(size=n), hard + rng.normal(size=n) + 0.5
    n_train, n_test = inputs.whole(rng, n, 60, 90), inputs.whole(rng, n, 9, 31)
    return scores, others, n_train, n_test, rng.uniform(2.1, 3.2)


@read("sec-correlated-folds")
def test_2_any_folds_of_any_size(student):
    """All test rows over all training rows, whatever the sizes of single folds."""
    rng = inputs.draw(5)
    whole = (
        inputs.whole(rng, 7, -9, 40),
        inputs.whole(rng, 7, -9, 40),
        inputs.whole(rng, 7, 60, 90),
        inputs.whole(rng, 7, 9, 31),
        2,
    )
    for given, which in [
        (_folds(1, 25), "of 25 folds"),
        (_folds(2, 11), "of 11 folds"),
        (_folds(3, 2), "of two folds"),
        (whole, "of whole scores"),
    ]:
        n_train, n_test = given[2:4]
        expect_close(
            student.difference_interval(*given),
            _interval(*given),
            f"[mean, low, high] {which}",
            mistakes=_slips(*given)
            | {
                "is the share the mean of the folds' own shares?": _interval(
                    *given, share=np.mean(n_test / n_train)
                ),
                "is the share that of the first fold?": _interval(
                    *given, share=n_test[0] / n_train[0]
                ),
            },
        )


@read("sec-correlated-folds")
def test_3_many_copies_do_not_make_it_short(student):
    """The same ten folds forty times over still leave the shared training."""
    scores, others, n_train, n_test, t = _folds(9, 10)
    often = [np.tile(one, 40) for one in (scores, others, n_train, n_test)]
    found = np.asarray(student.difference_interval(*often, t), dtype=float)
    expect_shape(found, (3,), "difference_interval")
    least = t * np.sqrt(np.sum(n_test) / np.sum(n_train) * np.var(scores - others))
    naive = _interval(*often, t, share=0)
    expect(
        (found[2] - found[1]) / 2 > least,
        f"With 400 folds the half width is {(found[2] - found[1]) / 2:.3g}, and what "
        f"all share leaves {least:.3g} at least",
        *["is the correction missing, as if folds were independent?"]
        * np.allclose(found, naive),
    )


CALLS = [
    "[0.5; 0.9; 0.4], [0.3; 0.2; 0.6], [10; 12; 11], [5; 3; 4], 4.3",
    "[2; 4; 1; 9], [1; 1; 1; 2], [30; 20; 30; 25], [10; 20; 10; 15], 3",
]


@deadline(12)
@read("sec-correlated-folds")
def test_4_the_same_in_matlab(student):
    """difference_interval.m gives the same three numbers."""
    found = octave_numbers(student, __file__, "difference_interval", CALLS)
    given = [
        (
            np.array([0.5, 0.9, 0.4]),
            np.array([0.3, 0.2, 0.6]),
            np.array([10, 12, 11]),
            np.array([5, 3, 4]),
            4.3,
        ),
        (
            np.array([2.0, 4, 1, 9]),
            np.array([1.0, 1, 1, 2]),
            np.array([30, 20, 30, 25]),
            np.array([10, 20, 10, 15]),
            3.0,
        ),
    ]
    slips = [_slips(*one) for one in given]
    expect_close(
        found,
        np.concatenate([_interval(*one) for one in given]),
        "The six numbers of two calls of difference_interval.m",
        mistakes={
            f"in MATLAB, {question}": np.concatenate([each[question] for each in slips])
            for question in slips[0]
        },
    )


def _sides(event, station, events, stations):
    """The sides, and what slips would make of them."""
    new = np.isin(event, events)
    other = np.isin(station, stations)
    right = np.where(new & other, 2, np.where(new | other, 0, 1))
    return right, {
        "is a record tested that is new in one way only?": np.where(new | other, 2, 1),
        "does a record train that shares an event or a station with the test?": (
            np.where(new & other, 2, 1)
        ),
        "are stations forgotten?": np.where(new, 2, 1),
        "are events forgotten?": np.where(other, 2, 1),
        "are the sides swapped, 2 for training?": np.array([0, 2, 1])[right],
        "are dropped records numbered -1 instead of 0?": np.where(
            right == 0, -1, right
        ),
        "do the sides begin at 0 for training, with 2 for dropped?": (
            np.array([2, 0, 1])[right]
        ),
        "does a record with a known event and a hidden station train?": (
            np.where(other & ~new, 1, right)
        ),
        "does a record with a hidden event and a known station train?": (
            np.where(new & ~other, 1, right)
        ),
    }


@read("sec-five-ways")
def test_5_four_records_by_hand(student):
    """Event 7 and station 3 are hidden: of four records one tests, one trains."""
    event, station = np.array([7, 7, 4, 4]), np.array([3, 5, 3, 5])
    hidden = np.array([7]), np.array([3])
    found = student.two_way_sides(event, station, *hidden)
    expect_shape(found, (4,), "two_way_sides")
    _, slips = _sides(event, station, *hidden)
    expect_close(found, [2, 0, 0, 1], "The sides of four records", mistakes=slips)


@read("sec-five-ways")
def test_6_any_records(student):
    """For any numbers, in no order, also of events without a record."""
    for seed, n in [(3, 41), (4, 97)]:
        rng = inputs.draw(seed)
        event = inputs.groups(
            rng, [n // 4, n // 3, n // 5, n - n // 4 - n // 3 - n // 5]
        )
        station = inputs.whole(rng, n, 3, 11)
        events = np.array([event.max(), 999, event.min(), 998, 997, 996, 995])
        stations = np.array([11, 4, 888, 5, 887, 886, 885])
        if n == 97:  # no hidden station has a record of one of the hidden events
            station[event == event.min()] = 3
        right, slips = _sides(event, station, events, stations)
        tested = np.isin(event, event[right == 2])
        expect_close(
            student.two_way_sides(event, station, events, stations),
            right,
            f"The sides of {n} records",
            mistakes=slips
            | {
                "does a hidden event train that no hidden station recorded?": (
                    np.where(np.isin(event, events) & ~tested, 1, right)
                ),
                "is only the first hidden event and station looked at?": _sides(
                    event, station, events[:1], stations[:1]
                )[0],
                "are hidden numbers taken for a range?": _sides(
                    event,
                    station,
                    np.arange(events.min(), events.max() + 1),
                    np.arange(stations.min(), stations.max() + 1),
                )[0],
            },
        )


@read("sec-five-ways")
def test_7_no_group_is_on_both_sides(student):
    """No event and no station of a test record has a training record."""
    rng = inputs.draw(8)
    event, station = inputs.whole(rng, 89, 1, 9), inputs.whole(rng, 89, 20, 27)
    hidden = np.array([8, 2, 5]), np.array([21, 26])
    side = np.asarray(student.two_way_sides(event, station, *hidden))
    expect_shape(side, (89,), "two_way_sides")
    _, slips = _sides(event, station, *hidden)
    slips["are all records dropped?"] = np.zeros(89)
    told = [question for question, value in slips.items() if np.all(side == value)]
    for name, number in [("event", event), ("station", station)]:
        shared = np.intersect1d(number[side == 1], number[side == 2])
        expect(
            shared.size == 0,
            f"{shared.size} {name}s have records in training and in the test",
            *told[:1],
        )
    expect(
        np.sum(side == 2) > 0 and np.sum(side == 1) > 0,
        f"{np.sum(side == 2)} records test and {np.sum(side == 1)} train",
        *told[:1],
    )


def _skills(y, p, y_train):
    """What slips would make of the skill."""
    y, p = np.asarray(y, dtype=float), np.asarray(p, dtype=float)
    share, own = np.mean(y_train), np.mean(y)
    score, base = np.mean((p - y) ** 2), np.mean((share - y) ** 2)

    def log(q):
        q = np.clip(q, 1e-12, 1 - 1e-12)
        return -np.mean(np.where(y == 1, np.log(q), np.log(1 - q)))

    return {
        "is the climatology that of the test instead of the training?": (
            1 - score / np.mean((own - y) ** 2)
        ),
        "does the climatology promise one half?": 1 - score / 0.25,
        "is it the ratio, without 1 minus?": score / base,
        "is the ratio upside down?": 1 - base / score,
        "is it the difference of the two scores, not divided?": base - score,
        "is it the Brier score itself?": score,
        "are absolute errors taken instead of squares?": (
            1 - np.mean(np.abs(p - y)) / np.mean(np.abs(share - y))
        ),
        "are the roots of the scores compared?": 1 - np.sqrt(score / base),
        "is it the log score?": 1 - log(p) / log(share),
        "is the reference the variance of the promised shares, p (1 - p)?": (
            1 - score / (share * (1 - share))
        ),
        "is a sum divided by a mean?": 1 - score * len(y) / base,
        "is the promise that of class 0?": 1 - np.mean((1 - p - y) ** 2) / base,
        "are promises rounded to 0 and 1?": 1 - np.mean((np.round(p) - y) ** 2) / base,
    }


@read("sec-proper-scores")
def test_8_four_promises_by_hand(student):
    """Scores of 0.1 and 0.49: a skill of 0.80."""
    y, p = np.array([1, 0, 1, 1]), np.array([0.8, 0.4, 0.8, 0.6])
    y_train = np.array([0, 0, 1, 0, 0])  # a share of 1/5
    # squares: 0.04 + 0.16 + 0.04 + 0.16 = 0.4; 3 * 0.64 + 0.04 = 1.96
    expect_close(
        student.brier_skill(y, p, y_train),
        1 - 0.4 / 1.96,
        "The skill of four promises",
        mistakes=_skills(y, p, y_train),
    )


@read("sec-proper-scores")
def test_9_any_promises(student):
    """For any promises, sure ones too, and labels of any type."""
    for seed, n, kind in [(2, 53, int), (3, 7, np.uint8), (4, 31, float)]:
        rng = inputs.draw(seed)
        y = inputs.classes(rng, n, 0.3).astype(kind)
        y_train = inputs.classes(rng, inputs.prime(2 * n), 0.45).astype(kind)
        p = inputs.numbers(rng, n, 0.05, 0.95)
        p[:2] = 0, 1
        right = 1 - np.mean((p - y.astype(float)) ** 2) / np.mean(
            (np.mean(y_train) - y.astype(float)) ** 2
        )
        expect_close(
            student.brier_skill(y, p, y_train),
            right,
            f"The skill of {n} promises",
            mistakes=_skills(y, p, y_train),
        )
    sure = inputs.whole(inputs.draw(6), 19, 0, 1)
    y = inputs.classes(inputs.draw(7), 19, 0.4).astype(np.uint8)
    right = 1 - np.sum(sure != y) / np.sum((0.4 - y.astype(float)) ** 2)
    expect_close(
        student.brier_skill(y, sure.astype(np.int8), np.array([0, 1, 0, 1, 0])),
        right,
        "The skill of sure promises in one byte each",
        mistakes=_skills(y, sure, np.array([0, 1, 0, 1, 0])),
    )


@read("sec-proper-scores")
def test_10_climatology_has_no_skill_and_certainty_all(student):
    """The share of the training scores 0, and the truth itself 1."""
    rng = inputs.draw(11)
    y, y_train = inputs.classes(rng, 29, 0.4), inputs.classes(rng, 61, 0.2)
    share = np.full(29, np.mean(y_train))
    climate, truth = (_skills(y, p, y_train) for p in (share, y))
    same = {
        question: [climate[question], truth[question]]
        for question in climate
        if question != "are the roots of the scores compared?"
        and "upside" not in question
        and "absolute" not in question
        and "log score" not in question
    }
    expect_close(
        [student.brier_skill(y, share, y_train), student.brier_skill(y, y, y_train)],
        [0, 1],
        "[skill of climatology, skill of the truth]",
        mistakes=same,
    )
