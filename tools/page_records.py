"""Which pages must run again: the record of every page's last execution."""

import json
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import nbformat
import yaml
from execution_pool import Cost, Job
from import_graph import Source
from nbformat import NotebookNode
from page_inputs import PageInputs, as_source, digest


def markdown_settings(root: Path) -> set[str]:
    """Return the extensions of Markdown that the book's configuration turns on."""
    config = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    return set(config["parse"]["myst_enable_extensions"])


@dataclass
class Page:
    """One page that has code, and what is known of it.

    Attributes
    ----------
    root : pathlib.Path
        Folder of the repository.
    name : str
        The page without its ending, such as "book/course/primer".
    record : dict
        What the last execution left; empty if there was none.
    """

    root: Path
    name: str
    record: dict = field(default_factory=dict)

    def __post_init__(self):
        self.path = self.root / f"{self.name}.md"
        self.text = self.path.read_text("utf-8")
        self._notebook: NotebookNode | None = None
        if self.record_file.exists():
            self.record = json.loads(self.record_file.read_text("utf-8"))

    @property
    def cache(self) -> Path:
        return self.root / "_build/cache"

    @property
    def record_file(self) -> Path:
        return self.cache / f"{self.name}.json"

    @property
    def executed_file(self) -> Path:
        return self.cache / f"{self.name}.ipynb"

    @property
    def notebook(self) -> NotebookNode:
        """The page as Sphinx will read it, without outputs."""
        if self._notebook is None:
            from myst_nb.core.read import read_myst_markdown_notebook
            from myst_parser.config.main import MdParserConfig

            settings = MdParserConfig(enable_extensions=markdown_settings(self.root))
            self._notebook = read_myst_markdown_notebook(
                self.text, settings, path=self.path
            )
        return self._notebook

    @property
    def cells(self) -> list[str]:
        """The sources of its code cells; those on record if no letter changed."""
        known = (
            self.record.get("text") == digest(self.text) and "load:" not in self.text
        )
        if not known:
            code = [c for c in self.notebook.cells if c.cell_type == "code"]
            self.record["cells"] = [cell.source for cell in code]
            self.record["text"] = digest(self.text)
        return self.record["cells"]

    def is_notebook(self) -> bool:
        """Say whether the page has cells to execute."""
        from myst_nb.core.read import is_myst_markdown_notebook

        return is_myst_markdown_notebook(self.text) and bool(self.cells)

    def reasons(self, inputs: PageInputs) -> list[str]:
        """Name the inputs that changed since the page was executed."""
        glance = inputs.glance(self.path, self.cells)
        if self.record.get("glance") == glance and self.is_kept():
            self.save()  # with the cells of the text as it is now
            return []
        now, before = inputs.of(self.path, self.cells), self.record.get("inputs", {})
        names = sorted(now.keys() | before.keys())
        changed = [name for name in names if now.get(name) != before.get(name)]
        self.record |= {"glance": glance, "inputs": now}
        if not changed and self.is_kept():
            self.save()
            return []
        return changed or ["its last execution failed"]

    def is_kept(self) -> bool:
        """Say whether the outputs of the last execution lie in the cache."""
        return self.executed_file.exists() and not self.record.get("error")

    def executed(self) -> NotebookNode:
        """Return the page as it was last executed."""
        return nbformat.read(self.executed_file, as_version=4)

    def job(self) -> Job:
        """Make the page ready to be executed."""
        known = {key: self.record.get(key) for key in ("seconds", "peak_mb")}
        known["tensorflow"] = self.record.get("tensorflow", False)
        return Job(self.name, self.path.parent, self.notebook, **known)

    def save(self) -> None:
        """Write the record."""
        self.record_file.parent.mkdir(parents=True, exist_ok=True)
        self.record_file.write_text(json.dumps(self.record), "utf-8")

    def keep(self, cost: Cost, alone: bool) -> None:
        """Put outputs where Sphinx will find them, and the cost beside them."""
        self.record |= {**asdict(cost), "alone": alone}
        self.record["executed"] = time.time()
        self.executed_file.parent.mkdir(parents=True, exist_ok=True)
        if not cost.error:
            nbformat.write(self.notebook, self.executed_file)
        self.save()


def uses_tensorflow(inputs: PageInputs, cells: list[str]) -> bool:
    """Say whether a page's cells, or modules that they reach, import TensorFlow."""
    source = as_source(cells) or Source("")
    return inputs.graph.uses_tensorflow([source])
