"""Predictions: the reader answers before the result unfolds.

A ``{predict}`` directive holds a question, its choices, and what is said of the result.
Its argument names the figure that unfolds with it, further down the page::

    :::{predict} fig-thirty-fits
    At which degree is the error least?

    [ ] 1
    [x] 3
    [ ] 9

    It is least at degree {glue:text}`best_degree`.
    :::

In place of choices there may be a number: ``:slider: 50 100 5 %`` asks for one from
50 to 100 in steps of 5, with its unit. The result is a ``<details>`` element, which
opens without a script, and on paper; ``_static/drive.js`` opens it once the reader has
answered, and keeps the answer in the reader's own browser.
"""

import hashlib
import re
from html import escape
from types import MappingProxyType

from docutils import nodes
from figure_rules import ancestor
from quiz import MARK
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

LOGGER = logging.getLogger(__name__)
SLIDER = re.compile(r"(-?[\d.]+) (-?[\d.]+) ([\d.]+)(?: (\S.*))?$")


class Prediction(nodes.General, nodes.Element):
    """A question with its choices or its slider."""


class Choice(nodes.General, nodes.Element):
    """One of the choices, to be picked."""


class Slider(nodes.General, nodes.Element):
    """A number to be chosen."""


class Result(nodes.General, nodes.Element):
    """What unfolds once the reader has answered."""


class Predict(SphinxDirective):
    """A question that is answered before its result is seen."""

    has_content = True
    optional_arguments = 1
    option_spec = MappingProxyType({"slider": str.strip})

    def run(self):
        lines = list(self.content)
        marked, slider = self.asked(lines)
        blank = next((k for k, one in enumerate(lines) if not one.strip()), len(lines))
        begin, end = (marked[0], marked[-1] + 1) if marked else (blank, blank)
        key = hashlib.sha256("\n".join(lines[:end]).encode()).hexdigest()[:8]
        question = Prediction("", *self.parsed(0, begin), key=key)
        result = Result("", *self.parsed(end, len(lines)), key=key)
        result["figure"] = nodes.make_id(self.arguments[0]) if self.arguments else ""
        if slider:
            question += Slider("", key=key, values=slider.groups(""))
        for number, k in enumerate(marked):
            right = lines[k].startswith("[x]")
            words = self.words(lines[k], k)
            question += Choice("", *words, key=key, number=number, right=right)
            if right:
                answer = nodes.strong("", "", *self.words(lines[k], k))
                result.insert(0, nodes.paragraph("", "", answer))
        return [question, result]

    def asked(self, lines: list[str]) -> tuple[list[int], re.Match | None]:
        """The lines that are choices, or else what the slider is to be."""
        if any(line.startswith(":slider:") for line in lines):
            raise self.error("the :slider: of a prediction is its first line")
        marked = [k for k, line in enumerate(lines) if MARK.match(line)]
        slider = SLIDER.match(self.options.get("slider", ""))
        right = [k for k in marked if lines[k].startswith("[x]")]
        if bool(slider) == bool(marked) or (marked and len(right) != 1):
            raise self.error(
                "a prediction has choices, one of them right: [x], or a :slider: "
                "from, to, step and unit"
            )
        if marked and marked != list(range(marked[0], marked[-1] + 1)):
            raise self.error("the choices of a prediction stand line below line")
        return marked, slider

    def parsed(self, begin: int, end: int) -> list:
        """The nodes of some lines of the directive."""
        box = nodes.Element()
        self.state.nested_parse(
            self.content[begin:end], self.content_offset + begin, box
        )
        return box.children

    def words(self, line: str, number: int) -> list:
        """The nodes of a choice, without its mark."""
        text = MARK.sub("", line)
        found, said = self.state.inline_text(text, self.lineno + number)
        return found + said


def visit_prediction(self, node):
    question = f"ask-{node['key']}"
    kind = "group" if list(node.findall(Slider)) else "radiogroup"
    self.body.append(
        f'<div class="predict" data-key="{node["key"]}" role="{kind}" '
        f'aria-labelledby="{question}">\n<div id="{question}">'
    )
    for child in node.children:
        if isinstance(child, Slider | Choice):
            break
        child.walkabout(self)
    self.body.append("</div>\n")
    for child in node.findall(lambda one: isinstance(one, Slider | Choice)):
        child.walkabout(self)
    self.body.append(
        '<p><button type="button" hidden>Show the result</button> '
        '<output aria-live="polite"></output></p></div>\n'
    )
    raise nodes.SkipNode


def visit_choice(self, node):
    right = " data-right" * node["right"]
    self.body.append(
        f'<label><input type="radio" name="say-{node["key"]}" '
        f'value="{node["number"]}"{right} autocomplete="off"> <span>'
    )


def depart_choice(self, node):
    self.body.append("</span></label>\n")


def visit_slider(self, node):
    low, high, step, unit = node["values"]
    middle = f"{(float(low) + float(high)) / 2:g}"
    said = escape(f"{middle} {unit}".strip())
    self.body.append(
        f'<p class="predict-slider"><input type="range" min="{low}" max="{high}" '
        f'step="{step}" value="{middle}" aria-labelledby="ask-{node["key"]}" '
        f'aria-valuetext="{said}" data-unit="{escape(unit)}" autocomplete="off"> '
        f'<span aria-hidden="true">{said}</span></p>\n'
    )
    raise nodes.SkipNode


def visit_result(self, node):
    self.body.append(
        f'<details class="predicted" id="result-{node["key"]}">'
        "<summary>The result</summary>\n"
    )


def depart_result(self, node):
    self.body.append("</details>\n")


def cell_of(doctree, name: str):
    """The cell whose output is the figure of that name, or the figure itself."""
    for figure in doctree.findall(nodes.figure):
        if name in figure["ids"]:
            cell = figure
            while cell is not None and cell.get("nb_element") != "cell_code":
                cell = ancestor(cell.parent, nodes.container)
            return figure if cell is None else cell
    return None


def unfold_figures(app, doctree, docname):
    """Bring each result to the figure that it unfolds, and the figure into it."""
    for result in list(doctree.findall(Result)):
        if not result["figure"]:
            continue
        cell = cell_of(doctree, result["figure"])
        if cell is None:
            message = "a prediction unfolds no figure of this page: %s"
            LOGGER.warning(message, result["figure"], location=docname)
            continue
        result.parent.remove(result)
        cell.replace_self(result)
        result.insert(0, cell)


def setup(app):
    app.add_node(Prediction, html=(visit_prediction, None))
    app.add_node(Choice, html=(visit_choice, depart_choice))
    app.add_node(Slider, html=(visit_slider, None))
    app.add_node(Result, html=(visit_result, depart_result))
    app.add_directive("predict", Predict)
    app.connect("doctree-resolved", unfold_figures, priority=940)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
