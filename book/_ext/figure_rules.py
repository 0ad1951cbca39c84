"""Every generated figure has a name, a caption, a real alt text and is cited."""

import re

from docutils import nodes
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
SHORTEST_ALT = 40
PATH = re.compile(r"\.(png|svg|jpe?g|gif|webp)$|^\S*[/\\]\S*$", re.IGNORECASE)


def ancestor(node, of_type):
    while node is not None and not isinstance(node, of_type):
        node = node.parent
    return node


def is_generated(image) -> bool:
    """Whether the image is the output of a code cell."""
    cell = image.parent
    while cell is not None:
        if cell.get("nb_element", "").startswith("cell_code"):
            return True
        cell = cell.parent if isinstance(cell.parent, nodes.Element) else None
    return False


def caption_of(figure) -> str:
    captions = [] if figure is None else list(figure.findall(nodes.caption))
    return captions[0].astext() if captions else ""


def bare(text: str) -> str:
    """The words of a text: no capitals, no marks, no blanks that are not needed."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def alt_faults(alt: str, caption: str):
    """Yield what is wrong with an alternative text."""
    if not alt:
        yield "has no alt text"
    elif PATH.search(alt):
        yield f"has a path for an alt text: {alt!r}"
    elif bare(alt) == bare(caption):
        yield "has its caption for an alt text: say what is seen"
    elif len(alt) < SHORTEST_ALT:
        yield f"has an alt text of {len(alt)} characters, below {SHORTEST_ALT}: {alt!r}"


def figure_faults(image, cited: set[str]):
    """Yield what is wrong with one image of a page."""
    figure = ancestor(image, nodes.figure)
    caption = caption_of(figure)
    yield from alt_faults(image.get("alt", ""), caption)
    if not is_generated(image):
        return
    if not caption:
        yield "has no caption"
    elif not figure["names"]:
        yield "has no name"
    elif not cited & set(figure["ids"]):
        yield f"({figure['names'][0]}) is not cited with {{numref}} on its page"


def cited_ids(doctree) -> set[str]:
    references = doctree.findall(nodes.reference)
    uris = (node.get("refid") or node.get("refuri", "") for node in references)
    return {uri.rsplit("#", 1)[-1] for uri in uris}


def check(app, doctree, docname):
    cited = cited_ids(doctree)
    for number, image in enumerate(doctree.findall(nodes.image), start=1):
        for fault in figure_faults(image, cited):
            LOGGER.warning("image %d %s", number, fault, location=docname)


def setup(app):
    app.connect("doctree-resolved", check, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
