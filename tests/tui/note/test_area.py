"""The text one writes in: to the letter, inert, and where writing goes on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.document._document import Document

from papertrail.tui.note.area import _unveiled, _veiled, can_keep, open_line

NOTE = """---
key: rcnn
---
# Title

## Problem
<!-- What? -->

## Key idea: why?
<!-- A prompt
over two lines -->
written already

## Questions
<!-- Pairs. -->
Q:
A:

## Last
"""


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_comes_back_to_the_letter(text: str) -> None:
    if can_keep(text):
        assert _unveiled(Document(_veiled(text)).text) == text


@pytest.mark.parametrize(
    "text", ["a\x0cb\n", "a\u2028b", "a\r\nb\nc\rd", "\ufeffa", "a\x85\x1c\n\n", "\x1b[31m"]
)
def test_strange_line_ends_and_controls_come_back(text: str) -> None:
    assert can_keep(text)
    assert _unveiled(Document(_veiled(text)).text) == text
    assert "\x1b" not in _veiled(text)


def test_what_stands_in_for_others_is_not_taken() -> None:
    assert not can_keep("a \U0010000c b")


@pytest.mark.parametrize(
    ("names", "after", "place"),
    [
        ({"Problem", "Questions"}, -1, (7, 0)),
        ({"Problem", "Questions"}, 5, (15, 2)),
        ({"Problem", "Questions"}, 13, (7, 0)),
        ({"questions"}, 0, (15, 2)),
        ({"Key idea: why?"}, -1, (11, len("written already"))),
        ({"Last"}, -1, (19, 0)),
        ({"Structure"}, -1, None),
        (set(), -1, None),
    ],
)
def test_where_writing_goes_on(names: set[str], after: int, place: tuple[int, int] | None) -> None:
    assert open_line(NOTE.split("\n"), names, after) == place


def test_a_heading_on_the_last_line_is_where_writing_goes_on() -> None:
    assert open_line(["## Problem"], {"Problem"}, -1) == (0, len("## Problem"))
