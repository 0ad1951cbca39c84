"""Which files a tree consists of."""

from __future__ import annotations

import subprocess
from pathlib import Path

_MADE = {".git", ".venv", "_build", "__pycache__", ".pytest_cache", ".ruff_cache"}
"""Folders that programs make: no part of a tree."""


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
        found = (path.relative_to(root) for path in sorted(root.rglob("*")))
        return [
            path
            for path in found
            if (root / path).is_file()
            and _MADE.isdisjoint(path.parts)
            and ".egg-info" not in str(path)
        ]
