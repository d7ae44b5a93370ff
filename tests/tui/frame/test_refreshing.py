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


async def test_many_that_arxiv_leaves_out_are_counted_and_not_condemned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with ArxivServer(CATALOGUE[:1]) as server:
        for name, value in server.env().items():
            monkeypatch.setenv(name, value)
        async with running(small_trail(tmp_path)) as pilot:
            await press(pilot, "f")
            await until(pilot, "papers fetched")
            assert "4 left out by arXiv (" in shown(pilot) and ", …): asked for again" in shown(pilot)
            assert "does not know" not in shown(pilot)
