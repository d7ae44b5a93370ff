"""Driving the terminal program in tests, and reading its screen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import monotonic
from unittest.mock import patch
from xml.etree import ElementTree

from rich.cells import cell_len
from textual.app import App
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from papertrail.domain.clock import Clock
from papertrail.library import Home
from papertrail.tui.frame.app import PapertrailApp
from tests.trails import FixedClock, make_database

SIZE = (140, 40)
PATIENCE = 20.0  # seconds
HANDS = 50  # through which a message may go until all that follows from it is done
CELL = 12.2  # width of a cell in the screenshots


@asynccontextmanager
async def running(
    home: Home, size: tuple[int, int] = SIZE, clock: Clock | None = None, mode: str = "papers"
) -> AsyncIterator[Pilot[int]]:
    """Run the program on a trail, on a fixed day, until the screen of a mode is filled."""
    clock = clock or FixedClock()
    make_database(home, clock)
    app = PapertrailApp(home, clock=clock)
    with patch("textual.app.wait_for_idle", at_once):
        async with app.run_test(size=size, notifications=True) as pilot:
            await settle(pilot)
            if mode == "papers":
                await press(pilot, "2")
            yield pilot


async def at_once(least: float = 0, most: float = 0) -> None:
    """Let the pilot go on after each key: `settle` waits for all that keys do."""


def look_for_news(pilot: Pilot[int]) -> None:
    """Let the program look at once for what other programs have changed."""
    assert isinstance(pilot.app, PapertrailApp)
    pilot.app.look_for_news()


async def settle(pilot: Pilot[int]) -> None:
    """Wait until every key has acted, threads have answered and the screen is drawn.

    A program that gets no turn on a busy machine looks idle. So messages are handed on in any case, as many
    as follow from one another, and the program must be found at rest twice.
    """
    rests = 0
    while rests < 2:
        for _ in range(HANDS):
            await asyncio.sleep(0)
        await pilot.pause()
        rests += 1
        if _is_at_work(pilot.app):
            rests = 0
            with suppress(WorkerCancelled):  # a newer one has taken its place
                await pilot.app.workers.wait_for_complete()
    await pilot.app.animator.wait_until_complete()
    await pilot.pause(0)


def _is_at_work(app: App[int]) -> bool:
    """Tell whether keys are still to act or threads to answer."""
    waiting = isinstance(app, PapertrailApp) and not (app._keys.is_empty or app._exit)
    return waiting or any(not worker.is_finished for worker in app.workers)


async def until(pilot: Pilot[int], text: str) -> None:
    """Wait until a text is on the screen: what comes from the network takes its time."""
    deadline = monotonic() + PATIENCE
    while text not in shown(pilot):
        assert monotonic() < deadline, f"{text!r} is not in {shown(pilot)}"
        await settle(pilot)


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys one after the other, each with its consequences."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def write(pilot: Pilot[int], text: str) -> None:
    """Type a text."""
    names = {" ": "space", "\n": "enter", ".": "full_stop", "/": "slash", ":": "colon", ",": "comma"}
    await pilot.press(*(names.get(character, character) for character in text))
    await settle(pilot)


def shown(pilot: Pilot[int]) -> str:
    """Return the text on the screen, a line each."""
    root = ElementTree.fromstring(pilot.app.export_screenshot())
    rows: dict[float, list[tuple[int, str]]] = {}
    for node in root.iter("{http://www.w3.org/2000/svg}text"):
        if "clip-path" in node.attrib and node.text:
            column = round(float(node.attrib["x"]) / CELL)
            rows.setdefault(float(node.attrib["y"]), []).append((column, node.text.replace("\xa0", " ")))
    lines = []
    for _, parts in sorted(rows.items()):
        line, width = "", 0
        for column, text in sorted(parts):
            line += " " * (column - width) + text
            width = max(column, width) + cell_len(text)
        lines.append(line.rstrip())
    return "\n".join(lines)
