"""What a referee may ask the authors of a case to do again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier

from .worlds import World

__all__ = ["after", "reported"]

N_SETTINGS = 1000
SEED = 0


def reported(world: World) -> np.ndarray:
    """Return which test rows the authors got right, as they did it."""
    if world.main == "tuning":
        looked_at = world.test if world.leak == "tuning" else None
        return chosen(world, world.test, looked_at)
    return right(world, world.test)


def after(world: World, ablation: str) -> np.ndarray:
    """Return which rows are right when one thing is done otherwise."""
    if ablation == "label":
        return reported(without(world, "remark"))
    if ablation == "tuning":
        looked_at = world.test if world.leak == "tuning" else None
        if world.main == "tuning":
            return chosen(world, world.fresh, looked_at)
        return right(world, world.fresh)
    rows = np.concatenate([world.train, world.test])
    if ablation == "clock":
        rows = rows[np.argsort(world.day[rows], kind="stable")]
        return reported(world.split(*np.split(rows, [len(world.train)])))
    unit = world.event if ablation == "event" else world.block
    order = np.random.default_rng(SEED).permutation(np.unique(unit[rows]))
    count = np.cumsum([np.sum(unit[rows] == one) for one in order])
    held = np.isin(unit[rows], order[count <= max(len(world.test), count[0])])
    return reported(world.split(rows[~held], rows[held]))


def without(world: World, column: str) -> World:
    """Return the same world with one column less."""
    return replace(world, features=world.features.drop(columns=column))


def right(world: World, rows: np.ndarray) -> np.ndarray:
    """Return which rows a forest gets right that learned the training rows."""
    X, y = world.features.to_numpy(), world.label
    forest = ExtraTreesClassifier(40, max_features=None, random_state=SEED)
    forest.fit(X[world.train], y[world.train])
    return forest.predict(X[rows]) == y[rows]


def chosen(world: World, rows: np.ndarray, looked_at: np.ndarray | None) -> np.ndarray:
    """Return which rows the best of many settings gets right.

    A setting is a set of three columns, and a row belongs to the nearer mean of two
    classes. Settings are compared on rows `looked_at`, or on half of the training.
    """
    rng = np.random.default_rng(SEED)
    X, y = world.features.to_numpy(), world.label
    X = (X - X[world.train].mean(axis=0)) / X[world.train].std(axis=0)
    learn, judge = np.array_split(world.train, 2)
    judge = judge if looked_at is None else looked_at
    best, found = -1.0, None
    for _ in range(N_SETTINGS):
        columns = rng.choice(X.shape[1], 3, replace=False)
        some = rng.choice(learn, len(learn) // 2, replace=False)
        ok = nearer(X[:, columns], y, some)
        if ok[judge].mean() > best:
            best, found = ok[judge].mean(), ok[rows]
    return found


def nearer(X: np.ndarray, y: np.ndarray, learn: np.ndarray) -> np.ndarray:
    """Return which rows lie nearer to the mean of their own class."""
    means = [X[learn][y[learn] == k].mean(axis=0) for k in (0, 1)]
    off = [((X - mean) ** 2).sum(axis=1) for mean in means]
    return (off[1] < off[0]) == y
