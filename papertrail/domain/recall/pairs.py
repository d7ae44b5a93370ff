"""Questions and answers as readers write them: `Q:` and `A:` in lists and quotes, bold, numbered, Chinese."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

# A line may stand in a quote or a list, with a box to tick; the letter may be bold and numbered.
_BEFORE = r"[\s>]*(?:(?:[-*+]|\d{1,3}[.)])\s+)?(?:\[[ xX]\]\s+)?(?P<mark>[*_]{0,3})"
_QUESTION = re.compile(
    rf"{_BEFORE}(?:Q\d{{0,3}}|[问問])(?P<closed>[*_]{{0,3}}) ?[:：] ?[*_]{{0,3}}\s*(?P<text>.*)",
    re.IGNORECASE,
)
MAY_ASK = re.compile(r"(?:Q\d{0,3}|[问問])[*_]{0,3} ?[:：]", re.IGNORECASE)
"""Found in every text that holds a question."""
_ANSWER = re.compile(
    rf"{_BEFORE}(?:A\d{{0,3}}|答)[*_]{{0,3}} ?[:：] ?[*_]{{0,3}}\s*(?P<text>.*)", re.IGNORECASE
)
_ANSWER_INSIDE = re.compile(r"\s[*_]{0,3}(?:A\d{0,3}[*_]{0,3} ?[:：]|答[:：])[*_]{0,3}\s*(?=\S)")


@dataclass(slots=True)
class Pair:
    """A question and what is known of its answer.

    Attributes:
        words: of the question, a piece a line.
        lines: numbers of the lines of the question, and of an empty `A:` after it.
        is_answered: whether words stand behind its `A:`.
        answer_at: line and column where the answer begins; None where there is no `A:`.
        waits: whether the words of the answer may begin on a later line.
        breaks: lines after which the answer follows at once.
    """

    words: list[str]
    lines: list[int]
    is_answered: bool = False
    answer_at: tuple[int, int] | None = None
    waits: bool = False
    breaks: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The question as it stands on its lines, on one line."""
        return " ".join(self.words).strip()

    @property
    def wording(self) -> str:
        """The question alone, where its answer stands on the same line."""
        inside = _ANSWER_INSIDE.search(self.text)
        return self.text[: inside.start()].strip() if inside else self.text


def pairs_in(lines: Sequence[str], paragraphs: Iterable[range]) -> list[Pair]:
    """Return the questions of a Markdown text in order.

    Args:
        lines: of the text.
        paragraphs: numbers of the lines of each paragraph; what stands elsewhere, as in code, asks nothing.
    """
    pairs: list[Pair] = []
    for numbers in paragraphs:
        _read(lines, numbers, pairs)
    return [pair for pair in pairs if pair.text]


def _read(lines: Sequence[str], numbers: range, pairs: list[Pair]) -> None:
    """Read the lines of one paragraph."""
    is_in_question = False
    for number in numbers:
        line = lines[number]
        if asked := _QUESTION.fullmatch(line):
            text = asked["text"].strip()
            if asked["mark"] and not asked["closed"]:  # the whole question is bold
                text = text.removesuffix(asked["mark"])
            inside = _ANSWER_INSIDE.search(line, asked.start("text"))
            answer_at = None if inside is None else (number, inside.end())
            pairs.append(Pair([text], [number], inside is not None, answer_at))
            is_in_question = True
        elif pairs and (answer := _ANSWER.fullmatch(line)):
            if is_in_question:
                pairs[-1].breaks.append(number - 1)
            is_in_question = False
            pairs[-1].answer_at = pairs[-1].answer_at or (number, answer.start("text"))
            pairs[-1].is_answered |= bool(answer["text"].strip())
            pairs[-1].waits = not pairs[-1].is_answered
            if pairs[-1].waits:
                pairs[-1].lines.append(number)
        elif pairs and pairs[-1].waits and line.strip():
            pairs[-1].is_answered, pairs[-1].waits = True, False
        elif is_in_question:
            pairs[-1].words.append(line.strip())
            pairs[-1].lines.append(number)
