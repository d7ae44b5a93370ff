"""`papertrail reindex`: an index of words that is not right is told, and mended."""

import sqlite3

from papertrail.library import Home
from tests.cli.program import Program


def test_an_index_that_is_wrong_is_told_and_mended(program: Program) -> None:
    assert program.ok("reindex", "--check") == "the index of words is right\n"
    database = sqlite3.connect(Home(program.trail).private / "library.db")
    with database:
        (number,) = database.execute("SELECT id FROM paper WHERE key = 'adam'").fetchone()
        database.execute("UPDATE words SET title = 'eve' WHERE rowid = ?", [number])
        database.execute("INSERT INTO words (rowid, title) VALUES (777, 'nobody')")
        database.execute("DELETE FROM words WHERE rowid = 1")
    database.close()
    told = program.run("reindex", "--check")
    assert (told.code, told.out) == (5, "")
    assert "not right for 3 papers" in told.err and "adam" in told.err and "papertrail reindex" in told.err
    found = program.run("doctor", "--json").json["findings"]
    assert [(one["check"], one["remedy"]) for one in found] == [("word-index", "papertrail doctor --fix")]
    assert program.ok("reindex") == "indexed 6 papers\n"
    assert program.ok("reindex", "--check") == "the index of words is right\n"
    assert "nothing" in program.run("undo").err  # nobody's work was changed


def test_an_index_that_contradicts_itself_is_told_and_mended(program: Program) -> None:
    database = sqlite3.connect(Home(program.trail).private / "library.db")
    with database:
        database.execute("UPDATE words_content SET c1 = 'other words' WHERE id = 2")
    database.close()
    assert program.run("reindex", "--check").err.startswith("papertrail: the index of words is damaged: ")
    program.ok("reindex")
    assert program.ok("reindex", "--check") == "the index of words is right\n"
