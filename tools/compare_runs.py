"""Are the outputs of two executions of a page the same?"""

import ast
import re
from collections.abc import Iterator

from nbformat import NotebookNode

VARIES = "varies"
"""Tag of a cell whose output may differ from one execution to the next."""


def tags(cell: NotebookNode) -> list[str]:
    """Return the tags of a cell."""
    return cell.metadata.get("tags", [])


def shown(cell: NotebookNode) -> list:
    """Return what a cell put out; text that came in pieces is joined."""
    outputs: list = []
    for output in cell.outputs:
        if output.output_type != "stream":
            outputs.append((output.output_type, output.get("data")))
        elif outputs and outputs[-1][0] == output.name:
            outputs[-1] = (output.name, outputs[-1][1] + output.text)
        else:
            outputs.append((output.name, output.text))
    return outputs


def differences(name: str, one: NotebookNode, other: NotebookNode) -> Iterator[str]:
    """Name each cell of a page whose output differs, unless it is tagged `varies`.

    Parameters
    ----------
    name : str
        The page.
    one, other : NotebookNode
        Two executions; the tags are those of `other`.
    """
    pairs = [
        [cell for cell in notebook.cells if cell.cell_type == "code"]
        for notebook in (one, other)
    ]
    for number, (before, after) in enumerate(zip(*pairs, strict=True), 1):
        if VARIES not in tags(after) and shown(before) != shown(after):
            first = after.source.lstrip().partition("\n")[0]
            yield f"{name}: cell {number} ({first}) gives another output when run again"


def calls(cell: NotebookNode, function: str) -> Iterator[tuple[str, set[str]]]:
    """Yield the name and the keywords of each ``function("name", ...)`` in a cell."""
    for node in ast.walk(ast.parse(cell.source)):
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func).split(".")[-1] == function
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield node.args[0].value, {keyword.arg for keyword in node.keywords}


def loose_quotes(notebook: NotebookNode) -> Iterator[str]:
    """Name what prose quotes from a cell that varies, and no tolerance holds.

    A tolerance is ``pin("name", value, expected, abs=...)`` or ``rel=...``.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    prose = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    quoted = set(re.findall(r"\{glue:\w*\}`(\w+)", prose))
    held = {
        name for c in code for name, words in calls(c, "pin") if words & {"abs", "rel"}
    }
    for cell in code:
        if VARIES in tags(cell):
            for name, _ in calls(cell, "glue"):
                if name in quoted - held:
                    yield f"prose quotes {name}, which varies, and no pin holds it"
