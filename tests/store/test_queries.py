"""Every query of the store is prepared against a migrated database."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

from papertrail.store import queries
from papertrail.store.connection import Database
from papertrail.store.migrate import prepare


def all_queries() -> Iterator[tuple[str, str]]:
    for module in pkgutil.iter_modules(queries.__path__):
        loaded = importlib.import_module(f"papertrail.store.queries.{module.name}")
        for name, value in vars(loaded).items():
            if name.isupper() and isinstance(value, str):
                yield f"{module.name}.{name}", value


def test_every_query_prepares(tmp_path: Path) -> None:
    """Which one does not is named by what is noted of the exception."""
    found = dict(all_queries())
    assert len(found) > 20
    database = Database(tmp_path / "library.db")
    prepare(database)
    for name, sql in found.items():
        values = dict.fromkeys(re.findall(r":([a-z_0-9]+)", sql))
        try:
            assert database.read().execute(f"EXPLAIN {sql}", values).fetchall()
        except Exception as error:
            error.add_note(name)
            raise
    database.close()
