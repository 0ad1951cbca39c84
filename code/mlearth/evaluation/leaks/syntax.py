"""Small questions about the syntax of a line."""

from __future__ import annotations

import ast
import re


def called(node: ast.Call) -> str:
    """Return the last name of what is called, "" if it has none."""
    function = node.func
    return getattr(function, "attr", getattr(function, "id", ""))


OF_ROWS = re.compile(r"labels|embedding|dual|transduction|oob|.*(row|sample|resid)")
"""Learned attributes that have an entry for each row."""


def root(node: ast.expr) -> str:
    """Return the name that a chain of attributes and parts begins with."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def own_spread(node: ast.AST) -> str:
    """Return the spread by which a column is divided that it was taken from.

    >>> own_spread(ast.parse("(x - x.min()) / (x.max() - x.min())", mode="eval").body)
    'range'
    >>> own_spread(ast.parse("x / x.std(axis=1)", mode="eval").body)  # of each row
    ''
    """
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)):
        return ""
    asked = {called(call) for call in calls_of_same(node.left, node.right)}
    if {"max", "min"} <= asked:
        return "range"
    return next((name for name in ("std", "nanstd", "ptp") if name in asked), "")


def own_middle(node: ast.Call) -> str:
    """Return the mean, or another number, by which a table's own gaps are filled."""
    if called(node) != "fillna":
        return ""
    given = [*node.args, *(word.value for word in node.keywords)]
    asked = {called(call) for one in given for call in calls_of_same(node.func, one)}
    return next((name for name in ("mean", "median", "mode") if name in asked), "")


def calls_of_same(one: ast.AST, other: ast.AST) -> list[ast.Call]:
    """Return the calls in one piece of code that use a name of another.

    Left out are those that ask each row for itself, along another axis than the first.
    """
    names = names_in(one) - {"np", "pd"}
    calls = [part for part in ast.walk(other) if isinstance(part, ast.Call)]
    return [call for call in calls if names_in(call) & names and not by_row(call)]


def names_in(node: ast.AST) -> set[str]:
    """Return the names that a piece of code uses."""
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def by_row(call: ast.Call) -> bool:
    """Tell whether a call is told an axis, and not the one of the rows."""
    words = [word.value for word in call.keywords if word.arg == "axis"]
    try:
        said = [ast.literal_eval(word) for word in words]
    except ValueError:
        return False
    return bool(said) and said[0] not in (0, None, "index") and said[0] != (0,)


def cuts_rows(index: ast.expr) -> bool:
    """Tell whether an index takes some rows: a slice with an end, or a comparison.

    >>> [cuts_rows(ast.parse(f"x[{i}]").body[0].value.slice) for i in (":n", ":, 1")]
    [True, False]
    """
    first = index.elts[0] if isinstance(index, ast.Tuple) and index.elts else index
    if isinstance(first, ast.Slice):
        return first.lower is not None or first.upper is not None
    return any(isinstance(part, ast.Compare) for part in ast.walk(first))


def is_learned(node: ast.expr) -> bool:
    """Tell whether a value is what a model learned, and not one number for each row.

    >>> [is_learned(ast.parse(f"m.{name}").body[0].value) for name in ("coef_", "X")]
    [True, False]
    >>> is_learned(ast.parse("m.labels_").body[0].value)
    False
    """
    if not isinstance(node, ast.Attribute) or node.attr.startswith("_"):
        return False
    return node.attr.endswith("_") and not OF_ROWS.match(node.attr)


def is_cut(node: ast.Call) -> bool:
    """Tell whether a call returns some rows of a table."""
    words = {word.arg for word in node.keywords}
    if called(node) == "drop":
        return not words & {"columns", "axis"}
    return called(node) in ("sample", "head", "tail", "query")


def column(node: ast.AST) -> str:
    """Return the column that a piece of code takes from a table by its name, or ''."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return ""


def targets(trees: list[ast.Module]) -> set[str]:
    """Return the columns that are called `y`, or stand second where rows are split.

    >>> sorted(targets([ast.parse("y = df['a']\\ntrain_test_split(df, df['b'])")]))
    ['a', 'b']
    """
    found = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Assign) and names_in(node.targets[0]) & {"y", "target"}:
            found.add(column(node.value))
        splits = isinstance(node, ast.Call) and called(node) == "train_test_split"
        if splits and len(node.args) > 1:
            found.add(column(node.args[1]))
    return found - {""}


def grouped_column(node: ast.expr) -> str:
    """Return the column that groups of rows are asked for, '' where it is no such call.

    >>> grouped_column(ast.parse("d.groupby('a')['b'].mean()", mode="eval").body)
    'b'
    """
    inner, found = node, ""
    while isinstance(inner, ast.Call | ast.Attribute | ast.Subscript):
        if isinstance(inner, ast.Call) and called(inner) == "groupby":
            return found
        found = found or column(inner)
        inner = inner.func if isinstance(inner, ast.Call) else inner.value
    return ""


def is_mean(name: str, node: ast.Call) -> bool:
    """Tell whether a call is the mean of a difference or of a comparison."""
    if name not in ("mean", "sqrt", "median", "sum"):
        return False
    return any(isinstance(part, ast.Compare | ast.BinOp) for part in ast.walk(node))
