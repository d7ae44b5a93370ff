"""From a key to the repainted screen, on every screen: `python -m bench keys [PAPERS]`."""

import asyncio
import gc
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from unittest.mock import patch

from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key
from textual.pilot import Pilot
from textual.scroll_view import ScrollView
from textual.strip import Strip

from bench.figures import Line
from bench.scale import RUNS, write_seeds
from papertrail.domain.inbox.watches import watch_category
from papertrail.domain.paper import Status
from papertrail.domain.settings import GUESS_ASKED
from papertrail.library import Home, create_trail, open_library
from papertrail.tui.frame.app import PapertrailApp
from tests.arxiv_server import ArxivServer
from tests.daily_feeds import daily_feed
from tests.trails import NOTE
from tests.tui.driving import settle
from tests.tui.inbox.waiting import WEEK, DayOfTheFeeds, env_of

PAPERS = 10_000
NOTED = 100
SIZES = ((140, 40), (80, 24))
HOLD = 16.0  # milliseconds
CHARACTERS = {"slash": "/", "space": " ", "question_mark": "?"}


class Story(NamedTuple):
    """A screen, and the keys that are measured there.

    Attributes:
        screen: its name.
        there: the keys that lead to it from anywhere.
        keys: each measured, after a `<` with the keys before it that are not: what moves nothing is cheap.
        back: the keys that lead from it to where the tabs are.
    """

    screen: str
    there: str
    keys: str
    back: str = ""


TO_ALL_PAPERS = "2 tab home tab home"
TO_A_LINEAGE = "2 tab home down down tab home"
STORIES = (
    Story("Today", "1", "down up pagedown<home end<home home<end 1<2"),
    Story(
        "Papers",
        TO_ALL_PAPERS,
        "down up pagedown end<home home<end tab 2<1 space<escape escape<space",
    ),
    Story("Papers, lineages", f"{TO_ALL_PAPERS} tab", "down up", "tab"),
    Story(
        "Papers, query",
        f"{TO_ALL_PAPERS} slash",
        "escape<slash slash<escape r<backspace e<backspace,backspace,r backspace<e",
        "escape",
    ),
    Story(
        "Paper",
        f"{TO_A_LINEAGE} enter",
        "down<home up<end pagedown<home right_square_bracket escape<enter enter<escape",
        "escape",
    ),
    Story(
        "Note",
        f"{TO_A_LINEAGE} e",
        "escape<e e<escape x enter space down<ctrl+home up<ctrl+end pagedown<ctrl+home ctrl+n backspace",
        "ctrl+s escape",
    ),
    Story("Map", "3", "down up right left pagedown<home right_square_bracket left_square_bracket 3<1"),
    Story(
        "Compare",
        f"{TO_A_LINEAGE} c",
        "down up right left tab shift+tab pagedown<home v<o o<v c<escape escape<c",
        "escape",
    ),
    Story("Review", "5", "down up 5<1 enter<escape escape<enter"),
    Story(
        "Review, asking",
        "5 enter",
        "escape<tab tab<escape x<backspace escape<tab 3<space space<3",
        "escape escape",
    ),
    Story("Inbox", "4", "down up pagedown<home space<escape b 4<1 enter<escape escape<enter"),
    Story(
        "Finder", "1 slash", "escape<slash slash<escape r<backspace e<backspace,backspace,r down up", "escape"
    ),
    Story(
        "Palette",
        "1 ctrl+p",
        "escape<ctrl+p ctrl+p<escape r<backspace e<backspace,backspace,r down up",
        "escape",
    ),
    Story(
        "Help",
        "2 question_mark",
        "escape<question_mark question_mark<escape pagedown<home down<home",
        "escape",
    ),
    Story("Tags", f"{TO_ALL_PAPERS} t", "escape<t t<escape x<backspace tab", "escape"),
    Story("Columns", f"{TO_ALL_PAPERS} O", "escape<O O<escape down up", "escape"),
    Story("Add", f"{TO_ALL_PAPERS} a", "escape<a a<escape x<backspace", "escape"),
    Story("Correct", f"{TO_ALL_PAPERS} m", "escape<m m<escape down up x<backspace", "backspace escape"),
    Story("Goal", "1 g", "escape<g g<escape tab", "escape"),
)


class Unseen(HeadlessDriver):
    """Takes what a terminal would get, so that it has to be made."""

    @property
    def is_headless(self) -> bool:
        """Whether there is nothing to write to."""
        return False


class Painted(App[int]):
    """Notes how much processor time had been taken when the screen was last painted."""

    at = 0.0

    def _build_driver(
        self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None
    ) -> Unseen:
        return Unseen(self, mouse=mouse, size=size)

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, renderable)
        self.at = time.process_time()


class Program(Painted, PapertrailApp):
    """The program."""


class Page(ScrollView, can_focus=True):
    """A screen full of text."""

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        return self.app.lines[y]  # type: ignore[attr-defined, no-any-return]


class Floor(Painted):
    """The least a program of Textual can do: to paint a full screen anew at a key."""

    def __init__(self) -> None:
        super().__init__()
        from rich.segment import Segment

        self.lines = [Strip([Segment("a word " * 20, None)]).crop(0, 140) for _ in range(40)]

    def compose(self) -> Iterator[Page]:
        """One widget."""
        yield Page()

    def on_key(self) -> None:
        """Paint it."""
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


async def press(pilot: Pilot[int], key: str) -> float:
    """Press a key; return the milliseconds of processor time until the last picture of what follows."""
    app = pilot.app
    assert isinstance(app, Painted)
    before = time.process_time()
    app.post_message(Key(key, CHARACTERS.get(key, key if len(key) == 1 else None)))
    await settle(pilot)
    return (app.at - before) * 1000


async def floors() -> dict[tuple[int, int], float]:
    """Return the least that a key can take, by the size of the screen."""
    found = {}
    for size in SIZES:
        async with Floor().run_test(size=size) as pilot:
            await settle(pilot)
            found[size] = median([await press(pilot, "x") for _ in range(4 * RUNS)])
    return found


async def story(pilot: Pilot[int], told: Story) -> list[tuple[str, float]]:
    """Measure the keys of one screen."""
    for key in told.there.split():
        await press(pilot, key)
    found = []
    for one in told.keys.split():
        key, _, first = one.partition("<")
        times = []
        for _ in range(RUNS):
            for before in filter(None, first.split(",")):
                await press(pilot, before)
            times.append(await press(pilot, key))
        if max(times) < 0:
            print("NOTHING", told.screen, key, file=sys.__stderr__)
        found.append((key, median(times)))
    for key in told.back.split():
        await press(pilot, key)
    return found


async def measure(home: Home, size: tuple[int, int], floor: float) -> list[Line]:
    """Measure all screens at one size."""
    lines = []
    wide, high = size
    app = Program(home, clock=DayOfTheFeeds())
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        gc.collect()
        gc.freeze()  # as the program does once it is there
        for told in STORIES:
            for key, took in await story(pilot, told):
                lines.append(Line(f"{wide}x{high} {told.screen}: {key}", "ms", took, HOLD, floor))
        gc.unfreeze()
    return lines


def measured(papers: int = PAPERS) -> Iterator[Line]:
    """Measure everything, in a trail made for it."""
    with tempfile.TemporaryDirectory() as folder:
        home = make_trail(Path(folder) / "trail", papers)
        least = asyncio.run(floors())
        for size in SIZES:
            yield from asyncio.run(measure(home, size, least[size]))
