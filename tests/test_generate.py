"""A store of simulated examples: the same bytes by any hands, and nothing lost."""

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import toy_simulators
from book_rules import ROOT, Page
from page_inputs import PageInputs
from toy_simulators import toy

from mlearth.simulators import (
    Picker,
    SimulatedStore,
    generate,
    make_network,
    simulate_picks,
    store,
)
from mlearth.simulators.plan import make_plan, seed_of
from mlearth.simulators.trees import from_bytes, to_bytes

QUIET = {"workers": 1, "progress": False, "block_size": 3}


def contents(folder):
    """The bytes of every file of a store."""
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


@pytest.fixture(scope="module")
def plain_store(tmp_path_factory):
    """Ten examples, four blocks, the last one short, made by this process."""
    folder = tmp_path_factory.mktemp("plain")
    generate(toy, 10, 7, {"scale": 2.0}, folder, **QUIET)
    return folder


@pytest.fixture(scope="module")
def dask_client():
    """A real local Dask cluster of two processes."""
    import distributed

    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def test_the_same_bytes_by_any_number_of_workers(plain_store, tmp_path):
    """Three processes write, file by file, what one process writes."""
    settings = QUIET | {"workers": 3}
    generate(toy, 10, 7, {"scale": 2.0}, tmp_path, **settings)
    assert contents(tmp_path) == contents(plain_store)


@pytest.mark.filterwarnings("ignore")
def test_the_same_bytes_by_a_dask_cluster(plain_store, tmp_path, dask_client):
    """A cluster that exists writes the same, and nothing of it is shut down."""
    generate(toy, 10, 7, {"scale": 2.0}, tmp_path, client=dask_client, **QUIET)
    assert contents(tmp_path) == contents(plain_store)
    assert dask_client.submit(sum, [1, 2]).result() == 3


def test_examples_come_back_as_they_were(plain_store):
    """Tables, arrays, text and records are read in order, each with its own seed."""
    found = SimulatedStore(plain_store)
    assert len(found) == len(list(found)) == 10
    for row, example in enumerate(found):
        made = toy(2.0, seed_of(7, row))
        pd.testing.assert_frame_equal(example["data"], made.data, check_dtype=False)
        np.testing.assert_array_equal(example["truth"]["place"], made.truth.place)
        assert example["truth"]["name"] == "toy"
        assert example["seed"] == made.seed
    assert len({example["seed"] for example in found}) == 10
    pd.testing.assert_frame_equal(found[-1]["data"], example["data"])
    with pytest.raises(ValueError, match="i must be"):
        found[10]


@pytest.mark.parametrize(
    "value",
    [
        np.zeros((0, 3)),
        np.array([True, False]),
        np.array(["2019-07-06T03:19:53"], dtype="datetime64[ns]"),
        np.array(["", "höhe"], dtype=object),
        np.float32([1.5, np.nan, np.inf]),
        np.array(3 + 4j),
        pd.DataFrame({"a": pd.Series(dtype=float), "b": pd.Series(dtype=object)}),
        {"inner": {"deep": np.arange(3)}},
        2.5,
        "text",
        "",
        None,
    ],
    ids=repr,
)
def test_a_value_survives_the_store(value):
    """What is written is read again, also empty, missing, nested and foreign text."""
    block = to_bytes({"x": value})
    found = from_bytes(block)["x"]
    assert block == to_bytes({"x": value})
    if isinstance(value, pd.DataFrame):
        assert list(found) == list(value)
        assert len(found) == len(value)
    else:
        np.testing.assert_equal(found, value)


def test_picks_are_stored(tmp_path):
    """The simulator of picks, with records among its parameters, fills a store."""
    settings = {"stations": make_network("ring", 6), "picker": Picker(missed=0.5)}
    found = generate(simulate_picks, 4, 1, settings, tmp_path, **QUIET)
    made = simulate_picks(**settings, random_state=seed_of(1, 3))
    pd.testing.assert_frame_equal(
        found[3]["data"]["picks"], made.data.picks, check_dtype=False
    )
    np.testing.assert_array_equal(found[3]["truth"]["event"], made.truth.event)


def test_the_manifest_tells_what_was_made(plain_store):
    """Seed, parameters, versions and a checksum of every block stand in it."""
    facts = json.loads((plain_store / "manifest.json").read_text())
    assert facts["seed"] == 7
    assert facts["parameters"] == {"scale": 2.0}
    assert facts["simulator"] == "toy_simulators.toy"
    assert facts["versions"]["numpy"] == np.__version__
    assert len(facts["blocks"]) == 4
    assert {"key", "sha256", "code", "n", "block_size"} <= set(facts)


@pytest.mark.parametrize("change", ["n", "seed", "parameters", "block_size", "code"])
def test_the_key_holds_all_that_decides_the_bytes(change, monkeypatch):
    """Another number, seed, parameter or line of code has another key."""
    given = {
        "simulator": toy,
        "parameters": {"scale": 2.0},
        "n": 10,
        "block_size": 3,
        "seed": 7,
    }
    before = make_plan(**given).key
    other = {"n": 11, "seed": 8, "parameters": {"scale": 2.1}, "block_size": 4}
    if change == "code":
        monkeypatch.setattr(Path, "read_bytes", lambda path: b"another line")
    else:
        given[change] = other[change]
    assert make_plan(**given).key != before


def test_the_key_holds_the_modules_that_a_simulator_imports():
    """The digest of the code reads straight rays and the validators too."""
    from mlearth.simulators.plan import sources_of

    names = {Path(source).name for source in sources_of("mlearth.simulators.picks")}
    assert {"picks.py", "pick_records.py", "straight_rays.py", "tables.py"} <= names


def test_a_function_of_a_notebook_has_a_key():
    """A function without a file is digested by what it does, not by where it stands."""
    made = {}
    for name, text in (("a", "seed + 1"), ("b", "\n\n seed + 1"), ("c", "seed + 2")):
        space = {"__name__": "__main__"}
        exec(f"def one(seed):\n    return ({text})", space)
        made[name] = make_plan(space["one"], {}, 1, 1, 0).key
    assert made["a"] == made["b"] != made["c"]


def test_an_interrupted_run_goes_on(plain_store, tmp_path):
    """After an interrupt only what was not complete is simulated, all in order."""
    log = tmp_path / "log"
    given = {"log": str(log), "after": 7, "how": "interrupt"}
    home = tmp_path / "store"
    with pytest.raises(KeyboardInterrupt):
        generate(toy_simulators.stopped_once, 10, 7, given, home, **QUIET)
    blocks = sorted(path.name for path in home.glob("block-*"))
    assert len(blocks) == 2
    with pytest.raises(ValueError, match="folder must be a complete store"):
        SimulatedStore(home)
    log.write_text("")
    found = generate(toy_simulators.stopped_once, 10, 7, given, home, **QUIET)
    assert len(log.read_text().split()) == 4  # rows 6 to 9
    assert [example["seed"] for example in found] == [seed_of(7, i) for i in range(10)]


def test_a_complete_store_is_not_made_again(tmp_path):
    """A second call reads; a third, after a block was damaged, makes that block."""
    log = tmp_path / "log"
    given = toy_simulators.noted, 10, 7, {"log": str(log)}, tmp_path / "store"
    generate(*given, **QUIET)
    before = contents(tmp_path / "store")
    generate(*given, **QUIET)
    assert len(log.read_text().split()) == 10
    damaged = sorted((tmp_path / "store").glob("block-*"))[1]
    damaged.write_bytes(damaged.read_bytes()[:-1])
    with pytest.raises(ValueError, match="was changed since"):
        SimulatedStore(tmp_path / "store")[4]
    generate(*given, **QUIET)
    assert len(log.read_text().split()) == 13
    assert contents(tmp_path / "store") == before


def test_a_dead_worker_loses_nothing(tmp_path):
    """A process that is killed is replaced, and the bytes are the same."""
    given = {"log": str(tmp_path / "log"), "after": 4, "how": "kill"}
    simulator, settings = toy_simulators.stopped_once, QUIET | {"workers": 2}
    generate(simulator, 10, 7, given, tmp_path / "killed", **settings)
    assert (tmp_path / "log.stopped").exists()
    generate(simulator, 10, 7, given, tmp_path / "calm", **settings)
    assert contents(tmp_path / "killed") == contents(tmp_path / "calm")


def test_workers_that_always_die_are_given_up(tmp_path):
    """After three deaths without progress the error tells what is complete."""
    given = {"log": str(tmp_path / "log"), "after": 5, "how": "always"}
    settings = QUIET | {"workers": 2}
    home = tmp_path / "store"
    with pytest.raises(RuntimeError, match=r"died 3 times in a row; . of 4 blocks"):
        generate(toy_simulators.stopped_once, 10, 7, given, home, **settings)
    assert not (home / "manifest.json").exists()
    assert not list(home.glob("*.unfinished"))


@pytest.mark.filterwarnings("ignore")
def test_a_dead_worker_of_a_cluster_loses_nothing(tmp_path, dask_client):
    """A worker of the cluster that is killed while it works is replaced."""
    given = {"log": str(tmp_path / "log"), "after": 4, "how": "kill"}
    simulator = toy_simulators.stopped_once
    generate(simulator, 10, 7, given, tmp_path / "a", client=dask_client, **QUIET)
    assert (tmp_path / "log.stopped").exists()
    generate(simulator, 10, 7, given, tmp_path / "b", **QUIET)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_whose_workers_are_killed_from_outside(tmp_path, dask_client):
    """All workers are killed before the work, which their nannies' new ones do."""
    for pid in dask_client.run(os.getpid).values():
        os.kill(pid, signal.SIGKILL)
    found = generate(toy, 6, 7, folder=tmp_path, client=dask_client, **QUIET)
    assert len(list(found)) == 6


def test_a_full_disk_loses_nothing_that_was_complete(
    plain_store, tmp_path, monkeypatch
):
    """The third block finds no room; two stay whole, none half, and a call goes on."""
    real, calls = os.fsync, []

    def full(descriptor):
        calls.append(descriptor)
        if len(calls) == 4:  # the plan, two blocks, and this one
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(store.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        generate(toy, 10, 7, {"scale": 2.0}, tmp_path, **QUIET)
    names = {path.name for path in plain_store.iterdir()}
    assert len(contents(tmp_path)) == 3
    assert set(contents(tmp_path)) <= names
    generate(toy, 10, 7, {"scale": 2.0}, tmp_path, **QUIET)
    assert contents(tmp_path) == contents(plain_store)


FULL = """
import resource, signal, sys
from mlearth.simulators import generate
from toy_simulators import toy
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
quiet = {"workers": 1, "progress": False, "block_size": 9}
generate(toy, 10, 7, {"scale": 2.0}, sys.argv[1], **quiet)
"""


@pytest.mark.needs("bash")  # where it is, files have limits of size
def test_the_system_refuses_a_file_and_nothing_is_half(tmp_path):
    """Under a real limit of file size the large block fails by name and leaves no file;
    without the limit the same call completes."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    words = [sys.executable, "-c", FULL, str(tmp_path)]
    said = subprocess.run(words, env=environment, capture_output=True, text=True)
    assert said.returncode == 1
    assert "OSError" in said.stderr
    assert "File too large" in said.stderr
    assert set(contents(tmp_path)) == {"plan.json"}
    settings = QUIET | {"block_size": 9}
    found = generate(toy, 10, 7, {"scale": 2.0}, tmp_path, **settings)
    assert len(list(found)) == 10


def test_a_folder_of_another_plan_is_refused(plain_store, tmp_path):
    """Neither another seed nor foreign files are mixed into a store."""
    with pytest.raises(ValueError, match="folder must be empty, or begun with key"):
        generate(toy, 10, 8, {"scale": 2.0}, plain_store, **QUIET)
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(ValueError, match="folder must be empty"):
        generate(toy, 10, 7, {"scale": 2.0}, tmp_path, **QUIET)
    assert set(contents(tmp_path)) == {"thesis.tex"}


def test_the_default_folder_is_the_key_s(tmp_path, monkeypatch):
    """Without a folder the store lies in the cache, under a name with its key."""
    monkeypatch.setenv("MLEARTH_CACHE", str(tmp_path))
    one = generate(toy, 2, 7, **QUIET)
    two = generate(toy, 2, 8, **QUIET)
    assert one.folder.parent == two.folder.parent == tmp_path / "simulated"
    assert one.folder.name == f"toy-{one.manifest['key']}" != two.folder.name


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"simulator": toy_simulators.unstorable}, "thing must be a table"),
        ({"simulator": toy_simulators.no_simulated}, "simulator must be a function"),
        ({"simulator": len}, "simulator"),
        ({"simulator": os.getcwd}, "simulator"),
        ({"simulator": 3}, "simulator"),
        ({"n": 0}, "n must be"),
        ({"seed": -1}, "seed must be"),
        ({"parameters": {"colour": 1.0}}, "parameters must be names among scale"),
        ({"parameters": {"seed": 1}}, "parameters must be names among scale"),
        ({"parameters": {"scale": np.nan}}, "parameters must be finite"),
        ({"parameters": {"scale": object()}}, "parameters must be finite"),
        ({"parameters": [1]}, "parameters must be a mapping"),
        ({"block_size": 0}, "block_size"),
        ({"workers": 0}, "workers"),
        ({"client": 3}, "client must be a client with submit and gather"),
        ({"folder": 3}, "folder"),
    ],
)
def test_nonsense_is_named(given, named, tmp_path):
    """Each wrong argument is an error that names it."""
    usual = {"simulator": toy, "n": 2, "seed": 0, "folder": tmp_path} | QUIET
    with pytest.raises(ValueError, match=named):
        generate(**(usual | given))


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_the_simulator_is_its_own(tmp_path, workers):
    """What a simulator raises reaches the caller, and is not tried again."""
    with pytest.raises(ZeroDivisionError, match="of the simulator"):
        generate(
            toy_simulators.fails, 2, 0, None, tmp_path, **(QUIET | {"workers": workers})
        )


def test_a_progress_bar_is_shown(tmp_path, capsys):
    """A bar counts the blocks, and stays away if it is not wanted."""
    generate(toy, 4, 0, folder=tmp_path / "a", **QUIET)
    assert capsys.readouterr().err == ""
    generate(toy, 4, 0, folder=tmp_path / "b", **(QUIET | {"progress": True}))
    assert "2/2" in capsys.readouterr().err


IMPORTED = """
import sys
import mlearth.simulators, mlearth.seismology
print(*sorted({"tensorflow", "dask", "distributed", "pyocto"} & set(sys.modules)))
"""


def test_simulators_need_no_tensorflow_and_no_dask():
    """Importing them loads none of the large libraries."""
    said = subprocess.run(
        [sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == []


CELLS = [
    "from mlearth.simulators import generate, make_network, simulate_picks",
    "store = generate(simulate_picks, 8, 3, {'stations': make_network('ring', 6)})",
]


def inputs(cells):
    """The inputs of a page with these cells."""
    return PageInputs(ROOT).of(ROOT / "book/index.md", cells)


@pytest.mark.parametrize(
    "module", ["simulators.picks", "simulators.generate", "seismology.straight_rays"]
)
def test_what_a_page_generates_is_among_its_inputs(module, monkeypatch):
    """A page that generates depends on the simulator's module and what it imports."""
    before = inputs(CELLS)
    assert f"mlearth.{module}" in before
    real = PageInputs._module
    monkeypatch.setattr(
        PageInputs,
        "_module",
        lambda self, name, *rest: (
            "changed" if name == f"mlearth.{module}" else real(self, name, *rest)
        ),
    )
    assert inputs(CELLS) != before


@pytest.mark.parametrize(("old", "new"), [("8, 3", "8, 4"), ("'ring', 6", "'ring', 7")])
def test_a_page_s_seed_and_parameters_are_among_its_inputs(old, new):
    """They stand in the cells, which are inputs."""
    assert inputs([cell.replace(old, new) for cell in CELLS]) != inputs(CELLS)


def test_the_page_of_picks_depends_on_them():
    """The page that shows this simulator is executed again when it changes."""
    page = Page.read(ROOT / "book/simulators/picks_and_events.md")
    found = PageInputs(ROOT).of(
        ROOT / "book/simulators/picks_and_events.md",
        [cell.source for cell in page.code],
    )
    assert {"mlearth.simulators.picks", "mlearth.seismology.association"} <= set(found)
