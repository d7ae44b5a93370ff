"""The reader's own questions in a part of a note: `Q:` and `A:`, answered or open."""

from collections.abc import Iterator, Sequence

from papertrail.domain.recall.pairs import MAY_ASK, Pair, pairs_in
from papertrail.domain.recall.question import LONGEST_WORDING
from papertrail.domain.text import clean_line, shorten
from papertrail.notebook.comments import strip_comments
from papertrail.notebook.outline import Part, Token


def pairs_of(lines: Sequence[str], part: Part) -> list[Pair]:
    """Return the questions of a part of a note, in order, with what is known of their answers."""
    if not any(MAY_ASK.search(token.content) for token in part.tokens if token.type == "inline"):
        return []
    return [pair for pair in pairs_in(lines, _paragraphs(part.tokens)) if wording_of(pair)]


def _paragraphs(tokens: Sequence[Token]) -> Iterator[range]:
    in_heading = False
    for token in tokens:
        if token.type == "inline" and token.map and not in_heading:
            yield range(*token.map)
        in_heading = token.type == "heading_open"


def wording_of(pair: Pair) -> str:
    """Return what a question asks, clean, on one line and of no more than a line's length."""
    return shorten(clean_line(strip_comments(pair.wording)), LONGEST_WORDING)
