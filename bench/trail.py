"""Trails to measure on."""

import csv
import sqlite3
from datetime import date, timedelta
from pathlib import Path

from papertrail.domain.paper import PaperQuery, Status
from papertrail.library import Home, create_trail, open_library

READ = 250
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


def make_busy_trail(root: Path) -> Path:
    """Make a trail with a year behind it, and return its folder.

    It has 20,000 rows of journal, each an operation with a changed row, 250 papers counted, and as its newest
    operations `UNDOABLE` that can be taken back.
    """
    make_trail(root, 1_000)
    with open_library(Home(root)) as library:
        for paper in library.papers.find(PaperQuery())[:READ]:
            library.notes.save(paper.key, NOTE, None)
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
            " VALUES (?, ?, ?, 1, ?, ?, NULL, ?)",
            (
                (f"bench-{i}", f"{day}T12:00:00.000000+00:00", day, verb, keys[i % len(keys)][1], after)
                for i in range(20_000)
                for day in [(first + timedelta(days=i * 365 // 20_000)).isoformat()]
                for verb, after in [
                    ("note", '{"complete": false}') if i % 3 else ("status", '{"status": "reading"}')
                ]
            ),
        )
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
