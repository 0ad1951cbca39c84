"""Mathematics read as the reader's browser will: TeX to MathML, faults named.

MathJax's own parser, of the pinned package sphinx-mathjax-offline, runs in V8 inside
this process (mini-racer): no Node, no network. Unlike in a browser, an unknown macro
is a fault and not red text.
"""

import atexit
import functools
import json
import os
from importlib.metadata import files
from pathlib import Path

from docutils import nodes
from page_rules import place
from py_mini_racer import MiniRacer, init_mini_racer
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)

SCRIPTS = ["loader.js", "core.js", "adaptors/liteDOM.js", "input/tex-full.js"]
PREPARE = "var MathJax = {startup: {typeset: false}, loader: {load: []}};"
CONVERTER = r"""
const {TeX} = MathJax._.input.tex_ts, {STATE} = MathJax._.core.MathItem;
const {liteAdaptor} = MathJax._.adaptors.liteAdaptor;
const {SerializedMmlVisitor} = MathJax._.core.MmlTree.SerializedMmlVisitor;
MathJax._.handlers.html_ts.RegisterHTMLHandler(liteAdaptor());
const InputJax = new TeX({
  packages: ["base", "ams", "boldsymbol", "cancel", "mathtools", "textmacros"],
  formatError(jax, fault) { throw fault; },
});
const page = MathJax._.mathjax.mathjax.document("", {InputJax});
const visitor = new SerializedMmlVisitor();
function mathml(tex, display) {
  InputJax.reset();
  try {
    const tree = page.convert(tex, {display, end: STATE.CONVERT});
    return JSON.stringify({mathml: visitor.visitTree(tree)});
  } catch (fault) {
    return JSON.stringify({fault: fault.message});
  }
}
"""


def mathjax_folder() -> Path:
    """The folder in which the package sphinx-mathjax-offline keeps its scripts."""
    for file in files("sphinx-mathjax-offline") or []:
        if file.name == "tex-chtml.js":
            return Path(file.locate()).parent
    raise FileNotFoundError("sphinx-mathjax-offline holds no tex-chtml.js")


class TexError(ValueError):
    """A formula that cannot be typeset; the message says why."""


@functools.cache
def engine(process: int) -> MiniRacer:
    """MathJax, ready to parse, in the process of that number.

    Each process has its own: an engine that was made before a fork hangs in the child.
    """
    init_mini_racer(ignore_duplicate_init=True)
    racer = MiniRacer()
    atexit.register(racer.close)  # left to the interpreter's end, it may wait for ever
    racer.eval(PREPARE)
    for name in SCRIPTS:
        racer.eval((mathjax_folder() / name).read_text("utf-8"))
    racer.eval(CONVERTER)
    return racer


def mathml(tex: str, display: bool) -> str:
    """Turn a formula into MathML.

    Parameters
    ----------
    tex : str
        What stands between the dollars, or in a ``{math}`` directive.
    display : bool
        Whether it stands on a line of its own.

    Returns
    -------
    str
        One ``<math>`` element.

    Raises
    ------
    TexError
        If MathJax cannot read it; the message is MathJax's reason.
    """
    # `call` would do, and takes ten times as long
    said = engine(os.getpid()).eval(f"mathml({json.dumps(tex)}, {json.dumps(display)})")
    answer = json.loads(said)
    if "fault" in answer:
        raise TexError(answer["fault"])
    return answer["mathml"]


def as_shown(node: nodes.math | nodes.math_block) -> tuple[str, bool]:
    """The TeX of a node as it reaches the reader, and whether it is displayed.

    Sphinx lets lines be broken and aligned in a displayed formula without a word of
    LaTeX: it wraps what has a double backslash into ``split``, and paragraphs into
    ``aligned``.
    """
    tex = node.astext()
    if isinstance(node, nodes.math) or node.get("nowrap"):
        return tex, isinstance(node, nodes.math_block)
    parts = [part for part in tex.split("\n\n") if part.strip()]
    lines = [rf"\begin{{split}}{p}\end{{split}}" if r"\\" in p else p for p in parts]
    if len(lines) < 2:
        return "".join(lines), True
    return r"\begin{aligned}" + r"\\".join(lines) + r"\end{aligned}", True


def formula_faults(doctree):
    """Yield each formula that cannot be typeset, with the reason."""
    for kind in (nodes.math, nodes.math_block):
        for node in doctree.findall(kind):
            try:
                mathml(*as_shown(node))
            except TexError as reason:
                yield node, f"the formula {node.astext()!r} is faulty: {reason}"


def check(app, doctree, docname):
    for node, fault in formula_faults(doctree):
        LOGGER.warning(fault, location=place(app.env, node, docname))


def setup(app):
    app.connect("doctree-resolved", check, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
