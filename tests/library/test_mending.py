"""A byte that changed in the database is found, and put back as it was."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from papertrail.domain.paper import Status
from papertrail.domain.recall.review import Grade
from papertrail.library import Home, unopened_library
from papertrail.store.queries import digests
from tests.trails import NOTE, opened, small_trail
from tests.undo.cases import MODEL

# A change of each kind of row, as a disk makes it: nothing is told to anybody.
DAMAGES = (
    ("paper", "UPDATE paper SET title = 'Rich feature hierarchiez' WHERE key = 'rcnn'"),
    ("paper", "UPDATE paper SET year = 2031 WHERE key = 'adam'"),
    ("paper", "DELETE FROM paper WHERE key = 'robbins-monro'"),
    ("lineage", "UPDATE lineage SET name = 'SGE' WHERE name = 'SGD'"),
    ("lineage_paper", "UPDATE lineage_paper SET position = position + 8 WHERE paper_id = 2"),
    ("builds_on", "DELETE FROM builds_on WHERE child_id = 2"),
    ("reading", "UPDATE reading SET status = 'dropped' WHERE paper_id = 1"),
    ("reading", "UPDATE reading SET counted_on = '2026-03-03' WHERE paper_id = 1"),
    ("reading", "DELETE FROM reading WHERE paper_id = 1"),
    ("tag", "UPDATE tag SET name = 'cnm'"),
    ("goal", "UPDATE goal SET target = 36"),
    ("goal", "UPDATE goal SET end = '2026-07-30'"),
    ("setting", "UPDATE setting SET value = '03' WHERE name = 'next-depth'"),
    ("review", "UPDATE review SET grade = 1"),
    ("memory", "UPDATE memory SET stability = stability * 2"),
    ("question", "UPDATE question SET guid = 'x' WHERE id = 1"),
    ("note", "UPDATE note SET complete = NOT complete"),
    ("note", "UPDATE note SET text = replace(text, 'slow', 'slaw')"),
    ("note", "UPDATE note SET sha256 = replace(sha256, 'a', 'b')"),
    ("operation", "UPDATE journal SET local_date = '2026-02-01' WHERE verb = 'status'"),
    ("operation", "UPDATE journal SET after = replace(after, 'read', 'reed') WHERE verb = 'status'"),
    ("operation", "DELETE FROM journal WHERE verb = 'counted'"),
    ("operation", "UPDATE operation SET at = replace(at, '2026', '2027') WHERE verb = 'tag'"),
    ("operation", "UPDATE change SET before = after WHERE table_name = 'reading'"),
    ("operation", "DELETE FROM change WHERE table_name = 'tag'"),
    ("digest", "UPDATE digest SET digest = digest + 1 WHERE table_name = 'tag'"),
    ("digest", "UPDATE digest SET digest = digest + 1 WHERE table_name = 'reading'"),
)


def used_trail(root: Path) -> Home:
    """Return a trail in which a row of each kind was written."""
    home = small_trail(root)
    with opened(home) as library:
        library.statuses.set(["rcnn"], Status.READ)
        library.notes.save("rcnn", f"{NOTE}\nQ: Why boxes?\nA: They are few.\n", None)
        library.tags.change(["rcnn"], add=["cnn"])
        library.settings.set("next-depth", "2")
        (asked, *_) = library.recall.day(["rcnn"]).asked
        library.recall.grade(library.recall.question(asked), Grade.GOOD, seconds=3)
        library.statuses.set(["adam"], Status.QUEUED)
        library.undo.undo()
    return home


def rows(home: Home) -> list[object]:
    with closing(sqlite3.connect(home.database)) as connection:
        asked = (*MODEL, "SELECT * FROM journal WHERE verb <> 'mend' ORDER BY id")
        return [connection.execute(sql).fetchall() for sql in asked]


def damage(home: Home, sql: str) -> None:
    with closing(sqlite3.connect(home.database)) as connection, connection:
        assert connection.execute(sql).rowcount > 0


@pytest.mark.parametrize(("table", "sql"), DAMAGES)
def test_what_changed_by_itself_is_found_and_put_back(tmp_path: Path, table: str, sql: str) -> None:
    home = used_trail(tmp_path)
    before = rows(home)
    damage(home, sql)
    with opened(home) as library:
        found = library.mending.damaged()
        assert found and (table == "digest" or {one.table for one in found} >= {table})
        assert library.mending.mend() == []
        assert not list(digests.damaged(library._trail.database.read()))
        assert library.undo.next().past.what != "nothing"
        assert library.search.out_of_step() == []
    assert rows(home) == before


def test_a_sound_trail_has_nothing_to_mend(tmp_path: Path) -> None:
    with opened(used_trail(tmp_path)) as library:
        assert library.mending.damaged() == [] and library.mending.mend() == []
        assert digests.wrongly_undone(library._trail.database.read()) == []


def test_without_a_copy_the_journal_alone_tells_what_it_can(tmp_path: Path) -> None:
    home = used_trail(tmp_path)
    home.journal_copy.unlink()
    before = rows(home)
    damage(home, "UPDATE reading SET status = 'dropped' WHERE paper_id = 1")
    damage(home, "UPDATE paper SET title = 'Adem' WHERE key = 'adam'")
    with opened(home) as library:
        (left,) = library.mending.mend()
    assert left.table == "paper"
    assert rows(home)[1:] == before[1:]


def test_what_a_backup_alone_tells_is_mended_and_nothing_made_anew(tmp_path: Path) -> None:
    home = used_trail(tmp_path)
    with opened(home) as library:
        library.backups.make()
        library.statuses.set(["adam"], Status.READING)
    os.truncate(home.journal_copy, 0)
    before = rows(home)
    damage(home, "UPDATE paper SET title = 'Adem' WHERE key = 'adam'")
    with unopened_library(home) as library:
        (found,) = library.checks.all(["rows"])
        assert found.is_fixable and found.remedy == "papertrail doctor --fix"
        assert library.checks.mend(["rows"]).failed == ()
    assert rows(home) == before


def test_another_schema_is_told(tmp_path: Path) -> None:
    home = used_trail(tmp_path)
    with closing(sqlite3.connect(home.database)) as connection:
        connection.execute("DROP TRIGGER record_reading_update")
    with opened(home) as library:
        assert [one.table for one in library.mending.mend()] == ["schema"]
