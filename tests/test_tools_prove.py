"""The prover finds every way in which an exercise can fail to teach."""

import subprocess
import sys
from pathlib import Path

import prove as prover
import pytest
from planted_exercise import CHECKS, SOLUTION, WRONG, plant, write
from prove import main, needs_tensorflow, prove

from mlearth.checks.child import Child
from mlearth.checks.starters import starter, write_starter

ROOT = Path(__file__).parents[1]

EXTRA = '''

@read("sec-range")
def test_4_{name}(student):
    """The fourth claim is {name}."""
    {body}
'''


@pytest.fixture(scope="module")
def child():
    """Share one process."""
    with Child() as child:
        yield child


def planted(root, checks=CHECKS, wrong=WRONG, solution=SOLUTION):
    """Plant an exercise with a fresh starter."""
    exercise = plant(root, checks=checks)
    write(exercise.solutions / "wrong_answers.toml", wrong)
    write(exercise.solutions / "depths.py", solution)
    write(exercise.student_file, starter(exercise))
    return exercise


def extra(name, body):
    return CHECKS + EXTRA.format(name=name, body=body)


def more(**entry):
    lines = "\n".join(f"{key} = {value!r}" for key, value in entry.items())
    return f"{WRONG}\n[[wrong]]\n{lines}\n".replace("with_", "with")


BY_TWO = {"replace": "/ len(depth_km)", "with_": "/ 2"}


def test_a_sound_exercise_has_no_faults(tmp_path, child):
    """Starter, solution, alternatives and wrong answers: nothing to say."""
    exercise = planted(tmp_path)
    write(
        exercise.solutions / "alternative_numpy.py",
        "import numpy as np\nmean_depth = np.mean\ndepth_range = np.ptp\n",
    )
    assert prove(exercise, child) == []


FAULTS = {
    "a check that cannot fail": (
        {"checks": extra("vacuous", "expect(True, 'x')")},
        ["test_4_vacuous passes on the starter", "test_4_vacuous catches none"],
    ),
    "a check that only calls": (
        {"checks": extra("lenient", "student.depth_range(np.array([1.0]))")},
        ["test_4_lenient catches none of the wrong answers"],
    ),
    "a check that is broken": (
        {"checks": extra("broken", "missing")},
        ["the starter does not read 'not written yet'", "the check itself stopped"],
    ),
    "a check that the solution fails": (
        {"checks": extra("wrong", "expect(student.depth_range([1]) > 0, 'It is 0')")},
        ["the solution does not pass", "It is 0."],
    ),
    "a claim without a sentence": (
        {"checks": CHECKS.replace('"""Depths from 2 km to 7 km span 5 km."""', "pass")},
        ["test_3_range_by_hand has no docstring"],
    ),
    "a check without a section": (
        {"checks": CHECKS.replace('@read("sec-range")\n', "")},
        ["test_3_range_by_hand names no section to read"],
    ),
    "numbers out of order": (
        {"checks": CHECKS.replace("test_3_", "test_5_")},
        ["the checks are numbered [1, 2, 5]"],
    ),
    "inputs that are drawn by hand": (
        {"checks": extra("drawn", "np.random.default_rng(1)")},
        ["the checks draw their inputs themselves"],
    ),
    "a section for everything": (
        {"checks": CHECKS.replace("sec-range", "sec-depths") + "".join(
            EXTRA.format(name=f"x{n}", body="student.depth_range")
            .replace("test_4", f"test_{n}").replace("sec-range", "sec-depths")
            for n in (4, 5))},
        ["5 claims point to sec-depths"],
    ),
    "inputs without a fraction, an order or an odd size": (
        {"checks": CHECKS.replace("[3.0, 1.0, 7.5, 9.0, 5.0, 4.0, 2.0]", "[3.0, 5]")},
        ["mean_depth.depth_km is never indivisible or unsorted"],
    ),
    "an input that is excused in vain": (
        {"wrong": '[inputs]\n"mean_depth.depth_km" = {integer = "none"}\n'
         '"mean_depth.h" = {}\n' + WRONG},
        ["mean_depth.depth_km is excused from integer in vain",
         "mean_depth.h is no array that a check hands over"],
    ),
    "a form that is refused": (
        {"checks": CHECKS.replace('"The range")', '"The range")\n    assert isinstance('
                                  "student.depth_range(depth_km), float)")},
        ["the solution's numbers as float32 are refused"],
    ),
    "a form that is excused in vain": (
        {"wrong": '[forms]\nlists = "no"\nparchment = "no"\n' + WRONG},
        ["lists is excused and accepted", "parchment is none of float32"],
    ),
    "slips that are not noticed": (
        {"checks": CHECKS.replace("5.0, \"The range\"", "5.0, \"The range\", rtol=9")},
        ["slips are noticed", "np.max(depth_km) -> np.min(depth_km)"],
    ),
    "an equivalence that nobody makes": (
        {"wrong": WRONG
         + '[[equivalent]]\nfunction = "mean_depth"\nchange = "1 -> 2"\n'},
        ["equivalent: no slip of mean_depth reads '1 -> 2'"],
    ),
    "no checks at all": ({"checks": '"""None."""\n'}, ["the checks are numbered []"]),
    "a wrong answer that passes": (
        {"wrong": more(mistake="calls it twice", replace="float(np.sum(depth_km) /",
                       with_="float(1 * np.sum(depth_km) /", must_say="anything")},
        ["wrong answer 'calls it twice' passes every check"],
    ),
    "a mistake that is not told": (
        {"wrong": more(mistake="halves", must_say="divided by two?", **BY_TWO)},
        ["wrong answer 'halves' is not told 'divided by two?'"],
    ),
    "a mistake that only the claim tells": (
        {"wrong": more(mistake="halves", must_say="Ten kilometres deeper", **BY_TWO)},
        ["wrong answer 'halves' is not told 'Ten kilometres deeper'"],
    ),
    "a text to replace that occurs twice": (
        {"wrong": more(mistake="twice", replace="float(", with_="int(", must_say="x")},
        ["wrong answer 'twice': its `replace` occurs 2 times"],
    ),
    "a text to replace that is gone": (
        {"wrong": more(mistake="gone", replace="median", with_="x", must_say="x")},
        ["wrong answer 'gone': its `replace` occurs 0 times"],
    ),
    "a wrong answer that changes nothing": (
        {"wrong": more(mistake="same", replace="np.min", with_="np.min", must_say="x")},
        ["wrong answer 'same' changes nothing"],
    ),
    "a wrong answer that need not be told": (
        {"wrong": more(mistake="mute", must_say="", **BY_TWO)},
        ["wrong answer 'mute' says nothing"],
    ),
    "a key that is missing": (
        {"wrong": more(mistake="short", **BY_TWO)},
        ["wrong answer 'short' needs the keys mistake, must_say, replace, with"],
    ),
    "a key that is misspelt": (
        {"wrong": "garded = true\n" + WRONG},
        ["wrong_answers.toml has unknown keys: garded"],
    ),
    "a may_say that is no list": (
        {"wrong": more(mistake="text", must_say="x", may_say="y", **BY_TWO)},
        ["wrong answer 'text': may_say must be a list of texts, got 'y'"],
    ),
    "a may_say that is nobody's mistake": (
        {"wrong": WRONG + 'may_say = ["is it the mean?"]\n'},
        ["'returns the deepest' may be told 'is it the mean?', which is no other"],
    ),
    "a may_say that nobody says": (
        {"wrong": WRONG + 'may_say = ["is it the sum?"]\n'},
        ["'returns the deepest' is not told 'is it the sum?', as it may be"],
    ),
    "a wrong answer that is not Python": (
        {"wrong": more(mistake="broken", replace="/ len(depth_km)", with_="/",
                       must_say="is it the sum?")},
        ["wrong answer 'broken' is not told 'is it the sum?'"],
    ),
    "marks without a partner": (
        {"solution": SOLUTION.replace("    # END SOLUTION\n", "", 1)},
        ["mark without its partner"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name, tmp_path, child):
    """Each fault is named, and none is raised as an exception."""
    change, words = FAULTS[name]
    if "solution" in change:
        exercise = planted(tmp_path)
        write(exercise.solutions / "depths.py", change["solution"])
    else:
        exercise = planted(tmp_path, **change)
    faults = "\n".join(prove(exercise, child))
    for word in words:
        assert word.lower() in faults.lower()


ACCUSING = CHECKS.replace('"The range")', '"The range", hint="is it the deepest?")')
TWO_MISTAKES = (
    WRONG.replace("The range is 7", "is it the deepest?")
    + """
[[wrong]]
mistake  = "takes a sum"
replace  = "np.max(depth_km) - np.min(depth_km)"
with     = "np.max(depth_km) + np.min(depth_km)"
must_say = "The range is 9"
"""
)
ACCUSED = "depths: wrong answer 'takes a sum' is told the mistake 'returns the deepest'"


@pytest.mark.parametrize(
    ("may_say", "faults"),
    [
        ("", [ACCUSED]),
        ("may_say = []\n", [ACCUSED]),
        ('may_say = ["is it the deepest?"]\n', []),
        ('may_say = ["The range is 9"]\n', [ACCUSED]),
        ('may_say = ["is it the sum?"]\n', [ACCUSED, "is not told 'is it the sum?'"]),
        ('may_say = ["the deepest"]\n', [ACCUSED, "may be told 'the deepest'"]),
    ],
)
def test_somebody_elses_mistake_is_not_told(tmp_path, child, may_say, faults):
    """A hint that accuses everybody is a fault, unless `may_say` allows this one."""
    exercise = planted(tmp_path, ACCUSING, TWO_MISTAKES + may_say)
    found = prove(exercise, child)
    assert len(found) == len(faults)
    for words, fault in zip(faults, found, strict=True):
        assert words in fault


@pytest.mark.parametrize("theirs", ["deepest?", "is it the deepest? Is it?"])
def test_a_mistake_that_is_told_as_part_of_another_is_no_accusation(
    tmp_path, child, theirs
):
    """Where one answer's sentence holds the other's, it is not told a strange one."""
    checks = CHECKS.replace('"The range")', f'"The range", hint="{theirs}")')
    wrong = TWO_MISTAKES.replace("is it the deepest?", "deepest?")
    wrong = wrong.replace("The range is 9", theirs)
    assert prove(planted(tmp_path, checks, wrong), child) == []


def test_an_old_starter_is_found(tmp_path, child):
    """A starter that is not the stripped solution is named, until `stubs` runs."""
    exercise = planted(tmp_path)
    write(exercise.student_file, starter(exercise) + "# stale\n")
    assert prove(exercise, child) == [
        "depths: depths.py is not the stripped solution: run `make stubs`"
    ]
    write_starter(exercise)
    assert prove(exercise, child) == []


def test_a_right_alternative_that_is_refused_is_found(tmp_path, child):
    """Checks that accept one style only are at fault, not the student."""
    exercise = planted(tmp_path)
    write(
        exercise.solutions / "alternative_lists.py",
        "def mean_depth(depth_km):\n    return [sum(depth_km) / len(depth_km)]\n"
        "def depth_range(depth_km):\n    return max(depth_km) - min(depth_km)\n",
    )
    (fault, *_) = prove(exercise, child)
    assert fault.startswith("depths: alternative_lists.py does not pass:")
    assert "should be a single number" in fault


@pytest.mark.parametrize("name", ["README.md", "wrong_answers.toml"])
def test_a_missing_file_is_found(name, tmp_path, child):
    """Every exercise has its task and its wrong answers."""
    exercise = planted(tmp_path)
    for folder in (exercise.folder, exercise.solutions):
        (folder / name).unlink(missing_ok=True)
    assert any(f"there is no {name}" in fault for fault in prove(exercise, child))


def test_a_slow_exercise_is_found(tmp_path, child, monkeypatch):
    """The limit is on a fresh process, imports included."""
    monkeypatch.setattr(prover, "LIMIT_S", 1e-3)
    (fault,) = prove(planted(tmp_path), child)
    assert "0.001 s is the limit" in fault


def test_answers_leave_nothing_behind_for_the_next(tmp_path, child):
    """Neither a changed constant of the checks nor a module's state outlives it."""
    checks = CHECKS.replace("np.array([2.0, 4.0])", "PAIR").replace(
        "@deadline(1)", "PAIR = np.array([2.0, 4.0])\n\n\n@deadline(1)", 1
    )
    line = "    return float(np.sum(depth_km) / len(depth_km))\n"
    changes = f"""
[[wrong]]
mistake  = "changes its argument"
replace  = "{line.strip()}"
with     = "depth_km *= 2; CALLS.append(1); return float(np.mean(depth_km) / 2)"
must_say = "in place"
"""
    solution = SOLUTION.replace("as np\n", "as np\n\nCALLS = []\n").replace(
        line, "    assert not CALLS\n" + line
    )
    exercise = planted(tmp_path, checks, changes + WRONG, solution)
    assert prove(exercise, child) == []


def test_tensorflow_is_noticed_in_imports_only(tmp_path):
    """An exercise that imports it has another limit; one that names it has not."""
    exercise = planted(tmp_path)
    write(exercise.folder / "check_depths.py", "# tensorflow\n" + CHECKS)
    assert not needs_tensorflow(exercise)
    write(exercise.folder / "check_depths.py", "import tensorflow as tf\n" + CHECKS)
    assert needs_tensorflow(exercise)


def test_the_command_tells_an_author_what_is_missing(tmp_path, capsys):
    """It exits with 0 if nothing is, with 1 and the faults, or with 2 at a bad name."""
    exercise = planted(tmp_path)
    assert main(["depths"], tmp_path) == 0
    assert capsys.readouterr().out == "depths: nothing is missing.\n"
    (exercise.folder / "README.md").unlink()
    assert main(["depths"], tmp_path) == 1
    assert capsys.readouterr().out == "depths: there is no README.md\n"
    assert main(["dephts"], tmp_path) == 2
    assert "did you mean 'depths'?" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["prove", "edition"])
def test_tools_run_by_path(name, tmp_path):
    """A file of an author's own called random.py or json.py harms no tool."""
    for module in ("random", "json", "tomllib"):
        write(tmp_path / f"{module}.py", "raise SystemExit('shadowed')\n")
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / f"{name}.py", "--help"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "shadowed" not in done.stdout + done.stderr
    assert "usage: " in done.stdout


def test_what_is_told_is_kept_word_by_word(tmp_path, child, monkeypatch):
    """Another wording is a fault until it is read and kept."""
    exercise = planted(tmp_path)
    kept = tmp_path / "tests" / "transcripts" / "depths.txt"
    kept.parent.mkdir()
    assert "the words differ" in "\n".join(prove(exercise, child))
    monkeypatch.setenv(prover.KEEP, "1")
    prove(exercise, child)
    monkeypatch.delenv(prover.KEEP)
    assert prove(exercise, child) == []
    write(kept, kept.read_text("utf-8").replace("is it the sum?", "a sum?"))
    assert "+  1: The mean of 2 km and 4 km is 6 km" in "\n".join(
        prove(exercise, child)
    )


def test_another_processors_rounding_is_no_other_wording(tmp_path, child, monkeypatch):
    """Numbers may differ from those that are kept; a fact that rounding decides is
    not kept at all.
    """
    exercise = planted(tmp_path)
    kept = tmp_path / "tests" / "transcripts" / "depths.txt"
    kept.parent.mkdir()
    monkeypatch.setenv(prover.KEEP, "1")
    prove(exercise, child)
    monkeypatch.delenv(prover.KEEP)
    write(kept, kept.read_text("utf-8").replace("6 km", "6.01 km"))
    assert prove(exercise, child) == []
    exercise = planted(tmp_path, wrong=WRONG + "rounding = true\n")
    monkeypatch.setenv(prover.KEEP, "1")
    assert prove(exercise, child) == []
    assert "\n  (rounding decides)\n" in kept.read_text("utf-8")
