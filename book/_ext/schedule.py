"""The semester on the pages: its table, its calendar file, the dates of a homework.

``:::{schedule}`` writes the table of ``course/semester.toml``, ``:::{class-facts}``
what stands above it, ``:::{due} hw1_model_fit`` the dates of one homework. The
calendar, ``schedule.ics``, lies beside the page of the table.
"""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

import semesters
from assistants import badge
from docutils import nodes
from docutils.statemachine import StringList
from icalendar import Calendar, Event
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

PAGE = "book/course/schedule"
HEAD = ["Week", "Dates", "Topic", "Taught by", "Homework, talks", "Reading"]


def long_date(day: date | datetime) -> str:
    """A day as it is written: Tuesday, 26 January 2027."""
    return f"{day:%A}, {day.day} {day:%B %Y}"


def short_date(day: date | datetime) -> str:
    """A day in a table: Tue 26 Jan."""
    return f"{day:%a} {day.day} {day:%b}"


def known_pages(root: Path) -> set[str]:
    """The stems of all pages of the book."""
    return {file.stem for file in (root / "book").rglob("*.md")}


def link(page: str) -> str:
    """The reference to a chapter or homework, whose label follows from its stem."""
    stem = page.replace("_", "-")
    return f"{{ref}}`{stem}`" if page.startswith("hw") else f"{{ref}}`ch-{stem}`"


def topic(week: semesters.Week) -> str:
    """The topic of a week, and its chapters: those of a lecture stand together."""
    chapters = "; ".join(
        dict.fromkeys(", ".join(map(link, pages)) for pages in week.lectures)
    )
    return f"{week.topic}: {chapters}" if chapters else week.topic


class Entry(NamedTuple):
    """Something that happens in a week: its kind, its name or number, and its day."""

    kind: Literal["talks", "out", "due", "event", "off", "note", "final", "last"]
    name: str
    day: date | datetime | None = None


def entries(one: semesters.Semester, week: int) -> list[Entry]:
    """What happens in a week beside its classes, in the order of the syllabus."""
    plan, numbered = one.weeks[week - 1], enumerate(one.homework, 1)
    monday, after = one.monday_of(week), one.monday_of(week) + timedelta(7)
    found = [Entry("talks", str(plan.talks))] if plan.talks else []
    for number, homework in numbered:
        out, due = one.out(homework), one.due(homework)
        found += [Entry("out", str(number), out)] if homework.out == week else []
        if monday <= due.date() < after:
            found.append(Entry("due", str(number), due))
    found += [Entry("event", it.name) for it in one.happenings if it.week == week]
    found += [Entry("off", name) for name in days_off(one, monday)]
    found += [Entry("note", plan.note)] if plan.note else []
    held = [day for day in one.presentations if monday <= day < after]
    found += [Entry("final", "presentations", day) for day in held]
    if monday <= one.last_class < after:
        found.append(Entry("last", "last day", one.last_class))
    return found


def days_off(one: semesters.Semester, monday: date) -> list[str]:
    """The breaks of a week, with their days if there are classes after them."""
    found = []
    for span in one.days_off:
        days = [k for k in range(5) if monday + timedelta(k) in span]
        if days and days[-1] == 4:
            found.append(span.name)
        elif days:
            words = dict.fromkeys(semesters.DAYS[k][:3] for k in (days[0], days[-1]))
            found.append(f"{span.name}, {'-'.join(words)}")
    return found


def breaks(one: semesters.Semester, week: int) -> list[date]:
    """The Mondays of the weeks without a day that lie between a week and the next."""
    monday, found = one.monday_of(week) + timedelta(7), []
    while week < semesters.N_WEEKS and monday < one.monday_of(week + 1):
        found.append(monday)
        monday += timedelta(7)
    return found


SAID = {
    "talks": "Talks {name}",
    "out": "HW {name} out: {link}",
    "due": "HW {name} due {day}, {day_time}",
    "final": "{name} {day}",
    "last": "last class by {day}",
}
"""How the entries of a week are worded; others say their name."""


def worded(one: semesters.Semester, entry: Entry) -> str:
    """One entry of a week, as the table shows it."""
    page = one.homework[int(entry.name) - 1].page if entry.kind == "out" else ""
    at = entry.day if isinstance(entry.day, datetime) else None
    return SAID.get(entry.kind, "{name}").format(
        name=entry.name,
        link=page and link(page),
        day=entry.day and short_date(entry.day),
        day_time=at and f"{at:%H:%M}",
    )


def row(one: semesters.Semester, k: int) -> list[str]:
    """The cells of week k."""
    week = one.weeks[k - 1]
    days = ", ".join(short_date(start) for start, _ in one.classes(k))
    given = "; ".join(worded(one, entry) for entry in entries(one, k))
    reading = ", ".join(map(str, week.reading))
    held = days or weekdays(one.monday_of(k))
    return [str(k), held, topic(week), week.instructor, given, reading]


def weekdays(monday: date) -> str:
    """The days of a week without a class."""
    return f"{short_date(monday)} to {short_date(monday + timedelta(4))}"


def rows(one: semesters.Semester) -> list[list[str]]:
    """The cells of all weeks, and of the breaks that have no number."""
    found = []
    for k in range(1, semesters.N_WEEKS + 1):
        found.append(row(one, k))
        for monday in breaks(one, k):
            name = ", ".join(days_off(one, monday))
            found.append(["", weekdays(monday), name, "", "", ""])
    return found


def table(one: semesters.Semester) -> str:
    """The whole schedule, as a table in MyST."""
    lines = [
        f":::{{list-table}} {one.title}: {one.course}",
        ":header-rows: 1",
        ":name: tab-schedule",
        ":widths: 6 14 34 12 26 8",
        ":align: left",
        "",
    ]
    for cells in [HEAD, *rows(one)]:
        lines += [
            f"{'* -' if k == 0 else '  -'} {cell}" for k, cell in enumerate(cells)
        ]
    return "\n".join([*lines, ":::"])


def entry(one, key: str, summary: str, start, end) -> Event:
    """An entry of the calendar that is the same in every build."""
    event = Event()
    event.add("uid", f"{key}@{one.slug}.mlearth")
    event.add("dtstamp", datetime(one.first_day.year, 1, 1))
    event.add("summary", summary)
    event.add("dtstart", start)
    event.add("dtend", end)
    return event


def calendar(one: semesters.Semester) -> bytes:
    """Classes, due dates, breaks and presentations as an iCalendar file."""
    found = Calendar()
    found.add("prodid", "-//mlearth//schedule//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", f"{one.course}, {one.title}")
    for k, week in enumerate(one.weeks, 1):
        for n, (start, end) in enumerate(one.classes(k), 1):
            event = entry(one, f"class-{k}-{n}", f"Week {k}: {week.topic}", start, end)
            event.add("location", one.room)
            found.add_component(event)
    for number, homework in enumerate(one.homework, 1):
        at, said = one.due(homework), f"Homework {number} is due: {homework.name}"
        found.add_component(
            entry(one, f"due-{number}", said, at - timedelta(hours=1), at)
        )
    for n, span in enumerate(one.days_off, 1):
        days = span.first, span.last + timedelta(1)
        found.add_component(entry(one, f"off-{n}", f"No class: {span.name}", *days))
    for n, day in enumerate(one.presentations, 1):
        said = "Final presentations"
        found.add_component(entry(one, f"final-{n}", said, day, day + timedelta(1)))
    found.add_missing_timezones()
    return found.to_ical()


class FromSemester(SphinxDirective):
    """What is written from the semester's file, and anew when that changes."""

    def semester(self) -> semesters.Semester:
        self.env.note_dependency(str(semesters.FILE))
        if self.config.semester is None:
            raise self.error(f"there is no {semesters.FILE}")
        return self.config.semester

    def parsed(self, text: str) -> list[nodes.Node]:
        box = nodes.Element()
        lines = StringList(text.splitlines(), str(semesters.FILE))
        self.state.nested_parse(lines, self.content_offset, box)
        return box.children


class Schedule(FromSemester):
    """The table of the weeks."""

    def run(self):
        return self.parsed(table(self.semester()))


class Facts(FromSemester):
    """Where and when the class meets, who teaches it, and its calendar file."""

    def run(self):
        one = self.semester()
        lines = [f"- **{one.title}**, {one.course}, {one.room}"]
        times = [f"{m.day} {m.start:%H:%M} to {m.end:%H:%M}" for m in one.meetings]
        lines.append(f"- {'; '.join(times)} ({one.time_zone})")
        for who in one.instructors:
            hours = f"; office hours {who.office_hours}" if who.office_hours else ""
            lines.append(f"- {who.name}{hours}")
        place = nodes.reference(
            "", "schedule.ics", internal=True, refuri="schedule.ics"
        )
        said = nodes.paragraph("", "All dates for your calendar: ", place)
        return [*self.parsed("\n".join(lines)), said]


class Due(FromSemester):
    """When a homework is out, and when it is due."""

    required_arguments = 1

    def run(self):
        one, page = self.semester(), self.arguments[0]
        found = [homework for homework in one.homework if homework.page == page]
        if not found:
            raise self.error(f"{semesters.FILE.name} has no homework {page!r}")
        due = one.due(found[0])
        said = f"**{one.title}**: out on {long_date(one.out(found[0]))}, "
        dates = self.parsed(f"{said}due on {long_date(due)}, {due:%H:%M}.")
        return [*dates, badge(self.env.docname)]


def load(app, config):
    """Read the semester, if the book has one."""
    try:
        config.semester = semesters.read() if semesters.FILE.exists() else None
    except semesters.Fault as fault:
        raise ExtensionError(str(fault)) from None


def write_files(app, error):
    """Write the calendar, and the name under which this edition will be kept."""
    out, one = Path(app.outdir), app.config.semester
    if error is None and app.builder.name == "html" and (out / PAGE).parent.exists():
        (out / f"{PAGE}.ics").write_bytes(calendar(one))
        (out / "edition").write_text(one.slug, "utf-8")


def setup(app):
    app.add_directive("schedule", Schedule)
    app.add_directive("class-facts", Facts)
    app.add_directive("due", Due)
    app.connect("config-inited", load)
    app.connect("build-finished", write_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
