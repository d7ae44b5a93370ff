"""Lineages told from memory: how long a telling took, and how each paper fared in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from papertrail.domain.lineages.mapped import MapPaper
from papertrail.domain.paper import PaperSummary

_MOST_YEARS = 8  # named on one line


class Mark(StrEnum):
    """How a paper fared in a telling; set by the reader, never by what the text holds."""

    TOLD = "told"
    HELPED = "helped"
    MISSED = "missed"

    @property
    def glyph(self) -> str:
        """The one-cell sign shown beside the word."""
        return {"told": "◉", "helped": "◎", "missed": "◌"}[self]


@dataclass(frozen=True, slots=True)
class Telling:
    """A telling as it is kept.

    Attributes:
        id: the library's number of it.
        lineage: the name of the lineage by now.
        at: when it ended, in the reader's zone.
        on: the reader's date of that.
        words: of the text; an ideograph counts as one.
        file: name of the file that holds the text; empty for one that was spoken.
        marks: by the keys of the papers, in the order of the lineage; papers may have none.
    """

    id: int
    lineage: str
    at: datetime
    on: date
    seconds: int
    words: int
    file: str
    marks: Mapping[str, Mark]

    @property
    def stamp(self) -> str:
        """The moment as a reader names a telling by it: `2026-03-01 09:30`."""
        return f"{self.on} {self.at:%H:%M}"

    @property
    def size(self) -> str:
        """How long it took and how much was written: `2:41, 120 words`, `3:00, spoken`."""
        said = "spoken" if not self.file else f"{self.words} {'word' if self.words == 1 else 'words'}"
        return f"{clock_words(self.seconds)}, {said}"

    @property
    def outcome(self) -> str:
        """How many papers were told, helped and missed; what there is none of is left out."""
        counts = [(list(self.marks.values()).count(mark), mark) for mark in Mark]
        return ", ".join(f"{number} {mark}" for number, mark in counts if number) or "not marked"

    def marked(self, mark: Mark) -> tuple[str, ...]:
        """Return the keys of the papers that got this mark."""
        return tuple(key for key, given in self.marks.items() if given is mark)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A telling that was left before its end.

    Attributes:
        seconds: that it had taken by then.
        shown: keys of the papers whose names the reader had revealed.
        marks: given by then.
    """

    text: str = ""
    seconds: int = 0
    shown: tuple[str, ...] = ()
    marks: Mapping[str, Mark] = field(default_factory=dict)

    @property
    def is_begun(self) -> bool:
        """Whether there is anything to go on with."""
        return bool(self.text.strip() or self.marks or self.shown or self.seconds)


@dataclass(frozen=True, slots=True)
class TellingPage:
    """What a telling begins with.

    Attributes:
        lineage: the library's number of the lineage, by which it is known when it gets another name.
        name: of the lineage.
        papers: in its order.
        links: for each key the keys of the lineage that it builds on.
        minutes: that a telling is to take.
        last: the telling before.
        unfinished: what was left before its end.
    """

    lineage: int
    name: str
    papers: tuple[MapPaper, ...]
    links: Mapping[str, tuple[str, ...]]
    minutes: int
    last: Telling | None = None
    unfinished: Unfinished | None = None

    @property
    def years(self) -> str:
        """What the frames say, in the lineage's order."""
        return " · ".join(map(frame_year, self.papers))

    @property
    def missed(self) -> tuple[str, ...]:
        """Keys of the papers of the lineage that were missed the last time."""
        gone = self.last.marked(Mark.MISSED) if self.last is not None else ()
        return tuple(paper.key for paper in self.papers if paper.key in gone)

    @property
    def last_line(self) -> str:
        """How the last time was, with the years of what was missed: names come later; empty without one."""
        if self.last is None:
            return ""
        years = [frame_year(paper) for paper in self.papers if paper.key in self.missed]
        more = ", …" if len(years) > _MOST_YEARS else ""
        named = f": {', '.join(years[:_MOST_YEARS])}{more}" if years else ""
        return f"last time, {self.last.on}: {self.last.outcome}{named}"


class StoryStep(NamedTuple):
    """One paper of a lineage's story.

    Attributes:
        told: its Markdown, as the story tells it.
        own: what the reader's note says, as Markdown.
    """

    told: str
    own: str


@dataclass(frozen=True, slots=True)
class ToldPaper:
    """One paper of the lineage beside what was told.

    Attributes:
        story: what the lineage's story says of it, as Markdown.
        hints: words of its note that the text does not hold, the most distinctive first.
        echoes: where in the text words of its note stand, as (start, end).
        missed_last: whether it was missed the last time.
    """

    paper: PaperSummary
    story: str
    hints: tuple[str, ...]
    echoes: tuple[tuple[int, int], ...]
    missed_last: bool


def frame_year(paper: MapPaper) -> str:
    """Return what a paper's frame says while its name is hidden."""
    return str(paper.year) if paper.year else "no year"


def clock_words(seconds: int) -> str:
    """Return a span of time as a clock shows it.

    Examples:
        >>> clock_words(161)
        '2:41'
    """
    return f"{seconds // 60}:{seconds % 60:02}"
