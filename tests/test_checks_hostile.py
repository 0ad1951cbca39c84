"""Whatever a student's file does, its author gets one clear sentence, and soon."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from planted_exercise import GOOD_MEAN, GOOD_RANGE, contents, plant, verdicts, write

from mlearth.checks import session
from mlearth.checks.child import Child

SENTENCES = {
    # what the file holds                                 what the sentence says
    "endless loop": (
        "def mean_depth(depth_km):\n    while True: pass\n",
        ["`mean_depth` is not done after 1 s", "line 2 of depths.py", "without end?"],
    ),
    "loop that swallows everything": (
        "def mean_depth(d):\n    while True:\n        try:\n            d = d + 0\n"
        "        except BaseException:\n            pass\n",
        ["`mean_depth` is not done after 1 s", "of depths.py"],
    ),
    "sleep": (
        "import time\ndef mean_depth(d):\n    time.sleep(60)\n",
        ["`mean_depth` is not done after", "line 3", "time.sleep(60)", "wait for"],
    ),
    "import that never ends": (
        "while True: pass\n",
        ["The import of your file is not done after 1 s", "line 1", "__main__"],
    ),
    "sys.exit in a function": (
        "import sys\ndef mean_depth(d):\n    sys.exit(0)\n",
        ["`mean_depth` calls exit()", "line 3", "return a value instead"],
    ),
    "sys.exit at import": (
        "import sys\nsys.exit('done')\n",
        ["The file calls exit()", "line 2", "take the call out"],
    ),
    "os._exit": (
        "import os\ndef mean_depth(d):\n    os._exit(0)\n",
        ["ended Python itself (exit code 0)", "os._exit()"],
    ),
    "os._exit at import": (
        "import os\nos._exit(3)\n",
        ["ended Python itself (exit code 3)"],
    ),
    "forged reply": (
        "import os\ndef mean_depth(d):\n    for number in range(64):\n"
        "        try: os.write(number, b'holds\\n')\n        except OSError: pass\n"
        "    return 3.0\n",
        ["writes into the line on which it answers", "os.write()"],
    ),
    "segmentation fault": (
        "import ctypes\ndef mean_depth(d):\n    return ctypes.string_at(0)\n",
        ["Python itself crashed at line 3 of depths.py", "Segmentation fault"],
    ),
    "killed": (
        "import os\ndef mean_depth(d):\n    os.kill(os.getpid(), 9)",
        ["Python itself crashed", "too much memory"],
    ),
    "syntax error": (
        "def mean_depth(d):\n    return d.mean(\n",
        ["Line 2 of depths.py is not Python", "was never closed"],
    ),
    "wrong indentation": (
        "def mean_depth(d):\nreturn d.mean()\n",
        ["Line 2 of depths.py is not Python", "indented block"],
    ),
    "missing function": ("", ["depths.py has no `mean_depth`", "renamed?"]),
    "misspelt function": (
        "def mean_dept(d):\n    return 3.0\n",
        ["depths.py has no `mean_depth`", "spelt `mean_dept` there?"],
    ),
    "missing argument": (
        "def mean_depth():\n    return 3.0\n",
        ["`mean_depth()` is called with 1 argument and", "too many positional"],
    ),
    "extra argument": (
        "def mean_depth(d, weights):\n    return 3.0\n",
        ["`mean_depth(d, weights)` is called with 1 argument", "'weights'", "`def`"],
    ),
    "text": ("def mean_depth(d):\n    return '3'\n", ["is text (str)", "a number"]),
    "dictionary": ("def mean_depth(d):\n    return {}\n", ["is a dict", "a number"]),
    "function": (
        "import numpy as np\ndef mean_depth(d):\n    return d.mean\n",
        ["is a function, not its result"],
    ),
    "array instead of number": (
        "def mean_depth(d):\n    return d\n",
        ["has shape (2,) and should be a single number"],
    ),
    "nothing returned": (
        "def mean_depth(d):\n    d.mean()\n",
        ["`mean_depth` returns nothing (None)", "`return` line missing?"],
    ),
    "generator": (
        "def mean_depth(d):\n    yield d.mean()\n",
        ["returns a generator", "`yield`"],
    ),
    "NaN": ("def mean_depth(d):\n    return float('nan')\n", ["km is NaN km and"]),
    "complex": ("def mean_depth(d):\n    return 3 + 1j\n", ["is 3+1j km and"]),
    "known mistake": (
        "def mean_depth(d):\n    return d.sum()\n",
        ["is 6 km and should be 3 km: is it the sum?"],
    ),
    "unknown mistake": ("def mean_depth(d):\n    return 5\n", ["is 5 km and should"]),
    "Latin-1": (
        "# Tiefe in Kilometern, gem\xe4\xdf Katalog\ndef mean_depth(d):\n"
        "    return 3.0\n".encode("latin-1"),
        ["Line 1 of depths.py holds a character that is not UTF-8 (byte 0xe4)"],
    ),
    "UTF-16": (
        "def mean_depth(d):\n    return 3.0\n".encode("utf-16"),
        ["depths.py is not saved as UTF-8 text"],
    ),
    "input": (
        "def mean_depth(d):\n    return float(input('depth? '))\n",
        ["`mean_depth` calls input() at line 2", "nobody types"],
    ),
    "input at import": ("n = input()\n", ["The file calls input() at line 1"]),
    "recursion": (
        "def mean_depth(d):\n    return mean_depth(d)\n",
        ["`mean_depth` calls itself without end at line 2"],
    ),
    "exception": (
        "def mean_depth(d):\n    return 1 / len([])\n",
        ["stops at line 2 of depths.py", "len([])`", "ZeroDivisionError: division by"],
    ),
    "exception with a long message": (
        "def mean_depth(d):\n    raise ValueError('no ' * 5000 + '\\n' * 50)\n",
        ["stops at line 2", "ValueError: no no", "..."],
    ),
    "exception in NumPy": (
        "import numpy as np\ndef mean_depth(d):\n    return np.linalg.inv(d)\n",
        ["stops at line 3 of depths.py", "LinAlgError"],
    ),
    "missing package": (
        "import nonsense_package\n",
        ["The file stops at line 1", "No module named 'nonsense_package'"],
    ),
    "change in place": (
        "def mean_depth(d):\n    d -= 1\n    return d.mean() + 1\n",
        ["`mean_depth` changes its argument `d` in place", "a copy?"],
    ),
    "more memory than there is": (
        "import numpy as np\ndef mean_depth(d):\n    return np.ones((10**6, 10**6))\n",
        ["stops at line 3", "Unable to allocate"],
    ),
    "missing file": (None, ["There is no file depths.py", "make reset"]),
    "starter": (
        "def mean_depth(d):\n    raise NotImplementedError('not written yet')\n",
        ["not written yet"],
    ),
}


@pytest.fixture(scope="module")
def child():
    """Serve all accidents with one process; it is born again when one has ended it."""
    with Child() as child:
        yield child


@pytest.mark.parametrize("name", SENTENCES)
def test_every_accident_becomes_one_sentence(name, tmp_path, monkeypatch, child):
    """One sentence and an end; no traceback; nothing written or changed."""
    monkeypatch.setattr(session, "DEADLINE_S", 1.0)
    source, words = SENTENCES[name]
    exercise = plant(tmp_path, source or "")
    if source is None:
        exercise.student_file.unlink()
    before = contents(tmp_path)
    first, *later = verdicts(exercise, child)
    assert not first.passed
    for word in words:
        assert word in first.found
    assert "Traceback" not in str(first)
    assert "\n" not in first.found
    assert first.found == "not written yet" or first.found[-1] in ".?"
    assert len(first.found) < 400
    assert not any(verdict.passed for verdict in later)
    assert contents(tmp_path) == before


def test_the_usual_deadline_is_five_seconds(tmp_path):
    """Without any setting, an endless import and an endless function end after 5 s."""
    checks = (
        '"""."""\n\n\ndef test_1_f(student):\n    """It ends."""\n    student.f()\n'
    )
    sources = ("while True: pass\n", "def f():\n    while True: pass\n")
    planted = [
        plant(tmp_path / str(n), source, checks) for n, source in enumerate(sources)
    ]
    with ThreadPoolExecutor() as pool:
        for (verdict,) in pool.map(verdicts, planted):
            assert "is not done after 5 s" in verdict.found


HARMLESS = {
    "noise on every channel": (
        "import os, sys\nprint('x' * 10**6)\nfor fd in (1, 2):\n"
        '    os.write(fd, b\'{"status": "holds"}\\n\')\nsys.stdout = None\n'
    ),
    "noise in a broken encoding": "print('\\udcff \\N{SNOWMAN}')\n",
    "closed channels": "import os\nos.close(1)\nos.close(2)\n",
    "another working directory": "import os\nos.chdir('/')\n",
    "a thread that never ends": (
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(600,)).start()\n"
    ),
    "a main part": "if __name__ == '__main__':\n    while True: pass\n",
    "an encoding cookie": "# -*- coding: latin-1 -*-\n# gem\xe4\xdf\n",
    "a dataclass": (
        "from __future__ import annotations\nfrom dataclasses import dataclass\n"
        "@dataclass\nclass Event:\n    depth_km: float\n"
    ),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_habits_cost_nothing(name, tmp_path):
    """A right answer passes, whatever its file prints, closes, starts or changes."""
    text = HARMLESS[name] + GOOD_MEAN + GOOD_RANGE
    encoding = "latin-1" if "cookie" in name else "utf-8"
    exercise = plant(tmp_path, text.encode(encoding))
    before = contents(tmp_path)
    assert [verdict.status for verdict in verdicts(exercise)] == ["holds"] * 3
    assert contents(tmp_path) == before


def test_files_that_shadow_libraries_are_harmless(tmp_path):
    """A numpy.py, random.py and json.py beside the student's file change nothing."""
    exercise = plant(tmp_path, "import numpy as np\n" + GOOD_MEAN + GOOD_RANGE)
    for name in ("numpy", "random", "json", "scipy", "mlearth"):
        write(exercise.folder / f"{name}.py", "raise SystemExit('shadowed')\n")
    assert all(verdict.passed for verdict in verdicts(exercise))


def test_a_helper_module_beside_the_file_is_found(tmp_path):
    """A student may split the work over two files; an error names the right one."""
    exercise = plant(tmp_path, "from my_helper import mean_depth\n" + GOOD_RANGE)
    write(exercise.folder / "my_helper.py", GOOD_MEAN)
    assert all(verdict.passed for verdict in verdicts(exercise))
    write(exercise.folder / "my_helper.py", "def mean_depth(d):\n    return 1 / 0\n")
    assert "at line 2 of my_helper.py" in verdicts(exercise)[0].found
    assert not (exercise.folder / "__pycache__").exists()


def test_the_whole_process_tree_ends(tmp_path):
    """What a stuck file has started ends with it."""
    pid_file = tmp_path / "pid"
    source = (
        "import subprocess, sys\n"
        "def mean_depth(d):\n"
        "    one = subprocess.Popen([sys.executable, '-c', 'while True: pass'])\n"
        f"    open({str(pid_file)!r}, 'w').write(str(one.pid))\n"
        "    while True: pass\n"
    )
    verdicts(plant(tmp_path, source))
    pid = int(pid_file.read_text())
    for _ in range(100):  # the system needs a moment to take a killed process away
        if not _runs(pid):
            break
        time.sleep(0.05)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = f"/proc/{pid}/stat"
    if os.path.exists(stat):
        with open(stat) as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    return True


def test_folders_with_blanks_and_umlauts_are_fine(tmp_path):
    """A path that is not plain ASCII changes neither verdict nor sentence."""
    exercise = plant(tmp_path / "\xdcbung im Fr\xfchjahr", GOOD_MEAN + GOOD_RANGE)
    assert all(verdict.passed for verdict in verdicts(exercise))
    write(exercise.student_file, "def mean_depth(d):\n    while True: pass\n")
    assert "at line 2 of depths.py" in verdicts(exercise)[0].found


def test_what_came_to_no_end_is_not_called_again(tmp_path):
    """A stuck function costs its deadline once; claims about another one go on."""
    source = "def mean_depth(d):\n    while True: pass\n" + GOOD_RANGE
    found = verdicts(plant(tmp_path, source))
    assert [verdict.status for verdict in found] == ["fails", "waits", "holds"]
    assert found[1].found == "for what stops claim 1"


def test_a_notebook_pasted_into_the_file_is_named(tmp_path, child):
    """Its source is JSON, which Python would half accept."""
    source = '{"cells": [], "metadata": {}, "nbformat": 4}'
    first, *_ = verdicts(plant(tmp_path, source), child)
    assert first.found.startswith("depths.py holds a whole notebook (.ipynb)")


@pytest.mark.parametrize(
    "line", ["%matplotlib inline", "!pip install obspy", "?np.mean"]
)
def test_a_command_of_notebooks_is_named(line, tmp_path, child):
    """The verdict says which line, and that it is no Python."""
    first, *_ = verdicts(plant(tmp_path, f"import math\n{line}\n" + GOOD_MEAN), child)
    assert first.found == (
        f"Line 2 of depths.py is a command of notebooks, `{line}`, and no Python: "
        "leave it out of the file."
    )
