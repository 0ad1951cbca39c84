"""Lay open the figures that the reader drives: controls, words, one SVG of all states.

`mlearth.plotting.drive` draws every state into one SVG and tells in its
``<metadata>`` what the controls are called and what is said of each state. A notebook
shows that file as it is. On a page it becomes part of the page, and
``_static/drive.js`` shows the state that the controls name. Without a script, and on
paper, there is the state that the figure starts with.
"""

import functools
import gzip
import json
import re
from html import escape
from pathlib import Path

from docutils import nodes
from figure_rules import ancestor
from lean_images import lean
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
TOLD = re.compile(r'<metadata>(\{"controls".*?)</metadata>', re.DOTALL)
NAMED = re.compile(r'(\bid="|href="#|url\(#)')
"""Where a name is given or referred to: every SVG calls its glyphs alike."""
MOST_BYTES = 30_720
TENTHS = 1  # decimals of a point: a file holds thousands of lines
RADIOS = 3
"""Up to so many values are radio buttons, more a range."""


@functools.lru_cache(1)
def drawn(svg: str) -> str:
    """What is drawn of a driven figure; asked for its weight, then for its page."""
    return lean(svg, TENTHS)


def driven(srcdir: Path, image) -> str:
    """The SVG of an image if the reader can drive it, else nothing."""
    path = Path(srcdir, image["uri"])
    text = path.read_text("utf-8") if path.suffix == ".svg" and path.exists() else ""
    return text if TOLD.search(text) else ""


def told(svg: str) -> dict:
    """What an SVG tells of its controls, of its start and of each state."""
    text = TOLD.search(svg)[1]
    for mark, meant in {"&lt;": "<", "&gt;": ">", "&amp;": "&"}.items():
        text = text.replace(mark, meant)
    return json.loads(text)


def faults(svg: str):
    """Yield what is wrong with a driven figure."""
    size = len(gzip.compress(drawn(svg).encode(), 9, mtime=0))
    if size > MOST_BYTES:
        yield f"has {size:,} bytes when packed, at most {MOST_BYTES:,}"
    if "data-grip" in svg and still(told(svg)["controls"]) is None:
        yield "has grips, and not two ranges of which the second holds 0"
    for state, words in enumerate(told(svg)["words"]):
        if not re.search(r"\w.*[.!?]$", words):
            yield f"says no sentence of its state {state}: {words!r}"
        if f'data-state="{state}"' not in svg:
            yield f"draws nothing of its own for its state {state}"


def places(controls: list, state: int) -> list[int]:
    """The place of each control in a state; the last one turns fastest."""
    found = []
    for _, labels in reversed(controls):
        state, place = divmod(state, len(labels))
        found.insert(0, place)
    return found


def still(controls: list) -> int | None:
    """Where the second of two ranges holds a grip that is not moved."""
    two_ranges = len(controls) == 2 and min(len(it) for _, it in controls) > RADIOS
    return controls[1][1].index("0") if two_ranges and "0" in controls[1][1] else None


def packed(data) -> str:
    """Data as the value of an attribute."""
    return escape(json.dumps(data, ensure_ascii=False))


def control(key: str, name: str, labels: list[str], place: int) -> str:
    """A range of many values, or radio buttons of few."""
    shown = [escape(label) for label in labels]
    if len(labels) > RADIOS:
        return (
            f'<p><label for="{key}">{escape(name)}</label> <input type="range" '
            f'id="{key}" min="0" max="{len(labels) - 1}" value="{place}" '
            f'aria-valuetext="{shown[place]}" data-labels="{packed(labels)}" '
            f'autocomplete="off"> <span aria-hidden="true">{shown[place]}</span></p>'
        )
    buttons = " ".join(
        f'<label><input type="radio" name="{key}" value="{k}" autocomplete="off"'
        f"{' checked' * (k == place)}> {label}</label>"
        for k, label in enumerate(shown)
    )
    return f"<fieldset><legend>{escape(name)}</legend> {buttons}</fieldset>"


def html(svg: str, name: str, alt: str) -> str:
    """A driven figure as it stands on a page, its names begun with the figure's."""
    know = told(svg)
    controls, start = know["controls"], know["start"]
    asked = "".join(
        control(f"{name}-{k}", *each, place)
        for k, (each, place) in enumerate(
            zip(controls, places(controls, start), strict=True)
        )
    )
    rest = f' data-still="{still(controls)}"' if "data-grip" in svg else ""
    art = NAMED.sub(rf"\1{name}-", drawn(svg))
    art = art.replace("<svg", f'<svg role="img" aria-label="{escape(alt)}"', 1)
    return (
        f'<div class="driven" data-start="{start}"{rest} '
        f'data-words="{packed(know["words"])}">{art}'
        f'<div class="driven-controls" hidden>{asked}</div>'
        f'<output aria-live="polite">{escape(know["words"][start])}</output></div>'
    )


def lay_open(app, doctree, docname):
    """Put each driven figure of a page into it, in place of its image."""
    if app.builder.format != "html":
        return
    for image in list(doctree.findall(nodes.image)):
        if svg := driven(app.srcdir, image):
            for fault in faults(svg):
                LOGGER.warning("the driven figure %s", fault, location=docname)
            figure = ancestor(image, nodes.figure)
            name = figure["ids"][0] if figure and figure["ids"] else "figure"
            page = html(svg, name, image.get("alt", ""))
            image.replace_self(nodes.raw("", page, format="html"))


def setup(app):
    # after the rules of figures, which look at the image
    app.connect("doctree-resolved", lay_open, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
