"""Claims about a split by time, a fit, a choice of degree and a score of counts."""

import numpy as np
from scipy.special import gammaln, xlogy

from mlearth.checks import expect, expect_close, expect_shape, inputs, read


def _three(student, time, first_cut, second_cut):
    """Call split_in_three and insist on three lists of whole numbers."""
    parts = student.split_in_three(time, first_cut, second_cut)
    expect(
        isinstance(parts, (tuple, list)) and len(parts) == 3,
        "split_in_three does not return three things",
        "have you returned train, validation and test, separated by commas?",
    )
    parts = [np.asarray(part) for part in parts]
    expect(
        all(part.dtype != bool for part in parts),
        "A set holds True and False instead of row numbers",
        "have you turned the mask into row numbers, as np.flatnonzero does?",
    )
    expect(
        all(part.ndim > 0 for part in parts),
        "A set is a single number instead of a list of row numbers",
        "have you counted the events instead of listing their rows?",
    )
    expect(
        all(part.ndim == 1 for part in parts),
        f"The three sets have the shapes {', '.join(str(p.shape) for p in parts)}",
        "have you taken the first item of the tuple that np.where returns?",
    )
    return parts


@read("sec-three-sets")
def test_1_five_events_by_hand(student):
    """Events of 1970, 1980, 1990, 2000 and 2010, cut at 1985 and 2005."""
    time = np.array([1970.0, 1980, 1990, 2000, 2010])
    train, validation, test = _three(student, time, 1985.0, 2005.0)
    expect_close(
        train,
        [0, 1],
        "The training set",
        mistakes={
            "are training and test set in the wrong order?": [4],
            "are these the times instead of the row numbers?": [1970, 1980],
            "are the rows counted from 1?": [1, 2],
            "have the two cuts changed places?": [0, 1, 2, 3],
        },
    )
    expect_close(
        validation,
        [2, 3],
        "The validation set",
        mistakes={
            "are training rows in the validation set as well?": [0, 1, 2, 3],
            "are validation and test set in the wrong order?": [4],
            "are test rows in the validation set as well?": [2, 3, 4],
        },
    )
    expect_close(
        test,
        [4],
        "The test set",
        mistakes={"are validation rows in the test set as well?": [2, 3, 4]},
    )


@read("sec-three-sets")
def test_2_every_event_once(student):
    """Events in any order: each lies in exactly one set, and in the right one."""
    time = inputs.numbers(inputs.draw(2), 61, 1976, 2017)
    cuts = 1990.63, 2004.21
    train, validation, test = _three(student, time, *cuts)
    together = np.concatenate([train, validation, test])
    expect(
        np.unique(together).size == together.size,
        f"{together.size - np.unique(together).size} events lie in two sets",
        "do two of your conditions overlap?",
    )
    expect(
        together.size == time.size,
        f"{time.size - together.size} of 61 events lie in no set",
        "does a condition leave a gap?",
    )
    expect(
        all(np.all(part == np.round(part)) for part in (train, validation, test))
        and together.max() < 61,
        f"The sets of 61 events hold {together.max():.5g}, which is no row",
        "are these the times instead of the row numbers?",
    )
    late = time[train.astype(int)].max(initial=0)
    swapped = train.size and time[train.astype(int)].min() > 1990.63
    expect(
        np.floor(late) <= 1990,
        f"An event of {late:.2f} is in the training set, which ends at 1990.63",
        "are training and test set in the wrong order?"
        if swapped
        else "have you taken the events to be in order of time?",
    )
    expect(
        all(np.all(np.diff(part) > 0) for part in (train, validation, test)),
        "The row numbers of a set do not grow",
        "are they in the order of time instead of the order of the rows?",
    )
    _expect_sets(student, "decimal years", time, *cuts)
    years = inputs.whole(inputs.draw(5), 13, 1990, 1999)
    _expect_sets(student, "whole years, some at a cut", years, 1993, 1996)
    for cuts in ((1950.0, 1960.5), (1980.0, 2040.0), (2030.0, 2040.0)):
        _expect_sets(student, "events beside both cuts", time, *cuts)
    hours = inputs.whole(inputs.draw(6), 37, 0, 96).astype("timedelta64[h]")
    moments = np.datetime64("1999-12-31T00", "s") + hours
    cuts = moments[0], moments[0] + np.timedelta64(31, "h")
    _expect_sets(student, "dates of four days", moments, min(cuts), max(cuts))


def _expect_sets(student, kind, time, first_cut, second_cut):
    """Compare the three sets with what each event says by itself."""
    each = [int(one >= first_cut) + int(one >= second_cut) for one in time]
    parts = _three(student, time, first_cut, second_cut)
    for k, name in enumerate(("training", "validation", "test")):
        rows = np.flatnonzero(np.equal(each, k))
        what = f"The {name} set of {len(time)} events ({kind}),"
        what += f" cut at {first_cut} and {second_cut},"
        expect_close(parts[k], rows, what)


@read("sec-three-sets")
def test_3_an_event_at_the_cut(student):
    """An event exactly at a cut belongs to the later set."""
    time = np.array(["1980-01-01", "1985-01-01", "1990-01-01"], dtype="datetime64[s]")
    names = ("training", "validation", "test")
    parts = dict(zip(names, _three(student, time, time[1], time[2]), strict=True))
    events = (
        "before both cuts",
        "exactly at the first cut",
        "exactly at the second cut",
    )
    hints = (
        "does what comes before the first cut go to the training set?",
        "does an event exactly at a cut go to the later set, and to no other?",
        "does an event exactly at a cut go to the later set, and to no other?",
    )
    for row, (event, right, hint) in enumerate(zip(events, names, hints, strict=True)):
        found = [name for name in names if row in parts[name]]
        where = " and in the ".join(found)
        expect(
            found == [right],
            f"The event {event} is "
            + (f"in the {where} set" if found else "in no set"),
            hint,
        )


def _irregular(seed):
    """Draw distances and depths [km], and rows to train and to validate."""
    rng = inputs.draw(seed)
    x = np.round(inputs.numbers(rng, 41, 3, 690))
    y = 80 + 280 * (1 + np.tanh((x - 380) / 150)) + rng.normal(0, 50, x.size)
    rows = rng.permutation(x.size)
    return x, y, rows[:23], rows[23:34]


def _rms(miss):
    """Return the root-mean-square of misses."""
    return np.sqrt(np.mean(np.square(miss)))


def _misses(x, y, train, validation, degrees, fitted=None):
    """Let NumPy's own polynomials fit; return what they miss in both sets."""
    rows = train if fitted is None else fitted
    fits = [np.polynomial.Polynomial.fit(x[rows], y[rows], d) for d in degrees]
    return [[y[r] - fit(x[r]) for fit in fits] for r in (train, validation)]


def _by_numpy(*given, fitted=None, error=_rms):
    """Return the table of errors of NumPy's own polynomials."""
    return np.array(
        [[error(one) for one in row] for row in _misses(*given, fitted=fitted)]
    )


def _slips(x, y, train, validation, degrees):
    """Return what mistakes would give, whatever the samples."""
    given = (x, y, train, validation, degrees)
    right, every = _by_numpy(*given), np.arange(len(x))
    both = np.r_[train, validation]
    spare = np.setdiff1d(every, train)

    def free():
        left = len(train) - 1 - np.array(degrees)
        return np.array([right[0] * np.sqrt(len(train) / left), right[1]])

    return {
        "is the root of the mean square missing?": right**2,
        "is it the mean of the misses without their sign, not of the squares?": (
            lambda: _by_numpy(*given, error=lambda miss: np.mean(abs(miss)))
        ),
        "is it the mean of the misses, which cancel?": (
            lambda: _by_numpy(*given, error=np.mean)
        ),
        "is it the standard deviation of the misses, whose mean is not 0?": (
            lambda: _by_numpy(*given, error=np.std)
        ),
        "is it the median of the misses without their sign?": (
            lambda: _by_numpy(*given, error=lambda miss: np.median(abs(miss)))
        ),
        "is it the root of the sum, not of the mean, of squares?": (
            lambda: _by_numpy(*given, error=np.linalg.norm)
        ),
        "is the training error divided by n minus the number of parameters?": free,
        "do the validation errors stand above those of training?": right[::-1],
        "are the validation rows in the fit?": (lambda: _by_numpy(*given, fitted=both)),
        "is it fitted anew, to both sets, before it is validated?": (
            lambda: np.array([right[0], _by_numpy(*given, fitted=both)[1]])
        ),
        "are all rows in the fit?": lambda: _by_numpy(*given, fitted=every),
        "are the validation rows fitted, in place of the training rows?": (
            lambda: _by_numpy(*given, fitted=validation)
        ),
        "are rows that are in neither set among those of validation?": (
            lambda: _by_numpy(x, y, train, spare, degrees)
        ),
        "is every validation error that of the training rows?": right[[0, 0]],
    }


@read("sec-two-errors")
def test_4_two_errors_for_each_degree(student):
    """Three degrees have a table of two rows and three columns."""
    found = student.errors_by_degree(*_irregular(4), (0, 1, 2))
    expect_shape(
        found,
        (2, 3),
        "errors_by_degree of three degrees",
        mistakes={
            "is there one row for each degree, with the two errors as columns?": (3, 2),
            "is there one error for each degree, where there should be two?": (3,),
            "are these the errors of one degree alone?": (2,),
        },
    )


@read("sec-two-errors")
def test_5_a_line_by_hand(student):
    """Trained on (0, 0) and (2, 2), the degrees 0 and 1 meet three other samples."""
    x = np.array([0, 2, 1, 3, 4, 6])
    y = np.array([0, 2, 3, 2, -1, 9])
    train, validation = np.array([0, 1]), np.array([2, 3, 4])
    slips = _slips(x, y, train, validation, (0, 1))
    n_left = "is the training error divided by n minus the number of parameters?"
    del slips[n_left]  # two samples and a line leave nothing to divide by
    # The mean is 1 and misses 3, 2 and -1 by 2, 1 and -2; the line misses them by
    # 2, -1 and -5.
    expect_close(
        student.errors_by_degree(x, y, train, validation, (0, 1)),
        [[1, 0], [np.sqrt(3), np.sqrt(10)]],
        "The table of errors",
        mistakes={
            **slips,
            "is there one row for each degree, with the two errors as columns?": (
                [[1, np.sqrt(3)], [0, np.sqrt(10)]]
            ),
            "is the degree taken for the number of columns, the ones among them?": (
                [[np.sqrt(2), 1], [np.sqrt(14 / 3), np.sqrt(3)]]
            ),
            "is the column of ones missing?": (
                [[np.sqrt(2), 1], [np.sqrt(14 / 3), np.sqrt(25 / 3)]]
            ),
            "are the validation rows scaled by their own range?": (
                [
                    [1, 0],
                    [np.sqrt(3), np.sqrt(((3 - 0) ** 2 + (2 - 4 / 3) ** 2 + 9) / 3)],
                ]
            ),
            "are the validation rows scaled by their own largest x?": (
                [[1, 0], [np.sqrt(3), np.sqrt((2.5**2 + 0.5**2 + 3**2) / 3)]]
            ),
        },
    )


@read("sec-scratch-learning")
def test_6_a_cubic_is_recovered(student):
    """From degree 3 on nothing is left of a cubic without noise, and before it is."""
    x = np.array([2.0, -1, 3, 0, -2, 5, 1, 4, -3])
    y = x**3 - 4 * x
    train, validation = np.array([8, 0, 3, 5, 2, 6]), np.array([1, 4, 7])
    found = student.errors_by_degree(x, y, train, validation, (2, 3, 4))
    expect_shape(found, (2, 3), "errors_by_degree of three degrees")
    found = np.asarray(found, dtype=float)
    left = found.max(axis=0)
    expect(
        left[0] > 1,
        f"A parabola misses a cubic by {left[0]:.2g} at most",
        "is there one power too many?",
    )
    trained, validated = found[:, 1:].max(axis=1) < 1e-6
    t = 2 * (x - x[train].min()) / np.ptp(x[train]) - 1

    def left_by(powers):
        """What is left of the cubic by columns of these powers."""
        errors = []
        for degree in (3, 4):
            A = t[:, None] ** powers(degree)
            misfit = A @ np.linalg.lstsq(A[train], y[train], rcond=None)[0] - y
            errors.append(
                [np.sqrt(np.mean(misfit[r] ** 2)) for r in (train, validation)]
            )
        return np.transpose(errors)

    # Least squares of numbers up to 125 is exact to about 1e-12.
    expect_close(
        found[:, 1:],
        np.zeros((2, 2)),
        "What degrees 3 and 4 leave of a cubic",
        atol=1e-6,
        mistakes={
            "do the columns hold all powers from 0 to the degree?": lambda: left_by(
                lambda degree: np.array([0, degree])
            ),
            "is the column of ones missing?": lambda: left_by(
                lambda d: 1 + np.arange(d)
            ),
        },
        hint="are the training rows fitted?" if validated and not trained else "",
    )


@read("sec-three-sets")
def test_7_validation_has_no_part_in_the_fit(student):
    """Other validation targets change no training error."""
    x, y, train, validation = _irregular(7)
    other = y.copy()
    other[validation] += np.linspace(300, 500, validation.size)
    tables = []
    for targets in (y, other):
        found = student.errors_by_degree(x, targets, train, validation, (1, 3, 0))
        expect_shape(found, (2, 3), "errors_by_degree of three degrees")
        tables.append(np.asarray(found, dtype=float))
    first, second = tables
    swapped = np.allclose(first[1], second[1], rtol=1e-9)
    expect(
        np.allclose(first[0], second[0], rtol=1e-9),
        f"The training error of a line goes from {first[0, 0]:.4g} to "
        f"{second[0, 0]:.4g} km when only validation targets change",
        "do the training errors stand in the second row?"
        if swapped
        else "are the validation rows in the fit?",
    )


@read("sec-scratch-learning")
def test_8_as_numpy_does_on_distances(student):
    """On 41 distances up to 690 km, the errors are those of NumPy's polynomials."""
    given = *_irregular(8), (9, 0, 4)
    x, y, train, validation, degrees = given
    right = _by_numpy(*given)

    def of_plain_distances():
        table = []
        for degree in degrees:
            A = x[:, None] ** np.arange(degree + 1)
            miss = y - A @ np.linalg.lstsq(A[train], y[train])[0]
            table.append([_rms(miss[train]), _rms(miss[validation])])
        return np.transpose(table)

    # Powers of numbers from -1 to 1 up to the ninth have a condition of about 1e4, and
    # rounding is 1e-16: 1e-6 leaves room for another way to scale.
    expect_close(
        student.errors_by_degree(*given),
        right,
        "The table of errors",
        unit="km",
        rtol=1e-6,
        mistakes={
            "are these the powers of plain distances, too large to be told apart?": (
                of_plain_distances
            ),
            "do the columns stand by size, instead of in the order of degrees?": (
                right[:, [1, 2, 0]]
            ),
            **_slips(*given),
        },
    )
    away = (x + 60_000, *given[1:])
    expect_close(
        student.errors_by_degree(*away),
        right,
        "The table of errors for distances from 60003 to 60690 km",
        unit="km",
        hint="does x lie between -1 and 1 in the training rows, once it is scaled?",
    )
    _expect_any_samples(student)


def _expect_any_samples(student):
    """Ask for few or many degrees, beyond the training, of floats and of integers."""
    rng = inputs.draw(88)
    order = rng.permutation(29)
    x = inputs.whole(rng, 29, -40, 75)
    near = order[x[order] < 30]  # validation lies beyond what was trained on
    sets = near[:11], np.flatnonzero(x >= 30)
    x[-1] = x[0]  # the ends of x are not those of its range
    y = inputs.whole(rng, 29, -300, 800)
    for degrees in ([3], range(5), np.array([3, 0, 5, 1, 2, 4, 2])):
        for kind, targets in inputs.both_kinds(y):
            what = f"The table of degrees {list(map(int, degrees))}, of {kind},"
            given = x.astype(targets.dtype), targets, *sets, degrees
            expect_close(student.errors_by_degree(*given), _by_numpy(*given), what)
    one = x, y, sets[0], sets[1][:1], (1, 2)
    what = "The table with a single validation row"
    expect_close(student.errors_by_degree(*one), _by_numpy(*one), what)


def _errors(seed, means, scatter, n_sets=8):
    """Draw validation errors whose column means and deviations are exact."""
    noise = inputs.draw(seed).normal(size=(n_sets, len(means)))
    noise = (noise - noise.mean(axis=0)) / noise.std(axis=0, ddof=1)
    return np.array(means) + np.array(scatter) * noise


_DEGREE_MISTAKES = {
    "is it the degree with the smallest mean, whatever its error?": 16,
    "is the largest of the good degrees chosen instead of the smallest?": 17,
    "does a walk down from the best degree end at the first that is not good?": 15,
    "is the standard deviation divided by n itself instead of its root?": 13,
    "is the standard deviation taken with n instead of n - 1 (ddof=1)?": 10,
    "is this the number of degrees, counted from 1?": 9,
    "is it two standard errors (or 1.96) instead of one?": 6,
    "is the standard deviation divided by the root of the number of sets?": 4,
    "is the deviation that of all errors instead of the best degree's?": 2,
    "is the deviation that of each degree itself instead of the best one's?": 1,
}


def _expect_degree(found, right, what, mistakes=None):
    """Compare a degree, and say on which side of the right one it lies."""
    hint = ""
    if np.ndim(found) == 0 and np.isreal(found):
        simpler = "a simpler one is good enough"
        hint = simpler if found > right else "that one is not good enough"
    expect_close(found, right, f"The degree for {what}", mistakes=mistakes, hint=hint)


@read("sec-choose")
def test_9_clear_cut(student):
    """When one degree is far better than all others, it is chosen."""
    errors = _errors(4, [90.0, 70, 30, 60, 80], [1.0] * 5)
    _expect_degree(
        student.simplest_good_degree(errors),
        2,
        "mean errors of 90, 70, 30, 60 and 80 km, known to 0.4 km,",
        mistakes={
            "is it the degree with the largest error?": 0,
            "is this a mask of the good degrees, or a list, instead of the smallest?": (
                [0, 0, 1, 0, 0]
            ),
            "is this the number of degrees, counted from 1?": 3,
            "is this the error instead of the degree?": 30.0,
            "is the mean taken over degrees (axis=1) instead of over sets?": lambda: (
                errors.mean(axis=1).argmin()
            ),
        },
    )


@read("sec-choose")
def test_10_simpler_within_the_error(student):
    """A simpler degree wins when it is worse by less than one standard error."""
    # The standard error of the best is 8 / sqrt(8) = 2.83: means within 46.83 are good.
    # Just within the limit of one mistake each lie 46.62 (46.65, with n), 44.99 (45,
    # with 8 / 8), 46.95 (47.05, with n - 2), 49.5 (two errors) and 51.95 (52, no root);
    # other means, which stand for no mistake, keep them apart. From the best down, the
    # walk meets 47.6.
    means = [75, 60, 53.5, 52.3, 51.95, 51, 49.5, 46.95, 46.75, 47.5]
    means += [46.62, 46.3, 45.6, 44.99, 47.6, 44.5, 44, 45.2]
    _expect_degree(
        student.simplest_good_degree(_errors(5, means, [8] + [115] + [8] * 16)),
        8,
        f"mean errors of {', '.join(f'{m:.4g}' for m in means)} km, "
        "the best known to 2.83 km,",
        mistakes=_DEGREE_MISTAKES,
    )


@read("sec-choose")
def test_11_the_error_shrinks_with_more_sets(student):
    """With ten times as many validation sets, the choice may become more demanding."""
    few = _errors(6, [58.0, 52, 50, 50.5], [6.0] * 4, n_sets=6)
    many = _errors(6, [58.0, 52, 50, 50.5], [6.0] * 4, n_sets=60)
    large = "is the largest of the good degrees chosen instead of the smallest?"
    fixed = "does the standard error depend on the number of sets?"
    # Who chose 1 from few sets, and does from many, has the same error for both.
    cases = (few, 1, {large: 3}), (many, 2, {large: 3, fixed: 1})
    for errors, right, mistakes in cases:
        _expect_degree(
            student.simplest_good_degree(errors),
            right,
            f"errors of 58, 52, 50 and 50.5 km in {len(errors)} sets",
            mistakes=mistakes,
        )


@read("sec-choose")
def test_12_at_most_is_at_most(student):
    """A mean at the very limit is good, and so is the best where all sets agree."""
    # 13, 9, 9, 9 have the mean 10, the deviation 2 and the standard error 1, exactly.
    at_the_limit = np.array([[12.0, 11, 13], [13, 11, 9], [12, 11, 9], [12, 11, 9]])
    _expect_degree(
        student.simplest_good_degree(at_the_limit - [0, 0.01, 0]),
        1,
        "means of 12.25, 10.99 and 10 km, the best known to 1 km,",
    )
    _expect_degree(
        student.simplest_good_degree(at_the_limit),
        1,
        "means of 12.25, 11 and 10 km, the best known to 1 km,",
        mistakes={"is a mean that is the best plus its error no longer good?": 2},
    )
    _expect_degree(
        student.simplest_good_degree(np.array([[9.0, 7, 8]] * 5)),
        1,
        "five sets with the same errors of 9, 7 and 8 km",
    )
    one = student.simplest_good_degree(np.array([[4.0], [6.0]]))
    _expect_degree(one, 0, "two sets and a single degree")
    rng = inputs.draw(12)
    for n_sets, n_degrees in ((2, 5), (3, 9), (7, 4), (13, 11), (31, 6)):
        slope = rng.normal(0, 2, n_degrees)
        errors = np.round(60 + slope + rng.exponential(15, (n_sets, n_degrees)))
        best = errors[:, np.argmin(errors.sum(axis=0))]
        limit = best.mean() + np.sqrt(np.sum((best - best.mean()) ** 2)) / np.sqrt(
            n_sets * (n_sets - 1)
        )
        means = [errors[:, k].mean() for k in range(n_degrees)]
        _expect_degree(
            student.simplest_good_degree(errors),
            next(k for k, mean in enumerate(means) if mean <= limit),
            f"{n_sets} sets and {n_degrees} degrees",
        )


@read("sec-counting")
def test_13_one_count_by_hand(student):
    """Three earthquakes where two were expected: ln(2^3 e^-2 / 3!) = -1.712."""
    expect_close(
        student.log_score(np.array([3]), np.array([2.0])),
        np.log(8 * np.exp(-2) / 6),
        "The score",
        mistakes={
            "is the logarithm one of base ten?": np.log10(8 * np.exp(-2) / 6),
            "is it the probability, without its logarithm?": 8 * np.exp(-2) / 6,
            "has it the wrong sign?": -np.log(8 * np.exp(-2) / 6),
            "is the expected number added instead of subtracted?": np.log(8 / 6) + 2,
            "is the factorial of the count missing?": np.log(8) - 2,
            "is the term minus the expected number missing?": np.log(8 / 6),
            "is it ln n instead of ln n!?": np.log(8) - 2 - np.log(3),
            "is it (n - 1)! instead of n!?": np.log(8) - 2 - np.log(2),
            "have counts and expected numbers changed places?": (
                2 * np.log(3) - 3 - gammaln(3)
            ),
        },
    )


def _scores(counts, expected):
    """Return the score of each bin."""
    return counts * np.log(expected) - expected - gammaln(counts + 1)


@read("sec-counting")
def test_14_bins_add_up(student):
    """The score of several bins is the sum of their scores."""
    rng = inputs.draw(8)
    expected = np.r_[0.3, inputs.numbers(rng, 6, 1, 20)]
    counts = np.r_[0, inputs.whole(rng, 6, 0, 19)]
    each = _scores(counts, expected)
    expect_close(
        student.log_score(counts, expected),
        each.sum(),
        "The score of seven bins",
        mistakes={
            "is it the mean over the bins instead of the sum?": each.mean(),
            "is it one score per bin, with their sum missing?": each,
            "is it the logarithm of a sum instead of the sum of logarithms?": (
                np.log(np.exp(each).sum())
            ),
            "are the bins added up before they are scored?": _scores(
                counts.sum(), expected.sum()
            ),
            "are bins without an earthquake left out?": each[counts > 0].sum(),
            "is the expected number, which is no whole one, cut or rounded?": (
                xlogy(counts, np.round(expected)) - np.round(expected)
            ).sum()
            - gammaln(counts + 1).sum(),
        },
    )


@read("sec-counting")
def test_15_large_counts_and_small_probabilities(student):
    """Thousands of earthquakes, whole expected numbers, many bins: all is finite."""
    rng = inputs.draw(15)
    counts = inputs.counts(rng, 11, 3000)
    what = "The score of counts up to 3000"
    hint = "is n! computed, which is too large from n = 171 on?"
    for kind, whole in inputs.both_kinds(counts + rng.integers(1, 9, 11)):
        found = student.log_score(counts, whole)
        lost = not np.all(np.isfinite(np.asarray(found, dtype=float)))
        right = _scores(counts, whole).sum()
        expect_close(
            found,
            right,
            f"{what}, with expected numbers that are {kind},",
            mistakes={
                "is each score cut to a whole number?": (
                    np.trunc(_scores(counts, whole)).sum()
                )
            },
            hint=hint if lost else "",
        )
    middle = np.array([25, 19, 21, 24])  # 21! is no 64-bit integer any more
    expected = np.array([20.5, 22.25, 23.0, 18.75])
    right = _scores(middle, expected).sum()
    expect_close(student.log_score(middle, expected), right, "The score of about 20")
    cases = {
        "1009 bins": (rng.poisson(3.0, 1009), np.full(1009, 3.0)),
        "no earthquake where 800 were expected": (np.array([0]), np.array([800.0])),
    }
    for what, (counts, expected) in cases.items():
        found = student.log_score(counts, expected)
        lost = np.all(np.isneginf(np.asarray(found, dtype=float)))
        hint = (
            "are probabilities multiplied, or taken, until they vanish?" if lost else ""
        )
        right = _scores(counts, expected).sum()
        expect_close(found, right, f"The score of {what}", hint=hint)


@read("sec-counting")
def test_16_zero_expected(student):
    """Nothing expected: right scores 0 if nothing comes, minus infinity if it does."""
    quiet = student.log_score(np.array([0, 0]), np.array([0.0, 0.0]))
    expect_close(
        quiet,
        0.0,
        "The score of no earthquake where none was expected",
        hint="what is 0 times the logarithm of 0?",
    )
    quiet = student.log_score(np.array([2, 0, 1]), np.array([1.5, 0.0, 2.5]))
    expect_close(
        quiet,
        _scores(np.array([2, 1]), np.array([1.5, 2.5])).sum(),
        "The score with nothing in a bin where nothing was expected",
        hint="" if np.isfinite(quiet) else "what is 0 times the logarithm of 0?",
    )
    for counts in ([2, 1, 0], [0, 1, 0], [1, 4, 3]):
        score = student.log_score(np.array(counts), np.array([2.0, 0.0, 1.5]))
        expect(
            np.all(np.isneginf(score)),
            "The score of an earthquake that was held to be impossible is "
            f"{np.max(score):.4g}",
            "should a forecast of zero not be punished without limit?",
        )
