"""What no page may hold is named: other hosts, faulty formulas, silent links."""

import re
import subprocess
import sys
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from myst_parser.parsers.docutils_ import Parser
from planted_book import ROOT, build, page, plant

sys.path.insert(0, str(ROOT / "book/_ext"))
import figure_rules
import page_rules
import tex

SETTINGS = {
    "myst_enable_extensions": ["dollarmath", "amsmath", "colon_fence"],
    "report_level": 5,
    "doctitle_xform": False,  # as Sphinx has it
}
FAULTS = {
    "image": ("![A hill](https://a.example/b.png)", "image https://a.example/b.png"),
    "figure": (
        "```{figure} //a.example/b.png\n:alt: A hill\n```",
        "image //a.example/b.png",
    ),
    "img": ('<img src="https://a.example/b" alt="A hill">', "<img> loads https://a.ex"),
    "inline_img": ('See <img src="//a.example/b" alt="A hill">.', "<img> loads //a.ex"),
    "script": ('<script src="https://a.example/b.js"></script>', "<script> loads http"),
    "iframe": ('<iframe src="https://a.example/b"></iframe>', "<iframe> loads https:"),
    "sheet": ('<link rel="stylesheet" href="//a.example/b.css">', "<link> loads //a.e"),
    "import": ("<style>@import '//a.example/b.css';</style>", "<style> loads //a.exa"),
    "raw": (
        "```{raw} html\n<video src='https://a.example/b'></video>\n```",
        "<video> loads https://a.example/b",
    ),
    "estimator": ('<div id="sk-container-id-1"></div>', "shows an estimator, which"),
    "no_alt": ('<img src="b.png">', "<img> has no alt text"),
    "script_link": ('<a href="JavaScript:f()">b</a>', "<a> runs a script"),
    "second_title": ("# Another title", "second first-level heading: 'Another title'"),
    "html_title": ("<h1>Another title</h1>", "second first-level heading"),
    "no_host": ("See [this](https://).", "the link https:// leads to no host"),
    "silent_link": ("See [](https://a.example/b).", "link to https://a.example/b has"),
    "blank": ("See [this](a file.md).", "markup shows in the text"),
    "typed": ("Of np.int64(40) cells, `np.int64(39)`.", "a number's type shows in"),
    "spaced_role": ("See {ref} `there`.", "markup shows in the text"),
}
SOUND = r"""# Title

## Part

A [link](https://a.example/b), `](code)`, {math}`x^2`, $\{ref\}$ and

<img src="data:image/png;base64,AA" alt="A dot"> <a href="https://a.example">out</a>
<script>const local = "https://a.example";</script>

$$
a &= b \\
c &= d
$$

```{code} md
:::{note} ](
```

```{eval-rst}
>>> np.sqrt(4)
np.float64(2.0)
```
"""
FORMULAS = {
    "unknown": (r"Inline $\fooo{x}$.", r"'\\fooo{x}' is faulty: Undefined control"),
    "brace": (r"$$\frac{1$$", "Missing close brace"),
    "fence": ("```{math}\n\\left( x\n```", r"missing \right"),
    "amsmath": ("\\begin{align}\n\\boo\n\\end{align}", r"Undefined control"),
    "leaking": (r"$\newcommand{\q}{x}$", r"Undefined control sequence \newcommand"),
    "script": (r"$\href{javascript:f()}{x}$", r"Undefined control sequence \href"),
}


def doctree_of(text: str) -> nodes.document:
    """The tree of one page of Markdown, without Sphinx."""
    return publish_doctree(text, parser=Parser(), settings_overrides=SETTINGS)


def page_faults(text: str) -> list[str]:
    tree = doctree_of(text)
    return [fault for rule in page_rules.RULES for _, fault in rule(tree)]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_page_is_named_with_its_address(name):
    """Each planted fault is told, and told once."""
    text, said = FAULTS[name]
    (fault,) = page_faults(f"# Title\n\n{text}\n")
    assert said in fault


def test_a_sound_page_has_no_fault():
    """Links out, data addresses, local scripts and markup in code are no fault."""
    assert page_faults(SOUND) == []
    assert list(tex.formula_faults(doctree_of(SOUND))) == []


WITHOUT_CELLS = SimpleNamespace(metadata={"page": {}})


@pytest.mark.parametrize("name", FORMULAS)
def test_a_faulty_formula_is_named_with_its_reason(name):
    """Inline, displayed and amsmath formulas are read, each on its own."""
    text, said = FORMULAS[name]
    ((node, fault),) = tex.formula_faults(doctree_of(f"# Title\n\n{text}\n"))
    assert said in fault
    assert page_rules.place(WITHOUT_CELLS, node, "page").line


def test_a_formula_becomes_mathml():
    """What can be read is returned as one element, displayed or not."""
    inline, display = (tex.mathml(r"\sqrt{x}", shown) for shown in (False, True))
    assert inline.startswith("<math")
    assert inline.endswith("</math>")
    assert "<msqrt>" in inline
    assert 'display="block"' in display
    assert 'display="block"' not in inline


def test_paragraphs_of_a_formula_are_lines():
    """Sphinx lets paragraphs and aligned lines stand without any LaTeX around them."""
    formula = nodes.math_block("", "a &= b\n\nc &= d \\\\ &= e")
    assert tex.mathml(*tex.as_shown(formula)).count("<mtr") >= 3
    formula["nowrap"] = True
    with pytest.raises(tex.TexError, match="Misplaced &"):
        tex.mathml(*tex.as_shown(formula))


def test_every_process_has_an_engine_and_ends():
    """An engine made before a fork hangs in the child, so the child makes its own."""
    code = """if True:
        import multiprocessing, sys
        sys.path.insert(0, "book/_ext")
        import tex
        tex.mathml("x", False)
        child = multiprocessing.get_context("fork").Process(
            target=tex.mathml, args=("y", True))
        child.start()
        child.join()
        sys.exit(child.exitcode)"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=300)


@pytest.mark.parametrize(
    "alt", ["the slope is 2", "The  slope is 2.", "THE SLOPE IS 2"]
)
def test_an_alt_text_is_not_the_caption_in_other_clothes(alt):
    """Case, blanks and full stops do not make a description of a caption."""
    assert "caption" in " ".join(figure_rules.alt_faults(alt, "The slope is 2."))


def test_a_solution_is_named_by_its_own_page():
    """A solution without its exercise is told where it stands."""
    here, lost = nodes.Element(target_label="ex"), nodes.Element(target_label="nowhere")
    registry = {
        "ex": {"docname": "book/a", "node": nodes.Element()},
        "s1": {"docname": "book/b", "node": here},
        "s2": {"docname": "book/c", "node": lost},
    }
    assert list(page_rules.unsolved(registry)) == [("book/c", lost)]


def test_the_build_fails_and_names_file_and_line(tmp_path):
    """The rules are at work in the real build, and name the page that is at fault."""
    pages = {
        "index": page("Sound", "Nothing to see."),
        "lost": page("Lost", ":::{solution} nowhere\n:label: s\nSo.\n:::"),
        "foreign": page("Foreign", "![A hill far away](https://a.example/b.png)"),
        "formula": page("Formula", r"Some $\fooo$."),
        "later": page(
            "Later",
            "A line.\n",
            "Another.\n",
            "![A far house](https://c.example/d.png)",
        ),
        "zzz": page("Sound too", "Nothing here either."),
    }
    status, said = build(plant(tmp_path, pages, "nb_execution_mode: 'off'"))
    assert status != 0
    for name, fault in {
        "lost": "a solution without its exercise: nowhere",
        "foreign": "https://a.example/b.png is loaded from another host",
        "formula": "Undefined control sequence",
    }.items():
        (line,) = [line for line in said.splitlines() if fault in line]
        assert f"book/{name}.md:8:" in line
    assert re.search(r"book/later\.md:12: .*c\.example", said)
    warned = [line for line in said.splitlines() if "WARNING" in line]
    assert not [line for line in warned if "index" in line or "zzz" in line]
