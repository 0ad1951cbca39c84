"""The algorithms of the chapters, from scratch: written to be read.

Each follows scikit-learn's contract and is tested against scikit-learn, which is the
library to use outside the book. Weights are `w_`, the bias (intercept) is `b_`.
"""

from .ensembles.adaboost import AdaBoostClassifier, exponential_loss, reweight
from .ensembles.gradient_boosting import (
    GradientBoostingClassifier,
    GradientBoostingRegressor,
)
from .ensembles.voting import majority_error
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
from .neural.activations import bend, slope_of_bend
from .neural.adversarial import (
    adversarial_blame,
    adversarial_losses,
    critic_gradient,
    generator_gradient,
    optimal_discriminator,
)
from .neural.adversarial_walk import adversarial_step, adversarial_walk
from .neural.all_reduce import pooled_moments, ring_all_reduce
from .neural.attention import attend, attend_backward
from .neural.backpropagation import (
    backward,
    forward,
    gradient_check,
    network_gradient,
    network_loss,
)
from .neural.broadcasting import unstretched
from .neural.convolution import correlate, correlate_backward
from .neural.data_parallel import deal_rows, parallel_gradient, parallel_walk
from .neural.multi_head import multi_head, multi_head_backward
from .neural.multilayer_perceptron import MLPClassifier, MLPRegressor
from .neural.normalisation import normalise, normalise_backward
from .neural.onsets import onset_labels, peaks_above
from .neural.optimisers import adam_step, momentum_step, sgd_step
from .neural.pooling import max_pool, max_pool_backward
from .neural.recurrent import initial_cell, through_time, time_check, unroll
from .neural.recurrent_cells import gru_step, lstm_step, rnn_step
from .neural.residual import residual_block, residual_block_backward
from .neural.sliding import output_length, pad_for, receptive_field
from .neural.slope_penalty import input_slopes, slope_penalty
from .neural.starting_weights import initial_weights, pack, unpack
from .neural.tape import Tape, Taped
from .neural.transposed import correlate_transposed
from .preparation.imputation import fill_column, multiple_imputation, pool_estimates
from .preparation.regression_imputer import RegressionImputer
from .reinforcement.prediction import monte_carlo_values, returns_of, td_values
from .reinforcement.q_learning import play_episodes, q_learning
from .reinforcement.value_iteration import (
    action_values,
    policy_values,
    value_iteration,
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
from .symbolic import Law, search_laws
from .trees.growth import Tree
from .trees.pruning import prune_tree, pruning_path
from .trees.splits import best_split, entropy_bits, gini, impurity_drop, variance
from .trees.trees_and_forests import (
    DecisionTreeClassifier,
    DecisionTreeRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from .unsupervised.dbscan import DBSCAN, grow_clusters, neighbourhoods
from .unsupervised.em_steps import (
    Mixture,
    expectation,
    log_densities,
    log_sum_exp,
    maximisation,
)
from .unsupervised.gaussian_mixture import GaussianMixture
from .unsupervised.k_means import KMeans, Lloyd, cluster_means, k_means_plus_plus, lloyd
from .unsupervised.lda import LinearDiscriminant
from .unsupervised.pca import PCA, permuted_variances, principal_axes
from .unsupervised.stability import stability

__all__ = [
    "DBSCAN",
    "PCA",
    "AdaBoostClassifier",
    "Adaline",
    "DecisionTreeClassifier",
    "DecisionTreeRegressor",
    "GaussianMixture",
    "GradientBoostingClassifier",
    "GradientBoostingRegressor",
    "GradientDescentRegression",
    "HuberRegression",
    "KMeans",
    "KernelSVM",
    "Lasso",
    "Law",
    "LinearClassifier",
    "LinearDiscriminant",
    "LinearModel",
    "LinearRegression",
    "LinearSVM",
    "Lloyd",
    "LogisticRegression",
    "MLPClassifier",
    "MLPRegressor",
    "Mixture",
    "NearestNeighborsClassifier",
    "NearestNeighborsRegressor",
    "OrdinalLogisticRegression",
    "Perceptron",
    "PolynomialRegression",
    "RandomForestClassifier",
    "RandomForestRegressor",
    "RegressionImputer",
    "Ridge",
    "SoftmaxRegression",
    "Tape",
    "Taped",
    "Tree",
    "action_values",
    "adam_step",
    "adversarial_blame",
    "adversarial_losses",
    "adversarial_step",
    "adversarial_walk",
    "attend",
    "attend_backward",
    "backward",
    "batches",
    "bend",
    "best_split",
    "bias_variance",
    "centre",
    "cluster_means",
    "correlate",
    "correlate_backward",
    "correlate_transposed",
    "critic_gradient",
    "cross_entropy",
    "cross_entropy_gradient",
    "deal_rows",
    "dual_objective",
    "entropy_bits",
    "euclidean_distance",
    "expectation",
    "exponential_loss",
    "fill_column",
    "forward",
    "generator_gradient",
    "gini",
    "gradient_check",
    "grow_clusters",
    "gru_step",
    "haversine_km",
    "hinge_objective",
    "hinge_subgradient",
    "huber_weights",
    "impurity_drop",
    "initial_cell",
    "initial_weights",
    "input_slopes",
    "inverse_distance",
    "k_means_plus_plus",
    "kernel_matrix",
    "largest_eta",
    "least_squares_normal",
    "least_squares_qr",
    "linear_kernel",
    "lloyd",
    "log_densities",
    "log_sum_exp",
    "lstm_step",
    "majority_error",
    "max_pool",
    "max_pool_backward",
    "maximisation",
    "momentum_step",
    "monte_carlo_values",
    "multi_head",
    "multi_head_backward",
    "multiple_imputation",
    "nearest",
    "neighbourhoods",
    "network_gradient",
    "network_loss",
    "newton",
    "normalise",
    "normalise_backward",
    "onset_labels",
    "optimal_discriminator",
    "output_length",
    "pack",
    "pad_for",
    "parallel_gradient",
    "parallel_walk",
    "peaks_above",
    "permuted_variances",
    "play_episodes",
    "policy_values",
    "polynomial_kernel",
    "pool_estimates",
    "pooled_moments",
    "powers",
    "principal_axes",
    "prune_tree",
    "pruning_path",
    "q_learning",
    "rbf_kernel",
    "receptive_field",
    "residual_block",
    "residual_block_backward",
    "residual_sigma",
    "returns_of",
    "reweight",
    "ring_all_reduce",
    "rmse",
    "rnn_step",
    "safe_eta",
    "scale_gamma",
    "search_laws",
    "sgd_step",
    "sigmoid",
    "slope_of_bend",
    "slope_penalty",
    "smo",
    "soft_threshold",
    "softmax",
    "squared_loss",
    "squared_loss_gradient",
    "stability",
    "standard_errors",
    "td_values",
    "through_time",
    "time_check",
    "unpack",
    "unroll",
    "unstretched",
    "validation_curve",
    "value_iteration",
    "variance",
    "with_ones",
]
