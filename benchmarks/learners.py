"""Time every from-scratch learner beside scikit-learn's, and print one table.

Run it with ``make bench``. The data are made up, the two learners take turns, the best
of several turns counts, and the processor's time is taken, not the clock's, so that
other programs disturb it little. It is a record, not a test: nothing fails here.
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Iterator
from time import process_time

import numpy as np
import pandas as pd
from sklearn import ensemble, linear_model, neighbors, svm, tree
from sklearn.base import BaseEstimator

from mlearth import learners

N_SAMPLES, N_FEATURES = 10_000, 10
FEWER = {"KernelSVM": 1_000, "NearestNeighbors": 2_000}
"""Cases whose cost grows with the square of the samples, and how many they get."""


def make_data(n_samples: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return X (n_samples, 10), and numbers and labels that bend and interact."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n_samples, N_FEATURES))
    y = np.sin(X[:, 0]) + X[:, 1] * X[:, 2] + X[:, 3] + rng.normal(0, 0.3, n_samples)
    return X, y, (y > 0).astype(int)


def pairs() -> dict[str, tuple[BaseEstimator, BaseEstimator, bool]]:
    """Return for each case our learner, its peer, and whether it classifies."""
    leaf = {"min_samples_leaf": 5}
    trees = {"n_estimators": 10, "max_features": 3, "random_state": 0}
    ours = learners
    return {
        "LinearRegression": (
            ours.LinearRegression(),
            linear_model.LinearRegression(),
            False,
        ),
        "GradientDescentRegression": (
            ours.GradientDescentRegression(n_iter=100),
            linear_model.SGDRegressor(max_iter=100, tol=None, random_state=0),
            False,
        ),
        "Ridge": (ours.Ridge(), linear_model.Ridge(), False),
        "Lasso": (ours.Lasso(0.01), linear_model.Lasso(0.01), False),
        "HuberRegression": (
            ours.HuberRegression(),
            linear_model.HuberRegressor(),
            False,
        ),
        "Perceptron, 10 epochs": (
            ours.Perceptron(n_iter=10, random_state=0),
            linear_model.Perceptron(max_iter=10, tol=None, random_state=0),
            True,
        ),
        "Adaline, 10 epochs": (
            ours.Adaline(n_iter=10),
            linear_model.SGDClassifier("squared_error", max_iter=10, tol=None),
            True,
        ),
        "LogisticRegression": (
            ours.LogisticRegression(),
            linear_model.LogisticRegression(),
            True,
        ),
        "SoftmaxRegression": (
            ours.SoftmaxRegression(),
            linear_model.LogisticRegression(),
            True,
        ),
        "LinearSVM, 100 steps": (
            ours.LinearSVM(n_iter=100),
            svm.LinearSVC(loss="hinge", max_iter=100, random_state=0),
            True,
        ),
        "KernelSVM, 1,000 samples": (
            ours.KernelSVM(gamma=0.1),
            svm.SVC(gamma=0.1),
            True,
        ),
        "NearestNeighborsClassifier, 2,000 samples": (
            ours.NearestNeighborsClassifier(),
            neighbors.KNeighborsClassifier(algorithm="brute"),
            True,
        ),
        "NearestNeighborsRegressor, 2,000 samples": (
            ours.NearestNeighborsRegressor(),
            neighbors.KNeighborsRegressor(algorithm="brute"),
            False,
        ),
        "DecisionTreeClassifier, pure leaves": (
            ours.DecisionTreeClassifier(),
            tree.DecisionTreeClassifier(random_state=0),
            True,
        ),
        "DecisionTreeClassifier, 5 in a leaf": (
            ours.DecisionTreeClassifier(**leaf),
            tree.DecisionTreeClassifier(random_state=0, **leaf),
            True,
        ),
        "DecisionTreeRegressor, 1 in a leaf": (
            ours.DecisionTreeRegressor(),
            tree.DecisionTreeRegressor(random_state=0),
            False,
        ),
        "DecisionTreeRegressor, 5 in a leaf": (
            ours.DecisionTreeRegressor(**leaf),
            tree.DecisionTreeRegressor(random_state=0, **leaf),
            False,
        ),
        "RandomForestClassifier, 10 trees": (
            ours.RandomForestClassifier(**trees, **leaf),
            ensemble.RandomForestClassifier(oob_score=True, **trees, **leaf),
            True,
        ),
        "RandomForestRegressor, 10 trees": (
            ours.RandomForestRegressor(**trees, **leaf),
            ensemble.RandomForestRegressor(oob_score=True, **trees, **leaf),
            False,
        ),
    }


def seconds(work: Callable[..., object], *args: np.ndarray) -> float:
    """Return the processor time [s] of one call."""
    start = process_time()
    work(*args)
    return process_time() - start


def race(n_samples: int = N_SAMPLES, n_turns: int = 3) -> pd.DataFrame:
    """Return fit and prediction times [ms] of both, the best of several turns."""
    rows = {}
    for name, (ours, theirs, classifies) in pairs().items():
        fewer = [most for case, most in FEWER.items() if name.startswith(case)]
        X, y, labels = make_data(min([n_samples, *fewer]))
        target, times = labels if classifies else y, []
        for _ in range(n_turns):
            fits = [seconds(model.fit, X, target) for model in (ours, theirs)]
            asks = [seconds(model.predict, X) for model in (ours, theirs)]
            times.append(fits + asks)
        best = 1000 * np.maximum(np.min(times, axis=0), 1e-6)
        rows[name] = [best[0], best[1], best[0] / best[1], best[2], best[3]]
    columns = ["fit", "fit, library", "times as long", "predict", "predict, library"]
    return pd.DataFrame(rows, columns).T


def without_peer() -> Iterator[str]:
    """Yield the learners that the table does not hold: scikit-learn has no such one."""
    raced = {type(ours) for ours, _, _ in pairs().values()}
    for name in learners.__all__:
        found = getattr(learners, name)
        if inspect.isclass(found) and hasattr(found, "fit") and found not in raced:
            yield name


def main() -> None:
    """Race, and print the table."""
    warnings.simplefilter("ignore")  # of steps that had not converged
    print(f"Milliseconds of processor time, X of {N_SAMPLES:,} x {N_FEATURES}\n")
    print(race().round(1).to_string())
    print(f"\nWithout a peer: {', '.join(without_peer()) or 'none'}")
    print(
        "\nA node of a tree costs some thirty NumPy calls, about 0.1 ms however few "
        "samples it holds.\nA tree with some samples in a leaf is a few times slower "
        "than the library's compiled code,\nand one with a leaf for each sample, or a "
        "forest that tries few features in a node, ten times."
    )


if __name__ == "__main__":
    main()
