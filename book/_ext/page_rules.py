"""What no page may hold: a second title, another host, links that say nothing.

It looks at a page as it is about to be written, the outputs of its cells included.
"""

import logging as standard_logging
import re

from bs4 import BeautifulSoup
from docutils import nodes
from loads import host, loads
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
VERBATIM = (
    nodes.literal,
    nodes.literal_block,
    nodes.doctest_block,
    nodes.math,
    nodes.math_block,
    nodes.raw,
)
MARKUP = re.compile(
    r"\]\(|\{(?:ref|numref|eq|term|doc|download|cite(?::\w+)?|glue:\w*)\}"
)
TYPED = re.compile(r"\bnp\.(?:int|float|bool|str)\w*\(")


def place(env, node, docname):
    """Where a node was written, as well as it is known.

    In a page with cells MyST-NB counts one line too many.
    """
    while node is not None and not (node.source and node.line):
        node = node.parent
    if node is None:
        return docname
    has_cells = "kernelspec" in env.metadata[docname]
    return (docname, node.line - 1) if has_cells else node


def second_titles(doctree):
    """Yield every first-level heading but the first."""
    sections = [node for node in doctree.children if isinstance(node, nodes.section)]
    for section in sections[1:]:
        title = section.next_node(nodes.title)
        yield title, f"a second first-level heading: {title.astext()!r}"


def foreign_images(doctree):
    """Yield images of another host, in Markdown or a directive."""
    for image in doctree.findall(nodes.image):
        if host(image["uri"]):
            yield image, f"the image {image['uri']} is loaded from another host"


def element_faults(tag):
    """Yield what is wrong with one element of raw HTML."""
    for url in filter(host, loads(tag)):
        yield f"<{tag.name}> loads {url} from another host"
    if tag.name == "img" and not tag.get("alt", "").strip():
        yield f"<img> has no alt text: {tag.get('src', '')[:60]}"
    if str(tag.get("id", "")).startswith("sk-container-id"):
        yield "a cell shows an estimator, which not everybody can read: end it with ;"
    if tag.name == "h1":
        yield f"a second first-level heading: {tag.get_text()!r}"
    if tag.get("href", "").strip().lower().startswith("javascript:"):
        yield f"<{tag.name}> runs a script instead of a link: {tag['href']}"


def html_faults(doctree):
    """Yield what is wrong with raw HTML, that of a cell's output included."""
    for raw in doctree.findall(nodes.raw):
        if "html" in raw.get("format", "").split():
            for tag in BeautifulSoup(raw.astext(), "html.parser").find_all(True):
                for fault in element_faults(tag):
                    yield raw, fault


def silent_links(doctree):
    """Yield links without a word, which are spelt aloud, and links without a host."""
    for link in doctree.findall(nodes.reference):
        seen = [image.get("alt", "") for image in link.findall(nodes.image)]
        if not "".join([link.astext(), *seen]).strip():
            target = link.get("refuri") or link.get("refid")
            yield link, f"the link to {target} has no text"
        if re.fullmatch(r"https?:/*", link.get("refuri", "")):
            yield link, f"the link {link['refuri']} leads to no host"


def showing(pattern, what, doctree):
    """Yield what the reader sees that is meant for a program."""
    for text in doctree.findall(nodes.Text):
        found = pattern.search(text.astext())
        if found and not isinstance(text.parent, VERBATIM):
            yield text.parent, f"{what} shows in the text: {text.astext()[:60]!r}"


def showing_markup(doctree):
    """Yield markup that was not closed, or not nested well."""
    return showing(MARKUP, "markup", doctree)


def showing_types(doctree):
    """Yield numbers that were glued as NumPy has them, such as np.int64(14)."""
    return showing(TYPED, "a number's type", doctree)


RULES = [
    second_titles,
    foreign_images,
    html_faults,
    silent_links,
    showing_markup,
    showing_types,
]


def check(app, doctree, docname):
    for rule in RULES:
        for node, fault in rule(doctree):
            LOGGER.warning(fault, location=place(app.env, node, docname))


def unsolved(registry):
    """Yield each solution (its page, its node) whose exercise does not exist."""
    for entry in registry.values():
        node = entry["node"]
        if "target_label" in node and node["target_label"] not in registry:
            yield entry["docname"], node


def check_solutions(app, env):
    registry = getattr(env, "sphinx_exercise_registry", {})
    for docname, node in unsolved(registry):
        message = f"a solution without its exercise: {node['target_label']}"
        LOGGER.warning(message, location=place(env, node, docname))


def setup(app):
    app.connect("doctree-resolved", check, priority=900)
    app.connect("env-check-consistency", check_solutions)
    # sphinx-exercise names the page that it happens to write, not the faulty one
    theirs = standard_logging.getLogger("sphinx.sphinx_exercise.post_transforms")
    theirs.addFilter(lambda said: not said.getMessage().startswith("undefined label"))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
