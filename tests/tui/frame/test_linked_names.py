"""Names of papers and lineages are clicked where they stand, on a paper's own screen and in the side pane."""

from pathlib import Path

from textual.pilot import Pilot

from papertrail.tui.paper.screen import PaperScreen
from papertrail.tui.papers.lineages import LineageList
from papertrail.tui.papers.screen import PapersScreen
from tests.trails import RCNN, small_trail
from tests.tui.driving import press, running, settle, shown


def chosen_lineage(screen: PapersScreen) -> str:
    row = screen.query_one(LineageList).chosen
    return row.name if row is not None else ""


async def click_on(pilot: Pilot[int], text: str, *, after: str) -> None:
    """Click the first letter of a text, in the lines from that with another text on."""
    lines = shown(pilot).split("\n")
    first = next(row for row, line in enumerate(lines) if after in line)
    row = next(row for row in range(first, len(lines)) if text in lines[row][lines[first].index(after[0]) :])
    column = lines[row].rindex(text)
    await pilot.click(offset=(column + 1, row))
    await settle(pilot)


async def test_what_a_paper_builds_on_and_its_lineage_are_clicked(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (140, 40)) as pilot:
        await press(pilot, "slash", *"faster-rcnn", "enter")
        await click_on(pilot, "fast-rcnn", after="builds on")
        assert isinstance(pilot.app.screen, PaperScreen) and pilot.app.screen._key == "fast-rcnn"
        await click_on(pilot, "faster-rcnn", after="built on by")
        assert pilot.app.screen._key == "faster-rcnn"
        await click_on(pilot, "R-CNN to Faster", after="4 of 4")
        assert isinstance(pilot.app.screen, PapersScreen)
        assert chosen_lineage(pilot.app.screen) == "R-CNN to Faster R-CNN"


async def test_a_lineage_of_any_name_is_clicked(tmp_path: Path) -> None:
    name = "线 a [/b] [@click=app.quit] z"
    rows = [[name, *row[1:]] for row in RCNN]
    async with running(small_trail(tmp_path, rows), (140, 40)) as pilot:
        await press(pilot, "slash", *"faster-rcnn", "enter", "enter")
        lines = shown(pilot).split("\n")
        row = next(row for row, line in enumerate(lines) if "of 6 in " in line)
        await pilot.click(offset=(lines[row].index("of 6 in ") + 8, row))
        await settle(pilot)
        assert isinstance(pilot.app.screen, PapersScreen) and chosen_lineage(pilot.app.screen) == name
