"""Matplotlib's SVG with its states marked, each shape drawn once."""

from __future__ import annotations

import re
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
STATE = re.compile(r"(state|grip)-(\d+)$")
REFERENCE = re.compile(r"url\(#([^)]+)\)")


def slim(drawn: str, start: int, told: str) -> str:
    """Keep what is seen of an SVG, and hide all states but one.

    Names that nothing refers to go.

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
