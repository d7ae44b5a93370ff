"""The key that tags and rates papers."""

from typing import Any

from textual.screen import Screen

from papertrail.tui.frame.background import tells_failure
from papertrail.tui.frame.host import Host


class MarkKeys:
    """Asks for tags and rating of the chosen papers, and tells what became of them.

    Args:
        host: the screen with the papers.
    """

    def __init__(self, host: Host) -> None:
        self._host = host

    @property
    def screen(self) -> Screen[Any]:
        """The screen with the papers."""
        return self._host.screen

    @tells_failure
    def ask(self) -> None:
        """Show tags and rating of the chosen papers, to be changed."""
        papers = self._host.chosen_papers()
        if papers:
            from papertrail.tui.frame.mark_dialog import MarkDialog

            now = self._host.library.papers.summaries([paper.id for paper in papers])
            self._host.app.push_screen(MarkDialog(self._host.library, now), self._marked)
        elif self._host.is_open:
            self._host.hint(self._host.no_paper(), warn=True)

    @tells_failure
    def _marked(self, told: str | None) -> None:
        if told:
            self._host.refresh_paper()
            self._host.hint(told)
