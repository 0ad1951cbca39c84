"""The page for an address that the book does not have.

It is shown wherever the address points, so its own links start at the top of the host;
`site_path` says where there the book begins.
"""

import re
from pathlib import Path

TITLE = "Page not found"
BODY = f"""<section id="page-not-found"><h1>{TITLE}</h1>
<p>The book has no page at this address. <a href="search.html">Search</a> for it, look
into <a href="genindex.html">the index</a>, or begin at
<a href="{{root}}.html">the first page</a>.</p></section>"""
OWN = re.compile(
    r'((?:href|src|action|data-content_root)=")(?![a-z]+:|[#/"])(?:\./)?', re.IGNORECASE
)


def from_the_top(html: str, path: str) -> str:
    """Let each link of a page at the top of the site work from everywhere.

    >>> from_the_top('<a href="a/b.html"><a href="#b"><a href="https://c.org">', "/x/")
    '<a href="/x/a/b.html"><a href="#b"><a href="https://c.org">'
    """
    return OWN.sub(lambda found: found[1] + path, html)


def collect(app):
    """Add the page to those that Sphinx writes."""
    body = BODY.format(root=app.config.root_doc)
    yield "404", {"title": TITLE, "body": body}, "page.html"


def finish(app, error):
    """Make its links independent of where it is shown."""
    file = Path(app.outdir) / "404.html"
    if error is None and app.builder.format == "html" and file.exists():
        html = from_the_top(file.read_text("utf-8"), app.config.site_path)
        file.write_text(html, "utf-8")


def setup(app):
    app.add_config_value("site_path", "/", "html")
    app.connect("html-collect-pages", collect)
    app.connect("build-finished", finish, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
