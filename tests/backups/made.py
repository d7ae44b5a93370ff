"""Trails with something of everything that a backup holds, and what they are compared by."""

import atexit
import hashlib
import shutil
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from papertrail.domain.backups import Why
from papertrail.domain.paper import Status
from papertrail.library import Home, backups
from tests.trails import NOTE, FixedClock, opened, small_trail


def full_trail(root: Path) -> Home:
    """Return a trail that has something of everything a backup holds."""
    shutil.copytree(full_once() / "trail", root, dirs_exist_ok=True)
    return Home(root)


def backed_up(root: Path) -> tuple[Home, Path]:
    """Return a full trail and a backup of it."""
    shutil.copy(full_once() / "trail.zip", root.with_name(f"{root.name}.zip"))
    return full_trail(root), root.with_name(f"{root.name}.zip")


@cache
def full_once() -> Path:
    folder = Path(mkdtemp())
    atexit.register(shutil.rmtree, folder)
    home = small_trail(folder / "trail")
    with opened(home) as library:
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
    opened(home).close()  # the notes are indexed by that template
    backups.make_backup(home, Why.BY_HAND, FixedClock(), to=folder / "trail.zip")
    return folder


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
        dumped = list(connection.iterdump())
        return [line for line in dumped if "words" not in line and "sqlite_sequence" not in line]


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
