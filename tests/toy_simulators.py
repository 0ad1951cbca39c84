"""Small simulators that work, die once, die always, or cannot be stored."""

import os
import signal
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from mlearth.simulators import Simulated


class Truth(NamedTuple):
    """A record, as simulators return them."""

    place: np.ndarray
    name: str


def toy(scale=1.0, seed=0):
    """Return a table, an array and a record that depend on the seed."""
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(
        {"station": ["Zürich", "Ñ", "A"], "time_s": scale * rng.normal(size=3)}
    )
    return Simulated(table, Truth(rng.normal(size=(2, 2)), "toy"), "x", "y", seed)


def noted(log, seed=0):
    """Like `toy`, and note each call in a file."""
    with Path(log).open("a") as file:
        file.write(f"{seed}\n")
    return toy(seed=seed)


def stopped_once(log, after, how, seed=0):
    """Like `noted`, but the call after so many stops, once or `how` "always"."""
    done = Path(log).read_text().split() if Path(log).exists() else []
    marker = Path(f"{log}.stopped")
    if len(done) >= after and (how == "always" or not marker.exists()):
        marker.touch()
        if how == "interrupt":
            raise KeyboardInterrupt
        os.kill(os.getpid(), signal.SIGKILL)
    return noted(log, seed)


def unstorable(seed=0):
    """Return what no store can hold."""
    return Simulated({"thing": object()}, None, "x", "y", seed)


def no_simulated(seed=0):
    """Return something else."""
    return seed


def fails(seed=0):
    """Raise an error of its own."""
    raise ZeroDivisionError("of the simulator")
