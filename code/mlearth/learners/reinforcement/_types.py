"""What the arguments of reinforcement learning may be: worlds, tables and episodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import Accepted, check_vector, count, number, shown, wrong
from ..._arguments.types import Array, are_shares

STATES, ACTIONS = "n_states", "n_actions"


def sizes_of(environment: Any) -> tuple[int, ...]:
    """Return how many values each number of an observation takes; empty if unknown."""
    space = getattr(environment, "observation_space", None)
    sizes = getattr(space, "nvec", getattr(space, "n", ()))
    return tuple(int(n) for n in np.ravel(sizes))


def is_environment(value: Any) -> bool:
    """Tell whether a value steps, resets and counts its states and actions."""
    n_actions = getattr(getattr(value, "action_space", None), "n", None)
    steps = all(callable(getattr(value, name, None)) for name in ("reset", "step"))
    return steps and n_actions is not None and bool(sizes_of(value))


ENVIRONMENT = Accepted(
    "an environment of Gymnasium with Discrete actions, and observations that are "
    "Discrete or MultiDiscrete",
    is_environment,
)


@dataclass(frozen=True)
class EpisodeList:
    """Episodes, each the states it went through and the rewards between them."""

    def check(self, name: str, value: Any, *known: Any) -> list[tuple]:
        """Return the episodes, or raise a ValueError that names them."""
        if not isinstance(value, list | tuple) or not value:
            accepted = "a list of one or more episodes (states, rewards)"
            raise wrong(name, accepted, shown(value))
        return [self._one(f"{name}[{k}]", each) for k, each in enumerate(value)]

    def _one(self, name: str, value: Any) -> tuple[np.ndarray, np.ndarray]:
        if not isinstance(value, tuple | list) or len(value) != 2:
            raise wrong(name, "a pair (states, rewards)", shown(value))
        states = check_vector(f"{name}[0]", value[0])
        rewards = check_vector(f"{name}[1]", value[1])
        if len(states) != len(rewards) + 1:
            accepted = "one state more than rewards"
            raise wrong(name, accepted, f"{len(states)} and {len(rewards)}")
        if (states < 0).any() or (states % 1).any():
            raise wrong(f"{name}[0]", "numbers of states, from 0 on", shown(states))
        return states.astype(int), rewards


Environment = Annotated[Any, ENVIRONMENT]
Episodes = Annotated[Sequence, EpisodeList()]
Transitions = Annotated[
    ArrayLike,
    Array((ACTIONS, STATES, STATES), "shares >= 0 that add up to 1", are_shares),
]
Rewards = Annotated[ArrayLike, Array((STATES, ACTIONS))]
Values = Annotated[ArrayLike, Array((STATES,))]
Policy = Annotated[
    ArrayLike,
    Array(
        (STATES,), "numbers of actions, from 0 on", lambda a: (a >= 0) & (a % 1 == 0)
    ),
]
Many = Annotated[int, count(1, 10**7)]
Discount = Annotated[float, number(least=0, below=1)]
Share = Annotated[float, number(least=0, most=1)]
StepSize = Annotated[float, number(above=0, most=1)]
