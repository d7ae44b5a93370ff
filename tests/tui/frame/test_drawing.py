"""What is drawn in fewer steps than Textual takes: the same picture, and no more of it than is asked for."""

from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.segment import Segment
from rich.style import Style
from textual._compositor import Compositor
from textual._styles_cache import StylesCache
from textual.screen import Screen
from textual.strip import Strip

from papertrail.tui.papers.screen import PapersScreen
from papertrail.tui.widgets.drawing import QuickCompositor
from papertrail.tui.widgets.row_list import RowList
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
    with patch.object(QuickCompositor, "_render_chops", Compositor._render_chops):
        drawn = cells(compositor.render_strips())
    for widget, styles in kept.items():
        widget._styles_cache = styles
    return drawn


async def test_every_screen_is_drawn_as_textual_draws_it(tmp_path: Path) -> None:
    async with running(walked_trail(tmp_path), (140, 40), mode="today") as pilot:
        async for screen in walk(pilot):
            assert isinstance(screen._compositor, QuickCompositor)
            assert cells(screen._compositor.render_strips()) == as_textual_draws(screen), type(screen)
            if isinstance(screen, PapersScreen):
                await press(pilot, "question_mark")
                shown(pilot)
                over = pilot.app.screen
                assert over is not screen
                assert cells(over._compositor.render_strips()) == as_textual_draws(over), "a part is covered"
                await press(pilot, "escape")


async def test_of_a_few_lines_only_their_pieces_are_drawn(tmp_path: Path) -> None:
    async with running(walked_trail(tmp_path), (140, 40)) as pilot:
        shown(pilot)
        compositor = pilot.app.screen._compositor
        assert isinstance(compositor, QuickCompositor)
        region = compositor.visible_widgets[pilot.app.screen.query_one("#papers")][0]
        whole = compositor._pieces([(y, 0, 140) for y in range(40)])
        assert all(strip is not None for line in whole for strip in line.values())
        spans = [(region.y + 3, region.x, region.right), (region.y + 5, region.x + 1, region.x + 2)]
        pilot.app.screen.query_one("#papers").refresh()
        with patch.object(RowList, "render_line", autospec=True, side_effect=RowList.render_line) as drawn:
            pieces = compositor._pieces(spans)
        assert {call.args[0].id for call in drawn.call_args_list} == {"papers"}
        assert {call.args[1] for call in drawn.call_args_list} == {3, 4, 5}
        for y, line in enumerate(pieces):
            ys = [(begin, end) for row, begin, end in spans if row == y]
            for x, strip in line.items():
                is_in = any(
                    begin <= x < end or x <= begin < x + (whole[y][x].cell_length) for begin, end in ys
                )
                assert (strip is not None) is is_in
                assert strip is None or cells([strip]) == cells([whole[y][x]])
