"""Prove that an exercise teaches: ``python tools/prove.py linear_regression``.

Right answers pass, wrong ones are told why, and every check catches one of them.
Wrong answers stand in ``tests/solutions/<name>/wrong_answers.toml`` as edits of the
solution, so that they stay in step with it::

    graded = true                           # homework: hidden from students

    [[wrong]]
    mistake  = "keeps the mean residual"
    replace  = "residual - residual.mean()" # occurs exactly once in the solution
    with     = "residual"
    must_say = "mean residual"              # in the FOUND of a check that fails
    may_say  = ["clock error"]              # others' must_say that are true here too

A check that tells this answer the `must_say` of another one misleads, which is a fault,
unless `may_say` allows it. What `may_say` allows has to happen, or it is a fault too.
What nobody listed is asked too: see `unlisted`.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import os
import re
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from import_graph import ImportGraph, Source
from unlisted import in_other_forms, in_the_inputs, in_the_mutants

from mlearth.checks import Exercise, Verdict, find_exercise
from mlearth.checks.child import Child
from mlearth.checks.exercise import Check, calls
from mlearth.checks.session import Session
from mlearth.checks.starters import starter

ROOT = Path(__file__).resolve().parents[1]
LIMIT_S = 2.0
"""Seconds within which a verdict on the solution has to come, from a cold start."""

MOST_OF_A_LABEL = 4
"""So many claims may send a student to the same section."""

WORDED_BY = "linux", 3, 11
"""Where transcripts are written and compared: others word errors otherwise."""

KEEP = "MLEARTH_KEEP_TRANSCRIPTS"
"""Set to write what is said anew, instead of comparing it."""

ROUNDING = 1e-12
"""What is smaller depends on the machine, its sign too."""

UNSTEADY = "  (rounding decides)"
"""Kept instead of what a wrong answer with `rounding = true` is told."""

FRACTION = re.compile(r"-?\d+\.\d+(?:e[+-]?\d+)?")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")

LIMIT_TF_S = 30.0
"""The same for an exercise that needs TensorFlow."""

_KEYS = {"mistake", "replace", "with", "must_say"}


def prove(exercise: Exercise, child: Child | None = None) -> list[str]:
    """Return everything that is wrong with an exercise; nothing if it is sound.

    All checks run, whether or not earlier ones hold. One child process serves all
    right and wrong answers; each is imported anew, and so is the check file.

    Parameters
    ----------
    exercise : Exercise
        With its solution, its alternatives and its wrong answers.
    child : Child, optional
        A child process to share with other exercises.

    Returns
    -------
    list of str
        Faults, each in one sentence or with the verdict that shows it.
    """
    solution = exercise.solutions / f"{exercise.name}.py"
    if not solution.is_file():
        return [f"{exercise.name}: there is no {solution}"]
    try:
        starter(exercise)
    except ValueError as error:
        return [f"{exercise.name}: {error}"]
    own = child or Child()
    try:
        with tempfile.TemporaryDirectory(prefix="mlearth-prover-") as folder:
            faults = list(_faults(exercise, solution, _Bench(exercise, own, folder)))
    finally:
        if child is None:
            own.close()
    return [f"{exercise.name}: {fault}" for fault in faults]


class _Bench:
    """Lays one answer after the other beside the checks and runs them.

    What asks for nothing that an answer changed in the solution is not run again.
    """

    def __init__(self, exercise: Exercise, child: Child, folder: str):
        self.exercise, self.child, self.folder = exercise, child, Path(folder)
        self._solution = exercise.solution.read_text(encoding="utf-8")
        self._asked = {one.name: exercise.asked_by(one) for one in exercise.checks}

    def judge(self, text: str, first_failure_ends: bool = False) -> list[Verdict]:
        path = self.folder / f"{self.exercise.name}.py"
        path.write_text(text, encoding="utf-8", newline="\n")
        session = Session(self.exercise, path, child=self.child, patient=False)
        verdicts = []
        for check in self._concerned(text):
            verdicts.append(session.judge(check))
            if first_failure_ends and not verdicts[-1].passed:
                break
        return verdicts

    def _concerned(self, text: str) -> list[Check]:
        """Return the claims that an answer can change; of the solution, all."""
        changed = changed_functions(self._solution, text)
        if not changed:
            return list(self.exercise.checks)
        reached = {
            name
            for name in self.exercise.functions
            if name in changed or calls(text, name) & changed
        }
        asked = self._asked
        return [
            check
            for check in self.exercise.checks
            if not asked[check.name] or reached & {*asked[check.name]}
        ]


def changed_functions(solution: str, text: str) -> set[str]:
    """Return the functions in which a text differs; none if more than these differ.

    >>> one = "import math\\ndef f(x):\\n    return x\\ndef g(x):\\n    return f(x)\\n"
    >>> changed_functions(one, one.replace("return x", "return 2"))
    {'f'}
    >>> changed_functions(one, one.replace("math", "cmath"))
    set()
    """
    try:
        parts, others = (_parts(ast.parse(source)) for source in (solution, text))
    except (SyntaxError, ValueError):
        return set()
    names = {name for name in parts | others if parts.get(name) != others.get(name)}
    return set() if "" in names or set(parts) != set(others) else names


def _parts(tree: ast.Module) -> dict[str, list[str]]:
    """Return the code of each function, and under "" that of the rest."""
    parts: dict[str, list[str]] = {}
    for node in tree.body:
        name = node.name if isinstance(node, ast.FunctionDef) else ""
        parts.setdefault(name, []).append(ast.dump(node))
    return parts


def _faults(exercise: Exercise, solution: Path, bench: _Bench) -> Iterator[str]:
    text = solution.read_text(encoding="utf-8")
    yield from _in_the_form(exercise)
    yield from _in_the_starter(exercise, bench)
    yield from _in_right_answers(exercise, text, bench)
    yield from _in_the_time(exercise, solution)
    path = exercise.solutions / "wrong_answers.toml"
    if not path.is_file():
        yield "there is no wrong_answers.toml"
        return
    record = tomllib.loads(path.read_text(encoding="utf-8"))
    unknown = set(record) - {"wrong", "graded", "forms", "inputs", "equivalent"}
    if unknown:
        yield f"wrong_answers.toml has unknown keys: {', '.join(sorted(unknown))}"
    yield from _in_the_expectations(exercise, solution, record)
    yield from _in_wrong_answers(exercise, text, record, bench)
    yield from in_other_forms(exercise, text, record, bench.judge)
    yield from in_the_mutants(exercise, text, record, bench.judge)


def _in_the_form(exercise: Exercise) -> Iterator[str]:
    numbers = [check.number for check in exercise.checks]
    if numbers != list(range(1, len(numbers) + 1)) or not numbers:
        yield f"the checks are numbered {numbers}, not 1, 2, 3 ..."
    for check in exercise.checks:
        if not check.claim.endswith(".") or check.claim == check.name:
            yield f"{check.name} has no docstring that states its claim in a sentence"
        if check.label is None:
            yield f"{check.name} names no section to read (@read)"
    if "default_rng(" in exercise.check_file.read_text(encoding="utf-8"):
        yield "the checks draw their inputs themselves: mlearth.checks.inputs can"
    labels = Counter(check.label for check in exercise.checks if check.label)
    for label, n in labels.items():
        if n > MOST_OF_A_LABEL:
            yield f"{n} claims point to {label}: is there no nearer section?"
    task = exercise.folder / "README.md"
    if not task.is_file():
        yield "there is no README.md"
    elif "unfinished: " in task.read_text(encoding="utf-8"):
        yield f"{task.name} says that it is unfinished"


def _in_the_starter(exercise: Exercise, bench: _Bench) -> Iterator[str]:
    text, path = starter(exercise), exercise.student_file
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        yield f"{path.name} is not the stripped solution: run `make stubs`"
    for verdict in bench.judge(text):
        if verdict.passed:
            yield f"{verdict.check.name} passes on the starter"
        elif verdict.status != "unwritten":
            yield f"the starter does not read 'not written yet':\n{_shown(verdict)}"


def _in_right_answers(exercise: Exercise, text: str, bench: _Bench) -> Iterator[str]:
    answers = {"the solution": text}
    for path in sorted(exercise.solutions.glob("alternative_*.py")):
        answers[path.name] = path.read_text(encoding="utf-8")
    for name, answer in answers.items():
        for verdict in bench.judge(answer):
            if not verdict.passed:
                yield f"{name} does not pass:\n{_shown(verdict)}"


def _in_the_expectations(
    exercise: Exercise, solution: Path, record: dict
) -> Iterator[str]:
    """Yield mistakes that no expectation of a check tells from right, or from another.

    What coincides in one of several cases is told apart by the others.
    """
    with Session(exercise, solution, trial=True) as session:
        for check in exercise.checks:
            session.judge(check)
    yield from in_the_inputs(session.calls, record)
    for name, seen in session.alike.items():
        told_apart = {(one, other) for one, other, alike in seen if not alike}
        for one, other in dict.fromkeys((one, other) for one, other, _ in seen):
            if (one, other) not in told_apart:
                value = f"the value of {other!r}" if other else "the right value"
                yield f"{name}: {one!r} always gives {value}"


def _in_the_time(exercise: Exercise, solution: Path) -> Iterator[str]:
    limit = LIMIT_TF_S if needs_tensorflow(exercise) else LIMIT_S
    seconds = _cold_seconds(exercise, solution)
    if seconds > limit:
        yield f"a verdict takes {seconds:.1f} s, and {limit:g} s is the limit"


def _cold_seconds(exercise: Exercise, solution: Path) -> float:
    """Time a verdict in a fresh process, without the waits of a busy machine."""
    began, before = time.perf_counter(), os.times()
    with Session(exercise, solution) as session:
        for check in exercise.checks:
            session.judge(check)
    wall, after = time.perf_counter() - began, os.times()
    busy = sum(after[:4]) - sum(before[:4])  # own and children's; 0 on Windows
    return min(wall, busy) if after[2] > before[2] else wall


@cache
def _graph() -> ImportGraph:
    return ImportGraph(ROOT / "code")


def needs_tensorflow(exercise: Exercise) -> bool:
    """Say whether an exercise imports TensorFlow, itself or through the package.

    Parameters
    ----------
    exercise : Exercise
    """
    texts = [
        path.read_text(encoding="utf-8", errors="replace")
        for folder in (exercise.folder, exercise.solutions)
        for path in folder.glob("*.py")
    ]
    return _graph().uses_tensorflow(map(Source, texts))


def _in_wrong_answers(
    exercise: Exercise, text: str, record: dict, bench: _Bench
) -> Iterator[str]:
    caught: set[str] = set()
    told: list[str] = []
    others = {entry.get("must_say"): entry for entry in record.get("wrong", [])}
    for entry in record.get("wrong", []):
        fault = _misfit(entry, text)
        if fault:
            yield fault
            continue
        verdicts = bench.judge(text.replace(entry["replace"], entry["with"]))
        failing = [verdict for verdict in verdicts if not verdict.passed]
        caught |= {verdict.check.name for verdict in failing}
        words = map(_in_the_transcript, failing)
        words = [UNSTEADY] if "rounding" in entry else words
        told += [f"\n{entry['mistake']}", *words]
        yield from _untold(entry, failing)
        yield from _accused(entry, failing, others)
        yield from _allowed_in_vain(entry, failing, others)
    for check in exercise.checks:
        if check.name not in caught:
            yield f"{check.name} catches none of the wrong answers"
    yield from _in_the_words(exercise, "\n".join(told).lstrip() + "\n")


def _in_the_transcript(verdict: Verdict) -> str:
    """Write what a verdict found, its numbers to three digits."""
    found = FRACTION.sub(_three_digits, verdict.found)
    return f"  {verdict.check.number}: {found}"


def _three_digits(number: re.Match) -> str:
    value = float(number[0])
    return f"{value:.3g}" if abs(value) > ROUNDING else "0"


def _in_the_words(exercise: Exercise, told: str) -> Iterator[str]:
    """Yield what is said otherwise than the transcript keeps: read it, then keep it."""
    path = exercise.root / "tests" / "transcripts" / f"{exercise.name}.txt"
    here = sys.platform, *sys.version_info[:2]
    if not path.parent.is_dir() or here != WORDED_BY:
        return
    if KEEP in os.environ:
        path.write_text(told, encoding="utf-8")
    kept = path.read_text(encoding="utf-8") if path.is_file() else ""
    changes = difflib.unified_diff(kept.split("\n"), told.split("\n"), lineterm="", n=0)
    # another processor sums in another order
    if NUMBER.sub("#", told) != NUMBER.sub("#", kept):
        yield "\n".join(
            [f"the words differ: `make transcripts`, {path.name}", *changes]
        )


def _misfit(entry: dict, text: str) -> str:
    """Say why a wrong answer cannot be laid over the solution, if it cannot."""
    name = entry.get("mistake", "without a name")
    if set(entry) - {"may_say", "rounding"} != _KEYS:
        return f"wrong answer '{name}' needs the keys {', '.join(sorted(_KEYS))}"
    allowed = entry.get("may_say", [])
    if not isinstance(allowed, list) or "" in allowed:
        return (
            f"wrong answer '{name}': may_say must be a list of texts, got {allowed!r}"
        )
    n = text.count(entry["replace"])
    if n != 1:
        return f"wrong answer '{name}': its `replace` occurs {n} times in the solution"
    if entry["replace"] == entry["with"]:
        return f"wrong answer '{name}' changes nothing"
    return "" if entry["must_say"] else f"wrong answer '{name}' says nothing"


def _untold(entry: dict, failing: Iterable[Verdict]) -> Iterator[str]:
    failing, name = list(failing), entry["mistake"]
    if not failing:
        yield f"wrong answer '{name}' passes every check"
    elif any(verdict.status == "broken" for verdict in failing):
        yield f"wrong answer '{name}' breaks a check"
    elif not any(entry["must_say"] in verdict.found for verdict in failing):
        told = "\n\n".join(_shown(verdict) for verdict in failing)
        yield f"wrong answer '{name}' is not told '{entry['must_say']}':\n{told}"


def _accused(
    entry: dict, failing: Iterable[Verdict], others: dict[str, dict]
) -> Iterator[str]:
    """Name the checks that tell a student somebody else's mistake."""
    own, allowed = entry["must_say"], entry.get("may_say", [])
    for said, other in others.items():
        if not said or said in own or own in said or said in allowed:
            continue
        for verdict in failing:
            if said in verdict.found:
                yield (
                    f"wrong answer '{entry['mistake']}' is told the mistake "
                    f"'{other['mistake']}':\n{_shown(verdict)}"
                )


def _allowed_in_vain(
    entry: dict, failing: Iterable[Verdict], others: dict[str, dict]
) -> Iterator[str]:
    """Name what `may_say` allows though no check says it, or no other answer has to."""
    name = f"wrong answer '{entry['mistake']}'"
    for said in entry.get("may_say", []):
        if said not in others:
            yield f"{name} may be told '{said}', which is no other answer's must_say"
        elif not any(said in verdict.found for verdict in failing):
            yield f"{name} is not told '{said}', as it may be"


def _shown(verdict: Verdict) -> str:
    return f"({verdict.check.name})\n{verdict}"


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Say what an exercise still lacks, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("exercise")
    asked = parser.parse_args(arguments)
    try:
        exercise = find_exercise(asked.exercise, root)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    faults = prove(exercise)
    print("\n\n".join(faults) or f"{exercise.name}: nothing is missing.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
