"""Whatever is drawn at random can be drawn again: no call forgets its seed."""

import ast
import re

import jupytext
import pytest
from planted_book import ROOT

PACKAGE = sorted((ROOT / "code/mlearth").rglob("*.py"))
PAGES = sorted((ROOT / "book").rglob("*.md"))
ONE_AWAY = re.compile(r"n_folds=len\(")  # every unit alone: no order can matter


def drawing(files=PACKAGE) -> set[str]:
    """Name the functions that take a seed by name alone and draw without one."""
    found = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                named = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
                found |= {
                    node.name
                    for argument, default in named
                    if argument.arg == "random_state"
                    and isinstance(default, ast.Constant)
                    and default.value is None
                }
    return found


def unseeded(code: str, names: set[str]) -> list[str]:
    """Quote the calls of such functions that hand no seed on."""
    calls = [n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Call)]
    return [
        text
        for call in calls
        if getattr(call.func, "attr", getattr(call.func, "id", None)) in names
        and not {"random_state", None} & {word.arg for word in call.keywords}
        and not ONE_AWAY.search(text := ast.unparse(call))
    ]


def cells(page) -> str:
    """Return the code cells of a page, those that are plain Python, as one program."""
    sources = [
        c.source
        for c in jupytext.read(page, fmt="md:myst").cells
        if c.cell_type == "code"
    ]
    return "\n".join(source for source in sources if parses(source))


def parses(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def test_a_forgotten_seed_is_found():
    code = "folds_by_record(9)\nev.folds_by_record(9, random_state=0)"
    assert unseeded(code, {"folds_by_record"}) == ["folds_by_record(9)"]
    assert {"folds_by_record", "bootstrap_interval"} <= drawing()


def test_only_what_reads_a_clock_may_vary():
    """Where two executions may differ, time was measured, and no seed forgotten."""
    varying = [p for p in PAGES if re.search(r"^:?tags:.*varies", p.read_text(), re.M)]
    assert varying
    assert [p.name for p in varying if "import time" not in cells(p)] == []


@pytest.mark.parametrize("place", ["package", "pages"])
def test_no_call_forgets_its_seed(place):
    codes = {
        "package": {file.name: file.read_text("utf-8") for file in PACKAGE},
        "pages": {page.name: cells(page) for page in PAGES},
    }[place]
    names = drawing()
    found = {name: unseeded(code, names) for name, code in codes.items()}
    assert {name: calls for name, calls in found.items() if calls} == {}
