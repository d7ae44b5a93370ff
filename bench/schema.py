"""`python -m bench.schema`: write down what the migrations make.

`papertrail doctor` compares with the one file, new databases are made from the other.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection
from tempfile import TemporaryDirectory

from papertrail.store.connection import Database
from papertrail.store.migrate import TODAY, upgrade
from papertrail.store.queries.soundness import EXPECTED, described

# Of the index of words the tables are FTS5's, and the triggers are made with it.
MADE = """
SELECT sql FROM sqlite_master WHERE sql IS NOT NULL
  AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'words*' AND name NOT GLOB 'unindex_*'
ORDER BY type = 'trigger', rowid
"""
FIRST_ROWS = ("alembic_version", "reader")
"""Tables that have a row from the beginning."""


def made() -> tuple[str, str]:
    """Return the texts of both files, made from a database that the migrations make."""
    with TemporaryDirectory() as folder:
        database = Database(Path(folder) / "library.db")
        upgrade(database)
        parts = described(database.read())
        script = "".join(f"{statement};\n" for statement in _statements(database.read()))
        database.close()
    return json.dumps(parts, indent=1, sort_keys=True) + "\n", script


def _statements(connection: Connection) -> Iterator[str]:
    for (sql,) in connection.execute(MADE):
        yield sql
    for table in FIRST_ROWS:
        for row in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608 ours
            values = ", ".join(connection.execute("SELECT quote(?)", (value,)).fetchone()[0] for value in row)
            yield f"INSERT INTO {table} VALUES ({values})"  # noqa: S608 ours


if __name__ == "__main__":
    for path, text in zip((EXPECTED, TODAY), made(), strict=True):
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path}")
