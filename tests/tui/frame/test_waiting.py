"""Papers added while arXiv was away: what is known of them comes while one reads on."""

from pathlib import Path

import pytest

from tests.arxiv_server import ArxivServer, closed_url
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
