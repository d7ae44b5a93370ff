"""Looking into a database: right answers where there are any, and not a byte written."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from papertrail.store import SCHEMA_VERSION
from papertrail.store.connection import Database
from papertrail.store.looking import look_into
from papertrail.store.migrate import prepare

ADD = "INSERT INTO lineage (name, position) VALUES ('new one', 1)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    database = Database(tmp_path / "a folder %41?#" / "library.db")
    database.path.parent.mkdir()
    prepare(database)
    database.close()
    return database.path


def files(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in path.parent.iterdir()}


def names(path: Path) -> list[str]:
    connection = look_into(str(path))
    assert connection is not None
    with closing(connection):
        return [row[0] for row in connection.execute("SELECT name FROM lineage")]


def elsewhere(path: Path, code: str) -> subprocess.Popen[bytes]:
    """Run some code on a connection to the database in a process of its own."""
    start = "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
    return subprocess.Popen(
        [sys.executable, "-c", start + code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def test_a_database_nobody_has_open(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(ADD)
    before = files(path)
    assert names(path) == ["new one"]
    assert files(path) == before


def test_what_a_running_program_has_written_is_seen(path: Path) -> None:
    writer = elsewhere(path, f"c.execute({ADD!r}); print(flush=True); input()")
    assert writer.stdout and writer.stdin
    writer.stdout.readline()
    before = files(path)
    assert before["library.db-wal"]
    assert names(path) == ["new one"]
    assert files(path) == before
    writer.communicate(b"\n", timeout=60)


def test_what_a_killed_program_had_written_is_seen_and_not_repaired(path: Path) -> None:
    elsewhere(path, f"c.execute({ADD!r}); os.kill(os.getpid(), 9)").communicate(timeout=60)
    before = files(path)
    assert before["library.db-wal"]
    assert names(path) == ["new one"]
    assert files(path) == before


def test_a_writer_in_the_middle_of_a_change_is_not_waited_for(path: Path) -> None:
    code = f"c.execute('BEGIN IMMEDIATE'); c.execute({ADD!r}); print(flush=True); input()"
    writer = elsewhere(path, code)
    assert writer.stdout
    writer.stdout.readline()
    assert names(path) == []
    writer.communicate(b"\n", timeout=60)


def test_where_there_is_no_wal_a_lock_is_told(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    code = f"c.execute('BEGIN EXCLUSIVE'); c.execute({ADD!r}); print(flush=True); input()"
    writer = elsewhere(path, code)
    assert writer.stdout
    writer.stdout.readline()
    with pytest.raises(sqlite3.OperationalError):
        look_into(str(path))
    writer.communicate(b"\n", timeout=60)


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")


def _older(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [_newer, _older, Path.unlink, _folder])
def test_what_is_of_no_use_is_left_alone(path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(path)
    before = sorted(path.parent.iterdir())
    assert look_into(str(path)) is None
    assert sorted(path.parent.iterdir()) == before


@pytest.mark.parametrize(
    "data", [b"no database at all", bytes(range(256)) * 32, b"SQLite format 3\0" + b"\xff" * 8000]
)
def test_what_is_no_database_is_an_error(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    before = files(path)
    with pytest.raises(sqlite3.DatabaseError):
        look_into(str(path))
    assert files(path) == before
