"""What one process does for `train_replicas`, run as a script: ``replica.py JOB OUT``.

A process of its own, since TensorFlow fixes its devices when it is first used. It needs
nothing else of the package, which would cost each process its memory.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["main"]

NOT_NEEDED = ("h5py", "matplotlib", "pandas", "PIL", "scipy", "sklearn")
"""What Keras would import where it finds it: 140 MB in every process."""


def import_for(strategy: str, n_replicas: int) -> tuple[Any, Any, Any]:
    """Import TensorFlow with the devices that a strategy needs.

    Parameters
    ----------
    strategy : {"one", "mirrored", "workers"}
        As in `train_replicas`.
    n_replicas : int
        Number of replicas in all.

    Returns
    -------
    keras, tensorflow : module
    strategy : tensorflow.distribute.Strategy
    """
    for name in NOT_NEEDED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    import keras
    import tensorflow as tf

    keras.config.set_floatx("float64")
    tf.config.experimental.enable_op_determinism()
    keras.utils.set_random_seed(0)
    if strategy == "workers":  # who else there is stands in TF_CONFIG
        return keras, tf, tf.distribute.MultiWorkerMirroredStrategy()
    n_devices = n_replicas if strategy == "mirrored" else 1
    cpu = tf.config.list_physical_devices("CPU")[0]
    parts = [tf.config.LogicalDeviceConfiguration()] * n_devices
    tf.config.set_logical_device_configuration(cpu, parts)
    names = [f"CPU:{k}" for k in range(n_devices)]
    return keras, tf, tf.distribute.MirroredStrategy(names)


def step_of(
    network: Any, optimiser: Any, tf: Any, strategy: Any, n_rows: int
) -> Callable:
    """Return a function that takes one step on the shards of all replicas.

    Parameters
    ----------
    network : keras.Model
        With one copy of its weights on each replica.
    optimiser : keras.optimizers.Optimizer
        It adds up the gradients of the replicas.
    tf : module
        TensorFlow.
    strategy : tensorflow.distribute.Strategy
        Which replicas there are.
    n_rows : int
        Rows of the batch, over all replicas.

    Returns
    -------
    function
        Takes samples and targets, one shard for each replica.
    """

    def on_one(X: Any, Y: Any) -> None:
        with tf.GradientTape() as tape:
            # divided by the rows of all, so that the sum over replicas is the mean
            error = network(X, training=True) - Y
            loss = tf.reduce_sum(error**2) / 2 / n_rows
        weights = network.trainable_variables
        gradient = tape.gradient(loss, weights)
        optimiser.apply_gradients(zip(gradient, weights, strict=True))

    return tf.function(lambda X, Y: strategy.run(on_one, args=(X, Y)))


def network_of(keras: Any, given: dict) -> Any:
    """Build the network that a job describes.

    Parameters
    ----------
    keras : module
        Keras, in double precision.
    given : dict
        What `train_replicas` wrote.

    Returns
    -------
    keras.Sequential
    """
    weights = [
        given[f"{part}{k}"] for k in range(int(given["n_layers"])) for part in "Wb"
    ]
    bend = str(given["activation"])
    network = keras.Sequential([keras.Input((len(weights[0]),))])
    for b in weights[1:-2:2]:
        network.add(keras.layers.Dense(len(b), None if bend == "identity" else bend))
    network.add(keras.layers.Dense(len(weights[-1])))
    network.set_weights(weights)
    return network


def main(job: str, answer: str) -> None:
    """Train as a file says, and write the weights to another.

    Parameters
    ----------
    job : str
        Path of a file that `train_replicas` wrote.
    answer : str
        Path of the file to write.
    """
    given = dict(np.load(job))
    n = int(given["n_replicas"])
    keras, tf, strategy = import_for(str(given["strategy"]), n)
    ends = [len(rows) for rows in np.array_split(given["X"], n)]
    cuts = [slice(*pair) for pair in itertools.pairwise(np.cumsum([0, *ends]))]
    with strategy.scope():
        network = network_of(keras, given)
        optimiser = keras.optimizers.SGD(float(given["eta"]))
        optimiser.build(network.trainable_variables)

    def dealt(table: np.ndarray) -> Any:
        return strategy.experimental_distribute_values_from_function(
            lambda replica: tf.constant(table[cuts[replica.replica_id_in_sync_group]])
        )

    X, Y = dealt(given["X"]), dealt(given["Y"])
    step = step_of(network, optimiser, tf, strategy, len(given["X"]))
    started = []
    for _ in range(int(given["n_steps"])):
        started.append(time.perf_counter())
        step(X, Y)
    started.append(time.perf_counter())
    np.savez(answer, *network.get_weights(), seconds=np.median(np.diff(started)))


if __name__ == "__main__":
    main(*sys.argv[1:])
