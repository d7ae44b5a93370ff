"""All that one looks at to begin the day."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from papertrail.domain.goal.progress import GoalProgress
from papertrail.domain.lineages.lineage import LineageProgress

if TYPE_CHECKING:
    from papertrail.domain.goal.forecast import Forecast
    from papertrail.domain.lineages.suggest import Suggestion
    from papertrail.domain.paper import PaperSummary


class Today(NamedTuple):
    """The goal, the way there and the next steps, as they stand at one moment.

    Attributes:
        forecast: None without a goal, or once it is reached or over.
        counted: the days within the goal on which papers were counted towards it, and how many.
        active: the days with papers begun, read or written about, and how many: those since the goal's first
            day, and at least those of the last half year.
        streak: reading days in a row up to today; rest days, pauses and a today not begun do not break it.
        plan: what to read next: the rest of this week's quota, and some more where that is little.
        owed: papers read whose note is not complete, the one longest read first.
        missing: keys of the papers read whose note's file is gone, which was there.
        faded: keys of the papers that could be explained and no longer can, the latest first; left empty
            without an outlook.
    """

    progress: GoalProgress
    forecast: "Forecast | None"
    counted: tuple[tuple[date, int], ...]
    active: Mapping[date, int]
    streak: int
    plan: "tuple[Suggestion, ...]"
    owed: "tuple[PaperSummary, ...]"
    lineages: tuple[LineageProgress, ...]
    faded: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
