"""What a screen sends out for: dialogs and work in threads, one errand at a time; and the note, written."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from papertrail.domain.note import short_section
from papertrail.tui.frame import doors
from papertrail.tui.frame.background import WorkTold, in_thread, tells_failure
from papertrail.tui.frame.host import Host

if TYPE_CHECKING:  # what is not needed for the first frame is not imported for it
    from papertrail.domain.paper import PaperSummary
    from papertrail.domain.reports import AddReport, ExportReport, FetchReport, NoteSaved

ERRAND = "errand"
Report = TypeVar("Report")


class Errands:
    """Adding, fetching, exporting, writing notes.

    Args:
        host: the screen that sends.
    """

    def __init__(self, host: Host) -> None:
        self._host = host

    @property
    def screen(self) -> Screen[Any]:
        """The screen that sends."""
        return self._host.screen

    def _tell(self, text: str) -> None:
        """Tell from a worker's thread."""
        if not get_current_worker().is_cancelled:
            self.screen.post_message(WorkTold(partial(self._host.hint, text)))

    def cancel(self) -> None:
        """Stop what is under way; what is stored already stays."""
        for worker in list(self._host.workers):
            if worker.group == ERRAND and not worker.is_finished:
                worker.cancel()
                self._host.hint("stopped; what had arrived is kept")

    def _send(
        self, work: Callable[[], Report], then: Callable[[Report], None], *, outlived: bool = True
    ) -> None:
        """Work in a thread, then do something with its report on the screen."""

        def told() -> Message:
            return WorkTold(partial(then, work()))

        if any(worker.group == ERRAND and not worker.is_finished for worker in self._host.workers):
            self._host.hint("one thing after the other: esc stops what is under way", warn=True)
            return
        in_thread(self.screen, told, group=ERRAND, outlived=outlived)

    def add(self) -> None:
        """Ask for arXiv ids and add their papers."""
        from papertrail.tui.frame.add_dialog import AddDialog

        def add(ids: list[str] | None) -> None:
            if ids:
                self._send(lambda: self._host.library.intake.add(ids, say=self._tell), self._papers_added)

        if self._host.is_open:
            self._host.app.push_screen(AddDialog(), add)

    @tells_failure
    def _papers_added(self, report: "AddReport") -> None:
        told = [f"added {', '.join(p.key for p in report.added)}"] if report.added else []
        told += [f"known already: {', '.join(p.key for p in report.known)}"] if report.known else []
        if report.waiting:
            keys = ", ".join(paper.key for paper in report.waiting)
            told.append(f"added {keys}; the rest comes once arXiv can be asked ({report.why_waiting})")
        told += [f"arXiv has no paper {', '.join(report.missing)}"] if report.missing else []
        told += report.odd[:3]
        first = (*report.added, *report.waiting, *report.known)[:1]
        if first:
            self._host.show_in_all_papers(
                first[0].key, "; ".join(told), warn=bool(report.missing or report.odd)
            )
        else:
            self._host.hint("; ".join(told), warn=bool(report.missing or report.odd))

    @tells_failure
    def fetch(self) -> None:
        """Fetch abstracts and dates of all papers that lack them."""
        if not self._host.is_open:
            return
        lacking = self._host.library.intake.lacking()
        if not lacking:
            self._host.hint("every paper that arXiv has comes with its abstract already")
            return
        self._host.hint(f"asking arXiv for {lacking} abstracts … esc stops")

        def fetch() -> "FetchReport":
            worker = get_current_worker()
            return self._host.library.intake.fetch(
                on_progress=lambda done, total: self._tell(f"fetched {done} of {total} … esc stops"),
                is_cancelled=lambda: worker.is_cancelled,
                say=self._tell,
            )

        self._send(fetch, self._metadata_fetched)

    def _metadata_fetched(self, report: "FetchReport") -> None:
        self._host.refresh_all()
        missing = report.missing
        told = f"; arXiv does not know {', '.join(missing)}" if missing else ""
        told += f"; {'; '.join(report.odd[:3])}" if report.odd else ""
        self._host.hint(
            f"abstracts and dates of {report.fetched} papers fetched{told}", warn=bool(missing or report.odd)
        )

    def export(self) -> None:
        """Write notes, lineages and an index as Markdown."""
        if self._host.is_open:
            self._host.hint("exporting …")
            self._send(self._host.library.exports.write, self._exported, outlived=False)

    def _exported(self, report: "ExportReport") -> None:
        kept = f"; left alone, not ours: {', '.join(report.kept)}" if report.kept else ""
        lost = f"left out, cannot be read: {', '.join(report.unreadable)}; " if report.unreadable else ""
        told = f"{len(report.written)} files written to {report.folder}, {len(report.unchanged)} unchanged"
        self._host.hint(lost + told + kept, warn=bool(report.kept or lost))

    def edit_note(self) -> None:
        """Write the note of the chosen paper."""
        if (paper := self._chosen()) is not None:
            doors.edit_note(self._host.app, self._host.library, paper.key, edited=self._note_edited)

    def edit_note_outside(self) -> None:
        """Write the note of the chosen paper in the reader's own editor."""
        if (paper := self._chosen()) is not None:
            doors.edit_note_outside(self._host.app, self._host.library, paper.key, self._note_edited)

    def note_history(self) -> None:
        """Show every text that the note of the chosen paper had."""
        if (paper := self._chosen()) is not None:
            doors.open_history(self._host.app, self._host.library, paper.key)

    def _chosen(self) -> "PaperSummary | None":
        """Return the paper under the cursor; where there is none, say so."""
        paper = self._host.chosen_paper()
        if paper is None and self._host.is_open:
            self._host.hint(self._host.no_paper(), warn=True)
        return paper

    @tells_failure
    def _note_edited(self, saved: "NoteSaved | None") -> None:
        self._host.refresh_paper()
        if saved is None:
            return
        progress = self._host.library.goal.progress()
        missing = ", ".join(short_section(name) for name in saved.note.missing)
        if saved.newly_counted:
            self._host.hint(f"counted: {progress.tally}")
        elif missing:
            self._host.hint(f"note saved; to count it still needs {missing}")
        else:
            self._host.hint("note saved")
