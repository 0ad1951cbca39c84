"""The book's quizzes: each answer is a button that opens its own explanation.

A ``{quiz}`` directive holds a question, then a definition list of its answers::

    :::{quiz}
    Which sample changes the weights of a perceptron?

    [x] The one it gets wrong.
    : The error is zero for every other sample.

    [ ] The one farthest from the boundary.
    : Distance plays no role in the rule.
    :::

It becomes ``<details>`` elements: no script, no server, at home with a keyboard and a
screen reader, and open on paper. ``_static/drive.js`` remembers, in the reader's own
browser, which of them were opened.
"""

import hashlib
import re

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

MARK = re.compile(r"^\[([ x])\]\s+")


class Quiz(nodes.General, nodes.Element):
    """One question with its answers."""


class Answer(nodes.General, nodes.Element):
    """One answer: a term that is clicked and the explanation that then shows."""


class QuizDirective(SphinxDirective):
    """A question and its explained answers."""

    has_content = True

    def run(self):
        box = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, box)
        text = "\n".join(self.content)
        quiz = Quiz("", key=hashlib.sha256(text.encode()).hexdigest()[:8])
        for child in box.children:
            if isinstance(child, nodes.definition_list):
                quiz += [self.answer(item) for item in child.children]
            else:
                quiz += child
        answers = list(quiz.findall(Answer))
        if len(answers) < 2 or not any(answer["right"] for answer in answers):
            raise self.error("a quiz needs two answers or more, and a right one: [x]")
        return [quiz]

    def answer(self, item):
        term, explanation = item.children[0], item.children[-1]
        mark = MARK.match(term.astext())
        if not mark or not isinstance(explanation, nodes.definition):
            raise self.error("an answer begins with [x] or [ ] and has an explanation")
        first = next(term.findall(nodes.Text))
        first.parent.replace(first, nodes.Text(MARK.sub("", first.astext())))
        right = mark[1] == "x"
        verdict = nodes.strong("", "Right. " if right else "No. ")
        explanation.children[0].insert(0, verdict)
        node = Answer("", right=right)
        node += nodes.inline("", "", *term.children, classes=["quiz-choice"])
        node += nodes.container("", *explanation.children)
        return node


def visit_quiz(self, node):
    self.body.append(f'<div class="quiz" data-key="{node["key"]}">\n')


def depart_quiz(self, node):
    self.body.append("</div>\n")


def visit_answer(self, node):
    kind = "right" if node["right"] else "wrong"
    self.body.append(f'<details class="quiz-answer {kind}"><summary>')
    node.children[0].walkabout(self)
    self.body.append("</summary>\n")
    node.children[1].walkabout(self)
    self.body.append("</details>\n")
    raise nodes.SkipNode


def setup(app):
    app.add_node(Quiz, html=(visit_quiz, depart_quiz))
    app.add_node(Answer, html=(visit_answer, None))
    app.add_directive("quiz", QuizDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
