"""One valid call of every public function, for tests that spoil its arguments.

What an example is tells what it stands for: floats are numbers, text is labels, dates
are times, whole numbers -1 and +1 or 0 and 1 are signs and truths. A new function
needs an entry in the table of its package, with all of its arguments.
"""

from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import numpy as np
import pandas as pd
import toy_kit
from matplotlib.figure import Figure
from obspy import read as obspy_read

from mlearth._arguments import check_positive
from mlearth.evaluation import (
    compare_models,
    folds_by_group,
    pair_counts,
    referee_cases,
)
from mlearth.learners import (
    KMeans,
    LogisticRegression,
    PolynomialRegression,
    Ridge,
    gini,
)
from mlearth.learners.neural.transformer import initial_block
from mlearth.learners.trees.growth import grow_tree
from mlearth.networks import dense_contestants, dense_network, picker
from mlearth.projects import write_submission
from mlearth.seismology import (
    EtasParameters,
    HomogeneousModel,
    Picks,
    RectangularFault,
    StraightRays,
    butterworth_sections,
    stress_change,
)
from mlearth.simulators import (
    BurstSources,
    ConvectionBox,
    Foreshocks,
    GaussianGround,
    Ground,
    InjectionSite,
    InjectionTrafficLight,
    Picker,
    Plate,
    Recording,
    ResonantSensor,
    Seismicity,
    Simulated,
    StickSlip,
    WaveformSources,
    aftershock_cells,
    make_survey,
    simulate_bursts,
    simulate_etas,
    simulate_stick_slip,
    simulate_waveforms,
)

RNG = np.random.default_rng(0)
X = RNG.normal(size=(12, 2))
Y = X @ [1.0, -2.0] + 0.1 * RNG.normal(size=12)
HOLED = np.where(np.arange(12) % 5 == 3, np.nan, Y)
SIGNS = np.tile([-1, 1], 6)
TRUTH = np.tile([0, 1], 6)
SHARE = RNG.uniform(0.1, 0.9, 12)
NAMES = np.repeat(["ANMO", "TLY", "nan-1", "KONO"], 3)
DAYS = np.arange("2019-07-01", "2019-07-13", dtype="datetime64[D]")
LATITUDE, LONGITUDE = np.linspace(-60.0, 60, 12), np.linspace(-170.0, 170, 12)
POSITIVE = np.sort(RNG.exponential(size=12)) + 0.1
ONE_HOT = np.eye(2)[TRUTH]
KERNEL = X @ X.T + np.eye(12)
TREE = grow_tree(X, ONE_HOT, np.ones(12), gini)
BELLS = {
    "X": X,
    "shares": np.array([0.3, 0.7]),
    "means": X[:2],
    "covariances": np.array([np.eye(2), 2 * np.eye(2)]),
}


def parabola(theta):
    """Return gradient and Hessian of the sum of squares about 3."""
    return 2 * (theta - 3), 2 * np.eye(len(theta))


def written(fig, word):
    """Write a word on a figure, and return it."""
    return fig.text(0, 0, word).get_text()


@cache
def small():
    """Return one network of Keras, whose layers keep their names."""
    return dense_network(LAYERS)


def axes(**arguments):
    """Return a call's arguments, with fresh axes each time."""
    return lambda: {"ax": Figure().add_subplot(), **arguments}


WEIGHTS = np.ones((2, 12)), np.ones((3, 12)), np.ones(12)
ATTENTION = {
    "Q": X.reshape(3, 4, 2),
    "K": np.ones((3, 2, 2)),
    "V": np.ones((3, 2, 5)),
    "mask": np.array([[True, False]] * 4),
}
HEADS = {
    "weights": initial_block(2, 2, 3, random_state=0)[2:10],
    "x": X.reshape(3, 4, 2),
    "mask": np.tri(4, dtype=bool),
}
SEQUENCES = {
    "weights": WEIGHTS,
    "x": np.ones((4, 5, 2)),
    "cell": "lstm",
    "mask": np.ones((4, 5), dtype=bool),
}
STEP = {"x": X, "h": np.ones((12, 3))}
THROUGH = {**SEQUENCES, "delta": np.ones((4, 5, 3))}
CRITIC = [(np.ones((2, 1)), np.zeros(1))]
LAYERS = [(np.ones((2, 3)), np.zeros(3)), (np.ones((3, 2)), np.ones(2))]
NETWORK = {
    "layers": LAYERS,
    "X": X,
    "Y": X + 1,
    "activation": "tanh",
    "loss": "squared",
    "alpha": 0.1,
}
RECORDS = np.random.default_rng(3).normal(size=(4, 12, 2))
WINDOWS = np.random.default_rng(5).normal(size=(2, 64, 3))
SLIDE = {"n": 12, "size": 3, "stride": 3, "dilation": 2, "padding": "valid"}
SLIDING = {
    "x": RECORDS,
    "kernel": np.random.default_rng(4).normal(size=(5, 2, 3)),
    **{name: SLIDE[name] for name in ("stride", "dilation", "padding")},
}
NORMAL = {
    "x": RECORDS,
    "gain": np.array([1.0, 2.0]),
    "over": "batch",
    "epsilon": 0.1,
}
BLOCK = {
    "x": RECORDS,
    "block": (
        np.array([1.0, 2.0]),
        np.zeros(2),
        np.ones((2, 3)),
        np.zeros(3),
        np.ones((3, 2)),
        np.ones(2),
    ),
    "over": "layer",
    "skip": True,
}
KNOWN_WORLD = {
    "transitions": np.array([np.eye(2), np.eye(2)[::-1]]),
    "rewards": np.array([[0.0, -1.0], [2.0, 0.0]]),
    "gamma": 0.5,
}
PLAYED = [(np.array([0, 1, 0]), np.array([1.0, 4.0]))]
PLANE = {"w": np.array([1.0, -2.0]), "b": 0.5, "X": X}
GRID_X, GRID_Y = np.meshgrid(np.linspace(-1, 1, 5), np.linspace(-1, 1, 4))
LABELS = {"x_label": "x [m]", "y_label": "y [m]"}
KINDS = np.tile(["blast", "quake"], 6)
GROUPED = {"n_folds": 2, "stratify": KINDS, "random_state": 0, "watch": {"a": NAMES}}
GAP = {"gap": "1 day", "watch": {"a": NAMES}}
SHARED = {"test_size": 0.3, "random_state": 0, "watch": {"a": NAMES}}
PROMISED = {"y_true": TRUTH, "probability": SHARE, "n_bins": 3, "strategy": "uniform"}
RANKED = {
    "y_true": TRUTH,
    "score": Y,
    "label": "tree",
    "interval": (0.7, 0.8),
    "color": "orange",
}

CROSSED = {
    "random_state": 0,
    "watch": {"a": NAMES},
}
FOUR, THREE = np.repeat([*"abcd"], 3), np.tile([*"xyz"], 4)

DEALS = [folds_by_group(np.arange(12), 3, random_state=s) for s in range(5)]
COMPARED = {
    "models": {"line": (PolynomialRegression(1), X), "ridge": (Ridge(9.0), X[:, :1])},
    "y": Y,
    "folds": DEALS,
    "groups": np.array([*"abcdefghijkl"]),
    "score": lambda y, prediction: float(np.abs(y - prediction).mean()),
    "response": "predict",
    "level": 0.9,
    "n_resamples": 50,
    "max_failed": 0,
    "min_clusters": 3,
    "random_state": 0,
}

LEARNERS = {
    "gru_step": {
        **STEP,
        "W": np.ones((2, 9)),
        "U": np.ones((3, 9)),
        "b": np.ones((2, 9)),
    },
    "initial_cell": {
        "n_features": 2,
        "n_units": 3,
        "cell": "gru",
        "random_state": 0,
    },
    "lstm_step": {
        "x": X,
        "h": np.ones((12, 5)),
        "c": np.ones((12, 5)),
        "W": np.ones((2, 20)),
        "U": np.ones((5, 20)),
        "b": np.ones(20),
    },
    "rnn_step": {**STEP, "W": np.ones((2, 3)), "U": np.eye(3), "b": np.ones(3)},
    "through_time": THROUGH,
    "time_check": {**THROUGH, "step": 1e-5},
    "unroll": SEQUENCES,
    "attend": ATTENTION,
    "attend_backward": {**ATTENTION, "delta": np.ones((3, 4, 5))},
    "multi_head": HEADS,
    "multi_head_backward": {**HEADS, "delta": np.ones((3, 4, 2))},
    "adam_step": {
        "gradient": Y,
        "memory": None,
        "eta": 0.1,
        "beta": 0.9,
        "beta_square": 0.99,
    },
    "backward": {
        "layers": LAYERS[:1],
        "A": [X, X @ LAYERS[0][0]],
        "delta": X @ LAYERS[0][0],
        "activation": "tanh",
    },
    "batches": lambda: {
        "n_samples": 12,
        "batch_size": 5,
        "shuffle": True,
        "rng": np.random.default_rng(0),
    },
    "bend": {"z": X, "activation": "relu"},
    "best_split": {
        "X": X,
        "Y": ONE_HOT,
        "weights": POSITIVE,
        "impurity": gini,
        "min_leaf": 1,
    },
    "adversarial_blame": {"real": Y, "made": Y[:5], "contest": "minimax"},
    "adversarial_losses": {"real": Y, "made": Y[:5], "contest": "minimax"},
    "adversarial_step": {
        "generator": LAYERS,
        "critic": CRITIC,
        "real": X,
        "noise": X[:5],
        "contest": "minimax",
        "activation": "tanh",
        "eta": 0.1,
        "penalty": 0.0,
        "share": np.full(12, 0.5),
    },
    "adversarial_walk": {
        "generator": LAYERS,
        "critic": CRITIC,
        "real": X,
        "contest": "minimax",
        "activation": "tanh",
        "n_turns": 1,
        "critic_steps": 1,
        "generator_steps": 1,
        "n_batch": 4,
        "eta": 0.1,
        "penalty": 1.0,
        "random_state": 0,
    },
    "critic_gradient": {
        "critic": CRITIC,
        "real": X,
        "made": X[:5],
        "contest": "minimax",
        "activation": "tanh",
        "penalty": 1.0,
        "mixed": X[:3],
    },
    "generator_gradient": {
        "generator": LAYERS,
        "critic": CRITIC,
        "noise": X,
        "contest": "minimax",
        "activation": "tanh",
    },
    "input_slopes": {"layers": CRITIC, "X": X, "activation": "tanh"},
    "optimal_discriminator": {"p": POSITIVE, "q": POSITIVE},
    "slope_penalty": {"layers": CRITIC, "X": X, "activation": "tanh"},
    "bias_variance": {
        "model": PolynomialRegression(1),
        "X": X,
        "f": Y,
        "sigma": 0.5,
        "X_new": X[:3],
        "f_new": Y[:3],
        "n_sets": 5,
        "random_state": 0,
    },
    "action_values": {**KNOWN_WORLD, "values": np.array([0.5, 4.0])},
    "centre": {"X": X, "y": Y},
    "correlate": {**SLIDING, "bias": np.ones(3)},
    "correlate_backward": {**SLIDING, "delta": np.ones((4, 2, 3))},
    "correlate_transposed": {
        "x": RECORDS,
        "kernel": np.ones((3, 5, 2)),
        "bias": np.ones(5),
        "stride": 2,
        "padding": "same",
    },
    "cluster_means": {"X": X, "labels": np.zeros(12), "centres": X[:3]},
    "cross_entropy": {**PLANE, "y": TRUTH},
    "cross_entropy_gradient": {**PLANE, "y": TRUTH},
    "deal_rows": {"n_samples": 5, "n_workers": 2},
    "dual_objective": {"beta": Y, "y": SIGNS, "K": KERNEL},
    "entropy_bits": {"shares": ONE_HOT * 0.6 + 0.2},
    "euclidean_distance": {"A": X, "B": X[:4]},
    "fill_column": lambda: {
        "column": HOLED,
        "others": X,
        "rng": np.random.default_rng(0),
    },
    "forward": {"layers": LAYERS, "X": X, "activation": "tanh"},
    "monte_carlo_values": {"episodes": PLAYED, "n_states": 2, "gamma": 0.5},
    "play_episodes": lambda: {
        "environment": InjectionTrafficLight(n_days=4),
        "policy": np.ones((11, 6)),
        "n_episodes": 2,
        "random_state": 0,
    },
    "policy_values": {**KNOWN_WORLD, "policy": np.array([1.0, 0.0])},
    "q_learning": lambda: {
        "environment": InjectionTrafficLight(n_days=4),
        "n_episodes": 2,
        "gamma": 0.5,
        "eta": 0.1,
        "epsilon": 0.1,
        "random_state": 0,
    },
    "returns_of": {"episodes": PLAYED, "gamma": 0.5},
    "td_values": {
        "episodes": PLAYED,
        "n_states": 2,
        "gamma": 0.5,
        "eta": 0.1,
        "n_passes": 2,
    },
    "value_iteration": {**KNOWN_WORLD, "tol": 1e-3},
    "exponential_loss": {"score": Y, "y": SIGNS},
    "gini": {"shares": ONE_HOT * 0.6 + 0.2},
    "gradient_check": NETWORK | {"step": 1e-5},
    "expectation": BELLS,
    "grow_clusters": {
        "near": [np.array([0, 1]), np.array([0, 1])],
        "min_samples": 2,
    },
    "haversine_km": {"A": 30 * X, "B": 30 * X[:4]},
    "hinge_objective": {**PLANE, "y": SIGNS, "alpha": 0.1},
    "hinge_subgradient": {**PLANE, "y": SIGNS, "alpha": 0.1},
    "huber_weights": {"residual": Y, "delta": 0.5},
    "impurity_drop": {"Y": ONE_HOT, "goes_left": TRUTH, "impurity": gini},
    "initial_weights": {"sizes": (2, 3, 1), "spread": "he", "random_state": 0},
    "inverse_distance": {"distance": np.sort(np.abs(X), axis=1)},
    "k_means_plus_plus": {"X": X, "n_clusters": 3, "random_state": 0},
    "kernel_matrix": {
        "kernel": "polynomial",
        "X": X,
        "Z": X[:4],
        "gamma": 0.5,
        "degree": 2,
    },
    "largest_eta": {"X": X},
    "least_squares_normal": {"A": X, "y": Y},
    "least_squares_qr": {"A": X, "y": Y},
    "linear_kernel": {"X": X, "Z": X[:4]},
    "multiple_imputation": {
        "X": np.column_stack([X, HOLED]),
        "n_imputations": 2,
        "n_iter": 2,
        "random_state": 0,
    },
    "momentum_step": {"gradient": Y, "memory": None, "eta": 0.1, "beta": 0.9},
    "max_pool": {"x": RECORDS, "size": 3},
    "max_pool_backward": {"x": RECORDS, "size": 3, "delta": np.ones((4, 4, 2))},
    "majority_error": {"p_wrong": 0.3, "n_voters": 5, "correlation": 0.2},
    "nearest": {"distance": np.abs(X), "k": 1},
    "network_gradient": NETWORK,
    "network_loss": NETWORK,
    "lloyd": {"X": X, "centres": X[:3], "n_iter": 5},
    "log_densities": {k: v for k, v in BELLS.items() if k != "shares"},
    "log_sum_exp": {"a": X},
    "maximisation": {"X": X, "R": ONE_HOT * 0.6 + 0.2, "floor": 0.1},
    "neighbourhoods": {"X": X, "eps": 0.5, "metric": "euclidean"},
    "newton": {
        "loss": lambda theta: np.sum((theta - 3) ** 2),
        "derivatives": parabola,
        "theta": np.zeros(2),
        "n_iter": 5,
        "tol": 1e-9,
    },
    "peaks_above": {"curve": POSITIVE, "height": 0.3, "apart": 2},
    "permuted_variances": {"X": X, "n_draws": 3, "random_state": 0},
    "pack": {"layers": LAYERS},
    "onset_labels": {
        "onsets": np.array([[[2.5], [7.0]], [[0.5], [np.nan]], [[3.0], [4.0]]]),
        "n_samples": 12,
        "width": 1.5,
        "shape": "gaussian",
    },
    "normalise": {**NORMAL, "offset": np.array([0.5, 0.0])},
    "normalise_backward": {**NORMAL, "delta": RECORDS + 1},
    "output_length": SLIDE,
    "pad_for": SLIDE,
    "receptive_field": {"sizes": [3, 2], "strides": [2, 1], "dilations": [1, 4]},
    "parallel_gradient": {
        "layers": LAYERS,
        "X": X,
        "Y": X + 1,
        "n_workers": 2,
        "activation": "tanh",
        "loss": "squared",
    },
    "parallel_walk": {
        "layers": LAYERS,
        "X": X,
        "Y": X + 1,
        "n_workers": 1,
        "eta": 0.1,
        "batch_size": 5,
        "n_epochs": 1,
        "activation": "tanh",
        "loss": "squared",
    },
    "polynomial_kernel": {"X": X, "Z": X[:4], "gamma": 0.5, "degree": 2},
    "pool_estimates": {"estimates": Y, "errors": POSITIVE},
    "pooled_moments": {"counts": [2, 3], "means": X[:2], "variances": X[:2] ** 2},
    "ring_all_reduce": {"held": X, "n_rounds": 3},
    "powers": {"T": X, "degree": 2},
    "principal_axes": {"X": X},
    "prune_tree": {"tree": TREE, "alpha": 0.1},
    "pruning_path": {"tree": TREE},
    "rbf_kernel": {"X": X, "Z": X[:4], "gamma": 0.5},
    "residual_block": BLOCK,
    "residual_block_backward": {**BLOCK, "delta": RECORDS + 1},
    "residual_sigma": {"A": X, "y": Y, "theta": np.ones(2)},
    "reweight": {
        "weights": POSITIVE,
        "y": SIGNS,
        "vote": np.roll(SIGNS, 1)[::-1] * np.repeat([1, -1], 6),
    },
    "rmse": {"y": Y, "y_hat": Y + SHARE},
    "safe_eta": {"X": X},
    "scale_gamma": {"X": X},
    "search_laws": {"x": POSITIVE, "y": Y, "largest": 3},
    "sgd_step": {"gradient": Y, "memory": None, "eta": 0.1},
    "sigmoid": {"z": Y},
    "slope_of_bend": {"a": X, "activation": "relu"},
    "smo": {"K": KERNEL, "y": SIGNS, "C": 1.0, "tol": 1e-3, "n_iter": 1000},
    "soft_threshold": {"z": Y, "threshold": 0.5},
    "softmax": {"Z": X},
    "squared_loss": {**PLANE, "y": Y},
    "squared_loss_gradient": {**PLANE, "y": Y},
    "stability": {
        "model": KMeans(2, random_state=0),
        "X": X,
        "n_pairs": 2,
        "random_state": 0,
    },
    "standard_errors": {"A": X, "y": Y, "theta": np.ones(2)},
    "unpack": {"theta": Y, "sizes": (3, 3)},
    "unstretched": {"g": X, "shape": (12, 1)},
    "validation_curve": {
        "model": Ridge(),
        "name": "alpha",
        "values": [0.1, 1.0],
        "X": X,
        "y": Y,
        "split": (np.arange(8), np.arange(8, 12)),
    },
    "variance": {"moments": np.column_stack([Y, Y**2 + 1])},
    "with_ones": {"X": X},
}

LINKED = {
    "picks": pd.DataFrame(
        {"station": list("ABA"), "phase": list("PPS"), "time_s": [0.0, 3.0, 4.0]}
    ),
    "stations": pd.DataFrame(
        {"station": list("AB"), "x_km": [0.0, 30.0], "y_km": [0.0, 4.0]}
    ),
    "windows": np.array([[0, 1], [1, 2]]),
}

NETWORKS = {
    "dense_contestants": {
        "n_features": 2,
        "n_conditions": 1,
        "n_noise": 3,
        "n_units": 4,
        "random_state": 0,
    },
    "generate_from": lambda: {
        "generator": dense_contestants(2, 1)[0],
        "conditions": X[:, :1],
        "random_state": 0,
    },
    "dense_network": {"layers": LAYERS, "activation": "tanh", "dtype": "float64"},
    "annotate": lambda: {
        "stream": obspy_read(),
        "network": picker(64, (2,), 3),
        "sampling_hz": 50.0,
        "heights": {"P": 0.5, "S": 0.5},
        "overlap": 0.5,
        "apart_s": 0.5,
    },
    "draw_layers": lambda: {"model": small(), "ax": Figure().add_subplot()},
    "layer_table": lambda: {"model": small()},
    "layers_of": lambda: {"network": dense_network(LAYERS)},
    "link_probability": LINKED,
    "pick_windows": {"time_s": [0.0, 1.0, 5.0], "length": 2, "longest_s": 3.0},
    "window_features": LINKED,
    "slurm_tf_config": {
        "environment": {
            "SLURM_STEP_NODELIST": "n[1-2]",
            "SLURM_PROCID": "1",
            "SLURM_NTASKS": "2",
        },
        "port": 12345,
    },
    "stacked_variables": {"networks": [LAYERS, LAYERS]},
    "train_eikonal_network": {
        "speed_km_s": lambda points: 3 + 0.1 * points[:, 1],
        "source_km": np.array([5.5, 2.5]),
        "extent_km": np.array([20.5, 10.5]),
        "hidden": 4,
        "steps": 2,
        "n_points": 8,
        "learning_rate": 0.01,
        "random_state": 0,
    },
    "train_wasserstein": lambda: {
        **dict(zip(["generator", "critic"], dense_contestants(2, 1), strict=True)),
        "X": X,
        "conditions": X[:, :1],
        "n_steps": 1,
        "critic_steps": 1,
        "penalty": 1.0,
        "n_batch": 4,
        "eta": 0.1,
        "random_state": 0,
    },
    "waveform_contestants": {
        "n_samples": 64,
        "n_conditions": 1,
        "n_noise": 3,
        "n_channels": 2,
        "size_weight": 1.0,
        "random_state": 0,
    },
    "unit_spread": {"x": WINDOWS},
    "action_table": lambda: {
        "network": dense_network([(np.ones((2, 4)), np.ones(4))]),
        "environment": InjectionTrafficLight(n_days=4),
    },
    "train_dqn": lambda: {
        "environment": InjectionTrafficLight(n_days=4),
        "n_steps": 4,
        "gamma": 0.5,
        "n_units": 2,
        "eta": 0.1,
        "epsilon": 0.1,
        "batch_size": 2,
        "train_every": 2,
        "copy_every": 2,
        "random_state": 0,
    },
    "train_policy_gradient": lambda: {
        "environment": InjectionTrafficLight(n_days=4),
        "n_rounds": 1,
        "gamma": 0.5,
        "n_episodes": 2,
        "n_units": 2,
        "eta": 0.1,
        "random_state": 0,
    },
    "phase_probabilities": lambda: {
        "network": picker(64, (2,), 3),
        "x": WINDOWS,
    },
    "picker": {
        "n_samples": 64,
        "channels": (2, 3),
        "size": 3,
        "stride": 4,
        "eta": 0.01,
        "random_state": 0,
    },
}

CASES = referee_cases(3)
WON, PAIRS = pair_counts(TRUTH, Y, np.repeat([0, 1, 2], 4))

EVALUATION = {
    "ablate": {"case": CASES[0], "ablation": CASES[0].suspicions[0]},
    "answer_key": {"cases": CASES},
    "case_table": {"cases": CASES},
    "grade_referee": {"cases": CASES, "leaks": SHARE},
    "growing_auc": {"won": WON, "pairs": PAIRS},
    "pair_counts": {"y_true": TRUTH, "score": Y, "ring": np.repeat([0, 1, 2], 4)},
    "referee_cases": {"random_state": 3},
    "within_auc": {"won": WON, "pairs": PAIRS},
    "assert_no_leak": {
        "split": (np.arange(6), np.arange(6, 12)),
        "groups": NAMES,
        "kind": "station",
    },
    "binned_mean": {"x": POSITIVE, "y": Y, "groups": NAMES, "bins": 3},
    "bootstrap_interval": {
        "statistic": np.median,
        "arrays": Y,
        "groups": NAMES,
        "level": 0.9,
        "n_resamples": 50,
        "method": "basic",
        "max_failed": 0,
        "min_clusters": 3,
        "random_state": 0,
    },
    "compare_models": COMPARED,
    "corrected_interval": {
        "scores": Y,
        "others": SHARE,
        "test_share": 0.25,
        "level": 0.9,
    },
    "conformal_half_width": {"residual": Y, "level": 0.8},
    "conformal_quantile": {"score": Y, "level": 0.8},
    "conformal_rank": {"n_samples": 12, "level": 0.8},
    "expected_calibration_error": PROMISED,
    "find_leaks": {
        "X": X,
        "y": Y,
        "split": (np.arange(9), np.arange(9, 12)),
        "groups": {"day": NAMES},
        "time": DAYS,
        "latitude": LATITUDE,
        "longitude": LONGITUDE,
        "near_km": 5.0,
        "fitted": [Ridge(9.0).fit(X, Y)],
        "suspicious": 0.9,
    },
    "find_leaks_in_code": {"path": __file__},
    "expected_maximum": {"m": 7, "correlation": 0.3},
    "folds_by_event": {"events": NAMES, **GROUPED},
    "folds_by_event_and_station": {
        "events": FOUR,
        "stations": THREE,
        "n_folds": 2,
        **CROSSED,
    },
    "folds_by_group": {"groups": NAMES, **GROUPED, "kind": "day", "question": "Why?"},
    "folds_by_record": {"n_rows": 12, **GROUPED},
    "folds_by_space": {
        "latitude": LATITUDE,
        "longitude": LONGITUDE,
        **GROUPED,
        "block_km": 500.0,
        "buffer_km": 10.0,
    },
    "folds_by_station": {"stations": NAMES, **GROUPED},
    "folds_by_time": {
        "time": DAYS,
        "n_folds": 3,
        "gap": "1 day",
        "watch": {"a": NAMES},
    },
    "folds_two_way": {
        "first": FOUR,
        "second": THREE,
        "n_folds": 2,
        "kinds": ("day", "place"),
        **CROSSED,
    },
    "nested_score": {
        "model": PolynomialRegression(1),
        "grid": {"degree": [1, 2]},
        "X": X[:, :1],
        "y": Y,
        "folds": DEALS[0],
        "score": lambda y, prediction: float(np.abs(y - prediction).mean()),
        "groups": NAMES,
        "scoring": "r2",
        "response": "predict",
        "n_folds": 2,
    },
    "paired_comparison": {
        "loss_a": Y,
        "loss_b": Y + SHARE,
        "groups": NAMES,
        "level": 0.9,
        "n_resamples": 50,
        "min_clusters": 3,
        "random_state": 0,
    },
    "promises_by_fold": {
        "model": LogisticRegression(1.0),
        "X": X,
        "y": TRUTH,
        "folds": DEALS[0],
    },
    "proportion_interval": {
        "successes": 3,
        "n": 7,
        "level": 0.9,
        "method": "wilson",
    },
    "reliability_table": PROMISED,
    "space_blocks": {"latitude": LATITUDE, "longitude": LONGITUDE, "block_km": 500.0},
    "split_by_event": {
        "events": NAMES,
        "test_size": 0.3,
        "random_state": 0,
        "watch": {"a": NAMES},
    },
    "score_events": lambda: {
        "true_events": ORIGINS,
        "true_event": np.repeat(0, 12),
        "found_events": ORIGINS,
        "found_event": np.repeat([0, -1], [9, 3]),
        "min_picks": 1,
    },
    "score_picks": lambda: {
        "true_picks": TABLE_OF_PICKS,
        "found_picks": TABLE_OF_PICKS,
        "tolerance_s": 0.5,
    },
    "split_by_group": {"groups": NAMES, "kind": "day", "question": "Why?", **SHARED},
    "split_by_time": {
        "time": DAYS,
        "cut": "2019-07-09",
        "gap": "1 day",
        "watch": {"a": NAMES},
    },
    "split_two_way": {
        "first": FOUR,
        "second": THREE,
        "kinds": ("day", "place"),
        "test_size": 0.4,
        **CROSSED,
    },
    "tune_once": {
        "model": PolynomialRegression(1),
        "grid": {"degree": [1, 2]},
        "X": X,
        "y": Y,
        "split": (np.arange(9), np.arange(9, 12)),
        "groups": NAMES,
        "scoring": "neg_root_mean_squared_error",
        "n_folds": 3,
    },
}

PLOTTING = {
    "band": axes(x=POSITIVE, lower=Y, upper=Y + SHARE, color="orange"),
    "catalog_map": axes(
        longitude_deg=LONGITUDE,
        latitude_deg=LATITUDE,
        magnitude=POSITIVE,
        color_by=Y,
        color_label="depth [km]",
        color_limits=(0.0, 1.0),
        color="orange",
    ),
    "comparison": axes(
        comparison=compare_models(**COMPARED), x_label="difference in error [1]"
    ),
    "corner_label": lambda: {
        "ax": (ax := Figure().add_subplot()),
        "line": ax.plot([1, 2])[0],
        "text": "tree",
        "corner": "left",
        "heading": "area",
    },
    "decision_regions": axes(
        predict=lambda plane: np.where(plane[:, 0] > 0, "quake", "blast"),
        extent=(-1.0, 1.0, -1.0, 1.0),
        X=X,
        y=np.repeat(["blast", "quake"], 6),
        labels=["blast", "quake"],
        resolution=9,
        **LABELS,
    ),
    "drive": lambda: {
        "fig": (fig := Figure()),
        "draw": partial(written, fig),
        "controls": {"height": ["low", "high"]},
        "start": "low",
    },
    "gutenberg_richter": axes(
        magnitude=POSITIVE,
        bin_width=0.1,
        b_value=1.0,
        a_value=2.0,
        b_error=0.1,
        completeness=0.5,
    ),
    "label_lines": lambda: {
        "ax": (ax := Figure().add_subplot()),
        "lines": ax.plot([1, 2]),
        "texts": ["tree"],
    },
    "loss_curve": axes(
        loss={"training": POSITIVE, "validation": POSITIVE + 1},
        y_label="loss [1]",
        x_label="epoch",
        log=True,
    ),
    "map_axes": {"extent": (5.0, 11.0, 45.0, 48.0)},
    "precision_recall": axes(**RANKED),
    "reliability": axes(
        y_true=TRUTH,
        probability=SHARE,
        label="tree",
        bins=3,
        strategy="uniform",
        color="orange",
    ),
    "region": axes(x=GRID_X, y=GRID_Y, score=GRID_X - GRID_Y, color="orange"),
    "residuals": axes(x=POSITIVE, residual=Y, groups=NAMES, bins=3, **LABELS),
    "roc": axes(**RANKED),
    "seismogram": axes(
        trace=Y,
        sampling_rate_hz=10.0,
        picks={"P": 0.4},
        error_s={"P": 0.1},
        components=["Z"],
        unit="counts",
        start_time_s=0.0,
    ),
    "text_color": {"color": "orange", "contrast": 4.6},
}

FAULT = RectangularFault(30, 60, 90, 20, 10, 6, 1.5)
PLACES = np.array([[3.5, 1, 2], [-9, 8.5, 0], [0.5, -20, 7], [30, 2, 3], [1, 1, 15.5]])
STRESS = stress_change(FAULT, PLACES)
ON_PLANE = {"strike_deg": 30.0, "dip_deg": 60.0, "rake_deg": 90.0}
CACHE = TemporaryDirectory()
ROCK = {"P": HomogeneousModel(5.0).time_s}
PICKS = Picks(30 * X[:, 0], 30 * X[:, 1], ["P"] * 12, np.hypot(*X.T) * 6 + 9, 0.1)
SIMULATORS = {
    "aftershock_cells": {
        "faults": FAULT,
        "receiver_deg": (30.0, 60.0, 90.0),
        "reach_km": 20.0,
        "depth_km": 12.0,
        "cell_km": 4.0,
        "friction": 0.4,
        "rigidity_gpa": 30.0,
    },
    "simulate_aftershocks": {
        "cells": aftershock_cells(FAULT, reach_km=20, depth_km=12),
        "n_events": 5,
        "weights": {"coulomb": 0.5, "distance": 0.5},
        "core_km": 2.0,
        "decay": 3.0,
        "ceiling_mpa": 3.0,
        "random_state": 0,
    },
}

SEISMOLOGY = {
    "coulomb_stress": {"stress_mpa": STRESS, **ON_PLANE, "friction": 0.4},
    "coulomb_stress_on_optimal_planes": {
        "change_mpa": STRESS,
        "regional_mpa": np.diag([0.0, -10, -5]),
        "friction": 0.4,
    },
    "dislocation": {"fault": FAULT, "points_km": PLACES, "poisson": 0.25},
    "distance_to_fault": {"fault": FAULT, "points_km": PLACES},
    "max_shear": {"stress_mpa": STRESS},
    "optimal_planes": {"stress_mpa": STRESS, "friction": 0.4},
    "resolve_stress": {"stress_mpa": STRESS, **ON_PLANE},
    "stress_change": {
        "faults": FAULT,
        "points_km": PLACES,
        "rigidity_gpa": 30.0,
        "poisson": 0.25,
    },
    "eikonal_times": {
        "velocity_km_s": 5 + np.abs(GRID_X),
        "spacing_km": 2.0,
        "source_row": 0,
        "source_column": 1,
        "order": 2,
    },
    "from_local_plane": {
        "x_km": 30 * X[:, 0],
        "y_km": 30 * X[:, 1],
        "centre": (-43.0, 170.0),
    },
    "load_travel_times": {"model": "iasp91", "wave": "P", "cache_dir": CACHE.name},
    "locate_by_geiger": {
        "picks": PICKS,
        "travel_time": ROCK,
        "start_km": (1.0, 2.0, 5.0),
        "depth_km": 5.0,
        "n_iter": 100,
    },
    "locate_by_grid": {
        "picks": PICKS,
        "travel_time": ROCK,
        "x_km": np.linspace(-9.0, 9, 7),
        "y_km": np.linspace(-9.0, 9, 5),
        "depth_km": np.linspace(0.0, 9, 3),
        "norm": "L2",
    },
    "magnitude_counts": {"magnitude": POSITIVE, "bin_width": 0.1},
    "to_local_plane": {
        "latitude_deg": LATITUDE,
        "longitude_deg": LONGITUDE,
        "centre": (-43.0, 170.0),
    },
}
LAWS = EtasParameters.with_branching_ratio(
    0.5, background_per_day=0.5, alpha=0.8, c_days=0.01, p=1.2
)
BOX = (34.0, 37.0, -120.0, -116.0)
STEADY = {
    "parameters": LAWS,
    "duration_days": 30.0,
    "region": BOX,
    "random_state": 0,
}
SIMULATORS |= {
    "injection_tables": {"site": InjectionSite()},
    "observe_catalogue": {
        "simulated": simulate_etas(LAWS, 50.0, BOX),
        "magnitude_of_completeness": 0.5,
        "short_term": True,
        "location_error_km": 1.0,
        "magnitude_error": 0.1,
        "bin_width": 0.1,
        "random_state": 0,
    },
    "simulate_etas": {
        **STEADY,
        "background_map": np.column_stack([LATITUDE, LONGITUDE, POSITIVE]),
        "cell_deg": 0.1,
        "burn_in_days": 10.0,
    },
    "simulate_injection": {
        **STEADY,
        "well": (36.0, -117.5),
        "mean_events": 20.0,
        "start_days": 5.0,
        "stop_days": 15.0,
        "diffusivity_m2_s": 0.1,
    },
    "simulate_swarm": {
        **STEADY,
        "centre": (36.0, -117.5),
        "mean_events": 20.0,
        "peak_days": 15.0,
        "width_days": 3.0,
        "radius_km": 2.0,
    },
}

CATALOGUE = {
    "time_days": POSITIVE,
    "latitude_deg": LATITUDE,
    "longitude_deg": LONGITUDE,
    "magnitude": np.linspace(4.0, 5.0, 12),
}
LAW = {"b_value": 1.0, "fractal_dimension": 1.6, "shortest_km": 0.5}
SIZES = {"magnitude": np.tile([2.0, 2.1, 2.2, 2.6], 3), "bin_width": 0.1}
SEISMOLOGY |= {
    "b_positive": {**SIZES, "smallest_step": 0.2},
    "b_stability": {**SIZES, "reach": 0.5},
    "fault_plane": {
        "points_km": np.c_[X, POSITIVE],
        "error_covariance": np.diag([0.01, 0.01, 0.04]),
    },
    "gardner_knopoff": {**CATALOGUE, "foreshock_share": 0.5},
    "gardner_knopoff_window": {"magnitude": POSITIVE},
    "goodness_of_fit": {**SIZES, "percent": 90.0},
    "likeliest_b": {**SIZES, "completeness": 2.0, "correction": "exact"},
    "magnitude_counts": {"magnitude": POSITIVE, "bin_width": 0.1},
    "maximum_curvature": {**SIZES, "correction": 0.2},
    "mixture_split": {"proximity": np.geomspace(1e-6, 1e3, 30)},
    "nearest_event": {**CATALOGUE, **LAW},
    "reasenberg": {
        **CATALOGUE,
        "effective_magnitude": 1.5,
        "n_radii": 10.0,
        "shortest_days": 1.0,
        "longest_days": 10.0,
        "probability": 0.95,
        "raised_by": 0.5,
    },
    "stress_axes": dict(
        zip(
            ("mrr_nm", "mtt_nm", "mpp_nm", "mrt_nm", "mrp_nm", "mtp_nm"),
            RNG.normal(size=(6, 12)),
            strict=True,
        )
    ),
    "shuffled_proximity": {**CATALOGUE, **LAW, "n_shuffles": 2, "random_state": 0},
}
SIGNAL = np.concatenate([X[:, 0], 9 * X[:, 1]])
SECTIONS = butterworth_sections("lowpass", 2.0, 10.0)
NET = pd.DataFrame(
    {"station": ["A", "B", "C"], "x_km": [0.0, 9, 4], "y_km": [0.0, 1, 8]}
)
TABLE_OF_PICKS = pd.DataFrame(
    {"station": ["A", "B"], "phase": "P", "time_s": [1.0, 2.0]}
)
ORIGINS = pd.DataFrame({"time_s": [1.0], "x_km": 2.0, "y_km": 3.0, "depth_km": 4.0})

SEISMOLOGY |= {
    "aic_curve": {"signal": SIGNAL},
    "aic_onset": {"signal": SIGNAL},
    "associate": {
        "picks": TABLE_OF_PICKS,
        "stations": NET,
        "associator": "back_projection",
        "travel_time": StraightRays(),
        "deepest_km": 20.0,
        "spacing_km": 10.0,
        "tolerance_s": 1.0,
        "min_picks": 2,
        "margin_km": 10.0,
    },
    "butterworth_sections": {
        "kind": "lowpass",
        "corner_hz": 2.0,
        "sampling_hz": 10.0,
        "order": 4,
    },
    "cosine_taper": {"n_samples": 20, "n_ramp": 3},
    "filter_both_ways": {"sections": SECTIONS, "signal": SIGNAL},
    "filter_forwards": {"sections": SECTIONS, "signal": SIGNAL},
    "keep_every": {"signal": SIGNAL, "sampling_hz": 10.0, "factor": 2},
    "magnitude_counts": {"magnitude": POSITIVE, "bin_width": 0.1},
    "polarization": {"vertical": Y, "north": X[:, 0], "east": X[:, 1]},
    "pick_onsets": {
        "signal": SIGNAL,
        "sampling_hz": 10.0,
        "short_s": 0.2,
        "long_s": 1.0,
        "on": 2.0,
        "off": 1.2,
        "refine_s": 0.5,
    },
    "remove_line": {"signal": SIGNAL},
    "spectrogram": {
        "signal": SIGNAL,
        "sampling_hz": 10.0,
        "window_s": 0.8,
        "step_s": 0.4,
    },
    "stack_origin_times": {"origin_s": X, "width_s": 0.5},
}


SMALL_BOX = ConvectionBox(1000.0, n_x=10, n_z=8)


def stretched(scale, seed):
    """Return a simulation of one number."""
    check_positive("scale", scale)
    return Simulated(np.array([scale * seed]), None, "a number", "always", seed)


ABOVE = pd.DataFrame({"sensor": ["A", "B"], "x_m": [0.0, 0.1], "y_m": 0.0, "z_m": 0.0})
RECORDED = {
    "plate": Plate(),
    "sensor": ResonantSensor(),
    "duration_us": 50.0,
    "sampling_mhz": 10.0,
    "random_state": 0,
}

SIMULATORS |= {
    "detection_probability": {
        "distance_km": POSITIVE,
        "magnitude": Y,
        "magnitude_50": 1.5,
        "spread": 0.3,
    },
    "generate": lambda: {
        "simulator": stretched,
        "n": 2,
        "seed": 3,
        "parameters": {"scale": 2.0},
        "folder": Path(mkdtemp()),
        "block_size": 2,
        "workers": 1,
        "client": None,
        "progress": False,
    },
    "best_time_to_failure": {"simulated": simulate_stick_slip(3)},
    "make_network": {
        "geometry": "ring",
        "n_stations": 3,
        "extent_km": 50.0,
        "random_state": 0,
    },
    "plate_images": {"depth_m": 0.01, "thickness_m": 0.05, "n_bounces": 4},
    "record_bursts": {
        "bursts": simulate_bursts(ABOVE, 2).truth.bursts,
        "sensors": ABOVE,
        **RECORDED,
    },
    "sensor_response": {"frequency_hz": 1e5 * POSITIVE, "sensor": ResonantSensor()},
    "simulate_bursts": {
        "sensors": ABOVE,
        "n_bursts": 2,
        "sources": BurstSources(),
        **RECORDED,
    },
    "simulate_stick_slip": {
        "n_cycles": 3,
        "fault": StickSlip(),
        "foreshocks": Foreshocks(),
        "sources": BurstSources(),
        "plate": Plate(),
        "sensor": ResonantSensor(),
        "window_s": 0.2,
        "random_state": 0,
    },
    "lyapunov_exponents": {
        "box": SMALL_BOX,
        "n_blocks": 2,
        "block": 0.001,
        "spin_up": 0.001,
        "random_state": 0,
    },
    "simulate_convection": {
        "box": SMALL_BOX,
        "n_snapshots": 2,
        "interval": 0.001,
        "spin_up": 0.001,
        "start": np.tile(SMALL_BOX.conductive, 10),
        "time_step": 0.001,
        "random_state": 0,
    },
    "steady_convection": {"box": SMALL_BOX},
    "simulate_picks": {
        "stations": NET,
        "seismicity": Seismicity(rate_per_hour=2.0),
        "picker": Picker(),
        "travel_time": StraightRays(),
        "random_state": 0,
    },
}

FOLLOWED = {"time_days": np.arange(12.0), "magnitude": POSITIVE, "parameters": LAWS}
WINDOW = {"start_days": 3.0, "end_days": 12.0}
CLUSTERED = simulate_etas(LAWS, 300.0, BOX).data

SEISMOLOGY |= {
    "background_probability": FOLLOWED,
    "conditional_intensity": {"at_days": np.linspace(0.0, 9, 5), **FOLLOWED},
    "draw_parents": {**FOLLOWED, "random_state": 0},
    "etas_log_likelihood": {**FOLLOWED, **WINDOW},
    "fit_etas": {
        "time_days": CLUSTERED.time_days.to_numpy(),
        "magnitude": CLUSTERED.magnitude.to_numpy(),
        "magnitude_of_completeness": 0.0,
        "start_days": 1.0,
        "end_days": 300.0,
        "taper_days": 100.0,
    },
    "magnitude_test": {
        "magnitude": POSITIVE,
        "simulated_magnitude": np.linspace(0.1, 3, 40),
        "bin_width": 0.1,
        "n_resamples": 50,
        "random_state": 0,
    },
    "median_residual_life": {"duration_s": POSITIVE, "since_s": SHARE[:5]},
    "number_test": {"n_observed": 3, "n_simulated": np.arange(40.0)},
    "residual_test": {**FOLLOWED, **WINDOW},
    "transformed_times": {**FOLLOWED, **WINDOW},
}

SIMULATORS |= {
    "forecast_etas": {
        "parameters": LAWS,
        "time_days": np.arange(12.0),
        "magnitude": POSITIVE,
        "start_days": 12.0,
        "duration_days": 5.0,
        "n_simulations": 10,
        "random_state": 0,
    },
}

STARTS = np.array([[0.5, 0.5], [1.5, 2.5], [2.5, 3.5], [0.5, 2.5], [3.5, 1.5]])
ENDS = np.array([[4.5, 3.5], [3.1, 0.2], [0.0, 1.5], [2.5, 0.5], [0.7, 3.1]])
SLOW = 0.2 + 0.01 * np.arange(20.0).reshape(4, 5)
LENGTHS = np.abs(np.random.default_rng(2).normal(size=(5, 20)))
CELLS = {"n_rows": 4, "n_columns": 5}
TIMED = {
    "rays": LENGTHS,
    "time_s": LENGTHS @ SLOW.ravel() + 0.01,
    "sigma_s": 0.1,
    "reference_s_km": SLOW,
    "damping": 1.0,
}
SEISMOLOGY |= {
    "bent_rays": {
        "starts_km": STARTS,
        "ends_km": ENDS,
        "slowness_s_km": SLOW,
        "cell_km": 1.0,
    },
    "gaussian_inversion": {
        "rays": LENGTHS,
        "sigma_s": 0.1,
        "covariance_s2_km2": 1e-4 * np.eye(20) + 1e-5,
    },
    "invert_times": {**TIMED, "smoothing": 2.0, "n_iter": 500},
    "l_curve": {**TIMED, "strengths": np.array([0.1, 1.0, 10.0, 50.0, 99.0])},
    "load_earth_model": {"model": "ak135", "wave": "S"},
    "roughness": CELLS,
    "smooth_inversion": {
        "rays": LENGTHS,
        "sigma_s": 0.1,
        **CELLS,
        "damping": 1.0,
        "smoothing": 2.0,
    },
    "straight_rays": {
        "starts_km": STARTS,
        "ends_km": ENDS,
        **CELLS,
        "cell_km": 1.0,
    },
}
SURVEY = make_survey("crosshole", 4, 5, 1.0, 3, 4)
FIELD = {**CELLS, "correlation_km": 2.0, "kernel": "gaussian"}
PLATE = {"age_myr": 60.0, "thickness_km": 95.0, "diffusivity_mm2_s": 1.0}
SIMULATORS |= {
    "field_covariance": {**FIELD, "cell_km": 1.0, "refine": 3},
    "gaussian_field": {**FIELD, "spacing_km": 1.0, "random_state": 0},
    "make_survey": {
        "geometry": "around",
        **CELLS,
        "cell_km": 1.0,
        "n_sources": 3,
        "n_receivers": 4,
        "random_state": 0,
    },
    "plate_temperature": {"depth_km": 9 * POSITIVE, **PLATE},
    "simulate_tomography": {
        "survey": SURVEY,
        "ground": GaussianGround(),
        "noise_s": 0.02,
        "rays": "bent",
        "refine": 3,
        "random_state": 0,
    },
    "slab_deficit": {"depth_km": 9 * POSITIVE, "sinking_myr": POSITIVE, **PLATE},
    "survey_rays": {"survey": SURVEY},
}

SHORT = Recording(duration_s=2.0, onset_earliest_s=0.5, onset_latest_s=1.0)
WAVEFORMS = simulate_waveforms(2, recording=SHORT)
MANY = {
    "sources": WaveformSources(),
    "ground": Ground(),
    "recording": SHORT,
    "random_state": 0,
}

SIMULATORS |= {
    "corner_frequency_hz": {
        "magnitude": Y,
        "stress_drop_mpa": POSITIVE,
        "s_km_s": 3.5,
    },
    "displacement_spectrum": {
        "frequency_hz": np.linspace(0.5, 20, 5),
        "magnitude": Y,
        "distance_km": POSITIVE,
        "phase": "P",
        "stress_drop_mpa": 3.0,
        "site_factor": 2.0,
        "kappa_s": 0.03,
        "ground": Ground(),
    },
    "draw_ground": {"random_state": 0},
    "draw_paths": {"n_traces": 4, **MANY},
    "noise_psd_db": {"frequency_hz": POSITIVE, "level": 0.5},
    "radiation_pattern": {
        "strike_deg": Y,
        "dip_deg": POSITIVE,
        "rake_deg": X[:, 0],
        "azimuth_deg": X[:, 1],
        "from_vertical_deg": POSITIVE,
    },
    "save_waveforms": lambda: {"folder": Path(mkdtemp()), "simulated": WAVEFORMS},
    "seismic_moment_nm": {"magnitude": Y},
    "simulate_records": {
        "paths": pd.DataFrame(
            {
                "magnitude": [3.0, 3.5],
                "distance_km": [40.0, 41.0],
                "depth_km": [9.0, 10.0],
                "station": ["A", "B"],
                "kind": "earthquake",
            }
        ),
        "ground": Ground(),
        "recording": SHORT,
        "random_state": 0,
    },
    "simulate_waveforms": {"n_traces": 4, **MANY},
    "waveform_metadata": {"simulated": WAVEFORMS},
    "waveform_stream": {"simulated": WAVEFORMS, "trace": 0},
}

DATASETS = {
    "fetch_catalog": {
        "provider": "http://127.0.0.1:9",
        "starttime": "2019-07-04",
        "endtime": "2019-07-06",
        "magnitude": (4.0, 8.0),
        "latitude_deg": (30.0, 40.0),
        "longitude_deg": (170.0, -170.0),
        "depth_km": (0.0, 100.0),
        "timeout_s": 1.0,
        "cache_dir": "/dev/null",
        "refresh": True,
    },
    "load_bulletin": {"name": "new_zealand"},
    "load_my_region": {"folder": "/nowhere"},
    "provenance": {"name": "coastlines"},
    "open_seisbench": {
        "folder": "/nowhere",
        "component_order": "ZNE",
        "fill_value": 0.0,
    },
    "save_region": {
        "min_latitude": -26.0,
        "max_latitude": -14.0,
        "min_longitude": 178.0,
        "max_longitude": -170.0,
        "folder": "/nowhere",
        "replace": True,
    },
    "save_seisbench": lambda: {
        "folder": Path(mkdtemp()),
        "metadata": pd.DataFrame(
            {
                "trace_name": ["a", "b"],
                "trace_component_order": "ZNE",
                "trace_sampling_rate_hz": 50.0,
            }
        ),
        "waveforms": [np.ones((3, 20)), np.zeros((3, 20))],
    },
}

PUBLIC = toy_kit.make_data("public")
HANDED_IN = {
    "predictions": toy_kit.oracle(PUBLIC),
    "data": PUBLIC,
    "team": "Ada",
    "done": "a rule",
    "kit": toy_kit.__file__,
}


@cache
def handed_in():
    """A folder of one team, with one submission."""
    folder = write_submission(folder=Path(mkdtemp()) / "in" / "Ada" / "1", **HANDED_IN)
    (folder / "code" / "work.py").write_text("x = 1\n", "utf-8")
    return folder


PROJECTS = {
    "load_kit": {"name": toy_kit.__file__},
    "read_submission": lambda: {
        "folder": handed_in(),
        "data": PUBLIC,
        "kit": toy_kit.__file__,
        "team": "Ada",
    },
    "write_board": lambda: {
        "kit": toy_kit.__file__,
        "submissions": handed_in().parents[1],
        "out": handed_in().parents[2] / "board",
        "seed": 12,
        "size": "small",
        "private_size": "large",
    },
    "write_submission": lambda: HANDED_IN | {"folder": handed_in().parents[2] / "out"},
}

PIN = {"name": "growth", "value": 5.18, "expected": 5.2, "abs": 0.1}

CALLS = {
    f"{package}.{name}": arguments
    for package, table in {
        "mlearth.datasets": DATASETS,
        "mlearth.evaluation": EVALUATION,
        "mlearth.learners": LEARNERS,
        "mlearth.networks": NETWORKS,
        "mlearth.plotting": PLOTTING,
        "mlearth.projects": PROJECTS,
        "mlearth.seismology": SEISMOLOGY,
        "mlearth.simulators": SIMULATORS,
    }.items()
    for name, arguments in table.items()
} | {"mlearth.pins.pin": PIN}
