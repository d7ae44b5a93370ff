"""Backups made while others write; `python -m tests.backups.writing TRAIL SEED` writes until stopped."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from random import Random

from papertrail.disk.whole_file import sha256_of
from papertrail.domain.backups import DATABASE, Why
from papertrail.domain.errors import Conflict
from papertrail.domain.paper import Status
from papertrail.library import Home, backups, open_library, restoring
from papertrail.library.backup_file import note_key
from papertrail.library.backups import Backup

CHECKOUT = Path(__file__).parent.parent.parent
MOST = 40  # papers that are written about
GROWING = ("operation", "journal", "change")
"""Tables to which rows are added, and of which none goes."""


def write(root: Path, seed: int) -> None:
    """Set statuses and save notes, and say after each of them how many operations there are for good."""
    random = Random(seed)
    with open_library(Home(root)) as library:
        keys = [paper.key for paper in islice(library.papers.each(), MOST)]
        while True:
            key = random.choice(keys)
            if random.random() < 0.5:
                library.statuses.set([key], random.choice(list(Status)))
            else:
                try:
                    library.notes.save(key, f"{random.random()}\n" * 200, library.notes.version(key))
                except Conflict:  # the other one was first
                    continue
            print("done", flush=True)


@contextmanager
def two_that_write(root: Path) -> Iterator[None]:
    """Have two processes write; both have written something, and go on to the end of the block."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.backups.writing", str(root), str(seed)],
            stdout=subprocess.PIPE, cwd=CHECKOUT,
        )
        for seed in (1, 2)
    ]  # fmt: skip
    try:
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"done\n"
        yield
        assert all(writer.poll() is None for writer in writers), "they wrote to the end"
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()


def back_up_while_two_write(root: Path, folder: Path) -> Backup:
    """Back a trail up while two processes write, restore it into a new folder, and compare all of it.

    Raises:
        AssertionError: it is not what the trail was at a moment between the two ends of the backup.
    """
    home = Home(root)
    with two_that_write(root):
        before = rows_of(root / DATABASE)
        backup = backups.make_backup(home, Why.BY_HAND)
        after = rows_of(root / DATABASE)
    contents = backup.contents
    assert contents is not None
    restoring.restore_into(backup.path, folder)
    there = rows_of(folder / DATABASE)
    assert {name: len(found) for name, found in there.items()} == {
        name: contents.rows[name] for name in there
    }
    for name in GROWING:
        assert len(before[name]) <= len(there[name]) <= len(after[name])
        assert there[name] == after[name][: len(there[name])], name
    for path, kept in contents.files.items():
        if path != DATABASE:
            assert sha256_of((folder / path).read_bytes()) == kept.sha256, path
    with open_library(Home(folder)) as library:
        assert set(library.notes.keys()) == {note_key(path) for path in contents.files} - {""}
    return backup


def rows_of(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of the tables that only grow, and of those of papers, in their order."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        connection.execute("BEGIN")
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY id").fetchall()  # noqa: S608
            for name in (*GROWING, "paper", "lineage")
        }


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
