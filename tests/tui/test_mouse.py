"""The mouse: the wheel scrolls whatever is longer than its window, and what can be clicked shows it."""

from pathlib import Path

from textual.events import MouseScrollDown
from textual.pilot import Pilot
from textual.widget import Widget

from papertrail.tui.frame.tabs import ModeTabs
from papertrail.tui.widgets.dialogs import AnswerKeys
from tests.trails import small_trail
from tests.tui.driving import press, running, settle, shown
from tests.tui.every_screen import walk, walked_trail


def longer_than_their_windows(pilot: Pilot[int]) -> list[Widget]:
    """Return what is in sight of the screen in front and has more below."""
    screen = pilot.app.screen
    return [
        one
        for one in screen.query(Widget)
        if one.is_vertical_scrollbar_grabbed is False
        and one.region.area
        and one.max_scroll_y > one.scroll_y
        and one.styles.overflow_y != "hidden"
    ]


async def wheel(pilot: Pilot[int], widget: Widget) -> None:
    """Turn the wheel over the middle of a widget, as a terminal tells it."""
    x, y = widget.region.center
    x, y = int(x), int(y)
    told = MouseScrollDown(widget, x, y, 0, 0, 0, False, False, False, screen_x=x, screen_y=y)
    pilot.app.screen._forward_event(told)
    await settle(pilot)


async def test_the_wheel_scrolls_whatever_is_longer_than_its_window(tmp_path: Path) -> None:
    turned = set()
    async with running(walked_trail(tmp_path), (80, 16), mode="today") as pilot:
        async for screen in walk(pilot):
            shown(pilot)
            for widget in longer_than_their_windows(pilot):
                before = widget.scroll_y
                await wheel(pilot, widget)
                assert widget.scroll_target_y > before, (screen, widget)
                turned.add(type(widget).__name__)
                widget.scroll_to(y=before, animate=False, force=True, immediate=True)
            await press(pilot, "f1")
            (page,) = longer_than_their_windows(pilot)
            await wheel(pilot, page)
            assert page.scroll_target_y > 0, (screen, "the page of keys")
            await press(pilot, "f1")
    assert {"RowList", "Sheet"} & turned or len(turned) > 3, turned


async def test_what_can_be_clicked_shows_it_under_the_mouse(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (80, 24), mode="today") as pilot:
        tabs = pilot.app.screen.query_one(ModeTabs)
        at = shown(pilot).split("\n")[0].index("map")
        await pilot.hover(ModeTabs, offset=(at, 0))
        assert tabs._hovered == "map"
        await pilot.hover(ModeTabs, offset=(78, 0))
        assert tabs._hovered == ""
        await press(pilot, "g")
        keys = pilot.app.screen.query_one(AnswerKeys)
        row = shown(pilot).split("\n")[keys.region.y]
        await pilot.hover(AnswerKeys, offset=(row.index("next line") - keys.region.x, 0))
        underlined = [span for span in keys.render().spans if span.style == "underline"]
        assert [keys.render().plain[one.start : one.end].strip() for one in underlined] == ["next line"]
        await pilot.click(AnswerKeys, offset=(row.index("cancel") - keys.region.x, 0))
        assert not pilot.app.screen.query(AnswerKeys)
