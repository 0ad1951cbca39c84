"""A folder of simulated examples: blocks that tell if they were damaged, a manifest."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .._arguments import check_count, wrong
from .trees import from_bytes

__all__ = ["SimulatedStore", "keep_block", "kept_blocks", "write_whole"]

MANIFEST = "manifest.json"
PLAN = "plan.json"


class SimulatedStore:
    """Examples that :func:`generate` has written, read one after another.

    Iterating gives each example in its order; ``store[i]`` gives one.

    Parameters
    ----------
    folder : str or path
        What :func:`generate` wrote, complete.

    Attributes
    ----------
    folder : pathlib.Path
        Where it lies.
    manifest : dict
        ``simulator``, ``code`` (digest), ``parameters``, ``seed``, ``n``,
        ``block_size``, ``versions``, ``key``, ``blocks`` (name and SHA-256 of each)
        and ``sha256`` of them all.

    Raises
    ------
    ValueError
        If there is no manifest, or, when it is read, a block was changed since.
    """

    def __init__(self, folder: str | Path):
        self.folder = Path(folder)
        path = self.folder / MANIFEST
        if not path.is_file():
            raise wrong("folder", "a complete store (call generate again)", self.folder)
        self.manifest = json.loads(path.read_text("utf-8"))

    def __len__(self) -> int:
        return self.manifest["n"]

    def __repr__(self) -> str:
        facts = self.manifest
        return f"<{len(self)} examples of {facts['simulator']}, key {facts['key']}>"

    def __getitem__(self, i: int) -> dict[str, Any]:
        check_count("i", i, least=-len(self), most=len(self) - 1)
        number, row = divmod(i % len(self), self.manifest["block_size"])
        return list(self.block(number).values())[row]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for number in range(len(self.manifest["blocks"])):
            yield from self.block(number).values()

    def block(self, number: int) -> dict[str, Any]:
        """Read one block, and hold it to its checksum."""
        entry = self.manifest["blocks"][number]
        block = (self.folder / entry["name"]).read_bytes()
        if hashlib.sha256(block).hexdigest() != entry["sha256"]:
            raise ValueError(f"{entry['name']} was changed since it was generated")
        return from_bytes(block)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is whole or not there, even on a full disk."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with open(unfinished, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def keep_block(folder: Path, number: int, block: bytes) -> dict[str, str]:
    """Write a block under a name that holds its checksum; return its entry."""
    entry = entry_of(number, hashlib.sha256(block).hexdigest())
    write_whole(folder / entry["name"], block)
    return entry


def entry_of(number: int, sha256: str) -> dict[str, str]:
    """Return the manifest's line of one block."""
    return {"name": f"block-{number:06d}-{sha256[:16]}.h5", "sha256": sha256}


def kept_blocks(folder: Path) -> dict[int, dict[str, str]]:
    """Return the entries of the blocks that are there and whole, by their numbers."""
    kept = {}
    for path in sorted(folder.glob("block-*.h5")):
        number = int(path.name.split("-")[1])
        entry = entry_of(number, hashlib.sha256(path.read_bytes()).hexdigest())
        if entry["name"] == path.name:
            kept[number] = entry
        else:
            path.unlink()  # damaged: it will be made again
    return kept
