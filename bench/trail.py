"""Trails to measure on."""

import csv
import json
import sqlite3
import zlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from itertools import islice
from pathlib import Path

from papertrail.domain.paper import Status
from papertrail.library import Home, create_trail, open_library
from papertrail.notebook.sections import index_note
from papertrail.notebook.template import read_template

ROWS = 20_000
A_DAY = ROWS // 365
"""Rows of one day: of five papers whose statuses change, and of as many notes as one in four rows is of."""
READ = 250
TEXTS = 20
"""What the history keeps of each note: 5,000 texts in all."""
UNDOABLE = 80
READING = (
    '{"reader_id":1,"paper_id":1,"status":"reading","is_read":0,"queue_position":null,"rating":null,'
    '"started_at":"2026-01-01T12:00:00.000000+00:00","finished_at":null,"finished_on":null,'
    '"counted_at":null,"counted_on":null}'
)
NOTE = "\n\n".join(
    f"## {heading}\n\nOur own words about it."
    for heading in (
        "Problem",
        "Key idea: why did the authors design it this way?",
        "Limits and what I would change",
    )
)


def make_trail(root: Path, papers: int) -> Path:
    """Make a trail of the packaged seeds and so many made-up papers more; return its folder."""
    home = create_trail(root)
    if papers:
        with home.seeds.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            for i in range(papers):
                writer.writerow(
                    (
                        f"Line {i % 50}",
                        f"paper-{i}",
                        f"A made-up paper on subject {i}",
                        "A. Author",
                        2000,
                        "",
                        "",
                        "",
                        "",
                    )
                )
    open_library(home).close()
    return root


def _day(first: date, row: int) -> str:
    return (first + timedelta(days=row * 365 // ROWS)).isoformat()


def _texts() -> list[bytes]:
    """Return the texts that a note had, the one of now last."""
    return [*(f"{NOTE}\n\nAnd thought {i}.".encode() for i in range(TEXTS - 1)), NOTE.encode()]


def _journal(keys: list[str], noted: list[str]) -> Iterator[tuple[str, str, str | None, str]]:
    """Give verb, paper, before and after of each row of the journal: one in four of a note."""
    template = read_template(Path())
    told: list[str | None] = [None]
    for text in _texts():
        index = index_note(text.decode(), template)
        after = {"complete": True, "words": index.words, "sections": index.digests}
        told.append(json.dumps({"sha256": sha256(text).hexdigest(), **after}))
    for row in range(ROWS):
        number, note = divmod(row // 4, READ)
        if row % 4 == 0:
            yield "note", noted[note], told[number], told[number + 1] or ""
        else:
            paper = keys[(row // A_DAY * 5 + row % 5) % len(keys)]
            yield "status", paper, '{"status": "queued"}', '{"status": "reading"}'


def _keep_texts(root: Path, noted: list[str], first: date) -> None:
    """Put the texts of all notes into the history, each by the day of its row."""
    named = []
    for text in _texts():
        packing = zlib.compressobj(wbits=31)
        named.append((sha256(text).hexdigest(), packing.compress(text) + packing.flush()))
    for note, key in enumerate(noted):
        folder = root / ".papertrail" / "history" / key
        for path in folder.iterdir():
            path.unlink()
        for number, (digest, data) in enumerate(named):
            day = date.fromisoformat(_day(first, 4 * (number * READ + note)))
            at = datetime(day.year, day.month, day.day, 12, tzinfo=timezone.utc)
            (folder / f"{at:%Y%m%dT%H%M%S.%fZ}-{digest}.md.gz").write_bytes(data)


def make_busy_trail(root: Path) -> Path:
    """Make a trail with a year behind it, and return its folder.

    It has 20,000 rows of journal, each an operation with a changed row, 250 papers counted, each with a note
    that had 20 texts, and as its newest operations `UNDOABLE` that can be taken back.
    """
    make_trail(root, 1_000)
    with open_library(Home(root)) as library:
        noted = [paper.key for paper in islice(library.papers.each(), READ)]
        for key in noted:
            library.notes.save(key, NOTE, None)
    first = date.today() - timedelta(days=365)
    connection = sqlite3.connect(root / ".papertrail" / "library.db")
    with connection:
        for table in ("journal", "change", "operation"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608
        keys = connection.execute("SELECT id, key FROM paper ORDER BY id").fetchall()
        connection.execute(
            "UPDATE goal SET target = 300, start = ?, end = ?", (first, date.today() + timedelta(days=60))
        )
        connection.executemany(
            "INSERT INTO journal (op, at, local_date, reader_id, verb, paper, before, after)"
            " VALUES (?, ?, ?, 1, ?, ?, ?, ?)",
            (
                (f"bench-{i}", f"{day}T12:00:00.000000+00:00", day, verb, paper, before, after)
                for i, (verb, paper, before, after) in enumerate(_journal([key for _, key in keys], noted))
                for day in [_day(first, i)]
            ),
        )
        _keep_texts(root, noted, first)
        connection.execute(
            "INSERT INTO operation (op, at, local_date, reader_id, verb, program)"
            " SELECT op, at, local_date, reader_id, verb, 'cli' FROM journal ORDER BY id"
        )
        connection.execute(
            "INSERT INTO change (operation_id, table_name, row_key, before, after)"
            " SELECT id, 'reading', '1,' || (id % 1000), ?, ? FROM operation ORDER BY id",
            (READING, READING),
        )
        for i, (paper, _) in enumerate(keys[:READ]):
            day = (first + timedelta(days=i * 364 // 250)).isoformat()
            at = f"{day}T12:00:00.000000+00:00"
            connection.execute(
                "INSERT INTO reading (reader_id, paper_id, status, is_read, finished_at, finished_on,"
                " counted_at, counted_on) VALUES (1, ?, 'read', 1, ?, ?, ?, ?)",
                (paper, at, day, at, day),
            )
    connection.close()
    with open_library(Home(root)) as library:
        for i in range(UNDOABLE):
            library.statuses.set([keys[-1][1]], Status.QUEUED if i % 2 else Status.DROPPED)
    return root
