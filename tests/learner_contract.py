"""scikit-learn's own checks of its contract, for the from-scratch learners."""

import os
import subprocess
import sys

import pytest
from sklearn.utils.estimator_checks import estimator_checks_generator

ARRAY_API = "check_array_api_input"
# its data are as hard as they come, and nobody raises n_iter
UNFINISHED = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


def contract(*learners):
    """Parametrise a test with every check of every learner: ``(learner, check)``.

    The check of the array API runs only when SciPy was imported with
    SCIPY_ARRAY_API=1, so it has a process of its own: `array_api_complaints`.
    """
    pairs = [
        pytest.param(learner, check, id=f"{learner!r}-{_name(check)}")
        for each in learners
        for learner, check in estimator_checks_generator(each)
        if _name(check) != ARRAY_API
    ]
    each_check = pytest.mark.parametrize(("learner", "check"), pairs)
    return lambda test: UNFINISHED(each_check(test))


def _name(check):
    while hasattr(check, "func"):
        check = check.func
    return check.__name__


def array_api_complaints(*learners):
    """Run the check of the array API; return what it said of each learner."""
    program = f"""
from mlearth.learners import *
from sklearn.utils.estimator_checks import estimator_checks_generator
for each in {list(learners)!r}:
    checks = [(l, c) for l, c in estimator_checks_generator(each)
              if "{ARRAY_API}" in repr(c)]
    assert checks, "scikit-learn has renamed its check"
    try:
        for learner, check in checks:
            check(learner)
        print("passed")
    except Exception as error:
        print(repr(error))
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env=os.environ | {"SCIPY_ARRAY_API": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(map(repr, learners), done.stdout.splitlines(), strict=True))
