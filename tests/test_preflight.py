"""What is wrong before a cell runs is named with its file and line."""

import shutil
import subprocess
import sys

import pytest
from packaging.requirements import Requirement
from planted_book import ROOT, cell, page

sys.path.insert(0, str(ROOT / "tools"))
import preflight

DATA = "code/mlearth/data"
STDERR = "mystnb: {output_stderr: remove}"
MODE = "mystnb: {execution_mode: 'off'}"
HIDDEN = {
    "tag": (page("A", cell("1 / 0", "tags: [raises-exception]")), 9),
    "stderr": (page("A", cell("1", "tags: [hide-input, remove-stderr]")), 9),
    "short": (page("A", "```{code-cell}\n:tags: [skip-execution]\n1 / 0\n```"), 8),
    "setting": (page("A", cell("1", STDERR)), 9),
    "page": (page("A").replace("---\n", f"---\n{STDERR}\n", 1), 1),
    "mode": (page("A").replace("---\n", f"---\n{MODE}\n", 1), 1),
}


def bare_root(folder, pages=(), pins=""):
    """A folder with a list of pins and a few pages, and nothing else."""
    (folder / "book").mkdir()
    (folder / "requirements.txt").write_text(pins)
    for name, text in dict(pages).items():
        (folder / f"book/{name}.md").write_text(text)
    return folder


@pytest.mark.parametrize("name", HIDDEN)
def test_a_page_that_hides_a_failure_is_named(tmp_path, name):
    """Tags and settings that silence a cell are refused, with file and line."""
    text, line = HIDDEN[name]
    (fault,) = preflight.faults(bare_root(tmp_path, {"sly": text}))
    assert fault.startswith(f"book/sly.md:{line}: ")
    assert "would hide" in fault


def test_a_header_that_cannot_be_read_is_named(tmp_path):
    """A cell whose options are no YAML is a fault of its page, not a traceback."""
    broken = page("A", cell("1", "tags: [hide-input"))
    (fault,) = preflight.faults(bare_root(tmp_path, {"broken": broken}))
    assert fault.startswith("book/broken.md:")


def test_an_open_page_has_no_fault(tmp_path):
    """Cells that are folded away hide nothing that matters."""
    sound = page("A", cell("1", "tags: [hide-input, remove-cell, from-package]"))
    assert list(preflight.faults(bare_root(tmp_path, {"sound": sound}))) == []


def test_a_label_that_stands_twice_is_named(tmp_path):
    """Two labels alike are told with both places, whatever they are before."""
    pages = {"a": "# A\n\n(here)=\nOne.\n", "b": "# B\n\n(Here)=\nTwo.\n\n(there)=\nX."}
    (fault,) = preflight.faults(bare_root(tmp_path, pages))
    assert fault == "book/b.md:3: the label Here stands at book/a.md:3 too"


@pytest.mark.parametrize(
    ("pin", "said"),
    [
        ("numpy==0.1", "numpy==0.1 is pinned and "),
        ("no-such-package==1", "no-such-package==1 is pinned and not installed"),
    ],
)
def test_a_pin_that_is_not_installed_is_named(tmp_path, pin, said):
    """Another version, or none, is told with the line of the pin."""
    pins = f"# a comment\n{pin}\n    # via mlearth\n"
    (fault,) = preflight.faults(bare_root(tmp_path, pins=pins))
    assert fault.startswith(f"requirements.txt:2: {said}")


def test_a_pin_for_other_machines_is_not_asked_for():
    """A pin is asked for only where its marker holds."""
    there = Requirement("no-such-package==1 ; sys_platform == 'amiga'")
    here = Requirement("no-such-package==1 ; sys_platform != 'amiga'")
    assert preflight.pin_fault(there) is None
    assert "not installed" in preflight.pin_fault(here)


def test_one_altered_byte_of_a_data_file_is_named(tmp_path):
    """Every shipped file is compared with its checksum, and a lost one is missed."""
    root = bare_root(tmp_path)
    shutil.copytree(ROOT / DATA, root / DATA)
    assert list(preflight.faults(root)) == []
    altered = root / DATA / "local_event.mseed"
    content = bytearray(altered.read_bytes())
    content[1000] ^= 1
    altered.write_bytes(content)
    (root / DATA / "teleseisms.mseed").unlink()
    first, second = preflight.faults(root)
    assert "local_event.mseed is not the registered file" in first
    assert "teleseisms.mseed is missing" in second
    for fault, name in [(first, "local_event.mseed"), (second, "teleseisms.mseed")]:
        line = int(fault.split(":")[1])
        assert name in (root / preflight.REGISTER).read_text().splitlines()[line - 1]


@pytest.mark.parametrize(
    ("path", "said"),
    [("obspy/__init__.py", "checksum differs"), ("nowhere/data.csv", "is missing")],
)
def test_data_of_an_installed_package_are_compared_too(tmp_path, path, said):
    """What is read where a package keeps it has its checksum as well."""
    entry = f'[a]\norigin = "installed"\nsources = [{{path="{path}", sha256="0f"}}]\n'
    root = bare_root(tmp_path)
    (root / DATA).mkdir(parents=True)
    (root / preflight.REGISTER).write_text(entry)
    (fault,) = preflight.faults(root)
    assert fault.startswith(f"{preflight.REGISTER}:3: {path} ")
    assert said in fault


def test_this_book_has_no_fault_and_says_nothing():
    """The command by its path is silent and content with the book as it is."""
    command = [sys.executable, "tools/preflight.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


def test_the_command_fails_and_prints_each_fault(tmp_path):
    """By its path it exits 1 and prints one fault a line."""
    root = bare_root(tmp_path, {"sly": HIDDEN["tag"][0]}, "no-such-package==1\n")
    (root / "tools").mkdir()
    shutil.copy(ROOT / "tools/preflight.py", root / "tools")
    command = [sys.executable, "tools/preflight.py"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [
        "requirements.txt",
        "book/sly.md",
    ]
