"""Messages stand in one line above the keys: an error until something succeeds, none on two screens."""

from pathlib import Path

import pytest

from papertrail.domain.errors import StorageError
from papertrail.tui.frame.background import UseCaseFailed
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.widgets.data_text import say
from tests.trails import small_trail
from tests.tui.driving import press, running, settle, shown
from tests.tui.every_screen import walk, walked_trail


async def test_every_screen_tells_in_its_own_line_and_nothing_is_laid_over_it(tmp_path: Path) -> None:
    async with running(walked_trail(tmp_path), (80, 24), mode="today") as pilot:
        async for screen in walk(pilot):
            say(pilot.app, f"told to {type(screen).__name__} [b]\x1b", "error")
            await settle(pilot)
            (there,) = screen.query(MessageLine)
            rows = shown(pilot).split("\n")
            at = there.region.y
            assert rows[at].strip() == f"told to {type(screen).__name__} [b]", screen
            assert at >= 24 - 4 and there.holds
            assert len(pilot.app._notifications) == 0


@pytest.mark.parametrize("key", ["1", "2", "3", "5"])
async def test_an_error_stays_until_something_succeeds_and_on_its_screen_alone(
    tmp_path: Path, key: str
) -> None:
    async with running(small_trail(tmp_path), (80, 24)) as pilot:
        await press(pilot, key)
        pilot.app.screen.post_message(UseCaseFailed(StorageError("the disk is full", "make room")))
        await settle(pilot)
        assert "the disk is full" in shown(pilot)
        await press(pilot, "down", "up", "down")
        assert "the disk is full" in shown(pilot), "the cursor is no success"
        await press(pilot, "4")
        assert "the disk is full" not in shown(pilot)
        await press(pilot, key)
        assert "the disk is full" not in shown(pilot)


async def test_what_succeeds_takes_the_error_away(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (80, 24)) as pilot:
        pilot.app.screen.post_message(UseCaseFailed(StorageError("the disk is full", "make room")))
        await settle(pilot)
        await press(pilot, "w")
        assert "the disk is full" not in shown(pilot)


async def test_what_is_too_long_ends_in_a_mark(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (80, 24)) as pilot:
        say(pilot.app, "线 word " * 60)
        await settle(pilot)
        assert (
            "…" in shown(pilot).split("\n")[-2] and pilot.app.screen.query_one(MessageLine).size.height == 2
        )
