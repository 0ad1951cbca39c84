"""What search engines and messengers are told of a page, and the list of all pages.

A page is described by its first paragraph. Where the book is published it has an
address, and then a card and a sitemap too.
"""

import html
from pathlib import Path

from docutils import nodes

LONGEST = 155
SHORTEST = 50
CARD = "_static/readme.png"


def description(doctree: nodes.document | None) -> str:
    """The first paragraph of a page that says something, cut at a word."""
    for paragraph in doctree.findall(nodes.paragraph) if doctree else []:
        text = " ".join(paragraph.astext().split())
        is_note = isinstance(paragraph.next_node(), nodes.emphasis)  # week, minutes
        is_text = isinstance(paragraph.parent, nodes.section) and not is_note
        if is_text and len(text) >= SHORTEST:
            short = text[: LONGEST + 1].rpartition(" ")[0]
            return text if len(text) <= LONGEST else short.rstrip(",;:.") + " …"
    return ""


def tag(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{html.escape(content)}">'


def describe(app, pagename, templatename, context, doctree):
    """Write the description into the head of a page, and its card if it has one."""
    title = " ".join(str(context.get("title", "")).split())
    said = description(doctree) or f"{title}: {app.config.html_title}"
    tags = [tag("name", "description", said)]
    if base := app.config.html_baseurl:
        card = {"title": title, "description": said, "type": "article"}
        card |= {"url": f"{base}{pagename}.html", "image": base + CARD}
        tags += [tag("property", f"og:{name}", text) for name, text in card.items()]
        tags += [tag("name", "twitter:card", "summary_large_image")]
    context["metatags"] = context.get("metatags", "") + "\n".join(tags)


def list_pages(app, error):
    """Write sitemap.xml, which needs the address of the book."""
    base = app.config.html_baseurl
    if error is None and app.builder.name == "html" and base:
        places = (
            f"<url><loc>{base}{name}.html</loc></url>" for name in app.env.found_docs
        )
        text = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        text += "".join(sorted(places)) + "</urlset>"
        (Path(app.outdir) / "sitemap.xml").write_text(text, "utf-8")


def setup(app):
    app.connect("html-page-context", describe)
    app.connect("build-finished", list_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
