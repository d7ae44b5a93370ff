"""A damaged trail is read: by every command that reads, and by an open screen that it is damaged under."""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from papertrail.domain.errors import PapertrailError
from papertrail.library import Home
from papertrail.tui.note.editor import NoteEditor
from tests.cli.starter import starter
from tests.damages.trail import LATER
from tests.tui.driving import press, running, write

COMMANDS: tuple[tuple[str, ...], ...] = (
    (),
    ("list",),
    ("list", "word1", "--json"),
    ("show", "paper-1"),
    ("note", "paper-1", "--print"),
    ("note", "paper-1", "--history"),
    ("next",),
    ("progress",),
    ("lineages",),
    ("lineages", "SGD"),
    ("compare", "paper-1", "paper-2"),
    ("goal",),
    ("goal", "history"),
    ("undo", "--list"),
    ("backup", "--list"),
    ("review", "--stats"),
    ("inbox", "show"),
    ("cite", "paper-1"),
    ("tag",),
    ("view", "list"),
    ("watch", "--list"),
    ("set",),
    ("reindex", "--check"),
    ("doctor",),
    ("doctor", "--json"),
)
CODES = range(8)
MOST_LINES = 12  # of standard error, for one answer: what was left out is told beside it
MODES = "12345"
KEPT = ("PATH", "PAPERTRAIL_TRUST", "XDG_STATE_HOME")
KEYS = ("down", "up", "enter", "escape", "e", "tab", "pagedown", "question_mark", *MODES)


def read_all(home: Home, commands: Sequence[tuple[str, ...]] = COMMANDS) -> Iterator[str]:
    """Give what is wrong with answers of commands: a traceback, a strange exit code, no word."""
    env = {name: os.environ[name] for name in KEPT if name in os.environ}
    env |= {"LC_ALL": "C.UTF-8", "PAPERTRAIL_NOW": LATER.moment.isoformat(), "HOME": str(home.root.parent)}
    for command in commands:
        code, out, err = starter().run(("--home", str(home.root), *command), b"", env, home.root.parent)
        told = err.decode("utf-8", "replace")
        if "Traceback" in told or b"Traceback" in out or "unexpected" in told:
            yield f"{command}: {told[-400:]}"
        elif code not in CODES or (code and not (told.strip() or out.strip())):
            yield f"{command}: exit code {code}, {told[-400:]!r}"
        elif code and command[:1] != ("doctor",) and told.count("\n") > MOST_LINES:
            yield f"{command}: {told.count(chr(10))} lines: {told[:400]}"


def under_a_screen(home: Home, random: Random, harm: Callable[[], object]) -> str:
    """Damage a trail under an editor with words in it, press keys, go elsewhere; return what is wrong.

    Args:
        home: the trail.
        random: chooses the keys.
        harm: damages it.
    """
    try:
        asyncio.run(_under_a_screen(home, random, harm))
    except PapertrailError as error:
        return f"ended with: {error}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


async def _under_a_screen(home: Home, random: Random, harm: Callable[[], object]) -> None:
    async with running(home, clock=LATER) as pilot:
        await press(pilot, "e")
        editor: Any = pilot.app.screen
        is_writing = isinstance(editor, NoteEditor)
        area: Any = getattr(editor, "_area", None)
        if is_writing:
            await write(pilot, "Unsaved words")
        harm()
        pilot.app.look_for_news()  # type: ignore[attr-defined]
        if is_writing:
            await write(pilot, " go on")
            assert pilot.app.screen is editor, "the editor is gone"
            assert "Unsaved words go on" in area.note, "the words are gone"
            await press(pilot, "ctrl+s")
            while pilot.app.screen is not editor:  # asked about what the disk did not take
                assert "Unsaved words go on" in area.note, "the words are gone"
                await press(pilot, "escape")
            await press(pilot, "escape")
            if pilot.app.screen is not editor and len(pilot.app.screen_stack) > 1:
                await press(pilot, "d")
        for _ in range(6):
            await press(pilot, random.choice(KEYS))
