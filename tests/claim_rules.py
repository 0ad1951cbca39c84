"""What claims rest on: intervals and citations; and sentences that wander."""

import re
from itertools import groupby

import prose
from book_rules import Page
from whole_book import Book, Fault, short

CITE = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")
READING = re.compile(r"^## (?:Further )?[Rr]eading\b.*?(?=^## |\Z)", re.M | re.S)
LISTS = ("api", "bibliography", "glossary")
FIELDS = ("page", "key", "says", "where", "verified")
RUN = 7
FORMULAS = {
    "the head of a page": "week 0 of the syllabus before xxx reading time 0 minutes "
    "for the sections marked core 0 more for those marked deeper",
    "the same, of a second page": "week 0 of the syllabus after xxx",
    "the same, in other words": "0 minutes and 0 more for what goes deeper",
    "the way back to one's own region": "the region that you chose in week 0",
    "the plan of a week": "in class 0 minutes hands on keys",
    "the objectives": "by the end of this chapter you can",
    "the question of every summary": "what did we learn about the earth",
    "the command that checks": "the same command checks it and so does xxx",
    "the same in a notebook": "in a notebook xxx checks the file",
    "the exercise in the other language": "or write it in matlab in xxx beside it",
    "the name of an agency": "of the swiss seismological service at eth zurich",
}
"""What every chapter says in the same words for a reason, as it is compared."""


def cited(text: str) -> list[str]:
    """The keys that a text cites.

    >>> cited("{cite:p}`one,two` and {cite}`three`")
    ['one', 'two', 'three']
    """
    return [key.strip() for keys in CITE.findall(text) for key in keys.split(",")]


def citation_faults(book: Book, record: dict):
    """Yield each citation outside of further reading of which nothing is recorded."""
    known = {(entry.get("page"), entry.get("key")) for entry in record["citation"]}
    for page in book.pages:
        name = short(page)
        if name.startswith(LISTS):
            continue
        for key in dict.fromkeys(cited(READING.sub("", page.prose))):
            if key not in record["textbooks"] and (name, key) not in known:
                said = f"cites {key}, and tests/citations.toml does not say for what"
                yield Fault(name, key, said)


def record_faults(book: Book, record: dict, keys: set[str]):
    """Yield what is wrong with the record of citations itself."""
    pages = {short(page): set(cited(page.prose)) for page in book.pages}
    everywhere = set().union(*pages.values())
    for key in record["textbooks"]:
        if key not in everywhere:
            yield f"{key} is listed and never cited"
    for key in {*record["textbooks"], *(e.get("key") for e in record["citation"])}:
        if key not in keys:
            yield f"{key} is no work of book/references.bib"
    seen = set()
    for entry in record["citation"]:
        at = (entry.get("page"), entry.get("key"))
        empty = [name for name in FIELDS if not str(entry.get(name, "")).strip()]
        if empty or set(entry) - set(FIELDS):
            yield f"{at}: wanted {', '.join(FIELDS)}, none of them empty"
        if at in seen:
            yield f"{at}: recorded twice"
        seen.add(at)
        if at[1] not in pages.get(at[0], ()):
            yield f"{at}: the page does not cite the work"


def sentences(page: Page) -> list[list[str]]:
    """The words of each sentence of a page, in small letters, any number as 0."""
    text = re.sub(r"[*_]", "", prose.read(page.prose))
    parts = re.split(r"[.?!:;…]+[\s)\"”]|\n\s*\n|\n\s*(?:[-#|]|\d+\.)", text)
    parts = [re.sub(r"\d+(?:[.,]\d+)*", "0", part.lower()) for part in parts]
    return [prose.WORD.findall(part) for part in parts]


def runs(words: list[str]):
    """Yield each run of words that says something, with its place."""
    for at in range(len(words) - RUN + 1):
        run = tuple(words[at : at + RUN])
        if run.count(prose.STAND_IN) + run.count("0") < 3:
            yield at, run


def is_formula(run: tuple[str, ...]) -> bool:
    said = " ".join(run)
    return any(said in formula for formula in FORMULAS.values())


def repeated(words: list[str], known: set[tuple[str, ...]]):
    """Yield the longest parts of a sentence that others have too."""
    again = [at for at, run in runs(words) if run in known and not is_formula(run)]
    for _, group in groupby(enumerate(again), lambda pair: pair[1] - pair[0]):
        places = [at for _, at in group]
        yield " ".join(words[places[0] : places[-1] + RUN])


def repetition_faults(book: Book):
    """Yield seven words in a row that an earlier chapter has too."""
    known: dict[tuple[str, ...], str] = {}
    for page in book.numbered:
        own = {}
        for words in sentences(page):
            for what in repeated(words, {*known}):
                first = known[tuple(what.split()[:RUN])]
                yield Fault(short(page), what, f"says as {first} does: {what}")
            own |= dict.fromkeys((run for _, run in runs(words)), short(page))
        known = own | known
