"""Pages that need no network: MathJax from the site itself, no unused scripts."""

from importlib.metadata import files
from pathlib import Path

from sphinx.util.fileutil import copy_asset

MATHJAX = [
    "mathjax/tex-chtml.js",
    "mathjax/input/tex/extensions",
    "mathjax/output/chtml/fonts",
]


def mathjax_folder() -> Path:
    """The folder in which the package sphinx-mathjax-offline keeps its scripts."""
    for file in files("sphinx-mathjax-offline") or []:
        if file.name == "tex-chtml.js":
            return Path(file.locate()).parent.parent
    raise FileNotFoundError("sphinx-mathjax-offline holds no tex-chtml.js")


def copy_mathjax(app, error):
    if error is None and app.builder.format == "html":
        static = Path(app.outdir) / "_static"
        for asset in MATHJAX:
            target = static / asset
            folder = target if not target.suffix else target.parent
            copy_asset(mathjax_folder() / asset, folder)


def is_thebe(script) -> bool:
    body = getattr(script, "attributes", {}).get("body") or ""
    return "thebe" in f"{getattr(script, 'filename', script)}{body}".lower()


def drop_thebe(app, pagename, templatename, context, doctree):
    """Leave Thebe out, which is loaded on every page though nothing here uses it."""
    for kind in ("script_files", "css_files"):
        context[kind] = [item for item in context[kind] if not is_thebe(item)]


def setup(app):
    app.connect("html-page-context", drop_thebe, priority=900)
    app.connect("build-finished", copy_mathjax)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
