"""The first sentence of what a reader wrote, with the parser of Markdown and without."""

from hypothesis import given
from hypothesis import strategies as st

from papertrail.export.sentences import first_sentence
from tests.examples import examples

_PIECES: tuple[str, ...] = (
    "Share the map.",
    " e.g. this, at 0.2 s",
    "### A",
    "- item",
    "> quoted",
    "1. one",
    "中文。",
    "é!",
)
_PIECES += ("<!-- c -->", "*em*", "`c`", "  ", "\t", "---", "| a |", "https", "…")
lines = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=3).map("".join)


@examples(300)
@given(st.lists(lines, max_size=5).map("\n".join))
def test_the_parser_is_left_out_only_where_it_makes_no_difference(text: str) -> None:
    parsed = first_sentence(f"{text}\n\n*the end*")  # what is emphasised is parsed
    assert parsed == (first_sentence(text) or parsed)
