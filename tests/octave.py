"""Run the functions of code/matlab in GNU Octave, on NumPy arrays."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from scipy.io import loadmat, savemat

MATLAB_FOLDER = Path(__file__).resolve().parents[1] / "code" / "matlab"


class OctaveError(RuntimeError):
    """What Octave said when a function raised an error or a warning."""


def run_octave(function, *args, nargout=1):
    """Call one function once; return its outputs as a list of 2-D arrays.

    See `run_octave_calls`, which makes many calls in one process.
    """
    return run_octave_calls([(function, args, nargout)])[0]


def run_octave_calls(calls):
    """Make several calls in one Octave process.

    Parameters
    ----------
    calls : list of (str, sequence, int)
        Function of code/matlab or of Octave, its arguments, and how many outputs to
        return. A vector is passed as a column, any number as a double, None as ``[]``,
        an array of objects as a cell.

    Returns
    -------
    list of list of ndarray
        The outputs of each call, as Octave holds them: a scalar has the shape (1, 1), a
        column (n, 1).

    Raises
    ------
    OctaveError
        If a function raises an error or a warning.
    RuntimeError
        If Octave is not installed.
    """
    with tempfile.TemporaryDirectory() as folder:
        given, returned, script = (
            Path(folder) / name for name in ("given.mat", "returned.mat", "calls.m")
        )
        savemat(given, _arguments(calls), oned_as="column")
        script.write_text("\n".join(_lines(calls, given, returned)))
        _run(script)
        outputs = loadmat(returned)
    return [
        [outputs[f"out_{k}_{i}"] for i in range(nargout)]
        for k, (_, _, nargout) in enumerate(calls)
    ]


def _arguments(calls):
    """Name every argument of every call: arg_<call>_<position>."""
    return {
        f"arg_{k}_{i}": _for_octave(value)
        for k, (_, args, _) in enumerate(calls)
        for i, value in enumerate(args)
    }


def _for_octave(value):
    if value is None:
        return np.zeros((0, 0))
    cell = isinstance(value, np.ndarray) and value.dtype == object
    if isinstance(value, str) or cell:
        return value
    return np.asarray(value, dtype=float)


def _lines(calls, given, returned):
    """Write the script: load the arguments, call, save the outputs."""
    yield f"run('{MATLAB_FOLDER / 'setup.m'}');"
    yield f"load('{given}');"
    for k, (function, args, nargout) in enumerate(calls):
        outputs = ", ".join(f"out_{k}_{i}" for i in range(nargout))
        inputs = ", ".join(f"arg_{k}_{i}" for i in range(len(args)))
        yield f"[{outputs}] = {function}({inputs});"
    yield f"save('-v7', '{returned}', 'out_*');"


def _run(script):
    program = shutil.which("octave-cli")
    if program is None:
        raise RuntimeError(
            "octave-cli was not found: install GNU Octave, the package octave "
            "(apt install octave, brew install octave)"
        )
    done = subprocess.run(
        [program, "--quiet", "--no-init-file", "--no-history", str(script)],
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode or done.stderr:
        raise OctaveError(done.stderr.strip() or f"exit status {done.returncode}")


def assert_same_in_octave(cases, rtol=1e-10):
    """Run all cases in one process; outputs agree to `rtol` of their largest.

    Parameters
    ----------
    cases : list of (str, sequence, sequence)
        Function, its arguments, and what each of its outputs should be.
    rtol : float
        Largest difference, as a share of the largest number of an output.
    """
    calls = [(function, args, len(expected)) for function, args, expected in cases]
    for found, (_, _, expected) in zip(run_octave_calls(calls), cases, strict=True):
        for ours, theirs in zip(found, expected, strict=True):
            theirs = theirs if np.ndim(theirs) == 2 else np.reshape(theirs, (-1, 1))
            assert ours.shape == theirs.shape
            scale = np.abs(theirs).max()
            np.testing.assert_allclose(ours, theirs, rtol=0, atol=rtol * scale)
