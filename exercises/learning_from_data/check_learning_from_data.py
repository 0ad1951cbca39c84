"""Claims about a split by time, a fit, a choice of degree and a score of counts."""

import numpy as np
from scipy.special import gammaln

from mlearth.checks import expect, expect_close, expect_shape, read


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
    time = np.random.default_rng(2).uniform(1976, 2017, 60)
    train, validation, test = _three(student, time, 1990.0, 2004.0)
    together = np.concatenate([train, validation, test])
    expect(
        np.unique(together).size == together.size,
        f"{together.size - np.unique(together).size} events lie in two sets",
        "do two of your conditions overlap?",
    )
    expect(
        together.size == time.size,
        f"{time.size - together.size} of 60 events lie in no set",
        "does a condition leave a gap?",
    )
    expect(
        all(np.all(part == np.round(part)) for part in (train, validation, test))
        and together.max() < 60,
        f"The sets of 60 events hold {together.max():.5g}, which is no row",
        "are these the times instead of the row numbers?",
    )
    late = time[train.astype(int)].max(initial=0)
    expect(
        late < 1990,
        f"An event of {late:.1f} is in the training set, which ends in 1990",
        "have you taken the events to be in order of time?",
    )
    expect(
        all(np.all(np.diff(part) > 0) for part in (train, validation, test)),
        "The row numbers of a set do not grow",
        "are they in the order of time instead of the order of the rows?",
    )


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
    rng = np.random.default_rng(seed)
    x = np.round(rng.uniform(3, 690, 41))
    y = 80 + 280 * (1 + np.tanh((x - 380) / 150)) + rng.normal(0, 50, x.size)
    rows = rng.permutation(x.size)
    return x, y, rows[:23], rows[23:34]


def _rms(miss):
    """Return the root-mean-square of misses."""
    return np.sqrt(np.mean(np.square(miss)))


def _by_numpy(x, y, train, validation, degrees, fitted=None):
    """Let NumPy's own polynomials fit and judge."""
    rows = train if fitted is None else fitted
    fits = [np.polynomial.Polynomial.fit(x[rows], y[rows], d) for d in degrees]
    return np.array(
        [[_rms(y[r] - fit(x[r])) for fit in fits] for r in (train, validation)]
    )


@read("sec-three-sets")
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
    """Trained on (0, 0) and (2, 2), the degrees 0 and 1 meet (1, 4) and (3, 0)."""
    x, y = np.array([0, 2, 1, 3, 5]), np.array([0, 2, 4, 0, 9])
    train, validation = np.array([0, 1]), np.array([2, 3])
    both, far = np.arange(4), np.array([2, 3, 4])
    expect_close(
        student.errors_by_degree(x, y, train, validation, (0, 1)),
        [[1, 0], [np.sqrt(5), 3]],
        "The table of errors",
        mistakes={
            "is the root of the mean square missing?": [[1, 0], [5, 9]],
            "is it the mean of the misses without their sign, not of the squares?": (
                [[1, 0], [2, 3]]
            ),
            "is it the mean of the misses, which cancel?": [[0, 0], [1, 0]],
            "is it the root of the sum, not of the mean, of squares?": (
                [[np.sqrt(2), 0], [np.sqrt(10), np.sqrt(18)]]
            ),
            "do the validation errors stand above those of training?": (
                [[np.sqrt(5), 3], [1, 0]]
            ),
            "is there one row for each degree, with the two errors as columns?": (
                [[1, np.sqrt(5)], [0, 3]]
            ),
            "is the degree taken for the number of columns, the ones among them?": (
                [[np.sqrt(2), 1], [np.sqrt(8), np.sqrt(5)]]
            ),
            "is the column of ones missing?": (
                [[np.sqrt(2), 1], [np.sqrt(8), np.sqrt(10)]]
            ),
            "are the validation rows in the fit?": lambda: _by_numpy(
                x, y, train, validation, (0, 1), fitted=both
            ),
            "are all rows in the fit?": lambda: _by_numpy(
                x, y, train, validation, (0, 1), fitted=np.arange(5)
            ),
            "are the validation rows fitted, in place of the training rows?": (
                lambda: _by_numpy(x, y, train, validation, (0, 1), fitted=validation)
            ),
            "are rows that are in neither set among those of validation?": (
                lambda: _by_numpy(x, y, train, far, (0, 1))
            ),
            "are the validation rows scaled by their own range?": (
                [[1, 0], [np.sqrt(5), np.sqrt(10)]]
            ),
            "are the validation rows scaled by their own largest x?": (
                [[1, 0], [np.sqrt(5), np.sqrt(68) / 3]]
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
    question = "do the columns hold all powers from 0 to the degree?"
    if validated and not trained:
        question = "are the training rows fitted?"
    elif trained and not validated:
        question = "are both sets scaled by the numbers of the training rows?"
    # Least squares of numbers up to 125 is exact to about 1e-12.
    expect_close(
        found[:, 1:],
        np.zeros((2, 2)),
        "What degrees 3 and 4 leave of a cubic",
        atol=1e-6,
        hint=question,
    )


@read("sec-three-sets")
def test_7_validation_has_no_part_in_the_fit(student):
    """Other validation targets change no training error."""
    x, y, train, validation = _irregular(7)
    other = y.copy()
    other[validation] += np.linspace(300, 500, validation.size)
    first = student.errors_by_degree(x, y, train, validation, (1, 3))
    second = student.errors_by_degree(x, other, train, validation, (1, 3))
    expect_shape(first, (2, 2), "errors_by_degree of two degrees")
    first, second = np.asarray(first, float)[0], np.asarray(second, float)[0]
    expect(
        np.allclose(first, second, rtol=1e-9),
        f"The training error of a line goes from {first[0]:.4g} to {second[0]:.4g} km "
        "when only validation targets change",
        "are the validation rows in the fit?",
    )


@read("sec-scratch-learning")
def test_8_as_numpy_does_on_distances(student):
    """On 41 distances up to 690 km, the errors are those of NumPy's polynomials."""
    x, y, train, validation = _irregular(8)
    right = _by_numpy(x, y, train, validation, (9, 0, 4))

    def of_plain_distances():
        table = []
        for degree in (9, 0, 4):
            A = x[:, None] ** np.arange(degree + 1)
            miss = y - A @ np.linalg.lstsq(A[train], y[train])[0]
            table.append([_rms(miss[train]), _rms(miss[validation])])
        return np.transpose(table)

    # Powers of numbers from -1 to 1 up to the ninth have a condition of about 1e4, and
    # rounding is 1e-16: 1e-6 leaves room for another way to scale.
    expect_close(
        student.errors_by_degree(x, y, train, validation, (9, 0, 4)),
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
            "are all rows in the fit?": lambda: _by_numpy(
                x, y, train, validation, (9, 0, 4), fitted=np.arange(x.size)
            ),
        },
    )


def _errors(seed, means, scatter, n_sets=8):
    """Draw validation errors whose column means and deviations are exact."""
    noise = np.random.default_rng(seed).normal(size=(n_sets, len(means)))
    noise = (noise - noise.mean(axis=0)) / noise.std(axis=0, ddof=1)
    return np.array(means) + np.array(scatter) * noise


_DEGREE_MISTAKES = {
    "is it the degree with the smallest mean, whatever its error?": 8,
    "is the largest of the good degrees chosen instead of the smallest?": 9,
    "is the standard deviation divided by n itself instead of its root?": 7,
    "is the standard deviation taken with n - 1 (ddof=1)?": 6,
    "is this the number of degrees, counted from 1?": 5,
    "is it two standard errors (or 1.96) instead of one?": 3,
    "is the standard deviation divided by the root of the number of sets?": 2,
    "is the deviation that of all errors instead of the best degree's?": 1,
    "is the deviation that of each degree itself instead of the best one's?": 0,
}


@read("sec-choose")
def test_9_clear_cut(student):
    """When one degree is far better than all others, it is chosen."""
    errors = _errors(4, [90.0, 70, 30, 60, 80], [1.0] * 5)
    expect_close(
        student.simplest_good_degree(errors),
        2,
        "The degree for mean errors of 90, 70, 30, 60 and 80 km, known to 0.4 km,",
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
    # standard error of the best: 8 / sqrt(8) = 2.83; means within 46.83 are good.
    # Every other mean lies within the limit of one mistake: with n (ddof=0) it is
    # 46.65, with 8 / 8 it is 45, with two errors 49.66, without the root 52.
    means = [60.0, 52.8, 50, 48, 46.7, 47.5, 46, 44.9, 44, 45.2]
    expect_close(
        student.simplest_good_degree(_errors(5, means, [80] + [8] * 9)),
        4,
        f"The degree for mean errors of {', '.join(f'{m:.3g}' for m in means)} km, "
        "the best known to 2.83 km,",
        mistakes=_DEGREE_MISTAKES,
    )


@read("sec-choose")
def test_11_the_error_shrinks_with_more_sets(student):
    """With ten times as many validation sets, the choice may become more demanding."""
    few = _errors(6, [58.0, 52, 50, 50.5], [6.0] * 4, n_sets=6)
    many = _errors(6, [58.0, 52, 50, 50.5], [6.0] * 4, n_sets=60)
    questions = (
        "is a simpler degree within one standard error of the best?",
        "does the standard error depend on the number of sets?",
    )
    for errors, right, question in zip((few, many), (1, 2), questions, strict=True):
        expect_close(
            student.simplest_good_degree(errors),
            right,
            f"The degree for errors of 58, 52, 50 and 50.5 km in {len(errors)} sets",
            mistakes={
                "is the largest of the good degrees chosen instead of the smallest?": 3
            },
            hint=question,
        )


@read("sec-counting")
def test_12_one_count_by_hand(student):
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


@read("sec-counting")
def test_13_bins_add_up(student):
    """The score of several bins is the sum of their scores."""
    rng = np.random.default_rng(8)
    expected = rng.uniform(1, 20, 6)
    counts = rng.poisson(expected)
    each = counts * np.log(expected) - expected - gammaln(counts + 1)
    expect_close(
        student.log_score(counts, expected),
        each.sum(),
        "The score of six bins",
        mistakes={
            "is it the mean over the bins instead of the sum?": each.mean(),
            "is it one score per bin, with their sum missing?": each,
            "is it the logarithm of a sum instead of the sum of logarithms?": (
                np.log(np.exp(each).sum())
            ),
            "are the bins added up before they are scored?": (
                counts.sum() * np.log(expected.sum())
                - expected.sum()
                - gammaln(counts.sum() + 1)
            ),
        },
    )


@read("sec-counting")
def test_14_zero_expected(student):
    """Nothing expected: right scores 0 if nothing comes, minus infinity if it does."""
    quiet = student.log_score(np.array([0, 0]), np.array([0.0, 0.0]))
    expect_close(
        quiet,
        0.0,
        "The score of no earthquake where none was expected",
        hint="what is 0 times the logarithm of 0?",
    )
    score = student.log_score(np.array([2, 1]), np.array([2.0, 0.0]))
    expect(
        np.isneginf(score),
        f"The score of an earthquake that was held to be impossible is {score}",
        "should a forecast of zero not be punished without limit?",
    )
