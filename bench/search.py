"""Searching 200, 10,000 and 100,000 papers with abstracts, beside bare questions to FTS5."""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from random import Random
from statistics import median

from bench import floors
from bench.figures import Line
from bench.scale import PROGRAM, PYTHON, RUNS, SIZES, seconds
from papertrail.domain.paper import Status
from papertrail.domain.query.parser import parse
from papertrail.domain.query.words import words
from papertrail.library import Home, Library, create_trail, open_library
from papertrail.store.queries import papers as queries

PAGE = 100
"""Papers that a search brings first: more than a screen shows."""
STEMS = ("re", "con", "the", "in", "model", "learn", "deep", "net", "pro", "de", "im", "data", "a", "s", "we")
ENDS = ("", "s", "ing", "ed", "sidual", "volution", "age", "tection", "work", "er", "tion", "al", "ly", "or")
SIGNS = ("残差", "网络", "学习", "检测", "언어", "모델", "ニューラル", "画像")
VOCABULARY = [f"{stem}{middle}{end}" for stem in STEMS for middle in ("", "u", "o", "ti") for end in ENDS]
WEIGHTS = list(accumulate(1 / (place + 5) for place in range(len(VOCABULARY))))
ASKED = {
    "one word": "residual",
    "one common word": "model",
    "two words": "residual network",
    "two common words": "the model",
    "Chinese, two signs": "残差",
    "Korean": "언어",
}
TYPED = "residual"


def make_trail(root: Path, papers: int) -> Home:
    """Make a trail of so many made-up papers with abstracts of 120 words, one in a hundred with a note."""
    home = create_trail(root)
    home.seeds.write_text("lineages,key,title\n", encoding="utf-8")
    with open_library(home) as library:
        with library._trail.database.write() as connection:
            connection.executemany(
                "INSERT INTO paper (key, title, authors, year, venue, abstract, categories, urls, source,"
                " metadata_state, edited_fields, position, folded, added_at)"
                " VALUES (?, ?, ?, ?, 'CVPR', ?, '', '', 'seed', 'fetched', '', ?, ?, '2026-01-01T00:00:00')",
                _rows(Random(papers), papers),
            )
        for number in range(0, papers, max(papers // 100, 1)):
            library.notes.save(f"paper-{number}", f"## Problem\n\nSuperpixels {number} 超像素.\n", None)
    return home


def _rows(chance: Random, papers: int) -> Iterator[tuple[object, ...]]:
    def some(number: int) -> str:
        chosen = chance.choices(VOCABULARY, cum_weights=WEIGHTS, k=number)
        return " ".join([*chosen, chance.choice(SIGNS)] if chance.random() < 0.1 else chosen)

    for i in range(papers):
        title, names = some(8), "\n".join(some(2) for _ in range(3))
        year = 1990 + i % 36
        folded = queries.folded(f"paper-{i}", title, names, year, "CVPR", None, None)
        yield f"paper-{i}", title, names, year, some(120), i + 1, folded


def _least(run: Callable[[], object]) -> float:
    """Return the median processor milliseconds of something, run often enough to be measured."""
    times = []
    for _ in range(4 * RUNS):
        before = time.process_time()
        run()
        times.append(time.process_time() - before)
    return median(times[1:]) * 1000


def _bare(connection: sqlite3.Connection, text: str) -> list[tuple[object, ...]]:
    """Ask FTS5 itself."""
    match = " AND ".join(f'"{" ".join(words(word))}" *' for word in text.split())
    return connection.execute(
        "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid LIMIT ?", [match, PAGE]
    ).fetchall()


def _ours(library: Library, text: str) -> Sequence[int]:
    return library.search.ids(parse(text).query, PAGE)


def searching(size: int, home: Home) -> Iterator[Line]:
    """Measure the first hundred papers of each search in a program that is open."""
    texts = {
        **ASKED,
        **{f"typed: {TYPED[:end]}": TYPED[:end] for end in range(1, len(TYPED) + 1)},
    }
    connection = sqlite3.connect(home.private / "library.db")
    with open_library(home) as library:
        for name, text in texts.items():
            assert bool(_bare(connection, text)) == bool(_ours(library, text)), text
            floor, ours = (
                _least(lambda text=text: _bare(connection, text)),  # type: ignore[misc]
                _least(lambda text=text: _ours(library, text)),  # type: ignore[misc]
            )
            yield Line(f"{size:,}, {name}", "ms, at most 16", ours, min(3 * floor, 16.0), floor)
        yield Line(f"{size:,}, a status is set", "ms on the clock", _status_ms(library), 5)
    connection.close()


def _status_ms(library: Library) -> float:
    times = []
    for number in range(2 * RUNS):
        before = time.perf_counter()
        library.statuses.set([f"paper-{number}"], Status.READING)
        times.append(time.perf_counter() - before)
    return median(times[1:]) * 1000


def listing(size: int, home: Home) -> Iterator[Line]:
    """Measure whole commands beside click, sqlite3 and the same question."""
    for text in ("superpixels", "residual network", "year:2015 residual"):
        bare = " ".join(word for word in text.split() if ":" not in word)
        command = (PYTHON, "-c", floors.CLICK_SEARCH, str(home.private / "library.db"), bare)
        floor, ours = seconds(command), seconds((PROGRAM, "--home", str(home.root), "list", text))
        yield Line(f"{size:,}, list {text}", "s", ours, 2 * floor, floor)


def measured() -> Iterator[Line]:
    """Measure everything, in trails made for it."""
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            before = time.process_time()
            home = make_trail(Path(folder) / str(size), size)
            yield Line(f"{size:,} papers indexed", "s", time.process_time() - before)
            yield from searching(size, home)
            yield from listing(size, home)
