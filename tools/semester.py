"""Check the file of a semester, or draft the next one.

    python tools/semester.py check
    python tools/semester.py new 2027-01-18 --break 2027-03-08:2027-03-12

A draft keeps the topics, rules and people of the semester before it. Its days off are
the federal holidays of the United States and the breaks that are named. Where a week
lost a class, its lectures share the other one; a week without a day is not counted.
"""

import argparse
import re
import sys
from datetime import date, timedelta
from pathlib import Path

import tomlkit
from pandas.tseries.holiday import USFederalHolidayCalendar

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "book/_ext"))

import semesters  # noqa: E402  (lies with the extensions, which need it)

SEASONS = {1: "Spring", 2: "Spring", 3: "Spring", 4: "Spring", 5: "Summer"}
SEASONS |= {6: "Summer", 7: "Summer"}
NOTE = """\
# Drafted from the semester before. Look at the days off (federal holidays, and the
# breaks that were named), the last class, the presentations, and who teaches."""


def title_of(day: date) -> str:
    """The name of a semester that begins on a day, such as Spring 2027."""
    return f"{SEASONS.get(day.month, 'Fall')} {day.year}"


def federal_holidays(first: date, last: date) -> list[dict]:
    """The federal holidays of a span of days that fall on a weekday."""
    calendar = USFederalHolidayCalendar()
    days = calendar.holidays(start=first, end=last, return_name=True).items()
    return [
        {"name": name, "first": day.date(), "last": day.date()}
        for day, name in days
        if day.weekday() < 5
    ]


def into_fewer(lectures: list[list[str]], n_classes: int) -> list[list[str]]:
    """The pages of all lectures, the last of them sharing a class where one is lost."""
    if not n_classes or len(lectures) <= n_classes:
        return lectures
    rest = [page for pages in lectures[n_classes - 1 :] for page in pages]
    return [*lectures[: n_classes - 1], list(dict.fromkeys(rest))]


def last_class(draft: semesters.Semester) -> date:
    """The last class before the week of the presentations."""
    held = [end for k in range(1, semesters.N_WEEKS) for _, end in draft.classes(k)]
    return held[-1].date()


def draft(before: str, first: date, breaks: list[dict]) -> str:
    """The text of the next semester's file, from that of the one before."""
    text = tomlkit.parse(before)
    text["title"], text["first_day"] = title_of(first), first
    text["slug"] = title_of(first).lower().replace(" ", "-")
    end = first + timedelta(weeks=semesters.N_WEEKS + 2)
    text["last_class"], text["presentations"] = end, []
    text.pop("happenings", None)
    named = [span for span in breaks if span["last"] >= first]
    text["days_off"] = spans([*named, *federal_holidays(first, end)])
    rough = semesters.Semester.model_validate(text.unwrap())
    after = rough.monday_of(semesters.N_WEEKS) + timedelta(7)
    kept = [one for one in text["days_off"].unwrap() if one["first"] < after]
    text["days_off"] = spans(kept)
    rough = semesters.Semester.model_validate(text.unwrap())
    final = [start.date() for start, _ in rough.classes(semesters.N_WEEKS)]
    text["last_class"], text["presentations"] = last_class(rough), final
    for k, week in enumerate(text["weeks"], 1):
        if "lectures" in week:
            found = into_fewer(week["lectures"].unwrap(), len(rough.classes(k)))
            week["lectures"] = found
    lines = tomlkit.dumps(text).split("\n")
    head = next(k for k, line in enumerate(lines) if not line.startswith("#"))
    return re.sub(r"\n*\n\[\[", "\n\n[[", "\n".join([NOTE, *lines[head:]]))


def spans(days: list[dict]) -> tomlkit.items.AoT:
    """Tables of days off in their order."""
    found = tomlkit.aot()
    for day in sorted(days, key=lambda one: one["first"]):
        found.append(tomlkit.item(day))
    return found


def named_break(text: str) -> dict:
    """A break as the command line names it: its first day, or first:last."""
    first, _, last = text.partition(":")
    days = date.fromisoformat(first), date.fromisoformat(last or first)
    return {"name": "Break", "first": days[0], "last": days[1]}


def begin(first: date, breaks: list[dict]) -> list[Path]:
    """Move the semester's file to the past, and write the next one."""
    before = semesters.read()
    kept = semesters.FILE.parent / f"past/{before.slug}.toml"
    old = semesters.FILE.read_text("utf-8")
    if first.weekday() or first <= before.first_day:
        said = f"START: {first} is no Monday after {before.first_day}"
        raise semesters.Fault(said)
    if kept.exists() and kept.read_text("utf-8") != old:
        raise semesters.Fault(f"{kept.name} exists already: give {before.title} a slug")
    new = draft(old, first, breaks)
    kept.write_text(old, "utf-8")
    semesters.FILE.write_text(new, "utf-8")
    return [kept, semesters.FILE]


def summary(one: semesters.Semester) -> str:
    """One line on a sound semester."""
    n = sum(len(one.classes(k)) for k in range(1, semesters.N_WEEKS + 1))
    due = ", ".join(f"{one.due(homework):%d %b}" for homework in one.homework)
    return f"{one.title}: {one.first_day} to {one.last_class}, {n} classes; due {due}."


def main(arguments=None) -> int:
    """Run the command line; 1 if the file has a fault."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="name every fault of the file")
    check.add_argument("file", nargs="?", type=Path, default=semesters.FILE)
    new = commands.add_parser("new", help="draft the next semester")
    new.add_argument("first", type=date.fromisoformat, help="its first Monday")
    new.add_argument("--break", dest="breaks", type=named_break, action="append")
    asked = parser.parse_args(arguments)
    try:
        if asked.command == "new":
            for file in begin(asked.first, asked.breaks or []):
                print(f"wrote {file.relative_to(ROOT)}")
        file = asked.file if asked.command == "check" else semesters.FILE
        print(summary(semesters.read(file)))
    except semesters.Fault as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
