"""Start-up and daily commands against their floors, each pair run in turn."""

import asyncio
import gc
import os
import pty
import select
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import NamedTuple

from bench import floors
from bench.figures import Line
from bench.trail import make_busy_trail, make_trail
from papertrail.domain.inbox.model import KnownPaper, from_json, learn, to_json
from papertrail.domain.inbox.ranking import rank
from papertrail.domain.lineages.map import MapPaper, lay_out
from papertrail.domain.paper import Status
from papertrail.library import Home, open_library
from tests.daily_feeds import FORMS, Told, daily_feed
from tests.domain.inbox.readers import TOPICS, abstract_of, announcement, own_words, title_of

PYTHON = sys.executable
TAB = ("__complete", "zsh", "--home")  # as a shell's completion asks
PROMPT_HOLD = 0.03  # seconds over bare Python
RUNS = int(os.environ.get("BENCH_RUNS", "15"))


class Pair(NamedTuple):
    """One thing to measure against its floor; `hold` is the ratio we mean to stay under."""

    name: str
    hold: float
    floor: Sequence[str]
    ours: Sequence[str]
    in_terminal: bool = False


def wait_in_terminal(command: Sequence[str], env: dict[str, str]) -> tuple[int, float]:
    """Run a program in a 100x30 pseudo-terminal to its end; return exit code and processor seconds."""
    import fcntl
    import struct
    import termios

    pid, master = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        os.execvpe(command[0], list(command), env)
    try:
        while select.select([master], [], [], 60)[0]:
            if not os.read(master, 65536):
                break
    except OSError:
        pass
    _, status, usage = os.wait4(pid, 0)
    os.close(master)
    return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime


def wait_plain(command: Sequence[str], env: dict[str, str]) -> tuple[int, float]:
    """Run a program to its end without a terminal; return exit code and processor seconds."""
    null = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)]
    pid = os.posix_spawnp(command[0], list(command), env, file_actions=actions)
    os.close(null)
    _, status, usage = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime


def measure(pair: Pair, env: dict[str, str], runs: int) -> tuple[float, float]:
    """Return the median processor seconds of floor and ours, run in turn after one warm-up each."""
    wait: Callable[[Sequence[str], dict[str, str]], tuple[int, float]]
    wait = wait_in_terminal if pair.in_terminal else wait_plain
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(runs + 1):
        for kept, command in zip(times, (pair.floor, pair.ours), strict=True):
            code, seconds = wait(command, env)
            if code:
                raise SystemExit(f"{pair.name}: {' '.join(command)[:200]} ended with {code}")
            if turn:
                kept.append(seconds)
    return statistics.median(times[0]), statistics.median(times[1])


def layout_seconds() -> float:
    """Return the median processor seconds of laying 200 papers with 400 links out."""
    random = Random(200)
    papers = [MapPaper(f"paper-{i}", 2000 + i // 10, Status.UNREAD, False, False) for i in range(200)]
    links = {
        f"paper-{i}": [f"paper-{p}" for p in {random.randrange(max(i - 30, 0), i) for _ in range(2)}]
        for i in range(1, 200)
    }
    times = []
    for _ in range(RUNS):
        before = time.process_time()
        lay_out(papers, links, width=140)
        times.append(time.process_time() - before)
    return statistics.median(times)


def at_once_seconds() -> float:
    """Return the most processor seconds of laying out what is still laid out while the reader waits."""
    from papertrail.tui.map.view import MOST_AT_ONCE

    most = 0.0
    for number in range(5, MOST_AT_ONCE // 2):
        random = Random(number)
        papers = [MapPaper(f"paper-{i}", 2000 + i, Status.UNREAD, False, False) for i in range(number)]
        pairs = [(child, parent) for child in range(number) for parent in range(child)]
        links: dict[str, list[str]] = {}
        for child, parent in random.sample(pairs, min((MOST_AT_ONCE - number) // 2, len(pairs))):
            links.setdefault(f"paper-{child}", []).append(f"paper-{parent}")
        times = []
        for _ in range(3):
            before = time.process_time()
            lay_out(papers, links, width=96)
            times.append(time.process_time() - before)
        most = max(most, min(times))
    return most


def pairs_ratio() -> float:
    """Return how many times longer 400 pairs of papers take to lay out than 100 of them."""

    def seconds(number: int) -> float:
        papers = [MapPaper(f"p{i}", 2000, Status.UNREAD, False, False) for i in range(2 * number)]
        links = {f"p{i}": [f"p{i - 1}"] for i in range(1, 2 * number, 2)}
        before = time.process_time()
        lay_out(papers, links, width=100)
        return time.process_time() - before

    return min(seconds(400) for _ in range(3)) / min(seconds(100) for _ in range(3))


def feed_seconds() -> float:
    """Return the most processor seconds, of both forms, of reading a feed of 2,000 papers."""
    from papertrail.sources.feed_reply import read_feed

    random = Random(2)
    papers = tuple(
        Told(f"2604.{number:05d}", title_of(own, random), f"{abstract_of(topic, own, random)} $a<b$ & c")
        for number, topic in enumerate(random.choices(list(TOPICS), k=2_000), start=1)
        for own in [own_words(topic, random)]
    )
    most = 0.0
    for form in FORMS:
        body = daily_feed(papers, form)
        times = []
        for _ in range(3):
            before = time.process_time()
            found = read_feed(body, "cs.CV", date(2026, 4, 27))
            times.append(time.process_time() - before)
            assert len(found.announcements) == 2_000
        most = max(most, min(times))
    return most


def inbox_seconds() -> tuple[float, float]:
    """Return the median processor seconds of ranking 500 announcements against 2,000 papers, and of learning.

    Ranking begins with the model as it is kept; it is learnt when there are other papers or announcements.
    """
    random = Random(2)
    rare = [f"word{number:x}" for number in range(12_000)]
    heavy = [1 / (place + 20) for place in range(len(rare))]

    def text(topic: str) -> tuple[str, str]:
        own = own_words(topic, random)
        more = " ".join(random.choices(rare, heavy, k=70))
        return title_of(own, random), f"{abstract_of(topic, own, random)} {more}"

    lineages = list(TOPICS)[:12]
    papers = [
        KnownPaper(f"paper-{n}", title, (f"Author {n % 700}",), abstract, "", (lineages[n % 12],))
        for n in range(2_000)
        for title, abstract in [text(lineages[n % 12])]
    ]
    told = [announcement(n, *text(random.choice(list(TOPICS)))) for n in range(500)]
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(5):
        before = time.process_time()
        kept = to_json(learn(papers, told))
        times[1].append(time.process_time() - before)
        before = time.process_time()
        model = from_json(kept)
        assert model is not None and len(rank(model, told)) == 500
        times[0].append(time.process_time() - before)
    return statistics.median(times[0]), statistics.median(times[1])


async def walking_seconds(home: Path) -> float:
    """Return the median processor seconds from a key to the repainted map of all papers, at 100x30."""
    from papertrail.tui.frame.app import PapertrailApp
    from papertrail.tui.map.view import MapView

    app = PapertrailApp(Home(home))
    async with app.run_test(size=(100, 30)) as pilot:
        for key in ("3", "0", "end", "enter"):
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.press(key)
        await pilot.pause()
        view = app.screen.query_one(MapView)
        times = []
        for direction in ("down", "down", "right", "down", "left", "up") * RUNS:
            before = time.process_time()
            await view.run_action(f"go('{direction}')")
            await pilot.pause()
            times.append(time.process_time() - before)
    return statistics.median(times)


async def typing_seconds(home: Path) -> tuple[float, float]:
    """Return the median processor seconds of 100 letters at once into a note: Textual's way, and ours."""
    from textual.events import Key
    from textual.widgets import TextArea

    from papertrail.tui.frame.app import PapertrailApp

    app = PapertrailApp(Home(home))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.press("e")
        await pilot.pause()
        area = app.screen.query_one(TextArea)
        in_turn, times = app._keys.may_act, ([], [])  # type: ignore[var-annotated]
        for turn in range(2 * RUNS + 2):
            app._keys.may_act = in_turn if turn % 2 else lambda event: True  # type: ignore[method-assign]
            length, before = len(area.text), time.process_time()
            for _ in range(100):
                app.post_message(Key("a", "a"))
            while len(area.text) < length + 100:
                await pilot.pause()
            if turn > 1:
                times[turn % 2].append(time.process_time() - before)
    return statistics.median(times[0]), statistics.median(times[1])


async def writing_seconds(home: Path, lines: int) -> tuple[float, float]:
    """Return mean and most processor seconds of 50 keys into a note of so many lines, until it is drawn.

    The cursor stands in the middle. The garbage that starting up made is out of the way, as in the program.
    """
    from textual.events import Key

    from papertrail.tui.frame.app import PapertrailApp
    from papertrail.tui.widgets.note_area import NoteArea

    path = home / "notes" / "rcnn.md"
    path.parent.mkdir(exist_ok=True)
    middle = (
        f"- words **and** more of `them`, number {n}" if n % 9 else "\n### Part\n" for n in range(lines)
    )
    path.write_text("\n".join(["## Problem", "", *middle][:lines]), encoding="utf-8")
    app = PapertrailApp(Home(home))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        for key in ("2", "/", *"rcnn", "enter", "e"):
            await pilot.press(key)
            await pilot.pause()
        area = app.screen.query_one(NoteArea)
        area.move_cursor((lines // 2, 0))
        await pilot.pause(2.0)
        await app.workers.wait_for_complete()
        gc.collect()
        gc.freeze()
        times = []
        for _ in range(50):
            before = time.process_time()
            app.post_message(Key("a", "a"))
            await pilot.pause()
            times.append(time.process_time() - before)
        gc.unfreeze()
        assert "a" * 50 in area.note
    path.unlink()
    return statistics.mean(times), max(times)


def history_seconds(home: Path) -> float:
    """Return the median processor seconds of all that the screen of a note's history asks for to open."""
    times = []
    for _ in range(RUNS):
        with open_library(Home(home)) as library:
            before = time.process_time()
            new, old, *_ = library.history.revisions("rcnn")
            library.history.compare("rcnn", old, new)
            library.history.looked_at("rcnn", new, old)
            times.append(time.process_time() - before)
    return statistics.median(times)


def prompt_seconds(busy: Path, env: dict[str, str]) -> float:
    """Return the processor seconds that the line of a prompt takes over those of bare Python."""
    program = shutil.which("papertrail", path=str(Path(PYTHON).parent)) or "papertrail"
    ours = (program, "--home", str(busy), "status")
    floor, taken = measure(Pair("status, busy", 0, (PYTHON, "-c", "pass"), ours), env, RUNS)
    return taken - floor


def pairs(small: Path, large: Path, busy: Path) -> list[Pair]:
    """Return what is measured, with the ratio to hold."""
    program = shutil.which("papertrail", path=str(Path(PYTHON).parent)) or "papertrail"
    click = (PYTHON, "-c", floors.CLICK)
    sqlite = (PYTHON, "-c", floors.CLICK_SQLITE, str(small / ".papertrail" / "library.db"))
    textual = (PYTHON, "-c", floors.TEXTUAL)
    at, of_busy = ("--home", str(small)), ("--home", str(busy))
    return [
        Pair("--version", 1.5, (*click, "--version"), (program, "--version")),
        Pair("--help", 1.5, (*click, "--help"), (program, "--help")),
        Pair("list", 2.0, sqlite, (program, *at, "list")),
        Pair("show", 2.0, sqlite, (program, *at, "show", "faster-rcnn")),
        Pair("progress", 2.0, sqlite, (program, *at, "progress")),
        Pair("next", 2.0, sqlite, (program, *at, "next")),
        Pair("done", 2.0, sqlite, (program, *at, "done", "rcnn")),
        Pair("first frame, 198", 1.15, textual, (PYTHON, "-c", floors.PAPERTRAIL_TUI, str(small)), True),
        Pair("list, busy", 2.0, sqlite, (program, *of_busy, "list", "--status", "read")),
        Pair("show, busy", 2.0, sqlite, (program, *of_busy, "show", "rcnn")),
        Pair("progress, busy", 2.0, sqlite, (program, *of_busy, "progress")),
        Pair("done, busy", 2.0, sqlite, (program, *of_busy, "done", "paper-900")),
        Pair("undo, busy", 2.0, sqlite, (program, *of_busy, "undo")),
        Pair("redo, busy", 2.0, sqlite, (program, *of_busy, "redo")),
        Pair("undo --list, busy", 2.0, sqlite, (program, *of_busy, "undo", "--list")),
        Pair("note --history, busy", 2.0, sqlite, (program, *of_busy, "note", "rcnn", "--history")),
        Pair("goal", 2.0, sqlite, (program, *at, "goal")),
        Pair("first frame, busy", 1.25, textual, (PYTHON, "-c", floors.PAPERTRAIL_TUI, str(busy)), True),
        Pair(
            "tab: show paper-9…", 3.0, (PYTHON, "-c", "pass"), (program, *TAB, str(large), "show", "paper-9")
        ),
        Pair("tab: list -l l…", 3.0, (PYTHON, "-c", "pass"), (program, *TAB, str(large), "list", "-l", "l")),
        Pair("first frame, 10,000", 1.25, textual, (PYTHON, "-c", floors.PAPERTRAIL_TUI, str(large)), True),
    ]


def measured() -> Iterator[Line]:
    """Measure every pair, and the rest in the terminal program and in the library."""
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "TERM": "xterm-256color"}
    with tempfile.TemporaryDirectory() as folder:
        small, large = make_trail(Path(folder) / "small", 0), make_trail(Path(folder) / "large", 10_000)
        busy = make_busy_trail(Path(folder) / "busy")
        for pair in pairs(small, large, busy):
            floor, ours = measure(pair, env, RUNS)
            yield _line(pair.name, ours, floor * pair.hold, floor)
        yield _line("status, busy: over bare Python", prompt_seconds(busy, env), PROMPT_HOLD)
        yield _line("history opens, busy: read, compare", history_seconds(busy), 0.016)
        yield _line("map of 198 papers: key to picture", asyncio.run(walking_seconds(small)), 0.016)
        floor, ours = asyncio.run(typing_seconds(small))
        yield _line("100 letters", ours, floor * 1.1, floor)
        keys = {lines: asyncio.run(writing_seconds(small, lines)) for lines in (20, 1_000, 2_000)}
    floor, ours = keys[20][0], max(keys[1_000][0], keys[2_000][0])
    yield _line("key, 2,000 lines", ours, floor * 1.3, floor)
    yield _line("slowest key of 150", max(most for _, most in keys.values()), 0.05)
    yield _line("map of 200 papers laid out", layout_seconds(), 0.1)
    yield _line("map drawn at once, at most", at_once_seconds(), 0.05)
    yield Line("map of 400 pairs, by 100 pairs", "×", pairs_ratio(), 8)
    yield _line("feed of 2,000 papers read", feed_seconds(), 1)
    ranking, learning = inbox_seconds()
    yield _line("inbox of 500 ranked by 2,000", ranking, 0.3)
    yield _line("learnt from 2,000 papers", learning)


def _line(name: str, seconds: float, hold: float | None = None, floor: float | None = None) -> Line:
    """Return a figure in milliseconds, given in seconds."""
    held, beside = (None if one is None else one * 1000 for one in (hold, floor))
    return Line(name, "ms", seconds * 1000, held, beside)
