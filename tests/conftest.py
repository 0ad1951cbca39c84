"""How the tests run: what a machine lacks, how many at a time, at random or not."""

import os
import textwrap

import psutil
import pytest
from hypothesis import settings
from programs import PROGRAMS, missing, unproven

WORKER_BYTES = 1.5e9
"""What one worker and the processes it starts take, TensorFlow included."""

# Time on the wall says nothing about code: no example has a deadline.
settings.register_profile("prove", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "prove"))


def pytest_runtest_setup(item):
    """Leave out a test whose program is missing; where CI is set, fail it."""
    needs = [need for mark in item.iter_markers("needs") for need in mark.args]
    for need in filter(missing, needs):
        if os.environ.get("CI"):
            pytest.fail(f"{need} is missing: {PROGRAMS[need].remedy}", pytrace=False)
        item.user_properties.append(("lacked", need))
        pytest.skip(f"{need} is missing")


def pytest_terminal_summary(terminalreporter):
    """Say in one closing paragraph what was left out, and how to prove it too."""
    lacked = [
        need
        for report in terminalreporter.stats.get("skipped", [])
        for name, need in getattr(report, "user_properties", [])
        if name == "lacked"
    ]
    if lacked:
        terminalreporter.section("left out")
        terminalreporter.write_line(textwrap.fill(unproven(lacked), 88))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """``-n auto`` takes every core, as far as the memory goes round."""
    cores = len(psutil.Process().cpu_affinity()) if psutil.LINUX else os.cpu_count()
    return max(1, min(cores, int(psutil.virtual_memory().available // WORKER_BYTES)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes():
    """Start workers as with ``-P``: they too pass by a random.py of this folder."""
    os.environ["PYTHONSAFEPATH"] = "1"


if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.pop("PYTHONSAFEPATH", None)  # what tests start is as anywhere else
