"""Formulas on the page: MathML as browsers know it, in a font that lies beside it.

MathML Core, which Chromium, Firefox and Safari share, has no letters by attribute and
no columns by attribute: a bold x is a letter of its own, and a column is aligned by its
cells. No script runs, and what is shown can be selected, spoken and printed.
"""

import functools
import html
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

from docutils import nodes
from fontTools.ttLib import TTFont
from page_rules import place
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator
from sphinx.util.math import get_node_equation_number
from tex import TexError, as_shown, mathml

LOGGER = logging.getLogger(__name__)
FONT = Path(__file__).parents[1] / "_static/fonts/stix-two-math.woff2"

STYLES = {
    "bold": "BOLD",
    "italic": "ITALIC",
    "bold-italic": "BOLD ITALIC",
    "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT",
    "fraktur": "FRAKTUR",
    "double-struck": "DOUBLE-STRUCK",
    "sans-serif": "SANS-SERIF",
    "bold-sans-serif": "SANS-SERIF BOLD",
    "sans-serif-italic": "SANS-SERIF ITALIC",
    "sans-serif-bold-italic": "SANS-SERIF BOLD ITALIC",
    "monospace": "MONOSPACE",
}
ELSEWHERE = {  # letters that Unicode had before it had their alphabet
    "ITALIC SMALL H": "PLANCK CONSTANT",
    "SCRIPT SMALL E": "SCRIPT SMALL E",
    "SCRIPT SMALL G": "SCRIPT SMALL G",
    "SCRIPT SMALL O": "SCRIPT SMALL O",
} | {
    f"{style} CAPITAL {letter}": f"{known} CAPITAL {letter}"
    for style, known, letters in [
        ("SCRIPT", "SCRIPT", "BEFHILMR"),
        ("FRAKTUR", "BLACK-LETTER", "CHIRZ"),
        ("DOUBLE-STRUCK", "DOUBLE-STRUCK", "CHNPQRZ"),
    ]
    for letter in letters
}
APPLIED = "\u2061"  # stands between a function and what it is applied to
THIN = {"class": "thin", "width": "0.167em"}
CLOSE = {"|", "∣", "‖", "/"}
ACCENTS = {"^": "ˆ", "~": "˜", "¯": "¯", "―": "¯"}


def styled(letter: str, variant: str) -> str:
    """Return a letter or digit of an alphabet, such as a bold x; others as they are."""
    words = unicodedata.name(letter, "").split()
    style = STYLES.get(variant)
    if style is None or len(words) < 2 or words[0] not in {"LATIN", "GREEK", "DIGIT"}:
        return letter
    words = words[1:] if words[0] == "LATIN" else words
    if words[0] == "GREEK":  # SMALL LETTER ALPHA is SMALL ALPHA in every alphabet
        words = words[1:]
    name = f"{style} {' '.join(word for word in words if word != 'LETTER')}"
    try:
        return unicodedata.lookup(ELSEWHERE.get(name, f"MATHEMATICAL {name}"))
    except KeyError:  # there is no script alpha and no italic digit
        return letter


def spell(token: ElementTree.Element) -> None:
    """Write the letters of a token out of the alphabet that its attribute asks for."""
    variant = token.attrib.pop("mathvariant", None)
    if variant == "normal":
        if token.tag == "mi":  # else a single letter is set in italics
            token.set("mathvariant", "normal")
    elif variant and token.text:
        token.text = "".join(styled(letter, variant) for letter in token.text)


def space(element: ElementTree.Element) -> None:
    """Set bars and slashes close, and an accent close above its letter.

    TeX takes both for letters where no sides are told; browsers for signs between two.
    """
    if element.tag == "mo" and element.text in CLOSE:
        element.attrib |= {"lspace": "0", "rspace": "0"}
    if element.tag == "mover" and len(element) == 2 and element[1].text in ACCENTS:
        element.set("accent", "true")
        element[1].text = ACCENTS[element[1].text]


def align(table: ElementTree.Element) -> None:
    """Name the side to which each cell of a table leans, and whether columns touch."""
    sides = table.attrib.pop("columnalign", "center").split()
    joined = table.attrib.pop("columnspacing", "").split() == ["0em"]
    table.attrib.pop("rowspacing", None)
    for row in table.findall("mtr"):
        for column, cell in enumerate(row.findall("mtd")):
            side = sides[min(column, len(sides) - 1)]
            cell.set("class", f"{side} joined" if joined else side)


def part_functions(row: ElementTree.Element) -> None:
    """Set the name of a function, as in b ln 10, apart from the letters beside it.

    Firefox does so of itself, and is told to pass over these spaces.
    """
    parts = list(row)
    for at in reversed([i for i, part in enumerate(parts) if part.text == APPLIED]):
        after, before = parts[at + 1 : at + 2], parts[max(at - 2, 0) : at - 1]
        if after and next(after[0].iter("mo"), None) is None:
            row.insert(at + 1, ElementTree.Element("mspace", THIN))
        if before and before[0].tag not in {"mo", "mspace", "mstyle"}:
            row.insert(at - 1, ElementTree.Element("mspace", THIN))


@functools.cache
def for_browsers(tex: str, display: bool) -> str:
    """Turn a formula into the MathML that browsers show; see `tex.mathml`.

    Raises
    ------
    TexError
        If the formula cannot be read.
    """
    text = mathml(tex, display).replace(
        ' xmlns="http://www.w3.org/1998/Math/MathML"', ""
    )
    root = ElementTree.fromstring(text)
    for element in list(root.iter()):
        for name in [name for name in element.attrib if name.startswith("data-mjx")]:
            del element.attrib[name]
        element.text = (element.text or "").strip() or None
        element.tail = None
        spell(element)
        space(element)
        if element.tag == "mtable":
            align(element)
        part_functions(element)
    return ElementTree.tostring(root, "unicode", short_empty_elements=False)


@functools.cache
def font() -> frozenset[str]:
    """The characters of the font of the formulas."""
    return frozenset(map(chr, TTFont(FONT).getBestCmap()))


def strange(mathml: str) -> set[str]:
    """Characters of a formula that its font lacks."""
    root = ElementTree.fromstring(mathml)
    letters = {letter for text in root.itertext() for letter in text}
    slanted = [
        e.text for e in root.iter("mi") if len(e.text or "") == 1 and not e.attrib
    ]
    letters |= {styled(letter, "italic") for letter in slanted}
    return letters - font() - {APPLIED}


def check(app, doctree, docname):
    """Name each formula that the font cannot show; see `tools/math_font.py`."""
    for node in [*doctree.findall(nodes.math), *doctree.findall(nodes.math_block)]:
        try:
            lacking = strange(for_browsers(*as_shown(node)))
        except TexError:
            continue  # named by `tex.check`
        if lacking:
            said = f"the font of formulas lacks {' '.join(sorted(lacking))}"
            LOGGER.warning(said, location=place(app.env, node, docname))


def shown(node: nodes.math | nodes.math_block) -> str:
    """The formula as it stands on the page; what is faulty is named by `tex.check`."""
    try:
        return for_browsers(*as_shown(node))
    except TexError:
        return f"<code>{html.escape(node.astext())}</code>"


def visit_math(self: SphinxTranslator, node: nodes.math) -> None:
    self.body.append(f'<span class="math">{shown(node)}</span>')
    raise nodes.SkipNode


def visit_display(self: SphinxTranslator, node: nodes.math_block) -> None:
    """A formula on a line of its own; its number is a link to itself."""
    name, number = "", ""
    if node["ids"]:
        name = f' id="{node["ids"][0]}"'
    if node["number"]:
        shown_number = get_node_equation_number(self, node)
        place, title = f"#{node['ids'][0]}", "Link to this equation"
        number = f'<a class="eqno" href="{place}" title="{title}">({shown_number})</a>'
    formula = f'<div class="formula">{shown(node)}</div>'
    self.body.append(f'<div class="math"{name}>{formula}{number}</div>')
    raise nodes.SkipNode


def setup(app):
    app.connect("doctree-resolved", check, priority=900)
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_display, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
