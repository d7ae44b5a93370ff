"""A report's Markdown: titles, reasons and notes stay text, whatever they say."""

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from papertrail.domain.paper import Status
from tests.trails import HOSTILE_TITLES, NOTE, opened, small_trail

EVIL_NOTE = NOTE.replace(
    "Share the convolutions with the proposals.",
    "```\ncode first\n```\n\n<script>alert(1)</script> [x](javascript:alert(1)) `a` *b*\n\nsecond paragraph",
)


@pytest.mark.parametrize("month", [False, True])
def test_nothing_of_the_data_becomes_markup(tmp_path: Path, month: bool) -> None:
    rows = [
        (f"L{i} <b>", f"p{i}", f"{title} <img src=x onerror=alert(1)>", "", "2015", "", "", "", "")
        for i, title in enumerate(HOSTILE_TITLES)
    ]
    with opened(small_trail(tmp_path, rows)) as library:
        for key in ("p0", "p1", "p2", "p3"):
            library.notes.save(key, EVIL_NOTE, None)
        library.statuses.set(["p0", "p1", "p2", "p3", "p4", "p5"], Status.READ)
        library.statuses.set(["p6"], Status.READING)
        text = library.reports.render(month=month)
    assert "\x1b" not in text and "\u202e" not in text
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text)
    assert "<script" not in html and "<img" not in html and 'href="javascript' not in html
    assert "<b>" not in html.replace("<b>alert", "")
    assert html.count("<h3>") == 4 and html.count("<h2>") == 4
    assert "&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:alert(1)) `a` *b*" in html
    assert "second paragraph" not in html
    assert "残差网络" in html


def test_an_empty_trail_has_a_report(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path, [])) as library:
        assert library.reports.render().startswith("# Papers, Mon 23 Feb to Sun 1 Mar\n")
