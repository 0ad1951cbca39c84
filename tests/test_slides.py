"""Slides from planted chapters: what stands on them, and that it can be read."""

import re
import sys
from types import SimpleNamespace

import nbformat
import pytest
import slide_deck
import slide_source
import slide_text
import slides
from book_rules import ROOT
from nbformat import v4
from slide_rules import measured, slide_faults
from slide_source import Figure, Poll

PLAN = """(ch-planted)=
# A planted chapter

*Week 1.*

:::{admonition} The week
:class: plan
- **First lecture** (90 minutes): up to *Walk*.
- **Second lecture** (90 minutes): from {ref}`sec-second` on.
- **In class** (25 minutes, hands on keys): drive {numref}`fig-walk`; {ref}`ex-walk`.
:::

:::{recall} old-thing
What is $x$ worth at {glue:text}`worth`?

[ ] Nothing.
: It was paid for.

[x] Its price.
: So the market says.
:::

:::{admonition} By the end of this chapter you can
1. walk {keep}`a-walk`;
2. say why {term}`walks <walk>` end.
:::
"""
FIRST = """## Question: how far?

A walk begins at home, and nobody knows how far it leads. {numref}`fig-walk` shows one.

## Intuition: legs (*core*)

A leg is a *lever* that carries a weight of 70 kg over a pivot near the ground.
"""
ASKED = """**Guess:** see {eq}`eq-walk`.

:::{predict} fig-walk
:slider: 0 100 5 %

**Guess:** what share of the walks comes home?

It is {glue:text}`home` %, on a plane.
:::
"""
SECOND = r"""In two dimensions *every* walk comes home, however long it takes
{cite:p}`aki1965maximum`.

(sec-second)=
### The law (*core*)

The distance grows as the *root* of the number of steps, not as the number itself.

```{math}
:label: eq-walk
r = \sqrt{n}\, s .
```

**Predict first:** does it hold in three dimensions? It does, though few walks come
home there.

### Folded away (*deeper*)

Nobody sees this on a slide.

## Exercises

:::{exercise} A walk
:label: ex-walk
:class: checked core
Write `walk(n)`, which returns the distance [m] after {eq}`eq-walk`.
:::

## Summary

1. Walks begin at home.
2. They come home with a share of {glue:text}`home` %.

**What did we learn about the Earth?** Its surface has two dimensions,
and *so* walks on it come home.
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{}pt" height="{}pt" '
    'viewBox="0 0 {} {}"><text x="9" y="20" font-size="10">walk</text></svg>'
)


def glued(name, text):
    meta = {"scrapbook": {"name": name, "mime_prefix": "application/papermill.record/"}}
    data = {slide_source.RECORD: repr(text)}
    return v4.new_output("display_data", data=data, metadata=meta)


def drawn(width=460.8, height=273.6):
    told = {"figure": {"name": "fig-walk", "caption": "Walks come home. Look."}}
    cell = v4.new_code_cell("draw()")
    cell.metadata["mystnb"] = told | {"image": {"alt": 'A "walk" that ends at home.'}}
    svg = SVG.format(width, height, width, height)
    cell.outputs = [v4.new_output("display_data", data={"image/svg+xml": svg})]
    return cell


@pytest.fixture
def write(tmp_path):
    """Writes the executed notebook of a chapter."""

    def planted(name="planted", figure=None):
        numbers = v4.new_code_cell("glue()")
        numbers.outputs = [glued("worth", "1.1"), glued("home", "99")]
        texts = [v4.new_markdown_cell(t) for t in (PLAN, FIRST, ASKED, SECOND)]
        cells = [*texts[:2], numbers, texts[2], figure or drawn(), texts[3]]
        path = tmp_path / "_build/cache/book/part" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(v4.new_notebook(cells=cells), path)
        page = tmp_path / "book/part" / f"{name}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"{PLAN}\n{FIRST}\n{SECOND}", "utf-8")
        return path

    return planted


def semester(*lectures):
    week = SimpleNamespace(topic="Walks & ways", lectures=lectures, instructor="A")
    person = SimpleNamespace(label="A", name="Ada")
    return SimpleNamespace(title="Now", instructors=[person], weeks=[week])


@pytest.fixture
def deck(write, tmp_path):
    """All slides of one lecture on the planted chapter."""
    write()
    (lecture,) = slides.lectures(tmp_path, semester(["planted"]))
    return list(slide_deck.Maker(lecture, slides.titles_of(tmp_path)).slides())


def test_a_chapter_is_read_from_its_run(write):
    """Sections, questions, figures and numbers."""
    chapter = slide_source.read_chapter(write(), "planted")
    assert (chapter.title, chapter.label) == ("A planted chapter", "ch-planted")
    assert chapter.numbers == {"worth": "1.1", "home": "99"}
    assert [one.title for one in chapter.core] == [
        "Question: how far?",
        "Intuition: legs",
        "The law",
    ]
    assert len(chapter.objectives) == 2
    (recall,) = chapter.recalls
    assert recall.answer == "Its price."
    assert recall.choices[0] == ("Nothing.", False, "It was paid for.")


def test_what_was_not_run_is_named(tmp_path, capsys):
    """A page that is not there, or has no run, is left out aloud."""
    assert list(slides.lectures(tmp_path, semester(["nowhere"]))) == []
    assert "nowhere is not in the tree" in capsys.readouterr().err
    with pytest.raises(slide_source.NotRun, match="make book"):
        slide_source.read_chapter(tmp_path / "none.ipynb", "none")


def test_the_order_of_a_lecture(deck):
    """Question before answer, answer before result; then work, summary, Earth."""
    kinds = [slide.kind for slide in deck]
    assert kinds == [
        "title",
        "goals",
        "poll",
        "answer",
        "key",
        "key",
        "poll",
        "answer",
        "figure",
        "key",
        "key",
        "poll",
        "key",
        "exercise",
        "summary",
        "earth",
    ]


def test_a_result_is_not_told_before_its_question(deck):
    """Neither the slides nor the notes before a vote hold what it finds."""
    vote = next(k for k, s in enumerate(deck) if "what share" in s.body)
    before = " ".join(slide.body + slide.notes for slide in deck[:vote])
    assert "99" not in before
    assert "comes home" not in before
    assert "99 %" in deck[vote + 1].body


def test_numbers_and_references_are_spoken(deck):
    """No role of the book is left, and no number is missing."""
    text = " ".join(slide.html() for slide in deck)
    assert not re.search(r"\{\w+(:\w+)?\}`", text)
    assert "worth at 1.1" in text
    assert "Aki 1965" in text
    assert "a-walk" not in text
    assert "Nobody sees this" not in text
    assert "the exercise <em>A walk</em>" in text
    assert "A &quot;walk&quot; that ends" in text


def test_every_section_has_its_sentence_formula_and_notes(deck):
    """A section that was derived keeps its formula; the notes hold its whole text."""
    law = next(s for s in deck if s.heading == "The law" and s.kind == "key")
    assert "<math" in law.body
    assert "<em>root</em>" in law.body
    assert "not as the number itself" in law.notes


def test_a_chapter_of_two_lectures_is_parted_where_its_plan_says(write, tmp_path):
    """The second begins at the section that the plan names, and ends the chapter."""
    write()
    first, second = slides.lectures(tmp_path, semester(["planted"], ["planted"]))
    assert [s.title for s in second.core(second.chapters[0])] == ["The law"]
    kinds = [
        [slide.kind for slide in slide_deck.Maker(one, {}).slides()]
        for one in (first, second)
    ]
    assert "goals" in kinds[0]
    assert "summary" not in kinds[0]
    assert "goals" not in kinds[1]
    assert "summary" in kinds[1]


TOLD = [
    # the sentence that is stressed wins over plain ones
    (["A plain sentence is here again. A *seed* grows where it is wet."], 1),
    # what leans on another sentence comes with it
    (["A river runs down to the sea. It does so for *ever* and a day."], 2),
]


@pytest.mark.parametrize(("texts", "least"), TOLD)
def test_key_sentences_stand_alone(texts, least):
    said = slide_text.key_sentences(texts)
    assert len(said) >= least
    assert not slide_text.leans(said[0])


def test_key_sentences_keep_to_their_words():
    """However long a section is, a slide is not."""
    many = [f"Sentence number {k} says *something* new about walks." for k in range(50)]
    said = slide_text.key_sentences([" ".join(many)], most=3, words=20)
    assert 0 < sum(len(one.split()) for one in said) <= 20


def test_a_sentence_that_goes_on_from_a_formula_is_left():
    assert slide_text.key_sentences(["with the mean of *all* rows in the table."]) == []


def test_surnames_are_read_from_the_bibliography():
    assert slide_text.surnames("Aki, Keiiti") == "Aki"
    assert slide_text.surnames("Hansen, P. and O'Leary, D.") == "Hansen and O'Leary"
    assert slide_text.surnames("A, B and C, D and E, F") == "A et al."
    assert slide_text.surnames('Schr{\\"o}der, Boris') == "Schröder"


def test_reveal_lies_beside_the_decks_with_its_licence(write, tmp_path):
    """All files are there, the terms too, and a deck loads nothing from elsewhere."""
    write()
    target = tmp_path / "slides"
    said = slides.write_all(tmp_path_with_font(tmp_path), semester(["planted"]), target)
    assert said == ["week-01-1.html: 16 slides"]
    licence = (target / "reveal/LICENSE-reveal.txt").read_text("utf-8")
    assert "Permission is hereby granted" in licence
    assert (target / "LICENSE-font.txt").exists()
    deck = (target / "week-01-1.html").read_text("utf-8")
    loaded = re.findall(r'(?:src|href)="([^"]+)"', deck)
    assert all((target / name).exists() for name in loaded)
    assert "print-pdf" in (target / "index.html").read_text("utf-8")


def tmp_path_with_font(root):
    """The planted tree with the font of the formulas."""
    folder = root / "book/_static/fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("stix-two-math.woff2", "OFL.txt"):
        (folder / name).write_bytes((ROOT / "book/_static/fonts" / name).read_bytes())
    return root


@pytest.mark.browser
@pytest.mark.needs("chromium")
def test_no_slide_runs_over_or_is_too_small(write, tmp_path):
    """Planted slides are sound; too many words and a tall figure are told."""
    write()
    root, target = tmp_path_with_font(tmp_path), tmp_path / "slides"
    slides.write_all(root, semester(["planted"]), target)
    sound = target / "week-01-1.html"
    text = sound.read_text("utf-8")
    long = text.replace("A leg is a", "<p>word</p>" * 20 + "A leg is a")
    (target / "long.html").write_text(long, "utf-8")
    (target / "tall.html").write_text(text.replace("fig-walk.svg", "tall.svg"), "utf-8")
    (target / "figures/tall.svg").write_text(SVG.format(300, 600, 300, 600), "utf-8")
    found, away = measured(target, [sound.name, "long.html", "tall.html"])
    assert away == []
    assert list(slide_faults({sound.name: found[sound.name]})) == []
    said = list(slide_faults(found))
    assert any("long.html" in one and "runs over" in one for one in said)
    assert any("tall.html" in one and "a figure at" in one for one in said)


def test_a_tall_figure_has_its_caption_beside_it(write, tmp_path):
    path = write(figure=drawn(300, 290))
    chapter = slide_source.read_chapter(path, "planted")
    figure = next(
        part
        for section in chapter.sections
        for part in section.parts
        if isinstance(part, Figure)
    )
    lecture = slide_deck.Lecture(1, 1, "Walks", "", [chapter])
    slide = slide_deck.Maker(lecture, {}).figure(chapter.sections[-1], figure)
    assert slide.kind == "figure beside"


def test_a_bold_question_in_a_paragraph_is_a_vote():
    before, poll, after = slide_source.parts_of(
        slide_source.Block("text", "Look. **Predict first:** is it so? It is.")
    )
    assert (before.text, after.text) == ("Look.", "It is.")
    assert isinstance(poll, Poll)
    assert poll.question == "**Predict first:** is it so?"


def test_the_semester_has_a_deck_for_every_lecture_that_was_run():
    """Each lecture of the file names pages, and a page stands in at most one week."""
    sys.path.insert(0, str(ROOT / "book/_ext"))
    import semesters

    weeks = semesters.read().weeks
    assert sum(len(week.lectures) for week in weeks) == 24
    for week in weeks:
        assert all(pages for pages in week.lectures)
