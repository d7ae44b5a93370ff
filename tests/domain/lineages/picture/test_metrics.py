"""Texts measured for a page: never narrower than they are, broken where one breaks them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.lineages.picture.metrics import width_of, wrapped
from papertrail.domain.text import clean_line
from tests.examples import examples


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("one two", ("one two",)),
        ("one two three four five", ("one two three four", "five")),
        ("W" * 15, ("W" * 10, "W" * 5)),
        ("残差网络与深度学习的历史，更深", ("残差网络与深度学习的", "历史，更深")),
        ("残差网络与深度学习的，历史", ("残差网络与深度学习", "的，历史")),
        ("one two three four five six seven eight nine ten", ("one two three four", "five six seven…")),
        ("\x1b[31m a\n b", ("[31m a b",)),
    ],
)
def test_lines(text: str, lines: tuple[str, ...]) -> None:
    assert wrapped(text, 100, 10, 2) == lines


def test_what_letters_take() -> None:
    assert width_of("残差", 10) == 20
    assert width_of("e\u0301", 10) == width_of("e", 10) == width_of("é", 10)
    assert width_of("W", 10, bold=True) > width_of("W", 10) > width_of("i", 10)
    assert width_of("\u200d", 10) == 0


@examples(100)
@given(st.text(max_size=60), st.integers(40, 300), st.integers(1, 4), st.booleans())
def test_every_line_fits_and_no_letter_is_lost(text: str, room: int, most: int, bold: bool) -> None:
    lines = wrapped(text, room, 11, most, bold=bold)
    assert len(lines) <= most
    assert all(width_of(line, 11, bold=bold) <= room for line in lines)
    if not any(line.endswith("…") for line in lines):
        whole = wrapped(text, 10**6, 11, 1)
        assert "".join(lines).replace(" ", "") == "".join(whole).replace(" ", "")
        assert bool(lines) == bool(clean_line(text))
