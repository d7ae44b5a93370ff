"""The inbox on the screen: what waits is sorted out by keys, and what is done is in the trail."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from papertrail.domain.inbox.contents import Contents
from papertrail.domain.inbox.watches import MuteKind, mute_of, watch_category, watch_query
from papertrail.domain.paper import Status
from papertrail.domain.query.tree import Query
from papertrail.library import Home
from papertrail.library.inbox import Inbox
from papertrail.tui.inbox.list import InboxList
from papertrail.tui.inbox.reading import ReadingScreen
from papertrail.tui.inbox.screen import InboxScreen
from papertrail.tui.inbox.watching import WatchDialog
from papertrail.tui.paper.screen import PaperScreen
from tests.arxiv_server import ArxivServer, record, silence
from tests.daily_feeds import Told, daily_feed
from tests.trails import HOSTILE_TITLES, opened, small_trail
from tests.tui.driving import look_for_news, press, running, settle, shown, until, write
from tests.tui.inbox.waiting import (
    CHINESE,
    DETECTORS,
    OTHERS,
    WEEK,
    DayOfTheFeeds,
    env_of,
    here,
    inbox,
    told_by_command,
    trail_with,
    triage,
    waiting,
)

SIZES = [(80, 24), (100, 30), (140, 40)]


async def test_what_waits_stands_there_with_why(home: Home) -> None:
    async with inbox(home) as pilot:
        assert " 4 inbox 27 " in shown(pilot), "counted without being looked at"
        await press(pilot, "4")
        text = shown(pilot)
        assert "27 waiting, 2 close · asked on 27 Apr at 12:00" in text
        rows = [line[: line.find("▏")].split() for line in text.split("\n")]
        assert ["close", "to", "what", "you", "read", "2"] in rows and ["the", "rest", "25"] in rows
        assert "Ross Girshick: author of two papers here" in text and "like faster-rcnn" in text
        assert "shared by a detector that is fast. It pools them." in " ".join(
            part.partition("▏")[2].strip() for part in text.split("\n")
        ), "the feed's own line ends are none"
        assert "new versions of papers here  1" in text and "v6  Rich feature" in text
        for key in "123":
            await press(pilot, key)
            assert " 4 inbox 27 " in shown(pilot)
            await press(pilot, "4")
            assert isinstance(pilot.app.screen, InboxScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_all_is_seen_at_every_size(home: Home, size: tuple[int, int]) -> None:
    async with inbox(home, size) as pilot:
        await press(pilot, "4")
        text = shown(pilot)
        assert " 4 inbox 27 " in text and CHINESE.title in text and "何恺明 +1" in text
        assert "Rich feature hierarchies and region proposals" in text and "w queue" in text
        await press(pilot, "down", "down", "down")
        assert here(pilot) == CHINESE.id, "headings are passed over"
        assert CHINESE.abstract in shown(pilot)


async def test_twenty_are_sorted_out_by_keys_only(home: Home) -> None:
    left = waiting(home)
    async with inbox(home) as pilot:
        await press(pilot, "4", "w")
        assert "queued: girshick2026region" in shown(pilot) and "4 inbox 26" in shown(pilot)
        assert here(pilot) == "2604.30002", "the next one is under the cursor"
        await press(pilot, "L")
        await write(pilot, "sgd")
        await press(pilot, "enter")
        assert "in SGD: example2026spatial" in shown(pilot)
        await press(pilot, "down")
        assert here(pilot) == CHINESE.id
        await press(pilot, "L")
        await write(pilot, "Residuals")
        await press(pilot, "enter")
        skipped = []
        for _ in range(5):
            skipped.append(here(pilot))
            await press(pilot, "d")
        assert "skipped: On " in shown(pilot)
        await press(pilot, "u")
        assert here(pilot) == skipped[-1], "the cursor is on what came back"
        await press(pilot, "ctrl+r")
        marked = []
        for _ in range(4):
            marked.append(here(pilot))
            await press(pilot, "space")
        assert "4 marked: w L d !" in shown(pilot)
        await press(pilot, "w")
        assert "4 queued" in shown(pilot)
        for _ in range(3):
            marked.append(here(pilot))
            await press(pilot, "space")
        await press(pilot, "d")
        assert "skipped: 3 announcements" in shown(pilot)
        await press(pilot, "exclamation_mark")
        await write(pilot, "winter")
        await press(pilot, "enter")
        assert "muted: winter" in shown(pilot)
        await press(pilot, "exclamation_mark", "down")
        await press(pilot, "enter")
        assert "muted: " in shown(pilot) and "u takes it back" in shown(pilot)
        await press(pilot, "u", "b")
        assert "the newest first" in shown(pilot) and "Monday 27 April" in shown(pilot)
        rest = [one for one in pilot.app.screen.query_one(InboxList).ids if one]
    states = triage(home)
    taken = {*left[:2], CHINESE.id, *marked[:4]}
    assert {one for one, state in states.items() if state == "taken"} == taken
    assert {one for one, state in states.items() if state == "skipped"} == {*skipped, *marked[4:]}
    with opened(home, DayOfTheFeeds()) as library:
        assert library.inbox.muted() == [mute_of(MuteKind.WORD, "winter")]
        assert library.papers.get("girshick2026region").summary.status is Status.QUEUED
        assert library.lineages.members()["SGD"][-1] == "example2026spatial"
        assert library.papers.get("example2026spatial").summary.status is Status.UNREAD
        assert len(library.lineages.members()["Residuals"]) == 1
        assert len(library.search.ids(Query())) == 6 + len(taken)
    assert {*rest} == {*told_by_command(home), "1311.2524"}


async def test_every_key_of_it_is_taken_back(home: Home) -> None:
    before = waiting(home)
    async with inbox(home) as pilot:
        await press(pilot, "4")
        for keys in (["w"], ["d"], ["space", "space", "d"], ["L", "s", "g", "d", "enter"]):
            await press(pilot, *keys)
            assert len(waiting(home)) < len(before)
            await press(pilot, "u")
            assert waiting(home) == before and "4 inbox 27" in shown(pilot)
        await press(pilot, "exclamation_mark", "t", "a", "x", "enter")
        assert len(waiting(home)) == 25 and "2 left out" in shown(pilot) and "2 muted" in shown(pilot)
        await press(pilot, "u")
        assert waiting(home) == before and "muted" not in shown(pilot).split("taken back")[0]


async def test_other_screens_show_what_was_taken(home: Home) -> None:
    async with inbox(home) as pilot:
        await press(pilot, "2", "4", "w", "2", "slash")
        await write(pilot, "girshick2026")
        await press(pilot, "enter")
        assert "Region proposals for" in shown(pilot) and "1 paper ·" in shown(pilot)
        await press(pilot, "4", "u", "2")
        assert "Region proposals for" not in shown(pilot)
        await press(pilot, "4")
        assert here(pilot) == "2604.30001"


async def test_an_announcement_is_read_whole_and_sorted_out_there(home: Home) -> None:
    async with inbox(home, (80, 24)) as pilot:
        await press(pilot, "4", "down", "space", "up", "up", "enter")
        assert isinstance(pilot.app.screen, ReadingScreen)
        assert "Region proposals for faster detectors" in shown(pilot)
        await press(pilot, "j", "k", "escape", "enter", "d")
        assert isinstance(pilot.app.screen, InboxScreen)
        assert triage(home) == {"2604.30001": "skipped"}, "not the one that is marked"
        assert "1 marked" in shown(pilot)
        await press(pilot, "escape", "home", "enter", "exclamation_mark")
        await write(pilot, "pyramid")
        await press(pilot, "enter")
        assert DETECTORS[1].id not in waiting(home)


async def test_new_versions_are_papers_of_the_trail(home: Home) -> None:
    async with inbox(home) as pilot:
        await press(pilot, "4", "down", "down")
        assert here(pilot) == "1311.2524" and "you have rcnn: v6" in shown(pilot)
        await press(pilot, "s")
        assert "rcnn is being read" in shown(pilot) or "rcnn" in shown(pilot)
        await press(pilot, "w")
        assert here(pilot) == "1311.2524", "it waits until it is skipped"
        await press(pilot, "d")
        assert "new versions" not in shown(pilot) and "4 inbox 27" in shown(pilot)
        await press(pilot, "u")
        assert here(pilot) == "1311.2524"
        await press(pilot, "e")
        assert not isinstance(pilot.app.screen, InboxScreen | PaperScreen), "its note is written"


async def test_keys_of_papers_say_what_an_announcement_lacks(home: Home) -> None:
    async with inbox(home) as pilot:
        await press(pilot, "4")
        for key in ("s", "S", "U", "e", "E", "H", "y", "J"):
            pilot.app.screen.query_one("#hint", Static).update("")
            assert "it is not in the trail yet" not in shown(pilot), key
            await press(pilot, key)
            assert isinstance(pilot.app.screen, InboxScreen), key
            assert "it is not in the trail yet" in shown(pilot), key
    assert triage(home) == {}


async def test_muting_offers_words_authors_and_categories(home: Home) -> None:
    async with inbox(home) as pilot:
        await press(pilot, "4", "exclamation_mark")
        for choice in ("faster", "region", "proposals"):
            assert f"{choice}  word" in shown(pilot)
        await write(pilot, "girs")
        assert "Ross Girshick  author" in shown(pilot)
        await press(pilot, "down", "enter")
        assert "muted: Ross Girshick · 1 left out" in shown(pilot)
        await press(pilot, "exclamation_mark")
        await write(pilot, "cs.CV")
        await press(pilot, "enter")
        assert waiting(home) == [] and "nothing waits · 27 muted" in shown(pilot)
        await press(pilot, "d", "w", "exclamation_mark", "L", "enter", "space")
        assert isinstance(pilot.app.screen, InboxScreen)
    with opened(home, DayOfTheFeeds()) as library:
        assert {one.kind for one in library.inbox.muted()} == {MuteKind.AUTHOR, MuteKind.CATEGORY}


async def test_nothing_watched_tells_how_to_watch(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with inbox(home, (80, 24)) as pilot:
        assert " 4 inbox " in shown(pilot) and "inbox 0" not in shown(pilot)
        await press(pilot, "4")
        assert "Nothing is watched yet: press c to choose arXiv categories" in shown(pilot)
        await press(pilot, "f")
        assert "nothing is watched yet: c chooses categories" in shown(pilot)
        await press(pilot, "w")
        assert "Nothing is watched yet" in shown(pilot)
        await press(pilot, "c")
        assert isinstance(pilot.app.screen, WatchDialog) and isinstance(pilot.app.focused, Input)
        await write(pilot, "2 eyes")
        await press(pilot, "enter")
        assert "2 is no category" in shown(pilot)
        await press(pilot, "home", "ctrl+k")
        await write(pilot, "cs.CV, cs.lg")
        await press(pilot, "enter")
        assert "watched: cs.CV, cs.LG" in shown(pilot)
        await write(pilot, "au:He_K AND ti:residual")
        await press(pilot, "enter", "escape")
        assert "arXiv was not asked yet: f asks what is new" in shown(pilot)
        with opened(home) as library:
            watched = library.inbox.watched()
            assert watch_category("cs.LG") in watched and watch_query("au:He_K AND ti:residual") in watched
        await press(pilot, "u")
        assert "taken back: au:He_K AND ti:residual watched" in shown(pilot)


async def test_what_is_watched_and_muted_is_let_go(home: Home) -> None:
    with opened(home, DayOfTheFeeds()) as library:
        library.inbox.mute([mute_of(MuteKind.WORD, "winter")])
    async with inbox(home) as pilot:
        await press(pilot, "4")
        assert "4 inbox 15" in shown(pilot) and "12 muted" in shown(pilot)
        await press(pilot, "c", "down", "j", "enter")
        assert "no longer muted: winter · esc, then u, takes it back" in shown(pilot)
        await press(pilot, "escape")
        assert "4 inbox 27" in shown(pilot)
        await press(pilot, "c", "down", "enter", "escape")
        assert "nothing is watched now" in shown(pilot) and "4 inbox 27" not in shown(pilot)
        await press(pilot, "u")
        assert "4 inbox 27" in shown(pilot)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ArxivServer]:
    with ArxivServer(timeout=5.0) as running_server:
        for name, value in env_of(running_server, tmp_path / "state").items():
            monkeypatch.setenv(name, value)
        yield running_server


async def test_asking_arxiv_brings_more_and_the_cursor_stays(home: Home, server: ArxivServer) -> None:
    more = (Told("2604.60001", "Region proposals, faster than faster detectors", "Region proposals."),)
    server.feeds["cs.CV"] = daily_feed((*WEEK, *more))
    async with inbox(home) as pilot:
        await press(pilot, "4", "down", "f")
        await until(pilot, "1 new: cs.CV 1")
        assert here(pilot) == "2604.30002" and "4 inbox 28" in shown(pilot)
        await press(pilot, "f")
        await until(pilot, "nothing new: all that is announced was here before")
        server.feeds["cs.CV"] = daily_feed(())
        await press(pilot, "f")
        await until(pilot, "nothing is announced today, as on weekends and holidays")


async def test_asking_can_be_stopped_and_fails_calmly(home: Home, server: ArxivServer) -> None:
    server.feeds["cs.CV"] = daily_feed(WEEK)
    server.always(silence)
    async with inbox(home) as pilot:
        await press(pilot, "4")
        await pilot.press("f")
        await pilot.pause()
        assert "esc stops" in shown(pilot)
        await pilot.press("escape")
        await until(pilot, "stopped; what had arrived is kept")
        await press(pilot, "d")
        assert "skipped: Region proposals" in shown(pilot), "keys go on"


async def test_offline_is_told(home: Home, server: ArxivServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERTRAIL_OFFLINE", "1")
    async with inbox(home) as pilot:
        await press(pilot, "4", "f")
        await until(pilot, "told to stay offline")
    assert server.requests == []


async def test_days_that_lack_are_told_and_asked_for(home: Home, server: ArxivServer) -> None:
    clock = DayOfTheFeeds()
    clock.moment = clock.moment.replace(month=5, day=1)
    server.feeds["cs.CV"] = daily_feed(OTHERS[:1]).replace(b"Mon, 27 Apr 2026", b"Fri, 01 May 2026")
    feed = daily_feed((replace(OTHERS[0], id="2604.70001"),))
    server.feeds["cs.CV"] = feed.replace(b"Mon, 27 Apr 2026", b"Fri, 01 May 2026")
    server.add(record("2604.70002", "Missed on Tuesday", published="2026-04-27T07:08:09Z"))
    async with running(home, (140, 40), clock, mode="today") as pilot:
        await press(pilot, "4", "f")
        await until(pilot, "3 days may lack since 27 Apr: r asks for them")
        await press(pilot, "r")
        assert "3 days may lack" in shown(pilot) and "the last 7 days" in shown(pilot)
        await press(pilot, "1")
        await until(pilot, "1 new: cs.CV 1")
        assert "may lack" not in shown(pilot)
        await press(pilot, "r", "escape")
    assert "2604.70002" in waiting(home) and len(server.searched) == 1


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_announcements_are_inert(tmp_path: Path, size: tuple[int, int]) -> None:
    told = [
        Told(f"2604.8{n:04}", f"region proposals {title}", f"detector {title}", f"A {title}, B [/] z")
        for n, title in enumerate(HOSTILE_TITLES)
    ]
    home = trail_with(tmp_path, told)
    async with inbox(home, size) as pilot:
        await press(pilot, "4")
        for _ in told:
            await press(pilot, "space")
        await press(pilot, "exclamation_mark", "down", "end", "escape", "L", "escape", "enter")
        text = shown(pilot)
        assert "\x1b" not in text and "\u202e" not in text and "\x9b" not in text
        await press(pilot, "escape", "w")
        assert "8 queued" in shown(pilot)
        await press(pilot, "u", "home", "d", "u", "c", "escape")
        assert isinstance(pilot.app.screen, InboxScreen)
    assert triage(home) == {}


async def test_help_names_the_keys(home: Home) -> None:
    async with inbox(home) as pilot:
        await press(pilot, "4", "question_mark")
        text = shown(pilot)
        for words in ("The inbox", "Into the queue", "Skip", "Mute a word", "Ask arXiv what is new"):
            assert words in text
        assert "Drop" not in text and "Fetch abstracts" not in text


async def test_what_was_sorted_out_here_is_no_news(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    contents = Inbox.contents

    def counted(self: Inbox, *, as_learnt: bool) -> Contents:
        read.append(as_learnt)
        return contents(self, as_learnt=as_learnt)

    monkeypatch.setattr(Inbox, "contents", counted)
    async with inbox(home) as pilot:
        await press(pilot, "4", "w", "d")
        look_for_news(pilot)
        await settle(pilot)
        await settle(pilot)
        await press(pilot, "1", "4")
    assert read == [False], "nothing is ranked again while one sorts out"


async def test_what_another_program_sorts_out_leaves_the_list(home: Home) -> None:
    async with inbox(home) as pilot:
        await press(pilot, "4", "down")
        with opened(home, DayOfTheFeeds()) as library:
            library.inbox.skip(["2604.30001"])
        look_for_news(pilot)
        await settle(pilot)
        await settle(pilot)
        assert "4 inbox 26" in shown(pilot) and here(pilot) == "2604.30002"
        with opened(home, DayOfTheFeeds()) as library:
            library.undo.undo()
        look_for_news(pilot)
        await settle(pilot)
        await settle(pilot)
        assert "4 inbox 27" in shown(pilot) and here(pilot) == "2604.30002", "no key finds another row"


def test_no_key_means_two_things() -> None:
    own = InboxScreen._merged_bindings
    assert own is not None
    by_key = {key: {one.action for one in some} for key, some in own.key_to_bindings.items()}
    assert {key: actions for key, actions in by_key.items() if len(actions) > 1} == {}
    in_list = InboxList._merged_bindings
    assert in_list is not None and not {*in_list.key_to_bindings} & {*own.key_to_bindings}


async def test_one_comes_and_several_come_into_a_lineage(home: Home) -> None:
    async with inbox(home) as pilot:
        await press(pilot, "4", "L")
        assert "Into which lineage comes Region proposals" in shown(pilot)
        await press(pilot, "escape", "space", "space", "L")
        assert "Into which lineage come 2 announcements?" in shown(pilot)
