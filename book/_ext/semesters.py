"""One semester: its file, what the file must say, and the days that follow from it.

``course/semester.toml`` is written by instructors. Whatever is wrong in it is told with
the line and the field; all faults at once.
"""

import re
import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "course/semester.toml"
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
N_WEEKS = 16

Name = Annotated[str, Field(min_length=1)]
Day = Literal[tuple(DAYS)]
WeekNumber = Annotated[int, Field(ge=1, le=N_WEEKS)]
Percent = Annotated[int, Field(ge=0, le=100)]


def known_zone(name: str) -> str:
    """The name of a time zone, such as America/Chicago."""
    if name not in available_timezones():
        raise ValueError(f"no time zone is called {name!r}; try 'America/Chicago'")
    return name


class Part(BaseModel):
    """A table of the file: no field more than these."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Meeting(Part):
    """When the class meets in every week."""

    day: Day
    start: time
    end: time

    @model_validator(mode="after")
    def ends_later(self):
        if self.end <= self.start:
            raise ValueError(f"it starts at {self.start:%H:%M} and ends no later")
        return self


class Instructor(Part):
    """Who teaches; `label` is what the weeks call them."""

    label: Name
    name: Name
    office_hours: str = ""


class Span(Part):
    """Days with a name, the last included."""

    name: Name
    first: date
    last: date

    @model_validator(mode="after")
    def ends_later(self):
        if self.last < self.first:
            raise ValueError(f"it ends on {self.last}, before it starts")
        return self

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class Happening(Part):
    """What falls into a week and leaves its classes as they are."""

    name: Name
    week: WeekNumber


class Due(Part):
    """The rule of a due date; it moves to the next day that is not off."""

    week: WeekNumber
    day: Day
    at: time


class Homework(Part):
    """One problem set: its page, its name in the table, when it is out and due."""

    page: Name
    name: Name
    out: WeekNumber
    due: Due

    @model_validator(mode="after")
    def due_later(self):
        if self.due.week <= self.out:
            raise ValueError(
                f"it is out in week {self.out}, so it is due in a later one, "
                f"not in week {self.due.week}"
            )
        return self


class Week(Part):
    """What one week is about: a lecture's pages stand together."""

    topic: Name
    lectures: list[list[Name]] = []
    instructor: str = ""
    talks: int | None = None
    note: str = ""
    reading: list[int] = []


class Grading(Part):
    """Weights of the grade [%]."""

    paper_presentation: Percent
    homework: Percent
    final_project: Percent

    @model_validator(mode="after")
    def whole(self):
        total = self.paper_presentation + self.homework + self.final_project
        if total != 100:
            raise ValueError(f"the weights add up to {total} %, not to 100 %")
        return self


class Semester(Part):
    """All that a semester's file says."""

    title: Name
    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    course: Name
    time_zone: Annotated[str, AfterValidator(known_zone)]
    room: Name
    first_day: date
    last_class: date
    presentations: list[date] = []
    late_days: Annotated[int, Field(ge=0)] = 0
    meetings: Annotated[list[Meeting], Field(min_length=1)]
    instructors: Annotated[list[Instructor], Field(min_length=1)]
    days_off: list[Span] = []
    happenings: list[Happening] = []
    homework: Annotated[list[Homework], Field(min_length=1)]
    weeks: Annotated[list[Week], Field(min_length=N_WEEKS, max_length=N_WEEKS)]
    grading: Grading

    @field_validator("first_day")
    @classmethod
    def monday(cls, day):
        if day.weekday():
            raise ValueError(f"{day} is a {DAYS[day.weekday()]}, not a Monday")
        return day

    def monday_of(self, week: int) -> date:
        """The first day of a week; one whose five days are all off is not counted."""
        monday = self.first_day
        while True:
            taught = not all(self.is_off(monday + timedelta(k)) for k in range(5))
            week -= taught
            if taught and not week:
                return monday
            monday += timedelta(7)

    def is_off(self, day: date) -> bool:
        """Whether nobody teaches or hands in on that day."""
        return any(day in span for span in self.days_off)

    def classes(self, week: int) -> list[tuple[datetime, datetime]]:
        """Start and end of each class of a week that is held."""
        zone, found = ZoneInfo(self.time_zone), []
        for meeting in sorted(self.meetings, key=lambda one: DAYS.index(one.day)):
            day = self.monday_of(week) + timedelta(DAYS.index(meeting.day))
            if not self.is_off(day) and day <= self.last_class:
                pair = (meeting.start, meeting.end)
                found.append(tuple(datetime.combine(day, t, zone) for t in pair))
        return found

    def due(self, homework: Homework) -> datetime:
        """When a homework is due, moved past the days off."""
        rule = homework.due
        day = self.monday_of(rule.week) + timedelta(DAYS.index(rule.day))
        while self.is_off(day):
            day += timedelta(1)
        return datetime.combine(day, rule.at, ZoneInfo(self.time_zone))

    def out(self, homework: Homework) -> date:
        """When a homework is handed out: in the first class of its week."""
        held = self.classes(homework.out)
        return held[0][0].date() if held else self.monday_of(homework.out)


class Fault(ValueError):
    """What is wrong in a semester's file, a line for each fault."""


def collisions(semester: Semester):
    """Yield the place in the file, and what cannot be, of a file with sound fields."""
    known = {one.label for one in semester.instructors}
    end = semester.monday_of(N_WEEKS) + timedelta(6)
    for k, week in enumerate(semester.weeks, 1):
        held = semester.classes(k)
        if week.instructor and week.instructor not in known:
            said = f"{week.instructor!r} is no label of an instructor: {sorted(known)}"
            yield ("weeks", k - 1, "instructor"), said
        if len(week.lectures) > len(held):
            said = f"week {k} has {len(week.lectures)} lectures and {len(held)} classes"
            yield ("weeks", k - 1, "lectures"), f"{said} that are not on a day off"
    for k, span in enumerate(semester.days_off):
        if span.last < semester.first_day or span.first > end:
            said = f"{span.name} lies outside of {semester.first_day} to {end}"
            yield ("days_off", k, "first"), said
    for k, day in enumerate(semester.presentations):
        if not semester.first_day < day <= end or semester.is_off(day):
            said = f"{day} is a day off, or not between {semester.first_day} and {end}"
            yield ("presentations", k), said
    if not semester.first_day < semester.last_class <= end:
        said = f"{semester.last_class} is not between {semester.first_day} and {end}"
        yield ("last_class",), said
    days = [meeting.day for meeting in semester.meetings]
    for k, day in enumerate(days):
        if day in days[:k]:
            yield ("meetings", k, "day"), f"the class meets twice on {day}"
    pages = [one.page for one in semester.homework]
    for k, page in enumerate(pages):
        if page in pages[:k]:
            yield ("homework", k, "page"), f"{page} is handed out twice"


def line_of(text: str, place: tuple) -> int:
    """The line of a file where a field stands, or the table that lacks it."""
    tables = [part for part in place if isinstance(part, str)]
    number = next((part for part in place if isinstance(part, int)), 0)
    line, inside, seen = 1, len(tables) == 1, -1
    for k, row in enumerate(text.splitlines(), 1):
        header = re.match(r"\[\[?\s*([\w.]+)", row)
        if header:
            seen += header[1] == tables[0]
            inside = header[1] == tables[0] and seen == number
            line = k if inside else line
        elif inside and re.match(rf"\s*{re.escape(tables[-1])}\s*=", row):
            return k
    return line


def read(file: Path = FILE) -> Semester:
    """Read a semester, or raise a Fault that names each line and field."""
    text = file.read_text("utf-8")
    try:
        semester = Semester.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise Fault(f"{file.name}: no TOML: {error}") from None
    except ValidationError as error:
        found = [(one["loc"], one["msg"]) for one in error.errors()]
    else:
        found = list(collisions(semester))
        if not found:
            return semester
    raise Fault("\n".join(told(file.name, text, *one) for one in found))


def told(name: str, text: str, place: tuple, said: str) -> str:
    """One fault as a line: file, line, field, what is wrong."""
    field = ".".join(str(p + 1) if isinstance(p, int) else p for p in place)
    said = said.removeprefix("Value error, ")
    return f"{name}, line {line_of(text, place)}, {field or 'the file'}: {said}"
