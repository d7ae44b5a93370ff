"""The editor of the note about a lineage."""

from textual.content import Content

from papertrail.domain.note import NoteState
from papertrail.library import Library
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.widgets.data_text import line, say


class SummaryEditor(NoteEditor):
    """Edits the note about a lineage; gives back the last save, None when nothing was saved.

    Args:
        library: the open trail.
        name: of the lineage.
    """

    def __init__(self, library: Library, name: str) -> None:
        super().__init__(library, name, notes=library.summaries)

    def look_up(self) -> tuple[Content, bool]:
        """Return the title, and whether the note's file is gone, which was there."""
        return line(self._key, "bold"), False

    def map_place(self) -> tuple[str, str]:
        """Return the lineage."""
        return self._key, ""

    def _guess(self, note: NoteState) -> list[Content]:
        return []

    def _open_history(self) -> None:
        say(self, "its earlier texts: papertrail note --lineage NAME --history")
