"""A semester's file gives the dates of the seminar, or says what is wrong in it."""

import csv
import re
import shutil
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from ics import Calendar as OtherCalendar

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "book/_ext"))

import schedule  # noqa: E402
import semester  # noqa: E402
import semesters as dates  # noqa: E402

PAST = ROOT / "course/past/fall-2021.toml"
TABLE = (ROOT / "tests/golden/fall_2021.csv").read_text("utf-8")
GOLDEN = list(csv.DictReader(TABLE.splitlines()))
FILES = [dates.FILE, *sorted((ROOT / "course/past").glob("*.toml"))]


@pytest.fixture
def tool(monkeypatch, tmp_path):
    """The command line, on a copy of the course's files."""
    (tmp_path / "course/past").mkdir(parents=True)
    file = shutil.copy(dates.FILE, tmp_path / "course/semester.toml")
    monkeypatch.setattr(dates, "FILE", Path(file))
    monkeypatch.setattr(semester, "ROOT", tmp_path)
    return semester


def as_the_syllabus_says(one, k) -> str:
    """The entries that our schedule shows, in the words of the syllabus.

    It has no due dates, and names the final talks without their days.
    """
    found = []
    for kind, name, day in schedule.entries(one, k):
        homework = one.homework[int(name) - 1].name if kind == "out" else ""
        found += {
            "talks": [f"present #{name}"],
            "out": [f"HW#{name} - {homework}"],
            "due": [],
            "final": [],
            "last": [f"{day:%a}. last day" if day else ""],
        }.get(kind, [name])
    return "; ".join(found)


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: row["week"])
def test_fall_2021_is_the_table_of_the_syllabus(row):
    """Cell by cell; where the scan is doubtful, the last column says what it shows."""
    one, k = dates.read(PAST), int(row["week"])
    monday, week = one.monday_of(k), one.weeks[k - 1]
    assert f"{monday:%m/%d}-{monday + timedelta(4):%m/%d}" == row["dates"]
    assert week.topic == row["topic"]
    assert week.instructor == row["instructor"]
    assert as_the_syllabus_says(one, k) == row["homework_and_talks"]
    assert ", ".join(map(str, week.reading)) == row["reading"]


def test_the_table_of_the_syllabus_is_whole():
    """Sixteen weeks, one row each."""
    assert [int(row["week"]) for row in GOLDEN] == list(range(1, dates.N_WEEKS + 1))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_semester_names_pages_that_exist_and_homework_in_order(file):
    """Its chapters and homework are pages of the book, each homework once."""
    one, pages = dates.read(file), schedule.known_pages(ROOT)
    for week in one.weeks:
        assert {page for pages in week.lectures for page in pages} <= pages
    assert {homework.page for homework in one.homework} <= pages


WRONG = {
    "unknown field": ('room = "', 'rooom = "', r"line \d+, rooom: Extra inputs"),
    "missing field": (r'^title = ".*"$', "", r"line 1, title: Field required"),
    "wrong type": ("late_days = 3", 'late_days = "3"', r"late_days: Input should be a"),
    "no Monday": (
        r"first_day = \S+",
        "first_day = 2027-01-19",
        r"line \d+, first_day: 2027-01-19 is a Tuesday, not a Monday",
    ),
    "no zone": ('"America/Chicago"', '"Memphis"', "no time zone is called 'Memphis'"),
    "backwards class": ("end = 11:10:00", "end = 09:10:00", "meetings.1: it starts at"),
    "nobody": ('instructor = "Choi"', 'instructor = "Choy"', "'Choy' is no label of"),
    "weights": ("homework = 30", "homework = 40", "weights add up to 110 %, not to 1"),
    "due before out": ("week = 4, day", "week = 1, day", "homework.1: it is out in"),
    "no weekday": ('day = "Thursday"', 'day = "Thu"', r"meetings.2.day: Input should"),
    "backwards break": ("last = 2027-03-12", "last = 2027-03-01", "before it starts"),
    "no TOML": ('title = "', "title = ", r"semester.toml: no TOML: .* \(at line 4"),
    "far away": (
        "last = 2027-03-12",
        "last = 2028-03-12",
        r"ends on|lies outside|classes",
    ),
    "late class": (
        r"last_class = \S+",
        "last_class = 2028-01-01",
        "is not between 2027",
    ),
    "same day": ('day = "Thursday"', 'day = "Tuesday"', "class meets twice on Tuesday"),
    "same homework": ("hw2_mlp_regression", "hw1_model_fit", "is handed out twice"),
    "short": (
        r"(?s)\[\[weeks\]\]\ntopic = \"Work",
        '[[week]]\ntopic = "Work',
        "week: E",
    ),
    "off": (
        "presentations = [2027-05-11",
        "presentations = [2026-05-11",
        "a day off, or",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_is_told_with_its_line_and_field(name, tmp_path):
    """Whatever is wrong in the file of a semester, it is not taken in silence."""
    before, after, said = WRONG[name]
    text = dates.FILE.read_text("utf-8")
    pattern = before if before[0] in "^(" or "\\" in before else re.escape(before)
    spoiled, n = re.subn(pattern, after, text, count=1, flags=re.M)
    assert n == 1
    file = tmp_path / "semester.toml"
    file.write_text(spoiled, "utf-8")
    with pytest.raises(dates.Fault, match=said) as fault:
        dates.read(file)
    assert "semester.toml" in str(fault.value)


def test_the_line_that_is_told_is_the_line_of_the_field(tmp_path):
    """In the second table of a kind, too."""
    file = tmp_path / "semester.toml"
    text = dates.FILE.read_text("utf-8").replace('day = "Thursday"', 'day = "Thu"')
    file.write_text(text, "utf-8")
    line = text.splitlines().index('day = "Thu"') + 1
    with pytest.raises(dates.Fault, match=f"line {line}, meetings.2.day"):
        dates.read(file)


def spring(**changes):
    """This semester with other fields."""
    return dates.read().model_copy(update=changes)


def test_a_due_date_moves_past_the_days_off():
    """Friday and Saturday are off: it is due on Sunday."""
    one = dates.read()
    rule = one.homework[0].due
    friday = one.monday_of(rule.week) + timedelta(4)
    off = dates.Span(name="Storm", first=friday, last=friday + timedelta(1))
    moved = spring(days_off=[*one.days_off, off])
    assert one.due(one.homework[0]).date() == friday
    assert moved.due(one.homework[0]).date() == friday + timedelta(2)


def test_a_week_without_a_day_is_not_counted():
    """The week after spring break has the number of the break's."""
    one, monday = dates.read(), date(2027, 3, 8)
    numbered = {one.monday_of(k) for k in range(1, dates.N_WEEKS + 1)}
    assert monday not in numbered
    assert {monday - timedelta(7), monday + timedelta(7)} < numbered


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_two_calendar_programs_read_the_same_dates(file):
    """Each class, due date, break and presentation, in the zone of the class."""
    one = dates.read(file)
    text = schedule.calendar(one).decode()
    events = Calendar.from_ical(text).walk("VEVENT")
    classes = [pair for k in range(1, 17) for pair in one.classes(k)]
    starts = {str(e["UID"]): e.decoded("DTSTART") for e in events}
    held = [v for key, v in starts.items() if key.startswith("class-")]
    assert [start for start, _ in classes] == held
    n = len(classes) + len(one.homework) + len(one.days_off) + len(one.presentations)
    other = OtherCalendar(text).events
    assert len(events) == len(other) == n
    for event in other:
        if event.uid.startswith(("class-", "due-")):
            assert event.begin.datetime == starts[event.uid]


def test_the_calendar_is_the_same_in_every_build():
    """Nothing in it depends on the day on which it was written."""
    one = dates.read()
    assert schedule.calendar(one) == schedule.calendar(one)
    stamps = re.findall(rb"DTSTAMP:(\d+)", schedule.calendar(one))
    assert set(stamps) == {b"20270101"}


def test_a_draft_is_sound_and_the_old_file_is_kept(tool, capsys):
    """Fall 2027: Labor Day falls on no class, Thanksgiving takes one."""
    before = dates.FILE.read_text("utf-8")
    arguments = ["new", "2027-08-23", "--break", "2027-10-11:2027-10-12"]
    assert tool.main(arguments) == 0
    assert (dates.FILE.parent / "past/spring-2027.toml").read_text("utf-8") == before
    one = dates.read(dates.FILE)
    assert (one.title, one.slug) == ("Fall 2027", "fall-2027")
    assert [len(one.classes(k)) for k in (3, 8, 14)] == [2, 1, 1]
    assert len(one.weeks[7].lectures) == 1
    pages = {page for pages in one.weeks[7].lectures for page in pages}
    assert pages == {"ensemble_learning", "clustering", "choosing_an_algorithm"}
    assert len(one.presentations) == 2
    assert "wrote course/semester.toml" in capsys.readouterr().out


@pytest.mark.parametrize("start", ["2027-08-24", "2020-08-24"])
def test_a_draft_begins_on_a_later_monday(tool, start, capsys):
    """Otherwise nothing is written."""
    before = dates.FILE.read_text("utf-8")
    assert tool.main(["new", start]) == 1
    assert "is no Monday after" in capsys.readouterr().err
    assert dates.FILE.read_text("utf-8") == before
    assert not list(dates.FILE.parent.glob("past/*"))


def test_a_draft_overwrites_no_other_semester(tool, capsys):
    """Two semesters with one name are refused."""
    (dates.FILE.parent / "past/spring-2027.toml").write_text("title = 'Other'", "utf-8")
    assert tool.main(["new", "2027-08-23"]) == 1
    assert "spring-2027.toml exists already" in capsys.readouterr().err


def test_the_table_shows_every_week_with_its_dates():
    """Dates of classes, links to chapters, homework out and due."""
    table = schedule.table(dates.read())
    assert table.count("\n* - ") == dates.N_WEEKS + 2  # the head, and a break
    assert "* - \n  - Mon 8 Mar to Fri 12 Mar\n  - Spring break\n" in table
    assert "Martin Luther King Day, Mon" in table
    assert "Tue 19 Jan, Thu 21 Jan" in table
    assert "{ref}`ch-linear-classifiers`; {ref}`ch-linear-regression`" in table
    assert "HW 1 out: {ref}`hw1-model-fit`" in table
    assert "HW 1 due Fri 12 Feb, 17:00" in table
