"""Say what a referee would say first of a draft, in LaTeX or in MyST.

    python check_draft.py draft.tex
    python check_draft.py draft.md

What it cannot know it does not judge: a draft without faults may still be wrong.
A decimal that is meant to be typed, such as a constant of the method, stands in a line
that ends with ``typed: why`` in a comment. A number of the literature stands in the
sentence of its citation.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SCORE = re.compile(
    r"\b(RMSE|root-mean-square|mean absolute error|mean squared error|log loss|"
    r"accuracy|precision|recall|F1|AUC|Brier|R\^2)",
    re.I,
)
WITHOUT_UNIT = re.compile(
    r"\b(log loss|accuracy|precision|recall|F1|AUC|Brier|R\^2)", re.I
)
UNIT = re.compile(
    r"%|\blog(?:_|\$_)?\{?10\}?\$? units|\[[^\]]+\]|"
    r"(?<=[\d\s~])(?:k?m|c?m/s|s|Hz|K|Pa|MPa|days?|decades?)\b"
)
QUOTED = "\N{WHITE SQUARE}"  # a number by variable, once the text is plain
UNCERTAIN = re.compile(
    rf"interval|±|\bpm\b|standard (?:deviation|error)|\({QUOTED}", re.I
)
NEEDED = {
    "a baseline": r"\bbaseline",
    "a split": r"\b(?:folds?|splits?|held (?:back|out))\b[^.]*\b(?:by|in) (?:whole )?"
    r"(?:events?|earthquakes?|stations?|time|space|blocks?|months?|years?|groups?"
    r"|runs?|place|records?)",
    "seeds": r"\bseeds?\b",
}
STATEMENTS = ("data and resources", "code", "contributions", "ethics")
PLACEHOLDER = re.compile(r"\b(?:TODO|FIXME|XXX)\b|\?\?\?")
DECIMAL = re.compile(r"(?<![\w.$^_{/-])[-−]?\d+\.\d+(?![\w.]*\d)")


@dataclass
class Float:
    """A figure or a table: its kind, name, caption and the rest of its text."""

    kind: str
    name: str
    caption: str
    body: str


@dataclass
class Draft:
    """What the rules look at, whatever the draft is written in.

    Attributes
    ----------
    lines : list of str
        The text line by line, figures and tables included, comments kept.
    prose : str
        Sentences alone, each quoted number as one sign, each citation as ``CITED``.
    floats : list of Float
    headings, referred, cited, quoted : list of str
        Titles of sections; names of figures, keys and numbers that the text uses.
    bibliography : str
        The text of the file of references.
    known : set of str or None
        The numbers of the results; None before they are made.
    """

    lines: list[str]
    prose: str
    floats: list[Float]
    headings: list[str]
    referred: list[str]
    cited: list[str]
    quoted: list[str]
    bibliography: str
    known: set[str] | None


def keys(groups: list[str]) -> list[str]:
    """Single keys of citations that name several."""
    return [key.strip() for group in groups for key in group.split(",")]


def bibliography_of(path: Path) -> str:
    """The references beside a draft."""
    file = path.parent / "references.bib"
    return file.read_text("utf-8") if file.exists() else ""


def known_numbers(path: Path) -> set[str] | None:
    """The names of the numbers that the results beside a draft hold."""
    file = path.parent / "results/numbers.json"
    return set(json.loads(file.read_text("utf-8"))) if file.exists() else None


TEX_FLOAT = re.compile(r"\\begin\{(figure|table)\*?\}(.*?)\\end\{\1\*?\}", re.S)
TEX_NUMBER = re.compile(r"\\([a-z]\w*[A-Z]\w*)")
TEX_CITE = re.compile(r"\\cite[a-z]*(?:\[[^\]]*\])*\{([^}]*)\}")


def braced(text: str, command: str) -> str:
    """What stands in the braces of a command, inner braces included."""
    start = text.find(f"\\{command}{{")
    if start < 0:
        return ""
    begin = depth = start + len(command) + 2
    level = 1
    while level and depth < len(text):
        level += {"{": 1, "}": -1}.get(text[depth], 0)
        depth += 1
    return text[begin : depth - 1].strip()


def read_tex(path: Path) -> Draft:
    """Read a draft in LaTeX."""
    whole = path.read_text("utf-8")
    body = whole.partition("\\begin{document}")[2] or whole
    plain = re.sub(r"(?<!\\)%.*", "", body)
    floats = [
        Float(kind, braced(text, "label"), braced(text, "caption"), text)
        for kind, text in TEX_FLOAT.findall(plain)
    ]
    prose = TEX_CITE.sub("CITED", TEX_FLOAT.sub("", plain))
    prose = TEX_NUMBER.sub(QUOTED, prose).replace("\\%", "%")
    prose = re.sub(
        r"\\begin\{(equation|align)\*?\}.*?\\end\{\1\*?\}", " ", prose, flags=re.S
    )
    return Draft(
        lines=body.splitlines(),
        prose=re.sub(r"\\(?:sub)*section\*?\{[^}]*\}", "\n\n", prose),
        floats=floats,
        headings=re.findall(r"\\(?:sub)*section\*?\{([^}]*)\}", plain),
        referred=re.findall(r"\\(?:auto|c|C)?ref\{([^}]*)\}", plain),
        cited=keys(TEX_CITE.findall(plain)),
        quoted=TEX_NUMBER.findall(plain),
        bibliography=bibliography_of(path),
        known=known_numbers(path),
    )


MD_FLOAT = re.compile(
    r"^(`{3,}|:{3,})\{(figure|list-table|table)\}([^\n]*)\n(.*?)^\1\s*$", re.S | re.M
)
MD_NUMBER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
MD_CITE = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")


def md_float(kind: str, title: str, text: str) -> Float:
    """One directive: a figure has its caption below its options, a table above."""
    name = re.search(r"^:name:\s*(\S+)", text, re.M)
    rest = re.sub(r"^:\w[\w-]*:.*\n", "", text, flags=re.M).strip()
    caption = rest if kind == "figure" else title.strip()
    kind = "figure" if kind == "figure" else "table"
    return Float(kind, name[1] if name else "", caption, f"{title}\n{text}")


def read_md(path: Path) -> Draft:
    """Read a draft in MyST."""
    whole = path.read_text("utf-8")
    body = re.sub(r"\A---\n.*?\n---\n", "", whole, flags=re.S)
    plain = re.sub(r"<!--.*?-->", "", re.sub(r"^%.*", "", body, flags=re.M), flags=re.S)
    floats = [md_float(*found[1:]) for found in MD_FLOAT.findall(plain)]
    prose = MD_CITE.sub("CITED", MD_FLOAT.sub("", plain))
    prose = re.sub(r"^(`{3,}|:{3,})\{.*?^\1\s*$", " ", prose, flags=re.S | re.M)
    prose = MD_NUMBER.sub(QUOTED, re.sub(r"\$\$.*?\$\$", " ", prose, flags=re.S))
    return Draft(
        lines=body.splitlines(),
        prose=re.sub(r"^#+ .*$", "\n", prose, flags=re.M),
        floats=floats,
        headings=re.findall(r"^#+ (.*)$", plain, re.M),
        referred=re.findall(r"\{(?:numref|ref)\}`(?:[^`<]*<)?([^`>]+)>?`", plain),
        cited=keys(MD_CITE.findall(plain)),
        quoted=MD_NUMBER.findall(plain),
        bibliography=bibliography_of(path),
        known=known_numbers(path),
    )


def sentences(text: str) -> list[str]:
    """The sentences of a text; a table or a list ends one, too."""
    parts = re.split(r"(?<=[.?!])\s+(?=[A-Z\\$])|\n\s*\n", text)
    return [" ".join(part.split()) for part in parts if part.strip()]


def float_faults(draft: Draft) -> Iterator[str]:
    """Figures and tables: name, caption, a sentence that leads there, a unit."""
    for k, one in enumerate(draft.floats, 1):
        called = f"{one.kind} {one.name or k}"
        if not one.name:
            yield f"{called} has no label: nothing can lead to it"
        elif one.name not in draft.referred:
            yield f"{called} is never cited: say in a sentence what to look for in it"
        if len(one.caption.split()) < 4:
            yield f"{called} has no caption that says a conclusion"
        if one.kind == "table" and not UNIT.search(one.body.replace("\\%", "%")):
            yield f"{called} names no unit: write [cm/s], [%] or [1] in its caption"


def score_faults(draft: Draft) -> Iterator[str]:
    """Scores in sentences: a unit where there is one, and how sure they are."""
    for sentence in sentences(draft.prose):
        has_number = QUOTED in sentence or DECIMAL.search(sentence)
        if not (SCORE.search(sentence) and has_number):
            continue
        start = sentence[:60]
        if not UNCERTAIN.search(sentence):
            yield f"a score without its uncertainty: {start!r}"
        if not (WITHOUT_UNIT.search(sentence) or UNIT.search(sentence)):
            yield f"a score without its unit: {start!r}"


def typed_faults(draft: Draft) -> Iterator[str]:
    """Decimals typed where a variable should stand."""
    allowed = " ".join(line for line in draft.lines if "typed:" in line)
    texts = [
        *sentences(draft.prose),
        *(f"{one.caption} {one.body}" for one in draft.floats),
    ]
    for text in texts:
        if "CITED" in text or MD_CITE.search(text) or TEX_CITE.search(text):
            continue
        text = re.sub(
            r"\\includegraphics.*|https?://\S+|\bdoi:\S+|\{[\d.]+\\\w+\}", "", text
        )
        for number in DECIMAL.findall(text):
            if number not in allowed:
                yield f"{number} is typed: quote it by its variable (or `typed: why`)"


def content_faults(draft: Draft) -> Iterator[str]:
    """What every manuscript has to say, and what none may leave behind."""
    for what, pattern in NEEDED.items():
        if not re.search(pattern, draft.prose, re.I):
            yield f"the draft declares no {what.removeprefix('a ')}"
    titles = " | ".join(draft.headings).lower()
    for statement in STATEMENTS:
        if statement not in titles:
            yield f"no section is called {statement!r}"
    for line in draft.lines:
        if found := PLACEHOLDER.search(line):
            yield f"{found[0]} is left: {line.strip()[:60]!r}"


def reference_faults(draft: Draft) -> Iterator[str]:
    """Citations and numbers that lead nowhere, references that nobody cites."""
    held = re.findall(r"^@\w+\{([^,]+),", draft.bibliography, re.M)
    for key in dict.fromkeys(draft.cited):
        if key not in held:
            yield f"{key} is cited and not in references.bib"
    for key in held:
        if key not in draft.cited:
            yield f"{key} stands in references.bib and is never cited"
    for name in dict.fromkeys(draft.quoted):
        if draft.known is not None and name not in draft.known:
            yield f"{name} is no number of results/numbers.json"


RULES = (float_faults, score_faults, typed_faults, content_faults, reference_faults)


def faults(path: Path) -> list[str]:
    """Everything that is wrong with a draft, in the order of the rules."""
    draft = read_tex(path) if path.suffix == ".tex" else read_md(path)
    return list(dict.fromkeys(fault for rule in RULES for fault in rule(draft)))


def main(arguments: list[str]) -> int:
    """Run the command line; 1 if a draft has a fault."""
    if not arguments:
        print(__doc__)
        return 2
    found = {name: faults(Path(name)) for name in arguments}
    for name, said in found.items():
        print(f"{name}: {len(said)} faults" if said else f"{name}: nothing to say")
        for fault in said:
            print(f"  {fault}")
    return int(any(found.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
