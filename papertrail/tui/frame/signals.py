"""Being told to end: SIGTERM and SIGHUP would otherwise lose a draft and leave the terminal in mouse mode."""

import asyncio
import signal
from contextlib import suppress
from typing import Any, Protocol, runtime_checkable

from textual.app import App

from papertrail.domain.errors import PapertrailError


@runtime_checkable
class KeepsDraft(Protocol):
    """A screen with unsaved text."""

    def keep_draft_now(self) -> None:
        """Put unsaved text aside."""
        ...


def install(app: App[Any]) -> None:
    """End the program in order on SIGTERM and SIGHUP: drafts kept, terminal restored, exit code 128 + signal.

    Does nothing where the event loop takes no signal handlers.
    """
    loop = asyncio.get_running_loop()

    def leave(number: int) -> None:
        for screen in app.screen_stack:
            if isinstance(screen, KeepsDraft):
                with suppress(PapertrailError):  # a full disk must not keep us from ending
                    screen.keep_draft_now()
        app.exit(128 + number, return_code=128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, leave, int(number))
        except (NotImplementedError, RuntimeError, ValueError):
            return
