"""What is watched and what is muted, shown and changed."""

import re
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from papertrail.domain.errors import PapertrailError
from papertrail.domain.inbox.watches import Mute, Watch, watch_category, watch_query
from papertrail.domain.text import shorten
from papertrail.library import Library
from papertrail.tui.frame.steady import Steady
from papertrail.tui.widgets.clean_input import CleanInput
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.dialogs import FRAME, AnswerKeys, answer_keys
from papertrail.tui.widgets.modal import Modal

_LONGEST = 60  # letters of a name


class Watched(OptionList):
    """What is watched and muted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False, id="watched.down"),
        Binding("k", "cursor_up", "Up", show=False, id="watched.up"),
        Binding("delete,d", "select", "No longer", show=False, id="watched.drop"),
        Binding("slash,tab,shift+tab", "screen.field", "Watch more", show=False, id="watched.field"),
    ]


class WatchDialog(Steady, Modal[bool]):
    """Takes categories and queries to watch, and lets go of what is watched or muted; tells whether it did.

    Args:
        library: the open trail.
    """

    CSS = FRAME.format(name="WatchDialog") + (
        "WatchDialog #watched { height: auto; max-height: 10; border: none; background: $surface; }"
        "WatchDialog #watched { padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }"
        "WatchDialog #told { height: auto; margin-top: 1; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,tab", "to_list", "To the list", show=False, id="watch.list"),
        Binding("escape", "close", "Close", show=False, id="dialog.close"),
    ]

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._rows: list[Watch | Mute] = []
        self._is_changed = False

    def compose(self) -> ComposeResult:
        """A line to type into, what is watched and muted, what was done."""
        with Vertical():
            yield Static(
                line("Which arXiv papers should come into the inbox?", "bold $primary"), classes="question"
            )
            yield CleanInput(placeholder="cs.CV cs.LG, or a query: au:He_K AND ti:residual", id="watch")
            yield Watched(id="watched")
            yield Static("", id="told")
            yield AnswerKeys("", classes="answer-keys")

    def on_mount(self) -> None:
        """Show what there is."""
        self._show()
        self._say_keys()

    def _show(self) -> None:
        self._rows = [*self._library.inbox.watched(), *self._library.inbox.muted()]
        rows = self.query_one(Watched)
        at = rows.highlighted or 0
        rows.clear_options()
        rows.add_options([Option(_row(one)) for one in self._rows])
        rows.display = bool(self._rows)
        if self._rows:
            rows.highlighted = min(at, len(self._rows) - 1)
        else:
            self.action_field()

    def _say_keys(self) -> None:
        in_list = isinstance(self.focused, Watched)
        keys = [("⏎", "no longer"), ("/", "watch more")] if in_list else [("⏎", "watch")]
        keys += [("↓", "to the list")] if self._rows and not in_list else []
        self.query_one(".answer-keys", Static).update(answer_keys(*keys, ("esc", "close")))

    def _tell(self, text: str, *, warn: bool = False) -> None:
        self.query_one("#told", Static).update(line(text, "$warning" if warn else "$quiet"))

    def on_descendant_focus(self) -> None:
        """Say what the keys do there."""
        self._say_keys()

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        try:
            wanted = _watches(message.value)
            news = self._library.inbox.watch(wanted)
        except PapertrailError as error:
            self._tell(str(error), warn=True)
            return
        self._is_changed = self._is_changed or bool(news)
        self.query_one("#watch", Input).value = ""
        names = ", ".join(shorten(one.name, _LONGEST) for one in news)
        self._tell(f"watched: {names}" if news else "that is watched already")
        self._show()
        self._say_keys()

    @on(OptionList.OptionSelected)
    def _drop(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        one = self._rows[message.option_index]
        try:
            if isinstance(one, Watch):
                self._library.inbox.unwatch([one])
            else:
                self._library.inbox.unmute([one])
        except PapertrailError as error:
            self._tell(str(error), warn=True)
        else:
            self._is_changed = True
            word = "watched" if isinstance(one, Watch) else "muted"
            self._tell(f"no longer {word}: {shorten(one.name, _LONGEST)} · esc, then u, takes it back")
        self._show()
        self._say_keys()

    def action_to_list(self) -> None:
        """Go from the line to what is watched."""
        if self._rows:
            self.query_one(Watched).focus()

    def action_field(self) -> None:
        """Go to the line."""
        self.query_one("#watch", Input).focus()

    def action_close(self) -> None:
        """Give back whether anything was changed."""
        self.dismiss(self._is_changed)


def _watches(typed: str) -> list[Watch]:
    """Return what is meant: a query where there is a colon, else categories.

    Raises:
        BadInput: one of them is none.
    """
    if ":" in typed:
        return [watch_query(typed)]
    return [watch_category(part) for part in re.split(r"[\s,;，、]+", typed.strip())]


def _row(one: Watch | Mute) -> Content:
    what = f"{'watched' if isinstance(one, Watch) else 'muted'} {one.kind}"
    return Content.assemble((f"{what:<17} ", "$quiet"), line(shorten(one.name, _LONGEST), "bold"))
