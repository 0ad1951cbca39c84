"""A generator and a critic in Keras, for tables and for records, not trained yet."""

from __future__ import annotations

from typing import Annotated, Any

from .._arguments import CountOrZero, Positive, checked, count, wrong
from .keras_import import load_keras

Width = Annotated[int, count(1, 4096)]

__all__ = ["dense_contestants", "waveform_contestants"]


@checked
def dense_contestants(
    n_features: Width,
    n_conditions: Width,
    n_noise: Width = 8,
    n_units: Width = 64,
    random_state: CountOrZero = 0,
) -> tuple[Any, Any]:
    """Return a generator and a critic of rows of numbers.

    Parameters
    ----------
    n_features : int
        Numbers in a row.
    n_conditions : int
        Numbers that belong to it.
    n_noise : int
        Numbers of noise that a row is made of.
    n_units : int
        Units in each of two hidden layers.
    random_state : int
        Seed of the weights.

    Returns
    -------
    generator, critic : keras.Model
        As `train_wasserstein` takes them.

    Raises
    ------
    ValueError
        If a number is none from 1 to 4096.

    Examples
    --------
    ::

        generator, critic = dense_contestants(5, 4)
    """
    keras = load_keras()
    keras.utils.set_random_seed(random_state)

    def network(name: str, n_in: int, n_out: int) -> Any:
        given = [keras.Input((n_in,)), keras.Input((n_conditions,))]
        h = keras.layers.Concatenate()(given)
        for _ in range(2):
            h = keras.layers.Dense(n_units, "leaky_relu")(h)
        return keras.Model(given, keras.layers.Dense(n_out)(h), name=name)

    generator = network("generator", n_noise, n_features)
    return generator, network("critic", n_features, 1)


@checked
def waveform_contestants(
    n_samples: Width = 256,
    n_conditions: Width = 1,
    n_noise: Width = 32,
    n_channels: Width = 16,
    size_weight: Positive = 8.0,
    random_state: CountOrZero = 0,
) -> tuple[Any, Any]:
    """Return a generator and a critic of records, each with its size at the end.

    Parameters
    ----------
    n_samples : int
        Samples of a record, a multiple of 64. A row is the record with unit spread,
        and then its size, standardised and multiplied by `size_weight`.
    n_conditions : int
        Numbers that belong to a record.
    n_noise : int
        Numbers of noise that a record is made of.
    n_channels : int
        Channels of the widest place in time; twice as many where it is coarser.
    size_weight : float
        For how many samples, squared, the size counts, > 0.
    random_state : int
        Seed of the weights.

    Returns
    -------
    generator, critic : keras.Model
        As `train_wasserstein` takes them.

    Raises
    ------
    ValueError
        If n_samples is no multiple of 64, or a number is none from 1 to 4096.

    Examples
    --------
    ::

        generator, critic = waveform_contestants(256)
    """
    if n_samples % 64:
        raise wrong("n_samples", "a multiple of 64, which strides divide", n_samples)
    keras = load_keras()
    keras.utils.set_random_seed(random_state)
    sizes = n_samples, n_conditions, n_channels, size_weight
    return record_generator(keras, n_noise, *sizes), record_critic(keras, *sizes)


def record_generator(keras, n_noise, n_samples, n_conditions, n_channels, weight):
    """Return a network that makes records, from coarse to fine.

    Parameters
    ----------
    keras : module
        Keras.
    n_noise, n_samples, n_conditions, n_channels : int
        As in `waveform_contestants`.
    weight : float
        As `size_weight` there.

    Returns
    -------
    keras.Model
    """
    layers = keras.layers
    given = [keras.Input((n_noise,)), keras.Input((n_conditions,))]
    h = layers.Concatenate()(given)
    size = layers.Dense(1)(layers.Dense(32, "leaky_relu")(h))
    n, c = n_samples // 16, 2 * n_channels
    wave = layers.Reshape((n, c))(layers.Dense(n * c, "leaky_relu")(h))
    more = {"padding": "same", "strides": 4}
    wave = layers.Conv1DTranspose(n_channels, 8, activation="leaky_relu", **more)(wave)
    wave = layers.Flatten()(layers.Conv1DTranspose(1, 16, **more)(wave))
    row = layers.Concatenate()([wave, layers.Rescaling(weight)(size)])
    return keras.Model(given, row, name="generator")


def record_critic(keras, n_samples, n_conditions, n_channels, weight):
    """Return a network that scores records.

    Parameters
    ----------
    keras, n_samples, n_conditions, n_channels, weight
        As in `record_generator`.

    Returns
    -------
    keras.Model
    """
    layers = keras.layers
    given = [keras.Input((n_samples + 1,)), keras.Input((n_conditions,))]
    wave, size = given[0][:, :n_samples], given[0][:, n_samples:]
    wave = layers.Reshape((n_samples, 1))(wave)
    for c, taps in ((n_channels, 16), (2 * n_channels, 8), (2 * n_channels, 8)):
        wave = layers.Conv1D(c, taps, 4, "same", activation="leaky_relu")(wave)
    parts = [layers.Flatten()(wave), layers.Rescaling(1 / weight)(size), given[1]]
    h = layers.Dense(64, "leaky_relu")(layers.Concatenate()(parts))
    return keras.Model(given, layers.Dense(1)(h), name="critic")
