"""Bringing in what other programs keep: a file, what all of it gets, and what would become of each entry."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from papertrail.domain.errors import BadInput, PapertrailError
from papertrail.domain.goal.days import TODAY, parse_day
from papertrail.domain.imports import Fate, ImportReport, Wanted
from papertrail.domain.paper import Status
from papertrail.domain.tags import tags_in
from papertrail.domain.text import clean_line, fold
from papertrail.library import Library
from papertrail.tui.frame.background import UseCaseFailed, WorkTold, in_thread
from papertrail.tui.frame.mark_dialog import TagSuggester
from papertrail.tui.frame.steady import Steady
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.clean_input import CleanInput
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.dialogs import FRAME, AnswerKeys, answer_keys
from papertrail.tui.widgets.forms import FIELDS
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.modal import Modal
from papertrail.tui.widgets.path_suggester import PathSuggester, path_typed
from papertrail.tui.widgets.row_list import RowList

_LOOKING, _IMPORTING = "look", "import"
_WORDS = {Fate.ADDED: "new", Fate.MERGED: "merged", Fate.KNOWN: "known", Fate.SKIPPED: "skipped"}
_DONE = {Fate.ADDED: "added", Fate.MERGED: "merged", Fate.KNOWN: "known already", Fate.SKIPPED: "skipped"}
_TOLD = (Fate.ADDED, Fate.SKIPPED, Fate.MERGED, Fate.KNOWN)
_INKS = {"new": "success", "merged": "primary", "known": "quiet", "skipped": "warning", "amiss": "warning"}
_LONGEST = 24  # cells of a place, and of a key
_BAR = 24  # cells
_STEPS = 50  # times that a long import tells how far it is


class _Row(NamedTuple):
    """One entry, or what could not be read.

    Attributes:
        fate: what becomes of it, in a word.
        why: all that is to be said of it.
    """

    place: str
    fate: str
    key: str
    title: str
    why: str


class Entries(RowList):
    """What would become of each entry: what is left out first, then what is merged, new, and known."""

    DEFAULT_CSS = "Entries { background: $surface; }"

    def __init__(self) -> None:
        super().__init__(header=0, id="entries")
        self._rows: list[_Row] = []
        self._places = self._keys = 0

    def show(self, report: ImportReport) -> None:
        """Show what a report tells."""
        order = (Fate.SKIPPED, Fate.MERGED, Fate.ADDED, Fate.KNOWN)
        rows = [_Row(clean_line(one.place), "amiss", "", "", one.cause) for one in report.problems]
        for fate in order:
            rows += [
                _Row(clean_line(one.place), _WORDS[fate], one.key, clean_line(one.title), one.why)
                for one in report.of(fate)
            ]
        self._rows = rows
        self._places = min(max((cell_len(row.place) for row in rows), default=0), _LONGEST)
        self._keys = min(max((cell_len(row.key) for row in rows), default=0), _LONGEST)
        self.set_count(len(rows))

    @property
    def chosen(self) -> _Row | None:
        """What is under the cursor."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def row_segments(self, index: int, width: int, style: Style, is_cursor: bool) -> list[Segment]:
        """Draw place, fate, key and title; where there is no title, what is wrong."""
        row = self._rows[index]
        quiet = style if is_cursor else style + ink(self, "quiet")
        fate = style if is_cursor else style + ink(self, _INKS[row.fate])
        room = max(width - self._places - self._keys - 14, 8)
        return [
            Segment(f" {fit(row.place, self._places)}  ", quiet),
            Segment(f"{row.fate:<7}  ", fate),
            Segment(f"{fit(row.key, self._keys)}  ", style),
            Segment(fit(row.title or clean_line(row.why), room), style if row.title else quiet),
        ]


class ImportDialog(Steady, Modal[ImportReport | None]):
    """Asks for a file, shows what would become of its entries, and brings them in; gives back what was done.

    Args:
        library: the open trail.
    """

    CSS = (
        FRAME.format(name="ImportDialog")
        + FIELDS.format(name="ImportDialog")
        + "ImportDialog .field { margin: 0; }"
        + "ImportDialog.-shown > Vertical { height: 90%; }"
        + "ImportDialog #entries, ImportDialog #about { display: none; }"
        + "ImportDialog.-shown #entries { display: block; height: 1fr; margin-top: 1; }"
        + "ImportDialog.-shown #about { display: block; height: 2; color: $quiet; }"
        + "ImportDialog #told { height: auto; max-height: 3; margin-top: 1; }"
        + "ImportDialog.-low > Vertical { padding: 0 2; }"
        + "ImportDialog.-low .question, ImportDialog.-low .answer-keys, ImportDialog.-low #told,"
        + " ImportDialog.-low #entries { margin: 0; }"
    )
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012 - Textual's
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "take_in", "Bring it in", tooltip="once it was shown", id="dialog.import"),
        Binding("down", "to_entries", "To the entries", show=False, id="dialog.choices"),
        Binding("slash", "to_file", "Another file", show=False, id="dialog.other_file"),
        Binding("enter", "take_in", "Bring it in", show=False, id="dialog.take"),
        Binding("escape", "leave", "Cancel", id="dialog.cancel"),
    ]

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._shown: tuple[Path, Wanted] | None = None  # of which the entries in sight are
        self._is_leaving = False

    def compose(self) -> ComposeResult:
        """The file, what all of it gets, what would become of it, what is to be told."""
        lineages = [one.name for one in self._library.lineages.all()]
        with Vertical():
            yield Static(Content.styled("Import a file", "bold $primary"), classes="question")
            formats = "BibTeX, RIS, CSL-JSON, CSV, ids; a folder of notes"
            yield self._field("file", formats, PathSuggester())
            yield self._field("lineage", "that all of them join; empty for none", _Names(lineages))
            tags = TagSuggester([one.name for one in self._library.tags.all()])
            yield self._field("tags", "that all of them get", tags)
            yield self._field("status", "as the file says; or read, queued, unread …", _Names(list(Status)))
            yield self._field("read on", f"{self._library.agenda.day()} or today; for read papers only", None)
            yield Entries()
            yield Static("", id="about")
            yield Static("", id="told")
            yield AnswerKeys("", classes="answer-keys")

    def _field(self, name: str, hint: str, suggester: Suggester | None) -> Horizontal:
        field = CleanInput(placeholder=hint, suggester=suggester, id=name.replace(" ", "-"))
        return Horizontal(Static(name), field, classes="field")

    def on_mount(self) -> None:
        """Begin at the file."""
        self._say_keys()

    def is_ready_for(self, key: str) -> bool:
        """Let keys wait while the file is brought in."""
        return not self._works_at(_IMPORTING)

    def _works_at(self, group: str) -> bool:
        return any(one.node is self and one.group == group and not one.is_finished for one in self.workers)

    # What is said

    def _tell(self, text: str, *, warn: bool = False) -> None:
        self.query_one("#told", Static).update(line(text, "$warning" if warn else "$quiet"))

    def _say_keys(self) -> None:
        in_list = isinstance(self.focused, Entries)
        keys = [("⏎", "import"), ("/", "another file")] if in_list else [("⏎", "show what it brings")]
        if self._shown is not None and not in_list:
            keys += [("^s", "import"), ("↓", "to the list")]
        self.query_one(".answer-keys", Static).update(answer_keys(*keys, ("esc", "cancel")))

    def on_descendant_focus(self) -> None:
        """Say what the keys do there."""
        self._say_keys()

    @on(RowList.Moved)
    def _look_at(self, message: RowList.Moved) -> None:
        message.stop()
        row = self.query_one(Entries).chosen
        told = [part for part in (row.title, row.why) if part] if row is not None else []
        self.query_one("#about", Static).update(Content("\n").join(line(part) for part in told))

    @on(UseCaseFailed)
    def _failed(self, message: UseCaseFailed) -> None:
        message.stop()
        self._tell(str(message.error), warn=True)

    def _progress(self, what: str, done: int, of: int) -> None:
        filled = done * _BAR // max(of, 1)
        self._tell(f"{what} {'█' * filled}{'░' * (_BAR - filled)} {done:,} of {of:,}")

    # What is done

    def _wanted(self) -> tuple[Path, Wanted]:
        """Return what stands in the lines.

        Raises:
            BadInput: a line does not say what it is for.
        """
        said = {field.id: field.value.strip() for field in self.query(Input)}
        if not said["file"]:
            raise BadInput("there is no file to import", "type or drop its name")
        status, day = fold(said["status"]), said["read-on"]
        if status and status not in list(Status):
            raise BadInput(f"no status is called {said['status']}", f"one of {', '.join(Status)}")
        if day and status not in ("", Status.READ):
            raise BadInput("the day says when papers were read", "leave it empty, or the status read")
        on_day = None if not day else self._library.agenda.day() if fold(day) == TODAY else parse_day(day)
        meant = Status(status) if status else Status.READ if on_day is not None else None
        wanted = Wanted(said["lineage"] or None, tuple(tags_in(said["tags"])), meant, on_day)
        return path_typed(said["file"]), wanted

    @on(Input.Changed)
    def _typed(self) -> None:
        if self._shown is not None:
            self._shown = None
            self.remove_class("-shown")
            self._say_keys()
        self._tell("")

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self._look()

    @on(RowList.Chosen)
    def _chosen(self, message: RowList.Chosen) -> None:
        message.stop()
        self.action_take_in()

    def _look(self) -> None:
        """Work out what would become of the file, beside the screen."""
        try:
            path, wanted = self._wanted()
        except PapertrailError as error:
            self._tell(str(error), warn=True)
            return

        def look() -> Message:
            report = self._library.imports.preview(
                path, wanted, on_progress=self._teller("looking through it")
            )
            return WorkTold(partial(self._show, report, (path, wanted)))

        self._tell(f"reading {path.name} …")
        in_thread(self, look, group=_LOOKING)

    def _teller(self, what: str) -> "_Teller":
        return _Teller(self, what)

    def _show(self, report: ImportReport, of: tuple[Path, Wanted]) -> None:
        """Show what would become of each entry."""
        if not (report.entries or report.problems):
            self._tell("there is nothing in it", warn=True)
            return
        self._shown = of if report.entries else None
        self.add_class("-shown")
        entries = self.query_one(Entries)
        entries.show(report)
        self._tell(f"{told_of(report)} ({report.format})", warn=bool(report.problems))
        if self._shown is not None:
            entries.focus()
        self._say_keys()

    def action_take_in(self) -> None:
        """Bring in what is shown; what is not shown yet is shown first."""
        if self._shown is None:
            self._look()
            return
        path, wanted = self._shown

        def take_in() -> Message:
            report = self._library.imports.take_in(path, wanted, on_progress=self._teller("bringing it in"))
            return WorkTold(partial(self._taken_in, report))

        self._tell(f"bringing in {path.name} …")
        in_thread(self, take_in, group=_IMPORTING)

    def _taken_in(self, report: ImportReport) -> None:
        self.dismiss(report)

    def action_to_entries(self) -> None:
        """Go to the list."""
        if self._shown is not None:
            self.query_one(Entries).focus()

    def action_to_file(self) -> None:
        """Go back to the name of the file."""
        self.query_one("#file", Input).focus()

    def action_leave(self) -> None:
        """Leave everything as it is."""
        for worker in self.workers:
            if worker.node is self and worker.group == _LOOKING:
                worker.cancel()
        self.dismiss(None)


class _Teller:
    """Tells from a thread how far it is, some times in all.

    Args:
        dialog: that shows it.
        what: is being done.
    """

    def __init__(self, dialog: ImportDialog, what: str) -> None:
        self._dialog = dialog
        self._what = what
        self._told = -1

    def __call__(self, done: int, of: int) -> None:
        """Tell of so many of so many, unless nearly that was told already."""
        step = done * _STEPS // max(of, 1)
        if step != self._told and not get_current_worker().is_cancelled:
            self._told = step
            self._dialog.post_message(WorkTold(partial(self._dialog._progress, self._what, done, of)))


class _Names(Suggester):
    """Completes one of some names, in whatever case it is begun."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._names = names

    async def get_suggestion(self, value: str) -> str | None:
        """Return the first name that begins so."""
        begun = fold(value)
        fitting: Iterator[str] = (name for name in self._names if begun and fold(name).startswith(begun))
        found = next(fitting, None)
        return None if found is None else value + found[len(value) :]


def told_of(report: ImportReport) -> str:
    """Return how many entries became what, in words: what wants a look is not cut off."""
    words = _DONE if report.is_done else {**_DONE, Fate.ADDED: "new", Fate.MERGED: "to be merged"}
    added, *rest = (f"{len(found)} {words[fate]}" if (found := report.of(fate)) else "" for fate in _TOLD)
    amiss = f"{len(report.problems)} amiss" if report.problems else ""
    return ", ".join(part for part in (added, amiss, *rest) if part) or "nothing in it"
