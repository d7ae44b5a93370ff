"""What each paper changed, wrapped into the blank cells beside the line it is about."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from papertrail.domain.lineages.map.cells import label, width_of, wrapped
from papertrail.domain.lineages.map.parts import EdgeText, Link

_NARROWEST = 18  # cells: less of a sentence says nothing
WIDEST = 60
"""Cells of a line of text, however much room there is."""
_LONGEST = 400  # cells of what is looked at
_MOST, _MOST_OF_MANY = 4, 3  # lines of what stands alone, and of each where several stand below each other


class End(NamedTuple):
    """Where a line ends: its column, and whose it is."""

    column: int
    link: Link


class _Block(NamedTuple):
    """Lines of text; their last is in the last row above the boxes, or `above` rows higher.

    `apart` if they stand apart from their line, and say which it is.
    """

    link: Link
    x: int
    lines: tuple[str, ...]
    above: int = 0
    apart: bool = False

    @property
    def right(self) -> int:
        return self.x + max(map(width_of, self.lines))


def captions(
    groups: Sequence[Sequence[End]],
    lines: Sequence[int],
    wanted: Mapping[Link, str],
    room: int,
    *,
    start: int = 0,
) -> list[EdgeText]:
    """Return what is written between two rows of papers, `y` counted from the end of the rows between.

    A text stands right beside the end of its own line: to the right of it, else to the left. Where other
    lines leave no room there, it stands beside all lines of its paper, and says which it is about; else to
    the right of all lines there are, and says of whom.

    Args:
        groups: the lines that end at each paper, from left to right.
        lines: the columns of all lines, those that pass with them, from left to right.
        wanted: what to write of a link.
        room: columns that may be used, up to this one.
        start: and from this one on.
    """
    blocks: list[_Block] = []
    homeless: list[tuple[Sequence[End], list[End]]] = []
    free_from = start
    for ends in groups:
        told = [end for end in ends if label(wanted.get(end.link, ""), _LONGEST)]
        if not told:
            continue
        placed = list(_beside_own(told, lines, wanted, room, free_from))
        if len(placed) < len(told):
            placed = [block for block in placed if block.x < ends[0].column]
            known = {block.link for block in placed}
            others = [end for end in told if end.link not in known]
            taken = max([free_from, *(block.right + 1 for block in placed)])
            placed += _beside_all(ends, others, lines, wanted, room, taken)
        if placed:
            blocks += placed
            free_from = max(free_from, *(block.right + 1 for block in placed))
        else:
            homeless.append((ends, told))
    if homeless and free_from <= lines[-1]:
        blocks += _beyond_all(*homeless[0], lines[-1] + 2, wanted, room)
    return [
        EdgeText(block.link, block.x, -block.above - len(block.lines) + number, text, block.apart)
        for block in blocks
        for number, text in enumerate(block.lines)
    ]


def _text(wanted: Mapping[Link, str], link: Link) -> str:
    return label(wanted[link], _LONGEST)


def _rooms(
    first: int, last: int, lines: Sequence[int], room: int, free_from: int
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return where one may write to the left of some lines, and to the right: from and up to a column."""
    left = max([x + 2 for x in lines if x < first] + [free_from])
    right = min([x - 1 for x in lines if x > last] + [room])
    return (left, first - 1), (last + 2, right)


def _beside_own(
    told: Sequence[End], lines: Sequence[int], wanted: Mapping[Link, str], room: int, free_from: int
) -> Iterator[_Block]:
    """Yield each text that has room beside the end of its own line."""
    for end in told:
        left, right = _rooms(end.column, end.column, lines, room, free_from)
        block = _fitted(end.link, _text(wanted, end.link), left, right, _MOST)
        if block is not None:
            free_from = block.right + 1
            yield block


def _fitted(link: Link, text: str, left: tuple[int, int], right: tuple[int, int], most: int) -> _Block | None:
    """Return a text on the side of a line that holds it all, the right one first, else on the wider one."""
    sides = []
    for side in (right, left):
        cells = min(side[1] - side[0], WIDEST)
        if cells >= min(_NARROWEST, width_of(text)):
            shown = wrapped(text, cells, most)
            is_cut = shown[-1].endswith("…") and not text.endswith("…")
            sides.append((is_cut, -cells if is_cut else 0, side is left, shown))
    if not sides:
        return None
    _, _, is_left, shown = min(sides)
    return _Block(link, left[1] - max(map(width_of, shown)) if is_left else right[0], shown)


def _beside_all(
    ends: Sequence[End],
    told: Sequence[End],
    lines: Sequence[int],
    wanted: Mapping[Link, str],
    room: int,
    free_from: int,
) -> Iterator[_Block]:
    """Yield the texts of one paper below each other on one side of all its lines, where there is room."""
    left, right = _rooms(ends[0].column, ends[-1].column, lines, room, free_from)
    side = max(right, left, key=lambda side: min(side[1] - side[0], WIDEST))
    cells = min(side[1] - side[0], WIDEST)
    if cells < _NARROWEST:
        return
    most = _MOST if len(told) == 1 else _MOST_OF_MANY
    texts = []
    for end in told:
        said = f"from {label(end.link[1], 32)}: " if len(ends) > 1 else ""
        texts.append((end.link, wrapped(said + _text(wanted, end.link), cells, most)))
    x = side[0] if side is right else side[1] - max(width_of(line) for _, some in texts for line in some)
    yield from _below_each_other(texts, x)


def _beyond_all(
    ends: Sequence[End], told: Sequence[End], x: int, wanted: Mapping[Link, str], room: int
) -> Iterator[_Block]:
    """Yield the texts of one paper to the right of all lines, with the key of the paper."""
    cells = min(room - x, WIDEST)
    if cells < _NARROWEST:
        return
    texts = []
    for end in told:
        child, parent = (label(key, 32) for key in end.link)
        said = f"{child} {f'from {parent}' if len(ends) > 1 else 'changed'}: "
        texts.append((end.link, wrapped(said + _text(wanted, end.link), cells, _MOST_OF_MANY)))
    yield from _below_each_other(texts, x)


def _below_each_other(texts: Sequence[tuple[Link, tuple[str, ...]]], x: int) -> Iterator[_Block]:
    above = 0
    for link, lines in reversed(texts):
        yield _Block(link, x, lines, above, apart=True)
        above += len(lines)
