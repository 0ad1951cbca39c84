"""Claims about design matrices, a walk downhill and two kinds of intervals."""

from functools import partial

import numpy as np
from scipy.special import ndtri, stdtrit

from mlearth.checks import (
    deadline,
    expect,
    expect_close,
    expect_shape,
    inputs,
    octave_numbers,
    read,
)


def _records(seed, n=13):
    """Draw a small set of records: M, R [km] and log10 PGA with known scatter."""
    rng = inputs.draw(seed)
    magnitude = inputs.numbers(rng, n, 4, 7)
    distance_km = 10 ** inputs.numbers(rng, n, 0, 2)
    log_pga = -1.5 + 0.7 * magnitude - 1.2 * np.log10(distance_km + 5)
    return magnitude, distance_km, log_pga + rng.normal(0, 0.3, n)


def _model(seed, n=13):
    """Return A, with a column of ones, and y of records."""
    magnitude, distance_km, y = _records(seed, n)
    return np.stack([np.ones(n), magnitude, np.log10(distance_km + 5)], axis=1), y


def _models(seed):
    """Yield a name, A and y: with a column of ones, without, and of whole numbers."""
    rng = inputs.draw(seed)
    yield "with a constant", *_model(seed)
    A = inputs.design(rng, 17, 7)
    yield "without a constant", A, inputs.numbers(rng, 17, 2, 9)
    A = inputs.counts(rng, 14, 60).reshape(7, 2)
    yield "of whole numbers", A, inputs.whole(rng, 7, 2, 90)


def _fit(A, y):
    """Return what ordinary least squares gives by the pseudo-inverse."""
    inverse = np.linalg.pinv(A)
    c = inverse @ y
    return c, np.sum((y - A @ c) ** 2), inverse @ inverse.T


@read("sec-ground-motion-model")
def test_1_one_row_per_record(student):
    """Every record becomes one row of four numbers."""
    magnitude, distance_km, _ = _records(seed=1, n=7)
    A = student.design_matrix(magnitude, distance_km, 6.0)
    expect_shape(
        A,
        (7, 4),
        "design_matrix of 7 records",
        mistakes={
            "do the records lie along the columns instead of the rows?": (4, 7),
            "is the column of ones, or another one, missing?": (7, 3),
        },
    )


def _row(M, R, h):
    """Return the row of one record, and what mistakes make of it."""
    r, ten = np.hypot(R, h), np.log10
    with np.errstate(divide="ignore"):  # at R = 0
        log_R = ten(R)
    mistakes = {
        "is the logarithm a natural one?": [1, M, np.log(r), r],
        "is h left out of the logarithm?": [1, M, log_R, r],
        "is h left out of r?": [1, M, log_R, R],
        "is h left out of the last column?": [1, M, ten(r), R],
        "is h added to R, instead of their squares?": [1, M, ten(R + h), R + h],
        "is h not squared?": [1, M, ten(R**2 + h) / 2, np.sqrt(R**2 + h)],
        "are the last two columns in the wrong order?": [1, M, r, ten(r)],
        "is the square root of r missing?": [1, M, 2 * ten(r), r**2],
        "is the logarithm that of r squared?": [1, M, 2 * ten(r), r],
        "is `x**1/2` half of x? The root is `x**0.5`": [1, M, ten(r**2 / 2), r**2 / 2],
        "is r in metres?": [1, M, ten(r) + 3, 1000 * r],
        "is the row cut to whole numbers?": [1, np.trunc(M), np.trunc(ten(r)), int(r)],
        "is 1 added within the logarithm?": [1, M, ten(r + 1), r],
    }
    return [[1, M, ten(r), r]], {question: [row] for question, row in mistakes.items()}


@read("sec-ground-motion-model")
def test_2_a_record_by_hand(student):
    """A magnitude 6 at R = 8 km with h = 6 km has r = 10 km: the row 1, 6, 1, 10."""
    for M, R, h in ((6.0, 8.0, 6.0), (6, 8, 6.0), (5, 2, 3.5), (5.5, 0.0, 0.01)):
        right, mistakes = _row(M, R, h)
        expect_close(
            student.design_matrix(np.array([M]), np.array([R]), h),
            right,
            f"The row for M = {M}, R = {R} km and h = {h} km",
            mistakes=mistakes,
        )
    magnitude = np.array([4, 7, 5, 6, 3, 8, 5])
    distance_km = np.array([20, 3, 150, 0, 41, 9, 77])
    whole = student.design_matrix(magnitude, distance_km, 4.5)
    r = np.sqrt(distance_km**2 + 20.25)
    right = np.stack([np.ones(7), magnitude, np.log10(r), r], axis=1)
    expect_close(
        whole,
        right,
        "The table of whole magnitudes and distances",
        mistakes={"is it cut to whole numbers?": np.trunc(right)},
    )


@read("sec-ground-motion-model")
def test_3_far_away_the_depth_does_not_matter(student):
    """At R = 1000 km, a depth of 1 km or of 20 km gives the same row within 0.02 %."""
    far = np.array([1000.0])
    shallow = np.asarray(student.design_matrix(np.array([6.0]), far, 1.0))
    deep = np.asarray(student.design_matrix(np.array([6.0]), far, 20.0))
    # sqrt(1000^2 + 20^2) is 1000.2, so r changes by 2e-4 and log10(r) by less.
    expect_close(
        deep / shallow,
        np.ones((1, 4)),
        "The row for h = 20 km, divided by the row for h = 1 km,",
        rtol=2.1e-4,
        mistakes={
            "is h added to R, instead of their squares?": [
                [1, 1, np.log10(1020) / np.log10(1001), 1020 / 1001]
            ]
        },
    )


# Steps by hand: from zero the residuals are -y, and the weights add up to 10.
STEP_A = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 3.0], [1.0, 2.0]])
STEP_Y = np.array([2.0, -1.0, 4.0, 8.0])
STEP_W = np.array([1.0, 2.0, 0.0, 7.0])


def _walk(A, y, weight, eta, n_iter, whole=None):
    """Take n_iter steps down the gradient; `whole` is what the sum is divided by."""
    theta = np.zeros(A.shape[1])
    for _ in range(n_iter):
        gradient = A.T @ (weight * (A @ theta - y))
        theta = theta - eta * gradient / (weight.sum() if whole is None else whole)
    return theta


def _one_after_the_other(A, y, weight, eta, n_iter):
    """Walk with the mistake that a coefficient moves before the next one looks."""
    theta = np.zeros(A.shape[1])
    for _ in range(n_iter):
        for j in range(len(theta)):
            theta[j] -= eta * A[:, j] @ (weight * (A @ theta - y)) / weight.sum()
    return theta


def _slips(A, y, weight, eta, k, where=""):
    """Name the mistakes of a walk of k steps, each with the place that it leads to."""
    walk = partial(_walk, A, y, weight)
    return {
        f"{where}do the weights count for nothing?": _walk(A, y, weight**0, eta, k),
        f"{where}is the gradient summed, and not divided by the sum of the weights?": (
            walk(eta, k, 1)
        ),
        f"{where}is it divided by the number of records, not by the sum of the "
        "weights?": walk(eta, k, len(y)),
        f"{where}is a factor of two left, of the square?": walk(2 * eta, k),
        f"{where}does the walk go uphill?": walk(-eta, k),
        f"{where}is it one step too few?": walk(eta, k - 1),
        f"{where}is it one step too many?": walk(eta, k + 1),
        f"{where}is it divided by the number of records that count?": walk(
            eta, k, np.count_nonzero(weight)
        ),
        f"{where}are the weights squared?": _walk(A, y, weight**2, eta, k),
        f"{where}do rows and measurements both carry the weight, which squares it?": (
            _walk(A, y, weight**2, eta, k, weight.sum())
        ),
        f"{where}do the weights enter by their root?": _walk(A, y, weight**0.5, eta, k),
        f"{where}does a coefficient move before the next one looks? All move at once": (
            _one_after_the_other(A, y, weight, eta, k)
        ),
    }


def _minimum(A, y, weight):
    """Return where the walk would end."""
    root = np.sqrt(weight)
    return np.linalg.lstsq(A * root[:, None], y * root)[0]


@read("sec-gradient-descent")
def test_4_one_step_by_hand(student):
    """Weights 1, 2, 0, 7: the first step of size 0.1 leads to 0.56 and 1.1."""
    for of, A in inputs.both_kinds(STEP_A):
        y, weight = STEP_Y.astype(A.dtype), STEP_W.astype(A.dtype)
        theta = student.descend(A, y, weight, 0.1, 1)
        expect_shape(theta, (2,), "descend with 2 coefficients")
        expect_close(
            theta,
            [0.56, 1.1],
            f"[theta0, theta1] after one step, from {of},",
            mistakes=_slips(STEP_A, STEP_Y, STEP_W, 0.1, 1)
            | {
                "is each step cut to whole numbers?": [0, 1],
                "does it jump to the minimum, without steps?": _minimum(
                    STEP_A, STEP_Y, STEP_W
                ),
            },
        )


@read("sec-gradient-descent")
def test_5_seven_steps(student):
    """Seven steps, and three tiny ones, lead where the rule does, no farther."""
    magnitude, distance_km, y = _records(seed=5, n=31)
    A = np.stack([np.ones(31), magnitude - 5.5, np.log10(distance_km)], axis=1)
    rng = inputs.draw(55)
    for weight, eta, k in (
        (inputs.whole(rng, 31, 0, 3).astype(float), 0.2, 7),
        (inputs.numbers(rng, 31, 0, 0.4), 0.2, 7),
        (inputs.numbers(rng, 31, 0, 0.4), 1e-9, 3),
    ):
        one = _walk(A, y, weight, eta, 1)
        expect_close(
            student.descend(A, y, weight, eta, k),
            _walk(A, y, weight, eta, k),
            f"The place after {k} steps of size {eta:g}",
            atol=0,
            mistakes=_slips(A, y, weight, eta, k)
            | {
                "does every step repeat the first?": k * one,
                "does the walk end after one step?": one,
                "does it jump to the minimum, without steps?": _minimum(A, y, weight),
            },
        )
    expect_close(
        student.descend(A, y, weight, 0.2, 0), np.zeros(3), "The place after no step"
    )


@read("sec-gradient-descent")
def test_6_a_weight_of_two_is_a_record_twice(student):
    """After 4000 steps the walk stands at the least squares of the repeated records."""
    magnitude, distance_km, y = _records(seed=6, n=29)
    A = np.stack([np.ones(29), magnitude - 5.5, np.log10(distance_km) - 1], axis=1)
    weight = inputs.whole(inputs.draw(66), 29, 0, 3)
    times = np.repeat(np.arange(29), weight)
    # The slowest direction shrinks by more than 1 - 0.2 * 0.1 in a step: 0.98^4000.
    expect_close(
        student.descend(A, y, weight, 0.2, 4000),
        np.linalg.pinv(A[times]) @ y[times],
        "The end of the walk",
        rtol=1e-5,
        mistakes={
            "do the weights count for nothing?": np.linalg.pinv(A) @ y,
            "are the weights squared?": np.linalg.lstsq(
                A * weight[:, None], y * weight
            )[0],
            "do the weights enter by their root?": np.linalg.lstsq(
                A * weight[:, None] ** 0.25, y * weight**0.25
            )[0],
        },
    )


@read("sec-standard-errors")
def test_7_the_middle_is_the_fit(student):
    """The interval of every coefficient has the least-squares fit in its middle."""
    for name, A, y in _models(4):
        p = A.shape[1]
        ends = student.coefficient_intervals(A, y, 0.9)
        expect_shape(
            ends,
            (p, 2),
            f"coefficient_intervals for {p} coefficients",
            mistakes={
                "do lower and upper ends lie along the rows instead of the columns?": (
                    (2, p)
                )
            },
        )
        ends = np.asarray(ends)
        expect(
            (ends[:, 0] < ends[:, 1]).all(),
            "A lower end lies above its upper end",
            "are the two columns in the wrong order, or is the quantile that of the "
            "lower end, which is negative?",
        )
        c = _fit(A, y)[0]
        expect_close(
            ends.mean(axis=1),
            c,
            f"The middle of the intervals, for a design {name},",
            mistakes={
                "do you count from 0, not from the coefficient?": np.zeros(p),
                "is the middle cut to whole numbers?": np.trunc(c),
                "is the fit a ridge, which shrinks the coefficients?": np.linalg.solve(
                    A.T @ A + np.eye(p), A.T @ y
                ),
            },
        )


@read("sec-standard-errors")
def test_8_the_width_for_few_records(student):
    """For few records the width is that of Student's t, for any design and level."""
    for name, A, y in (*_models(5), ("of few records", *_model(7, n=5))):
        for level in (0.9, 0.5):
            ends = np.asarray(student.coefficient_intervals(A, y, level))
            right, mistakes = _half_widths(A, y, level)
            expect_close(
                (ends[:, 1] - ends[:, 0]) / 2,
                right,
                f"The half-width at the level {level}, for a design {name},",
                mistakes=mistakes,
            )


def _half_widths(A, y, level):
    """Return the half-width of each interval, and what mistakes make of it."""
    n, p = A.shape
    c, rss, C = _fit(A, y)
    residual, above = y - A @ c, (1 + level) / 2
    t, root = stdtrit(n - p, above), np.sqrt(np.diag(C))
    s = np.sqrt(rss / (n - p))
    right = t * s * root
    mistakes = {
        "have you divided the squared residuals by n instead of n - p?": (
            t * np.sqrt(rss / n) * root
        ),
        "have you divided by n - 1 instead of n - p?": t
        * np.sqrt(rss / (n - 1))
        * root,
        "have you taken n - p - 1 for n - p? The constant is among the p": (
            stdtrit(n - p - 1, above) * np.sqrt(rss / (n - p - 1)) * root
        ),
        "is it n - p - 1 below the residuals, but n - p in the quantile?": (
            t * np.sqrt(rss / (n - p - 1)) * root
        ),
        "is the scatter that of the residuals about their mean?": (
            t * np.sqrt(np.sum((residual - residual.mean()) ** 2) / (n - p)) * root
        ),
        "is sigma left out?": t * root,
        "is it sigma squared, where sigma belongs?": t * s**2 * root,
        "is the root of the diagonal missing?": t * s * root**2,
        "have you divided by the root of n, which the matrix does already?": (
            right / np.sqrt(n)
        ),
        "is it the interval of a new record, with 1 added?": (
            t * s * np.sqrt(1 + root**2)
        ),
        "is the quantile the normal one, as if the variance were known?": (
            ndtri(above) * s * root
        ),
        "is it the quantile for 95 %, whatever the level?": (
            stdtrit(n - p, 0.975) * s * root
        ),
        "does the quantile have n - 1 degrees of freedom, not n - p?": (
            stdtrit(n - 1, above) * s * root
        ),
        "is it 1.96, the quantile for 95 % and many records?": 1.96 * s * root,
        "does the quantile leave all of 1 - level on one side?": (
            stdtrit(n - p, level) * s * root
        ),
        "is it a variance, with its square root missing?": t * s**2 * root**2,
        "is it one standard error, without the quantile?": s * root,
        "have you inverted the diagonal instead of the matrix A.T @ A?": (
            t * s / np.sqrt(np.sum(A.astype(float) ** 2, axis=0))
        ),
        "do the degrees of freedom of the quantile count the coefficients?": (
            stdtrit(n, above) * s * root
        ),
    }
    return right, _other_than(right, mistakes)


def _other_than(right, mistakes):
    """Leave out what is no mistake here: a constant makes the residuals' mean 0."""
    return {q: wrong for q, wrong in mistakes.items() if not np.allclose(wrong, right)}


@read("sec-standard-errors")
def test_9_two_thirds_and_ninety_five(student):
    """With many records, 95 % needs 1.96 times the half-width of one sigma."""
    A, y = _model(seed=6, n=4001)
    wide = np.ptp(np.asarray(student.coefficient_intervals(A, y, 0.95)), axis=1)
    one = np.ptp(np.asarray(student.coefficient_intervals(A, y, 0.6826895)), axis=1)
    # t with 3998 degrees of freedom is the normal distribution to 4e-4 at 1.96 sigma.
    expect_close(
        wide / one,
        np.full(3, 1.959964),
        "The width at 95 % divided by the width at 68.3 %",
        rtol=1e-3,
        mistakes={
            "does the width not depend on the level?": np.ones(3),
            "does the quantile leave all of 1 - level on one side?": np.full(
                3, ndtri(0.95) / ndtri(0.6826895)
            ),
        },
    )


@read("sec-prediction-interval")
def test_10_the_mean_of_five(student):
    """For a constant model, the interval is the mean +- t s sqrt(1 + 1/n)."""
    y = np.array([4.0, 1.0, 3.0, 5.0, 2.0])  # mean 3, s^2 = 2.5
    ends = student.prediction_interval(np.ones((5, 1)), y, np.ones(1), 0.9)
    t, s = stdtrit(4, 0.95), np.sqrt(2.5)

    def around(half):
        return [3 - half, 3 + half]

    expect_close(
        ends,
        around(t * s * np.sqrt(1.2)),
        "The interval",
        mistakes={
            "is it the interval of the mean, without the record's scatter?": (
                around(t * s * np.sqrt(0.2))
            ),
            "is it the scatter alone, as if the line were known exactly?": (
                around(t * s)
            ),
            "have you added standard deviations instead of variances?": (
                around(t * s * (1 + np.sqrt(0.2)))
            ),
            "have you divided the squared residuals by n instead of n - p?": (
                around(t * np.sqrt(2) * np.sqrt(1.2))
            ),
            "is the quantile the normal one, as if the variance were known?": (
                around(ndtri(0.95) * s * np.sqrt(1.2))
            ),
            "does the quantile leave all of 1 - level on one side?": (
                around(stdtrit(4, 0.9) * s * np.sqrt(1.2))
            ),
            "is it a variance, with its square root missing?": around(t * 2.5 * 1.2),
            "is the root of 1 + leverage missing?": around(t * s * 1.2),
            "is the leverage x.x, without the inverse of A.T @ A?": (
                around(t * s * np.sqrt(2))
            ),
            "is the leverage that of A.T @ A instead of its inverse?": (
                around(t * s * np.sqrt(6))
            ),
            "is the leverage subtracted, as for a record of the fit?": (
                around(t * s * np.sqrt(0.8))
            ),
            "is it the quantile for 95 %, whatever the level?": (
                around(stdtrit(4, 0.975) * s * np.sqrt(1.2))
            ),
            "do the degrees of freedom of the quantile count the coefficients?": (
                around(stdtrit(5, 0.95) * s * np.sqrt(1.2))
            ),
            "is the lower end the upper one?": around(-t * s * np.sqrt(1.2)),
            "are the ends quantiles of the residuals?": around(1.8),
        },
    )


@read("sec-prediction-interval")
def test_11_wider_away_from_the_data(student):
    """The interval is wider outside of the data than in their midst, for any design."""
    for name, A, y in _models(8):
        outside = A.max(axis=0) + np.ptp(A, axis=0)
        outside[::2] = A[0, ::2]
        for where, x in {
            "outside of the data": outside,
            "in the midst of the data": A.mean(axis=0),
        }.items():
            for level in (0.9, 0.5):
                right, mistakes = _intervals(A, y, x, level)
                expect_close(
                    student.prediction_interval(A, y, x, level),
                    right,
                    f"The interval {where}, for a design {name} and the level {level},",
                    mistakes=mistakes,
                )


def _intervals(A, y, x, level):
    """Return the interval of a record at x, and what mistakes make of it."""
    n, p = A.shape
    c, rss, C = _fit(A, y)
    F, middle = A[:, 1:] - A[:, 1:].mean(axis=0), A[:, 1:].mean(axis=0)
    residual = y - A @ c

    above = (1 + level) / 2
    s2, quantile = rss / (n - p), stdtrit(n - p, above)

    def around(leverage, variance=s2, t=quantile):
        half = t * np.sqrt(variance * (1 + leverage))
        return x @ c + np.array([-half, half])

    h = x @ C @ x
    right = around(h)
    mistakes = {
        "is the leverage that of x_new, or of a record?": around(A[0] @ C @ A[0]),
        "is the leverage 1/n, as for a constant model?": around(1 / n),
        "is the leverage p/n, that of a record on average?": around(p / n),
        "is the leverage from the diagonal alone?": around(x**2 @ np.diag(C)),
        "is it the interval of the mean, without the record's scatter?": around(h - 1),
        "is it the scatter alone, as if the line were known exactly?": around(0),
        "have you added standard deviations instead of variances?": around(
            2 * np.sqrt(h) + h
        ),
        "is the root of 1 + leverage missing?": around((1 + h) ** 2 - 1),
        "is the leverage x.x, without the inverse of A.T @ A?": around(x @ x),
        "have you divided the squared residuals by n instead of n - p?": around(
            h, rss / n
        ),
        "is the scatter that of the residuals about their mean?": around(
            h, np.sum((residual - residual.mean()) ** 2) / (n - p)
        ),
        "is the quantile the normal one, as if the variance were known?": around(
            h, t=ndtri(above)
        ),
        "is it the quantile for 95 %, whatever the level?": around(
            h, t=stdtrit(n - p, 0.975)
        ),
        "is it the quantile for 90 %, whatever the level?": around(
            h, t=stdtrit(n - p, 0.95)
        ),
        "does the quantile leave all of 1 - level on one side?": around(
            h, t=stdtrit(n - p, level)
        ),
        "does the leverage assume a constant, which this design lacks?": around(
            1 / n + (x[1:] - middle) @ np.linalg.pinv(F.T @ F) @ (x[1:] - middle)
        ),
        "is the interval cut to whole numbers?": np.trunc(right),
    }
    return right, _other_than(right, mistakes)


@read("sec-prediction-interval")
def test_12_nine_of_ten_new_records(student):
    """Of 100 new records, nine of ten fall into their 90 % intervals."""
    rng = inputs.draw(9)
    hits = []
    for _ in range(100):
        x = rng.uniform(0, 1, 7)
        A, y = np.stack([np.ones(7), x], axis=1), 2 - x + rng.normal(0, 0.3, 7)
        x_new = np.array([1.0, rng.uniform(0, 1)])
        low, high = np.asarray(student.prediction_interval(A, y, x_new, 0.9))
        hits.append(low <= 2 - x_new[1] + rng.normal(0, 0.3) <= high)
    share = np.mean(hits)
    # Monte Carlo error: sqrt(0.9 * 0.1 / 100) = 0.03; the bound is three of these.
    expect(
        abs(share - 0.9) < 0.09,
        f"{100 * share:.0f} % of the new records fall into the 90 % intervals",
    )


@deadline(12)
@read("sec-gradient-descent")
def test_13_the_same_in_matlab(student):
    """descend.m takes the steps of claim 4, and two with weights that are no counts."""
    A = "[1 0; 1 1; 1 3; 1 2], [2; -1; 4; 8], [1; 2; 0; 7]"
    calls = [f"{A}, 0.1, {n_iter}" for n_iter in (1, 3)]
    calls.append("[2 1 0; -1 0 3; 0 2 1; 1 1 1; 3 0 2], [5; 1; 2; 0; -3], ")
    calls[-1] += "[0.5; 0.25; 0; 2; 1.5], 0.05, 2"
    found = octave_numbers(student, __file__, "descend", calls)
    more = (
        np.array([[2.0, 1, 0], [-1, 0, 3], [0, 2, 1], [1, 1, 1], [3, 0, 2]]),
        np.array([5.0, 1, 2, 0, -3]),
        np.array([0.5, 0.25, 0, 2, 1.5]),
    )
    cases = [
        (STEP_A, STEP_Y, STEP_W, 0.1, 1),
        (STEP_A, STEP_Y, STEP_W, 0.1, 3),
        (*more, 0.05, 2),
    ]
    where = "in MATLAB, "
    slips = [_slips(*case, where) for case in cases]
    mistakes = {question: [each[question] for each in slips] for question in slips[0]}
    mistakes[f"{where}does every step repeat the first?"] = [
        case[-1] * _walk(*case[:-1], 1) for case in cases
    ]
    expect_close(
        found,
        np.concatenate([_walk(*case) for case in cases]),
        "theta of descend.m in three walks, one after the other,",
        rtol=1e-6,  # single precision is precise enough
        mistakes={q: np.concatenate(parts) for q, parts in mistakes.items()},
    )
