"""The index of the note files."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from sqlite3 import Connection
from typing import TYPE_CHECKING, NamedTuple

from papertrail.store.queries import ME
from papertrail.store.queries.papers import lines

if TYPE_CHECKING:
    from pathlib import Path

    from papertrail.domain.note import NearMiss, NoteLink, NoteState, SectionState

STAMPS = """
SELECT p.key, n.stamp FROM note n JOIN paper p ON p.id = n.paper_id WHERE n.reader_id = :reader
"""

COUNT = "SELECT count(*) FROM note WHERE reader_id = :reader"

VERSIONS = """
SELECT p.key, n.sha256 FROM note n JOIN paper p ON p.id = n.paper_id WHERE n.reader_id = :reader ORDER BY p.id
"""

# Taken away by another program, and not begun again since; what one drops one may throw away, too.
GONE = """
SELECT p.key, json_extract(j.before, '$.sha256') FROM journal j
JOIN operation o ON o.op = j.op AND o.program = 'outside'
JOIN paper p ON p.key = j.paper
WHERE j.reader_id = :reader AND j.verb = 'note' AND j.after IS NULL AND j.undone_by IS NULL
  AND j.id = (SELECT max(id) FROM journal WHERE reader_id = :reader AND verb = 'note' AND paper = j.paper)
  AND NOT EXISTS (SELECT 1 FROM note n WHERE n.reader_id = :reader AND n.paper_id = p.id)
  AND NOT EXISTS (
    SELECT 1 FROM reading r WHERE r.reader_id = :reader AND r.paper_id = p.id AND r.status = 'dropped'
  )
ORDER BY p.id
"""

INDEXED = """
SELECT n.sha256, n.complete, n.text, n.sections, n.words FROM note n JOIN paper p ON p.id = n.paper_id
WHERE n.reader_id = :reader AND p.key = :key
"""

SECTIONS = """
SELECT p.key, n.sections FROM json_each(:ids) AS asked JOIN paper p ON p.id = asked.value
JOIN note n ON n.paper_id = p.id AND n.reader_id = :reader
"""

WITH_NEAR_MISSES = """
SELECT p.key, n.sections FROM note n JOIN paper p ON p.id = n.paper_id
WHERE n.reader_id = :reader AND instr(char(10) || n.sections, char(10) || '?') > 0 ORDER BY p.position, p.id
"""

PUT = """
INSERT INTO note (reader_id, paper_id, path, sha256, stamp, sections, complete, words, text)
SELECT :reader, id, :path, :sha256, :stamp, :sections, :complete, :words, :text FROM paper WHERE key = :key
ON CONFLICT (reader_id, paper_id) DO UPDATE SET path = excluded.path, sha256 = excluded.sha256,
  stamp = excluded.stamp, sections = excluded.sections, complete = excluded.complete, words = excluded.words,
  text = excluded.text
"""

SET_STAMP = """
UPDATE note SET stamp = :stamp, path = :path
WHERE reader_id = :reader AND paper_id = (SELECT id FROM paper WHERE key = :key)
"""

RECOUNT = """
SELECT n.paper_id, p.key, n.sections, n.complete, coalesce(r.is_read, 0) FROM note n
JOIN paper p ON p.id = n.paper_id
LEFT JOIN reading r ON r.reader_id = n.reader_id AND r.paper_id = n.paper_id
WHERE n.reader_id = :reader AND n.sections <> '' ORDER BY p.position, p.id
"""

SET_SECTIONS = """
UPDATE note SET sections = :sections, complete = :complete WHERE reader_id = :reader AND paper_id = :paper
"""

REMOVE = """
DELETE FROM note WHERE reader_id = :reader AND paper_id = (SELECT id FROM paper WHERE key = :key)
"""


class IndexedNote(NamedTuple):
    """What the index holds of one note."""

    sha256: str
    complete: bool
    text: str
    sections: str
    words: int


class Recounted(NamedTuple):
    """A note that is indexed otherwise when another number of words is wanted.

    Attributes:
        paper: id.
        sections: what the column `sections` holds then.
        was_complete: whether it is complete now.
        complete: whether it is complete then.
        is_read: whether its paper has been read.
    """

    paper: int
    key: str
    sections: str
    was_complete: bool
    complete: bool
    is_read: bool


def sections_of(connection: Connection, ids: Iterable[int]) -> "dict[str, tuple[SectionState, ...]]":
    """Return the sections of the notes of these papers, by key; papers without a note are left out."""
    values = {"ids": f"[{','.join(map(str, ids))}]", "reader": ME}
    return {key: sections(text) for key, text in connection.execute(SECTIONS, values)}


def stamps(connection: Connection) -> dict[str, str]:
    """Return for each indexed note the file's stamp at that time."""
    return dict(connection.execute(STAMPS, {"reader": ME}))


def count(connection: Connection) -> int:
    """Return how many notes are indexed."""
    found: int = connection.execute(COUNT, {"reader": ME}).fetchone()[0]
    return found


def versions(connection: Connection) -> dict[str, str]:
    """Return for each indexed note its digest."""
    return dict(connection.execute(VERSIONS, {"reader": ME}))


def gone(connection: Connection) -> dict[str, str]:
    """Return the keys of the notes that another program took away, each with the digest of its last text."""
    return dict(connection.execute(GONE, {"reader": ME}))


def indexed(connection: Connection, key: str) -> IndexedNote | None:
    """Return what the index holds of the note of `key`, or None."""
    row = connection.execute(INDEXED, {"reader": ME, "key": key}).fetchone()
    return IndexedNote(row[0], bool(row[1]), row[2], row[3], row[4]) if row else None


def put(
    connection: Connection,
    key: str,
    *,
    sha256: str,
    stamp: str,
    state: "NoteState",
    text: str,
) -> None:
    """Store the index of a note; its paper must exist."""
    values = {
        "reader": ME,
        "key": key,
        "path": state.path.name,
        "sha256": sha256,
        "stamp": stamp,
        "sections": column(state),
        "complete": state.complete,
        "words": state.words,
        "text": text,
    }
    connection.execute(PUT, values)


def set_stamp(connection: Connection, key: str, path: str, stamp: str) -> None:
    """Remember that the file was looked at again and is the same, be it by another name."""
    connection.execute(SET_STAMP, {"reader": ME, "key": key, "path": path, "stamp": stamp})


def remove(connection: Connection, key: str) -> None:
    """Forget a note whose file is gone."""
    connection.execute(REMOVE, {"reader": ME, "key": key})


def column(state: "NoteState") -> str:
    """Return what the column `sections` holds: sections, then `!` conflicts, `?` near misses, `[` links."""
    return "\n".join(
        (
            *map(_line, state.sections),
            *(f"!{line}" for line in state.conflicts),
            *(f"?{near.heading}\t{near.section}" for near in state.near_misses),
            *(f"[{link.target}\t{link.line}" for link in state.links),
        )
    )


def state(path: "Path", text: str | None, words: int | None) -> "NoteState":
    """Return how far a note is, from what the columns `sections` and `words` hold."""
    from papertrail.domain.note import NoteState

    return NoteState(path, True, sections(text), words or 0, near_misses(text), conflicts(text), links(text))


def sections(text: str | None) -> "tuple[SectionState, ...]":
    """Read the sections in the column `sections`."""
    return tuple([_section(line) for line in lines(text) if line[0] not in "!?["])


@lru_cache(maxsize=1_000)
def _line(section: "SectionState") -> str:
    marks = f"{section.required:d}{section.filled:d}{section.begun:d}"
    numbers = section.words, section.own_floor, section.wanted, section.answered, section.asked
    return f"{marks} {' '.join(map(str, numbers))} {section.name}"


@lru_cache(maxsize=1_000)  # notes that are as far as others have the same lines
def _section(line: str) -> "SectionState":
    from papertrail.domain.note import SectionState

    required, filled = line[0] == "1", line[1] == "1"
    if line[2] == " ":  # by an earlier papertrail, of a note that could not be read since
        return SectionState(line[3:], required, filled, begun=filled)
    marks, *numbers, name = line.split(" ", 6)
    words, own_floor, wanted, answered, asked = map(int, numbers)
    return SectionState(name, required, filled, words, own_floor, wanted, marks[2] == "1", answered, asked)


def with_floor(connection: Connection, floor: int) -> "Iterator[Recounted]":
    """Give the notes that would be indexed otherwise if the goal wanted so many words of each section."""
    for paper, key, text, complete, is_read in connection.execute(RECOUNT, {"reader": ME}).fetchall():
        told = text.split("\n")
        now = [
            _section(line).with_floor(floor) if line[:1] not in ("", "!", "?", "[") else None for line in told
        ]
        column = "\n".join(line if s is None else _line(s) for line, s in zip(told, now, strict=True))
        if column != text:
            is_enough = all(s is None or s.filled or not s.required for s in now)
            yield Recounted(paper, key, column, bool(complete), is_enough, bool(is_read))


def set_sections(connection: Connection, note: "Recounted") -> None:
    """Store what a note is when another number of words is wanted."""
    values = {"reader": ME, "paper": note.paper, "sections": note.sections, "complete": note.complete}
    connection.execute(SET_SECTIONS, values)


def near_misses(text: str | None) -> "tuple[NearMiss, ...]":
    """Read the headings in the column `sections` that may mean one."""
    if not text or "?" not in text:
        return ()
    from papertrail.domain.note import NearMiss

    rows = (line[1:].rsplit("\t", 1) for line in lines(text) if line[0] == "?")
    return tuple(NearMiss(heading, section) for heading, section in rows)


def conflicts(text: str | None) -> tuple[int, ...]:
    """Read the numbers of the lines in the column `sections` where conflicts begin."""
    return tuple(int(line[1:]) for line in lines(text) if line[0] == "!")


def links(text: str | None) -> "tuple[NoteLink, ...]":
    """Read the links in the column `sections`."""
    if not text or "[" not in text:
        return ()
    from papertrail.domain.note import NoteLink

    rows = (line[1:].rsplit("\t", 1) for line in lines(text) if line[0] == "[")
    return tuple(NoteLink(target, int(number)) for target, number in rows)


def with_near_misses(connection: Connection) -> "Iterator[tuple[str, tuple[NearMiss, ...]]]":
    """Give the keys of the notes with headings that may mean one, and these."""
    for key, text in connection.execute(WITH_NEAR_MISSES, {"reader": ME}):
        yield key, near_misses(text)
