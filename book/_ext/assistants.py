"""Which help is welcome, as a badge on every exercise that leads to the page of rules.

Weekly exercises are practice; homework is declared; an examination is taken alone.
"""

from pathlib import Path

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx_exercise.nodes import is_exercise_node

RULES = "grading-assistants"
SAID = {
    "welcome": "Assistants: welcome",
    "declared": "Assistants: declared",
    "excluded": "Assistants: excluded",
}


def kind(docname: str) -> str:
    """The rule of a page.

    >>> kind("book/homework/hw1_model_fit"), kind("book/deep_learning/tensorflow")
    ('declared', 'welcome')
    """
    if docname.endswith("_examination"):
        return "excluded"
    return "declared" if "/homework/" in docname else "welcome"


def badge(docname: str) -> nodes.paragraph:
    """The badge of a page's exercises, linked to the rules."""
    rule = kind(docname)
    link = pending_xref(
        "",
        nodes.inline("", SAID[rule]),
        refdomain="std",
        reftype="ref",
        reftarget=RULES,
        refexplicit=True,
        refwarn=True,
        refdoc=docname,
    )
    return nodes.paragraph("", "", link, classes=["assistants", rule])


def mark(app, doctree):
    """Put the badge below the title of each exercise."""
    docname = app.env.docname
    if not (Path(app.srcdir) / "book/course/grading.md").exists():
        return
    for node in doctree.findall(is_exercise_node):
        node.insert(1, badge(docname))


def setup(app):
    app.connect("doctree-read", mark)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
