"""A page as Markdown that any notebook shows: roles and directives as what they say.

It is written from the page as Sphinx has resolved it, so that numbers, names of works
and values of the run are there as text; links lead to the published site.
"""

import html
import re

from docutils import nodes
from tex import as_shown

ESCAPED = re.compile(r"([\\`*_$\[\]<])")
LANGUAGES = {"ipython3": "python", "ipython": "python", "myst-ansi": "text"}
SKIPPED = (nodes.target, nodes.comment, nodes.raw, nodes.image, nodes.system_message)
Piece = tuple[str, str | int]  # ("markdown", text) or ("code", index of the cell)


def is_cell(node: nodes.Node) -> bool:
    """Whether a node is a code cell with its output."""
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def fence(text: str, language: str) -> str:
    """A block of code between rows of backticks, longer than any inside of it."""
    row = "`" * (max(map(len, re.findall(r"`{3,}", text)), default=2) + 1)
    return f"{row}{LANGUAGES.get(language, language)}\n{text.rstrip()}\n{row}"


def indented(text: str, start: str) -> str:
    """A text whose first line begins with a mark, and whose others stand below it."""
    rest = " " * len(start)
    return (start + text.replace("\n", f"\n{rest}")).replace(f"\n{rest}\n", "\n\n")


def quoted(text: str) -> str:
    """A text with a rule at its side.

    >>> quoted("a\\n\\nb")
    '> a\\n>\\n> b'
    """
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def plain(node: nodes.Node) -> str:
    """A line of HTML, in which Markdown means nothing but formulas are set."""
    if isinstance(node, nodes.Text):
        return html.escape(str(node))
    if isinstance(node, nodes.math):
        return f"${html.escape(as_shown(node)[0].strip())}$"
    return "".join(map(plain, node.children))


class Writer:
    """Writes the blocks of one page.

    Parameters
    ----------
    numbers : dict
        Numbers of figures, equations and exercises of the page, by kind and anchor.
    address : callable
        Turns what a link points to into an address that works elsewhere, or "".
    """

    def __init__(self, numbers: dict, address):
        self.numbers, self.address, self.level = numbers, address, 0

    def number(self, kind: str, node: nodes.Element) -> str:
        """The number of a figure, an equation or an exercise, such as 3.2."""
        own = self.numbers.get(kind, {})
        return next((".".join(map(str, own[i])) for i in node["ids"] if i in own), "")

    def inline(self, node: nodes.Node) -> str:
        """Text within a line."""
        if isinstance(node, nodes.Text):
            return ESCAPED.sub(r"\\\1", str(node).replace("\n", " "))
        if isinstance(node, nodes.math):
            return f"${as_shown(node)[0].strip()}$"
        if isinstance(node, nodes.literal):
            return f"`{node.astext()}`"
        if isinstance(node, SKIPPED):
            return ""
        inner = "".join(map(self.inline, node.children))
        if isinstance(node, nodes.emphasis) and inner:
            return f"*{inner}*"
        if node.tagname == "Kept":
            return f"*({inner})*"
        if isinstance(node, nodes.strong) and inner:
            return f"**{inner.strip()}** " if inner.endswith(" ") else f"**{inner}**"
        if isinstance(node, nodes.reference):
            to = self.address(node)
            return f"[{inner}]({to})" if to and inner else inner
        return inner

    def blocks(self, parent: nodes.Element) -> list[Piece]:
        """Everything below a node, in order."""
        return [piece for child in parent.children for piece in self.block(child)]

    def text(self, parent: nodes.Element) -> str:
        """Everything below a node that has no code cell in it."""
        return "\n\n".join(str(text) for _, text in self.blocks(parent))

    def block(self, node: nodes.Node) -> list[Piece]:
        """One block; what is not known is written as what stands in it."""
        if isinstance(node, SKIPPED):
            return []
        if is_cell(node):
            return [("code", node["cell_index"]), *self.captions(node)]
        if isinstance(node, nodes.section):
            return self.section(node)
        if node.tagname == "Fold":
            return [("markdown", f"*{node['said']}*"), *self.blocks(node)]
        method = getattr(self, f"on_{node.tagname.lower()}", None)
        if method:
            return [("markdown", said)] if (said := method(node)) else []
        if isinstance(node, nodes.Text | nodes.Inline):
            said = self.inline(node).strip()
            return [("markdown", said)] if said else []
        return self.blocks(node)

    def section(self, node: nodes.section) -> list[Piece]:
        """A heading one level below the one above it, and what follows it."""
        self.level += isinstance(node[0], nodes.title)
        pieces = self.blocks(node)
        self.level -= isinstance(node[0], nodes.title)
        return pieces

    def captions(self, cell: nodes.Element) -> list[Piece]:
        """What the captions of a cell's figures say."""
        figures = cell.findall(nodes.figure)
        return [("markdown", self.on_figure(figure)) for figure in figures]

    def on_title(self, node):
        return f"{'#' * self.level} {self.inline_of(node)}"

    def inline_of(self, node) -> str:
        return "".join(map(self.inline, node.children)).strip()

    on_paragraph = on_caption = on_line = inline_of

    def on_rubric(self, node):
        return f"**{self.inline_of(node)}**"

    on_sd_tab_label = on_rubric

    def on_figure(self, node):
        caption = node.next_node(nodes.caption)
        said = "" if caption is None else self.inline_of(caption)
        return f"**Figure {self.number('figure', node)}.** {said}"

    def on_literal_block(self, node):
        return fence(node.astext(), node.get("language", ""))

    def on_math_block(self, node):
        tex, number = as_shown(node)[0].strip(), self.number("displaymath", node)
        tag = rf" \tag{{{number}}}" if number else ""
        return f"$$\n{tex}{tag}\n$$"

    def items(self, node, mark) -> str:
        starts = [mark(at) for at in range(len(node.children))]
        pairs = zip(starts, node.children, strict=True)
        return "\n".join(indented(self.text(item), start) for start, item in pairs)

    def on_bullet_list(self, node):
        return self.items(node, lambda at: "- ")

    def on_enumerated_list(self, node):
        return self.items(node, lambda at: f"{at + node.get('start', 1)}. ")

    def on_definition_list_item(self, node):
        names = ", ".join(self.inline_of(term) for term in node.findall(nodes.term))
        return f"**{names}**\n\n" + self.text(node.next_node(nodes.definition))

    def on_block_quote(self, node):
        return quoted(self.text(node))

    def on_admonition(self, node):
        return quoted(f"**{self.inline_of(node[0])}**\n\n{self.below_title(node)}")

    on_note = on_tip = on_warning = on_important = on_block_quote

    def below_title(self, node) -> str:
        return self.text(nodes.container("", *node.deepcopy()[1:]))

    def on_exercise_enumerable_node(self, node):
        name = f"Exercise {self.number('exercise', node)} {self.inline_of(node[0])}"
        return f"**{name.strip()}**\n\n{self.below_title(node)}"

    def on_solution_node(self, node):
        return self.folded(plain(node[0]), self.below_title(node))

    def folded(self, title: str, inner: str) -> str:
        return f"<details><summary>{title}</summary>\n\n{inner}\n\n</details>"

    def on_choose(self, node):
        return self.folded(node["said"], self.text(node))

    def on_answer(self, node):
        return self.folded(plain(node[0]), self.text(node[1]))

    def on_citation(self, node):
        label, *rest = node.children
        said = " ".join(self.inline_of(part) for part in rest)
        return f"- **{label.astext()}** {said}"

    def on_table(self, node):
        rows = [
            [self.text(entry).replace("\n\n", " ") for entry in row.children]
            for row in node.findall(nodes.row)
        ]
        rule = ["---"] * len(rows[0])
        lines = [f"| {' | '.join(row)} |" for row in [rows[0], rule, *rows[1:]]]
        title = node.next_node(nodes.title)
        start = f"**{self.inline_of(title)}**\n\n" if title is not None else ""
        return start + "\n".join(lines)
