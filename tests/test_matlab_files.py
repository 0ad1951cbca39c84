"""The files in code/matlab are MATLAB too, and the runner passes what it is given."""

import re

import numpy as np
import pytest
from book_rules import ROOT
from octave import MATLAB_FOLDER, run_octave, run_octave_calls

FILES = sorted(MATLAB_FOLDER.rglob("*.m"))


def code_of(file):
    """The lines of a file without comments and without what is between quotes."""
    for line in file.read_text().splitlines():
        yield re.sub(r"'[^']*'", "''", line).split("%")[0]


OCTAVE_ONLY = {
    "an operator that assigns": r"[-+*/^|&]=",
    "++ or --": r"\+\+|--",
    "a comment or an unwind with #": "#",
    "double quotes": '"',
    "! for not": "!",
    "a keyword such as endif": r"\bend(if|for|function|while|switch)\b",
    "a keyword of Octave": r"\b(until|unwind_protect|printf|puts|argv)\b",
}


@pytest.mark.parametrize("what", OCTAVE_ONLY)
def test_no_file_holds_what_only_octave_reads(what):
    """Each file is MATLAB as well: none of Octave's own syntax occurs."""
    for file in FILES:
        assert not any(re.search(OCTAVE_ONLY[what], line) for line in code_of(file))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_file_is_one_function_with_help(file):
    """The function has the name of its file; help follows, and starts with the name."""
    text = file.read_text()
    assert max(map(len, text.splitlines())) <= 88
    head = re.sub(r" \.\.\.\n\s*", "", text.partition("\n%")[0])  # a long one goes on
    lines = [head, *text.removeprefix(text.partition("\n%")[0] + "\n").splitlines()]
    assert re.match(rf"function (\S.* = )?{file.stem}\(", lines[0])
    assert sum(line.startswith("function") for line in lines) == 1
    assert re.match(rf"%{file.stem.upper()}  [A-Z].*\.$", lines[1])
    names = re.findall(r"\w+", lines[0].split("=")[-1].split("(")[1])
    described = "\n".join(line for line in lines if line.startswith("%   "))
    for name in names:
        assert re.search(rf"^%   {name}  ", described, re.MULTILINE), name
    assert lines[-1] == "end"


def test_help_is_asked_of_files_that_there_are():
    """What a page or a README tells a reader to ask `help` for has a file."""
    pages = [*(ROOT / "book").rglob("*.md"), *ROOT.glob("exercises/*/README.md")]
    pages.append(MATLAB_FOLDER / "README.md")
    text = "\n".join(page.read_text("utf-8") for page in pages)
    asked = re.findall(r"^\s*help (\w+)", text, re.MULTILINE)
    assert asked
    assert {*asked} <= {file.stem for file in FILES}


TAKEN = """
    adaboost adaline adapt bartlett cluster confusion corr cov crossentropy
    crossval dbscan dist distance entropy fit fitclinear forecast gmdistribution
    gradient histogram huber impurity jet kmeans knnsearch lasso loss mape
    margin median mode mse normalize pca pdist perceptron plotconfusion polyfit
    posterior predict prune relu resample ridge rmse roc sae sgdm sigmoid
    silhouette smooth softmax sse train tsne var view zscore
"""  # functions of MATLAB and its toolboxes


def test_no_file_takes_the_name_of_another_function():
    """A function of ours hides none of MATLAB's or of a toolbox, and stands once."""
    stems = [file.stem for file in FILES if file.parent != MATLAB_FOLDER]
    assert sorted(set(stems) & set(TAKEN.split())) == []
    assert len(stems) == len(set(stems))


def test_every_folder_is_that_of_a_chapter():
    """Each folder has the stem of a page of the book; `shared` serves several."""
    pages = {page.stem for page in (ROOT / "book").rglob("*.md")}
    folders = {file.parent.name for file in FILES} - {MATLAB_FOLDER.name}
    assert folders - pages == {"shared"}


def test_what_is_shared_is_shared():
    """A function of `shared` is called from two chapters or more."""
    for file in FILES:
        if file.parent.name != "shared":
            continue
        called = rf"\b{file.stem}\("
        users = {
            other.parent.name
            for other in FILES
            if other != file and any(re.search(called, line) for line in code_of(other))
        }
        assert len(users) > 1, (file.stem, users)


def test_every_named_function_exists():
    """See also names files that stand in the folder."""
    stems = {file.stem for file in FILES}
    for file in FILES:
        see_also = re.findall(r"See also ([A-Z_, ]+)\.", file.read_text())
        for names in see_also:
            assert {name.lower() for name in names.split(", ")} <= stems


def test_octave_missing_is_an_error_that_names_the_package(monkeypatch):
    """Whoever calls Octave without having it is told what to install."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RuntimeError, match="apt install octave"):
        run_octave("largest_eta", [[1.0], [2.0]])


@pytest.mark.needs("octave")
def test_arguments_arrive_as_matlab_has_them():
    """Vectors are columns, integers are doubles, None is empty, text is text."""
    calls = [
        ("size", (np.arange(3),), 1),
        ("class", (7,), 1),
        ("isempty", (None,), 1),
        ("numel", ("text",), 1),
    ]
    shape, kind, empty, length = (outputs[0] for outputs in run_octave_calls(calls))
    assert shape.tolist() == [[3, 1]]
    assert kind.item() == "double"
    assert empty.item() == 1
    assert length.item() == 4
