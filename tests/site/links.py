"""What can be seen of a built site without a browser: links, hosts, alt texts.

Every function takes the folder of a built site and returns the faults by page.
"""

import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup

sys.path.insert(0, str(Path(__file__).parents[2] / "book/_ext"))
from loads import css_urls, host, loads

Faults = dict[str, list[str]]

# Shown at any address that has no page, so its links start at the top of the host.
NOT_FOUND = "404.html"
# Not pages: templates and sources that Sphinx copies beside the pages.
APART = ("_static", "_sources", "_downloads", "_images")
REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)


def pages(folder: Path) -> list[str]:
    """The pages of a site, as paths below `folder`.

    >>> import tempfile
    >>> site = Path(tempfile.mkdtemp())
    >>> _ = (site / "index.html").write_text("<h1>A book</h1>")
    >>> pages(site)
    ['index.html']
    """
    found = (file.relative_to(folder) for file in folder.rglob("*.html"))
    return sorted(file.as_posix() for file in found if file.parts[0] not in APART)


@cache
def soup(file: Path) -> BeautifulSoup:
    """The parsed page, read once."""
    return BeautifulSoup(file.read_bytes(), "lxml")


def redirect(folder: Path, page: str) -> str | None:
    """Where a page sends its reader at once, or None."""
    tag = soup(folder / page).find(
        "meta", attrs={"http-equiv": re.compile("refresh", re.I)}
    )
    found = REFRESH.search(tag.get("content", "")) if tag else None
    return found[1].strip() if found else None


@cache
def anchors(file: Path) -> set[str]:
    """Every place inside a page that a link can name."""
    page = soup(file)
    names = {tag["name"] for tag in page.find_all("a", attrs={"name": True})}
    return names | {tag["id"] for tag in page.find_all(id=True)}


def links(folder: Path, page: str) -> list[str]:
    """What a reader can follow from a page, in the order of the page."""
    tags = soup(folder / page).find_all(["a", "area"], href=True)
    found = [tag["href"].strip() for tag in tags]
    target = redirect(folder, page)
    return [*found, target] if target else found


def top(folder: Path) -> str:
    """The path on its host at which a site was built to begin."""
    file = folder / NOT_FOUND
    return soup(file).html.get("data-content_root", "/") if file.is_file() else "/"


def is_internal(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.scheme and not parts.netloc


def link_fault(folder: Path, page: str, link: str) -> str | None:
    """What is wrong with one internal link of a page, in words, or None."""
    if page == NOT_FOUND:
        link = link.removeprefix(top(folder))
    parts = urlsplit(link)
    if parts.path.startswith("/"):
        return (
            f"{link}: starts at the host's root, so it dies where the book has a path"
        )
    start = folder / page
    target = (start.parent / unquote(parts.path)).resolve() if parts.path else start
    if target.is_dir():
        target = target / "index.html"
    if not target.is_relative_to(folder.resolve()) and target != start:
        return f"{link}: leads out of the site"
    if not target.is_file():
        return f"{link}: no such file"
    anchor = unquote(parts.fragment).split(":~:")[0]
    if anchor in ("", "top") or target.suffix != ".html":
        return None
    return None if anchor in anchors(target) else f"{link}: no such anchor"


def dead_links(folder: Path) -> Faults:
    """Internal links whose file or anchor does not exist, by page."""
    faults: Faults = {}
    for page in pages(folder):
        inside = filter(is_internal, dict.fromkeys(links(folder, page)))
        found = (link_fault(folder, page, link) for link in inside)
        faults[page] = [fault for fault in found if fault]
    return faults


def page_loads(folder: Path, page: str) -> list[str]:
    """What a page makes a browser load, each address once."""
    tags = soup(folder / page).find_all(True)
    return list(dict.fromkeys(url for tag in tags for url in loads(tag)))


def foreign_resources(folder: Path) -> Faults:
    """What pages and style sheets load from another host, by file."""
    faults: Faults = {}
    for page in pages(folder):
        found = (
            url for tag in soup(folder / page).find_all(True) for url in loads(tag)
        )
        faults[page] = [url for url in dict.fromkeys(found) if host(url)]
    for sheet in sorted(folder.rglob("*.css")):
        urls = css_urls(sheet.read_text("utf-8", errors="replace"))
        if foreign := [url for url in urls if host(url)]:
            faults[sheet.relative_to(folder).as_posix()] = foreign
    return faults


def missing_files(folder: Path) -> Faults:
    """Scripts, style sheets, fonts and images that the site itself lacks, by file."""
    faults: Faults = {}
    for page in pages(folder):
        found = (
            url for tag in soup(folder / page).find_all(True) for url in loads(tag)
        )
        faults[page] = absent(folder, page, found)
    for sheet in sorted(folder.rglob("*.css")):
        name = sheet.relative_to(folder).as_posix()
        found = css_urls(sheet.read_text("utf-8", errors="replace"))
        if faulty := absent(folder, name, found):
            faults[name] = faulty
    return faults


def absent(folder: Path, start: str, urls: Iterable[str]) -> list[str]:
    """Those of the site's own `urls`, seen from `start`, that are not there."""
    own = [url for url in dict.fromkeys(urls) if is_internal(url)]
    files = [url for url in own if not url.startswith("#")]
    return [fault for url in files if (fault := link_fault(folder, start, url))]


def missing_alt(folder: Path) -> Faults:
    """Images without an alternative text, by page."""
    faults: Faults = {}
    for page in pages(folder):
        images = soup(folder / page).find_all("img")
        faults[page] = [
            image.get("src", "?")[-60:]
            for image in images
            if not image.get("alt", "").strip()
        ]
    return faults
