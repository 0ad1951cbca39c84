"""What the checks of the built site share: the site, a browser, a table at the end."""

import os
import sys
from collections import defaultdict
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import links
from browser import MODES, Looker, find_chromium, served

HERE = Path(__file__).parent
BOOK = Path(os.environ.get("BOOK_HTML", HERE.parents[1] / "_build/html")).resolve()
COLUMNS = [*MODES, "requests", "console", "other", "links"]
TABLE = pytest.StashKey[dict[str, dict[str, int]]]()
SIZES = pytest.StashKey[dict[str, dict[str, float]]]()


def pytest_ignore_collect(collection_path, config):
    """Leave this folder to `make check-site`: `make test` needs no built book."""
    start = config.invocation_params.dir
    asked = [(start / arg.split("::")[0]).resolve() for arg in config.args]
    return None if any(HERE in (path, *path.parents) for path in asked) else True


def pytest_configure(config):
    config.stash[TABLE] = defaultdict(dict)
    config.stash[SIZES] = defaultdict(dict)


def built_pages() -> list[str]:
    if not (BOOK / "index.html").is_file():
        pytest.fail(f"there is no book in {BOOK}: run make book first", pytrace=False)
    return links.pages(BOOK)


def pytest_generate_tests(metafunc):
    """One test for every built page, and for every way of looking at it."""
    if "page_name" not in metafunc.fixturenames:
        return
    names = built_pages()
    if "mode" in metafunc.fixturenames:
        names = [name for name in names if not links.redirect(BOOK, name)]
        metafunc.parametrize("mode", MODES)
    metafunc.parametrize("page_name", names)


@pytest.fixture(scope="session")
def book():
    """The folder of the built book."""
    return BOOK


@pytest.fixture(scope="session")
def site():
    """The address at which the built book is served on this machine."""
    with served(BOOK) as address:
        yield address


@pytest.fixture(scope="session")
def looker():
    """One headless browser for all the tests."""
    try:
        find_chromium()
    except FileNotFoundError as error:
        pytest.exit(str(error), returncode=1)
    with Looker() as started:
        yield started


@pytest.fixture(scope="session")
def visits(request, looker, site):
    """A visit for every page and mode that the tests ask for, all under way."""
    asked = [getattr(item, "callspec", None) for item in request.session.items]
    pairs = [
        (each.params["page_name"], each.params["mode"])
        for each in asked
        if each and {"page_name", "mode"} <= each.params.keys()
    ]
    return {(name, mode): looker.submit(site, name, mode) for name, mode in pairs}


@pytest.fixture(scope="session")
def table(pytestconfig):
    """The number of faults by page and column, printed when all is done."""
    return pytestconfig.stash[TABLE]


@pytest.fixture(scope="session")
def sizes(pytestconfig):
    """What each page weighs, printed when all is done."""
    return pytestconfig.stash[SIZES]


def write_sizes(write, sizes):
    """One table for all pages: KiB of a first and of a later visit, and requests."""
    width = max(map(len, sizes))
    for page, row in sorted(sizes.items()):
        cells = (f"{row[name]:>8.0f}" for name in ("first", "next", "loads"))
        write("  ".join([page.ljust(width), *cells]))


def pytest_terminal_summary(terminalreporter, config):
    """One table for all pages: axe's violations by mode, then the other faults."""
    results, sizes = config.stash[TABLE], config.stash[SIZES]
    if sizes:
        terminalreporter.section("KiB of a first visit, of a later one, requests")
        write_sizes(terminalreporter.write_line, sizes)
    if not results:
        return
    width = max(map(len, results))
    terminalreporter.section("faults by page (axe: light, dark, phone)")
    write = terminalreporter.write_line
    write("  ".join(["page".ljust(width), *(f"{name:>8}" for name in COLUMNS)]))
    for page, row in sorted(results.items()):
        cells = (str(row.get(name, "-")) for name in COLUMNS)
        write("  ".join([page.ljust(width), *(f"{cell:>8}" for cell in cells)]))
    total = sum(sum(row.values()) for row in results.values())
    write(f"{len(results)} pages, {total} faults")
