"""What is typed belongs to what the keys before it opened, at any speed."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import Event, Key, Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from bench.typeahead import campaign
from papertrail.library import Home
from papertrail.tui.compare.screen import CompareScreen
from papertrail.tui.frame.app import PapertrailApp
from papertrail.tui.frame.help import HelpScreen
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.paper.screen import PaperScreen
from papertrail.tui.widgets.dialogs import ChoiceDialog
from tests.trails import opened, small_trail
from tests.tui.driving import press, running, settle, shown
from tests.tui.terminal import in_terminal

NAMED = {"\r": "enter", "\x1b": "escape", "\x10": "ctrl+p", "\x13": "ctrl+s"}
WORD = "sqdwux"  # each a key that changes something, ends the program, or opens a screen


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = small_trail(tmp_path)
    opened(home).close()
    return home


def journal(home: Home) -> int:
    """Return how many changes were written down."""
    import sqlite3

    connection = sqlite3.connect(home.private / "library.db")
    try:
        return int(connection.execute("SELECT count(*) FROM journal").fetchone()[0])
    finally:
        connection.close()


def at_once(pilot: Pilot[int], keys: str, *pasted: str) -> None:
    """Send keys, and what is pasted after them, in one go: not one is handled before all are there."""
    events: list[Event] = [
        Key(NAMED.get(key) or _character_to_key(key), key if key.isprintable() else None) for key in keys
    ]
    for event in [*events, *(Paste(text) for text in pasted)]:
        event.set_sender(pilot.app)
        pilot.app.post_message(event)


def value(pilot: Pilot[int]) -> str:
    """Return what was written into the field, without the term of the lineage that it began with."""
    field = pilot.app.screen.query_one(Input)
    return field.value.removeprefix(getattr(field, "begins_with", ""))


def note(pilot: Pilot[int]) -> str:
    """Return what was added to the template of the note being written."""
    return next(line for line in pilot.app.screen.query_one(TextArea).text.split("\n") if WORD in line)


def lines(pilot: Pilot[int]) -> str:
    return pilot.app.screen.query_one(TextArea).text


FIELDS: list[tuple[str, str, Callable[[Pilot[int]], str]]] = [
    ("today", "/", value),  # of the finder
    ("papers", "/", value),
    ("map", "/", value),
    ("today", "3/", value),
    ("today", "2/", value),
    ("papers", "1/", value),
    ("today", "a", value),
    ("papers", "a", value),
    ("today", "\x10", value),
    ("map", "\x10", value),
    ("papers", "Lp", value),
    ("today", "e", note),
    ("papers", "e", note),
    ("papers", "\re", note),
    ("map", "\re", note),
    ("papers", "ce", note),
    ("papers", "?\x1b/", value),
    ("papers", "/zzz\x1b/", value),
    ("papers", "a\x1ba", value),
    ("papers", "2323232/", value),
    ("today", "4c", value),
    ("papers", "4a", value),
    ("map", "43/", value),
    ("today", "A", value),
    ("map", "A", value),
    ("papers", "A\t", lines),
    ("papers", "N", value),
    ("papers", "=", value),
    ("papers", "\r=", value),
]


async def back(pilot: Pilot[int], mode: str) -> None:
    """Leave the field and whatever it is in, with nothing written, for the screen that the keys began on."""
    for _ in range(5):
        if isinstance(pilot.app.screen, NoteEditor):
            await press(pilot, "ctrl+r")  # the note as it was saved
        await press(pilot, "t" if isinstance(pilot.app.screen, ChoiceDialog) else "escape")  # throw it away
    await press(pilot, {"today": "1", "papers": "2", "map": "3"}[mode])
    assert len(pilot.app.screen_stack) == 1 and pilot.app.current_mode == mode


@pytest.mark.parametrize("mode", ["today", "papers", "map"])
@pytest.mark.parametrize("way", ["typed", "pasted"])
async def test_words_go_into_the_field_that_the_key_before_opens(home: Home, mode: str, way: str) -> None:
    async with running(home, (80, 24), mode="papers" if mode == "papers" else "today") as pilot:
        if mode == "map":
            await press(pilot, "3")
        before = journal(home)
        for keys, written in ((keys, written) for begins, keys, written in FIELDS if begins == mode):
            if way == "typed":
                at_once(pilot, keys + WORD)
            else:
                at_once(pilot, keys, WORD)
            await settle(pilot)
            assert written(pilot).strip() == WORD, keys
            assert journal(home) == before, keys
            assert not pilot.app._exit, keys
            await back(pilot, mode)


@pytest.mark.parametrize(
    ("keys", "screen"),
    [("2", None), ("3", None), ("?", HelpScreen), ("2\r", PaperScreen), ("2c", CompareScreen)],
)
async def test_a_paste_where_there_is_no_field_does_nothing(
    home: Home, keys: str, screen: type | None
) -> None:
    async with running(home, mode="today") as pilot:
        at_once(pilot, keys)
        await settle(pilot)
        there, picture, before = pilot.app.screen, shown(pilot), journal(home)
        at_once(pilot, "", f"{WORD}\r\x1b e q", "1506.01497\n")
        await settle(pilot)
        assert pilot.app.screen is there and shown(pilot) == picture and journal(home) == before
        assert screen is None or isinstance(there, screen)


async def test_a_screen_takes_the_keys_after_the_one_that_opens_it(home: Home) -> None:
    async with running(home) as pilot:
        at_once(pilot, "\r]]")  # two papers on along the lineage, on the screen of a paper
        await settle(pilot)
        assert isinstance(pilot.app.screen, PaperScreen)
        assert "Fast R-CNN" in "".join(shown(pilot).split("\n")[:3])
        at_once(pilot, "\x1b\r")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PaperScreen)
        assert "Rich feature" in "".join(shown(pilot).split("\n")[:3])


async def test_enter_waits_for_what_the_palette_finds(home: Home) -> None:
    async with running(home) as pilot:
        at_once(pilot, "\x10fast-rcnn\r")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PaperScreen) and "Fast R-CNN" in shown(pilot).split("\n")[2]


async def test_what_is_typed_behind_a_form_goes_to_the_screen_below(home: Home) -> None:
    async with running(home, mode="today") as pilot:
        library = pilot.app.library  # type: ignore[attr-defined]
        titles = [paper.title for paper in library.papers.each()]
        at_once(pilot, f"A{WORD}\x13")
        await settle(pilot)
        assert [paper.title for paper in library.papers.each()] == [*titles, WORD]
        at_once(pilot, f"um{WORD}\x1btm{WORD}\x13")
        await settle(pilot)
        chosen = next(one for one in library.papers.each() if WORD in one.title)
        assert len(titles) == library.papers.number() and chosen.title != WORD
        assert not pilot.app._exit


@pytest.mark.parametrize("keys", ["qe", "qqq", "q/ssd", "2qe", "q\r", "qa", "/x\x1bqsd", "q\x10", "3qdd"])
async def test_nothing_acts_after_the_end_was_asked_for(home: Home, keys: str) -> None:
    before = journal(home)
    async with running(home, mode="today") as pilot:
        at_once(pilot, keys, "pasted")
        await settle(pilot)
        assert pilot.app._exit
        assert isinstance(pilot.app, PapertrailApp)
        assert not any(isinstance(s, NoteEditor) for s in pilot.app.screen_stack)
    assert pilot.app.return_code == 0
    assert journal(home) == before


async def test_a_letter_pressed_alone_acts_at_once(home: Home) -> None:
    async with running(home) as pilot:
        await press(pilot, "slash")
        for length, letter in enumerate(WORD, 1):
            await press(pilot, letter)
            assert value(pilot) == WORD[:length]


async def test_a_slow_machine_does_not_wear_out_patience(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is under way may take any time as long as it goes on; only what never ends is given up."""
    monkeypatch.setattr("papertrail.tui.frame.typed.PATIENCE", 500)
    async with running(home, mode="today") as pilot:
        modes: list[str] = []

        def toil() -> None:
            time.sleep(0.02)
            modes.append(pilot.app.current_mode)

        async def labour() -> None:
            toil()
            await asyncio.sleep(0)
            if len(modes) < 40:
                pilot.app.screen.call_later(labour)

        pilot.app.screen.call_later(labour)
        at_once(pilot, "2")
        await settle(pilot)
        assert modes == ["today"] * 40
        assert pilot.app.current_mode == "papers"


async def test_what_never_ends_does_not_hold_keys_for_ever(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papertrail.tui.frame.typed.PATIENCE", 100)
    async with running(home, mode="today") as pilot:
        stop = asyncio.Event()
        pilot.app.screen.query_one("#keys").call_later(stop.wait)
        at_once(pilot, "2")
        while pilot.app.current_mode == "today":  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        stop.set()
        await settle(pilot)


STEPS = ("_today_built", "on_papertrail_app_opening_ended", "_take_told", "data_shown")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("before", [True, False])
async def test_the_end_may_be_asked_for_at_each_step_of_the_start(
    home: Home, monkeypatch: pytest.MonkeyPatch, step: str, before: bool
) -> None:
    whole = getattr(PapertrailApp, step)

    def asked_for_at(app: PapertrailApp) -> object:
        if before:
            app.exit()
        done: object = whole(app)
        app.exit()
        return done

    monkeypatch.setattr(PapertrailApp, step, asked_for_at)
    async with running(home, mode="today") as pilot:
        assert pilot.app._exit
    assert pilot.app.return_code == 0


@pytest.mark.parametrize("seconds", [0.0, 0.3, 0.6, 1.0, 1.6])
def test_quitting_right_after_the_start_is_quiet(home: Home, seconds: float) -> None:
    before = journal(home)
    with in_terminal(home) as terminal:
        terminal.read_for(seconds)
        terminal.press("qe")
        assert terminal.end() == 0
        assert b"Traceback" not in terminal.seen
    assert journal(home) == before


def test_any_split_in_time_gives_the_same_text_and_no_other_effect(tmp_path: Path) -> None:
    """A short slice of the campaign that `python -m bench typeahead` runs at length."""
    assert campaign(tmp_path, times=3, seed=2026) == []
