"""What each page cost to execute: a table, a budget, and a page's last execution.

`tools/build.py` executes the pages before Sphinx reads them. It leaves the executed
notebook of each in the cache, and a record beside it.
"""

import json
from pathlib import Path

import nbformat
from docutils import nodes
from myst_nb.core.execute.cache import NotebookClientCache
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

LOGGER = logging.getLogger(__name__)


def read_record(cache: Path, docname: str) -> dict:
    """The record of a page; empty if it was never executed."""
    file = cache / f"{docname}.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else {}


def record_of(app, docname: str) -> dict:
    """The record of a page of this book."""
    return read_record(Path(app.config.nb_execution_cache_path), docname)


def take_outputs(notebook, executed) -> bool:
    """Copy the outputs of an executed notebook; false if its cells are others."""
    pairs = [
        [cell for cell in book.cells if cell.cell_type == "code"]
        for book in (notebook, executed)
    ]
    if [cell.source for cell in pairs[0]] != [cell.source for cell in pairs[1]]:
        return False
    for cell, ran in zip(*pairs, strict=True):
        cell.outputs, cell.execution_count = ran.outputs, ran.execution_count
    notebook.metadata["language_info"] = executed.metadata.get("language_info", {})
    return True


def read_outputs(self):
    """Stand in for MyST-NB's execution of a page: take what was executed before."""
    cache = Path(self.nb_config.execution_cache_path)
    docname = self.path.relative_to(cache.parents[1]).with_suffix("").as_posix()
    record, file = read_record(cache, docname), cache / f"{docname}.ipynb"
    if not any(cell.cell_type == "code" for cell in self.notebook.cells):
        return
    why = record.get("error", "the page was never executed")
    if not why and not take_outputs(self.notebook, nbformat.read(file, as_version=4)):
        why = "the page has other cells than those that were executed"
    if why:
        self.logger.warning(f"Executing notebook failed: {why}", subtype="exec")
    self.exec_metadata = {
        "mtime": record.get("executed", 0),
        "runtime": record.get("seconds"),
        "method": "cache",
        "succeeded": not why,
        "error": None,
        "traceback": None,
    }


def read_costs(app) -> dict[str, dict]:
    """The record of every page that was executed, by page name."""
    records = {name: record_of(app, name) for name in sorted(app.env.found_docs)}
    return {name: record for name, record in records.items() if record}


def note_execution(app, doctree):
    """Remember which execution's outputs a page was read with."""
    record = record_of(app, app.env.docname)
    app.env.metadata[app.env.docname]["executed"] = record.get("executed")


def executed_since(app, env, added, changed, removed):
    """Name the pages that were executed again since Sphinx read them."""
    return [
        name
        for name in env.found_docs & env.all_docs.keys()
        if record_of(app, name).get("executed") != env.metadata[name].get("executed")
    ]


def overruns(cost: dict, config):
    """Yield in words each budget that a page's cost exceeds.

    A slow machine gets as much more time as it is slow. On a busy one a page takes
    longer than it needs, so the time that it took counts threefold, unless the pages
    ran one at a time.
    """
    limit = config.page_budget_seconds
    if cost["tensorflow"]:
        limit = config.page_budget_seconds_tensorflow
    limit = max(1, round(limit * cost.get("slowness", 1)))
    needed = min(cost["seconds"], cost["processor_seconds"])
    if needed > limit:
        yield f"needs {needed:.0f} s, over its budget of {limit} s"
    elif cost["seconds"] > (limit if cost["alone"] else 3 * limit):
        yield f"takes {cost['seconds']:.0f} s, over its budget of {limit} s"
    if (cost["peak_mb"] or 0) > config.page_budget_mb:
        limit = config.page_budget_mb
        yield f"holds {cost['peak_mb']:.0f} MB, over its budget of {limit} MB"


def check_budgets(app, env):
    for docname, cost in read_costs(app).items():
        for overrun in overruns(cost, app.config):
            LOGGER.warning("the page %s", overrun, location=docname)
    return [name for name in env.found_docs if env.metadata[name].get("page_costs")]


class CostTable(nodes.General, nodes.Element):
    """Stands for the table until every page was executed."""


class PageCosts(SphinxDirective):
    """The table of seconds and memory of every page that was executed."""

    def run(self):
        self.env.metadata[self.env.docname]["page_costs"] = True
        return [CostTable()]


def row(cells, builder=nodes.paragraph):
    entries = [nodes.entry("", builder("", "", cell)) for cell in cells]
    return nodes.row("", *entries)


def cost_row(app, docname, fromdocname, cost):
    uri = app.builder.get_relative_uri(fromdocname, docname)
    title = app.env.titles[docname].astext()
    link = nodes.reference("", title, internal=True, refuri=uri)
    seconds = [f"{cost[kind]:.1f}" for kind in ("seconds", "processor_seconds")]
    memory = "not measured" if not cost["peak_mb"] else f"{cost['peak_mb']:.0f}"
    return row([link, *map(nodes.Text, [*seconds, memory])])


def table(header, rows):
    group = nodes.tgroup(
        "", *(nodes.colspec(colwidth=w) for w in (40, 20, 20, 20)), cols=4
    )
    group += nodes.thead("", row([nodes.Text(text) for text in header]))
    group += nodes.tbody("", *rows)
    return nodes.table("", group)


def fill_tables(app, doctree, docname):
    for node in list(doctree.findall(CostTable)):
        costs = read_costs(app)
        rows = [cost_row(app, name, docname, cost) for name, cost in costs.items()]
        header = ["Page", "Time [s]", "Processor time [s]", "Peak memory [MB]"]
        node.replace_self(table(header, rows))


def setup(app):
    NotebookClientCache.start_client = read_outputs
    app.add_config_value("page_budget_seconds", 60, "")
    app.add_config_value("page_budget_seconds_tensorflow", 90, "")
    app.add_config_value("page_budget_mb", 1500, "")
    app.add_node(CostTable)
    app.add_directive("page-costs", PageCosts)
    app.connect("env-get-outdated", executed_since)
    app.connect("doctree-read", note_execution)
    app.connect("env-updated", check_budgets)
    app.connect("doctree-resolved", fill_tables)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
