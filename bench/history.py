"""The history of a note that had 200 texts: how long its list takes, and what changed in one of them."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

from bench.figures import Line
from papertrail.domain.clock import StoppedClock
from papertrail.domain.word_diff import word_diff
from papertrail.library import create_trail, open_library

TEXTS = int(os.environ.get("BENCH_TEXTS", "200"))
RUNS = int(os.environ.get("BENCH_RUNS", "15"))
WORDS = 20_000
_BEGIN = datetime(2026, 3, 1, 9, 0, tzinfo=timezone.utc)


def median(work: Callable[[], object]) -> float:
    """Return the median processor milliseconds of some work, after a warm-up."""
    times = []
    for _ in range(RUNS + 1):
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
    return statistics.median(times[1:]) * 1000


def texts(random: Random) -> list[str]:
    """Return texts of one note, each made from the one before."""
    names = ("Problem", "Key idea", "Evidence", "Limits", "Questions")
    bodies = {name: [f"word{random.randrange(3000)}" for _ in range(80)] for name in names}
    found = []
    for _ in range(TEXTS):
        body = bodies[random.choice(names)]
        body[random.randrange(len(body))] = f"word{random.randrange(3000)}"
        found.append("".join(f"## {name}\n\n{' '.join(words)}.\n\n" for name, words in bodies.items()))
    return found


def measured() -> Iterator[Line]:
    """Measure everything, in a trail made for it."""
    random = Random(200)
    with tempfile.TemporaryDirectory() as folder:
        home = create_trail(Path(folder) / "trail")
        base = None
        for number, text in enumerate(texts(random)):  # within two days: nothing is thinned
            clock = StoppedClock(_BEGIN + timedelta(minutes=10 * number))
            with open_library(home, clock=clock) as library:
                base = library.notes.save("rcnn", text, base).sha256
        with open_library(home, clock=clock) as library:
            listed = median(lambda: library.history.revisions("rcnn"))
            new, old, *_ = library.history.revisions("rcnn")
            compared = median(lambda: library.history.compare("rcnn", old, new))
    words = [f"word{random.randrange(3000)}" for _ in range(WORDS)]
    other = [word if random.random() > 0.1 else "other" for word in words]
    whole = median(lambda: word_diff(" ".join(words), " ".join(other)))
    yield Line(f"list of {TEXTS} texts", "ms", listed, 16)
    yield Line("what changed in one", "ms", compared, 16)
    yield Line(f"of {WORDS:,} words", "ms", whole, 1000)
