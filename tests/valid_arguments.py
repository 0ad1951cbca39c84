"""One valid call of every public function, for tests that spoil its arguments.

What an example is tells what it stands for: floats are numbers, text is labels, dates
are times, whole numbers -1 and +1 or 0 and 1 are signs and truths. A new function
needs an entry in the table of its package, with all of its arguments.
"""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from mlearth._arguments import check_positive
from mlearth.evaluation import compare_models, folds_by_group
from mlearth.learners import PolynomialRegression, Ridge, gini
from mlearth.learners.trees.growth import grow_tree
from mlearth.seismology import (
    EtasParameters,
    HomogeneousModel,
    Picks,
    RectangularFault,
    StraightRays,
    stress_change,
)
from mlearth.simulators import (
    Picker,
    Seismicity,
    Simulated,
    aftershock_cells,
    simulate_etas,
)

RNG = np.random.default_rng(0)
X = RNG.normal(size=(12, 2))
Y = X @ [1.0, -2.0] + 0.1 * RNG.normal(size=12)
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


def parabola(theta):
    """Return gradient and Hessian of the sum of squares about 3."""
    return 2 * (theta - 3), 2 * np.eye(len(theta))


def written(fig, word):
    """Write a word on a figure, and return it."""
    return fig.text(0, 0, word).get_text()


def axes(**arguments):
    """Return a call's arguments, with fresh axes each time."""
    return lambda: {"ax": Figure().add_subplot(), **arguments}


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
    "batches": lambda: {
        "n_samples": 12,
        "batch_size": 5,
        "shuffle": True,
        "rng": np.random.default_rng(0),
    },
    "best_split": {
        "X": X,
        "Y": ONE_HOT,
        "weights": POSITIVE,
        "impurity": gini,
        "min_leaf": 1,
    },
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
    "centre": {"X": X, "y": Y},
    "cross_entropy": {**PLANE, "y": TRUTH},
    "cross_entropy_gradient": {**PLANE, "y": TRUTH},
    "dual_objective": {"beta": Y, "y": SIGNS, "K": KERNEL},
    "entropy_bits": {"shares": ONE_HOT * 0.6 + 0.2},
    "euclidean_distance": {"A": X, "B": X[:4]},
    "gini": {"shares": ONE_HOT * 0.6 + 0.2},
    "haversine_km": {"A": 30 * X, "B": 30 * X[:4]},
    "hinge_objective": {**PLANE, "y": SIGNS, "alpha": 0.1},
    "hinge_subgradient": {**PLANE, "y": SIGNS, "alpha": 0.1},
    "huber_weights": {"residual": Y, "delta": 0.5},
    "impurity_drop": {"Y": ONE_HOT, "goes_left": TRUTH, "impurity": gini},
    "inverse_distance": {"distance": np.sort(np.abs(X), axis=1)},
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
    "nearest": {"distance": np.abs(X), "k": 1},
    "newton": {
        "loss": lambda theta: np.sum((theta - 3) ** 2),
        "derivatives": parabola,
        "theta": np.zeros(2),
        "n_iter": 5,
        "tol": 1e-9,
    },
    "polynomial_kernel": {"X": X, "Z": X[:4], "gamma": 0.5, "degree": 2},
    "powers": {"T": X, "degree": 2},
    "prune_tree": {"tree": TREE, "alpha": 0.1},
    "pruning_path": {"tree": TREE},
    "rbf_kernel": {"X": X, "Z": X[:4], "gamma": 0.5},
    "residual_sigma": {"A": X, "y": Y, "theta": np.ones(2)},
    "rmse": {"y": Y, "y_hat": Y + SHARE},
    "safe_eta": {"X": X},
    "scale_gamma": {"X": X},
    "sigmoid": {"z": Y},
    "smo": {"K": KERNEL, "y": SIGNS, "C": 1.0, "tol": 1e-3, "n_iter": 1000},
    "soft_threshold": {"z": Y, "threshold": 0.5},
    "softmax": {"Z": X},
    "squared_loss": {**PLANE, "y": Y},
    "squared_loss_gradient": {**PLANE, "y": Y},
    "standard_errors": {"A": X, "y": Y, "theta": np.ones(2)},
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

EVALUATION = {
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
    "expected_calibration_error": PROMISED,
    "folds_by_event": {"events": NAMES, **GROUPED},
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
    "paired_comparison": {
        "loss_a": Y,
        "loss_b": Y + SHARE,
        "groups": NAMES,
        "level": 0.9,
        "n_resamples": 50,
        "min_clusters": 3,
        "random_state": 0,
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
        "true_picks": PICKS,
        "found_picks": PICKS,
        "tolerance_s": 0.5,
    },
    "split_by_group": {"groups": NAMES, "kind": "day", "question": "Why?", **SHARED},
    "split_by_time": {
        "time": DAYS,
        "cut": "2019-07-09",
        "gap": "1 day",
        "watch": {"a": NAMES},
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
    "shuffled_proximity": {**CATALOGUE, **LAW, "n_shuffles": 2, "random_state": 0},
}
SIGNAL = np.concatenate([X[:, 0], 9 * X[:, 1]])
NET = pd.DataFrame(
    {"station": ["A", "B", "C"], "x_km": [0.0, 9, 4], "y_km": [0.0, 1, 8]}
)
PICKS = pd.DataFrame({"station": ["A", "B"], "phase": "P", "time_s": [1.0, 2.0]})
ORIGINS = pd.DataFrame({"time_s": [1.0], "x_km": 2.0, "y_km": 3.0, "depth_km": 4.0})

SEISMOLOGY |= {
    "aic_curve": {"signal": SIGNAL},
    "aic_onset": {"signal": SIGNAL},
    "associate": {
        "picks": PICKS,
        "stations": NET,
        "associator": "back_projection",
        "travel_time": StraightRays(),
        "deepest_km": 20.0,
        "spacing_km": 10.0,
        "tolerance_s": 1.0,
        "min_picks": 2,
        "margin_km": 10.0,
    },
    "magnitude_counts": {"magnitude": POSITIVE, "bin_width": 0.1},
    "pick_onsets": {
        "signal": SIGNAL,
        "sampling_hz": 10.0,
        "short_s": 0.2,
        "long_s": 1.0,
        "on": 2.0,
        "off": 1.2,
        "refine_s": 0.5,
    },
    "stack_origin_times": {"origin_s": X, "width_s": 0.5},
}


def stretched(scale, seed):
    """Return a simulation of one number."""
    check_positive("scale", scale)
    return Simulated(np.array([scale * seed]), None, "a number", "always", seed)


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
    "make_network": {
        "geometry": "ring",
        "n_stations": 3,
        "extent_km": 50.0,
        "random_state": 0,
    },
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
}

PIN = {"name": "growth", "value": 5.18, "expected": 5.2, "abs": 0.1}

CALLS = {
    f"{package}.{name}": arguments
    for package, table in {
        "mlearth.datasets": DATASETS,
        "mlearth.evaluation": EVALUATION,
        "mlearth.learners": LEARNERS,
        "mlearth.plotting": PLOTTING,
        "mlearth.seismology": SEISMOLOGY,
        "mlearth.simulators": SIMULATORS,
    }.items()
    for name, arguments in table.items()
} | {"mlearth.pins.pin": PIN}
