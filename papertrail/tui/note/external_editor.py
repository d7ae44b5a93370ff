"""The note in the reader's own editor, with the terminal lent to it."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Any

from textual.app import App, SuspendNotSupported
from textual.content import Content

from papertrail.domain.editor import Editor, choose_editor, why_not_started
from papertrail.domain.errors import PapertrailError
from papertrail.domain.note_text import LentNote
from papertrail.domain.reports import NoteSaved
from papertrail.library import Library
from papertrail.tui.frame.signals import lent_to, terminal_is_gone
from papertrail.tui.widgets.data_text import line, say
from papertrail.tui.widgets.dialogs import ChoiceDialog


class _NoTerminal(Exception):
    """The terminal was closed while it was lent."""


@contextmanager
def _interrupts_for_the_editor() -> Iterator[None]:
    """Let ctrl+c and ctrl+backslash mean the editor only: the terminal sends them to both."""
    numbers = signal.SIGINT, signal.SIGQUIT
    before = [signal.signal(number, lambda *_: None) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def edit_outside(
    app: App[Any], library: Library, key: str, edited: Callable[[NoteSaved | None], None]
) -> None:
    """Open the note of `key` in `$VISUAL` or `$EDITOR`, and take in what it wrote.

    Args:
        app: the program, whose terminal is lent.
        library: the open trail.
        key: of the paper.
        edited: told what was saved, None for nothing, when the editor is done with the file.
    """
    try:
        editor = choose_editor(os.environ, shutil.which)
        lent = library.notes.begin_file(key)
    except PapertrailError as error:
        say(app, str(error), "error")
        return

    def end() -> None:
        try:
            saved = library.notes.end_file(lent)
        except PapertrailError as error:
            say(app, str(error), "error")
            saved = None
        edited(saved)

    def answered(answer: str | None) -> None:
        if answer == "done":
            end()
        else:
            say(app, f"notes/{lent.path.name} stays, and is read whenever it is saved")

    seconds = _run(app, editor, lent)
    try:
        is_open = seconds is not None and editor.may_still_be_open(seconds) and library.notes.is_as_lent(lent)
    except PapertrailError:  # told by the end
        is_open = False
    if is_open:
        app.push_screen(_still_writing(editor.name), answered)
    else:
        end()


def _run(app: App[Any], editor: Editor, lent: LentNote) -> float | None:
    """Lend the terminal until the editor ends; return after how many seconds, None if it did not end well."""
    failed: OSError | None = None
    code, begin = 0, monotonic()
    try:
        with app.suspend(), _interrupts_for_the_editor():
            try:
                process = subprocess.Popen(
                    [*editor.command, str(lent.path)], env={**os.environ, **editor.environ}
                )
            except OSError as error:
                failed = error  # told when the terminal is back
            else:
                with process, lent_to(process):
                    code = process.wait()
            if terminal_is_gone():
                raise _NoTerminal  # it cannot be taken back
    except SuspendNotSupported:
        say(app, "this terminal cannot be lent to another program: e opens the built-in editor", "warning")
        return None
    except _NoTerminal:
        return None
    if failed is not None:
        why = why_not_started(failed, _first_line(shutil.which(editor.command[0]) or editor.command[0]))
        say(app, f"{editor.name} could not be run: {why}", "error")
        return None
    if code:
        say(app, f"{editor.name} ended with exit code {code}; the file is as it left it", "warning")
        return None
    return monotonic() - begin


def _first_line(program: str) -> bytes:
    with suppress(OSError), Path(program).open("rb") as file:
        return file.readline(300).removesuffix(b"\n")
    return b""


def _still_writing(name: str) -> ChoiceDialog:
    """Ask about an editor that was back at once and has written nothing: `done` or `later`."""
    return ChoiceDialog(
        Content.assemble(line(name, "bold $primary"), " came back at once. Still writing?"),
        [
            ("done", "d", "done: take in what it wrote"),
            ("later", "l", "still writing; the note is read whenever it is saved"),
        ],
    )
