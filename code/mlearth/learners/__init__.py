"""The algorithms of the chapters, from scratch: written to be read.

Each follows scikit-learn's contract and is tested against scikit-learn, which is the
library to use outside the book. Weights are `w_`, the bias (intercept) is `b_`.
"""

from .gradient_descent import (
    batches,
    largest_eta,
    safe_eta,
    squared_loss,
    squared_loss_gradient,
    with_ones,
)
from .least_squares import (
    least_squares_normal,
    least_squares_qr,
    residual_sigma,
    standard_errors,
)
from .linear_classifiers import Adaline, LinearClassifier, Perceptron
from .linear_regression import (
    GradientDescentRegression,
    HuberRegression,
    LinearModel,
    LinearRegression,
    huber_weights,
)
from .penalised_regression import Lasso, Ridge, centre, soft_threshold

__all__ = [
    "Adaline",
    "GradientDescentRegression",
    "HuberRegression",
    "Lasso",
    "LinearClassifier",
    "LinearModel",
    "LinearRegression",
    "Perceptron",
    "Ridge",
    "batches",
    "centre",
    "huber_weights",
    "largest_eta",
    "least_squares_normal",
    "least_squares_qr",
    "residual_sigma",
    "safe_eta",
    "soft_threshold",
    "squared_loss",
    "squared_loss_gradient",
    "standard_errors",
    "with_ones",
]
