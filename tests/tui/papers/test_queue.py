"""Marks, the queue put in order by hand, and lineages at rest, in the list of papers."""

from pathlib import Path

import pytest

from papertrail.domain.paper import Status
from papertrail.tui.papers.lineages import LineageList
from papertrail.tui.papers.table import MARK, PaperTable
from tests.trails import asked, opened, small_trail
from tests.tui.driving import press, running, shown


async def test_marked_papers_change_together(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "space", "space")
        table = pilot.app.screen.query_one(PaperTable)
        assert [paper.key for paper in table.marked] == ["rcnn", "sppnet"]
        assert shown(pilot).count(MARK) == 2
        assert "2 marked: s S w d U t change them all" in shown(pilot)
        await press(pilot, "w")
        assert "2 papers: 2 queued; 0 of 100 counted" in shown(pilot)
        await press(pilot, "s", "s")
        assert "2 papers: 2 read" in shown(pilot)
        await press(pilot, "escape")
        assert MARK not in shown(pilot)
        await press(pilot, "d")
        await press(pilot, "k", "space", "k", "k", "space", "U")
    with opened(home) as library:
        papers = asked(library, 'lineage:"R-CNN to Faster R-CNN"')
    unread, dropped = Status.UNREAD, Status.DROPPED
    assert [paper.status for paper in papers] == [unread, unread, dropped, unread]


async def test_a_mark_is_taken_away_by_the_same_key(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "space", "k", "space")
        assert pilot.app.screen.query_one(PaperTable).marked == []
        await press(pilot, "space", "tab", "down")
        assert pilot.app.screen.query_one(PaperTable).marked == [], "another list begins without marks"


async def test_the_queue_is_put_in_order_by_hand(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["adam", "rcnn", "sppnet"], Status.QUEUED)
    async with running(home) as pilot:
        await press(pilot, "tab", "home", "down", "enter")
        assert "Queue · 3 papers" in shown(pilot)
        await press(pilot, "end", "shift+up", "K")
        assert "sppnet is number 1 of 3 in the queue" in shown(pilot)
        table = pilot.app.screen.query_one(PaperTable)
        assert table.chosen is not None and table.chosen.key == "sppnet"
        await press(pilot, "K", "shift+down")
        assert "sppnet is number 2 of 3 in the queue" in shown(pilot)
        await press(pilot, "home", "space", "space", "J")
    with opened(home) as library:
        assert [paper.key for paper in asked(library, "status:queued")] == [
            "rcnn",
            "adam",
            "sppnet",
        ]


async def test_a_paper_that_is_not_queued_cannot_be_moved(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "tab", "home", "enter", "J")
        assert "not in the queue: w puts it there" in shown(pilot)


async def test_a_lineage_is_put_in_order_by_hand(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "J", "J", "K")
        assert "rcnn is number 2 of 4 in R-CNN to Faster R-CNN" in shown(pilot)
        await press(pilot, "end", "shift+down", "K")
    with opened(home) as library:
        papers = asked(library, 'lineage:"R-CNN to Faster R-CNN"')
    assert [paper.key for paper in papers] == ["sppnet", "rcnn", "faster-rcnn", "fast-rcnn"]


async def test_an_empty_queue_says_what_to_press(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "tab", "home", "down")
        assert "w queues a paper." in shown(pilot)


async def test_a_lineage_rests_and_wakes(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "tab", "z")
        assert "R-CNN to Faster R-CNN rests: no paper is suggested from it" in shown(pilot)
        assert "at rest" in shown(pilot)
        with opened(home) as library:
            assert [line.active for line in library.lineages.all()] == [False, True]
        await press(pilot, "z")
        assert "is active again" in shown(pilot)
        rows = pilot.app.screen.query_one(LineageList)
        assert rows.chosen is not None and rows.chosen.active
        for keys in (("home", "z"), ("home", "down", "z")):
            await press(pilot, *keys)
            assert "z is for lineages: go down to one" in shown(pilot)
        await press(pilot, "enter", "z")
        assert "z is for lineages: tab goes to them" in shown(pilot)


@pytest.mark.parametrize(
    ("row", "name"), [(0, "this line is all papers"), (1, "this line is the queue"), (2, "this is a lineage")]
)
async def test_what_is_no_lineage_is_not_called_one(tmp_path: Path, row: int, name: str) -> None:
    async with running(small_trail(tmp_path), (80, 24)) as pilot:
        await press(pilot, "w", "tab")
        answer = f"{name}: ⏎ or tab goes to the papers"
        for key in ("d", "s", "S", "w", "U", "e", "E", "H", "J", "K"):
            await press(pilot, "end", "home", *["down"] * row)
            assert ("1 paper in your order; ⏎ goes to the papers" in shown(pilot)) is (row == 1), key
            assert answer not in shown(pilot), key
            await press(pilot, key)
            assert answer in shown(pilot), key
