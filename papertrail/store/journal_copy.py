"""A copy of the journal in plain text, `journal.jsonl`: never the truth, always enough to go on from.

It begins with every row that there was, and goes on with the rows of each operation and those it changed, as
it left them: a line a row, each with the CRC-32 of itself. It is appended to after each commit, under
the lock of all writers. What is missing, because a process was killed in between or the disk was full, comes
with the next operation: nobody waits for the disk here, since the database has what it says already.
"""

import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from papertrail.domain.checked_lines import checked_line, is_as_written, told_by
from papertrail.domain.errors import PapertrailError
from papertrail.store import SCHEMA_VERSION
from papertrail.store.queries import copied

NAME = "journal.jsonl"
VERSION = 1
_DONE = re.compile(rb'\{"crc":"[0-9a-f]{8}","done":(\d+),"op":"([0-9a-f]*)"')
_TAIL = 4096  # bytes in which the last line mostly stands
_AT_ONCE = 2000


class CopyState(NamedTuple):
    """How far a copy goes.

    Attributes:
        done: number of the newest operation in it.
        op: its id.
        end: bytes up to the end of what is whole.
    """

    done: int
    op: str
    end: int


class ToldRow(NamedTuple):
    """A row by its table and key, and its columns; None for one that is gone."""

    table: str
    key: str
    now: dict[str, Any] | None


class Line(NamedTuple):
    """A line that is as it was written: a row, or the end of an operation where `done` is not None.

    Attributes:
        is_first: whether it is of what was there when the copy was begun, told by nobody who wrote it.
    """

    row: ToldRow | None = None
    done: int | None = None
    op: str = ""
    is_first: bool = False


def catch_up(path: Path, connection: sqlite3.Connection) -> None:
    """Append the operations that the copy does not have; under the lock of all writers.

    One that tells of another past than the database, which was put back or made anew, is put aside and begun
    anew. Nothing here may fail a use case, whose change is safe already: what could not be written comes with
    the next one.
    """
    with suppress(OSError, sqlite3.Error, PapertrailError):
        _catch_up(path, connection)


def _catch_up(path: Path, connection: sqlite3.Connection) -> None:
    newest, op = copied.newest(connection)
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        state = _state(descriptor)
        if state is not None and (state.done, state.op) == (newest, op):
            return
        if state is None or copied.op_of(connection, state.done) != state.op:
            if os.fstat(descriptor).st_size:
                descriptor = _begun_anew(path, descriptor, flags)
            _append(descriptor, _snapshot(connection, newest, op))
            return
        if os.fstat(descriptor).st_size > state.end:
            os.ftruncate(descriptor, state.end)
        for step in copied.since(connection, state.done):
            _append(descriptor, _operation(connection, step))
    finally:
        os.close(descriptor)


def _begun_anew(path: Path, descriptor: int, flags: int) -> int:
    """Put a copy aside that this database cannot go on with, and return a new one."""
    os.close(descriptor)
    number = 1
    while (aside := path.with_name(f"journal-{number}.jsonl")).exists():
        number += 1
    path.rename(aside)
    return os.open(path, flags, 0o600)


def lacking_in(connection: sqlite3.Connection, path: Path) -> int:
    """Return how many changes the copy at `path` has after the newest one of a database.

    Others may write meanwhile: the copy, which comes after the database, is looked at first.

    Raises:
        OSError: it cannot be read.
    """
    state = state_of(path)
    number, op = copied.newest(connection)
    if state is None or state.done <= number:
        return 0
    return operations_after(path, number, op)


def write_anew(path: Path, connection: sqlite3.Connection) -> None:
    """Make the copy of everything that the database has, in place of the one there is; under the lock.

    Raises:
        OSError: it cannot be written.
    """
    from papertrail.disk.whole_file import beside, put_in_place

    with beside(path, 0o600) as new:
        _append(new.file.fileno(), _snapshot(connection, *copied.newest(connection)))
        put_in_place(new, path)


def state_of(path: Path) -> CopyState | None:
    """Return how far the copy goes; None where there is none, or none that is whole anywhere.

    Raises:
        OSError: it cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        return _state(descriptor)
    finally:
        os.close(descriptor)


def read(path: Path) -> Iterator[Line | None]:
    """Give each line of the copy, the header aside; None for one that is not as it was written.

    One at the end that a kill has cut off is none.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        is_first = True
        for data in file:
            if not data.endswith(b"\n"):
                return
            told = told_by(data)
            if told is None:
                yield None
            elif "table" in told:
                yield Line(ToldRow(told["table"], told["row"], told["now"]), is_first=is_first)
            elif "done" in told:
                is_first = False
                yield Line(done=told["done"], op=told["op"])
            elif "papertrail" not in told:
                yield None


def operations_after(path: Path, number: int, op: str) -> int:
    """Return how many operations the copy has after one; 0 where it does not know that one.

    Raises:
        OSError: it cannot be read.
    """
    done = [(line.done, line.op) for line in read(path) if line is not None and line.done is not None]
    return len(done) - done.index((number, op)) - 1 if (number, op) in done else 0


def damaged_lines(path: Path) -> int:
    """Return how many lines are not as they were written; one that a kill has cut off at the end is none.

    Raises:
        OSError: it cannot be read.
    """
    with suppress(FileNotFoundError), path.open("rb") as file:
        return sum(line.endswith(b"\n") for line in file if not is_as_written(line))
    return 0


def _state(descriptor: int) -> CopyState | None:
    """Return what the last whole line that ends an operation says."""
    size, asked = os.fstat(descriptor).st_size, _TAIL
    while True:
        begin = max(size - asked, 0)
        data = os.pread(descriptor, size - begin, begin)
        end = len(data)
        while (found := data.rfind(b'{"crc":', 0, end)) >= 0:
            line = data[found : data.find(b"\n", found) + 1]
            done = _DONE.match(line)
            if done and told_by(line):
                return CopyState(int(done[1]), done[2].decode("ascii"), begin + found + len(line))
            end = found
        if begin == 0:
            return None
        asked *= 16


def _snapshot(connection: sqlite3.Connection, newest: int, op: str) -> Iterator[bytes]:
    head = {"papertrail": "journal", "version": VERSION, "schema": SCHEMA_VERSION, "until": newest}
    yield checked_line(json.dumps(head, separators=(",", ":"))[1:-1])
    yield from _group(copied.all_rows(connection), newest, op)


def _operation(connection: sqlite3.Connection, step: copied.Step) -> Iterator[bytes]:
    return _group(copied.rows_of(connection, step), step.id, step.op)


def _group(rows: Iterable[str], done: int, op: str) -> Iterator[bytes]:
    number = 0
    for number, row in enumerate(rows, start=1):  # noqa: B007 how many there are
        yield checked_line(row)
    yield checked_line(f'"done":{done},"op":"{op}","rows":{number}')


def _append(descriptor: int, lines: Iterator[bytes]) -> None:
    while data := b"".join(islice(lines, _AT_ONCE)):
        while data:
            data = data[os.write(descriptor, data) :]
