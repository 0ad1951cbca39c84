"""What goes deeper is folded: a section whose heading ends in ``(*deeper*)``.

The heading stays where it is, also in the list of sections; what follows it becomes a
``<details>`` element that says that it goes deeper and how long it takes. It opens
without a script, for the browser's own search and on paper; ``_static/book.js`` opens
it for a link to something inside, and for one to its heading.
"""

from docutils import nodes

MARK = "(deeper)"
WORDS_A_MINUTE = 200
UNREAD = (
    *(nodes.literal_block, nodes.math, nodes.math_block, nodes.raw, nodes.comment),
    *(nodes.image, nodes.target, nodes.system_message),
)


class Fold(nodes.General, nodes.Element):
    """What follows the heading of a section that goes deeper."""


def words(node: nodes.Node) -> int:
    """The words that are read below a node: no program, no formula."""
    if isinstance(node, UNREAD):
        return 0
    if isinstance(node, nodes.Text):
        return len(str(node).split())
    return sum(map(words, node.children))


def minutes(count: int) -> str:
    """How long it takes to read so many words.

    >>> minutes(120), minutes(500)
    ('about 1 minute', 'about 3 minutes')
    """
    whole = max(1, int(count / WORDS_A_MINUTE + 0.5))
    return f"about {whole} minute" + "s" * (whole > 1)


def goes_deeper(section: nodes.section) -> bool:
    """Whether a section is marked, and no section around it."""
    title, around = section.next_node(nodes.title), section.parent
    while around is not None and not isinstance(around, Fold):
        around = around.parent
    return around is None and title is not None and title.astext().endswith(MARK)


def fold(app, doctree, docname):
    """Fold what follows each heading that is marked; the outermost fold counts."""
    for section in list(doctree.findall(nodes.section)):
        if not goes_deeper(section):
            continue
        at = section.first_child_matching_class(nodes.title) + 1
        inner = section.children[at:]
        said = f"This goes deeper: {minutes(sum(map(words, inner)))} to read."
        section[at:] = [Fold("", *inner, said=said)]


def visit_fold(self, node):
    self.body.append(f'<details class="deeper"><summary>{node["said"]}</summary>\n')


def depart_fold(self, node):
    self.body.append("</details>\n")


def setup(app):
    app.add_node(Fold, html=(visit_fold, depart_fold))
    app.connect("doctree-resolved", fold, priority=930)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
