"""Rows that are looked up many at once are those that are looked up one by one."""

from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from papertrail.store.queries import many_rows
from papertrail.store.queries.copied import WHOLE
from papertrail.store.queries.many_rows import looked_up
from papertrail.store.queries.rows import key_columns
from tests.trails import opened, small_trail


@pytest.mark.parametrize("at_once", [2, 500])
def test_many_are_what_each_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(many_rows, "AT_ONCE", at_once)
    home = small_trail(tmp_path)
    with opened(home) as library:
        for tag in ("2015", "007", "1,2", "残差", "it's"):
            library.tags.change(["rcnn", "adam"], add=[tag])
    with closing(connect(home.database)) as connection:
        looked_at = 0
        for table in WHOLE:
            columns = key_columns(connection, table)
            joined = " || ',' || ".join(f'"{name}"' for name in columns)
            there = [str(key) for (key,) in connection.execute(f'SELECT {joined} FROM "{table}"')]  # noqa: S608
            keys = [*there, *(",".join([str(gone)] * len(columns)) for gone in (900_001, 900_002))]
            found = list(looked_up(connection, table, "*", keys))
            assert found == [one for key in keys for one in looked_up(connection, table, "*", [key])]
            assert [key for key, row in found if row is None] == keys[-2:]
            looked_at += len(there)
        assert looked_at > 50
