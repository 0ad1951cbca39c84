"""Print the built book as one PDF: ``python tools/pdf.py``.

The pages of the site become one document, in the order of the table of contents, and
Chromium prints it: with bookmarks, and with links that lead from page to page inside of
it. The code that only draws a figure stays folded away.
"""

import argparse
import os
import posixpath
import shutil
import sys
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from bs4 import BeautifulSoup, Tag
from build import toc_pages
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
LEFT_OUT = (
    "script, style, template, button, form, a.headerlink, .sd-tab-input, "
    "details.hide.above-input, .sd-stretched-link"
)
SHEET = """
@page { size: A4; margin: 18mm 17mm 20mm; }
body { background: #fff; display: block; }
main.bd-main, main .bd-article { display: block; max-width: none; padding: 0; }
main .bd-article + .bd-article {
  border-top: 1pt solid #999; margin-top: 24pt; padding-top: 12pt; }
h1, h2, h3, h4, .admonition-title, .sd-tab-label, dt, caption { break-after: avoid; }
article span[id]:empty { position: absolute; } /* would part a title from its text */
pre, .highlight, .output { overflow: visible !important; } /* what scrolls is not cut */
.sd-tab-label { display: block !important; padding-left: 0 !important; }
h1 { font-size: 20pt; } h2 { font-size: 15pt; } h3 { font-size: 12pt; }
.bd-article-container :is(h2, h3) { margin-top: 1.4em; }
p, li, dd { orphans: 2; widows: 2; }
figure img, .output img, .driven svg {
  max-height: 74mm; max-width: 100%; width: auto !important; }
figure { margin: 8pt 0; }
[class*="highlight"] { display: block !important; }
.admonition, .quiz, div.cell, div.cell_input, [class*="highlight"], pre {
  break-inside: auto !important; }
.admonition.hide { border: 0; }
.choose { display: none; } /* a book on paper gives no line away */
.quiz-answer, .citation { break-inside: avoid; }
dl.field-list { display: block !important; }
.sd-card { border: 1px solid #999; }
"""
FOOTER = """<div style="font: 8pt sans-serif; text-align: center; width: 100%">
<span class="pageNumber"></span></div>"""


def find_browser() -> str:
    """The path of an installed Chromium.

    Raises
    ------
    FileNotFoundError
        If there is none; the message names the package to install.
    """
    asked = [os.environ.get("CHROMIUM"), *BROWSERS]
    found = next(filter(None, (shutil.which(name) for name in asked if name)), None)
    if found is None:
        raise FileNotFoundError(
            "no Chromium was found: install the package chromium (Debian, Ubuntu: "
            "apt install chromium), or name a browser's path in CHROMIUM"
        )
    return found


def target(link: str, page: str, marks: dict[str, str]) -> str | None:
    """Where a link of a page leads inside of the one document.

    Parameters
    ----------
    link : str
        The link, as it stands on the page.
    page : str
        Name of the page, such as "book/glossary".
    marks : dict of str to str
        The mark of every page of the book.

    Returns
    -------
    str or None
        An anchor; the link itself if it leaves the site; None if it leads to what no
        paper has, such as the search.

    Examples
    --------
    >>> marks = {"book/a/b": "p1", "book/c": "p2"}
    >>> target("../c.html#d", "book/a/b", marks), target("#e", "book/a/b", marks)
    ('#p2-d', '#p1-e')
    >>> target("https://example.org", "book/c", marks), target("x", "book/c", marks)
    ('https://example.org', None)
    """
    parts = urlsplit(link)
    if parts.scheme:
        return link
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), parts.path))
    name = path.removesuffix(".html") if parts.path else page
    if name not in marks:
        return None
    return f"#{marks[name]}" + (f"-{parts.fragment}" if parts.fragment else "")


def redirect(tag: Tag, page: str, site: Path, marks: dict[str, str]) -> None:
    """Let a tag find its image, its anchor and its target from the one document."""
    if tag.get("id") and not tag.find_parent("svg"):  # there, names refer to names
        tag["id"] = f"{marks[page]}-{tag['id']}"
    if tag.name == "img":
        tag["src"] = (site / posixpath.dirname(page) / tag["src"]).resolve().as_uri()
        tag.attrs.pop("loading", None)
    if tag.name == "details":
        tag["open"] = ""
    if tag.name == "a" and tag.has_attr("href"):
        to = target(tag["href"], page, marks)
        if to is None:
            tag.unwrap()
        else:
            tag["href"] = to


def article(site: Path, page: str, marks: dict[str, str]) -> str:
    """The article of a page, ready for the one document."""
    soup = BeautifulSoup((site / f"{page}.html").read_text("utf-8"), "html.parser")
    found = soup.select_one("article.bd-article")
    for tag in found.select(LEFT_OUT):
        tag.decompose()
    for tag in found.find_all(True):
        redirect(tag, page, site, marks)
    found["id"] = marks[page]
    return str(found)


def whole(root: Path, site: Path) -> str:
    """All pages of the book as one document."""
    toc = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))
    title = yaml.safe_load((root / "_config.yml").read_text("utf-8"))["title"]
    pages = toc_pages(toc)
    marks = {page: f"p{number}" for number, page in enumerate(pages)}
    articles = "\n".join(article(site, page, marks) for page in pages)
    sheet = (site / "_static/site.css").as_uri()
    return f"""<!DOCTYPE html><html lang="en" data-theme="light"><head>
<meta charset="utf-8"><title>{title}</title><link rel="stylesheet" href="{sheet}">
<style media="print">{SHEET}</style></head><body><main class="bd-main bd-content">
<div class="bd-article-container">{articles}</div></main></body></html>"""


def write_pdf(root: Path, site: Path, pdf: Path) -> None:
    """Print the book below `root`, built into `site`, to the file `pdf`."""
    page_file = pdf.with_suffix(".html")
    page_file.parent.mkdir(parents=True, exist_ok=True)
    page_file.write_text(whole(root, site), "utf-8")
    flags = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=flags)
        page = browser.new_page()
        page.set_default_timeout(600_000)
        page.goto(page_file.as_uri(), wait_until="load")
        page.pdf(
            path=pdf,
            outline=True,
            tagged=True,
            prefer_css_page_size=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=FOOTER,
        )
        browser.close()
    page_file.unlink()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", type=Path, default=ROOT / "_build/html")
    parser.add_argument("--pdf", type=Path, default=ROOT / "_build/book.pdf")
    options = parser.parse_args()
    if not (options.site / "index.html").is_file():
        print(f"there is no book in {options.site}: run make book first")
        return 1
    write_pdf(ROOT, options.site.resolve(), options.pdf)
    print(f"{options.pdf}: {options.pdf.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
