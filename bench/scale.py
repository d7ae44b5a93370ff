"""Everything but search at 200, 10,000 and 100,000 papers: taking in, lists, exports, the Papers screen."""

import asyncio
import csv
import gc
import os
import pty
import select
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

from bench import floors
from bench.figures import Line
from bench.trail import NOTE
from papertrail.library import Home, open_library

SIZES = (200, 10_000, 100_000)
RUNS = int(os.environ.get("BENCH_RUNS", "5"))
NOTED = 1_000
PYTHON = sys.executable
PROGRAM = str(Path(PYTHON).with_name("papertrail"))
STEMS = ("deep", "wide", "region", "object", "dense", "sparse", "neural", "residual", "graph", "pixel")
WORDS = [stem + end for stem in STEMS for end in ("", "s", "net", "ing", "al")]
COLUMNS = ("lineages", "key", "title", "authors", "year", "venue", "arxiv_id", "doi", "builds_on")
THROUGH_LESS = {"PAPERTRAIL_PAGER": "less", "LESS": "RX"}
MB = 1_000_000


class Cost(NamedTuple):
    """What a process took: processor seconds and the most memory, in bytes."""

    seconds: float
    memory: int


def write_seeds(path: Path, papers: int) -> None:
    """Write a seeds file of made-up papers, each with two links to earlier ones."""
    random = Random(papers)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(
            ["lineages", "key", "title", "authors", "year", "venue", "arxiv_id", "doi", "builds_on"]
        )
        for i in range(papers):
            title = f"{' '.join(random.choices(WORDS, k=8)).capitalize()} {i}"
            names = "; ".join(
                f"Given{random.randrange(999)} Family{random.randrange(5000)}" for _ in range(3)
            )
            arxiv_id = f"{31 + i // 60_000:02}{1 + i // 5_000 % 12:02}.{1 + i % 5_000:05}"
            parents = ";".join(f"paper-{random.randrange(max(i - 500, 0), i)}" for _ in range(2)) if i else ""
            year = 1990 + i * 36 // papers
            rows.writerow((f"Line {i % 50}", f"paper-{i}", title, names, year, "CVPR", arxiv_id, "", parents))


def run(command: Sequence[str]) -> Cost:
    """Run a program to its end without a terminal."""
    null = os.open(os.devnull, os.O_RDWR)
    pid = os.posix_spawnp(
        command[0],
        list(command),
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)],
    )
    os.close(null)
    return _cost_of(pid, command)


def run_in_terminal(command: Sequence[str], keys: bytes = b"", env: dict[str, str] | None = None) -> Cost:
    """Run a program in a 100x30 terminal to its end, pressing `keys` once it has drawn a screenful."""
    import fcntl
    import struct
    import termios

    pid, master = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        os.execvpe(command[0], list(command), {**os.environ, "TERM": "xterm-256color", **(env or {})})
    seen, pressed = 0, not keys
    with suppress(OSError):  # Linux: the other side is closed
        while select.select([master], [], [], 120)[0] and (data := os.read(master, 65536)):
            seen += len(data)
            if not pressed and data.endswith((b":\x1b[K", b":", b"\x1b[K")) and seen > 1_000:
                os.write(master, keys)
                pressed = True
    cost = _cost_of(pid, command)
    os.close(master)
    return cost


def _cost_of(pid: int, command: Sequence[str]) -> Cost:
    _, status, usage = os.wait4(pid, 0)
    if code := os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(command)[:200]} ended with {code}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def seconds(command: Sequence[str]) -> float:
    """Return the median processor seconds of a program, after one run to warm up."""
    run(command)
    return median(run(command).seconds for _ in range(RUNS))


def taking_in(folder: Path, homes: dict[int, Path]) -> Iterator[Line]:
    """Measure the first start of a trail, and loading a file into one; make the trails on the way."""
    holds = {200: None, 10_000: 5.0, 100_000: 45.0}
    for size, home in homes.items():
        seeds = home / "seeds" / "papers.csv"
        write_seeds(seeds, size)
        raw = run((PYTHON, "-c", floors.RAW_SEED, str(seeds), str(folder / f"raw-{size}.db"))).seconds
        cost = run((PROGRAM, "--home", str(home), "next"))
        yield Line(f"first start, {size:,} papers", "s", cost.seconds, holds[size], raw)
        yield Line(f"first start, {size:,} papers, memory", "MB", cost.memory / MB, 300)
        other = folder / f"seed-{size}"
        run((PROGRAM, "init", str(other)))
        cost = run((PROGRAM, "--home", str(other), "seed", str(seeds)))
        yield Line(f"seed, {size:,} papers", "s", cost.seconds, holds[size], raw)
        yield Line(f"seed, {size:,} papers, memory", "MB", cost.memory / MB, 300)


def listing(homes: dict[int, Path]) -> Iterator[Line]:
    """Measure lists in a pipe beside a script that prints the same lines, and a screenful on a terminal."""
    for size, home in homes.items():
        raw = seconds((PYTHON, "-c", floors.RAW_LIST, str(home / ".papertrail" / "library.db")))
        ours = seconds((PROGRAM, "--home", str(home), "list"))
        hold = 2.5 * raw if size > 200 else None
        yield Line(f"list of {size:,} in a pipe", "s", ours, hold, raw)
    screenfuls = {}
    for size, home in homes.items():
        command = (PROGRAM, "--home", str(home), "list")
        costs = [
            run_in_terminal(command, b"q", {"PAPERTRAIL_PAGER": "less", "LESS": "RX"})
            for _ in range(RUNS + 1)
        ]
        screenfuls[size] = median(cost.seconds for cost in costs[1:])
        hold = 1.5 * screenfuls[200] if size > 200 else None
        yield Line(f"screenful of {size:,} in less", "s", screenfuls[size], hold, screenfuls[200])


def exporting(home: Path) -> Iterator[Line]:
    """Measure a first export, one where nothing changed, and one where a note did."""
    notes = home / "notes"
    notes.mkdir(exist_ok=True)
    for i in range(NOTED):
        told = f"{NOTE}\n\nThought {i}.\n\n### from paper-3\n\nIt changed.\n"
        (notes / f"paper-{i * 7}.md").write_text(told, encoding="utf-8")
    open_library(Home(home)).close()
    command = (PROGRAM, "--home", str(home), "export")
    yield Line("export of 10,000, 1,000 noted", "s", run(command).seconds, 1.2)
    yield Line("export again", "s", seconds(command), 0.5)
    for form in ("html", "book", "bibtex"):
        of_form = (*command, "--format", form, "--to", str(home / "given" / form))
        yield Line(f"export as {form}", "s", run(of_form).seconds)
        yield Line(f"export as {form} again", "s", seconds(of_form), 0.5)
    (notes / "paper-0.md").write_text(f"{NOTE}\n\nAnother thought.\n", encoding="utf-8")
    yield Line("export, one note changed", "s", run(command).seconds)


def screens(homes: dict[int, Path]) -> Iterator[Line]:
    """Measure first frame and memory of the terminal program, and keys on the Papers screen."""
    memory = {}
    for size, home in homes.items():
        frame, empty = [], []
        for _ in range(RUNS + 1):
            empty.append(run_in_terminal((PYTHON, "-c", floors.TEXTUAL)).seconds)
            frame.append(run_in_terminal((PYTHON, "-c", floors.PAPERTRAIL_TUI, str(home))))
        least = median(empty[1:]) * 1000
        ours = median(cost.seconds for cost in frame[1:]) * 1000
        yield Line(f"first frame, {size:,}", "ms", ours, (1.15 if size == 200 else 1.25) * least, least)
        memory[size] = median(cost.memory for cost in frame[1:]) / MB
        hold = 1.5 * memory[200] if size > 200 else None
        yield Line(f"first frame, {size:,}, memory", "MB", memory[size], hold, memory[200])
    for size, home in homes.items():
        for name, of in (("", (100, 30)), (", beside the pane", (140, 40))):
            for key, took in asyncio.run(key_seconds(home, of)).items():
                hold = None if key == "opens" else 16
                yield Line(f"Papers, {size:,}: {key}{name}", "ms", took * 1000, hold)


MOVES = {"end": "home", "home": "end", "down": "", "pagedown": "", "up": ""}
"""Keys among all papers, each with one before it that is not measured: what moves nothing is cheap."""


async def key_seconds(home: Path, size: tuple[int, int]) -> dict[str, float]:
    """Return the median processor seconds from each key on the Papers screen to its last picture.

    All that follows is in it: the row, the line below, the pane; and what drives the program, some 4 ms.
    """
    from papertrail.tui.frame.app import PapertrailApp

    app = PapertrailApp(Home(home))
    async with app.run_test(size=size) as pilot:

        async def took(key: str) -> float:
            before = time.process_time()
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
            return time.process_time() - before

        await pilot.pause()
        await app.workers.wait_for_complete()
        found = {"opens": await took("2")}
        await took("tab")
        found["all papers"] = await took("home")
        await took("tab")
        gc.collect()
        gc.freeze()  # as the program does once it is there
        for key, first in MOVES.items():
            times = []
            if key == "down":
                await took("home")
            for _ in range(RUNS):
                if first:
                    await took(first)
                times.append(await took(key))
            found[key] = median(times)
        gc.unfreeze()
    return found


def measured() -> Iterator[Line]:
    """Measure everything, in trails made for it."""
    with tempfile.TemporaryDirectory() as folder:
        homes = {size: Path(folder) / str(size) for size in SIZES}
        yield from taking_in(Path(folder), homes)
        yield from listing(homes)
        yield from screens(homes)
        yield from exporting(homes[10_000])
