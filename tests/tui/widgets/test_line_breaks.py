"""Lines of Chinese text end between characters, as many as fit."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from papertrail.tui.widgets.cells import wrap
from papertrail.tui.widgets.line_breaks import line_breaks

CHINESE = "在 VOC 上平均精度提高了百分之三十以上。"


def test_a_line_is_filled_and_no_closing_mark_begins_one() -> None:
    assert wrap(CHINESE, 20) == ["在 VOC 上平均精度提", "高了百分之三十以上。"]
    assert wrap("再用特征，最后（训练）", 8) == ["再用特", "征，最后", "（训练）"]
    assert wrap("one two three", 8) == ["one two", "three"], "as ever"
    assert wrap("か\u3099" * 3, 4) == ["か\u3099か\u3099", "か\u3099"]


@given(st.text(alphabet="空。（）a b-é", max_size=60), st.integers(min_value=4, max_value=30))
def test_lines_fit_and_no_letter_is_lost(text: str, width: int) -> None:
    begins = [0, *line_breaks(text, width), len(text)]
    lines = [text[here:then] for here, then in pairwise(begins)]
    assert "".join(lines) == text
    assert all(cell_len(line.rstrip()) <= width for line in lines)
    assert begins == sorted(set(begins)) or not text
