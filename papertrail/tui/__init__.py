"""The terminal program, on Textual; imported only when it is started."""

import os

from papertrail.domain.clock import clock_from
from papertrail.library import Home


def run(home: Home) -> int:
    """Run the terminal program on a trail and return its exit code."""
    import gc
    import threading

    gc.disable()  # until the first frame: collecting while everything is being imported frees nothing
    from papertrail.tui.frame.app import PapertrailApp
    from papertrail.tui.frame.ascii import needs_ascii
    from papertrail.tui.frame.signals import ended_in_order

    if os.environ.get("PAPERTRAIL_DEBUG") != "1":
        threading.excepthook = bool  # a thread that fails says nothing over the screen
    app = PapertrailApp(home, clock=clock_from(os.environ), ascii_only=needs_ascii())
    with ended_in_order(app):
        code = app.run()
    if app.failure is not None:
        raise app.failure
    return code or app.return_code or 0
