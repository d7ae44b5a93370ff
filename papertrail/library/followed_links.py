"""Links between notes, which follow a paper to another key."""

from collections.abc import Collection
from sqlite3 import Connection

from papertrail.domain.errors import UnreadableNote
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.library.moved_notes import MovedNotes
from papertrail.library.open_trail import OpenTrail
from papertrail.notebook.encoding import encode_note
from papertrail.notebook.note_links import with_links_to
from papertrail.store.queries import notes
from papertrail.store.queries.operations import Operation


def follow_links(
    trail: OpenTrail,
    indexed: IndexedNotes,
    write: tuple[Connection, Operation, MovedNotes],
    keys: tuple[str, str],
    *,
    without: Collection[str],
) -> tuple[str, ...]:
    """Let the links in notes lead to a paper's other key, and return whose notes had some.

    A note that is not UTF-8 text stays as it is.

    Args:
        trail: the open one.
        indexed: the index of its notes.
        write: the operation, and the notes it moves.
        keys: the key as it is, and as it is to be.
        without: keys of notes that are not looked at.

    Raises:
        Conflict: another program changed one of the notes meanwhile.
        FileChanged: the same, at the last moment.
        StorageError: a note cannot be read or written.
    """
    connection, operation, moved = write
    followed = []
    for key in sorted(notes.stamps(connection)):
        if key in without:
            continue
        try:
            note = trail.notebook.read(key)
        except UnreadableNote:
            continue
        if note is None or (text := with_links_to(note.text, *keys)) == note.text:
            continue
        indexed.file(connection, key)
        indexed.put(connection, operation, moved.rewrite(note, encode_note(text, note.data)))
        followed.append(key)
    return tuple(followed)
