"""The author's seat: what is seen, asked once, written first in the note, remembered long after."""

from datetime import timedelta
from pathlib import Path

import pytest

from papertrail.domain.errors import BadInput
from papertrail.domain.paper import Status
from papertrail.library import Library
from papertrail.library.guesses import EVERY
from tests.trails import NOTE, RCNN, FixedClock, opened, small_trail

EVIL = "a [/b] z \x1b]52;c;ZXZpbA==\x07 残差"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def library(tmp_path: Path, clock: FixedClock) -> Library:
    rows = [(*row[:2], EVIL, *row[3:]) if row[1] == "fast-rcnn" else row for row in RCNN]
    return opened(small_trail(tmp_path, rows), clock)


def test_one_sees_what_the_parents_left_open(library: Library) -> None:
    library.notes.save("rcnn", NOTE.replace("prior.", f"prior. {EVIL}"), None)
    seat = library.guesses.seat("fast-rcnn")
    assert [(one.paper.key, one.words.startswith("Anchors are")) for one in seat.limits] == [("rcnn", True)]
    assert (seat.silent, seat.why_empty, seat.guess) == (("sppnet",), "", None)
    seat = library.guesses.seat("faster-rcnn")
    assert (seat.limits, seat.why_empty) == ((), "your notes say nothing yet of the limits of fast-rcnn")
    assert library.guesses.seat("rcnn").why_empty.startswith("it builds on no paper")


def test_it_is_asked_once_and_only_where_it_is_wanted(library: Library) -> None:
    assert library.guesses.is_to_be_asked("fast-rcnn")
    library.statuses.set(["fast-rcnn"], Status.READING, asked=["fast-rcnn"])
    assert not library.guesses.is_to_be_asked("fast-rcnn")
    library.statuses.go_back(["fast-rcnn"])
    assert not library.guesses.is_to_be_asked("fast-rcnn"), "at most once"
    library.guesses.tell("adam", "Scale each step.")
    assert not library.guesses.is_to_be_asked("adam"), "it was told"
    library.settings.set("guess", "off")
    assert not library.guesses.is_to_be_asked("rcnn")
    library.settings.set("guess", "on")
    (library.home.notes / "rcnn.md").write_bytes(b"\xff\xfe\x00")
    assert not library.guesses.is_to_be_asked("rcnn"), "nothing can be written there"


def test_taking_back_the_status_takes_the_asking_with_it(library: Library) -> None:
    library.statuses.set(["rcnn"], Status.READING, asked=["rcnn"])
    assert library.undo.undo().past.what == "rcnn unread → reading"
    assert library.guesses.is_to_be_asked("rcnn")


def test_a_guess_is_one_operation_and_counts_for_nothing(library: Library) -> None:
    library.statuses.set(["rcnn"], Status.READ)
    saved = library.guesses.tell("rcnn", f"I would {EVIL}.")
    assert (saved.note.words, saved.note.filled, saved.newly_counted) == (0, (), False)
    guess = library.guesses.told("rcnn")
    assert guess is not None and guess.words.startswith("I would a [/b] z")
    assert library.undo.undo().past.what == "guess about rcnn"
    assert library.guesses.told("rcnn") is None
    assert not library.papers.get("rcnn").note.exists
    library.undo.redo()
    assert library.guesses.told("rcnn") == guess


@pytest.mark.parametrize("words", ["", " \n ", "## Problem\n\nno"])
def test_what_is_no_guess_changes_nothing(library: Library, words: str) -> None:
    library.notes.save("rcnn", NOTE, None)
    with pytest.raises(BadInput):
        library.guesses.tell("rcnn", words)
    assert library.notes.open("rcnn").text == NOTE


def test_the_guesses_of_a_lineage_are_read_down(library: Library) -> None:
    library.guesses.tell("rcnn", "Slide a window.")
    library.guesses.tell("sppnet", "先共享卷积。")
    question = library.comparisons.of_lineage("R-CNN to Faster R-CNN").question("guess")
    assert [answer.short for answer in question.answers] == [
        "2026-03-01: Slide a window.",
        "2026-03-01: 先共享卷积。",
        "",
        "",
    ]


def test_a_guess_of_long_ago_comes_back_beside_what_the_paper_did(
    library: Library, clock: FixedClock
) -> None:
    library.guesses.tell("rcnn", "Slide a\nwindow.")
    day = library.agenda.day()
    days = [day + timedelta(days=n) for n in range(200)]
    assert not any(map(library.guesses.of_long_ago, days)), "what it did is not written yet"
    note = library.notes.open("rcnn")
    library.notes.save("rcnn", note.text + "\n" + NOTE, note.sha256)
    shown = [n for n, one in enumerate(days) if library.guesses.of_long_ago(one)]
    assert shown and min(shown) >= 60 and len(shown) == pytest.approx(140 / EVERY, abs=2)
    found = library.guesses.of_long_ago(days[shown[0]])
    assert found is not None and found.line == (
        "you guessed of rcnn on 2026-03-01: Slide a window."
        " · it did: Share the convolutions with the proposals."
    )
