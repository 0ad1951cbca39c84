"""Travel times from a network whose loss is the eikonal equation, not data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import (
    CountOrZero,
    Function,
    Matrix,
    Positive,
    check_positive,
    checked,
    count,
    shown,
    wrong,
)
from .._arguments.types import Array
from .keras_import import load_keras, load_tensorflow

__all__ = ["EikonalNetwork", "train_eikonal_network"]

Few = Annotated[int, count(1, 1000)]
Many = Annotated[int, count(1, 20_000)]
Point = Annotated[ArrayLike, Array(("two",), "two numbers")]


@dataclass(frozen=True, eq=False)
class EikonalNetwork:
    """Travel times of one source, as a network learned them.

    Attributes
    ----------
    network : keras.Sequential
        Takes points in units of half the extent, about its middle, and returns the
        logarithm of the factor by which the straight time is off.
    source_km : ndarray, shape (2,)
        Distance and depth of the source.
    source_speed_km_s : float
        Speed at the source.
    extent_km : ndarray, shape (2,)
        Width and depth of the section.
    misfit : ndarray, shape (n_steps,)
        Mean square of what the eikonal equation leaves over, at each step.
    """

    network: Any = field(repr=False)
    source_km: np.ndarray
    source_speed_km_s: float
    extent_km: np.ndarray
    misfit: np.ndarray

    @checked
    def times_s(self, points_km: Matrix) -> np.ndarray:
        """Return travel times at points.

        Parameters
        ----------
        points_km : array_like, shape (n_points, 2)
            Distances and depths.

        Returns
        -------
        ndarray, shape (n_points,)
            Times [s].

        Raises
        ------
        ValueError
            If the points have not two columns.
        """
        if points_km.shape[1] != 2:
            accepted = "of two columns, distance and depth"
            raise wrong("points_km", accepted, f"{points_km.shape[1]}")
        x = (2 * points_km / self.extent_km - 1).astype("float32")
        factor = np.exp(np.asarray(self.network(x))[:, 0].astype(float))
        straight = np.hypot(*(points_km - self.source_km).T)
        return straight / self.source_speed_km_s * factor


def check_section(source_km: np.ndarray, extent_km: np.ndarray, **others) -> None:
    """Insist on a source inside of a section that has an area."""
    if source_km.shape != (2,) or extent_km.shape != (2,):
        raise wrong("source_km", "two numbers, and extent_km too", shown(source_km))
    for name, value in zip(("width", "depth"), extent_km, strict=True):
        check_positive(f"extent_km, its {name}", value)
    if not ((source_km >= 0) & (source_km <= extent_km)).all():
        raise wrong("source_km", "within the section", shown(source_km.tolist()))


@checked(also=check_section)
def train_eikonal_network(
    speed_km_s: Function,
    source_km: Point,
    extent_km: Point,
    hidden: Few = 32,
    steps: Many = 1000,
    n_points: Few = 256,
    learning_rate: Positive = 0.003,
    random_state: CountOrZero = 0,
) -> EikonalNetwork:
    """Train a network to obey the eikonal equation; no travel time is shown to it.

    The time is factored into the straight one, at the speed of the source, and a
    factor that is 1 at the source. The network, of three hidden layers, says the
    logarithm of the factor. At points drawn anew in each step, the loss is the mean
    square of ``speed**2 * |gradient of time|**2 - 1``.

    Parameters
    ----------
    speed_km_s : callable
        Takes points, shape (n_points, 2), distance and depth [km], and returns speeds
        [km/s], > 0, shape (n_points,).
    source_km : array_like, shape (2,)
        Distance and depth of the source, within the section.
    extent_km : array_like, shape (2,)
        Width and depth of the section, which begins at 0, > 0.
    hidden : int
        Units in each of three hidden layers.
    steps : int
        Steps of Adam, whose learning rate falls to a hundredth.
    n_points : int
        Points in each step.
    learning_rate : float
        Of the first step, > 0.
    random_state : int
        Seed of weights and points.

    Returns
    -------
    EikonalNetwork
        Which tells times at any point.

    Raises
    ------
    ValueError
        If an argument is not as described, or a speed is not > 0.

    Notes
    -----
    ``raissi2019physics`` train networks by equations, ``smith2021eikonet`` by this one.
    Nothing asks for the *first* arrival: where waves cross, the equation alone does not
    say which time counts.

    Examples
    --------
    ::

        learned = train_eikonal_network(lambda p: 3 + 0.1 * p[:, 1], [0, 0], [40, 20])
        learned.times_s([[10.0, 5.0]])
    """
    tf, keras = load_tensorflow(), load_keras()
    points = np.random.default_rng(random_state).uniform(
        0, extent_km, size=(steps * n_points, 2)
    )
    slowness = 1 / speeds(speed_km_s, np.vstack([points, source_km]))
    given = parts_of(points, slowness, source_km)
    network = small_network(keras, hidden, random_state)
    rate = keras.optimizers.schedules.CosineDecay(learning_rate, steps, alpha=0.01)
    step = make_step(tf, network, keras.optimizers.Adam(rate), extent_km)
    batches = [tf.constant(a.reshape(steps, n_points, -1), "float32") for a in given]
    misfit = step.get_concrete_function(*batches)(*batches).numpy().astype(float)
    origin = 1 / float(slowness[-1])
    return EikonalNetwork(network, source_km, origin, extent_km, misfit)


def speeds(speed_km_s: Callable, points_km: np.ndarray) -> np.ndarray:
    """Return the speeds that a function gives, if they are such."""
    found = np.asarray(speed_km_s(points_km), dtype=float)
    accepted = "a function that returns one speed > 0 for each point"
    if found.shape != (len(points_km),) or not (found > 0).all():
        raise wrong("speed_km_s", accepted, shown(found))
    return found


def parts_of(
    points: np.ndarray, slowness: np.ndarray, source_km: np.ndarray
) -> list[np.ndarray]:
    """Return points, straight times, their gradients and squared slowness."""
    away = points - source_km
    r = np.maximum(np.hypot(*away.T), 1e-9)[:, None]
    return [
        points,
        r * slowness[-1],
        away / r * slowness[-1],
        (slowness[:-1] ** 2)[:, None],
    ]


def small_network(keras: Any, hidden: int, random_state: int) -> Any:
    """Return three hidden layers and a number, which is 0 before training."""
    keras.utils.set_random_seed(random_state)
    layers = [keras.layers.Dense(hidden, "tanh") for _ in range(3)]
    last = keras.layers.Dense(1, kernel_initializer="zeros")
    return keras.Sequential([keras.Input((2,)), *layers, last])


def make_step(tf: Any, network: Any, adam: Any, extent_km: np.ndarray) -> Callable:
    """Return the compiled loop over batches of points."""
    scale = tf.constant(2 / extent_km, "float32")
    adam.build(network.trainable_variables)

    def misfit(points, straight, slope, slowness2):
        x = points * scale - 1
        with tf.GradientTape() as inner:
            inner.watch(x)
            log_factor = network(x)
        bend = inner.gradient(log_factor, x) * scale
        gradient = tf.exp(log_factor) * (slope + straight * bend)
        left = tf.reduce_sum(gradient**2, axis=1, keepdims=True) / slowness2 - 1
        return tf.reduce_mean(left**2)

    @tf.function
    def step(*batch):
        trail = tf.TensorArray(tf.float32, size=tf.shape(batch[0])[0])
        for k in tf.range(tf.shape(batch[0])[0]):
            with tf.GradientTape() as outer:
                loss = misfit(*[part[k] for part in batch])
            slopes = outer.gradient(loss, network.trainable_variables)
            adam.apply(slopes, network.trainable_variables)
            trail = trail.write(k, loss)
        return trail.stack()

    return step
