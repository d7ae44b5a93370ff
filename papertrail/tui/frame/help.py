"""All keys, signs and words on one page."""

from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from papertrail.tui.frame.paper_text import heading_line
from papertrail.tui.frame.signs import signs_of
from papertrail.tui.frame.steady import Steady
from papertrail.tui.widgets.key_names import name_of

_GROUPS = (
    ("This dialog", ("dialog.", "finder.")),
    ("The note", ("editor.",)),
    ("A link that is begun", ("names.",)),
    ("The inbox", ("inbox.",)),
    ("What is due", ("due.",)),
    ("A review", ("review.",)),
    ("The goal", ("goal.",)),
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
MOVING = "Moving about"
WRITING = "While writing"
_PAIRS = (
    ("rows.up", "rows.down"),
    ("rows.page_up", "rows.page_down"),
    ("rows.first", "rows.last"),
    ("compare.next", "compare.previous"),
    ("history.next", "history.previous"),
    ("marks.up", "marks.down"),
    ("marks.next", "marks.previous"),
    ("tell.up", "tell.down"),
    ("review.up", "review.down"),
    ("review.page_up", "review.page_down"),
    ("history.page", "history.page_back"),
    ("compare.left", "compare.right"),
    ("compare.up", "compare.down"),
    ("map.first", "map.last"),
    ("doctor.up", "doctor.down"),
    ("map.up", "map.down"),
    ("map.left", "map.right"),
    ("map.previous_lineage", "map.next_lineage"),
)
_KEYS_ROOM = 20  # cells for the keys of a line; longer ones push its words


class Listed(NamedTuple):
    """One thing that can be done: the keys for it, and what it is."""

    keys: list[str]
    words: str


def listed(screen: Screen[Any]) -> dict[str, list[Listed]]:
    """Return everything that a key does on a screen as it is now, under headings."""
    by_heading: dict[str, dict[str, Listed]] = {}
    for key, one in screen.active_bindings.items():
        binding = one.binding
        if not binding.description:
            continue
        words = binding.description + (f": {binding.tooltip}" if binding.tooltip else "")
        heading = _heading(binding.id or "", one.node.__class__.__mro__)
        there = by_heading.setdefault(heading, {})
        there.setdefault(binding.id or words, Listed([], words)).keys.append(key)
    for things in by_heading.values():
        for first, second in _PAIRS:
            if first in things and second in things:
                (keys, words), (more_keys, more_words) = things[first], things.pop(second)
                things[first] = Listed([*keys, *more_keys], f"{words}, {more_words.lower()}")
    order = [heading for heading, _ in _GROUPS]
    order = [*order[:-1], WRITING, MOVING, order[-1]]
    return {name: list(by_heading[name].values()) for name in order if name in by_heading}


def _heading(id_: str, kinds: tuple[type, ...]) -> str:
    for heading, prefixes in _GROUPS:
        if id_.startswith(prefixes):
            return heading
    return WRITING if any(kind.__name__ in ("TextArea", "Input") for kind in kinds) else MOVING


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
    HelpScreen.-two-columns > VerticalScroll { width: 132; }
    HelpScreen.-two-columns #help { layout: horizontal; }
    HelpScreen.-two-columns #help-keys { width: 70; margin: 0 2 0 0; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-one-column"), (136, "-two-columns")]  # noqa: RUF012 - Textual's
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "app.pop_screen", "Close", id="help.close")
    ]

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._things = listed(screen)
        self._signs = signs_of(screen)

    def compose(self) -> ComposeResult:
        """Keys beside words where there is room, else above them; scrolled where they do not fit."""
        with VerticalScroll() as page:
            page.border_subtitle = "esc closes"
            with Container(id="help"):
                yield Static(Content("\n").join(self._keys()), id="help-keys")
                yield Static(Content("\n").join(self._words()), id="help-words")

    def _keys(self) -> list[Content]:
        """Return what keys do, in groups."""
        lines: list[Content] = []
        for heading, things in self._things.items():
            lines.append(heading_line(heading))
            for keys, words in things:
                named = " ".join(map(name_of, keys))
                lines.append(Content.assemble((f"  {named:<{_KEYS_ROOM}} ", "bold"), words))
            lines.append(Content(""))
        return lines

    def _words(self) -> list[Content]:
        lines: list[Content] = []
        for heading, signs in self._signs.items():
            lines.append(heading_line(heading))
            for name, meaning, style in signs:
                lines.append(Content.assemble((f"  {name:<16} ", f"bold {style}".strip()), meaning))
            lines.append(Content(""))
        return lines
