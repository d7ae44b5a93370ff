"""A reader at 100,000 papers: types a word, pages to the end, sorts, marks and tags 500, takes it back."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from bench.search import TYPED, make_trail
from papertrail.domain.query.parser import parse
from papertrail.library import Home, open_library
from papertrail.tui.frame.app import PapertrailApp
from papertrail.tui.papers.table import PAGE, PaperTable
from tests.tui.driving import press, settle, shown, write

MARKED = 500


async def work(home: Home) -> None:
    """Do all of it, look at each step that the screen shows what it should, and print what it takes.

    Raises:
        AssertionError: something else is shown, or the marked papers are not tagged and then as they were.
    """
    with open_library(home) as library:
        hits = {end: len(library.search.ids(parse(TYPED[:end]).query)) for end in range(1, len(TYPED) + 1)}
    app = PapertrailApp(home)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        since = time.process_time()

        def told(step: str) -> None:
            nonlocal since
            print(f"{step:34}{(time.process_time() - since) * 1000:9.0f} ms", flush=True)
            since = time.process_time()

        await press(pilot, "2")
        told("Papers opens")
        table = app.screen.query_one(PaperTable)
        await press(pilot, "slash")
        for end, letter in enumerate(TYPED, start=1):
            await press(pilot, letter)
            assert table.row_count == hits[end], (TYPED[:end], table.row_count)
            told(f"typed: {TYPED[:end]}, {hits[end]:,} papers")
        await press(pilot, "enter", "end")
        assert table.cursor == hits[len(TYPED)] - 1
        told("the last of them")
        await press(pilot, "escape", "end")
        assert table.cursor == table.row_count - 1 > PAGE
        told("the last of all")
        await press(pilot, "O", "enter", "escape")
        await press(pilot, "home")
        years = [paper.year for row in range(50) if (paper := table.paper_at(row)) is not None]
        assert years == sorted(years, key=lambda year: -(year or 0)) and len(years) == 50
        told("sorted by year")
        await app._press_keys(["space"] * MARKED)
        await settle(pilot)
        assert f"{MARKED} marked" in shown(pilot)
        told(f"{MARKED} marked")
        await press(pilot, "t")
        await write(pilot, "thesis\n")
        told("tagged")
        with open_library(home) as library:
            assert [one.papers for one in library.tags.all()] == [MARKED]
        since = time.process_time()
        await press(pilot, "u")
        told("taken back")
    with open_library(home) as library:
        assert library.tags.all() == [] and library.search.out_of_step() == []


def main() -> None:
    """Make a trail of so many papers as are named, 100,000 unless told otherwise, and work in it."""
    papers = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        home = make_trail(Path(folder) / "trail", papers)
        print(f"{papers:,} papers, processor time with the picture")
        asyncio.run(work(home))
