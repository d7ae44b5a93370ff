"""The key that keeps a question which somebody really asked."""

from typing import Any

from textual.screen import Screen

from papertrail.tui.frame.background import tells_failure
from papertrail.tui.frame.host import Host


class AskedKeys:
    """Asks what was asked about the chosen paper, and tells what became of it.

    Args:
        host: the screen with the paper.
    """

    def __init__(self, host: Host) -> None:
        self._host = host

    @property
    def screen(self) -> Screen[Any]:
        """The screen with the paper."""
        return self._host.screen

    def ask(self) -> None:
        """Ask what was asked about the paper under the cursor."""
        paper = self._host.chosen_paper()
        if paper is not None:
            from papertrail.tui.frame.asked_dialog import AskedDialog

            self._host.app.push_screen(AskedDialog(self._host.library, paper), self._kept)
        elif self._host.is_open:
            self._host.hint(self._host.no_paper(), warn=True)

    @tells_failure
    def _kept(self, told: str | None) -> None:
        if told:
            self._host.refresh_paper()
            self._host.hint(told)
