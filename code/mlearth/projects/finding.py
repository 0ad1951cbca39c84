"""Which kits there are: found by name, and imported when one is asked for."""

from __future__ import annotations

import ast
import importlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from .._arguments import check_word, wrong

HERE = Path(__file__).parent
PARTS = ("TITLE", "TOPIC", "TABLES", "MAIN")
FUNCTIONS = ("make_data", "baselines", "oracle", "evaluate")


def kits() -> dict[str, tuple[int, str]]:
    """Return the kits of the package by name, each with its topic's number and title.

    Nothing is imported for it: they are read from the lines of the modules.

    Returns
    -------
    dict of str to (int, str)
        In the order of the topics.
    """
    found = {}
    for path in sorted(HERE.iterdir()):
        files = sorted(path.glob("*.py")) if path.is_dir() else [path]
        said = {}
        for file in files:
            said |= dict(_literals(file)) if file.suffix == ".py" else {}
        if {"TITLE", "TOPIC"} <= set(said):
            found[path.stem] = (said["TOPIC"], said["TITLE"])
    return dict(sorted(found.items(), key=lambda item: (item[1][0], item[0])))


def load_kit(name: str) -> ModuleType:
    """Import a kit.

    Parameters
    ----------
    name : str
        One of :func:`kits`, or a file of your own that ends in ``.py`` and has the same
        public names.

    Returns
    -------
    module
        With ``TITLE``, ``TOPIC``, ``TABLES``, ``MAIN``, ``make_data``, ``baselines``,
        ``oracle`` and ``evaluate``.

    Raises
    ------
    ValueError
        If there is no such kit, or it lacks one of these names.
    """
    check_word("name", name)
    if name.endswith(".py"):
        kit = _of_file(Path(name))
    elif name in kits():
        kit = importlib.import_module(f"{__package__}.{name}")
    else:
        listed = ", ".join(kits()) or "none yet"
        raise wrong("name", f"a kit ({listed}) or a .py file", repr(name))
    lacking = [part for part in (*PARTS, *FUNCTIONS) if not hasattr(kit, part)]
    if lacking:
        raise wrong("name", "a kit with all its parts", f"none: {', '.join(lacking)}")
    return kit


def _of_file(path: Path) -> ModuleType:
    """Import a kit of one's own."""
    if not path.is_file():
        raise wrong("name", "a file that exists", repr(str(path)))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    kit = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(kit)
    return kit


def _literals(path: Path) -> Iterator[tuple[str, object]]:
    """Yield the title and the topic that a module assigns."""
    for node in ast.parse(path.read_text("utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
        for target in targets:
            name = getattr(target, "id", "")
            if name in ("TITLE", "TOPIC") and isinstance(node.value, ast.Constant):
                yield name, node.value.value
