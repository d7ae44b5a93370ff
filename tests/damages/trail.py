"""A trail with something of everything that can be damaged, as it is, as it was earlier, with a log."""

import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import NamedTuple

from papertrail.library import Home, Library
from papertrail.notebook.template import PACKAGED_TEMPLATE
from tests.trails import NOTE, FixedClock, small_trail
from tests.undo import cases

NOTES = 30
DOING = (
    *("statuses.set", "statuses.move_in_queue", "tags.change", "views.save", "recall.grade", "recall.grade"),
    *(
        "goal.set",
        "lineages.put",
        "lineages.link",
        "settings.set",
        "guesses.tell",
        "inbox.take",
        "inbox.watch",
    ),
    *("asked.add", "tellings.tell"),
)
"""What is done besides writing notes: some of everything that the database holds."""
LATER = FixedClock(datetime(2026, 3, 20, 9, 30, tzinfo=timezone.utc))
"""The day on which the trail is looked at."""


class Made(NamedTuple):
    """The same trail at several moments.

    Attributes:
        now: all of it, nothing in the write-ahead log.
        half: when half of it was done: older versions of its files.
        logged: now, and a few changes more that are in the write-ahead log alone.
        shorter_log: an older version of that log.
    """

    now: Path
    half: Path
    logged: Path
    shorter_log: Path


def made_trails(folder: Path, *, steps: int, seed: int) -> Made:
    """Make a trail of so many random changes and thirty notes at most of two texts each, with two backups."""
    random, clock = Random(seed), FixedClock()
    now, half, logged = (folder / name for name in ("now", "half", "logged"))
    noted = min(NOTES, steps)
    keys = [f"paper-{number}" for number in range(noted + 10)]
    rows = [
        (("R-CNN", "SGD")[n % 2], key, f"On the subject {n}", "Ada Lovelace", str(1990 + n), "", "", "", "")
        for n, key in enumerate(keys)
    ]
    home = small_trail(now, rows)
    home.private.mkdir(mode=0o700)
    (home.private / "template.md").write_bytes(PACKAGED_TEMPLATE.read_bytes() + b"\n## What I would ask\n")
    with cases.open_trail(home, "cli", clock) as library:
        for part in range(2):
            for key in keys[:noted]:
                _write(library, key, random)
            for _ in range(steps // 2):
                _do(library, random, clock)
            library.backups.make()
            if not part:
                library.checks._trail.database.read().execute("PRAGMA wal_checkpoint(TRUNCATE)")
                shutil.copytree(now, half)
        for _ in range(3):  # since the newest backup
            _do(library, random, clock)
        _write(library, keys[0], random)
    _make_logged(now, folder / "work", logged, random, clock)
    return Made(now, half, logged, folder / "shorter-wal")


def _make_logged(now: Path, work: Path, logged: Path, random: Random, clock: FixedClock) -> None:
    shutil.copytree(now, work)
    private = work / ".papertrail"
    with cases.open_trail(Home(work), "cli", clock) as library:
        for number in range(8):
            _do(library, random, clock)
            if number == 3:
                shutil.copy2(private / "library.db-wal", work.with_name("shorter-wal"))
        shutil.copytree(work, logged, ignore=shutil.ignore_patterns("*-shm"))


def _write(library: Library, key: str, random: Random) -> None:
    words = " ".join(f"word{random.randrange(500)}" for _ in range(60))
    text = f"---\nkey: {key}\n---\n{NOTE}\n{words}\n\n## Questions\n\nQ: Why {key}?\nA: {words[:20]}\n"
    library.notes.save(key, text, library.notes.version(key))


def _do(library: Library, random: Random, clock: FixedClock) -> None:
    clock.moment += timedelta(minutes=random.randint(1, 40))
    cases.run(library, random.choice(DOING), random.getrandbits(32))
