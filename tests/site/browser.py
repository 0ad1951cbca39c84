"""A page as its reader sees it: opened in a real browser, in three ways.

A ``Looker`` opens each page once for each way, two pages at a time, and returns
everything that is wrong with it. What it looks for in the page is in ``look.js``.
"""

import asyncio
import functools
import os
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import budgets
from axe_playwright_python.base import AXE_FILE_PATH
from links import NOT_FOUND, top
from playwright.async_api import BrowserContext, Page, async_playwright

FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
MODES = {
    "light": {"viewport": LAPTOP, "color_scheme": "light"},
    "dark": {"viewport": LAPTOP, "color_scheme": "dark"},
    "phone": {"viewport": PHONE, "color_scheme": "light", "is_mobile": True},
}
PAGES_AT_A_TIME = 2
TIMEOUT_S = 120
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = AXE_FILE_PATH.read_text("utf-8")
LOOK = (Path(__file__).parent / "look.js").read_text("utf-8")


@dataclass
class Visit:
    """What was wrong with one page in one mode, by kind."""

    axe: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    math: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    overflow: list[str] = field(default_factory=list)
    theme: list[str] = field(default_factory=list)
    watching: bool = True
    loaded: set[str] = field(default_factory=set)
    shift: float = 0.0

    def faults(self) -> list[str]:
        """Every fault in words, its kind first."""
        lists = [(kind, it) for kind, it in vars(self).items() if isinstance(it, list)]
        return [f"{kind}: {fault}" for kind, found in lists for fault in found]


def find_chromium() -> str:
    """The path of an installed Chromium.

    Raises
    ------
    FileNotFoundError
        If there is none; the message names the package to install.
    """
    asked = os.environ.get("CHROMIUM")
    found = [path for name in [asked, *NAMES] if name and (path := shutil.which(name))]
    if not found:
        raise FileNotFoundError(
            "no Chromium was found: install the package chromium (Debian, Ubuntu: "
            "apt install chromium), or name a browser's path in CHROMIUM"
        )
    return found[0]


class Quiet(SimpleHTTPRequestHandler):
    """Serves files packed, keeps connections open, lets them be cached, says nothing.

    As GitHub Pages does: a site below its path, and 404.html for what is missing.
    """

    protocol_version = "HTTP/1.1"

    def __init__(self, *args, top: str = "/", **kwargs):
        self.top = top
        super().__init__(*args, **kwargs)

    def translate_path(self, path):
        inside = path.startswith(self.top)
        return super().translate_path(path[len(self.top) - 1 :] if inside else "/none")

    def send_error(self, code, message=None, explain=None):
        answer = Path(self.directory) / NOT_FOUND
        if code != HTTPStatus.NOT_FOUND or not answer.is_file():
            return super().send_error(code, message, explain)
        self.send(code, answer)

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if path.is_file():
            self.send(HTTPStatus.OK, path)
        else:
            super().do_GET()

    def send(self, code: int, path: Path):
        """Send a file, packed if it is not packed already."""
        body = budgets.sent(path)
        self.send_response(code)
        self.send_header("Content-Type", self.guess_type(path))
        if path.suffix not in budgets.PACKED:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self):
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def log_message(self, *args):
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of 127.0.0.1 and yield its address."""
    path = top(folder)
    handler = functools.partial(Quiet, directory=str(folder), top=path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{path}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def watch(page: Page, base: str, seen: Visit) -> None:
    """Note in `seen` each request to another host and each error of the page.

    Not once axe runs: it reads style sheets again, by addresses of its own making.
    """

    def on_request(request):
        if seen.watching and request.url.startswith(base):
            seen.loaded.add(urlsplit(request.url.removeprefix(base)).path)
        if not request.url.startswith((base, "data:", "blob:", "about:")):
            seen.requests.append(request.url)

    def on_console(message):
        if message.type == "error" and seen.watching:
            seen.console.append(f"{message.text} ({message.location.get('url', '')})")

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: seen.console.append(str(error)))


async def look(page: Page, mode: str, seen: Visit) -> None:
    """Note in `seen` what is wrong with a page that has been loaded."""
    await page.evaluate(LOOK)
    await page.evaluate("look.settle()")
    seen.shift = await page.evaluate("look.shift()")
    seen.math += await page.evaluate("look.math()")
    seen.images += await page.evaluate("look.images()")
    theme = await page.evaluate("document.documentElement.dataset.theme")
    if theme and theme != MODES[mode]["color_scheme"]:
        seen.theme.append(f"the page is {theme} for a reader who asked for {mode}")
    await page.evaluate("look.open()")
    if mode == "phone":
        seen.overflow += await page.evaluate("look.overflow()")
    seen.watching = False
    await page.evaluate(AXE)
    asked = "([tags, dark]) => look.accessibility(tags, dark)"
    seen.axe += await page.evaluate(asked, [AXE_TAGS, mode == "dark"])


async def visit(window: BrowserContext, base: str, name: str, mode: str) -> Visit:
    """Open the page `name` of the site at `base` once and look at it in `mode`."""
    seen = Visit()
    page = await window.new_page()
    try:
        watch(page, base, seen)
        async with asyncio.timeout(TIMEOUT_S):
            await page.goto(base + name, wait_until="load")
            await look(page, mode, seen)
    finally:
        await page.close()
    return seen


class Looker:
    """One headless browser, in a thread of its own, that knows no host but this one."""

    def __enter__(self):
        self.path = find_chromium()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.asked: list[Future] = []
        self.open = AsyncExitStack()
        self.turns = asyncio.Semaphore(PAGES_AT_A_TIME)
        self.run(self._start())
        return self

    def __exit__(self, *_):
        self.run(self._stop())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def run(self, task):
        """What an asynchronous `task` returns, waited for."""
        return asyncio.run_coroutine_threadsafe(task, self.loop).result()

    def submit(self, base: str, name: str, mode: str) -> Future:
        """Ask for a visit; the result is there when its turn has come."""
        task = self._take_turn(visit, base, name, mode)
        self.asked.append(asyncio.run_coroutine_threadsafe(task, self.loop))
        return self.asked[-1]

    def visit(self, base: str, name: str, mode: str) -> Visit:
        """Visit one page now."""
        return self.submit(base, name, mode).result()

    def try_out(self, base: str, name: str, mode: str, script: str):
        """What a script returns in a page that has been loaded."""
        return self.run(self._take_turn(evaluate, base, name, mode, script))

    def use(self, address: str, action, **options):
        """What `action` returns, given a page in a window of its own (`options`)."""
        return self.run(self._use(address, action, options))

    async def _use(self, address: str, action, options: dict):
        async with self.turns:
            window = await self.browser.new_context(**options)
            try:
                page = await window.new_page()
                await page.goto(address, wait_until="load")
                return await action(page)
            finally:
                await window.close()

    async def _start(self):
        playwright = await self.open.enter_async_context(async_playwright())
        launch = playwright.chromium.launch
        self.browser = await launch(executable_path=self.path, args=FLAGS)
        self.windows = {mode: await self._window(mode) for mode in MODES}

    async def _window(self, mode: str) -> BrowserContext:
        window = await self.browser.new_context(**MODES[mode], reduced_motion="reduce")
        window.set_default_timeout(1000 * TIMEOUT_S)
        return window

    async def _stop(self):
        for visit_asked in self.asked:
            visit_asked.cancel()
        await self.browser.close()
        await self.open.aclose()

    async def _take_turn(self, act, base: str, name: str, mode: str, *more):
        async with self.turns:
            return await act(self.windows[mode], base, name, mode, *more)


async def evaluate(
    window: BrowserContext, base: str, name: str, mode: str, script: str
):
    """What `script` returns in the page `name`, once it has been loaded."""
    page = await window.new_page()
    try:
        await page.goto(base + name, wait_until="load")
        return await page.evaluate(script)
    finally:
        await page.close()
