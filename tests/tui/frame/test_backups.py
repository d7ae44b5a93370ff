"""The terminal program backs the trail up, and goes on with one that was put back under it."""

from datetime import timedelta
from pathlib import Path

import pytest

from papertrail.domain.backups import Why
from papertrail.domain.paper import Status
from papertrail.library import restoring
from papertrail.tui.frame import app as frame
from tests.trails import FixedClock, make_database, opened, small_trail
from tests.tui.driving import look_for_news, press, running, settle, shown, until, write


async def test_a_day_is_backed_up_one_is_made_by_hand_and_one_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    make_database(home, clock)
    clock.moment += timedelta(days=1)
    monkeypatch.setattr(frame, "BACKUP_AFTER", 0.01)
    folder = home.private / "backups"
    async with running(home, clock=clock) as pilot:
        while not list(folder.glob("*-daily.zip")):  # made by a thread that nobody waits for
            await settle(pilot)
        await press(pilot, "ctrl+p")
        await write(pilot, "back up")
        await press(pilot, "enter")
        await until(pilot, "looked through")
        (made,) = folder.glob(f"*-{Why.BY_HAND}.zip")
        await press(pilot, "ctrl+p")
        await write(pilot, "backups")
        await press(pilot, "enter")
        await until(pilot, "2 backups")
        with opened(home, clock) as other:
            other.statuses.set(["rcnn"], Status.READING)
        look_for_news(pilot)
        await settle(pilot)
        assert "◐" in shown(pilot)
        restoring.restore_over(made, home, clock)
        look_for_news(pilot)
        await settle(pilot)
        assert "◐" not in shown(pilot)
        await press(pilot, "s")
    with opened(home, clock) as other:
        assert other.papers.get("rcnn").summary.status is not Status.UNREAD
