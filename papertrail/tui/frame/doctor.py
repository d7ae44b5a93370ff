"""What is not as it should be in the trail, with what helps; and what can be mended, mended."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from papertrail.domain.text import clean_line
from papertrail.library import Library
from papertrail.tui.frame import doors
from papertrail.tui.frame.background import TrailChanged, UseCaseFailed, WorkTold, in_thread
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.steady import Steady
from papertrail.tui.frame.tabs import PlaceTabs
from papertrail.tui.widgets.cells import wrap
from papertrail.tui.widgets.focus import FocusInPlace
from papertrail.tui.widgets.ink import ink
from papertrail.tui.widgets.markdown_lines import Lines, words_lines
from papertrail.tui.widgets.sheet import GUTTER, Block, Sheet

if TYPE_CHECKING:
    from papertrail.domain.findings import AboutCheck, Finding, Mended

LOOKING, MENDING = "looking at database, notes, files and backups …", "mending, after a backup …"
KEYS = (("↑↓", "read"), ("f", "mend"), ("r", "look again"), ("?", "help"), ("esc", "back"))
WIDEST = 96  # cells of running text; longer lines are hard to read
_SIGN = 2  # cells before a finding, where its sign stands
_FIXES = "papertrail doctor --fix"
_WORK = "doctor"


class DoctorScreen(Steady, FocusInPlace, Screen[None]):
    """Goes through all checks in a thread, shows what they find by parts of the trail, and mends.

    Args:
        library: the open trail; its database may be gone or damaged.
    """

    AUTO_FOCUS = ""
    CSS = """
    DoctorScreen { background: $background; }
    DoctorScreen #doctor-title { height: 1; padding: 0 3; margin: 0 0 1 0; }
    DoctorScreen Sheet { margin: 0 1; }
    DoctorScreen #hint { padding: 0 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "along(-1)", "Finding before", id="doctor.up"),
        Binding("down,j", "along(1)", "Next finding", id="doctor.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="doctor.page_up"),
        Binding("pagedown,space", "page(1)", "Page down", show=False, id="doctor.page_down"),
        Binding("f", "mend", "Mend what can be mended", tooltip="after a backup", id="doctor.mend"),
        Binding("r", "look", "Look again", id="doctor.look"),
        Binding("question_mark", "help", "Help", id="app.help"),
        Binding("escape,q", "back", "Back", id="app.back"),
    ]

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._about: dict[str, AboutCheck] = {}
        self._found: Sequence[Finding] | None = None  # None while nobody has looked
        self._mended: Mended | None = None
        self._shown: list[int] = []  # numbers of the blocks that are findings
        self._at = 0

    def compose(self) -> ComposeResult:
        """How much is found, what, a line to tell, the keys."""
        yield PlaceTabs()
        yield Static("", id="doctor-title")
        yield Sheet()
        yield MessageLine()
        yield KeyBar(KEYS, (("r", "look again"),), id="keys")

    def on_mount(self) -> None:
        """Look at once."""
        self._about = {about.name: about for about in self._library.checks.known()}
        self.action_look()

    def is_ready_for(self, key: str) -> bool:
        """Let keys wait for what goes on, but for those that leave."""
        return key in ("escape", "q") or all(w.is_finished for w in self.workers if w.group == _WORK)

    def action_look(self) -> None:
        """Go through all checks."""
        self._mended = None
        self._begin(LOOKING)
        in_thread(self, self._looked, group=_WORK)

    def _looked(self) -> Message:
        return WorkTold(partial(self._tell, self._library.checks.all(), None))

    def action_mend(self) -> None:
        """Mend what can be mended."""
        if not any(one.is_fixable for one in self._found or ()):
            self._hint("there is nothing that mends itself: each finding says what helps")
            return
        self._begin(MENDING)
        in_thread(self, self._mend, group=_WORK)

    def _mend(self) -> Message:
        mended = self._library.checks.mend()
        return WorkTold(partial(self._tell, list(mended.left), mended))

    def _begin(self, words: str) -> None:
        self._hint("")
        self.query_one("#doctor-title", Static).update(
            Content.assemble(("Doctor", "bold $primary"), (f"  {words}", "$quiet"))
        )

    def _tell(self, found: "Sequence[Finding]", mended: "Mended | None") -> None:
        self._found, self._mended, self._at = found, mended, 0
        self._show()
        if mended is None:
            return
        self.app.post_message(TrailChanged(self))
        failed = f"{len(mended.failed)} not mended; " if mended.failed else ""
        kept = f"as it was before: {mended.backup}" if mended.backup else "nothing was changed"
        self._hint(f"{failed}{kept}", warn=bool(mended.failed))

    @on(UseCaseFailed)
    def _failed(self, message: UseCaseFailed) -> None:
        message.stop()
        self._show()
        self._hint(str(message.error), warn=True)

    def _hint(self, text: str, *, warn: bool = False) -> None:
        self.query_one(MessageLine).tell(text, warn=warn)

    def on_resize(self) -> None:
        """Set the words anew."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        if self._found is None or not self.is_mounted:
            return
        self.query_one("#doctor-title", Static).update(self._title())
        mends = any(one.is_fixable for one in self._found)
        self.query_one(KeyBar).set_meanings(
            {"f": "mend" if mends else "", "↑↓": "read" if self._found else ""}
        )
        sheet = self.query_one(Sheet)
        width = min(sheet.column_width(1), WIDEST)
        blocks: list[Block] = list(self._mended_blocks(width))
        self._shown = []
        for group in dict.fromkeys(about.group for about in self._about.values()):
            found = [one for one in self._found if self._group_of(one) == group]
            for number, one in enumerate(found):
                self._shown.append(len(blocks))
                blocks.append(self._block(one, "" if number else group, width))
        if not self._found:
            blocks.append(self._all_is_well(width))
        sheet.show(blocks, header=[], at=(self._here, 0))

    @property
    def _here(self) -> int:
        """The number of the block that is read."""
        return self._shown[self._at] if self._shown else -1

    def _group_of(self, finding: "Finding") -> str:
        return self._about[finding.check].group

    def _title(self) -> Content:
        found = self._found or ()
        to_do = sum(not one.is_remark for one in found)
        remarks, fixable = len(found) - to_do, sum(one.is_fixable for one in found)
        parts: list[tuple[str, str]] = []
        if to_do:
            parts.append((f"  {to_do} to do", "$warning"))
        if remarks:
            parts.append((f"  {remarks} that may be meant so", "$quiet"))
        if fixable:
            parts.append((f"  f mends {fixable}", "$primary"))
        if not found:
            parts.append(("  all is well", "$success"))
        return Content.assemble(("Doctor", "bold $primary"), *parts)

    def _block(self, finding: "Finding", group: str, width: int) -> Block:
        """Return a finding: its sign, what it is, where, why that matters, what helps."""
        quiet, room = ink(self, "quiet"), width - _SIGN
        sign = ("  ", quiet) if finding.is_remark else ("! ", ink(self, "warning"))
        what = words_lines(finding.what, room, ink(self, "foreground", bold=not finding.is_remark))
        why = words_lines(f"{finding.where} · {self._about[finding.check].why}", room, quiet)
        words, style = finding.remedy, ink(self, "primary")
        helps = words_lines("f mends it" if words == _FIXES else words, room, style)
        lines = [
            *(
                [Segment(*sign) if not number else Segment(" " * _SIGN), *row]
                for number, row in enumerate(what)
            ),
            *([Segment(" " * _SIGN), *row] for row in (*why, *helps)),
        ]
        return Block([lines], self._heading(group) if group else ())

    def _heading(self, words: str) -> Lines:
        return [[Segment(words, ink(self, "primary", bold=True))]]

    def _mended_blocks(self, width: int) -> Iterator[Block]:
        """Yield what was mended, and what could not be."""
        if self._mended is None or not (self._mended.done or self._mended.failed):
            return
        room = width - _SIGN
        lines = []
        for sign, told, colour in (
            ("  ", self._mended.done, "success"),
            ("! ", self._mended.failed, "error"),
        ):
            for name, words in told:
                for number, text in enumerate(wrap(clean_line(f"{name}: {words}"), room)):
                    mark = Segment(" " * _SIGN) if number else Segment(sign, ink(self, colour))
                    lines.append([mark, Segment(text)])
        yield Block([lines], self._heading("mended"))

    def _all_is_well(self, width: int) -> Block:
        """Return what was looked at, by parts of the trail."""
        lines: list[list[Segment]] = []
        groups: dict[str, list[AboutCheck]] = {}
        for about in self._about.values():
            groups.setdefault(about.group, []).append(about)
        name = max(map(len, groups), default=0) + GUTTER
        for group, checks in groups.items():
            told = wrap(", ".join(about.name for about in checks), max(width - _SIGN - name, 1))
            for number, text in enumerate(told):
                head = Segment(f"{'' if number else group:<{name}}")
                lines.append([Segment(" " * _SIGN), head, Segment(text, ink(self, "quiet"))])
        return Block([lines])

    @on(Sheet.Chosen)
    def _chosen(self, message: Sheet.Chosen) -> None:
        if message.block in self._shown:
            self._at = self._shown.index(message.block)
            self.query_one(Sheet).go_to(self._here, 0)

    def action_along(self, step: int) -> None:
        """Go to the next finding, or the one before."""
        sheet = self.query_one(Sheet)
        if self._shown and not sheet.read_on(step):
            self._at = min(max(self._at + step, 0), len(self._shown) - 1)
            sheet.go_to(self._here, 0)

    def action_page(self, pages: int) -> None:
        """Scroll by a window."""
        self.query_one(Sheet).page(pages)

    def action_help(self) -> None:
        """Explain the keys."""
        doors.show_help(self)

    def action_back(self) -> None:
        """Go back to where one came from."""
        self.dismiss(None)
