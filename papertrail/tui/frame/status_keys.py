"""The keys that say how far the reader is with the paper under the cursor."""

from typing import Any

from textual.binding import Binding, BindingType
from textual.screen import Screen

from papertrail.domain.note import short_section
from papertrail.domain.paper import PaperQuery, PaperSummary, Status
from papertrail.tui.frame.background import tells_failure
from papertrail.tui.frame.host import Host

STATUS_BINDINGS: list[BindingType] = [
    Binding("s", "next_status", "Next status", tooltip="unread → reading → read", id="status.next"),
    Binding("S", "previous_status", "Status back", tooltip="read → reading → unread", id="status.previous"),
    Binding("w", "set_status('queued')", "Queue", tooltip="want to read it soon", id="status.queue"),
    Binding("d", "set_status('dropped')", "Drop", tooltip="not going to read it", id="status.drop"),
    Binding(
        "shift+up,K",
        "move_in_queue(-1)",
        "Earlier in the queue",
        tooltip="or in its lineage",
        id="status.earlier",
    ),
    Binding(
        "shift+down,J",
        "move_in_queue(1)",
        "Later in the queue",
        tooltip="or in its lineage",
        id="status.later",
    ),
    Binding("u", "set_status('unread')", "Mark unread", tooltip="as if never begun", id="status.unread"),
]


class StatusKeys:
    """Sets the status of the chosen papers and tells what it means for the goal.

    Args:
        host: the screen with the papers.
    """

    def __init__(self, host: Host) -> None:
        self._host = host

    @property
    def screen(self) -> Screen[Any]:
        """The screen with the papers."""
        return self._host.screen

    def next(self) -> None:
        """One step on with the chosen papers."""
        self._set_statuses({paper.key: paper.status.next for paper in self._host.chosen_papers()})

    def previous(self) -> None:
        """One step back with the chosen papers."""
        self._set_statuses({paper.key: paper.status.previous for paper in self._host.chosen_papers()})

    def set(self, status: str) -> None:
        """Give the chosen papers a status."""
        self._set_statuses({paper.key: Status(status) for paper in self._host.chosen_papers()})

    @tells_failure
    def _set_statuses(self, wanted: dict[str, Status]) -> None:
        if not wanted:
            return
        changes = []
        for status in dict.fromkeys(wanted.values()):
            changes += self._host.library.statuses.set(
                [key for key, one in wanted.items() if one is status], status
            )
        self._host.refresh_paper()
        papers, gaps = [change.paper for change in changes], [change.gap for change in changes if change.gap]
        told = self._told_of(papers[0]) if len(papers) == 1 else self._told_of_all(papers)
        if gaps:
            gap = gaps[0] if len(papers) == 1 else f"{len(gaps)} build on papers still to be read"
            told = f"{told}; {gap}"
        self._host.hint(told)

    def _told_of_all(self, papers: list[PaperSummary]) -> str:
        words = [f"{sum(p.status is status for p in papers)} {status}" for status in Status]
        told = ", ".join(word for word in words if not word.startswith("0 "))
        return f"{len(papers)} papers: {told}; {self._host.library.goal.progress().tally} counted"

    @tells_failure
    def move_in_queue(self, rows: int) -> None:
        """Move the chosen papers up or down in the queue."""
        papers = self._host.chosen_papers()
        queued = [paper.key for paper in papers if paper.status is Status.QUEUED]
        if not queued:
            self._host.hint("not in the queue: w puts it there", warn=True)
            return
        keys = [paper.key for paper in self._host.library.papers.find(PaperQuery(status=Status.QUEUED))]
        keys = self._host.library.statuses.move_in_queue(queued, max(keys.index(queued[0]) + rows, 0))
        self._host.refresh_queue(queued[0])
        self._host.hint(f"{queued[0]} is number {keys.index(queued[0]) + 1} of {len(keys)} in the queue")

    def _told_of(self, paper: PaperSummary) -> str:
        progress = self._host.library.goal.progress()
        if progress.takes(paper):
            return f"{paper.key} counts: {progress.tally}"
        if paper.owed:
            missing = ", ".join(
                short_section(name) for name in self._host.library.papers.get(paper.key).note.missing
            )
            return f"{paper.key} is read; to count, its note still needs {missing}: press e"
        return f"{paper.key} is {paper.status}"
