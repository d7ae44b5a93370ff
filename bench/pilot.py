"""A reader at 100,000 papers: types a word, pages to the end, sorts, marks and tags 500, takes it back."""

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Line
from bench.search import TYPED, make_trail
from papertrail.domain.query.parser import parse
from papertrail.library import Home, open_library
from papertrail.tui.frame.app import PapertrailApp
from papertrail.tui.papers.table import PAGE, PaperTable
from tests.tui.driving import press, settle, shown, write

MARKED = 500
PAPERS = int(os.environ.get("BENCH_PAPERS", "100000"))


async def work(home: Home) -> list[Line]:
    """Do all of it, look at each step that the screen shows what it should, and return what each takes.

    Raises:
        AssertionError: something else is shown, or the marked papers are not tagged and then as they were.
    """
    with open_library(home) as library:
        hits = {end: len(library.search.ids(parse(TYPED[:end]).query)) for end in range(1, len(TYPED) + 1)}
    app, lines = PapertrailApp(home), list[Line]()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        since = time.process_time()

        def told(step: str) -> None:
            nonlocal since
            lines.append(Line(step, "ms", (time.process_time() - since) * 1000))
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
    return lines


def measured() -> Iterator[Line]:
    """Work in a trail made for it."""
    with tempfile.TemporaryDirectory() as folder:
        yield from asyncio.run(work(make_trail(Path(folder) / "trail", PAPERS)))
