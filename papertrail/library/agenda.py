"""The day: all that one looks at to begin it, and what to read next."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from papertrail.domain.goal.goal import WEEK
from papertrail.domain.goal.progress import GoalProgress, week_start
from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.library.goals import Goals
from papertrail.library.lineages import Lineages
from papertrail.library.open_trail import OpenTrail
from papertrail.library.papers import Papers
from papertrail.library.settings import Settings
from papertrail.store.queries import papers, progress

if TYPE_CHECKING:
    from papertrail.domain.goal.today import Today
    from papertrail.domain.lineages.suggest import Suggestion

LEAST_SUGGESTED, MOST_SUGGESTED = 6, 10


class Agenda:
    """The use cases of the day; they only read."""

    def __init__(
        self, trail: OpenTrail, papers: Papers, goal: Goals, lineages: Lineages, settings: Settings
    ) -> None:
        self._trail = trail
        self._papers = papers
        self._goal = goal
        self._lineages = lineages
        self._settings = settings

    def day(self) -> date:
        """Return the reader's date."""
        return self._trail.today()

    def today(self, *, outlook: bool = True, plan: bool = True) -> "Today":
        """Return all that one looks at to begin the day.

        Args:
            outlook: whether to work out the forecast and the reading days, half of the work: a first frame
                does without them.
            plan: whether to choose what to read next; left empty otherwise.
        """
        from papertrail.domain.goal.today import Today

        connection = self._trail.database.read()
        standing, days = self._goal.standing()
        active, row = self._reading_days(standing) if outlook else ({}, 0)
        suggested = min(max(standing.week.left, LEAST_SUGGESTED), MOST_SUGGESTED)
        lines = self._lineages.all()
        return Today(
            progress=standing,
            forecast=self._goal.forecast(standing, days) if outlook else None,
            counted=tuple(days),
            active=active,
            streak=row,
            plan=tuple(self._suggested(suggested, lines)) if plan else (),
            owed=tuple(self._papers.summaries(papers.owed_ids(connection))),
            lineages=tuple(lines),
            faded=self.faded() if outlook else (),
            missing=tuple(papers.missing_keys(connection)),
        )

    def faded(self, since: date | None = None) -> tuple[str, ...]:
        """Return the keys of the papers that could be explained and no longer can, the latest first.

        Args:
            since: the day since which they have faded; all of them unless given.
        """
        return self._trail.faded(since)

    def _reading_days(self, standing: GoalProgress) -> tuple[dict[date, int], int]:
        """Return the days on which something was read, and how many in a row.

        They are those since the goal's first day, and at least those of the last half year.
        """
        from papertrail.domain.goal.activity import SHOWN_WEEKS, streak

        since = week_start(standing.today) - SHOWN_WEEKS * WEEK
        if standing.goal is not None:
            since = min(since, standing.goal.start)
        active = progress.active_days(self._trail.database.read(), since)
        return active, streak(active, standing.goal, standing.today)

    def next(self, limit: int = 5, *, depth: int | Literal["all"] | None = None) -> "list[Suggestion]":
        """Return what to read next: what is begun, what is queued, then the next steps of active lineages.

        Args:
            limit: how many at most.
            depth: how many steps down a paper waits for what it builds on; as the trail is set unless given.
        """
        return self._suggested(limit, None, depth)

    def _suggested(
        self, limit: int, lines: Sequence[LineageProgress] | None, depth: int | Literal["all"] | None = None
    ) -> "list[Suggestion]":
        from papertrail.domain.lineages.suggest import Suggestion, suggest
        from papertrail.domain.settings import NEXT_DEPTH
        from papertrail.store.queries.steps import StoredShelves

        steps = self._settings.get(NEXT_DEPTH) if depth is None else depth
        why = dict(suggest(StoredShelves(self._trail.database.read(), lines), limit, steps))
        return [Suggestion(paper, why[paper.id]) for paper in self._papers.summaries(list(why))]
