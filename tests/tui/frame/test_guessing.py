"""The author's seat and questions asked in earnest, on every screen that has papers."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.widgets import Static

from papertrail.domain.asked import Outcome
from papertrail.domain.paper import Status
from papertrail.tui.frame.asked_dialog import AskedDialog
from papertrail.tui.frame.guess_dialog import GuessDialog
from papertrail.tui.frame.help import listed
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.widgets.clean_area import CleanArea
from tests.trails import NOTE, RCNN, FixedClock, opened, small_trail
from tests.tui.driving import press, running, settle, shown, write
from tests.tui.frame.test_status_keys import ONE_EACH, SIZES, go_to, library_of, status_of, told

EVIL = "a [/b] z \x1b]52;c;ZXZpbA==\x07 残差"
ROWS = [(*row[:2], f"{row[2]} {EVIL}", *row[3:]) for row in RCNN]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_s_asks_once_on_every_screen_and_the_status_stays(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    home = small_trail(tmp_path, ROWS)
    with opened(home) as library:
        limits = "prior. [/b]\n\n" + "每个区域一次前向。\n\n" * 9 + "The last."
        library.notes.save("robbins-monro", NOTE.replace("prior.", limits), None)
    async with running(home, size, mode="today", guessing=True) as pilot:
        for screen, key in ONE_EACH:
            await go_to(pilot, screen, key)
            await press(pilot, "s")
            assert isinstance(pilot.app.screen, GuessDialog), screen
            assert status_of(pilot, key) is Status.READING, screen
            assert "You are the author: what would you build, and why?" in shown(pilot)
            assert "before you read it" in str(pilot.app.screen.query(".question").first(Static).content)
            assert "ctrl+s" in [key for one in listed(pilot.app.screen)["This dialog"] for key in one.keys]
            assert "^s into the note" in shown(pilot) and "a [/b] z" in shown(pilot)
            if key == "adam":
                assert "limits of robbins-monro" in shown(pilot) and "The last." not in shown(pilot)
                await press(pilot, *["pagedown"] * 8)
                assert "The last." in shown(pilot)
            await press(pilot, "escape")
            assert f"{key} is being read" in told(pilot), screen
            await press(pilot, "S", "s")
            assert not isinstance(pilot.app.screen, GuessDialog), "asked once"
            assert status_of(pilot, key) is Status.READING, screen
        assert library_of(pilot).guesses.told("adam") is None


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_limits_are_set_as_markdown_and_the_key_that_reads_on_is_named(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    home = small_trail(tmp_path, ROWS)
    limits = (
        "prior.\n\n- One step size for all\n  coordinates, **whatever** their scale.\n" + "- 太慢了。\n" * 12
    )
    with opened(home) as library:
        library.notes.save("robbins-monro", NOTE.replace("prior.", limits), None)
    async with running(home, size, guessing=True) as pilot:
        await go_to(pilot, "papers", "adam")
        await press(pilot, "s")
        text = shown(pilot)
        assert " • One step size for all coordinates, whatever" in text and "- One" not in text
        assert "pgdn read on" in text
        await press(pilot, "escape")
        await go_to(pilot, "papers", "robbins-monro")
        await press(pilot, "s")
        assert "pgdn" not in shown(pilot), "there is no more to read"


async def test_what_is_typed_ahead_is_the_guess_and_is_kept(tmp_path: Path) -> None:
    home = small_trail(tmp_path, ROWS)
    async with running(home, (80, 24), mode="today", guessing=True) as pilot:
        await go_to(pilot, "paper", "fast-rcnn")
        await pilot.app._press_keys(["s", "d", "u", "q"])  # none of these acts on what lies below
        await settle(pilot)
        assert pilot.app.screen.query_one(CleanArea).text == "duq"
        assert status_of(pilot, "fast-rcnn") is Status.READING
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, GuessDialog), "no word is lost by one key"
        assert "^s keeps these words" in shown(pilot)
        await press(pilot, "ctrl+s")
        assert told(pilot) == "your guess stands first in the note of fast-rcnn"
        assert "My guess before reading" in shown(pilot)
        await press(pilot, "u")
        assert library_of(pilot).guesses.told("fast-rcnn") is None
        assert status_of(pilot, "fast-rcnn") is Status.READING


async def test_it_is_not_asked_for_several_nor_where_it_is_not_wanted(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), mode="papers", guessing=True) as pilot:
        await press(pilot, "tab", "home", "enter", "home", "space", "space", "s")
        assert not isinstance(pilot.app.screen, GuessDialog)
    async with running(small_trail(tmp_path / "off"), mode="today") as pilot:
        await go_to(pilot, "today", "sppnet")
        await press(pilot, "s")
        assert status_of(pilot, "sppnet") is Status.READING
        assert not isinstance(pilot.app.screen, GuessDialog)


async def test_what_is_refused_is_told_and_nothing_typed_is_lost(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (80, 24), mode="today", guessing=True) as pilot:
        await go_to(pilot, "today", "sppnet")
        await press(pilot, "s", "ctrl+s")
        assert "write a sentence or two" in shown(pilot)
        pilot.app.screen.query_one(CleanArea).text = "## Problem"
        await press(pilot, "ctrl+s")
        problem = str(pilot.app.screen.query_one("#problem", Static).render())
        assert "plain sentences" in problem and "^s into the note" in shown(pilot)
        assert pilot.app.screen.query_one(CleanArea).text == "## Problem"


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_editor_shows_the_guess_until_there_is_a_key_idea(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.guesses.tell("rcnn", EVIL)
    async with running(home, size, mode="today") as pilot:
        await go_to(pilot, "paper", "rcnn")
        await press(pilot, "e")
        assert isinstance(pilot.app.screen, NoteEditor)
        sections = str(pilot.app.screen.query_one("#sections", Static).render())
        assert "you guessed (2026-03-01): a [/b] z" in sections
        assert "Key idea: What did it do that your guess did not, and why?" in " ".join(sections.split())
        assert "□ Limits" in shown(pilot)
        await press(pilot, "ctrl+n")
        await write(pilot, "Shared layers.")
        await press(pilot, "ctrl+s")
        assert "you guessed" not in str(pilot.app.screen.query_one("#sections", Static).render())


async def test_today_remembers_a_guess_of_long_ago(tmp_path: Path) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    with opened(home, clock) as library:
        library.guesses.tell("rcnn", "Slide a window.")
        note = library.notes.open("rcnn")
        library.notes.save("rcnn", note.text + NOTE, note.sha256)
        library.statuses.set(["rcnn"], Status.READ)
        day = next(
            day for n in range(60, 70) if library.guesses.of_long_ago(day := date(2026, 3, 1) + timedelta(n))
        )
        clock.moment += day - date(2026, 3, 1)
    async with running(home, (140, 40), clock, mode="today") as pilot:
        assert told(pilot).startswith("you guessed of rcnn on 2026-03-01: Slide a window. · it did: Share")
        await press(pilot, "down")
        assert "you guessed" not in told(pilot)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_i_keeps_what_was_asked_on_every_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    home = small_trail(tmp_path, ROWS)
    with opened(home) as library:
        library.statuses.set(["adam"], Status.READ)
    async with running(home, size, mode="today") as pilot:
        for screen, key in ONE_EACH:
            await go_to(pilot, screen, key)
            await press(pilot, "i")
            assert isinstance(pilot.app.screen, AskedDialog), screen
            await press(pilot, "enter")
            assert "the question is empty" in shown(pilot)
            await write(pilot, "why [/b]?")
            await press(pilot, "down", "enter")
            assert told(pilot).startswith(f"in the note of {key} now, to be asked once"), screen
            assert library_of(pilot).notes.open(key).text.rstrip().endswith("Q: why [/b]?\nA:")
        assert status_of(pilot, "adam") is Status.QUEUED
        asked = library_of(pilot).asked.between(date(2026, 3, 1), date(2026, 3, 2))
        assert [(one.key, one.outcome) for one in asked] == [(key, Outcome.FAILED) for _, key in ONE_EACH]
