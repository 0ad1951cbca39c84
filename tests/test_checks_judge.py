"""The judge is out of reach: nothing that a student's file does forges a pass."""

import ctypes
import os
import signal
import time

import numpy as np
import pytest
from planted_exercise import CHECKS, GOOD_MEAN, GOOD_RANGE, plant, verdicts, write

import mlearth
from mlearth.checks.blame import is_library
from mlearth.checks.peer import raised_there
from mlearth.checks.windows_job import ExtendedLimits

WRONG_MEAN = "def mean_depth(depth_km):\n    return 99.0\n"
WRONG_RANGE = "def depth_range(depth_km):\n    return 99.0\n"
FORGERIES = {
    "replaces the comparison": (
        "import mlearth.checks.expect as e, mlearth.checks.compare as c\n"
        "e.same = c.same = lambda *a: True\nimport mlearth.checks as m\n"
        "m.expect_close = e.expect_close = lambda *a, **k: None\n"
    ),
    "replaces NumPy's arithmetic": (
        "import numpy as np\nnp.isclose = lambda *a, **k: np.array(True)\n"
    ),
    "writes to every open file": (
        "import os\nfor fd in range(3, 40):\n    try:\n"
        '        os.write(fd, b\'{"status": "holds"}\\n{"value": null}\\n\')\n'
        "    except OSError:\n        pass\n"
    ),
    "writes to every open file of the judge": (
        "import glob, os\n"
        "for file in glob.glob(f'/proc/{os.getppid()}/fd/*'):\n"
        "    try:\n"
        "        fd = os.open(file, os.O_WRONLY | os.O_NONBLOCK)\n"
        '        os.write(fd, b\'x {"status": "holds"}\\n\')\n'
        "    except OSError:\n        pass\n"
    ),
    "replaces the judge's module": (
        "import sys, types\nfor name in list(sys.modules):\n"
        "    if name.startswith('mlearth.checks'):\n"
        "        sys.modules[name] = types.ModuleType(name)\n"
    ),
    "answers whatever is asked with itself": (
        "class Any:\n    def __eq__(self, other): return True\n"
        "    def __getattr__(self, name): return self\n"
        "    def __call__(self, *a, **k): return self\n"
        "    def __float__(self): return 3.0\n"
    ),
    "ends Python with a zero": "import atexit, os\natexit.register(os._exit, 0)\n",
}
REPLIES = {"answers whatever is asked with itself": "Any()"}


FORGED = """
import json, os
said = {{"kinds": ["ValueError"], "text": "", "notes": [], "mine": 0, "yours": None,
        "outcome": {{"status": "{}", "found": "all is well"}}}}
reply = (json.dumps({{"raised": said}}) + "\\n").encode()

def mean_depth(depth_km):
    for fd in range(3, 40):
        try:
            os.write(fd, reply)
        except OSError:
            pass
    return 99.0

depth_range = mean_depth
"""


@pytest.mark.parametrize("status", ["holds", "unasked", "waits", "broken"])
def test_the_other_side_says_of_itself_only_that_it_fails(
    status, tmp_path, monkeypatch
):
    """That a claim holds says the judge; the student's process can say that it fails.

    Who writes such lines meets a judge that no longer follows, and that says so.
    """
    monkeypatch.chdir(tmp_path)
    plant(tmp_path, FORGED.format(status))
    report = mlearth.check("depths")
    assert not report.passed
    assert len(report.verdicts) == 3
    assert {one.status for one in report.verdicts} <= {"fails", "waits", "broken"}
    assert "all is well" not in repr(report)


def test_an_outcome_of_another_form_is_not_believed():
    """A failure keeps its words and nothing else; anything else keeps nothing."""
    told = {"kinds": ["ValueError"], "text": "", "notes": [], "mine": 0, "yours": None}
    for outcome in ({"status": "holds", "found": ""}, ["holds"], "holds", None):
        assert raised_there({**told, "outcome": outcome}).outcome is None
    outcome = {"status": "fails", "found": "a reason", "label": "sec-elsewhere"}
    sound = raised_there({**told, "outcome": outcome}).outcome
    assert sound == {"status": "fails", "found": "a reason"}


@pytest.mark.parametrize("name", FORGERIES)
def test_no_pass_is_forged(name, tmp_path):
    """A wrong answer fails, whatever else stands in its file."""
    wrong = (WRONG_MEAN + WRONG_RANGE).replace("99.0", REPLIES.get(name, "99.0"))
    statuses = [v.status for v in verdicts(plant(tmp_path, FORGERIES[name] + wrong))]
    assert "holds" not in statuses


def test_a_right_answer_survives_its_own_tricks(tmp_path):
    """What a file does to NumPy in its own process harms the judge's in no way."""
    tricks = (
        "import numpy as np\nmean = np.mean\nnp.mean = np.sum = lambda x: 0\n"
        "np.seterr(all='raise')\nnp.isclose = None\n"
        "def mean_depth(depth_km):\n    return mean(depth_km)\n"
    )
    found = verdicts(plant(tmp_path, tricks + GOOD_RANGE))
    assert [verdict.status for verdict in found] == ["holds"] * 3


def test_who_ends_the_judge_is_told_so_and_does_not_pass(tmp_path):
    """Without a judge there is no verdict, and the report says why."""
    source = (
        "import os, signal\ndef mean_depth(d):\n"
        "    os.kill(os.getppid(), signal.SIGKILL)\n    return d.mean()\n"
    )
    first, *later = verdicts(plant(tmp_path, source + GOOD_RANGE))
    assert first.status == "fails"
    assert "ended the process that checks it" in first.found
    assert not any(verdict.passed for verdict in later)


def test_a_child_in_a_session_of_its_own_ends_too(tmp_path):
    """Nothing outlives the verdict, wherever it was put."""
    pid_file = tmp_path / "pid"
    source = (
        "import subprocess, sys\none = subprocess.Popen([sys.executable, '-c',\n"
        "    'import time; time.sleep(60)'], start_new_session=True)\n"
        f"open({str(pid_file)!r}, 'w').write(str(one.pid))\n"
    )
    assert all(
        v.passed for v in verdicts(plant(tmp_path, source + GOOD_MEAN + GOOD_RANGE))
    )
    pid = int(pid_file.read_text())
    for _ in range(100):  # the system needs a moment to take a killed process away
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("it survived")


def test_imports_cost_nobody_their_seconds(tmp_path):
    """A deadline shorter than an import does not touch who imports a library."""
    checks = CHECKS.replace(
        "import numpy as np", "import numpy as np\nfrom mlearth.checks import deadline"
    )
    checks = checks.replace("def test_1", "@deadline(0.3)\ndef test_1")
    slow = "def mean_depth(d):\n    import sklearn.ensemble\n    return d.mean()\n"
    first = verdicts(plant(tmp_path, slow + GOOD_RANGE, checks))[0]
    assert first.passed, first.found


def test_an_own_helper_is_no_library(tmp_path):
    """What a student's second file does at its import is the student's time."""
    exercise = plant(tmp_path, "import helper\n" + GOOD_MEAN + GOOD_RANGE)
    write(exercise.folder / "helper.py", "while True: pass\n")
    first = verdicts(exercise)[0]
    assert "not done after 5 s" in first.found
    assert "helper.py" in first.found


MANY = '''"""Claims about many depths."""

import numpy as np

from mlearth.checks import deadline, expect


@deadline(0.5)
def test_1_many(student):
    """Many depths have a range."""
    expect(student.depth_range(np.arange(5000.0)) == 4999, "It is another")
'''


def test_too_slow_for_many_is_told_from_without_end(tmp_path):
    """A loop over pairs of thousands is not called endless."""
    source = "def depth_range(d):\n    return max(abs(a - b) for a in d for b in d)\n"
    (verdict,) = verdicts(plant(tmp_path, source, MANY))
    assert "too slow for 5,000 records" in verdict.found


def test_after_three_stops_the_rest_waits(tmp_path):
    """A verdict does not cost more than three deadlines."""
    names = "abcde"
    claim = (
        '@deadline(0.3)\ndef test_{}_{}(student):\n    """It ends."""\n'
        "    student.{}()\n\n\n"
    )
    checks = '"""."""\n\nfrom mlearth.checks import deadline\n\n\n' + "".join(
        claim.format(n, f, f) for n, f in enumerate(names, start=1)
    )
    source = "".join(f"def {f}():\n    while True: pass\n" for f in names)
    statuses = [v.status for v in verdicts(plant(tmp_path, source, checks))]
    assert statuses == ["fails"] * 3 + ["waits"] * 2


def test_a_view_stays_a_view(tmp_path):
    """What shares the memory of an argument there shares it here."""
    checks = CHECKS + (
        '\n\ndef test_4_a_view(student):\n    """A view is seen."""\n'
        "    whole = np.arange(6.0)\n    part = student.part(whole)\n"
        "    part[0] = -1\n    assert whole[2] == -1, 'it is a copy'\n"
    )
    source = GOOD_MEAN + GOOD_RANGE + "def part(x):\n    return x[2:4]\n"
    assert verdicts(plant(tmp_path, source, checks))[3].passed
    source = source.replace("x[2:4]", "x[2:4].copy()")
    assert verdicts(plant(tmp_path, source, checks))[3].found == "it is a copy."


def test_the_numbers_of_a_reply_are_not_repeated():
    """A code belongs to one reply at one place."""
    from mlearth.checks.judge import signed

    key = bytes(32)
    codes = {signed(key, n, text) for n in range(3) for text in ("a", "b")}
    assert len(codes) == 6
    assert signed(np.random.default_rng(0).bytes(32), 0, "a") not in codes


def test_windows_is_told_the_limits_in_its_own_layout():
    """The structure has the size and the offset of the flags that Windows documents."""
    assert ctypes.sizeof(ExtendedLimits) == 144
    assert type(ExtendedLimits().basic).flags.offset == 16


@pytest.mark.parametrize("folder", ["lib/python3/dist-packages", "lib/site-packages"])
def test_a_package_of_another_environment_is_a_library_too(tmp_path, folder):
    """Where a virtual environment shares the system's packages, or a user has own."""
    assert is_library(str(tmp_path / folder / "numpy" / "_linalg.py"))
    assert not is_library(str(tmp_path / "exercises" / "depths" / "depths.py"))
