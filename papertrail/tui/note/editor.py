"""The note editor: one note, its sections ticked off beside it, and no word lost."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static, TextArea

from papertrail.domain.errors import NoteConflict, PapertrailError, StorageError
from papertrail.domain.note import NoteState, short_section
from papertrail.domain.note_text import NoteLook, NoteText, WritingPlace
from papertrail.domain.reports import NoteSaved
from papertrail.domain.unsaved import Unsaved
from papertrail.library import Library
from papertrail.tui.frame import doors, paper_text
from papertrail.tui.frame.background import UseCaseFailed, in_thread, tells_failure
from papertrail.tui.frame.drafting import Drafting, DraftTold
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.steady import Steady
from papertrail.tui.frame.tabs import PlaceTabs
from papertrail.tui.note.dialogs import conflict_dialog, not_saved_dialog, save_first_dialog, unsaved_dialog
from papertrail.tui.widgets.data_text import line, say
from papertrail.tui.widgets.note_area import NoteArea, can_keep

if TYPE_CHECKING:
    from papertrail.library.notes import Notes
    from papertrail.library.summaries import Summaries

PAUSE = 1.5  # seconds without a key until the sections are looked at
MOST_CHARACTERS = 2_000_000
MOST_LOOKED_AT = 50_000  # characters whose sections are looked at while the reader waits, at 500,000 a second
WIDE = 118  # cells from which the sections stand beside the text
MOST_REMARKS = 2  # where there is little room
FROM_TOP = -1
At: TypeAlias = Callable[[str], tuple[int, int] | None]
KEYS = (
    ("^s", "save"),
    ("^n", "next open section"),
    ("^r", "as saved"),
    ("^t", "earlier texts"),
    ("^f", "find"),
    ("F1", "help"),
    ("esc", "back"),
)
SPARE_KEYS = (("^f", "find"), ("^r", "as saved"), ("^t", "earlier texts"))


class NoteEditor(Steady, Screen[NoteSaved | None]):
    """Edits the note of one paper; gives back the last save, None when nothing was saved.

    Args:
        library: the open trail.
        key: the paper's key.
        section: where to begin, unless at the first one that is open.
        at: gives row and column to begin at in the text, before all that.
        notes: the notes it is one of; those of papers unless given.
    """

    CSS_PATH = "note.tcss"
    AUTO_FOCUS = "NoteArea"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", priority=True, id="editor.save"),
        Binding("ctrl+n", "next_section", "Next open section", priority=True, id="editor.next_section"),
        Binding("ctrl+r", "revert", "Back to the saved text", priority=True, id="editor.revert"),
        Binding("ctrl+t", "history", "Earlier texts", priority=True, id="editor.history"),
        Binding("ctrl+f", "find", "Find anything", tooltip="this note, too", priority=True, id="editor.find"),
        Binding("escape", "leave", "Back", priority=True, id="editor.leave"),
    ]

    class Looked(Message):
        """The unsaved text was looked at: these sections are filled, and there writing goes on.

        Attributes:
            text: that was looked at.
            after: go to the open section after so many characters; None to stay.
        """

        def __init__(self, look: NoteLook, text: str, after: int | None = None) -> None:
            super().__init__()
            self.look = look
            self.text = text
            self.after = after

    def __init__(
        self,
        library: Library,
        key: str,
        section: str = "",
        at: At | None = None,
        *,
        notes: "Notes | Summaries | None" = None,
    ) -> None:
        super().__init__()
        self.is_left_freely = False
        self._library = library
        self._notes = notes or library.notes
        self._key = key
        self._section = section
        self._at = at
        self._area = NoteArea(id="text")
        self._title = Content("")
        self._is_missing = False  # the note's file is gone, which was there
        self._base: str | None = None
        self._on_disk: str | None = None
        self._saved_text = ""
        self._last_save: NoteSaved | None = None
        self._sections: NoteState | None = None
        self._pause: Timer | None = None
        self._draft_at: datetime | None = None  # when what came back was put aside, until it is saved
        self._told_at = ""  # the text when something was told
        self._drafts = Drafting(self)
        self._drafted_text = ""  # that was put aside last, or is about to be
        self._draft_words: str | None = (
            None  # why there is no draft, empty for a draft, None before the first
        )

    def compose(self) -> ComposeResult:
        """Title, text, sections, keys."""
        yield PlaceTabs()
        yield Static("", id="editor-title")
        with Container(id="editor-columns"):
            yield self._area
            yield Static("", id="sections")
        yield MessageLine(always=False)
        yield KeyBar(KEYS, SPARE_KEYS, id="keys")

    def on_mount(self) -> None:
        """Open the note; a draft left behind comes back as unsaved text."""
        try:
            note = self._notes.open(self._key, to_write=True)
            self._notes.refuse_link_out(self._key)
            self._title, self._is_missing = self.look_up()
        except PapertrailError as error:
            self._refuse(str(error))
            return
        if len(note.text) > MOST_CHARACTERS:
            self._refuse("this note is too large for the built-in editor: E opens your own")
            return
        if not can_keep(note.text + (note.draft or "")):
            self._refuse("this note holds characters the built-in editor cannot keep: E opens your own")
            return
        self._take(note)
        if note.draft is not None:
            self._area.note = note.draft
            self._base = note.draft_base  # changed since by another program? then saving says so
            self._draft_at = note.draft_at
            self._drafted_text = note.draft
            say(self, _words_back(note.more_drafts))
        self._show_state()
        if self._at is None or not self._go_at(self._at):
            self._go_to_open_section(after=FROM_TOP)
        else:
            self._look()

    def look_up(self) -> tuple[Content, bool]:
        """Return the title, and whether the note's file is gone, which was there."""
        summary = self._library.papers.get(self._key).summary
        return line(summary.title, "bold"), summary.note_missing

    def _go_at(self, at: At) -> bool:
        """Go to a place in the text; tell whether it is there."""
        place = at(self._area.note)
        if place is not None:
            self._area.move_cursor(place)
            self._area.call_after_refresh(self._area.scroll_cursor_visible, center=True)
        return place is not None

    def hint(self, text: str, *, warn: bool = False) -> None:
        """Tell the reader one line; what is no error goes with the next letter."""
        self._told_at = self._area.note
        self.query_one(MessageLine).tell(text, warn=warn)

    def _refuse(self, why: str) -> None:
        self.dismiss(None)
        say(self.app, why, "warning")

    def _take(self, note: NoteText) -> None:
        """Show a note as it is on the disk."""
        self._base = self._on_disk = note.sha256
        self._saved_text = self._drafted_text = self._area.note = note.text
        self._draft_at = None

    @property
    def is_dirty(self) -> bool:
        """Whether there are words that are not saved."""
        return self._area.note != self._saved_text

    def _show_state(self) -> None:
        self._show_whether(self.is_dirty)

    def _show_whether(self, is_dirty: bool) -> None:
        if is_dirty:
            state = Content.assemble(("unsaved", "bold $warning"), self._draft_state())
        elif self._base is None and self._is_missing:
            state = Content.styled("its note is missing: ^t has its texts", "$warning")
        elif self._base is None:
            state = Content.styled("new note", "$quiet")
        else:
            state = Content.styled("saved", "$success")
        self.query_one("#editor-title", Static).update(
            Content.assemble(state, "  ", self._title), layout=False
        )

    def _draft_state(self) -> Content:
        """Return what became of the draft, as long as the words are not saved."""
        if self._draft_words is None:
            return Content("")
        if self._draft_words:
            return line(f", no draft either: {self._draft_words}", "$warning")
        return Content.styled(", draft kept", "$quiet")

    # While writing

    @on(TextArea.Changed)
    def _changed(self) -> None:
        text = self._area.note
        is_dirty = text != self._saved_text
        if (told := self.query_one(MessageLine)).content and text != self._told_at and not told.holds:
            told.tell("")
        if text != self._drafted_text:
            self._drafted_text = text
            if is_dirty:
                self._drafts.offer(partial(self._notes.keep_draft, self._key, text, self._base))
            else:
                self._drafts.offer(partial(self._notes.discard_draft, self._key))
        self._show_whether(is_dirty)
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._look)

    @on(DraftTold)
    def _draft_told(self, message: DraftTold) -> None:
        if message.trouble != self._draft_words:
            self._draft_words = message.trouble
            self._show_state()

    def _look(self) -> None:
        """Look beside the screen which sections have words by now."""
        text = self._area.note

        def look() -> Message:
            return self.Looked(self._notes.look(self._key, text), text)

        in_thread(self, look, group="sections")

    def keep_draft_now(self) -> None:
        """Put unsaved text aside at once; called when the program is told to end."""
        if self.is_dirty:
            self._drafts.now(partial(self._notes.keep_draft, self._key, self._area.note, self._base))

    def on_unmount(self) -> None:
        """Put unsaved text aside when the program ends with the editor open."""
        with suppress(PapertrailError):
            self.keep_draft_now()
        self._drafts.end()
        self._library.unsaved.let_go(Unsaved.NOTE, self._key)

    @on(Looked)
    def _looked(self, message: Looked) -> None:
        self._show_sections(message.look.state)
        if message.after is not None and message.text == self._area.note:
            self._go(message.look, message.after)

    def on_resize(self, event: events.Resize) -> None:
        """Put the sections beside the text where there is room, else below."""
        if self._sections is not None:
            self._show_sections(self._sections)

    def _guess(self, note: NoteState) -> list[Content]:
        """Return what was guessed and what the key idea is asked for, as long as nothing stands there."""
        idea = next((s for s in note.sections if s.name.casefold().startswith("key idea")), None)
        if idea is None or idea.begun or len(self._area.note) > MOST_LOOKED_AT:
            return []
        from papertrail.domain.seat import DIFFERENCE

        guess = self._library.guesses.in_text(self._area.note)
        if guess is None:
            return []
        on = f" ({guess.on})" if guess.on else ""
        told = Content.assemble((f"you guessed{on}: ", "$quiet"), line(guess.words, "italic"))
        return [told, line(f"{idea.short}: {DIFFERENCE}", "$accent")]

    def _show_sections(self, note: NoteState) -> None:
        self._sections = note
        remarks = [*self._guess(note), *paper_text.remarks(note)]
        if self.size.width >= WIDE:
            apart = [Content("")] if remarks else []
            heading, checklist = paper_text.note_heading(note), paper_text.checklist(note)
            text = Content("\n").join([heading, *apart, *remarks, *apart, *checklist])
        else:
            words = Content.styled(f"{note.words} words", "$quiet")
            text = Content("\n").join(
                [
                    *(one.truncate(self.size.width - 6, ellipsis=True) for one in remarks[:MOST_REMARKS]),
                    Content("   ").join([*paper_text.checklist(note), words]),
                ]
            )
        self.query_one("#sections", Static).update(text)

    @on(UseCaseFailed)
    def _failed(self, message: UseCaseFailed) -> None:
        say(self, str(message.error), "error")

    # Keys

    def action_save(self) -> None:
        """Save the note."""
        self._save(self._base)

    @tells_failure
    def _save(self, base: str | None, *, then_leave: bool = False) -> None:
        text = self._area.note
        if text != self._saved_text or self._base is None:
            self._drafts.forget()
            try:
                saved = self._notes.save(self._key, text, base, draft_at=self._draft_at)
            except NoteConflict as conflict:
                self._ask_about(conflict, then_leave)
                return
            except StorageError as error:
                self._ask_where(error, base, then_leave)
                return
            counted = saved.newly_counted or bool(self._last_save and self._last_save.newly_counted)
            self._last_save = NoteSaved(saved.note, saved.sha256, counted)
            self._base = self._on_disk = saved.sha256
            self._saved_text = text
            self._draft_at = self._draft_words = None
            self._show_state()
            self._show_sections(saved.note)
            self.query_one(PlaceTabs).ask()
            self.hint("this paper counts now" if saved.newly_counted else "")
        if then_leave:
            self.dismiss(self._last_save)

    def _ask_where(self, error: StorageError, base: str | None, then_leave: bool) -> None:
        """Ask what to do with words that the disk does not take, and tell the program why."""

        @tells_failure
        def answered(editor: NoteEditor, answer: str | None) -> None:
            if answer == "elsewhere":
                path = editor._notes.put_elsewhere(editor._key, editor._area.note)
                say(editor, f"your words are in {path}")
            elif answer == "again":
                editor._save(base, then_leave=then_leave)

        self.app.push_screen(not_saved_dialog(error.cause), lambda answer: answered(self, answer))
        self.app.post_message(UseCaseFailed(error))

    def _ask_about(self, conflict: NoteConflict, then_leave: bool) -> None:
        theirs = conflict.theirs

        @tells_failure
        def answered(editor: NoteEditor, answer: str | None) -> None:
            if answer == "mine":
                editor._save(theirs.sha256, then_leave=then_leave)
            elif answer == "theirs":
                is_there = theirs.sha256 is not None
                editor._take(theirs if is_there else editor._notes.open(editor._key))
                editor._show_state()
                editor._look()
                editor._drafts.now(partial(editor._notes.discard_draft, editor._key))

        dialog = conflict_dialog(
            f"{conflict.mine.parent.name}/{conflict.mine.name}", removed=theirs.sha256 is None
        )
        self.app.push_screen(dialog, lambda answer: answered(self, answer))

    def action_revert(self) -> None:
        """Take the saved text back; ctrl+z brings the words back."""
        if self.is_dirty:
            self._area.replace_note(self._saved_text)
            self._base = self._on_disk
            self._draft_at = None
            say(self, "the note as saved; ^z brings your words back")

    def map_place(self) -> tuple[str, str]:
        """Return where the map shows the paper: its first lineage, empty for none, and its key."""
        lineages: tuple[str, ...] = ()
        with suppress(PapertrailError):
            lineages = self._library.papers.get(self._key).summary.lineages
        return next(iter(lineages), ""), self._key

    @tells_failure
    def action_leave(self) -> None:
        """Go back; unsaved words are asked about."""
        if not self.is_dirty:
            self._drafts.now(partial(self._notes.discard_draft, self._key))
            self.dismiss(self._last_save)
            return

        @tells_failure
        def answered(editor: NoteEditor, answer: str | None) -> None:
            if answer == "save":
                editor._save(editor._base, then_leave=True)
            elif answer == "draft":
                editor.keep_draft_now()
                editor.dismiss(editor._last_save)

        self.app.push_screen(unsaved_dialog(), lambda answer: answered(self, answer))

    def action_find(self) -> None:
        """Find anything; a line of this note is gone to here, where the words may not be saved."""

        def to_note(key: str, at: At) -> None:
            if key != self._key:
                doors.edit_note(self.app, self._library, key, at=at)
            elif not self._go_at(at):
                say(self, "these words are not in the note any more", "warning")

        doors.find(self, self._library, note=to_note)

    def action_history(self) -> None:
        """Show every text the note had; unsaved words are saved first, or stay unsaved and in sight."""
        if not self.is_dirty:
            self._open_history()
            return

        def answered(answer: str | None) -> None:
            if answer == "save":
                self.action_save()
                if not self.is_dirty:
                    self._open_history()

        self.app.push_screen(save_first_dialog(), answered)

    def _open_history(self) -> None:
        doors.open_history(self.app, self._library, self._key, self._history_left)

    @tells_failure
    def _history_left(self, restored: NoteSaved | None) -> None:
        """Go on with the note as it is by now; the text one had before comes back with ctrl+z."""
        note = self._notes.open(self._key)
        if note.sha256 != self._base:
            self._area.replace_note(note.text)
            self._base = self._on_disk = note.sha256
            self._saved_text = note.text
            self._show_state()
            self._look()
        self._last_save = restored or self._last_save

    def action_next_section(self) -> None:
        """Put the cursor where the next open section begins."""
        row, column = self._area.cursor_location
        lines = self._area.text.split("\n")[:row]
        self._go_to_open_section(after=sum(map(len, lines)) + row + column)

    @tells_failure
    def _go_to_open_section(self, *, after: int) -> None:
        text = self._area.note
        if len(text) <= MOST_LOOKED_AT:  # at once: what is typed next belongs there
            look = self._notes.look(self._key, text)
            self._show_sections(look.state)
            self._go(look, after)
            return
        if after == FROM_TOP:
            self._area.move_cursor(self._area.document.end)

        def look_there() -> Message:
            return self.Looked(self._notes.look(self._key, text), text, after)

        in_thread(self, look_there, group="look")

    def _go(self, look: NoteLook, after: int) -> None:
        """Go to the first open section after so many characters, or from the top again."""
        is_start = after == FROM_TOP
        place = _asked_for(look, self._section) if is_start else None
        place = place or _next_open(look, after)
        if place is not None:
            self._area.go_to(place)
        elif is_start:
            self._area.move_cursor(self._area.document.end)
        else:
            absent = ", ".join(map(short_section, look.state.missing))
            say(self, f"no heading in this note for {absent}" if absent else "every section has words")


def _words_back(more: int) -> str:
    told = "words that were never saved are back: ^s keeps them, ^r takes the saved note"
    if not more:
        return told
    rest = "one more such text comes" if more == 1 else f"{more} more such texts come"
    return f"{told}; {rest} the next time"


def _asked_for(look: NoteLook, section: str) -> WritingPlace | None:
    return next((place for place in look.places if place.section.casefold() == section.casefold()), None)


def _next_open(look: NoteLook, after: int) -> WritingPlace | None:
    unfilled = {section.name for section in look.state.sections if not section.filled}
    wanted = [place for place in look.places if place.section in unfilled]
    return next((place for place in wanted if place.heading > after), wanted[0] if wanted else None)
