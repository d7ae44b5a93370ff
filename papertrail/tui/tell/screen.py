"""The page on which a lineage is told: its frames, an empty page or a clock alone, and no hurry."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Horizontal, Middle
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Digits, Static, TextArea

from papertrail.domain.errors import PapertrailError
from papertrail.domain.lineages.map import MapLayout
from papertrail.domain.tellings import Mark, Telling, TellingPage, Unfinished, clock_words
from papertrail.domain.text import clean_line
from papertrail.library import Library
from papertrail.tui.frame import doors
from papertrail.tui.frame.background import UseCaseFailed, WorkTold, in_thread, tells_failure
from papertrail.tui.frame.drafting import Drafting, DraftTold
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.steady import Steady
from papertrail.tui.frame.tabs import PlaceTabs
from papertrail.tui.frame.theme import BREAKPOINTS
from papertrail.tui.tell.frames import Frames, lay_out_frames
from papertrail.tui.tell.marking import MarkScreen
from papertrail.tui.widgets.cells import fit, line_bar
from papertrail.tui.widgets.clean_area import CleanArea
from papertrail.tui.widgets.data_text import line, say
from papertrail.tui.widgets.focus import FocusInPlace

TICK = 0.5  # seconds between two looks at the clock
FRAMES_SHARE = 0.46  # of the screen's width that the frames may have
KEYS = (
    ("^s", "done"),
    ("^n", "next name"),
    ("^t", "aloud"),
    ("^r", "anew"),
    ("F1", "help"),
    ("esc", "go on later"),
)
KEYS_ALOUD = (*KEYS[:2], ("^t", "type"), *KEYS[3:])
SPARE_KEYS = (("^r", "anew"),)
INVITING = (
    "Tell it as you would at a whiteboard: what could the field not do, what did each step change?\n\n"
    "The clock runs from the first letter. ^t if you would rather say it aloud."
)


class TellScreen(Steady, FocusInPlace, Screen[Telling | None]):
    """Takes what is told of a lineage; gives back what was kept, None for nothing.

    Args:
        library: the open trail.
        page: what the telling begins with, or goes on with.
        clock: gives seconds that pass.
    """

    CSS_PATH = "tell.tcss"
    AUTO_FOCUS = "#page"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "finish", "Done", tooltip="see it beside the story", priority=True, id="tell.done"),
        Binding("ctrl+n", "reveal", "Next name", tooltip="or click a frame", priority=True, id="tell.reveal"),
        Binding(
            "ctrl+t",
            "aloud",
            "Say it aloud",
            tooltip="a clock alone; and back",
            priority=True,
            id="tell.aloud",
        ),
        Binding(
            "ctrl+r", "anew", "Begin anew", tooltip="^z brings words back", priority=True, id="tell.anew"
        ),
        Binding("ctrl+up", "frames(-1)", "Frames up", priority=True, id="tell.up"),
        Binding("ctrl+down", "frames(1)", "Frames down", priority=True, id="tell.down"),
        Binding("question_mark", "help", "Help", id="app.help"),
        Binding(
            "escape", "leave", "Leave", tooltip="T goes on with it later", priority=True, id="tell.leave"
        ),
    ]

    def __init__(self, library: Library, page: TellingPage, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._library = library
        self._about = page
        self._clock = clock
        left = page.unfinished or Unfinished()
        self._before = float(left.seconds)  # that passed until the clock was started last
        self._since: float | None = None
        self._names = [key for key in left.shown if any(paper.key == key for paper in page.papers)]
        self._marks: dict[str, Mark] = dict(left.marks)
        self._text = CleanArea(left.text.strip("\n"), hint=INVITING, id="page")
        self._drafts = Drafting(self)
        self._trouble = ""  # why nothing can be put aside
        self._is_up_told = self.seconds >= self._limit
        self._is_marking = False  # its page puts aside text and marks
        self._is_over = False  # kept, or left: nothing is put aside any more

    def compose(self) -> ComposeResult:
        """Name and clock, the time as a bar, the last time, frames beside the page, keys."""
        yield PlaceTabs()
        yield Static("", id="tell-title")
        yield Static("", id="tell-bar")
        yield Static(line(self._about.last_line), id="tell-last")
        with Horizontal(id="tell-columns"):
            yield Frames(self._about.missed)
            yield self._text
            with Middle(id="aloud"):
                with Center():
                    yield Digits("", id="clock")
                with Center():
                    yield Static("say it aloud; ^s when you are done", id="say")
        yield MessageLine(always=False)
        yield KeyBar(KEYS, SPARE_KEYS, id="keys")

    def on_mount(self) -> None:
        """Draw the frames, and go on where one left."""
        self.query_one("#tell-last").display = bool(self._about.last_line)
        self._text.move_cursor(self._text.document.end)
        self.set_interval(TICK, self._show_clock)
        self._lay_out()
        self._show_clock()
        if self._about.unfinished is not None:
            say(self, "you left this before its end: ^r begins anew")

    def on_resize(self) -> None:
        """Draw the frames for the room there is."""
        self._lay_out()
        self._show_clock()

    def _lay_out(self) -> None:
        """Lay the frames out beside the screen: letters are taken meanwhile."""
        room = round(self.app.size.width * FRAMES_SHARE) - 3

        def work() -> Message:
            return WorkTold(partial(self._take_map, lay_out_frames(self._about, room)))

        in_thread(self, work, group="frames", outlived=True)

    def _take_map(self, layout: MapLayout) -> None:
        frames = self.query_one(Frames)
        frames.set_map(layout)
        frames.show_names(self._names)

    @on(UseCaseFailed)
    def _failed(self, message: UseCaseFailed) -> None:
        say(self, str(message.error), "error")

    # The clock

    @property
    def seconds(self) -> int:
        """How long the telling took so far."""
        running = 0.0 if self._since is None else self._clock() - self._since
        return int(self._before + running)

    @property
    def _limit(self) -> int:
        return 60 * self._about.minutes

    def _start(self) -> None:
        if self._since is None:
            self._since = self._clock()
            self._show_clock()

    def _stop(self) -> None:
        if self._since is not None:
            self._before += self._clock() - self._since
            self._since = None
            self._show_clock()

    def _show_clock(self) -> None:
        """Show what is left of the time; that it is up is said once, and nobody is held up."""
        if not self.is_mounted:
            return
        gone, width = self.seconds, max(self.app.size.width - 2, 1)
        left = self._limit - gone
        if left > 0:
            told = clock_words(left) if self._is_running or gone else f"{self._about.minutes} min"
        else:
            told = f"time is up, {clock_words(-left)} over: go on as long as you like"
        if self._trouble:
            told = f"not put aside: {self._trouble}"
        told_cells = len(told)
        name = fit(clean_line(self._about.name), max(width - told_cells - 2, 8))
        style = "bold $primary" if left > 0 and not self._trouble else "$warning"
        self.query_one("#tell-title", Static).update(
            Content.assemble(line_of(name), "  ", line(told, style)), layout=False
        )
        done, still = line_bar(min(gone, self._limit), self._limit, width)
        self.query_one("#tell-bar", Static).update(
            Content.assemble((done, "$primary"), (still, "$edge")), layout=False
        )
        self.query_one("#clock", Digits).update(
            clock_words(abs(left)) if left >= 0 else f"+{clock_words(-left)}"
        )
        if left <= 0 and not self._is_up_told:
            self._is_up_told = True
            say(self, "time is up: go on as long as you like, ^s when you are done")

    @property
    def _is_running(self) -> bool:
        return self._since is not None

    # While telling

    @on(TextArea.Changed)
    def _changed(self) -> None:
        if self._text.text.strip():
            self._start()
        self._put_aside()

    def _put_aside(self) -> None:
        """Put aside what is told so far, beside the screen."""
        telling = self._telling
        if telling.is_begun:
            self._drafts.offer(partial(self._library.tellings.put_aside, self._about, telling))

    @on(DraftTold)
    def _draft_told(self, message: DraftTold) -> None:
        if message.trouble != self._trouble:
            self._trouble = message.trouble
            self._show_clock()

    @property
    def _telling(self) -> Unfinished:
        return Unfinished(self._text.text, self.seconds, tuple(self._names), dict(self._marks))

    def keep_draft_now(self) -> None:
        """Put aside what is told so far at once; called when the program is told to end."""
        telling = self._telling
        if not self._is_over and not self._is_marking and telling.is_begun:
            self._drafts.now(partial(self._library.tellings.put_aside, self._about, telling))

    def on_unmount(self) -> None:
        """Put aside what is told when the program ends with the page open."""
        with suppress(PapertrailError):
            self.keep_draft_now()
        self._drafts.end()

    @on(Frames.Asked)
    def _asked(self, message: Frames.Asked) -> None:
        self._reveal(message.key)

    def _reveal(self, key: str) -> None:
        if key not in self._names:
            self._names.append(key)
            self._put_aside()
        self.query_one(Frames).show_names(self._names, key)

    # Keys

    def action_reveal(self) -> None:
        """Show one more name, in the lineage's order."""
        hidden = next((paper.key for paper in self._about.papers if paper.key not in self._names), None)
        if hidden is None:
            say(self, "every name is shown")
        else:
            self._reveal(hidden)

    def action_aloud(self) -> None:
        """Show a clock alone and start it; or the page again."""
        is_aloud = not self.has_class("-aloud")
        self.set_class(is_aloud, "-aloud")
        self.query_one("#keys", KeyBar).set_keys(KEYS_ALOUD if is_aloud else KEYS)
        if is_aloud:
            self.set_focus(None)
            self._start()
        else:
            self._text.focus()
            if not self._text.text.strip():
                self._stop()

    @tells_failure
    def action_anew(self) -> None:
        """Begin with an empty page, all names hidden and the whole time."""
        self._drafts.now(partial(self._library.tellings.begin_anew, self._about))
        self._text.replace("", (0, 0), self._text.document.end)
        self._before, self._since = 0.0, self._clock() if self.has_class("-aloud") else None
        self._is_up_told = False
        self._names.clear()
        self._marks.clear()
        self.query_one(Frames).show_names(())
        self._show_clock()

    def action_frames(self, direction: int) -> None:
        """Scroll the frames."""
        frames = self.query_one(Frames)
        step = direction * max(frames.size.height // 2, 1)
        frames.scroll_to(y=frames.scroll_y + step, animate=False, force=True, immediate=True)

    def action_help(self) -> None:
        """Explain the keys."""
        doors.show_help(self)

    @tells_failure
    def action_finish(self) -> None:
        """See what was told beside the story."""
        if not self._telling.is_begun:
            say(self, "type what you know; ^t if you would rather say it aloud")
            return
        self._stop()
        self.keep_draft_now()
        text, seconds = self._text.text, self.seconds
        found = self._library.tellings.papers(self._about, text)
        self._is_marking = True
        self.app.push_screen(
            MarkScreen(self._library, self._about, found, self._telling, text, seconds), self._marked
        )

    def _marked(self, result: "Telling | dict[str, Mark] | None") -> None:
        """Leave with what was kept; or go on telling."""
        self._is_marking = False
        if isinstance(result, Telling):
            self._is_over = True
            self.dismiss(result)
            return
        self._marks = dict(result or {})
        if self.has_class("-aloud"):
            self._start()

    @tells_failure
    def action_leave(self) -> None:
        """Go back; what was told is put aside, and gone on with the next time."""
        self._stop()
        self.keep_draft_now()
        self._is_over = True
        self.dismiss(None)
        if self._telling.is_begun:
            self.app.call_later(say, self.app, "put aside, not kept yet: T goes on with it")


def line_of(name: str) -> Content:
    """Return the name in the title."""
    return Content.styled(name, "bold")
