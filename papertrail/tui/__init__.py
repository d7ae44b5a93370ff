"""The terminal program, on Textual; imported only when it is started."""

import os
from typing import TYPE_CHECKING

from papertrail.domain.clock import clock_from
from papertrail.library import Home

if TYPE_CHECKING:
    from papertrail.tui.frame.app import PapertrailApp


def run(home: Home) -> int:
    """Run the terminal program on a trail and return its exit code."""
    import gc

    gc.disable()  # until the first frame: collecting while everything is being imported frees nothing
    from papertrail.tui.frame.app import PapertrailApp
    from papertrail.tui.frame.ascii import needs_ascii

    while True:
        # Where the moment is a made-up one nothing is done by itself.
        welcomes = not os.environ.get("PAPERTRAIL_NOW")
        app = PapertrailApp(home, clock=clock_from(os.environ), ascii_only=needs_ascii(), welcomes=welcomes)
        code = _ended(app)
        if not app.goes_to_tutorial:
            return code
        run_tutorial()


def run_tutorial() -> int:
    """Walk a demo trail, made for it and removed afterwards, in five steps; return the exit code."""
    from papertrail.library.demo import passing_demo
    from papertrail.tui.frame.ascii import needs_ascii
    from papertrail.tui.frame.tutorial import TutorialApp

    clock = clock_from(os.environ)
    while True:
        with passing_demo(clock) as home:
            app = TutorialApp(home, clock=clock, ascii_only=needs_ascii())
            code = _ended(app)
        if not app.goes_to_tutorial:
            return code


def _ended(app: "PapertrailApp") -> int:
    """Run a program to its end and return its exit code."""
    import threading

    from papertrail.tui.frame.signals import ended_in_order

    if os.environ.get("PAPERTRAIL_DEBUG") != "1":
        threading.excepthook = bool  # a thread that fails says nothing over the screen
    with ended_in_order(app):
        code = app.run()
    if app.failure is not None:
        raise app.failure
    return code or app.return_code or 0
