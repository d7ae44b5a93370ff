"""What the inbox holds, and what a look at the feeds brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from papertrail.domain.inbox.announcement import Announcement
from papertrail.domain.inbox.ranking import Ranked
from papertrail.domain.inbox.watches import Watch
from papertrail.domain.paper import PaperSummary


@dataclass(frozen=True, slots=True)
class NewVersion:
    """arXiv announced another version of a paper that is here; `known` is the one it was fetched at."""

    key: str
    known: int | None
    announcement: Announcement


@dataclass(frozen=True, slots=True)
class Missed:
    """Days whose announcements may never have come: nobody asked before the next ones took their place.

    Attributes:
        days: how many: from Monday to Friday, holidays among them, as nobody knows those before.
        since: the last day whose announcements came.
        ask: for how many days arXiv is to be asked so that none lacks.
    """

    days: int
    since: date
    ask: int


@dataclass(frozen=True, slots=True)
class Contents:
    """All that waits.

    Attributes:
        waiting: in the order wanted; those near before the rest where they are ranked.
        new_versions: of papers of the trail.
        muted: how many wait but are muted.
        watched: what is watched.
        asked: when arXiv was last asked, in the reader's zone.
        missed: the days that lack, of the category that most of them lack of; None where none do.
    """

    waiting: Sequence[Ranked]
    new_versions: Sequence[NewVersion]
    muted: int
    watched: Sequence[Watch]
    asked: datetime | None
    missed: Missed | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What one watched feed or query told.

    Attributes:
        watch: what was asked for.
        announced: arXiv's own date; None where it gives none.
        number: how many papers it holds; none on weekends and holidays.
        new: how many of them were not here before.
        left_out: what is odd about entries that name no paper.
        trouble: why it could not be read; empty when it was.
        older: how many papers of the days asked for were left aside, as there are too many.
    """

    watch: Watch
    announced: date | None = None
    number: int = 0
    new: int = 0
    left_out: tuple[str, ...] = ()
    trouble: str = ""
    older: int = 0


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """What all that is watched told, and how much of it is new.

    Attributes:
        new: papers that wait now and did not before, each once.
        new_versions: how many papers of the trail have another version.
        missed: the days that lack still; None where none do.
    """

    heard: tuple[Heard, ...]
    new: int
    new_versions: int
    missed: Missed | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A paper taken out of the inbox; `is_new` unless it was here before."""

    paper: PaperSummary
    is_new: bool
