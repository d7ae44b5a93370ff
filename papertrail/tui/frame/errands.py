"""What the main screen sends out for: other screens, dialogs, and work in threads."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from papertrail.domain.note import short_section
from papertrail.domain.paper import PaperSummary
from papertrail.library import Library
from papertrail.tui.frame.background import in_thread, tells_failure

if TYPE_CHECKING:  # what is not needed for the first frame is not imported for it
    from papertrail.domain.reports import AddReport, ExportReport, FetchReport, NoteSaved

ERRAND = "errand"


class Errands(Screen[None]):
    """Adding, fetching, exporting, editing; one at a time, escape stops it."""

    class Progressed(Message):
        """An errand tells how it is going."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class PapersAdded(Message):
        """arXiv has answered what was asked to be added."""

        def __init__(self, report: "AddReport") -> None:
            super().__init__()
            self.report = report

    class MetadataFetched(Message):
        """Abstracts and dates have been fetched."""

        def __init__(self, report: "FetchReport") -> None:
            super().__init__()
            self.report = report

    class Exported(Message):
        """The Markdown files are written."""

        def __init__(self, report: "ExportReport") -> None:
            super().__init__()
            self.report = report

    @property
    def library(self) -> Library:
        """The open trail."""
        raise NotImplementedError

    def chosen_paper(self) -> PaperSummary | None:
        """Return the paper under the cursor."""
        raise NotImplementedError

    def hint(self, text: str, *, warn: bool = False) -> None:
        """Tell the reader one line."""
        raise NotImplementedError

    def refresh_all(self, *, show: str | None = None) -> None:
        """Read everything again."""
        raise NotImplementedError

    def refresh_paper(self) -> None:
        """Read the chosen paper again."""
        raise NotImplementedError

    def _tell(self, text: str) -> None:
        """Tell from a worker's thread."""
        if not get_current_worker().is_cancelled:
            self.post_message(self.Progressed(text))

    @on(Progressed)
    def _progressed(self, message: Progressed) -> None:
        self.hint(message.text)

    def cancel_errand(self) -> None:
        """Stop what is under way; what is stored already stays."""
        for worker in list(self.workers):
            if worker.group == ERRAND and not worker.is_finished:
                worker.cancel()
                self.hint("stopped; what had arrived is kept")

    def _send(self, work: Callable[[], Message], *, outlived: bool = True) -> None:
        if any(worker.group == ERRAND and not worker.is_finished for worker in self.workers):
            self.hint("one thing after the other: esc stops what is under way", warn=True)
            return
        in_thread(self, work, group=ERRAND, outlived=outlived)

    def action_add(self) -> None:
        """Ask for arXiv ids and add their papers."""
        from papertrail.tui.widgets.dialogs import AddDialog

        def add(ids: list[str] | None) -> None:
            if ids:
                self._send(lambda: self.PapersAdded(self.library.intake.add(ids, say=self._tell)))

        if self.is_open:
            self.app.push_screen(AddDialog(), add)

    @property
    def is_open(self) -> bool:
        """Whether the trail is open."""
        raise NotImplementedError

    @on(PapersAdded)
    @tells_failure
    def _papers_added(self, message: PapersAdded) -> None:
        report = message.report
        told = [f"added {', '.join(p.key for p in report.added)}"] if report.added else []
        told += [f"known already: {', '.join(p.key for p in report.known)}"] if report.known else []
        told += [f"arXiv has no paper {', '.join(report.missing)}"] if report.missing else []
        first = (*report.added, *report.known)[:1]
        if first:
            self.show_in_all_papers(first[0].key)
        self.hint("; ".join(told), warn=bool(report.missing))

    def show_in_all_papers(self, key: str) -> None:
        """Put the cursor on a paper, among all papers."""
        raise NotImplementedError

    @tells_failure
    def action_fetch(self) -> None:
        """Fetch abstracts and dates of all papers that lack them."""
        if not self.is_open:
            return
        lacking = self.library.intake.lacking()
        if not lacking:
            self.hint("every paper that arXiv has comes with its abstract already")
            return
        self.hint(f"asking arXiv for {lacking} abstracts … esc stops")

        def fetch() -> Message:
            worker = get_current_worker()
            report = self.library.intake.fetch(
                on_progress=lambda done, total: self._tell(f"fetched {done} of {total} … esc stops"),
                is_cancelled=lambda: worker.is_cancelled,
                say=self._tell,
            )
            return self.MetadataFetched(report)

        self._send(fetch)

    @on(MetadataFetched)
    def _metadata_fetched(self, message: MetadataFetched) -> None:
        self.refresh_all()
        missing = message.report.missing
        unknown = f"; arXiv does not know {', '.join(missing)}" if missing else ""
        self.hint(
            f"abstracts and dates of {message.report.fetched} papers fetched{unknown}", warn=bool(missing)
        )

    def action_export(self) -> None:
        """Write notes, lineages and an index as Markdown."""
        if self.is_open:
            self.hint("exporting …")
            self._send(lambda: self.Exported(self.library.exports.write()), outlived=False)

    @on(Exported)
    def _exported(self, message: Exported) -> None:
        report = message.report
        kept = f"; left alone, not ours: {', '.join(report.kept)}" if report.kept else ""
        told = f"{len(report.written)} files written to {report.folder}, {len(report.unchanged)} unchanged"
        self.hint(told + kept, warn=bool(report.kept))

    def open_paper(self, key: str) -> None:
        """Open a paper's own screen."""
        from papertrail.tui.paper.screen import PaperScreen

        self.app.push_screen(PaperScreen(self.library, key))

    def action_edit_note(self) -> None:
        """Write the note of the chosen paper."""
        if (paper := self.chosen_paper()) is not None:
            self.edit_note(paper.key)

    def edit_note(self, key: str) -> None:
        """Open the built-in editor on a note."""
        from papertrail.tui.note.editor import NoteEditor

        self.app.push_screen(NoteEditor(self.library, key), self._note_edited)

    def action_edit_note_outside(self) -> None:
        """Write the note of the chosen paper in the reader's own editor."""
        from papertrail.tui.note.external_editor import edit_outside

        if (paper := self.chosen_paper()) is not None:
            self._note_edited(edit_outside(self.app, self.library, paper.key))

    @tells_failure
    def _note_edited(self, saved: "NoteSaved | None") -> None:
        self.refresh_paper()
        if saved is None:
            return
        progress = self.library.goal.progress()
        missing = ", ".join(short_section(name) for name in saved.note.missing)
        if saved.newly_counted:
            self.hint(f"counted: {progress.tally}")
        elif missing:
            self.hint(f"note saved; to count it still needs {missing}")
        else:
            self.hint("note saved")

    def action_help(self) -> None:
        """Explain keys, signs and words."""
        from papertrail.tui.frame.help import HelpScreen

        self.app.push_screen(HelpScreen(self))
