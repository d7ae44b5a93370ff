"""Transactions, locking, and what the disk says, on real files and real processes."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from papertrail.domain.errors import Busy, DatabaseDamaged, StorageError
from papertrail.store.connection import Database
from papertrail.store.migrate import prepare
from papertrail.store.telling import TellingConnection


@pytest.fixture
def path(tmp_path: Path) -> Path:
    database = Database(tmp_path / "library.db")
    prepare(database)
    database.close()
    return tmp_path / "library.db"


def test_an_exception_undoes_the_whole_transaction(path: Path) -> None:
    database = Database(path)
    with pytest.raises(ZeroDivisionError), database.write() as connection:
        connection.execute("INSERT INTO lineage (name, position) VALUES ('A', 1)")
        raise ZeroDivisionError
    assert database.read().execute("SELECT count(*) FROM lineage").fetchone() == (0,)
    with database.write() as connection:
        connection.execute("INSERT INTO lineage (name, position) VALUES ('A', 1)")
    assert database.read().execute("SELECT count(*) FROM lineage").fetchone() == (1,)
    database.close()


def test_both_doors_begin_immediately(path: Path) -> None:
    database = Database(path)
    from papertrail.store.tables import LineageRow

    seen: list[str] = []
    connect = database.connect

    def traced(*, foreign_keys: bool = True) -> TellingConnection:
        connection = connect(foreign_keys=foreign_keys)
        connection.set_trace_callback(seen.append)
        return connection

    database.connect = traced  # type: ignore[method-assign]
    with database.session() as session:
        session.add(LineageRow(name="B", position=2))
    with database.write():
        pass
    begins = [statement for statement in seen if statement.startswith("BEGIN")]
    assert begins == ["BEGIN IMMEDIATE", "BEGIN IMMEDIATE"]
    database.close()


def test_a_failed_session_leaves_nothing(path: Path) -> None:
    from papertrail.store.tables import LineageRow

    database = Database(path)
    with pytest.raises(sqlite3.IntegrityError), database.session() as session:
        session.add(LineageRow(name="C", position=1))
        session.flush()
        session.add(LineageRow(name="C", position=2))
        session.flush()
    assert database.read().execute("SELECT count(*) FROM lineage").fetchone() == (0,)
    database.close()


def test_a_lock_held_too_long_is_busy(path: Path) -> None:
    holder, other = Database(path), Database(path, busy_seconds=0.1)
    holding, release = threading.Event(), threading.Event()

    def hold() -> None:
        with holder.write():
            holding.set()
            release.wait(20)

    thread = threading.Thread(target=hold)
    thread.start()
    assert holding.wait(20)
    with pytest.raises(Busy) as caught, other.write():
        pass
    release.set()
    thread.join()
    assert caught.value.exit_code == 4
    holder.close()
    other.close()


def test_a_sqlite_lock_of_another_program_is_busy(path: Path) -> None:
    foreign = sqlite3.connect(path, isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    database = Database(path, busy_seconds=0.1)
    with pytest.raises(Busy), database.write():
        pass
    foreign.execute("ROLLBACK")
    foreign.close()
    database.close()


def test_changes_elsewhere_are_noticed(path: Path) -> None:
    one, two = Database(path), Database(path)
    assert not one.changed_elsewhere()
    assert not one.changed_elsewhere()
    with two.write() as connection:
        connection.execute("INSERT INTO lineage (name, position) VALUES ('D', 1)")
    assert one.changed_elsewhere()
    assert not one.changed_elsewhere()
    one.close()
    two.close()


def test_a_folder_that_is_no_folder_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        Database(tmp_path / "file" / "library.db").read()
    assert caught.value.exit_code == 5


def test_junk_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"junk" * 1000)
    with pytest.raises(DatabaseDamaged, match="papertrail rebuild"):
        Database(tmp_path / "library.db").read()


CLOSED_UNDER_A_STATEMENT = """
import sys, threading
from pathlib import Path
from papertrail.store.connection import Database

COUNT = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 9999) SELECT max(x) FROM n"
for round in range(30):
    database = Database(Path(sys.argv[1]) / "library.db")
    database.read().execute("SELECT 1")
    begun, left = threading.Event(), 5

    def ask():
        for _ in range(left):
            database.read().execute(COUNT).fetchone()
            begun.set()

    thread = threading.Thread(target=ask)
    thread.start()
    begun.wait()
    database.close()
    thread.join()
print("whole")
"""


def test_closing_does_not_end_the_process_while_a_thread_is_asking(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", CLOSED_UNDER_A_STATEMENT, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, "whole\n"), ended.stderr
