"""The instructor's guide follows the semester and the book, to the minute."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from edition import given_files
from tree import tree_files

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "course/lectures"
SEMESTER = tomllib.loads((ROOT / "course/semester.toml").read_text("utf-8"))
TAUGHT = [k for k, week in enumerate(SEMESTER["weeks"], 1) if week.get("lectures")]
PARTS = [
    "Objectives",
    "Lecture 1",
    "Lecture 2",
    "The lab",
    "Demonstrations",
    "Misconceptions",
    "To discuss",
    "What to cut",
]
LABEL = re.compile(
    r"^\(([\w-]+)\)=|^:label: ([\w-]+)|(?:figure: \{|^ *)name: ([\w-]+)", re.M
)
ROW = re.compile(r"^\| (\d+)-(\d+) \| (.+?) \| (.*?) ?\|$", re.M)
MISTAKE = re.compile(
    r"^- \*(?P<mistake>.+?)\* \(`(?P<stem>\w+)`\)\. The check (?:asks|says): "
    r'"(?P<quote>.+?)" Ask: .+\?$'
)
COUNTS = re.compile(r"\b([Ww]eeks?|[Hh]omework|[Ll]ectures?) \d+(, \d+)*( and \d+)?")
"""What may stand in figures: it is the semester's, not a chapter's."""


@cache
def labels():
    """All labels of the book's pages."""
    pages = [path.read_text("utf-8") for path in (ROOT / "book").rglob("*.md")]
    return {name for page in pages for found in LABEL.findall(page) for name in found}


def parts(text):
    """The parts of a week by their heading."""
    pieces = re.split(r"^## (.+)\n", text, flags=re.M)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def wrong_anatomy(text, k):
    """A week has its title, its parts in their order, and is neither long nor thin."""
    title = f"# Week {k}: {SEMESTER['weeks'][k - 1]['topic']}"
    if text.split("\n")[0] != title:
        yield f"the title is not {title}"
    if re.findall(r"^## (.+)$", text, re.M) != PARTS:
        yield "the parts are not those of a week"
    n_words = sum(any(map(str.isalnum, word)) for word in text.split())
    if not 700 <= n_words <= 950:
        yield f"it has {n_words} words"


def wrong_minutes(text):
    """Rows of both lectures run from 0 to 90, with one break and one lab."""
    labs = []
    for name in PARTS[1:3]:
        rows, here = ROW.findall(parts(text)[name]), 0
        n_lines = len(re.findall(r"^\| \d", parts(text)[name], re.M))
        if len(rows) != n_lines:
            yield f"{name}: a row is no row of the plan"
        for first, last, what, where in rows:
            if int(first) != here or int(last) <= int(first):
                yield f"{name}: {first}-{last} does not follow {here}"
            if not where and what != "Break":
                yield f"{name}: {what} has no place in the book"
            here = int(last)
        if here != 90:
            yield f"{name} ends after {here} minutes"
        breaks = [
            int(a) for a, b, what, _ in rows if what == "Break" and int(b) - int(a) == 5
        ]
        if len(breaks) != 1 or not 35 <= breaks[0] <= 50:
            yield f"{name} has no break at half time"
        labs += [int(b) - int(a) for a, b, what, _ in rows if what == "The lab"]
    if labs != [25]:
        yield f"the lab takes {labs} minutes"


def wrong_chapters(text, k):
    """Each lecture names its chapters of the semester's file."""
    for name, pages in zip(
        PARTS[1:3], SEMESTER["weeks"][k - 1]["lectures"], strict=True
    ):
        for page in pages:
            if f"`{page}`" not in parts(text)[name]:
                yield f"{name} does not name {page}"


def wrong_happenings(text, k):
    """Talks and homework have their minutes."""
    rows = [row for name in PARTS[1:3] for row in ROW.findall(parts(text)[name])]
    second = ROW.findall(parts(text)["Lecture 2"])
    talks = [int(b) - int(a) for a, b, what, _ in second if "paper, with" in what]
    if talks != ([20, 20] if "talks" in SEMESTER["weeks"][k - 1] else []):
        yield f"the talks take {talks} minutes"
    said = {what.split(":")[0] for _, _, what, _ in rows if "`hw" in what}
    due = {
        f"A pair presents `{one['page']}`"
        for one in SEMESTER["homework"]
        if one["due"]["week"] + 1 == k
    } | {
        f"Homework `{one['page']}` is handed out"
        for one in SEMESTER["homework"]
        if one["out"] == k
    }
    if said != due:
        yield f"of homework it says {sorted(said)} and should say {sorted(due)}"


def wrong_labels(text):
    """All labels are the book's, in plans and elsewhere."""
    places = {
        name for row in ROW.findall(text) for name in re.findall(r"`([\w-]+)`", row[3])
    }
    told = set(re.findall(r"`(\w+(?:-\w+)+)`", text))
    yield from sorted((places | told) - labels() - kept())


@cache
def kept_by(page):
    """What a chapter keeps."""
    return re.findall(
        r"\{keep\}`([\w-]+)`", next(ROOT.glob(f"book/*/{page}.md")).read_text("utf-8")
    )


@cache
def kept():
    """What any chapter keeps."""
    return {tag for path in ROOT.glob("book/*/*.md") for tag in kept_by(path.stem)}


def wrong_keeps(text, k):
    """The objectives name what the chapters keep for later weeks."""
    first, second = SEMESTER["weeks"][k - 1]["lectures"]
    for page in [*first, *second]:
        for tag in kept_by(page):
            if f"`{tag}`" not in parts(text)["Objectives"]:
                yield f"{tag} of {page} is not among the objectives"


def wrong_lab(text):
    """A poll with three answers comes first, and a way out for who has no machine."""
    lab = parts(text)["The lab"]
    if re.findall(r"^- \((.)\) ", lab, re.M) != ["A", "B", "C"]:
        yield "the poll has not three answers"
    order = [lab.find(words) for words in ("**Poll first", "- (A)", "is what is seen")]
    if order != sorted(order) or -1 in order:
        yield "the poll does not come before what is seen"
    if "**If a machine fails**" not in lab:
        yield "nothing is said for a machine that fails"


@cache
def told(stem):
    """What each listed mistake of an exercise is told."""
    path = ROOT / f"tests/transcripts/{stem}.txt"
    blocks = path.read_text("utf-8").split("\n\n") if path.exists() else []
    return dict(
        block.strip().split("\n", 1) for block in blocks if "\n" in block.strip()
    )


@cache
def mistakes(stem):
    """The listed mistakes of an exercise."""
    path = ROOT / f"tests/solutions/{stem}/wrong_answers.toml"
    if not path.exists():
        return set()
    return {one["mistake"] for one in tomllib.loads(path.read_text("utf-8"))["wrong"]}


def wrong_misconceptions(text):
    """Four to six listed wrong answers, with the words of the check and a question."""
    items = re.split(r"\n(?=- )", parts(text)["Misconceptions"].strip())
    if not 4 <= len(items) <= 6:
        yield f"there are {len(items)}"
    for item in (" ".join(one.split()) for one in items):
        found = MISTAKE.match(item)
        if not found:
            yield f"not of the form of the others: {item}"
        elif found["mistake"] not in mistakes(found["stem"]):
            yield f"no mistake of {found['stem']}: {found['mistake']}"
        elif found["quote"] not in told(found["stem"])[found["mistake"]]:
            yield f"not said of {found['mistake']}: {found['quote']}"


def numbers(text):
    """Figures outside of plans, names and quotations: they would go stale."""
    named = r'^#.*$|^\|.*$|^- \*.+?\*|`[^`]*`|"[^"]*"'
    text = re.sub(named, "", text, flags=re.M)
    return re.findall(r"(?<!\w)\d[\d.,]*", COUNTS.sub("", text))


def faults(text, k):
    """All that is wrong with the text of a week."""
    yield from wrong_anatomy(text, k)
    if re.findall(r"^## (.+)$", text, re.M) != PARTS:
        return
    for rule in (wrong_minutes, wrong_labels, wrong_lab, wrong_misconceptions, numbers):
        yield from rule(text)
    for rule in (wrong_chapters, wrong_happenings, wrong_keeps):
        yield from rule(text, k)


def read(k):
    return (FOLDER / f"week_{k:02}.md").read_text("utf-8")


@pytest.mark.parametrize("k", TAUGHT)
def test_a_week_keeps_all_rules(k):
    """Every week with lectures has its file, and nothing is wrong with it."""
    assert list(faults(read(k), k)) == []


def test_there_is_no_week_without_lectures():
    """A file for each week that has any, and the page on another region."""
    names = {path.name for path in FOLDER.iterdir()}
    assert names == {f"week_{k:02}.md" for k in TAUGHT}


PLANTED = [  # week, what is replaced by what, what is said
    (1, "# Week 1: Terminology", "# Week 1: Words", "the title is not"),
    (1, "## To discuss", "## Discussion", "parts are not those"),
    (1, "| 5-15 |", "| 5-14 |", "15-25 does not follow 14"),
    (1, "| 15-25 |", "| 12-25 |", "12-25 does not follow 15"),
    (1, "| 75-90 |", "| 75-85 |", "ends after 85 minutes"),
    (1, "| 0-5 |", "| 0 to 5 |", "a row is no row"),
    (1, "| Break |", "| Coffee |", "Coffee has no place"),
    (1, "| The lab |", "| Work |", "the lab takes [] minutes"),
    (1, "`sec-two-errors` |", "`sec-three-errors` |", "sec-three-errors"),
    (1, "(`ex-base-rate`)", "(`ex-base-rates`)", "ex-base-rates"),
    (1, "`extrapolation`", "`remember-this`", "extrapolation of learning_"),
    (1, "Chapter `learning", "Chapter `teaching", "Lecture 1 does not name learning"),
    (1, "- (C)", "- (D)", "has not three answers"),
    (1, "**Poll first**", "**Vote**", "does not come before"),
    (1, "**If a machine fails**", "**Else**", "for a machine that fails"),
    (
        1,
        "*fits the rows of",
        "*forgets the rows of",
        "no mistake of learning_from_data",
    ),
    (1, "(`learning_from_data`). The", "(`no_exercise`). The", "no mistake of no_ex"),
    (1, '"are test rows', '"are no test rows', "not said of validates"),
    (1, "a straight line is chosen", "11 of 12 chose a line", "11"),
    (2, "| Homework `hw1_model_fit`", "| Homework `hw2_model_fit`", "of homework it"),
    (5, "| A pair presents `hw1", "| Somebody presents `hw1", "of homework it says"),
    (5, "| First paper, with", "| First talk, with", "the talks take [20] minutes"),
]


@pytest.mark.parametrize(("k", "old", "new", "said"), PLANTED)
def test_each_planted_fault_is_found(k, old, new, said):
    """A sound week is spoilt in one place, and the rule says where."""
    text = read(k)
    assert old in text
    found = "; ".join(faults(text.replace(old, new, 1), k))
    assert said in found


def test_students_get_nothing_of_it():
    """No file of the guide is in the students' edition."""
    guide = {
        path for path in tree_files(ROOT) if path.parts[:2] == ("course", "lectures")
    }
    guide |= {path.relative_to(ROOT) for path in FOLDER.iterdir()}
    assert guide
    assert set(given_files(ROOT, sorted(guide))) == set()


def test_the_guide_is_linked():
    """The folder's page leads to the guide."""
    page = (ROOT / "course/README.md").read_text("utf-8")
    assert "(lectures/week_01.md)" in page
    assert "(another_region.md)" in page
