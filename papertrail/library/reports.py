"""What goes out about the goal: a picture, and a report of a week or a month."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.domain.errors import NotFound
from papertrail.domain.goal.goal import DAY, WEEK, Counts
from papertrail.domain.goal.progress import week_start
from papertrail.domain.paper import Status
from papertrail.domain.query.tree import Choice, Query
from papertrail.library.agenda import Agenda
from papertrail.library.notes import Notes
from papertrail.library.open_trail import OpenTrail
from papertrail.library.out_files import write_out
from papertrail.library.papers import Papers
from papertrail.library.search import Search
from papertrail.store.queries import asked, papers

if TYPE_CHECKING:
    from papertrail.domain.goal.today import Today


class Reports:
    """The use cases that tell others how far the reader is."""

    def __init__(
        self, trail: OpenTrail, papers: Papers, search: Search, agenda: Agenda, notes: Notes
    ) -> None:
        self._trail = trail
        self._notes = notes
        self._papers = papers
        self._search = search
        self._agenda = agenda

    def write_picture(self, path: Path) -> "Today":
        """Draw the burn-up chart into an SVG file; return what it shows.

        Raises:
            NotFound: there is no goal.
            BadInput: there is a file of that name which is not ours; it stays.
            StorageError: the file cannot be written; what was there before is as it was.
        """
        today = self._agenda.today(plan=False)
        if today.progress.goal is None:
            raise NotFound("there is no goal to draw", "set one with: papertrail goal set --target 100")
        write_out(self._trail.home, path, self._picture(today))
        return today

    def picture(self) -> str:
        """Return the burn-up chart for a page that has its style; empty without a goal."""
        return self._picture(self._agenda.today(plan=False), within=True)

    def _picture(self, today: "Today", *, within: bool = False) -> str:
        from papertrail.domain.goal import words
        from papertrail.domain.goal.burnup import Burnup
        from papertrail.export.burnup_svg import SUBTITLE_CELLS, burnup_svg

        progress, forecast = today.progress, today.forecast
        goal, day = progress.goal, progress.today
        if goal is None:
            return ""
        title = f"{progress.tally} papers {words.counts_words(goal)}: {words.standing_words(progress)}"
        subtitle = words.span_words(goal, day)
        if forecast is not None:
            lengths = words.forecast_words(forecast, progress), words.chance_words(forecast, progress)
            subtitle = min(lengths, key=lambda told: (len(told) > SUBTITLE_CELLS, -len(told)))
        fan = forecast.fan if forecast else ()
        return burnup_svg(Burnup(goal, day, today.counted, fan), title, subtitle, within=within)

    def render(self, *, month: bool = False, last: bool = False) -> str:
        """Return what was read and noted in this week or month as Markdown.

        Args:
            month: the calendar month instead of the week from Monday.
            last: the one before instead.
        """
        from papertrail.export.report import Report, render_report
        from papertrail.notebook.sections import note_told

        today = self._agenda.today()
        day = today.progress.today
        first, end = _month(day, last) if month else _week(day, last)
        end = min(end, day + DAY)  # what was counted by a clock that was ahead is not of these days
        connection = self._trail.database.read()
        read = self._papers.summaries(papers.read_ids(connection, first, end))
        goal = today.progress.goal
        if goal is not None and goal.counts is Counts.READ:
            counted, owed = read, []
        else:
            counted = self._papers.summaries(papers.counted_ids(connection, first, end))
            owed = [paper for paper in read if paper.owed]
        template = self._trail.notebook.template()
        texts, _ = self._notes.texts(paper.key for paper in counted)  # told when the trail was opened
        notes = {key: note_told(text, template) for key, text in texts.items()}
        return render_report(
            Report(
                today=today,
                first=first,
                last_day=end - DAY,
                counted=counted,
                notes=notes,
                owed=owed,
                begun=self._search.find(Query(Choice("status", (Status.READING,)))),
                asked=list(asked.between(connection, first, end)),
            )
        )


def _week(day: date, last: bool) -> tuple[date, date]:
    start = week_start(day)
    return (start - WEEK, start) if last else (start, start + WEEK)


def _month(day: date, last: bool) -> tuple[date, date]:
    first = day.replace(day=1)
    if last:
        return (first - DAY).replace(day=1), first
    return first, (first.replace(day=28) + 4 * DAY).replace(day=1)
