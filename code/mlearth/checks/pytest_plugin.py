"""Make ``pytest exercises/<name>`` judge a student and word it without tracebacks.

exercises/conftest.py takes its hooks from here. A check file is never imported by
pytest: its claims are read from its syntax tree, and a child process runs them.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

import pytest

from .exercise import Check, Exercise
from .progress import keep
from .report import Verdict, next_step, shown, summary
from .session import Session

_VERDICTS = pytest.StashKey[list[tuple[Exercise, Verdict]]]()


class NotPassed(Exception):
    """Carries a verdict to pytest's report."""


class CheckFile(pytest.File):
    """A check file: collects its claims without running it."""

    def collect(self) -> Iterable[CheckItem]:
        """Make one item of each claim."""
        exercise = Exercise(self.path.parent)
        self.session_of_student = Session(exercise)
        for check in exercise.checks:
            item = CheckItem.from_parent(self, name=check.name)
            item.check = check
            yield item

    def teardown(self) -> None:
        """End the child process."""
        self.session_of_student.close()


class CheckItem(pytest.Item):
    """One claim about a student's file."""

    check: Check

    def runtest(self) -> None:
        """Judge the claim in the child process."""
        judge = self.parent.session_of_student
        verdict = judge.judge(self.check)
        verdicts = self.config.stash.setdefault(_VERDICTS, [])
        verdicts.append((judge.exercise, verdict))
        if verdict.status == "waits":
            pytest.skip(f"it waits {verdict.found}")
        if not verdict.passed:
            raise NotPassed(verdict)

    def repr_failure(self, excinfo: pytest.ExceptionInfo, style: Any = None) -> Any:
        """Show the verdict and no traceback."""
        if isinstance(excinfo.value, NotPassed):
            return str(excinfo.value.args[0])
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Head the verdict with the name of the check."""
        return self.path, self.check.line - 1, self.name


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list, list]:
    """Collect check files our way, and leave every other Python file alone."""
    collected = yield
    if file_path.suffix != ".py":
        return collected
    if file_path.name != f"check_{file_path.parent.name}.py":
        return []
    return [CheckFile.from_parent(parent, path=file_path)]


def pytest_report_teststatus(report: pytest.TestReport) -> tuple | None:
    """Count a claim that waits as waiting, not as skipped."""
    file = Path(report.nodeid.split("::")[0])
    if report.skipped and file.name == f"check_{file.parent.name}.py":
        return "waiting", "w", "WAITING"
    return None


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say which file was checked, count, and keep the verdicts."""
    by_exercise: dict[Exercise, list[Verdict]] = {}
    for exercise, verdict in config.stash.get(_VERDICTS, []):
        by_exercise.setdefault(exercise, []).append(verdict)
    for exercise, verdicts in by_exercise.items():
        keep(exercise, verdicts)
        terminalreporter.write_line(
            f"{shown(exercise.student_file)}: {summary(tuple(verdicts))}"
        )
        if more := next_step(exercise, tuple(verdicts)):
            terminalreporter.write_line(more)
