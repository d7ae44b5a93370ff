"""`python -m bench pages [FOLDER]`: the page of a hostile trail in Chromium, its script and policy at work.

Told of a page of a thousand notes, too: how long it takes to make and to search. With a folder, pictures of
a demonstration's page at three widths, light and dark, and as it is printed.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

from bench.screenshots import TODAY, Clock
from papertrail.library import Home, open_library
from papertrail.library.demo import create_demo
from tests.library.test_publications import ATTACKS, hostile_trail
from tests.trails import NOTE, opened, small_trail

NOTES = 1_000
WIDTHS = (400, 900, 1600)
_SECONDS = 60
_POLICY = '<meta http-equiv="Content-Security-Policy"'
_RAW = """<p><img src="{at}/img.png" onerror="document.documentElement.dataset.owned = 1"></p>
<script>document.documentElement.dataset.owned = 1; fetch("{at}/fetched")</script>"""
_TYPED = """<script>
const field = document.querySelector("#find input");
field.value = "%s";
field.dispatchEvent(new Event("input"));
const found = [...document.querySelectorAll(".found strong")].map((one) => one.textContent);
document.documentElement.dataset.found = found.length + " of " + document.querySelectorAll("article").length;
</script>
</body>"""


def main() -> None:
    """Look at hostile pages, then at one of many notes; draw pictures where a folder is named."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("there is no chromium here: apt-get install chromium")
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        browser = Browser(chromium, root / "profile")
        wrong = [*_hostile(browser, root), *_searched(browser, root)]
        if len(sys.argv) > 2:
            _draw(browser, root, Path(sys.argv[2]))
    if wrong:
        raise SystemExit("\n".join(wrong))


class Browser:
    """Chromium without a window."""

    def __init__(self, program: str, profile: Path) -> None:
        self._command = [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]

    def look(self, page: Path, *options: str) -> str:
        """Open a page as a file and return what is asked for on standard output."""
        done = subprocess.run(
            [*self._command, "--hide-scrollbars", *options, page.as_uri()],
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
        return done.stdout.decode("utf-8", "replace")

    def contents(self, page: Path) -> str:
        """Return what a page has become after three seconds of its own time."""
        return self.look(page, "--virtual-time-budget=3000", "--dump-dom")


@contextmanager
def _listening() -> Iterator[tuple[str, list[str]]]:
    """Give the address of a server on loopback, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _hostile(browser: Browser, root: Path) -> Iterator[str]:
    """Yield what acted on a page of hostile data: with its policy, and without, as its markup must do."""
    with _listening() as (at, asked):
        live = _RAW.format(at=at)
        home = hostile_trail(root / "hostile", f"\n{live}\n\n![x]({at}/x.png)\n")
        with opened(home) as library:
            text = library.publications.page().text
        bare = text.replace(_POLICY, "<meta")
        pages = {"as it is": text, "without its policy": bare}
        control = bare.replace("</main>", f"{live}</main>")
        for what, page in {**pages, "with an attack put into it": control}.items():
            asked.clear()
            path = root / "page.html"
            path.write_text(page, encoding="utf-8")
            seen = browser.contents(path)
            acted = 'data-owned="1"' in seen.partition("<head")[0]
            print(f"hostile page {what}: {len(ATTACKS)} notes, scripts run: {acted}, asked for: {len(asked)}")
            if (acted or bool(asked)) is not (page is control):
                yield f"{what}: acted {acted}, asked for {asked}"


def _searched(browser: Browser, root: Path) -> Iterator[str]:
    """Yield what the search of a page of many notes does not find."""
    from time import perf_counter, process_time

    rows = [("L", f"p-{n}", f"Paper number {n}", "A. Author", "2013", "", "", "", "") for n in range(NOTES)]
    with opened(small_trail(root / "many", rows)) as library:
        library.home.notes.mkdir()
        for number in range(NOTES):
            (library.home.notes / f"p-{number}.md").write_text(f"{NOTE}\nword{number}\n", encoding="utf-8")
        library.changed_elsewhere()
        began = process_time()
        text = library.publications.page().text
        print(f"page of {NOTES} notes: {process_time() - began:.1f} s of processor time, {len(text)} bytes")
    path = root / "page.html"
    for words, found in (("word77", "11"), ("PAPER number 999", "1"), ("nowhere", "0")):
        typed = text.replace(_POLICY, "<meta").replace("</body>", _TYPED % words)
        path.write_text(typed, encoding="utf-8")
        began = perf_counter()
        seen = browser.contents(path)
        print(f"opened and searched for {words!r} in {perf_counter() - began:.1f} s")
        if f'data-found="{found} of {NOTES}"' not in seen:
            yield f"{words}: {seen[:200]}"


def _draw(browser: Browser, root: Path, folder: Path) -> None:
    """Draw the page of a demonstration at each width, light and dark, and print it."""
    folder.mkdir(parents=True, exist_ok=True)
    create_demo(root / "demo", Clock(TODAY))
    with open_library(Home(root / "demo"), clock=Clock(TODAY)) as library:
        path = folder / "papertrail.html"
        path.write_text(library.publications.page().text, encoding="utf-8")
    for width in WIDTHS:
        for number, scheme in enumerate(("dark", "light")):
            picture = folder.absolute() / f"{width}-{scheme}.png"
            browser.look(
                path.absolute(),
                f"--window-size={width},2400",
                f"--blink-settings=preferredColorScheme={number}",
                f"--screenshot={picture}",
            )
    browser.look(
        path.absolute(), "--no-pdf-header-footer", f"--print-to-pdf={folder.absolute() / 'page.pdf'}"
    )
