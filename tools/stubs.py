"""Write every starter anew from its solution: ``python tools/stubs.py``."""

from __future__ import annotations

from pathlib import Path

from mlearth.checks import Exercise
from mlearth.checks.starters import write_starter

ROOT = Path(__file__).resolve().parents[1]


def with_solutions(root: Path) -> list[Exercise]:
    """Return the exercises of a tree that have a solution.

    Parameters
    ----------
    root : Path
        The folder that holds tests/ and exercises/.

    Returns
    -------
    list of Exercise
        Sorted by name; an exercise may not have its folder in exercises/ yet.
    """
    paths = sorted((root / "tests" / "solutions").glob("*/*.py"))
    return [
        Exercise(root / "exercises" / path.stem)
        for path in paths
        if path.stem == path.parent.name
    ]


def main(root: Path = ROOT) -> int:
    """Write the starters, say so, and return the exit code."""
    for exercise in with_solutions(root):
        print(write_starter(exercise))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
