"""Numbers of figures, tables, equations and exercises: by chapter, or by page.

Sphinx counts by chapter where the table of contents numbers the pages, and across all
other pages together; here each of those is counted for itself. So a new figure gives
another number to nothing outside of its page.
"""

from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector

NUMBERED = {"numref", "eq"}  # the roles that show a number
THEIRS = TocTreeCollector.assign_figure_numbers


def counted_anew(kinds: dict) -> dict:
    """The numbers of one page, from 1 for each kind, in the order they stand in.

    >>> counted_anew({"figure": {"map": (7,), "cut": (9,)}, "table": {"cost": (4,)}})
    {'figure': {'map': (1,), 'cut': (2,)}, 'table': {'cost': (1,)}}
    """
    return {
        kind: {name: (count,) for count, name in enumerate(numbers, 1)}
        for kind, numbers in kinds.items()
    }


def home(env: BuildEnvironment, name: str) -> str:
    """The page on which a label stands; empty if there is none."""
    equations = env.domains["math"].equations
    labels = env.domains["std"].anonlabels
    return (equations.get(name) or labels.get(name) or [""])[0]


def refers_to(env: BuildEnvironment, docname: str, changed: set[str]) -> bool:
    """Whether a page shows a number of one of the changed pages."""
    names = env.metadata[docname].get("numbers shown", [])
    return any(home(env, name) in changed for name in names)


def assign(self, env: BuildEnvironment) -> list[str]:
    """Number everything; return the pages that have to be written for it."""
    before = env.toc_fignumbers
    THEIRS(self, env)
    env.toc_fignumbers = {
        name: kinds if env.toc_secnumbers.get(name) else counted_anew(kinds)
        for name, kinds in env.toc_fignumbers.items()
    }
    after = env.toc_fignumbers
    changed = {name for name in after if after[name] != before.get(name)}
    return [
        name
        for name in sorted(env.found_docs)
        if name in changed or refers_to(env, name, changed)
    ]


def note_numbers(app, doctree):
    """Remember which numbers a page shows."""
    shown = [
        node["reftarget"].lower() if node["reftype"] == "numref" else node["reftarget"]
        for node in doctree.findall(addnodes.pending_xref)
        if node.get("reftype") in NUMBERED
    ]
    app.env.metadata[app.env.docname]["numbers shown"] = sorted(set(shown))


def setup(app):
    TocTreeCollector.assign_figure_numbers = assign
    app.connect("doctree-read", note_numbers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
