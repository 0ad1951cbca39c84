"""Old questions come back: ``{keep}`` marks an objective, ``{recall}`` asks again.

In the box of its objectives a chapter marks the one to keep with a tag::

    2. say what a model does outside the range it has seen {keep}`extrapolation`;

A later chapter asks for it, with the tag as the argument and a question like a quiz::

    :::{recall} extrapolation
    A line was fitted between 0 and 10 km. What does it know of 50 km?

    [ ] As much as of 5 km.
    : No record lay near 50 km.

    [x] Nothing that the data say.
    : It goes on straight because it is a line.
    :::

The box says which page the question comes from. A tag that no page keeps, a page that
keeps two, and a page that recalls its own are faults of the build.
"""

from docutils import nodes
from quiz import Quiz, QuizDirective, depart_quiz
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

LOGGER = logging.getLogger(__name__)
KEPT, RECALLED = "objectives kept", "objectives recalled"


class Kept(nodes.Inline, nodes.TextElement):
    """The mark of an objective that comes back."""


class Recall(Quiz):
    """A question on an earlier page."""


class From(nodes.General, nodes.TextElement):
    """Where the question comes from, for as long as pages are read."""


class Keep(SphinxRole):
    """The mark, named by its tag."""

    def run(self):
        tag = nodes.make_id(self.text)
        return [Kept("", "to keep", tag=tag, ids=[f"kept-{tag}"])], []


class RecallDirective(QuizDirective):
    """A quiz's question and answers, under the name of the page they come from."""

    required_arguments = 1

    def run(self):
        (quiz,) = super().run()
        tag = nodes.make_id(self.arguments[0])
        recall = Recall("", From("", tag=tag), *quiz.children, key=quiz["key"])
        self.set_source_info(recall)
        return [recall]


def note_tags(app, doctree):
    """Remember what a page keeps and what it recalls."""
    found = app.env.metadata[app.env.docname]
    found[KEPT] = [node["tag"] for node in doctree.findall(Kept)]
    found[RECALLED] = [node["tag"] for node in doctree.findall(From)]


def keepers(env) -> dict[str, tuple[str, str]]:
    """The page that keeps each tag, with its title."""
    return {
        tag: (docname, env.titles[docname].astext())
        for docname in sorted(env.found_docs)
        for tag in env.metadata[docname].get(KEPT, [])
    }


def faults(env):
    """Yield each fault of the tags, its page first."""
    known = keepers(env)
    for docname in sorted(env.found_docs):
        own = env.metadata[docname].get(KEPT, [])
        if len(own) > 1:
            yield docname, f"keeps more than one objective: {', '.join(own)}"
        for tag in own:
            if known[tag][0] != docname:
                yield docname, f"keeps {tag!r}, which {known[tag][0]} keeps"
        for tag in env.metadata[docname].get(RECALLED, []):
            if tag not in known:
                yield docname, f"recalls {tag!r}, which no page keeps"
            elif tag in own:
                yield docname, f"recalls {tag!r}, which it keeps itself"


def check(app, env):
    for docname, fault in faults(env):
        LOGGER.warning("the page %s", fault, location=docname)


def rewrite(app, env):
    """Write the pages anew whose questions now come from elsewhere."""
    before, known = getattr(env, "keepers", {}), keepers(env)
    env.keepers = known
    return [
        docname
        for docname in sorted(env.found_docs)
        for tag in env.metadata[docname].get(RECALLED, [])
        if known.get(tag) != before.get(tag)
    ]


def name_pages(app, doctree, docname):
    """Say above each question which page it comes from, with a link to it."""
    known = keepers(app.env)
    for node in list(doctree.findall(From)):
        page, title = known.get(node["tag"], (docname, "a page that is missing"))
        uri = "" if page == docname else app.builder.get_relative_uri(docname, page)
        link = nodes.reference(
            "", title, internal=True, refuri=f"{uri}#kept-{node['tag']}"
        )
        said = nodes.paragraph(
            "", "An old question, from ", link, classes=["recall-from"]
        )
        node.replace_self(said)


def visit_recall(self, node):
    self.body.append(f'<div class="quiz recall" data-key="{node["key"]}">\n')


def visit_kept(self, node):
    self.body.append(f'<span class="keep" id="{node["ids"][0]}">')


def depart_kept(self, node):
    self.body.append("</span>")


def setup(app):
    app.add_node(Kept, html=(visit_kept, depart_kept))
    app.add_node(Recall, html=(visit_recall, depart_quiz))
    app.add_role("keep", Keep())
    app.add_directive("recall", RecallDirective)
    app.connect("doctree-read", note_tags)
    app.connect("env-check-consistency", check)
    app.connect("env-get-updated", rewrite)
    app.connect("doctree-resolved", name_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
