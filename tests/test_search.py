"""The search: chapters before what only names a term, every spelling, captions."""

import doctest
import json
import sys
from contextlib import closing

import pytest
from planted_book import ROOT, build, plant

sys.path.insert(0, str(ROOT / "book/_ext"))
import search_index
from py_mini_racer import MiniRacer
from sphinx.search.en import js_porter_stemmer

FIGURE = """```{figure} _static/logo.svg
:name: fig-slab
:alt: A trace at the left runs into a net of four dots and their links.

The plate sinks beneath Tonga.
```
"""
PAGES = {
    "index": "# Book\n\nHere neighbours are named once.\n",
    "near": f"""# Near and far

The colour of a neighbour tells yours; the `haversine_km` of two neighbours is short.

## A catalogue of neighbours

Neighbouring events are modelled by $k$-nearest neighbours, back-propagation is not.

```python
log = nearby_of_code
```

{FIGURE}
:::{{exercise}} The nearest
Find it.
:::
""",
    "glossary": """# Glossary

```{glossary}
nearest neighbour
  The haversine neighbour, the nearest neighbour, of the neighbours.
```
""",
    "api": """# Manual

```{eval-rst}
.. py:function:: geo.haversine_km()

   The haversine: haversine of a haversine, for a nearest neighbour.
```
""",
}
TOC = """format: jb-book
root: book/index
parts:
- {caption: Chapters, numbered: 1, chapters: [{file: book/near}]}
- {caption: More, chapters: [{file: book/glossary}, {file: book/api}]}
"""
PAIRS = [
    "neighbour neighbor",
    "neighbourhoods neighborhoods",
    "behavioural behavioral",
    "regularisation regularization",
    "standardised standardized",
    "analyse analyze",
    "catalogue catalog",
    "epicentre epicenter",
    "kilometres kilometers",
    "centred centered",
    "modelling modeling",
    "labelled labeled",
    "grey gray",
    "licence license",
    "defence defense",
    "artefacts artifacts",
    "judgement judgment",
    "Poincaré poincare",
    "trees tree",
]
APART = ["noise noisy", "hour or", "source sorce", "called cal", "filter fitter"]


def run(*scripts):
    """Run scripts after the search's own; what the last returns."""
    search = (ROOT / "book/_static/search.js").read_text("utf-8")
    with closing(MiniRacer()) as racer:
        racer.eval(search.replace("const Search", "var Search", 1))
        results = [racer.eval(script) for script in scripts]
    return json.loads(results[-1])


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """A function that asks a small book: the addresses, or all that is found."""
    root = plant(tmp_path_factory.mktemp("search"), PAGES)
    (root / "_toc.yml").write_text(TOC)
    status, said = build(root)
    assert status == 0, said
    index = (root / "_build/html/searchindex.js").read_text("utf-8")

    def ask(query):
        return run(index, f"JSON.stringify(Search.query({json.dumps(query)}))")

    return ask


def addresses(results):
    return [result["address"].removeprefix("book/") for result in results]


def test_the_examples_hold():
    """What the docstrings of the extension show is so."""
    done = doctest.testmod(search_index)
    assert done.attempted > 0
    assert done.failed == 0


@pytest.mark.parametrize("pair", PAIRS)
def test_both_spellings_are_one_word(pair):
    """British and American, with accents and without, in singular and plural."""
    script = f"JSON.stringify({json.dumps(pair.split())}.map(Search.fold))"
    one, other = run(js_porter_stemmer, script)
    assert one == other


@pytest.mark.parametrize("pair", APART)
def test_other_words_stay_apart(pair):
    """Words that only look alike are not mixed up."""
    script = f"JSON.stringify({json.dumps(pair.split())}.map(Search.fold))"
    one, other = run(js_porter_stemmer, script)
    assert one != other


@pytest.mark.parametrize("query", ["haversine", "neighbor", "nearest neighbours"])
def test_a_chapter_comes_before_what_names_its_terms_more_often(found, query):
    """The manual and the glossary say it more often and are found after it."""
    assert addresses(found(query))[0] == "near.html"
    assert addresses(found(query))[-1] != "near.html"


def test_who_asks_for_a_function_finds_its_manual(found):
    """A name of a program is looked for in the manual first."""
    first = found("haversine_km")[0]
    assert first["address"] == "book/api.html"
    assert first["spots"][0]["anchor"] == "geo.haversine_km"


def test_captions_and_exercises_are_found_by_their_number_and_place(found):
    """The answer names the figure and leads to it."""
    (page,) = found("sinks Tonga")
    assert page["title"] == "1. Near and far"
    caption = {"anchor": "fig-slab", "name": "The plate sinks beneath Tonga."}
    assert page["spots"] == [caption | {"label": "Figure 1.1"}]
    labels = [spot["label"] for spot in found("nearest")[0]["spots"]]
    assert "Exercise 1.1" in labels


@pytest.mark.parametrize(
    "query", ["backpropagation", "back-propagation", "catalog", "k-nearest", "tong"]
)
def test_joined_words_spellings_and_beginnings_find_the_chapter(found, query):
    """With a hyphen and without, American, by one letter, by the first letters."""
    assert addresses(found(query))[0] == "near.html"


@pytest.mark.parametrize("query", ["", "  ", "the of", "xylophone", "<b>", "?!"])
def test_what_stands_nowhere_finds_nothing(found, query):
    """Neither words without content nor signs stop the search."""
    assert found(query) == []


def test_a_program_answers_by_its_names(found):
    """`log` of a program is no word of its page; a name of four letters or more is."""
    assert found("log") == []
    assert addresses(found("nearby_of_code")) == ["near.html"]
