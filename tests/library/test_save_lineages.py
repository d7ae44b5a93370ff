"""Lineages saved to a file: another trail that loads it has the same ones, this one does not change."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import BadInput, NotFound, StorageError
from papertrail.domain.lineages.lineage import folded_name
from papertrail.domain.text import clean_line
from papertrail.library import Library
from tests.examples import examples
from tests.library.test_seeding import journal_count
from tests.trails import RCNN, opened, small_trail

R, S = "R-CNN to Faster R-CNN", "SGD"


def standing(library: Library, keys: set[str]) -> dict[str, Any]:
    """Return all that a file of lineages tells: facts and links of these papers, and every order."""
    papers = [library.papers.get(paper.key) for paper in library.papers.each() if paper.key in keys]
    return {
        "lineages": list(library.lineages.members().items()),
        "papers": [
            (
                p.summary.key,
                p.summary.title,
                p.summary.authors,
                p.summary.year,
                p.venue,
                p.summary.arxiv_id,
                p.summary.doi,
                {parent.key for parent in p.builds_on} & keys,
            )
            for p in papers
        ],
    }


def test_the_files_of_a_trail_that_was_changed_by_hand(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path / "one")) as library:
        library.lineages.put("Speed", ["adam", "faster-rcnn", "rcnn"])
        library.lineages.move(R, "fast-rcnn", "rcnn")
        library.lineages.link("adam", "rcnn")
        file = tmp_path / "new" / "lineages.csv"
        saved = library.lineages.save(file)
        assert (saved.lineages, saved.papers, saved.empty) == (3, 6, ())
        keys = {row[1] for row in RCNN}
        before, rows = standing(library, keys), journal_count(tmp_path / "one")
        report = library.seeds.load(file)
        assert (report.added, report.changed, report.unchanged, report.problems) == (0, 0, 6, ())
        assert standing(library, keys) == before
        assert journal_count(tmp_path / "one") == rows
        library.lineages.unlink("adam", "rcnn")
        library.lineages.save(file)
        library.lineages.link("adam", "rcnn")
        assert library.lineages.save(file).papers == 6, "our own file may be written over"
    with opened(small_trail(tmp_path / "two", [])) as other:
        assert other.seeds.load(file).added == 6
        assert standing(other, keys) == before
        assert other.seeds.load(file).unchanged == 6
        again = tmp_path / "again.csv"
        other.lineages.save(again)
        assert again.read_bytes() == file.read_bytes()


def test_some_lineages_with_their_papers_only(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.lineages.link("adam", "sppnet")
        saved = library.lineages.save(tmp_path / "sgd.csv", [S])
        assert (saved.papers, saved.beside) == (2, 1)
    assert (tmp_path / "sgd.csv").read_text(encoding="utf-8") == (
        "lineages,key,title,authors,year,venue,arxiv_id,doi,builds_on\n"
        ",sppnet,Spatial Pyramid Pooling,Kaiming He,2014,,1406.4729,,\n"
        "SGD,robbins-monro,A Stochastic Approximation Method,Herbert Robbins,1951,,,,\n"
        "SGD,adam,Adam,Diederik P. Kingma,2014,,1412.6980,,sppnet; robbins-monro\n"
    )


def test_what_cannot_be_written(tmp_path: Path) -> None:
    home = small_trail(tmp_path / "trail")
    mine = tmp_path / "mine.csv"
    mine.write_text("key,title\nx,y\n", encoding="utf-8")
    with opened(home) as library:
        library.lineages.put("Empty", [])
        before = home.seeds.read_bytes()
        for path, names, kind, said in (
            (home.seeds, (), BadInput, "own list of papers"),
            (mine, (), BadInput, "is not papertrail's, or was changed since"),
            (tmp_path, (), BadInput, "is a folder"),
            (home.notes / "rcnn.md", (), BadInput, "would be a note"),
            (home.private / "new" / "x.csv", (), BadInput, "private folder"),
            (mine / "below.csv", (), StorageError, "cannot write"),
            (tmp_path / "new.csv", ("Empty",), BadInput, "Empty is without papers"),
            (tmp_path / "new.csv", (S, "nothing"), NotFound, "no lineage is called nothing"),
        ):
            with pytest.raises(kind) as caught:
                library.lineages.save(path, names)
            assert said in str(caught.value) and "\n" not in str(caught.value)
        assert home.seeds.read_bytes() == before
        assert mine.read_text(encoding="utf-8") == "key,title\nx,y\n"
        assert not (tmp_path / "new.csv").exists()
        saved = library.lineages.save(tmp_path / "all.csv")
        assert (saved.lineages, saved.empty) == (2, ("Empty",)), "those without papers are left out"
        for name in (R, S, "Empty"):
            library.lineages.remove(name)
        with pytest.raises(BadInput, match="every lineage is without papers"):
            library.lineages.save(tmp_path / "none.csv")


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(clean_line)
NAME = TEXT.map(lambda text: text.replace(";", ",")).filter(lambda text: text and text.lower() != "all")
KEYS = [f"p{number}" for number in range(7)]


@st.composite
def made(draw: st.DrawFn) -> tuple[list[tuple[str, ...]], dict[str, list[str]], set[tuple[str, str]]]:
    """Return the rows of a seeds file without lineages, lineages in any order, and links without a circle."""
    order = draw(st.permutations(KEYS))
    rows: list[tuple[str, ...]] = []
    for number, key in enumerate(order):
        authors = "; ".join(draw(st.lists(NAME, max_size=2, unique=True)))
        year = draw(st.sampled_from(["", "1951", "2015"]))
        arxiv_id = draw(st.sampled_from(["", f"1412.000{number}"]))
        doi = draw(st.sampled_from(["", f"10.1109/5.{number}"]))
        rows.append(("", key, draw(TEXT) or "T", authors, year, draw(TEXT), arxiv_id, doi, ""))
    names = draw(st.lists(NAME, min_size=1, max_size=4, unique_by=folded_name))
    members = st.lists(st.sampled_from(KEYS), min_size=1, max_size=5, unique=True)
    lineages = {name: draw(members) for name in names}
    pairs = draw(st.sets(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=6))
    return rows, lineages, {(child, parent) for child, parent in pairs if child > parent}


@examples(8)
@given(made())
def test_the_round_trip_is_exact(
    trail: tuple[list[tuple[str, ...]], dict[str, list[str]], set[tuple[str, str]]],
) -> None:
    rows, lineages, links = trail
    keys = {key for members in lineages.values() for key in members}
    keys |= {parent for child, parent in links if child in keys}
    with TemporaryDirectory() as folder:
        root = Path(folder)
        file = root / "lineages.csv"
        with opened(small_trail(root / "one", rows)) as library:
            for name, members in lineages.items():
                library.lineages.put(name, members)
            for child, parent in links:
                library.lineages.link(child, parent)
            assert library.lineages.save(file).lineages == len(lineages)
            everything = {row[1] for row in rows}
            whole, before = standing(library, everything), standing(library, keys)
            report = library.seeds.load(file)
            assert (report.added, report.changed, report.unchanged) == (0, 0, len(keys))
            assert report.problems == ()
            assert standing(library, everything) == whole
        with opened(small_trail(root / "two", [])) as other:
            assert (other.seeds.load(file).added, other.seeds.load(file).unchanged) == (
                len(keys),
                len(keys),
            )
            assert standing(other, keys) == before
