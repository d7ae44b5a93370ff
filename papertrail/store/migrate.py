"""Bring a database to today's schema, or refuse it, without ever leaving it half-way."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from papertrail.domain.errors import (
    DatabaseDamaged,
    DatabaseLost,
    IncompatibleLibrary,
    NewerLibrary,
    StorageError,
)
from papertrail.store import SCHEMA_VERSION as SCHEMA_VERSION  # noqa: PLC0414 known here as well
from papertrail.store.connection import Database, make_engine, translated_errors
from papertrail.store.looking import address

MIGRATIONS = Path(__file__).with_name("migrations")
TODAY = Path(__file__).with_name("schema.sql")
"""What the migrations make of a new database, but the index of words; `python -m bench.schema` writes it."""
# What stands around the tables: indexes that were made by name, and triggers, whoever made them.
OURS_TO_MAKE = "SELECT type, name FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"


def prepare(
    database: Database,
    migrations: Path = MIGRATIONS,
    version: int = SCHEMA_VERSION,
    *,
    back_up: Callable[[], object] = bool,
) -> bool:
    """Make or migrate the schema when it is behind `version`.

    Args:
        database: of the trail.
        migrations: their folder.
        version: the schema that is wanted.
        back_up: called before a database that is there is migrated; should it raise, nothing is.

    Returns:
        Whether the database was new.

    Raises:
        IncompatibleLibrary: a newer papertrail made it, or it is not papertrail's; nothing is touched.
        StorageError: the migration failed; the database is as it was.
    """
    behind = checked_version(database, version)
    if behind == version:
        return False
    if behind > 0:
        back_up()  # before the lock, which it may need itself
    with database.lock():
        current = checked_version(database, version)
        if current == version:
            return False
        try:
            if current == 0 and (migrations, version) == (MIGRATIONS, SCHEMA_VERSION):
                _make(database)
            else:
                upgrade(database, migrations, version)
        except (DatabaseDamaged, DatabaseLost):
            raise
        except Exception as error:
            raise StorageError(
                f"the database could not be brought from schema {current} to {version} ({error})",
                "it is unchanged; report this, and go on with the version you had",
            ) from error
    return current == 0


def checked_version(database: Database, version: int = SCHEMA_VERSION) -> int:
    """Return the schema's version, 0 for a new or empty file; refuse a newer one, or one of another program.

    Opens the file read-only where it exists: looking must not change a byte.

    Raises:
        NewerLibrary: a newer papertrail made it.
        IncompatibleLibrary: it is not papertrail's.
        StorageError: it cannot be read.
    """
    if not database.path.exists():
        return 0
    with translated_errors(database.path):
        try:
            current, is_foreign = _version_in(str(database.path), "mode=ro")
        except sqlite3.OperationalError:  # nothing can be made beside it, as reading a WAL asks for
            connection = database.connect()
            try:
                current, is_foreign = _version(connection)
            finally:
                connection.close()
    if current > version:
        raise NewerLibrary(
            f"this trail was written by a newer papertrail (schema {current}, this one knows {version})",
            "update papertrail; nothing was changed",
        )
    if is_foreign:
        raise IncompatibleLibrary(
            f"{database.path} is not a papertrail database",
            "move it away, or choose another folder with --home",
        )
    return current


def _version_in(path: str, how: str) -> tuple[int, bool]:
    connection = sqlite3.connect(address(path, how), uri=True, timeout=10)
    try:
        return _version(connection)
    finally:
        connection.close()


def _version(connection: sqlite3.Connection) -> tuple[int, bool]:
    """Return the version of a schema, and whether it is that of another program."""
    current: int = connection.execute("PRAGMA user_version").fetchone()[0]
    # Counted in a new one alone: it has the whole schema parsed, half the time of opening a trail.
    return current, not current and connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None


def _make(database: Database) -> None:
    """Make today's schema in a new database, in one transaction.

    It is what the migrations make, without what runs them: loading that takes half a second and 50 MB.
    """
    from papertrail.store.queries import digests
    from papertrail.store.queries.word_index import make_index

    connection = database.connect()
    try:
        connection.execute("BEGIN IMMEDIATE")
        for statement in _statements(TODAY.read_text(encoding="utf-8")):
            connection.execute(statement)
        make_index(connection)
        digests.make_anew(connection)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION:d}")
        connection.execute("COMMIT")
    finally:
        connection.close()  # which takes back what was not committed


def _statements(script: str) -> Iterator[str]:
    """Give the statements of a script, each of which ends a line; white space is the schema's own."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.removesuffix(";\n")
            statement = ""


def upgrade(database: Database, migrations: Path = MIGRATIONS, version: int = SCHEMA_VERSION) -> None:
    """Run alembic inside one immediate transaction, foreign keys off while tables are rebuilt."""
    from alembic import command
    from alembic.config import Config

    from papertrail.store.queries import digests
    from papertrail.store.queries.word_index import INDEXED_SINCE, make_index
    from papertrail.store.recording import RECORDED_SINCE, record_changes

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    engine = make_engine(database, foreign_keys=False)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if version >= RECORDED_SINCE:
            record_changes(connection)
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        if version >= INDEXED_SINCE:
            make_index(driver)
        if version >= digests.DIGESTED_SINCE:
            digests.make_anew(driver)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise ValueError(f"{len(broken)} rows would point nowhere")
        connection.exec_driver_sql(f"PRAGMA user_version = {version:d}")
    engine.dispose()


def remake_around_tables(database: Database) -> None:
    """Make indexes, triggers and the index of words anew, whatever there is of them; tables stay as they are.

    Raises:
        StorageError: the disk did not take it.
    """
    from papertrail.store import tables
    from papertrail.store.queries import digests
    from papertrail.store.queries.word_index import make_index
    from papertrail.store.recording import record_changes

    with database.lock(), translated_errors(database.path):
        engine = make_engine(database, foreign_keys=False)
        with engine.begin() as connection:
            for kind, name in connection.exec_driver_sql(OURS_TO_MAKE).fetchall():
                quoted = name.replace('"', '""')
                connection.exec_driver_sql(f'DROP {kind} "{quoted}"')
            for table in tables.METADATA.sorted_tables:
                for index in table.indexes:
                    index.create(connection)
            record_changes(connection)
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            make_index(driver)
            digests.keep_schema(driver)
        engine.dispose()
