"""The rules of homework, project topics and simulators: what readers look for."""

import re
from pathlib import Path

from book_rules import Page, exercises_of, unfinished_faults, within

PARTS = {
    "homework": [
        "What you hand in",
        "The data",
        "(a)",
        "Explained aloud",
        "Help, and AI assistants",
        "Reading",
    ],
    "final_project": [
        "The question",
        "What is known",
        "Data",
        "Baselines",
        "A starter that can be beaten",
        "The metric",
        "A trap",
        "Milestones",
        "Three directions",
        "What would be publishable",
        "Rubric",
        "The referee's questions",
    ],
    "simulators": [
        "Question",
        "The law",
        "The code",
        "Validation",
        "Beside real data",
        "Stands in for, breaks down",
        "Exercises",
        "Further reading",
    ],
}
"""Second-level headings of each kind of page, in their order."""

GUIDES = {"guide", "kits", "presentation"}
"""Pages on how to carry out a project, whatever its topic."""

QUESTION = re.compile(r"^- \*\*([A-Z])\d*\*\* \((\d+) points?\)", re.MULTILINE)
ROW = re.compile(r"^\| *\(([a-z])\) *\|.*\| *(\d+) *\| *(\d+) *\|$", re.MULTILINE)


def is_task(page: Path) -> bool:
    """Whether a page is homework, a project's topic or a simulator."""
    return page.parent.name in PARTS and page.stem not in GUIDES


def part_faults(page: Page):
    """Yield parts that are missing or out of order."""
    wanted = PARTS[Path(page.name).parent.name]
    starts = [
        next((n for n, found in enumerate(page.headings) if found.startswith(part)), -1)
        for part in wanted
    ]
    for part, start in zip(wanted, starts, strict=True):
        if start < 0:
            yield f"{page.name}: {part} is missing"
    present = [start for start in starts if start >= 0]
    if present != sorted(present):
        yield f"{page.name}: its parts are out of order: {page.headings}"


def form_faults(page: Page):
    """Yield faults of the label, the week and the command that checks."""
    stem, head = Path(page.name).stem, page.prose.lstrip()
    if Path(page.name).parent.name == "final_project":
        stem = f"project_{stem}"
    if not head.startswith(f"({stem.replace('_', '-')})="):
        yield f"{page.name}: does not begin with a label made of its stem"
    if not re.search(r"\bweeks? \d", head[:600], re.IGNORECASE):
        yield f"{page.name}: does not say its week of the syllabus"
    if f"pytest exercises/{stem}" not in page.prose:
        yield f"{page.name}: names no command that checks its exercise"


def point_faults(page: Page):
    """Yield homework whose parts are not lettered in order, or whose points differ."""
    table = {letter: (int(c), int(q)) for letter, c, q in ROW.findall(page.prose)}
    letters = re.findall(r"^## \(([a-z])\)", page.prose, re.MULTILINE)
    if letters != sorted(table) or letters != [chr(97 + n) for n in range(len(table))]:
        yield f"{page.name}: parts {letters}, and points for {sorted(table)}"
    asked = dict.fromkeys(table, 0)
    for letter, points in QUESTION.findall(page.prose):
        asked[letter.lower()] = asked.get(letter.lower(), 0) + int(points)
    for letter, points in asked.items():
        if points != table.get(letter, (0, 0))[1]:
            yield f"{page.name}: the questions of ({letter}) give {points} points"


def simulator_faults(page: Page):
    """Yield a simulator without two checked exercises, or that shows no law or code.

    Below each checked exercise a reader who is stuck chooses the right line.
    """
    n_checked = len(exercises_of(page, "checked"))
    n_lines = len(page.directives("choose"))
    if n_checked < 2:
        yield f"{page.name}: {n_checked} checked exercises, at least 2"
    yield from within(page, "lines to choose", n_lines, n_checked, n_checked)
    if not page.directives("math") and "$$" not in page.section("The law"):
        yield f"{page.name}: The law has no equation"
    if not any("from-package" in c.metadata.get("tags", []) for c in page.code):
        yield f"{page.name}: no cell shows the package's code"


WEEKS = range(11, 17)
"""Those of the final project."""


def kit_faults(page: Page):
    """Yield a kit without its command, weeks, directions, questions or works."""
    topic = Path(page.name).stem
    if f"mlearth.projects score {topic}" not in page.prose:
        yield f"{page.name}: does not say how a submission is scored"
    table = page.section("Milestones")
    for week in WEEKS:
        if not re.search(rf"^\| *{week}\b.*\|", table, re.MULTILINE):
            yield f"{page.name}: Milestones has no row of week {week}"
    for part, least, most in (
        ("Three directions", 3, 3),
        ("The referee's questions", 4, 12),
    ):
        n = len(re.findall(r"^\d+\. ", page.section(part), re.MULTILINE))
        yield from within(page, f"items in {part}", n, least, most)
    quoted = re.findall(r"\{cite(?::\w)?\}`([^`]+)`", page.section("What is known"))
    works = {key.strip() for keys in quoted for key in keys.split(",")}
    yield from within(page, "works in What is known", len(works), 2, 40)


def faults(page: Page):
    """Yield what is wrong with a page of homework, of a project or of a simulator."""
    yield from unfinished_faults(page)
    yield from part_faults(page)
    yield from form_faults(page)
    if Path(page.name).parent.name == "homework":
        yield from point_faults(page)
    if Path(page.name).parent.name == "simulators":
        yield from simulator_faults(page)
    if Path(page.name).parent.name == "final_project":
        yield from kit_faults(page)
