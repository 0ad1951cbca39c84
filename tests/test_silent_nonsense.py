"""Nonsense in an argument of any public function is an error that names the argument.

The functions are found, not listed; `valid_arguments` holds one valid call of each.
Every argument is spoilt in every way that applies to what it stands for.
"""

import importlib
import inspect
import pkgutil
import re
from functools import wraps
from types import FunctionType

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from nonsense import names, shorter, spoilt
from valid_arguments import CALLS

import mlearth
from mlearth.learners import PolynomialRegression

PACKAGES = [
    f"mlearth.{found.name}"
    for found in pkgutil.iter_modules(mlearth.__path__)
    if not found.name.startswith("_") and found.name != "checks"
]
NOT_SPOILT = {
    "mlearth.plotting.catalog_map": {"extent"},  # only without `ax`; see map_axes
    "mlearth.plotting.map_axes": {"projection", "figure", "subplot"},  # Matplotlib's
    "mlearth.pins.pin": {"rel"},  # instead of `abs`
}


def public_functions():
    """Every function that a package lists and that takes an argument."""
    for package in [*PACKAGES, "mlearth.pins"]:
        module = importlib.import_module(package)
        for name in getattr(module, "__all__", ["pin"]):
            function = getattr(module, name)
            is_function = isinstance(function, FunctionType)
            if is_function and inspect.signature(function).parameters:
                yield f"{package}.{name}", function


FUNCTIONS = dict(public_functions())


def test_every_public_function_has_a_valid_call():
    """A new function enters the table of its package, with all of its arguments."""
    for name, function in FUNCTIONS.items():
        assert name in CALLS, f"add valid arguments of {name} to valid_arguments.py"
        needed = set(inspect.signature(function).parameters)
        lacking = needed - set(valid(name)) - NOT_SPOILT.get(name, set())
        assert not lacking, f"add {lacking} of {name} to valid_arguments.py"
        assert not isinstance(called(name, valid(name)), ValueError | TypeError), name
    assert set(CALLS) == set(FUNCTIONS)


def valid(name):
    """Return fresh arguments of a valid call."""
    found = CALLS[name]
    return found() if callable(found) else dict(found)


def called(name, arguments):
    """Call a function; return what it returns or raises."""
    arguments = dict(arguments)
    first = [arguments.pop(n) for n in ("statistic", "arrays") if n in arguments]
    try:
        found = FUNCTIONS[name](*first, **arguments)
        return list(found) if inspect.isgenerator(found) else found
    except Exception as error:
        return error
    finally:
        plt.close("all")


# where it is no nonsense: how it is seen that it is treated rightly


def counted(found, usual):
    """The gap is counted in a note below the axes."""
    notes = [text.get_text() for text in found.texts]
    return any(re.search("1 of 12 (not drawn|samples missing)", note) for note in notes)


def unchanged(found, usual):
    """Both are the same, to the rounding of sums in another order."""
    if isinstance(found, tuple | list) and len(found) == len(usual):
        return all(map(unchanged, found, usual))
    if isinstance(found, float | np.ndarray):
        return np.allclose(found, usual, rtol=1e-12, equal_nan=True)
    if hasattr(found, "traces"):  # the repr of ObsPy's stream is its address
        return unchanged([t.data for t in found], [t.data for t in usual])
    return repr(found).replace("Ruinous", "PolynomialRegression") == repr(usual)


def as_without_a_zone(found, usual):
    sides = [
        [*s] if hasattr(s, "train") else [r for f in s for r in f]
        for s in (found, usual)
    ]
    return all(map(np.array_equal, *sides))


def element_by_element(found, usual):
    return np.array_equal(found[0], usual)


def the_claim_fails(found, usual):
    return isinstance(found, AssertionError | ValueError)


def accepted(found, usual):
    return type(found) is type(usual)


def filled(found, usual):
    """What is missing is what is to be filled."""
    return np.isfinite(found).all() and np.shape(found) == np.shape(usual)


RIGHT = [
    ("fill_column column: (NaN|masked)", filled),
    ("multiple_imputation X: (NaN|masked)", filled),
    ("onset_labels onsets: (NaN|masked)", filled),  # a phase that is not there
    ("(sigmoid|soft_threshold) z: one axis more", element_by_element),
    ("(gini|entropy_bits) shares: one axis more", element_by_element),
    ("huber_weights residual: one axis more", element_by_element),
    ("variance moments: one axis more", element_by_element),
    ("catalog_map (longitude_deg|latitude_deg|magnitude|color_by): NaN", counted),
    ("catalog_map (longitude_deg|latitude_deg|magnitude|color_by): masked", counted),
    ("gutenberg_richter magnitude: (NaN|masked)", counted),
    ("residuals (x|residual): (NaN|masked)", counted),
    ("seismogram trace: (NaN|masked)", counted),
    ("seismogram trace: one axis more", accepted),  # one component
    ("unstretched g: one axis more", unchanged),  # its one copy is added up
    ("(split|folds)_by_time time: a zone", as_without_a_zone),
    ("bootstrap_interval arrays: (infinity|1e200|one axis more)", accepted),
    # labels are fine, but the line that was fitted to numbers refuses them
    ("find_leaks time: a zone", unchanged),
    ("find_leaks y: text", lambda found, usual: names(found, "fitted")),
    ("read_submission team: empty", accepted),  # it is not known
    ("write_board seed: (None|10..12)", accepted),
    # they end when they have arrived
    ("(newton|smo|locate_by_geiger) n_iter: 10..12", unchanged),
    ("lloyd n_iter: 10..12", accepted),
    ("grow_clusters min_samples: 10..12", accepted),  # none has so many: all noise
    ("(bootstrap_interval|compare_models) max_failed: 10..12", unchanged),
    ("(batches batch_size|proportion_interval n): 10..12", accepted),
    ("batches batch_size: None", accepted),  # all at once
    ("initial_weights spread: a number", accepted),
    ("best_split min_leaf: 10..12", lambda found, usual: found is None),
    ("(roc|precision_recall|reliability) label: empty", accepted),
    ("corner_label (text|heading): empty", accepted),
    ("pin (value|expected): .*", the_claim_fails),
    ("generate (seed|block_size): 10..12", accepted),
    ("(associate|score_events) min_picks: 10..12", accepted),  # none has so many
    ("score_events true_event: (-1 and 1|0 and 3)", accepted),  # no pick is of an event
    ("score_events found_event: 0 and 1", accepted),
    ("generate parameters: .* in it", lambda found, usual: "scale" in str(found)),
    ("fit_etas taper_days: infinity", accepted),  # no taper
    ("number_test n_observed: 10..12", accepted),
    ("pair_counts ring: 0 and 3", accepted),  # rings without a cell
    ("open_seisbench fill_value: (NaN|infinity)", accepted),
]


def faults(name, argument, kind, arguments, usual):
    """Yield what is wrong with how a function takes one kind of nonsense."""
    place = f"{name.split('.')[-1]} {argument}: {kind}"
    found = called(name, arguments)
    proofs = [proof for place_, proof in RIGHT if re.fullmatch(place_, place)]
    if not (any(proof(found, usual) for proof in proofs) or names(found, argument)):
        yield f"{place} gave {found!r}"[:200]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_nonsense_is_an_error_that_names_the_argument(name):
    """Each kind of nonsense in each argument, or the proof that it is none."""
    usual, found = called(name, valid(name)), []
    defaults = inspect.signature(FUNCTIONS[name]).parameters
    for argument, value in valid(name).items():
        if argument == "ax":
            found += faults(name, "ax", "a number", valid(name) | {"ax": 3}, usual)
            continue
        for kind, nonsense in spoilt(argument, value):
            if nonsense is None and defaults[argument].default is None:
                continue
            arguments = valid(name) | {argument: nonsense}
            found += faults(name, argument, kind, arguments, usual)
    for argument, value, rows in shorter(name, valid(name)):
        error = called(name, valid(name) | {argument: value})
        if not any(names(error, other) for other in rows):
            found.append(f"{argument} too short gave {error!r}"[:200])
    assert found == []


def in_pandas(values, index):
    if not isinstance(values, np.ndarray) or len(values) != 12:
        return values
    return (pd.DataFrame if values.ndim == 2 else pd.Series)(values, index)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_pandas_columns_are_matched_by_their_index(name):
    """Under one index they are as good as arrays, under two they are refused."""
    index = np.random.default_rng(0).permutation(12)
    same = {n: in_pandas(v, index) for n, v in valid(name).items()}
    given = valid(name)  # what is a table from the start has rows of its own
    rows = [n for n, v in same.items() if hasattr(v, "iloc") and v is not given[n]]
    usual, found = called(name, valid(name)), called(name, same)
    assert type(found) is type(usual), found
    if "Axes" not in type(found).__name__:
        assert unchanged(found, usual)
    for argument in rows if len(rows) > 1 else ():
        other = same | {argument: in_pandas(valid(name)[argument], index[::-1])}
        assert any(names(called(name, other), n) for n in rows), argument


def ruinous(function):
    """Return a function that sorts its arguments in place once it has its answer."""

    @wraps(function)
    def ruin(*arrays, **named):
        found = function(*(array.copy() for array in arrays), **named)
        for array in arrays:
            array.sort()
        return found

    return ruin


class Ruinous(PolynomialRegression):
    """A model that leaves zeros where its samples were."""

    def fit(self, X, y):
        super().fit(X.copy(), y.copy())
        X[:], y[:] = 0, 0
        return self

    def predict(self, X):
        found = super().predict(X.copy())
        X[:] = 0
        return found


@pytest.mark.parametrize("name", FUNCTIONS)
def test_arguments_are_left_alone(name):
    """No function edits an array, nor lets a function that it is given do so."""
    before, after = valid(name), valid(name)
    for argument, value in after.items():
        if isinstance(value, np.ndarray):
            before[argument], after[argument] = value.copy(), value.copy()
        elif isinstance(value, FunctionType) or value is np.median:
            after[argument] = ruinous(value)
        elif isinstance(value, PolynomialRegression):
            after[argument] = Ruinous(1)
    usual, found = called(name, before), called(name, after)
    assert "Axes" in repr(usual) or unchanged(found, usual)
    for argument, value in before.items():
        if isinstance(value, np.ndarray):
            np.testing.assert_array_equal(after[argument], value)
