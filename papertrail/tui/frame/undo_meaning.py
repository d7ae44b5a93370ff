"""What `u` does, for the line of keys."""

from papertrail.domain.errors import PapertrailError
from papertrail.library import Library


def undo_meaning(library: Library) -> dict[str, str]:
    """Return that `u` does nothing where nothing is left to take back; an empty mapping elsewhere."""
    try:
        return {} if library.undo.is_left() else {"u": ""}
    except PapertrailError:  # a line of keys is no place to say so
        return {}
