"""The checks of the built site that need no browser see each fault that is planted.

Those that need one are proven in ``tests/site/test_the_checks.py``.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "site"))
import browser
import links

ROOT = Path(__file__).parents[1]
PAGE = '<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'
SOUND = """<h1 id="top">A book</h1><a href="deep/page.html#here">in</a>
<a name="old"></a> <a href="#old">old</a> <a href="#top">up</a> <a href="#">top</a>
<a href="deep/">in</a>
<a href="https://example.org/x#y">out</a> <a href="mailto:a@example.org">write</a>
<a href="a%20b.html?q=1#caf%C3%A9">odd</a> <a href="notes.txt#L3">notes</a>
<img src="dot.svg" alt="A dot."> <img src="data:image/gif;base64,R0" alt="A dot.">"""
HEAD = """<link rel="stylesheet" href="a.css?v=1"><link rel="canonical"
href="https://example.org/"><script src="a.js"></script>"""
DEEP = '<p id="here">Here.</p><a href="../index.html#top">up</a>'
CSS = "p {background: url('dot.svg')} /* url(https://cdn.example/old.png) */"


def plant(folder, body="", head="", css=CSS):
    """A sound site in `folder`, with what is given added to its first page."""
    (folder / "deep").mkdir()
    page = PAGE.format(head=HEAD + head, body=SOUND + body)
    (folder / "index.html").write_text(page, "utf-8")
    odd = PAGE.format(head="", body='<p id="café">Odd.</p>')
    (folder / "a b.html").write_text(odd, "utf-8")
    for name in ("deep/page.html", "deep/index.html"):
        (folder / name).write_text(PAGE.format(head="", body=DEEP), "utf-8")
    (folder / "a.css").write_text(css, "utf-8")
    for name in ("dot.svg", "a.js", "notes.txt"):
        (folder / name).write_text("", "utf-8")
    return folder


CHECKS = {
    "dead_links": links.dead_links,
    "missing_files": links.missing_files,
    "foreign_resources": links.foreign_resources,
    "missing_alt": links.missing_alt,
}
# What is added to the page's body: (the check that sees it, what it says).
BODIES = {
    '<a href="gone.html">x</a>': ("dead_links", "gone.html: no such file"),
    '<a href="deep/page.html#gone">x</a>': ("dead_links", "#gone: no such anchor"),
    '<a href="#gone">x</a>': ("dead_links", "#gone: no such anchor"),
    '<a href="#Top-of">x</a>': ("dead_links", "#Top-of: no such anchor"),
    '<a href="/index.html">x</a>': ("dead_links", "starts at the host's root"),
    '<a href="../index.html">x</a>': ("dead_links", "leads out of the site"),
    '<map><area href="gone.html" alt="x"></map>': ("dead_links", "gone.html"),
    '<img src="gone.png" alt="x">': ("missing_files", "gone.png: no such file"),
    '<img src="dot.svg" srcset="dot.svg 1x, big.png 2x" alt="x">': (
        "missing_files",
        "big.png",
    ),
    '<img src="dot.svg">': ("missing_alt", "dot.svg"),
    '<img src="dot.svg" alt=" ">': ("missing_alt", "dot.svg"),
    '<img src="https://cdn.example/x.png" alt="x">': (
        "foreign_resources",
        "https://cdn.example/x.png",
    ),
    '<script src="//cdn.example/x.js"></script>': (
        "foreign_resources",
        "//cdn.example/x.js",
    ),
    '<iframe src="http://cdn.example/"></iframe>': ("foreign_resources", "cdn.example"),
    '<video poster="http://cdn.example/x.png"></video>': (
        "foreign_resources",
        "cdn.example",
    ),
    '<p style="background: url(http://cdn.example/x.png)">x</p>': (
        "foreign_resources",
        "cdn.example",
    ),
}
HEADS = {
    '<link rel="stylesheet" href="https://cdn.example/x.css">': "foreign_resources",
    '<link rel="preconnect" href="https://cdn.example">': "foreign_resources",
    '<link rel="Preload Icon" href="https://cdn.example/x.ico">': "foreign_resources",
    '<style>@import "https://cdn.example/x.css";</style>': "foreign_resources",
    '<script src="gone.js"></script>': "missing_files",
    '<meta http-equiv="Refresh" content="0; URL=gone.html">': "dead_links",
}
SHEETS = {
    "p {src: url(https://fonts.example/x.woff2)}": "foreign_resources",
    '@import "//fonts.example/x.css";': "foreign_resources",
    "p {background: url(gone.png)}": "missing_files",
}


def reports(folder):
    """The faults that each check finds anywhere in a site."""
    found = {name: check(folder).values() for name, check in CHECKS.items()}
    return {
        name: [one for faults in by for one in faults] for name, by in found.items()
    }


def only(name, said):
    """What all checks report together when only the check `name` has a fault."""
    return {check: said if check == name else [] for check in CHECKS}


def test_a_sound_site_has_no_fault(tmp_path):
    """Links by name, query, folder and escape are alive; outside ones are let be."""
    assert reports(plant(tmp_path)) == only(None, [])


@pytest.mark.parametrize("body", BODIES)
def test_a_fault_in_a_page_is_seen_by_its_check_alone(tmp_path, body):
    """Each planted fault is reported once, by the check that is made for it."""
    check, said = BODIES[body]
    found = reports(plant(tmp_path, body=body))
    assert said in found[check][0]
    assert found == only(check, found[check][:1])


@pytest.mark.parametrize("head", HEADS)
def test_a_fault_in_a_head_is_seen(tmp_path, head):
    """What the head of a page loads, or sends its reader to, is looked at as well."""
    found = reports(plant(tmp_path, head=head))
    assert found == only(HEADS[head], found[HEADS[head]][:1])
    assert found[HEADS[head]]


@pytest.mark.parametrize("css", SHEETS)
def test_a_fault_in_a_style_sheet_is_seen(tmp_path, css):
    """Fonts and images of style sheets are looked at, what is commented out is not."""
    found = reports(plant(tmp_path, css=CSS + css))
    assert found == only(SHEETS[css], found[SHEETS[css]][:1])
    assert found[SHEETS[css]]


def test_templates_and_sources_are_no_pages(tmp_path):
    """Files that Sphinx copies beside the pages are not looked at."""
    plant(tmp_path)
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static/macros.html").write_text('<a href="gone.html">x</a>')
    assert "_static/macros.html" not in links.pages(tmp_path)


def test_a_redirect_is_known(tmp_path):
    """A page that sends its reader on is recognised, so that no browser waits in it."""
    plant(tmp_path, head='<meta http-equiv="refresh" content="0; url=deep/page.html">')
    assert links.redirect(tmp_path, "index.html") == "deep/page.html"
    assert links.redirect(tmp_path, "deep/page.html") is None


def test_a_missing_chromium_names_the_package(monkeypatch, tmp_path):
    """Without a browser the message says what to install; nothing is skipped."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(FileNotFoundError, match="apt install chromium"):
        browser.find_chromium()


def check_site(*arguments, **environment):
    """The exit code and the output of the checks of the built site."""
    command = [sys.executable, "-m", "pytest", *arguments]
    run = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True
    )
    return run.returncode, run.stdout + run.stderr


def test_a_book_that_is_not_built_is_an_error_in_one_sentence(tmp_path):
    """Who checks a site before building it is told to build it."""
    status, said = check_site("tests/site/test_pages.py", BOOK_HTML=str(tmp_path))
    assert status not in (0, 5)
    assert "run make book first" in said
    assert "Traceback" not in said


def test_a_machine_without_chromium_fails_in_one_sentence(tmp_path):
    """A missing browser ends the checks at once, and says which package to install."""
    site = plant(tmp_path)
    status, said = check_site(
        "tests/site/test_pages.py", BOOK_HTML=str(site), PATH=str(tmp_path)
    )
    assert status == 1
    assert said.count("apt install chromium") == 1


@pytest.mark.parametrize(
    "asked", [["-o", "testpaths=tests"], ["tests"]], ids=["make test", "pytest tests"]
)
def test_the_site_is_left_to_check_site(asked, tmp_path):
    """`make test` collects nothing in tests/site, so it needs no built book."""
    quick = ["-o", "addopts=-q --import-mode=importlib", "--collect-only"]
    others = ("tests/test_[!s]*", "tests/test_s[!i]*", "tests/test_si[!t]*")
    quick += [f"--ignore-glob={one}" for one in others] + ["--ignore=tests/launch"]
    status, said = check_site(*asked, *quick, BOOK_HTML=str(tmp_path))
    assert "tests/test_site_checks.py" in said
    assert "tests/site/" not in said
    assert status == 0
