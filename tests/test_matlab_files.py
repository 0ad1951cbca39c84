"""The files in code/matlab are MATLAB too, and the runner passes what it is given."""

import re

import numpy as np
import pytest
from octave import MATLAB_FOLDER, run_octave, run_octave_calls

FILES = sorted(MATLAB_FOLDER.glob("*.m"))


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
    lines = file.read_text().splitlines()
    assert re.match(rf"function (\S.* = )?{file.stem}\(", lines[0])
    assert sum(line.startswith("function") for line in lines) == 1
    assert re.match(rf"%{file.stem.upper()}  [A-Z].*\.$", lines[1])
    names = re.findall(r"\w+", lines[0].split("=")[-1].split("(")[1])
    described = "\n".join(line for line in lines if line.startswith("%   "))
    for name in names:
        assert re.search(rf"^%   {name}  ", described, re.MULTILINE), name
    assert lines[-1] == "end"
    assert max(map(len, lines)) <= 88


def test_every_named_function_exists():
    """See also names files that stand in the folder."""
    stems = {file.stem for file in FILES}
    for file in FILES:
        see_also = re.findall(r"See also ([A-Z_, ]+)\.", file.read_text())
        for names in see_also:
            assert {name.lower() for name in names.split(", ")} <= stems


def test_octave_missing_is_an_error_that_names_the_package(monkeypatch):
    """Without octave-cli the tests fail and say what to install; none is skipped."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RuntimeError, match="apt install octave"):
        run_octave("largest_eta", [[1.0], [2.0]])


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
