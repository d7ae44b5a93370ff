"""The palette behind ctrl+p: every action of the screen, and all that the finder finds."""

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import RenderableType
from textual.app import ComposeResult
from textual.binding import Binding
from textual.command import (
    CommandInput,
    CommandList,
    CommandPalette,
    DiscoveryHit,
    Hit,
    Hits,
    Provider,
)
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import LoadingIndicator

from papertrail.domain.errors import PapertrailError
from papertrail.domain.text import clean_line
from papertrail.library import Library
from papertrail.tui.widgets.clean_input import CleanInput
from papertrail.tui.widgets.data_text import line, marked
from papertrail.tui.widgets.focus import FocusInPlace
from papertrail.tui.widgets.key_names import name_of
from papertrail.tui.widgets.modal import dimmed

if TYPE_CHECKING:
    from papertrail.tui.frame.found import Row

MOST_CELLS, SHARE = 96, 94  # of the palette; and at most so many of a hundred of the screen
_AROUND = 9  # cells of its frame, of what stands beside its rows, and of the scrollbar
_WHAT, _KEY = 26, 6  # of what an action is called, of its key; longer ones push what follows
_LEAST = 20  # cells of a title
PLACEHOLDER = "find a paper, lineage, tag, view, or something to do …"
_NAMED = ("lineage", "tag", "view")
_LINES = ("note", "lineage note")
_ABOUT_HITS = ("enter", "up", "down", "pageup", "pagedown")
WITHOUT_KEYS = (
    Binding(
        "",
        "app.tutorial",
        "Tutorial: five steps in a demo trail",
        tooltip="then back here",
        id="app.tutorial",
    ),
    Binding(
        "", "app.switch_theme", "Theme: the next one", tooltip="so does papertrail set theme", id="app.theme"
    ),
    Binding(
        "",
        "app.doctor",
        "Doctor: is the trail as it should be",
        tooltip="and mend what can be mended",
        id="app.doctor",
    ),
    Binding(
        "",
        "app.back_up",
        "Back up the trail",
        tooltip="into .papertrail/backups; papertrail restore brings one back",
        id="app.back_up",
    ),
    Binding("", "app.tell_backups", "Backups", tooltip="which there are", id="app.backups"),
)
_NOT_OFFERED = ("app.palette", "app.quit_always")


class PaletteInput(CommandInput, CleanInput):
    """The palette's line, with the keys of every other line."""


class Palette(FocusInPlace, CommandPalette):
    """Textual's palette in the colours and the frame of the other dialogs."""

    DEFAULT_CSS = """
    Palette > Vertical { width: 96; max-width: 94%; margin-top: 2; background: transparent; }
    Palette #--input { border: round $primary; background: $surface; padding: 0 1; }
    Palette #--input.--list-visible { border-bottom: none; }
    Palette CommandInput { background: $surface; padding: 0; }
    Palette CommandList {
        background: $surface; border: round $primary; border-top: none; padding: 0 1; max-height: 70vh;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    Palette CommandList > .option-list--option-highlighted { background: $block-cursor-background; }
    """

    def compose(self) -> ComposeResult:
        """Textual's palette, with our own line to type into."""
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield PaletteInput(placeholder=self._placeholder, select_on_focus=False)
            with Vertical(id="--results"):
                yield CommandList()
                yield LoadingIndicator()

    def render(self) -> RenderableType:
        """Draw what stands behind."""
        return dimmed(super().render())

    def is_ready_for(self, key: str) -> bool:
        """Let enter and the arrows wait until what was typed has been looked for; letters need not."""
        return key not in _ABOUT_HITS or all(w.is_finished for w in self.workers if w.node is self)


class ActionProvider(Provider):
    """Offers what the screen's keys do."""

    def _actions(self) -> Iterator[Binding]:
        seen = set()
        for bindings in (self.screen._bindings, self.app._bindings):
            for group in bindings.key_to_bindings.values():
                for binding in group:
                    is_ours = binding.id is not None and binding.id not in _NOT_OFFERED
                    if is_ours and binding.description and binding.action not in seen:
                        seen.add(binding.action)
                        yield binding
        yield from WITHOUT_KEYS

    async def discover(self) -> Hits:
        """Offer every action while nothing is typed."""
        for binding in self._actions():
            yield DiscoveryHit(
                self._display(binding),
                partial(self._run, binding),
                text=binding.description,
            )

    async def search(self, query: str) -> Hits:
        """Offer the actions that fit what is typed."""
        matcher = self.matcher(query)
        for binding in self._actions():
            score = matcher.match(binding.description)
            if score > 0:
                yield Hit(
                    score,
                    self._display(binding),
                    partial(self._run, binding),
                    text=binding.description,
                )

    def _display(self, binding: Binding) -> Content:
        has_key = binding.key and not self._is_for_writing(binding)
        key = name_of(binding.key) if has_key else ""
        what = f"{binding.description:{_WHAT}}  "
        room = max(_WHAT + _KEY + 2 - len(what), 0)
        return Content.assemble(
            what,
            *([(key, "$primary")] if key else []),
            " " * max(room - cell_len(key), 1 if key else 0),
            (binding.tooltip, "$quiet"),
        )

    def _is_for_writing(self, binding: Binding) -> bool:
        """Tell whether the key does something else where the cursor is, such as to write a letter."""
        field = self.focused
        if field is None or binding.priority:
            return False
        shown = " " if binding.key == "space" else self.app.get_key_display(binding)
        around = (node for node in field.ancestors_with_self if isinstance(node, Widget))
        return field.check_consume_key(binding.key, shown if len(shown) == 1 else None) or any(
            binding.key in node._bindings.key_to_bindings for node in around if node is not self.screen
        )

    async def _run(self, binding: Binding) -> None:
        await self.app.run_action(binding.action, self.screen)


class FindProvider(Provider):
    """Offers what the finder finds for the words typed."""

    async def search(self, query: str) -> Hits:
        """Offer what is found, papers whose key begins so first."""
        library: Library | None = getattr(self.app, "library", None)
        if library is None or (query.isascii() and len(query.strip()) < 2):
            return
        from papertrail.tui.frame.found import find, go, ways_of

        try:
            found = await asyncio.to_thread(find, library, query)
        except PapertrailError:  # busy for a moment; the next letter asks again
            return
        ways = ways_of(self.app, library)
        rows = [row for some in found.groups for row in some.rows]
        for number, row in enumerate(rows):
            begins = row.kind == "paper" and row.name.startswith(query.strip().lower())
            there = partial(go, ways, found.query, row)
            score = 0.9 if begins else 0.7 if row.kind in _NAMED else 0.5
            yield Hit(score - number / 1000, _display(row, self._room), there, text=row.name)

    @property
    def _room(self) -> int:
        """Return how many cells a row has."""
        return min(MOST_CELLS, self.app.size.width * SHARE // 100) - _AROUND


def _display(row: "Row", room: int) -> Content:
    """Return a row of so many cells: what it is called is cut, what it is stays."""
    from papertrail.domain.query.hits import cut, pieces

    before, after = "", f"  {row.kind} · {row.beside}" if row.beside else f"  {row.kind}"
    if row.kind == "paper" and row.paper is not None:
        before, after = f"{row.paper.status.glyph} ", f"  {row.paper.year or ''} {row.name}"
    elif row.kind in _LINES:
        before, after = f"{cut(clean_line(row.name), (), room // 3)[0]}  ", ""
    left = room - cell_len(before) - cell_len(after)
    text, spans = cut(row.text, row.spans, max(left, _LEAST))
    shown = marked(pieces(text, spans), "bold underline")
    beginning = line(before.rstrip(), "$quiet" if row.kind in _LINES else "")
    parts: list[Content | str] = [beginning, before[len(before.rstrip()) :], shown]
    if after:
        parts += ["  ", line(after.strip(), "$quiet")]
    return Content.assemble(*parts)
