"""The code of a script, a notebook or a page, as cells that know their lines."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..._arguments import wrong

FENCE = re.compile(r"^(`{3,}|:{3,})\{code-cell\}.*?$(.*?)^\1[ ]*$", re.M | re.S)
HEADER = re.compile(r"\A(?:\n---\n.*?^---$|(?:\n:[\w-]+:[^\n]*)+)", re.M | re.S)
MAGIC = re.compile(r"^[ ]*[%!?].*$", re.M)


@dataclass(frozen=True)
class Cell:
    """One cell of code.

    Attributes
    ----------
    tree : ast.Module
        Its syntax.
    name : str
        "" in a script, where lines count from its top, else such as "cell 3, ".
    offset : int
        What to add to a line of the tree.
    """

    tree: ast.Module
    name: str = ""
    offset: int = 0

    def place(self, node: ast.AST) -> str:
        """Say where a node stands."""
        return f"{self.name}line {node.lineno + self.offset}"


def read_cells(path: str | Path) -> list[Cell]:
    """Return the cells of a `.py` or `.ipynb` file or of a MyST page (`.md`).

    Raises
    ------
    ValueError
        If the file has another ending or is missing, or a cell is no Python.
    """
    path = Path(path)
    readers = {".py": _script, ".ipynb": _notebook, ".md": _page}
    if path.suffix not in readers:
        raise wrong("path", "a file that ends in .py, .ipynb or .md", repr(path.name))
    if not path.is_file():
        raise wrong("path", "a file that exists", repr(path.name))
    return [
        Cell(_parse(code, name, offset), name, offset)
        for code, name, offset in readers[path.suffix](path.read_text("utf-8"))
    ]


def _parse(code: str, name: str, offset: int) -> ast.Module:
    try:
        return ast.parse(code)
    except SyntaxError:
        pass  # perhaps for the magics of a notebook
    try:
        return ast.parse(MAGIC.sub("pass", code))
    except SyntaxError as error:
        where = f"{name}line {(error.lineno or 1) + offset}: {error.msg}"
        raise wrong("path", "a file of Python that can be read", where) from None


def _script(text: str) -> Iterator[tuple[str, str, int]]:
    yield text, "", 0


def _notebook(text: str) -> Iterator[tuple[str, str, int]]:
    try:
        cells = json.loads(text)["cells"]
    except (ValueError, KeyError, TypeError):
        raise wrong("path", "a notebook of Jupyter", "another file") from None
    for number, cell in enumerate(cells, start=1):
        if cell["cell_type"] == "code":
            yield "".join(cell["source"]), f"cell {number}, ", 0


def _page(text: str) -> Iterator[tuple[str, str, int]]:
    for fence in FENCE.finditer(text):
        body = fence[2]
        header = HEADER.match(body)
        begin = fence.start(2) + (header.end() if header else 0)
        yield text[begin : fence.end(2)], "", text.count("\n", 0, begin)
