"""Making, migrating and refusing databases, on real files."""

import hashlib
import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from papertrail.domain.errors import IncompatibleLibrary, NotFound, StorageError
from papertrail.domain.paper import Status
from papertrail.store import tables
from papertrail.store.connection import Database, make_engine
from papertrail.store.copying import check_copy, copy_database
from papertrail.store.migrate import MIGRATIONS, SCHEMA_VERSION, prepare, upgrade
from tests.trails import opened, small_trail


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


def is_none_of_fts5(name: str | None, kind: str, *_: object) -> bool:
    """Tell whether a name is one of ours to compare: FTS5 makes its tables itself."""
    return kind != "table" or name is None or name.split("_")[0] != "words"


def test_a_new_database_has_the_schema_of_the_tables(tmp_path: Path) -> None:
    database = Database(tmp_path / "library.db")
    assert prepare(database) is True
    assert prepare(database) is False
    with make_engine(database).connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_none_of_fts5})
        assert compare_metadata(context, tables.METADATA) == []
    assert database.read().execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert database.read().execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert database.read().execute("SELECT name FROM reader").fetchall() == [("me",)]
    database.close()


PRAGMAS = ("user_version", "application_id", "encoding", "page_size", "journal_mode", "auto_vacuum")


def test_a_new_database_is_what_the_migrations_make(tmp_path: Path) -> None:
    """To the letter of each statement, which the digest of the schema is of, and to each row."""
    new, migrated = Database(tmp_path / "new.db"), Database(tmp_path / "migrated.db")
    prepare(new)
    upgrade(migrated)
    schemas = [
        one.read().execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
        for one in (new, migrated)
    ]
    assert schemas[0] == schemas[1]
    for name in (name for kind, name, *_ in schemas[0] if kind == "table" and not name.startswith("sqlite_")):
        made, wanted = (one.read().execute(f'SELECT * FROM "{name}"').fetchall() for one in (new, migrated))  # noqa: S608
        assert made == wanted, name
    for name in PRAGMAS:
        made, wanted = (one.read().execute(f"PRAGMA {name}").fetchall() for one in (new, migrated))
        assert made == wanted, name
    new.close()
    migrated.close()


def test_a_new_database_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "schema.sql"
    script.write_text("CREATE TABLE paper (id INTEGER);\nCREATE TABEL reader (id INTEGER);\n", "utf-8")
    monkeypatch.setattr("papertrail.store.migrate.TODAY", script)
    database = Database(tmp_path / "library.db")
    with pytest.raises(StorageError, match="TABEL"):
        prepare(database)
    monkeypatch.undo()
    assert database.read().execute("SELECT name FROM sqlite_master").fetchall() == []
    assert prepare(database) is True
    database.close()


NEXT = f"{SCHEMA_VERSION + 1:04}"


def with_next_migration(folder: Path, body: str) -> Path:
    migrations = folder / "migrations"
    shutil.copytree(MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    (migrations / "versions" / f"v{NEXT}_next.py").write_text(
        '"""The next step."""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n'
        f'revision = "{NEXT}"\ndown_revision = "{SCHEMA_VERSION:04}"\n\n\ndef upgrade() -> None:\n' + body,
        encoding="utf-8",
    )
    return migrations


def test_a_migration_keeps_the_rows_and_backs_up_first(tmp_path: Path) -> None:
    path = made(tmp_path / "library.db")
    migrations = with_next_migration(
        tmp_path,
        '    with op.batch_alter_table("paper", recreate="always") as batch:\n'
        '        batch.add_column(sa.Column("mood", sa.String(), nullable=False, server_default="calm"))\n',
    )
    database = Database(path)
    with database.write() as connection:
        connection.execute("INSERT INTO reading (reader_id, paper_id, status) VALUES (1, 1, 'read')")
    kept = tmp_path / "kept.db"

    def back_up() -> None:
        assert copy_database(path, kept).schema == SCHEMA_VERSION

    prepare(database, migrations, SCHEMA_VERSION + 1, back_up=back_up)
    assert database.read().execute("SELECT key, mood FROM paper").fetchall() == [("adam", "calm")]
    assert database.read().execute("SELECT status FROM reading").fetchall() == [("read",)]
    database.close()
    inside = check_copy(kept.read_bytes(), "kept")
    assert (inside.schema, inside.rows["paper"]) == (SCHEMA_VERSION, 1)


def test_nothing_is_migrated_that_cannot_be_backed_up(tmp_path: Path) -> None:
    path = made(tmp_path / "library.db")
    migrations = with_next_migration(tmp_path, '    op.execute("DELETE FROM paper")\n')
    database = Database(path)

    def back_up() -> None:
        raise StorageError("there is no room")

    with pytest.raises(StorageError, match="no room"):
        prepare(database, migrations, SCHEMA_VERSION + 1, back_up=back_up)
    assert database.read().execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert database.read().execute("SELECT count(*) FROM paper").fetchone() == (1,)
    database.close()


def test_a_migration_that_raises_half_way_leaves_the_old_schema(tmp_path: Path) -> None:
    path = made(tmp_path / "library.db")
    migrations = with_next_migration(
        tmp_path,
        '    op.add_column("paper", sa.Column("mood", sa.String()))\n'
        '    op.execute("DELETE FROM paper")\n'
        '    op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))\n'
        '    raise RuntimeError("the power is gone")\n',
    )
    database = Database(path)
    before = database.read().execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    with pytest.raises(StorageError, match="power is gone"):
        prepare(database, migrations, SCHEMA_VERSION + 1)
    assert database.read().execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall() == before
    assert database.read().execute("SELECT key FROM paper").fetchall() == [("adam",)]
    assert database.read().execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert database.read().execute("SELECT version_num FROM alembic_version").fetchone() == (
        f"{SCHEMA_VERSION:04}",
    )
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


FILLED = """
INSERT INTO paper (key, title, authors, venue, categories, urls, source, metadata_state, edited_fields,
  position, folded, added_at)
SELECT value, '', '', '', '', '', 'seed', 'seed', '', key, '', '' FROM json_each('["adam", "rcnn", "vgg"]');
INSERT INTO lineage (name, position) VALUES ('SGD', 1);
INSERT INTO goal (reader_id, target, start, "end", counts, set_at)
VALUES (1, 7, '2026-01-01', '2026-02-01', 'noted', '');
INSERT INTO reading (reader_id, paper_id, status, finished_at) VALUES
  (1, 1, 'read', '2026-01-10T23:30:00'), (1, 2, 'read', '2026-01-12T09:00:00'), (1, 3, 'reading', NULL);
INSERT INTO note (reader_id, paper_id, path, sha256, stamp, sections, complete, words, text) VALUES
  (1, 1, '', '', '', '', 1, 9, ''), (1, 2, '', '', '', '', 0, 9, '');
INSERT INTO journal (op, reader_id, at, local_date, verb, paper, before, after) VALUES
  ('a', 1, '2026-01-10T23:30:00', '2026-01-11', 'status', 'adam', '{"status": "x"}', '{"status": "read"}'),
  ('b', 1, '2026-01-13T23:30:00', '2026-01-14', 'note', 'adam', NULL, '{"words": 9, "complete": true}'),
  ('c', 1, '2026-01-15T10:00:00', '2026-01-15', 'note', 'adam', '{"complete": true}', '{"complete": true}'),
  ('d', 1, '2026-01-12T09:00:00', '2026-01-12', 'status', 'rcnn', NULL, '{"status": "read"}');
"""


def test_papers_of_the_first_schema_get_their_days_from_the_journal(tmp_path: Path) -> None:
    database = Database(tmp_path / "library.db")
    first = tmp_path / "first"
    shutil.copytree(
        MIGRATIONS,
        first,
        ignore=shutil.ignore_patterns("v000[2-9]*", "v001*", "__pycache__"),
    )
    prepare(database, first, 1)
    database.read().executescript(FILLED)
    prepare(database)
    days = "SELECT paper_id, finished_on, counted_on, counted_at FROM reading ORDER BY paper_id"
    assert database.read().execute(days).fetchall() == [
        (1, "2026-01-11", "2026-01-14", "2026-01-13T23:30:00"),
        (2, "2026-01-12", None, None),
        (3, None, None, None),
    ]
    counted = "SELECT local_date, paper, before, after FROM journal WHERE verb = 'counted'"
    assert database.read().execute(counted).fetchall() == [
        ("2026-01-14", "adam", None, '{"on": "2026-01-14"}')
    ]
    goal = "SELECT target, rest_days, pauses, waypoints, dropped FROM goal"
    assert database.read().execute(goal).fetchall() == [(7, "", "", "", 0)]
    assert database.read().execute("SELECT active FROM lineage").fetchall() == [(1,)]
    database.close()


ROWS = "SELECT * FROM {} ORDER BY 1, 2"


def test_what_the_second_schema_held_stays_and_what_is_done_from_now_on_can_be_taken_back(
    tmp_path: Path,
) -> None:
    home = small_trail(tmp_path / "trail")
    home.private.mkdir()
    second = tmp_path / "second"
    shutil.copytree(
        MIGRATIONS,
        second,
        ignore=shutil.ignore_patterns("v000[3-9]*", "v001*", "__pycache__"),
    )
    database = Database(home.private / "library.db")
    prepare(database, second, 2)
    connection = database.read()
    connection.executescript(FILLED)
    connection.executescript(
        "UPDATE reading SET finished_on = '2026-01-10', counted_on = '2026-01-14' WHERE paper_id = 1;"
        "UPDATE goal SET rest_days = '6'; UPDATE lineage SET active = 0;"
        "INSERT INTO setting VALUES ('next-depth', '2');"
        "INSERT INTO lineage_paper VALUES (1, 1, 1); INSERT INTO builds_on VALUES (3, 2);"
    )

    def rows() -> dict[str, list[tuple[object, ...]]]:
        names = [
            "paper",
            "lineage",
            "lineage_paper",
            "builds_on",
            "reading",
            "note",
            "goal",
            "journal",
            "setting",
        ]
        return {name: connection.execute(ROWS.format(name)).fetchall() for name in names}

    before = rows()
    prepare(database)
    after = rows()
    new_columns = {"reading": 1, "paper": 5, "goal": 1}
    for name, number in new_columns.items():
        after[name] = [row[:-number] for row in after[name]]
    assert after == before
    assert connection.execute("SELECT paper_id, is_read FROM reading").fetchall() == [(1, 1), (2, 1), (3, 0)]
    database.close()
    with opened(home) as library:
        stacks = library.undo.stacks()
        earlier = [past for past in stacks.done if past.program == "schema-2"]
        assert [past.op for past in earlier] == ["d", "c", "b", "a"]
        assert {past.why_final for past in earlier} == {"it was made before papertrail kept what that needs"}
        assert "note of adam begun (9 words)" in [past.what for past in earlier]
        with pytest.raises(NotFound, match="nothing to take back: rcnn unread → read stays: it was"):
            library.undo.undo()
        library.statuses.set(["adam"], Status.DROPPED)
        assert library.undo.undo().past.what == "adam read → dropped"
        assert library.papers.get("adam").summary.status is Status.READ
