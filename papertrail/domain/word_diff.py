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
_MOST_PAIRED = 400  # of old lines times new ones that are looked at for which has become which
_BROKEN_ANEW = 0.85
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
    pieces = list(_joined(_compared(old, new, 0)))
    lines = list(_in_lines(pieces))
    is_told = any(piece.mark is not Mark.SAME for line in lines for piece in line)
    return lines if is_told or old == new else list(_in_lines(pieces, blank_lines=True))


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
        elif is_last:
            gone = was and not _blanks_before(second, c)
            pieces += _replaced(_blanks_before(first, a) + was if gone else was, now)
        elif level == 0 and 1 < (b - a) * (d - c) <= _MOST_PAIRED and not _is_broken_anew(was, now):
            for one, other in _paired(first[a:b], second[c:d]):
                pieces += _compared(one, other, level + 1)
        else:
            pieces += _compared(was, now, level + 1)
    if all(piece.mark is Mark.SAME for piece in pieces):  # but for blanks
        pieces = list(_replaced(old, new))
    yield from pieces


def _blanks_before(words: Sequence[str], at: int) -> str:
    """Return the blanks that go with the word before one."""
    word = words[at - 1] if at else ""
    return word[len(_without_blanks(word)) :]


def _counted(text: str) -> Counter[str]:
    return Counter(word.rstrip() for word in _WORDS.findall(text) if not word.isspace())


def _alike(words: Counter[str], others: Counter[str]) -> float:
    """Return how much of two texts is the same, from 0 to 1."""
    return 2 * (words & others).total() / max(words.total() + others.total(), 1)


def _is_broken_anew(old: str, new: str) -> bool:
    """Tell whether lines were split or joined rather than written."""
    return _alike(_counted(old), _counted(new)) >= _BROKEN_ANEW


def _paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Return lines beside those they have become, in order; beside "" where there is none."""
    words, others = ([*map(_counted, lines)] for lines in (old, new))

    def likeness(a: int, c: int) -> float:
        if not words[a] and not others[c]:
            return _LIKE / 2  # blank lines stay, if nothing else asks for them
        alike = _alike(words[a], others[c])
        return alike if alike >= _LIKE else 0.0

    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]  # of the lines from here on
    like = [[likeness(a, c) for c in range(len(new))] for a in range(len(old))]
    for a in reversed(range(len(old))):
        for c in reversed(range(len(new))):
            best[a][c] = max(best[a + 1][c], best[a][c + 1], like[a][c] + best[a + 1][c + 1])
    pairs: list[tuple[str, str]] = []
    a = c = 0
    while a < len(old) or c < len(new):
        if a < len(old) and c < len(new) and like[a][c] and best[a][c] == like[a][c] + best[a + 1][c + 1]:
            pairs.append((old[a], new[c]))
            a, c = a + 1, c + 1
        elif a < len(old) and (c == len(new) or best[a][c] == best[a + 1][c]):
            pairs.append((old[a], ""))
            a += 1
        else:
            pairs.append(("", new[c]))
            c += 1
    return pairs


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
        # Signs are found the same beside words that are; by themselves they would tear sentences apart.
        junk = _is_sign if is_last else None
        for tag, i, j, k, m in SequenceMatcher(junk, a, c, autojunk=False).get_opcodes():
            yield tag, head + i, head + j, head + k, head + m
    yield "equal", len(old) - tail, len(old), len(new) - tail, len(new)


def _is_sign(word: str) -> bool:
    return not any(character.isalnum() for character in word)


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


def _in_lines(pieces: Sequence[Piece], *, blank_lines: bool = False) -> Iterator[Line]:
    """Yield pieces line by line; blank lines that came or went are marked if that is to be told."""
    line: list[Piece] = []
    for text, mark in pieces:
        *ended, rest = text.split("\n")
        for words in ended:
            shown = words or (LINE_END if mark is not Mark.SAME and (line or blank_lines) else "")
            line += [Piece(shown, mark)] if shown else []
            yield tuple(line)
            line = []
        line += [Piece(rest, mark)] if rest else []
    if line:
        yield tuple(line)
