"""Two networks against each other: their losses, their gradients and one step.

The critic scores samples; the generator makes samples of noise. Each is a list of
layers, as `mlearth.learners.forward` takes them.
"""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import Matrix, NotNegative, Vector, checked, wrong
from ..._arguments.types import Array, OtherVector
from ..linear.logistic_regression import sigmoid
from ._types import Activation, Layer, Layers
from .backpropagation import backward, forward
from .slope_penalty import input_slopes, slope_penalty

__all__ = [
    "adversarial_blame",
    "adversarial_losses",
    "critic_gradient",
    "generator_gradient",
    "optimal_discriminator",
]

Contest = Literal["minimax", "non_saturating", "wasserstein"]
Densities = Annotated[
    ArrayLike, Array(("n_samples",), "densities, numbers >= 0", lambda a: a >= 0)
]
Made = Annotated[ArrayLike, Array(("n_made", "n_features"))]
Mixed = Annotated[ArrayLike, Array(("n_mixed", "n_features"))]
Noise = Annotated[ArrayLike, Array(("n_made", "n_noise"))]


@checked
def optimal_discriminator(p: Densities, q: Densities) -> np.ndarray:
    """Return the probability of being real that no discriminator can better.

    Parameters
    ----------
    p : array_like, shape (n,)
        Density of real samples at some places, >= 0.
    q : array_like, shape (n,)
        Density of made samples there, >= 0, in the same unit.

    Returns
    -------
    ndarray, shape (n,)
        ``p / (p + q)``, in [0, 1]; 0.5 where neither occurs.

    Raises
    ------
    ValueError
        If a density is negative, or the lengths differ.

    Notes
    -----
    ``goodfellow2014generative``.

    Examples
    --------
    >>> optimal_discriminator([0.3, 0.1, 0.0], [0.1, 0.1, 0.0]).round(2).tolist()
    [0.75, 0.5, 0.5]
    """
    largest = np.maximum(p, q)
    occurs = largest > 0
    scale = np.where(occurs, largest, 1)  # the least densities keep their digits
    p, q = p / scale, q / scale
    return np.where(occurs, p / np.where(occurs, p + q, 1), 0.5)


@checked
def adversarial_losses(
    real: Vector, made: OtherVector, contest: Contest = "non_saturating"
) -> tuple[float, float]:
    """Return what the critic and the generator have to make small.

    Parameters
    ----------
    real : array_like, shape (n,)
        Scores of real samples; the logit of being real, but for "wasserstein".
    made : array_like, shape (m,)
        Scores of made samples.
    contest : {"minimax", "non_saturating", "wasserstein"}
        The generator lowers the chance to be found out; raises the chance to pass; or
        both move mean scores apart and together.

    Returns
    -------
    critic : float
        Cross-entropy [nat], or the mean score of made samples minus that of real ones.
    generator : float

    Raises
    ------
    ValueError
        If the scores are no finite vectors, or the contest is none of the three.

    Notes
    -----
    ``goodfellow2014generative`` and ``arjovsky2017wasserstein``. The penalty on slopes
    is not in it: see `slope_penalty`.

    Examples
    --------
    >>> [round(loss, 4) for loss in adversarial_losses([0.0], [0.0], "minimax")]
    [1.3863, -0.6931]
    >>> adversarial_losses([3.0, 5.0], [1.0], "wasserstein")
    (-3.0, -1.0)
    """
    if contest == "wasserstein":
        return float(made.mean() - real.mean()), float(-made.mean())
    # Critic: minus the logarithm of what it gives to the truth
    critic = np.logaddexp(0, -real).mean() + np.logaddexp(0, made).mean()
    if contest == "minimax":
        return float(critic), float(-np.logaddexp(0, made).mean())
    return float(critic), float(np.logaddexp(0, -made).mean())


@checked
def adversarial_blame(
    real: Vector, made: OtherVector, contest: Contest = "non_saturating"
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the derivatives of both losses by the scores.

    Parameters
    ----------
    real, made, contest
        As in `adversarial_losses`.

    Returns
    -------
    critic_real : ndarray, shape (n,)
        Of the critic's loss by the scores of real samples.
    critic_made : ndarray, shape (m,)
        Of the critic's loss by the scores of made samples.
    generator_made : ndarray, shape (m,)
        Of the generator's loss by these.

    Raises
    ------
    ValueError
        As in `adversarial_losses`.

    Examples
    --------
    >>> [d.tolist() for d in adversarial_blame([0.0], [0.0], "minimax")]
    [[-0.5], [0.5], [-0.5]]
    """
    n, m = len(real), len(made)
    # Blame: how each loss changes with each score
    if contest == "wasserstein":
        return np.full(n, -1 / n), np.full(m, 1 / m), np.full(m, -1 / m)
    found = sigmoid(made) / m
    generator = -found if contest == "minimax" else -sigmoid(-made) / m
    return -sigmoid(-real) / n, found, generator


def _critic_fits(
    critic: list[Layer], real: np.ndarray, mixed=None, **_: object
) -> None:
    """Raise unless the critic takes the samples and gives one score."""
    input_slopes(critic, real)
    if mixed is not None and np.shape(mixed)[1:] != real.shape[1:]:
        what = f"None or a table of {real.shape[1]} columns"
        raise wrong("mixed", what, f"shape {np.shape(mixed)}")


@checked(also=_critic_fits)
def critic_gradient(
    critic: Layers,
    real: Matrix,
    made: Made,
    contest: Contest = "non_saturating",
    activation: Activation = "tanh",
    penalty: NotNegative = 0.0,
    mixed: Mixed | None = None,
) -> list[Layer]:
    """Return the derivatives of the critic's loss by its weights and biases.

    Parameters
    ----------
    critic : list of (W, b)
        A network of one output, as in `forward`.
    real : array_like, shape (n, n_features)
        Real samples.
    made : array_like, shape (m, n_features)
        Made samples.
    contest : {"minimax", "non_saturating", "wasserstein"}
        As in `adversarial_losses`.
    activation : {"tanh", "relu", "sigmoid", "identity"}
        As in `forward`.
    penalty : float
        Weight of `slope_penalty`, >= 0.
    mixed : array_like, shape (k, n_features), optional
        Where the slopes are asked for; needed if penalty > 0.

    Returns
    -------
    list of (dW, db)

    Raises
    ------
    ValueError
        If the arrays do not fit together, or mixed is missing.

    Notes
    -----
    ``gulrajani2017improved`` for the penalty.

    Examples
    --------
    >>> critic = [(np.array([[2.0]]), np.zeros(1))]
    >>> [(dW, db)] = critic_gradient(critic, [[1.0]], [[0.0]], "wasserstein")
    >>> dW.tolist(), db.tolist()
    ([[-1.0]], [0.0])
    """
    if penalty and mixed is None:
        raise wrong("mixed", "given, since penalty > 0", None)
    A, B = forward(critic, real, activation), forward(critic, made, activation)
    # Blame: how the loss changes with each score
    blame, found, _ = adversarial_blame(A[-1][:, 0], B[-1][:, 0], contest)
    parts = [
        backward(critic, A, blame[:, None], activation),
        backward(critic, B, found[:, None], activation),
    ]
    if penalty:
        # Keep it level: the miss of its slopes
        miss = slope_penalty(critic, mixed, activation)[1]
        parts.append([(penalty * dW, penalty * db) for dW, db in miss])
    return [
        (sum(dW for dW, _ in layer), sum(db for _, db in layer))
        for layer in zip(*parts, strict=True)
    ]


@checked
def generator_gradient(
    generator: Layers,
    critic: Layers,
    noise: Matrix,
    contest: Contest = "non_saturating",
    activation: Activation = "tanh",
) -> list[Layer]:
    """Return the derivatives of the generator's loss by its weights and biases.

    Parameters
    ----------
    generator : list of (W, b)
        It takes noise and gives samples.
    critic : list of (W, b)
        A network of one output, as in `forward`; it is not changed.
    noise : array_like, shape (m, n_noise)
        What the samples are made of.
    contest : {"minimax", "non_saturating", "wasserstein"}
        As in `adversarial_losses`.
    activation : {"tanh", "relu", "sigmoid", "identity"}
        As in `forward`, of both networks.

    Returns
    -------
    list of (dW, db)
        Of the shapes of `generator`.

    Raises
    ------
    ValueError
        If the networks or the noise do not fit together.

    Examples
    --------
    >>> pair = [(np.array([[2.0]]), np.zeros(1))], [(np.array([[3.0]]), np.zeros(1))]
    >>> generator_gradient(*pair, [[1.0]], "wasserstein")[0][0].tolist()
    [[-3.0]]
    """
    G = forward(generator, noise, activation)
    # Blame: how the loss changes with each score
    score = forward(critic, G[-1], activation)[-1][:, 0]
    blame = adversarial_blame(score, score, contest)[2]
    # Through the critic: how each score changes with each sample
    delta = blame[:, None] * input_slopes(critic, G[-1], activation)
    return backward(generator, G, delta, activation)
