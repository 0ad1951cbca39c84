"""Everything public says what it takes, gives and refuses, in numpydoc's form."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from dataclasses import is_dataclass
from types import FunctionType

import pytest
from book_rules import ROOT, bibliography_keys
from numpydoc.validate import validate

import mlearth

PACKAGES = sorted(
    module.name
    for module in pkgutil.iter_modules(mlearth.__path__)
    if module.ispkg and not module.name.startswith("_")
)
MODULES = sorted((ROOT / "code").rglob("*.py"))
KEY = r"[a-z]+(?:19|20)\d\d[a-z]+"
NAMED = r"([A-Z][a-zA-Z'-]+)(?: et al\.| and others)?,? \(?((?:18|19|20)\d\d)\)"
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


def docstrings(path):
    """Yield every docstring of a file."""
    documented = ast.Module | ast.ClassDef | ast.FunctionDef
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, documented) and ast.get_docstring(node):
            yield ast.get_docstring(node)


def citation_faults(docstring, keys):
    """Yield works that a docstring names otherwise than by ``key``.

    A work may be named in words, "Brown (2001)", if its key stands in the paragraph.
    """
    for paragraph in docstring.split("\n\n"):
        marked = set(re.findall(rf"``({KEY})``", paragraph))
        named = set(re.findall(rf"\b{KEY}\b", paragraph))
        yield from (f"{key} is no key of references.bib" for key in named - keys)
        yield from (f"{key} is not written as ``{key}``" for key in named - marked)
        for author, year in re.findall(NAMED, paragraph):
            if not any(year in key for key in named):
                yield f"{author} ({year}) stands without its key"


@pytest.mark.parametrize("path", MODULES, ids=[path.stem for path in MODULES])
def test_a_work_named_in_a_docstring_is_in_the_bibliography(path):
    """Works are cited by their keys of references.bib, in one form."""
    keys = bibliography_keys()
    found = [f for text in docstrings(path) for f in citation_faults(text, keys)]
    assert found == []


@pytest.mark.parametrize(
    ("docstring", "fault"),
    [
        ("See ``nobody1999nothing``.", "is no key"),
        ("See :cite:t:`cover1967nearest`.", "is not written as"),
        ("See cover1967nearest.", "is not written as"),
        ("See Cover and Hart (1967).", "Hart (1967) stands without its key"),
        ("It is short (Brown, Cai and DasGupta, 2001).", "DasGupta (2001) stands"),
        ("See Utsu et al. (1961).\n\n``utsu1961statistical``", "Utsu (1961) stands"),
    ],
)
def test_a_planted_citation_is_noticed(docstring, fault):
    """A key of no work, another form, and a name without its key are faults."""
    assert fault in "\n".join(citation_faults(docstring, bibliography_keys()))


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
