"""Two networks that learn in turn: one step, and a whole contest."""

from __future__ import annotations

from typing import Annotated

from numpy.typing import ArrayLike

from ..._arguments import (
    Matrix,
    NotNegative,
    Positive,
    RandomState,
    check_seed,
    checked,
    trust,
    wrong,
)
from ..._arguments.types import Array
from ._types import Activation, Layer, Layers, Many
from .adversarial import Contest, Noise, critic_gradient, generator_gradient
from .backpropagation import forward
from .optimisers import adam_step
from .slope_penalty import input_slopes
from .starting_weights import pack, unpack

__all__ = ["adversarial_step", "adversarial_walk"]

Shares = Annotated[
    ArrayLike,
    Array(("n_samples",), "shares in [0, 1]", lambda a: (a >= 0) & (a <= 1)),
]


def _match(generator: list[Layer], critic: list[Layer], real, **_: object) -> None:
    """Raise unless the generator makes what the critic takes, rows like real ones."""
    input_slopes(critic, real)
    if len(generator[-1][1]) != real.shape[1]:
        what = f"a network that gives {real.shape[1]} numbers, as real has columns"
        raise wrong("generator", what, len(generator[-1][1]))


def _as_many(
    generator, critic, real, noise, share=None, penalty=0.0, **_: object
) -> None:
    """Raise unless there is a mixture for each real sample, if one is needed."""
    _match(generator, critic, real)
    if penalty and share is None:
        raise wrong("share", "given, since penalty > 0", None)
    if penalty and len(noise) != len(real):
        what = f"{len(real)} rows, as many as real, since penalty > 0"
        raise wrong("noise", what, len(noise))


def moved(layers: list[Layer], gradient: list[Layer], eta: float) -> list[Layer]:
    """Return layers after one step downhill.

    Parameters
    ----------
    layers, gradient : list of (W, b)
        Weights, and the derivatives of the loss by them.
    eta : float
        Learning rate.

    Returns
    -------
    list of (W, b)
    """
    pairs = zip(layers, gradient, strict=True)
    return [(W - eta * dW, b - eta * db) for (W, b), (dW, db) in pairs]


@checked(also=_as_many)
def adversarial_step(
    generator: Layers,
    critic: Layers,
    real: Matrix,
    noise: Noise,
    contest: Contest = "non_saturating",
    activation: Activation = "tanh",
    eta: Positive = 0.01,
    penalty: NotNegative = 0.0,
    share: Shares | None = None,
) -> tuple[list[Layer], list[Layer]]:
    """Take one step with the critic, then one with the generator against it.

    Parameters
    ----------
    generator, critic : list of (W, b)
        As in `generator_gradient`.
    real : array_like, shape (n, n_features)
        Real samples.
    noise : array_like, shape (m, n_noise)
        What the made samples are made of, the same in both steps.
    contest : {"minimax", "non_saturating", "wasserstein"}
        As in `adversarial_losses`.
    activation : {"tanh", "relu", "sigmoid", "identity"}
        As in `forward`, of both networks.
    eta : float
        Learning rate of both, > 0.
    penalty : float
        Weight of `slope_penalty`, >= 0.
    share : array_like, shape (n,), optional
        Of each real sample in its mixture with a made one, 0 to 1; needed, and m = n,
        if penalty > 0.

    Returns
    -------
    generator, critic : list of (W, b)
        New ones; those that came are not changed.

    Raises
    ------
    ValueError
        If the networks and arrays do not fit together.

    Notes
    -----
    ``goodfellow2014generative``.

    Examples
    --------
    >>> import numpy as np
    >>> pair = [(np.array([[0.0]]), np.zeros(1))], [(np.array([[1.0]]), np.zeros(1))]
    >>> (G,), (C,) = adversarial_step(*pair, [[2.0]], [[1.0]], "wasserstein", eta=0.5)
    >>> C[0].item(), G[0].item()
    (2.0, 1.0)
    """
    made = forward(generator, noise, activation)[-1]
    mixed = None
    if penalty:
        # Mix: somewhere between a real sample and a made one
        mixed = share[:, None] * real + (1 - share[:, None]) * made
    given = real, made, contest, activation, penalty, mixed
    # Critic: one step towards telling them apart
    critic = moved(critic, critic_gradient(critic, *given), eta)
    # Generator: one step against the critic as it is now
    slopes = generator_gradient(generator, critic, noise, contest, activation)
    return moved(generator, slopes, eta), critic


@checked(also=_match)
def adversarial_walk(
    generator: Layers,
    critic: Layers,
    real: Matrix,
    contest: Contest = "non_saturating",
    activation: Activation = "tanh",
    n_turns: Many = 1000,
    critic_steps: Many = 1,
    generator_steps: Many = 1,
    n_batch: Many = 64,
    eta: Positive = 0.001,
    penalty: NotNegative = 0.0,
    random_state: RandomState = None,
) -> tuple[list[Layer], list[Layer]]:
    """Let a critic and a generator learn in turn, by Adam.

    Parameters
    ----------
    generator, critic : list of (W, b)
        Where they start. As many numbers of noise are drawn, from the normal law, as
        the generator takes.
    real : array_like, shape (n_samples, n_features)
        Real samples.
    contest, activation
        As in `adversarial_step`.
    n_turns : int
        How often both have their turn.
    critic_steps, generator_steps : int
        Steps that each takes in its turn.
    n_batch : int
        Samples drawn for each step, with replacement, and as many made.
    eta, penalty
        As in `adversarial_step`.
    random_state : int, numpy.random.Generator or None
        Seed of batches, noise and mixtures.

    Returns
    -------
    generator, critic : list of (W, b)
        New ones; those that came are not changed.

    Raises
    ------
    ValueError
        If the networks and the samples do not fit together.

    Notes
    -----
    ``goodfellow2014generative`` and ``gulrajani2017improved``; Adam remembers half of
    its last step, not nine tenths, since what it follows turns as the other learns.

    Examples
    --------
    >>> import numpy as np
    >>> from mlearth.learners import initial_weights
    >>> real = np.random.default_rng(0).normal(3, 1, (500, 1))
    >>> pair = initial_weights([1, 8, 1], random_state=1), initial_weights([1, 8, 1])
    >>> G, C = adversarial_walk(*pair, real, n_turns=3, random_state=0)
    >>> forward(G, [[0.0]])[-1].shape
    (1, 1)
    """
    rng = check_seed("random_state", random_state)
    sizes = [
        [len(layers[0][0]), *(len(b) for _, b in layers)]
        for layers in (generator, critic)
    ]
    G, C, memories = pack(generator), pack(critic), [None, None]
    with trust():
        for _ in range(n_turns):
            generator = unpack(G, sizes[0])
            for _ in range(critic_steps):
                x = real[rng.integers(0, len(real), n_batch)]
                z = rng.normal(size=(n_batch, sizes[0][0]))
                made = forward(generator, z, activation)[-1]
                share = rng.uniform(size=(n_batch, 1))
                mixed = share * x + (1 - share) * made if penalty else None
                given = x, made, contest, activation, penalty, mixed
                slopes = pack(critic_gradient(unpack(C, sizes[1]), *given))
                change, memories[1] = adam_step(slopes, memories[1], eta, 0.5)
                C = C + change
            critic = unpack(C, sizes[1])
            for _ in range(generator_steps):
                z = rng.normal(size=(n_batch, sizes[0][0]))
                given = critic, z, contest, activation
                slopes = pack(generator_gradient(unpack(G, sizes[0]), *given))
                change, memories[0] = adam_step(slopes, memories[0], eta, 0.5)
                G = G + change
    return unpack(G, sizes[0]), unpack(C, sizes[1])
