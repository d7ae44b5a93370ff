"""A guess put first into a note, a question put among the others: all else of the note stays."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import BadInput
from papertrail.domain.seat import Guess
from papertrail.notebook.adding import add_question, guess_in, has_question, put_guess
from papertrail.notebook.outline import newlines
from papertrail.notebook.sections import index_note, section_texts
from papertrail.notebook.template import Template, parse_template, read_template
from tests.examples import examples
from tests.trails import NOTE

DAY = date(2026, 3, 1)
PACKAGED = read_template(Path("/nowhere"))
FILLED = PACKAGED.fill("rcnn", "a [/b] z", None, ["训练"])
WORDS = (
    "I would share the layers.",
    "残差：走捷径。",
    "- one\n- two",
    "a [/b] z \x1b]52;c;x\x07",
    "two\n\nparts",
)


@pytest.mark.parametrize("note", [FILLED, NOTE, FILLED.replace("\n", "\r\n"), "", "no headings"])
@pytest.mark.parametrize("words", WORDS)
def test_a_guess_stands_first_and_comes_back(note: str, words: str) -> None:
    text = put_guess(note, words, DAY, PACKAGED)
    guess = guess_in(text)
    assert guess is not None and guess.on == DAY
    assert guess.words.split() == words.replace("\x1b", "").replace("\x07", "").split()
    assert next(iter(section_texts(text))) == "My guess before reading"
    assert text.startswith(note[: note.find("## ")].rstrip()) if "## " in note else True
    assert ("\r\n" in note) == ("\r\n" in text) and text.count("\n") == newlines(text).count("\n")
    before, after = index_note(note, PACKAGED), index_note(text, PACKAGED)
    assert (after.sections, after.words) == (before.sections, before.words), "it fills and counts nothing"
    again = put_guess(text, "Another.", date(2026, 3, 2), PACKAGED)
    assert guess_in(again) == Guess("Another.", date(2026, 3, 2))
    assert again.count("My guess before reading") == 1


@pytest.mark.parametrize("words", ["## Problem\n\nno", "Fine\n---\nno", "# Title", "```\nopen"])
def test_a_guess_that_would_take_other_sections_is_refused(words: str) -> None:
    with pytest.raises(BadInput, match="plain sentences"):
        put_guess(FILLED, words, DAY, PACKAGED)


QUESTION = "why 3x3?"


def test_a_question_takes_the_empty_pair_then_comes_after_the_others() -> None:
    text = add_question(FILLED, QUESTION, PACKAGED)
    assert text.endswith("\nQ: why 3x3?\nA:\n") and text.count("Q:") == 1
    text = add_question(text, "为什么 [/b]？", PACKAGED)
    assert text.endswith("\nQ: why 3x3?\nA:\n\nQ: 为什么 [/b]？\nA:\n")
    assert has_question(text, "Why 3X3") and has_question(text, "为什么 [/b]?")
    assert not has_question(text, "why 5x5?")


def test_a_note_without_questions_gets_the_section(tmp_path: Path) -> None:
    for note in (NOTE, "", "words", NOTE.replace("\n", "\r\n")):
        text = add_question(note, QUESTION, PACKAGED)
        assert newlines(text).endswith("## Questions\n\nQ: why 3x3?\nA:\n")
        assert text.startswith(note.rstrip())
    other = parse_template("## 问题\n", tmp_path)
    assert add_question("## 问题\n\n慢。\n", QUESTION, other).endswith(
        "慢。\n\n## Questions\n\nQ: why 3x3?\nA:\n"
    )


def test_a_question_stays_in_its_section_when_others_follow() -> None:
    note = "## Questions\n\nQ: a\nA: b\n\n## Mine\n\nwords\n"
    text = add_question(note, QUESTION, PACKAGED)
    assert text == "## Questions\n\nQ: a\nA: b\n\nQ: why 3x3?\nA:\n\n## Mine\n\nwords\n"


PIECES = st.sampled_from(
    [
        "## Problem\n",
        "## Questions\n",
        "words\n",
        "\n",
        "Q: a\nA:\n",
        "# T\n",
        "---\n",
        "```\n",
        "<!-- x\n",
        "- i\n",
    ]
)


@examples(150)
@given(pieces=st.lists(PIECES, max_size=9), end=st.sampled_from(["\n", "\r\n"]), words=st.sampled_from(WORDS))
def test_whatever_the_note_nothing_else_of_it_changes(pieces: list[str], end: str, words: str) -> None:
    note = "".join(pieces).replace("\n", end)
    template: Template = PACKAGED
    for change in (
        partial(put_guess, note, words, DAY, template),
        partial(add_question, note, QUESTION, template),
    ):
        try:
            text = change()
        except BadInput:  # a note left open, by code or a comment
            continue
        kept = {name: t for name, t in section_texts(note).items() if name != "Questions"}
        now = {
            n: t for n, t in section_texts(text).items() if n not in ("Questions", "My guess before reading")
        }
        assert now == kept
