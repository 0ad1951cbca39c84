"""Claims about filling gaps, pooling copies and encoding names."""

import numpy as np

from mlearth.checks import (
    deadline,
    expect_close,
    expect_shape,
    inputs,
    octave_numbers,
    read,
)


def _fill(column, others, scatter, **slip):
    """The column without gaps, or what a slip in one of the steps makes of it."""
    gap = np.isnan(column)
    A = np.column_stack([np.ones(len(column)), others])[:, slip.get("first", 0) :]
    A = A[:, : slip.get("last", A.shape[1])]
    y, rows = column, ~gap
    if slip.get("mean_in"):
        y, rows = np.where(gap, np.nanmean(column), column), np.full(len(gap), True)
    theta = np.linalg.lstsq(A[rows], y[rows])[0]
    residual = y[rows] - A[rows] @ theta
    lost = {"none": 0, "one": 1, "others": A.shape[1] - 1}
    freedom = len(residual) - lost.get(slip.get("lost"), A.shape[1])
    if slip.get("all_rows"):
        freedom = len(column) - A.shape[1]
    sigma = np.sqrt(residual @ residual / freedom)
    sigma = slip.get("sigma", {}).get("is", sigma**2 if slip.get("squared") else sigma)
    filled = A @ theta if slip.get("overwrites") else column.copy()
    filled[gap] = A[gap] @ theta + slip.get("way", 1) * sigma * scatter
    return filled


def _fill_slips(column, others, scatter):
    """What each slip would give, by the question that names it."""
    gap, given = np.isnan(column), (column, others, scatter)
    mean = np.where(gap, np.nanmean(column), column)
    kinds = {
        "is the bias missing from the fit?": {"first": 1},
        "are gaps filled with the mean first, and then part of the fit?": {
            "mean_in": True
        },
        "does sigma divide by all rows where the column is there, and not by those "
        "left over?": {"lost": "none"},
        "does sigma divide by those rows less one, whatever the number of "
        "coefficients?": {"lost": "one"},
        "is the bias not counted among the coefficients?": {"lost": "others"},
        "are the rows with a gap counted in sigma?": {"all_rows": True},
        "is the scatter added as it is, without sigma?": {"sigma": {"is": 1.0}},
        "is the scatter left out?": {"sigma": {"is": 0.0}},
        "is the scatter multiplied by the variance instead of sigma?": {
            "squared": True
        },
        "is the scatter subtracted?": {"way": -1},
        "are values that were there replaced by the fit?": {"overwrites": True},
    }
    found = {question: _fill(*given, **slip) for question, slip in kinds.items()}
    if np.shape(others)[1] > 1:
        found["is the last of the others left out?"] = _fill(
            *given, last=np.shape(others)[1]
        )
    found["is it the mean of the column?"] = mean
    return found


def _gaps(seed, n, m, share=0.4, whole=False):
    """Draw a column with gaps, others of two kinds, and residuals."""
    rng = inputs.draw(seed)
    others = inputs.design(rng, n, m)
    if whole:
        others = np.column_stack([inputs.whole(rng, n, -5, 9) for _ in range(m)])
    column = others @ rng.uniform(0.5, 2, m) + 3 + 0.8 * rng.normal(size=n)
    gap = inputs.classes(rng, n, share).astype(bool)
    column[gap] = np.nan
    draw = inputs.whole if whole else inputs.numbers
    return column, others, draw(rng, int(gap.sum()), -2, 3)


@read("sec-filled")
def test_1_three_values_by_hand(student):
    """Values 1, 3, 2 at 0, 1, 2 leave a sigma of root 1.5; a gap at 4 gets 3.5."""
    # slope 1/2 through (1, 2); residuals -1/2, 1, -1/2 over one row left over
    given = np.array([1, np.nan, 3, 2]), np.array([[0.0], [4], [1], [2]]), np.zeros(1)
    expect_shape(student.fill_gaps(*given), (4,), "fill_gaps with four rows")
    for z in (0.0, 2.0):
        case = (*given[:2], np.array([z]))
        expect_close(
            student.fill_gaps(*case),
            [1, 3.5 + z * np.sqrt(1.5), 3, 2],
            f"The column with a scatter of {z:g}",
            mistakes=_slips_by_hand(*case),
        )


def _slips_by_hand(column, others, scatter):
    """The slips that one gap and one other column tell apart."""
    alike = ["less one", "not counted", "counted in sigma"]
    alike += ["scatter", "sigma"] if scatter[0] == 0 else []
    found = _fill_slips(column, others, scatter)
    return {q: v for q, v in found.items() if not any(word in q for word in alike)}


@read("sec-filled")
def test_2_any_column_any_others(student):
    """It is the fit of the rows that are there, plus sigma times the scatter."""
    cases = [
        (_gaps(2, 23, 3), "of 23 rows and 3 others"),
        (_gaps(3, 41, 1, 0.6), "of 41 rows, most of them gaps"),
        (_gaps(4, 17, 2, whole=True), "from others that are whole numbers"),
        (_gaps(5, 29, 4, 0.01), "with one gap"),
    ]
    for given, which in cases:
        expect_close(
            student.fill_gaps(*given),
            _fill(*given),
            f"The column {which}",
            mistakes=_fill_slips(*given),
        )


@read("sec-filled")
def test_3_what_was_there_stays(student):
    """No value that was there changes, in the answer or in what was handed over."""
    column, others, scatter = _gaps(7, 19, 2)
    there, before = ~np.isnan(column), column.copy()
    found = np.asarray(student.fill_gaps(column, others, scatter), dtype=float)
    expect_shape(found, (19,), "fill_gaps with 19 rows")
    expect_close(
        found[there],
        before[there],
        "The rows that were there",
        mistakes={
            question: value[there]
            for question, value in _fill_slips(before, others, scatter).items()
            if "replaced" in question
        },
    )


def _pool(estimates, errors, **slip):
    """The three numbers of the pool, or what a slip makes of them."""
    k = len(estimates)
    errors = np.asarray(errors, dtype=float)
    within = np.mean(errors) ** 2 if slip.get("root_first") else np.mean(errors**2)
    within = np.mean(errors) if slip.get("unsquared") else within
    between = slip.get("grow", 1 + 1 / k) * np.var(estimates, ddof=slip.get("ddof", 1))
    total = slip.get("in", 1) * within + slip.get("out", 1) * between
    ratio = slip.get("over", total) / between if between > 0 else np.inf
    freedom = (k - slip.get("less", 1)) * ratio ** slip.get("power", 2)
    error = total if slip.get("variance") else np.sqrt(total)
    return np.array([slip.get("middle", np.mean)(estimates), error, freedom])


def _pool_slips(estimates, errors):
    """What each slip would give, by the question that names it."""
    k = len(estimates)
    within = np.mean(np.square(errors, dtype=float))
    kinds = {
        "does the variance between copies divide by K, and not by K - 1?": {"ddof": 0},
        "is the factor 1 + 1/K missing?": {"grow": 1},
        "is the factor 1 - 1/K instead of 1 + 1/K?": {"grow": 1 - 1 / k},
        "are the errors averaged first and squared then?": {"root_first": True},
        "are the errors not squared?": {"unsquared": True},
        "is it a variance, without the root?": {"variance": True},
        "is the scatter between the copies left out of the error?": {"out": 0},
        "are the errors within the copies left out?": {"in": 0},
        "is the ratio in the degrees of freedom not squared?": {"power": 1},
        "do the degrees of freedom begin with K instead of K - 1?": {"less": 0},
        "do the degrees of freedom divide V by the scatter instead of T?": {
            "over": within
        },
        "is it the median of the estimates?": {"middle": np.median},
        "is it the sum of the estimates?": {"middle": np.sum},
    }
    found = {
        question: _pool(estimates, errors, **slip) for question, slip in kinds.items()
    }
    right = _pool(estimates, errors)
    found["are the degrees of freedom just K - 1?"] = [*right[:2], k - 1]
    found["do copies count as agreeing that differ by little?"] = [*right[:2], np.inf]
    return found


@read("sec-pool")
def test_4_two_copies_by_hand(student):
    """1 and 3 with errors of 1 give 2, an error of 2, and a freedom of 16/9."""
    # V = 1, B = 2, (1 + 1/2) B = 3, T = 4; (4/3)^2 times one
    given = np.array([1.0, 3.0]), np.array([1.0, 1.0])
    found = student.pool(*given)
    expect_shape(found, (3,), "pool")
    told = {
        q: v
        for q, v in _pool_slips(*given).items()
        if not any(w in q for w in ("median", "first", "not squared?", "averaged"))
        or "ratio" in q
    }
    expect_close(found, [2, 2, 16 / 9], "[estimate, error, freedom]", mistakes=told)


@read("sec-pool")
def test_5_any_copies(student):
    """It holds for any number of copies; where they agree, the freedom is infinite."""
    rng = inputs.draw(5)
    cases = [
        (inputs.numbers(rng, 7, 0.8, 1.4), inputs.numbers(rng, 7, 0.1, 0.3)),
        (inputs.numbers(rng, 23, -40, -10), inputs.numbers(rng, 23, 2, 9)),
        (inputs.whole(rng, 11, -3, 12), inputs.whole(rng, 11, 1, 6)),
        (inputs.numbers(rng, 13, 2e-5, 5e-5), inputs.numbers(rng, 13, 1e-5, 2e-5)),
    ]
    for given in cases:
        expect_close(
            student.pool(*given),
            _pool(*given),
            f"[estimate, error, freedom] of {len(given[0])} copies",
            mistakes=_pool_slips(*given),
        )
    same = np.full(3, 2.5), np.array([0.3, 0.4, 1.2])
    error = np.sqrt(np.mean(same[1] ** 2))
    expect_close(
        student.pool(*same),
        [2.5, error, np.inf],
        "[estimate, error, freedom] of three copies that agree",
        mistakes={
            "is the freedom lost in a division by zero?": [2.5, error, np.nan],
            "should the freedom of copies that agree be infinite?": [2.5, error, 2],
        },
    )


CALLS = [
    "[1; 3], [1; 1]",
    "[0.9; 1.4; 1.1; 1.2; 0.7], [0.2; 0.1; 0.3; 0.2; 0.25]",
    "[4; 4; 4], [1; 2; 2]",
]


@deadline(12)
@read("sec-pool")
def test_6_the_same_in_matlab(student):
    """pool.m gives the same numbers, infinite ones too."""
    found = octave_numbers(student, __file__, "pool", CALLS)
    given = [
        (np.array([1.0, 3]), np.array([1.0, 1])),
        (np.array([0.9, 1.4, 1.1, 1.2, 0.7]), np.array([0.2, 0.1, 0.3, 0.2, 0.25])),
        (np.array([4.0, 4, 4]), np.array([1.0, 2, 2])),
    ]
    slips = [_pool_slips(*one) for one in given]
    expect_close(
        found,
        np.concatenate([_pool(*one) for one in given]),
        "The numbers of three calls of pool.m",
        mistakes={
            f"in MATLAB, {question}": np.concatenate([each[question] for each in slips])
            for question in slips[0]
        },
    )


def _hot_slips(train, new):
    """What each slip would give, by the question that names it."""
    names = np.unique(train)
    right = (new[:, None] == names).astype(float)
    seen = list(dict.fromkeys(train.tolist()))
    place = np.searchsorted(names, new)
    unseen = ~np.isin(new, names)
    last = right.copy()
    last[unseen, -1] = 1
    near = np.eye(len(names))[np.minimum(place, len(names) - 1)]
    both = np.union1d(train, new)
    found = {
        "do the columns stand in the order of appearance?": (
            new[:, None] == np.array(seen)
        ),
        "is the first name left out?": right[:, 1:],
        "do the columns stand in reverse order?": right[:, ::-1],
        "does a name that training never saw count as the last one?": last,
        "does a name that training never saw count as its neighbour in the alphabet?": (
            near
        ),
        "do names of the new rows get columns of their own?": new[:, None] == both,
        "are the names those of the new rows, not of the training?": (
            new[:, None] == np.unique(new)
        ),
        "is it one number for each name instead of columns?": place,
        "are rows and columns swapped?": right.T,
        "are zeros and ones exchanged?": 1 - right,
        "is a name that training never saw missing, not zero?": np.where(
            unseen[:, None], np.nan, right
        ),
    }
    return {q: np.asarray(v, dtype=float) for q, v in found.items()}


@read("sec-columns")
def test_7_three_networks_by_hand(student):
    """With nc, ak and ci in training, nc is 0, 0, 1, and an unknown name 0, 0, 0."""
    train = np.array(["nc", "ak", "ci", "ak"])
    new = np.array(["nc", "bk", "ak", "uw", "ak"])
    slips = _hot_slips(train, new)
    expect_shape(
        student.one_hot(train, new),
        (5, 3),
        "one_hot with three names in training and five new rows",
        mistakes={q: v.shape for q, v in slips.items() if v.shape != (5, 3)},
    )
    expect_close(
        student.one_hot(train, new),
        [[0, 0, 1], [0, 0, 0], [1, 0, 0], [0, 0, 0], [1, 0, 0]],
        "The columns ak, ci, nc for the rows nc, bk, ak, uw, ak",
        mistakes=slips,
    )


def _near_slips(train, new):
    """What a name that is only like one of the training would get."""
    names = np.unique(train)
    return {
        "are names cut to the length of those of the training?": (
            new.astype(train.dtype)[:, None] == names
        ),
        "is it enough that a name holds another one?": np.array(
            [[name in one for name in names] for one in new]
        ),
        "are capitals and small letters one?": np.char.lower(new)[:, None] == names,
    }


@read("sec-columns")
def test_8_any_names(student):
    """One column for each name of the training, in the order of the alphabet."""
    rng = inputs.draw(3)
    cases = [
        (23, 11, list("kdbmqx"), ["c", "y"]),
        (7, 17, ["z", "a"], ["c", "y"]),
        (19, 13, ["nc", "ak", "ci"], ["cia", "nci", "CI", "n"]),
    ]
    for n, m, known, unknown in cases:
        train = rng.choice(known, n)
        train[: len(known)] = known
        new = rng.choice([*known, *unknown], m)
        new[: len(unknown)], new[m // 2] = unknown, known[-1]
        slips = _hot_slips(train, new) | _near_slips(train, new)
        names = np.unique(train)
        right = (new[:, None] == names).astype(float)
        expect_shape(
            student.one_hot(train, new),
            right.shape,
            f"one_hot with {len(names)} names in training and {m} new rows",
            mistakes={q: v.shape for q, v in slips.items() if v.shape != right.shape},
        )
        expect_close(
            student.one_hot(train, new),
            right,
            f"The columns of {len(names)} names for {m} rows",
            mistakes=slips,
        )
