"""Questions and answers in the reader's Markdown: which are open, and the text without those."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from papertrail.domain.recall.pairs import MAY_ASK, Pair, pairs_in

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_REMEMBERED = 1_000  # sections: a document asks each several times what it asks


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark")


def open_questions(markdown: str) -> Iterator[str]:
    """Yield the questions that no answer follows, each on one line."""
    return (pair.text for pair in _pairs(markdown) if not pair.is_answered)


def without_open_questions(markdown: str) -> str:
    """Return Markdown without the questions that no answer follows; an answer begins on a line of its own."""
    pairs = _pairs(markdown)
    if not pairs:
        return markdown.strip("\n")
    gone = {number for pair in pairs if not pair.is_answered for number in pair.lines}
    broken = {number for pair in pairs for number in pair.breaks}
    lines = enumerate(markdown.split("\n"))
    kept = [f"{line.rstrip()}  " if n in broken else line for n, line in lines if n not in gone]
    return "\n".join(kept).strip("\n")


def is_all_questions(markdown: str) -> bool:
    """Tell whether a text begins with a question: its section asks and answers."""
    pairs = _pairs(markdown)
    if not pairs:
        return False
    first = next((n for n, line in enumerate(markdown.split("\n")) if line.strip()), 0)
    return pairs[0].lines[0] == first


@lru_cache(maxsize=_REMEMBERED)
def _pairs(markdown: str) -> tuple[Pair, ...]:
    """Return all questions; what stands in code or headings is none."""
    if not MAY_ASK.search(markdown):
        return ()
    return tuple(pairs_in(markdown.split("\n"), _paragraphs(markdown)))


def _paragraphs(markdown: str) -> Iterator[range]:
    in_heading = False
    for token in _markdown().parse(markdown):
        if token.type == "inline" and token.map and not in_heading:
            yield range(*token.map)
        in_heading = token.type == "heading_open"
