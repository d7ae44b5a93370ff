"""A trail backed up, and put back: whole, or one note of it, or not at all."""

import hashlib
import json
import os
import sqlite3
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from papertrail.domain.backups import CONTENTS, DATABASE, Why
from papertrail.domain.errors import (
    BadInput,
    Busy,
    Conflict,
    DatabaseDamaged,
    IncompatibleLibrary,
    NotFound,
    PapertrailError,
    StorageError,
)
from papertrail.domain.paper import Status
from papertrail.library import Home, Library, backups, open_library, restoring
from papertrail.library.backup_file import BadBackup
from papertrail.store import SCHEMA_VERSION
from papertrail.store.connection import RESTORING
from papertrail.store.lock import write_lock
from tests.trails import NOTE, FixedClock, opened, small_trail


def full_trail(root: Path, clock: FixedClock | None = None) -> Home:
    """Return a trail that has something of everything a backup holds."""
    home = small_trail(root)
    with opened(home, clock) as library:
        library.notes.save("rcnn", NOTE, None)
        library.notes.save("adam", "First.\n", None)
        library.notes.save("adam", "Second.\n", hashlib.sha256(b"First.\n").hexdigest())
        library.statuses.set(["rcnn"], Status.READ)
        library.notes.keep_draft("sppnet", "unsaved words", None)
    (home.notes / "picture 残差 1:2.png").write_bytes(b"\x89PNG")
    (home.private / "tellings").mkdir()
    (home.private / "tellings" / "2026-01-01-sgd.md").write_text("told", encoding="utf-8")
    (home.private / "template.md").write_text("# t\n\n## Problem\n\n## Key idea\n", encoding="utf-8")
    (home.private / "pdfs").mkdir()
    (home.private / "pdfs" / "rcnn.pdf").write_bytes(b"%PDF")
    return home


def files(home: Home) -> dict[str, bytes]:
    """Return everything of a trail that a backup holds, the database as its rows."""
    found: dict[str, bytes] = {}
    for folder in ("notes", "seeds", *(f".papertrail/{one}" for one in ("history", "drafts", "tellings"))):
        for path in sorted((home.root / folder).rglob("*")):
            if path.is_file():
                found[str(path.relative_to(home.root))] = path.read_bytes()
    template = home.private / "template.md"
    found["template"] = template.read_bytes() if template.exists() else b""
    return found


def rows(path: Path) -> list[str]:
    """Return every row of a database; what stands in a note's index of its file alone is left out."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE note SET stamp = ''")
        connection.execute("UPDATE setting SET value = '' WHERE name = 'template'")
        return [line for line in connection.iterdump() if "words" not in line]


def test_a_trail_put_back_into_an_empty_folder_is_the_same_in_every_row_and_byte(tmp_path: Path) -> None:
    home = full_trail(tmp_path / "trail")
    with opened(home) as library:
        backup = library.backups.make()
    restored = restoring.restore_into(backup.path, tmp_path / "new" / "place")
    there = Home(restored.root)
    assert files(there) == files(home)
    assert not (there.private / "pdfs").exists()
    assert stat.S_IMODE(there.private.stat().st_mode) == 0o700
    assert stat.S_IMODE((there.private / "library.db").stat().st_mode) & 0o077 == 0
    assert rows(there.private / "library.db") == rows(home.private / "library.db")
    said: list[str] = []
    with open_library(there, clock=FixedClock(), report=said.append) as library:
        assert library.undo.stacks().done != ()
    assert said == []
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["place"]


def test_a_trail_is_put_back_over_another_and_that_can_be_put_back_in_turn(tmp_path: Path) -> None:
    home = full_trail(tmp_path)
    clock = FixedClock()
    with opened(home, clock) as library:
        backup = library.backups.make()
        then = files(home), rows(home.private / "library.db")
        clock.moment += timedelta(days=3)
        library.notes.save("sppnet", "A note that came later.\n", None)
        library.notes.save("rcnn", "All else forgotten.\n", library.notes.version("rcnn"))
        library.statuses.set(["adam"], Status.DROPPED)
        (home.notes / "adam.md").unlink()
        library.notes.index_changed()
        (home.private / "template.md").unlink()
        later = files(home)
    restored = restoring.restore_over(backup.path, home, clock)
    history = {path for path in files(home) if path.startswith(".papertrail/history/")}
    assert {p: d for p, d in files(home).items() if p not in history - set(then[0])} == then[0]
    assert history >= {path for path in later if path.startswith(".papertrail/history/")}
    assert rows(home.private / "library.db") == then[1]
    assert (home.private / "pdfs" / "rcnn.pdf").exists()
    assert restored.before is not None and restored.kept is None
    assert not (home.private / "replaced").exists() and not (home.private / RESTORING).exists()
    back = restoring.restore_over(restored.before, home, clock)
    assert files(home).items() >= later.items() and back.kept is None
