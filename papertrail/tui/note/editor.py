"""The note editor: one note, its sections ticked off beside it, and no word lost."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from time import monotonic
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

from papertrail.domain.errors import BadInput, NoteConflict, NotFound, PapertrailError, StorageError
from papertrail.domain.note import NoteState, short_section
from papertrail.domain.note_text import NoteLook, NoteText, WritingPlace
from papertrail.domain.reports import NoteSaved
from papertrail.domain.seat import LeftOpen
from papertrail.domain.unsaved import Unsaved
from papertrail.library import Library
from papertrail.tui.frame import doors, paper_text
from papertrail.tui.frame.background import UseCaseFailed, WorkTold, in_thread, tells_failure
from papertrail.tui.frame.drafting import Drafting, DraftTold
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.steady import Steady
from papertrail.tui.frame.tabs import PlaceTabs
from papertrail.tui.note.beside import NOTHING, PARENTS, PREVIEW, Beside
from papertrail.tui.note.dialogs import conflict_dialog, not_saved_dialog, save_first_dialog, unsaved_dialog
from papertrail.tui.note.names import NameList, fitting
from papertrail.tui.note.outline import MOST_JUMPS, NoteOutline
from papertrail.tui.widgets.data_text import line, say
from papertrail.tui.widgets.focus import FocusInPlace
from papertrail.tui.widgets.note_area import NoteArea, Pasted, can_keep
from papertrail.tui.widgets.text_in_place import put_text

if TYPE_CHECKING:
    from papertrail.library.notes import Notes
    from papertrail.library.summaries import Summaries

PAUSE = 1.5  # seconds without a key until the sections are looked at
MOST_CHARACTERS = 2_000_000
MOST_LOOKED_AT = 50_000  # characters whose sections are looked at while the reader waits, at 500,000 a second
SOON = 0.4  # the same while it is shown how the note reads
WIDE = 118  # cells from which the sections stand beside the text
ROOMY = 130  # cells from which the text has all of its measure beside them
WIDEST = 170  # cells from which there are three columns
FROM_TOP = -1
AGES = (4, 10, 20, 30, 60)  # seconds of a draft's age that are told; then whole minutes
LONGEST_ID = 300  # characters of what is pasted that may be an id or an address
At: TypeAlias = Callable[[str], tuple[int, int] | None]
KEYS = (
    ("^s", "save"),
    ("^n", "next needed"),
    ("^o", "side pane"),
    ("^r", "revert"),
    ("^t", "earlier texts"),
    ("^f", "find"),
    ("F1", "help"),
    ("esc", "back"),
)
LINK_KEYS = (("^l", "link it"),)
SPARE_KEYS = (("^f", "find"), ("^r", "revert"), ("^t", "earlier texts"))


class NoteEditor(Steady, FocusInPlace, Screen[NoteSaved | None]):
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
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide"), (ROOMY, "-roomy"), (WIDEST, "-widest")]  # noqa: RUF012
    found_as = "note"
    """What the finder calls a line of a note like this one."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", priority=True, id="editor.save"),
        Binding(
            "ctrl+n",
            "next_section",
            "Next needed section",
            tooltip="when all have words, the next open one",
            priority=True,
            id="editor.next_section",
        ),
        *(
            Binding(f"alt+{number}", f"jump({number})", "To that section", priority=True, id="editor.jump")
            for number in range(1, MOST_JUMPS + 1)
        ),
        Binding(
            "ctrl+o",
            "beside",
            "What stands beside the text",
            tooltip="how it reads, what its parents left open, nothing",
            priority=True,
            id="editor.beside",
        ),
        Binding("ctrl+r", "revert", "Back to the saved text", priority=True, id="editor.revert"),
        Binding("ctrl+t", "history", "Earlier texts", priority=True, id="editor.history"),
        Binding("ctrl+f", "find", "Find anything", tooltip="this note, too", priority=True, id="editor.find"),
        Binding("down", "name(1)", "Next paper of the list", priority=True, id="names.down"),
        Binding("up", "name(-1)", "Paper before in the list", priority=True, id="names.up"),
        Binding("enter,tab", "take_name", "Link to this paper", priority=True, id="names.take"),
        Binding("ctrl+l", "link", "Link what was pasted", priority=True, id="editor.link"),
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
        self._remarks: list[Content] = []
        self._beside = ""  # what the reader wants beside the text; empty as long as that is left to us
        self._limits: Sequence[LeftOpen] = ()
        self._titles: dict[str, str] | None = None  # of papers by key, once a link is begun
        self._offered: tuple[Pasted, str] | None = None  # what was pasted, and the link it would be
        self._pause: Timer | None = None
        self._draft_at: datetime | None = None  # when what came back was put aside, until it is saved
        self._told_at = ""  # the text when something was told
        self._drafts = Drafting(self)
        self._drafted_text = ""  # that was put aside last, or is about to be
        self._draft_kept = 0.0  # seconds of the machine's clock when it was put aside last
        self._age: Timer | None = None
        self._draft_words: str | None = (
            None  # why there is no draft, empty for a draft, None before the first
        )

    def compose(self) -> ComposeResult:
        """Title, text, sections, keys."""
        yield PlaceTabs()
        yield Static("", id="editor-title")
        with Container(id="editor-columns"):
            yield self._area
            with Container(id="editor-right"):
                yield NoteOutline()
                yield Beside()
        yield NameList()
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
        self._show_beside()
        in_thread(self, self._ask_limits, group="limits")

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
        put_text(self.query_one("#editor-title", Static), Content.assemble(state, "  ", self._title))

    def _draft_state(self) -> Content:
        """Return what became of the draft, as long as the words are not saved."""
        if self._draft_words is None:
            left = f", as left on {self._draft_at:%d %b %H:%M}" if self._draft_at else ""
            return Content.styled(left, "$quiet")
        if self._draft_words:
            return line(f", no draft either: {self._draft_words}", "$warning")
        return Content.styled(f", draft kept{age_words(monotonic() - self._draft_kept)}", "$quiet")

    def _tell_age(self) -> None:
        """Tell how old the draft is, and again when that is told in other words."""
        if self._age is not None:
            self._age.stop()
        if self._draft_words == "" and self.is_dirty:
            self._show_state()
            self._age = self.set_timer(next_age(monotonic() - self._draft_kept), self._tell_age)

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
        self._offer_names()
        if self._offered and not self._area.is_there(self._offered[0]):
            self._offered = None
            self._show_keys()
        self._pause = self.set_timer(SOON if self._shown_beside == PREVIEW else PAUSE, self._look)

    @on(DraftTold)
    def _draft_told(self, message: DraftTold) -> None:
        before, self._draft_words = self._draft_words, message.trouble
        self._draft_kept = monotonic()
        if message.trouble == "" and self.is_dirty:
            self._tell_age()
        elif message.trouble != before:
            self._show_state()

    def _look(self) -> None:
        """Look beside the screen which sections have words by now."""
        text = self._area.note

        def look() -> Message:
            return self.Looked(self._notes.look(self._key, text), text)

        in_thread(self, look, group="sections")
        if self._shown_beside == PREVIEW:
            self._preview()

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
        self._area.know_sections(message.text, message.look.places)
        self._show_sections(message.look.state)
        if message.after is not None and message.text == self._area.note:
            self._go(message.look, message.after)

    def on_resize(self, event: events.Resize) -> None:
        """Put the sections beside the text where there is room, else below."""
        self._show_outline()
        self.call_after_refresh(self._show_beside)

    # Links

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tell whether a key has something to do: those of the list of papers only while it is there."""
        if action in ("name", "take_name"):
            return bool(self.query(NameList)) and bool(self.query_one(NameList).chosen)
        return self._offered is not None if action == "link" else True

    def _offer_names(self) -> None:
        """Show which papers a link that is begun may lead to."""
        begun = self._area.link_begun
        if begun is None:
            self.query_one(NameList).close()
        elif self._titles is None:
            self._titles = {}
            in_thread(self, self._ask_titles, group="titles")
        else:
            self.query_one(NameList).offer(fitting(begun, self._titles), self._area.cursor_screen_offset)

    def _ask_titles(self) -> Message:
        titles = self._library.papers.titles()

        def take() -> None:
            self._titles = titles
            self._offer_names()

        return WorkTold(take)

    def action_name(self, step: int) -> None:
        """Choose another paper of the list."""
        self.query_one(NameList).move(step)

    @on(NameList.Taken)
    def action_take_name(self) -> None:
        """End the link with the key of the paper that is chosen."""
        names = self.query_one(NameList)
        if key := names.chosen:
            self._area.end_link(key)
            names.close()

    @on(Pasted)
    @tells_failure
    def _pasted(self, pasted: Pasted) -> None:
        """Offer to make a link of what was pasted, if that is an id or address of one paper."""
        if link := self._link_of(pasted.text):
            self._offered = (pasted, link)
            self.hint(f"^l makes it {link}")
            self._show_keys()

    def _link_of(self, text: str) -> str:
        """Return the link to the paper whose arXiv id or address a text is; empty for any other."""
        if len(text) > LONGEST_ID or len(text.split()) != 1:
            return ""
        from papertrail.domain.arxiv_id import parse_arxiv_id

        try:
            id_ = parse_arxiv_id(text).id
        except BadInput:
            return ""
        try:
            return f"[[{self._library.papers.resolve(id_)}]]"
        except NotFound:
            return f"[arXiv:{id_}](https://arxiv.org/abs/{id_})"

    def action_link(self) -> None:
        """Make the link that was offered of what was pasted; ctrl+z brings that back."""
        if self._offered is not None:
            (pasted, link), self._offered = self._offered, None
            self._area.replace(link, pasted.start, pasted.end, maintain_selection_offset=False)
            self._show_keys()

    def _show_keys(self) -> None:
        self.query_one(KeyBar).set_keys(LINK_KEYS + KEYS if self._offered else KEYS)
        self.refresh_bindings()

    # Beside the text

    def _ask_limits(self) -> Message | None:
        """Ask what the papers it builds on left open."""
        limits = self._limits_of_parents()

        def take() -> None:
            self._limits = limits
            self._show_beside()

        return WorkTold(take) if limits else None

    def _limits_of_parents(self) -> Sequence[LeftOpen]:
        try:
            return self._library.guesses.seat(self._key).limits
        except PapertrailError:  # told elsewhere: a note is written all the same
            return ()

    @property
    def _shown_beside(self) -> str:
        """What is shown beside the text, or below it: what the reader wants, as far as there is any."""
        if self._beside and not (self._beside == PARENTS and not self._limits):
            return self._beside
        if self.size.width < WIDE:
            return NOTHING
        return PARENTS if self._limits else PREVIEW

    def _show_beside(self) -> None:
        if not self.is_mounted:
            return
        beside, shown = self.query_one(Beside), self._shown_beside
        if (is_seen := shown != NOTHING) != beside.display:
            beside.display = is_seen
            self.call_after_refresh(self._show_beside)  # its width is known then
        elif shown == PARENTS:
            beside.show_parents(self._limits)
        elif shown == PREVIEW:
            self._preview()

    def _preview(self) -> None:
        """Set the note beside the screen as it reads by now."""
        text, beside = self._area.note, self.query_one(Beside)
        width = beside.column_width(1)

        def render() -> Message:
            return Beside.Rendered(beside.render_note(self._notes.read_as(text), width))

        in_thread(self, render, group="preview")

    @on(Beside.Rendered)
    def _rendered(self, message: Beside.Rendered) -> None:
        if self._shown_beside == PREVIEW:
            self.query_one(Beside).show_note(message.read, self._area.section_in_hand)

    def action_beside(self) -> None:
        """Show something else beside the text, or below it where there is no room beside."""
        order = [NOTHING, PREVIEW, *([PARENTS] if self._limits else [])]
        self._beside = order[(order.index(self._shown_beside) + 1) % len(order)]
        self._show_beside()

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
        self._remarks = [*self._guess(note), *paper_text.remarks(note)]
        self._show_outline()

    def _show_outline(self) -> None:
        if self._sections is not None:
            is_wide = self.size.width >= WIDE
            outline = self.query_one(NoteOutline)
            outline.show(self._sections, self._remarks, self._area.section_in_hand, wide=is_wide)

    @on(TextArea.SelectionChanged)
    def _moved(self) -> None:
        """Mark the section that the cursor is in."""
        if self._area.link_begun is None:
            self.query_one(NameList).close()
        if self._area.moved_to_another_section():
            self._show_outline()
            self.query_one(Beside).follow(self._area.section_in_hand)

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
            self.hint(_saved_words(saved))
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
        """Close the list of papers; else go back, unsaved words are asked about."""
        if (names := self.query_one(NameList)).chosen:
            names.close()
            return
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

        doors.find(self, self._library, **{self.found_as: self._go_to_found})

    def _go_to_found(self, key: str, at: At) -> None:
        """Go to a line that was found in a note like this one."""
        if key != self._key:
            self.open_another(key, at)
        elif not self._go_at(at):
            say(self, "these words are not in the note any more", "warning")

    def open_another(self, key: str, at: At) -> None:
        """Open another note at a place in it."""
        doors.edit_note(self.app, self._library, key, at=at)

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
        """Put the cursor where the next section begins that is needed, or else open."""
        row, column = self._area.cursor_location
        lines = self._area.text.split("\n")[:row]
        self._go_to_open_section(after=sum(map(len, lines)) + row + column)

    @tells_failure
    def _go_to_open_section(self, *, after: int) -> None:
        text = self._area.note
        if len(text) <= MOST_LOOKED_AT:  # at once: what is typed next belongs there
            self._go(self._look_now(text), after)
            return
        if after == FROM_TOP:
            self._area.move_cursor(self._area.document.end)

        def look_there() -> Message:
            return self.Looked(self._notes.look(self._key, text), text, after)

        in_thread(self, look_there, group="look")

    def _look_now(self, text: str) -> NoteLook:
        """Look at the sections, and show them."""
        look = self._notes.look(self._key, text)
        self._area.know_sections(text, look.places)
        self._show_sections(look.state)
        return look

    def _go(self, look: NoteLook, after: int) -> None:
        """Go to the next section that wants words after so many characters, or from the top again."""
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

    @on(NoteOutline.Chosen)
    def _chosen(self, message: NoteOutline.Chosen) -> None:
        self.action_jump(message.number)

    @tells_failure
    def action_jump(self, number: int) -> None:
        """Go to where writing goes on in one of the sections, by its number in the list of them."""
        text = self._area.note
        if len(text) > MOST_LOOKED_AT:
            self._jump_by_heading(number)
            return
        look = self._look_now(text)
        sections = look.state.sections
        if number > len(sections):
            say(self, f"this note has {len(sections)} sections")
        elif (place := _asked_for(look, sections[number - 1].name)) is None:
            say(self, f"no heading in this note for {sections[number - 1].short}")
        else:
            self._area.go_to(place)

    def _jump_by_heading(self, number: int) -> None:
        """Go below a heading; where writing goes on in a text as long would take too long to find."""
        sections = self._sections.sections if self._sections else ()
        if number > len(sections) or not self._area.go_below_heading(sections[number - 1].name):
            say(self, "no such heading in this note as it was looked at last")


def age_words(seconds: float) -> str:
    """Return how long ago something was; nothing where that is hardly a moment."""
    if seconds < AGES[0]:
        return ""
    if seconds < AGES[-1]:
        return f" {max(age for age in AGES if age <= seconds)} s ago"
    return f" {int(seconds // 60)} min ago"


def next_age(seconds: float) -> float:
    """Return in how many seconds that is told in other words."""
    return next((age for age in AGES if age > seconds), 60 * (seconds // 60 + 1)) - seconds


def _words_back(more: int) -> str:
    told = "words that were never saved are back: ^s keeps them, ^r takes the saved note"
    if not more:
        return told
    rest = "one more such text comes" if more == 1 else f"{more} more such texts come"
    return f"{told}; {rest} the next time"


def _saved_words(saved: NoteSaved) -> str:
    """Return what saving comes to: that the paper counts by now, or what is still missing for that."""
    if saved.newly_counted:
        return "this paper counts now"
    note = saved.note
    if note.owes:
        return f"saved; to count it still needs {note.owes}"
    return f"saved; {note.open_words}" if note.open_words else f"saved, {note.length}; nothing is missing"


def _asked_for(look: NoteLook, section: str) -> WritingPlace | None:
    return next((place for place in look.places if place.section.casefold() == section.casefold()), None)


def _next_open(look: NoteLook, after: int) -> WritingPlace | None:
    """Return the next place in a needed section without its words; without any, in one that is open."""
    missing = set(look.state.missing)
    unfilled = {section.name for section in look.state.sections if not section.filled}
    wanted = [place for place in look.places if place.section in missing]
    wanted = wanted or [place for place in look.places if place.section in unfilled]
    return next((place for place in wanted if place.heading > after), wanted[0] if wanted else None)
