"""Markdown as one plain line."""

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.text import clean_line
from papertrail.notebook.plain import first_paragraph, plain_line
from tests.cases import each


@each(
    ("markdown", "line"),
    [
        ("", ""),
        ("words", "words"),
        ("two\nlines  \nthree", "two lines three"),
        ("**bold** _it_ `a * b` ~~x~~", "bold it a * b ~~x~~"),
        ("[text](https://x.org) <https://y.org>", "text https://y.org"),
        ("![a figure](f.png) below", "a figure below"),
        ("a<br>b<!-- hint -->c", "a b c"),
        ("1 &lt; 2 \\* 3", "1 < 2 * 3"),
        ("\x1b]52;c;x\x07\u202eword", "]52;c;xword"),
    ],
)
def test_the_words_without_their_marks(markdown: str, line: str) -> None:
    assert plain_line(markdown) == line


@each(
    ("markdown", "line"),
    [
        ("\n\nfirst\nline\n\nsecond", "first line"),
        ("### A heading\n\nwords", "words"),
        ("- first\n- second", "first"),
        ("> quoted\n\nwords", "quoted"),
        ("```\ncode\n```\n\nwords", "words"),
        ("```\ncode\n```", "code"),
        ("***\n\n![](x.png)\n\nwords", "words"),
        ("<div>\nwords\n</div>", "words"),
        ("<!-- hint -->", ""),
        ("### Only a heading", "Only a heading"),
    ],
)
def test_the_first_paragraph(markdown: str, line: str) -> None:
    assert first_paragraph(markdown) == line


@given(st.text())
def test_any_text_gives_one_clean_line(markdown: str) -> None:
    line = first_paragraph(markdown)
    assert line == clean_line(line)


@each("piece", ["[", "*a ", "`", "<", "![a](", "> ", "- ", "&amp;", "a b "])
def test_long_notes_do_not_take_long(piece: str) -> None:
    start = process_time()
    first_paragraph(piece * 100_000)
    assert process_time() - start < 5
