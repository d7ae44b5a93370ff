"""What a picture consists of, in pixels from its upper left corner; who writes a file only sets it down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from papertrail.domain.lineages.map.parts import Link
from papertrail.domain.lineages.mapped import MapPaper

Point: TypeAlias = tuple[float, float]

ASCENT, DESCENT = 0.98, 0.26  # of a line of text above and below its baseline, in em
HOP = 4
"""Radius of the arc by which a line passes over another."""


class Type(StrEnum):
    """How a text is set."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    KEY = "key"
    YEAR = "year"
    NAME = "name"
    BESIDE = "beside"
    NOTE = "note"
    SCALE = "scale"
    LEGEND = "legend"

    @property
    def size(self) -> float:
        """Of its letters, in pixels."""
        return _SIZES[self]

    @property
    def is_bold(self) -> bool:
        """Whether its letters are."""
        return self in (Type.TITLE, Type.KEY, Type.SCALE)


_SIZES = {
    Type.TITLE: 22.0,
    Type.SUBTITLE: 13.0,
    Type.KEY: 13.5,
    Type.YEAR: 12.0,
    Type.NAME: 11.5,
    Type.BESIDE: 11.5,
    Type.NOTE: 11.5,
    Type.SCALE: 14.0,
    Type.LEGEND: 11.5,
}


class Rect(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.y + self.height

    def moved(self, x: float, y: float) -> "Rect":
        """Return it so much further right and down."""
        return Rect(self.x + x, self.y + y, self.width, self.height)


class Words(NamedTuple):
    """One line of text; `x` is its left end, `y` its baseline, `width` what it takes at most.

    Attributes:
        from_right: whether it is set to the right end of its room.
    """

    type: Type
    x: float
    y: float
    text: str
    width: float
    from_right: bool = False

    @property
    def rect(self) -> Rect:
        """What it covers at most."""
        size = self.type.size
        return Rect(self.x, self.y - ASCENT * size, self.width, (ASCENT + DESCENT) * size)

    def moved(self, x: float, y: float) -> "Words":
        """Return it so much further right and down."""
        return self._replace(x=self.x + x, y=self.y + y)


@dataclass(frozen=True, slots=True)
class Card:
    """A paper.

    Attributes:
        sign: the middle of the sign of its status.
        mark: the middle of the sign beside that; it is only there when the paper has one.
        tip: what is told of it when one points at it, a line each.
        signed: whether the signs are drawn at all.
    """

    paper: MapPaper
    rect: Rect
    sign: Point
    mark: Point
    words: tuple[Words, ...]
    tip: tuple[str, ...] = ()
    signed: bool = True

    def moved(self, x: float, y: float) -> "Card":
        """Return it so much further right and down."""
        return replace(
            self,
            rect=self.rect.moved(x, y),
            sign=(self.sign[0] + x, self.sign[1] + y),
            mark=(self.mark[0] + x, self.mark[1] + y),
            words=tuple(words.moved(x, y) for words in self.words),
        )


@dataclass(frozen=True, slots=True)
class Note:
    """What a paper changed of one it builds on, beside the end of the line between them."""

    link: Link
    words: tuple[Words, ...]
    whole: str

    def moved(self, x: float, y: float) -> "Note":
        """Return it so much further right and down."""
        return replace(self, words=tuple(words.moved(x, y) for words in self.words))


@dataclass(frozen=True, slots=True)
class Route:
    """The way of a link from the lower border of the parent's card to the upper border of the child's."""

    link: Link
    corners: tuple[Point, ...]

    def moved(self, x: float, y: float) -> "Route":
        """Return it so much further right and down."""
        return replace(self, corners=tuple((cx + x, cy + y) for cx, cy in self.corners))


@dataclass(frozen=True, slots=True)
class Strand:
    """A piece of the line that leaves a paper, without branches.

    Attributes:
        links: those whose way it is.
        hops: where it passes over lines of other papers, on its level pieces.
        dimmed: whether all it leads to or comes from stands in another lineage.
    """

    links: tuple[Link, ...]
    corners: tuple[Point, ...]
    hops: tuple[Point, ...] = ()
    dimmed: bool = False


class Dot(NamedTuple):
    """Where the line of a paper branches."""

    at: Point
    dimmed: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """The head of a link's line; hollow where a paper is read and what it builds on is not."""

    link: Link
    tip: Point
    hollow: bool
    dimmed: bool


@dataclass(frozen=True, slots=True)
class Band:
    """The years of a scale.

    Attributes:
        words: the year; None for a stretch of years without papers.
        rect: all that belongs to it.
        ticks: heights of the marks on the scale, one a year.
        is_torn: whether the years of the stretch are too many to be told apart.
    """

    words: Words | None
    rect: Rect
    ticks: tuple[float, ...] = ()
    is_torn: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Papers that hang together, drawn from 0, 0."""

    width: int
    height: int
    cards: Sequence[Card]
    notes: Sequence[Note]
    routes: Sequence[Route]


class Entry(NamedTuple):
    """A line of the legend: the name of a sign, its middle, and what it means."""

    sign: str
    at: Point
    words: Words


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture; `scale` is where the scale of years stands, if there are bands."""

    width: float
    height: float
    heading: tuple[Words, ...]
    cards: Sequence[Card]
    notes: Sequence[Note]
    routes: Sequence[Route]
    strands: Sequence[Strand]
    dots: Sequence[Dot]
    arrows: Sequence[Arrow]
    bands: Sequence[Band]
    scale: float
    legend: Sequence[Entry]
