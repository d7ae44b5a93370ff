"""The text one writes in: coloured Markdown, kept to the letter, shown so that no terminal acts upon it."""

import re
from collections.abc import Iterable

from rich.text import Text
from textual import events
from textual.document._document import DocumentBase
from textual.document._wrapped_document import WrappedDocument
from textual.message import Message
from textual.widgets.text_area import Edit, EditResult, Selection, TextAreaTheme

from papertrail.domain.note_text import WritingPlace
from papertrail.domain.text import clean, shorten
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.letters import written_by
from papertrail.tui.widgets.scroll_length import say_length
from papertrail.tui.widgets.stepping_area import SteppingArea

MOST_COLOURED_LINES = 1_000  # colouring costs 3 ms a key at 1,000 lines, 9 ms at 1,900
MOST_ABOVE = 5_000  # lines that are looked through for the heading of the section in hand
_COLOURS = """
(atx_heading (inline) @heading)
(setext_heading (paragraph) @heading)
[(atx_h1_marker) (atx_h2_marker) (atx_h3_marker) (atx_h4_marker) (atx_h5_marker) (atx_h6_marker)] @marker
[(setext_h1_underline) (setext_h2_underline) (thematic_break) (block_quote_marker)] @marker
[(list_marker_plus) (list_marker_minus) (list_marker_star)] @marker
[(list_marker_dot) (list_marker_parenthesis)] @marker
[(html_block) (minus_metadata) (plus_metadata)] @quiet
[(fenced_code_block) (indented_code_block)] @code
"""
# What Textual takes for the end of a line, or a terminal for a command. While the note is edited, a character
# of the last plane stands in for each, so that only line feeds end lines and the text comes back as it was.
_STRANGE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_STAND_IN = re.compile("[\U00100000-\U0010ffff]")
_BEGUN = re.compile(r"\[\[(?P<typed>[^\[\]|#`]*)\Z")
_FENCE = "---"
MOST_FRONT = 200  # lines in which the end of a front matter is looked for
_NAMED = re.compile(r"(?P<name>\w[\w-]*):")
MOST_BEGUN = 60  # characters before the cursor in which a link begins
_SHIFT = 0x100000
_SIGN = "\N{REPLACEMENT CHARACTER}"


def can_keep(text: str) -> bool:
    """Tell whether `text` survives being edited: it holds none of the characters that stand in for others."""
    return _STAND_IN.search(text) is None


def _veiled(text: str) -> str:
    return _STRANGE.sub(lambda match: chr(ord(match[0]) + _SHIFT), text)


def _unveiled(text: str) -> str:
    return _STAND_IN.sub(lambda match: chr(ord(match[0]) - _SHIFT), text)


class Pasted(Message):
    """A text was pasted, and stands there.

    Attributes:
        start: row and column of its first character.
        end: row and column behind its last.
    """

    def __init__(self, text: str, start: tuple[int, int], end: tuple[int, int]) -> None:
        super().__init__()
        self.text = text
        self.start = start
        self.end = end


class _WrappedNote(WrappedDocument):
    """Knows its height, where Textual counts the lines for each line it draws: 4 ms a key at 2,000 lines.

    Of a front matter that is folded only the first line is seen; the others stand where that one does.
    """

    folded = 0  # lines of the front matter, while it is

    @property
    def height(self) -> int:
        """How many lines are seen."""
        return len(self._offset_to_line_info)

    def fold(self, *, folded: bool) -> None:
        """Fold the front matter, or show all of it."""
        self.folded = _front_lines(self.document) if folded else 0

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Break all lines anew, those that are folded out of sight."""
        super().wrap(width, tab_width)
        if self.folded and (count := _front_lines(self.document)) != self.folded:
            self.folded = count
        if self.folded:
            seen_at, end = self._line_index_to_offsets, self.folded
            hidden = sum(map(len, seen_at[1:end]))
            del self._offset_to_line_info[1 : 1 + hidden]
            seen_at[end:] = [[offset - hidden for offset in offsets] for offsets in seen_at[end:]]
            seen_at[1:end] = [[0] for _ in range(1, end)]
            self._wrap_offsets[1:end] = [[] for _ in range(1, end)]

    def wrap_range(self, start: tuple[int, int], old_end: tuple[int, int], new_end: tuple[int, int]) -> None:
        """Break some lines anew; where what is folded was changed, all is shown."""
        if min(start, old_end)[0] < self.folded:
            self.folded = 0
            self.wrap(self._width, self._tab_width)
        else:
            super().wrap_range(start, old_end, new_end)


def _front_lines(document: DocumentBase) -> int:
    """Return how many lines the front matter has; 0 without any."""
    count = document.line_count
    if document.get_line(0) != _FENCE:
        return 0
    ends = (row for row in range(1, min(count, MOST_FRONT)) if document.get_line(row) == _FENCE)
    end = next(ends, 0)
    return end + 1 if end > 1 else 0


class NoteArea(SteppingArea):
    """A text area for a note, read and written as `note`."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", soft_wrap=True, show_line_numbers=False, tab_behavior="indent", id=id)
        self._place: tuple[tuple[int, int], WritingPlace] | None = None
        self._sections: dict[str, str] = {}  # by their headings' first lines, as they were last looked at
        self._seen_at = (-1, -1)  # row of the cursor, and how many there were, when the section was told
        self._in_hand = ""

    @property
    def wrapped_document(self) -> WrappedDocument:
        """The text as it is broken into lines."""
        return self._wrapped_note

    @wrapped_document.setter
    def wrapped_document(self, wrapped: WrappedDocument) -> None:
        self._wrapped_note = _WrappedNote(wrapped.document, tab_width=self.indent_width)

    def _refresh_size(self) -> None:
        """Say how long the text is; the screen is laid out for it only where the scrollbar comes or goes."""
        lines, window = self._wrapped_note.height, self.scrollable_content_region.height
        if window and (lines > window) == (self.virtual_size.height > window):
            say_length(self, lines)
        else:
            super()._refresh_size()

    @property
    def note(self) -> str:
        """The text, to the letter; writing it forgets what could be undone."""
        return _unveiled(self.text)

    @note.setter
    def note(self, text: str) -> None:
        self.language = None if text.count("\n") > MOST_COLOURED_LINES else "markdown"
        self.text = _veiled(text)
        self._fold(folded=True)

    def _fold(self, *, folded: bool) -> None:
        self._wrapped_note.fold(folded=folded)
        self._rewrap_and_refresh_virtual_size()

    @property
    def is_folded(self) -> bool:
        """Whether the front matter is folded: one line stands for it."""
        return self._wrapped_note.folded > 0

    def watch_selection(self, before: Selection, now: Selection) -> None:
        """Unfold the front matter once the cursor goes into it, or what is selected does."""
        if before != now and min(now)[0] < self._wrapped_note.folded:
            self._fold(folded=False)
            self._cursor_offset = self._wrapped_note.location_to_offset(self.cursor_location)
            self.call_after_refresh(self.scroll_cursor_visible)
            self.refresh()

    def replace_note(self, text: str) -> None:
        """Put another text in place of this one so that it can be undone."""
        self.replace(_veiled(text), (0, 0), self.document.end)

    def go_to(self, place: WritingPlace) -> None:
        """Put the cursor where writing goes on; what must part the words from others comes with the first."""
        where = self.location_of(place.at)
        self.move_cursor(where)
        self._place = (where, place) if place.before or place.after else None
        self.call_after_refresh(self.scroll_cursor_visible, center=True)

    def location_of(self, position: int) -> tuple[int, int]:
        """Return row and column of the character before which so many stand."""
        before = self.text[:position]  # each character of the note is one here
        return before.count("\n"), position - (before.rfind("\n") + 1)

    def know_sections(self, text: str, places: Iterable[WritingPlace]) -> None:
        """Take where the sections of a text begin; the text may be another one by now."""
        self._sections = {
            _veiled(text[place.heading : (text + "\n").index("\n", place.heading)]): place.section
            for place in places
        }
        self._seen_at = (-1, -1)
        self.moved_to_another_section()

    @property
    def section_in_hand(self) -> str:
        """Name of the section that the cursor is in; empty for none."""
        return self._in_hand

    def moved_to_another_section(self) -> bool:
        """Find the section in hand; return whether it is another one."""
        row, count = self.cursor_location[0], self.document.line_count
        if (row, count) == self._seen_at:
            return False
        self._seen_at, before = (row, count), self._in_hand
        lines = map(self.document.get_line, range(row, max(row - MOST_ABOVE, -1), -1))
        self._in_hand = next((self._sections[line] for line in lines if line in self._sections), "")
        return self._in_hand != before

    def go_below_heading(self, section: str) -> bool:
        """Go to the line below a heading that was looked at; return whether it is there."""
        for row in range(self.document.line_count):
            if self._sections.get(self.document.get_line(row)) == section:
                self.move_cursor((min(row + 1, self.document.line_count - 1), 0))
                self.call_after_refresh(self.scroll_cursor_visible, center=True)
                return True
        return False

    @property
    def link_begun(self) -> str | None:
        """What is typed of a link that is begun before the cursor with `[[`; None where none is."""
        (row, column), is_one = self.cursor_location, self.selection.is_empty
        begun = _BEGUN.search(self.document.get_line(row)[max(column - MOST_BEGUN, 0) : column])
        return begun["typed"] if begun and is_one else None

    def end_link(self, key: str) -> None:
        """End the link that is begun before the cursor with a key, and go on behind it."""
        if (begun := self.link_begun) is None:
            return
        row, column = self.cursor_location
        is_closed = self.document.get_line(row)[column:].startswith("]]")
        end = (row, column + 2 * is_closed)
        self.replace(f"{key}]]", (row, column - len(begun)), end, maintain_selection_offset=False)
        self.move_cursor((row, column - len(begun) + len(key) + 2))

    def is_there(self, pasted: "Pasted") -> bool:
        """Tell whether what was pasted still stands where it was put."""
        return _unveiled(self.get_text_range(pasted.start, pasted.end)) == pasted.text

    def edit(self, edit: Edit) -> EditResult:
        """Change the text; the first words at a place stand on lines of their own where they must."""
        gone_to, self._place = self._place, None
        if gone_to is None or not edit.text or not edit.from_location == edit.to_location == gone_to[0]:
            return super().edit(edit)
        where, place = gone_to
        before, after = place.before, place.after
        text = f"{before}{edit.text}{after}"
        result = super().edit(Edit(text, where, where, edit.maintain_selection_offset))
        row, column = result.end_location
        if after:
            row, column = row - 1, len(self.document.get_line(row - 1))
        self.move_cursor((row, column))
        return EditResult((row, column), result.replaced_text)

    def on_mount(self) -> None:
        """Colour headings, prompts, lists and code in the colours of the program's theme."""
        import tree_sitter_markdown
        from tree_sitter import Language

        self.register_language("markdown", Language(tree_sitter_markdown.language()), _COLOURS)
        self._take_colours()
        self.app.theme_changed_signal.subscribe(self, lambda _: self._take_colours())

    def _take_colours(self) -> None:
        accent, quiet = ink(self, "primary", bold=True), ink(self, "quiet")
        styles = {
            "heading": accent,
            "marker": quiet,
            "quiet": quiet,
            "code": ink(self, "secondary"),
        }
        name = f"{self.app.theme}-note"
        self.register_theme(TextAreaTheme(name, syntax_styles=styles))
        self.theme = name

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Tell whether a key is a letter of the text; tab may end a link that is begun."""
        return super().check_consume_key(key, character) and not (
            key == "tab" and self.link_begun is not None
        )

    def on_key(self, event: events.Key) -> None:
        """Take letters that Textual takes for none."""
        if (letter := written_by(event)) and not event.is_printable:
            event.prevent_default()
            event.stop()
            self._replace_via_keyboard(_veiled(_STAND_IN.sub(_SIGN, letter)), *self.selection)

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted as a note is taken from the disk, line ends of any kind as line feeds."""
        event.prevent_default()
        event.stop()
        text = _STAND_IN.sub(_SIGN, event.text.replace("\r\n", "\n").replace("\r", "\n"))
        start = min(self.selection)
        pasted = self.replace(_veiled(text), *self.selection, maintain_selection_offset=False)
        self.move_cursor(pasted.end_location)
        self.post_message(Pasted(text, start, pasted.end_location))

    def get_line(self, line_index: int) -> Text:
        """Return a line as it is shown: a sign in place of each character a terminal would act upon."""
        if line_index == 0 and self.is_folded:
            return Text(self._front_line(), end="", no_wrap=True)
        line = self.document.get_line(line_index)
        if not can_keep(line) or clean(line) != line:
            line = "".join(c if can_keep(c) and clean(c) else _SIGN for c in line)
        return Text(line, end="", no_wrap=True)

    def _front_line(self) -> str:
        """Return the line that stands for a folded front matter: what it tells, and how it is opened."""
        rows = map(self.document.get_line, range(1, self._wrapped_note.folded - 1))
        names = ", ".join(found["name"] for row in rows if (found := _NAMED.match(row)))
        return shorten(f"{_FENCE} {names} {_FENCE} ↑ opens", max(self.wrap_width, 1))

    def _build_highlight_map(self) -> None:
        """Leave alone the line that a block ends at the beginning of; Textual would colour all of it."""
        super()._build_highlight_map()
        for row, spans in self._highlights.items():
            self._highlights[row] = [span for span in spans if span[1] != 0]
