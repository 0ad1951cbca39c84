"""What a week asks of its chapters: a plan, old questions, few ideas, things to build.

Each rule yields the faults of a whole book.
"""

import re
from pathlib import Path

import prose
from book_rules import Page, exercises_of
from whole_book import Book, Fault, short, week_of

LECTURE = re.compile(r"^\s*- \*\*(First|Second) lecture\*\* \(90 minutes\)", re.M)
WHOLE_LECTURE = re.compile(LECTURE.pattern + r"(?!: its )", re.M)
"""A lecture that no page shares; of a shared one a plan says which part is its."""
ITEMS = {
    "In class": re.compile(r"^\s*- \*\*In class\*\* \(25 minutes\b", re.M),
    "Alone": re.compile(r"^\s*- \*\*Alone\*\* \(\d+ minutes\b", re.M),
}
RECALL = re.compile(r"^:{3,}\{recall\}[ \t]*(\S+)", re.M)
KEEP = re.compile(r"\{keep\}`([^`]+)`")
HEADING = re.compile(r"^(#{2,4}) (.+?)[ \t]*$", re.M)
TASKS = {"Exercises", "Quiz", "Further reading"}
CAPTION = re.compile(r"\bcaption: \"((?:[^\"\\]|\\.)*)\"")
CORE_WORDS, WORDS = 2500, (2500, 4000)
IDEAS, FAILURES, SUBGOALS, RECALLS = 5, 3, (3, 5), 3
NOBODY = "no page"
LATE = 10
"""What is taught after this week comes back once; anything else in two weeks."""


def head_of(page: Page) -> str:
    """The text before the first second-level heading."""
    return re.split(r"^## ", page.prose, maxsplit=1, flags=re.M)[0]


def plan_of(page: Page) -> str | None:
    """The text of the box that says what is done when."""
    boxes = page.directives("admonition")
    return next((box for box in boxes if re.search(r":class:.*\bplan\b", box)), None)


def plan_faults(book: Book):
    """Yield chapters without a plan, and weeks without their lectures."""
    for page in book.chapters:
        name, plan = short(page), plan_of(page)
        if plan is None:
            yield Fault(name, "no plan", "has no box of class plan")
            continue
        if ":class: plan" not in head_of(page):
            yield Fault(name, "place", "its plan does not stand before the first part")
        if not LECTURE.search(plan):
            yield Fault(name, "lecture", "its plan names no lecture of 90 minutes")
        for item, pattern in ITEMS.items():
            if not pattern.search(plan):
                yield Fault(name, item, f"its plan has no {item} with its minutes")
    for week, pages in book.by_week().items():
        named = {
            which for page in pages for which in LECTURE.findall(plan_of(page) or "")
        }
        whole = [
            which
            for page in pages
            for which in WHOLE_LECTURE.findall(plan_of(page) or "")
        ]
        for which in sorted({one for one in whole if whole.count(one) > 1}):
            said = f"{whole.count(which)} pages plan the whole {which.lower()} lecture"
            yield Fault(f"week {week}", f"{which} twice", said)
        for which in {"First", "Second"} - named:
            said = f"no page plans the {which.lower()} lecture of the week"
            yield Fault(f"week {week}", which, said)


def recalled_by(page: Page) -> list[str]:
    """The tags of a page's questions on earlier weeks."""
    return RECALL.findall(page.prose)


def recall_faults(book: Book):
    """Yield chapters that do not keep one objective and ask for three old ones."""
    week_of_tag = {tag: week_of(page) for page in book.pages for tag in kept_by(page)}
    for page in book.chapters:
        name, tags = short(page), recalled_by(page)
        if len(tags) != RECALLS:
            yield Fault(name, "recalls", f"asks {len(tags)} old questions, wanted 3")
        elif len(RECALL.findall(head_of(page))) != RECALLS:
            yield Fault(name, "place", "does not open with its old questions")
        if len(kept_by(page)) != 1:
            said = f"keeps {len(kept_by(page))} objectives, wanted one"
            yield Fault(name, "keep", said)
        for tag in dict.fromkeys(tags):
            week = week_of_tag.get(tag)
            if week is None or week >= (week_of(page) or 0):
                said = f"recalls {tag}, which no earlier week keeps"
                yield Fault(name, tag, said)


def kept_by(page: Page) -> list[str]:
    """The tags of the objectives that a page keeps."""
    return KEEP.findall(page.prose)


def return_faults(book: Book, waiting: set[str]):
    """Yield kept objectives that do not come back, and those that wait in vain.

    A tag may wait for chapters that do not exist yet, and no longer than that.
    """
    kept = {tag: page for page in book.pages for tag in kept_by(page)}
    weeks = book.by_week()
    for tag, page in kept.items():
        week, name = week_of(page) or 0, short(page)
        asked = [page for page in book.numbered if tag in recalled_by(page)]
        back = {week_of(page) for page in asked} - {None}
        wanted = 1 if week > LATE else 2
        later = [one for one in weeks if one > week]
        if len(back - {week}) >= wanted:
            if tag in waiting:
                yield Fault(name, tag, f"{tag} has come back and waits no longer")
        elif tag not in waiting or len(later) >= wanted:
            said = f"{tag} comes back in the weeks {sorted(back)}, wanted {wanted}"
            yield Fault(name, tag, said)
    for tag in sorted(waiting - {*kept}):
        yield Fault(NOBODY, tag, f"{tag} waits, and no page keeps it")


def sections(page: Page):
    """Yield each section: its chain of headings, and its own text."""
    found = list(HEADING.finditer(page.prose))
    ends = [match.start() for match in found[1:]] + [len(page.prose)]
    yield [], page.prose[: found[0].start() if found else None]
    chain = []
    for match, end in zip(found, ends, strict=True):
        chain = [*chain[: len(match[1]) - 2], match[2]]
        yield chain, page.prose[match.end() : end]


def is_deeper(chain: list[str]) -> bool:
    return any(heading.endswith("(*deeper*)") for heading in chain)


def lengths(page: Page) -> tuple[int, int]:
    """How many words of a page are core, and how many there are.

    A caption is read with its page. Core is what is neither folded away nor a task:
    exercises and the quiz are done, and further reading is chosen.
    """
    captions = sum(map(prose.words, CAPTION.findall(page.text)))
    core, total = captions, captions
    for chain, text in sections(page):
        count = prose.words(text) + (prose.words(chain[-1]) if chain else 0)
        total += count
        task = chain and chain[0].split(":")[0] in TASKS
        core += 0 if task or is_deeper(chain) else count
    return core, total


def length_faults(book: Book):
    """Yield chapters with too many words, ideas or failures."""
    for page in book.chapters:
        name, (core, total) = short(page), lengths(page)
        if core > CORE_WORDS:
            yield Fault(name, "core", f"{core} words of core, at most {CORE_WORDS}")
        if not WORDS[0] <= total <= WORDS[1]:
            said = f"{total} words, wanted {WORDS[0]} to {WORDS[1]}"
            yield Fault(name, "words", said)
        for part, most in {"Mathematics": IDEAS, "How it fails": FAILURES}.items():
            inner = [
                chain
                for chain, _ in sections(page)
                if len(chain) == 2 and chain[0].split(":")[0] == part
            ]
            ideas = part == "Mathematics"
            count = sum(not (ideas and is_deeper(chain)) for chain in inner)
            if count > most:
                yield Fault(
                    name, part, f"{count} sections under {part}, at most {most}"
                )


def scratch(page: Page) -> tuple[str, list[str]]:
    """The text of "From scratch" before its first cell, and the code of its cells."""
    part, opening, cells = "", "", []
    for cell in page.cells:
        if cell.cell_type == "code":
            cells += [cell.source] if part.startswith("From scratch") else []
            continue
        for piece in re.split(r"^(?=## )", cell.source, flags=re.M):
            if heading := re.match(r"## (.+)", piece):
                part = heading[1]
            if part.startswith("From scratch") and not cells:
                opening += piece
    return opening, cells


def matlab_of(page: Page, root: Path) -> str:
    """The MATLAB programs that a page includes."""
    folder = (root / page.name).parent
    names = re.findall(r"\{literalinclude\}\s*(\S+\.m)\b", page.text)
    return "\n".join((folder / name).read_text("utf-8") for name in names)


def comments(source: str, mark: str) -> list[str]:
    """The comments of a program, without their marks.

    >>> comments("x = 1  # Start\\n# Walk: downhill", "#")
    ['Start', 'Walk: downhill']
    """
    return [said.strip() for said in re.findall(rf"{mark}+\s*(\S.*)$", source, re.M)]


def subgoals_of(page: Page) -> list[str]:
    """The steps that the list at the top of "From scratch" names."""
    opening, _ = scratch(page)
    after = re.sub(r"^% .*$", "", opening.partition("\n")[2], flags=re.M).lstrip()
    if not after.startswith("1. **"):
        return []
    listed = re.split(r"\n\n(?!\d+\. \*\*)", after, maxsplit=1)[0]
    return [n.rstrip(".:") for n in re.findall(r"^\d+\. \*\*(.+?)\*\*", listed, re.M)]


def subgoal_faults(book: Book):
    """Yield steps that the text names and the programs do not."""
    for page in book.chapters:
        if not page.section("From scratch"):
            continue
        name, goals = short(page), subgoals_of(page)
        if not SUBGOALS[0] <= len(goals) <= SUBGOALS[1]:
            said = f"From scratch opens with {len(goals)} named steps, wanted 3 to 5"
            yield Fault(name, "steps", said)
        programs = {"Python": ("\n".join(scratch(page)[1]), "#")}
        if page.section("In MATLAB"):
            programs["MATLAB"] = (matlab_of(page, book.root), "%")
        for language, (source, mark) in programs.items():
            said = comments(source, mark)
            for goal in goals:
                if not any(re.match(re.escape(goal) + r"(?!\w)", one) for one in said):
                    fault = f"no comment in {language} says {goal!r}"
                    yield Fault(name, f"{language}: {goal}", fault)


def practice_faults(book: Book):
    """Yield chapters whose core nobody builds, and weeks without MATLAB."""
    for page in book.chapters:
        checked = exercises_of(page, "checked")
        if not any(re.search(r":class:.*\bcore\b", text) for text in checked):
            said = "no checked exercise is its algorithm (class core)"
            yield Fault(short(page), "core", said)
    for week, pages in book.by_week().items():
        given = [p for p in pages if any(map(in_matlab, exercises_of(p, "checked")))]
        if week > 1 and not given:
            said = "no checked exercise of the week can be done in MATLAB"
            yield Fault(f"week {week}", "matlab", said)
        for page in given:
            if not list((book.root / "exercises" / Path(page.name).stem).glob("*.m")):
                said = "its exercise in MATLAB has no file to write in"
                yield Fault(short(page), "matlab file", said)


def in_matlab(exercise: str) -> bool:
    return bool(re.search(r":class:.*\bmatlab\b", exercise))
