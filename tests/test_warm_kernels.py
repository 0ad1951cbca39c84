"""A kernel that was forked does what one that was started does."""

import contextlib
import os

import execution_pool
import psutil
import warm_kernels
from nbformat.v4 import new_code_cell, new_notebook

CELLS = [
    "import os, subprocess, sys, threading\nimport matplotlib, numpy as np",
    "os.getcwd(), [p for p in sys.path if p], __name__, os.environ['MLEARTH_ASKED']",
    "matplotlib.get_backend(), threading.active_count()",
    "subprocess.run(['sh', '-c', 'echo heard; exit 3'], capture_output=True)",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "from myst_nb import glue\nglue('half', 0.5, display=False)",
    "np.random.default_rng(0).normal(size=3)",
    "1 / 0",
]


WITH_TENSORFLOW = [
    "import sys\nimport numpy as np",
    "import keras\nimport tensorflow as tf",
    "keras.utils.set_random_seed(1)\nlayers = [keras.layers.Dense(1)]",
    "network = keras.Sequential(layers)\nnetwork.compile('adam', 'mse')",
    "way = {'batch_size': 3, 'epochs': 3, 'verbose': 0}",
    "network.fit(np.eye(8), np.arange(8.0), **way).history",
    "tf.config.threading.get_intra_op_parallelism_threads()",
]


def outputs(folder, monkeypatch, cells, forked, tensorflow=False):
    """Execute cells and return what each says, and the error."""
    monkeypatch.setenv("MLEARTH_ASKED", "yes")
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    job = execution_pool.Job("page", folder, notebook, tensorflow=tensorflow)
    with warm_kernels.warm() if forked else contextlib.nullcontext():
        cost = execution_pool.execute(job, 60)
    return [cell.outputs for cell in notebook.cells], cost


def test_a_forked_kernel_says_what_a_started_one_says(tmp_path, monkeypatch):
    forked, cost = outputs(tmp_path, monkeypatch, CELLS, forked=True)
    started, other = outputs(tmp_path, monkeypatch, CELLS, forked=False)
    assert forked == started
    assert cost.error == other.error
    assert "ZeroDivisionError" in cost.error


def test_so_does_one_that_was_forked_with_tensorflow(tmp_path, monkeypatch):
    cells = ["import sys\n'tensorflow' in sys.modules", *WITH_TENSORFLOW]
    forked, _ = outputs(tmp_path, monkeypatch, cells, forked=True, tensorflow=True)
    started, _ = outputs(tmp_path, monkeypatch, cells, forked=False, tensorflow=True)
    assert [said[0].data["text/plain"] for said in (forked[0], started[0])] == [
        "True",
        "False",
    ]
    assert forked[1:] == started[1:]
    assert "loss" in forked[6][0].data["text/plain"]


def test_a_forked_kernel_leads_a_group_of_its_own_and_ends(tmp_path, monkeypatch):
    cells = ["import os\nprint(os.getpid(), os.getpgid(0))"]
    (said,), _ = outputs(tmp_path, monkeypatch, cells, forked=True)
    number, group = map(int, said[0].text.split())
    assert number == group != os.getpgid(0)
    assert not psutil.pid_exists(number)


def test_the_pace_is_taken_while_a_page_runs(tmp_path, monkeypatch):
    """A machine that is slow at the last moment only was not slow all the time."""
    paces = iter([1.0, 1.0, 1.0])
    monkeypatch.setattr(execution_pool, "SAMPLE_SECONDS", 0.1)
    monkeypatch.setattr(execution_pool, "PACE_EVERY", 1)
    monkeypatch.setattr(execution_pool, "slowness", lambda **_: next(paces, 5.0))
    cells = ["import time\ntime.sleep(0.35)"]
    _, cost = outputs(tmp_path, monkeypatch, cells, forked=True)
    assert 1 < cost.slowness < 5


def test_a_kernel_that_ends_itself_is_told(tmp_path, monkeypatch):
    _, cost = outputs(tmp_path, monkeypatch, ["import os\nos._exit(1)"], forked=True)
    assert "DeadKernelError" in cost.error


def test_nothing_lives_on():
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    with warm_kernels.warm():
        pass
    after = {child.pid for child in psutil.Process().children(recursive=True)}
    assert after <= before
