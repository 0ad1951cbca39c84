"""What the outputs of a page depend on: a digest of each thing by its name.

A page's outputs stay good as long as every digest stays. Comments and docstrings of
the code count for nothing; exercises, tests and tools are not among the inputs.
"""

import ast
import functools
import hashlib
import json
import sys
import tomllib
from functools import cached_property
from pathlib import Path

from import_graph import Definition, ImportGraph, Source, chains

REGISTER = "mlearth.datasets.register"
DATA = "code/mlearth/data"
STYLE = "code/mlearth/book.mplstyle"
KERNEL = "book/_ext/ipython/ipython_kernel_config.py"
ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "TF_ENABLE_ONEDNN_OPTS": "0",  # the same numbers on every processor
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",  # two that wait for one another take a fifth more
    "MALLOC_ARENA_MAX": "1",  # TensorFlow's threads keep a tenth less memory
    "LOKY_MAX_CPU_COUNT": "1",  # joblib warns where it cannot count cores
}
"""What the build sets for every kernel: one thread, and the same numbers."""

READS_TEXT = {"help", "__doc__", "getsource", "getdoc", "getsourcelines"}


def digest(*parts: bytes | str) -> str:
    """Return a short digest of bytes and texts."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()[:20]


def file_digest(path: Path) -> str:
    """Return the digest of a file; "" if there is none."""
    return digest(path.read_bytes()) if path.is_file() else ""


def is_file(path: Path) -> bool:
    """Say whether a string names a file; many strings could not."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_docstring(node: ast.stmt) -> bool:
    """Say whether a statement is a string alone: a docstring, or no more than one."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def code_digest(text: str, keep=lambda statement: True) -> str:
    """Digest a program without its comments, docstrings and spacing."""
    tree = ast.parse(text)
    tree.body = [statement for statement in tree.body if keep(statement)]
    for node in ast.walk(tree):
        if isinstance(getattr(node, "body", None), list):
            node.body = [inner for inner in node.body if not is_docstring(inner)]
    return digest(ast.dump(tree))


def is_more_than_names(statement: ast.stmt) -> bool:
    """Say whether a statement of an ``__init__`` does more than hand names on."""
    if isinstance(statement, ast.Assign):
        return [ast.unparse(target) for target in statement.targets] != ["__all__"]
    return not isinstance(statement, ast.Import | ast.ImportFrom)


def pins(root: Path) -> str:
    """Digest the pins, without comments."""
    lines = (root / "requirements.txt").read_text("utf-8").splitlines()
    return digest(*(line for line in lines if not line.lstrip().startswith("#")))


class PageInputs:
    """Tells the inputs of the pages of one book.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the repository.
    """

    def __init__(self, root: Path):
        self.root = root
        self._code: dict[tuple[str, bool], str] = {}
        self._followed: dict[Definition, tuple[set[str], set[Definition]]] = {}

    @cached_property
    def graph(self) -> ImportGraph:
        return ImportGraph(self.root / "code")

    @cached_property
    def register(self) -> dict[str, dict]:
        path = self.root / DATA / "SOURCES.toml"
        return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}

    @cached_property
    def common(self) -> dict[str, str]:
        """What every page depends on."""
        return {
            "Python": digest(sys.version),
            "requirements.txt": pins(self.root),
            KERNEL: code_digest((self.root / KERNEL).read_text("utf-8")),
            "environment": digest(json.dumps(ENVIRONMENT)),
            STYLE: file_digest(self.root / STYLE),
        }

    @cached_property
    def everything(self) -> str:
        """A digest of all files that may be an input of some page."""
        files = [self.root / KERNEL, *sorted((self.root / "code").rglob("*"))]
        kept = [f for f in files if f.is_file() and "__pycache__" not in f.parts]
        names = [file.relative_to(self.root).as_posix() for file in kept]
        digests = map(file_digest, kept)
        return digest(*names, *digests, sys.version, pins(self.root), str(ENVIRONMENT))

    def glance(self, page: Path, cells: list[str]) -> str:
        """Digest a page's cells and all that may matter: equal if nothing changed."""
        source = as_source(cells)
        named = self._named_files(page, source) if source else {}
        return digest(self.everything, *cells, json.dumps(named))

    def _named_files(self, page: Path, source: Source) -> dict[str, str]:
        """Digest the files that a page's cells name."""
        paths = {name: page.parent / name for name in sorted(strings(source.tree))}
        return {n: file_digest(path) for n, path in paths.items() if is_file(path)}

    def of(self, page: Path, cells: list[str]) -> dict[str, str]:
        """Tell the inputs of a page.

        Parameters
        ----------
        page : pathlib.Path
            The page; its kernel runs in its folder.
        cells : list of str
            Sources of its code cells.

        Returns
        -------
        dict
            Digest of every input by its name.
        """
        inputs = {"cells": digest(*cells), **self.common}
        source = as_source(cells)
        if source is None:  # not plain Python: it may use anything
            every_file = sorted((self.root / "code").rglob("*.py"))
            return inputs | {"code": digest(*(f.read_bytes() for f in every_file))}
        modules = self.graph.reach(source)
        as_text = any(READS_TEXT & set(chain) for chain in chains(source.tree))
        for module in self._with_parents(modules):
            inputs[module] = self._module(module, module in modules, as_text)
        for name in self._data_sets(source):
            inputs[f"data {name}"] = self._data(name)
        return inputs | self._named_files(page, source)

    def _with_parents(self, modules: set[str]) -> list[str]:
        parents = {
            module[:i] for module in modules for i, c in enumerate(module) if c == "."
        }
        return sorted(modules | parents)

    def _module(self, module: str, whole: bool, as_text: bool) -> str:
        """Digest a module; of a package that hands names on, what else it does."""
        if as_text and whole:
            return file_digest(self.graph.files[module])
        if (module, whole) not in self._code:
            keep = (lambda _: True) if whole else is_more_than_names
            text = self.graph.source(module).text
            self._code[module, whole] = code_digest(text, keep)
        return self._code[module, whole]

    def _data(self, name: str) -> str:
        """Digest an entry of the register and the files that it names."""
        entry = self.register[name]
        files = [self.root / DATA / file["name"] for file in entry.get("files", [])]
        return digest(json.dumps(entry, default=str), *map(file_digest, files))

    def _data_sets(self, source: Source) -> list[str]:
        """Name the data sets of the definitions that a page uses, one after another.

        Where the register is read but no data set is named, all count.
        """
        found = strings(source.tree)
        waiting, seen = self.graph.entries(source), set()
        asks_for_all = (REGISTER, "read_register") in waiting
        while waiting:
            definition = waiting.pop()
            seen.add(definition)
            named, onward = self._follow(definition)
            found |= named
            waiting |= onward - seen
        if REGISTER not in {module for module, _ in seen}:
            return []
        named = [name for name in self.register if name in found]
        return named if named and not asks_for_all else list(self.register)

    def _follow(self, definition: Definition) -> tuple[set[str], set[Definition]]:
        """Return the strings in a definition, and the definitions that it uses."""
        if definition in self._followed:
            return self._followed[definition]
        module, name = definition
        source, named, onward = self.graph.source(module), set(), set()
        for node in source.defined.get(name, [source.tree]):
            own = {first for first, *_ in chains(node)} & set(source.defined)
            onward |= {(module, first) for first in own}
            onward |= self.graph.entries(source, node)
            named |= strings(node)
        self._followed[definition] = named, onward
        return named, onward


def strings(tree: ast.AST) -> set[str]:
    """Return the short strings of a program."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and 0 < len(node.value) < 200
        and "\n" not in node.value
    }


def as_source(cells: list[str]) -> Source | None:
    """Return the code cells as one program; None if it is no plain Python."""
    return parsed("\n".join(cells))


@functools.cache
def parsed(text: str) -> Source | None:
    """Return a program read once, however often it is asked for; None as above."""
    try:
        return Source(text)
    except SyntaxError:
        return None
