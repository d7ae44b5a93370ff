"""The note in the reader's own editor, with the terminal lent to it."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from papertrail.domain.editor import choose_editor
from papertrail.domain.errors import PapertrailError
from papertrail.domain.reports import NoteSaved
from papertrail.library import Library
from papertrail.tui.widgets.data_text import say


@contextmanager
def _interrupts_for_the_editor() -> Iterator[None]:
    """Let ctrl+c mean the editor only: the terminal sends it to both, and it would end this program."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def edit_outside(app: App[Any], library: Library, key: str) -> NoteSaved | None:
    """Open the note of `key` in `$VISUAL` or `$EDITOR`; return what is saved, None for nothing."""
    try:
        command = choose_editor(os.environ, shutil.which)
        path = library.notes.begin_file(key)
        try:
            with app.suspend(), _interrupts_for_the_editor():
                ended = subprocess.run([*command, str(path)], check=False)
        except SuspendNotSupported:
            say(
                app, "this terminal cannot be lent to another program: e opens the built-in editor", "warning"
            )
            return library.notes.end_file(key)
        except OSError as error:
            say(app, f"{Path(command[0]).name} did not start: {error.strerror or error}", "error")
            return library.notes.end_file(key)
        if ended.returncode:
            say(
                app,
                f"{Path(command[0]).name} ended with exit code {ended.returncode}; the file is as it left it",
                "warning",
            )
        return library.notes.end_file(key)
    except PapertrailError as error:
        say(app, str(error), "error")
        return None
