"""The database damaged, emptied, gone or its folder renamed under the open program, on every screen."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
from textual.pilot import Pilot

from papertrail.domain.paper import Status
from papertrail.library import Home
from papertrail.tui.frame.app import PapertrailApp
from papertrail.tui.frame.broken import BrokenTrail
from papertrail.tui.papers.table import PaperTable
from tests.trails import NOTE, drafts_of, opened, small_trail
from tests.tui.driving import look_for_news, press, running, settle, shown, write
from tests.tui.frame.test_status_keys import status_of

SCREENS: dict[str, tuple[str, ...]] = {
    "today": ("1",),
    "papers": ("2",),
    "typing a query": ("2", "slash"),
    "map": ("3",),
    "inbox": ("4",),
    "watching": ("4", "w"),
    "review": ("5",),
    "paper": ("2", "enter"),
    "editor": ("2", "e"),
    "history": ("2", "H"),
    "compare": ("2", "c"),
    "tell": ("2", "T"),
    "finder": ("1", "ctrl+f"),
    "palette": ("1", "ctrl+p"),
    "adding": ("1", "a"),
    "correcting": ("2", "C"),
    "lineages": ("2", "L"),
    "tags": ("2", "t"),
    "help": ("1", "question_mark"),
}
"""Keys to each screen."""
KEYS = ("j", "down", "enter", "tab", "s", "n", "escape", "k", "e", "x")
Mend = Callable[[], object]


def overwritten(home: Home, content: Callable[[int], bytes]) -> Mend:
    """Overwrite the database where it is, as a failing disk does; return what puts it back."""
    path = home.private / "library.db"
    kept, wal = path.read_bytes(), path.with_name("library.db-wal")
    kept_wal = wal.read_bytes() if wal.exists() else b""
    for one, size in ((path, len(kept)), (wal, len(kept_wal))):
        if size:
            with one.open("r+b") as file:
                file.write(content(size))
    os.utime(path, ns=(1, 1))

    def mend() -> None:
        for one, data in ((path, kept), (wal, kept_wal)):
            if one.exists():
                with one.open("r+b") as file:
                    file.truncate(0)
                    file.write(data)
        os.utime(path)

    return mend


def zeroed(home: Home) -> Mend:
    return overwritten(home, bytes)


def scrambled(home: Home) -> Mend:
    return overwritten(home, Random(3).randbytes)


def emptied(home: Home) -> Mend:
    path = home.private / "library.db"
    kept = path.read_bytes()
    os.truncate(path, 0)
    return lambda: path.write_bytes(kept)


def removed(home: Home) -> Mend:
    """Move the files of the database away."""
    away = home.root / "away"
    away.mkdir(exist_ok=True)
    names = [path.name for path in home.private.glob("library.db*")]
    for name in names:
        (home.private / name).rename(away / name)

    def back() -> None:
        for name in names:
            (away / name).rename(home.private / name)

    return back


def renamed(home: Home) -> Mend:
    """Rename the folder of the trail."""
    away = home.root.with_name("elsewhere")
    home.root.rename(away)

    def back() -> None:
        if home.root.exists():  # drafts and the like may have made it anew
            shutil.copytree(home.root, away, dirs_exist_ok=True)
            shutil.rmtree(home.root)
        away.rename(home.root)

    return back


BREAKS = (zeroed, removed, scrambled, renamed, emptied)
TURNS = range(min(len(BREAKS), int(os.environ.get("PAPERTRAIL_EXAMPLES", "1"))))
"""Every screen meets one of them in every run, and all of them with `python -m bench properties`."""


def list_of(folder: Path, pattern: str) -> list[Path]:
    return list(folder.glob(pattern))


def app_of(pilot: Pilot[int]) -> PapertrailApp:
    assert isinstance(pilot.app, PapertrailApp)
    return pilot.app


async def look(pilot: Pilot[int]) -> None:
    look_for_news(pilot)
    await settle(pilot)


async def back_to_today(pilot: Pilot[int]) -> None:
    for _ in range(6):
        if len(pilot.app.screen_stack) == 1:
            break
        await press(pilot, "escape")
        if len(pilot.app.screen_stack) > 1 and "unsaved" in shown(pilot):
            await press(pilot, "d")
    await press(pilot, "1")


@pytest.mark.examples
@pytest.mark.parametrize("turn", TURNS)
async def test_every_screen_outlives_its_database(tmp_path: Path, turn: int) -> None:
    home = small_trail(tmp_path / "trail")
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
    async with running(home, (80, 24), mode="today") as pilot:
        for number, (name, keys) in enumerate(SCREENS.items()):
            await press(pilot, *keys)
            mend = BREAKS[(number + turn) % len(BREAKS)](home)
            await look(pilot)
            try:
                assert app_of(pilot).broken.error is not None, name
                lines = shown(pilot).splitlines()
                assert "F5 says what can be done" in lines[0], (name, lines)
                for key in KEYS:
                    await press(pilot, key)
            finally:
                mend()
            await look(pilot)
            assert app_of(pilot).broken.error is None, name
            assert "F5 says" not in shown(pilot), name
            await back_to_today(pilot)
            await press(pilot, "2")
            assert pilot.app.screen.query_one(PaperTable).row_count, name
            assert "rebuild" not in shown(pilot), name
        assert app_of(pilot).failure is None


@pytest.mark.parametrize("mode", ["1", "2", "3", "4", "5"])
async def test_a_pane_that_cannot_be_filled_is_told_and_not_tried_for_ever(tmp_path: Path, mode: str) -> None:
    home = small_trail(tmp_path / "trail")
    opened(home).close()
    async with running(home, (140, 40), mode="today") as pilot:
        await press(pilot, mode)
        removed(home)
        await look(pilot)
        await press(pilot, "j", "l", "s")
        with patch.object(BrokenTrail, "met", return_value=True) as met:
            for _ in range(5):
                await pilot.pause()
        assert met.call_count < 5, "one refusal leads to the next"
        await press(pilot, "f5")
        assert "The database of this trail cannot be used" in shown(pilot)


async def test_the_editor_keeps_its_words_and_saves_them_when_the_trail_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = small_trail(tmp_path / "trail")
    monkeypatch.setenv("HOME", str(tmp_path))
    async with running(home, (80, 24)) as pilot:
        await press(pilot, "e")
        await write(pilot, "Kept")
        mend = renamed(home)
        await press(pilot, "ctrl+s")
        assert "The note is not saved, your words are still here" in shown(pilot)
        await press(pilot, "f")
        (kept,) = list_of(tmp_path, "rcnn.unsaved-*.md")
        assert "Kept" in kept.read_text(encoding="utf-8")
        assert not home.root.exists(), "putting it back must not be stood in the way of"
        assert "F5 says what can be done" in shown(pilot)
        await write(pilot, " and more ")
        await press(pilot, "ctrl+s", "t")
        assert "The note is not saved" in shown(pilot)
        mend()
        await press(pilot, "t")
        assert "saved" in shown(pilot)
        assert "Kept and more" in (home.notes / "rcnn.md").read_text(encoding="utf-8")
        await look(pilot)
        assert "F5 says" not in shown(pilot)
        mend = zeroed(home)
        await write(pilot, "third ")
        await look(pilot)
        pilot.app.screen.keep_draft_now()  # type: ignore[attr-defined]
        assert "third" in drafts_of(home)[0]
        mend()
    with opened(home) as library:
        assert "third" in str(library.notes.open("rcnn").draft)


@pytest.mark.parametrize("breaks", [zeroed, removed])
async def test_a_database_that_is_broken_at_the_start_is_made_anew_by_one_key(
    tmp_path: Path, breaks: Callable[[Home], Mend]
) -> None:
    home = small_trail(tmp_path / "trail")
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        library.statuses.set(["rcnn"], Status.READING)
    breaks(home)
    async with running(home, (80, 24), mode="today") as pilot:
        assert "The database of this trail cannot be used" in shown(pilot)
        assert "the copy of the journal, 1 note and seeds/papers.csv" in " ".join(
            shown(pilot).replace("│", " ").split()
        )
        await press(pilot, "t")
        assert "The database of this trail cannot be used" in shown(pilot)
        await press(pilot, "r")
        assert "made the database anew" in shown(pilot)
        assert status_of(pilot, "rcnn") is Status.READING
        await press(pilot, "2")
        assert pilot.app.screen.query_one(PaperTable).row_count


async def test_what_cannot_be_made_anew_is_said_before_it_is_and_after(tmp_path: Path) -> None:
    home = small_trail(tmp_path / "trail")
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        library.statuses.set(["rcnn"], Status.READING)
    removed(home)
    home.journal_copy.unlink()
    async with running(home, (80, 24), mode="today") as pilot:
        asked = " ".join(shown(pilot).replace("│", " ").split())
        assert "No backup and no copy of the journal is here: what was read and when, and the goal" in asked
        assert "kept in .papertrail/damaged" not in asked, "there is no old one"
        await press(pilot, "f5", "r")
        assert len(pilot.app.screen_stack) == 1, "it was asked once"
        assert "read and when, and the goal, begin" in shown(pilot)


async def test_f5_asks_and_makes_anew_under_the_open_program(tmp_path: Path) -> None:
    home = small_trail(tmp_path / "trail")
    with opened(home) as library:
        library.statuses.set(["rcnn"], Status.READING)
    async with running(home, (80, 24)) as pilot:
        removed(home)
        await press(pilot, "j", "s")
        await look(pilot)
        await press(pilot, "f5", "r")
        await look(pilot)
        assert "F5 says" not in shown(pilot)
        await press(pilot, "s")
        assert status_of(pilot, "rcnn") is Status.READING
