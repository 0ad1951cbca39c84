"""Commands behind the Makefile: ``python -m mlearth.checks <command> [exercise]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .edition import write_edition
from .exercise import find_exercise
from .prover import prove
from .session import check
from .starters import with_solutions, write_starter

_HOME = Path(__file__).resolve().parents[3]


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m mlearth.checks", description=__doc__
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for command, text in {
        "check": "check the student's file of an exercise",
        "reset": "write a fresh starter and keep a backup of the old file",
        "prove": "say what an exercise still lacks (for authors)",
    }.items():
        commands.add_parser(command, help=text).add_argument("exercise")
    commands.add_parser("stubs", help="write all starters anew from the solutions")
    edition = commands.add_parser("student-edition", help="write the students' tree")
    edition.add_argument("target", type=Path)
    asked = parser.parse_args(arguments)
    try:
        return _run(asked)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2


def _root() -> Path:
    """Return the top of the tree around the working directory, or the package's."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "exercises" / "conftest.py").is_file():
            return folder
    return _HOME


def _run(asked: argparse.Namespace) -> int:
    if asked.command == "stubs":
        for exercise in with_solutions(_root()):
            print(write_starter(exercise))
        return 0
    if asked.command == "student-edition":
        print(write_edition(_root(), asked.target))
        return 0
    if asked.command == "check":
        report = check(asked.exercise)
        print(report)
        return 0 if report.passed else 1
    exercise = find_exercise(asked.exercise)
    if asked.command == "reset":
        print(write_starter(exercise))
        return 0
    faults = prove(exercise)
    print("\n\n".join(faults) or f"{exercise.name}: nothing is missing.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
