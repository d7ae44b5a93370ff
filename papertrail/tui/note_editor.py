"""The note editor: one note, its sections ticked off below, and no word lost."""

from typing import ClassVar

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static, TextArea
from textual.widgets.text_area import TextAreaTheme

from papertrail.domain.errors import NoteConflict, PapertrailError
from papertrail.domain.note import NoteState, NoteText
from papertrail.domain.reports import NoteSaved
from papertrail.library import Library
from papertrail.tui.background import UseCaseFailed, in_thread
from papertrail.tui.data_text import line, say
from papertrail.tui.dialogs import conflict_dialog, unsaved_dialog
from papertrail.tui.key_bar import KeyBar

PAUSE = 1.5  # seconds without a key until the text is put aside and the sections are looked at
MOST_COLOURED_LINES = 2_000
MOST_CHARACTERS = 2_000_000
MARKDOWN_COLOURS = """
(atx_heading (inline) @heading)
(setext_heading (paragraph) @heading)
[(atx_h1_marker) (atx_h2_marker) (atx_h3_marker) (atx_h4_marker) (atx_h5_marker) (atx_h6_marker)] @marker
[(setext_h1_underline) (setext_h2_underline) (thematic_break) (block_quote_marker)] @marker
[(list_marker_plus) (list_marker_minus) (list_marker_star)] @marker
[(list_marker_dot) (list_marker_parenthesis)] @marker
[(html_block) (minus_metadata)] @quiet
[(fenced_code_block) (indented_code_block)] @code
"""
KEYS = (("^s", "save"), ("^n", "next open section"), ("^r", "as saved"), ("esc", "back"))


class NoteEditor(Screen[NoteSaved | None]):
    """Edits the note of one paper; gives back the last save, None when nothing was saved.

    Args:
        library: the open trail.
        key: the paper's key.
    """

    CSS_PATH = "styles/note_editor.tcss"
    AUTO_FOCUS = "TextArea"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", priority=True, id="editor.save"),
        Binding("ctrl+n", "next_section", "Next open section", priority=True, id="editor.next_section"),
        Binding("ctrl+r", "revert", "Back to the saved text", priority=True, id="editor.revert"),
        Binding("escape", "leave", "Back", priority=True, id="editor.leave"),
    ]

    class Looked(Message):
        """The unsaved text was looked at: these sections are filled."""

        def __init__(self, note: NoteState) -> None:
            super().__init__()
            self.note = note

    def __init__(self, library: Library, key: str) -> None:
        super().__init__()
        self._library = library
        self._key = key
        self._base: str | None = None
        self._saved_text = ""
        self._last_save: NoteSaved | None = None
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, text, sections, keys."""
        yield Static("", id="editor-title")
        yield TextArea("", soft_wrap=True, show_line_numbers=False, tab_behavior="indent", id="text")
        yield Static("", id="sections")
        yield KeyBar(KEYS, id="keys")

    def on_mount(self) -> None:
        """Open the note; a draft left behind comes back as unsaved text."""
        try:
            note = self._library.open_note(self._key)
        except PapertrailError as error:
            say(self, str(error), "error")
            self.dismiss(None)
            return
        if len(note.text) > MOST_CHARACTERS:
            say(self, "this note is too large for the built-in editor: E opens your own", "warning")
            self.dismiss(None)
            return
        area = self.query_one(TextArea)
        self._colour(area)
        self._take(note)
        if note.draft is not None:
            area.text = note.draft
            say(self, "words that were never saved are back: ^s keeps them, ^r takes the saved note")
        self._cursor_to_open_section(from_top=True)
        self._show_title()
        self._look()

    def _colour(self, area: TextArea) -> None:
        """Colour headings, prompts, lists and code in the colours of the program's theme."""
        import tree_sitter_markdown
        from tree_sitter import Language

        area.register_language("markdown", Language(tree_sitter_markdown.language()), MARKDOWN_COLOURS)
        colours = self.app.theme_variables
        accent, quiet = Style(color=colours["primary"], bold=True), Style(color=colours["quiet"])
        code = Style(color=colours["secondary"])
        styles = {"heading": accent, "marker": quiet, "quiet": quiet, "code": code}
        area.register_theme(TextAreaTheme("papertrail", syntax_styles=styles))
        area.theme = "papertrail"
        area.language = "markdown"

    def _take(self, note: NoteText) -> None:
        """Show a note as it is on the disk."""
        area = self.query_one(TextArea)
        self._base = note.sha256
        self._saved_text = note.text
        if note.text.count("\n") > MOST_COLOURED_LINES:
            area.language = None
        area.text = note.text

    @property
    def is_dirty(self) -> bool:
        """Whether there are words that are not saved."""
        return bool(self.query(TextArea)) and self.query_one(TextArea).text != self._saved_text

    def _show_title(self) -> None:
        paper = self._library.paper(self._key).summary
        state = ("● unsaved", "bold $warning") if self.is_dirty else ("saved", "$success")
        if self._base is None and not self.is_dirty:
            state = ("new note", "$quiet")
        title = Content.assemble(state, "  ", line(paper.title, "bold"))
        self.query_one("#editor-title", Static).update(title)

    # While writing

    @on(TextArea.Changed)
    def _changed(self) -> None:
        self._show_title()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._paused)

    def _paused(self) -> None:
        self._look()
        if self.is_dirty:
            text, base = self.query_one(TextArea).text, self._base
            in_thread(self, lambda: self._library.keep_draft(self._key, text, base), group="draft")

    def _look(self) -> None:
        text = self.query_one(TextArea).text
        in_thread(self, lambda: self.Looked(self._library.note_state(self._key, text)), group="look")

    @on(Looked)
    def _looked(self, message: Looked) -> None:
        self._show_sections(message.note)

    def _show_sections(self, note: NoteState) -> None:
        parts: list[Content] = []
        for section in note.sections:
            name = section.short
            if section.filled:
                parts.append(Content.assemble(("✓ ", "$success"), line(name)))
            elif section.required:
                parts.append(Content.assemble(("○ ", "bold $warning"), line(name, "$warning")))
            else:
                parts.append(Content.assemble(("· ", "$quiet"), line(name, "$quiet")))
        words = Content.styled(f"{note.words} words", "$quiet")
        self.query_one("#sections", Static).update(Content("   ").join([*parts, words]))

    def keep_draft_now(self) -> None:
        """Put unsaved text aside at once; called when the program is told to end."""
        if self.is_dirty:
            self._library.keep_draft(self._key, self.query_one(TextArea).text, self._base)

    @on(UseCaseFailed)
    def _failed(self, message: UseCaseFailed) -> None:
        say(self, str(message.error), "error")

    # Keys

    def action_save(self) -> None:
        """Save the note."""
        self._save(self._base)

    def _save(self, base: str | None, *, then_leave: bool = False) -> None:
        text = self.query_one(TextArea).text
        if text == self._saved_text and self._base is not None:
            self._after_save(then_leave)
            return
        try:
            saved = self._library.save_note(self._key, text, base)
        except NoteConflict as conflict:
            self._ask_about(conflict, then_leave)
            return
        except PapertrailError as error:
            say(self, str(error), "error")
            return
        if self._pause is not None:
            self._pause.stop()
        counted = saved.newly_counted or bool(self._last_save and self._last_save.newly_counted)
        self._last_save = NoteSaved(saved.note, saved.sha256, counted)
        self._base, self._saved_text = saved.sha256, text
        self._show_sections(saved.note)
        self._show_title()
        if saved.newly_counted:
            say(self, "this paper counts now")
        self._after_save(then_leave)

    def _after_save(self, then_leave: bool) -> None:
        if then_leave:
            self.dismiss(self._last_save)

    def _ask_about(self, conflict: NoteConflict, then_leave: bool) -> None:
        def answered(answer: str | None) -> None:
            if answer == "mine":
                self._save(conflict.theirs.sha256, then_leave=then_leave)
            elif answer == "theirs":
                self._take(conflict.theirs)
                self._library.discard_draft(self._key)
                self._show_title()
                self._look()

        self.app.push_screen(conflict_dialog(f"notes/{conflict.mine.name}"), answered)

    def action_revert(self) -> None:
        """Take the saved text back; ctrl+z brings the words back."""
        area = self.query_one(TextArea)
        if self.is_dirty:
            area.replace(self._saved_text, (0, 0), area.document.end)
            say(self, "the note as saved; ^z brings your words back")

    def action_leave(self) -> None:
        """Go back; unsaved words are asked about."""
        if not self.is_dirty:
            self._library.discard_draft(self._key)
            self.dismiss(self._last_save)
            return

        def answered(answer: str | None) -> None:
            if answer == "save":
                self._save(self._base, then_leave=True)
            elif answer == "draft":
                self.keep_draft_now()
                self.dismiss(self._last_save)

        self.app.push_screen(unsaved_dialog(), answered)

    def action_next_section(self) -> None:
        """Put the cursor where the next open section begins."""
        self._cursor_to_open_section(from_top=False)

    def _cursor_to_open_section(self, *, from_top: bool) -> None:
        """Go to the line below the heading and prompt of the next section nobody has written in."""
        area = self.query_one(TextArea)
        lines = area.text.split("\n")
        start = -1 if from_top else area.cursor_location[0]
        headings = [number for number, text in enumerate(lines) if text.startswith("## ")]
        order = [n for n in headings if n > start] + [n for n in headings if n <= start]
        for number in order:
            end = next((n for n in headings if n > number), len(lines))
            body = [n for n in range(number + 1, end) if lines[n].strip()]
            if all(lines[n].lstrip().startswith("<!--") for n in body):
                last = body[-1] if body else number
                row, column = (last + 1, 0) if last + 1 < end else (last, len(lines[last]))
                area.move_cursor((row, column))
                self.call_after_refresh(area.scroll_to, y=max(number - 1, 0), animate=False)
                return
        if from_top:
            area.move_cursor(area.document.end)
