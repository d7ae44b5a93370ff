"""Trails for the tests: small seeds files, hostile texts, clocks that stand still."""

import csv
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timezone
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from papertrail.domain.clock import Clock
from papertrail.domain.paper import PaperSummary
from papertrail.domain.query.parser import parse
from papertrail.library import Home, Library, open_library
from papertrail.store.connection import Database
from papertrail.store.migrate import prepare

COLUMNS = ("lineages", "key", "title", "authors", "year", "venue", "arxiv_id", "doi", "builds_on")

HOSTILE_TITLES = (
    "a [/] b",
    "a [/b] z",
    "[@click=app.quit]x",
    "\x1b]52;c;ZXZpbA==\x07 clipboard",
    "left \u202egnidaer\u2066 right\u2069",
    "\x9b31m C1 colour",
    "残差网络",
    "long " + "x" * 5000,
)

_R, _S = "R-CNN to Faster R-CNN", "SGD"
RCNN = (
    (_R, "rcnn", "Rich feature hierarchies", "Ross Girshick; Jeff Donahue", "2013", "", "1311.2524", "", ""),
    (_R, "sppnet", "Spatial Pyramid Pooling", "Kaiming He", "2014", "", "1406.4729", "", "rcnn"),
    (_R, "fast-rcnn", "Fast R-CNN", "Ross Girshick", "2015", "ICCV", "1504.08083", "", "rcnn; sppnet"),
    (
        _R,
        "faster-rcnn",
        "Faster R-CNN",
        "Shaoqing Ren; Kaiming He",
        "2015",
        "",
        "1506.01497",
        "",
        "fast-rcnn",
    ),
    (_S, "robbins-monro", "A Stochastic Approximation Method", "Herbert Robbins", "1951", "", "", "", ""),
    (_S, "adam", "Adam", "Diederik P. Kingma", "2014", "", "1412.6980", "", "robbins-monro"),
)

NOTE = """# What I think

## Problem

Region proposals are slow.

## Key idea: why did the authors design it this way?

Share the convolutions with the proposals.

## Limits and what I would change

Anchors are a hand-made prior.
"""


_made: dict[tuple[bytes, datetime], tuple[int, bytes]] = {}


class FixedClock:
    """Stands at one moment until told otherwise."""

    def __init__(self, moment: datetime = datetime(2026, 3, 1, 9, 30, tzinfo=timezone.utc)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def write_seeds(path: Path, rows: Sequence[Sequence[str]], columns: Sequence[str] = COLUMNS) -> Path:
    """Write a seeds file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def small_trail(root: Path, rows: Sequence[Sequence[str]] = RCNN) -> Home:
    """Return a new trail with a few papers."""
    home = Home(root)
    write_seeds(home.seeds, rows)
    return home


def opened(home: Home, clock: FixedClock | None = None) -> Library:
    """Open a trail on a fixed day."""
    clock = clock or FixedClock()
    make_database(home, clock)
    return open_library(home, clock=clock)


def asked(library: Library, query: str) -> list[PaperSummary]:
    """Return the papers that a query finds, in order."""
    return library.search.find(parse(query).query)


def drafts_of(home: Home, key: str = "rcnn") -> list[str]:
    """Return what was put aside of a note, in whatever window, the oldest first."""
    paths = (home.private / "drafts").glob(f"{key}~*.md")
    texts = [path.read_text(encoding="utf-8") for path in sorted(paths, key=lambda one: one.stat().st_mtime)]
    return [text.partition("\n")[2] for text in texts]


def make_database(home: Home, clock: Clock) -> None:
    """Make the database of a new trail as opening does: once for each seeds file and moment, then a copy.

    Where the seeds are others, the empty database is a copy at least: making it takes most of the time.
    """
    if home.private.exists() or not home.seeds.is_file():
        return
    wanted, database = (home.seeds.read_bytes(), clock.now()), home.private / "library.db"
    home.private.mkdir(mode=0o700)
    if wanted in _made:
        modified, content = _made[wanted]
        database.write_bytes(content)
        os.utime(home.seeds, ns=(modified, modified))  # by which a trail knows the seeds it has taken in
    else:
        database.write_bytes(_empty_database())
        open_library(home, clock=clock).close()
        if any(home.notes.glob("*")):  # they are in it now, and other trails have none
            return
        with closing(sqlite3.connect(database)) as connection:
            _made[wanted] = home.seeds.stat().st_mtime_ns, connection.serialize()


@cache
def _empty_database() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        database = Database(path)
        prepare(database)
        database.close()
        with closing(sqlite3.connect(path)) as connection:
            return connection.serialize()
