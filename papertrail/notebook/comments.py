"""Comments in Markdown: HTML's, Obsidian's `%% … %%`, and `[//]: # (…)`; none of them is anybody's text."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_SPECIAL = re.compile(r"\\.|`+|<!--|%%", re.DOTALL)
_CLOSINGS = {"<!--": "-->", "%%": "%%"}
_DEFINITION = re.compile(r"\[(?://|comment)\]:", re.IGNORECASE)
_TITLE = re.compile(r"[ \t]*(?:#|<>)?[ \t]*(?P<mark>[(\"'])?")
_TITLE_ENDS = {"(": ")", '"': '"', "'": "'"}
_LONGEST_DEFINITION = 20_000  # characters
# A definition as it stands in the lines of a note: in a quote or a list, too.
_DEFINED = re.compile(
    r"^(?P<before>(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*)\[(?://|comment)\]:", re.IGNORECASE | re.MULTILINE
)


def strip_comments(text: str) -> str:
    """Return the Markdown of one block without its comments.

    What is not closed, is escaped, or stands in a code span, stays.
    """
    if "]:" in text:
        text = _without_definitions(text)
    return _without_marked(text) if "<!--" in text or "%%" in text else text


@lru_cache(maxsize=200)  # most are the template's, which stand in every note
def _without_marked(text: str) -> str:
    spans = _code_spans(text)
    kept: list[str] = []
    left_open: set[str] = set()
    position = at = 0
    while found := _SPECIAL.search(text, at):
        sign, at = found[0], found.end()
        if sign[0] == "`":
            at = spans.get(found.start(), at)
        elif sign in _CLOSINGS and sign not in left_open:
            closing = text.find(_CLOSINGS[sign], found.start() + 2)  # `<!-->` is a whole comment
            if closing < 0:
                left_open.add(sign)
                continue
            kept.append(text[position : found.start()])
            position = at = closing + len(_CLOSINGS[sign])
    return "".join((*kept, text[position:]))


def _code_spans(text: str) -> dict[int, int]:
    """Return where each run of backticks that opens a code span stands, and where the span ends."""
    if "`" not in text:
        return {}
    runs = [(run.start(), run.end()) for run in re.finditer(r"`+", text)]
    later: dict[int, int] = {}  # width of a run: the end of the next one as wide
    spans: dict[int, int] = {}
    for start, end in reversed(runs):
        if end - start in later:
            spans[start] = later[end - start]
        later[end - start] = end
    return spans


def _without_definitions(text: str) -> str:
    found = _DEFINED.search(text)
    if found is None:
        return text
    kept: list[str] = []
    position = 0
    while found:
        start = found.end("before")
        lines = text[start : start + _LONGEST_DEFINITION].split("\n")
        last = _definition_end(iter(lines))
        kept.append(text[position:start])
        position = start + len("\n".join(lines[: last + 1]))
        found = _DEFINED.search(text, position)
    return "".join((*kept, text[position:]))


def _definition_end(lines: Iterator[str]) -> int:
    """Return on which of these lines the comment ends whose `[//]:` begins the first one.

    A title that is not closed before the next blank line or comment ends where it begins.
    """
    line = next(lines)
    opened = _DEFINITION.match(line)
    assert opened is not None
    title = _TITLE.match(line, opened.end())
    if title is None or title["mark"] is None:
        return 0
    end = _TITLE_ENDS[title["mark"]]
    if end in line[title.end() :]:
        return 0
    for number, line in enumerate(lines, start=1):
        if not line.strip() or _DEFINITION.match(line):
            break
        if line.rstrip().endswith(end):
            return number
    return 0


def know_comments(parser: "MarkdownIt") -> None:
    """Teach a parser that comments on lines of their own are blocks, as it knows it of HTML's."""
    parser.block.ruler.before(
        "fence", "comment", _comment, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def _comment(state: "StateBlock", first: int, end: int, silent: bool) -> bool:
    if state.is_code_block(first):
        return False
    line = _line(state, first)
    if line.startswith("%%"):
        last = _obsidian_end(state, line, first, end)
    elif _DEFINITION.match(line):
        last = first + _definition_end(_line(state, number) for number in range(first, end))
    else:
        return False
    if last is None:
        return False
    if not silent:
        token = state.push("html_block", "", 0)
        token.map = [first, last + 1]
        token.content = state.getLines(first, last + 1, state.blkIndent, True)
        state.line = last + 1
    return True


def _obsidian_end(state: "StateBlock", line: str, first: int, end: int) -> int | None:
    """Return the line on which `%%` closes; None where it does not, or words follow on the same line."""
    while (closing := line.find("%%", 2)) >= 0:
        line = line[closing + 2 :].strip()
        if not line:
            return first
        if not line.startswith("%%"):
            return None
    indent = min(state.sCount[first], state.blkIndent)  # less, where the comment ends a list or quote
    for number in range(first + 1, end):
        if state.isEmpty(number):
            continue
        if state.sCount[number] < indent:
            break
        if "%%" in _line(state, number):
            return number
    return None


def _line(state: "StateBlock", number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]
