"""`papertrail rebuild` says what it made the database anew from, and what nothing told."""

from pathlib import Path

import pytest

from papertrail.library import Home
from tests.cli.conftest import make_program
from tests.trails import NOTE, opened


def lose(home: Home, *, copy: bool) -> None:
    """Lose the database, and what else tells what was done."""
    for path in home.private.glob("library.db*"):
        path.unlink()
    if copy:
        home.journal_copy.unlink()


@pytest.mark.parametrize("copy", [False, True])
def test_notes_whose_papers_may_have_been_read_are_named_where_nothing_tells(
    tmp_path: Path, copy: bool
) -> None:
    program = make_program(tmp_path)
    home = Home(program.trail)
    with opened(home) as library:
        for key in ("rcnn", "sppnet"):
            library.notes.save(key, NOTE, None)
    lose(home, copy=copy)
    told = program.run("rebuild")
    assert told.code == 0 and "2 notes" in told.out
    assert ("no note tells whether its paper was read: rcnn, sppnet" in told.err) == copy
    assert ("papertrail done KEY" in told.err) == copy
    assert program.ok("list", "has:note").count("\n") == 2
