"""Claims about principal axes, components that count, and where a wave came from."""

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


def _rebuilt(X, counts, k, **slip):
    """Return samples rebuilt from k axes, or what a slip in one piece makes of them."""
    X = np.asarray(X, dtype=float)
    even = np.ones(len(X))
    heavy = slip.get("mean", counts)
    mean = np.average(X, axis=0, weights=heavy) * slip.get("centred", 1)
    centred = X - mean
    weights = slip.get("axes", counts)
    if slip.get("scaled"):
        centred = centred / np.sqrt(np.average(centred**2, axis=0, weights=even))
    root = np.sqrt(weights)[:, None]
    axes = np.linalg.svd(centred * root, full_matrices=True)[2]
    kept = axes[-k:] if slip.get("last") else axes[:k]
    scores = centred @ kept.T
    if slip.get("scores"):
        return scores
    return scores @ kept + slip.get("back", 1) * mean


def _slips(X, counts, k):
    """What each slip would give, by the question that names it."""
    even = np.ones(len(X))
    squared = np.asarray(counts, dtype=float) ** 2
    kinds = {
        "are the counts missing from the mean?": {"mean": even},
        "are the counts missing from the axes?": {"axes": even},
        "are the counts missing altogether?": {"mean": even, "axes": even},
        "are the samples multiplied by the counts instead of by their roots?": {
            "axes": squared
        },
        "is the mean not taken away before the axes are sought?": {"centred": 0},
        "is the mean not added again?": {"back": 0},
        "are the last axes kept instead of the first?": {"last": True},
    }
    return {q: _rebuilt(X, counts, k, **slip) for q, slip in kinds.items()}


@read("sec-two-derivations")
def test_1_a_rectangle_by_hand(student):
    """Four corners, 2 wide and 1 high: one axis keeps the width and the mid height."""
    X = np.array([[0.0, 0], [2, 0], [0, 1], [2, 1]])
    found = student.rebuild(X, np.ones(4, int), 1)
    expect_shape(found, (4, 2), "rebuild of four samples")
    every = _slips(X, np.ones(4), 1)
    expect_close(
        found,
        [[0, 0.5], [2, 0.5], [0, 0.5], [2, 0.5]],
        "The corners, seen by one axis,",
        mistakes={q: v for q, v in every.items() if "counts" not in q}
        | {"are these the samples as they came?": X},
    )


def _samples(seed, n, m, whole=False):
    """Draw samples along a few directions, away from zero, and their counts."""
    rng = inputs.draw(seed)
    if whole:
        X = np.column_stack([inputs.whole(rng, n, -3, 9) for _ in range(m)])
        return X, inputs.whole(rng, n, 1, 6)
    strength = rng.uniform(0.5, 4, m)
    X = rng.normal(size=(n, m)) * strength @ rng.normal(size=(m, m))
    return X + rng.uniform(2, 5, m), inputs.whole(rng, n, 1, 6)


def _box(*sides):
    """Return the corners of a box, whose axes are the features themselves."""
    return np.array(list(np.ndindex(2, 2, 2))) * np.array(sides)


@read("sec-svd")
def test_2_any_samples_any_number_of_axes(student):
    """With any counts and any k, the samples come back as k axes see them."""
    cases = [
        (*_samples(2, 23, 4), 2, "with 23 samples, 4 features and 2 axes"),
        (*_samples(3, 41, 3), 1, "with 41 samples, 3 features and 1 axis"),
        (*_samples(4, 17, 5, whole=True), 3, "of whole numbers, with 3 axes"),
        (*_samples(5, 7, 11), 2, "with fewer samples than features"),
        (
            _box(1, 2, 5),
            np.ones(8, int),
            2,
            "at the corners of a box, the last longest",
        ),
    ]
    for X, counts, k, which in cases:
        expect_close(
            student.rebuild(X, counts, k),
            _rebuilt(X, counts, k),
            f"The samples {which}",
            mistakes=_slips(X, counts, k),
        )


@read("sec-two-derivations")
def test_3_all_axes_lose_nothing(student):
    """With as many axes as features the samples come back as they were."""
    X, counts = _samples(6, 19, 3)
    slips = _slips(X, counts, 3)
    expect_close(
        student.rebuild(X, counts, 3),
        X,
        "The samples, rebuilt from all axes,",
        mistakes={
            "is the mean not added again?": slips["is the mean not added again?"],
            "is one axis lost?": _rebuilt(X, counts, 2),
        },
    )


@read("sec-two-derivations")
def test_4_counting_thrice_is_standing_thrice(student):
    """A sample that counts three times is rebuilt as three such samples are."""
    X, counts = _samples(7, 13, 3)
    often = np.repeat(np.arange(13), counts)
    thrice = np.asarray(
        student.rebuild(X[often], np.ones(often.size, int), 1), dtype=float
    )
    first = np.r_[0, np.cumsum(counts)[:-1]]
    expect_close(
        student.rebuild(X, counts, 1),
        thrice[first],
        "The samples with counts, beside your answer for the samples repeated,",
        mistakes={q: v for q, v in _slips(X, counts, 1).items() if "counts" in q},
    )


CALLS = [
    "[0, 0; 2, 0; 0, 1; 2, 1], [1; 1; 1; 1], 1",
    "[1, 5, 2; 4, 1, 3; 2, 8, 1; 7, 3, 6; 5, 5, 9], [1; 4; 2; 3; 1], 2",
    "[3, 1; 4, 1; 5, 9; 2, 6], [2; 1; 1; 5], 1",
]


@deadline(12)
@read("sec-svd")
def test_5_the_same_in_matlab(student):
    """rebuild.m gives the same samples, from one axis and from two."""
    found = octave_numbers(student, __file__, "rebuild", CALLS)
    given = [
        (np.array([[0.0, 0], [2, 0], [0, 1], [2, 1]]), np.ones(4), 1),
        (
            np.array([[1.0, 5, 2], [4, 1, 3], [2, 8, 1], [7, 3, 6], [5, 5, 9]]),
            np.array([1, 4, 2, 3, 1]),
            2,
        ),
        (np.array([[3.0, 1], [4, 1], [5, 9], [2, 6]]), np.array([2, 1, 1, 5]), 1),
    ]
    slips = [_slips(*one) for one in given]

    def columns(parts):
        return np.concatenate([part.ravel(order="F") for part in parts])

    expect_close(
        found,
        columns([_rebuilt(*one) for one in given]),
        "The samples, column by column, of three calls of rebuild.m",
        mistakes={
            f"in MATLAB, {question}": columns([each[question] for each in slips])
            for question in slips[0]
        },
    )


def _counted(variances, null, level, **slip):
    """Count components, or what a slip in one piece makes of the count."""
    limit = np.quantile(null, slip.get("at", level), axis=0)
    if slip.get("mean"):
        limit = null.mean(axis=0)
    if slip.get("largest"):
        limit = np.full(len(variances), np.quantile(null[:, 0], level))
    if slip.get("together"):
        limit = np.full(len(variances), np.quantile(null, level))
    if slip.get("most"):
        limit = null.max(axis=0)
    beyond = variances >= limit if slip.get("equal") else variances > limit
    if slip.get("all"):
        return int(beyond.sum())
    return int(np.cumprod(beyond).sum())


def _miscounts(variances, null, level):
    """What each slip would count, by the question that names it."""
    right = _counted(variances, null, level)
    kinds = {
        "does counting go on after the first that does not exceed?": {"all": True},
        "is each compared with the mean of the draws instead of the quantile?": {
            "mean": True
        },
        "are all compared with the largest variance of the draws?": {"largest": True},
        "is one quantile taken of all variances together?": {"together": True},
        "is each compared with the largest of all draws?": {"most": True},
        "does a variance equal to the quantile count?": {"equal": True},
        "is the quantile 1 - level instead of level?": {"at": 1 - level},
        "is the quantile 0.95, whatever was asked?": {"at": 0.95},
    }
    found = {q: _counted(variances, null, level, **slip) for q, slip in kinds.items()}
    found["is the place counted from zero?"] = right - 1
    found["are the components counted that do not exceed?"] = len(variances) - right
    return {q: value for q, value in found.items() if value != right}


@read("sec-null")
def test_6_three_draws_by_hand(student):
    """Medians of 3, 2 and 1: variances 5, 2.5 and 0.5 count as two."""
    variances = np.array([5.0, 2.5, 0.5])
    null = np.array([[3.5, 2.2, 0.3], [3.0, 2.0, 1.0], [2.6, 1.4, 2.0]])
    found = student.count_components(variances, null, 0.5)
    expect_shape(found, (), "count_components")
    expect_close(found, 2, "The number of components")


def _draws(seed, n, m):
    """Draw null variances that overlap from rank to rank, the rows in no order."""
    rng = inputs.draw(seed)
    rows = np.sort(rng.exponential(size=(n, m)) ** 2, axis=1)[:, ::-1]
    return rows[rng.permutation(n)]


def _told_apart(seed, n, m, level):
    """Find variances for which each slip that changes the count has its own count."""
    rng, null = inputs.draw(seed), _draws(seed, n, m)
    best, most = None, -1
    for _ in range(200):
        limits = np.quantile(null, level, axis=0)
        variances = np.sort(limits * np.exp(rng.normal(0.15, 0.5, m)))[::-1]
        slips = _miscounts(variances, null, level)
        alone = len(set(slips.values()))
        if alone > most:
            best, most = variances, alone
    return best, null, level


@read("sec-null")
def test_7_any_variances_any_level(student):
    """Ties do not count, counting ends at the first failure, and level is obeyed."""
    rng = inputs.draw(11)
    whole = -np.sort(-np.array([inputs.whole(rng, 6, 0, 9) for _ in range(13)]), axis=1)
    tie = np.quantile(whole, 0.75, axis=0)
    null = _draws(5, 29, 7)
    cases = [
        (*_told_apart(21, 31, 11, 0.8), "of eleven"),
        (*_told_apart(22, 19, 13, 0.6), "of thirteen at the level 0.6"),
        (*_told_apart(23, 41, 17, 0.7), "of seventeen at the level 0.7"),
        (np.quantile(null, 0.81, axis=0), null, 0.8, "that all exceed"),
        (np.quantile(null, 0.79, axis=0), null, 0.8, "of which none does"),
        (
            tie + np.array([1, 1, 0, -0.2, -0.2, -0.2]),
            whole,
            0.75,
            "of which the third equals the quantile",
        ),
        (np.array([9, 8, 7, 1, 0, 0]), whole, 0.9, "of whole numbers"),
        (np.array([2.0]), np.array([[1.0]]), 0.9, "of one component and one draw"),
    ]
    found = [student.count_components(*case[:3]) for case in cases]
    for one, (*_, which) in zip(found, cases, strict=True):
        expect_shape(one, (), f"The number of components {which}")
    told = _alike_in_all(found, [case[:3] for case in cases])
    for one, (*given, which) in zip(found, cases, strict=True):
        expect_close(
            one,
            _counted(*given),
            f"The number of components {which}",
            mistakes={q: v for q, v in _miscounts(*given).items() if q in told},
        )


def _alike_in_all(found, cases):
    """Return the slips that give every count: one alone is alike by chance."""
    right = [_counted(*case) for case in cases]
    slips = [_miscounts(*case) for case in cases]
    counts = {
        q: [one.get(q, r) for one, r in zip(slips, right, strict=True)]
        for q in dict.fromkeys(q for one in slips for q in one)
    }
    found = np.array([float(np.asarray(one)) for one in found])
    return {q for q, each in counts.items() if np.array_equal(found, each)}


def _wave(azimuth, incidence, n=61, seed=0, noise=0.0, first=1.0):
    """A P wave from below: vertical, north, east, each about a mean of its own."""
    rng = inputs.draw(seed)
    shape = first * np.exp(-np.linspace(0, 4, n)) * np.cos(np.linspace(0, 17, n))
    phi, i = np.radians([azimuth, incidence])
    way = [np.cos(i), -np.sin(i) * np.cos(phi), -np.sin(i) * np.sin(phi)]
    motion = np.outer(way, shape) + noise * rng.normal(size=(3, n))
    return motion + rng.uniform(2, 3, 3)[:, None] * [[1], [-2], [1.5]]


def _azimuths(z, n, e):
    """What slips would give for a back azimuth, by their question."""
    motion = np.column_stack([z, n, e]).astype(float)
    centred = motion - motion.mean(axis=0)

    def read_off(values, place=0):
        up, to_north, to_east = np.linalg.svd(values)[2][place]
        sign = np.sign(up)
        return np.degrees(np.arctan2(-sign * to_east, -sign * to_north)) % 360

    right = read_off(centred)
    flat = np.linalg.svd(centred[:, 1:])[2][0]
    level = np.degrees(np.arctan2(-flat[1], -flat[0])) % 360
    turned = (level + 180) % 360
    nearer = min(level, turned, key=lambda a: abs((a - right + 180) % 360 - 180))
    scaled = read_off(centred / centred.std(axis=0))
    return right, {
        "is it the way the wave goes, instead of where it came from?": (right + 180)
        % 360,
        "is the angle counted from east, against the clock?": (90 - right) % 360,
        "is it an angle from -180 to 180?": (right + 180) % 360 - 180,
        "is it in radians?": np.radians(right),
        "is the axis the one of least motion?": read_off(centred, 2),
        "is the mean of each component not taken away?": read_off(motion),
        "is the line sought in the two horizontal components alone?": nearer,
        "is each component scaled to the same deviation?": scaled,
        "is the angle counted against the clock?": (360 - right) % 360,
    }


@read("sec-polarisation")
def test_8_a_push_from_the_north_west(student):
    """Up goes with south, and less with east: the wave came from 330 degrees."""
    push = np.array([0.0, 1.0, 3.0, -2.0, -2.0])
    found = student.back_azimuth_deg(4 * push, -(3**0.5) * push, push)
    expect_shape(found, (), "back_azimuth_deg")
    expect_close(
        found,
        330,
        "The back azimuth",
        mistakes={
            "is it the way the wave goes, instead of where it came from?": 150,
            "is the angle counted from east, against the clock?": 120,
            "is it an angle from -180 to 180?": -30,
            "is it in radians?": np.radians(330),
            "is the angle counted against the clock?": 30,
        },
    )


@read("sec-polarisation")
def test_9_any_direction_any_sign(student):
    """From all round, up first or down first, with noise and with a mean."""
    for azimuth, incidence, first, noise in [
        (20.0, 30.0, 1.0, 0.0),
        (111.0, 41.0, -3.0, 0.03),
        (199.0, 23.0, 1.0, 0.05),
        (283.0, 52.0, -1.0, 0.04),
        (347.0, 33.0, 40.0, 1.3),
    ]:
        given = _wave(azimuth, incidence, seed=int(azimuth), noise=noise, first=first)
        right, slips = _azimuths(*given)
        expect_close(
            student.back_azimuth_deg(*given),
            right,
            f"The back azimuth of a wave from about {azimuth:g} degrees",
            mistakes={q: v for q, v in slips.items() if abs(v - right) > 1e-3},
        )
    rng = inputs.draw(9)
    beat = inputs.whole(rng, 37, -90, 90)
    given = 7 * beat + 1, -3 * beat + inputs.whole(rng, 37, -9, 9), 2 * beat
    right, slips = _azimuths(*given)
    expect_close(
        student.back_azimuth_deg(*given),
        right,
        "The back azimuth of motion in whole counts",
        mistakes={q: v for q, v in slips.items() if abs(v - right) > 1e-3},
    )


@read("sec-polarisation")
def test_10_a_vertical_turned_around_turns_the_answer(student):
    """With the vertical's sign changed the answer is the other end of the line."""
    z, n, e = _wave(77.0, 35.0, seed=4, noise=0.02)
    there = float(student.back_azimuth_deg(z, n, e))
    other = float(student.back_azimuth_deg(-z, n, e))
    apart = abs(other - there)
    same = min(apart, 360 - apart) < 1e-3
    # the same axis but for signs: rounding only, in single precision 1e-5 degrees
    expect(
        abs(apart - 180) < 1e-3,
        f"The two answers are {apart:.0f} degrees apart instead of 180",
        *["does the vertical decide which end of the line it is?"] * same,
    )
