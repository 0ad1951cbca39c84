"""A small book that keeps every rule of the whole book, to plant faults into."""

from pathlib import Path

from book_rules import Page
from whole_book import Book

FRONT = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {display_name: Python 3, language: python, name: python3}
---
"""
HEAD = """(ch-{stem})=
# {title}

*Week {week} of the syllabus.*

:::{{admonition}} The week
:class: plan
- **First lecture** (90 minutes): the half.
- **Second lecture** (90 minutes): the rest.
- **In class** (25 minutes, hands on keys): one cell.
- **Alone** (60 minutes): the exercises.
:::

{recalls}

:::{{admonition}} By the end of this chapter you can
1. do it {{keep}}`{tag}`;
:::

{opening}
"""
RECALL = """:::{recall} TAG
Which?

[ ] One.
: No.

[x] Two.
: Yes.
:::
"""
BODY = """
## Question

WORDS

## Mathematics

### One idea (*core*)

```{math}
:label: eq-one
y = w x
```

### Another (*deeper*)

WORDS

## From scratch

1. **Start anywhere**: at zero.
2. **Walk downhill**: by steps.
3. **Stop at the bottom**: no more steps.

```{code-cell} ipython3
w = 0  # Start anywhere
# Walk downhill: one step
w = w - 1
# Stop at the bottom
```

## In MATLAB

```{literalinclude} ../../code/matlab/planted.m
```

## How it fails

### It fails

So.

## Exercises

:::{exercise} Build
:class: checked core matlab
Build.
:::

## Further reading

- {cite:t}`hastie2009elements`
"""
MATLAB = "w = 0; % Start anywhere\n% Walk downhill\nw = w - 1;\n% Stop at the bottom\n"
FILES = {"code/matlab/planted.m": MATLAB} | {
    f"exercises/{stem}/build.m": "" for stem in ("one", "two", "three")
}
GLOSSARY = """# Glossary

```{glossary}
:sorted:

accuracy
  It.

weight
  It too.

bias of a model
  And it.

phase
  What nobody can tell.
```
"""
NOTATION = """# Notation

| Symbol | In code | Meaning |
| --- | --- | --- |
| $w$, $\\mathbf{w}$ | `w_` | weights |
| $x$ | `x` | feature |
| $y$ | `y` | target |
"""
RECORD = {
    "textbooks": ["hastie2009elements"],
    "citation": [
        {
            "page": "supervised_learning/one",
            "key": "kapoor2023leakage",
            "says": "Leaks are many.",
            "where": "abstract",
            "verified": "abstract",
        }
    ],
}
OPENINGS = {
    "one": "The {term}`accuracy` and *bias*, of a {term}`weight <weight>`, moons go by "
    "like slow ships at night {cite:p}`kapoor2023leakage`.",
    "two": "Its accuracy and weights in another phase {cite:p}`hastie2009elements`.",
    "three": "Its {term}`accuracy` once more.",
}
TAGS = {
    "one": ["early"] * 3,
    "two": ["early", "first", "first"],
    "three": ["first"] * 3,
}
KEPT = {"one": "first", "two": "second", "three": "third"}
WAITING = {"second", "third"}


def filler(stem: str, count: int) -> str:
    """So many words, of which no seven in a row stand on another page."""
    return " ".join(f"{stem}{number}." for number in range(count))


def chapter(stem: str, week: int) -> Page:
    """A chapter that keeps the rules."""
    recalls = "\n".join(RECALL.replace("TAG", tag) for tag in TAGS[stem])
    text = HEAD.format(stem=stem, title=stem.title(), week=week, recalls=recalls,
                       tag=KEPT[stem], opening=OPENINGS[stem])  # fmt: skip
    body = BODY.replace("WORDS", filler(stem, 1300))
    return Page(FRONT + text + body, f"book/supervised_learning/{stem}.md")


def good_book(root: Path) -> Book:
    """Three chapters of three weeks, the primer, a glossary and the notation."""
    (root / "book/supervised_learning").mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    primer = "# Primer\n\n*Before week 1.*\n\n1. loop {keep}`early`.\n"
    pages = [Page(primer, "book/course/primer.md")]
    pages += [chapter(stem, week) for week, stem in enumerate(OPENINGS, 1)]
    pages += [
        Page(GLOSSARY, "book/glossary.md"),
        Page(NOTATION, "book/notation.md"),
    ]
    return Book(pages, root=root)


def with_fault(root: Path, page: str, old: str, new: str) -> Book:
    """That book with something replaced on one page, which must be there."""
    pages = []
    for one in good_book(root).pages:
        text = one.text
        if one.name.endswith(f"/{page}.md"):
            assert old in text, f"{old!r} is not on the page {page}"
            text = text.replace(old, new)
        pages.append(Page(text, one.name))
    return Book(pages, root=root)
