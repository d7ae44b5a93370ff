"""`papertrail doctor` on a trail of 1,000 notes: how long the command takes, and what each check works.

Two processes share the work. A reader waits for the later of them: so much time passes on a machine that has
two processors free, which the shortest run had most likely.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from bench.figures import Line
from bench.speed import wait_in_terminal
from bench.trail import make_trail
from papertrail.domain.paper import Status
from papertrail.library import Home, open_library, unopened_library

NOTES = int(os.environ.get("BENCH_NOTES", "1000"))
RUNS = int(os.environ.get("BENCH_RUNS", "5"))
SLOW = 5  # ms; what takes less is not shown by itself


def noted_trail(root: Path) -> Home:
    """Make a trail with so many notes of 500 words, each with three texts in its history."""
    random, home = Random(15), Home(make_trail(root, NOTES))
    keys = [f"paper-{number}" for number in range(NOTES)]
    for text in range(3):
        for key in keys:
            words = " ".join(f"word{random.randrange(3000)}" for _ in range(160))
            sections = ("Problem", "Key idea", "Limits")
            matter = f'---\nkey: {key}\ntitle: "A made-up paper on subject {key[6:]}"\n---\n'
            body = "".join(f"## {name}\n\n{words}\n\n" for name in sections)
            (home.notes / f"{key}.md").write_text(f"{matter}{body}{text}\n", encoding="utf-8")
        open_library(home).close()
    with open_library(home) as library:
        library.statuses.set(keys[: NOTES // 2], Status.READ)
    return home


def measured() -> Iterator[Line]:
    """Measure the whole command, then each check."""
    with tempfile.TemporaryDirectory() as folder:
        home = noted_trail(Path(folder) / "trail")
        env = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
        command = [sys.executable, "-m", "papertrail", "doctor", "--home", str(home.root)]
        took: list[float] = []
        worked: list[float] = []
        for _ in range(RUNS + 1):
            began = time.perf_counter()
            code, seconds = wait_in_terminal(command, env)
            took.append(time.perf_counter() - began)
            assert code == 0
            worked.append(seconds)
        yield Line(f"doctor, {NOTES:,} notes: to its end", "ms", min(took[1:]) * 1000, 1000)
        yield Line("  processor time of its two processes", "ms", statistics.median(worked[1:]) * 1000)
        with unopened_library(home) as library:
            for about in library.checks.known():
                times: list[float] = []
                for _ in range(RUNS):
                    before = time.process_time()
                    assert not library.checks.all([about.name])
                    times.append(time.process_time() - before)
                if (worked_on := statistics.median(times) * 1000) >= SLOW:
                    yield Line(f"  {about.name}", "ms", worked_on)
