"""The polynomial, its bias and variance, and the chapter's results hold."""

from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learner_contract import array_api_complaints, contract
from learner_data import lines, noisy_plane, ridgecrest, ridgecrest_sample
from octave import OctaveError, run_octave, run_octave_calls
from sklearn.linear_model import LinearRegression as LibraryRegression
from sklearn.model_selection import validation_curve as library_curve
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, PolynomialFeatures

from mlearth.datasets import load_global_cmt
from mlearth.evaluation import assert_no_leak, bootstrap_interval, split_by_time
from mlearth.learners import (
    PolynomialRegression,
    bias_variance,
    powers,
    rmse,
    validation_curve,
)

quick = settings(deadline=None, max_examples=15)


@contract(PolynomialRegression(), PolynomialRegression(degree=2))
def test_scikit_learn_accepts_the_polynomial(learner, check):
    """Every check that scikit-learn has for a regressor passes."""
    check(learner)


def test_scikit_learn_accepts_the_polynomial_with_the_array_api():
    """Its data hold features that are sums of others: refused, in a sentence."""
    said = array_api_complaints(PolynomialRegression())
    words = "ValueError('A must have independent columns"
    assert words in said["PolynomialRegression()"]


def test_powers_by_hand():
    """Ones, then the variables, then their squares; no products of two variables."""
    found = powers([[2, 3], [4, 5]], 2)
    assert found.tolist() == [[1, 2, 3, 4, 9], [1, 4, 5, 16, 25]]
    assert powers([[2, 3], [4, 5]], 0).tolist() == [[1], [1]]


def test_parabola_by_hand():
    """Through (0, 1), (2, 3), (4, 9): t = (x - 2) / 2, so 3 + 4 t + 2 t^2."""
    model = PolynomialRegression(degree=2).fit([[0], [2], [4]], [1, 3, 9])
    # rounding
    assert model.theta_ == pytest.approx([3, 4, 2], rel=1e-14)
    assert (model.middle_, model.half_) == ([2], [2])
    assert model.predict([[6]]) == pytest.approx([3 + 8 + 8], rel=1e-14)


def test_degree_zero_is_the_mean():
    """A constant fits best at the mean, whatever x is."""
    model = PolynomialRegression(degree=0).fit([[1], [1], [5]], [1, 2, 6])
    assert model.predict([[7], [8]]) == pytest.approx([3, 3], rel=1e-15)


def library(degree):
    """Scale to -1 and 1, take powers, fit: scikit-learn's way for one feature."""
    return make_pipeline(
        MinMaxScaler((-1, 1)), PolynomialFeatures(degree), LibraryRegression()
    )


def one_feature(data):
    """The first feature of a data set that the learners share."""
    X, y = data()
    return X[:, :1], y


@pytest.mark.parametrize("degree", [0, 1, 3, 6])
@pytest.mark.parametrize("data", [noisy_plane, ridgecrest, ridgecrest_sample])
def test_polynomial_equals_scikit_learn(data, degree):
    """The predictions are those of PolynomialFeatures and LinearRegression."""
    X, y = one_feature(data)
    ours = PolynomialRegression(degree).fit(X, y).predict(X)
    # rounding, times a condition number of up to 1e3
    np.testing.assert_allclose(ours, library(degree).fit(X, y).predict(X), atol=1e-10)


@quick
@given(lines(), st.integers(0, 5))
def test_polynomial_equals_scikit_learn_on_any_lines(data, degree):
    """The same holds on generated data."""
    X, y = data[0][:, :1], data[1]
    ours = PolynomialRegression(degree).fit(X, y).predict(X)
    theirs = library(degree).fit(X, y).predict(X)
    # rounding, times a condition number of up to 1e4
    np.testing.assert_allclose(ours, theirs, atol=1e-9 * np.abs(y).max())


@quick
@given(lines(), st.integers(0, 5), st.floats(0.1, 1e4), st.floats(-1e4, 1e4))
def test_the_unit_of_x_does_not_matter(data, degree, scale, shift):
    """Kilometres or metres, from here or from there: the same predictions."""
    X, y = data[0][:, :1], data[1]
    plain = PolynomialRegression(degree).fit(X, y).predict(X)
    moved = PolynomialRegression(degree).fit(scale * X + shift, y)
    # the shift costs up to 5 of the 16 digits of x when the scale is small
    np.testing.assert_allclose(
        moved.predict(scale * X + shift), plain, atol=1e-6 * np.abs(y).max()
    )


@quick
@given(lines())
def test_training_error_never_rises_with_the_degree(data):
    """A higher degree contains the lower one, so it fits at least as well."""
    X, y = data[0][:, :1], data[1]
    every = np.arange(len(y))
    train, again = validation_curve(
        PolynomialRegression(), "degree", range(6), X, y, (every, every)
    )
    # rounding
    assert (np.diff(train) <= 1e-9 * np.abs(y).max()).all()
    assert np.array_equal(train, again)


def test_validation_curve_equals_scikit_learn():
    """The same errors as scikit-learn's function of that name gives."""
    X, y = one_feature(ridgecrest_sample)
    rows = np.random.default_rng(0).permutation(len(y))
    split, degrees = (rows[:100], rows[100:]), [0, 1, 2, 5]
    ours = validation_curve(PolynomialRegression(), "degree", degrees, X, y, split)
    theirs = library_curve(
        PolynomialRegression(),
        X,
        y,
        param_name="degree",
        param_range=degrees,
        cv=[split],
        scoring="neg_root_mean_squared_error",
    )
    # the same fits; the mean of the squares may be summed in another order
    np.testing.assert_allclose(ours, [-s[:, 0] for s in theirs], rtol=1e-12)


def test_variance_of_a_polynomial_is_its_share_of_the_noise():
    """At the training samples it averages sigma^2 (d + 1) / n, by algebra."""
    X = np.linspace(0, 7, 30)[:, None]
    for degree in (0, 2, 7):
        _, variance = bias_variance(
            PolynomialRegression(degree), X, X[:, 0], 2.0, X, X[:, 0], 400, 1
        )
        expected = 2.0**2 * (degree + 1) / 30
        # the sum of d + 1 chi-squares over 400 sets: sqrt(2 / 400 / (d + 1)) < 7.1 %
        assert variance.mean() == pytest.approx(expected, rel=0.25)


def test_bias_is_the_miss_of_a_fit_without_noise():
    """The mean fit of a linear learner is the fit of the truth."""
    X = np.linspace(-1, 1, 25)[:, None]
    f = np.exp(X[:, 0])
    line = PolynomialRegression(degree=1)
    bias_squared, variance = bias_variance(line, X, f, 0.05, X, f, 500, 2)
    exact = (line.fit(X, f).predict(X) - f) ** 2
    # the mean prediction is off by sqrt(0.05^2 * 4 / 25 / 500) = 9e-4 at most
    np.testing.assert_allclose(np.sqrt(bias_squared), np.sqrt(exact), atol=4e-3)
    assert variance.max() < 0.05**2 * 4 / 25 * 1.3


def test_bias_and_variance_add_up():
    """They sum to the mean squared distance from the truth, set by set."""
    X = np.arange(12.0)[:, None]
    f = np.sin(X[:, 0])
    model = PolynomialRegression(degree=3)
    sums = np.sum(bias_variance(model, X, f, 0.3, X, f, 5, 3), axis=0)
    rng = np.random.default_rng(3)
    fits = [model.fit(X, f + rng.normal(0, 0.3, 12)).predict(X) for _ in range(5)]
    # rounding
    np.testing.assert_allclose(sums, np.mean((fits - f) ** 2, axis=0), rtol=1e-12)
    assert not hasattr(PolynomialRegression(3), "theta_")


def test_rmse_by_hand():
    """Misses of 3 and 4: the root of 25 / 2."""
    assert rmse([1, 1], [4, 5]) == pytest.approx(np.sqrt(12.5), rel=1e-15)


X3, Y3 = [[0.0], [1.0], [2.0]], [0.0, 1.0, 5.0]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: PolynomialRegression(-1).fit(X3, Y3), "degree must be a whole number"),
        (lambda: PolynomialRegression(1.5).fit(X3, Y3), "whole number >= 0, got 1.5"),
        (lambda: PolynomialRegression(True).fit(X3, Y3), "degree must be a whole"),
        (lambda: PolynomialRegression(3).fit(X3, Y3), "at least 4 different values"),
        (
            lambda: PolynomialRegression().fit([[1], [1]], [1, 2]),
            "feature 0 of X has 1",
        ),
        (lambda: powers([1, 2], 2), "Expected 2D array"),
        (lambda: rmse([1, 2], [1]), "y_hat must have the shape"),
        (lambda: rmse([1, np.nan], [1, 2]), "contains NaN"),
        (
            lambda: bias_variance(PolynomialRegression(), X3, Y3, 0, X3, Y3),
            "sigma must be a finite number > 0, got 0",
        ),
        (
            lambda: bias_variance(PolynomialRegression(), X3, Y3, 1, X3, Y3, n_sets=0),
            "n_sets must be a whole number >= 1, got 0",
        ),
        (
            lambda: bias_variance(PolynomialRegression(), X3, Y3, 1, X3, [1, 2]),
            "f_new must have the shape",
        ),
    ],
)
def test_wrong_arguments_are_named(call, words):
    """The error says which argument, what was wrong and what is accepted."""
    with pytest.raises(ValueError, match=words):
        call()


# what the chapter says


def counts(first_year, last_year, at_least):
    """Earthquakes of the global catalogue in these years, from each magnitude on."""
    quakes = load_global_cmt()
    sizes = quakes.magnitude[quakes.time.dt.year.between(first_year, last_year)]
    return [int((sizes >= magnitude).sum()) for magnitude in at_least]


def test_the_next_twenty_years():
    """The counts that are forecast, and those that came."""
    large = [5.8, 7, 7.5, 8, 8.5]
    assert counts(1977, 1996, large) == [3948, 223, 59, 9, 0]
    assert counts(1997, 2016, large) == [4352, 292, 98, 19, 6]


def test_the_perfect_fit_knows_nothing():
    """Degree 1, 5 and 9 through ten counts: the better the fit, the worse the exam."""
    M = np.arange(5.8, 7.7, 0.2)
    log_n = np.log10(counts(1977, 1996, M - 1e-6))
    fits = [PolynomialRegression(d).fit(M[:, None], log_n) for d in (1, 5, 9)]
    misfit = [rmse(log_n, fit.predict(M[:, None])) for fit in fits]
    # as printed, to half of its last digit
    assert misfit == pytest.approx([0.0267, 0.0062, 0], abs=6e-5)
    at_85 = [fit.predict([[8.5]])[0] for fit in fits]
    assert 10 ** at_85[0] == pytest.approx(4.9, abs=0.1)
    assert at_85[1] < -0.5
    # an exact fit, extrapolated to t = 2: condition number times rounding
    assert at_85[2] == pytest.approx(870.4, abs=0.5)


def law(first_year, last_year, magnitude, cut):
    """Expected number of at least a magnitude, from two counts a unit apart."""
    n, n_up = counts(first_year, last_year, [cut, cut + 1])
    return n * (n_up / n) ** (magnitude - cut), np.log10(n / n_up)


def test_a_lower_cut_is_right_for_the_wrong_reason():
    """With each lower cut the law comes nearer to the future, away from its past."""
    cuts = (5.8, 5.5, 5.4, 5.3)
    at_7 = [law(1977, 1996, 7.0, cut)[0] for cut in cuts]
    at_75 = [law(1977, 1996, 7.5, cut)[0] for cut in cuts]
    # as printed: whole numbers
    assert at_7 == pytest.approx([239, 250, 269, 286], abs=0.5)
    assert at_75 == pytest.approx([74, 80, 89, 98], abs=0.51)
    slopes = [[law(*years, 7.0, cut)[1] for cut in cuts] for years in PERIODS]
    # as printed: two decimals
    assert slopes[0] == pytest.approx([1.01, 0.99, 0.96, 0.93], abs=0.006)
    assert slopes[1] == pytest.approx([0.98, 1.00, 1.01, 1.02], abs=0.006)


PERIODS = [(1977, 1996), (1997, 2016)]


def test_the_small_ones_multiplied():
    """The count of 5.0 to 5.3 grew fourfold, that of 6.1 to 6.5 hardly at all."""
    edges = [5.0, 5.3, 6.1, 6.5, 7.5]
    before, after = (np.array(counts(*years, edges)) for years in PERIODS)
    growth = np.append(-np.diff(after), after[-1]) / np.append(
        -np.diff(before), before[-1]
    )
    assert growth[[0, 2, 4]] == pytest.approx([4.3, 1.0, 1.7], abs=0.06)


def test_years_scatter_more_than_dice():
    """Yearly counts at 5.8: deviation 23 about 197, and the wider interval misses."""
    per_year = [counts(each, each, [5.8])[0] for each in range(1977, 1997)]
    spread = np.std(per_year, ddof=1)
    assert (np.mean(per_year), spread) == pytest.approx((197.4, 23.4), abs=0.05)
    assert 3948 + 1.96 * spread * 40**0.5 < 4352


def tonga(latitude=-21.0, longitude=-174.0):
    """The earthquakes of the chapter's cut: time, distance and depth [km]."""
    quakes = load_global_cmt()
    angle = np.radians(20)
    east_deg = (quakes.longitude_deg - longitude + 180) % 360 - 180
    east = 111.2 * np.cos(np.radians(latitude)) * east_deg
    north = 111.2 * (quakes.latitude_deg - latitude)
    inland = np.sin(angle) * north - np.cos(angle) * east
    aside = np.cos(angle) * north + np.sin(angle) * east
    keep = inland.between(-50, 700) & (aside.abs() < 150) & (quakes.depth_km >= 70)
    table = quakes[keep].assign(inland_km=inland)
    return table.time, table[["inland_km"]].to_numpy(), table.depth_km.to_numpy()


def three_sets():
    """The chapter's training, validation and test rows, and all that was known."""
    time, X, y = tonga()
    known = split_by_time(time, "1985-01-01")
    early = split_by_time(time.iloc[known.train], "1981-01-01")
    return time, X, y, early, known


def test_the_three_sets_keep_what_they_declare():
    """Each set lies wholly after the one before, and no month is in two of them."""
    time, _, _, early, known = three_sets()
    assert [len(part) for part in (early.train, early.test, known.test)] == [
        39,
        39,
        379,
    ]
    assert time.iloc[early.train].max() < time.iloc[early.test].min()
    assert time.iloc[early.test].max() < time.iloc[known.test].min()
    month = time.dt.strftime("%Y-%m").to_numpy()
    assert_no_leak(known, month)
    assert_no_leak(early, month[known.train])


def test_a_planted_leak_is_noticed():
    """One test earthquake among the training rows, and the check objects."""
    time, _, _, _, known = three_sets()
    month = time.dt.strftime("%Y-%m").to_numpy()
    leaky = (np.append(known.train, known.test[0]), known.test)
    with pytest.raises(ValueError, match="month"):
        assert_no_leak(leaky, month, kind="month")


def test_the_plate_beneath_tonga():
    """Validation chooses degree 3; the test, the baselines and the intervals."""
    time, X, y, early, known = three_sets()
    train, validation = validation_curve(
        PolynomialRegression(), "degree", range(11), X, y, early
    )
    assert validation.argmin() == 3
    assert (train[10], *validation[[3, 4]]) == pytest.approx((34, 56.5, 57.6), abs=0.3)
    assert validation[9] > 10_000
    month = time.dt.strftime("%Y-%m").to_numpy()[known.test]
    printed = {0: (187, 175, 197), 1: (74, 68, 80), 3: (57, 51, 64), 9: (83, 58, 115)}
    for degree, numbers in printed.items():
        model = PolynomialRegression(degree).fit(X[known.train], y[known.train])
        pair = y[known.test], model.predict(X[known.test])
        found = bootstrap_interval(rmse, *pair, groups=month, random_state=0)
        # as printed, in whole kilometres; degree 9 extrapolates, so rounding shows
        assert (found.estimate, found.low, found.high) == pytest.approx(numbers, abs=1)


def test_another_place_is_another_question():
    """The same model, three degrees south and north: 34 and 133 km."""
    _, X, y, _, known = three_sets()
    model = PolynomialRegression(3).fit(X[known.train], y[known.train])
    for place, error in (((-24, -175.35), 34.0), ((-18, -172.65), 133)):
        time, X_there, y_there = tonga(*place)
        late = (time >= "1985").to_numpy()
        found = rmse(y_there[late], model.predict(X_there[late]))
        # as printed
        assert found == pytest.approx(error, abs=0.5)


def test_the_best_degree_of_the_invented_plate():
    """Bias falls, variance grows, and together they are least at degree 3."""
    x, fine = np.linspace(100, 600, 20)[:, None], np.linspace(100, 600, 150)[:, None]

    def slab(x):
        return 80 + 280 * (1 + np.tanh((x[:, 0] - 380) / 150))

    parts = [
        bias_variance(
            PolynomialRegression(d), x, slab(x), 50.0, fine, slab(fine), random_state=0
        )
        for d in range(1, 6)
    ]
    bias_squared, variance = np.mean(parts, axis=2).T
    assert (bias_squared + variance).argmin() == 2
    assert (np.diff(variance) > 0).all()
    # 200 data sets: 2 % of either
    assert (bias_squared[0], variance[0]) == pytest.approx((950, 223), rel=0.05)


# the same in MATLAB


def test_matlab_gives_what_python_gives():
    """Columns, fit, prediction, validation curve, bias and variance."""
    X, y = (array[:60] for array in ridgecrest_sample())
    split = np.arange(0, 60, 2), np.arange(1, 60, 2)
    model = PolynomialRegression(2).fit(X, y)
    fitted = [model.theta_[:, None], model.middle_[None], model.half_[None]]
    curve = validation_curve(PolynomialRegression(), "degree", [0, 1, 2], X, y, split)
    noise = np.random.default_rng(4).normal(0, 0.3, (7, 60)).T
    parts = bias_variance(PolynomialRegression(2), X, y, 0.3, X[:9], y[:9], 7, 4)
    found = run_octave_calls(
        [
            ("powers", (X, 3), 1),
            ("polynomial_fit", (X, y, 2), 3),
            (
                "polynomial_predict",
                (X, model.theta_, [model.middle_], [model.half_]),
                1,
            ),
            ("validation_curve", (X, y, [0, 1, 2], split[0] + 1, split[1] + 1), 1),
            ("bias_variance", (X, y, noise, X[:9], y[:9], 2), 2),
        ]
    )
    expected = [
        [powers(X, 3)],
        fitted,
        [model.predict(X)[:, None]],
        [curve],
        [part[:, None] for part in parts],
    ]
    for ours, theirs in zip(chain(*found), chain(*expected), strict=True):
        # rounding, times a condition number of up to 1e3
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-10 * theirs.max())


@pytest.mark.parametrize(
    ("function", "args", "words"),
    [
        ("polynomial_fit", (X3, Y3, -1), "degree must be a whole number >= 0"),
        ("polynomial_fit", (X3, Y3, 3), "degree = 3 needs more different values"),
        (
            "bias_variance",
            (X3, Y3, [[1.0], [0], [0]], X3, [1], 1),
            "y must be a column",
        ),
    ],
)
def test_wrong_arguments_are_named_in_matlab(function, args, words):
    """An error says which argument and what is accepted."""
    with pytest.raises(OctaveError, match=words):
        run_octave(function, *args, nargout=2)
