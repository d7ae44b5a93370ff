"""Making, migrating and refusing databases, on real files."""

import hashlib
import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from papertrail.domain.errors import IncompatibleLibrary, StorageError
from papertrail.store import tables
from papertrail.store.connection import Database, make_engine
from papertrail.store.migrate import MIGRATIONS, SCHEMA_VERSION, prepare


def made(path: Path) -> Path:
    database = Database(path)
    prepare(database)
    with database.write() as connection:
        connection.execute(
            "INSERT INTO paper (key, title, authors, venue, categories, urls, source, metadata_state,"
            " edited_fields, position, folded, added_at)"
            " VALUES ('adam', 'Adam', '', '', '', '', 'seed', 'seed', '', 1, '', '')"
        )
    database.close()
    return path


def bytes_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_new_database_has_the_schema_of_the_tables(tmp_path: Path) -> None:
    database = Database(tmp_path / "library.db")
    assert prepare(database) is True
    assert prepare(database) is False
    with make_engine(database).connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, tables.METADATA) == []
    assert database.read().execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert database.read().execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert database.read().execute("SELECT name FROM reader").fetchall() == [("me",)]
    database.close()


def with_second_migration(folder: Path, body: str) -> Path:
    migrations = folder / "migrations"
    shutil.copytree(MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    (migrations / "versions" / "v0002_next.py").write_text(
        '"""The next step."""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n'
        'revision = "0002"\ndown_revision = "0001"\n\n\ndef upgrade() -> None:\n' + body,
        encoding="utf-8",
    )
    return migrations


def test_a_migration_keeps_the_rows_and_backs_up_first(tmp_path: Path) -> None:
    path = made(tmp_path / "library.db")
    migrations = with_second_migration(
        tmp_path,
        '    with op.batch_alter_table("paper", recreate="always") as batch:\n'
        '        batch.add_column(sa.Column("mood", sa.String(), nullable=False, server_default="calm"))\n',
    )
    database = Database(path)
    with database.write() as connection:
        connection.execute("INSERT INTO reading (reader_id, paper_id, status) VALUES (1, 1, 'read')")
    prepare(database, migrations, 2)
    assert database.read().execute("SELECT key, mood FROM paper").fetchall() == [("adam", "calm")]
    assert database.read().execute("SELECT status FROM reading").fetchall() == [("read",)]
    database.close()
    (backup,) = (tmp_path / "backups").iterdir()
    kept = sqlite3.connect(backup)
    assert kept.execute("PRAGMA user_version").fetchone() == (1,)
    assert kept.execute("SELECT count(*) FROM paper").fetchone() == (1,)
    kept.close()


def test_a_migration_that_raises_half_way_leaves_the_old_schema(tmp_path: Path) -> None:
    path = made(tmp_path / "library.db")
    migrations = with_second_migration(
        tmp_path,
        '    op.add_column("paper", sa.Column("mood", sa.String()))\n'
        '    op.execute("DELETE FROM paper")\n'
        '    op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))\n'
        '    raise RuntimeError("the power is gone")\n',
    )
    database = Database(path)
    before = database.read().execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    with pytest.raises(StorageError, match="power is gone"):
        prepare(database, migrations, 2)
    assert database.read().execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall() == before
    assert database.read().execute("SELECT key FROM paper").fetchall() == [("adam",)]
    assert database.read().execute("PRAGMA user_version").fetchone() == (1,)
    assert database.read().execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    database.close()


def test_a_newer_schema_is_refused_and_not_a_byte_changed(tmp_path: Path) -> None:
    path = made(tmp_path / "library.db")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = bytes_of(path)
    database = Database(path)
    with pytest.raises(IncompatibleLibrary, match="newer papertrail") as caught:
        prepare(database)
    assert caught.value.exit_code == 3
    database.close()
    assert bytes_of(path) == before
    assert not (tmp_path / "backups").exists()


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be one" * 40, b"%PDF-1.4"])
def test_another_file_is_refused_and_not_a_byte_changed(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(content)
    with pytest.raises((IncompatibleLibrary, StorageError)):
        prepare(Database(path))
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (id)")
    connection.close()
    before = bytes_of(path)
    with pytest.raises(IncompatibleLibrary, match="not a papertrail database"):
        prepare(Database(path))
    assert bytes_of(path) == before
