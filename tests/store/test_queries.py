"""Every query of the store is prepared against a migrated database."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

from papertrail.store import queries
from papertrail.store.connection import Database
from papertrail.store.migrate import prepare


def all_queries() -> Iterator[tuple[str, str]]:
    for module in pkgutil.iter_modules(queries.__path__):
        loaded = importlib.import_module(f"papertrail.store.queries.{module.name}")
        for name, value in vars(loaded).items():
            if name.isupper() and isinstance(value, str):
                yield f"{module.name}.{name}", value


QUERIES = dict(all_queries())


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(tmp_path_factory.mktemp("store") / "library.db")
    prepare(database)
    yield database
    database.close()


@pytest.mark.parametrize("name", QUERIES)
def test_query_prepares(name: str, database: Database) -> None:
    sql = QUERIES[name]
    values = dict.fromkeys(re.findall(r":([a-z_0-9]+)", sql))
    assert database.read().execute(f"EXPLAIN {sql}", values).fetchall()


def test_there_are_queries() -> None:
    assert len(QUERIES) > 20
