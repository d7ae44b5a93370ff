"""The announcement under the cursor."""

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from papertrail.domain.inbox.contents import NewVersion
from papertrail.domain.inbox.ranking import Ranked
from papertrail.tui.inbox.words import told_of
from papertrail.tui.widgets.text_in_place import put_text


class AnnouncementPane(VerticalScroll):
    """Title, authors, why it stands where it does, and the abstract of one announcement."""

    DEFAULT_CSS = """
    AnnouncementPane { padding: 0 1; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    AnnouncementPane > Static { width: 1fr; min-height: 100%; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        self._text = Static()
        super().__init__(self._text, id=id, can_focus=False)
        self._shown = ""

    def explain(self, told: Content) -> None:
        """Show words in place of an announcement."""
        put_text(self._text, told)
        self._shown = ""

    def show(self, item: Ranked | NewVersion | None, *, spacious: bool) -> None:
        """Show an announcement, or nothing; the same one again stays scrolled where it is."""
        told = [] if item is None else list(told_of(item, spacious=spacious))
        put_text(self._text, Content("\n").join(told))
        shown = "" if item is None else item.announcement.arxiv_id
        if shown != self._shown:
            self._shown = shown
            self.scroll_home(animate=False)
