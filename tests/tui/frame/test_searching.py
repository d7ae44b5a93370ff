"""Searching arXiv on the screen, and adding what is found."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from textual.widgets import Input

from papertrail.domain.metadata import Metadata
from papertrail.domain.paper import Status
from papertrail.domain.reports import AddReport
from papertrail.library.intake import Intake
from papertrail.tui.frame.search_dialog import Results, SearchDialog
from tests.arxiv_server import CATALOGUE, HOSTILE, Answer, ArxivServer, record, silence
from tests.trails import opened, small_trail
from tests.tui.driving import LONG, press, running, settle, shown, until, write
from tests.tui.test_typed_ahead import at_once


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ArxivServer]:
    with ArxivServer([*CATALOGUE, *HOSTILE], timeout=5.0) as server:
        for name, value in server.env().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        yield server


async def test_found_papers_are_added_and_queued(tmp_path: Path, server: ArxivServer) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "F")
        await write(pilot, "ti:for")
        await press(pilot, "enter")
        await until(pilot, "2 found")
        assert isinstance(pilot.app.focused, Results), "one walks through them at once"
        rows = [row for row in shown(pilot).split("\n") if " 2015  " in row or " 2014  " in row]
        assert len(rows) == 2 and "○ adam" in rows[1] and "1512.03385" in rows[0]
        assert "Kaiming He, Xiangyu Zhang" in shown(pilot) and "stacked much deeper" in shown(pilot)
        await press(pilot, "enter")
        await until(pilot, "added he2015deep")
        await press(pilot, "enter")
        assert "known already: he2015deep" in shown(pilot)
        await press(pilot, "down", "w")
        await until(pilot, "queued adam")
        assert "◔ adam" in shown(pilot)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, SearchDialog)
        assert "from arXiv: he2015deep, adam" in shown(pilot)
        await press(pilot, "u")
        with opened(home) as library:
            assert library.papers.get("adam").summary.status is Status.UNREAD
            assert library.papers.get("he2015deep").abstract
        await press(pilot, "u")
        assert "he2015deep" not in shown(pilot).split("taken back")[0]
    assert server.searched == ["ti:for"]


async def test_words_in_the_add_dialog_are_searched_for(tmp_path: Path, server: ArxivServer) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "a")
        await write(pilot, "attention need")
        await press(pilot, "ctrl+s")
        await until(pilot, "1 found")
        await press(pilot, "w")
        await until(pilot, "added and queued vaswani2017attention")
        await press(pilot, "slash")
        await write(pilot, "nowhere")  # in place of those
        await press(pilot, "enter")
        await until(pilot, "finds no such paper")
        await press(pilot, "escape")
    assert server.searched == ["all:attention AND all:need", "all:nowhere"]


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40)])
async def test_hostile_titles_are_inert(tmp_path: Path, server: ArxivServer, size: tuple[int, int]) -> None:
    async with running(small_trail(tmp_path), size) as pilot:
        await press(pilot, "F")
        await write(pilot, "cat:cs")
        await press(pilot, "enter")
        await until(pilot, "11 found")
        for _ in range(10):
            await press(pilot, "down")
        assert "[@click=app.quit]x" in shown(pilot) and "long xxx" in shown(pilot)
        assert "\u202e" not in shown(pilot) and "\x9b" not in shown(pilot)
        assert "add to the queue" in shown(pilot), "the keys are in sight"
        await press(pilot, "up", "enter")
        await until(pilot, "added ")
        await press(pilot, "escape")


async def test_what_fails_is_told_and_a_search_can_be_stopped(tmp_path: Path, server: ArxivServer) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "F", "enter")
        await until(pilot, "there is no word to search for")
        server.next(silence)
        await write(pilot, "residual")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, SearchDialog) and "stopped" in shown(pilot)
        server.go_down()
        await press(pilot, "enter")
        await until(pilot, "cannot reach 127.0.0.1")
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, SearchDialog)


async def test_who_types_other_words_when_papers_are_found_goes_on_typing(
    tmp_path: Path, server: ArxivServer
) -> None:
    may_answer = threading.Event()

    def late(answer: Answer) -> Answer:
        may_answer.wait(LONG)
        return answer

    server.next(late)
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "F")
        await write(pilot, "residual")
        await press(pilot, "enter", "space", *"lear", beside="search")
        may_answer.set()
        await until(pilot, "1 found")
        await write(pilot, "w w")
        assert pilot.app.screen.query_one("#words", Input).value == "residual learw w"
        assert "to the list" in shown(pilot)
        await press(pilot, "down", "w")
        await until(pilot, "added and queued he2015deep")
        await press(pilot, "escape")


async def test_papers_come_in_the_order_in_which_they_were_chosen(
    tmp_path: Path, server: ArxivServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    overtaken = threading.Event()
    add_found = Intake.add_found

    def slowly(intake: Intake, found: Sequence[Metadata]) -> AddReport:
        begun.append(found[0].arxiv_id)
        if len(begun) == 1:
            assert not overtaken.wait(0.2), "the second one waits for its turn"
        else:
            overtaken.set()
        return add_found(intake, found)

    monkeypatch.setattr(Intake, "add_found", slowly)
    server.add(record("2401.00001", "Same thing"), record("2401.00002", "Same thing"))
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "F")
        await write(pilot, "ti:thing")
        await press(pilot, "enter")
        await until(pilot, "2 found")
        at_once(pilot, "\rj\r")
        await settle(pilot)
        lines = [line for line in shown(pilot).split("\n") if " 2020  Same thing" in line]
        rows = [next(word for word in line.split() if word.startswith("example")) for line in lines]
        assert rows == ["example2020same", "example2020same-2"]
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, SearchDialog)
