"""Claims about design matrices, a walk downhill and two kinds of intervals."""

from functools import partial

import numpy as np
from scipy.special import ndtri, stdtrit

from mlearth.checks import (
    deadline,
    expect,
    expect_close,
    expect_shape,
    octave_numbers,
    read,
)


def _records(seed, n=12):
    """Draw a small set of records: M, R [km] and log10 PGA with known scatter."""
    rng = np.random.default_rng(seed)
    magnitude = rng.uniform(4, 7, n)
    distance_km = 10 ** rng.uniform(0, 2, n)
    log_pga = -1.5 + 0.7 * magnitude - 1.2 * np.log10(distance_km + 5)
    return magnitude, distance_km, log_pga + rng.normal(0, 0.3, n)


def _fit(seed, n=12):
    """Return A, y and what ordinary least squares gives by the pseudo-inverse."""
    magnitude, distance_km, y = _records(seed, n)
    A = np.stack([np.ones(n), magnitude, np.log10(distance_km + 5)], axis=1)
    inverse = np.linalg.pinv(A)
    c = inverse @ y
    return A, y, c, np.sum((y - A @ c) ** 2), inverse @ inverse.T


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


@read("sec-ground-motion-model")
def test_2_a_record_by_hand(student):
    """A magnitude 6 at R = 8 km with h = 6 km has r = 10 km: the row 1, 6, 1, 10."""
    A = student.design_matrix(np.array([6.0]), np.array([8.0]), 6.0)
    expect_close(
        A,
        [[1, 6, 1, 10]],
        "The row",
        mistakes={
            "is the logarithm a natural one?": [[1, 6, np.log(10), 10]],
            "is h left out of the logarithm?": [[1, 6, np.log10(8), 10]],
            "is h left out of r?": [[1, 6, np.log10(8), 8]],
            "is h left out of the last column?": [[1, 6, 1, 8]],
            "is h added to R, instead of their squares?": [[1, 6, np.log10(14), 14]],
            "is h not squared?": [[1, 6, np.log10(70) / 2, np.sqrt(70)]],
            "are the last two columns in the wrong order?": [[1, 6, 10, 1]],
            "is the square root of r missing?": [[1, 6, 2, 100]],
            "is the logarithm that of r squared?": [[1, 6, 2, 10]],
            "is `x**1/2` half of x? The root is `x**0.5`": [[1, 6, np.log10(50), 50]],
            "is r in metres?": [[1, 6, 4, 10_000]],
        },
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
        f"{where}are the weights squared?": _walk(A, y, weight**2, eta, k),
        f"{where}do the weights enter by their root?": _walk(A, y, weight**0.5, eta, k),
        f"{where}does a coefficient move before the next one looks? All move at once": (
            _one_after_the_other(A, y, weight, eta, k)
        ),
    }


@read("sec-gradient-descent")
def test_4_one_step_by_hand(student):
    """Weights 1, 2, 0, 7: the first step of size 0.1 leads to 0.56 and 1.1."""
    theta = student.descend(STEP_A, STEP_Y, STEP_W, 0.1, 1)
    expect_shape(theta, (2,), "descend with 2 coefficients")
    expect_close(
        theta,
        [0.56, 1.1],
        "[theta0, theta1] after one step",
        mistakes=_slips(STEP_A, STEP_Y, STEP_W, 0.1, 1),
    )


@read("sec-gradient-descent")
def test_5_seven_steps(student):
    """Seven steps on thirty records stand where the rule leads, no more and no less."""
    magnitude, distance_km, y = _records(seed=5, n=30)
    A = np.stack([np.ones(30), magnitude - 5.5, np.log10(distance_km)], axis=1)
    weight = np.random.default_rng(55).integers(0, 4, 30).astype(float)
    expect_close(
        student.descend(A, y, weight, 0.2, 7),
        _walk(A, y, weight, 0.2, 7),
        "Where the walk stands after 7 steps",
        mistakes=_slips(A, y, weight, 0.2, 7),
    )


@read("sec-gradient-descent")
def test_6_a_weight_of_two_is_a_record_twice(student):
    """After 4000 steps the walk stands at the least squares of the repeated records."""
    magnitude, distance_km, y = _records(seed=6, n=25)
    A = np.stack([np.ones(25), magnitude - 5.5, np.log10(distance_km) - 1], axis=1)
    weight = np.tile([1, 2, 3, 0, 2], 5)
    times = np.repeat(np.arange(25), weight)
    # The slowest direction shrinks by more than 1 - 0.2 * 0.1 in a step: 0.98^4000.
    expect_close(
        student.descend(A, y, weight, 0.2, 4000),
        np.linalg.pinv(A[times]) @ y[times],
        "Where the walk ends",
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
    A, y, c, _, _ = _fit(seed=4)
    ends = student.coefficient_intervals(A, y, 0.9)
    expect_shape(
        ends,
        (3, 2),
        "coefficient_intervals for 3 coefficients",
        mistakes={
            "do lower and upper ends lie along the rows instead of the columns?": (2, 3)
        },
    )
    ends = np.asarray(ends)
    expect(
        (ends[:, 0] < ends[:, 1]).all(),
        "A lower end lies above its upper end",
        "are the two columns in the wrong order, or is the quantile that of the lower "
        "end, which is negative?",
    )
    expect_close(
        ends.mean(axis=1),
        c,
        "The middle of the intervals",
        mistakes={"do you count from 0, not from the coefficient?": np.zeros(3)},
        hint="is the fit the one with the least sum of squares?",
    )


@read("sec-standard-errors")
def test_8_the_width_for_few_records(student):
    """Twelve records and three coefficients leave 9 degrees of freedom."""
    A, y, _, rss, C = _fit(seed=5)
    ends = np.asarray(student.coefficient_intervals(A, y, 0.9))
    s = np.sqrt(rss * np.diag(C))
    t = stdtrit(9, 0.95)
    expect_close(
        (ends[:, 1] - ends[:, 0]) / 2,
        t * s / np.sqrt(9),
        "The half-width of the intervals",
        mistakes={
            "have you divided the squared residuals by n instead of n - p?": lambda: (
                t * s / np.sqrt(12)
            ),
            "have you divided by n - 1 instead of n - p?": lambda: t * s / np.sqrt(11),
            "have you taken n - p - 1 for n - p? The constant is among the p": lambda: (
                stdtrit(8, 0.95) * s / np.sqrt(8)
            ),
            "is sigma left out?": lambda: t * np.sqrt(np.diag(C)),
            "is it sigma squared, where sigma belongs?": lambda: (
                t * rss / 9 * np.sqrt(np.diag(C))
            ),
            "is the root of the diagonal missing?": lambda: (
                t * np.sqrt(rss / 9) * np.diag(C)
            ),
            "have you divided by the root of n, which the matrix does already?": (
                lambda: t * s / np.sqrt(9 * 12)
            ),
            "is it the interval of a new record, with 1 added?": lambda: (
                t * np.sqrt(rss / 9 * (1 + np.diag(C)))
            ),
            "is the quantile the normal one, as if the variance were known?": lambda: (
                ndtri(0.95) * s / np.sqrt(9)
            ),
            "is it the quantile for 95 %, whatever the level?": lambda: (
                stdtrit(9, 0.975) * s / np.sqrt(9)
            ),
            "does the quantile have n - 1 degrees of freedom, not n - p?": lambda: (
                stdtrit(11, 0.95) * s / np.sqrt(9)
            ),
            "is it 1.96, the quantile for 95 % and many records?": lambda: (
                1.96 * s / np.sqrt(9)
            ),
            "does the quantile leave all of 1 - level on one side?": lambda: (
                stdtrit(9, 0.9) * s / np.sqrt(9)
            ),
            "is it a variance, with its square root missing?": lambda: (
                t * rss * np.diag(C) / 9
            ),
            "is it one standard error, without the quantile?": lambda: s / np.sqrt(9),
            "have you inverted the diagonal instead of the matrix A.T @ A?": lambda: (
                t * np.sqrt(rss / 9 / np.sum(A**2, axis=0))
            ),
            "do the degrees of freedom of the quantile count the coefficients?": (
                lambda: stdtrit(12, 0.95) * s / np.sqrt(9)
            ),
        },
    )


@read("sec-standard-errors")
def test_9_two_thirds_and_ninety_five(student):
    """With many records, 95 % needs 1.96 times the half-width of one sigma."""
    A, y, *_ = _fit(seed=6, n=4000)
    wide = np.ptp(np.asarray(student.coefficient_intervals(A, y, 0.95)), axis=1)
    one = np.ptp(np.asarray(student.coefficient_intervals(A, y, 0.6826895)), axis=1)
    # t with 3997 degrees of freedom is the normal distribution to 4e-4 at 1.96 sigma.
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
    y = np.array([1.0, 2.0, 3.0, 4.0, 5.0])  # mean 3, s^2 = 2.5
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
        },
        hint="follow it with a pencil: is t 2.132, s 1.581 and the leverage 0.2?",
    )


@read("sec-prediction-interval")
def test_11_wider_away_from_the_data(student):
    """The interval is wider outside of the data than in their midst."""
    A, y, c, rss, C = _fit(seed=8)

    def around(x, leverage):
        half = stdtrit(9, 0.95) * np.sqrt(rss / 9 * (1 + leverage))
        return x @ c + np.array([-half, half])

    for where, x in {
        "in the midst of the data": A.mean(axis=0),
        "outside of the data": np.array([1.0, 9.0, 3.5]),
    }.items():
        expect_close(
            student.prediction_interval(A, y, x, 0.9),
            around(x, x @ C @ x),
            f"The interval {where}, at x_new = {np.round(x, 2).tolist()},",
            mistakes={
                "is the leverage that of x_new, or of a record?": around(
                    x, A[0] @ C @ A[0]
                ),
                "is the leverage 1/n, as for a constant model?": around(x, 1 / 12),
                "is the leverage p/n, that of a record on average?": around(x, 3 / 12),
                "is the leverage from the diagonal alone?": around(
                    x, x**2 @ np.diag(C)
                ),
                "is it the interval of the mean, without the record's scatter?": around(
                    x, x @ C @ x - 1
                ),
                "is it the scatter alone, as if the line were known exactly?": (
                    around(x, 0)
                ),
            },
        )


@read("sec-prediction-interval")
def test_12_nine_of_ten_new_records(student):
    """Of 100 new records, nine of ten fall into their 90 % intervals."""
    rng = np.random.default_rng(9)
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
    """descend.m takes one step and three steps on the records of claim 4."""
    A = "[1 0; 1 1; 1 3; 1 2], [2; -1; 4; 8], [1; 2; 0; 7]"
    calls = [f"{A}, 0.1, {n_iter}" for n_iter in (1, 3)]
    found = octave_numbers(student, __file__, "descend", calls)
    one, three = (_slips(STEP_A, STEP_Y, STEP_W, 0.1, k, "in MATLAB, ") for k in (1, 3))
    expect_close(
        found,
        np.r_[[0.56, 1.1], _walk(STEP_A, STEP_Y, STEP_W, 0.1, 3)],
        "theta of descend.m after 1 step, and after 3,",
        rtol=1e-6,  # single precision is precise enough
        mistakes={question: np.r_[one[question], three[question]] for question in one},
    )
