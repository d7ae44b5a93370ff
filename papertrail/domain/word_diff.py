"""What changed from one text to another, word by word."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum
from typing import NamedTuple

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_CLAUSES = re.compile(r"[^\n.!?;,。！？；，]*[\n.!?;,。！？；，]+[^\S\n]*|[^\n.!?;,。！？；，]+")
# Scripts without blanks: a character is a word. The blanks behind a word go with it, a line end is a word.
_WORDS = re.compile(
    "\n|[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff][^\\S\n]*"
    "|[^\\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+[^\\S\n]*|[^\\S\n]+|[^\\w\\s][^\\S\n]*"
)
_LEVELS = (_LINES, _CLAUSES, _WORDS)
# Pairs of equal pieces that difflib may look at: a text of one word said 20,000 times would take minutes.
_MOST_PAIRS = 50_000
_LIKE = 0.3  # of 1: what has less in common is told as taken out and put in, not as a mosaic
LINE_END = "¶"
"""Stands for a line end that is the whole change."""


class Mark(Enum):
    """What became of a piece of text."""

    SAME = " "
    REMOVED = "-"
    ADDED = "+"


class Piece(NamedTuple):
    """A piece of text, and what became of it."""

    text: str
    mark: Mark


Line = tuple[Piece, ...]


def word_diff(old: str, new: str) -> list[Line]:
    """Return both texts as one, in lines without their ends, each piece marked.

    First lines are compared, then clauses inside of lines that differ, then words inside of clauses, so that
    20,000 words take well below a second. Blanks alone are no change unless a line has no other.

    Examples:
        >>> word_diff("a deep net", "a deeper net")
        [(Piece(text='a ', mark=<Mark.SAME: ' '>), Piece(text='deep', mark=<Mark.REMOVED: '-'>), \
Piece(text='deeper', mark=<Mark.ADDED: '+'>), Piece(text=' net', mark=<Mark.SAME: ' '>)]
    """
    return list(_in_lines(_joined(_compared(old, new, 0))))


def changed_lines(lines: Sequence[Line], around: int) -> list[tuple[int, int]]:
    """Return where the changed lines are, as ranges that hold so many lines before and after them, too."""
    ranges: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        if any(piece.mark is not Mark.SAME for piece in line):
            start, end = max(number - around, 0), min(number + around + 1, len(lines))
            if ranges and start <= ranges[-1][1]:
                start = ranges.pop()[0]
            ranges.append((start, end))
    return ranges


def _compared(old: str, new: str, level: int) -> Iterator[Piece]:
    """Yield the pieces of two texts, compared by lines, clauses or words, and closer where they differ."""
    if old == new or not old or not new or level == len(_LEVELS):
        yield from _replaced(old, new)
        return
    first, second = _LEVELS[level].findall(old), _LEVELS[level].findall(new)
    is_last = level == len(_LEVELS) - 1
    key: Callable[[str], str] = _without_blanks if is_last else str
    pieces: list[Piece] = []
    for tag, a, b, c, d in _opcodes([*map(key, first)], [*map(key, second)], is_last=is_last):
        was, now = "".join(first[a:b]), "".join(second[c:d])
        if tag == "equal":
            pieces.append(Piece(now, Mark.SAME))
        else:
            pieces += _replaced(was, now) if is_last else _compared(was, now, level + 1)
    if all(piece.mark is Mark.SAME for piece in pieces):  # but for blanks
        pieces = list(_replaced(old, new))
    yield from pieces


def _without_blanks(word: str) -> str:
    return word.rstrip(" \t") or word


def _replaced(old: str, new: str) -> Iterator[Piece]:
    if old == new:
        yield Piece(new, Mark.SAME)
        return
    yield Piece(old, Mark.REMOVED)
    yield Piece(new, Mark.ADDED)


def _opcodes(
    old: Sequence[str], new: Sequence[str], *, is_last: bool
) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield difflib's steps from one sequence to the other; what is the same at both ends costs nothing."""
    least = min(len(old), len(new))
    head = next((n for n in range(least) if old[n] != new[n]), least)
    tail = next((n for n in range(least - head) if old[-1 - n] != new[-1 - n]), least - head)
    yield "equal", 0, head, 0, head
    a, c = old[head : len(old) - tail], new[head : len(new) - tail]
    counts, others = Counter(a), Counter(c)
    pairs = sum(count * others[piece] for piece, count in counts.items())
    common = sum((counts & others).values())
    if pairs > _MOST_PAIRS or not pairs or (is_last and 2 * common < _LIKE * (len(a) + len(c))):
        yield "replace", head, head + len(a), head, head + len(c)
    else:
        for tag, i, j, k, m in SequenceMatcher(None, a, c, autojunk=False).get_opcodes():
            yield tag, head + i, head + j, head + k, head + m
    yield "equal", len(old) - tail, len(old), len(new) - tail, len(new)


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """Return pieces in which each change is one piece taken out and one put in.

    Between two changes, what holds neither letter nor digit counts as changed: it tells nothing.
    """
    joined: list[Piece] = []
    removed = added = between = ""
    for text, mark in pieces:
        if mark is not Mark.SAME:
            removed += between + text if mark is Mark.REMOVED else between
            added += between + text if mark is Mark.ADDED else between
            between = ""
        elif (removed or added) and "\n" not in text and not any(c.isalnum() for c in between + text):
            between += text
        else:
            joined += _change(removed, added, between + text)
            removed = added = between = ""
    return [*joined, *_change(removed, added, between)]


def _change(removed: str, added: str, after: str) -> Iterator[Piece]:
    """Yield a change and what comes after it; blanks at the end of both sides are no part of it."""
    if removed and added:
        blanks = _common_blanks(removed, added)
        removed, added = removed[: len(removed) - blanks], added[: len(added) - blanks]
        after = " " * blanks + after
    marked = (Piece(removed, Mark.REMOVED), Piece(added, Mark.ADDED), Piece(after, Mark.SAME))
    yield from (piece for piece in marked if piece.text)


def _common_blanks(first: str, second: str) -> int:
    first, second = first[len(first.rstrip(" ")) :], second[len(second.rstrip(" ")) :]
    return min(len(first), len(second))


def _in_lines(pieces: Sequence[Piece]) -> Iterator[Line]:
    """Yield pieces line by line."""
    line: list[Piece] = []
    for text, mark in pieces:
        *ended, rest = text.split("\n")
        for words in ended:
            shown = words or (LINE_END if mark is not Mark.SAME and line else "")
            line += [Piece(shown, mark)] if shown else []
            yield tuple(line)
            line = []
        line += [Piece(rest, mark)] if rest else []
    if line:
        yield tuple(line)
