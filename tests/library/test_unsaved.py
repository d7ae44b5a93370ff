"""Words that are not saved yet: put aside, found again, told, and taken along with their paper."""

from pathlib import Path

import pytest

from papertrail.domain.unsaved import LeftUnsaved, Unsaved, unsaved_words
from papertrail.library import Home
from tests.cli.conftest import make_program
from tests.trails import NOTE, opened, small_trail

HERE = {Unsaved.GUESS: "rcnn", Unsaved.ANSWER: "-7", Unsaved.FACTS: "rcnn", Unsaved.NEW_PAPER: "new"}


@pytest.mark.parametrize("kind", HERE)
@pytest.mark.parametrize("text", ["a word", "two\nlines\r\n", "线 [/b] \x1b]52;c;eA==\x07 \ud800", " x "])
def test_words_are_there_again_to_the_letter(tmp_path: Path, kind: Unsaved, text: str) -> None:
    name = HERE[kind]
    with opened(small_trail(tmp_path)) as library:
        assert library.unsaved.take(kind, name) == ""
        library.unsaved.keep(kind, name, "earlier")
        library.unsaved.keep(kind, name, text)
        assert library.unsaved.take(kind, name) == text.replace("\ud800", "\ufffd")
        assert library.unsaved.left() == [LeftUnsaved(kind, name)]
        library.unsaved.keep(kind, name, " \n")
        assert library.unsaved.left() == [] and library.unsaved.take(kind, name) == ""
        library.unsaved.discard(kind, name)


def test_only_notes_that_differ_are_left(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        saved = library.notes.save("rcnn", NOTE, None)
        library.notes.keep_draft("rcnn", NOTE, saved.sha256)
        assert library.unsaved.left() == [] and library.unsaved.quiet_line() == ""
        library.notes.keep_draft("rcnn", f"{NOTE}more", saved.sha256)
        assert library.unsaved.left() == [LeftUnsaved(Unsaved.NOTE, "rcnn")]


def test_words_go_along_to_another_key(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        for kind in (Unsaved.GUESS, Unsaved.FACTS):
            library.unsaved.keep(kind, "rcnn", kind.value)
        library.corrections.rename("rcnn", "girshick")
        assert {one.name for one in library.unsaved.left()} == {"girshick"}
        assert library.unsaved.take(Unsaved.GUESS, "rcnn") == "guesses"  # by the key it had


@pytest.mark.parametrize(
    ("left", "told"),
    [
        ([], ""),
        ([(Unsaved.NOTE, "a")], "unsaved words are kept: the note of a; opened again, they are there"),
        (
            [(Unsaved.ANSWER, "3"), (Unsaved.ANSWER, "4"), (Unsaved.GUESS, "b")],
            "an answer in review and a guess",
        ),
        ([(Unsaved.NOTE, key) for key in "abcde"], "the note of c and 2 more"),
    ],
)
def test_a_line_tells_of_them(left: list[tuple[Unsaved, str]], told: str) -> None:
    assert told in unsaved_words([LeftUnsaved(*one) for one in left])


def test_what_cannot_be_read_is_none(tmp_path: Path) -> None:
    home: Home = small_trail(tmp_path)
    with opened(home) as library:
        (home.private / "drafts").write_text("no folder", encoding="utf-8")
        assert library.unsaved.take(Unsaved.GUESS, "rcnn") == "" == library.unsaved.quiet_line()


def test_the_summary_tells_of_them(tmp_path: Path) -> None:
    program = make_program(tmp_path)
    home = Home(program.trail)
    with opened(home) as library:
        library.notes.keep_draft("rcnn", "half a thought")
    assert "unsaved words are kept: the note of rcnn" in program.run().err
