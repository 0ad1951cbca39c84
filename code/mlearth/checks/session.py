"""Check one student's work, claim by claim, in a supervised child process."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from .answers import PATIENCE, WAIT_S
from .blame import ASK
from .child import START_S, Child
from .endings import word_end, word_judge
from .exercise import DEADLINE_S, Check, Exercise, calls, find_exercise
from .expect import sentence
from .notebook import Luggage, pack
from .process import Ended
from .progress import keep
from .report import Report, Verdict, reading_for, shown

MOST_STOPS = 3
"""After so many claims that came to no end the others wait."""


class Session:
    """Judges the checks of one exercise, in their order.

    Parameters
    ----------
    exercise : Exercise
        What to check.
    student_file : Path, optional
        The file to check; the exercise's own by default.
    luggage : Luggage, optional
        Functions of a notebook to check in place of the file.
    child : Child, optional
        A child process to use (and to leave open); a new one by default.
    patient : bool
        Whether checks wait for what is not written yet, and after a crash.
    trial : bool
        Whether to collect in `alike` which mistakes a check can tell apart, and in
        `calls` what the arrays that it hands over look like.
    """

    def __init__(
        self,
        exercise: Exercise,
        student_file: Path | None = None,
        luggage: Luggage | None = None,
        child: Child | None = None,
        patient: bool = True,
        trial: bool = False,
    ):
        self.exercise = exercise
        self._file = student_file or exercise.student_file
        self._luggage = luggage
        self._child = child or Child()
        self._owner = child is None
        self._patient, self._trial = patient, trial
        self.alike: dict[str, list] = {}
        self.calls: list[list] = []
        self._entered_in = -1
        self._refused: dict | None = None
        self._wait = ""
        self._told: dict[str, int] = {}
        self._stopped: dict[str, int] = {}
        self._n_stops = 0
        self._wrong: dict[str, int] = {}

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child process."""
        if self._owner:
            self._child.close()

    def judge(self, check: Check) -> Verdict:
        """Run one check and word its verdict."""
        began = time.perf_counter()
        if self._wait and self._patient:
            outcome = {"status": "waits", "found": self._wait}
        else:
            outcome = self._outcome(check)
        return Verdict(
            check=check,
            status=outcome["status"],
            found=outcome.get("found", ""),
            read=reading_for(check, outcome.get("label"), self.exercise),
            seconds=time.perf_counter() - began,
            called=outcome.get("called") or "",
            call=outcome.get("call", ""),
        )

    def _outcome(self, check: Check) -> dict:
        request = {
            "do": "run",
            "check": check.name,
            "deadline_s": check.deadline_s,
            "stopped": self._stopped,
            "trial": self._trial,
        }
        try:
            outcome = self._enter() or self._child.ask(request, _wall(check.deadline_s))
        except Ended as end:
            outcome = {"status": "fails", "found": word_judge(end)}
            self._wait = "until the file can be checked"
        if outcome["status"] == "ended":
            outcome = self._stop(check, outcome)
        if outcome.get("alike"):
            self.alike[check.name] = outcome["alike"]
        self.calls += outcome.get("calls", [])
        if not self._patient:
            return outcome
        return self._once(check, self._with_first(check, outcome))

    def _with_first(self, check: Check, outcome: dict) -> dict:
        """Say which function to look at first, where one that is called is wrong."""
        called = outcome.get("called")
        if outcome["status"] != "fails" or not called:
            return outcome
        first = self._wrong.keys() & calls(self._source, called)
        self._wrong.setdefault(called, check.number)
        if not first:
            return outcome
        name = min(first, key=self._wrong.__getitem__)
        advice = f" Look first at `{name}`, which `{called}` calls: claim "
        found = f"{outcome['found']}{advice}{self._wrong[name]} does not hold."
        return outcome | {"found": found}

    @cached_property
    def _source(self) -> bytes:
        if self._luggage:
            return "\n".join(self._luggage.sources.values()).encode()
        return self._file.read_bytes() if self._file.is_file() else b""

    def _stop(self, check: Check, outcome: dict) -> dict:
        """Word the end of the student's process; what ended it is not called again."""
        called, rows = outcome.get("called") or "", outcome.get("rows", 0)
        self._n_stops += 1
        if self._patient and called:
            self._stopped.setdefault(called, check.number)
        if self._n_stops == MOST_STOPS or not called:
            self._wait = "until the claims above come to an end"
        return {
            "status": "fails",
            "found": word_end(Ended(**outcome["end"]), called, rows),
        }

    def _once(self, check: Check, outcome: dict) -> dict:
        """Tell each sentence once: checks that would repeat it wait."""
        if outcome["status"] not in ("fails", "unwritten"):
            return outcome
        first = self._told.setdefault(outcome["found"], check.number)
        if first == check.number:
            return outcome
        if outcome["status"] == "unwritten":
            return {"status": "waits", "found": "for what is not written yet"}
        return {"status": "waits", "found": f"for what stops claim {first}"}

    def _enter(self) -> dict | None:
        """Bring the student's code into the child; return why not if it stays out."""
        if self._refused or (
            self._child.alive and self._child.born == self._entered_in
        ):
            return self._refused
        for request, deadline_s in self._requests():
            outcome = self._ask_to_enter(request, deadline_s)
            if outcome["status"] != "holds":
                outcome = {**outcome, "label": ""}  # no section mends a broken file
                self._refused = outcome
                self._wait = "until the file can be imported"
                return outcome
        self._entered_in = self._child.born
        return None

    def _ask_to_enter(self, request: dict, deadline_s: float) -> dict:
        try:
            outcome = self._child.ask(request, _wall(deadline_s))
        except Ended as end:
            if request["do"] == "enter":
                return {"status": "fails", "found": word_judge(end)}
            found = f"{self.exercise.check_file.name} itself cannot be imported"
            return {"status": "broken", "found": sentence(found, ASK)}
        if outcome["status"] == "ended":
            found = word_end(Ended(**outcome["end"]), importing=True)
            return {"status": "fails", "found": found}
        return outcome

    def _requests(self) -> list[tuple[dict, float]]:
        bag = self._luggage
        folder = self._file.parent
        prepare = {"check_file": str(self.exercise.check_file)}
        enter = {
            "deadline_s": DEADLINE_S,
            "student_file": str(self._file),
            "functions": bag.payload if bag else None,
            "given": bag.names if bag else None,
            "sources": bag.sources if bag else {},
            "folder": str(folder),
            "cwd": str(Path.cwd() if bag else folder),
            "path": bag.path if bag else [str(folder)],
        }
        return [
            ({"do": "prepare", **prepare}, START_S),
            ({"do": "enter", **enter}, DEADLINE_S),
        ]


def _wall(deadline_s: float) -> float:
    """Return how long the judge may take by the clock on the wall."""
    return 2 * (PATIENCE * deadline_s + WAIT_S)


def check(name: str, /, *unnamed: Any, **functions: Callable[..., Any]) -> Report:
    """Check an exercise: the student's file, or functions of a notebook.

    The code under check always runs in a process of its own with a deadline, and the
    file is only read. The verdict is kept on this machine, for `progress`.

    Parameters
    ----------
    name : str
        Name of the exercise, such as "linear_regression".
    *unnamed
        Refused, with a sentence that shows how a function is given.
    **functions : callable
        Functions to check in place of the file, by the names that the exercise uses.
        Claims about functions that are not given are not asked.

    Returns
    -------
    Report
        Shows its verdicts; `passed` is true if every claim that was asked holds.

    Raises
    ------
    ValueError
        If there is no exercise of that name, if a function comes without its name or
        is none that the exercise asks for, or if it cannot be copied to the check.
    """
    if callable(name):
        raise ValueError(
            "name must be the name of an exercise, in quotes, got a function: write "
            f'mlearth.check("linear_regression", {_named(name)})'
        )
    exercise = find_exercise(name)
    if unnamed:
        given = ", ".join(map(_named, unnamed))
        raise ValueError(
            f"functions come by their names: write mlearth.check({name!r}, {given})"
        )
    luggage = None
    subject = shown(exercise.student_file)
    if functions:
        _check_names(exercise, functions)
        luggage = pack(functions)
        subject = "your functions " + ", ".join(f"`{key}`" for key in functions)
    with Session(exercise, luggage=luggage) as session:
        verdicts = tuple(session.judge(one) for one in exercise.checks)
    keep(exercise, verdicts, of_file=not functions)
    asked = tuple(one for one in verdicts if one.status != "unasked")
    note, n_unasked = luggage.note if luggage else "", len(verdicts) - len(asked)
    return Report(exercise, asked, subject, note, n_unasked)


def _named(value: Any) -> str:
    """Write how a function is given by its name."""
    name = getattr(value, "__name__", "function")
    return f"{name}={name}"


def _check_names(exercise: Exercise, functions: dict[str, Any]) -> None:
    for key, value in functions.items():
        if key not in exercise.functions:
            raise ValueError(
                f"{key}: {exercise.name} asks for no function of that name, only for "
                + ", ".join(exercise.functions)
            )
        if not callable(value):
            raise ValueError(
                f"{key} must be a function, got {type(value).__name__}: write "
                f"{key}={key}, without parentheses"
            )
