"""The seed of the private test: the instructor's, in a file outside of this tree."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from .._arguments import wrong

TREE = Path(__file__).resolve().parents[3]
SHORTEST = 8


def read_private_seed(
    file: str | Path, kit: str, shared: Iterable[str | Path] = ()
) -> int:
    """Return the seed of a kit's private test, from the text of a file.

    Parameters
    ----------
    file : str or Path
        Text of eight characters or more.
    kit : str
        Name of the kit: each gets a seed of its own.
    shared : iterable of str or Path
        Folders that a class sees, in which the file must not lie either.

    Returns
    -------
    int
        The same on every machine, below 2**32.

    Raises
    ------
    ValueError
        If the file is missing, lies in the tree or in a folder that is shared, or is
        too short.
    """
    path = Path(file).resolve()
    if not path.is_file():
        raise wrong("seed_file", "a file that exists", str(file))
    for folder in (TREE, *map(Path, shared)):
        if path.is_relative_to(folder.resolve()):
            where = f"{file}: it lies in {folder.resolve().name}/, which others see"
            raise wrong("seed_file", "outside of the tree and of shared folders", where)
    try:
        text = path.read_bytes().decode("utf-8").strip()
    except UnicodeDecodeError:
        raise wrong("seed_file", "text in UTF-8", str(file)) from None
    if len(text) < SHORTEST:
        raise wrong("seed_file", "eight characters or more", f"{len(text)}")
    said = hashlib.sha256(f"{text}|{kit}|private".encode()).digest()
    return int.from_bytes(said[:4], "big")
