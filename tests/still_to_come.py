"""What the rules of the book still find: a list that may only shrink.

``python tests/still_to_come.py`` takes from tests/still_to_come.toml what is mended. A
new fault is never added to it: it fails the tests until it is mended.
"""

import json
import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import claim_rules
import symbol_rules
import term_rules
import week_rules
from book_rules import ROOT
from whole_book import Book, Fault

FILE = ROOT / "tests/still_to_come.toml"
CITATIONS = ROOT / "tests/citations.toml"
OWN_SYMBOLS = ROOT / "tests/own_symbols.toml"
HEAD = """\
# What the rules of tests/*_rules.py still find, by rule and page. It may only shrink: a
# test fails when something that is listed here is mended, and when anything else is
# found. `python tests/still_to_come.py` takes off what is mended.

# Objectives that are kept and wait for weeks whose chapters do not exist yet.
"""


def load(path: Path) -> dict:
    return tomllib.loads(path.read_text("utf-8"))


def rules(waiting: set[str]) -> dict:
    """Each rule by its name in the list: a function of the book."""
    record, own = load(CITATIONS), load(OWN_SYMBOLS)
    return {
        "plan": week_rules.plan_faults,
        "recall": week_rules.recall_faults,
        "return": lambda book: week_rules.return_faults(book, waiting),
        "length": week_rules.length_faults,
        "steps": week_rules.subgoal_faults,
        "practice": week_rules.practice_faults,
        "scores": claim_rules.score_faults,
        "citations": lambda book: claim_rules.citation_faults(book, record),
        "repetition": claim_rules.repetition_faults,
        "first use": term_rules.first_use_faults,
        "again": term_rules.again_faults,
        "symbols": lambda book: symbol_rules.symbol_faults(book, own),
    }


def compared(found: list[Fault], listed: dict[str, list[str]]) -> list[str]:
    """What was found and is not listed, and what is listed and was not found."""
    known = {(page, what) for page, faults in listed.items() for what in faults}
    new = [f"{f.page}: {f.said}" for f in found if (f.page, f.what) not in known]
    mended = known - {(fault.page, fault.what) for fault in found}
    return new + [
        f"{page}: {what!r} is mended: take it off with python tests/still_to_come.py"
        for page, what in sorted(mended)
    ]


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def written(listed: dict, waiting: list[str]) -> str:
    """The list as a file."""
    lines = [HEAD + f"waiting = [{', '.join(map(quoted, waiting))}]"]
    for rule, pages in listed.items():
        lines += ["", f"[{quoted(rule)}]"] if pages else []
        for page, faults in pages.items():
            inner = "".join(f"\n    {quoted(what)}," for what in faults)
            lines.append(f"{quoted(page)} = [{inner}\n]")
    return "\n".join(lines) + "\n"


def still_found(faults: list[Fault], listed: dict[str, list[str]]) -> dict:
    """What is listed and still found, by page."""
    found = {(fault.page, fault.what) for fault in faults}
    left = {page: [w for w in listed[page] if (page, w) in found] for page in listed}
    return {page: faults for page, faults in left.items() if faults}


def main() -> None:
    book, listed = Book.read(), load(FILE)
    waiting = [tag for tag in listed.pop("waiting") if not ended(book, tag)]
    found = {name: list(rule(book)) for name, rule in rules(set(waiting)).items()}
    left = {name: still_found(found[name], listed.get(name, {})) for name in found}
    FILE.write_text(written(left, waiting), "utf-8")


def ended(book: Book, tag: str) -> bool:
    """Whether a tag has come back, or can, so that it need not wait."""
    faults = week_rules.return_faults(book, {tag})
    return any(f.what == tag and f.page != week_rules.NOBODY for f in faults)


if __name__ == "__main__":
    main()
