"""What counts as written: sections filled or not, words, and the text that search and export get."""

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.notebook.comments import strip_comments
from papertrail.notebook.front_matter import split_front_matter
from papertrail.notebook.outline import newlines
from papertrail.notebook.sections import (
    count_words,
    index_note,
    note_content,
    section_texts,
)
from papertrail.notebook.template import PACKAGED_TEMPLATE, Template, parse_template
from tests.cases import each

DEFAULT = parse_template(PACKAGED_TEMPLATE.read_text(encoding="utf-8"), PACKAGED_TEMPLATE)
BARE_NOTE = DEFAULT.fill("resnet", "Deep Residual Learning", "1512.03385", ["ResNet"])
OWN = parse_template(
    "Before all.\n\n## What (required)\nSay it in one line.\nData:\n- [ ] read twice\n"
    "```\nold -> new\n```\n## 为什么（必填）\n一句话说清楚。\n",
    Path("own.md"),
)
NAMES = [s.name for s in DEFAULT.sections]


def filled(text: str, template: Template = DEFAULT) -> list[str]:
    return [s.name for s in index_note(text, template).sections if s.filled]


@each(
    "under",
    [
        "Boxes were slow.",
        "<!-- hint -->\nBoxes were slow.",
        "<!-- hint --> Boxes",
        "Boxes <!-- hint -->",
        "- Boxes",
        "1. Boxes",
        "- [x] Boxes",
        "- a\n  - deeper",
        "> quoted",
        "Q: why?",
        "Q:\nA: because",
        "**Q:** why",
        "Q：为什么",
        "残",
        "ナ",
        "한",
        "é",
        "42",
        "`x`",
        "`<!-- x -->`",
        "```\n=\n```",
        "~~~python\nx = 1\n~~~",
        "    indented = 1",
        "![](figure.png)",
        '<img src="?">',
        "$$ > $$",
        "$x$",
        "| a | b |\n|---|---|",
        "<div>\n\nword\n\n</div>",
        "### Details\nword",
        "[1]: https://arxiv.org/abs/1512.03385",
        "[^1]: a footnote",
        "word\n\n***",
        "<!-- never closed, then words",
        "* * *\nword",
        "&lt;b&gt;",
        "\tword",
        "- > - word",
        "a\r\n",
    ],
)
def test_the_readers_words_fill_a_section(under: str) -> None:
    assert filled(f"# T\n\n## Problem\n{under}\n") == ["Problem"]
    assert filled(f"# T\n\n## Problem\n\n{under}\n\n## Structure\n") == ["Problem"]


@each(
    "under",
    [
        "",
        " \t\n\n\u00a0\n\u3000",
        "<!-- hint -->",
        "<!-- a hint\nover\n\nlines -->",
        "<!-- one --><!-- two -->",
        "- <!-- in a list -->",
        "> <!-- in a quote -->",
        "Q:",
        "Q:\nA:",
        "Q：\nA：",
        "**Q:**\n**A:**",
        "Q1:\nA1:",
        "- Q:\n- A:",
        "问：\n答：",
        "-",
        "- \n- \n* \n+ ",
        "1.\n2.",
        "- [ ]\n- [x]",
        "> ",
        "***",
        "\n---\n",
        "### A deeper heading",
        "### Deeper\n\nDeepest\n.\n#### More",
        "```\n\n```",
        "```python\n```",
        "$$ $$",
        "$$\n$$",
        "...",
        "<br>",
        "<div>\n</div>",
        "&nbsp;",
        "\\",
        "| | |\n|---|---|\n| | |",
        "\u200b\ufeff",
        "👍",
        "# Another title\nword",
        "## Something else\nword",
        "Something else\n---\nword",
    ],
)
def test_what_is_no_word_of_the_reader_does_not_fill(under: str) -> None:
    under = under.replace("\n\nDeepest\n.", "")
    assert filled(f"# T\n\n## Problem\n{under}\n") == []


@each(
    "heading",
    [
        "## Problem",
        "## problem",
        "##   PROBLEM  ##",
        "## Problem (required)",
        "## Problem（必填）",
        "## Problem:",
        "## Problem (required):",
        "## Problem：",
        "## **Problem**",
        "   ## Problem",
        "Problem\n-------",
        "##\tProblem",
        "## Ｐｒｏｂｌｅｍ",
    ],
)
def test_a_heading_is_known_however_it_is_written(heading: str) -> None:
    assert filled(f"{heading}\nword\n") == ["Problem"]


@each(
    "text",
    [
        "### Problem\nword",
        "Problem\nword",
        "##Problem\nword",
        "```\n## Problem\nword\n```",
        "<!--\n## Problem\nword\n-->",
        "> ## Problem\n> word",
        "- ## Problem\n  word",
        "---\nkey: x\n## Problem: word\n---\n",
        "## Problems\nword",
        "    ## Problem\n    word",
    ],
)
def test_these_are_no_sections(text: str) -> None:
    assert filled(text) == []


def test_long_names_may_be_given_by_what_stands_before_the_colon() -> None:
    assert filled("## Key idea\nskip\n") == ["Key idea: why did the authors design it this way?"]
    assert filled(f"## {NAMES[2]}\nskip\n") == [NAMES[2]]


def test_a_heading_met_twice_is_one_section_and_order_is_the_templates() -> None:
    text = "## Structure\nb\n## Problem\n\n## Other\nc d\n## Problem\na\n"
    index = index_note(text, DEFAULT)
    assert [s.name for s in index.sections] == NAMES
    assert [s.name for s in index.sections if s.filled] == ["Problem", "Structure"]
    assert index.words == 4
    assert index.body == "b\nOther\nc d\na"


def test_a_comment_left_open_hides_nothing() -> None:
    text = "## Problem\n<!-- my words\n\n## Structure\n<!-- <!--\n> <!-- quoted\n\n## Evidence\n"
    assert filled(text) == ["Problem", "Structure"]
    assert section_texts(text)["Problem"] == "<!-- my words"


def test_the_bare_template_says_nothing_and_is_not_complete() -> None:
    for line_end in ("\n", "\r\n", "\r"):
        index = index_note(BARE_NOTE.replace("\n", line_end), DEFAULT)
        assert (index.words, index.body) == (0, "")
        assert [s.name for s in index.sections if s.required] == [NAMES[0], NAMES[2], NAMES[5]]
        assert not any(s.filled for s in index.sections)


def test_writing_below_each_hint_fills_each_section() -> None:
    text = BARE_NOTE.replace(" -->\n", " -->\nMy own words\n")
    index = index_note(text, DEFAULT)
    assert all(s.filled for s in index.sections)
    assert index.words == 3 * len(NAMES)


@pytest.mark.parametrize(
    "text", ["Say it in one line.", "> - Say  it in one line.", "Data:", "- [x] read twice"]
)
def test_plain_lines_of_the_readers_template_are_not_the_readers_words(text: str) -> None:
    assert filled(f"## What\n{text}\n", OWN) == []
    assert index_note(f"## What\n{text}\n", OWN).words == 0
    assert filled(f"## What\n{text} word\n", OWN) == ["What"]
    assert index_note(f"## What\n{text} word\n", OWN).words == 1


def test_a_note_from_the_readers_template_says_nothing() -> None:
    text = OWN.fill("k", "T", None, [])
    assert (index_note(text, OWN).words, filled(text, OWN)) == (0, [])
    assert filled(text.replace("old -> new", "new -> old"), OWN) == ["What"]
    assert filled(text + "因为快", OWN) == ["为什么"]
    assert filled("## 为什么(必填)：\n一句话说清楚。\n快", OWN) == ["为什么"]


@each(
    ("text", "words"),
    [
        ("", 0),
        ("one two, three", 3),
        ("a 34-layer net: 残差网络", 7),
        ("-- * |", 0),
        ("https://arxiv.org/abs/1", 1),
        ("it's", 1),
        ("잔차 신경망", 2),
        ("かな", 2),
    ],
)
def test_words(text: str, words: int) -> None:
    assert count_words(text) == words


def test_words_and_body_hold_the_readers_text_only() -> None:
    text = (
        '---\ntitle: "not counted"\n---\n\n# Not counted\n\nbefore all\n\n## Problem\n<!-- not counted -->\n'
        "- slow\x1b[31m boxes\n\n### found here\n\n## My own\nthree more words\n"
    )
    index = index_note(text, DEFAULT)
    assert index.words == 7
    assert index.body == "before all\nslow[31m boxes\nfound here\nMy own\nthree more words"


@each(
    ("text", "body"),
    [
        ("---\nkey: a\n---\nx", "x"),
        ("\ufeff---\nkey: a\n---\nx", "x"),
        ("---\r\nkey: a\r\n---\r\nx", "x"),
        ("---\nkey: a\n...\n\nx", "x"),
        ("---\n---\nx", "x"),
        ("---\n# comment\nkey:\n  - a\n---\nx", "x"),
        ("---\nkey: a\nx", "---\nkey: a\nx"),
        ("---\nwords of mine\n---\nx", "---\nwords of mine\n---\nx"),
        ("---\n# Heading\n---\nx", "---\n# Heading\n---\nx"),
        ("x\n---\nkey: a\n---", "x\n---\nkey: a\n---"),
        ("----\nkey: a\n----\nx", "----\nkey: a\n----\nx"),
        ('+++\ntitle = "a"\n+++\nx', "x"),
        ("\ufeff+++\r\n[table]\r\n+++\r\nx", "x"),
        ("+++\n# comment\na.b = 1\n'c d' = 2\n+++\n\nx", "x"),
        ("+++\n+++\nx", "x"),
        ("+++\na = 1\nx", "+++\na = 1\nx"),
        ("+++\nwords of mine\n+++\nx", "+++\nwords of mine\n+++\nx"),
        ("+++\na = 1\n---\nx", "+++\na = 1\n---\nx"),
    ],
)
def test_front_matter_is_left_out_and_nothing_else(text: str, body: str) -> None:
    assert split_front_matter(newlines(text))[1].lstrip("\n") == body


def test_sections_for_an_export_are_the_readers_markdown() -> None:
    text = BARE_NOTE.replace(
        "## Structure\n", "## Structure\n\n```\n<!-- kept -->\n## kept\n```\n\n- one <!-- gone -->\n  - two\n"
    )
    content = note_content(text)
    assert [name for name, _ in content.sections] == NAMES
    assert dict(content.sections)["Structure"] == "```\n<!-- kept -->\n## kept\n```\n\n- one \n  - two"
    assert all(markdown == "" for name, markdown in content.sections if name != "Structure")
    assert content.body.startswith("# Deep Residual Learning\n\n## Problem\n")
    assert "unable" not in content.body


def test_sections_met_twice_and_unknown_ones_are_kept() -> None:
    assert section_texts("## A (required)\nx\n## B\n## A\ny\n# Title\nz\n") == {"A": "x\n\ny", "B": ""}
    assert note_content("## A\n👍\n").sections == (("A", "👍"),)
    assert note_content("## What\nSay it in one line.\nmine", OWN).sections == (("What", "mine"),)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a<!-- b -->c", "ac"),
        ("<!-->a", "a"),
        ("a <!-- b", "a <!-- b"),
        ("`<!-- a -->` <!-- b -->", "`<!-- a -->` "),
        ("--> a", "--> a"),
    ],
)
def test_comments(text: str, kept: str) -> None:
    assert strip_comments(text) == kept


MARKUP = st.lists(
    st.sampled_from(
        [
            "## Problem\n",
            "## ",
            "---\n",
            "<!--",
            "-->",
            "```\n",
            "> ",
            "- ",
            "    ",
            "\t",
            "\n",
            "\r",
            "a",
            "残",
            "`",
            "$",
            "Q:",
            "|",
            "&nbsp;",
            "<b",
            ">",
            "[x]",
            "\x00",
            "\ud800",
            "===\n",
            "key: a\n",
            "# T\n",
            "1. ",
            "\u2028",
        ]
    ),
    max_size=40,
).map("".join)


@given(MARKUP | st.text(st.characters()))
def test_any_text_is_a_note(text: str) -> None:
    for template in (DEFAULT, OWN):
        index = index_note(text, template)
        assert [s.name for s in index.sections] == [s.name for s in template.sections]
        assert index.words >= 0
        note_content(text, template)
    section_texts(text)


@given(MARKUP.filter(lambda text: "-->" not in text), st.sampled_from(["residual", "残差"]))
def test_a_word_is_never_lost_to_search_or_export(text: str, word: str) -> None:
    note = f"# T\n\n{text}\n\n{word}\n"
    if split_front_matter(newlines(note))[1].count(word):
        assert word in index_note(note, DEFAULT).body
        assert word in note_content(note).body


def test_two_megabytes_are_indexed_in_seconds() -> None:
    start = process_time()
    index = index_note("## Problem\n" + "A line of a long note with a good many words.\n" * 43_000, DEFAULT)
    assert index.words == 473_000
    assert process_time() - start < 5


@each(
    "text",
    [
        "A paragraph of a long note.\n\n" * 2_000,
        "<!-- " * 12_500,
        "a <!-- b\n" * 6_250,
        "`<!--" * 12_500,
        "$" + "!" * 62_500,
        "<a " * 20_000,
        "Q" + " " * 62_500 + "x",
        "## " + "(" * 30_000 + " " * 30_000 + "x",
        "---\n" + "a\n" * 15_000,
        "\n" * 62_500,
        "[" * 62_500,
        ">" * 62_500,
        "- " * 30_000,
        "%% " * 20_000,
        "%%\n" * 10_001,
        "- %%\n" * 3_000,
        "> %%\n\n" * 3_000,
        "[//]: # (\n" * 3_000,
        "[//]: # (" + "a\n" * 10_000,
        "<<<<<<< a\n" * 6_250,
        ">>>>>>> a\n=======\n" * 3_500,
        "## Probelm [a](b) #c ^d\n" * 2_500,
        "## a\n" * 3_000,
        "### Problem\n" * 3_000,
        "##Problem\n" * 3_000,
    ],
)
def test_no_text_takes_more_time_than_its_length_deserves(text: str) -> None:
    start = process_time()
    index_note("## Problem\n" + text, DEFAULT)
    note_content(text)
    assert process_time() - start < 2  # 0.15 at most when measured; far more if anything were quadratic
