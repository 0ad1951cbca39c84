"""A chapter as slides need it: its sections, formulas, figures, questions, numbers.

The text is that of the executed notebook in ``_build/cache``, so that figures and
quoted numbers come from the run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

RECORD = "application/papermill.record/text/plain"
FENCE = re.compile(r"^(`{3,}|:{3,})\{([\w:-]+)\}[ \t]*(.*)$")
LABEL = re.compile(r"^\(([\w-]+)\)=$")
HEADING = re.compile(r"^(#+) (.*)$")
MARK = re.compile(r"\s*\(\*(core|deeper)\*\)$")
OPTION = re.compile(r"^:([\w-]+):[ \t]*(.*)$")
CHOICE = re.compile(
    r"^\[([ x])\] (.*(?:\n(?![\[:]).+)*)((?:\n: .*(?:\n(?![\[:]).+)*)?)", re.M
)


class NotRun(Exception):
    """A chapter that has not been executed."""


@dataclass
class Block:
    """A piece of a section: its kind (a directive's name, or text), and its words."""

    kind: str
    text: str
    argument: str = ""
    options: dict[str, str] = field(default_factory=dict)


@dataclass
class Figure:
    """What a cell drew: its name, caption, alternative text and SVG."""

    name: str
    caption: str
    alt: str
    svg: str


@dataclass
class Poll:
    """A question to the class, its choices with what is said of each, its answer."""

    question: str
    choices: list[tuple[str, bool, str]]
    figure: str = ""
    scale: str = ""
    said: str = ""

    @property
    def answer(self) -> str:
        """The right choice, or the value on the scale."""
        right = [text for text, is_right, _ in self.choices if is_right]
        return right[0] if right else self.scale


@dataclass
class Section:
    """A heading, whether it is core, its label, and what stands below it."""

    title: str
    level: int
    kind: str
    label: str
    parts: list[Block | Figure | Poll] = field(default_factory=list)


@dataclass
class Chapter:
    """A page: its name, title, label, sections, and the numbers that it quotes."""

    name: str
    title: str
    label: str
    sections: list[Section]
    numbers: dict[str, str]

    def parts(self, kind: str, argument: str = "") -> Iterator[Block]:
        """Blocks of a kind, wherever they stand."""
        for part in (part for section in self.sections for part in section.parts):
            if (
                isinstance(part, Block)
                and part.kind == kind
                and argument in part.argument
            ):
                yield part

    @property
    def plan(self) -> list[str]:
        """The lines of the box that plans the week."""
        boxes = [
            b for b in self.parts("admonition") if b.options.get("class") == "plan"
        ]
        return items(boxes[0].text) if boxes else []

    @property
    def objectives(self) -> list[str]:
        """What one can do by the end."""
        boxes = list(self.parts("admonition", "By the end"))
        return items(boxes[0].text) if boxes else []

    @property
    def recalls(self) -> list[Poll]:
        """Questions on earlier weeks."""
        return [poll_of(block) for block in self.parts("recall")]

    @property
    def core(self) -> list[Section]:
        """The question, and the sections marked core, in their order."""
        return [
            section
            for section in self.sections
            if section.kind == "core" or section.title.startswith("Question")
        ]

    def section(self, title: str) -> Section | None:
        """The section whose title begins so."""
        found = [one for one in self.sections if one.title.startswith(title)]
        return found[0] if found else None


def items(text: str) -> list[str]:
    """The items of a list, their lines joined."""
    parts = re.split(r"^(?:-|\*|\d+\.) ", text, flags=re.M)[1:]
    return [" ".join(part.split()) for part in parts]


def poll_of(block: Block) -> Poll:
    """The question of a recall or a prediction."""
    first = CHOICE.search(block.text)
    question, _, rest = block.text.partition("\n\n")
    if first:
        question, rest = block.text[: first.start()], block.text[first.start() :]
    choices = [
        (" ".join(text.split()), mark == "x", " ".join(why.strip(": \n").split()))
        for mark, text, why in CHOICE.findall(rest)
    ]
    said = "" if choices else rest
    if choices:
        said = CHOICE.sub("", rest)
    return Poll(
        question=question.strip(),
        choices=choices,
        figure=block.argument if block.kind == "predict" else "",
        scale=block.options.get("slider", ""),
        said=said.strip(),
    )


def fenced(lines: list[str], start: int) -> tuple[Block, int]:
    """The directive that begins at a line, and the line after its end."""
    ticks, kind, argument = FENCE.match(lines[start]).groups()
    end = start + 1
    while end < len(lines) and lines[end].rstrip() != ticks:
        end += 1
    body, options = lines[start + 1 : end], {}
    while body and (found := OPTION.match(body[0])):
        options[found[1]] = found[2]
        body = body[1:]
    return Block(kind, "\n".join(body).strip(), argument.strip(), options), end + 1


def blocks(text: str) -> Iterator[Block]:
    """Headings, labels, directives and paragraphs of a text, in their order."""
    lines, k, words = text.splitlines(), 0, []

    def flush():
        paragraph = "\n".join(words).strip()
        words.clear()
        if paragraph:
            yield Block("text", paragraph)

    while k < len(lines):
        line = lines[k]
        if FENCE.match(line):
            yield from flush()
            block, k = fenced(lines, k)
            yield block
            continue
        if found := LABEL.match(line):
            yield from flush()
            yield Block("label", found[1])
        elif found := HEADING.match(line):
            yield from flush()
            yield Block("heading", found[2], argument=found[1])
        elif line.strip():
            words.append(line)
        else:
            yield from flush()
        k += 1
    yield from flush()


def numbers_of(notebook) -> dict[str, str]:
    """Everything that was glued, as prose shows it."""
    found = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            book = output.get("metadata", {}).get("scrapbook")
            if book and RECORD in output.get("data", {}):
                found[book["name"]] = output["data"][RECORD].strip("'\"")
    return found


def figure_of(cell) -> Figure | None:
    """The figure that a cell drew, if it has a name."""
    told = cell.metadata.get("mystnb", {})
    named = told.get("figure")
    svgs = [
        output["data"]["image/svg+xml"]
        for output in cell.get("outputs", [])
        if "image/svg+xml" in output.get("data", {})
    ]
    if not (named and svgs):
        return None
    alt = told.get("image", {}).get("alt", "")
    return Figure(named["name"], named.get("caption", ""), alt, svgs[-1])


def read_chapter(path: Path, name: str) -> Chapter:
    """Read an executed notebook.

    Parameters
    ----------
    path : Path
        The notebook.
    name : str
        What the semester's file calls the page.

    Returns
    -------
    Chapter

    Raises
    ------
    NotRun
        If there is no such notebook.
    """
    if not path.exists():
        raise NotRun(f"{name} has not been run: make book")
    notebook = nbformat.read(path, as_version=4)
    sections = [Section("", 1, "", "")]
    label = ""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            if figure := figure_of(cell):
                sections[-1].parts.append(figure)
            continue
        for block in blocks(cell.source):
            if block.kind == "label":
                label = block.text
            elif block.kind == "heading":
                sections.append(section_of(block, label))
                label = ""
            else:
                sections[-1].parts += parts_of(block)
    top = next(one for one in sections if one.level == 1 and one.title)
    return Chapter(name, top.title, top.label, sections, numbers_of(notebook))


def parts_of(block: Block) -> list[Block | Poll]:
    """A prediction as a question, also one that a paragraph asks in bold."""
    if block.kind == "predict":
        return [poll_of(block)]
    before, asks, question = block.text.partition("**Predict first:**")
    if block.kind != "text" or not asks:
        return [block]
    asked, ends, after = question.partition("?")
    texts = [Block("text", text.strip()) for text in (before, after)]
    poll = Poll(f"{asks}{asked}{ends}".strip(), [])
    found = [texts[0], poll, texts[1]]
    return [part for part in found if isinstance(part, Poll) or part.text]


def section_of(block: Block, label: str) -> Section:
    """A new section from its heading."""
    mark = MARK.search(block.text)
    title = MARK.sub("", block.text)
    return Section(title, len(block.argument), mark[1] if mark else "", label)
