"""Where nothing can be written, in a folder without rights or on a full disk, all that reads goes on."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import mkdtemp
from types import SimpleNamespace
from unittest.mock import patch

import pytest

from papertrail.domain.errors import StorageError
from papertrail.domain.paper import Status
from papertrail.library import Home, Library, open_library, unopened_library
from papertrail.notebook.template import PACKAGED_TEMPLATE
from papertrail.store.telling import TellingCursor
from tests.trails import NOTE, FixedClock, asked, opened, small_trail

NOBODY = 65534


@pytest.fixture
def home() -> Iterator[Home]:
    """Return a trail where anybody may look."""
    folder = Path(mkdtemp(prefix="papertrail-"))
    home = small_trail(folder / "trail")
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        library.statuses.set(["rcnn"], Status.READ)
    yield home
    _set_rights(folder, writable=True)
    shutil.rmtree(folder)


def _set_rights(folder: Path, *, writable: bool) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod((0o755 if path.is_dir() else 0o644) if writable else 0o555 if path.is_dir() else 0o444)


@contextmanager
def without_rights(home: Home) -> Iterator[None]:
    """Take all rights to write, as somebody whom rights stop: nothing stops root."""
    _set_rights(home.root.parent, writable=False)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        _set_rights(home.root.parent, writable=True)


@contextmanager
def full(home: Home) -> Iterator[None]:
    """Let SQLite find no room, not even for the file that the readers of a log share."""
    real = TellingCursor.execute

    def execute(cursor: TellingCursor, sql: str, *args: object) -> object:
        if cursor.connection.why_only_to_read is None and sql.startswith(("PRAGMA journal_mode", "BEGIN")):
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorname = "SQLITE_FULL"
            raise cursor.connection.told(error)
        return real(cursor, sql, *args)

    with patch.object(TellingCursor, "execute", execute):
        yield


def everything_read(library: Library) -> list[object]:
    """Read all that commands and screens read."""
    return [
        [(paper.key, paper.word) for paper in asked(library, "")],
        [paper.key for paper in asked(library, "proposals")],
        library.papers.get("rcnn").note.words,
        library.notes.open("rcnn").text,
        library.goal.progress().tally,
        [one.paper.key for one in library.agenda.next(3)],
        library.agenda.today().progress.tally,
        library.history.revisions("rcnn")[0].number,
        library.lineages.members(),
        library.exports.story("SGD"),
        len(library.recall.day().asked),
        library.inbox.count(),
        library.strays.quiet_line(),
        library.changed_elsewhere(),
    ]


@pytest.mark.parametrize("kept_apart", [False, True], ids=["whole", "with a log"])
@pytest.mark.parametrize("how", [without_rights, full])
def test_all_reading_goes_on_and_all_writing_says_why(
    home: Home, how: Callable[[Home], AbstractContextManager[None]], kept_apart: bool, tmp_path: Path
) -> None:
    with opened(home) as library:
        expected = everything_read(library)
    if kept_apart:  # as a killed process leaves it
        leave_log(home)
    with how(home), open_library(home, clock=FixedClock()) as library:
        assert everything_read(library) == expected
        assert library.only_to_read.startswith("nothing can be written here, reading goes on: ")
        with pytest.raises(StorageError) as caught:
            library.statuses.set(["adam"], Status.QUEUED)
        assert caught.value.exit_code == 5
        assert "\n" not in str(caught.value)
        assert everything_read(library) == expected
    with open_library(home, clock=FixedClock()) as library:
        library.statuses.set(["adam"], Status.QUEUED)
        assert library.only_to_read == ""


def leave_log(home: Home) -> None:
    """Leave the newest change in the log alone, with nobody who has it open."""
    path = home.database
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    with connection:
        connection.execute("UPDATE setting SET value = value")
    copies = [(one, one.read_bytes()) for one in (path, path.with_name(f"{path.name}-wal"))]
    connection.close()
    for one, data in copies:
        one.write_bytes(data)
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)


def test_a_note_changed_since_is_read_and_told_not_to_be_taken_in(home: Home) -> None:
    (home.notes / "adam.md").write_text(NOTE, encoding="utf-8")
    told: list[str] = []
    with without_rights(home), open_library(home, clock=FixedClock(), report=told.append) as library:
        assert library.notes.open("adam").text == NOTE
        assert library.behind.startswith("what changed since is not taken in: ")
    assert told == []


@pytest.mark.parametrize("what", ["times", "a note", "the seeds", "the template"])
def test_what_is_only_a_file_of_another_time_is_told_by_nobody(home: Home, what: str) -> None:
    template = home.private / "template.md"
    template.write_text(PACKAGED_TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
    with opened(home):
        pass
    changed = {"a note": home.notes / "rcnn.md", "the seeds": home.seeds, "the template": template}
    for path in changed.values():  # as a copy of the trail on another disk has them
        os.utime(path, (1, 1))
    if what in changed:
        with changed[what].open("a", encoding="utf-8") as file:
            file.write(
                "\nmore\n" if what == "a note" else "a,B,C\n" if what == "the seeds" else "\n## More\n"
            )
    told: list[str] = []
    with without_rights(home), open_library(home, clock=FixedClock(), report=told.append) as library:
        assert library.behind.startswith("what changed since is not taken in: ") == (what in changed)


def as_disk(**said: int) -> AbstractContextManager[object]:
    """Have the system say that of the disk."""
    real = os.statvfs

    def statvfs(path: object) -> SimpleNamespace:
        told = real(path)  # type: ignore[arg-type]
        names = ("f_flag", "f_bavail", "f_frsize")
        return SimpleNamespace(**{name: getattr(told, name) for name in names} | said)

    return patch("os.statvfs", statvfs)


@pytest.mark.parametrize(
    ("where", "remedy"),
    [
        (lambda _: as_disk(f_flag=os.ST_RDONLY), "cp -R . ~/papertrail-copy"),
        (lambda _: as_disk(f_bavail=0), "df -h ."),
        (without_rights, "cp -R . ~/papertrail-copy"),
    ],
    ids=["read-only", "full", "without rights"],
)
def test_what_doctor_says_helps_where_nothing_can_be_written(
    home: Home, where: Callable[[Home], AbstractContextManager[None]], remedy: str
) -> None:
    (home.notes / "adam.md").write_text(NOTE, encoding="utf-8")  # for --fix to take in
    (home.notes / "rcnn.md").unlink()  # for note --restore-all
    (home.notes / "sppnet 2.md").write_text("mine", encoding="utf-8")  # to be moved
    with where(home), unopened_library(home, clock=FixedClock()) as library:
        found = library.checks.all()
        assert {one.check for one in found} >= {"writing", "note-index", "gone-notes", "stray-files"}
        for one in found:
            assert not one.is_fixable and (one.remedy == remedy or one.remedy.startswith("ls -ld "))
        with pytest.raises(StorageError) as caught:
            library.checks.mend()
        assert caught.value.remedy == remedy
    with unopened_library(home, clock=FixedClock()) as library:
        assert "writing" not in {one.check for one in library.checks.all()}
        assert any(one.is_fixable for one in library.checks.all())


def test_a_private_folder_that_one_cannot_write_in_is_mended_before_the_backup(home: Home) -> None:
    is_root = os.geteuid() == 0
    "".encode("cp437")  # which a zip's names are in: nobody may read what Python would load it from
    for path in (home.root.parent, *home.root.parent.rglob("*")):
        os.chown(path, NOBODY if is_root else -1, -1)
    home.private.chmod(0o500)
    if is_root:
        os.seteuid(NOBODY)
    try:
        with unopened_library(home, clock=FixedClock()) as library:
            assert {(one.check, one.remedy) for one in library.checks.all() if not one.is_remark} == {
                ("permissions", "papertrail doctor --fix")
            }
            mended = library.checks.mend()
            assert (
                mended.backup and not mended.failed and [name for name, _ in mended.done] == ["permissions"]
            )
            assert library.checks.all() == []
    finally:
        if is_root:
            os.seteuid(0)
