"""Two ways to the coefficients agree, and the standard errors are what they promise."""

import numpy as np
import pytest
from hypothesis import given, settings
from learner_data import lines, noisy_plane
from learner_fits import real_and_synthetic

from mlearth.learners import (
    least_squares_normal,
    least_squares_qr,
    residual_sigma,
    standard_errors,
    with_ones,
)

quick = settings(deadline=None, max_examples=25)


@quick
@given(lines())
def test_residuals_are_at_right_angles_to_every_column(data):
    """What defines least squares: A.T @ (y - A @ theta) = 0, by either road."""
    X, y = data
    A = with_ones(X)
    for solve in (least_squares_normal, least_squares_qr):
        residual = y - A @ solve(A, y)
        # rounding of sums over 60 rows, and of the normal equations: 1e-9 of the terms
        scale = np.linalg.norm(A, axis=0) * np.linalg.norm(y)
        assert np.all(np.abs(A.T @ residual) <= 1e-9 * scale)


@real_and_synthetic
def test_both_roads_lead_to_the_same_weights(data):
    """Where A is well conditioned the normal equations agree with QR."""
    X, y = data()
    A = with_ones(X)
    # condition number below 4e3, squared, times 1e-16: 2e-9
    np.testing.assert_allclose(
        least_squares_normal(A, y), least_squares_qr(A, y), rtol=1e-8
    )


def test_qr_keeps_the_digits_that_the_normal_equations_lose():
    """Two columns that differ by some 1e-7: QR keeps 8 digits, the other few.

    A single system may come out right by luck, another one on each processor.
    """
    worst = 0.0
    for e in np.linspace(1e-7, 2e-7, 20):
        A = np.array([[1.0, 1.0], [e, 0.0], [0.0, e]])
        y = A @ [1.0, 2.0]
        # error of QR ~ 1e-16 / 1e-7; of the normal equations ~ 1e-16 / 1e-14
        np.testing.assert_allclose(least_squares_qr(A, y), [1.0, 2.0], atol=1e-8)
        worst = max(worst, np.abs(least_squares_normal(A, y) - [1.0, 2.0]).max())
    assert worst > 1e-4


def test_normal_equations_say_when_they_are_singular():
    """At 1e-9 A.T @ A is singular to rounding: an error, while QR still solves it."""
    e = 1e-9
    A = np.array([[1.0, 1.0], [e, 0.0], [0.0, e]])
    with pytest.raises(ValueError, match=r"A must be such that .* one solution"):
        least_squares_normal(A, A @ [1.0, 2.0])
    # error of QR ~ 1e-16 / 1e-9
    np.testing.assert_allclose(least_squares_qr(A, A @ [1.0, 2.0]), [1, 2], atol=1e-5)


def test_standard_errors_are_the_scatter_of_repeated_fits():
    """Over 4,000 draws of the noise the weights scatter as the errors promise."""
    X, _ = noisy_plane()
    A, sigma = with_ones(X), 0.3
    noise = sigma * np.random.default_rng(2).normal(size=(4000, len(A)))
    thetas = np.linalg.lstsq(A, (A @ np.ones(5) + noise).T)[0].T
    promised = sigma * np.sqrt(np.diag(np.linalg.inv(A.T @ A)))
    # a standard deviation from n draws is known to 1 / sqrt(2 n) = 1.1 %: four times
    np.testing.assert_allclose(thetas.std(axis=0), promised, rtol=0.045)
    # and the mean of the estimated variances is the true one, whatever n - p is:
    # relative error of the mean sqrt(2 / 95 / 400) = 0.7 %
    sigmas = [
        residual_sigma(A, A @ np.ones(5) + row, theta)
        for row, theta in zip(noise[:400], thetas[:400], strict=True)
    ]
    assert np.mean(np.square(sigmas)) == pytest.approx(sigma**2, rel=0.03)
    one = standard_errors(A, A @ np.ones(5) + noise[0], thetas[0])
    np.testing.assert_allclose(one, promised * sigmas[0] / sigma, rtol=1e-10)


@pytest.mark.parametrize("solve", [least_squares_normal, least_squares_qr])
@pytest.mark.parametrize(
    ("A", "y", "words"),
    [
        ([[1, 2]], [1], "A has 1 rows for 2 columns"),
        ([[1, 2], [2, 4], [3, 6]], [1, 2, 3], "column 1 is a combination"),
        ([[1, 0], [1, 0]], [1, 2], "column 1 is a combination"),
    ],
)
def test_systems_without_one_solution_are_refused(solve, A, y, words):
    """Too few rows, dependent columns: each has its error."""
    with pytest.raises(ValueError, match=words):
        solve(A, y)


@pytest.mark.parametrize("function", [residual_sigma, standard_errors])
def test_without_a_row_left_over_no_error_is_known(function):
    """As many rows as columns leave no residual: the error names A."""
    with pytest.raises(ValueError, match="A must be a table of more rows than col"):
        function(np.eye(3), [1, 2, 3], [1, 2, 3])
