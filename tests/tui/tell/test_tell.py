"""A lineage told on its screen: frames without names, an empty page, then the story paper by paper."""

import signal
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from papertrail.domain.tellings import Mark, Telling, Unfinished
from papertrail.library import Home
from papertrail.tui.frame.help import HelpScreen
from papertrail.tui.frame.theme import DARK, LIGHT
from papertrail.tui.map.screen import MapScreen
from papertrail.tui.map.view import MapView
from papertrail.tui.tell.frames import Frames
from papertrail.tui.tell.marking import MarkScreen
from papertrail.tui.tell.screen import TellScreen
from papertrail.tui.widgets.sheet import Sheet
from tests.trails import HOSTILE_TITLES, NOTE, opened, small_trail
from tests.tui.driving import press, running, settle, shown, write
from tests.tui.terminal import in_terminal

R = "R-CNN to Faster R-CNN"
KEYS = ("rcnn", "sppnet", "fast-rcnn", "faster-rcnn")
HOSTILE = "线 a [/b] z \x1b]52;c;ZXZpbA==\x07"


def noted(root: Path) -> Home:
    home = small_trail(root)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
    return home


def page(pilot: Pilot[int]) -> TellScreen:
    assert isinstance(pilot.app.screen, TellScreen)
    return pilot.app.screen


def marking(pilot: Pilot[int]) -> MarkScreen:
    assert isinstance(pilot.app.screen, MarkScreen)
    return pilot.app.screen


def text(pilot: Pilot[int]) -> str:
    return page(pilot).query_one(TextArea).text


def kept(home: Home) -> list[Telling]:
    with opened(home) as library:
        return library.tellings.all()


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40)])
async def test_a_line_is_told_marked_kept_and_shown_the_next_time(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    home = noted(tmp_path)
    async with running(home, size) as pilot:
        await press(pilot, "3", "T")
        begun = shown(pilot)
        assert "3 min" in begun and "2013" in begun and "at a whiteboard" in begun
        assert not any(f" {key} " in begun for key in KEYS), "names are hidden"
        await write(pilot, "Proposals? 4 of q, cropped.")
        assert text(pilot) == "Proposals? 4 of q, cropped.", "no letter is a key of the screen"
        await press(pilot, "ctrl+n")
        assert " rcnn " in shown(pilot) and " sppnet " not in shown(pilot)
        await press(pilot, "ctrl+s")
        beside = shown(pilot)
        assert "0 of 4 marked" in beside and "cropped." in beside and "told, helped or missed?" in beside
        assert "its name was shown" in beside and "not in your words: Region" in beside
        await press(pilot, "h")
        assert "1 of 4 marked" in shown(pilot) and "No note yet" in shown(pilot)
        await press(pilot, "m", "t", "t")
        assert "every paper is marked" in shown(pilot)
        await press(pilot, "minus")
        assert "3 of 4 marked" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, MapScreen)
        assert "words · 1 told, 1 helped, 1 missed" in shown(pilot)
        await press(pilot, "T")
        assert "last time, 2026-03-01: 1 told, 1 helped, 1 missed: 2014" in shown(pilot)
        assert text(pilot) == "" and " rcnn " not in shown(pilot), "what was kept is not gone on with"
        await press(pilot, "escape")
        await press(pilot, "u")
        assert f"{R} told from memor" in shown(pilot)
    assert kept(home) == [] and len(list((home.private / "tellings").iterdir())) == 1


async def test_leaving_costs_no_word(tmp_path: Path) -> None:
    home = noted(tmp_path)
    async with running(home, (80, 24), mode="today") as pilot:
        await press(pilot, "3", "T", "escape")
        assert isinstance(pilot.app.screen, MapScreen), "nothing was told: nothing is asked"
        assert not (home.private / "tellings").exists()
        await press(pilot, "T")
        await write(pilot, "First 残差")
        await press(pilot, "ctrl+n", "ctrl+s", "m", "escape")
        assert text(pilot) == "First 残差"
        await press(pilot, "escape")
        assert "put aside, not kept yet" in shown(pilot)
        await press(pilot, "T")
        assert text(pilot) == "First 残差" and " rcnn " in shown(pilot)
        await write(pilot, "!")
        assert text(pilot) == "First 残差!", "writing goes on at the end"
        await press(pilot, "ctrl+s")
        assert "1 of 4 marked" in shown(pilot) and marking(pilot)._at == 1
        await press(pilot, "escape", "ctrl+r")
        assert text(pilot) == "" and " rcnn " not in shown(pilot) and "3 min" in shown(pilot)
        await press(pilot, "ctrl+z")
        assert text(pilot) == "First 残差!"
    with opened(home) as library:
        left = library.tellings.page(R).unfinished
        assert left is not None and left.text == "First 残差!", "the program may end on the page"
        assert library.tellings.all() == []


async def test_a_clock_alone_for_what_is_said_aloud(tmp_path: Path) -> None:
    home = noted(tmp_path)
    async with running(home, (80, 24), mode="today") as pilot:
        await press(pilot, "3", "T", "ctrl+s")
        assert isinstance(pilot.app.screen, TellScreen) and "type what you know" in shown(pilot)
        await press(pilot, "ctrl+t")
        assert "say it aloud; ^s when" in shown(pilot) and page(pilot)._is_running
        await press(pilot, "a", "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen) and "Telling from memory" in shown(pilot)
        await press(pilot, "escape", "ctrl+t")
        assert not page(pilot)._is_running and text(pilot) == ""
        await press(pilot, "ctrl+t", "ctrl+n", "ctrl+s", "t", "ctrl+s")
        assert isinstance(pilot.app.screen, MapScreen)
    (one,) = kept(home)
    assert one.file == "" and one.marks == {"rcnn": Mark.TOLD}


async def test_time_that_is_up_holds_nobody_up(tmp_path: Path) -> None:
    home = noted(tmp_path)
    now = [0.0]
    async with running(home, (80, 24), mode="today") as pilot:
        await press(pilot, "3")
        library = pilot.app.library  # type: ignore[attr-defined]
        pilot.app.push_screen(TellScreen(library, library.tellings.page(R), lambda: now[0]))
        await settle(pilot)
        now[0] = 500.0
        page(pilot)._show_clock()
        assert "3 min" in shown(pilot), "the clock stands until the first letter"
        await write(pilot, "a")
        now[0] += 19
        page(pilot)._show_clock()
        await settle(pilot)
        assert "2:41" in shown(pilot)
        now[0] += 181
        page(pilot)._show_clock()
        await settle(pilot)
        assert "time is up, 0:20 over: go on as long as you like" in shown(pilot)
        page(pilot)._show_clock()
        await write(pilot, " b")
        assert text(pilot) == "a b" and "time is up" in shown(pilot)
        await press(pilot, "ctrl+s")
        now[0] += 1000
        await press(pilot, "t", "enter")
    assert [one.seconds for one in kept(home)] == [200], "marking takes no time"


async def test_where_there_is_nothing_to_tell(tmp_path: Path) -> None:
    home = noted(tmp_path)
    with opened(home) as library:
        library.lineages.put("空", ["adam"])
        library.lineages.take_out("空", ["adam"])
    async with running(home, (80, 24), mode="today") as pilot:
        await press(pilot, "3", "0", "end", "enter", "T")
        assert isinstance(pilot.app.screen, MapScreen) and "only a lineage can be told" in shown(pilot)
        pilot.app.screen.show_lineage("空")
        await settle(pilot)
        await press(pilot, "T")
        assert isinstance(pilot.app.screen, MapScreen) and "No papers in this lineage yet" in shown(pilot)


async def test_keys_typed_ahead_act_in_order(tmp_path: Path) -> None:
    home = noted(tmp_path)
    async with running(home, (80, 24), mode="today") as pilot:
        keys = ["3", "T", "a", "b", "3", "ctrl+n", "ctrl+s", "t", "m", "enter", "T", "c"]
        await pilot.app._press_keys(keys)
        await settle(pilot)
        assert text(pilot) == "c"
    (one,) = kept(home)
    assert one.marks == {"rcnn": Mark.TOLD, "sppnet": Mark.MISSED} and one.words == 1


async def test_a_click_on_a_frame_shows_its_name(tmp_path: Path) -> None:
    async with running(noted(tmp_path), (100, 30), mode="today") as pilot:
        await press(pilot, "3", "T")
        frames = pilot.app.screen.query_one(Frames)
        assert frames._map is not None
        box = frames._map.boxes["fast-rcnn"]
        await pilot.click(Frames, offset=(box.x + 3, box.y + 1 - round(frames.scroll_y)))
        await settle(pilot)
        assert " fast-rcnn " in shown(pilot) and " rcnn " not in shown(pilot)
        await press(pilot, "ctrl+n", "ctrl+n", "ctrl+n", "ctrl+n")
        assert "every name is shown" in shown(pilot)


@pytest.mark.parametrize("number", [1, 60])
@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_hostile_lineages_of_any_length(tmp_path: Path, number: int, size: tuple[int, int]) -> None:
    rows = [
        (HOSTILE, f"p{n}", title, "Ada [/]", "2000" if n % 3 else "", "", "", "", f"p{n - 1}" if n else "")
        for n, title in enumerate((HOSTILE_TITLES * 8)[:number])
    ]
    home = small_trail(tmp_path, rows)
    with opened(home) as library:
        library.notes.save("p0", f"## Problem\n\n{HOSTILE} 残差网络 [@click=app.quit]x\n", None)
    async with running(home, size, mode="today") as pilot:
        await press(pilot, "3", "T")
        assert "线 a [/b] z" in shown(pilot)
        await write(pilot, "[/b] 残差 [@click=app.quit]x")
        await press(pilot, *["ctrl+n"] * number, "ctrl+down", "ctrl+up", "ctrl+s")
        assert f"0 of {number} marked" in shown(pilot) and "No note" not in shown(pilot)
        await press(pilot, "tab", "shift+tab", *["m"] * number)
        assert "every paper is marked" in shown(pilot)
        await press(pilot, "question_mark")
        assert "What was told" in shown(pilot)
        await press(pilot, "escape", "enter")
        await press(pilot, "T")
        assert f"{number} missed: " in shown(pilot)
    (one,) = kept(home)
    assert len(one.marks) == number


async def test_a_lineage_renamed_meanwhile_is_told_under_its_new_name(tmp_path: Path) -> None:
    home = noted(tmp_path)
    async with running(home, (80, 24), mode="today") as pilot:
        await press(pilot, "3", "T")
        await write(pilot, "a")
        with opened(home) as library:
            library.lineages.rename(R, "Regions")
        await press(pilot, "ctrl+s", "t", "enter")
        assert isinstance(pilot.app.screen, MapScreen)
    assert [one.lineage for one in kept(home)] == ["Regions"]


async def test_a_lineage_removed_meanwhile_leaves_the_words(tmp_path: Path) -> None:
    home = noted(tmp_path)
    async with running(home, (80, 24), mode="today") as pilot:
        await press(pilot, "3", "T")
        await write(pilot, "a")
        await press(pilot, "ctrl+s")
        with opened(home) as library:
            library.lineages.remove(R)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, MarkScreen) and "any more" in shown(pilot)
        with opened(home) as library:
            library.undo.undo()
        await press(pilot, "enter")
    assert len(kept(home)) == 1


async def test_in_another_theme_all_words_have_its_colours(tmp_path: Path) -> None:
    async with running(noted(tmp_path), (100, 30)) as pilot:
        await press(pilot, "3", "T")
        await write(pilot, "a")
        await press(pilot, "ctrl+s")
        page = marking(pilot).query_one(Sheet)
        colours = []
        for theme in (DARK, LIGHT):
            pilot.app.theme = theme.name
            await settle(pilot)
            strips = [page.render_line(row) for row in range(page.size.height)]
            words = next(part for strip in strips for part in strip if "not in your words" in part.text)
            colours.append(words.style.color.name if words.style and words.style.color else "")
        assert colours == [DARK.secondary, LIGHT.secondary]


@pytest.mark.parametrize("screen", [TellScreen, MarkScreen, MapScreen])
def test_a_key_means_one_thing(screen: type[TellScreen | MarkScreen | MapScreen]) -> None:
    of_map = MapView.BINDINGS if screen is MapScreen else []
    keys = [key for one in (*screen.BINDINGS, *of_map) for key in one.key.split(",")]  # type: ignore[union-attr]
    assert len(keys) == len(set(keys))


def test_a_killed_program_loses_next_to_nothing(tmp_path: Path) -> None:
    home = noted(tmp_path)
    with in_terminal(home) as terminal:
        terminal.wait_for("explains the rest")
        terminal.press("3")
        terminal.wait_for("walk")
        terminal.press("T")
        terminal.wait_for("whiteboard")
        terminal.press("残差，[/b] came first")
        terminal.wait_for("came first")
        folder = home.private / "tellings"
        terminal.wait_until(lambda _: any("came first" in p.read_text() for p in folder.glob("unfinished*")))
        terminal.tell(signal.SIGKILL)
        terminal.ended()
    with opened(home) as library:
        left = library.tellings.page(R).unfinished
        assert isinstance(left, Unfinished) and left.text == "残差，[/b] came first"
