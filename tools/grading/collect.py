"""What was handed in: files, folders, notebooks, archives, as course systems name them.

Each entry of the folder is one submission. Of it only what the homework asks for is
taken, by its name, as a fresh copy; a symbolic link is never followed.
"""

from __future__ import annotations

import json
import re
import shutil
import stat
import unicodedata
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

LARGEST = 4 * 2**20
"""Bytes of a file that somebody wrote; a larger one is not read."""

MOST_ENTRIES = 2000
LONG_AGO = datetime.fromtimestamp(0, UTC)
SYSTEM_WORDS = re.compile(r"(?i)assignsubmission_file|onlinetext|late|\d{3,}")


@dataclass
class Submission:
    """One entry of the folder of submissions.

    Attributes
    ----------
    name : str
        What the course system called it.
    files : dict of str to bytes
        The files that the homework asks for.
    times : dict of str to datetime
        When each of them was written [UTC].
    notes : list of str
        What the instructor should know.
    """

    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    times: dict[str, datetime] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def take(self, wanted: str, data: bytes, time: datetime, place: str) -> None:
        """Keep a file; of two of one name the newer one."""
        if wanted in self.files:
            self.notes.append(f"two files for {wanted}: the newer one counts ({place})")
            if time <= self.times[wanted]:
                return
        self.files[wanted], self.times[wanted] = data, time

    @property
    def received(self) -> datetime:
        """When the newest of its files was written [UTC]."""
        return max(self.times.values(), default=LONG_AGO)

    def write(self, folder: Path) -> None:
        """Write the files into an empty folder."""
        for name, data in self.files.items():
            (folder / name).write_bytes(data)


def collect(folder: Path, wanted: list[str]) -> list[Submission]:
    """Read every entry of a folder of submissions.

    Parameters
    ----------
    folder : Path
        What the course system delivered: a file, folder or archive for each pair.
    wanted : list of str
        Names of the files that the homework asks for, its Python file first.

    Returns
    -------
    list of Submission
        In the order of their names; one without a file has a note that says so.

    Raises
    ------
    ValueError
        If there is no such folder, or nothing in it.
    """
    if not folder.is_dir():
        raise ValueError(f"SUBMISSIONS: {folder} is no folder")
    found = []
    entries = [one for one in sorted(folder.iterdir()) if one.name[0] != "."]
    stems = [one.stem for one in entries]
    for entry in entries:
        alone = entry.is_file() and stems.count(entry.stem) == 1
        one = Submission(entry.stem if alone else entry.name)
        for place, data, time in contents(entry, one.notes):
            name = asked_for(place, wanted, entry.is_file())
            if name and place.endswith(".ipynb"):
                data = code_of(data, one.notes)
            if name:
                one.take(name, data, time, place)
        missing = [name for name in wanted if name not in one.files]
        one.notes += [f"there is no {name}" for name in missing]
        found.append(one)
    if not found:
        raise ValueError(f"SUBMISSIONS: {folder} is empty")
    return found


def contents(entry: Path, notes: list[str]):
    """Yield place, bytes and time of each file of an entry."""
    if entry.is_symlink():
        notes.append("a symbolic link is not followed")
    elif entry.is_file() and zipfile.is_zipfile(entry):
        yield from unpacked(entry, notes)
    elif entry.is_file():
        yield from plain(entry, entry.name, notes)
    else:
        paths = sorted(entry.rglob("*"))  # goes into no linked folder
        for path in few(paths, notes):
            place = path.relative_to(entry).as_posix()
            if path.is_symlink():
                notes.append(f"{place}: a symbolic link is not followed")
            elif path.is_file() and zipfile.is_zipfile(path):
                yield from unpacked(path, notes)
            elif path.is_file():
                yield from plain(path, place, notes)


def few(entries: list, notes: list[str]) -> list:
    """Return the entries that are looked at, and note if these are not all."""
    if len(entries) > MOST_ENTRIES:
        notes.append(f"{len(entries)} files: the first {MOST_ENTRIES} are looked at")
    return entries[:MOST_ENTRIES]


def plain(path: Path, place: str, notes: list[str]):
    """Yield one file, if it is not too large."""
    seen = path.lstat()
    if not stat.S_ISREG(seen.st_mode) or seen.st_size > LARGEST:
        notes.append(f"{place}: no plain file below {LARGEST // 2**20} MiB, not read")
        return
    time = datetime.fromtimestamp(seen.st_mtime, UTC)
    yield place, path.read_bytes(), time


def unpacked(path: Path, notes: list[str]):
    """Yield the files of an archive without writing one: none can lie outside."""
    try:
        with zipfile.ZipFile(path) as archive:
            for info in few(archive.infolist(), notes):
                if info.is_dir() or "__MACOSX" in info.filename:
                    continue
                if info.file_size > LARGEST or stat.S_ISLNK(info.external_attr >> 16):
                    notes.append(f"{info.filename}: too large, or a link; not read")
                    continue
                time = datetime(*info.date_time, tzinfo=UTC)
                yield info.filename, archive.read(info), time
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError) as error:
        notes.append(f"{path.name}: the archive cannot be read ({error})")


def asked_for(place: str, wanted: list[str], alone: bool) -> str | None:
    """Return the wanted file that a place stands for, if any.

    Course systems put words before a name and browsers number copies after it.

    >>> wanted = ["hw1_model_fit.py", "b_value.m"]
    >>> asked_for("doejane_123_45_hw1_model_fit-2.py", wanted, False)
    'hw1_model_fit.py'
    >>> asked_for("work/hw1_model_fit.ipynb", wanted, False)
    'hw1_model_fit.py'
    >>> asked_for("check_hw1_model_fit.py", wanted, False)
    """
    name = unicodedata.normalize("NFC", PurePosixPath(place.replace("\\", "/")).name)
    if name.startswith(("check_", "test_", "conftest")):
        return None
    stem, _, ending = name.rpartition(".")
    stem = re.sub(r"([ _-]\(?\d{1,2}\)?|\(\d{1,2}\)|[ _-]copy)$", "", stem, flags=re.I)
    for one in wanted:
        kept, _, kind = one.rpartition(".")
        if ending in (kind, "ipynb" if kind == "py" else kind) and stem.endswith(kept):
            return one
    only = alone and ending in ("py", "ipynb")
    return wanted[0] if only else None


def code_of(data: bytes, notes: list[str]) -> bytes:
    """Return the code of a notebook, its magics left out."""
    try:
        cells = json.loads(data.decode("utf-8-sig"))["cells"]
        code = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError, UnicodeDecodeError) as error:
        notes.append(f"the notebook cannot be read ({type(error).__name__})")
        return b"raise SystemExit('the notebook cannot be read')\n"
    lines = "\n\n".join(code).splitlines()
    kept = [f"# {x}" if x.lstrip().startswith(("%", "!")) else x for x in lines]
    notes.append("from a notebook: its cells from top to bottom, without magics")
    return ("\n".join(kept) + "\n").encode("utf-8")


def plain_name(text: str) -> str:
    """Return the letters of a name, for comparison.

    >>> plain_name("Müller, Jörg"), plain_name("doe-jane_12345_LATE")
    ('mullerjorg', 'doejane')
    """
    text = SYSTEM_WORDS.sub("", unicodedata.normalize("NFKD", text))
    return "".join(c for c in text.casefold() if c.isalpha() and c.isascii())


def owner(submission: Submission, pairs: list[str]) -> str | None:
    """Return the pair whose member a submission is named after; None if unclear."""
    name, found = plain_name(submission.name), []
    for pair in pairs:
        for member in pair.split(" and "):
            words = [plain_name(word) for word in re.split(r"[ ,]+", member) if word]
            turns = {
                "".join(words),
                "".join(words[::-1]),
                "".join(words[1:] + words[:1]),
            }
            if any(turn and turn in name for turn in turns):
                found.append(pair)
    return found[0] if len(set(found)) == 1 else None


def shelf(folder: Path) -> Path:
    """Make an empty folder anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
