"""Look for leaks in the lines of a notebook or a script, without running it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Annotated

from ..._arguments import Accepted, checked
from .facts import NOTHING, Facts, of_name, together
from .report import LeakReport
from .sources import Cell, read_cells
from .syntax import targets
from .values import Values

PathLike = Annotated[
    str | Path, Accepted("a path", lambda value: isinstance(value, str | Path))
]
UNSEEN = (
    "what functions of other files and methods of your own classes do, and what a name "
    "holds at run time",
    "a split whose sides are not called train and test, if you make it by hand",
    "rows of one earthquake or station, or neighbours in time or place, on both sides "
    "of a split (`find_leaks` looks at the rows)",
    "columns that are made from the target, or from other rows, before the split, "
    "unless groups of rows are asked for the target",
    "a test that is looked at again and again, and what you chose by looking yourself",
)
DEPTH = 4
"""How many functions deep a call is followed."""


@checked
def find_leaks_in_code(path: PathLike) -> LeakReport:
    """Read a notebook, a script or a page for what was learnt before the split.

    It follows names from line to line, and calls into the functions of the file: a
    scaler, selector or sampler that is fitted to all rows before they are split or
    scored in folds; groups that are asked for the target; anything fitted to the test;
    and a setting, or the end of a training, that is chosen by its score on the test.

    Parameters
    ----------
    path : str or Path
        A file that ends in .py, .ipynb or .md (MyST). Nothing of it is run.

    Returns
    -------
    LeakReport
        The leaks found, by line, and what reading cannot tell.

    Raises
    ------
    ValueError
        If there is no such file, or a cell of it is no Python.

    Notes
    -----
    Leakage, its kinds and its damage: ``kaufman2012leakage``, ``kapoor2023leakage``.

    Examples
    --------
    >>> import tempfile
    >>> text = '''
    ... Z = StandardScaler().fit_transform(X)
    ... Z_train, Z_test, y_train, y_test = train_test_split(Z, y)
    ... '''
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (file := Path(folder) / "work.py").write_text(text)
    ...     find_leaks_in_code(file).leaks[0].where
    'line 3'
    """
    reader, cells = Reader(), read_cells(path)
    reader.targets = targets([cell.tree for cell in cells])
    for cell in cells:
        reader.read(cell)
    return LeakReport(tuple(dict.fromkeys(reader.leaks)), UNSEEN)


class Reader(Values, ast.NodeVisitor):
    """Walks through cells in their order and remembers what each name holds."""

    def __init__(self) -> None:
        super().__init__()
        self.functions: dict[str, tuple[Cell, ast.FunctionDef]] = {}
        self.inside: list[str] = []
        self.returned: list[Facts] = []

    def read(self, cell: Cell) -> None:
        """Read one cell."""
        self.cell = cell
        for statement in cell.tree.body:
            self.visit(statement)

    # statements

    def visit_Assign(self, node: ast.Assign) -> None:
        value = self.facts(node.value)
        for target in node.targets:
            self.bind(target, value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.bind(node.target, self.facts(node.value))

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        both = together([self.facts(node.target), self.facts(node.value)])
        self.bind(node.target, both)

    def visit_Expr(self, node: ast.Expr) -> None:
        self.facts(node.value)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for one in node.names:
            if one.asname:
                self.aliases[one.asname] = one.name

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None:
            self.returned.append(self.facts(node.value))

    def visit_While(self, node: ast.While) -> None:
        self.facts(node.test)
        self.loops += 1
        for statement in [*node.body, *node.orelse]:
            self.visit(statement)
        self.loops -= 1

    def visit_For(self, node: ast.For) -> None:
        self.begin_loop(node.target, self.facts(node.iter))
        self.loops += 1
        for statement in [*node.body, *node.orelse]:
            self.visit(statement)
        self.loops -= 1

    def visit_If(self, node: ast.If) -> None:
        test = self.facts(node.test)
        sets = any(isinstance(part, ast.Assign) for part in node.body)
        compares = isinstance(node.test, ast.Compare)
        if test.is_score and self.loops and sets and compares:
            self.chosen(node)
        for statement in [*node.body, *node.orelse]:
            self.visit(statement)

    # functions

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        outside = dict(self.functions)
        for statement in node.body:
            self.visit(statement)
        self.functions = outside  # a method is called through an object

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.functions[node.name] = (self.cell, node)
        self.known.pop(node.name, None)
        self.of_own(node.name, [], {})

    visit_AsyncFunctionDef = visit_FunctionDef

    def is_own(self, node: ast.AST) -> bool:
        """Tell whether a name is that of a function of this file."""
        return isinstance(node, ast.Name) and node.id in self.functions

    def of_own(self, name: str, given: list[Facts], words: dict[str, Facts]) -> Facts:
        """Read the body of a function with what it is given; return what it returns."""
        if name in self.inside or len(self.inside) == DEPTH:
            return NOTHING
        before = self.cell, dict(self.known), self.loops, self.returned
        self.cell, function = self.functions[name]
        self.loops, self.returned = 0, []
        self.inside.append(name)
        self.bind_arguments(function.args, given, words)
        for statement in function.body:
            self.visit(statement)
        self.inside.pop()
        found = self.returned
        self.cell, self.known, self.loops, self.returned = before
        return found[0] if len(found) == 1 else together(found)

    def bind_arguments(
        self, names: ast.arguments, given: list[Facts], words: dict[str, Facts]
    ) -> None:
        """Remember what the arguments of a function hold."""
        places = [one.arg for one in [*names.posonlyargs, *names.args]]
        for name in [*places, *(one.arg for one in names.kwonlyargs)]:
            self.known[name] = of_name(name)
        if given and given[-1].makes == "folds":  # *split is all that is left
            left = [ast.Name(one, lineno=0) for one in places[len(given) - 1 :]]
            self.bind_several(left, given.pop())
        for name, value in [*zip(places, given, strict=False), *words.items()]:
            self.hold(ast.Name(name, lineno=0), value)
