"""Questions and answers in the reader's Markdown: which are open, and the text without those."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

# A line may stand in a quote or a list, with a box to tick; the letter may be bold and numbered.
_BEFORE = r"[\s>]*(?:(?:[-*+]|\d{1,3}[.)])\s+)?(?:\[[ xX]\]\s+)?(?P<mark>[*_]{0,3})"
_QUESTION = re.compile(
    rf"{_BEFORE}(?:Q\d{{0,3}}|[问問])(?P<closed>[*_]{{0,3}}) ?[:：] ?[*_]{{0,3}}\s*(?P<text>.*)",
    re.IGNORECASE,
)
_MAY_ASK = re.compile(r"(?:Q\d{0,3}|[问問])[*_]{0,3} ?[:：]", re.IGNORECASE)
_ANSWER = re.compile(
    rf"{_BEFORE}(?:A\d{{0,3}}|答)[*_]{{0,3}} ?[:：] ?[*_]{{0,3}}\s*(?P<text>.*)", re.IGNORECASE
)
_ANSWER_INSIDE = re.compile(r"\s[*_]{0,3}(?:A\d{0,3}[*_]{0,3} ?[:：]|答[:：])\s*\S")


@dataclass(slots=True)
class _Pair:
    """A question, the lines it stands on with an empty `A:` after it, and whether it is answered."""

    words: list[str]
    lines: list[int]
    is_answered: bool = False
    waits: bool = False  # for the words of an answer that begins on the next line
    breaks: list[int] = field(default_factory=list)  # lines after which the answer follows at once

    @property
    def text(self) -> str:
        return " ".join(self.words).strip()


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
    gone = {number for pair in pairs if not pair.is_answered for number in pair.lines}
    broken = {number for pair in pairs for number in pair.breaks}
    lines = enumerate(markdown.split("\n"))
    kept = [f"{line.rstrip()}  " if n in broken else line for n, line in lines if n not in gone]
    return "\n".join(kept).strip("\n")


def _pairs(markdown: str) -> list[_Pair]:
    """Return all questions; what stands in code or headings is none."""
    if not _MAY_ASK.search(markdown):
        return []
    lines = markdown.split("\n")
    pairs: list[_Pair] = []
    in_heading = False
    for token in _markdown().parse(markdown):
        if token.type == "inline" and token.map and not in_heading:
            _read(lines, range(*token.map), pairs)
        in_heading = token.type == "heading_open"
    return [pair for pair in pairs if pair.text]


def _read(lines: list[str], numbers: range, pairs: list[_Pair]) -> None:
    """Read the lines of one paragraph."""
    is_in_question = False
    for number in numbers:
        line = lines[number]
        if asked := _QUESTION.fullmatch(line):
            text = asked["text"].strip()
            if asked["mark"] and not asked["closed"]:  # the whole question is bold
                text = text.removesuffix(asked["mark"])
            pairs.append(_Pair([text], [number], _ANSWER_INSIDE.search(line) is not None))
            is_in_question = True
        elif pairs and (answer := _ANSWER.fullmatch(line)):
            if is_in_question:
                pairs[-1].breaks.append(number - 1)
            is_in_question = False
            pairs[-1].is_answered |= bool(answer["text"].strip())
            pairs[-1].waits = not pairs[-1].is_answered
            if pairs[-1].waits:
                pairs[-1].lines.append(number)
        elif pairs and pairs[-1].waits and line.strip():
            pairs[-1].is_answered, pairs[-1].waits = True, False
        elif is_in_question:
            pairs[-1].words.append(line.strip())
            pairs[-1].lines.append(number)
