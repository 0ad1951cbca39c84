"""The papers that may be presented, from ``course/papers.toml``: ``:::{papers}``."""

import tomllib
from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

FILE = Path(__file__).resolve().parents[2] / "course/papers.toml"
HEAD = ["Week", "Paper", "Why", "Topic"]


def read(file: Path = FILE) -> list[dict]:
    """The papers in the order of their weeks, those of any week last."""
    papers = tomllib.loads(file.read_text("utf-8"))["papers"]
    return sorted(papers, key=lambda paper: paper["week"] or 99)


def table(papers: list[dict]) -> str:
    """All papers as a table in MyST."""
    lines = [":::{list-table} Papers to present", ":header-rows: 1"]
    lines += [":name: tab-papers", ":widths: 6 30 54 10", ":align: left", ""]
    for cells in [HEAD, *(row(paper) for paper in papers)]:
        lines += [f"{'  -' if k else '* -'} {cell}" for k, cell in enumerate(cells)]
    return "\n".join([*lines, ":::"])


def row(paper: dict) -> list[str]:
    """The cells of one paper, or of two that are a debate."""
    cited = " and ".join(f"{{cite:t}}`{key}`" for key in paper["keys"])
    week = str(paper["week"] or "any")
    return [week, cited, paper["why"], ", ".join(paper["topics"])]


class Papers(SphinxDirective):
    """The table of all papers."""

    def run(self):
        self.env.note_dependency(str(FILE))
        box = nodes.Element()
        lines = StringList(table(read()).splitlines(), str(FILE))
        self.state.nested_parse(lines, self.content_offset, box)
        return box.children


def setup(app):
    app.add_directive("papers", Papers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
