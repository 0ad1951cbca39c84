"""Imports of the package point downwards, and its checks stand apart."""

import ast
import os
import pkgutil
import shutil
import subprocess
import sys
import tomllib

import pytest
from book_rules import ROOT
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

import mlearth

SETTINGS = ROOT / "pyproject.toml"
CONTRACTS = tomllib.loads(SETTINGS.read_text("utf-8"))["tool"]["importlinter"]
PACKAGES = {
    f"mlearth.{module.name}" for module in pkgutil.iter_modules(mlearth.__path__)
}
LINT = """import sys
from importlinter.cli import lint_imports
sys.exit(lint_imports(sys.argv[1], no_cache=True))
"""
INITS = sorted((ROOT / "code/mlearth").rglob("__init__.py"))


def test_the_contracts_hold():
    """Every layer imports from those below it alone, and `checks` from none."""
    assert lint_imports(str(SETTINGS), no_cache=True) == EXIT_STATUS_SUCCESS


def test_every_package_is_kept_from_the_checks():
    """The lists of the contracts that keep `checks` apart name every package."""
    _, of_checks, of_others = CONTRACTS["contracts"]
    others = PACKAGES - {"mlearth.checks"}
    assert set(of_checks["forbidden_modules"]) == others
    assert set(of_others["source_modules"]) == others


@pytest.mark.parametrize(
    ("module", "planted", "broken"),
    [
        ("learners/base.py", "from ..plotting import roc", "Imports point downwards"),
        ("learners/base.py", "from ..evaluation import Split", "Imports point downw"),
        ("_geodesy.py", "from .datasets import register", "Imports point downwards"),
        ("datasets/register.py", "from ..checks import check", "knows the checks"),
        ("checks/report.py", "from ..learners import rmse", "checks know nothing"),
    ],
)
def test_a_planted_import_is_noticed(tmp_path, module, planted, broken):
    """An import upwards, sideways, or across to the checks breaks its contract."""
    shutil.copytree(
        ROOT / "code/mlearth",
        tmp_path / "mlearth",
        ignore=shutil.ignore_patterns("data", "__pycache__"),
    )
    with (tmp_path / "mlearth" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{planted}\n")
    said = subprocess.run(
        [sys.executable, "-c", LINT, str(SETTINGS)],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert said.returncode == 1
    kept_or_broken = {line for line in said.stdout.splitlines() if "BROKEN" in line}
    assert [line for line in kept_or_broken if broken in line], said.stdout


def statements(source):
    """Yield what a package's ``__init__`` holds beside its docstring and imports."""
    tree = ast.parse(source)
    for node in tree.body[ast.get_docstring(tree) is not None :]:
        is_all = isinstance(node, ast.Assign) and node.targets[0].id == "__all__"
        if not isinstance(node, ast.Import | ast.ImportFrom) and not is_all:
            yield ast.unparse(node)


@pytest.mark.parametrize("path", INITS, ids=[path.parent.name for path in INITS])
def test_an_init_holds_re_exports_only(path):
    """What a name means stands in a module of its own, where it can be followed.

    The root has `check`, which is imported late: most who import mlearth only read.
    """
    if path.parent.name != "mlearth":
        assert list(statements(path.read_text("utf-8"))) == []


def test_a_definition_in_an_init_is_noticed():
    """The rule is not asleep."""
    assert list(statements('"""A package."""\nfrom .a import b\nc = 1')) == ["c = 1"]
