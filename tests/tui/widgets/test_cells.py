"""Text and bars in terminal cells."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from papertrail.domain.text import clean_line
from papertrail.tui.widgets.cells import fit, line_bar, seen_after, seen_before


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


SEEN = [  # letters, marks, CJK, emoji with modifiers and joined, flags, keycaps
    "a",
    "\xe9",
    "e\u0301",
    "\u6b8b",
    "\U0001f44d\U0001f3fd",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "\U0001f1e9\U0001f1ea",
    "\U0001f1eb\U0001f1f7",
    "1\ufe0f\u20e3",
    "\u263a\ufe0f",
    "\u0928\u093f",
    "\u0e01\u0e47",
    "\ud55c",
    "\U0001f3f4\U000e0067\U000e0062\U000e007f",
]


@given(st.lists(st.sampled_from(SEEN), max_size=12))
def test_what_is_seen_as_one_character_is_gone_over_as_one(parts: list[str]) -> None:
    text = "".join(parts)
    at, stops = len(text), [len(text)]
    while at:
        at = seen_before(text, at)
        stops.append(at)
    assert [text[a:b] for a, b in pairwise(reversed(stops))] == parts
    at, stops = 0, [0]
    while at < len(text):
        at = seen_after(text, at)
        stops.append(at)
    assert [text[a:b] for a, b in pairwise(stops)] == parts


@given(st.text(), st.integers(0, 200))
def test_every_step_goes_somewhere(text: str, at: int) -> None:
    at = min(at, len(text))
    assert seen_before(text, at) < at or at == 0
    assert seen_after(text, at) > at or at == len(text)
