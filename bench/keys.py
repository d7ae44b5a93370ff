"""From a key to the repainted screen, on every screen: `python -m bench keys [PAPERS]`."""

import asyncio
import gc
import os
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from rich.segment import Segment
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input

from bench.figures import Line
from bench.scale import RUNS, write_seeds
from papertrail.domain.inbox.watches import watch_category
from papertrail.domain.paper import Status
from papertrail.domain.settings import GUESS_ASKED
from papertrail.library import Home, create_trail, open_library
from papertrail.tui.frame.app import PapertrailApp
from papertrail.tui.widgets.dialogs import ChoiceDialog
from tests.arxiv_server import ArxivServer
from tests.daily_feeds import daily_feed
from tests.trails import NOTE
from tests.tui.driving import settle
from tests.tui.inbox.waiting import WEEK, DayOfTheFeeds, env_of

PAPERS = int(os.environ.get("BENCH_PAPERS", "10000"))
NOTED = 100
SIZES = ((140, 40), (80, 24))
HOLD = 16.0  # milliseconds
SECONDS_A_KEY = 0.25
STEPS_BACK = 6
CHARACTERS = {"slash": "/", "space": " ", "question_mark": "?"}


class Story(NamedTuple):
    """A screen, and the keys that are measured there.

    Behind a `<` stand the keys before one that are not measured: what moves nothing is cheap.

    Attributes:
        screen: its name.
        there: the keys that lead to it from anywhere.
        keys: that act on it.
        ways: the keys that leave and open it, or another screen: widgets are made, styled and laid out.
        back: the keys that lead from it to where the tabs are.
    """

    screen: str
    there: str
    keys: str
    ways: str = ""
    back: str = ""


TO_ALL_PAPERS = "2 tab home tab home"
TO_A_LINEAGE = "2 tab home down down tab home"
TYPED = "r<backspace e<backspace,backspace,r"
STORIES = (
    Story("Today", "1", "down up pagedown<home end<home home<end", "1<2"),
    Story("Papers", TO_ALL_PAPERS, "down up pagedown end<home home<end tab space<escape escape<space", "2<1"),
    Story("Papers, lineages", f"{TO_ALL_PAPERS} tab", "down up", "", "tab"),
    Story("Papers, query", f"{TO_ALL_PAPERS} slash", TYPED, "escape<escape,slash slash<escape", "escape"),
    Story(
        "Paper",
        f"{TO_A_LINEAGE} enter",
        "right_square_bracket<left_square_bracket left_square_bracket<right_square_bracket",
        "escape<enter enter<escape",
        "escape",
    ),
    Story(
        "Note",
        f"{TO_A_LINEAGE} e",
        "x space enter backspace down<ctrl+home up<ctrl+end",
        "escape<escape,e e<escape",
        "escape",
    ),
    Story("Map", "3", "down up right left pagedown<home", "right_square_bracket left_square_bracket 3<1"),
    Story("Overview", "3 0", "down up pagedown<home end<home", "escape<0 0<escape", "escape"),
    Story(
        "Compare",
        f"{TO_A_LINEAGE} c",
        "down up right left tab shift+tab pagedown<home v<o o<v",
        "escape<c c<escape",
        "escape",
    ),
    Story("Review", "5", "", "5<1 enter<escape escape<enter"),
    Story(
        "Review, asking",
        "5 enter",
        "3<space space<3",
        "",
        "escape escape",
    ),
    Story("Inbox", "4", "down up pagedown<home space<escape b", "4<1 enter<escape escape<enter"),
    Story("Finder", "1 slash", f"{TYPED} down up", "escape<escape,slash slash<escape", "escape"),
    Story("Palette", "1 ctrl+p", f"{TYPED} down up", "escape<escape,ctrl+p ctrl+p<escape", "escape"),
    Story(
        "Help",
        "2 question_mark",
        "pagedown<home down<home",
        "escape<question_mark question_mark<escape",
        "escape",
    ),
    Story("Tags", f"{TO_ALL_PAPERS} t", "x backspace tab", "escape<escape,t t<escape", "escape"),
    Story("Columns", f"{TO_ALL_PAPERS} O", "down up", "escape<O O<escape", "escape"),
    Story("Add", f"{TO_ALL_PAPERS} a", "x backspace", "escape<escape,a a<escape", "escape"),
    Story("Correct", f"{TO_ALL_PAPERS} m", "down up x backspace", "escape<escape,m m<escape", "escape"),
    Story("Goal", "1 g", "tab", "escape<escape,g g<escape", "escape"),
)


class Unseen(HeadlessDriver):
    """Takes what a terminal would get, so that it has to be made."""

    @property
    def is_headless(self) -> bool:
        """Whether there is nothing to write to."""
        return False


class Painted(App[int]):
    """Notes how much processor time had been taken when the screen was painted since a key, and last."""

    first: float | None = None
    at = 0.0

    def _build_driver(
        self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None
    ) -> Unseen:
        return Unseen(self, mouse=mouse, size=size)

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, renderable)
        self.at = time.process_time()
        if self.first is None and renderable is not None:
            self.first = self.at


class Program(Painted, PapertrailApp):
    """The program."""


class Page(ScrollView, can_focus=True):
    """A screen full of text."""

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        return self.app.lines[y]  # type: ignore[attr-defined, no-any-return]


class Another(Screen[None]):
    """A screen with one widget."""

    def compose(self) -> Iterator[Page]:
        """One widget."""
        yield Page()


class Floor(Painted):
    """The least a program of Textual can do: to paint a full screen anew at a key, and to open another."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = [Strip([Segment("a word " * 20, None)]).crop(0, 140) for _ in range(40)]

    def compose(self) -> Iterator[Page]:
        """One widget."""
        yield Page()

    def on_key(self, event: Key) -> None:
        """Paint it, or open or leave another screen."""
        if event.key == "o":
            self.push_screen(Another())
        elif event.key == "escape":
            self.pop_screen()
        else:
            self.query_one(Page).refresh()


def make_trail(root: Path, papers: int) -> Home:
    """Make a trail of so many papers in fifty lineages, a hundred notes that ask, a week's announcements."""
    home = create_trail(root)
    write_seeds(home.seeds, papers)
    asked = "\n\n".join(f"Q: What is number {n}, and why?\nA: It is {n}, since it is." for n in range(3))
    with open_library(home, clock=DayOfTheFeeds()) as library, ArxivServer() as server:
        keys = [f"paper-{number}" for number in range(papers)]
        # Of the first lineage every other paper, of all others few.
        noted = [*keys[0 : 50 * NOTED : 100], *keys[1 : 50 * NOTED : 101]][:NOTED]
        library.statuses.set(noted, Status.READ)
        for key in noted:
            library.notes.save(key, f"{NOTE}\n## Questions\n\n{asked}\n", None)
        library.statuses.set(keys[10:30], Status.QUEUED)
        library.views.save("doubted", "residual year:2000..")
        library.settings.set(GUESS_ASKED.name, "off")
        library.settings.set("review-minutes", "60")
        server.feeds = {"cs.CV": daily_feed(tuple(WEEK), feed="cs.CV")}
        library.inbox.watch([watch_category("cs.CV")])
        with patch.dict("os.environ", env_of(server, root / "state")):
            library.inbox.refresh()
    return home


class Took(NamedTuple):
    """Milliseconds of processor time from a key until the first picture of what follows, and the last."""

    first: float
    last: float


async def press(pilot: Pilot[int], key: str) -> Took:
    """Press a key, and wait until all that follows is painted."""
    app = pilot.app
    assert isinstance(app, Painted)
    app.first, before = None, time.process_time()
    app.post_message(Key(key, CHARACTERS.get(key, key if len(key) == 1 else None)))
    await settle(pilot)
    last = (app.at - before) * 1000
    return Took(last if app.first is None else (app.first - before) * 1000, last)


class Floors(NamedTuple):
    """The least that keys take: to paint a screen anew, and to open and leave another."""

    paint: float
    open: float


async def floors(size: tuple[int, int]) -> Floors:
    """Return the least that keys take at one size."""
    async with Floor().run_test(size=size) as pilot:
        await settle(pilot)
        paint = min([(await press(pilot, "x")).last for _ in range(4 * RUNS)])
        opened = []
        for _ in range(RUNS):
            opened.append((await press(pilot, "o")).last)
            await press(pilot, "escape")
        return Floors(paint, min(opened))


async def took(pilot: Pilot[int], told: str, name: str, hold: float | None, floor: float) -> Line:
    """Measure the least milliseconds that a key takes in a few runs, as a busy machine takes more."""
    key, _, unmeasured = told.partition("<")
    times: list[Took] = []
    until = time.process_time() + SECONDS_A_KEY
    while len(times) < RUNS and (time.process_time() < until or not times):
        for before in filter(None, unmeasured.split(",")):
            await press(pilot, before)
        times.append(await press(pilot, key))
    if painted := [one for one in times if one.last > 0]:
        first = min(one.first for one in painted)
        return Line(
            f"{name} {key}", f"ms, {first:.1f} at first", min(one.last for one in painted), hold, floor
        )
    return Line(f"{name} {key}", "ms, paints nothing", 0.0, None, floor)


async def leave(pilot: Pilot[int]) -> None:
    """Leave whatever stands before the screens of the tabs: what was typed there is given up."""
    for _ in range(STEPS_BACK):
        if len(pilot.app.screen_stack) == 1 and not isinstance(pilot.app.focused, Input):
            return
        for key in ("home", "enter") if isinstance(pilot.app.screen, ChoiceDialog) else ("escape",):
            await press(pilot, key)


async def measure(home: Home, size: tuple[int, int], story: Story) -> AsyncIterator[Line]:
    """Measure a screen at one size, beside floors of the same moment: machines get slower and faster."""
    least = await floors(size)
    at = "{}x{}".format(*size)
    app = Program(home, clock=DayOfTheFeeds())
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        gc.collect()
        gc.freeze()  # as the program does once it is there
        for key in story.there.split():
            await press(pilot, key)
        for told in story.ways.split():
            yield await took(pilot, told, f"{at} {story.screen}: way", None, least.open)
        for told in story.keys.split():
            yield await took(pilot, told, f"{at} {story.screen}:", HOLD, least.paint)
        for key in story.back.split():
            await press(pilot, key)
        await leave(pilot)
        gc.unfreeze()


def chosen() -> list[Story]:
    """Return the screens that `BENCH_SCREENS` names, parted by semicolons, else all."""
    named = os.environ.get("BENCH_SCREENS", "")
    return [story for story in STORIES if not named or story.screen in named.split(";")]


def measured() -> Iterator[Line]:
    """Measure everything, in a trail made for it."""
    with tempfile.TemporaryDirectory() as folder:
        made = make_trail(Path(folder) / "trail", PAPERS)
        for number, (size, story) in enumerate(product(SIZES, chosen())):
            home = Home(
                shutil.copytree(made.root, Path(folder) / str(number))
            )  # what was graded is not asked again
            with asyncio.Runner() as runner:
                lines = measure(home, size, story)
                while (line := runner.run(next_of(lines))) is not None:
                    yield line


async def next_of(lines: AsyncIterator[Line]) -> Line | None:
    """Return the next line, or None where there is none."""
    return await anext(lines, None)
