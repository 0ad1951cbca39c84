"""Two networks in a contest: custom training of a conditional Wasserstein GAN."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import (
    Accepted,
    CountOrZero,
    Matrix,
    NotNegative,
    Positive,
    checked,
    count,
    wrong,
)
from .._arguments.types import Array
from .keras_import import load_keras, load_tensorflow

__all__ = ["Contest", "generate_from", "train_wasserstein"]


def _has_two_inputs(value: Any) -> bool:
    """Tell whether a value is a Keras model of two inputs."""
    return len(getattr(value, "inputs", None) or ()) == 2


Pair = Accepted("a Keras model of two inputs", _has_two_inputs)
Generator = Annotated[Any, Pair]
Critic = Annotated[Any, Pair]
Steps = Annotated[int, count(1, 10**6)]
Few = Annotated[int, count(1, 100)]
Batch = Annotated[int, count(1, 10**5)]
Conditions = Annotated[ArrayLike, Array(("n_samples", "n_conditions"))]


@dataclass(frozen=True)
class Contest:
    """How a training went.

    Attributes
    ----------
    distances : ndarray, shape (n_steps,)
        The critic's estimate of the Wasserstein distance on the batch of each step:
        mean score of real samples minus that of made ones.
    penalties : ndarray, shape (n_steps,)
        Mean square by which the norms of its slopes missed 1.
    """

    distances: np.ndarray
    penalties: np.ndarray


def _fits(generator, critic, X: np.ndarray, conditions: np.ndarray, **_: Any) -> None:
    """Raise unless both networks take and give rows like those of X."""
    given = {"X": (X, critic.inputs[0]), "conditions": (conditions, critic.inputs[1])}
    for name, (table, slot) in given.items():
        if table.shape[1] != slot.shape[-1]:
            what = f"a table of {slot.shape[-1]} columns, as the critic takes"
            raise wrong(name, what, f"shape {table.shape}")
    if generator.output_shape[-1] != X.shape[1]:
        what = f"one that gives {X.shape[1]} numbers, as X has columns"
        raise wrong("generator", what, generator.output_shape[-1])
    if generator.inputs[1].shape[-1] != conditions.shape[1]:
        what = f"one that takes {conditions.shape[1]} conditions"
        raise wrong("generator", what, generator.inputs[1].shape[-1])


@checked(also=_fits)
def train_wasserstein(
    generator: Generator,
    critic: Critic,
    X: Matrix,
    conditions: Conditions,
    n_steps: Steps = 500,
    critic_steps: Few = 3,
    penalty: NotNegative = 10.0,
    n_batch: Batch = 64,
    eta: Positive = 0.0005,
    random_state: CountOrZero = 0,
) -> Contest:
    """Train a generator against a critic with gradient penalty.

    Parameters
    ----------
    generator : keras.Model
        Takes noise, shape (n, n_noise), and conditions, and gives rows like those of X.
    critic : keras.Model
        Takes rows and conditions, and gives one score each, a sum of any size.
    X : array_like, shape (n_samples, n_features)
        Real samples, standardised.
    conditions : array_like, shape (n_samples, n_conditions)
        What belongs to each of them, standardised.
    n_steps : int
        Steps of the generator, from 1 to a million.
    critic_steps : int
        Steps of the critic before each, from 1 to 100.
    penalty : float
        Weight of the mean squared miss of the critic's slopes from 1, >= 0.
    n_batch : int
        Samples drawn for each step, with replacement, from 1 to 100,000.
    eta : float
        Learning rate of both at first, > 0 (Adam without momentum); it falls to zero
        in a straight line, or the contest would never come to rest.
    random_state : int
        Seed of batches, noise and mixtures; the models have their own weights.

    Returns
    -------
    Contest
        What the critic said on the way; both models are changed in place.

    Raises
    ------
    ValueError
        If the models and the tables do not fit together.

    Notes
    -----
    ``gulrajani2017improved``. The conditions of made samples are those of the real
    ones of the same batch.

    Examples
    --------
    ::

        contest = train_wasserstein(generator, critic, X, conditions, n_steps=500)
        made = generate_from(generator, conditions, random_state=1)
    """
    rng = np.random.default_rng(random_state)
    step, rates = contest_step(generator, critic, critic_steps, penalty)
    tables = X.astype("float32"), conditions.astype("float32")
    n_noise = generator.inputs[0].shape[-1]
    told = np.empty((n_steps, 2))
    for k in range(n_steps):
        for rate in rates:
            rate.assign(eta * (1 - k / n_steps))
        shape = (critic_steps + 1, n_batch)
        rows = rng.integers(0, len(X), shape)
        noise = rng.normal(size=(*shape, n_noise)).astype("float32")
        share = rng.uniform(size=(*shape, 1)).astype("float32")
        told[k] = step(tables[0][rows], tables[1][rows], noise, share)
    return Contest(told[:, 0], told[:, 1])


def contest_step(generator, critic, critic_steps: int, penalty: float):
    """Return a compiled function that takes some steps of a critic, then one more.

    Parameters
    ----------
    generator, critic : keras.Model
        As in `train_wasserstein`.
    critic_steps : int
        Steps of the critic.
    penalty : float
        As in `train_wasserstein`.

    Returns
    -------
    step : function
        Takes batches of real samples, conditions, noise and shares for each step.
    rates : list of keras.Variable
        The learning rates of generator and critic.
    """
    keras, tf = load_keras(), load_tensorflow()
    optimisers = []
    for model in (generator, critic):
        optimiser = keras.optimizers.Adam(beta_1=0.0, beta_2=0.9)
        optimiser.build(model.trainable_variables)
        optimisers.append(optimiser)

    def walk(optimiser, model, tape, loss):
        slopes = tape.gradient(loss, model.trainable_variables)
        optimiser.apply_gradients(zip(slopes, model.trainable_variables, strict=True))

    def critic_step(x, c, noise, share):
        made = generator([noise, c])
        with tf.GradientTape() as tape:
            apart = tf.reduce_mean(critic([x, c]) - critic([made, c]))
            miss = slope_miss(tf, critic, share * x + (1 - share) * made, c)
            loss = penalty * miss - apart
        walk(optimisers[1], critic, tape, loss)
        return apart, miss

    @tf.function
    def step(x, c, noise, share):
        for k in range(critic_steps):
            apart, miss = critic_step(x[k], c[k], noise[k], share[k])
        with tf.GradientTape() as tape:
            loss = -tf.reduce_mean(critic([generator([noise[-1], c[-1]]), c[-1]]))
        walk(optimisers[0], generator, tape, loss)
        return tf.stack([apart, miss])

    return step, [optimiser.learning_rate for optimiser in optimisers]


def slope_miss(tf: Any, critic: Any, x: Any, c: Any) -> Any:
    """Return the mean squared miss of a critic's slopes from 1, by its input.

    Parameters
    ----------
    tf : module
        TensorFlow.
    critic : keras.Model
        As in `train_wasserstein`.
    x, c : tf.Tensor
        Where to ask, and the conditions there.

    Returns
    -------
    tf.Tensor
        One number, which can be differentiated by the critic's weights.
    """
    with tf.GradientTape() as tape:
        tape.watch(x)
        score = critic([x, c])
    slopes = tape.gradient(score, x)
    norms = tf.sqrt(tf.reduce_sum(slopes**2, axis=1) + 1e-12)
    return tf.reduce_mean((norms - 1) ** 2)


@checked
def generate_from(
    generator: Generator, conditions: Conditions, random_state: CountOrZero = 0
) -> np.ndarray:
    """Return one made sample for each row of conditions.

    Parameters
    ----------
    generator : keras.Model
        As in `train_wasserstein`.
    conditions : array_like, shape (n_samples, n_conditions)
        What each sample is to belong to.
    random_state : int
        Seed of the noise.

    Returns
    -------
    ndarray, shape (n_samples, n_features)

    Raises
    ------
    ValueError
        If the generator has not two inputs, or the table has not its columns.

    Examples
    --------
    ::

        made = generate_from(generator, conditions, random_state=1)
    """
    n_noise, n_conditions = (slot.shape[-1] for slot in generator.inputs)
    if conditions.shape[1] != n_conditions:
        what = f"a table of {n_conditions} columns, as the generator takes"
        raise wrong("conditions", what, f"shape {conditions.shape}")
    rng = np.random.default_rng(random_state)
    noise = rng.normal(size=(len(conditions), n_noise))
    given = noise.astype("float32"), conditions.astype("float32")
    parts = zip(*(np.array_split(a, len(a) // 500 + 1) for a in given), strict=True)
    return np.concatenate([np.asarray(generator(list(p)), float) for p in parts])
