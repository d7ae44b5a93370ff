"""What a screen sends out for: dialogs and work in threads, one errand at a time; and the note, written."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from papertrail.domain.text import clean_line, shorten
from papertrail.tui.frame import doors
from papertrail.tui.frame.background import WorkTold, in_thread, tells_failure
from papertrail.tui.frame.host import Host

if TYPE_CHECKING:  # what is not needed for the first frame is not imported for it
    from papertrail.domain.exported import ExportReport
    from papertrail.domain.imports import ImportReport
    from papertrail.domain.paper import PaperSummary
    from papertrail.domain.reports import AddReport, FetchReport, NoteSaved, PdfHere

ERRAND = "errand"
_MOST_NAMED = 3  # papers in one line
_LONGEST_ABOUT = 40  # letters of a lineage's name in that line
Report = TypeVar("Report")


class Errands:
    """Adding, fetching, PDFs, exporting, writing notes.

    Args:
        host: the screen that sends.
    """

    def __init__(self, host: Host) -> None:
        self._host = host

    @property
    def screen(self) -> Screen[Any]:
        """The screen that sends."""
        return self._host.screen

    def tell(self, text: str) -> None:
        """Tell from a worker's thread."""
        if not get_current_worker().is_cancelled:
            self.screen.post_message(WorkTold(partial(self._host.hint, text)))

    def cancel(self) -> None:
        """Stop what is under way; what is stored already stays."""
        for worker in list(self._host.workers):
            if worker.group == ERRAND and not worker.is_finished:
                worker.cancel()
                self._host.hint("stopped; what had arrived is kept")

    def send(
        self,
        work: Callable[[], Report],
        then: Callable[[Report], None],
        *,
        outlived: bool = True,
        beside: bool = False,
    ) -> None:
        """Work in a thread, then do something with its report on the screen.

        Args:
            work: what to do; one thing after the other.
            then: what to do with its report.
            outlived: whether the program may end before the work does.
            beside: whether it may be done beside other work.
        """

        def told() -> Message:
            return WorkTold(partial(then, work()))

        if not beside and any(one.group == ERRAND and not one.is_finished for one in self._host.workers):
            self._host.hint("one thing after the other: esc stops what is under way", warn=True)
            return
        in_thread(self.screen, told, group=ERRAND, exclusive=not beside, outlived=outlived)

    def add(self) -> None:
        """Ask for arXiv ids and add their papers."""
        from papertrail.tui.frame.add_dialog import AddDialog, ImportAsked

        def add(asked: list[str] | str | ImportAsked | None) -> None:
            if isinstance(asked, ImportAsked):
                self.import_file()
            elif isinstance(asked, str):
                self.search(asked)
            elif ids := asked:
                self._add(ids)

        if self._host.is_open:
            self._host.app.push_screen(AddDialog(), add)

    def _add(self, ids: list[str]) -> None:
        """Add papers, beside what is under way; what was typed is not lost when that is stopped."""

        def add() -> "AddReport":
            worker = get_current_worker()
            report = self._host.library.intake.add(
                ids, is_cancelled=lambda: worker.is_cancelled, say=self.tell
            )
            if worker.is_cancelled:
                self.screen.post_message(WorkTold(partial(self._papers_added, report)))
            return report

        self.send(add, self._papers_added, beside=True)

    def search(self, words: str = "") -> None:
        """Search arXiv, and add what is chosen."""
        from papertrail.tui.frame.search_dialog import SearchDialog

        def show(keys: list[str] | None) -> None:
            if keys:
                self._host.show_in_all_papers(keys[0], f"from arXiv: {', '.join(keys)}")

        if self._host.is_open:
            self._host.app.push_screen(SearchDialog(self._host.library, words), show)

    def import_file(self) -> None:
        """Ask for a file of another program's, show what would become of it, and bring it in."""
        from papertrail.tui.frame.import_dialog import ImportDialog

        if self._host.is_open:
            self._host.app.push_screen(ImportDialog(self._host.library), self._imported)

    @tells_failure
    def _imported(self, report: "ImportReport | None") -> None:
        if report is None:
            return
        from papertrail.tui.frame.import_dialog import told_of

        told = f"imported, u takes it back: {told_of(report)}"
        problems = [f"{one.place}: {one.cause}" for one in report.problems[:1]]
        told = "; ".join([told, *problems])
        key = next((entry.key for entry in report.entries if entry.key), "")
        if key:
            self._host.show_in_all_papers(key, told, warn=bool(report.problems))
        else:
            self._host.hint(told, warn=True)

    @tells_failure
    def _papers_added(self, report: "AddReport") -> None:
        told = [f"added {', '.join(p.key for p in report.added)}"] if report.added else []
        told += [f"known already: {', '.join(p.key for p in report.known)}"] if report.known else []
        if report.waiting:
            keys = ", ".join(paper.key for paper in report.waiting)
            told.append(f"added {keys}; the rest comes once arXiv can be asked ({report.why_waiting})")
        told += (
            [f"arXiv left out {', '.join(report.missing)}: check the id, or add it again later"]
            if report.missing
            else []
        )
        told += report.odd[:3]
        told += twins_told(report.twins)
        first = (*report.added, *report.waiting, *report.known)[:1]
        if first:
            self._host.show_in_all_papers(
                first[0].key, "; ".join(told), warn=bool(report.missing or report.odd)
            )
        else:
            self._host.hint("; ".join(told), warn=bool(report.missing or report.odd))

    @tells_failure
    def fetch(self) -> None:
        """Fetch abstracts and dates of all papers that lack them; else what has changed since yesterday."""
        if not self._host.is_open:
            return
        lacking = self._host.library.intake.lacking()
        outdated = 0 if lacking else self._host.library.intake.to_fetch(refresh=True)
        if not (lacking or outdated):
            self._host.hint("every paper that arXiv has comes with its abstract, and was asked for today")
            return
        what = f"for {lacking} abstracts" if lacking else f"what has changed in {outdated} papers"
        self._host.hint(f"asking arXiv {what} … esc stops")

        def fetch() -> "FetchReport":
            worker = get_current_worker()
            return self._host.library.intake.fetch(
                refresh=not lacking,
                on_progress=lambda done, total: self.tell(f"fetched {done} of {total} … esc stops"),
                is_cancelled=lambda: worker.is_cancelled,
                say=self.tell,
            )

        self.send(fetch, self._metadata_fetched)

    def _metadata_fetched(self, report: "FetchReport") -> None:
        self._host.refresh_all()
        missing = report.missing
        told = f"; {len(missing)} left out by arXiv ({_first(missing)}): asked for again" if missing else ""
        told = "; ".join([told, *report.odd[:3], *twins_told(report.twins)])
        told = f"abstracts and dates of {report.fetched} papers fetched{told}"
        if report.changes:  # first, as the line may be cut at its end
            first, *others = report.changes
            more = f" · {len(others)} more changed: {_first([each.partition(':')[0] for each in others])}"
            told = f"{first}{more if others else ''} · {told}"
        self._host.hint(told, warn=bool(missing or report.odd))

    def fetch_pdf(self, key: str) -> None:
        """Fetch the PDF of a paper into the trail."""
        self._host.hint(f"asking arXiv for the PDF of {key} … esc stops")
        told = -1

        def progressed(size: int, total: int | None) -> None:
            nonlocal told
            part = size * 20 // total * 5 if total else size // 1_000_000
            if part != told:
                told = part
                so_far = f"{part} %" if total else f"{part} MB"
                self.tell(f"the PDF of {key}: {so_far} … esc stops")

        def fetch() -> "PdfHere | None":
            worker = get_current_worker()
            return self._host.library.pages.fetch_pdf(
                key, on_progress=progressed, is_cancelled=lambda: worker.is_cancelled, say=self.tell
            )

        self.send(fetch, self._pdf_fetched)

    def _pdf_fetched(self, here: "PdfHere | None") -> None:
        if here is not None:
            self._host.hint(f"the PDF of {here.key} is in the trail: o opens it")

    def export(self) -> None:
        """Write notes, lineages and an index as Markdown."""
        if self._host.is_open:
            self._host.hint("exporting …")
            self.send(self._host.library.exports.write, self._exported, outlived=False)

    def _exported(self, report: "ExportReport") -> None:
        kept = f"; left alone, not ours: {', '.join(report.kept)}" if report.kept else ""
        lost = f"left out, cannot be read: {', '.join(report.unreadable)}; " if report.unreadable else ""
        if report.leading_out:
            lost += f"left out, links out of the trail: {', '.join(report.leading_out)}; "
        told = f"{len(report.written)} files written to {report.folder}, {len(report.unchanged)} unchanged"
        self._host.hint(lost + told + kept, warn=bool(report.kept or lost))

    def edit_note(self, *, at: Callable[[str], tuple[int, int] | None] | None = None) -> None:
        """Write the note of the chosen paper.

        Args:
            at: gives row and column to begin at in the text, as for `doors.edit_note`.
        """
        if (paper := self._chosen()) is not None:
            doors.edit_note(self._host.app, self._host.library, paper.key, at=at, edited=self._note_edited)

    def edit_note_outside(self) -> None:
        """Write the note of the chosen paper in the reader's own editor."""
        if (paper := self._chosen()) is not None:
            doors.edit_note_outside(self._host.app, self._host.library, paper.key, self._note_edited)

    def note_history(self) -> None:
        """Show every text that the note of the chosen paper had."""
        if (paper := self._chosen()) is not None:
            doors.open_history(self._host.app, self._host.library, paper.key)

    @tells_failure
    def review(self, lineage: str | None = None) -> None:
        """Ask what the notes of the chosen papers ask.

        Args:
            lineage: ask about all of its papers, and for its story, instead.
        """
        if not self._host.is_open:
            return
        keys = [] if lineage is not None else [paper.key for paper in self._host.chosen_papers()]
        if lineage is None and not keys:
            self._host.hint(self._host.no_paper(), warn=True)
            return
        day = self._host.library.recall.day(keys, lineage=lineage)
        if not day.asked:
            from papertrail.domain.recall.words import asks_nothing

            about = lineage or (keys[0] if len(keys) == 1 else None)
            about = about and shorten(clean_line(about), _LONGEST_ABOUT)
            self._host.hint(asks_nothing(about))
            return
        doors.begin_review(self._host.app, self._host.library, day)

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
        missing = saved.note.owes
        open_ = f"; {saved.note.open_words}" if saved.note.open_words else ""
        if saved.newly_counted:
            self._host.hint(f"counted: {progress.tally}{open_}")
        elif missing:
            self._host.hint(f"note saved; to count it still needs {missing}")
        else:
            self._host.hint(f"note saved{open_}")


def twins_told(twins: "Sequence[tuple[str, str]]") -> list[str]:
    """Return which papers may be one, and the key that makes one of two, for a line."""
    return [f"{key} may be {other}: = makes one of them" for key, other in twins[:1]]


def _first(names: Sequence[str]) -> str:
    """Return the first few of many names."""
    return f"{', '.join(names[:_MOST_NAMED])}{', …' * (len(names) > _MOST_NAMED)}"
