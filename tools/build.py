"""Build the book strictly: ``python tools/build.py``.

Pages whose inputs changed are executed first, as many at a time as there are cores;
then Sphinx reads what changed. A fault anywhere fails the build, and it stays failed
until it is mended.
"""

import argparse
import functools
import hashlib
import importlib.util
import os
import re
import shutil
import sys
from pathlib import Path

import compare_runs
import execution_pool
import yaml
from launch import repository_url, site_path, theme_buttons
from page_inputs import ENVIRONMENT, KERNEL, PageInputs
from page_records import Page, uses_tensorflow

ROOT = Path(__file__).resolve().parents[1]
DRAFTS = "book/final_project/manuscript/"  # templates, which students build
RENDERS = ["book/_ext", "_config.yml", "requirements.txt"]
REDIRECT = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="refresh" content="0; url={page}.html"></head>
<body><main><h1>{title}</h1><p><a href="{page}.html">Open the book</a></p></main></body>
</html>
"""


def toc_pages(entry) -> list[str]:
    """Every page named in a table of contents, without its ending."""
    if isinstance(entry, list):
        return [page for item in entry for page in toc_pages(item)]
    if not isinstance(entry, dict):
        return []
    own = [entry[key] for key in ("root", "file") if key in entry]
    return own + [page for value in entry.values() for page in toc_pages(value)]


def orphans(root: Path) -> list[str]:
    """Pages below ``book/`` that the table of contents leaves out; drafts are none."""
    listed = set(toc_pages(yaml.safe_load((root / "_toc.yml").read_text("utf-8"))))
    pages = sorted((root / "book").rglob("*.md"))
    names = [page.relative_to(root).with_suffix("").as_posix() for page in pages]
    return [n for n in names if n not in listed and not n.startswith(DRAFTS)]


def stamp(root: Path) -> str:
    """A fingerprint of what turns pages into HTML."""
    digest = hashlib.sha256(sys.version.encode())
    for name in RENDERS:
        top = root / name
        for file in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if file.is_file() and not {"__pycache__"} & set(file.parts):
                digest.update(file.relative_to(root).as_posix().encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def prepare_kernels(root: Path) -> None:
    """Give every kernel our configuration and one thread."""
    profile = root / "_build" / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    shutil.copy(root / KERNEL, profile)
    os.environ["IPYTHONDIR"] = str(profile.parent)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.update(ENVIRONMENT)


def forget_if_stale(build: Path, fingerprint: str) -> None:
    """Drop doctrees and drawings of other extensions, or of a failed build."""
    known, unfinished = build / "stamp", build / "unfinished"
    if not known.exists() or known.read_text() != fingerprint or unfinished.exists():
        for made in ("doctrees", "jupyter_execute"):
            shutil.rmtree(build / made, ignore_errors=True)
    build.mkdir(exist_ok=True)
    known.write_text(fingerprint)
    unfinished.touch()


def faults(root: Path) -> list[str]:
    """Name what is wrong with the book before anything is executed."""
    found = [f"{page}.md is not in _toc.yml" for page in orphans(root)]
    if importlib.util.find_spec("preflight"):
        found += importlib.import_module("preflight").faults(root)
    return found


def notebooks(root: Path) -> list[Page]:
    """Every page of the table of contents that has code, with its record."""
    toc = toc_pages(yaml.safe_load((root / "_toc.yml").read_text("utf-8")))
    pages = [Page(root, name) for name in toc if (root / f"{name}.md").exists()]
    return [page for page in pages if page.is_notebook()]


def execute_pages(root: Path, workers: int) -> None:
    """Execute each page whose inputs changed, and keep its outputs."""
    inputs, pages = PageInputs(root), {page.name: page for page in notebooks(root)}
    stale = {name: why for name, p in pages.items() if (why := p.reasons(inputs))}
    print(f"{len(stale)} of {len(pages)} pages to execute", flush=True)
    for name, why in stale.items():
        if pages[name].record.get("executed"):
            more = f" and {len(why) - 3} more" if len(why) > 3 else ""
            print(f"{name}: {', '.join(why[:3])}{more} changed", flush=True)

    def keep(job, cost):
        pages[job.name].keep(cost, workers == 1)

    for name in stale:
        page = pages[name]
        page.record["tensorflow"] = uses_tensorflow(inputs, page.cells)
    jobs = [pages[name].job() for name in stale]
    execution_pool.run(jobs, workers, timeout_s(root), keep)


def timeout_s(root: Path) -> float:
    """Seconds that a cell may take, from the book's configuration."""
    config = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    return config["execute"]["timeout"]


def share(pages: list[Page], k: int, n: int) -> list[Page]:
    """Return part k of n of the pages: all parts take about the same time."""
    return sorted(pages, key=lambda page: page.record.get("seconds") or 0)[k - 1 :: n]


def differences(root: Path, workers: int, part: tuple[int, int]) -> list[str]:
    """Execute pages once more and name the cells whose output is another."""
    pages = {page.name: page for page in share(notebooks(root), *part)}
    found = [f"{name}: a cell fails" for name, p in pages.items() if not p.is_kept()]

    def compare(job, cost):
        if cost.error:
            found.append(f"{job.name}: a cell fails when run again\n{cost.error}")
            return
        known = pages[job.name].executed()
        found.extend(compare_runs.differences(job.name, known, job.notebook))

    jobs = [page.job() for page in pages.values() if page.is_kept()]
    execution_pool.run(jobs, workers, timeout_s(root), compare)
    return found


class KeptPages:
    """Sphinx's environment for who only looks: it keeps the last pages that it read."""

    def __init__(self, env):
        self._env = env
        self.get_doctree = functools.lru_cache(8)(env.get_doctree)

    def __getattr__(self, name: str):
        return getattr(self._env, name)


def quicken() -> None:
    """Spare a build four things that take longer than the page itself."""
    import pybtex.plugin
    from pybtex.style.formatting import BaseStyle
    from sphinx.domains.std import StandardDomain

    # for each figure that a page cites, the whole page would be read from the disk
    resolve, kept = StandardDomain._resolve_numref_xref, functools.cache(KeptPages)
    StandardDomain._resolve_numref_xref = lambda self, env, *rest: resolve(
        self, kept(env), *rest
    )
    # jsonschema would compile a grammar of addresses that no file here contains
    sys.modules["rfc3987_syntax"] = None
    # every citation would look through the metadata of all installed packages
    load = functools.cache(pybtex.plugin._load_entry_point)
    pybtex.plugin._load_entry_point = load
    # each work would be set twice for every page that cites it
    set_entry, entries = BaseStyle.format_entry, {}

    def format_entry(style, label, entry, *rest):
        key = type(style), label, entry.key, *rest
        if key not in entries:
            entries[key] = set_entry(style, label, entry, *rest)
        return entries[key]

    BaseStyle.format_entry = format_entry


def run_sphinx(root: Path, jobs: int) -> int:
    quicken()
    from jupyter_book.sphinx import build_sphinx

    build = root / "_build"
    overrides = {
        "nb_execution_cache_path": str(build / "cache"),
        "nitpicky": True,
        "latex_individualpages": False,
        "site_path": site_path(repository_url(root)),
        **theme_buttons(repository_url(root)),
    }
    result = build_sphinx(
        str(root),
        str(build / "html"),
        path_config=str(root / "_config.yml"),
        noconfig=True,
        confoverrides=overrides,
        doctreedir=str(build / "doctrees"),
        warningiserror=True,
        keep_going=True,
        jobs=jobs,
    )
    return result if isinstance(result, int) else 1


def build_book(root: Path, jobs: int) -> int:
    """Build the book below `root`; 0 means that everything is right."""
    if found := faults(root):
        print(*found, sep="\n")
        return 1
    forget_if_stale(root / "_build", stamp(root))
    prepare_kernels(root)
    execute_pages(root, jobs)
    status = run_sphinx(root, jobs)
    if status == 0:
        toc = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))
        title = yaml.safe_load((root / "_config.yml").read_text("utf-8"))["title"]
        page = REDIRECT.format(title=title, page=toc["root"])
        (root / "_build/html/index.html").write_text(page, "utf-8")
        (root / "_build/unfinished").unlink()
    return status


def compare_book(root: Path, jobs: int, part: tuple[int, int]) -> int:
    """Execute a part of a built book's pages again; 0 means the same outputs."""
    prepare_kernels(root)
    execute_pages(root, jobs)
    found = differences(root, jobs, part)
    which = "part {} of {} of the pages".format(*part)
    print(*found or [f"Two executions agree in every cell of {which}."], sep="\n")
    return int(bool(found))


def a_part(text: str) -> tuple[int, int]:
    """Read a part of the pages: 1/1 is all of them, 2/4 the second of four parts."""
    if re.fullmatch(r"[1-9]\d*/[1-9]\d*", text):
        k, n = map(int, text.split("/"))
        if k <= n:
            return k, n
    wrong = f"expected a part such as 1/1 or 2/4, got {text!r}"
    raise argparse.ArgumentTypeError(wrong)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    cores = os.cpu_count() or 1
    parser.add_argument("--jobs", type=int, default=cores, help="pages at a time")
    again = "execute a part of the pages again, such as 2/4, and compare the outputs"
    parser.add_argument("--compare", type=a_part, metavar="PART", help=again)
    options = parser.parse_args()
    if options.compare:
        return compare_book(ROOT, options.jobs, options.compare)
    return build_book(ROOT, options.jobs)


if __name__ == "__main__":
    sys.exit(main())
