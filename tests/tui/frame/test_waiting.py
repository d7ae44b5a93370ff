"""Papers added while arXiv was away: what is known of them comes while one reads on."""

from dataclasses import replace
from pathlib import Path

import pytest

from papertrail.tui.frame.errands import ERRAND
from tests.arxiv_server import ArxivServer, busy, closed_url, record
from tests.trails import opened, small_trail
from tests.tui.driving import press, running, shown, until

WRITTEN = {".": "full_stop", ";": "semicolon"}


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
        async with running(home, mode="today") as pilot:
            await until(pilot, "what was waited for of 1 paper")
    with opened(home) as library:
        assert library.papers.get("arxiv-1706-03762").summary.key == "vaswani2017attention"


async def test_papers_are_added_by_their_ids_while_arxiv_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    home = small_trail(tmp_path / "trail")
    with ArxivServer() as server:
        for name, value in server.env().items():
            monkeypatch.setenv(name, value)
        async with running(home) as pilot:
            server.always(busy(503, retry_after=60))  # longer than anybody sits before a line
            await press(pilot, "a", *"1706.03762", "enter", beside=ERRAND)
            await until(pilot, "added arxiv-1706-03762", beside=ERRAND)
            assert "once arXiv can be asked" in " ".join(shown(pilot).split())


@pytest.mark.parametrize("typed", ["1706.03762", "1706.03762;1512.03385"])
async def test_what_was_typed_is_added_beside_what_is_under_way_and_when_that_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    home = small_trail(tmp_path / "trail")
    with ArxivServer() as server:
        for name, value in server.env().items():
            monkeypatch.setenv(name, value)
        server.always(busy(503, retry_after=20))
        async with running(home) as pilot:
            await press(pilot, "f", beside=ERRAND)
            await press(pilot, "a", beside=ERRAND)
            await press(pilot, *(WRITTEN.get(letter, letter) for letter in typed), beside=ERRAND)
            await press(pilot, "enter", beside=ERRAND)
            await until(pilot, "asks to wait 20 s", beside=ERRAND)
            await press(pilot, "escape")
            for id_ in typed.split(";"):
                await until(pilot, f"arXiv:{id_}")
    with opened(home) as library:
        assert library.intake.waiting() == [f"arxiv-{id_.replace('.', '-')}" for id_ in typed.split(";")]


async def test_what_was_typed_is_added_though_one_quits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    home = small_trail(tmp_path / "trail")
    with ArxivServer() as server:
        for name, value in server.env().items():
            monkeypatch.setenv(name, value)
        server.always(busy(503, retry_after=20))
        async with running(home) as pilot:
            await press(pilot, "a", beside=ERRAND)
            await press(pilot, *(WRITTEN.get(letter, letter) for letter in "1706.03762"), beside=ERRAND)
            await press(pilot, "enter", beside=ERRAND)
            await until(pilot, "asks to wait 20 s", beside=ERRAND)
            await pilot.press("q")
    with opened(home) as library:
        assert library.intake.waiting() == ["arxiv-1706-03762"]


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
