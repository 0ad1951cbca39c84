"""What is to be generated, and its key: simulator, code, parameters, seed."""

from __future__ import annotations

import ast
import hashlib
import inspect
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, resolve_name
from pathlib import Path
from types import CodeType
from typing import Any

import numpy as np

from .._arguments import shown, wrong
from .simulated import Simulated
from .trees import parts_of, to_bytes

__all__ = ["Plan", "make_plan"]

SEED_NAMES = ("seed", "random_state")


@dataclass(frozen=True)
class Plan:
    """Everything that decides which bytes are generated.

    Attributes
    ----------
    simulator : callable
        Takes the parameters and a seed, returns a Simulated.
    parameters : dict
        What it is given beside the seed.
    seed_name : str
        How it calls its seed.
    n, block_size, seed : int
        Number of examples, how many share a file, and the seed of all.
    facts : dict
        What the manifest tells of these.
    key : str
        Digest of the facts.
    """

    simulator: Callable[..., Simulated]
    parameters: dict[str, Any]
    seed_name: str
    n: int
    block_size: int
    seed: int
    facts: dict[str, Any]
    key: str

    @property
    def n_blocks(self) -> int:
        """How many files there will be."""
        return -(-self.n // self.block_size)

    def block(self, number: int) -> bytes:
        """Simulate the examples of one block; the same wherever and whenever."""
        first = number * self.block_size
        rows = range(first, min(first + self.block_size, self.n))
        return to_bytes({f"{row:09d}": self.example(row) for row in rows})

    def example(self, row: int) -> dict[str, Any]:
        """Simulate one example with the seed of its row."""
        seed = {self.seed_name: seed_of(self.seed, row)}
        made = self.simulator(**self.parameters, **seed)
        if not isinstance(made, Simulated):
            raise wrong("simulator", "a function that returns a Simulated", shown(made))
        return {"data": made.data, "truth": made.truth, "seed": made.seed}


def seed_of(seed: int, row: int) -> int:
    """Return the seed of one example, which depends on nothing but these two."""
    sequence = np.random.SeedSequence(seed, spawn_key=(row,))
    return int(sequence.generate_state(1, np.uint64)[0] >> np.uint64(1))


def make_plan(
    simulator: Callable, parameters: dict, n: int, block_size: int, seed: int
) -> Plan:
    """Gather what decides the bytes, and digest it."""
    if not inspect.isfunction(simulator):
        raise wrong("simulator", "a function written in Python", shown(simulator))
    facts = {
        "simulator": f"{simulator.__module__}.{simulator.__qualname__}",
        "code": code_digest(simulator),
        "parameters": {name: plain(value) for name, value in parameters.items()},
        "n": n,
        "block_size": block_size,
        "seed": seed,
        "versions": versions(),
    }
    text = json.dumps(facts, sort_keys=True, allow_nan=False)
    key = hashlib.sha256(text.encode()).hexdigest()[:24]
    name = seed_name_of(simulator, parameters)
    return Plan(simulator, parameters, name, n, block_size, seed, facts, key)


def seed_name_of(simulator: Callable, parameters: dict) -> str:
    """Find out how a simulator calls its seed, and that it takes the parameters."""
    taken = inspect.signature(simulator).parameters
    found = [name for name in SEED_NAMES if name in taken]
    if not found:
        accepted = "a function with a parameter seed or random_state"
        raise wrong(
            "simulator", accepted, f"{simulator.__qualname__}({', '.join(taken)})"
        )
    for name in parameters:
        if name not in taken or name == found[0]:
            others = ", ".join(t for t in taken if t != found[0])
            raise wrong("parameters", f"names among {others}", repr(name))
    return found[0]


def plain(value: Any) -> Any:
    """Return a parameter as JSON can write it, or raise a ValueError."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float) and np.isfinite(value):
        return value
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, list | tuple) and not hasattr(value, "_asdict"):
        return [plain(part) for part in value]
    parts = parts_of(value)
    if parts is not None:
        return {type(value).__name__: {str(k): plain(v) for k, v in parts.items()}}
    if inspect.isfunction(value):
        return {value.__qualname__: code_digest(value)}
    accepted = "finite numbers, text, tables, and records or lists of them"
    raise wrong("parameters", accepted, shown(value))


def versions() -> dict[str, str]:
    """Name the versions that decide about the bytes."""
    import h5py
    import pandas
    import scipy

    own = {"h5py": h5py, "numpy": np, "pandas": pandas, "scipy": scipy}
    return {name: module.__version__ for name, module in own.items()}


def code_digest(function: Callable) -> str:
    """Digest a function's module and every module of its package that it uses."""
    module = sys.modules.get(function.__module__)
    if not getattr(module, "__file__", None) or module.__name__ == "__main__":
        return hashlib.sha256(repr(code_parts(function.__code__)).encode()).hexdigest()
    whole = hashlib.sha256()
    for source in sorted(sources_of(function.__module__)):
        whole.update(Path(source).read_bytes())
    return whole.hexdigest()


def code_parts(code: CodeType) -> list[Any]:
    """Return what a function defined on a page does, without where it stands."""
    constants = [c for c in code.co_consts if not isinstance(c, CodeType)]
    inner = [code_parts(c) for c in code.co_consts if isinstance(c, CodeType)]
    return [code.co_code, code.co_names, constants, inner]


def sources_of(module: str) -> set[str]:
    """Return the files of a module and of all that it imports from its package."""
    package = module.split(".")[0]
    found: dict[str, str] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        spec = spec_of(name)
        if name in found or spec is None or not (spec.origin or "").endswith(".py"):
            continue
        found[name] = spec.origin
        home = name if spec.submodule_search_locations else name.rpartition(".")[0]
        imported = imports_of(Path(spec.origin).read_text("utf-8"), home)
        waiting += [other for other in imported if other.split(".")[0] == package]
    return set(found.values())


def spec_of(name: str) -> ModuleSpec | None:
    """Find a module; None if the name is not that of a module."""
    try:
        return find_spec(name)
    except (ModuleNotFoundError, ValueError):
        return None


def imports_of(text: str, home: str) -> Iterator[str]:
    """Yield the names that a source imports, as a module of the package `home`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), home)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
