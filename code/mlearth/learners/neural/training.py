"""The walk of a network to a small loss: batches, steps, and when to stop."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np

from ..._arguments import (
    Count,
    Flag,
    NotNegative,
    Positive,
    RandomState,
    check_seed,
    number,
    wrong,
)
from ..linear.gradient_descent import batches
from ..walks import warn_uphill
from ._types import Activation, Chain, Hidden, Layer, Spread
from .backpropagation import network_gradient, network_loss
from .optimisers import adam_step, momentum_step, sgd_step
from .starting_weights import initial_weights, pack, unpack

__all__ = ["Network"]

STEPS = {"sgd": sgd_step, "momentum": momentum_step, "adam": adam_step}


class Network:
    """What `MLPRegressor` and `MLPClassifier` share: the parameters and the walk."""

    def __init__(
        self,
        hidden: Hidden = (32, 32),
        activation: Activation = "tanh",
        optimiser: Literal["adam", "momentum", "sgd"] = "adam",
        eta: Positive = 0.003,
        batch_size: Count = 32,
        n_epochs: Count = 100,
        alpha: NotNegative = 0.0,
        dropout: Annotated[float, number(least=0, below=1)] = 0.0,
        spread: Spread = "glorot",
        patience: Count | None = None,
        validation_share: Annotated[float, number(above=0, below=1)] = 0.1,
        shuffle: Flag = True,
        random_state: RandomState = None,
    ) -> None:
        self.hidden = hidden
        self.activation = activation
        self.optimiser = optimiser
        self.eta = eta
        self.batch_size = batch_size
        self.n_epochs = n_epochs
        self.alpha = alpha
        self.dropout = dropout
        self.spread = spread
        self.patience = patience
        self.validation_share = validation_share
        self.shuffle = shuffle
        self.random_state = random_state

    def _walk(self, X, Y, watched, start) -> Any:
        """Walk downhill from the start, batch by batch and epoch by epoch."""
        rng = check_seed("random_state", self.random_state)
        sizes = [X.shape[1], *self.hidden, Y.shape[1]]
        layers = initial_weights(sizes, self.spread, rng)
        if start is not None:
            layers = self._started(start, sizes)
        if watched is None and self.patience is not None:
            X, Y, watched = self._set_aside(X, Y, rng)
        theta, memory = pack(layers), None
        self.losses_, self.validation_losses_ = [], []
        kept = theta
        for epoch in range(self.n_epochs + 1):
            with np.errstate(over="ignore", invalid="ignore"):  # see `_record`
                if epoch:
                    theta, memory = self.walk_one_epoch(theta, memory, sizes, X, Y, rng)
                better = self._record(unpack(theta, sizes), X, Y, watched)
            if better:
                kept, self.best_epoch_ = theta, epoch
            if self.patience and epoch - self.best_epoch_ >= self.patience:
                break
        self.layers_ = [(W.copy(), b.copy()) for W, b in unpack(kept, sizes)]
        warn_uphill(self, self.best_epoch_)
        return self

    def walk_one_epoch(self, theta, memory, sizes, X, Y, rng) -> tuple:
        """Step once for every batch of the samples.

        Parameters
        ----------
        theta : ndarray, shape (n_parameters,)
            All weights and biases.
        memory : tuple or None
            What the optimiser remembers.
        sizes : list of int
            Units of each layer.
        X, Y : ndarray
            Samples and targets.
        rng : numpy.random.Generator
            Source of the order, and of dropout.

        Returns
        -------
        theta, memory
            As they are after the epoch.
        """
        n = len(X)
        for rows in batches(n, min(self.batch_size, n), self.shuffle, rng):
            # Walk: one step for each batch
            layers, share = unpack(theta, sizes), len(rows) / n
            gradient = self._gradient(layers, X[rows], Y[rows], share, rng)
            step = STEPS[self.optimiser]
            change, memory = step(pack(gradient), memory, self.eta)
            theta = theta + change
        return theta, memory

    def _gradient(self, layers, X, Y, share, rng) -> list[Layer]:
        """Return the gradient of a batch, of what dropout leaves of the network."""
        given = X, Y, self.activation, self._loss
        if not self.dropout:
            return network_gradient(layers, *given, self.alpha * share)
        masks = [np.ones((len(layers[0][0]), 1))]
        for W, _ in layers[1:]:
            stays = rng.random((len(W), 1)) >= self.dropout
            masks.append(stays / (1 - self.dropout))
        thin = [(W * m, b) for (W, b), m in zip(layers, masks, strict=True)]
        decay = self.alpha * share / len(X)
        return [
            (dW * m + decay * W, db)
            for (dW, db), (W, _), m in zip(
                network_gradient(thin, *given), layers, masks, strict=True
            )
        ]

    def _record(self, layers, X, Y, watched) -> bool:
        """Note the losses; say whether these weights are the ones to keep."""
        given = self.activation, self._loss
        loss = network_loss(layers, X, Y, *given, self.alpha)
        if not np.isfinite(loss):
            raise ValueError(
                f"eta={self.eta!r} is too large for this X and y: the loss overflowed "
                f"in epoch {len(self.losses_)}. Standardise them, or take a smaller eta"
            )
        self.losses_.append(loss)
        if watched is None:
            return True
        before = min(self.validation_losses_, default=np.inf)
        self.validation_losses_.append(network_loss(layers, *watched, *given))
        return self.patience is None or self.validation_losses_[-1] < before

    def _set_aside(self, X, Y, rng) -> tuple:
        """Return the samples to learn from, and a pair of those to stop by."""
        n_watched = round(self.validation_share * len(X))
        if not 1 <= n_watched < len(X):
            share = self.validation_share
            what = f"such that 1 to {len(X) - 1} of {len(X)} samples are set aside"
            raise wrong("validation_share", what, share)
        order = rng.permutation(len(X))
        rest, aside = order[n_watched:], order[:n_watched]
        return X[rest], Y[rest], (X[aside], Y[aside])

    def _started(self, start, sizes) -> list[Layer]:
        """Return the starting weights that came, if they are of these sizes."""
        layers = Chain().check("start", start)
        came = [len(layers[0][0]), *(len(b) for _, b in layers)]
        if came != sizes:
            raise wrong("start", f"layers of sizes {sizes}", came)
        return layers

    def _pair(self, validation) -> tuple:
        """Return the two parts of a validation set, the first of them checked."""
        if not isinstance(validation, list | tuple) or len(validation) != 2:
            raise wrong("validation", "a pair (X, y)", type(validation).__name__)
        return self._check_new(validation[0]), validation[1]
