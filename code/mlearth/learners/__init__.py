"""The algorithms of the chapters, from scratch: written to be read.

Each follows scikit-learn's contract and is tested against scikit-learn, which is the
library to use outside the book. Weights are `w_`, the bias (intercept) is `b_`.
"""

from .generalisation import bias_variance, rmse, validation_curve
from .linear.gradient_descent import (
    batches,
    largest_eta,
    safe_eta,
    squared_loss,
    squared_loss_gradient,
    with_ones,
)
from .linear.least_squares import (
    least_squares_normal,
    least_squares_qr,
    residual_sigma,
    standard_errors,
)
from .linear.linear_classifiers import Adaline, LinearClassifier, Perceptron
from .linear.linear_regression import (
    GradientDescentRegression,
    HuberRegression,
    LinearModel,
    LinearRegression,
    huber_weights,
)
from .linear.logistic_regression import (
    LogisticRegression,
    cross_entropy,
    cross_entropy_gradient,
    sigmoid,
)
from .linear.newton import newton
from .linear.ordinal_regression import OrdinalLogisticRegression
from .linear.penalised_regression import Lasso, Ridge, centre, soft_threshold
from .linear.polynomial_regression import PolynomialRegression, powers
from .linear.softmax_regression import SoftmaxRegression, softmax
from .neighbors.nearest_neighbors import (
    NearestNeighborsClassifier,
    NearestNeighborsRegressor,
    euclidean_distance,
    haversine_km,
    inverse_distance,
    nearest,
)
from .svm.kernels import (
    kernel_matrix,
    linear_kernel,
    polynomial_kernel,
    rbf_kernel,
    scale_gamma,
)
from .svm.smo import dual_objective, smo
from .svm.support_vector_machines import (
    KernelSVM,
    LinearSVM,
    hinge_objective,
    hinge_subgradient,
)
from .trees.growth import Tree
from .trees.pruning import prune_tree, pruning_path
from .trees.splits import best_split, entropy_bits, gini, impurity_drop, variance
from .trees.trees_and_forests import (
    DecisionTreeClassifier,
    DecisionTreeRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)

__all__ = [
    "Adaline",
    "DecisionTreeClassifier",
    "DecisionTreeRegressor",
    "GradientDescentRegression",
    "HuberRegression",
    "KernelSVM",
    "Lasso",
    "LinearClassifier",
    "LinearModel",
    "LinearRegression",
    "LinearSVM",
    "LogisticRegression",
    "NearestNeighborsClassifier",
    "NearestNeighborsRegressor",
    "OrdinalLogisticRegression",
    "Perceptron",
    "PolynomialRegression",
    "RandomForestClassifier",
    "RandomForestRegressor",
    "Ridge",
    "SoftmaxRegression",
    "Tree",
    "batches",
    "best_split",
    "bias_variance",
    "centre",
    "cross_entropy",
    "cross_entropy_gradient",
    "dual_objective",
    "entropy_bits",
    "euclidean_distance",
    "gini",
    "haversine_km",
    "hinge_objective",
    "hinge_subgradient",
    "huber_weights",
    "impurity_drop",
    "inverse_distance",
    "kernel_matrix",
    "largest_eta",
    "least_squares_normal",
    "least_squares_qr",
    "linear_kernel",
    "nearest",
    "newton",
    "polynomial_kernel",
    "powers",
    "prune_tree",
    "pruning_path",
    "rbf_kernel",
    "residual_sigma",
    "rmse",
    "safe_eta",
    "scale_gamma",
    "sigmoid",
    "smo",
    "soft_threshold",
    "softmax",
    "squared_loss",
    "squared_loss_gradient",
    "standard_errors",
    "validation_curve",
    "variance",
    "with_ones",
]
