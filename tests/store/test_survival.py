"""A database file that is damaged, deleted or exchanged under an open connection."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from papertrail.domain.errors import DatabaseDamaged, DatabaseLost, PapertrailError, StorageError
from papertrail.store.connection import Database
from papertrail.store.copying import check_copy, copy_database, note_digests
from papertrail.store.migrate import prepare

ADD = "INSERT INTO lineage (name, position) VALUES (?, 1)"
NAMES = "SELECT name FROM lineage"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    folder = tmp_path / ".papertrail"
    folder.mkdir()
    database = Database(folder / "library.db")
    prepare(database)
    return database


def names(database: Database) -> list[str]:
    return [name for (name,) in database.read().execute(NAMES)]


def add(database: Database, name: str) -> None:
    with database.write() as connection:
        connection.execute(ADD, (name,))


def test_nothing_is_written_to_a_deleted_file(database: Database) -> None:
    add(database, "kept")
    database.path.unlink()
    for use in (lambda: add(database, "lost"), lambda: names(database), database.changed_elsewhere):
        with pytest.raises(
            DatabaseLost, match=r"library\.db is gone: put it back, or make it anew: papertrail rebuild"
        ):
            use()
    assert not database.path.exists(), "an empty one would be taken for the database"


def test_a_file_deleted_within_a_transaction_takes_it_back(database: Database) -> None:
    away = database.path.with_name("away")
    with pytest.raises(DatabaseLost), database.write() as connection:
        connection.execute(ADD, ("lost",))
        database.path.rename(away)
    away.rename(database.path)
    assert names(database) == []
    add(database, "kept")
    assert names(database) == ["kept"]


def test_another_file_in_its_place_is_opened(database: Database, tmp_path: Path) -> None:
    add(database, "before")
    other = Database(tmp_path / "library.db")
    prepare(other)
    add(other, "other")
    other.close()
    assert not database.changed_elsewhere()
    Path(tmp_path / "library.db").replace(database.path)
    for ending in ("-wal", "-shm"):
        Path(f"{database.path}{ending}").unlink(missing_ok=True)
    assert database.changed_elsewhere()
    assert names(database) == ["other"]
    add(database, "after")
    assert set(names(database)) == {"other", "after"}


def test_a_folder_renamed_and_renamed_back(database: Database) -> None:
    add(database, "one")
    folder = database.path.parent
    folder.rename(folder.with_name("away"))
    with pytest.raises(DatabaseLost, match=r"the folder .*\.papertrail is gone"):
        add(database, "lost")
    assert not folder.exists()
    folder.with_name("away").rename(folder)
    add(database, "two")
    assert set(names(database)) == {"one", "two"}


def pages(path: Path) -> int:
    return path.stat().st_size // 4096


@pytest.mark.parametrize("page", [0, 1, 3, -1])
def test_a_damaged_page_is_told_at_whichever_row_it_comes(database: Database, page: int) -> None:
    with database.write() as connection:
        connection.executemany(ADD.replace("1)", "?)"), [(f"{n:0200}", n) for n in range(2000)])
    database.close()
    at = page % pages(database.path)
    kept = database.path.read_bytes()
    with database.path.open("r+b") as file:
        file.seek(at * 4096)
        file.write(b"\xff" * 4096)
    with pytest.raises(DatabaseDamaged, match="make it anew: papertrail rebuild"):
        database.check()
    try:
        for row in database.read().execute("SELECT * FROM lineage ORDER BY position"):
            assert row
        for table in ("paper", "journal", "setting", "sqlite_master"):
            database.read().execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 names of our own
    except PapertrailError as error:
        assert isinstance(error, DatabaseDamaged)
        assert "free space" not in str(error)
    database.path.write_bytes(kept)
    database.doubt()
    database.check()
    assert len(names(database)) == 2000


def test_a_table_that_is_gone_is_damage(database: Database) -> None:
    database.close()
    connection = sqlite3.connect(database.path)
    connection.execute("DROP TABLE lineage")
    connection.close()
    with pytest.raises(DatabaseDamaged, match="no such table: lineage"):
        names(database)


def test_a_failed_disk_is_told_as_what_it_is(database: Database, tmp_path: Path) -> None:
    shutil.rmtree(database.path.parent)
    database.path.parent.write_text("", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        database.read()
    assert caught.value.exit_code == 5


def test_a_name_in_the_schema_that_is_no_text_is_damage(database: Database) -> None:
    """SQLite names the damaged part by its bytes, of which Python cannot make the text of an error."""
    add(database, "kept")
    database.close()
    data = database.path.read_bytes()
    name, sql = b"indexix_journal_opjournal", b"CREATE INDEX ix_journal_op ON"
    assert data.count(name) == 1 and data.count(sql) == 1
    data = data.replace(name, name.replace(b"ix_", b"\xb6x_")).replace(sql, sql.replace(b"INDEX", b"JNDEX"))
    database.path.write_bytes(data)
    with sqlite3.connect(database.path) as bare, pytest.raises(UnicodeDecodeError):
        bare.execute(NAMES)
    bare.close()
    words = r"library\.db is damaged"
    for use in (
        names,
        lambda of: add(of, "more"),
        lambda of: copy_database(of.path, of.path.with_name("copy.db")),
    ):
        with pytest.raises(DatabaseDamaged, match=words):
            use(Database(database.path))
    with pytest.raises(DatabaseDamaged, match="the copy is damaged"):
        check_copy(data, "the copy")
    assert note_digests(data) == {}
