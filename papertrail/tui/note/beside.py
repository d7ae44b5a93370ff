"""What stands beside a note while it is written: what its parents left open, or how the note reads."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual.message import Message

from papertrail.domain.note import short_section
from papertrail.domain.note_text import NoteContent
from papertrail.domain.seat import LeftOpen
from papertrail.domain.text import clean_line
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.markdown_lines import Lines, light_lines, note_lines
from papertrail.tui.widgets.sheet import Block, Sheet

MOST_RENDERED = 20_000  # characters of a note that is set as Markdown; a longer one is shown line by line
NOTHING, PREVIEW, PARENTS = "nothing", "preview", "parents"


class Read(NamedTuple):
    """How a note reads, section by section.

    Attributes:
        names: of the sections; empty for what stands in none.
        blocks: a block for each.
    """

    names: tuple[str, ...]
    blocks: tuple[Block, ...]


class Beside(Sheet):
    """Shows how a note reads, or the limits of the papers it builds on."""

    class Rendered(Message):
        """How the note reads by now."""

        def __init__(self, read: Read) -> None:
            super().__init__()
            self.read = read

    def __init__(self) -> None:
        super().__init__(id="beside")
        self._kept: dict[tuple[str, int, str], Lines] = {}
        self._read = Read((), ())

    def render_note(self, content: NoteContent, width: int) -> Read:
        """Return how a note reads; called in a thread. Sections that are as they were are not set anew."""
        parts = [("", content.unsorted)] if content.unsorted else []
        parts += content.sections
        is_long = sum(len(markdown) for _, markdown in parts) > MOST_RENDERED
        before, self._kept = self._kept, {}
        blocks = []
        for name, markdown in parts:
            known = (markdown, width, self.app.theme)
            lines = before.get(known)
            if lines is None:
                lines = (light_lines if is_long else note_lines)(self, markdown, width) if markdown else ()
            self._kept[known] = lines
            title = [Segment(clean_line(name), ink(self, "primary", bold=True))]
            blocks.append(Block([lines], [title] if name else []))
        return Read(tuple(name for name, _ in parts), tuple(blocks))

    def show_note(self, read: Read, in_hand: str) -> None:
        """Show how the note reads, at the section in hand."""
        self._read = read
        self.show(read.blocks, header=self._titled("how it reads"), at=(self._number(in_hand), 0))

    def follow(self, in_hand: str) -> None:
        """Go to the section in hand."""
        if self._read.blocks and (number := self._number(in_hand)) < len(self._read.blocks):
            self.go_to(number, 0)

    def _number(self, in_hand: str) -> int:
        wanted = short_section(in_hand).casefold()
        names = [short_section(name).casefold() for name in self._read.names]
        return names.index(wanted) if wanted in names else len(names)

    def show_parents(self, limits: Sequence[LeftOpen]) -> None:
        """Show what the notes of the papers it builds on say of their limits."""
        self._read = Read((), ())
        width = self.column_width(1)
        blocks = []
        for one in limits:
            year = f" · {one.paper.year}" if one.paper.year else ""
            title = [Segment(f"{one.paper.key}{year}", ink(self, "primary", bold=True))]
            blocks.append(Block([note_lines(self, one.words, width)], [title]))
        self.show(blocks, header=self._titled("what its parents left open"), at=(len(blocks), 0))

    def _titled(self, words: str) -> Lines:
        return [[Segment(f"  {words}", ink(self, "quiet"))], []]
