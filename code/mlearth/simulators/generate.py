"""Many simulated examples in a compressed store, whole whatever happens."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from .._arguments import (
    Accepted,
    Count,
    CountOrZero,
    Flag,
    Function,
    check_room,
    checked,
    count,
    wrong,
)
from ..datasets import cache_folder
from .crew import blocks_in_order, is_loss, local_crew
from .plan import Plan, make_plan
from .store import (
    MANIFEST,
    PLAN,
    SimulatedStore,
    keep_block,
    kept_blocks,
    write_whole,
)

__all__ = ["generate"]

ATTEMPTS = 3
"""How often work goes on after a worker died, without a block done in between."""

MOST_WORKERS = 10_000
Workers = Annotated[int, count(1, MOST_WORKERS)]
Parameters = Annotated[
    Mapping[str, Any],
    Accepted("a mapping of names to values", lambda v: isinstance(v, Mapping)),
]
Folder = Annotated[
    str | Path,
    Accepted(
        "the path of a folder",
        lambda v: isinstance(v, Path) or (isinstance(v, str) and bool(v.strip())),
    ),
]
Client = Annotated[
    Any,
    Accepted(
        "a client with submit and gather, such as Dask's",
        lambda v: callable(getattr(v, "submit", None)) and hasattr(v, "gather"),
    ),
]


@checked
def generate(
    simulator: Function,
    n: Count,
    seed: CountOrZero,
    parameters: Parameters | None = None,
    folder: Folder | None = None,
    block_size: Count = 16,
    workers: Workers | None = None,
    client: Client | None = None,
    progress: Flag = True,
) -> SimulatedStore:
    """Simulate many examples and stream them to a compressed store.

    The store holds the same bytes whatever the number of workers. A run that was
    interrupted, whose disk was full or whose workers died has lost nothing that was
    complete: call it again, and it goes on. A complete store is not made again.

    Parameters
    ----------
    simulator : function
        Takes `parameters` and a ``seed`` (or ``random_state``) by name and returns a
        :class:`Simulated` whose data and truth are tables, arrays, numbers, text, or
        records of them.
    n : int
        Number of examples.
    seed : int
        Decides, with its row, the seed of every example.
    parameters : mapping, optional
        What the simulator is given beside the seed.
    folder : str or path, optional
        Of the store; by default in :func:`mlearth.datasets.cache_folder`, under a key
        that digests the simulator's code, the parameters, the seed and the versions.
    block_size : int
        Examples in one file.
    workers : int, optional
        Local processes, by default as many as there are cores; 1 is this process.
    client : object, optional
        A client of a Dask cluster, which works instead of local processes.
    progress : bool
        Show a progress bar.

    Returns
    -------
    SimulatedStore

    Raises
    ------
    ValueError
        If an argument is none of these, if `folder` holds another plan's blocks, or
        whatever the simulator raises.
    OSError
        If the disk is full; what was complete is kept.
    RuntimeError
        If workers died again and again; what was complete is kept.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from mlearth.simulators import make_network, simulate_picks
    >>> settings = {"stations": make_network("ring", 6)}
    >>> with TemporaryDirectory() as folder:
    ...     store = generate(
    ...         simulate_picks, 3, 0, settings, folder, workers=1, progress=False
    ...     )
    ...     print(len(store), list(store[0]["data"]))
    3 ['picks', 'stations']
    """
    check_room("n", n, 16 * n)
    plan = make_plan(simulator, dict(parameters or {}), n, block_size, seed)
    home = opened(Path(folder) if folder else default_folder(plan), plan)
    kept = kept_blocks(home)
    losses = 0
    while len(kept) < plan.n_blocks:
        n_before = len(kept)
        try:
            work(plan, home, kept, workers, client, progress)
        except Exception as error:
            losses = losses + 1 if len(kept) == n_before else 1
            if not is_loss(error):
                raise
            if losses == ATTEMPTS:
                raise RuntimeError(told(plan, kept, home)) from error
    finish(home, plan, kept)
    return SimulatedStore(home)


def work(plan: Plan, home: Path, kept: dict, workers, client, progress: bool) -> None:
    """Make the blocks that are missing and write each as soon as it is there."""
    from joblib import cpu_count
    from tqdm import tqdm

    missing = [i for i in range(plan.n_blocks) if i not in kept]
    n_workers = min(workers or cpu_count(), len(missing))
    crew = nullcontext(client) if client is not None else local_crew(n_workers)
    n_ahead = 2 * (len_of(client) if client is not None else n_workers)
    bar = tqdm(
        total=plan.n_blocks, initial=len(kept), unit="block", disable=not progress
    )
    with bar, crew as hands:
        for number, block in blocks_in_order(hands, plan, missing, n_ahead):
            kept[number] = keep_block(home, number, block)
            bar.update()


def len_of(client: Any) -> int:
    """Return how many threads a cluster has; 8 where it does not tell."""
    threads = getattr(client, "nthreads", dict)()
    return sum(threads.values()) or 8


def opened(home: Path, plan: Plan) -> Path:
    """Make the folder, or refuse one that was begun for something else."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / PLAN
    if path.is_file():
        found = json.loads(path.read_text("utf-8"))["key"]
        if found != plan.key:
            raise wrong(
                "folder", f"empty, or begun with key {plan.key}", f"key {found}"
            )
    elif any(home.iterdir()):
        raise wrong("folder", "empty, or a store that was begun", f"{home} with files")
    else:
        write_whole(path, as_text(plan.facts | {"key": plan.key}))
    return home


def finish(home: Path, plan: Plan, kept: dict) -> None:
    """Write the manifest, last of all."""
    blocks = [kept[number] for number in range(plan.n_blocks)]
    total = sha256("".join(block["sha256"] for block in blocks).encode()).hexdigest()
    facts = plan.facts | {"key": plan.key, "blocks": blocks, "sha256": total}
    if not (home / MANIFEST).is_file():
        write_whole(home / MANIFEST, as_text(facts))


def as_text(facts: dict[str, Any]) -> bytes:
    """Return facts as JSON, the same for the same facts."""
    return (json.dumps(facts, indent=1, sort_keys=True) + "\n").encode()


def default_folder(plan: Plan) -> Path:
    """Return the place of a store in the cache."""
    name = plan.facts["simulator"].split(".")[-1]
    return cache_folder() / "simulated" / f"{name}-{plan.key}"


def told(plan: Plan, kept: dict, home: Path) -> str:
    """Say what is complete."""
    return (
        f"workers died {ATTEMPTS} times in a row; {len(kept)} of {plan.n_blocks} "
        f"blocks are complete in {home}: call generate again to go on"
    )
