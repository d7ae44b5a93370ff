"""The editor of the note about a lineage."""

from collections.abc import Sequence

from textual.content import Content

from papertrail.domain.note import NoteState
from papertrail.domain.seat import LeftOpen
from papertrail.library import Library
from papertrail.tui.frame import doors
from papertrail.tui.frame.found import At
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.widgets.data_text import line, say


class SummaryEditor(NoteEditor):
    """Edits the note about a lineage; gives back the last save, None when nothing was saved.

    Args:
        library: the open trail.
        name: of the lineage.
        at: where to begin, as in a paper's note.
    """

    def __init__(self, library: Library, name: str, at: At | None = None) -> None:
        super().__init__(library, name, at=at, notes=library.summaries)

    found_as = "lineage_note"

    def open_another(self, key: str, at: At) -> None:
        """Open the note about another lineage."""
        doors.edit_summary(self.app, self._library, key, at=at)

    def look_up(self) -> tuple[Content, bool]:
        """Return the title, and whether the note's file is gone, which was there."""
        return line(self._key, "bold"), False

    def map_place(self) -> tuple[str, str]:
        """Return the lineage."""
        return self._key, ""

    def _limits_of_parents(self) -> Sequence[LeftOpen]:
        return ()

    def _guess(self, note: NoteState) -> list[Content]:
        return []

    def _open_history(self) -> None:
        say(self, "its earlier texts: papertrail note --lineage NAME --history")
