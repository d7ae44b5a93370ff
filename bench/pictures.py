"""What a terminal shows after many small pictures is what one whole picture would be.

`python -m bench pictures [STEPS] [SEED]` presses keys at random, on every screen, with the mouse, other
themes and changes of size between them, and compares cell by cell what a terminal made of all pictures that
it was sent with the screen as Textual alone draws it from nothing.
"""

import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pyte
from textual._compositor import Compositor, CompositorUpdate, LayoutUpdate
from textual._styles_cache import StylesCache
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen

from bench.keys import CHARACTERS, STORIES, Program, make_trail
from bench.scale import WORDS
from papertrail.library import Home
from papertrail.tui.frame.theme import THEMES
from tests.trails import NOTE
from tests.tui.driving import settle
from tests.tui.inbox.waiting import DayOfTheFeeds
from tests.tui.terminal import Screen as TerminalScreen

STEPS = 2000
A_RUN = 60  # steps, after which the program is started anew on another copy of the trail
PAPERS = 300
SIZES = ((140, 40), (80, 24), (100, 30), (200, 50))
MOVES = (
    *(
        "down",
        "up",
        "left",
        "right",
        "home",
        "end",
        "pagedown",
        "pageup",
        "tab",
        "shift+tab",
        "enter",
        "escape",
    ),
    *("space", "backspace", "right_square_bracket", "left_square_bracket", "ctrl+home", "ctrl+end", "ctrl+n"),
    *("alt+1", "alt+3", "ctrl+p"),
)
LETTERS = (*"abcdefghijklmnprstuvwxyzBCGHJKLMOTVX0123456789+-", "slash", "question_mark")
WIDE = ("残差网络", "目标检测", "한국어", "ものづくり", "Ⅻ", "naïve", "🙂") * 4
NAMES = {"+": "plus", "-": "minus"}

_put_together = Compositor._render_chops
_get_renders = Compositor._get_renders


class Seen(Program):
    """The program before a terminal that shows what it is sent."""

    def __init__(self, home: Home, size: tuple[int, int]) -> None:
        super().__init__(home, clock=DayOfTheFeeds())
        self.terminal = TerminalScreen(*size)
        self._sent = pyte.Stream(self.terminal)

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, renderable)
        if isinstance(renderable, CompositorUpdate) and not self._batch_count:
            if (self.terminal.columns, self.terminal.lines) != tuple(self.size):
                self.terminal.resize(self.size.height, self.size.width)
            self._sent.feed(renderable.render_segments(self.console).replace("\n", ""))

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open nothing."""


def drawn_from_nothing(screen: Screen[Any]) -> TerminalScreen:
    """Return what a terminal shows of a screen that Textual draws as a whole, with nothing kept."""
    compositor, kept = screen._compositor, {}
    for widget in compositor.visible_widgets:
        kept[widget], widget._styles_cache = widget._styles_cache, StylesCache()
    try:
        with patch.object(type(compositor), "_get_renders", _get_renders):
            chops = _put_together(compositor, screen.size.region, lambda y: True)
    finally:
        for widget, styles in kept.items():
            widget._styles_cache = styles
    whole = LayoutUpdate([line.values() for line in chops], screen.size.region)
    terminal = TerminalScreen(*screen.size)
    pyte.Stream(terminal).feed(whole.render_segments(screen.app.console).replace("\n", ""))
    return terminal


def differences(app: Seen) -> Iterator[str]:
    """Yield each line that a terminal shows otherwise than it should."""
    right = drawn_from_nothing(app.screen)
    for row in range(right.lines):
        wrong = [
            column
            for column in range(right.columns)
            if _cell(app.terminal.buffer[row][column]) != _cell(right.buffer[row][column])
        ]
        if wrong:
            shows, should = (
                "".join(str(one.buffer[row][x].data) for x in range(right.columns)).rstrip()
                for one in (app.terminal, right)
            )
            yield f"line {row}, from {wrong[0]} to {wrong[-1]}: {shows!r} for {should!r}"


def _cell(one: Any) -> tuple[object, ...]:
    ground = one.fg if one.reverse else one.bg
    if one.data.strip() or one.underscore or one.strikethrough:
        return one.data, ground, one.bg if one.reverse else one.fg, one.bold, one.italics, one.underscore
    return " ", ground


async def step(pilot: Pilot[int], random: Random) -> str:
    """Do one thing that a reader might do; return what."""
    app, dice = pilot.app, random.random()
    if dice < 0.02:
        size = random.choice(SIZES)
        await pilot.resize_terminal(*size)
        told = f"resize {size[0]}x{size[1]}"
    elif dice < 0.04:
        told = app.theme = random.choice([theme.name for theme in THEMES.values()])
    elif dice < 0.10:
        at = random.randrange(app.size.width), random.randrange(app.size.height)
        told = random.choice(("hover", "hover", "click"))
        await (pilot.click if told == "click" else pilot.hover)(offset=at)
        told += f" {at}"
    else:
        told = random.choice(MOVES) if random.random() < 0.7 else random.choice(LETTERS)
        app.post_message(Key(NAMES.get(told, told), CHARACTERS.get(told, told if len(told) == 1 else None)))
        if random.random() < 0.2:  # typed on before anything is drawn
            return told
    await settle(pilot)
    return told


async def run(home: Home, random: Random, steps: int, say: bool) -> list[str]:
    """Go to a screen and take so many steps from there; return what went wrong, with what led to it."""
    size, story = random.choice(SIZES), random.choice(STORIES)
    app = Seen(home, size)
    done = [f"{size[0]}x{size[1]}", story.there]
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        for key in story.there.split():
            app.post_message(Key(key, CHARACTERS.get(key, key if len(key) == 1 else None)))
            await settle(pilot)
        for _ in range(steps):
            done.append(await step(pilot, random))
            if app._exit:
                break
            await settle(pilot)
            if wrong := list(differences(app)):
                if say:
                    print(f"{story.screen}, {type(app.screen).__name__}: {' '.join(done[-12:])}")
                    print("   " + "\n   ".join(wrong[:6]), flush=True)
                return [f"{' '.join(done)}: {wrong[0]}"]
    return []


def campaign(folder: Path, *, steps: int, seed: int, papers: int = PAPERS, say: bool = False) -> list[str]:
    """Take so many steps, some dozens in each run of the program; return a line for each wrong picture."""
    with (
        patch("bench.scale.WORDS", (*WORDS, *WIDE)),
        patch("bench.keys.NOTE", f"{NOTE}\n{'，'.join(WIDE)}。\n"),
    ):
        made = make_trail(folder / "trail", papers)
    wrong = []
    for number in range(-(-steps // A_RUN)):
        home = Home(shutil.copytree(made.root, folder / str(number)))
        wrong += asyncio.run(run(home, Random(f"{seed} {number}"), min(A_RUN, steps - number * A_RUN), say))
        shutil.rmtree(home.root)
    return wrong


def main() -> None:
    """Run the campaign and tell how it went."""
    steps = int(sys.argv[2]) if len(sys.argv) > 2 else STEPS
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else int(time.time())
    print(f"{steps} steps, seed {seed}")
    with tempfile.TemporaryDirectory() as folder:
        wrong = campaign(Path(folder), steps=steps, seed=seed, say=True)
    print("\n".join(wrong) or "every picture was right")
    raise SystemExit(bool(wrong))
