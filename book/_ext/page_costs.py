"""What each page costs to execute: a record beside the cache, a table, a budget."""

import json
import re
import threading
from pathlib import Path

import psutil
from docutils import nodes
from myst_nb.core.execute.cache import NotebookClientCache
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

LOGGER = logging.getLogger(__name__)
TENSORFLOW = re.compile(r"\b(tensorflow|keras|mlearth\.networks)\b")
SAMPLE_SECONDS = 0.05


def peak_mb(process: psutil.Process) -> float:
    """The peak resident memory [MB] of a process, as Linux counts it."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


class KernelWatch(threading.Thread):
    """Samples the kernel and what it starts: peak memory and processor seconds."""

    def __init__(self):
        super().__init__(daemon=True)
        self.peak_mb, self.processor_seconds = 0.0, {}
        self.done = threading.Event()

    def run(self):
        while not self.done.wait(SAMPLE_SECONDS):
            self.peak_mb = max(self.peak_mb, sum(self.sample()))

    def sample(self):
        """Yield the peak memory [MB] of each process, and note its seconds."""
        for child in psutil.Process().children(recursive=True):
            try:
                times = child.cpu_times()
                self.processor_seconds[child.pid] = times.user + times.system
                yield peak_mb(child)
            except (OSError, TypeError, psutil.Error):
                continue  # it ended while we looked, or this is not Linux

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.join()


def record_file(cache: Path, page: Path) -> Path:
    return cache / "costs" / (re.sub(r"\W+", "-", str(page)) + ".json")


def measured(start_client):
    """Wrap MyST-NB's execution of a page so that it leaves a record of its cost."""

    def start(self):
        with KernelWatch() as watch:
            start_client(self)
        record = record_file(Path(self.nb_config.execution_cache_path), self.path)
        if not watch.processor_seconds and record.exists():
            return  # nothing was executed: the page came from the cache
        code = "\n".join(c.source for c in self.notebook.cells if c.cell_type == "code")
        cost = {
            "seconds": self.exec_metadata["runtime"],
            "processor_seconds": sum(watch.processor_seconds.values()),
            "peak_mb": watch.peak_mb or None,
            "tensorflow": bool(TENSORFLOW.search(code)),
        }
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_text(json.dumps(cost))

    return start


def read_costs(app) -> dict[str, dict]:
    """The record of every page that was executed, by page name."""
    cache, costs = Path(app.config.nb_execution_cache_path), {}
    for docname in sorted(app.env.found_docs):
        record = record_file(cache, Path(app.env.doc2path(docname)))
        if docname in app.env.nb_metadata and record.exists():
            costs[docname] = json.loads(record.read_text())
    return costs


def overruns(cost: dict, config):
    """Yield in words each budget that a page's cost exceeds.

    What counts is the time that the page needs: on a busy machine that is less than
    the time that it takes.
    """
    limit = config.page_budget_seconds
    if cost["tensorflow"]:
        limit = config.page_budget_seconds_tensorflow
    needed = min(cost["seconds"] or 0, cost["processor_seconds"])
    if needed > limit:
        yield f"needs {needed:.0f} s, over its budget of {limit} s"
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
    if not hasattr(NotebookClientCache.start_client, "__wrapped__"):
        start = measured(NotebookClientCache.start_client)
        start.__wrapped__ = NotebookClientCache.start_client
        NotebookClientCache.start_client = start
    app.add_config_value("page_budget_seconds", 60, "")
    app.add_config_value("page_budget_seconds_tensorflow", 90, "")
    app.add_config_value("page_budget_mb", 1500, "")
    app.add_node(CostTable)
    app.add_directive("page-costs", PageCosts)
    app.connect("env-updated", check_budgets)
    app.connect("doctree-resolved", fill_tables)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
