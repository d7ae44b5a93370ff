"""Asked in earnest: in the note, once; failed, the paper is to be read again; told by the report."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from papertrail.domain.asked import Outcome
from papertrail.domain.errors import BadInput
from papertrail.domain.paper import Status
from papertrail.library import Library
from papertrail.store.queries import asked
from tests.trails import NOTE, opened, small_trail

EVIL = "a [/b] z \x1b]52;c;ZXZpbA==\x07 为什么？"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return opened(small_trail(tmp_path))


def test_a_question_goes_into_the_note_with_an_open_answer(library: Library) -> None:
    done = library.asked.add("rcnn", "why 3x3?", Outcome.HELD, where="design review")
    assert (done.told, done.to_read_again) == ("the note of rcnn asks it now", False)
    assert library.notes.open("rcnn").text.endswith("\nQ: why 3x3?\nA:\n")
    done = library.asked.add("rcnn", "Why 3x3", None)
    assert done.told == "the note of rcnn asks it already"
    assert library.notes.open("rcnn").text.count("3x3") == 1
    day = library.agenda.day()
    assert [(one.question, one.where, one.outcome) for one in library.asked.between(day, date.max)] == [
        ("why 3x3?", "design review", Outcome.HELD),
        ("Why 3x3", "", None),
    ]


def test_what_was_failed_is_to_be_read_again_and_goes_on_counting(library: Library) -> None:
    library.notes.save("rcnn", NOTE, None)
    library.statuses.set(["rcnn"], Status.READ)
    done = library.asked.add("rcnn", EVIL, Outcome.FAILED, where=EVIL)
    assert done.to_read_again and "queued to be read again" in done.told
    assert (done.paper.status, done.paper.counted, done.paper.doing) == (
        Status.QUEUED,
        True,
        "queued again",
    )
    connection = sqlite3.connect(library.home.private / "library.db")
    try:
        assert asked.failed_since(connection, library.agenda.day()) == [("rcnn", done.question)]
        assert asked.failed_since(connection, date.max) == []
    finally:
        connection.close()
    assert library.undo.undo().past.what == "asked about rcnn, failed"
    assert library.notes.open("rcnn").text == NOTE
    assert library.papers.get("rcnn").summary.status is Status.READ
    assert library.asked.between(library.agenda.day(), date.max) == []


@pytest.mark.parametrize("status", [Status.UNREAD, Status.READING, Status.DROPPED])
def test_a_paper_that_is_not_read_keeps_its_status(library: Library, status: Status) -> None:
    library.statuses.set(["rcnn"], status)
    assert not library.asked.add("rcnn", "why?", Outcome.FAILED).to_read_again
    assert library.papers.get("rcnn").summary.status is status


@pytest.mark.parametrize("question", ["", "  ", "?!", "\x1b"])
def test_no_question_changes_nothing(library: Library, question: str) -> None:
    with pytest.raises(BadInput, match="the question is empty"):
        library.asked.add("rcnn", question)
    assert not library.papers.get("rcnn").note.exists


def test_the_report_tells_of_them(library: Library) -> None:
    library.asked.add("rcnn", EVIL, Outcome.FAILED, where="design review")
    told = library.reports.render()
    assert "## Asked in earnest: 1\n\n- a \\[/b\\] z" in told
    assert "为什么？ · Rich feature hierarchies (2013) · design review · failed" in told
    assert "Asked in earnest" not in library.reports.render(last=True)
