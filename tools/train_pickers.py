"""Train the networks of the kit "picking and association", and write their weights.

Run ``python tools/train_pickers.py`` from the top: some six minutes on one core, twelve
trainings of half a minute. Another machine sums in another order, so that the weights
differ in their last digits: then see in ``tests/test_picking_and_association.py`` and
on the page whether the scores still hold.
"""

import sys
from time import process_time

import numpy as np

from mlearth.projects.picking_and_association import make_data
from mlearth.projects.picking_and_association.pickers import (
    LESSONS,
    WEIGHTS,
    train_picker,
)

SEEDS = (0, 1, 2)


def flat(network) -> np.ndarray:
    """Return all weights of a network in one row, in half precision."""
    parts = [part.ravel() for part in network.get_weights()]
    return np.concatenate(parts).astype(np.float16)


def train(lessons=LESSONS) -> dict[str, np.ndarray]:
    """Return the weights of each lesson and seed, by the names that are read."""
    training, found = make_data("training"), {}
    for lesson in lessons:
        for seed in SEEDS:
            start = process_time()
            network = train_picker(training, lesson, seed)
            found[f"{lesson.replace(' ', '-')}_{seed}"] = flat(network)
            print(lesson, seed, f"{process_time() - start:.0f} s", flush=True)
    return found


if __name__ == "__main__":
    kept = {}
    if WEIGHTS.exists() and sys.argv[1:]:
        with np.load(WEIGHTS) as file:
            kept = {name: file[name] for name in file.files}
    np.savez_compressed(WEIGHTS, **kept | train(sys.argv[1:] or LESSONS))
