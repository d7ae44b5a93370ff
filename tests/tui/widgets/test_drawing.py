"""What is drawn in fewer steps than Textual takes: the same pictures."""

from pathlib import Path
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.geometry import Region
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip

from bench.pictures import campaign
from papertrail.tui.widgets.compositor import SightCompositor
from papertrail.tui.widgets.drawing import draw_quickly
from tests.tui.driving import running, settle
from tests.tui.every_screen import walk, walked_trail


def cells(strips: list[Strip]) -> list[list[Segment]]:
    """Return what is seen of lines: of blanks the ground alone, unless a line goes through or below them."""
    return [list(Strip(_seen(part) for part in strip if part.text).simplify()) for strip in strips]


def _seen(part: Segment) -> Segment:
    style = part.style
    if style is None or part.text.strip(" ") or style.underline or style.strike:
        return part
    return Segment(part.text, Style(bgcolor=style.color if style.reverse else style.bgcolor))


def as_textual_draws(screen: Screen[Any]) -> list[list[Segment]]:
    """Return the lines of a screen as Textual draws them by itself."""
    compositor, kept = screen._compositor, {}
    for widget in compositor.visible_widgets:
        kept[widget], widget._styles_cache = widget._styles_cache, StylesCache()
    drawn = cells(compositor.render_strips())
    for widget, styles in kept.items():
        widget._styles_cache = styles
    return drawn


async def test_every_screen_is_drawn_as_textual_draws_it(tmp_path: Path) -> None:
    async with running(walked_trail(tmp_path), (140, 40), mode="today") as pilot:
        async for screen in walk(pilot):
            assert isinstance(screen._compositor, SightCompositor)
            drawn = screen._compositor.render_full_update()
            assert cells([Strip.join(line) for line in drawn.strips]) == as_textual_draws(screen), type(
                screen
            )


def test_a_terminal_shows_after_many_pictures_what_one_would(tmp_path: Path) -> None:
    """A short slice of the campaign that `python -m bench pictures` runs at length."""
    assert campaign(tmp_path, steps=60, seed=2026, papers=60) == []


class Page(ScrollView):
    """Notes which of its lines it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Region] = []

    def render_lines(self, crop: Region) -> list[Strip]:
        """Note them, and draw them."""
        self.asked.append(crop)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        return Strip([Segment(f"line {y}")])


class TwoPages(App[int]):
    """Two pages beside each other."""

    def compose(self) -> ComposeResult:
        """Both."""
        yield Horizontal(Page(), Page())

    def on_mount(self) -> None:
        """Draw them our way."""
        draw_quickly(self.screen)
        self.screen.refresh(layout=True)


async def test_a_widget_is_asked_only_for_lines_that_are_to_be_drawn() -> None:
    async with TwoPages().run_test(size=(40, 10)) as pilot:
        await settle(pilot)
        left, right = pilot.app.query(Page)
        left.asked.clear()
        right.asked.clear()
        left.refresh(Region(0, 3, 20, 1), Region(0, 5, 20, 1))
        await settle(pilot)
        assert left.asked == [Region(0, 3, 20, 3)]
        assert right.asked == []
