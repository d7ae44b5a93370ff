"""The text one writes in: to the letter, and inert."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.document._document import Document

from papertrail.tui.note.area import _unveiled, _veiled, can_keep


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
