"""Everything public says what it takes, gives and refuses, in numpydoc's form."""

import importlib
import inspect
import subprocess
import sys
from dataclasses import is_dataclass
from types import FunctionType

import pytest
from book_rules import ROOT
from numpydoc.validate import validate

PACKAGES = ["datasets", "evaluation", "plotting", "learners", "checks"]
# GL08 no docstring, SS03 no full stop, RT01 no section on the result, PR01 to PR03
# parameters that are not documented, unknown or out of order
WANTED = {"GL08", "SS03", "RT01", "PR01", "PR02", "PR03"}


def public_objects():
    """Every function and class that a package lists, as a dotted name."""
    for package in PACKAGES:
        module = importlib.import_module(f"mlearth.{package}")
        for name in module.__all__:
            if isinstance(getattr(module, name), type | FunctionType):
                yield f"mlearth.{package}.{name}"


PUBLIC = list(public_objects())


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_object_is_documented(name):
    """Every parameter and every result is documented; a record has its attributes."""
    package, _, leaf = name.rpartition(".")
    found = getattr(importlib.import_module(package), leaf)
    is_record = is_dataclass(found) or hasattr(found, "_fields")
    wanted = WANTED - ({"PR01"} if is_record else set())
    faults = [f"{code} {text}" for code, text in validate(name)["errors"]]
    assert [fault for fault in faults if fault[:4] in wanted] == []
    assert not is_record or "Attributes\n" in inspect.getdoc(found)


def test_a_missing_parameter_is_noticed():
    """The validator is not asleep: an undocumented parameter is a fault."""
    assert "PR01" in WANTED & {code for code, _ in validate("builtins.print")["errors"]}


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_function_has_type_hints(name):
    """Arguments of public functions carry annotations, or say why none fits."""
    package, _, leaf = name.rpartition(".")
    found = getattr(importlib.import_module(package), leaf)
    if inspect.isfunction(found) and package != "mlearth.plotting":
        hints = inspect.signature(found).parameters.values()
        bare = [p.name for p in hints if p.annotation is p.empty]
        assert bare == []


@pytest.mark.parametrize("words", [["check"], ["format", "--check"]], ids=" ".join)
def test_ruff_finds_nothing(words):
    """Style is settled by a tool, not by taste."""
    said = subprocess.run(
        [sys.executable, "-m", "ruff", *words, str(ROOT)],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert said.returncode == 0, said.stdout
