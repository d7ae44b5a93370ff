"""The colours: enough contrast to be read in each theme, every screen drawn in the terminal's own sixteen."""

from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme
from textual.widgets import Input, OptionList

from papertrail.domain.settings import THEME_NAMES
from papertrail.tui.frame.theme import CONTRAST, DARK, LIGHT, TERMINAL, THEMES
from papertrail.tui.today.list import TodayList
from papertrail.tui.widgets.note_area import NoteArea
from tests.trails import opened, small_trail
from tests.tui.driving import press, running, settle, shown
from tests.tui.every_screen import walk, walked_trail

INKS = ("foreground", "quiet", "primary", "secondary", "accent", "success", "warning", "error")
GROUNDS = ("background", "surface")


def luminance(colour: Color) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(theme: Theme, ink: str, ground: str) -> float:
    colours = {**theme.to_color_system().generate(), **theme.variables}
    light, dark = sorted((luminance(Color.parse(colours[name])) for name in (ink, ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
def test_all_text_can_be_read(theme: Theme) -> None:
    """WCAG 2.1: 4.5 for text, 7 where more is asked for."""
    least = 7.0 if theme is CONTRAST else 4.5
    pairs = [(ink, ground) for ink in INKS for ground in GROUNDS]
    pairs += [("block-cursor-foreground", "block-cursor-background"), ("background", "warning")]
    pairs += [("block-cursor-foreground", "block-cursor-blurred-background")]
    poor = {
        (ink, ground): round(found, 2)
        for ink, ground in pairs
        if (found := contrast(theme, ink, ground)) < least
    }
    assert poor == {}


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
def test_reading_days_are_one_ramp_and_the_forecast_is_fainter_than_what_was_done(theme: Theme) -> None:
    """The more was read, the further from the ground, all in the hue of what is counted."""
    steps = [f"ramp-{step}" for step in range(1, 5)]
    found = [contrast(theme, step, "background") for step in steps]
    assert found == sorted(set(found))
    hues = [Color.parse(theme.variables[step]).hsl.h for step in steps]
    assert max(abs(hue - Color.parse(theme.primary).hsl.h) for hue in hues) < 0.03
    assert contrast(theme, "haze", "background") < contrast(theme, "primary", "background") / 1.3


def test_every_theme_has_a_name_that_can_be_set() -> None:
    assert tuple(THEMES) == THEME_NAMES


async def test_a_theme_is_taken_in_turn_and_remembered(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, mode="today") as pilot:
        for name in ("light", "contrast", "terminal", "dark", "light", "contrast"):
            await pilot.app.run_action("app.switch_theme")
            await settle(pilot)
            assert pilot.app.theme == THEMES[name].name and f"theme {name}" in shown(pilot)
    async with running(home, mode="today") as pilot:
        assert pilot.app.theme == CONTRAST.name


async def test_every_screen_is_drawn_in_the_colours_of_the_terminal_alone(tmp_path: Path) -> None:
    home = walked_trail(tmp_path)
    with opened(home) as library:
        library.settings.set("theme", "terminal")
    async with running(home, (100, 30), mode="today") as pilot:
        assert pilot.app.theme == TERMINAL.name
        async for screen in walk(pilot):
            update = screen._compositor.render_update(full=True)
            strips = [strip for row in getattr(update, "strips", []) for strip in row]
            others = {
                colour.name
                for strip in strips
                for segment in strip
                if segment.style is not None
                for colour in (segment.style.color, segment.style.bgcolor)
                if colour is not None and colour.triplet is not None
            }
            assert others == set(), type(screen)
        await press(pilot, "escape")


async def test_lines_that_a_screen_keeps_take_the_colours_of_another_theme(tmp_path: Path) -> None:
    async with running(walked_trail(tmp_path), (80, 24), mode="today") as pilot:
        async for screen in walk(pilot):
            for theme in (LIGHT, DARK):
                pilot.app.theme = theme.name
                await settle(pilot)
                shown(pilot)
                drawn = [part for strip in screen._compositor.render_strips() for part in strip]
                inks = {part.style.color.name for part in drawn if part.style and part.style.color}
                other = DARK if theme is LIGHT else LIGHT
                assert other.foreground not in inks, (screen, theme.name)


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
def test_signs_can_be_seen_under_the_cursor(theme: Theme) -> None:
    """Signs and words that were found keep their colour on the cursor's ground; 3 is asked of bold ones."""
    found = {ink: round(contrast(theme, ink, "block-cursor-background"), 2) for ink in INKS}
    assert min(found.values()) >= (5.9 if theme is CONTRAST else 3.7), found


async def test_a_row_under_the_cursor_has_one_colour_in_the_terminal_s_own(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.settings.set("theme", "terminal")
    async with running(home, (100, 30), mode="today") as pilot:
        rows = pilot.app.screen.query_one(TodayList)
        strip = rows.render_line(rows.cursor)
        assert {part.style.color.name for part in strip if part.style and part.style.color} == {"black"}


async def test_a_note_has_the_colours_of_the_theme_taken_last(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (100, 30), mode="today") as pilot:
        await press(pilot, "e")
        area = pilot.app.screen.query_one(NoteArea)
        for theme in (LIGHT, CONTRAST, DARK):
            pilot.app.theme = theme.name
            await settle(pilot)
            assert area._theme is not None
            heading = area._theme.syntax_styles["heading"].color
            assert heading is not None and heading.name == pilot.app.theme_variables["primary"].lower()


async def test_in_the_terminals_colours_a_chosen_answer_and_an_example_are_seen(tmp_path: Path) -> None:
    """Letters that have a colour of their own, or the terminal's, stand on none that may be the same."""
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.settings.set("theme", "terminal")
    async with running(home, (100, 30), mode="today") as pilot:
        await press(pilot, "r")
        row = [one for one in pilot.app.screen.query_one(OptionList).render_line(0) if one.text.strip()]
        for letters in row:
            assert letters.style is not None and str(letters.style.bgcolor.name) == "color(4)", row  # type: ignore[union-attr]
        await press(pilot, "escape", "b")
        field = pilot.app.screen.query(Input).first()
        assert field.has_focus and field.get_component_styles("input--placeholder").color.ansi == 0
