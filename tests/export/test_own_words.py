"""The reader's Markdown inside another document: it ends where it ends, and HTML in it is text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from papertrail.export.own_words import (
    lower_heading,
    own_words,
    replace_headings,
)
from tests.cases import each

MARKDOWN = MarkdownIt("commonmark")


def is_html(token: Token) -> bool:
    return token.type.startswith("html") or any(map(is_html, token.children or ()))


@each(
    "markdown",
    [
        "plain words, **bold**, `a < b`, 1 < 2",
        "- a\n  - b\n\n1. c",
        "```html\n<b>\n```",
        "`<b>` and ``a ` <i>``",
        "    <indented>",
        "<https://x.org> and [x](https://x.org)",
        "a \\<b> c",
        "$a_b < c$",
        "> quoted",
        "| a | b |\n| --- | --- |\n| c | d |",
    ],
)
def test_ordinary_words_stay_as_they_are(markdown: str) -> None:
    assert own_words(markdown) == markdown


@each(
    ("markdown", "shown"),
    [
        ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
        ("a <b>c</b>", "a \\<b>c\\</b>"),
        ("`<a>` <b>", "`<a>` \\<b>"),
        ("<!-- never closed\n\nwords", "\\<!-- never closed\n\nwords"),
        ("<details>\n\nwords", "\\<details>\n\nwords"),
        ("<javascript:alert(1)>", "<javascript:alert(1)>"),
        ("```\ncode", "```\ncode\n```"),
        ("~~~~ python\ncode\n```", "~~~~ python\ncode\n```\n~~~~"),
        ("- ```\n  code", "- ```\n  code"),
        ("\x1b[2Ja\u202eb", "[2Jab"),
    ],
)
def test_what_would_reach_further_is_contained(markdown: str, shown: str) -> None:
    assert own_words(markdown) == shown


PIECES = re.split(
    " ", r"< <!-- --> <b > </ ` ``` ~~~ - > a # <script> <![CDATA[ <? \ [x]: *** 1. <pre> &lt; $$ = ---"
)
HOSTILE = st.lists(st.sampled_from([*PIECES, "\n", "\n\n", "    ", "\t", " "]), max_size=25).map("".join)


@given(HOSTILE | st.text(max_size=60))
def test_nothing_reaches_beyond_the_end(markdown: str) -> None:
    tokens = MARKDOWN.parse(f"{own_words(markdown)}\n\n## After\n")
    assert [token.type for token in tokens[-3:]] == ["heading_open", "inline", "heading_close"]
    assert (tokens[-2].content, tokens[-2].level) == ("After", 1)
    assert not any(map(is_html, tokens))


def test_headings_are_replaced_outside_of_code_only() -> None:
    text = "### One #\n\n```\n### code\n```\n\n> ### quoted\n\n#### Two `x`\nwords\n\na\nb\n==="
    replaced = replace_headings(text, lambda level, heading: f"{level}:{heading}")
    assert replaced == "3:One\n\n```\n### code\n```\n\n> ### quoted\n\n4:Two `x`\n\nwords\n\n1:a b"


@pytest.mark.parametrize(("level", "marks"), [(1, 4), (2, 4), (3, 4), (4, 5), (5, 6), (6, 6)])
def test_headings_go_below_those_of_the_document(level: int, marks: int) -> None:
    assert lower_heading(level, "a # b") == "#" * marks + " a # b"
