"""Who is who in a job of a cluster, as TensorFlow wants to be told."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from typing import Annotated, Any

from .._arguments import Accepted, checked, count, wrong

__all__ = ["slurm_tf_config"]

Environment = Annotated[
    Mapping[str, Any],
    Accepted("a mapping of names to values", lambda v: isinstance(v, Mapping)),
]
Port = Annotated[int, count(1024, 65535)]

NEEDED = ("SLURM_STEP_NODELIST", "SLURM_PROCID", "SLURM_NTASKS")
ENTRY = re.compile(r"([A-Za-z0-9.-]+)(?:\[([0-9,-]+)\])?(?:,|$)")
MOST_HOSTS = 10_000


@checked
def slurm_tf_config(environment: Environment | None = None, port: Port = 12345) -> str:
    """Return what TF_CONFIG has to say in a SLURM job of one process per node.

    Parameters
    ----------
    environment : mapping, optional
        Environment variables, by default those of this process: the names of the
        nodes in ``SLURM_STEP_NODELIST``, such as ``"n[01-03],gpu7"``, the place of this
        process in ``SLURM_PROCID`` and the number of processes in ``SLURM_NTASKS``.
    port : int
        Port on which each process listens, from 1024 to 65535.

    Returns
    -------
    str
        JSON: the addresses of all workers, and which of them this process is.

    Raises
    ------
    ValueError
        If a variable is missing or makes no sense, or there is not one process for
        each node.

    Notes
    -----
    It holds for ``srun --ntasks-per-node=1`` with tasks in the order of the nodes, and
    knows names with one bracket at their end. ``tf.distribute.cluster_resolver`` has a
    ``SlurmClusterResolver``, which also shares out graphics processors.

    Examples
    --------
    >>> job = {"SLURM_STEP_NODELIST": "n[09-10]", "SLURM_PROCID": "1"}
    >>> told = json.loads(slurm_tf_config(job | {"SLURM_NTASKS": "2"}, port=2222))
    >>> told["cluster"], told["task"]["index"]
    ({'worker': ['n09:2222', 'n10:2222']}, 1)
    """
    given = os.environ if environment is None else environment
    for name in NEEDED:
        if name not in given:
            raise wrong("environment", f"with {name}, which srun sets", "none of it")
    hosts = _hosts(str(given["SLURM_STEP_NODELIST"]))
    place, n = (_number(given, name) for name in NEEDED[1:])
    if n != len(hosts):
        found = f"{n} processes on {len(hosts)} nodes"
        raise wrong("environment", "with one process for each node", found)
    if place >= n:
        raise wrong("environment", f"with a SLURM_PROCID below {n}", place)
    workers = [f"{host}:{port}" for host in hosts]
    task = {"type": "worker", "index": place}
    return json.dumps({"cluster": {"worker": workers}, "task": task})


def _number(given: Mapping[str, Any], name: str) -> int:
    """Return a variable that is a whole number."""
    text = str(given[name])
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise wrong("environment", f"with a whole number in {name}", text)
    return int(text)


def _hosts(nodes: str) -> list[str]:
    """Return the names that SLURM's short form stands for."""
    found, place = [], 0
    while place < len(nodes):
        entry = ENTRY.match(nodes, place)
        if not entry:
            break
        for numbers in (entry[2] or "").split(","):
            found += [entry[1] + number for number in _range(numbers, nodes)]
            if len(found) > MOST_HOSTS:
                raise _unread(nodes)
        place = entry.end()
    if place < len(nodes) or not found or nodes.endswith(","):
        raise _unread(nodes)
    return found


def _range(numbers: str, nodes: str) -> list[str]:
    """Return the numbers of a range such as 08-11, with their zeros."""
    first, dash, last = numbers.partition("-")
    if not dash:
        return [first]
    if not (first.isdigit() and last.isdigit()) or int(last) < int(first):
        raise _unread(nodes)
    if int(last) - int(first) >= MOST_HOSTS:
        raise _unread(nodes)
    return [f"{k:0{len(first)}d}" for k in range(int(first), int(last) + 1)]


def _unread(nodes: str) -> ValueError:
    """Return the error of a list of nodes that cannot be read."""
    accepted = 'with a SLURM_STEP_NODELIST such as "n[01-03],gpu7"'
    return wrong("environment", accepted, repr(nodes))
