"""Commands behind the Makefile: ``python -m mlearth.checks <command> [<exercise>]``."""

from __future__ import annotations

import argparse
import sys

from .exercise import find_exercise
from .hints import hint
from .progress import progress
from .review import review
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
    hints = commands.add_parser("hint", help="give one step of help with a claim")
    hints.add_argument("exercise")
    hints.add_argument("--step", type=int, default=1)
    hints.add_argument("--claim", type=int, default=0)
    compared = commands.add_parser("review", help="compare what passed, and ask")
    compared.add_argument("exercise")
    compared.add_argument("--claim", type=int, default=0)
    commands.add_parser("progress", help="list the exercises by their last verdicts")
    asked = parser.parse_args(arguments)
    try:
        return _run(asked)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2


def _run(asked: argparse.Namespace) -> int:
    done = {
        "progress": lambda: progress(),
        "reset": lambda: write_starter(find_exercise(asked.exercise)),
        "hint": lambda: hint(asked.exercise, asked.step, asked.claim),
        "review": lambda: review(asked.exercise, asked.claim),
    }
    if asked.command in done:
        print(done[asked.command]())
        return 0
    report = check(asked.exercise)
    print(report)
    return 0 if report.passed else 1


if __name__ == "__main__":
    sys.exit(main())
