"""The first start ever: it is welcomed once, in a trail in which nothing was done yet."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from papertrail.disk.whole_file import write_whole
from papertrail.domain.operations import PAPERTRAIL
from papertrail.library.library import Library
from papertrail.store.trail_folder import state_folder

_LOOKED_AT = 9  # operations; a new trail has two, both made by papertrail itself


def is_first_start(library: Library, environ: Mapping[str, str]) -> bool:
    """Tell whether this reader was never welcomed, and has done nothing in this trail."""
    if _mark(environ).exists():
        return False
    return all(past.program == PAPERTRAIL for past in library.undo.stacks(_LOOKED_AT).done)


def remember_start(environ: Mapping[str, str]) -> None:
    """Keep in mind that the reader was welcomed; where that cannot be kept it happens again."""
    mark = _mark(environ)
    with suppress(OSError):
        mark.parent.mkdir(mode=0o700, exist_ok=True, parents=True)
        write_whole(mark, b"", 0o600, durable=False)


def _mark(environ: Mapping[str, str]) -> Path:
    """Return the file that is there once the reader was welcomed, beside the list of known trails."""
    return Path(state_folder(environ), "welcomed")
