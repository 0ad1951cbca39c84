"""A class is graded: honest work in full, whatever the rest of the class hands in."""

import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import grade
import psutil
import pytest
from grading import collect, judging, points, reports, sandbox, similarity
from planted_exercise import SOLUTION, plant, write

GUIDE = """# Depths
| Part | Checks | Questions |
| --- | ---: | ---: |
| (a) | 6, over claims 1-2 | A1 6, A2 3 |
| (b) | 5, over claims 3-3 | B1 4 |
| aloud | | 10 |
"""
WRONG = """
def mean_depth(depth_km):
    return {mean}

def depth_range(depth_km):
    return {span}
"""
NOTHING = WRONG.format(mean="0.0", span="0.0")
RIGHT = WRONG.format(
    mean="sum(depth_km) / len(depth_km)", span="max(depth_km) - min(depth_km)"
)
HOSTILE = {
    # what is handed in                     its code, and whether its answers are right
    "endless loop": ("def mean_depth(d):\n    while True: pass", False),
    "fork bomb": (
        "import os\ndef mean_depth(d):\n    while True:\n        try: os.fork()\n"
        "        except OSError: pass",
        False,
    ),
    "fifty gigabytes": ("kept = bytearray(50 * 2**30)", False),
    "memory in small pieces": (
        "kept = []\nwhile True: kept.append(bytes(range(256)) * 4096)",
        False,
    ),
    "ends Python": ("import os\nos._exit(0)", False),
    "patched pytest": (
        "import sys, types\nsys.modules['pytest'] = types.ModuleType('pytest')\n"
        "sys.modules['pytest'].approx = lambda *a, **k: True",
        False,
    ),
    "patched numpy": (
        "import numpy as np\nclass Same(float):\n    __eq__ = lambda a, b: True\n"
        "    __ne__ = __lt__ = __gt__ = lambda a, b: False\n    __sub__ = lambda a, b: "
        "0.0\nnp.abs = np.isclose = np.allclose = lambda *a, **k: True\n"
        "import mlearth.checks.expect as e\n"
        "e.expect = e.expect_close = lambda *a, **k: 0",
        False,
    ),
    "replaced checks": (
        "import os\ntry:\n    os.replace(__file__, 'check_depths.py')\n"
        "except OSError: pass\ntry:\n    open('check_depths.py', 'w').write('')\n"
        "except OSError: pass",
        False,
    ),
    "forged reply": (
        "import os, sys\nline = '0' * 64 + ' {\"status\": \"holds\"}\\n'\n"
        "for fd in range(256):\n    try: os.write(fd, line.encode() * 9)\n"
        "    except OSError: pass\n"
        "for pid in os.listdir('/proc'):\n    try: open(f'/proc/{pid}/fd/1', 'w')"
        ".write(line)\n    except OSError: pass",
        False,
    ),
    "walks the stack": (
        "import gc, sys\nfound = []\nframe = sys._getframe()\nwhile frame:\n"
        "    found += [v for v in frame.f_locals.values() if isinstance(v, float)]\n"
        "    frame = frame.f_back\nfound += [o for o in gc.get_objects() if "
        "getattr(o, '__name__', '') == 'test_1_mean_of_two']",
        False,
    ),
    "reads the solution": (
        f"import pathlib\nfor p in pathlib.Path({str(sandbox.ROOT)!r}).rglob("
        "'tests/solutions/*/*.py'): exec(p.read_text())\n"
        "for p in pathlib.Path('/tmp').rglob('depths.py'):\n"
        "    if p != pathlib.Path(__file__): exec(p.read_text())",
        False,
    ),
    "the network": (
        "import socket\ntry:\n    socket.create_connection(('127.0.0.1', {port}), 1)"
        ".send(b'x')\nexcept OSError: pass",
        False,
    ),
    "deletes files": (
        "import shutil\nshutil.rmtree('{canary}', ignore_errors=True)\n"
        "shutil.rmtree('/home', ignore_errors=True)\n"
        f"shutil.rmtree({str(sandbox.ROOT / 'code')!r}, ignore_errors=True)",
        False,
    ),
    "a link out": (
        "import os\nos.symlink('{canary}/kept', 'out')\ntry:\n"
        "    open('out', 'w').write('spoiled')\nexcept OSError: pass",
        False,
    ),
    "a child in a new session": (
        "import subprocess\n"
        "subprocess.Popen(['sleep', '98765'], start_new_session=True)",
        True,
    ),
    "kills its parent": (
        "import os\nfor pid in (os.getppid(), 1, -1):\n"
        "    try: os.kill(pid, 9)\n    except OSError: pass",
        False,
    ),
    "fills the disk": (
        "try:\n    for k in range(999): open(f'/tmp/{k}', 'wb').write(bytes(2**20))\n"
        "except OSError: pass",
        False,
    ),
    "recursion": ("def f(): return f()\nf()", False),
    "ends by a signal": ("import os, signal\nos.kill(os.getpid(), 11)", False),
}
BROKEN = {
    "binary": bytes(range(256)) * 40,
    "not UTF-8": "# gemäß\n".encode("latin-1") + NOTHING.encode(),
    "syntax": b"def mean_depth(:\n",
    "empty": b"",
}


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """A tree with one homework, and a file that must stay as it is."""
    root = tmp_path_factory.mktemp("tree")
    plant(root)
    write(root / "course/marking/depths.md", GUIDE)
    canary = tmp_path_factory.mktemp("canary")
    (canary / "kept").write_text("as it was", "utf-8")
    return root, canary


@pytest.fixture
def tree(planted, monkeypatch):
    """The grader, looking at that tree."""
    for module in (grade, judging):
        monkeypatch.setattr(module, "ROOT", planted[0])
    return planted[0]


def hand_in(folder: Path, name: str, code: str | bytes) -> None:
    """Put one file into a folder of submissions."""
    slug = name.replace(" ", "-")
    write(folder / f"{slug}_12345_depths.py", code)


def run(submissions, out, *more):
    return grade.main(
        ["homework", str(submissions), "--homework", "depths", "--out", str(out), *more]
    )


@pytest.fixture(scope="module")
def a_class(planted, tmp_path_factory):
    """All hostile and broken work, among honest work, graded once."""
    import socket

    root, canary = planted
    folder, out = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("out")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.01)
        port = server.getsockname()[1]
        for name, (code, right) in HOSTILE.items():
            code = code.replace("{canary}", str(canary)).replace("{port}", str(port))
            hand_in(folder, name, f"{RIGHT if right else NOTHING}\n{code}\n")
        for name, code in BROKEN.items():
            hand_in(folder, name, code)
        for k in range(3):
            hand_in(folder, f"honest {k}", SOLUTION)
        patch = pytest.MonkeyPatch()
        for module in (grade, judging):
            patch.setattr(module, "ROOT", root)
        status = run(folder, out)
        patch.undo()
        with pytest.raises(TimeoutError):
            server.accept()
    rows = reports.read_table(out / "depths.csv") if status == 0 else None
    return rows and {row["submission"].split("_")[0]: row for row in rows}


pytestmark = pytest.mark.needs("bwrap")


def holds_here(a_class, capsys=None) -> bool:
    """Whether this machine lets a box be built; if not, grading has refused."""
    if a_class is None:
        with pytest.raises(sandbox.NoSandbox):
            grade.box_or_refusal(unsafe=False)
    return a_class is not None


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_work_gains_nothing(name, a_class):
    """Only answers that are right earn points, whatever else the file does."""
    if holds_here(a_class):
        row = a_class[name.replace(" ", "-")]
        assert row["claims"] == ("3 of 3" if HOSTILE[name][1] else "0 of 3"), row


@pytest.mark.parametrize("name", BROKEN)
def test_broken_work_is_graded_too(name, a_class):
    """With no points, and a finding."""
    if holds_here(a_class):
        assert a_class[name.replace(" ", "-")]["claims"] == "0 of 3"


def test_the_rest_of_the_class_has_its_points(a_class):
    """All of them, whoever sat beside."""
    if holds_here(a_class):
        honest = [row for name, row in a_class.items() if name.startswith("honest")]
        assert [row["checks"] for row in honest] == ["11.0"] * 3


def test_nothing_outside_is_touched(a_class, planted):
    """The canary lives, the package is whole, and nobody is left running."""
    if holds_here(a_class):
        assert (planted[1] / "kept").read_text("utf-8") == "as it was"
        assert (sandbox.ROOT / "code/mlearth/__init__.py").exists()
        left = [p for p in psutil.process_iter(["cmdline"]) if "98765" in str(p.info)]
        assert left == []


def test_what_a_box_does_not_stop_is_named(tmp_path):
    """Without a box every door is open; without a network of its own, one."""

    class Open(sandbox.Sandbox):
        def wrap(self, folder):
            return ["env", f"--chdir={folder}"]

    found = sandbox.not_stopped(Open(), tmp_path)
    doors = {"the network", "writing outside", "reading what is not its own"}
    assert doors | {"changing the package", "the grader's process"} < set(found)


def test_grading_refuses_where_a_door_is_open(tree, tmp_path, monkeypatch, capsys):
    """Unless it is told to go on."""
    hand_in(tmp_path / "in", "one", SOLUTION)
    monkeypatch.setattr(grade, "not_stopped", lambda *a: ["the network"])
    assert run(tmp_path / "in", tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert "does not stop the network" in said
    assert "--unsafe" in said
    assert run(tmp_path / "in", tmp_path / "out", "--unsafe") == 0
    assert reports.read_table(tmp_path / "out/depths.csv")[0]["checks"] == "11.0"


def test_grading_refuses_where_there_is_no_box(tree, tmp_path, monkeypatch, capsys):
    """And says what to install."""
    hand_in(tmp_path / "in", "one", SOLUTION)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run(tmp_path / "in", tmp_path / "out") == 2
    assert "bwrap is missing: apt install bubblewrap" in capsys.readouterr().err


def test_the_setting_of_ubuntu_is_named():
    """Where user namespaces are denied."""
    said = sandbox.reason("bwrap: setting up uid map: Permission denied\n")
    assert "kernel.apparmor_restrict_unprivileged_userns=0" in said


@pytest.fixture
def unsafe(tree, monkeypatch):
    """Judge quickly, without a box."""
    monkeypatch.setattr(grade, "not_stopped", lambda *a: [])

    def run_unsafe(submissions, out, *more):
        return run(submissions, out, "--unsafe", *more)

    return run_unsafe


def test_a_second_call_judges_only_what_is_new(unsafe, tmp_path, monkeypatch):
    """What is unchanged is taken from where it was kept, with the same table."""
    hand_in(tmp_path / "in", "one", SOLUTION)
    assert unsafe(tmp_path / "in", tmp_path / "out") == 0
    first = (tmp_path / "out/depths.csv").read_text("utf-8")
    judged = []
    real = grade.judged
    monkeypatch.setattr(
        grade, "judged", lambda *a: judged.append(a[0].name) or real(*a)
    )
    assert unsafe(tmp_path / "in", tmp_path / "out") == 0
    assert (judged, (tmp_path / "out/depths.csv").read_text("utf-8")) == ([], first)
    hand_in(tmp_path / "in", "two", NOTHING)
    assert unsafe(tmp_path / "in", tmp_path / "out") == 0
    assert judged == ["two_12345_depths"]


def test_written_marks_are_added_when_a_pair_is_complete(unsafe, tmp_path, capsys):
    """The template has a column for each question; a mark too high is refused."""
    hand_in(tmp_path / "in", "one", SOLUTION)
    assert unsafe(tmp_path / "in", tmp_path / "out") == 0
    file = tmp_path / "out/depths_written.csv"
    assert file.read_text("utf-8").splitlines()[0] == "pair,A1,A2,B1,aloud"
    file.write_text("pair,A1,A2,B1,aloud\none_12345_depths,5,3,4,10\n", "utf-8")
    assert unsafe(tmp_path / "in", tmp_path / "out") == 0
    row = reports.read_table(tmp_path / "out/depths.csv")[0]
    assert (row["written"], row["total"]) == ("22.0", "33.0")
    file.write_text("pair,A1,A2,B1,aloud\none_12345_depths,7,3,4,10\n", "utf-8")
    assert unsafe(tmp_path / "in", tmp_path / "out") == 1
    assert "line 2, A1: points from 0 to 6, got '7'" in capsys.readouterr().err


def test_a_page_tells_claims_findings_and_points(unsafe, tmp_path):
    """A half right file: two points of parts, and what was found."""
    half = WRONG.format(mean="sum(depth_km) / len(depth_km)", span="max(depth_km)")
    hand_in(tmp_path / "in", "one", half)
    assert unsafe(tmp_path / "in", tmp_path / "out") == 0
    text = (tmp_path / "out/depths_one_12345_depths.md").read_text("utf-8")
    assert "## (a): 6 of 6" in text
    assert "## (b): 0 of 5" in text
    assert "**does not hold** The range is 7 and should be 5" in text


def dated(folder: Path, name: str, code: str, time: datetime) -> None:
    """Hand in a file at some time."""
    hand_in(folder, name, code)
    (file,) = folder.glob(f"{name}*")
    os.utime(file, (time.timestamp(), time.timestamp()))


@pytest.fixture
def semester(monkeypatch):
    """Two homeworks of one name each, due on one Friday and the next."""
    one = grade.semesters.read()
    first, second = one.homework[:2]
    works = [
        first.model_copy(update={"page": "earlier"}),
        second.model_copy(update={"page": "depths"}),
    ]
    found = one.model_copy(update={"homework": works, "late_days": 3})
    monkeypatch.setattr(grade.semesters, "read", lambda: found)
    return found


def test_late_days_are_spent_once(unsafe, semester, tmp_path):
    """Three in all: two are gone, so two days late is one too many for either."""
    due = semester.due(semester.homework[1])
    dated(tmp_path / "in", "roemax", SOLUTION, due + timedelta(hours=30))
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("pair\nJane Doe and Max Roe\n", "utf-8")
    (tmp_path / "out").mkdir()
    earlier = "pair,late_days_used\nAnn Poe and Jane Doe,2\n"
    for table, counts in (("", "1.0"), (earlier, "0.5")):
        if table:
            (tmp_path / "out/earlier.csv").write_text(table, "utf-8")
        call = tmp_path / "in", tmp_path / "out", "--pairs", str(pairs)
        assert unsafe(*call) == 0
        (row,) = reports.read_table(tmp_path / "out/depths.csv")
        assert (row["days_late"], row["counts"]) == ("2", counts)
    assert row["late_days_used"] == "1"


def test_of_a_pair_that_hands_in_twice_the_newer_counts(unsafe, semester, tmp_path):
    """In one row, which names the other; both pages are written."""
    due = semester.due(semester.homework[1])
    dated(tmp_path / "in", "doejane", NOTHING, due - timedelta(hours=2))
    dated(tmp_path / "in", "roemax", SOLUTION, due - timedelta(hours=1))
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("pair\nJane Doe and Max Roe\n", "utf-8")
    assert unsafe(tmp_path / "in", tmp_path / "out", "--pairs", str(pairs)) == 0
    (row,) = reports.read_table(tmp_path / "out/depths.csv")
    assert row["claims"] == "3 of 3"
    assert "doejane_12345_depths does not count" in row["notes"]
    assert len(list((tmp_path / "out").glob("depths_*_12345_depths.md"))) == 2


def test_pairs_that_come_later_enter_the_table_of_marks(unsafe, tmp_path):
    """And what was filled in stays."""
    hand_in(tmp_path / "in", "one", SOLUTION)
    assert unsafe(tmp_path / "in", tmp_path / "out") == 0
    file = tmp_path / "out/depths_written.csv"
    file.write_text("pair,A1,A2,B1,aloud\none_12345_depths,5,3,4,10\n", "utf-8")
    hand_in(tmp_path / "in", "two", SOLUTION)
    assert unsafe(tmp_path / "in", tmp_path / "out") == 0
    rows = reports.read_table(file)
    assert [row["aloud"] for row in rows] == ["10", ""]


def test_pairs_are_found_by_the_name_of_either(unsafe, tmp_path):
    """In the order of the course system, with accents; what fits none is noted."""
    for name in ("doejane", "Müller Jörg", "stranger"):
        hand_in(tmp_path / "in", name, SOLUTION)
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("pair\nJane Doe and Max Roe\nAnn Poe and Jörg Müller\n", "utf-8")
    assert unsafe(tmp_path / "in", tmp_path / "out", "--pairs", str(pairs)) == 0
    rows = {
        row["submission"]: row
        for row in reports.read_table(tmp_path / "out/depths.csv")
    }
    assert rows["doejane_12345_depths"]["pair"] == "Jane Doe and Max Roe"
    assert rows["Müller-Jörg_12345_depths"]["pair"] == "Ann Poe and Jörg Müller"
    assert "no pair, or several" in rows["stranger_12345_depths"]["notes"]


NOTEBOOK = (
    '{"cells": [{"cell_type": "markdown", "source": ["# x"]}, {"cell_type": "code", '
    '"source": ["%matplotlib inline\\n", "def mean_depth(d):\\n", "    return 1.0"]}]}'
)


def test_what_course_systems_deliver_is_read(tmp_path):
    """A folder for each student, an archive in it, a notebook, a numbered copy."""
    folder = tmp_path / "in"
    write(folder / "A B_1_assignsubmission_file_/depths (2).py", "1")
    write(folder / "C D_2_assignsubmission_file_/work/depths.ipynb", NOTEBOOK)
    (folder / "E").mkdir()
    with zipfile.ZipFile(folder / "E/work.zip", "w") as archive:
        archive.writestr("__MACOSX/depths.py", "no")
        archive.writestr("../../depths.py", "yes")
        archive.writestr("check_depths.py", "no")
    write(folder / "f_3_LATE_depths.zip", b"no archive at all")
    found = collect.collect(folder, ["depths.py", "depth.m"])
    one, two, three, four = found
    assert one.files == {"depths.py": b"1"}
    assert b"# %matplotlib inline\ndef mean_depth(d):" in two.files["depths.py"]
    assert three.files == {"depths.py": b"yes"}
    assert four.files == {}
    assert all("there is no depth.m" in one.notes for one in found)
    assert not (tmp_path / "depths.py").exists()


def test_links_and_large_files_are_not_read(tmp_path):
    """Neither a link to another's work nor a gigabyte of zeros."""
    write(tmp_path / "secret", "private")
    folder = tmp_path / "in/one"
    folder.mkdir(parents=True)
    (folder / "depths.py").symlink_to(tmp_path / "secret")
    (tmp_path / "in/two").symlink_to(tmp_path)
    with (tmp_path / "in/three_depths.py").open("wb") as file:
        file.truncate(collect.LARGEST + 1)
    found = collect.collect(tmp_path / "in", ["depths.py"])
    assert [one.files for one in found] == [{}, {}, {}]
    assert all(len(one.notes) == 2 for one in found)


def test_of_two_files_the_newer_counts(tmp_path):
    """And the instructor is told."""
    folder = tmp_path / "in/one"
    for name, text, age in (("depths.py", "old", 9), ("depths-1.py", "new", 0)):
        write(folder / name, text)
        os.utime(folder / name, (1e9 - age, 1e9 - age))
    (one,) = collect.collect(tmp_path / "in", ["depths.py"])
    assert one.files["depths.py"] == b"new"
    assert "two files for depths.py" in one.notes[0]


def test_the_newer_of_two_files_is_told_by_their_own_times(tmp_path):
    """Whatever else was handed in after them; entries of one stem keep their names."""
    folder = tmp_path / "in/one"
    for name, age in (("depth.m", 0), ("depths.py", 9), ("depths-1.py", 5)):
        write(folder / name, name)
        os.utime(folder / name, (1e9 - age, 1e9 - age))
    write(tmp_path / "in/two.py", "a")
    write(tmp_path / "in/two.txt", "b")
    one, *others = collect.collect(tmp_path / "in", ["depths.py", "depth.m"])
    assert one.files["depths.py"] == b"depths-1.py"
    assert [other.name for other in others] == ["two.py", "two.txt"]


@pytest.mark.parametrize("wrong", ["nothing", "file", "empty"])
def test_a_folder_without_submissions_is_refused(wrong, tmp_path):
    """By the name of the argument."""
    place = tmp_path / "in"
    if wrong == "file":
        place.write_text("x")
    if wrong == "empty":
        place.mkdir()
    with pytest.raises(ValueError, match="SUBMISSIONS: "):
        collect.collect(place, ["depths.py"])


def test_an_unknown_homework_is_refused(capsys, tmp_path):
    """With those that there are."""
    status = grade.main(
        ["homework", str(tmp_path), "--homework", "hw9", "--out", str(tmp_path)]
    )
    assert status == 1
    assert "one of hw1_model_fit, hw2_mlp_regression" in capsys.readouterr().err


def test_days_that_have_begun_count():
    """A minute late is a day, and so is a day; three late days are forgiven once."""
    due = datetime(2027, 2, 12, 17, tzinfo=UTC)
    hours = [-1, 0, 1 / 60, 24, 24.1]
    late = [points.days_late(due + timedelta(hours=h), due) for h in hours]
    assert late == [0, 0, 1, 1, 2]


def test_the_grade_of_the_course_is_weighed(tmp_path, capsys):
    """By the semester's file; a mark that is missing is named by its line."""
    file = tmp_path / "marks.csv"
    head = "name,paper_presentation,homework,final_project\n"
    file.write_text(f"{head}A,90,80,70\nB,100,100,100\n", "utf-8")
    assert grade.main(["course", str(file)]) == 0
    rows = reports.read_table(tmp_path / "course_grades.csv")
    assert [row["grade"] for row in rows] == ["77.0", "100.0"]
    file.write_text(f"{head}A,90,,70\n", "utf-8")
    assert grade.main(["course", str(file)]) == 1
    assert (
        "marks.csv, line 2: homework: a mark from 0 to 100" in capsys.readouterr().err
    )


def test_the_guides_of_the_book_have_their_points():
    """Each graded homework's parts cover all its claims, each once."""
    guides = sorted((sandbox.ROOT / "course/marking").glob("*.md"))
    assert guides
    for guide in guides:
        parts, aloud = points.scheme(guide)
        claims = [k for part in parts for k in range(part.first, part.last + 1)]
        checks = sandbox.ROOT / f"exercises/{guide.stem}/check_{guide.stem}.py"
        n = checks.read_text("utf-8").count("\ndef test_")
        assert claims == list(range(1, n + 1)), guide.stem
        assert aloud > 0


def test_copies_are_listed_first_and_the_starter_does_not_count():
    """Renaming, comments and layout hide nothing."""
    copied = SOLUTION.replace("depth_km", "d").replace('"""Return', '"""Gives')
    other = (
        "def mean_depth(d):\n    total = 0\n    for one in d:\n        total += one\n"
    )
    other += (
        "    return total / len(d)\n\ndef depth_range(d):\n    return sorted(d)[-1]\n"
    )
    programs = {"a": SOLUTION.encode(), "b": copied.encode(), "c": other.encode()}
    starter = b"def mean_depth(depth_km):\n    raise NotImplementedError\n"
    first, *rest = similarity.resemblances(programs, starter)
    assert first[:2] == ("a", "b")
    assert first[2] > 0.9 > max(alike for *_, alike in rest)
    only = {"a": starter, "b": starter}
    assert similarity.resemblances(only, starter) == []


def test_the_command_line_runs_as_a_program():
    """`python tools/grade.py --help` finds its modules."""
    command = [sys.executable, str(sandbox.ROOT / "tools/grade.py"), "--help"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
