"""Terms are linked where they are first used, and links to terms and works explain.

Pages of a week are read in their order: a term is linked where the book first uses it,
and again on a page two weeks later. Other pages are looked things up in, and link what
they use. What a link explains stands in a `<template>` of its page; `tips.js` shows it
on hover and on focus.
"""

import html
import re

from docutils import nodes
from mathml import shown
from sphinx import addnodes

NOTE, WEEK, USED = "definitions", "week", "terms used"
WEEK_OF = re.compile(r"(?<!before )\bweek (\d+)", re.IGNORECASE)
AGAIN = 2  # weeks after which a term is linked once more
PLAIN = re.compile(r"\A[a-z]")
SILENT = (
    *(nodes.title, nodes.caption, nodes.reference, nodes.literal, nodes.math),
    *(nodes.literal_block, nodes.math_block, nodes.raw, nodes.comment, nodes.label),
    *(nodes.citation, nodes.footnote, nodes.term, nodes.rubric),
)
WITHOUT = {"algorithms", "glossary", "notation", "api", "bibliography", "page_costs"}
EVERYDAY = {  # mostly said in their ordinary sense: linked by hand where they are terms
    *("association", "batch", "coda", "epoch", "forecast", "kernel", "label"),
    *("margin", "nominal", "phase", "pick", "pooling", "precision", "recall"),
    *("ridge", "slack", "weight"),
}
LINK = re.compile(r'href="([^"#]*)#([^"]+)"')


def forms(term: str) -> str:
    """A pattern for a term in the singular and the plural.

    >>> [bool(re.fullmatch(forms("S wave"), text)) for text in ("S waves", "s wave")]
    [True, False]
    >>> bool(re.fullmatch(forms("accuracy"), "Accuracies"))
    True
    """
    text = re.escape(term).replace(r"\ ", r"\s")
    stem = rf"{text[:-1]}(?:y|ies)" if term.endswith("y") else rf"{text}(?:s|es)?"
    return rf"(?i:{stem})" if PLAIN.match(term) else stem


def definition_html(node: nodes.Node) -> str:
    """A definition as it is shown beside a link: its words and formulas, no links."""
    if isinstance(node, nodes.math):
        return shown(node)
    if isinstance(node, nodes.Text):
        return html.escape(str(node))
    inner = "".join(map(definition_html, node.children))
    return f"<em>{inner}</em>" if isinstance(node, nodes.emphasis) else inner


def week_of(head: str) -> int | None:
    """The week that a page says it belongs to, in its first words.

    >>> week_of("Week 3 of the syllabus."), week_of("Before week 1."), week_of("None")
    (3, None, None)
    """
    found = WEEK_OF.search(head[:600])
    return int(found[1]) if found else None


def note_uses(app, doctree):
    """Keep the week of a page, its prose, and the terms that it links by hand."""
    note = app.env.metadata[app.env.docname]
    paragraph = doctree.next_node(nodes.paragraph)
    note[WEEK] = None if paragraph is None else week_of(paragraph.astext())
    texts = [str(part) for part in prose(doctree) if may_be_linked(part)]
    by_hand = [
        node["reftarget"]
        for node in doctree.findall(addnodes.pending_xref)
        if node.get("reftype") == "term"
    ]
    note[USED] = ["\n".join(texts), by_hand]


def note_definitions(app, doctree):
    """Keep what a glossary says of each of its terms."""
    found = {}
    for glossary in doctree.findall(addnodes.glossary):
        for item in glossary.findall(nodes.definition_list_item):
            said = " ".join(
                definition_html(part)
                for part in item.findall(nodes.paragraph)
                if part.parent.parent is item
            )
            for term in item.findall(nodes.term):
                found |= {name: [term.astext(), said] for name in term["ids"]}
    if found:
        app.env.metadata[app.env.docname][NOTE] = found


def terms_of(env) -> dict[str, tuple[str, str]]:
    """The page and the anchor of each term that is linked of itself."""
    return {
        text: (docname, name)
        for docname in env.found_docs
        for name, (text, _) in env.metadata[docname].get(NOTE, {}).items()
        if text not in EVERYDAY
    }


def prose(node: nodes.Node):
    """Yield the texts of a page that may be linked, and its links to terms."""
    for child in node.children:
        if isinstance(child, nodes.reference | nodes.Text):
            yield child
        elif not isinstance(child, SILENT) and "sd-card" not in child["classes"]:
            yield from prose(child)


def may_be_linked(part: nodes.Node) -> bool:
    """Whether a text is one in which terms are linked."""
    kinds = nodes.paragraph | nodes.emphasis | nodes.strong
    return isinstance(part, nodes.Text) and isinstance(part.parent, kinds)


def pattern_of(names: list[str]) -> re.Pattern:
    """A pattern for all terms, the longest first; its groups are t0, t1 and so on."""
    groups = "|".join(f"(?P<t{at}>{forms(name)})" for at, name in enumerate(names))
    return re.compile(rf"(?<![\w-])(?:{groups})(?![\w-])")


def in_order(env, docname: str) -> list[str]:
    """The pages from one on, as the table of contents lists them."""
    inner = env.toctree_includes.get(docname, [])
    return [docname, *(name for page in inner for name in in_order(env, page))]


def planned(env) -> dict[str, set[str]]:
    """The terms, by anchor, that each page of a week may link."""
    terms = terms_of(env)
    if not terms:
        return {}
    names = sorted(terms, key=len, reverse=True)
    pattern, last, plan = pattern_of(names), {}, {}
    pages = [name for name in in_order(env, env.config.root_doc)
             if env.metadata[name].get(WEEK) is not None]  # fmt: skip
    for docname in sorted(pages, key=lambda name: env.metadata[name][WEEK]):
        week, (text, by_hand) = env.metadata[docname][WEEK], env.metadata[docname][USED]
        used = {names[int(found.lastgroup[1:])] for found in pattern.finditer(text)}
        due = {
            terms[name][1]
            for name in used | {*by_hand} & {*terms}
            if week - last.get(terms[name][1], -AGAIN) >= AGAIN
        }
        last |= dict.fromkeys(due, week)
        plan[docname] = due
    return plan


def link_first_uses(app, doctree, docname):
    """Link each term where a page first uses it, unless it does so by hand."""
    terms = terms_of(app.env)
    if not terms or WITHOUT & set(docname.split("/")):
        return
    names = sorted(terms, key=len, reverse=True)
    pattern = pattern_of(names)
    due = app.env.terms_due.get(docname)
    seen = set() if due is None else {name for _, name in terms.values()} - due
    for part in list(prose(doctree)):
        if isinstance(part, nodes.reference):
            seen.add(part.get("refuri", "").rpartition("#")[2])
        elif may_be_linked(part):
            link_in(part, pattern, names, terms, seen, app.builder, docname)


def link_in(text, pattern, names, terms, seen, builder, docname) -> None:
    """Put links into one text, for the terms that were not seen before."""
    parts, end = [], 0
    for found in pattern.finditer(text):
        page, name = terms[names[int(found.lastgroup[1:])]]
        if name in seen:
            continue
        seen.add(name)
        uri = f"{builder.get_relative_uri(docname, page)}#{name}"
        inline = nodes.inline("", found[0], classes=["xref", "std", "std-term"])
        link = nodes.reference("", "", inline, internal=True, refuri=uri)
        parts += [nodes.Text(text[end : found.start()]), link]
        end = found.end()
    if parts:
        rest = [part for part in [*parts, nodes.Text(text[end:])] if part.astext()]
        text.parent.replace(text, rest)


def works(env) -> dict[str, str]:
    """What the bibliographies say, by page and anchor."""
    return {
        f"{one.bibliography_key.docname}#{one.citation_id}": one
        for one in env.get_domain("cite").citations
    }


def explain(app, pagename, templatename, context, doctree):
    """Lay what the links of a page explain into the page."""
    if doctree is None:
        return
    env, said = app.env, {}
    pages = {
        app.builder.get_relative_uri(pagename, name): name for name in env.found_docs
    }
    known = works(env)
    for address, name in LINK.findall(context["body"]):
        page = pages.get(html.unescape(address))
        if page is None or page == pagename:
            continue
        if name in env.metadata[page].get(NOTE, {}):
            text, definition = env.metadata[page][NOTE][name]
            said[name] = f"<strong>{html.escape(text)}</strong> {definition}"
        elif f"{page}#{name}" in known:
            entry = known[f"{page}#{name}"].formatted_entry
            said[name] = html.escape(entry.text.render_as("text"))
    tips = "".join(f'<p data-tip="{name}">{text}</p>' for name, text in said.items())
    if tips:
        context["body"] += f'<template id="tips">{tips}</template>'


def note_change(app, env, added, changed, removed):
    """Remember whether a page with definitions is read anew."""
    app.terms_changed = any(env.metadata[name].get(NOTE) for name in changed | removed)
    return []


def rewrite(app, env):
    """Write every page anew whose links may explain something else, or are others."""
    before, env.terms_due = getattr(env, "terms_due", {}), planned(env)
    if app.terms_changed:
        return list(env.found_docs)
    return [name for name in env.terms_due if env.terms_due[name] != before.get(name)]


def setup(app):
    app.connect("env-get-outdated", note_change)
    app.connect("env-get-updated", rewrite)
    app.connect("doctree-read", note_definitions)
    app.connect("doctree-read", note_uses)
    app.connect("doctree-resolved", link_first_uses)
    app.connect("html-page-context", explain)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
