"""Papers and notes of another trail, from the file that tells all of it."""

import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from papertrail.domain.arxiv_id import parse_arxiv_id
from papertrail.domain.errors import BadInput, IncompatibleLibrary
from papertrail.domain.paper import Status
from papertrail.domain.records import Record, RecordProblem
from papertrail.domain.text import clean, clean_line
from papertrail.domain.trail_lines import FileLine, NewerLines, RowLine, read_lines

_ANY_SCHEMA = 1 << 31  # what a column is called that is needed here does not change
_ADDRESS = re.compile(r"https?://\S+")
_NOTE = re.compile(r"notes/([^/]+)\.md")


def read_trail_lines(data: bytes) -> Iterator[Record | RecordProblem]:
    """Read papers with their facts, tags, ratings, statuses and notes; nothing else that a trail knows."""
    rows: dict[str, dict[str, list[RowLine]]] = defaultdict(lambda: defaultdict(list))
    notes: dict[str, bytes] = {}
    try:
        for told in read_lines(io.BytesIO(data), None, _ANY_SCHEMA):
            if isinstance(told, RecordProblem):
                yield told
            elif isinstance(told, RowLine):
                of = told.key if told.table == "paper" else str(told.now.get("paper_id"))
                rows[told.table][of].append(told)
            elif found := _NOTE.fullmatch(told.path):
                if _is_text(told):
                    notes[found[1]] = told.data
                else:
                    yield RecordProblem(told.number, f"the note of {found[1]} is not UTF-8 text")
    except NewerLines:
        raise IncompatibleLibrary(
            "the file was written by a newer papertrail", "update papertrail; nothing was changed"
        ) from None
    for id_, (paper, *_) in rows["paper"].items():
        yield _record(paper, {table: found.get(id_, []) for table, found in rows.items()}, notes)


def _is_text(file: FileLine) -> bool:
    try:
        file.data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _record(paper: RowLine, of: Mapping[str, list[RowLine]], notes: Mapping[str, bytes]) -> Record:
    reading = next((row.now for row in of.get("reading", ())), {})
    cited = next((row.now for row in of.get("cited_as", ())), {})
    key, now = str(paper.now["key"]), paper.now
    status = str(reading.get("status"))
    rating = reading.get("rating")
    year = now.get("year")
    return Record(
        line=paper.number,
        key=key,
        title=clean_line(_text(now, "title")),
        authors=tuple(map(clean_line, filter(None, _text(now, "authors").split("\n")))),
        year=year if isinstance(year, int) and 0 < year < 10_000 else None,
        venue=clean_line(_text(now, "venue")),
        doi=clean_line(_text(now, "doi")) or None,
        arxiv_id=_arxiv_id(_text(now, "arxiv_id")),
        abstract=clean(_text(now, "abstract")),
        urls=tuple(_ADDRESS.findall(clean(_text(now, "urls")))),
        tags=tuple(clean_line(_text(row.now, "name")) for row in of.get("tag", ())),
        note_file=notes.get(key),
        status=Status(status) if status in set(Status) and status != Status.UNREAD else None,
        read_on=_day(reading),
        rating=rating if isinstance(rating, int) and 1 <= rating <= 5 else None,
        kind=clean_line(_text(cited, "kind")),
        details=_details(_text(cited, "details")),
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _arxiv_id(text: str) -> str | None:
    try:
        return parse_arxiv_id(text).id
    except BadInput:
        return None


def _day(reading: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(_text(reading, "finished_on"))
    except ValueError:
        return None


def _details(text: str) -> Mapping[str, str]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    return {clean_line(str(name)): clean_line(str(said)) for name, said in told.items()}
