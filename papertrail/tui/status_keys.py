"""The keys that say how far the reader is with the paper under the cursor."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from papertrail.domain.note import short_section
from papertrail.domain.paper import PaperSummary, Status
from papertrail.tui.background import tells_failure
from papertrail.tui.errands import Errands


class StatusKeys(Errands):
    """Sets the status of the chosen paper and tells what it means for the goal."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "next_status", "Next status", tooltip="unread → reading → read", id="status.next"),
        Binding(
            "S", "previous_status", "Status back", tooltip="read → reading → unread", id="status.previous"
        ),
        Binding("w", "set_status('queued')", "Queue", tooltip="want to read it soon", id="status.queue"),
        Binding("d", "set_status('dropped')", "Drop", tooltip="not going to read it", id="status.drop"),
        Binding("u", "set_status('unread')", "Mark unread", tooltip="as if never begun", id="status.unread"),
    ]

    def action_next_status(self) -> None:
        """One step on with the chosen paper."""
        if (paper := self.chosen_paper()) is not None:
            self._set_status(paper, paper.status.next)

    def action_previous_status(self) -> None:
        """One step back with the chosen paper."""
        if (paper := self.chosen_paper()) is not None:
            self._set_status(paper, paper.status.previous)

    def action_set_status(self, status: str) -> None:
        """Give the chosen paper a status."""
        if (paper := self.chosen_paper()) is not None:
            self._set_status(paper, Status(status))

    @tells_failure
    def _set_status(self, paper: PaperSummary, status: Status) -> None:
        (change,) = self.library.set_status([paper.key], status)
        self.refresh_paper()
        self.hint(self._told_of(change.paper))

    def _told_of(self, paper: PaperSummary) -> str:
        if paper.counted:
            progress = self.library.progress()
            return f"{paper.key} counts: {progress.counted} of {progress.goal.target}"
        if paper.owed:
            missing = ", ".join(short_section(name) for name in self.library.paper(paper.key).note.missing)
            return f"{paper.key} is read; to count, its note still needs {missing}: press e"
        return f"{paper.key} is {paper.status}"
