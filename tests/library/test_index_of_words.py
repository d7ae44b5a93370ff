"""The index of words is in step with everything that changes a paper, its note or its tags."""

import sqlite3
from pathlib import Path

import pytest

from papertrail.domain.query.parser import parse
from papertrail.library import Library
from papertrail.store.queries import word_index
from tests.trails import NOTE, opened, small_trail


def keys(library: Library, query: str) -> list[str]:
    return [paper.key for paper in library.papers.summaries(library.search.ids(parse(query).query))]


def test_a_note_is_found_by_its_words_as_soon_as_it_is_saved(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        assert keys(library, "superpixels") == []
        library.notes.save("rcnn", f"{NOTE}\nSuperpixels 超像素 do not help.\n", None)
        assert keys(library, "superpix") == keys(library, "超像") == ["rcnn"]
        assert keys(library, "limits") == []  # a heading of the template's is no word of the reader's
        library.undo.undo()
        assert keys(library, "superpixels") == []
        assert library.search.out_of_step() == []


def test_a_note_written_by_another_editor_is_found(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("adam", NOTE, None)
        path = home.notes / "adam.md"
        path.write_text(f"{NOTE}\nBias correction.\n", encoding="utf-8")
        assert library.changed_elsewhere()
        assert keys(library, "bias") == ["adam"]
        path.write_text(f"{NOTE}\nWarm up.\n", encoding="utf-8")
    with opened(home) as library:
        assert (keys(library, "bias"), keys(library, "warm")) == ([], ["adam"])
        library.corrections.remove("adam")
        assert (keys(library, "warm"), library.search.out_of_step()) == ([], [])


@pytest.mark.parametrize(
    ("change", "query"),
    [
        ("UPDATE paper SET title = 'Zebra crossings' WHERE key = 'rcnn'", "zebra"),
        (
            "UPDATE paper SET authors = 'Anna' || char(10) || 'Zebra Bo' WHERE key = 'rcnn'",
            'author:"zebra bo"',
        ),
        ("UPDATE paper SET raw_authors = 'The Zebra Group' WHERE key = 'rcnn'", "author:zebra"),
        ("UPDATE paper SET venue = 'Zebra' WHERE key = 'rcnn'", "venue:zebra"),
        ("UPDATE paper SET abstract = 'a zebra' WHERE key = 'rcnn'", "abstract:zebra"),
        ("UPDATE paper SET doi = '10.5/zebra' WHERE key = 'rcnn'", "doi:10.5"),
        ("UPDATE paper SET arxiv_id = '9999.0001' WHERE key = 'rcnn'", "arxiv:9999"),
        ("UPDATE paper SET folded = 'plumzebra' WHERE key = 'rcnn'", "zebra"),
        ("INSERT INTO tag SELECT 1, id, 'zebra' FROM paper WHERE key = 'rcnn'", "zebra tag:zeb"),
    ],
)
def test_what_another_program_changes_is_found_by_the_next_start(
    tmp_path: Path, change: str, query: str
) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    database = sqlite3.connect(home.private / "library.db")
    with database:
        database.execute(change)
    database.close()
    with opened(home) as library:
        assert keys(library, query) == ["rcnn"]
        assert library.search.out_of_step() == []


@pytest.mark.parametrize("many", [1, 3, 10_000])
def test_many_papers_at_once_are_indexed_as_few_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(word_index, "MANY", many)
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.tags.change(["adam", "rcnn"], add=["zebra"])
        library.corrections.remove("sppnet")
        rows = "".join(f"new-{number},Zebra {number}\n" for number in range(20))
        more = tmp_path / "more.csv"
        more.write_text(f"key,title\n{rows}adam,Crossings\n", encoding="utf-8")
        library.seeds.load(more)
        assert len(keys(library, "zebra")) == 22
        assert keys(library, "crossings tag:zebra") == ["adam"]
        assert library.search.out_of_step() == []
        library.undo.undo()
        assert (len(keys(library, "zebra")), keys(library, "crossings")) == (2, [])
        library.search.reindex()
        assert library.search.out_of_step() == [] and library.search.is_whole()
    with sqlite3.connect(home.private / "library.db") as database:
        told = dict(database.execute("SELECT k, v FROM words_config"))
    assert told.get("hashsize", 1 << 20) == 1 << 20 and told.get("automerge", 4) == 4
