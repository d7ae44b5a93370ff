"""All keys, signs and words on one page."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from papertrail.domain.paper import EXPLAINED, Status
from papertrail.tui.frame.paper_text import STATUS_STYLES, heading_line
from papertrail.tui.frame.steady import Steady
from papertrail.tui.widgets.plan_bar import PLAN_MARK

_GROUPS = (
    ("The inbox", ("inbox.",)),
    ("What is due", ("due.",)),
    ("A review", ("review.",)),
    ("The paper under the cursor", ("status.", "note.", "paper.", "rows.choose")),
    ("What was done", ("undo.",)),
    ("Two texts of one paper", ("merge.",)),
    ("What was found", ("doctor.",)),
    ("The map", ("map.",)),
    ("Telling from memory", ("tell.",)),
    ("What was told", ("marks.",)),
    ("Reading down one question", ("compare.",)),
    ("Earlier texts of a note", ("history.",)),
    ("Lists", ("list.", "pane.", "rows.")),
    ("Papers", ("papers.",)),
    ("papertrail", ("app.",)),
)
MOST_KEYS = 2  # named for one thing
_PAIRS = {"rows.up": "rows.down", "rows.page_up": "rows.page_down", "rows.first": "rows.last"}
_PAIRS |= {"compare.next": "compare.previous", "history.next": "history.previous"}
_PAIRS |= {"marks.up": "marks.down", "marks.next": "marks.previous", "tell.up": "tell.down"}
_PAIRS |= {"review.up": "review.down", "review.page_up": "review.page_down"}
_PAIRS |= {"history.page": "history.page_back"}
_PAIRS |= {"compare.left": "compare.right", "compare.up": "compare.down", "map.first": "map.last"}
_PAIRS |= {"doctor.up": "doctor.down"}
_PAIRS |= {"map.up": "map.down", "map.left": "map.right", "map.previous_lineage": "map.next_lineage"}
_KEY_NAMES = {
    "slash": "/",
    "question_mark": "?",
    "exclamation_mark": "!",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "enter": "⏎",
    "escape": "esc",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "shift+tab": "⇧tab",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "equals_sign": "=",
    "delete": "del",
    "minus": "-",
    "f1": "F1",
    "shift+up": "⇧↑",
    "shift+down": "⇧↓",
    "ctrl+up": "^↑",
    "ctrl+down": "^↓",
}
_MEANINGS = {
    Status.UNREAD: "not begun",
    Status.QUEUED: "you want to read it soon",
    Status.READING: "you are at it",
    Status.READ: "only you can say so",
    Status.DROPPED: "you will not read it",
}
_WORDS = (
    ("reading again", "read before: it goes on counting", "$success"),
    ("✎ owes a note", "read, a needed section is open", "$warning"),
    ("≠ merge conflict", "in the note; both sides count until it is settled", "$warning"),
    ("✓ counted", "read and noted, towards the goal", "$success"),
    (f"{EXPLAINED} can explain", "each section known a week later, and still", "$success"),
    ("? at a section", "a question of yours there has no answer yet", "$primary"),
    ("▽ on the map", "read before what it builds on", "$warning"),
    (f"{PLAN_MARK} in the bar", "where an even pace is today", ""),
)


class HelpScreen(Steady, ModalScreen[None]):
    """Explains the screen it was opened from.

    Args:
        screen: whose keys are listed.
    """

    CSS = """
    HelpScreen { align: center middle; background: $background 60%; }
    HelpScreen > VerticalScroll {
        width: 76; max-width: 96%; height: auto; max-height: 94%; scrollbar-size-vertical: 1;
        background: $surface; border: round $primary; border-subtitle-color: $quiet; padding: 1 2 0 2;
    }
    HelpScreen #help { layout: vertical; height: auto; }
    HelpScreen Static { width: 1fr; height: auto; }
    HelpScreen.-two-columns > VerticalScroll { width: 118; }
    HelpScreen.-two-columns #help { layout: horizontal; }
    HelpScreen.-two-columns #help-keys { width: 62; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-one-column"), (122, "-two-columns")]  # noqa: RUF012 - Textual's
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "app.pop_screen", "Close", id="help.close")
    ]

    def __init__(self, screen: Screen[None]) -> None:
        super().__init__()
        self._explained = screen

    def compose(self) -> ComposeResult:
        """Keys beside words where there is room, else above them; scrolled where they do not fit."""
        with VerticalScroll() as page:
            page.border_subtitle = "esc closes"
            with Container(id="help"):
                yield Static(Content("\n").join(self._keys()), id="help-keys")
                yield Static(Content("\n").join(_signs()), id="help-words")

    def _keys(self) -> list[Content]:
        """Return what the bindings of the screen and of its focused widget do, in groups."""
        described = self._described()
        for first, second in _PAIRS.items():
            if first in described and second in described:
                (keys, words), (more_keys, more_words) = described[first], described.pop(second)
                described[first] = (f"{keys} · {more_keys}", f"{words}, {more_words.lower()}")
        lines: list[Content] = []
        shown: set[str] = set()
        for heading, prefixes in _GROUPS:
            own = [id_ for p in prefixes for id_ in described if id_.startswith(p) and id_ not in shown]
            shown.update(own)
            if own:
                lines.append(heading_line(heading))
                for id_ in own:
                    keys, words = described[id_]
                    lines.append(Content.assemble((f"  {keys:<18} ", "bold"), words))
                lines.append(Content(""))
        return lines

    def _described(self) -> dict[str, tuple[str, str]]:
        """Return keys and words of every binding that has a name, by its id."""
        described: dict[str, tuple[str, str]] = {}
        sources = [self._explained, self._explained.focused] if self._explained.focused else [self._explained]
        for source in sources:
            for bindings in source._bindings.key_to_bindings.values():
                for one in bindings:
                    if one.id is not None and one.description:
                        keys, _ = described.get(one.id, ("", ""))
                        name = _KEY_NAMES.get(one.key, one.key.replace("ctrl+", "^"))
                        words = f"{one.description}" + (f": {one.tooltip}" if one.tooltip else "")
                        if keys.count(" ") < MOST_KEYS - 1:
                            described[one.id] = (f"{keys} {name}".strip(), words)
        return described


def _signs() -> list[Content]:
    lines = [heading_line("Signs and words")]
    for words in (*((f"{s.glyph} {s}", _MEANINGS[s], STATUS_STYLES[s]) for s in Status), *_WORDS):
        name, meaning, style = words
        lines.append(Content.assemble((f"  {name:<14} ", f"bold {style}".strip()), meaning))
    lines.append(Content(""))
    return lines
