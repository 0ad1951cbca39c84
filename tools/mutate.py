"""Spoil a solution one small step at a time: the slips that nobody listed.

Each operator is a mistake of the field: an axis, a base of the logarithm, ``<`` for
``<=``, an index off by one, a sign, a missing copy. What a check does not notice is
either equal to the solution, and recorded as such, or a gap in the check.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

SWAPPED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
RENAMED = {
    "log10": ["log"],
    "log": ["log10"],
    "mean": ["sum", "median"],
    "sum": ["mean"],
    "median": ["mean"],
    "max": ["min"],
    "min": ["max"],
    "argmax": ["argmin"],
    "argmin": ["argmax"],
    "maximum": ["minimum"],
    "minimum": ["maximum"],
    "std": ["var"],
    "sin": ["cos"],
    "cos": ["sin"],
    "floor": ["ceil"],
    "ceil": ["floor"],
    "round": ["floor"],
    "radians": ["degrees"],
    "any": ["all"],
    "all": ["any"],
    "ones": ["zeros"],
    "zeros": ["ones"],
}
DROPPED = {"sqrt", "abs", "square", "exp", "radians", "sort", "unique", "copy", "log1p"}
"""Calls that a mutant leaves out, so that their argument stands alone."""

KEYWORDS = {"axis", "ddof", "side", "rcond", "minlength", "left", "right"}


@dataclass(frozen=True)
class Mutant:
    """One spoilt solution.

    Attributes
    ----------
    function : str
        The function of the solution that was changed.
    change : str
        The code before and after, as "before -> after".
    text : str
        The whole file.
    """

    function: str
    change: str
    text: str


def mutants(solution: str) -> Iterator[Mutant]:
    """Yield the solution with one expression of a function changed, each text once.

    Parameters
    ----------
    solution : str
        Text of a solution; only what stands between its marks is changed.

    Yields
    ------
    Mutant

    Examples
    --------
    >>> text = '''def f(x):
    ...     # BEGIN SOLUTION
    ...     return x[1:] < 3
    ...     # END SOLUTION
    ... '''
    >>> [mutant.change for mutant in mutants(text)]
    ['x[1:] < 3 -> x[1:] <= 3', 'x[1:] < 3 -> 2 * (x[1:] < 3)',
     'x[1:] < 3 -> -(x[1:] < 3)', '1 -> 2', '3 -> 4']
    """
    tree, seen = ast.parse(solution), {solution}
    inside = _lines_to_write(solution)
    for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
        results = _results(function)
        for node in _ordered(function):
            if node.lineno not in inside:
                continue
            before = ast.get_source_segment(solution, node)
            returned = _returned(node) if node in results else ()
            for changed in (*_spoilt(node), *returned):
                after = ast.unparse(changed)
                text = _with(solution, node, after)
                if text not in seen and before is not None:
                    seen.add(text)
                    yield Mutant(function.name, f"{_line(before)} -> {after}", text)


def _lines_to_write(solution: str) -> set[int]:
    inside, lines = False, set()
    for number, line in enumerate(solution.splitlines(), 1):
        if line.strip() in ("# BEGIN SOLUTION", "# END SOLUTION"):
            inside = "BEGIN" in line
        elif inside:
            lines.add(number)
    return lines


def _ordered(function: ast.FunctionDef) -> list[ast.expr]:
    found = [node for node in ast.walk(function) if isinstance(node, ast.expr)]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def _results(function: ast.FunctionDef) -> list[ast.expr]:
    """Return what a function returns, one by one, NaN apart: it has no sign."""
    values = [n.value for n in ast.walk(function) if isinstance(n, ast.Return)]
    parts = (v.elts if isinstance(v, ast.Tuple) else [v] for v in values if v)
    return [p for several in parts for p in several if getattr(p, "attr", "") != "nan"]


def _returned(node: ast.expr) -> Iterator[ast.expr]:
    """Return twice the value, and its negative."""
    yield ast.BinOp(ast.Constant(2), ast.Mult(), node)
    yield ast.UnaryOp(ast.USub(), node)


def _line(code: str) -> str:
    return " ".join(code.split())


def _with(solution: str, node: ast.expr, after: str) -> str:
    """Put other code in the place of an expression, in parentheses where it needs."""
    lines = solution.splitlines(keepends=True)
    head = lines[node.lineno - 1].encode()[: node.col_offset].decode()
    tail = lines[node.end_lineno - 1].encode()[node.end_col_offset :].decode()
    if isinstance(node, ast.BinOp | ast.UnaryOp | ast.Compare | ast.BoolOp | ast.Call):
        after = f"({after})"
    before = "".join(lines[: node.lineno - 1])
    return before + head + after + tail + "".join(lines[node.end_lineno :])


def _spoilt(node: ast.expr) -> Iterator[ast.expr]:
    for kind, spoil in SPOILERS.items():
        if isinstance(node, kind):
            yield from spoil(node)


def _changed(node: ast.expr, **values: object) -> ast.expr:
    other = copy.deepcopy(node)
    for name, value in values.items():
        setattr(other, name, value)
    return other


def _comparison(node: ast.Compare) -> Iterator[ast.expr]:
    for k, op in enumerate(node.ops):
        if type(op) in SWAPPED:
            ops = [*node.ops]
            ops[k] = SWAPPED[type(op)]()
            yield _changed(node, ops=ops)


def _operation(node: ast.BinOp) -> Iterator[ast.expr]:
    if type(node.op) in SWAPPED:
        yield _changed(node, op=SWAPPED[type(node.op)]())
    if isinstance(node.op, ast.Div):
        yield _changed(node, op=ast.FloorDiv())
    if isinstance(node.op, ast.Pow):
        yield node.left


def _constant(node: ast.Constant) -> Iterator[ast.expr]:
    if type(node.value) is int:
        yield _changed(node, value=node.value + 1)
    elif type(node.value) is float:
        yield _changed(node, value=2 * node.value)
    elif type(node.value) is bool:
        yield _changed(node, value=not node.value)


def _call(node: ast.Call) -> Iterator[ast.expr]:
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    for other in RENAMED.get(name, []):
        which = "attr" if isinstance(node.func, ast.Attribute) else "id"
        yield _changed(node, func=_changed(node.func, **{which: other}))
    if name in DROPPED:
        on_module = isinstance(getattr(node.func, "value", None), ast.Name) and (
            node.func.value.id in ("np", "math")
        )
        if len(node.args) == 1 and (on_module or isinstance(node.func, ast.Name)):
            yield node.args[0]
        elif not node.args and isinstance(node.func, ast.Attribute):
            yield node.func.value
    for k, keyword in enumerate(node.keywords):
        if keyword.arg in KEYWORDS:
            yield _changed(node, keywords=node.keywords[:k] + node.keywords[k + 1 :])
        if keyword.arg == "axis" and getattr(keyword.value, "value", None) in (0, 1):
            other = ast.keyword("axis", ast.Constant(1 - keyword.value.value))
            rest = node.keywords[:k] + node.keywords[k + 1 :]
            yield _changed(node, keywords=[*rest, other])
    if name in ("std", "var") and "ddof" not in [one.arg for one in node.keywords]:
        one_less = ast.keyword("ddof", ast.Constant(1))
        yield _changed(node, keywords=[*node.keywords, one_less])


def _slice(node: ast.Subscript) -> Iterator[ast.expr]:
    """Move the bounds of a slice that are no constants by one."""
    if not isinstance(node.slice, ast.Slice):
        return
    for end in ("lower", "upper"):
        bound = getattr(node.slice, end)
        if bound is not None and not isinstance(bound, ast.Constant):
            more = ast.BinOp(bound, ast.Add(), ast.Constant(1))
            yield _changed(node, slice=_changed(node.slice, **{end: more}))


SPOILERS = {
    ast.Compare: _comparison,
    ast.BinOp: _operation,
    ast.BoolOp: lambda node: [_changed(node, op=SWAPPED[type(node.op)]())],
    ast.UnaryOp: lambda node: [node.operand],
    ast.Constant: _constant,
    ast.Call: _call,
    ast.Attribute: lambda node: [node.value] if node.attr == "T" else [],
    ast.Subscript: _slice,
}
"""What can be done to each kind of expression."""
