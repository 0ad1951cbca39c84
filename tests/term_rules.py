"""First use explains: terms are linked or defined where the book first uses them.

The glossary's terms are looked for as the book's own extension does; a link counts in
the sentence of the first use, and so does a definition, the term in italics or in bold.
"""

import re
import sys

import prose
from book_rules import ROOT, Page
from whole_book import Book, Fault, short

sys.path.insert(0, str(ROOT / "book/_ext"))
from tips import AGAIN, pattern_of

AMBIGUOUS = {"association", "coda", "forecast", "phase", "pick", "pooling", "precision"}
"""Words that a machine cannot tell from the same ones in their ordinary sense."""

SENSES = {"bias": ("bias of a model", "bias of an estimator", "bias (weight)")}
"""Words that are short for several terms, one of which they link."""

TERM = re.compile(r"\{term\}`([^`]+)`")
MISPLACED = re.compile(r"^(?:#+ |\s*figure:|caption:).*\{term\}", re.M)
SENTENCE = re.compile(r"(?<=[.?!:;])\s+|\n\s*\n|\n(?=\s*(?:- |\d+\. |\|))")


def glossary_terms(text: str) -> list[list[str]]:
    """The terms of a glossary, those of one entry together.

    >>> glossary_terms("```{glossary}\\n:sorted:\\n\\nAUC\\narea\\n  It is.\\n```")
    [['AUC', 'area']]
    """
    body = text.partition("{glossary}\n")[2].partition("\n```")[0]
    entries = re.split(r"\n\s*\n", body)
    return [
        [line for line in entry.split("\n") if line and not line.startswith((" ", ":"))]
        for entry in entries
        if re.search(r"^\S", entry.removeprefix(":sorted:").strip("\n"))
    ]


def target_of(role: str) -> tuple[str, str]:
    """What a link to a term shows and where it leads.

    >>> target_of("Odds <odds>"), target_of("odds")
    (('Odds', 'odds'), ('odds', 'odds'))
    """
    own = re.fullmatch(r"(.+?)\s*<([^<>]+)>", role, re.DOTALL)
    return (own[1], own[2]) if own else (role, role)


def explained_sentences(page: Page):
    """Yield each sentence of a page as it is read, and what it links and defines."""
    text = re.sub(r"^#+ .*$", "", page.prose, flags=re.M)
    text = re.sub(r"\$R\^2\$", "R2", text)
    kept = TERM.sub(lambda role: "\ue000".join(["", *target_of(role[1]), ""]), text)
    for sentence in SENTENCE.split(prose.read(kept)):
        links = re.findall("\ue000([^\ue000]*)\ue000([^\ue000]*)\ue000", sentence)
        shown = re.sub("\ue000([^\ue000]*)\ue000[^\ue000]*\ue000", r"\1", sentence)
        marked = re.findall(r"\*{1,2}([^*]+)\*{1,2}", shown)
        yield re.sub(r"\s+", " ", shown), [target for _, target in links], marked


class Terms:
    """The terms of a glossary, by the words that the pages use for them."""

    def __init__(self, entries: list[list[str]]):
        self.entry = {name: names[0] for names in entries for name in names}
        self.entry |= {word: word for word in SENSES}
        self.links = {word: {word, *names} for word, names in SENSES.items()}
        for names in entries:
            self.links |= {names[0]: set(names)}
        self.names = sorted({*self.entry} - AMBIGUOUS, key=len, reverse=True)
        self.pattern = pattern_of(self.names)

    def used(self, text: str) -> list[str]:
        """The entries that a text uses, in order."""
        found = self.pattern.finditer(text)
        return list(
            dict.fromkeys(self.entry[self.names[int(m.lastgroup[1:])]] for m in found)
        )

    def explains(self, entry: str, links: list[str], marked: list[str]) -> bool:
        """Whether a sentence links a term or sets it apart to define it."""
        if self.links[entry] & {*links}:
            return True
        return any(entry in self.used(words) for words in marked)


def first_use_faults(book: Book):
    """Yield terms that no page explains where the book first uses them."""
    terms, seen = Terms(glossary_terms(book["glossary"].text)), set()
    for _, page in book.weekly:
        for text, links, marked in explained_sentences(page):
            for entry in terms.used(text):
                if entry in seen:
                    continue
                seen.add(entry)
                if not terms.explains(entry, links, marked):
                    said = f"first uses {entry!r} unexplained: {text.strip()[:90]!r}"
                    yield Fault(short(page), entry, said)


def again_faults(book: Book):
    """Yield links to a term that was linked less than two weeks before."""
    entry = Terms(glossary_terms(book["glossary"].text)).entry
    last: dict[str, tuple[int, str]] = {}
    for week, page in book.weekly:
        for _, links, _ in explained_sentences(page):
            for name in (entry.get(link, link) for link in links):
                before, where = last.get(name, (week - AGAIN, ""))
                if week - before < AGAIN:
                    said = f"links {name!r} again, which {where} links"
                    yield Fault(short(page), name, said)
                last[name] = (week, short(page))
        for place in MISPLACED.findall(page.text):
            yield Fault(short(page), "place", f"links a term in {place[:20]!r}")
