"""All keys, signs and words on one page."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from papertrail.domain.paper import Status
from papertrail.tui.paper_text import STATUS_STYLES, heading_line

_GROUPS = (
    ("The paper under the cursor", ("status.", "note.", "rows.choose")),
    ("Lists", ("list.", "pane.", "rows.")),
    ("Papers", ("papers.",)),
    ("papertrail", ("app.",)),
)
_KEY_NAMES = {
    "slash": "/",
    "question_mark": "?",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "enter": "⏎",
    "escape": "esc",
    "shift+tab": "⇧tab",
    "pageup": "pgup",
    "pagedown": "pgdn",
}
_WORDS = (
    ("read", "you have read it; papertrail never says so by itself"),
    ("filled", "a section of the note that holds more than the template's words"),
    ("✎ owes a note", "read, but a required section is not filled yet"),
    ("✓ counted", "read, and the required sections are filled: one more towards the goal"),
    ("┊ in the bar", "where an even pace would be today"),
)


class HelpScreen(ModalScreen[None]):
    """Explains the screen it was opened from.

    Args:
        screen: whose keys are listed.
    """

    CSS = """
    HelpScreen { align: center middle; background: $background 60%; }
    HelpScreen > VerticalScroll {
        width: 76; max-width: 96%; height: auto; max-height: 94%;
        background: $surface; border: round $primary; padding: 1 2;
    }
    HelpScreen Static { width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "app.pop_screen", "Close", id="help.close")
    ]

    def __init__(self, screen: Screen[None]) -> None:
        super().__init__()
        self._explained = screen

    def compose(self) -> ComposeResult:
        """One page, scrolled where it does not fit."""
        with VerticalScroll():
            yield Static(Content("\n").join([*self._keys(), *_signs()]))

    def _keys(self) -> list[Content]:
        described: dict[str, tuple[str, str]] = {}
        sources = [self._explained, self._explained.focused] if self._explained.focused else [self._explained]
        for source in sources:
            for binding in source._bindings.key_to_bindings.values():
                for one in binding:
                    if one.id is not None and one.description:
                        keys, _ = described.get(one.id, ("", ""))
                        name = _KEY_NAMES.get(one.key, one.key.replace("ctrl+", "^"))
                        words = f"{one.description}" + (f": {one.tooltip}" if one.tooltip else "")
                        described[one.id] = (f"{keys} {name}".strip(), words)
        lines: list[Content] = []
        shown: set[str] = set()
        for heading, prefixes in _GROUPS:
            own = [id_ for p in prefixes for id_ in described if id_.startswith(p) and id_ not in shown]
            shown.update(own)
            if own:
                lines.append(heading_line(heading))
                for id_ in own:
                    keys, words = described[id_]
                    lines.append(Content.assemble((f"  {keys:<14} ", "bold"), words))
                lines.append(Content(""))
        return lines


def _signs() -> list[Content]:
    lines = [heading_line("Signs and words")]
    signs = [Content.styled(f"{s.glyph} {s}   ", STATUS_STYLES[s]) for s in Status]
    lines.append(Content.assemble("  ", *signs))
    for word, meaning in _WORDS:
        lines.append(Content.assemble((f"  {word:<14} ", "bold"), meaning))
    return lines
