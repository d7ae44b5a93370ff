"""A whole trail as lines of JSON: what each line says, and what of it may be believed; see docs/JSONL.md."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from papertrail.domain.backups import DATABASE, JOURNAL, SEEDS, may_hold
from papertrail.domain.checked_lines import checked_line, told_by
from papertrail.domain.keys import is_valid_key
from papertrail.domain.records import RecordProblem
from papertrail.domain.text import inert_json

VERSION = 1
"""Raised when a papertrail that knows less could not read it."""
_NAME = "trail"
_LARGEST = 1 << 63


class RowLine(NamedTuple):
    """A row of the database.

    Attributes:
        number: of the line, from 1.
        table: its table.
        key: its primary key; columns of several with commas between them.
        now: its columns.
    """

    number: int
    table: str
    key: str
    now: Mapping[str, Any]


class FileLine(NamedTuple):
    """A file of the trail.

    Attributes:
        number: of the line, from 1.
        path: in the trail.
        data: its bytes.
        modified: when it was changed last, in nanoseconds since 1970; None where nothing goes by that.
    """

    number: int
    path: str
    data: bytes
    modified: int | None


class NewerLines(ValueError):
    """A papertrail that knows more has written them.

    Attributes:
        version: of the format.
        schema: of the rows.
    """

    def __init__(self, version: int, schema: int) -> None:
        super().__init__(version, schema)
        self.version = version
        self.schema = schema


def head_line(schema: int) -> bytes:
    """Return the first line: what this is, and what its rows look like."""
    return checked_line(f'"papertrail":"{_NAME}","version":{VERSION},"schema":{schema}')


def row_line(members: str) -> bytes:
    """Return the line of a row, told as the members of an object."""
    return checked_line(inert_json(members))


def file_line(path: str, data: bytes, modified: int) -> bytes:
    """Return the line of a file: as text where it is UTF-8, else in base64.

    Whether the list of papers was changed is told by its time, so that is said of it alone.
    """
    try:
        name, said = "text", data.decode("utf-8")
    except UnicodeDecodeError:
        name, said = "base64", base64.b64encode(data).decode("ascii")
    told = {"file": path, **({"modified": modified} if path == SEEDS else {}), name: said}
    return checked_line(inert_json(json.dumps(told, ensure_ascii=False, separators=(",", ":"))[1:-1]))


def end_line(lines: int) -> bytes:
    """Return the last line.

    Args:
        lines: how many there are with it.
    """
    return checked_line(f'"end":true,"lines":{lines}')


def read_lines(
    lines: Iterable[bytes], tables: Iterable[str] | None, schema: int
) -> Iterator[RowLine | FileLine | RecordProblem]:
    """Yield what each line says; one that is damaged, or says what no trail holds, by itself.

    Args:
        lines: each with its end.
        tables: whose rows may be among them; None for any.
        schema: the newest that is known.

    Raises:
        NewerLines: a newer papertrail wrote them.
    """
    known, paths = None if tables is None else frozenset(tables), _Paths()
    is_ended, number = False, 0
    for number, line in enumerate(lines, start=1):
        told = told_by(line) if line.endswith(b"\n") else None
        if told is None:
            if line.strip():
                yield RecordProblem(number, "this line is not as it was written: it is left out")
        elif "papertrail" in told:
            if told["papertrail"] != _NAME:
                yield RecordProblem(number, "this is a copy of a journal: papertrail rebuild reads it")
                return
            _refuse_newer(told, schema)
        elif told.get("end") is True:
            is_ended = True
            if told.get("lines") != number:
                yield RecordProblem(number, f"{told.get('lines')} lines were written: some are missing")
        elif "table" in told:
            row = _row(number, told, known)
            yield row or RecordProblem(number, "this is no row that a trail has: it is left out")
        elif "file" in told:
            file = _file(number, told, paths)
            yield file or RecordProblem(number, "this is no file that a trail has: it is left out")
        else:
            yield RecordProblem(number, "this line says nothing that is known: it is left out")
    if not is_ended:
        yield RecordProblem(max(number, 1), "the file ends too early: what came behind this line is missing")


def _refuse_newer(told: Mapping[str, Any], schema: int) -> None:
    numbers = [one if isinstance(one := told.get(name), int) else 0 for name in ("version", "schema")]
    if numbers[0] > VERSION or numbers[1] > schema:
        raise NewerLines(*numbers)


def _row(number: int, told: Mapping[str, Any], tables: frozenset[str] | None) -> RowLine | None:
    table, key, now = told["table"], told.get("row"), told.get("now")
    if not isinstance(table, str) or (tables is not None and table not in tables):
        return None
    if not isinstance(key, str) or not isinstance(now, dict):
        return None
    if not all(value is None or isinstance(value, str | int | float) for value in now.values()):
        return None
    if any(isinstance(value, int) and not -_LARGEST <= value < _LARGEST for value in now.values()):
        return None
    if table in ("paper", "alias") and not is_valid_key(str(now.get("key"))):
        return None
    return RowLine(number, table, key, now)


class _Paths:
    """Knows the paths that were seen: none is told twice, and none is the folder of another."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def take(self, path: str) -> bool:
        folders = {path[:at] for at, sign in enumerate(path) if sign == "/"}
        if path in self._files or path in self._folders or folders & self._files:
            return False
        self._files.add(path)
        self._folders |= folders
        return True


def _file(number: int, told: Mapping[str, Any], paths: _Paths) -> FileLine | None:
    path, modified = told["file"], told.get("modified")
    if not isinstance(path, str) or not may_hold(path) or path in (DATABASE, JOURNAL):
        return None
    if modified is not None and not (isinstance(modified, int) and -_LARGEST < modified < _LARGEST):
        return None
    if not paths.take(path):
        return None
    try:
        if "text" in told:
            return FileLine(number, path, told["text"].encode("utf-8"), modified)
        return FileLine(number, path, base64.b64decode(told["base64"], validate=True), modified)
    except (KeyError, TypeError, AttributeError, ValueError, binascii.Error):
        return None
