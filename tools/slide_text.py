"""Markdown of the book as HTML of a slide: numbers put in, references in words."""

from __future__ import annotations

import functools
import html
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "book/_ext"))

from mathml import for_browsers as mathml  # noqa: E402  (lies with the extensions)

ROLE = re.compile(r"\{(\w+(?::\w+)?)\}`([^`]+)`")
NAMED = re.compile(r"^(.*?)\s*<([^>]+)>$", re.S)
SENTENCE = re.compile(r"(?<=[.?!])(?<!\bi\.e\.)(?<!\be\.g\.)\*{0,2}\s+(?=[A-Z*`$\"])")
ACCENT = re.compile(r"\{?\\([\"'`^~=.vcuHkr])\s*\{?\\?([A-Za-z])\}{0,2}")
MARKS = dict(
    zip(
        "\"'`^~=.vcuHkr",
        "\u0308\u0301\u0300\u0302\u0303\u0304\u0307\u030c"
        "\u0327\u0306\u030b\u0328\u030a",
        strict=True,
    )
)
LETTERS = {r"\o": "ø", r"\O": "Ø", r"\ss": "ß", r"\l": "ł", r"\L": "Ł", r"\ae": "æ"}
AWAY = ("keep",)
WHOLE = re.compile(r"^[*\"]*[A-Z0-9$].*[.!?][*\")]*$", re.S)
"""A sentence that begins and ends: none goes on from a formula or into one."""
LEANING = re.compile(
    r"(It|Its|They|Their|This|That|These|Those|But|And|So|Or|Then|Both|Which|Such|Ours|"
    r"Here|There|He|She|Otherwise|Neither|Yet|Hence|Also|Now|One|The other|The same|"
    r"The former|The latter|The second|Insert|Differentiate|Divide)\b"
)
POINTING = re.compile(
    r"the figure|the formula|\bcells?\b|\bbelow\b|\babove\b|`|\bpackage\b|\bCC0\b|"
    r"\blicence\b|"
    r"\bpage\b|\bchapter\b",
    re.I,
)
SHORT = 6  # words; a sentence of fewer seldom stands alone
DUTIFUL = 40  # words; a longer sentence is for the notes


@functools.cache
def works() -> dict[str, tuple[str, str]]:
    """Author and year of every work in the bibliography."""
    text = (ROOT / "book/references.bib").read_text("utf-8")
    found = {}
    for entry in re.split(r"\n(?=@)", text):
        key = re.match(r"@\w+\{([^,]+),", entry.strip())
        who = re.search(r"^\s*(?:author|editor)\s*=\s*\{(.*)\},?\s*$", entry, re.M)
        year = re.search(r"^\s*year\s*=\s*\{(\d+)", entry, re.M)
        if key and who and year:
            found[key[1]] = surnames(who[1]), year[1]
    return found


def accented(found: re.Match) -> str:
    """A letter with the mark that TeX puts on it."""
    return unicodedata.normalize("NFC", found[2] + MARKS[found[1]])


def surnames(authors: str) -> str:
    """One name, two names, or the first and others."""
    plain = ACCENT.sub(accented, authors)
    for command, letter in LETTERS.items():
        plain = plain.replace(f"{{{command}}}", letter).replace(command, letter)
    last = [one.split(",")[0].strip("{} ") for one in plain.split(" and ")]
    if len(last) > 2:
        return f"{last[0]} et al."
    return " and ".join(last)


def cited(keys: str, in_text: bool) -> str:
    """A citation in words."""
    said = [works().get(key.strip(), (key.strip(), "")) for key in keys.split(",")]
    if in_text:
        return ", ".join(f"{who} ({year})" for who, year in said)
    return "(" + "; ".join(f"{who} {year}" for who, year in said) + ")"


def spoken(
    role: str, text: str, numbers: dict[str, str], titles: dict[str, str]
) -> str:
    """What stands on a slide for a role of the book."""
    named = NAMED.match(text)
    shown, target = (named[1], named[2]) if named else (text, text)
    if role.startswith("glue"):
        return numbers.get(text.split(":")[0], "?")
    if role.startswith("cite"):
        return cited(text, role.endswith(":t"))
    if role in AWAY:
        return ""
    if role == "ref":
        return shown if named else titles.get(target, "the book")
    if role == "numref":
        return "the figure"
    if role == "eq":
        return "the formula"
    if role in ("func", "class", "meth", "mod"):
        return f"`{shown.lstrip('~').split('.')[-1]}`"
    return shown


def plain(text: str, numbers: dict[str, str], titles: dict[str, str]) -> str:
    """Markdown without a role; a sentence still begins with a capital."""
    text = ROLE.sub(lambda m: spoken(m[1], m[2], numbers, titles), text)
    text = re.sub(r"(^|[.?!] )the figure", r"\1The figure", text)
    text = re.sub(r"`([^`]+)`\{[^}]+\}", r"`\1`", text)
    return re.sub(r"\s+([.,;:?!])(?=\s|$)", r"\1", text).strip()


@functools.cache
def parser() -> MarkdownIt:
    """CommonMark with tables and formulas, the latter as MathML."""

    def render(content: str, options: dict) -> str:
        return mathml(content, bool(options.get("display_mode")))

    return (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .use(dollarmath_plugin, renderer=render, double_inline=True)
    )


def as_html(text: str) -> str:
    """Blocks of Markdown as HTML."""
    return parser().render(text).strip()


def inline(text: str) -> str:
    """One run of Markdown as HTML, without a paragraph around it."""
    return parser().renderInline(" ".join(text.split()))


def formula(tex: str) -> str:
    """A displayed formula."""
    if r"\\" in tex and not tex.lstrip().startswith(r"\begin"):
        tex = rf"\begin{{split}}{tex}\end{{split}}"
    return mathml(tex, True)


def escape(text: str) -> str:
    """A text as the value of an attribute."""
    return html.escape(text, quote=True)


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph; formulas and code are left whole."""
    return [one.strip() for one in SENTENCE.split(" ".join(paragraph.split())) if one]


def leans(sentence: str) -> bool:
    """Whether a sentence leans on the one before it."""
    return bool(LEANING.match(sentence.lstrip("*")))


def weight(sentence: str, place: str) -> int:
    """How much a sentence says for a section: more if it is stressed, or first."""
    worth = 3 * bool(re.search(r"\*[^*\s][^*]*\*", sentence))
    worth += 2 * (place in ("first", "last")) - 2 * sentence.endswith((":", "?"))
    if POINTING.search(sentence):
        worth -= 3
    worth -= 3 * (len(sentence.split()) < SHORT)
    return worth - 9 * (len(sentence.split()) > DUTIFUL)


def key_sentences(paragraphs: list[str], most: int = 3, words: int = 58) -> list[str]:
    """The sentences that carry a section, in their order.

    One that leans on the sentence before it comes with that sentence or not at all.
    """
    told = [one for text in paragraphs for one in sentences(text)]
    last = len(told) - 1
    places = {0: "first", last: "last"}
    worth = [weight(one, places.get(k, "")) for k, one in enumerate(told)]
    chosen: set[int] = set()
    for k in sorted(range(len(told)), key=lambda k: (-worth[k], k)):
        group = {k}
        while leans(told[min(group)]) and min(group) > 0:
            group.add(min(group) - 1)
        whole = all(WHOLE.search(told[j]) and worth[j] > -7 for j in group)
        length = sum(len(told[j].split()) for j in chosen | group)
        if whole and len(chosen | group) <= most and length <= words:
            chosen |= group
    return [told[k] for k in sorted(chosen)]


def first_words(text: str, most: int) -> str:
    """As many whole sentences as fit, the first of them in any case."""
    told, left = [], most
    for sentence in sentences(text):
        left -= len(sentence.split())
        if told and left < 0:
            break
        told.append(sentence)
    return " ".join(told)


def listed_in(texts: list[str]) -> list[tuple[int, str]]:
    """The numbered items of a summary, with their numbers."""
    found = []
    for text in texts:
        if re.match(r"1\. ", text):
            items = re.split(r"^\d+\. ", text, flags=re.M)[1:]
            found += list(enumerate((" ".join(item.split()) for item in items), 1))
    return found


def packed(items: list[tuple[int, str]], most: int) -> Iterator[list[tuple[int, str]]]:
    """Items in as few groups as their words allow, the groups about alike."""
    words = [len(text.split()) for _, text in items]
    share = sum(words) / max(1, -(-sum(words) // most))
    group, told = [], 0
    for item, length in zip(items, words, strict=True):
        if group and (told + length / 2 > share or told + length > most):
            yield group
            group, told = [], 0
        group.append(item)
        told += length
    if group:
        yield group
