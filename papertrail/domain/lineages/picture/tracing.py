"""From plans to pixels: how high rows and the channels between them are, where cards, notes and lines stand.

A plan counts columns; a line goes down the middle of one, so that two lines are never nearer than a column,
and a line that passes a card stays half a column off.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from papertrail.domain.lineages.map.graph import Graph
from papertrail.domain.lineages.map.parts import Link, corners_of
from papertrail.domain.lineages.map.plan import Plan
from papertrail.domain.lineages.map.ports import width_for_ports
from papertrail.domain.lineages.map.routing import Wire
from papertrail.domain.lineages.mapped import MapPaper
from papertrail.domain.lineages.picture.contents import (
    CardText,
    NoteText,
    card_of,
    note_of,
    text_of,
    width_of_card,
)
from papertrail.domain.lineages.picture.parts import Card, Group, Note, Point, Rect, Route

COLUMN = 12
"""Pixels of a column of a plan."""
_TRACK = 14
_ABOVE, _BELOW = 18, 26  # pixels of a channel before its first track and after its last
_BESIDE = 9  # pixels between a line and what is said of it


@dataclass(frozen=True, slots=True)
class Family:
    """Papers that hang together, by number, with the size of all that is to be drawn of them.

    Attributes:
        notes: what is said of a link, by child and parent.
        tips: what is told when one points at a paper.
        signed: whether it is shown how far one is with the papers.
    """

    papers: Sequence[MapPaper]
    graph: Graph
    texts: Sequence[CardText]
    notes: Mapping[tuple[int, int], NoteText]
    tips: Sequence[Sequence[str]]
    signed: bool


def family_of(
    papers: Sequence[MapPaper],
    parents: Mapping[str, Sequence[str]],
    told: Mapping[Link, str],
    tips: Mapping[str, Sequence[str]],
    years: Sequence[int],
    *,
    signed: bool,
) -> Family:
    """Return papers with their links, measured."""
    number = {paper.key: place for place, paper in enumerate(papers)}
    ups = [[number[key] for key in parents[paper.key]] for paper in papers]
    downs: list[list[int]] = [[] for _ in papers]
    notes: dict[tuple[int, int], NoteText] = {}
    for child, some in enumerate(ups):
        for parent in some:
            downs[parent].append(child)
            if note := note_of(told.get((papers[child].key, papers[parent].key), "")):
                notes[child, parent] = note
    beside: list[dict[int, int]] = [{} for _ in papers]
    for (child, parent), note in notes.items():
        beside[child][parent] = _columns(note.width + _BESIDE)
    widths = [
        max(_columns(width_of_card(paper, signed=signed)), width_for_ports(len(some), list(wide.values())))
        for paper, some, wide in zip(papers, ups, beside, strict=True)
    ]
    texts = [text_of(paper, wide * COLUMN) for paper, wide in zip(papers, widths, strict=True)]
    graph = Graph(ups, downs, widths, years, beside)
    return Family(papers, graph, texts, notes, [tips.get(paper.key, ()) for paper in papers], signed)


class Heights(NamedTuple):
    """Where the rows of a picture lie.

    Attributes:
        cards: upper end of the cards of each row, and how high they are.
        channels: upper end of the channel below each row.
        height: of the whole.
    """

    cards: Sequence[tuple[int, int]]
    channels: Sequence[int]
    tracks: Sequence[int]
    height: int


def heights_of(drawn: Sequence[tuple[Family, Plan]], apart: Mapping[int, int] | None = None) -> Heights:
    """Return the heights of rows that several plans share.

    Args:
        drawn: families and their plans, row for row.
        apart: pixels to leave free above a row besides.
    """
    count = max(len(plan.rows) for _, plan in drawn)
    cards, notes, tracks = [0] * count, [0] * count, [0] * count
    for family, plan in drawn:
        for number, row in enumerate(plan.rows):
            tracks[number] = max(tracks[number], plan.tracks[number])
            for v in row:
                if v < family.graph.size:
                    cards[number] = max(cards[number], family.texts[v].height)
        for (child, _), note in family.notes.items():
            number = plan.grid.rows[child]
            notes[number] = max(notes[number], note.height + 10)
    y = 0
    tops, channels, firsts = [], [], []
    for number in range(count):
        y += notes[number]
        tops.append((y, cards[number]))
        y += cards[number]
        channels.append(y)
        if number + 1 < count:
            y += (apart or {}).get(number + 1, 0)
            firsts.append(y + _ABOVE)
            y += _ABOVE + max(tracks[number] - 1, 0) * _TRACK + _BELOW
    return Heights(tops, channels, firsts, y)


def trace(family: Family, plan: Plan, heights: Heights) -> Group:
    """Return what a plan stands for where its rows have these heights."""
    return _Tracing(family, plan, heights).group()


class _Tracing:
    """A group while it is being drawn, row by row."""

    def __init__(self, family: Family, plan: Plan, heights: Heights) -> None:
        self._family, self._plan, self._heights = family, plan, heights
        self._cards: list[Card] = []
        self._notes: list[Note] = []
        self._routes: list[Route] = []
        self._ways: dict[int, list[Point]] = {}

    def group(self) -> Group:
        """Return the finished group."""
        for number, row in enumerate(self._plan.rows):
            self._put_cards(number, row)
            if number + 1 < len(self._plan.rows):
                self._put_lines(number)
        right = max(card.rect.right for card in self._cards)
        width = max(int(right), self._plan.width * COLUMN)
        return Group(width, self._heights.height, self._cards, self._notes, self._routes)

    def _put_cards(self, number: int, row: Sequence[int]) -> None:
        family, plan = self._family, self._plan
        y, height = self._heights.cards[number]
        for v in row:
            if v < family.graph.size:
                rect = Rect(plan.left[v] * COLUMN, y, family.graph.widths[v] * COLUMN, height)
                paper, text, tip = family.papers[v], family.texts[v], family.tips[v]
                self._cards.append(card_of(paper, rect, text, tip, signed=family.signed))
                self._ways[v] = [(_middle(plan.ports.leaving[v]), y + height)]

    def _put_lines(self, number: int) -> None:
        """Lead all lines from one row to the next."""
        family, plan = self._family, self._plan
        top = self._heights.cards[number + 1][0]
        for v, wire in plan.channels[number].items():
            parent = plan.grid.sources[v]
            for d in plan.grid.downs[v]:
                end = plan.end_of(v, d)
                way = [*self._ways[v], *self._bends(number, wire, end)]
                if d >= family.graph.size:
                    self._ways[d] = way
                    continue
                link = family.papers[d].key, family.papers[parent].key
                self._routes.append(Route(link, corners_of([*way, (_middle(end), top)])))
                if note := family.notes.get((d, parent)):
                    self._notes.append(note.placed(link, _middle(end) + _BESIDE, top - 10))

    def _bends(self, number: int, wire: Wire, end: int) -> list[Point]:
        """Return the corners of a wire on its way to a column through the channel below a row."""
        first = self._heights.tracks[number]
        points: list[Point] = []
        at = wire.top
        for index, (track, column) in enumerate(wire.bends):
            to = column if index + 1 < len(wire.bends) else end
            y = first + track * _TRACK
            points += [(_middle(at), y), (_middle(to), y)]
            at = to
        return points


def _columns(width: float) -> int:
    """Return how many columns hold so many pixels."""
    return ceil(width / COLUMN)


def _middle(column: int) -> float:
    return column * COLUMN + COLUMN / 2
