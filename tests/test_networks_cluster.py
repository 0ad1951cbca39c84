"""A job of a cluster is told to TensorFlow."""

import json
import os
import re
import subprocess
import sys

import pytest

from mlearth.networks import slurm_tf_config


def job(nodes, place=0, n=1, **more):
    """The variables that srun sets."""
    names = {"SLURM_STEP_NODELIST": nodes, "SLURM_PROCID": str(place)}
    return names | {"SLURM_NTASKS": str(n)} | more


@pytest.mark.parametrize(
    ("nodes", "hosts"),
    [
        ("alone", ["alone"]),
        ("a,b", ["a", "b"]),
        ("n[1,3]", ["n1", "n3"]),
        ("n[08-11]", ["n08", "n09", "n10", "n11"]),
        (
            "rack-2-[1-2,7],gpu.x,m[003]",
            ["rack-2-1", "rack-2-2", "rack-2-7", "gpu.x", "m003"],
        ),
    ],
)
def test_names_are_written_out(nodes, hosts):
    """Ranges keep their zeros, and each process knows its place."""
    for place in range(len(hosts)):
        told = json.loads(slurm_tf_config(job(nodes, place, len(hosts)), 4321))
        assert told["cluster"]["worker"] == [f"{host}:4321" for host in hosts]
        assert told["task"] == {"type": "worker", "index": place}


def test_the_process_s_own_variables_are_read():
    """Without an argument those of the process count, as in a job."""
    program = "from mlearth.networks import slurm_tf_config; print(slurm_tf_config())"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | job("n[1-2]", 1, 2),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["task"]["index"] == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "environment must be with SLURM_STEP_NODELIST, which srun sets"),
        (job("n[1-2]", 0, 4), "with one process for each node, got 4 processes on 2"),
        (job("n1", 1), "with a SLURM_PROCID below 1, got 1"),
        (job("n1", -1), "with a whole number in SLURM_PROCID, got -1"),
        (job("n[2-1]"), "such as \"n[01-03],gpu7\", got 'n[2-1]'"),
        (job("n[1-2"), "got 'n[1-2'"),
        (job("n[1-2]x", 0, 2), "got 'n[1-2]x'"),
        (job("n1,"), "got 'n1,'"),
        (job("n[1-]"), "got 'n[1-]'"),
        (job(""), "got ''"),
        (job("n[1-999999]"), "got 'n[1-999999]'"),
    ],
)
def test_a_job_that_cannot_be_is_refused(given, words):
    """An error says what srun would have set."""
    with pytest.raises(ValueError, match=re.escape(words)):
        slurm_tf_config(given)
