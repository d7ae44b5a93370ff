"""The marks that a merge leaves in a file where both sides changed the same lines."""

import re
from collections.abc import Sequence

_OPENED = re.compile(r"(<{7,})(?: .*)?$")
_BASE = re.compile(r"(\|{7,})(?: .*)?$")
_PARTED = re.compile(r"(={7,})\s*$")
_CLOSED = re.compile(r"(>{7,})(?: .*)?$")


def conflict_marks(lines: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return the numbers of the lines where conflicts begin, and of all lines that are marks.

    A row of equal signs is a mark only between two others: alone it underlines a heading. What is left of a
    conflict that was settled in part counts as one.
    """
    begins: list[int] = []
    marks: list[int] = []
    width = 0  # of the marks of the open conflict
    parted: tuple[int, int] | None = None  # number and width of a row that may part two sides
    for number, line in enumerate(lines):
        if line[:7] not in _STARTS:
            continue
        if opened := _OPENED.match(line):
            begins.append(number)
            marks.append(number)
            width, parted = len(opened[1]), None
        elif found := _PARTED.match(line):
            if len(found[1]) == width:
                marks.append(number)
            parted = (number, len(found[1]))
        elif base := _BASE.match(line):
            if len(base[1]) == width:
                marks.append(number)
        elif closed := _CLOSED.match(line):
            if not width:  # the opening mark is gone
                begins.append(number)
                if parted is not None and parted[1] == len(closed[1]):
                    marks.append(parted[0])
            marks.append(number)
            width, parted = 0, None
    return begins, sorted(marks)


def conflicts_in(text: str) -> list[int]:
    """Return the numbers, from 1, of the lines of a file where conflicts begin."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return []
    from papertrail.notebook.outline import newlines

    begins, _ = conflict_marks(newlines(text).split("\n"))
    return [line + 1 for line in begins]


_STARTS = frozenset(sign * 7 for sign in "<|=>")
