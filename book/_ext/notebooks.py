"""Each page with code as a notebook that runs elsewhere, and the buttons that open it.

The notebook has the page's text as plain Markdown and its cells without what only the
book needs: the numbers that are glued into the text, and the pins of its claims.
"""

import ast
import re
from pathlib import Path

import nbformat
from docutils import nodes
from page_costs import record_of
from to_markdown import Piece, Writer

FOLDER = "notebooks"
OF_THE_BOOK = frozenset({"glue", "pin"})
COLAB, BINDER = "https://colab.research.google.com/github", "https://mybinder.org/v2/gh"
PAGES_BRANCH = "gh-pages"
SETUP = """\
# The package behind the book, with its data: installed where it is missing.
try:
    import mlearth
except ModuleNotFoundError:
    %pip install --quiet "{source}\""""
AT_HOME = "import mlearth  # the package behind the book, from the book's own folder"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def called(statement: ast.stmt) -> str:
    """The name of the function that a statement is no more than a call of."""
    value = statement.value if isinstance(statement, ast.Expr) else None
    return ast.unparse(value.func) if isinstance(value, ast.Call) else ""


def is_of_the_book(statement: ast.stmt, names: frozenset[str] = OF_THE_BOOK) -> bool:
    """Whether a statement glues, pins, or makes known what does."""
    if isinstance(statement, ast.ImportFrom):
        return {alias.name for alias in statement.names} <= names
    if isinstance(statement, ast.FunctionDef):
        return statement.name in names
    if isinstance(statement, ast.For | ast.With | ast.If) and not getattr(
        statement, "orelse", []
    ):
        return all(is_of_the_book(inner, names) for inner in statement.body)
    return called(statement).rpartition(".")[2] in names


def of_the_book(sources: list[str]) -> frozenset[str]:
    """The functions that glue or pin, those that a page defines for it included.

    >>> sorted(of_the_book(["def both(n):\\n    glue('n', n)\\n    pin('n', n, 3)"]))
    ['both', 'glue', 'pin']
    """
    names = OF_THE_BOOK
    for source in sources:
        for statement in ast.walk(ast.parse(source)):
            if isinstance(statement, ast.FunctionDef) and loaded(statement) & names:
                names |= {statement.name}
    return names


def loaded(tree: ast.AST) -> set[str]:
    """The names that a program uses."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def bound(statement: ast.stmt) -> set[str]:
    """The names that a statement gives a meaning to, or whose objects it changes."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.split(".")[0] for alias in statement.names}
    return loaded(statement)


def without_the_book(
    source: str, hidden: bool, needed: set[str], names: frozenset[str] = OF_THE_BOOK
) -> str:
    """A cell without gluing and pinning; of a hidden one, what later cells need.

    Parameters
    ----------
    source : str
        The cell.
    hidden : bool
        Whether readers of the book do not see it.
    needed : set of str
        Names that later cells use; those that this cell uses are added.
    names : frozenset of str, optional
        The functions that glue or pin.

    >>> without_the_book("n = len(x)\\nglue('n', n)", True, set())
    ''
    >>> without_the_book("n = len(x)\\nglue('n', n)", True, {"n"})
    'n = len(x)'
    """
    gone = []
    for statement in reversed(ast.parse(source).body):
        idle = hidden and not called(statement) and not bound(statement) & needed
        if idle or is_of_the_book(statement, names):
            gone.append(statement)
        else:
            needed |= loaded(statement)
            inner = [one for one in ast.walk(statement) if isinstance(one, ast.stmt)]
            gone += [one for one in inner if is_of_the_book(one, names)]
    lines = source.splitlines()
    for one in gone:
        lines[one.lineno - 1 : one.end_lineno] = [None] * (
            one.end_lineno - one.lineno + 1
        )
    left = "\n".join(line for line in lines if line is not None)
    return re.sub(r"\n{3,}", "\n\n", left).strip("\n") if gone else source


def cells_of(executed, pieces: list[Piece]) -> list[Piece]:
    """The pieces of a page, its hidden cells where they ran, each with its program."""
    code = {at: c for at, c in enumerate(executed.cells) if c.cell_type == "code"}
    shown = {index for kind, index in pieces if kind == "code"}
    whole, last = [], -1
    for kind, value in [*pieces, ("code", len(executed.cells))]:
        if kind == "code":
            between = [at for at in code if last < at < value and at not in shown]
            whole += [("hidden", code[at].source) for at in between]
            last = value
        if value != len(executed.cells):
            whole.append((kind, code[value].source if kind == "code" else value))
    names = of_the_book([cell.source for cell in code.values()])
    needed, lean = set(), []
    for kind, text in reversed(whole):
        if kind != "markdown":
            text = without_the_book(text, kind == "hidden", needed, names)
            kind = "code"
        if text.strip():
            lean.insert(0, (kind, text))
    return lean


def notebook(pieces: list[Piece], source: str):
    """The notebook of a page; text between two cells is one cell."""
    first = SETUP.format(source=source) if source else AT_HOME
    cells = [nbformat.v4.new_code_cell(first)]
    for kind, text in pieces:
        if kind == "code":
            cells.append(nbformat.v4.new_code_cell(text))
        elif cells[-1].cell_type == "markdown" and not text.startswith("#"):
            cells[-1].source += f"\n\n{text}"
        else:
            cells.append(nbformat.v4.new_markdown_cell(text))
    for at, cell in enumerate(cells):
        cell.id = f"cell-{at}"  # the same at every build
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


def addresses(builder, docname: str, site: str):
    """Say where a link of a page leads on the published site."""

    def address(node: nodes.reference) -> str:
        uri = node.get("refuri", "")
        if re.match(r"[a-z]+:", uri):
            return uri
        if not site:
            return ""
        if node.get("refid"):
            return f"{site}{docname}.html#{node['refid']}"
        parts = (Path(docname).parent / uri).as_posix().split("/")
        while ".." in parts:
            at = parts.index("..")
            parts = parts[: at - 1] + parts[at + 1 :]
        return site + "/".join(parts)

    return address


def write(app, doctree, docname):
    """Write the notebook of a page that has cells."""
    record = record_of(app, docname)
    file = Path(app.config.nb_execution_cache_path) / f"{docname}.ipynb"
    if app.builder.format != "html" or not record or not file.exists():
        return
    config, env = app.config, app.env
    address = addresses(app.builder, docname, config.html_baseurl)
    pieces = Writer(env.toc_fignumbers.get(docname, {}), address).blocks(doctree)
    pieces = cells_of(nbformat.read(file, as_version=4), pieces)
    target = Path(app.outdir) / FOLDER / f"{docname}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook(pieces, config.package_source), target)


def link(text: str, url: str, icon: str, tooltip: str) -> dict:
    return {"type": "link", "text": text, "url": url, "icon": icon, "tooltip": tooltip}


def buttons(app, pagename, templatename, context, doctree):
    """Offer the notebook and paper for download, and the notebook where it can run."""
    if doctree is None:
        return
    kept = [
        button
        for button in context["header_buttons"]
        if button.get("label") not in {"download-buttons", "launch-buttons"}
    ]
    offered = [
        {
            "type": "javascript",
            "javascript": "window.print()",
            "text": ".pdf",
            "tooltip": "Print to PDF",
            "icon": "fas fa-file-pdf",
        }
    ]
    name, launch = f"{FOLDER}/{pagename}.ipynb", []
    if record_of(app, pagename):
        url = context["pathto"](name, 1)
        offered.insert(0, link(".ipynb", url, "fas fa-code", "Download the notebook"))
        launch = launches(app.config, pagename)
    groups = [("download", "Download this page", "fas fa-download", offered)]
    groups += [("launch", "Run this page", "fas fa-rocket", launch)] if launch else []
    context["header_buttons"] = [
        {"type": "group", "label": f"{label}-buttons", "tooltip": tip, "icon": icon}
        | {"buttons": group}
        for label, tip, icon, group in reversed(groups)
    ] + kept


def launches(config, pagename: str) -> list[dict]:
    """Where a page runs without an installation, for a repository of GitHub's.

    Binder opens the page itself in the students' edition, Colab its notebook from the
    branch of the site.
    """
    repository = config.edition_repository
    if not repository.startswith("https://github.com/"):
        return []
    name = repository.removeprefix("https://github.com/")
    binder = f"{BINDER}/{name}/{config.edition_branch}?urlpath=lab/tree/{pagename}.md"
    colab = f"{COLAB}/{name}/blob/{PAGES_BRANCH}/{FOLDER}/{pagename}.ipynb"
    logo = "_static/images/logo_{}"
    return [
        link("Binder", binder, logo.format("binder.svg"), "Run on Binder"),
        link("Colab", colab, logo.format("colab.png"), "Run on Colab"),
    ]


def setup(app):
    app.add_config_value("package_source", "", "html")
    app.add_config_value("edition_repository", "", "html")
    app.add_config_value("edition_branch", "", "html")
    app.connect("doctree-resolved", write, priority=950)
    app.connect("html-page-context", buttons, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
