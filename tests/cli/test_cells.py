"""Text broken into lines of a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.cli.cells import join, width, wrap


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("SPPnet 把卷积共享", 10, ["SPPnet 把", "卷积共享"]),
        ("卷积，共享。", 6, ["卷积，", "共享。"]),
        ("共享卷积，很快", 8, ["共享卷", "积，很快"]),
        ("（卷积）共享", 6, ["（卷", "积）共", "享"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a/b-c.d", 80, ["a/b-c.d"]),
        ("", 5, []),
    ],
)
def test_lines_break_at_blanks_and_between_cjk_letters(text: str, cells: int, lines: list[str]) -> None:
    assert wrap(text, cells) == lines


@given(st.text(st.sampled_from("ab 残差，（e\u0301。"), max_size=60), st.integers(2, 20))
def test_no_line_is_too_wide_and_no_letter_is_lost(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert all(width(line) <= cells for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("lines", "joined"),
    [(["one", "two"], "one two"), (["残差", "网络"], "残差网络"), (["残差", "net"], "残差 net"), ([], "")],
)
def test_paragraphs_are_joined(lines: list[str], joined: str) -> None:
    assert join(lines) == joined
