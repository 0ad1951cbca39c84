"""One style sheet and one script for the whole site, with what its pages use.

The theme and the extensions bring a dozen style sheets and scripts. All scripts
become one that runs when the page has been read; of Bootstrap's, which the theme
loads for one menu and the mark in the list of sections, `book.js` does both. Of the
style sheets those rules are kept that some page, or some script, can call for; icons
are drawn from the theme's font.
"""

import re
from pathlib import Path

import tinycss2
from icons import icon_rules

THEME = Path("_static/styles")
THEME_SHEETS = ["theme.css", "bootstrap.css", "pydata-sphinx-theme.css"]
THEME_SCRIPTS = ["pydata-sphinx-theme.js", "sphinx-book-theme.js"]
SHEET, SCRIPT = "_static/site.css", "_static/site.js"
WORD = re.compile(r"[A-Za-z_][\w-]*")
NAMES = re.compile(r'<([a-z][\w-]*)|\s(?:class|id|type|role)="([^"]*)"')
NEEDED = re.compile(r"[A-Za-z_][\w-]*")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]")
PSEUDO = re.compile(r"::?[\w-]+")
LEFT_OUT = {"charset", "import"}  # what would be imported is part of the sheet
COMMENT = re.compile(r"^\s*(?://.*|/\*(?!!)[\s\S]*?\*/\s*$)\n?", re.MULTILINE)
LOADED = re.compile(r"_static/([^\"'?#)\s&]+)")


def names_used(html: str) -> set[str]:
    """Elements, classes and identifiers of a page.

    >>> sorted(names_used('<p class="a b-c" id="d">e</p>'))
    ['a', 'b-c', 'd', 'p']
    """
    return {word for pair in NAMES.findall(html) for word in "".join(pair).split()}


def can_match(selector: str, used: set[str]) -> bool:
    """Say whether all that a selector asks for outside of brackets is used.

    >>> can_match("ul.toc > li:not(.x)", {"ul", "toc", "li"}), can_match("ol", {"ul"})
    (True, False)
    """
    while (shorter := BRACKETS.sub("", selector)) != selector:
        selector = shorter
    return set(NEEDED.findall(PSEUDO.sub("", selector))) <= used


def split(selectors: str) -> list[str]:
    """Part a list of selectors at its outer commas.

    >>> split("a, b:is(c, d)")
    ['a', 'b:is(c, d)']
    """
    parts, depth = [""], 0
    for letter in selectors:
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def kept(rules, used: set[str]) -> str:
    """The rules of a style sheet that can match, as text."""
    text = []
    for rule in rules:
        if rule.type == "qualified-rule":
            parts = split(tinycss2.serialize(rule.prelude))
            parts = [part for part in parts if can_match(part, used)]
            if parts:
                text.append(f"{','.join(parts)}{{{tinycss2.serialize(rule.content)}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword in {"media", "supports"}:
            inner = kept(tinycss2.parse_rule_list(rule.content, True, True), used)
            if inner:
                prelude = tinycss2.serialize(rule.prelude)
                text.append(f"@{rule.at_keyword}{prelude}{{{inner}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword not in LEFT_OUT:
            text.append(rule.serialize())
    return "\n".join(text)


def lean_sheet(css: str, used: set[str]) -> str:
    """A style sheet without the rules that nothing calls for, on one line."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return re.sub(r"\s+", " ", kept(rules, used))


def is_idle(text: str) -> bool:
    """What would run on every page and serves none: Thebe, the name of the page."""
    return "thebe" in text.lower() or "DOCUMENTATION_OPTIONS.pagename" in text


def file_names(files) -> list[str]:
    """The files of the site among style sheets or scripts, in their order."""
    files = sorted(files, key=lambda file: file.priority)
    names = [str(file.filename) for file in files if file.filename]
    return [name for name in dict.fromkeys(names) if not is_idle(name)]


def spoken(files) -> str:
    """What scripts say that have no file of their own."""
    bodies = [file.attributes.get("body") or "" for file in files if not file.filename]
    return "\n".join(dict.fromkeys(body for body in bodies if not is_idle(body)))


def read(site: Path, names: list[str]) -> str:
    paths = [site / name for name in names]
    return "\n".join(path.read_text("utf-8") for path in paths if path.exists())


def sheets(app) -> str:
    """All style sheets of the theme, the extensions and the book, in their order."""
    names = file_names(app.builder._css_files)
    names = [name for name in names if "fontawesome" not in name]
    return read(Path(app.outdir), [str(THEME / name) for name in THEME_SHEETS] + names)


def scripts(app) -> str:
    """All scripts: what they are told, the extensions', the book's, the theme's."""
    site, files = Path(app.outdir), app.builder._js_files
    theme = [f"_static/scripts/{name}" for name in THEME_SCRIPTS]
    names = [name for name in file_names(files) if name not in theme]
    return f"{spoken(files)}\n{read(site, names + theme)}"


def drop_the_rest(static: Path, text: str) -> None:
    """Remove what Sphinx and its extensions copied and no page loads."""
    loaded = {static / name for name in LOADED.findall(text)}
    for path in sorted(static.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        elif path.is_file() and path not in loaded:
            path.unlink()


def bundle(app, error):
    """Write the one style sheet and the one script when all pages are written."""
    if error is not None or app.builder.format != "html":
        return
    site = Path(app.outdir)
    written = [
        path for path in site.rglob("*.html") if site / "_static" not in path.parents
    ]
    pages = "\n".join(path.read_text("utf-8") for path in written)
    script = COMMENT.sub("", scripts(app))
    css = sheets(app) + icon_rules(pages + script)
    used = names_used(pages) | set(WORD.findall(script))
    (site / SCRIPT).write_text(script, "utf-8")
    (site / SHEET).write_text(lean_sheet(css, used), "utf-8")
    drop_the_rest(site / "_static", pages + (site / SHEET).read_text("utf-8"))


def unlink(app, pagename, templatename, context, doctree):
    """Let a page load nothing else; the two stand in the template of the theme."""
    context["css_files"], context["script_files"] = [], []


def setup(app):
    app.connect("html-page-context", unlink, priority=1000)
    app.connect("build-finished", bundle, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
