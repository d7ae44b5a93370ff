"""What undo does where not everything can be taken back."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from papertrail.domain.errors import Conflict, NotFound
from papertrail.domain.facts import read_facts
from papertrail.domain.paper import Status
from papertrail.library import Home, Library
from tests.trails import NOTE, FixedClock, opened, small_trail
from tests.undo.cases import open_trail


def test_what_counts_is_told_once(tmp_path: Path) -> None:
    told = "SELECT before, after FROM journal WHERE verb = 'counted' AND paper = 'rcnn' ORDER BY id"
    with opened(small_trail(tmp_path)) as library:
        library.statuses.set(["rcnn"], Status.READ)
        library.notes.save("rcnn", NOTE, None)
        for _ in range(2):
            library.undo.undo()
            library.undo.redo()
    with closing(sqlite3.connect(tmp_path / ".papertrail" / "library.db")) as connection:
        days = [(before is not None, after is not None) for before, after in connection.execute(told)]
    assert days == [(False, True), *[(True, False), (False, True)] * 2]


def test_what_stands_under_one_that_stays_is_passed_and_told(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.statuses.set(["adam"], Status.DROPPED)
        first = library.notes.save("rcnn", NOTE, None)
        second = library.notes.save("rcnn", NOTE + "more\n", first.sha256)
        (kept,) = (library.home.private / "history" / "rcnn").glob(f"*-{first.sha256}.md.gz")
        kept.unlink()  # as thinning does in time
        begun = library.undo.stacks().done[1].op
        assert [bool(past.why_final) for past in library.undo.stacks().done[:3]] == [True, True, False]
        assert library.undo.next().past.what == "adam unread → dropped"
        taken = library.undo.undo()
        assert taken.past.what == "adam unread → dropped"
        assert [past.why_final for past in taken.passed] == [
            "the text of the note is no longer kept",
            "what stays after it changed the same thing",
        ]
        assert library.notes.version("rcnn") == second.sha256
        with pytest.raises(Conflict, match="came after it"):
            library.undo.undo(begun)
        with pytest.raises(NotFound, match="stays"):
            library.undo.undo()


def said(home: Home) -> list[tuple[object, ...]]:
    """Return what the reader has said of the papers, and all that hangs on them."""
    with closing(sqlite3.connect(home.private / "library.db")) as connection:
        return [
            row
            for sql in (
                "SELECT id, key, title, year, venue, doi, arxiv_id, urls, edited_fields, folded FROM paper",
                "SELECT * FROM alias ORDER BY key",
                "SELECT * FROM lineage_paper ORDER BY lineage_id, paper_id",
                "SELECT * FROM builds_on ORDER BY child_id, parent_id",
            )
            for row in connection.execute(sql)
        ]


def edit(library: Library, *facts: str) -> None:
    library.corrections.edit(
        "rcnn", read_facts([(fact.partition("=")[0], fact.partition("=")[2]) for fact in facts])
    )


@pytest.mark.parametrize(
    "do",
    [
        lambda library: edit(library, "title=Mine", "year=1999", "venue=V"),
        lambda library: edit(library, "authors=Ada Lovelace", "abstract=Short."),
        lambda library: edit(library, "code=https://example.org/code"),
        lambda library: edit(library, "doi=10.1234/x"),
        lambda library: edit(library, "arxiv=2001.00009"),
        lambda library: edit(library, "arxiv="),
        lambda library: library.corrections.rename("rcnn", "girshick"),
        lambda library: library.unions.merge("fast-rcnn", "rcnn"),
        lambda library: library.unions.merge("rcnn", "fast-rcnn"),
        lambda library: library.corrections.remove("rcnn"),
        lambda library: library.corrections.add(
            read_facts([("title", "By hand"), ("arxiv", "2001.00008")]), lineage="New", new=True
        ),
        lambda library: library.intake.add(["2001.00007"], lineage="New", new=True),
    ],
)
@pytest.mark.parametrize("noted", [False, True])
def test_what_arxiv_tells_stands_in_the_way_of_no_undo(
    tmp_path: Path, do: Callable[[Library], object], noted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, clock = small_trail(tmp_path), FixedClock()

    def fetch(library: Library) -> None:
        clock.moment += timedelta(hours=1)
        library.intake.fetch(every=True)

    with open_trail(home, "cli", clock) as library:
        if noted:
            library.notes.save("rcnn", NOTE, None)
        fetch(library)
        before = said(home)
        with monkeypatch.context() as away:
            away.setenv("PAPERTRAIL_OFFLINE", "1")  # what is added waits
            do(library)
        after = said(home)
        fetch(library)
        told = said(home)
        what = library.undo.stacks().done[1].what
    with open_trail(home, "cli", clock) as library:
        taken = library.undo.undo()
        assert taken.past.what == what and [one.why_final for one in taken.passed] == [
            "what arXiv said stays"
        ]
        assert said(home) == before and after != before
        fetch(library)
        assert said(home) == before
        assert library.undo.redo().past.what == what
        fetch(library)
        assert said(home) == told
        assert library.undo.undo().past.what == what
        assert said(home) == before


def test_what_another_did_since_still_stands_in_the_way_when_arxiv_told_more(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with open_trail(home, "cli") as library:
        edit(library, "title=Mine")
        edit(library, "title=Yours")
        library.intake.fetch(["rcnn"])
        first = library.undo.stacks().done[2]
        assert first.what == "rcnn: title edited"
        with pytest.raises(Conflict, match="came after it"):
            library.undo.undo(first.op)
        library.undo.undo()
        library.undo.undo()
        assert said(home)[0][2] == "Rich feature hierarchies"
        library.intake.fetch(["rcnn"])
        library.undo.redo()
        library.intake.fetch(["rcnn"])
        library.undo.redo()
        assert said(home)[0][2] == "Yours"
