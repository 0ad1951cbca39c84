"""Claims about picks of a curve, and about their match with the truth."""

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


def _candidates(curve, height, **slip):
    """Middles of the level tops that are high enough, or what a slip makes of them."""
    n, found, first = len(curve), [], 0
    while first < n:
        last = first
        while last + 1 < n and curve[last + 1] == curve[first]:
            last += 1
        before = curve[first - 1] if first else -np.inf
        after = curve[last + 1] if last + 1 < n else -np.inf
        inner = slip.get("ends") or (first > 0 and last + 1 < n)
        top = inner and before < curve[first] > after
        if slip.get("levels") and last > first:
            top = False
        above = curve[first] > height if slip.get("strict") else curve[first] >= height
        if top and above:
            middle = (first + last) // 2
            middle = -(-(first + last) // 2) if slip.get("up") else middle
            middle = first if slip.get("begin") else middle
            found.append(last if slip.get("end") else middle)
        first = last + 1
    return found


def _picks(curve, height, apart, **slip):
    """The picks, or what a slip makes of them."""
    curve = np.asarray(curve, dtype=float)
    if slip.get("every"):
        return np.flatnonzero(curve >= height).astype(float)
    found = _candidates(curve, height, **slip)
    order = sorted(found, key=lambda k: (-curve[k], k))
    order = sorted(found) if slip.get("first") else order
    order = sorted(found, key=lambda k: (-curve[k], -k)) if slip.get("late") else order
    kept, seen = [], []
    for k in order:
        rivals = seen if slip.get("all") else kept
        rivals = kept[-1:] if slip.get("last one") else rivals
        near = apart + 1 if slip.get("wider") else apart
        if slip.get("close") or all(abs(k - other) >= near for other in rivals):
            kept.append(k)
        seen.append(k)
    if slip.get("highest") and not kept:
        kept = [int(np.argmax(curve))]
    return np.array(kept if slip.get("unsorted") else sorted(kept), dtype=float)


SLIPS = {
    "must a peak be higher than `height`, instead of at least as high?": {
        "strict": True
    },
    "are the first and the last sample taken for peaks?": {"ends": True},
    "is a level top left out?": {"levels": True},
    "is the middle of a level top rounded up?": {"up": True},
    "is it the begin of a level top instead of its middle?": {"begin": True},
    "is it the end of a level top instead of its middle?": {"end": True},
    "is every sample above `height` taken, peak or not?": {"every": True},
    "are close peaks taken in the order of time instead of height?": {"first": True},
    "does the latest of equally high peaks go first?": {"late": True},
    "does a peak that was left out itself keep others away?": {"all": True},
    "is a peak compared only with the one taken last?": {"last one": True},
    "must two picks be more than `apart` apart?": {"wider": True},
    "is the highest sample taken where there is no peak?": {"highest": True},
    "are close peaks left in?": {"close": True},
    "are the picks in the order of their height?": {"unsorted": True},
}


def _match(true_s, found_s, tolerance_s, **slip):
    """The residuals, or what a slip makes of them."""
    true_s, found_s = (np.asarray(v, dtype=float) for v in (true_s, found_s))
    if not slip.get("order"):
        true_s = np.sort(true_s)
    if not (slip.get("order") or slip.get("found order")):
        found_s = np.sort(found_s)
    free, late = list(found_s), []
    for at in true_s:
        near = [t for t in free if _within(t - at, tolerance_s, slip)]
        if not near:
            continue
        one = near[0]
        if slip.get("nearest"):
            one = min(near, key=lambda t, at=at: abs(t - at))
        if slip.get("last"):
            one = near[-1]
        late.append(one - at)
        if not slip.get("again"):
            free.remove(one)
    late = np.array(late)
    late = -late if slip.get("sign") else late
    return np.abs(late) if slip.get("size") else late


def _within(late, tolerance_s, slip):
    """Whether two times are close enough."""
    if slip.get("after"):
        return 0 <= late <= tolerance_s
    if slip.get("below"):
        return abs(late) < tolerance_s
    if slip.get("half"):
        return abs(late) <= tolerance_s / 2
    return abs(late) <= tolerance_s


MATCHES = {
    "is it true minus found?": {"sign": True},
    "are the residuals without their sign?": {"size": True},
    "may one found pick match twice?": {"again": True},
    "is the nearest taken instead of the earliest?": {"nearest": True},
    "is the latest taken instead of the earliest?": {"last": True},
    "is a pick that comes before the true one left out?": {"after": True},
    "must a residual be below the tolerance, instead of at most as large?": {
        "below": True
    },
    "is the tolerance halved?": {"half": True},
    "are the times left in the order they came in?": {"order": True},
    "are the found times left in the order they came in?": {"found order": True},
}


def _slips(given, right, slips, function):
    """What each slip would give, if it differs from what is right."""
    found = {q: function(*given, **slip) for q, slip in slips.items()}
    return {q: v for q, v in found.items() if not np.array_equal(v, right)}


def _told(slips, found):
    """The likely mistakes behind an answer, as a hint."""
    found = np.asarray(found, dtype=float)
    told = [
        q
        for q, value in slips.items()
        if value.shape == found.shape and np.allclose(value, found)
    ]
    return f" ({' '.join(told[:3])})" if told else ""


def _compare(found, right, slips, what):
    """Expect the right number of values, then the values."""
    hint = _told(slips, found) if np.shape(found) != right.shape else ""
    expect_shape(found, right.shape, what + hint)
    same = {q: v for q, v in slips.items() if v.shape == right.shape}
    # sums and differences of two numbers are exact to some 1e-15
    expect_close(found, right, what, mistakes=same)


@read("sec-pick-peaks")
def test_1_picks_by_hand(student):
    """Of 0 .9 0 .6 0 0 .8 .8 .8 .8 0 .7 0 .65 0 samples 1, 7 and 11 are 3 apart."""
    curve = np.array([0, 0.9, 0, 0.6, 0, 0, 0.8, 0.8, 0.8, 0.8, 0, 0.7, 0, 0.65, 0])
    right = np.array([1.0, 7.0, 11.0])
    found = student.picks_of(curve, 0.4, 3)
    slips = _slips((curve, 0.4, 3), right, SLIPS, _picks)
    _compare(found, right, slips, "picks_of fifteen samples")


def _curves():
    """Curves with ties, level tops, high ends, and many close peaks."""
    for seed, n, levels, height, apart in [
        (1, 41, 9, 0.25, 4),
        (2, 67, 5, 0.5, 3),
        (3, 53, 4, 0.75, 1),
        (4, 97, 11, 0.1, 7),
        (5, 3, 2, 0.5, 1),
        (6, 71, 3, 0.5, 6),
    ]:
        rng = inputs.draw(seed)
        curve = inputs.whole(rng, n, 0, levels) / (levels - 1)
        curve[[0, -1]] = 1.0
        yield curve, height, apart
    for seed, n, apart in [(7, 101, 6), (8, 59, 3)]:
        yield inputs.draw(seed).uniform(size=n), 0.4, apart
    yield inputs.whole(inputs.draw(9), 83, 0, 6), 3, 5
    yield np.array([0, 0.5, 0.7, 0.9, 0.7, 0.9, 0.9, 0.2, 0.5, 0.5]), 0.9, 3
    yield np.array([0, 3, 1, 4, 1, 5, 1, 4, 1, 3, 0]) / 5, 0.5, 4
    yield np.array([0, 4, 4, 0, 3, 3, 3, 3, 0, 2, 0]) / 4, 0.5, 2


@read("sec-pick-peaks")
def test_2_any_curve(student):
    """The highest first, ties to the earliest, level tops at their middle."""
    for curve, height, apart in _curves():
        given = curve, height, apart
        right, kept = _picks(*given), curve.copy()
        what = f"picks_of {len(curve)} samples, height {height:g}, {apart} apart,"
        slips = _slips(given, right, SLIPS, _picks)
        _compare(student.picks_of(*given), right, slips, what)
        expect(
            np.array_equal(curve, kept),
            "The curve is not what it was after the call",
            "is it changed in place?",
        )


@read("sec-pick-peaks")
def test_3_no_peak_no_pick(student):
    """A level curve, a rising one and one that stays low have no pick."""
    for curve, what in [
        (np.full(11, 0.8), "a level curve"),
        (np.arange(7) / 6, "a rising curve"),
        (np.arange(7)[::-1] / 6, "a falling curve"),
        (np.array([0, 0.2, 0, 0.3, 0]), "a low curve"),
    ]:
        right = np.empty(0)
        slips = _slips((curve, 0.5, 2), right, SLIPS, _picks)
        found = student.picks_of(curve, 0.5, 2)
        expect_shape(found, (0,), f"picks_of {what}{_told(slips, found)}")


@read("sec-pick-score")
def test_4_residuals_by_hand(student):
    """True at 1, 10 and 20 s, found at 1.5, 9.75 and 20.375 s, with 0.5 s to spare."""
    given = np.array([10.0, 1.0, 20.0]), np.array([1.5, 20.375, 9.75]), 0.5
    right = np.array([0.5, -0.25, 0.375])
    slips = _slips(given, right, MATCHES, _match)
    _compare(student.residuals_of(*given), right, slips, "residuals_of three picks")


def _lists():
    """Times in no order, dense and sparse, with ties, lone picks and empty lists."""
    for seed, n, m, span in [
        (11, 7, 11, 5),
        (12, 23, 17, 9),
        (13, 5, 13, 40),
        (14, 31, 31, 12),
        (15, 1, 3, 2),
    ]:
        rng = inputs.draw(seed)
        # eighths of a second: differences are exact, and some equal the tolerance
        yield (
            inputs.whole(rng, n, 0, 8 * span) / 8,
            inputs.whole(rng, m, 0, 8 * span) / 8,
            0.5,
        )
    yield (
        np.array([20.0, 0.0, 30.0, 10.0]),
        np.array([30.25, 0.375, 9.875, -0.375, 19.75, 0.125, 9.625, 20.125, 29.5]),
        0.5,
    )
    rng = inputs.draw(16)
    yield inputs.numbers(rng, 19, 0, 30), inputs.numbers(rng, 23, 0, 30), 0.7
    yield inputs.whole(rng, 13, 0, 30), inputs.whole(rng, 11, 0, 30), 1
    yield np.array([3.0, 1.0]), np.empty(0), 0.5
    yield np.empty(0), np.array([2.0]), 0.5


@read("sec-pick-score")
def test_5_any_picks(student):
    """Each true pick takes the earliest that is free and near enough."""
    for given in _lists():
        true_s, found_s = given[:2]
        kept = true_s.copy(), found_s.copy()
        right = _match(*given)
        what = f"residuals_of {len(true_s)} true and {len(found_s)} found picks"
        slips = _slips(given, right, MATCHES, _match)
        _compare(student.residuals_of(*given), right, slips, what)
        expect(
            np.array_equal(true_s, kept[0]) and np.array_equal(found_s, kept[1]),
            "The times are not what they were after the call",
            "is one of the lists sorted in place?",
        )


CALLS = [
    "[10; 1], [1.25; 9.5; 1.5], 0.5",
    "[4; 2; 3; 9], [3.625; 2.375; 20; 3.5; 8], 1",
    "[0; 1; 2; 3; 4], [1.5; 0.375; 3.5; 2.5], 0.5",
]
GIVEN = [
    ([10, 1], [1.25, 9.5, 1.5], 0.5),
    ([4, 2, 3, 9], [3.625, 2.375, 20, 3.5, 8], 1),
    ([0, 1, 2, 3, 4], [1.5, 0.375, 3.5, 2.5], 0.5),
]


@deadline(12)
@read("sec-pick-score")
def test_6_the_same_in_matlab(student):
    """residuals_of.m gives the same residuals, for times in no order."""
    found = octave_numbers(student, __file__, "residuals_of", CALLS)
    right = np.concatenate([_match(*given) for given in GIVEN])
    slips = {
        f"in MATLAB, {q}": np.concatenate([_match(*given, **slip) for given in GIVEN])
        for q, slip in MATCHES.items()
    }
    slips = {q: v for q, v in slips.items() if not np.array_equal(v, right)}
    _compare(found, right, slips, "The residuals of three calls of residuals_of.m")
