"""Which modules a program reaches, told from its text: nothing is imported.

A name is followed to the module that defines it. ``from mlearth.learners import Ridge``
reaches the module that holds `Ridge`, and what that module imports, but not the rest
of `mlearth.learners`: a package's ``__init__`` hands names on. A name that cannot be
followed counts as the whole package.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

TENSORFLOW = {"tensorflow", "keras"}
Definition = tuple[str, str]  # a module, and a name that it binds itself


def chains(tree: ast.AST) -> Iterator[list[str]]:
    """Yield every name that is read or written, with its attributes: [plt, plot]."""
    waiting = [tree]
    while waiting:
        node, attributes = waiting.pop(), []
        while isinstance(node, ast.Attribute):
            attributes.insert(0, node.attr)
            node = node.value
        if isinstance(node, ast.Name):
            yield [node.id, *attributes]
        else:
            waiting.extend(ast.iter_child_nodes(node))


def joined(full: str, attributes: list[str]) -> str:
    """Lengthen a full name by attributes: "scipy:stats" to "scipy:stats.norm"."""
    module, _, names = full.partition(":")
    return f"{module}:{'.'.join([names] * bool(names) + attributes)}"


def bound(statement: ast.stmt) -> set[str]:
    """Return the names that a statement binds, imports apart."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    found = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
    return found


class Source:
    """The text of a module or of a page's cells, and what it says of names.

    Parameters
    ----------
    text : str
        Python source.
    package : str
        Package that relative imports start from; empty outside a package.
    """

    def __init__(self, text: str, package: str = ""):
        self.text, self.package, self.tree = text, package, ast.parse(text)

    @cached_property
    def imported(self) -> dict[str, set[str]]:
        """What each local name stands for: module, colon and name in the module.

        ``import numpy as np`` and ``from scipy import stats`` give
        ``{"np": {"numpy:"}, "stats": {"scipy:stats"}}``.
        """
        names: dict[str, set[str]] = {}
        for local, full in self._imports():
            names.setdefault(local, set()).add(full)
        return names

    @cached_property
    def defined(self) -> dict[str, list[ast.stmt]]:
        """The top-level statements that bind each name here."""
        names: dict[str, list[ast.stmt]] = {}
        for statement in self.tree.body:
            for name in bound(statement):
                names.setdefault(name, []).append(statement)
        return names

    def _imports(self) -> Iterator[tuple[str, str]]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    top = alias.name.split(".")[0]
                    yield alias.asname or top, f"{alias.name if alias.asname else top}:"
                    yield "", f"{alias.name}:"
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    full = f"{self._origin(node)}:{alias.name}"
                    yield alias.asname or alias.name, full
                    yield "", full

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module
        parts = self.package.split(".")
        start = parts[: len(parts) - node.level + 1]
        return ".".join([*start, node.module] if node.module else start)

    def uses(self, tree: ast.AST | None = None) -> Iterator[str]:
        """Yield the full names of what is imported and used, in `tree` or anywhere."""
        for first, *attributes in chains(tree or self.tree):
            for full in self.imported.get(first, ()):
                yield joined(full, attributes)

    @property
    def mentions(self) -> set[str]:
        """Full names in import statements, used or not."""
        return self.imported.get("", set())


class ImportGraph:
    """The packages below a folder, and what reaches which of their modules.

    Parameters
    ----------
    folder : pathlib.Path
        Holds the packages; ``code/`` in this repository.
    """

    def __init__(self, folder: Path):
        self.files = dict(self._find(folder))
        self._sources: dict[str, Source] = {}
        self._onward: dict[str, set[str]] = {}
        self._known: dict[str, set[Definition]] = {}

    @staticmethod
    def _find(folder: Path) -> Iterator[tuple[str, Path]]:
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder).with_suffix("").parts
            package = parts[:-1]
            if package and all(
                (folder.joinpath(*package[: i + 1]) / "__init__.py").is_file()
                for i in range(len(package))
            ):
                yield ".".join(package if parts[-1] == "__init__" else parts), path

    def is_package(self, module: str) -> bool:
        """Say whether a name is that of a package here."""
        return module in self.files and self.files[module].name == "__init__.py"

    def _is_namespace(self, full: str) -> bool:
        return self.is_package(full.replace(":", ".").rstrip("."))

    def source(self, module: str) -> Source:
        """Read a module, once."""
        if module not in self._sources:
            self._sources[module] = self._read(module)
        return self._sources[module]

    def _read(self, module: str) -> Source:
        package = module if self.is_package(module) else module.rpartition(".")[0]
        return Source(self.files[module].read_text("utf-8"), package)

    def definitions(self, full: str) -> set[Definition]:
        """Say which modules define what `full` names.

        Returns
        -------
        set of (module, name)
            The name is "" where the whole module is meant; empty for other people's
            packages.
        """
        if full not in self._known:
            self._known[full] = self._definitions(full, frozenset())
        return self._known[full]

    def _definitions(self, full: str, seen: frozenset[str]) -> set[Definition]:
        module, _, attributes = full.partition(":")
        names = attributes.split(".") if attributes else []
        while self.is_package(module):
            if not names or full in seen:
                return self._whole(module)
            here, inner = self.source(module), f"{module}.{names[0]}"
            own = f"{module}:{names[0]}"  # `from . import module`
            handed_on = here.imported.get(names[0], set()) - {own}
            if handed_on or names[0] in here.defined:
                onward = (joined(target, names[1:]) for target in handed_on)
                found = {(module, names[0])} if names[0] in here.defined else set()
                return found.union(
                    *(self._definitions(o, seen | {full}) for o in onward)
                )
            if inner not in self.files:
                return self._whole(module)
            module, names = inner, names[1:]
        if module in self.files:
            return {(module, names[0] if names else "")}
        return self._whole(module.split(".")[0])  # nothing, if other people's

    def _whole(self, package: str) -> set[Definition]:
        inside = f"{package}."
        return {
            (module, "")
            for module in self.files
            if module == package or module.startswith(inside)
        }

    def entries(self, source: Source, tree: ast.AST | None = None) -> set[Definition]:
        """Say which definitions a program, or a part of it, uses."""
        used = set(source.uses(tree))
        if tree is None:  # importing a package alone only makes its name known
            used |= {name for name in source.mentions if not self._is_namespace(name)}
        return set().union(*map(self.definitions, used))

    def _next(self, module: str) -> set[str]:
        if module not in self._onward:
            entries = self.entries(self.source(module))
            self._onward[module] = {inner for inner, _ in entries}
        return self._onward[module]

    def reach(self, source: Source) -> set[str]:
        """Return every module that a program runs, directly or through another."""
        reached: set[str] = set()
        waiting = {module for module, _ in self.entries(source)}
        while waiting:
            module = waiting.pop()
            reached.add(module)
            waiting |= self._next(module) - reached
        return reached

    def uses_tensorflow(self, sources: Iterable[Source]) -> bool:
        """Say whether programs, or modules that they reach, import TensorFlow."""
        sources = list(sources)
        modules = {module for source in sources for module in self.reach(source)}
        everything = sources + [self.source(module) for module in modules]
        return any(
            re.split("[.:]", full)[0] in TENSORFLOW
            for source in everything
            for full in source.mentions
        )
