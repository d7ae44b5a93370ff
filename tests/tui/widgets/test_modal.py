"""What stands behind a dialog is dimmed as Textual would, and a key in the dialog does not draw it again."""

from pathlib import Path

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen

from papertrail.tui.widgets.modal import Modal, dimmed
from tests.trails import small_trail
from tests.tui.driving import press, running

STYLES = (
    None,
    Style(),
    Style(color="red"),
    Style(bgcolor="#102030", bold=True),
    Style(color="#a0b0c0", bgcolor="default", link="https://example.org", meta={"@click": "x"}),
    Style(color="color(9)", italic=True, reverse=True),
)


def test_colours_are_those_of_textual() -> None:
    segments = [Segment(f"{number} a [/b] z", style) for number, style in enumerate(STYLES)]
    segments.append(Segment("", None, [(1, 2)]))  # type: ignore[list-item]
    for color in (Color(20, 20, 19, 0.6), Color(255, 250, 240, 0.6)):
        ours = dimmed(BackgroundScreen(Screen(), color))
        assert isinstance(ours, BackgroundScreen)
        for _ in range(2):  # worked out, and remembered
            told = list(ours.process_segments(segments, color))
            assert told == list(BackgroundScreen.process_segments(segments, color))
            styles = [one.style for one in told if one.style is not None]
            assert len(styles) == len(STYLES) and not any(one.link or one.meta for one in styles)


async def test_going_to_the_next_field_draws_the_field_and_not_the_screen(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), mode="today") as pilot:
        await press(pilot, "g")
        dialog, drawn = pilot.app.screen, 0
        assert isinstance(dialog, Modal)
        draw = dialog.render

        def counted() -> object:
            nonlocal drawn
            drawn += 1
            return draw()

        dialog.render = counted  # type: ignore[method-assign, assignment]
        before, left = pilot.app.export_screenshot(), pilot.app.focused
        drawn = 0  # the picture was asked for
        await press(pilot, "tab")
        await pilot.pause()
        assert drawn == 0
        assert pilot.app.focused is not left and pilot.app.export_screenshot() != before
