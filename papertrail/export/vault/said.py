"""What a note says of the names that papers go by: as long as it says the same, no name is another."""

from papertrail.domain.note_text import NoteContent
from papertrail.domain.whole_paper import Paper
from papertrail.export.names import name_said


def names_said(paper: Paper, note: NoteContent | None) -> dict[str, str]:
    """Return how a note writes the names of the papers that may be called after it, by their keys.

    These are its own paper, those that it builds on and those that build on it; what a title says already
    is said by no note.

    Args:
        paper: whose note it is.
        note: what it says; None where there is none.
    """
    if note is None:
        return {}
    found = {}
    own = paper.summary
    others = [(one.key, one.title) for one in (*paper.builds_on, *paper.built_on_by)]
    for key, title in ((own.key, own.title), *others):
        said = name_said(key, note.body)
        if said and not name_said(key, title):
            found[key] = said
    return found
