"""A Binder launch opens a chapter as a notebook that runs, from binder/'s own files.

`make check-launch` runs this; `make test` does not (it starts a server and a browser).
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlparse

import pytest
from jupyterlab.commands import get_app_dir
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
APP = Path(sys.prefix) / "share/jupyter/lab"
SHOTS = ROOT / "_build/launch"
PAGES = ["small_page", "datasets"]
DOWNLOADS = ROOT / "_build/html/notebooks/book"
NOTEBOOKS = [  # one page of each part, as it is downloaded
    "index",
    "course/primer",
    "supervised_learning/learning_from_data",
    "homework/hw1_model_fit",
    "datasets",
]
BROWSERS = ["chromium", "chromium-browser", "google-chrome"]
RAW = re.compile(r"\{[a-z:-]+\}`|^:::|^```|^\([a-z-]+\)=", re.MULTILINE)
FORMULA = re.compile(r"\$[^$\n]+\$|\{math\}")
TROUBLE = "[data-mime-type='application/vnd.jupyter.stderr']"  # errors too
FINISHED = f"""() => document.querySelector("{TROUBLE}")
    || [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")]
        .every(prompt => /^\\[\\d+\\]:$/.test(prompt.textContent))"""
START_S, RUN_S = 60, 180  # far above what is measured (5 s and 20 s), for slow machines


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with copies of the pages: an open notebook saves itself."""
    home = tmp_path_factory.mktemp("home")
    (home / "book").mkdir()
    shutil.copy(Path(__file__).with_name("small_page.md"), home / "book")
    shutil.copy(ROOT / "book/datasets.md", home / "book")
    for name in NOTEBOOKS:
        shutil.copy(DOWNLOADS / f"{name}.ipynb", home / "book")
    return home


@pytest.fixture(scope="module")
def environment(home, tmp_path_factory):
    """What Binder's shell knows: this Python first, and nobody's own settings."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "IPY"))}
    lab = tmp_path_factory.mktemp("lab")
    shutil.copytree(APP, lab, dirs_exist_ok=True)
    shutil.rmtree(lab / "settings", ignore_errors=True)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    places = {"HOME": home, "JUPYTERLAB_DIR": lab, "JUPYTER_RUNTIME_DIR": lab / "run"}
    return own | {"PATH": path} | {key: str(place) for key, place in places.items()}


def address(runtime: Path, server: subprocess.Popen) -> dict:
    """What the server says of itself once it listens."""
    file = runtime / f"jpserver-{server.pid}.json"
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        assert server.poll() is None, "JupyterLab ended before it listened"
        if file.exists() and (said := file.read_text()):
            return json.loads(said)
        time.sleep(0.1)
    raise AssertionError(f"JupyterLab did not listen within {START_S} s")


@pytest.fixture(scope="module")
def lab(home, environment):
    """JupyterLab, as binder/postBuild sets it up and binder/start starts it."""
    subprocess.run(
        ["bash", ROOT / "binder/postBuild", "settings"], check=True, env=environment
    )
    command = ["bash", ROOT / "binder/start", "jupyter", "lab", "--no-browser"]
    options = ["--ip=127.0.0.1", "--port=0", "--allow-root", f"--notebook-dir={home}"]
    SHOTS.mkdir(parents=True, exist_ok=True)
    with (SHOTS / "server.log").open("w") as log:
        server = subprocess.Popen(
            command + options, env=environment, cwd=home, stdout=log, stderr=log
        )
        try:
            yield address(Path(environment["JUPYTER_RUNTIME_DIR"]), server)
        finally:
            server.terminate()
            server.wait(timeout=30)


@pytest.fixture(scope="module")
def browser():
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail(
            "no Chromium on this machine; on Debian or Ubuntu: apt install chromium"
        )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module", params=PAGES)
def opened(request, lab, browser):
    """A page opened by the very link of its launch button, and the hosts it asked."""
    page = open_page(lab, browser, f"{request.param}.md")
    yield page
    page.screenshot(path=SHOTS / f"{request.param}.png")
    page.close()


def open_page(lab, browser, name: str) -> Page:
    """Open a file of the book in JupyterLab, and note the hosts that are asked."""
    page = browser.new_page(viewport={"width": 1400, "height": 1600})
    page.hosts = set()
    page.on("request", lambda r: page.hosts.add(urlparse(r.url).hostname))
    page.source = (Path(lab["root_dir"]) / f"book/{name}").read_text()
    page.goto(f"{lab['url']}lab/tree/book/{name}?token={lab['token']}&reset")
    page.wait_for_selector(".jp-MainAreaWidget .lm-Widget", timeout=START_S * 1000)
    return page


def test_jupyterlab_reads_where_the_settings_are_written(monkeypatch):
    """Where binder/postBuild writes by itself is where JupyterLab looks by itself."""
    monkeypatch.delenv("JUPYTERLAB_DIR", raising=False)
    assert Path(get_app_dir()) == APP.resolve()


def test_a_chapter_opens_as_a_notebook(opened: Page):
    """It has one cell for each code cell of the page, and is no text editor."""
    cells = opened.locator(".jp-Notebook .jp-CodeCell")
    fences = len(re.findall(r"^```\{code-cell\}", opened.source, re.MULTILINE))
    assert fences > 0
    expect(cells).to_have_count(fences, timeout=START_S * 1000)
    assert opened.locator(".jp-FileEditor").count() == 0


def test_its_text_is_rendered(opened: Page):
    """Headings are headings and formulae are set; no role or directive is left raw."""
    prose = opened.locator(".jp-MarkdownCell .myst")
    title = re.search(r"^# (.+)$", opened.source, re.MULTILINE)[1]
    expect(prose.locator("h1").first).to_contain_text(title, timeout=START_S * 1000)
    assert [
        raw for text in prose.all_text_contents() for raw in RAW.findall(text)
    ] == []
    if FORMULA.search(opened.source):
        assert prose.locator(".katex").count() > 0


def test_all_its_cells_run(opened: Page):
    """Run > Run All Cells gives every cell its number, outputs, and no error."""
    run_all(opened)


def run_all(opened: Page) -> None:
    """Run all cells, and find outputs and no error."""
    ready = opened.get_by_text(re.compile(r"\| Idle$"))  # else the order goes nowhere
    expect(ready.first).to_be_visible(timeout=START_S * 1000)
    opened.get_by_role("menuitem", name="Run", exact=True).click()
    opened.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    opened.wait_for_function(FINISHED, timeout=RUN_S * 1000)
    assert opened.locator(TROUBLE).all_inner_texts() == []
    assert opened.locator(".jp-OutputArea-output").count() > 0


def test_it_asks_no_other_host(opened: Page):
    """A launch reads nothing from anywhere but its own server."""
    assert opened.hosts - {"127.0.0.1", "", None} == set()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_downloaded_notebook_opens_and_runs(name, lab, browser):
    """One page of each part, as a reader has it from the button of the built page."""
    stem = Path(name).name
    page = open_page(lab, browser, f"{stem}.ipynb")
    cells = json.loads(page.source)["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    shown = page.locator(".jp-Notebook .jp-CodeCell")
    expect(shown).to_have_count(len(code), timeout=START_S * 1000)
    run_all(page)
    prose = page.locator(".jp-RenderedMarkdown").all_text_contents()
    assert [raw for text in prose for raw in RAW.findall(text)] == []
    page.screenshot(path=SHOTS / f"{stem}-notebook.png")
    page.close()
