"""The sections of the note that is written: which are filled, which are needed, which one is in hand."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from papertrail.domain.note import NoteState, SectionState
from papertrail.tui.frame import paper_text
from papertrail.tui.widgets.text_in_place import put_text

IN_HAND = "▎"
MOST_JUMPS = 8  # sections that a key leads to
MOST_REMARKS = 2  # where there is little room
_SECTION = "section"  # what a line leads to, in its style
_APART = 2  # cells between two sections on one line


class NoteOutline(Static):
    """Lists the sections, the one in hand marked; a click on one goes there."""

    class Chosen(Message):
        """The reader clicked a section.

        Attributes:
            number: of the section, from 1.
        """

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self) -> None:
        super().__init__("", id="sections")

    def show(self, note: NoteState, remarks: Sequence[Content], in_hand: str, *, wide: bool) -> None:
        """Show how far a note is.

        Args:
            note: its state.
            remarks: what wants a look, a line each.
            in_hand: name of the section that the cursor is in; empty for none.
            wide: whether there is a column for it, with a line for each section.
        """
        each = [
            _line(number, section, words, in_hand, wide=wide)
            for number, (section, words) in enumerate(
                zip(note.sections, paper_text.checklist(note), strict=True), 1
            )
        ]
        if wide:
            apart = [Content("")] if remarks else []
            lines = [paper_text.note_heading(note), *apart, *remarks, *apart, *each]
        else:
            width = self.app.size.width
            words = Content.styled(f" {note.length}", "$quiet")
            few = (one.truncate(width - 6, ellipsis=True) for one in remarks[:MOST_REMARKS])
            lines = [*few, *_packed([*each, words], width - 4)]
        put_text(self, Content("\n").join(lines))

    def on_click(self, event: events.Click) -> None:
        """Go to the section under the mouse."""
        if number := event.style.meta.get(_SECTION):
            self.post_message(self.Chosen(number))


def _line(number: int, section: SectionState, words: Content, in_hand: str, *, wide: bool) -> Content:
    is_here = section.name == in_hand
    mark = (IN_HAND, "$primary") if is_here else " "
    key = (f"{number} " if number <= MOST_JUMPS else "  ", "$quiet")
    many = (f"  {section.words}", "$quiet") if wide and section.filled and section.words else ""
    line = Content.assemble(mark, key, words.stylize("bold") if is_here else words, many)
    return line.stylize(Style.from_meta({_SECTION: number}))


def _packed(parts: Sequence[Content], width: int) -> list[Content]:
    """Return parts beside each other in lines of so many cells, none of them broken."""
    lines: list[list[Content]] = [[]]
    room = width
    for part in parts:
        if lines[-1] and part.cell_length > room:
            lines.append([])
            room = width
        lines[-1].append(part)
        room -= part.cell_length + _APART
    return [Content(" " * _APART).join(line) for line in lines]
