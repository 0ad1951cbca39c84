"""Grade a homework: every submission in a box of its own, by the instructor's checks.

    python tools/grade.py homework SUBMISSIONS --homework hw1_model_fit --out GRADES
    python tools/grade.py course GRADES/course.csv

Writes GRADES/hw1_model_fit.csv, a page for each submission, and a list of those that
resemble each other. Call it again to go on: what is unchanged is not judged twice.
Marks for written answers go into GRADES/hw1_model_fit_written.csv, and are added at the
next call; late days used for an earlier homework are read from its table there.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from grading import reports
from grading.collect import Submission, collect, owner
from grading.judging import fingerprint, judged
from grading.points import course_grade, days_late, late_share, scheme
from grading.sandbox import ROOT, NoSandbox, Sandbox, not_stopped
from grading.similarity import resemblances

sys.path.insert(0, str(ROOT / "book/_ext"))

import semesters

N_AT_ONCE = 2


def wanted(homework: str) -> list[str]:
    """Return the files that a homework asks for, its Python file first.

    Raises
    ------
    ValueError
        If there is no such homework.
    """
    folder = ROOT / "exercises" / homework
    if not (folder / f"check_{homework}.py").is_file():
        known = sorted(path.name for path in (ROOT / "exercises").glob("hw*"))
        raise ValueError(f"--homework: one of {', '.join(known)}, got {homework!r}")
    return [f"{homework}.py", *sorted(path.name for path in folder.glob("*.m"))]


def box_or_refusal(unsafe: bool) -> Sandbox | None:
    """Return the box, once it has held on this machine.

    Raises
    ------
    NoSandbox
        If it does not hold, and ``--unsafe`` was not given.
    """
    if unsafe:
        print("unsafe: what is handed in can read, change and send what you can")
        return None
    box = Sandbox()
    with tempfile.TemporaryDirectory(prefix="grading-") as folder:
        open_doors = not_stopped(box, Path(folder))
    if open_doors:
        raise NoSandbox(
            f"the sandbox does not stop {', '.join(open_doors)} on this machine: grade "
            "in a container, or give --unsafe for a class that you trust"
        )
    return box


def verdicts(one: Submission, homework: str, box, kept: Path) -> list[dict]:
    """Return the claims of a submission, judged now or found where they were kept."""
    mark = fingerprint(one, homework)
    file = kept / f"{one.name}.json"
    if file.is_file():
        record = json.loads(file.read_text("utf-8"))
        if record["fingerprint"] == mark:
            return record["claims"]
    with tempfile.TemporaryDirectory(prefix="grading-") as place:
        claims = judged(one, homework, Path(place), box)
    record = {"fingerprint": mark, "claims": claims}
    file.write_text(json.dumps(record, indent=1), "utf-8")
    return claims


def days_used(out: Path, homework: str, one: semesters.Semester) -> dict[str, int]:
    """Return the late days that each student has used for the homework before."""
    used: dict[str, int] = {}
    pages = [work.page for work in one.homework]
    before = pages[: pages.index(homework)] if homework in pages else []
    for file in [out / f"{page}.csv" for page in before]:
        for row in reports.read_table(file) if file.is_file() else []:
            for member in row["pair"].split(" and "):
                used[member] = used.get(member, 0) + int(row["late_days_used"])
    return used


def graded(asked) -> int:
    """Grade all submissions of one homework; return how many there are."""
    names = wanted(asked.homework)
    parts, aloud = scheme(ROOT / f"course/marking/{asked.homework}.md")
    found = collect(asked.submissions, names)
    pairs = reports.read_table(asked.pairs) if asked.pairs else []
    box = box_or_refusal(asked.unsafe)
    kept = asked.out / "kept" / asked.homework
    kept.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(N_AT_ONCE) as pool:
        claims = list(
            pool.map(lambda one: verdicts(one, asked.homework, box, kept), found)
        )
    semester = semesters.read()
    used = days_used(asked.out, asked.homework, semester)
    owners = [owner(one, [row["pair"] for row in pairs]) for one in found]
    rows = []
    for one, said, pair in zip(found, claims, owners, strict=True):
        if pairs and not pair:
            one.notes.append("no pair, or several, fit the name of this submission")
        pair = pair or one.name
        late = lateness(one, asked.homework, pair, semester, used)
        row = row_of(one, said, parts, pair, late)
        text = reports.page(row, said, parts, one.notes)
        (asked.out / f"{asked.homework}_{one.name}.md").write_text(text, "utf-8")
        rows.append(row)
    finish(asked, newest(rows), parts, aloud)
    look_alike(asked, found, names)
    return len(rows)


def lateness(one, homework: str, pair: str, semester, used: dict[str, int]) -> dict:
    """Return how late a submission is, what of that is free, and what it counts.

    A pair has what the partner has left who has less.
    """
    due = [semester.due(work) for work in semester.homework if work.page == homework]
    late = days_late(one.received, due[0]) if due and one.files else 0
    most = max(used.get(member, 0) for member in pair.split(" and "))
    left = max(0, semester.late_days - most)
    return {
        "days_late": late,
        "late_days_used": min(late, left),
        "counts": late_share(late, left),
    }


def row_of(one, said, parts, pair: str, late: dict) -> dict:
    """Return the row of one submission in the table of the class."""
    held = {claim["number"] for claim in said if claim["status"] == "holds"}
    points = {f"({part.name})": part.earned(held) for part in parts}
    return {
        "pair": pair,
        "submission": one.name,
        "received": f"{one.received:%Y-%m-%d %H:%M} UTC" if one.files else "nothing",
        "claims": f"{len(held)} of {len(said)}",
        **points,
        "checks": sum(points.values()),
        **late,
        "notes": "; ".join(one.notes),
    }


def newest(rows: list[dict]) -> list[dict]:
    """Return one row for each pair: its newest submission, which names the others."""
    found: dict[str, dict] = {}
    for row in sorted(rows, key=lambda row: row["received"]):
        before = found.pop(row["pair"], None)
        if before and row["received"] == "nothing":
            row, before = before, row
        if before:
            said = f"handed in more than once: {before['submission']} does not count"
            row["notes"] = "; ".join(filter(None, [row["notes"], said]))
        found[row["pair"]] = row
    return sorted(found.values(), key=lambda row: row["submission"])


def finish(asked, rows: list[dict], parts, aloud: int) -> None:
    """Add what people marked, and write the table."""
    file = asked.out / f"{asked.homework}_written.csv"
    reports.written_template([row["pair"] for row in rows], parts, aloud, file)
    marked = reports.written_points(file, parts, aloud)
    for row in rows:
        written = marked.get(row["pair"])
        row["written"] = "" if written is None else written
        whole = None if written is None else (row["checks"] + written) * row["counts"]
        row["total"] = "" if whole is None else whole
    reports.write_table(rows, asked.out / f"{asked.homework}.csv")


def look_alike(asked, found: list[Submission], names: list[str]) -> None:
    """Write which submissions resemble each other most."""
    starter = (ROOT / f"exercises/{asked.homework}/{names[0]}").read_bytes()
    programs = {one.name: one.files.get(names[0], b"") for one in found}
    rows = [
        {"one": one, "other": other, "alike": f"{alike:.2f}"}
        for one, other, alike in resemblances(programs, starter)
    ]
    if rows:
        reports.write_table(rows, asked.out / f"{asked.homework}_similar.csv")


def whole_course(asked) -> int:
    """Write the weighted grade of everybody; return how many there are."""
    weights = semesters.read().grading.model_dump()
    rows = reports.read_table(asked.marks)
    for number, row in enumerate(rows, 2):
        try:
            marks = {name: float(row.get(name) or "nan") for name in weights}
            row["grade"] = f"{course_grade(marks, weights):.1f}"
        except ValueError as error:
            raise ValueError(f"{asked.marks.name}, line {number}: {error}") from None
    reports.write_table(rows, asked.marks.with_name("course_grades.csv"))
    return len(rows)


def main(arguments=None) -> int:
    """Run the command line; 1 for a fault in what is given, 2 without a sandbox."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("homework", help="grade one homework")
    one.add_argument("submissions", type=Path)
    one.add_argument("--homework", required=True)
    one.add_argument("--out", type=Path, required=True, help="outside of this tree")
    one.add_argument("--pairs", type=Path, help="CSV of tools/lots.py pairs")
    one.add_argument("--unsafe", action="store_true", help="without a sandbox")
    course = commands.add_parser("course", help="the weighted grade of the course")
    course.add_argument("marks", type=Path, help="CSV with a column for each weight")
    asked = parser.parse_args(arguments)
    try:
        n = whole_course(asked) if asked.command == "course" else graded(asked)
    except NoSandbox as refusal:
        print(f"not graded: {refusal}", file=sys.stderr)
        return 2
    except (ValueError, OSError) as fault:
        print(fault, file=sys.stderr)
        return 1
    print(f"graded: {n}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
