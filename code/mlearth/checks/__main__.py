"""Commands behind the Makefile: ``python -m mlearth.checks <command> [<exercise>]``."""

from __future__ import annotations

import argparse
import sys

from .exercise import find_exercise
from .progress import progress
from .session import check
from .starters import write_starter


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m mlearth.checks", description=__doc__
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for command, text in {
        "check": "check the student's file of an exercise",
        "reset": "write a fresh starter and keep a backup of the old file",
    }.items():
        commands.add_parser(command, help=text).add_argument("exercise")
    commands.add_parser("progress", help="list the exercises by their last verdicts")
    asked = parser.parse_args(arguments)
    try:
        return _run(asked.command, getattr(asked, "exercise", ""))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2


def _run(command: str, name: str) -> int:
    if command == "progress":
        print(progress())
        return 0
    if command == "reset":
        print(write_starter(find_exercise(name)))
        return 0
    report = check(name)
    print(report)
    return 0 if report.passed else 1


if __name__ == "__main__":
    sys.exit(main())
