"""A process that works on a trail until it is killed: `python -m tests.undo.victim TRAIL SEED MOMENT POINT`.

With a POINT it kills itself right before it changes the disk for so many times, else it waits to be killed.
"""

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from papertrail.library import Home, Library, rebuilding, unopened_library
from papertrail.library.thinning import Thinning
from tests.trails import FixedClock
from tests.undo import cases

WAYS = (
    "undo",
    "undo",
    "redo",
    "notes.save",
    "notes.save",
    "notes.index_changed",
    "history.restore",
    "history.restore",
    "take away",
    "strays.restore_gone",
    "restore the folder",
    "thinning",
    "thinning",
    "statuses.set",
    "lineages.put",
    "goal.set",
    "corrections.rename",
    "corrections.rename",
    "corrections.remove",
    "corrections.remove",
    "corrections.edit",
    "corrections.add",
    "unions.merge",
    "unions.merge",
    "inbox.take",
    "inbox.skip",
    "recall.grade",
    "recall.grade",
    "recall.bury",
    "doctor --fix",
    "doctor --fix",
    "rebuild",
    "backups.restore_note",
)
FEW = 3  # papers; with fewer one is added, as merging and removing would leave none to work on
_CHANGING = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "fcntl.flock"}


def digest(model: dict[str, object]) -> dict[str, str]:
    """Return what tells one model from another, part by part."""
    return {part: hashlib.sha256(repr(is_now).encode("utf-8")).hexdigest() for part, is_now in model.items()}


def take_away(library: Library, random: Random) -> None:
    """Remove some notes at once, as another program may; they are noticed together."""
    notes = sorted(library.home.notes.glob("*.md"))
    for path in random.sample(notes, min(len(notes), random.randint(1, 3))):
        path.unlink()
    library.notes.index_changed()


def restore_folder(library: Library) -> None:
    """Take the folder of notes away, and have it written anew."""
    away = library.home.root / f"away-{os.getpid()}"
    if library.home.notes.exists():
        library.home.notes.rename(away)
    library.strays.restore_gone()
    shutil.rmtree(away, ignore_errors=True)


def mend(library: Library, random: Random, clock: FixedClock) -> None:
    """Harm what doctor can mend, all at once and as no use case does, and have it mended."""
    harms = (
        "UPDATE reading SET rating = 4",
        "UPDATE paper SET venue = 'Nowhere'",
        "UPDATE goal SET target = target + 1",
        "DROP INDEX ix_paper_position",
        "UPDATE operation SET recording = 1 WHERE id = (SELECT max(id) FROM operation)",
    )
    home, harm, is_cut = library.home, random.choice(harms), random.random() < 0.5
    backups = library.backups.all() if is_cut else []
    if is_cut and not any(one.contents and not one.contents.damaged for one in backups):
        library.backups.make()  # what a row was has to stand somewhere
    with closing(sqlite3.connect(home.database)) as connection, connection:
        connection.execute(harm)
    if is_cut:
        os.truncate(home.journal_copy, home.journal_copy.stat().st_size // 2)
    with unopened_library(home, clock=clock) as looking:
        looking.checks.mend()


def lose_and_rebuild(library: Library, clock: FixedClock) -> Library:
    """Lose the database, and have it made anew; return the trail, opened again."""
    home = library.home
    with unopened_library(home, clock=clock) as looking:
        looking.checks.mend(["journal-copy"])  # the program killed before may not have come to it
    library.close()
    for path in home.private.glob("library.db*"):
        path.unlink()
    rebuilding.rebuild(home, clock=clock)
    return cases.open_trail(home, "cli", clock)


def thin(library: Library) -> None:
    """Thin what is kept of every note."""
    for folder in sorted((library.home.private / "history").glob("*")):
        Thinning(library._trail).thin(folder.name)


def do(library: Library, way: str, seed: int, clock: FixedClock) -> Library:
    """Do what one of `WAYS` does by chance `seed`; return the trail, which may have been opened again."""
    if way == "take away":
        take_away(library, Random(seed))
    elif way == "restore the folder":
        restore_folder(library)
    elif way == "thinning":
        thin(library)
    elif way == "doctor --fix":
        mend(library, Random(seed), clock)
    elif way == "rebuild":
        return lose_and_rebuild(library, clock)
    else:
        cases.run(library, way, seed)
    return library


def main() -> None:
    """Say what begins, and what was done with the model and the notes' versions after it, line by line."""
    root, random = Path(sys.argv[1]), Random(int(sys.argv[2]))
    clock, point = FixedClock(datetime.fromisoformat(sys.argv[3])), int(sys.argv[4])
    if point:
        die_at(point)
    library = cases.open_trail(Home(root), "cli", clock)
    while True:
        is_short = library.papers.number() < FEW
        way, seed = "corrections.add" if is_short else random.choice(WAYS), random.getrandbits(32)
        clock.moment += timedelta(days=random.randint(1, 15) if way == "thinning" else random.random() / 4)
        _say("begun", way, clock)
        library = do(library, way, seed, clock)
        model = cases.snapshot(root)
        files = model["files"]
        assert isinstance(files, dict)
        kept = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        _say("done", way, clock, digest(model), kept)


def _say(
    stage: str,
    way: str,
    clock: FixedClock,
    model: dict[str, str] | None = None,
    kept: dict[str, str] | None = None,
) -> None:
    print(json.dumps([stage, way, clock.moment.isoformat(), model or {}, kept or {}]), flush=True)


def die_at(point: int) -> None:
    """Kill this process right before it changes the disk for so many times."""
    left = point

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        opens_to_write = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_ACCMODE
        if event in _CHANGING or opens_to_write:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


if __name__ == "__main__":
    main()
