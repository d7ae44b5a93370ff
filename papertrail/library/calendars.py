"""The plan and the reviews given to programs that keep calendars."""

from datetime import date, timedelta
from pathlib import Path

from papertrail.library.agenda import Agenda
from papertrail.library.exports import Exports
from papertrail.library.goals import Goals
from papertrail.library.open_trail import OpenTrail
from papertrail.library.out_files import file_named
from papertrail.library.recall import Recall
from papertrail.store.queries import recall

MOST_SUGGESTED = 200
_AHEAD = timedelta(days=366)


class Calendars:
    """The use cases of calendars; nothing comes back from them."""

    def __init__(
        self, trail: OpenTrail, agenda: Agenda, goal: Goals, questions: Recall, exports: Exports
    ) -> None:
        self._trail = trail
        self._agenda = agenda
        self._goal = goal
        self._recall = questions
        self._exports = exports

    def document(self) -> str:
        """Return a calendar of what is still to come: papers to read, pauses, the goal's end, reviews."""
        from papertrail.domain.calendar import goal_events, review_events
        from papertrail.domain.goal.goal import DAY
        from papertrail.export.icalendar import icalendar

        today = self._trail.today()
        standing = self._goal.progress()
        events = list(review_events(self._due(today)))
        if standing.goal is not None:
            first = today + DAY if standing.counted_today else today
            papers = [one.paper for one in self._agenda.next(MOST_SUGGESTED, depth="all")]
            events += goal_events(standing.goal, standing.counted, first, papers)
        return icalendar(events, today, recall.trail_guid(self._trail.database.read()))

    def save(self, to: Path) -> Path:
        """Write the calendar to a file and return its path.

        Args:
            to: a file with an ending, else the folder for `papertrail.ics`.

        Raises:
            BadInput: there is a file of that name which is not ours, or was changed since; it stays.
            StorageError: it cannot be written.
        """
        path = file_named(to, "papertrail.ics")
        self._trail.outgoing.write(path, self.document())
        self._exports.remember(path)
        return path

    def _due(self, today: date) -> dict[date, int]:
        """Return how many questions are due by day; what is late, today."""
        due: dict[date, int] = {}
        for _, _, _, due_on, *_ in recall.memories(self._trail.database.read()):
            day = date.fromisoformat(due_on)
            if today < day <= today + _AHEAD:
                due[day] = due.get(day, 0) + 1
        if asked := len(self._recall.day().asked):
            due[today] = asked
        return due
