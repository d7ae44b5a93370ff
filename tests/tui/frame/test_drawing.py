"""What is drawn in fewer steps than Textual takes: the same picture."""

from pathlib import Path
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.screen import Screen
from textual.strip import Strip

from papertrail.tui.papers.screen import PapersScreen
from tests.tui.driving import press, running, shown
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
            assert cells(screen._compositor.render_strips()) == as_textual_draws(screen), type(screen)
            if isinstance(screen, PapersScreen):
                await press(pilot, "question_mark")
                shown(pilot)
                over = pilot.app.screen
                assert over is not screen
                assert cells(over._compositor.render_strips()) == as_textual_draws(over), "a part is covered"
                await press(pilot, "escape")
