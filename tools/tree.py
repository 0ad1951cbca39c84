"""Which files a tree consists of."""

from __future__ import annotations

import os
import subprocess
from fnmatch import fnmatch
from pathlib import Path

_MADE = [".git", ".venv", "_build", "__pycache__", "*.egg-info"]
"""What programs make: no part of a tree, whatever its .gitignore says."""


def tracked_files(root: Path) -> list[Path]:
    """Return the files that git tracks, relative to the top of the tree, sorted.

    Parameters
    ----------
    root : Path
        Top of the tree.

    Returns
    -------
    list of Path

    Raises
    ------
    ValueError
        If `root` is not the top of a git tree, or if there is no git.
    """
    command = ["git", "-C", str(root), "ls-files", "-z"]
    try:
        if not (root / ".git").exists():
            raise FileNotFoundError
        listed = subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        raise ValueError(
            f"root: git cannot say which files of {root} it tracks (no .git there, or "
            "no program git), so notes and solutions of your own could slip in"
        ) from None
    names = sorted(filter(None, listed.stdout.decode("utf-8").split("\0")))
    return [Path(name) for name in names if (root / name).is_file()]


def walked_files(root: Path) -> list[Path]:
    """Return the files below `root` that its .gitignore does not name, sorted.

    Parameters
    ----------
    root : Path
        Top of the tree.

    Returns
    -------
    list of Path
        Relative to `root`. What programs make, such as _build, is not among them.
    """
    listed = root / ".gitignore"
    lines = listed.read_text("utf-8").split() if listed.exists() else []
    ignored = [*_MADE, *(line.rstrip("/") for line in lines)]

    def kept(folder: str, names: list[str]) -> list[str]:
        near = Path(folder).relative_to(root)
        return [
            name
            for name in names
            if not any(
                fnmatch(name, each) or fnmatch((near / name).as_posix(), each)
                for each in ignored
            )
        ]

    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = kept(folder, folders)
        found += [Path(folder, name).relative_to(root) for name in kept(folder, files)]
    return sorted(found, key=Path.as_posix)


def tree_files(root: Path) -> list[Path]:
    """Return the files of a tree: those that git tracks, or without git all of them.

    Parameters
    ----------
    root : Path
        Top of the tree.

    Returns
    -------
    list of Path
        Relative to `root`, sorted; without what programs make, such as _build.
    """
    try:
        return tracked_files(root)
    except ValueError:
        return walked_files(root)
