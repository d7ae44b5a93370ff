"""Markdown taken apart without a parser is what the parser makes of it, or left to the parser."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papertrail.domain.plain_markdown import plain_blocks
from papertrail.notebook.comments import know_comments
from tests.examples import examples

PIECES = (
    *("", " ", "  ", "\t", "    ", "\r", "\0", "\x0b", "\u2028", "\u00a0"),
    *(
        "Words of one's own",
        "Wörter",
        "残差",
        "a",
        "x_1",
        "1. one",
        "12",
        "- item",
        "* item",
        "*bold*",
        "> q",
    ),
    *("# Title", "## Problem", "### from paper-3", "####### seven", "#tag", "##", "# a #", "# #", "## C#"),
    *(
        "---",
        "===",
        "***",
        "```",
        "~~~",
        "$$",
        "| a |",
        "&amp;",
        "\\",
        "[1]: x",
        "[//]: # (c)",
        "%%",
        "%% c %%",
    ),
    *(
        "<!--",
        "-->",
        "<!-- one -->",
        "<!-- one --> on",
        "<!-->",
        "<b>",
        "<details>",
        "</details>",
        "<?",
        "(c)",
    ),
)
LINES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=3).map("".join)
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), LINES), max_size=9).map("\n".join)


def _parser(*, of_notes: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    if of_notes:
        parser.core.ruler.enableOnly(["normalize", "block"])
        parser.block.ruler.disable(["reference"])
        know_comments(parser)
    return parser


PARSERS = [_parser(of_notes=of_notes) for of_notes in (True, False)]


@given(TEXTS)
@examples(300)
def test_blocks_are_those_of_the_parser(text: str) -> None:
    blocks = plain_blocks(text)
    if blocks is None:
        return
    for parser in PARSERS:
        tokens = parser.parse(text)
        assert blocks == [(t.type, t.tag, t.level, t.map, t.content, t.markup) for t in tokens]


def test_a_note_of_headings_and_paragraphs_needs_no_parser() -> None:
    note = "# Title\n\n## Problem\n<!-- What was\nin the way? -->\n\nWords,\nand more.\n\n### from paper-3"
    assert plain_blocks(note) is not None
    assert plain_blocks(f"{note}\n- a list") is None
