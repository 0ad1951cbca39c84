"""The manuscript kit: what it builds, and what its check says of planted faults."""

import importlib.util
import json
import re
import shutil
import subprocess
import sys

import pytest
from book_rules import ROOT

KIT = ROOT / "book/final_project/manuscript"
DRAFTS = ("example.tex", "example.md")


def load(name):
    """A script of the kit as a module; it is no package."""
    spec = importlib.util.spec_from_file_location(name, KIT / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


check_draft = load("check_draft")
build = load("make_manuscript")


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    """A copy of the kit with results of every twentieth record."""
    folder = tmp_path_factory.mktemp("kit") / "manuscript"
    unwanted = shutil.ignore_patterns("out", "results", "__pycache__")
    shutil.copytree(KIT, folder, ignore=unwanted)
    command = [sys.executable, "-P", str(folder / "make_results.py"), "--thin", "20"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def planted(tmp_path):
    """A draft with something replaced, and what the check says of it."""

    def say(name, old, new):
        text = (KIT / name).read_text("utf-8")
        assert old in text
        shutil.copy(KIT / "references.bib", tmp_path)
        (tmp_path / name).write_text(text.replace(old, new), "utf-8")
        return check_draft.faults(tmp_path / name)

    return say


def test_results_name_every_number_once_for_both_drafts(kit):
    """The macros are the substitutions, and a macro's name is letters alone."""
    numbers = json.loads((kit / "results/numbers.json").read_text("utf-8"))
    text = (kit / "results/numbers.tex").read_text("utf-8")
    macros = re.findall(r"\\newcommand\{\\(\w+)\}", text)
    assert macros == list(numbers)
    assert all(name.isalpha() for name in macros)
    assert int(numbers["nEvents"]) > 50
    low, high = numbers["velocityRecordMeanData"].split(" to ")
    assert float(low) < float(numbers["velocityRecordMeanDiff"]) < float(high)


def test_the_two_examples_say_the_same(kit):
    """The same sections, numbers, figures and references, in the same order."""
    tex, md = (
        check_draft.read_tex(kit / DRAFTS[0]),
        check_draft.read_md(kit / DRAFTS[1]),
    )
    assert set(tex.quoted) == set(md.quoted)
    assert tex.cited == md.cited
    assert [one.name for one in tex.floats] == [
        one.name.replace("-", ":") for one in md.floats
    ]
    left = [title for title in md.headings[1:] if title not in tex.headings]
    assert left == ["Abstract", "References"]


@pytest.mark.parametrize("name", DRAFTS)
def test_the_example_has_no_fault(name, kit):
    """The check is silent on it, the names of its numbers included."""
    assert check_draft.faults(kit / name) == []


@pytest.mark.parametrize("name", ["template.tex", "template.md"])
def test_a_template_lacks_only_what_is_to_be_written(name, kit):
    """What it says of a template is what was left and who is not cited yet."""
    left = [
        fault
        for fault in check_draft.faults(kit / name)
        if not re.search(r"is left|never cited|declares no", fault)
    ]
    assert left == []


def log_of(pdf):
    stem = pdf.stem
    return (pdf.parent / f"{stem}-tex/{stem}.log").read_text("utf-8", errors="replace")


@pytest.mark.needs("pdflatex")
def test_the_example_is_four_pages_of_latex(kit, tmp_path):
    """It builds without a doubt, and no line leaves its margin."""
    pdf = build.build_tex(kit / "example.tex", tmp_path)
    assert pdf.read_bytes().startswith(b"%PDF")
    said = log_of(pdf)
    assert "(4 pages," in said
    assert not re.search(r"^LaTeX Warning|Missing character", said, re.M)
    wide = [float(found) for found in re.findall(r"Overfull \\hbox \(([\d.]+)pt", said)]
    assert max(wide, default=0) < 3  # points, a millimetre: not seen in print


@pytest.mark.needs("pdflatex")
def test_the_template_is_a_sound_beginning_in_latex(kit, tmp_path):
    assert build.build_tex(kit / "template.tex", tmp_path).exists()


@pytest.mark.needs("pdflatex")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r"\velocityEventFormula ", r"\velocityEventFormulla ", "Undefined control"),
        (r"\ref{fig:terms}", r"\ref{fig:term}", "undefined"),
        (r"\citep{derras2014towards}", r"\citep{derras2014}", "undefined"),
    ],
)
def test_latex_that_is_not_whole_does_not_build(old, new, said, kit, tmp_path):
    """A number, a figure or a work that there is not stops the build, in words."""
    bad = kit / "bad.tex"
    bad.write_text((kit / "example.tex").read_text("utf-8").replace(old, new), "utf-8")
    try:
        with pytest.raises(build.Fault, match=said):
            build.build_tex(bad, tmp_path)
    finally:
        bad.unlink()


def test_the_example_is_one_page_of_html(kit, tmp_path):
    """Every number is put in, every figure is there, and nothing is fetched."""
    page = build.build_md(kit / "example.md", tmp_path)
    text = page.read_text("utf-8")
    assert "{{" not in text
    numbers = json.loads((kit / "results/numbers.json").read_text("utf-8"))
    assert numbers["velocityEventBoostingData"] in text
    shown = re.findall(r'<img[^>]* src="([^"]+)"', text)
    assert len(shown) == 3
    assert all((page.parent / name).exists() for name in shown)
    assert "//" not in "".join(re.findall(r'<(?:script|link)[^>]*="([^"]*)"', text))


def test_a_draft_without_results_says_what_to_call(tmp_path):
    shutil.copy(KIT / "example.md", tmp_path)
    with pytest.raises(build.Fault, match=r"make_results\.py"):
        build.build_md(tmp_path / "example.md", tmp_path / "out")


PLANTED = [  # what is replaced by what, and what is said of it; LaTeX, then MyST
    ("Figure~\\ref{fig:terms}", "The last figure", "fig:terms is never cited"),
    ("{numref}`fig-terms`", "The last figure", "fig-terms is never cited"),
    ("\\label{fig:data}", "", "figure 1 has no label"),
    (":name: fig-data\n", "", "figure 1 has no label"),
    ("\\velocityEventBoosting ", "0.348 ", "0.348 is typed"),
    ("{{ velocityEventBoosting }}", "0.348", "0.348 is typed"),
    ("standard deviation between earthquakes is \\betweenEvents", "is 0.21", "0.21 is"),
    ("between earthquakes is {{ betweenEvents }}", "is 0.21", "0.21 is typed"),
    ("(95\\,\\% interval \\velocityRecordBoostingData)", "", "without its uncertainty"),
    ("(95 % interval {{ velocityRecordBoostingData }})", "", "without its uncertainty"),
    ("{derras2014towards}", "{derras2015}", "derras2015 is cited and not"),
    ("`derras2014towards`", "`derras2015`", "derras2015 is cited and not"),
    ("\\section*{Ethics}", "\\section*{Thanks}", "no section is called 'ethics'"),
    ("## Ethics", "## Thanks", "no section is called 'ethics'"),
    ("A report could end here.", "TODO", "TODO is left"),
]
TOLD = [pytest.param(name, *plant) for plant in PLANTED for name in DRAFTS]
TOLD = [one for one in TOLD if one.values[1] in (KIT / one.values[0]).read_text()]


@pytest.mark.parametrize(("name", "old", "new", "said"), TOLD)
def test_a_planted_fault_is_told(name, old, new, said, planted):
    """Each rule is awake in both languages."""
    assert any(said in fault for fault in planted(name, old, new))


def test_every_fault_was_planted():
    """None of the replacements has gone stale, and the last stands in both."""
    assert len(TOLD) == len(PLANTED) + 1


@pytest.mark.parametrize("name", DRAFTS)
@pytest.mark.parametrize("word", ["baseline", "seed", "folds?|splits?"])
def test_what_is_not_declared_is_missed(name, word, tmp_path):
    """Without its baseline, seeds or split a draft is told so."""
    text = (KIT / name).read_text("utf-8")
    shutil.copy(KIT / "references.bib", tmp_path)
    (tmp_path / name).write_text(re.sub(word, "thing", text, flags=re.I), "utf-8")
    said = " ".join(check_draft.faults(tmp_path / name))
    named = {"seed": "seeds", "baseline": "baseline"}.get(word, "split")
    assert f"declares no {named}" in said


SENTENCES = [  # a sentence in a draft that is sound otherwise, and what is said of it
    ("The accuracy is QUOTED (interval QUOTED).", None),
    ("The accuracy is QUOTED.", "without its uncertainty"),
    ("The RMSE is QUOTED cm/s (interval QUOTED).", None),
    ("The RMSE is QUOTED (interval QUOTED).", "without its unit"),
    ("The RMSE decides between the two.", None),
    ("They found 0.21 before us CITED.", None),
    ("We found 0.21 before them.", "0.21 is typed"),
]


@pytest.mark.parametrize("name", DRAFTS)
@pytest.mark.parametrize(("sentence", "said"), SENTENCES)
def test_a_sentence_is_judged_by_its_own_words(name, sentence, said, planted):
    """Scores need a unit and an interval; other people's numbers a citation."""
    tex = name.endswith(".tex")
    number = r"\nEvents" if tex else "{{ nEvents }}"
    work = "roberts2017cross"
    cite = rf"\citep{{{work}}}" if tex else f"{{cite:p}}`{work}`"
    text = sentence.replace("QUOTED", number).replace("CITED", cite)
    mark = "A report could end here."
    found = planted(name, mark, f"{mark} {text}")
    assert bool(found) == bool(said)
    assert said is None or any(said in fault for fault in found)


def test_references_are_those_of_the_book():
    """Each entry of the kit stands in the book's bibliography, letter for letter."""
    book = (ROOT / "book/references.bib").read_text("utf-8")
    for entry in (KIT / "references.bib").read_text("utf-8").strip().split("\n\n"):
        assert entry in book


def test_a_draft_is_checked_from_the_command_line(kit, capsys):
    """It ends with 1 where there is something to say."""
    assert check_draft.main([str(kit / "example.md")]) == 0
    assert check_draft.main([str(kit / "template.md")]) == 1
    said = capsys.readouterr().out
    assert "nothing to say" in said
    assert "TODO is left" in said
