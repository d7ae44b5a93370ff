"""`f`: what arXiv has changed since, on the screen."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.arxiv_server import CATALOGUE, ArxivServer, record
from tests.trails import FixedClock, opened, small_trail
from tests.tui.driving import press, running, shown, until


async def test_what_has_changed_is_told_first_and_how_many_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = small_trail(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    ids = ("1311.2524", "1406.4729", "1504.08083", "1412.6980")
    with ArxivServer([CATALOGUE[0], *map(record, ids)]) as server:
        for name, value in server.env().items():
            monkeypatch.setenv(name, value)
        clock = FixedClock()
        with opened(home, clock) as library:
            library.intake.fetch()
        async with running(home, clock=clock) as pilot:
            await press(pilot, "f")
            assert "was asked for today" in shown(pilot)
            asked = len(server.asked)
            clock.moment += timedelta(days=2)
            server.add(
                replace(CATALOGUE[0], version=4), record("1311.2524", journal_ref="[@click=app.quit]CVPR")
            )
            await press(pilot, "f")
            await until(pilot, "papers fetched")
            assert 'rcnn: now in "[@click=app.quit]CVPR" · 1 more changed: faster-rcnn' in shown(pilot)
            assert len(server.asked) == asked + 1
