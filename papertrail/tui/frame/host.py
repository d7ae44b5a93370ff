"""A screen as its pieces see it: errands and the keys of status, lineages and undo ask it, and tell it."""

from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App
from textual.screen import Screen

from papertrail.domain.paper import PaperSummary, Status
from papertrail.library import Library

if TYPE_CHECKING:
    from textual.worker_manager import WorkerManager


class TrailHost(Protocol):
    """A screen that shows something of the trail."""

    @property
    def screen(self) -> Screen[Any]:
        """The screen itself, for what Textual wants of it."""

    @property
    def app(self) -> App[object]:
        """The program."""

    @property
    def library(self) -> Library:
        """The open trail; asked only once it is open."""

    @property
    def is_open(self) -> bool:
        """Whether the trail is open."""

    def chosen_paper(self) -> PaperSummary | None:
        """Return the paper under the cursor once the trail is open."""

    def hint(self, text: str, *, warn: bool = False) -> None:
        """Tell the reader one line."""

    def refresh_all(self, *, show: str | None = None) -> None:
        """Read everything again; the cursor stays, or goes to the paper `show` if that is in sight."""


class Host(TrailHost, Protocol):
    """A screen with papers in sight."""

    @property
    def workers(self) -> "WorkerManager":
        """What goes on beside the screen."""

    def chosen_papers(self) -> list[PaperSummary]:
        """Return the papers that a key is about: the marked ones, else the one under the cursor."""

    def chosen_statuses(self) -> list[Status]:
        """Return the statuses of these papers as they are shown; nothing is read for it."""

    def no_paper(self) -> str:
        """Say why there is no paper under the cursor, and which key leads to one."""

    def refresh_paper(self) -> None:
        """Read again what a change of one paper can touch."""

    def refresh_queue(self, key: str) -> None:
        """Show the queue's new order, the cursor staying on the paper `key`."""

    def show_in_all_papers(self, key: str, told: str, *, warn: bool = False) -> None:
        """Put the cursor on a paper, among all papers, and tell a line there."""


class LineageHost(Host, Protocol):
    """A screen with a lineage in sight."""

    def current_lineage(self) -> str | None:
        """Return the name of the lineage in sight."""

    def lineage_renamed(self, new: str) -> None:
        """The lineage in sight has another name."""

    def lineage_removed(self) -> None:
        """The lineage in sight is no more."""


class Mode(LineageHost, Protocol):
    """The screen of one mode of the program."""

    async def mount_widgets(self) -> None:
        """Put the widgets in."""

    def describe(self) -> None:
        """Say in the line above the keys what is under the cursor, instead of what was told before."""
