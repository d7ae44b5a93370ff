"""Two texts of one paper, section by section: the note's words, the other's, or both."""

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from papertrail.domain.errors import NoteConflict, PapertrailError
from papertrail.domain.merging import MergePart, NoteMerge, Take
from papertrail.domain.text import clean, clean_line
from papertrail.domain.word_diff import LINE_END, Line, Mark, word_diff
from papertrail.library import Library
from papertrail.tui.frame import doors
from papertrail.tui.frame.background import UseCaseFailed, tells_failure
from papertrail.tui.frame.bindings import FIND_BINDING
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.steady import Steady
from papertrail.tui.frame.tabs import PlaceTabs
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.data_text import line, rich_line, say
from papertrail.tui.widgets.focus import FocusInPlace
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.markdown_lines import Lines
from papertrail.tui.widgets.sheet import GUTTER, Block, Sheet

KEYS = (
    ("↑↓", "section"),
    ("m", "the note's"),
    ("t", "the other's"),
    ("b", "both"),
    ("⏎", "save"),
    ("?", "help"),
    ("esc", "back"),
)
WIDE = 96  # cells from which the two stand beside each other
LEAST_NAME = 8  # cells
MOST_LINES = 600  # of a section that are drawn
WORDS = {Take.MINE: "the note's", Take.THEIRS: "the other's", Take.BOTH: "both"}
_SIDES = (Mark.REMOVED, Mark.ADDED)  # what is only in the note, and only in the other text


class MergeScreen(Steady, FocusInPlace, Screen[str | None]):
    """Makes one note of two texts; gives back what is to be told of it, None when nothing was saved.

    Both texts' words are taken unless the reader chooses otherwise, so that none is lost by haste.

    Args:
        library: the open trail.
        key: the paper's key.
    """

    AUTO_FOCUS = ""
    CSS = """
    MergeScreen { background: $background; }
    MergeScreen #merge-title { height: auto; max-height: 2; padding: 0 3; margin: 0 0 1 0; }
    MergeScreen Sheet { margin: 0 1; }
    MergeScreen #hint { padding: 0 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "along(-1)", "Section before", id="merge.up"),
        Binding("down,j", "along(1)", "Next section", tooltip="reads on first", id="merge.down"),
        Binding("m,left", "take('mine')", "The note's words", tooltip="of this section", id="merge.mine"),
        Binding("t,right", "take('theirs')", "The other's words", id="merge.theirs"),
        Binding("b", "take('both')", "Both", tooltip="no word of either is lost", id="merge.both"),
        Binding("enter,ctrl+s", "save", "Save the merged note", id="merge.save"),
        FIND_BINDING,
        Binding("question_mark", "help", "Help", id="app.help"),
        Binding("escape,q", "leave", "Back", tooltip="both texts stay as they are", id="app.back"),
    ]

    def __init__(self, library: Library, key: str) -> None:
        super().__init__()
        self._library = library
        self._key = key
        self._merge: NoteMerge | None = None
        self._takes: list[Take] = []
        self._at = 0

    def compose(self) -> ComposeResult:
        """What is merged, the sections that differ, a line to tell, the keys."""
        yield PlaceTabs()
        yield Static("", id="merge-title")
        yield Sheet()
        yield MessageLine()
        yield KeyBar(KEYS, id="keys")

    def on_mount(self) -> None:
        """Show where the two differ."""
        self._open()

    def _open(self) -> None:
        try:
            merge = self._merge = self._library.merges.open(self._key)
        except PapertrailError as error:
            self.dismiss(None)
            say(self.app, str(error), "warning")
            return
        self._takes = [Take.BOTH] * len(merge.parts)
        self._at = 0
        self.query_one("#merge-title", Static).update(
            Content.assemble(
                line(self._key, "bold $primary"),
                "  two texts: the note, and ",
                line(f"notes/{merge.name}", "bold"),
            )
        )
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        """Set the texts anew."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        if self._merge is None or not self.is_mounted:
            return
        sheet, parts = self.query_one(Sheet), self._merge.parts
        count = len(self._merge.open_parts)
        is_wide = self.size.width >= WIDE
        width = sheet.column_width(2 if is_wide else 1)
        blocks = [self._block(number, width, is_wide) for number in self._merge.open_parts]
        sheet.show(blocks, header=self._header(width) if is_wide and blocks else [], at=(self._at, 0))
        if not count:
            self._hint("both say the same: ⏎ puts the other text into the history")
        else:
            here = WORDS[self._takes[self._merge.open_parts[self._at]]]
            same = len(parts) - count
            rest = f"; {same} more {'is' if same == 1 else 'are'} the same" if same else ""
            self._hint(f"section {self._at + 1} of {count} that differ{rest}; here: {here}")

    def _hint(self, text: str) -> None:
        self.query_one(MessageLine).tell(text)

    def _header(self, width: int) -> Lines:
        name = clean_line(self._merge.name if self._merge else "")
        quiet = ink(self, "quiet")
        columns = []
        for words in ("the note", name):
            text = rich_line(words)
            text.truncate(width, overflow="ellipsis", pad=True)
            columns += [Segment(" " * GUTTER), Segment(text.plain, quiet)]
        return [columns]

    def _block(self, number: int, width: int, is_wide: bool) -> Block:
        """Return a section: its name and what is taken, then both texts of it."""
        assert self._merge is not None
        part, take = self._merge.parts[number], self._takes[number]
        choices: list[Segment] = []
        for key, one in (("m", Take.MINE), ("t", Take.THEIRS), ("b", Take.BOTH)):
            is_taken = one is take
            style = ink(self, "success" if is_taken else "quiet", bold=is_taken or None)
            choices += [Segment("   "), Segment(f"{'›' if is_taken else ' '} {key} {WORDS[one]}", style)]
        name = clean_line(part.name) or "before the first section"
        # Of a long name the end is left out, so that all that can be chosen is in sight.
        room = (2 * width + GUTTER if is_wide else width) - Segment.get_line_length(choices)
        name = fit(name, max(min(cell_len(name), room), LEAST_NAME))
        head = [Segment(name, ink(self, "primary", bold=True)), *choices]
        mine, theirs = self._sides(part, take, width)
        if is_wide:
            return Block([mine, theirs], [head])
        quiet = ink(self, "quiet")
        stacked = [[Segment("the note", quiet)], *mine, [], [Segment("the other text", quiet)], *theirs]
        return Block([stacked], [head])

    def _sides(self, part: MergePart, take: Take, width: int) -> tuple[Lines, Lines]:
        """Return both texts; words that only one has are underlined, a text that is not taken is dim."""
        compared = word_diff(part.mine.strip("\n"), part.theirs.strip("\n"))
        if compared and compared[0] and compared[0][0].text.startswith("#") and len(compared[0]) == 1:
            compared = compared[1:] if compared[0][0].mark is Mark.SAME else compared
        sides = []
        for mark, is_taken in zip(_SIDES, (take is not Take.THEIRS, take is not Take.MINE), strict=True):
            sides.append(self._side(compared, mark, is_taken, width))
        return sides[0], sides[1]

    def _side(self, compared: list[Line], mark: Mark, is_taken: bool, width: int) -> Lines:
        plain = ink(self, "foreground" if is_taken else "quiet")
        own = ink(self, "success" if is_taken else "quiet", bold=True) + Style(underline=True)
        lines: list[list[Segment]] = []
        for words in compared[:MOST_LINES]:
            shown = [piece for piece in words if piece.mark in (mark, Mark.SAME) and piece.text != LINE_END]
            if words and not shown:
                continue
            text = Text(end="")
            for piece in shown:
                text.append(clean(piece.text).expandtabs(4), own if piece.mark is mark else plain)
            lines += [
                list(one.render(self.app.console)) for one in text.wrap(self.app.console, max(width, 1))
            ]
        while lines and not "".join(segment.text for segment in lines[0]).strip():
            del lines[0]
        while lines and not "".join(segment.text for segment in lines[-1]).strip():
            del lines[-1]
        if len(compared) > MOST_LINES:
            lines.append([Segment("…", plain)])
        return lines or [[Segment("nothing", ink(self, "quiet"))]]

    @on(UseCaseFailed)
    def _failed(self, message: UseCaseFailed) -> None:
        say(self, str(message.error), "error")

    @on(Sheet.Chosen)
    def _chosen(self, message: Sheet.Chosen) -> None:
        self._at = message.block
        self._show()

    def action_along(self, step: int) -> None:
        """Read on in a long section, then go to the next one."""
        sheet = self.query_one(Sheet)
        count = len(self._merge.open_parts) if self._merge else 0
        if count and not sheet.read_on(step):
            self._at = min(max(self._at + step, 0), count - 1)
            self._show()

    def action_take(self, take: str) -> None:
        """Choose whose words the section gets."""
        if self._merge is not None and self._merge.open_parts:
            self._takes[self._merge.open_parts[self._at]] = Take(take)
            self._show()

    @tells_failure
    def action_save(self) -> None:
        """Save the merged note; the other text goes into the history."""
        merge = self._merge
        if merge is None:
            return
        try:
            merged = self._library.merges.save(merge, merge.merged(self._takes))
        except NoteConflict as conflict:
            say(self, str(conflict), "warning")
            self._open()
            return
        away = "is in the history" if merged.is_put_away else "was changed meanwhile: it stays"
        counts = "it counts now; " if merged.saved.newly_counted else ""
        words = merged.saved.note.words
        self.dismiss(f"merged, {words} words; {counts}{clean_line(merge.name)} {away}; u takes it back")

    def action_leave(self) -> None:
        """Go back; both texts stay."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Explain keys, signs and words."""
        doors.show_help(self)
