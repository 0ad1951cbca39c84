"""What is nonsense in an argument, by what the argument stands for."""

import re

import numpy as np
import pandas as pd


def one(values, value):
    """Return the values with another one in second place."""
    number = isinstance(value, float) and values.dtype.kind in "fi"
    spoilt = np.array(values, dtype=float if number else object)
    spoilt.flat[1] = value
    return spoilt


def masked(values):
    return np.ma.array(values, mask=np.arange(values.size).reshape(values.shape) == 1)


ANYTHING = {
    "None": lambda v: None,
    "a set": lambda v: {1.0, 2.0},
    "nothing": lambda v: v[:0],
    "one axis more": lambda v: v[None],
    "masked": masked,
}
NUMBERS = ANYTHING | {
    "text": lambda v: v.astype(str),
    "one text": lambda v: one(v, "a"),
    "NaN": lambda v: one(v, np.nan),
    "infinity": lambda v: one(v, np.inf),
    "1e200": lambda v: one(v, 1e200),
    "complex": lambda v: v + 1j,
    "times": lambda v: v.astype("datetime64[D]"),
}
SIGNS = NUMBERS | {"0 and 1": lambda v: (v + 1) // 2, "-3 and 3": lambda v: 3 * v}
TRUTH = NUMBERS | {"-1 and 1": lambda v: 2 * v - 1, "0 and 3": lambda v: 3 * v}
SHARES = NUMBERS | {"counts": lambda v: 10 * v, "below 0": lambda v: v - [0.3, -0.3]}
NAMES = ANYTHING | {
    "1 among text": lambda v: one(v, 1),
    "1 and '1'": lambda v: np.array([1, "1"] * (v.size // 2), dtype=object),
    "None among text": lambda v: one(v, None),
    "NaN among text": lambda v: one(v, np.nan),
    "NaN as text": lambda v: np.array([*v[:-1], np.nan]),
}
TIMES = {
    "None": lambda v: None,
    "text": lambda v: v.astype(str),
    "a gap": lambda v: np.array([*v[:-1], np.datetime64("NaT")]),
    "a year among dates": lambda v: [*pd.to_datetime(v)[:-1], 2019],
    "masked": masked,
    "a zone": lambda v: pd.Series(pd.to_datetime(v)).dt.tz_localize("Europe/Rome"),
}
NUMBER = {
    "text": "1",
    "True": True,
    "a list": [1.0, 2.0],
    "NaN": np.nan,
    "infinity": np.inf,
    "None": None,
}
SEED = {"text": "1", "True": True, "a fraction": 1.5, "below 0": -1}
COUNT = SEED | {"None": None, "10**12": 10**12}
FLAG = {"text": "yes", "1": 1, "None": None}
WORD = {"a number": 3, "None": None, "empty": ""}
PAIR = {"a number": 3, "text": ("a", "b", "c", "d"), "one only": (1.0,)}


def spoilt(name, value):
    """Yield each kind of nonsense for an argument, and the nonsense."""
    if isinstance(value, np.ndarray):
        kinds = {"U": NAMES, "M": TIMES}.get(value.dtype.kind, NUMBERS)
        if value.dtype.kind == "i":
            kinds = SIGNS if value.min() < 0 else TRUTH
        kinds = SHARES if name == "shares" else kinds
        yield from ((kind, spoil(value)) for kind, spoil in kinds.items())
    elif isinstance(value, dict):
        yield "a number", 3
        key, inner = next(iter(value.items()))
        for kind, nonsense in spoilt(key, inner):
            if kind not in ("one axis more", "a list"):  # runs of a loss, many picks
                yield f"{kind} in it", value | {key: nonsense}
    else:
        seed = SEED if name == "random_state" else COUNT
        by_type = {bool: FLAG, int: seed, float: NUMBER, str: WORD, tuple: PAIR}
        yield from by_type.get(type(value), {"a number": 3}).items()


def shorter(name, arguments):
    """Yield arrays that lack their last row, where another one has as many rows."""
    arrays = {n: v for n, v in arguments.items() if isinstance(v, np.ndarray)}
    for argument, value in arrays.items():
        others = [v.shape for n, v in arrays.items() if n != argument]
        if any(len(value) in shape for shape in others):
            yield argument, value[:-1], arrays


def names(error, argument):
    """Tell whether an error is of the right type and names the argument."""
    right = isinstance(error, ValueError | TypeError)
    return right and bool(re.search(rf"(?<!\w){argument}(?!\w)", str(error)))
