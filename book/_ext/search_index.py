"""The index of the search: what stands where, by section, caption, term and object.

It is written as words; `search.js` folds spellings and endings when it reads it, so
that one program decides what counts as the same word.
"""

import json
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from docutils import nodes
from mathml import shown
from sphinx import addnodes
from sphinx.search.en import english_stopwords, js_porter_stemmer
from sphinx_exercise.nodes import exercise_subtitle

INDEX, NOTE = "searchindex.js", "units of search"
SECTION, CAPTION, TERM, OBJECT, EXERCISE = range(5)
CHAPTER, TASK, COURSE, REFERENCE, MANUAL = range(5)
KINDS = {"homework": TASK, "final_project": TASK, "course": COURSE}
WORD = re.compile(r"[^\W\d_]\w*(?:-\w+)*")
COUNTED = {"figure", "table", "exercise"}
TITLE_COUNTS, MOST = 5, 15  # a word of a title, and the most that a count says
SHORTEST_IN_CODE = 4  # letters: `k` and `log` of a program are no words of its page
SILENT = (nodes.comment, nodes.math, nodes.math_block, nodes.raw, addnodes.index)


def words(text: str) -> list[str]:
    """The words of a text; of a joined word its parts and the whole.

    >>> words("k-nearest haversine_km in 2019")
    ['k', 'nearest', 'knearest', 'haversine', 'km', 'haversine_km']
    """
    found = []
    for word in map(str.lower, WORD.findall(text)):
        parts = [part for part in re.split(r"[-_]", word) if part]
        found += parts if len(parts) < 2 else [*parts, word.replace("-", "")]
    return [word for word in found if word not in english_stopwords]


def text_of(node: nodes.Element) -> str:
    """The words of a title or a caption, its formulas as they are seen."""
    said = []
    for part in node.findall(lambda part: isinstance(part, nodes.Text | nodes.math)):
        if isinstance(part, nodes.math):
            said += ElementTree.fromstring(shown(part)).itertext()
        elif not isinstance(part.parent, nodes.math):
            said.append(str(part))
    return "".join(said)


def is_printed(node: nodes.Node) -> bool:
    """Whether a node is what a cell printed."""
    return (
        isinstance(node, nodes.Element) and node.get("nb_element") == "cell_code_output"
    )


class Reader:
    """Reads a page into units: each a place with its title and its words."""

    def __init__(self):
        self.units = []

    def open(self, kind: int, ids: list[str], title: str) -> dict:
        unit = {"kind": kind, "ids": list(ids), "title": title, "text": [], "code": []}
        self.units.append(unit)
        return unit

    def read(self, node: nodes.Node, unit: dict | None) -> None:
        """Add what stands below a node to the unit that is open, or to a new one."""
        if isinstance(node, SILENT):
            return
        if isinstance(node, nodes.Text):
            if unit is not None:
                program = isinstance(node.parent, nodes.literal_block)
                unit["code" if program else "text"].append(str(node))
            return
        if isinstance(node, nodes.image) and unit is not None:
            unit["text"].append(node.get("alt", ""))
        unit = self.unit_of(node, unit)
        for child in node.children:
            if not (is_printed(node) and isinstance(child, nodes.literal_block)):
                self.read(child, unit)

    def unit_of(self, node: nodes.Element, unit: dict | None) -> dict | None:
        """The unit to which the text of a node belongs."""
        if isinstance(node, nodes.section) and isinstance(node[0], nodes.title):
            return self.open(SECTION, node["ids"][:1], text_of(node[0]))
        if node.tagname == "exercise_enumerable_node":
            subtitle = node[0].next_node(exercise_subtitle)
            title = "" if subtitle is None else text_of(subtitle)
            return self.open(EXERCISE, node["ids"], title)
        if isinstance(node, nodes.figure | nodes.table) and node["ids"]:
            named = next(
                node.findall(lambda n: n.tagname in {"caption", "title"}), None
            )
            return self.open(CAPTION, node["ids"], text_of(named)) if named else unit
        if isinstance(node, nodes.definition_list_item):
            terms = [term for term in node.findall(nodes.term) if term["ids"]]
            if terms and isinstance(node.parent.parent, addnodes.glossary):
                return self.open(TERM, terms[0]["ids"], text_of(terms[0]))
        if isinstance(node, addnodes.desc):
            signature = node.next_node(addnodes.desc_signature)
            if signature is not None and signature["ids"]:
                name = signature["ids"][0].rpartition(".")[2]
                return self.open(OBJECT, signature["ids"], name)
        return unit


def count(unit: dict) -> dict:
    """A unit as it is kept: its title, and how often each word stands there; a word of
    a program once.
    """
    body = Counter(words(" ".join(unit.pop("text"))))
    for word in words(" ".join(unit.pop("code"))):
        if len(word) >= SHORTEST_IN_CODE:
            body.setdefault(word, 1)
    for word in words(unit["title"]):
        body[word] += TITLE_COUNTS
    return unit | {"words": dict(body)}


def note_units(app, doctree):
    """Keep the units of a page with its other data."""
    reader = Reader()
    reader.read(doctree, None)
    app.env.metadata[app.env.docname][NOTE] = list(map(count, reader.units))


def kind_of(docname: str, numbered: bool) -> int:
    """What sort of page it is: chapters come before what only names their terms."""
    if "/api" in docname:
        return MANUAL
    folder = Path(docname).parent.name
    return CHAPTER if numbered else KINDS.get(folder, REFERENCE)


def label(env, docname: str, unit: dict) -> str:
    """The number of a figure, a table or an exercise, such as Figure 3.2."""
    for kind, numbers in env.toc_fignumbers.get(docname, {}).items():
        for name in unit["ids"]:
            if name in numbers and kind in COUNTED:
                return f"{kind.title()} {'.'.join(map(str, numbers[name]))}"
    return ""


def heading(env, docname: str) -> str:
    """The title of a page with the number of its chapter."""
    numbers = env.toc_secnumbers.get(docname, {}).get("")
    start = f"{'.'.join(map(str, numbers))}. " if numbers else ""
    return start + env.titles[docname].astext()


def index_of(env, address) -> dict:
    """The index of all pages.

    Returns
    -------
    dict
        ``pages``: address, title and kind; ``units``: page, anchor, title, label, kind
        and number of words; ``words``: for each word a list that holds, for each unit
        in which it stands, 16 times the step from the one before plus its count.
    """
    pages, units, found = [], [], {}
    for docname in sorted(env.metadata):
        numbered = bool(env.toc_secnumbers.get(docname))
        for unit in env.metadata[docname].get(NOTE, []):
            if unit is env.metadata[docname][NOTE][0]:
                place = kind_of(docname, numbered)
                pages.append([address(docname), heading(env, docname), place])
            for word, times in unit["words"].items():
                found.setdefault(word, []).append((len(units), min(times, MOST)))
            anchor = "" if unit is env.metadata[docname][NOTE][0] else unit["ids"][0]
            own = [anchor, unit["title"], label(env, docname, unit), unit["kind"]]
            units.append([len(pages) - 1, *own, sum(unit["words"].values())])
    return {"pages": pages, "units": units, "words": dict(map(packed, found.items()))}


def packed(item: tuple[str, list[tuple[int, int]]]) -> tuple[str, list[int]]:
    """A word and where it stands, in steps.

    >>> packed(("wave", [(3, 1), (5, 2)]))
    ('wave', [49, 34])
    """
    word, places = item
    before = [0] + [unit for unit, _ in places]
    pairs = zip(places, before, strict=False)
    return word, [16 * (unit - last) + times for (unit, times), last in pairs]


def replace_search(app):
    """Leave Sphinx's own index and page of results out."""
    app.builder.search = False


def collect(app):
    """Add the page of results."""
    yield "search", {"title": "Search"}, "search.html"


def write(app, error):
    """Write the index beside the page of results."""
    if error is None and app.builder.format == "html":
        index = index_of(app.env, app.builder.get_target_uri)
        data = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
        script = f"{js_porter_stemmer}\nSearch.setIndex({data});\n"
        (Path(app.outdir) / INDEX).write_text(script, "utf-8")


def setup(app):
    app.connect("builder-inited", replace_search)
    app.connect("doctree-read", note_units)
    app.connect("html-collect-pages", collect)
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
