"""A database that is gone or damaged: told, never replaced in silence, and made anew."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from papertrail.domain.errors import DatabaseDamaged, DatabaseLost, PapertrailError
from papertrail.domain.facts import read_facts
from papertrail.domain.paper import Status
from papertrail.library import Home, open_library
from papertrail.library.rebuilding import is_well, rebuild
from papertrail.store import journal_copy
from tests.trails import NOTE, FixedClock, opened, small_trail
from tests.undo.cases import CASES, open_trail, snapshot


def walked_trail(root: Path, seed: int, steps: int = 60) -> Home:
    """Return a trail to which a random walk over all use cases was done."""
    home, random = small_trail(root), Random(seed)
    with open_trail(home, "cli") as library:
        for _ in range(steps):
            case = random.choice(sorted(CASES))
            try:
                library.undo.undo() if random.random() < 0.15 else CASES[case](library, random)
            except (PapertrailError, IndexError):
                continue
    return home


def model(home: Home) -> dict[str, object]:
    """Return all that a reader put in; what papertrail remembers for itself aside."""
    found = snapshot(home.root)
    settings = found["SELECT * FROM setting ORDER BY name"]
    assert isinstance(settings, list)
    own = ("seeds", "template", "inbox-asked", "inbox-days")
    return {**found, "SELECT * FROM setting ORDER BY name": [row for row in settings if row[0] not in own]}


@pytest.mark.parametrize("seed", range(4))
def test_the_copy_of_the_journal_tells_all(tmp_path: Path, seed: int) -> None:
    home = walked_trail(tmp_path, seed)
    before = model(home)
    home.database.unlink()
    told = rebuild(home, clock=FixedClock())
    assert (told.unreadable, told.dropped) == (0, 0) and told.until is not None
    with opened(home) as library:
        undoable = library.undo.next()
    assert model(home) == before
    with open_trail(home, "cli") as library:
        assert library.undo.undo().past.what == undoable.past.what


def emptied(home: Home) -> None:
    home.database.write_bytes(b"")


def removed(home: Home) -> None:
    for path in home.private.glob("library.db*"):
        path.unlink()


@pytest.mark.parametrize("lose", [emptied, removed])
def test_a_database_that_is_lost_is_told_and_not_replaced(
    tmp_path: Path, lose: Callable[[Home], None]
) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["rcnn"], Status.READ)
        library.notes.save("rcnn", NOTE, None)
    lose(home)
    for _ in range(2):
        with pytest.raises(DatabaseLost, match="papertrail rebuild"):
            open_library(home, clock=FixedClock())
    assert not home.database.exists() or home.database.stat().st_size == 0
    rebuild(home, clock=FixedClock())
    with opened(home) as library:
        assert library.papers.get("rcnn").summary.status is Status.READ
        assert library.agenda.today().progress.counted == 1


def test_what_is_left_of_a_trail_without_copy_and_backup_is_taken_in(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
    removed(home)
    home.journal_copy.unlink()
    with pytest.raises(DatabaseLost):
        open_library(home, clock=FixedClock())
    told = rebuild(home, clock=FixedClock())
    assert told.until is None and not told.knows_past
    with opened(home) as library:
        assert library.papers.number() == 6 and library.notes.keys() == ["rcnn"]


@pytest.mark.parametrize(("text", "told"), [("---\nkey: rcnn\n---\n" + NOTE, 1), (NOTE, 0)])
def test_notes_that_knew_a_database_are_not_begun_anew_in_silence(
    tmp_path: Path, text: str, told: int
) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", text, None)
    shutil.rmtree(home.private)
    reports: list[str] = []
    for _ in range(2):
        open_library(home, clock=FixedClock(), report=reports.append).close()
    said = [report for report in reports if "no database beside 1 note of papertrail's" in report]
    assert len(said) == told, reports


def test_a_damaged_database_is_put_aside(tmp_path: Path) -> None:
    home = walked_trail(tmp_path, 9, steps=10)
    before = model(home)
    assert is_well(home)
    data = bytearray(home.database.read_bytes())
    data[4096:20000] = bytes(20000 - 4096)
    home.database.write_bytes(data)
    assert not is_well(home)
    told = rebuild(home, clock=FixedClock())
    assert told.put_aside is not None and (told.put_aside / "library.db").read_bytes() == data
    opened(home).close()
    assert model(home) == before and is_well(home)


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9, 0.999])
def test_lines_that_are_damaged_are_left_out_and_counted(tmp_path: Path, at: float) -> None:
    home = walked_trail(tmp_path, 5, steps=30)
    data = bytearray(home.journal_copy.read_bytes())
    data[int(len(data) * at)] ^= 4
    home.journal_copy.write_bytes(data)
    removed(home)
    told = rebuild(home, clock=FixedClock())
    assert told.unreadable == 1
    opened(home).close()
    model(home)
    assert is_well(home)
    with opened(home) as library:
        library.statuses.set([next(library.papers.each()).key], Status.QUEUED)
    lines = list(journal_copy.read(home.journal_copy))
    assert None not in lines  # begun anew


def test_a_torn_end_is_mended_by_the_next_operation(tmp_path: Path) -> None:
    home = walked_trail(tmp_path, 3, steps=10)
    whole = home.journal_copy.read_bytes()
    home.journal_copy.write_bytes(whole[:-40])
    with open_trail(home, "cli") as library:
        library.statuses.set([next(library.papers.each()).key], Status.READ)
    after = home.journal_copy.read_bytes()
    assert after.startswith(whole[:-40]) and None not in list(journal_copy.read(home.journal_copy))
    before = model(home)
    removed(home)
    rebuild(home, clock=FixedClock())
    opened(home).close()
    assert model(home) == before


def test_notes_of_a_backup_are_as_complete_as_the_goal_since_wants(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        library.statuses.set(["rcnn"], Status.READ)
        library.backups.make()
        library.goal.set(words=30)
        assert not library.papers.get("rcnn").note.complete
    before = model(home)
    removed(home)
    assert rebuild(home, clock=FixedClock()).backup is not None
    opened(home).close()
    assert model(home) == before


def told_after_each(copy: Path) -> dict[int, dict[tuple[str, str], dict[str, Any]]]:
    """Return the rows that a copy tells after each operation; what is settled when it is read again aside."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    after = {}
    for line in journal_copy.read(copy):
        assert line is not None
        if line.done is not None:
            after[line.done] = dict(rows)
        elif line.row is not None and line.row.now is not None:
            told = {name: value for name, value in line.row.now.items() if name != "undone_by"}
            if line.row.table == "note":  # all else is read off its file
                told = {"sha256": told["sha256"]}
            rows[line.row.table, line.row.key] = told
        elif line.row is not None:
            rows.pop((line.row.table, line.row.key), None)
    return after


@pytest.mark.parametrize("seed", [1, 2])
def test_changes_that_are_caught_up_at_once_are_each_told_as_they_left_their_rows(
    tmp_path: Path, seed: int
) -> None:
    home = walked_trail(tmp_path, seed)
    one_by_one = told_after_each(home.journal_copy)
    lines = home.journal_copy.read_bytes().splitlines(keepends=True)
    first = next(at for at, line in enumerate(lines, 1) if b'"done":' in line)
    os.truncate(home.journal_copy, len(b"".join(lines[:first])))
    with closing(sqlite3.connect(home.database)) as connection:
        journal_copy.catch_up(home.journal_copy, connection)
    assert told_after_each(home.journal_copy) == one_by_one


def test_a_change_that_is_cut_off_in_the_copy_is_not_done_by_halves(tmp_path: Path) -> None:
    home = walked_trail(tmp_path, 4, steps=12)
    before, had = model(home), home.journal_copy.read_bytes()
    with open_trail(home, "cli") as library:
        library.corrections.add(read_facts([("title", "A new paper")]), new=True)
    lines = home.journal_copy.read_bytes().removeprefix(had).splitlines(keepends=True)
    assert len(lines) > 3
    for number, line in enumerate(lines):
        removed(home)
        home.journal_copy.write_bytes(had + b"".join(lines[:number]) + line[:9])
        told = rebuild(home, clock=FixedClock())
        assert told.unreadable == 0
        open_trail(home, "cli").close()
        assert model(home) == before


def test_a_copy_of_another_past_is_put_aside(tmp_path: Path) -> None:
    home = walked_trail(tmp_path / "one", 1, steps=10)
    other = walked_trail(tmp_path / "other", 2, steps=10)
    shutil.copy(other.journal_copy, home.journal_copy)
    with open_trail(home, "cli") as library:
        library.statuses.set([next(library.papers.each()).key], Status.READ)
    assert (home.private / "journal-1.jsonl").read_bytes() == other.journal_copy.read_bytes()
    before = model(home)
    removed(home)
    rebuild(home, clock=FixedClock())
    opened(home).close()
    assert model(home) == before


def test_a_database_that_lost_its_last_changes_is_not_written_to(tmp_path: Path) -> None:
    home = walked_trail(tmp_path, 7, steps=8)
    older = home.database.read_bytes()
    with open_trail(home, "cli") as library:
        library.corrections.add(read_facts([("title", "A new paper")]), new=True)
    before = model(home)
    removed(home)
    home.database.write_bytes(older)
    with open_trail(home, "cli") as library:
        assert library.papers.number() > 0
        with pytest.raises(DatabaseDamaged, match="lacks the last 1 change that"):
            library.statuses.set([next(library.papers.each()).key], Status.READ)
    rebuild(home, clock=FixedClock())
    opened(home).close()
    assert model(home) == before


def test_notes_that_a_damaged_database_does_not_take_in_are_told_of_as_that(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        for key in ("rcnn", "sppnet", "fast-rcnn"):
            library.notes.save(key, NOTE, None)
    with closing(sqlite3.connect(home.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        sql = "SELECT rootpage FROM sqlite_master WHERE name = 'operation'"  # each write adds one
        ((page,),) = connection.execute(sql)
    with home.database.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    for path in home.notes.glob("*.md"):
        path.write_text(f"{NOTE}\nMore.\n", encoding="utf-8")
    with opened(home) as library:
        assert library.papers.number() == 6
        assert "is damaged" in library.behind and "papertrail rebuild" in library.behind
