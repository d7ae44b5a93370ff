"""All keys, signs and words on one page."""

from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from papertrail.tui.frame.paper_text import heading_line
from papertrail.tui.frame.signs import signs_of
from papertrail.tui.frame.steady import Steady
from papertrail.tui.widgets.cells import wrap
from papertrail.tui.widgets.key_names import name_of
from papertrail.tui.widgets.modal import Modal

_GROUPS = (
    (
        "This dialog",
        (
            "dialog.",
            "finder.",
            "guess.",
            "asked.",
            "columns.",
            "form.",
            "found.",
            "reading.",
            "watch.",
            "watched.",
        ),
    ),
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
_OF_TEXTUAL = {
    "palette": "Find anything that can be done",
    "Focus Next": "To the next part of the screen",
    "Focus Previous": "To the part before",
    "Scroll Left": "A little to the left",
    "Scroll Right": "A little to the right",
    "Page Left": "A window to the left",
    "Page Right": "A window to the right",
}
"""What keys of Textual's own are called here."""
_PAIRS = (
    ("rows.up", "rows.down"),
    ("rows.page_up", "rows.page_down"),
    ("rows.first", "rows.last"),
    ("finder.first", "finder.last"),
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
_MOST_KEYS, _MOST_SIGN = 20, 16  # cells for the keys of a line, for a sign; longer ones push the words
_WIDE, _ONE_WIDE, _KEYS_WIDE = 132, 76, 70  # cells of the page with two columns, with one; of the left one
_AROUND = 7  # cells of its border, its padding, its scrollbar
_TWO_COLUMNS = 136  # columns from which there are two


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
        described = _OF_TEXTUAL.get(binding.description, binding.description)
        words = described + (
            f": {binding.tooltip}" if binding.tooltip and described is binding.description else ""
        )
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


class HelpPage(VerticalScroll):
    """The page, which does not glide: each step of that would have the screen laid out and drawn."""

    def scroll_to(self, *at: Any, animate: bool = False, immediate: bool = True, **how: Any) -> None:
        """Scroll at once."""
        super().scroll_to(*at, animate=False, immediate=True, **how)


class HelpScreen(Steady, Modal[None]):
    """Explains the screen it was opened from.

    Args:
        screen: whose keys are listed.
    """

    CSS = f"""
    HelpScreen {{ align: center middle; background: $background 60%; }}
    HelpScreen > HelpPage {{
        width: {_ONE_WIDE}; max-width: 96%; height: auto; max-height: 94%; scrollbar-size-vertical: 1;
        background: $surface; border: round $primary; border-subtitle-color: $quiet; padding: 1 2 0 2;
    }}
    HelpScreen #help {{ layout: vertical; height: auto; }}
    HelpScreen Static {{ width: 1fr; height: auto; }}
    HelpScreen.-two-columns > HelpPage {{ width: {_WIDE}; }}
    HelpScreen.-two-columns #help {{ layout: horizontal; }}
    HelpScreen.-two-columns #help-keys {{ width: {_KEYS_WIDE}; margin: 0 2 0 0; }}
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-one-column"), (_TWO_COLUMNS, "-two-columns")]  # noqa: RUF012 - Textual's
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "app.pop_screen", "Close", id="help.close")
    ]

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._things = listed(screen)
        self._signs = signs_of(screen)

    def compose(self) -> ComposeResult:
        """Keys beside words where there is room, else above them; scrolled where they do not fit."""
        with HelpPage() as page:
            page.border_subtitle = "esc closes"
            with Container(id="help"):
                yield Static(id="help-keys")
                yield Static(id="help-words")

    def on_mount(self) -> None:
        """Set the words at once: the size is known."""
        self._set()

    def on_resize(self) -> None:
        """Set the words anew."""
        self._set()

    def _set(self) -> None:
        width = self.app.size.width
        if width >= _TWO_COLUMNS:
            keys, words = _KEYS_WIDE, _WIDE - _KEYS_WIDE - 2 - _AROUND
        else:
            keys = words = min(_ONE_WIDE, width * 96 // 100) - _AROUND
        self.query_one("#help-keys", Static).update(Content("\n").join(self._keys(keys)))
        self.query_one("#help-words", Static).update(Content("\n").join(self._words(words)))

    def _keys(self, width: int) -> Iterator[Content]:
        """Yield what keys do, in groups."""
        named = (_named(one.keys) for things in self._things.values() for one in things)
        first = min(max(map(cell_len, named), default=0), _MOST_KEYS)
        for heading, things in self._things.items():
            yield heading_line(heading)
            for keys, words in things:
                yield _hanging(_named(keys), "bold", words, first, width)
            yield Content("")

    def _words(self, width: int) -> Iterator[Content]:
        every = [sign.name for signs in self._signs.values() for sign in signs]
        first = min(max(map(cell_len, every), default=0), _MOST_SIGN)
        for heading, signs in self._signs.items():
            yield heading_line(heading)
            for name, meaning, style in signs:
                yield _hanging(name, f"bold {style}".strip(), meaning, first, width)
            yield Content("")


def _named(keys: list[str]) -> str:
    """Return what keys are called, those of a row of numbers as its first and last: `alt+1…8`."""
    names = [name_of(key) for key in keys]
    first, last = names[0], names[-1]
    if len(names) > 2 and [name[:-1] for name in names] == [first[:-1]] * len(names) and last[-1].isdigit():
        return f"{first}…{last[-1]}"
    return " ".join(names)


def _hanging(name: str, style: str, words: str, first: int, width: int) -> Content:
    """Return a name and words beside it, further lines of them below the first.

    Args:
        name: of a key or sign.
        style: of the name.
        words: what it means.
        first: cells for the name; a longer one pushes the first line of its words.
        width: cells in all.
    """
    room, pushed = max(width - first - 4, 1), max(cell_len(name) - first, 0)
    begin, *more = wrap("-" * pushed + words, room) or [""]
    hung = "".join(f"\n{'':{first + 4}}{line}" for line in more)
    gap = " " * max(first - cell_len(name), 0)
    return Content.assemble((f"  {name}{gap}  ", style), begin[pushed:] + hung)
