"""What is written of a class: a table, a page for each pair, a list to look at."""

from __future__ import annotations

import csv
from pathlib import Path

from .points import Part

STATUS = {
    "holds": "holds",
    "fails": "does not hold",
    "unwritten": "not written",
    "waits": "not reached",
    "broken": "the check is broken",
    "unasked": "not asked",
}


def write_table(rows: list[dict], file: Path) -> None:
    """Write rows as CSV."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def read_table(file: Path) -> list[dict]:
    """Read the rows of a CSV file."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def page(row: dict, claims: list[dict], parts: list[Part], notes: list[str]) -> str:
    """Return what a pair is told: claims, findings and points, part by part."""
    held = {one["number"] for one in claims if one["status"] == "holds"}
    lines = [f"# {row['pair']}", ""]
    lines += [f"Checks: {row['checks']} points; received {row['received']}"]
    if row["days_late"]:
        lines += ["", f"{row['days_late']} days late; it counts {row['counts']}."]
    for note in notes:
        lines += ["", f"*{note}*"]
    for part in parts:
        earned = part.earned(held)
        lines += ["", f"## ({part.name}): {earned:g} of {part.points}", ""]
        for one in claims:
            if part.first <= one["number"] <= part.last:
                lines.append(f"{one['number']}. {one['claim']}  ")
                lines.append(f"   **{STATUS[one['status']]}** {one['found']}".rstrip())
    return "\n".join(lines) + "\n"


def written_template(pairs: list[str], parts: list[Part], aloud: int, file: Path):
    """Begin the table of what is marked by people, and add the pairs it lacks."""
    questions = [name for part in parts for name in part.questions]
    heads = [*questions, *(["aloud"] if aloud else [])]
    rows = read_table(file) if file.is_file() else []
    known = {row["pair"] for row in rows}
    new = [pair for pair in pairs if pair not in known]
    if new:
        rows += [{"pair": pair, **dict.fromkeys(heads, "")} for pair in new]
        write_table(rows, file)


def written_points(file: Path, parts: list[Part], aloud: int) -> dict[str, float]:
    """Return the points for what people marked, of each pair that is complete.

    Raises
    ------
    ValueError
        If a mark is no number, or is larger than its question is worth.
    """
    if not file.is_file():
        return {}
    worth = {name: p for part in parts for name, p in part.questions.items()}
    worth |= {"aloud": aloud} if aloud else {}
    found = {}
    for number, row in enumerate(read_table(file), 2):
        given = {name: (row.get(name) or "").strip() for name in worth}
        for name, text in given.items():
            if text and not valid(text, worth[name]):
                at = f"{file.name}, line {number}, {name}"
                raise ValueError(f"{at}: points from 0 to {worth[name]}, got {text!r}")
        if all(given.values()):
            found[row["pair"]] = sum(map(float, given.values()))
    return found


def valid(text: str, most: int) -> bool:
    """Whether a text is a number of points."""
    try:
        return 0 <= float(text) <= most
    except ValueError:
        return False
