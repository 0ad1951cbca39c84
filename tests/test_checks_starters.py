"""Starters, and `reset`, which gives one back without losing what was there."""

import re

import pytest
from planted_exercise import SOLUTION, contents, plant, write

from mlearth.checks.starters import KEPT_STARTERS, strip_solution, write_starter


def test_a_starter_keeps_all_but_the_solution():
    """Signature and docstring stay, the body says that it is not written yet."""
    text = strip_solution(SOLUTION)
    assert text.count('raise NotImplementedError("not written yet")') == 2
    assert "SOLUTION" not in text
    assert "np.sum" not in text
    assert text.count('"""Return') == 2
    compile(text, "starter", "exec")


def test_helpers_outside_of_functions_are_left_out():
    """A marked helper at the left margin leaves no trace."""
    helper = "# BEGIN SOLUTION\ndef _helper():\n    return 1\n# END SOLUTION\n"
    assert strip_solution(f"import numpy\n\n\n{helper}\n\nX = 1\n") == (
        "import numpy\n\n\nX = 1\n"
    )


@pytest.mark.parametrize(
    "source",
    [
        "# BEGIN SOLUTION\n",
        "# END SOLUTION\n",
        "# BEGIN SOLUTION\n# BEGIN SOLUTION\n# END SOLUTION\n",
    ],
)
def test_marks_without_a_partner_are_refused(source):
    """A lonely mark would let a solution slip through."""
    with pytest.raises(ValueError, match=r"SOLUTION|without its partner"):
        strip_solution(source)


def test_reset_keeps_every_version_under_a_dated_name(tmp_path):
    """Three resets of changed files keep three backups; none is ever overwritten."""
    exercise = plant(tmp_path)
    for version in ("first\n", "second\n", b"third, in Latin-1: \xe4\n"):
        write(exercise.student_file, version)
        assert "is kept in depths." in write_starter(exercise)
        assert exercise.student_file.read_text() == strip_solution(SOLUTION)
    kept = sorted(exercise.folder.glob("*.backup.py"))
    assert len(kept) == 3
    for path in kept:
        assert re.fullmatch(
            r"depths\.\d{4}-\d\d-\d\d_\d{6}(_\d)?\.backup\.py", path.name
        )
    assert {path.read_bytes() for path in kept} == {
        b"first\n",
        b"second\n",
        b"third, in Latin-1: \xe4\n",
    }


def test_reset_of_a_starter_or_of_nothing_needs_no_backup(tmp_path):
    """What is the starter already stays as it is; what is missing is written."""
    exercise = plant(tmp_path)
    exercise.student_file.unlink()
    assert write_starter(exercise) == "depths.py is a fresh starter now."
    assert write_starter(exercise) == "depths.py is the starter already."
    assert not list(exercise.folder.glob("*.backup.py"))


def test_reset_without_a_source_changes_nothing(tmp_path):
    """An exercise without a solution or a kept starter is left alone."""
    exercise = plant(tmp_path)
    (exercise.solutions / "depths.py").unlink()
    before = contents(tmp_path)
    with pytest.raises(ValueError, match="depths has no starter"):
        write_starter(exercise)
    assert contents(tmp_path) == before


def test_reset_takes_the_kept_starter_where_there_is_no_solution(tmp_path):
    """A student's tree has none of its homework: its starter lies beside."""
    exercise = plant(tmp_path, "half done\n")
    (exercise.solutions / "depths.py").unlink()
    write(tmp_path / KEPT_STARTERS / "depths.py", "# to be written\n")
    assert "is kept in" in write_starter(exercise)
    assert exercise.student_file.read_text() == "# to be written\n"
