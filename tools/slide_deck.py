"""The slides of one lecture: what stands on each, and the notes below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import slide_text
from slide_source import Block, Chapter, Figure, Poll, Section
from slide_text import (
    as_html,
    escape,
    first_words,
    formula,
    inline,
    key_sentences,
    listed_in,
    packed,
)

FULL = 62  # words that a slide holds beside its heading
FEWER = 42  # beside a formula
LISTED = 115  # in the list of a summary
TALL = (
    1.4  # a figure that is less wide than that, in heights, has its caption beside it
)
NOTE = "<p>Let everybody write an answer down, then count hands.</p>"
SAID = 28
"""Words of a caption that a slide shows; the others are in the notes."""


@dataclass
class Slide:
    """One slide: its kind, heading, content and notes, all HTML but the kind."""

    kind: str
    heading: str
    body: str
    notes: str = ""

    def html(self) -> str:
        """The section that reveal.js shows."""
        notes = f'<aside class="notes">{self.notes}</aside>' if self.notes else ""
        heading = f"<h2>{self.heading}</h2>" if self.heading else ""
        return (
            f'<section class="{self.kind}"><div class="frame">{heading}'
            f'<div class="body">{self.body}</div></div>{notes}</section>'
        )


@dataclass
class Lecture:
    """One class: its week and place there, what the week is about, who speaks."""

    week: int
    place: int
    topic: str
    speaker: str
    chapters: list[Chapter]
    halves: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By chapter the core sections that belong here, of those shared by two classes."""

    @property
    def stem(self) -> str:
        return f"week-{self.week:02d}-{self.place}"

    @property
    def name(self) -> str:
        return f"Week {self.week}, {('first', 'second')[self.place - 1]} lecture"

    def core(self, chapter: Chapter) -> list[Section]:
        """The core sections of a chapter that are taught in this class."""
        start, end = self.halves.get(chapter.name, (0, len(chapter.core)))
        return chapter.core[start:end]

    def begins(self, chapter: Chapter) -> bool:
        return self.halves.get(chapter.name, (0, 0))[0] == 0

    def ends(self, chapter: Chapter) -> bool:
        whole = len(chapter.core)
        return self.halves.get(chapter.name, (0, whole))[1] == whole


class Maker:
    """Makes the slides of a lecture, and keeps the figures that they show."""

    def __init__(self, lecture: Lecture, titles: dict[str, str]):
        self.lecture, self.titles = lecture, titles
        self.figures: dict[str, str] = {}
        self.numbers: dict[str, str] = {}

    def say(self, text: str) -> str:
        """Markdown with its roles spoken."""
        return slide_text.plain(text, self.numbers, self.titles)

    def slides(self) -> Iterator[Slide]:
        """Every slide, in the order of the class."""
        yield self.title()
        for chapter in self.lecture.chapters:
            self.numbers = chapter.numbers
            yield from self.opening(chapter)
            for section in self.lecture.core(chapter):
                yield from self.section(section)
            yield from self.closing(chapter)

    def title(self) -> Slide:
        """The first slide, with the plan of the week in its notes."""
        lecture = self.lecture
        names = "".join(f"<p>{inline(c.title)}</p>" for c in lecture.chapters)
        by = f'<p class="by">{escape(lecture.speaker)}</p>' if lecture.speaker else ""
        body = f'<p class="week">{lecture.name}: {escape(lecture.topic)}</p>{names}{by}'
        plans = []
        for chapter in lecture.chapters:
            self.numbers = chapter.numbers
            plans += [f"- {self.say(line)}" for line in chapter.plan]
        return Slide("title", "", body, as_html("\n".join(plans)))

    def opening(self, chapter: Chapter) -> Iterator[Slide]:
        """Objectives and old questions, where a chapter begins."""
        if not self.lecture.begins(chapter):
            return
        if chapter.objectives:
            goals = [inline(self.say(one).rstrip(";.")) for one in chapter.objectives]
            listed = "".join(f"<li>{goal}</li>" for goal in goals)
            heading = inline(f"{chapter.title}: by the end you can")
            yield Slide("goals", heading, f"<ol>{listed}</ol>")
        for poll in chapter.recalls:
            yield from self.poll(poll, "Do you remember?")

    def closing(self, chapter: Chapter) -> Iterator[Slide]:
        """The work in class, the summary, and what it says of the Earth."""
        if not self.lecture.ends(chapter):
            return
        yield from self.exercise(chapter)
        summary = chapter.section("Summary")
        if summary is None:
            return
        texts = [b.text for b in summary.parts if isinstance(b, Block)]
        for items in packed(listed_in(texts), LISTED):
            start = items[0][0]
            shown = "".join(f"<li>{inline(self.say(text))}</li>" for _, text in items)
            yield Slide("summary", "Summary", f'<ol start="{start}">{shown}</ol>')
        for text in texts:
            if found := re.match(r"\*\*(What did we learn[^*]*)\*\*\s*", text):
                rest = self.say(text[found.end() :])
                said = key_sentences([rest], most=3)
                yield Slide("earth", inline(found[1]), bullets(said), as_html(rest))

    def exercise(self, chapter: Chapter) -> Iterator[Slide]:
        """What is done with hands on keys."""
        lines = [line for line in chapter.plan if line.startswith("**In class**")]
        if not lines:
            return
        task = re.sub(r"^\*\*In class\*\*[^:]*:\s*", "", lines[0])
        body, notes = f"<p>{inline(capital(self.say(task)))}</p>", ""
        for exercise in chapter.parts("exercise"):
            label = exercise.options.get("label", "?")
            if f"`{label}`" in task or f"<{label}>" in task:
                text = self.say(exercise.text)
                told = first_words(text, FEWER)
                body += f'<div class="task"><p>{inline(told)}</p></div>'
                notes += as_html(text)
        yield Slide("exercise", "Hands on keys: 25 minutes", body, notes)

    def section(self, section: Section) -> Iterator[Slide]:
        """A section in stretches: what was asked comes before what was found."""
        stretch: list[Block | Figure] = []
        asked = False
        for part in section.parts:
            if isinstance(part, Poll):
                yield from self.stretch(section, stretch, asked)
                yield from self.poll(part, section.title)
                stretch, asked = [], True
            else:
                stretch.append(part)
        yield from self.stretch(section, stretch, asked)

    def stretch(self, section: Section, parts: list, asked: bool) -> Iterator[Slide]:
        """Sentences with a formula, then the figures; these first, if they answer."""
        figures = [self.figure(section, p) for p in parts if isinstance(p, Figure)]
        words = list(self.words(section, parts))
        yield from [*figures, *words] if asked else [*words, *figures]

    def words(self, section: Section, parts: list) -> Iterator[Slide]:
        """The sentences that carry a stretch, and its first formula."""
        texts = [self.say(b.text) for b in parts if is_prose(b)]
        texts = [text for text in texts if not text.startswith("It builds on")]
        formulas = [b.text for b in parts if isinstance(b, Block) and b.kind == "math"]
        said = key_sentences(texts, words=FEWER if formulas else FULL)
        if said or formulas:
            body = bullets(said) + "".join(shown_formula(tex) for tex in formulas[:1])
            notes = "".join(self.note(part) for part in parts)
            yield Slide("key", inline(section.title), body, notes)

    def note(self, part: Block | Figure) -> str:
        """What the notes hold of a part of a section."""
        if isinstance(part, Figure):
            return ""
        if part.kind == "math":
            return formula(part.text)
        return as_html(self.say(part.text)) if is_prose(part) else ""

    def figure(self, section: Section, figure: Figure) -> Slide:
        """A figure as large as it can be, with its conclusion."""
        self.figures[figure.name] = figure.svg
        width, height = size_of(figure.svg)
        caption = self.say(figure.caption)
        heading = inline(section.title)
        image = f'<img src="figures/{figure.name}.svg" alt="{escape(figure.alt)}">'
        told = f"<p>{inline(first_words(caption, SAID))}</p>"
        if width < TALL * height:
            body = f"{image}<div><h2>{heading}</h2>{told}</div>"
            return Slide("figure beside", "", body, as_html(caption))
        return Slide("figure", heading, image + told, as_html(caption))

    def poll(self, poll: Poll, heading: str) -> Iterator[Slide]:
        """A question to the class, then its answer on a slide of its own."""
        question = self.say(poll.question)
        asked = f'<p class="question">{inline(question)}</p>'
        if poll.choices:
            texts = [self.say(text) for text, *_ in poll.choices]
            body = asked + choices(texts)
            right = [is_right for _, is_right, _ in poll.choices]
            why = [
                self.say(why) for _, is_right, why in poll.choices if is_right and why
            ]
            answer = choices(texts, right) + "".join(
                f"<p>{inline(one)}</p>" for one in why
            )
        elif poll.scale:
            low, high, _, *unit = poll.scale.split()
            of = " ".join(unit)
            body = f'{asked}<p class="scale">Between {low} and {high} {of}</p>'
            answer = ""
        else:
            yield Slide("poll", inline(heading), asked, NOTE)
            return
        if poll.said:
            said = inline(first_words(self.say(poll.said), FEWER))
            answer += f'<p class="said">{said}</p>'
        yield Slide("poll", inline(heading), body, NOTE)
        told = self.say(
            "\n\n".join([poll.said, *(f"{t} {w}" for t, _, w in poll.choices)])
        )
        yield Slide("answer", inline(heading), asked + answer, as_html(told))


def is_prose(part) -> bool:
    """Whether a part is a paragraph that is read, neither a list nor a table."""
    if not (isinstance(part, Block) and part.kind == "text"):
        return False
    return not re.match(r"(\d+\. |- |\|)", part.text)


def capital(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def bullets(said: list[str]) -> str:
    """Sentences as a list, a single one as a paragraph."""
    if len(said) == 1:
        return f"<p>{inline(said[0])}</p>"
    return (
        f"<ul>{''.join(f'<li>{inline(one)}</li>' for one in said)}</ul>" if said else ""
    )


def choices(texts: list[str], right: list[bool] | None = None) -> str:
    """Choices with letters, the right one marked once it is known."""
    marks = right or [False] * len(texts)
    shown = [
        f"<li{' class=right' if mark else ''}>{inline(text)}</li>"
        for text, mark in zip(texts, marks, strict=True)
    ]
    return f'<ol type="A" class="choices">{"".join(shown)}</ol>'


def shown_formula(tex: str) -> str:
    """A formula, smaller if it has several lines."""
    dense = " dense" if tex.count(r"\\") > 1 or len(tex) > 130 else ""
    return f'<div class="formula{dense}">{formula(tex)}</div>'


def size_of(svg: str) -> tuple[float, float]:
    """Width and height of a figure [pt]."""
    found = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg)
    return (float(found[1]), float(found[2])) if found else (460.8, 273.6)
