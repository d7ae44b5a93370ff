"""Papers added while arXiv was away: what is known of them comes while one reads on."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.arxiv_server import ArxivServer, closed_url, record
from tests.trails import opened, small_trail
from tests.tui.driving import press, running, shown, until


async def test_titles_arrive_while_reading_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("PAPERTRAIL_ARXIV_DELAY", "0")
    monkeypatch.setenv("PAPERTRAIL_ARXIV_API", closed_url())
    home = small_trail(tmp_path / "trail")
    opened(home).close()
    async with running(home) as pilot:
        await press(pilot, "a")
        await press(pilot, *"1706.03762", "enter")
        await until(pilot, "arxiv-1706-03762")
        assert "once arXiv can be asked" in shown(pilot)
        with ArxivServer() as server:
            for name, value in server.env().items():
                monkeypatch.setenv(name, value)
            pilot.app._ask_for_what_waits()  # type: ignore[attr-defined]
            await until(pilot, "Attention Is All You Need")
        assert len(server.asked) == 1


async def test_the_next_start_brings_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("PAPERTRAIL_ARXIV_DELAY", "0")
    monkeypatch.setenv("PAPERTRAIL_ARXIV_API", closed_url())
    home = small_trail(tmp_path / "trail")
    with opened(home) as library:
        assert len(library.intake.add(["1706.03762"]).waiting) == 1
    with ArxivServer() as server:
        monkeypatch.setenv("PAPERTRAIL_ARXIV_API", server.env()["PAPERTRAIL_ARXIV_API"])
        async with running(home) as pilot:
            await until(pilot, "what was waited for of 1 paper")
    with opened(home) as library:
        assert library.papers.get("arxiv-1706-03762").summary.key == "vaswani2017attention"


async def test_what_may_be_a_paper_of_the_trail_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    home = small_trail(tmp_path / "trail")
    twin = record("2401.00031", "FAST  R-CNN", doi="10.1/x")
    with ArxivServer([twin, replace(twin, id="2401.00032", title="Otherwise called")]) as server:
        for name, value in server.env().items():
            monkeypatch.setenv(name, value)
        async with running(home) as pilot:
            await press(pilot, "a")
            await press(pilot, *"2401.00031", "enter")
            await until(pilot, "may be fast-rcnn: = makes one of them")
            monkeypatch.setenv("PAPERTRAIL_ARXIV_API", closed_url())
            await press(pilot, "a")
            await press(pilot, *"2401.00032", "enter")
            await until(pilot, "once arXiv can be asked")
            monkeypatch.setenv("PAPERTRAIL_ARXIV_API", server.url)
            await press(pilot, "f")
            await until(pilot, "example2020otherwise may be")
