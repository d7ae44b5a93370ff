"""A trail backed up, and put back: whole, or one note of it, or not at all."""

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

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
from papertrail.library import Home, backup_file, backups, open_library, restoring
from papertrail.library.backup_file import BadBackup
from papertrail.store import SCHEMA_VERSION
from papertrail.store.connection import RESTORING
from papertrail.store.copying import fold_log_in
from papertrail.store.lock import write_lock
from tests.backups.made import backed_up, bytes_below, files, full_once, full_trail, rows
from tests.trails import NOTE, FixedClock, opened, small_trail


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


def repacked(
    path: Path, change: Callable[[dict[str, bytes], dict[str, object]], None], **told: object
) -> None:
    """Pack a backup anew with other files, all its digests right."""
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    contents = json.loads(held.pop(CONTENTS))
    change(held, contents)
    contents["files"] = {
        name: [hashlib.sha256(data).hexdigest(), len(data), 0] for name, data in held.items()
    }
    contents |= told
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held.items():
            archive.writestr(name, data)
        archive.writestr(CONTENTS, json.dumps(contents))


def entry_changed(path: Path, **about: object) -> None:
    with zipfile.ZipFile(path) as archive:
        held = [(entry, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in held:
            if entry.filename == "notes/rcnn.md":
                for name, value in about.items():
                    setattr(entry, name, value)
            archive.writestr(entry, data)


def with_file(name: str, data: bytes = b"x") -> Callable[[Path], None]:
    return lambda path: repacked(path, lambda held, _: held.update({name: data}))


def without(name: str) -> Callable[[Path], None]:
    return lambda path: repacked(path, lambda held, _: held.__delitem__(name))


def with_database(statements: str) -> Callable[[Path], None]:
    def change(held: dict[str, bytes], _: object) -> None:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(held[DATABASE])
            connection.executescript(statements)
            held[DATABASE] = connection.serialize()

    return lambda path: repacked(path, change)


def damaged_page(path: Path) -> None:
    def change(held: dict[str, bytes], _: object) -> None:
        data = bytearray(held[DATABASE])
        data[4096 * 3 : 4096 * 5] = b"\xa5" * 4096 * 2
        held[DATABASE] = bytes(data)

    repacked(path, change)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(data)


def other_bytes(path: Path) -> None:
    """Put other words into a note, as large as those there were; the list of files says it as it was."""
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    held["notes/rcnn.md"] = b"y" * len(held["notes/rcnn.md"])
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)


def bomb(path: Path) -> None:
    repacked(path, lambda held, _: held.update({"notes/zeros.md": b"\x00" * (12 << 20)}))


def twice(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("notes/rcnn.md", "another")


def elsewhere(path: Path) -> None:
    path.unlink()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photos/a.jpg", "jpeg")


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe_instead(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


HOSTILE: dict[str, tuple[Callable[[Path], object], type[PapertrailError]]] = {
    "out of the trail": (with_file("notes/../../evil"), BadBackup),
    "absolute": (with_file("/tmp/evil"), BadBackup),
    "backslashes": (with_file("notes\\..\\..\\evil"), BadBackup),
    "a marker": (with_file(".papertrail/restoring.json", b"{}"), BadBackup),
    "a log": (with_file(".papertrail/library.db-wal"), BadBackup),
    "a link": (lambda path: entry_changed(path, external_attr=(stat.S_IFLNK | 0o777) << 16), BadBackup),
    "a device": (lambda path: entry_changed(path, external_attr=(stat.S_IFCHR | 0o666) << 16), BadBackup),
    "a file twice": (twice, BadBackup),
    "a bomb": (bomb, BadBackup),
    "no database": (without(DATABASE), BadBackup),
    "rows that are not told": (with_database("DELETE FROM reading"), BadBackup),
    "a damaged page": (damaged_page, DatabaseDamaged),
    "no tables of ours": (with_database("DROP TABLE journal"), IncompatibleLibrary),
    "another program's": (with_database("PRAGMA user_version = 0"), IncompatibleLibrary),
    "a newer schema": (with_database(f"PRAGMA user_version = {SCHEMA_VERSION + 1}"), IncompatibleLibrary),
    "a newer format": (lambda path: repacked(path, lambda *_: None, format=99), IncompatibleLibrary),
    "no sqlite": (
        lambda path: repacked(path, lambda held, _: held.update({DATABASE: b"not a database" * 400})),
        DatabaseDamaged,
    ),
    "cut off": (cut, BadBackup),
    "a flipped bit": (flipped, BadBackup),
    "other words": (other_bytes, BadBackup),
    "a zip of something else": (elsewhere, BadBackup),
    "text": (lambda path: path.write_text("hello", encoding="utf-8"), BadBackup),
    "nothing in it": (lambda path: path.write_bytes(b""), BadBackup),
    "a folder": (folder_instead, BadBackup),
    "a pipe": (pipe_instead, BadBackup),
    "not there": (Path.unlink, NotFound),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_backup_of_ours_is_refused_in_one_line_and_nothing_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    home, whole = Home(full_once() / "trail"), full_once() / "trail.zip"
    monkeypatch.setattr(backup_file, "_ROOM", 1 << 20)  # so that a small bomb is one
    monkeypatch.setattr(backup_file, "_TIGHTEST", 30)
    path = tmp_path / "hostile.zip"
    path.write_bytes(whole.read_bytes())
    change, kind = HOSTILE[name]
    change(path)
    before = bytes_below(home.root)
    for way in (
        lambda: restoring.restore_over(path, home, FixedClock()),
        lambda: restoring.restore_into(path, tmp_path / "new"),
        lambda: backups.check(path),
        lambda: backups.extract_database(path, tmp_path / "library.db"),
    ):
        with pytest.raises(kind) as caught:
            way()
        assert "\n" not in str(caught.value) and len(str(caught.value)) < 400
    assert bytes_below(home.root) == before
    assert {one.name for one in tmp_path.iterdir()} <= {"hostile.zip"}


def test_a_backup_of_an_older_schema_is_brought_up_to_date_before_it_is_moved_in(tmp_path: Path) -> None:
    home, path = backed_up(tmp_path / "trail")
    with_database("PRAGMA user_version = 0")(path)  # to see that the schema is asked for
    with pytest.raises(IncompatibleLibrary):
        restoring.restore_over(path, home)


def test_the_log_of_the_trail_that_was_there_is_not_replayed_into_the_one_put_back(tmp_path: Path) -> None:
    """SQLite takes any log that stands beside a database for its own, and calls the mixture whole."""
    home, path = backed_up(tmp_path / "trail")
    then = rows(home.private / "library.db")
    library = opened(home)
    library.watch()
    library.statuses.set(["adam"], Status.DROPPED)
    holding = sqlite3.connect(home.private / "library.db")  # a reader keeps the log from being folded in
    holding.execute("BEGIN")
    holding.execute("SELECT count(*) FROM paper").fetchone()
    library.statuses.set(["fast-rcnn"], Status.DROPPED)
    assert (home.private / "library.db-wal").stat().st_size > 0
    restored = restoring.restore_over(path, home, FixedClock())
    with closing(sqlite3.connect(home.private / "library.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    holding.close()
    assert library.changed_elsewhere()
    library.close()
    now = rows(
        home.private / "library.db"
    )  # the open program took the notes' new stamps in, and nothing else
    assert [row for row in now if "sqlite_sequence" not in row] == [
        row for row in then if "sqlite_sequence" not in row
    ]
    assert restored.before is not None
    back = restoring.restore_over(restored.before, home, FixedClock())
    with opened(home) as again:
        assert again.papers.get("fast-rcnn").summary.status is Status.DROPPED
    assert back.kept is None


def test_a_program_that_has_the_trail_open_notices_and_goes_on_with_the_one_put_back(tmp_path: Path) -> None:
    home, path = backed_up(tmp_path / "trail")
    with opened(home) as library:
        library.watch()
        library.statuses.set(["adam"], Status.READING)
        library.watch()
        assert not library.changed_elsewhere()
        listed = library.papers.each()
        next(iter(listed))
        restoring.restore_over(path, home, FixedClock())
        assert library.changed_elsewhere() and not library.changed_elsewhere()
        assert library.papers.get("adam").summary.status is Status.UNREAD
        library.statuses.set(["sppnet"], Status.QUEUED)
        assert len(list(listed)) == 5, "what was being read is read to its end"
    with opened(home) as again:
        assert again.papers.get("sppnet").summary.status is Status.QUEUED


def test_a_save_meets_the_note_that_was_put_back_and_both_are_kept(tmp_path: Path) -> None:
    home, path = backed_up(tmp_path / "trail")
    with opened(home) as library:
        first = library.notes.save("adam", "Third.\n", library.notes.version("adam"))
        restoring.restore_over(path, home, FixedClock())
        with pytest.raises(Conflict):
            library.notes.save("adam", "Fourth, made from the third.\n", first.sha256)
        assert library.notes.open("adam").text == "Second.\n"
    assert any("Fourth" in one.read_text(encoding="utf-8") for one in home.notes.glob("adam.conflict-*"))


def test_whoever_writes_is_waited_for_and_nothing_is_touched_when_it_takes_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, path = backed_up(tmp_path / "trail")
    monkeypatch.setattr(restoring, "BUSY_SECONDS", 0.05)
    before = bytes_below(home.root)
    with write_lock(home.private / "library.lock", 1), pytest.raises(Busy):
        restoring.restore_over(path, home, FixedClock())
    assert bytes_below(home.root) == before


def test_a_lock_that_the_disk_does_not_take_is_one_line(tmp_path: Path) -> None:
    home, path = backed_up(tmp_path / "trail")
    for name in ("backups.lock", "library.lock"):
        (home.private / name).unlink(missing_ok=True)
        (home.private / name).mkdir()
    with opened(home) as library:
        for write in (library.backups.make, lambda: library.statuses.set(["adam"], Status.READ)):
            with pytest.raises(StorageError) as told:
                write()
            assert "\n" not in str(told.value) and ".lock" in str(told.value)
    with pytest.raises(StorageError):
        restoring.restore_over(path, home, FixedClock())


def test_what_was_written_meanwhile_is_moved_aside_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Programs that know no lock of ours may write between the backup of what is there and its end."""
    home, path = backed_up(tmp_path / "trail")

    def meanwhile(database: Path) -> None:
        fold_log_in(database)
        (home.notes / "adam.md").write_text("written at the very last moment", encoding="utf-8")
        (home.notes / "sppnet.md").write_text("a new note", encoding="utf-8")

    monkeypatch.setattr(restoring, "fold_log_in", meanwhile)
    restored = restoring.restore_over(path, home, FixedClock())
    assert restored.kept is not None
    assert bytes_below(restored.kept) == {
        "notes/adam.md": b"written at the very last moment",
        "notes/sppnet.md": b"a new note",
    }
    assert not (home.notes / "sppnet.md").exists()


@pytest.mark.parametrize("damage", ["damaged", "empty", "gone", "another's"])
def test_a_trail_whose_database_is_what_is_wrong_is_put_back_and_what_was_there_is_kept(
    tmp_path: Path, damage: str
) -> None:
    home, path = backed_up(tmp_path / "trail")
    then, database = files(home), home.private / "library.db"
    data = bytearray(database.read_bytes())
    data[100:] = b"\xff" * (len(data) - 100)
    if damage == "gone":
        database.unlink()
    else:
        database.write_bytes({"damaged": bytes(data), "empty": b"", "another's": b"%PDF-1.4" * 900}[damage])
    restored = restoring.restore_over(path, home, FixedClock())
    assert restored.before is None
    assert files(home) == then
    with opened(home) as library:
        assert library.papers.get("rcnn").summary.status is Status.READ
    if damage in ("damaged", "another's"):
        assert restored.kept is not None and (restored.kept / DATABASE).exists()


def test_parts_of_a_trail_behind_a_link_are_not_written_through(tmp_path: Path) -> None:
    home, path = backed_up(tmp_path / "trail")
    home.notes.rename(tmp_path / "vault")
    home.notes.symlink_to(tmp_path / "vault")
    before = bytes_below(tmp_path / "vault")
    with pytest.raises(BadInput, match="--to DIR"):
        restoring.restore_over(path, home, FixedClock())
    assert bytes_below(tmp_path / "vault") == before
    with opened(home) as library:
        backup = library.backups.make()
    assert backup.contents is not None and "notes/rcnn.md" in backup.contents.files


def test_a_linked_note_is_in_the_backup_and_its_target_is_not_written_through(tmp_path: Path) -> None:
    home = full_trail(tmp_path / "trail")
    far = tmp_path / "far.md"
    (home.notes / "rcnn.md").rename(far)
    (home.notes / "rcnn.md").symlink_to(far)
    (home.notes / "secret.txt").symlink_to(tmp_path / "secret")
    with opened(home) as library:
        backup = library.backups.make()
        assert backup.contents is not None and "notes/secret.txt" not in backup.contents.files
    words = far.read_bytes()
    far.write_bytes(b"changed since")
    restored = restoring.restore_over(backup.path, home, FixedClock())
    assert far.read_bytes() == b"changed since"
    assert (home.notes / "rcnn.md").read_bytes() == words and not (home.notes / "rcnn.md").is_symlink()
    assert restored.kept is not None and (restored.kept / "notes" / "rcnn.md").is_symlink()
    assert (home.notes / "secret.txt").is_symlink()


def test_there_must_be_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, path = backed_up(tmp_path / "trail")
    before = bytes_below(home.root)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(StorageError, match="make room"):
        restoring.restore_over(path, home, FixedClock())
    with pytest.raises(StorageError, match="make room"):
        restoring.restore_into(path, tmp_path / "new")
    assert bytes_below(home.root) == before and not (tmp_path / "new").exists()


def test_a_full_disk_leaves_no_half_of_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = full_trail(tmp_path / "trail")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backups, "copy_database", full)
    with pytest.raises(StorageError, match="make room"):
        backups.make_backup(home, Why.BY_HAND, FixedClock())
    monkeypatch.undo()
    monkeypatch.setattr(backup_file, "write_backup", full)
    with pytest.raises(StorageError, match="make room"):
        backups.make_backup(home, Why.BY_HAND, FixedClock(), to=tmp_path / "new.zip")
    monkeypatch.undo()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(StorageError, match="make room"):
        backups.make_backup(home, Why.BY_HAND, FixedClock())
    assert list((home.private / "backups").iterdir()) == [] and not (tmp_path / "new.zip").exists()


def test_a_folder_with_something_in_it_is_no_place_for_a_trail(tmp_path: Path) -> None:
    home, path = backed_up(tmp_path / "trail")
    with pytest.raises(BadInput, match="new or empty"):
        restoring.restore_into(path, home.root)
    (tmp_path / "empty").mkdir()
    assert restoring.restore_into(path, tmp_path / "empty").contents.papers == 6


def test_one_note_is_restored_as_a_save_that_can_be_taken_back(tmp_path: Path) -> None:
    home, path = backed_up(tmp_path / "trail")
    with opened(home) as library:
        library.notes.save("rcnn", "Gone wrong.\n", library.notes.version("rcnn"))
        library.corrections.rename("rcnn", "girshick")
        restored = library.backups.restore_note(path, "girshick")
        assert restored is not None
        assert library.notes.open("girshick").text == NOTE
        assert library.backups.restore_note(path, "rcnn") is None, "it is like that, by its old key as well"
        assert "as of 1 Mar 2026" in library.undo.stacks().done[0].what
        library.undo.undo()
        assert library.notes.open("girshick").text == "Gone wrong.\n"
        for key in ("sppnet", "nobody"):
            with pytest.raises(NotFound):
                library.backups.restore_note(path, key)
    repacked(path, lambda held, _: held.update({"notes/adam.md": b"\xff\xfe"}))
    with opened(home) as library, pytest.raises(StorageError, match="not UTF-8"):
        library.backups.restore_note(path, "adam")


def test_a_name_is_given_to_a_backup_once(tmp_path: Path) -> None:
    home, path = backed_up(tmp_path / "trail")
    before = path.read_bytes()
    with opened(home) as library:
        with pytest.raises(BadInput, match="already"):
            library.backups.make(to=path)
        (tmp_path / "folder").mkdir()
        made = library.backups.make(to=tmp_path / "folder")
        assert made.path.parent == tmp_path / "folder" and list(made.path.parent.iterdir()) == [made.path]
        own = [library.backups.make(), library.backups.make(Why.BEFORE_FIX)]
        assert [one.path for one in library.backups.all()] == [one.path for one in reversed(own)]
    assert path.read_bytes() == before


def test_what_cannot_be_read_is_named_and_nothing_fails_for_it(tmp_path: Path) -> None:
    home = full_trail(tmp_path)
    (home.notes / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"latin")
    (home.notes / "rcnn.md").write_text("changed by another program", encoding="utf-8")
    made = backups.make_backup(home, Why.BY_HAND, FixedClock())
    assert made.contents is not None
    assert made.contents.left_out == ("notes/caf?.txt",)
    assert made.contents.changed == ("rcnn",)


def test_the_newest_that_is_whole_is_found(tmp_path: Path) -> None:
    home, clock = full_trail(tmp_path), FixedClock()
    assert backups.newest_good(home) is None
    with opened(home, clock) as library:
        first, second, third = (library.backups.make() for _ in range(3))
    flipped(third.path)
    cut(second.path)
    (home.private / "backups" / "mine.zip").write_bytes(b"kept")
    assert backups.newest_good(home) == first.path
    assert [one.contents is None for one in backups.all_backups(home)].count(True) == 1, (
        "listing looks at lists"
    )
    contents = backups.extract_database(first.path, tmp_path / "copy.db")
    assert contents.papers == 6 and rows(tmp_path / "copy.db") == rows(home.private / "library.db")


def test_one_of_damaged_rows_is_the_last_choice_and_the_last_clean_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, clock = full_trail(tmp_path), FixedClock()
    with opened(home, clock) as library:
        clean = library.backups.make()
        with closing(sqlite3.connect(home.private / "library.db")) as connection, connection:
            connection.execute("UPDATE paper SET title = 'another' WHERE key = 'adam'")
        monkeypatch.setattr(
            backups, "outgrown", lambda found, *_, keep: {one.file_name for one in found} - keep
        )
        for _ in range(3):
            clock.moment += timedelta(days=400)
            damaged = library.backups.make()
    assert damaged.contents is not None and damaged.contents.damaged == 1
    assert [one.path for one in backups.all_backups(home)] == [damaged.path, clean.path]
    assert backups.newest_good(home) == clean.path
    clean.path.unlink()
    assert backups.newest_good(home) == damaged.path


def test_the_backup_of_the_day_is_due_once_where_something_was_done_before(tmp_path: Path) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    with opened(home, clock) as library:
        assert not library.backup_is_due(), "all there is was done today"
        clock.moment += timedelta(days=1)
        assert library.backup_is_due()
        made = library.backups.make_of_the_day()
        assert made is not None and made.named.why is Why.DAILY
        assert not library.backup_is_due() and library.backups.make_of_the_day() is None
        clock.moment += timedelta(days=1)
        assert not library.backup_is_due(), "nothing was done since"
        library.statuses.set(["adam"], Status.READING)
        assert not library.backup_is_due(), "what is done today is backed up tomorrow"
        clock.moment += timedelta(days=1)
        (home.private / "backups" / "zzz.zip").write_bytes(b"another's")
        assert library.backup_is_due()
        library.settings.set("backup-daily", "off")
        assert not library.backup_is_due()
        (home.private / "backups" / "zzz.zip").unlink()


def test_backups_are_thinned_and_take_no_more_than_is_set(tmp_path: Path) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    folder = home.private / "backups"
    with opened(home, clock) as library:
        first = library.backups.make()
        for day in range(1, 60):
            name = first.named._replace(at=clock.moment - timedelta(days=day), why=Why.DAILY).file_name
            (folder / name).write_bytes(first.path.read_bytes())
        (folder / "mine.zip").write_bytes(b"")
        library.backups.make()
        assert len(list(folder.iterdir())) == 1 + 3 + 12 + 7
        with (folder / library.backups.all()[3].path.name).open("ab") as file:
            file.truncate(11_000_000)
        library.settings.set("backup-size", "10")
        library.backups.make()
        left = [one.name for one in folder.iterdir()]
        assert "mine.zip" in left and len(left) == 5


@pytest.mark.parametrize("way", ["import", "merge"])
def test_a_backup_is_made_before_what_changes_much(tmp_path: Path, way: str) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        if way == "import":
            library.seeds.load(home.seeds)
        else:
            with pytest.raises(NotFound):
                library.unions.merge("nobody", "rcnn")
            library.unions.merge("sppnet", "rcnn")
        (made,) = library.backups.all()
        assert made.named.why == f"before-{way}"
        assert made.contents is not None and made.contents.papers == 6


def test_what_killed_programs_left_is_swept(tmp_path: Path) -> None:
    home, path = backed_up(tmp_path / "trail")
    folder = home.private / "backups"
    folder.mkdir()
    old, new = folder / ".backup-0.tmp", folder / ".backup-1.tmp"
    begun = home.private / "replaced" / "20260101T000000.000000Z-0123456789abcdef"
    kept = home.private / "replaced" / "20260101T000000.000000Z-0123456789abcdea"
    for one in (old, new, begun / "new", kept / "old"):
        one.mkdir(parents=True)
        (one / "library.db").write_bytes(b"half")
    for one in (old, begun, kept):
        os.utime(one, (0, 0))
    restoring.restore_over(path, home, FixedClock())
    assert not old.exists() and new.exists()
    assert not begun.exists() and kept.exists()


def test_what_was_moved_aside_and_not_removed_goes_with_the_next_restore(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, path = backed_up(tmp_path / "trail")
    (home.notes / "adam.md").write_text("later", encoding="utf-8")
    monkeypatch.setattr(restoring, "_clean", lambda *_: None)
    restoring.restore_over(path, home, FixedClock())
    monkeypatch.undo()
    (left,) = (home.private / "replaced").iterdir()
    assert (left / "old" / "notes" / "adam.md").read_text(encoding="utf-8") == "later"
    (left / "old" / "notes" / "mine.md").write_text("in no backup", encoding="utf-8")
    os.utime(left, (0, 0))
    restoring.restore_over(path, home, FixedClock())
    assert list(bytes_below(left / "old")) == ["notes/mine.md"]


def test_a_restore_that_was_cut_off_is_ended_by_whoever_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, path = backed_up(tmp_path / "trail")
    then = files(home), rows(home.private / "library.db")
    with opened(home) as library:
        library.statuses.set(["adam"], Status.DROPPED)
        library.notes.save("sppnet", "Later.\n", None)
        monkeypatch.setattr(restoring, "_move", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            restoring.restore_over(path, home, FixedClock())
        monkeypatch.undo()
        with pytest.raises(Busy, match="cut off"):
            library.statuses.set(["rcnn"], Status.DROPPED)
    said: list[str] = []
    with open_library(home, clock=FixedClock(), report=said.append) as library:
        assert not (home.notes / "sppnet.md").exists()
    assert said == ["a restore of this trail that was cut off is done now"]
    assert {p: d for p, d in files(home).items() if p in then[0]} == then[0]
    assert rows(home.private / "library.db") == then[1]


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"{}",
        b'{"folder": "..", "gone": [], "before": null}',
        b'{"folder": "20260101T000000.000000Z-0123456789abcdef", "gone": ["../../x"], "before": null}',
        b'{"folder": "20260101T000000.000000Z-0123456789abcdef", "gone": ["notes/../x"], "before": null}',
        b'{"folder": "20260101T000000.000000Z-0123456789abcdef", "gone": [".papertrail/library.db"]}',
    ],
)
def test_a_marker_of_a_stranger_moves_nothing(tmp_path: Path, told: bytes) -> None:
    home = full_trail(tmp_path)
    (home.private / RESTORING).write_bytes(told)
    before = bytes_below(home.root)
    with pytest.raises(StorageError, match="cannot be read"):
        opened(home)
    after = bytes_below(home.root)
    assert before.items() <= after.items()
