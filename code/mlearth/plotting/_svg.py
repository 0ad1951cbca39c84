"""Matplotlib's SVG made small, with its states marked."""

from __future__ import annotations

import re
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
STATE = re.compile(r"(state|grip)-(\d+)$")
NUMBER = re.compile(r"-?\d+\.\d+")
PIECE = re.compile(r"([MLz])(?: (-?[\d.]+) (-?[\d.]+))?")
OUTLINE = 20
"""A definition of more straight pieces than this is no marker."""

REFERENCE = re.compile(r"url\(#([^)]+)\)")


def slim(drawn: str, start: int, told: str) -> str:
    """Keep what is seen of an SVG, and hide all states but one.

    Coordinates are rounded to a tenth of a point. Names that nothing refers to go.

    Parameters
    ----------
    drawn : str
        Matplotlib's SVG, with artists of state k in groups named ``state-k``, or
        ``grip-k`` if the reader may drag them.
    start : int
        The state that is shown.
    told : str
        What the page is told of the figure; it goes into ``<metadata>``.

    Returns
    -------
    str
        The element ``<svg>``; a group of state k has ``data-state="k"``, and a grip
        ``data-grip`` as well.
    """
    ElementTree.register_namespace("", SVG[1:-1])
    ElementTree.register_namespace("xlink", LINK[1:-5])
    root = ElementTree.fromstring(drawn)
    _gather_definitions(root)
    metadata = root.find(f"{SVG}metadata")
    metadata.clear()
    metadata.text = told
    used = _referred_to(root)
    for element in root.iter():
        element.text, element.tail = (element.text or "").strip() or None, None
        _mark_state(element, start)
        if element.get("id") not in used:
            element.attrib.pop("id", None)
    for element in _in_points(root):
        for name in {"d", "x", "y"}.intersection(element.keys()):
            element.set(name, _rounded(element.get(name)))
    return ElementTree.tostring(root, encoding="unicode")


def _gather_definitions(root) -> None:
    """Move glyphs, markers and clips to the front, each once: no state hides them."""
    known = {}
    for parent in list(root.iter()):
        for defs in parent.findall(f"{SVG}defs"):
            for one in defs:
                known.setdefault(one.get("id", "style"), one)
            parent.remove(defs)
    front = ElementTree.Element(f"{SVG}defs")
    known.pop("style")
    front.extend(known.values())
    root.insert(1, front)
    root.set("stroke-linejoin", "round")  # what the style sheet said, of all the page


def _referred_to(root) -> set[str]:
    """The names that something in the figure refers to."""
    values = [value for element in root.iter() for value in element.attrib.values()]
    names = {name for value in values for name in REFERENCE.findall(value)}
    return names | {element.get(LINK, "")[1:] for element in root.iter()}


def _mark_state(element, start: int) -> None:
    if found := STATE.match(element.get("id", "")):
        element.set("data-state", found[2])
        if found[1] == "grip":
            element.set("data-grip", "")
        if int(found[2]) != start:
            element.set("display", "none")


def _in_points(root):
    """Every element whose numbers are points: a glyph or a marker is finer drawn."""
    for part in root:
        if part.tag != f"{SVG}defs":
            yield from part.iter()
        else:  # borders and areas of a map are drawn from here
            yield from (one for one in part if one.get("d", "").count("L") > OUTLINE)


def _rounded(numbers: str) -> str:
    """Numbers to a tenth, and lines of straight pieces as their steps."""
    text = " ".join(NUMBER.sub(lambda one: f"{float(one[0]):.1f}", numbers).split())
    if set("CQAHV") & set(text) or "L" not in text:
        return text
    at = (0, 0)
    steps = []
    for letter, x, y in PIECE.findall(text):
        if letter == "z":
            steps.append("z")
            continue
        to = round(10 * float(x)), round(10 * float(y))
        if letter == "M":
            steps.append(f"M{x} {y}l")
        else:
            steps.append(f"{(to[0] - at[0]) / 10:g} {(to[1] - at[1]) / 10:g} ")
        at = to
    return re.sub(r"l(?=$|[Mz])", "", "".join(steps).replace(" z", "z").strip())
