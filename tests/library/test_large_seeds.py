"""Large seeds files: read as they are written, many rows at once, what is wrong with them counted."""

import sqlite3
import tracemalloc
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from papertrail.library import Home, Library, open_library
from papertrail.sources.seeds_csv import SeedsFile
from papertrail.store import seeding
from tests.trails import COLUMNS, asked, opened, small_trail, write_seeds

Row = tuple[str, ...]
HEADER = ",".join(COLUMNS) + "\n"
WHOLE = ("paper", "lineage", "lineage_paper", "builds_on")


def row(number: int, lineage: str = "Line", builds_on: str = "") -> Row:
    return (lineage, f"p{number}", f"Paper {number}", "Ann Other", "2015", "", "", "", builds_on)


def tables(root: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(root / ".papertrail" / "library.db")) as connection:
        read = connection.execute
        return {name: read(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in WHOLE}  # noqa: S608


def shown(library: Library) -> list[object]:
    papers = [library.papers.get(paper.key) for paper in library.papers.each()]
    links = [(paper.summary.key, [parent.key for parent in paper.builds_on]) for paper in papers]
    return [
        [(p.summary.key, p.summary.title, p.summary.lineages) for p in papers],
        links,
        library.lineages.members(),
    ]


def test_rows_come_while_the_file_is_read(tmp_path: Path) -> None:
    rows = [HEADER, "A,one,One,,,,,,\n", "A,two,,,,,,,\n", "B,one,One,,,,,,\n", "B,one,One,,,,,,\n"]
    path = tmp_path / "seeds.csv"
    path.write_text("".join(rows), encoding="utf-8")
    file = SeedsFile(path)
    coming = iter(file)
    assert (next(coming).key, file.problems.number) == ("one", 0)
    more = next(coming)
    assert (more.key, more.lineages, more.is_more, file.problems.number) == ("one", ("B",), True, 1)
    assert (list(coming), file.problems.number) == ([], 2)


def test_no_more_than_the_bytes_of_a_file_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "seeds.csv"
    authors = "; ".join(f"Somebody Known {number}" for number in range(40))
    path.write_text(
        HEADER + "".join(f"Line,p{number},Paper {number},{authors},,,,,\n" for number in range(2_000)),
        encoding="utf-8",
    )
    size = path.stat().st_size
    tracemalloc.start()
    try:
        assert sum(1 for _ in SeedsFile(path)) == 2_000
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 1.5 * size


@pytest.mark.parametrize("at_once", [1, 2, 3, 500])
def test_the_number_written_at_once_makes_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    rows = [row(n, f"Line {n % 3}", f"p{n - 1};p{(n + 1) % 11}" if n % 4 else "") for n in range(11)]
    home = small_trail(tmp_path / "trail")
    file = write_seeds(tmp_path / "more.csv", rows)
    changed = write_seeds(
        tmp_path / "changed.csv", [row(20, "Line 1"), *rows[:5], row(21, "New", "p20"), *rows[5:]]
    )
    kept = []
    for size in (500, at_once):
        monkeypatch.setattr(seeding, "AT_ONCE", size)
        with opened(home if size == at_once else small_trail(tmp_path / "other")) as library:
            library.seeds.load(file)
            library.seeds.load(changed)
            kept.append(shown(library))
    assert kept[0] == kept[1]


@pytest.mark.parametrize("at_once", [2, 500])
def test_a_load_of_many_rows_is_taken_back_and_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(seeding, "AT_ONCE", at_once)
    root = tmp_path / "trail"
    file = write_seeds(tmp_path / "more.csv", [row(n, builds_on=f"p{n + 1}; rcnn") for n in range(7)])
    with opened(small_trail(root)) as library:
        before = tables(root)
        library.seeds.load(file)
        loaded, seen = tables(root), shown(library)
        library.undo.undo()
        assert tables(root) == before
        library.undo.redo()
        assert (tables(root), shown(library)) == (loaded, seen)


def test_a_number_that_was_in_use_is_not_given_again(tmp_path: Path) -> None:
    root = tmp_path / "trail"
    with opened(small_trail(root)) as library:
        library.seeds.load(write_seeds(tmp_path / "one.csv", [row(1)]))
        (gone,) = asked(library, "p1")
        library.corrections.remove("p1")
        library.seeds.load(write_seeds(tmp_path / "two.csv", [row(2), row(3)]))
        assert all(paper.id > gone.id for paper in asked(library, "paper"))
        assert library.papers.get("p3").places[0].total == 2


def test_new_papers_behind_the_others_are_written_once(tmp_path: Path) -> None:
    root = tmp_path / "trail"
    with opened(small_trail(root)) as library:
        library.seeds.load(write_seeds(tmp_path / "more.csv", [row(n) for n in range(5)]))
    with closing(sqlite3.connect(root / ".papertrail" / "library.db")) as connection:
        newest = connection.execute("SELECT max(id) FROM operation").fetchone()[0]
        query = "SELECT count(*), count(before) FROM change WHERE operation_id = ? AND table_name = 'paper'"
        assert connection.execute(query, (newest,)).fetchone() == (5, 0)


def test_the_trails_own_file_tells_as_many_at_its_start(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with home.seeds.open("a", encoding="utf-8") as file:
        file.write("Line,,No key,,,,,,\n" * 40)
    told: list[str] = []
    open_library(Home(tmp_path), report=told.append).close()
    assert len(told) == 11
    assert told[-1] == "papers.csv, … and 30 more like these"


def test_circles_of_links_are_named_each_and_the_rest_stays(tmp_path: Path) -> None:
    circles = [row(n, builds_on=f"p{n ^ 1}") for n in range(40)]
    with opened(small_trail(tmp_path / "trail")) as library:
        report = library.seeds.load(write_seeds(tmp_path / "more.csv", circles))
        assert (len(report.problems), report.more_problems) == (10, 10)
        assert report.problems[0].message == "closes a circle: p0 → p1 → p0"
        assert [p.key for p in library.papers.get("p0").builds_on] == ["p1"]
        assert library.papers.get("p1").builds_on == ()
