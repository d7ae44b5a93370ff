"""Text and bars in terminal cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from papertrail.domain.text import clean_line
from papertrail.tui.widgets.cells import fit, line_bar


@given(st.text(), st.integers(0, 60))
def test_any_text_takes_exactly_its_width(text: str, width: int) -> None:
    assert cell_len(fit(clean_line(text), width)) == width


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("Fast R-CNN", 12, "Fast R-CNN  "),
        ("Faster R-CNN", 7, "Faster…"),
        ("残差网络", 8, "残差网络"),
        ("残差网络", 7, "残差网…"),
        ("残差网络", 6, "残差… "),
        ("anything", 1, "…"),
        ("anything", 0, ""),
    ],
)
def test_what_does_not_fit_ends_in_an_ellipsis(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


@pytest.mark.parametrize(
    ("done", "of", "bar"),
    [
        (0, 6, "────"),
        (1, 6, "╾───"),
        (3, 6, "━━──"),
        (6, 6, "━━━━"),
        (9, 6, "━━━━"),
        (1, 1000, "╾───"),
        (0, 0, "────"),
    ],
)
def test_bars(done: int, of: int, bar: str) -> None:
    assert "".join(line_bar(done, of, 4)) == bar


@given(st.integers(0, 200), st.integers(0, 200), st.integers(1, 80))
def test_a_bar_is_as_wide_as_asked(done: int, of: int, width: int) -> None:
    assert len("".join(line_bar(done, of, width))) == width
