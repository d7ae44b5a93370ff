"""Searches of a trail: the best first, and the lines in which words stand."""

from pathlib import Path

import pytest

from papertrail.domain.query.hits import place
from papertrail.domain.query.parser import parse
from papertrail.library import Library
from tests.trails import opened, small_trail

ROWS = (
    ("L", "by-note", "Nothing", "", "2001", "", "", "", ""),
    ("L", "by-author", "Nothing", "Residual Smith", "2002", "", "", "", ""),
    ("L", "by-title", "On residual nets", "", "2003", "", "", "", ""),
    ("L", "residual-key", "Nothing", "", "2004", "", "", "", ""),
    ("L", "inside", "Unresidual", "", "2005", "", "", "", ""),
    ("L", "mixed", "Nets", "Residual Jones", "2006", "", "", "", ""),
)
NOTE = (
    "---\ntitle: residual\n---\n# Nothing\n\n## Problem\n\n* a list of  Residual nets\r\n\n## Limits\n\nnone"
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = opened(small_trail(tmp_path / "trail", ROWS))
    library.notes.save("by-note", NOTE, None)
    return library


def _best(library: Library, typed: str, most: int = 20) -> list[str]:
    return [p.key for p in library.papers.summaries(library.search.best(parse(typed).query, most))]


def test_papers_come_by_where_the_words_stand(library: Library) -> None:
    expected = ["residual-key", "by-title", "by-author", "mixed", "by-note", "inside"]
    assert _best(library, "residual") == expected
    for most in range(1, 7):
        assert _best(library, "residual", most) == expected[:most]
    assert _best(library, "residual nets") == ["by-title", "by-note", "mixed"]
    assert _best(library, "residual -nets") == ["residual-key", "by-author", "inside"]
    assert _best(library, "residual sort:-year")[0] == "mixed"
    assert _best(library, "year:2003..") == ["by-title", "residual-key", "inside", "mixed"]


@pytest.mark.parametrize(
    "typed", ["residual", "nets", "residual nets", "residual or nothing", "-residual", "re", "x"]
)
def test_the_best_are_those_that_are_found(library: Library, typed: str) -> None:
    query = parse(typed).query
    assert set(library.search.best(query, 100)) == set(library.search.ids(query))
    assert list(library.search.ids(query, often=True)) == list(library.search.ids(query)), "in the same order"


def test_notes_are_found_with_their_line_and_its_place_in_the_file(library: Library) -> None:
    query = parse("residual").query
    ((id_, hit),) = library.search.in_notes(query, 5)
    assert [paper.key for paper in library.papers.summaries([id_])] == ["by-note"]
    assert (hit.where, hit.line) == ("note", "a list of Residual nets")
    text = library.notes.open("by-note").text
    row, column = place(hit.line, query, text) or (0, 0)
    assert text.split("\n")[row][column:].startswith("Residual nets")
    assert library.search.in_notes(parse("author:residual").query, 5) == []
    assert [hit.line for _, hit in library.search.in_notes(parse("note:list").query, 5)] == [hit.line]


def test_a_line_that_is_another_by_now_is_found_by_its_words(library: Library) -> None:
    query = parse("residual").query
    assert place("a line that is gone", query, "x\ny\n- the residual") == (2, 6)
    assert place("a line that is gone", query, "x\ny") is None
    assert place("", query, "") is None


def test_hits_of_papers_that_are_gone_are_left_out(library: Library) -> None:
    assert library.search.hits(parse("residual").query, [10**6]) == {}


def test_a_query_reads_each_note_once_however_many_sections_it_names(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, looked_at = library._trail.notebook.read, list[str]()

    def noted(key: str) -> object:
        looked_at.append(key)
        return read(key)

    monkeypatch.setattr(library._trail.notebook, "read", noted)
    found = library.search.ids(parse("section:problem NOT section:key section:limits:none " * 30).query)
    assert [paper.key for paper in library.papers.summaries(found)] == ["by-note"]
    assert looked_at == ["by-note"]
