"""Below a checked exercise: how a notebook checks it, and a line to choose when stuck.

``{choose}`` names an exercise and one of its functions::

    :::{choose} linear_regression design_matrix
    :::

What it shows is the package's `open_line`: the reference solution with one line open,
the listed mistakes beside the right line. It is folded, and works without a script.
"""

from docutils import nodes
from quiz import Answer, Quiz
from sphinx.util.docutils import SphinxDirective

from mlearth.checks import find_exercise
from mlearth.checks.lines import OPEN, open_line

SAID = "Stuck? Choose the line."


class Choose(nodes.General, nodes.Element):
    """The folded choice of a line."""


class ChooseDirective(SphinxDirective):
    """The check of one function in a notebook, and its open line."""

    required_arguments = 2
    has_content = False

    def run(self):
        name, function = self.arguments
        try:
            exercise = find_exercise(name)
            opened = open_line(exercise, function)
        except ValueError as fault:
            raise self.error(str(fault)) from None
        self.env.note_dependency(str(exercise.solution))
        self.env.note_dependency(str(exercise.wrong_answers))
        call = f'mlearth.check("{name}", {function}={function})'
        line = nodes.paragraph("", "In a notebook: ", nodes.literal("", call))
        quiz = Quiz("", key=f"{name}-{function}")
        quiz += nodes.paragraph("", "", nodes.Text("Which line stands at "))
        quiz[0] += [nodes.literal("", OPEN), nodes.Text("?")]
        quiz += [answer(option) for option in opened.options]
        fold = Choose("", said=SAID)
        fold += nodes.literal_block(opened.code, opened.code, language="python")
        fold += quiz
        return [line, fold]


def answer(option):
    """One line, with what it does below it."""
    verdict = nodes.strong("", "Right. " if option.right else "No. ")
    node = Answer("", right=option.right)
    code = nodes.literal("", option.code)
    node += nodes.inline("", "", code, classes=["quiz-choice"])
    told = nodes.paragraph("", "", verdict, nodes.Text(option.because))
    node += nodes.container("", told)
    return node


def visit_choose(self, node):
    self.body.append(f'<details class="choose"><summary>{node["said"]}</summary>\n')


def depart_choose(self, node):
    self.body.append("</details>\n")


def setup(app):
    app.add_node(Choose, html=(visit_choose, depart_choose))
    app.add_directive("choose", ChooseDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
