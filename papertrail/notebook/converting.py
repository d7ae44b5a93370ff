"""Notes that older programs wrote in another encoding, made UTF-8."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from papertrail.domain.errors import BadInput, NotFound
from papertrail.notebook.encoding import decode_foreign, decode_note
from papertrail.notebook.notebook import Notebook
from papertrail.notebook.versions import NoteFile


class Converted(NamedTuple):
    """A note that is UTF-8 now, the encoding it was taken for, and the file with the bytes it had."""

    note: NoteFile
    taken_for: str
    kept: Path


def convert(book: Notebook, key: str, encoding: str | None, now: datetime) -> Converted | None:
    """Make a note UTF-8 that is not; the bytes it had go into the history.

    Args:
        book: the notes.
        key: the paper's key.
        encoding: what it is in; guessed unless given.
        now: as in `Notebook.save`.

    Returns:
        What became of it; None when it is UTF-8 already.

    Raises:
        NotFound: there is no note.
        BadInput: there is no such encoding, the file is not in it, or what it is in cannot be told.
        NoteConflict: another program changed the file meanwhile.
    """
    path = book.path(key)
    file = book.version(key)
    if file is None:
        raise NotFound(f"{key} has no note yet", f"begin it with: papertrail note {key}")
    with suppress(UnicodeDecodeError):
        decode_note(file.data)
        return None
    name = f"notes/{path.name}"
    try:
        text, taken_for = decode_foreign(file.data, encoding)
    except LookupError as error:
        raise BadInput(f"there is no encoding {encoding}", "for example gb18030 or windows-1252") from error
    except UnicodeError as error:
        cause = f"what {name} is in cannot be told" if encoding is None else f"{name} is not in {encoding}"
        raise BadInput(
            cause, f"name it: papertrail note {key} --convert --from gb18030 (or shift_jis, cp1251, …)"
        ) from error
    kept = book.keep_history(key, file.data, now)
    return Converted(book.save(key, text, file.sha256, now), taken_for, kept)
