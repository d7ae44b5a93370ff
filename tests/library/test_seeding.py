"""Loading seeds: adding, re-ordering, never touching what is the reader's."""

import os
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.paper import Status
from papertrail.domain.text import clean_line
from papertrail.library import Home, Library, open_library
from tests.domain.lineages.spellings import spellings
from tests.examples import examples
from tests.trails import COLUMNS, NOTE, RCNN, asked, opened, small_trail, write_seeds

R = "R-CNN to Faster R-CNN"


def journal_count(root: Path) -> int:
    import sqlite3

    connection = sqlite3.connect(root / ".papertrail" / "library.db")
    try:
        return int(connection.execute("SELECT count(*) FROM journal").fetchone()[0])
    finally:
        connection.close()


def test_a_new_trail_holds_the_papers_in_order(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        papers = list(library.papers.each())
        assert [p.key for p in papers] == [row[1] for row in RCNN]
        assert papers[0].authors == ("Ross Girshick", "Jeff Donahue")
        assert papers[5].arxiv_id == "1412.6980"
        assert [(line.name, line.total) for line in library.lineages.all()] == [
            ("R-CNN to Faster R-CNN", 4),
            ("SGD", 2),
        ]
        faster = library.papers.get("faster-rcnn")
        assert [p.key for p in faster.builds_on] == ["fast-rcnn"]
        assert (faster.places[0].position, faster.places[0].total) == (4, 4)
        assert [p.key for p in library.papers.get("rcnn").built_on_by] == ["sppnet", "fast-rcnn"]


def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        before = [library.papers.get(p.key) for p in library.papers.each()]
        rows = journal_count(tmp_path)
        report = library.seeds.load(home.seeds)
        assert (report.added, report.changed, report.unchanged) == (0, 0, 6)
        assert [library.papers.get(p.key) for p in library.papers.each()] == before
        assert journal_count(tmp_path) == rows


def test_a_changed_file_adds_and_reorders_and_keeps_what_is_the_readers(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["rcnn"], Status.READ)
        library.notes.save("rcnn", NOTE, None)
    new = (
        "R-CNN to Faster R-CNN",
        "overfeat",
        "OverFeat",
        "Pierre Sermanet",
        "2013",
        "",
        "1312.6229",
        "",
        "",
    )
    better = (*RCNN[0][:2], "Rich Feature Hierarchies for Detection", *RCNN[0][3:])
    write_seeds(home.seeds, [new, better, RCNN[2], RCNN[1], *RCNN[3:]])
    with opened(home) as library:
        line = asked(library, 'lineage:"R-CNN to Faster R-CNN"')
        assert [p.key for p in line] == ["overfeat", "rcnn", "fast-rcnn", "sppnet", "faster-rcnn"]
        rcnn = library.papers.get("rcnn")
        assert rcnn.summary.title == "Rich Feature Hierarchies for Detection"
        assert rcnn.summary.counted
        assert library.notes.open("rcnn").text == NOTE


def test_papers_left_out_of_the_file_stay(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    write_seeds(home.seeds, RCNN[:2])
    with opened(home) as library:
        assert library.papers.number() == 6


def test_fields_the_reader_edited_stay(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library, library._trail.database.write() as connection:
        connection.execute("UPDATE paper SET title = 'My title', edited_fields = 'title' WHERE key = 'rcnn'")
    with opened(home) as library:
        library.seeds.load(home.seeds)
        assert library.papers.get("rcnn").summary.title == "My title"


def test_another_file_joins_its_papers_to_a_lineage_at_the_end(tmp_path: Path) -> None:
    more = write_seeds(
        tmp_path / "more.csv",
        [
            (
                "SGD; New line",
                "adamw",
                "AdamW",
                "Ilya Loshchilov; et al.",
                "2017",
                "",
                "1711.05101",
                "",
                "adam",
            )
        ],
    )
    with opened(small_trail(tmp_path / "trail")) as library:
        report = library.seeds.load(more)
        assert (report.added, report.problems) == (1, ())
        assert [p.key for p in asked(library, 'lineage:"SGD"')] == [
            "robbins-monro",
            "adam",
            "adamw",
        ]
        assert [line.name for line in library.lineages.all()] == ["R-CNN to Faster R-CNN", "SGD", "New line"]


def test_bad_cells_are_reported_with_line_and_column_and_good_rows_load(tmp_path: Path) -> None:
    rows = [
        *RCNN,
        ("SGD", "bad key", "No", "", "", "", "", "", ""),
        ("SGD", "lost", "Lost parent", "", "2020", "", "", "", "nobody"),
        ("SGD", "year", "Bad year", "", "soon", "", "", "", ""),
    ]
    told: list[str] = []
    with open_library(small_trail(tmp_path, rows), report=told.append) as library:
        assert library.papers.number() == 8
    assert len(told) == 3
    assert "line 8, column key" in told[0]
    assert "line 9, column builds_on" in told[1]
    assert "line 10, column year" in told[2]


def test_a_circle_is_reported_and_left_out(tmp_path: Path) -> None:
    rows = [(*RCNN[0][:8], "faster-rcnn"), *RCNN[1:]]
    told: list[str] = []
    with open_library(small_trail(tmp_path, rows), report=told.append) as library:
        assert library.papers.get("rcnn").built_on_by
    assert len(told) == 1
    assert "column builds_on: closes a circle" in told[0]


def test_a_paper_known_by_its_arxiv_id_keeps_its_key(tmp_path: Path) -> None:
    renamed = ("Other", "adam-optimizer", "Adam", "", "2014", "", "1412.6980", "", "rcnn")
    with opened(small_trail(tmp_path / "trail")) as library:
        report = library.seeds.load(write_seeds(tmp_path / "more.csv", [renamed]))
        assert report.added == 0
        adam = library.papers.get("adam")
        assert adam.summary.lineages == ("SGD", "Other")
        assert [p.key for p in adam.builds_on] == ["rcnn", "robbins-monro"]


@pytest.mark.parametrize(
    ("content", "error"),
    [(None, NotFound), ("", BadInput), ("nothing,useful\n1,2\n", BadInput)],
)
def test_a_useless_file_is_one_clear_error(
    tmp_path: Path, content: str | None, error: type[Exception]
) -> None:
    path = tmp_path / "bad.csv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with opened(small_trail(tmp_path / "trail")) as library:
        with pytest.raises(error):
            library.seeds.load(path)
        assert library.papers.number() == 6


def touched_by_hand(library: Library) -> None:
    """Remove, rename, reorder, take out and unlink by hand."""
    library.lineages.put("Speed", ["rcnn", "adam"])
    library.lineages.rename(R, "Detectors")
    library.lineages.move("Detectors", "faster-rcnn", None)
    library.lineages.take_out("Detectors", ["sppnet"])
    library.lineages.unlink("fast-rcnn", "rcnn")
    library.lineages.remove("SGD")


def test_a_changed_file_does_not_undo_what_was_done_to_lineages_by_hand(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        touched_by_hand(library)
        before = library.lineages.members()
        assert before == {"Detectors": ["faster-rcnn", "rcnn", "fast-rcnn"], "Speed": ["rcnn", "adam"]}
    new = (f"{R}; SGD", "overfeat", "OverFeat", "", "2013", "", "", "", "rcnn")
    write_seeds(home.seeds, [RCNN[0], new, *RCNN[1:]])
    with opened(home) as library:
        assert library.lineages.members() == {
            "Detectors": ["faster-rcnn", "rcnn", "overfeat", "fast-rcnn"],
            "Speed": ["rcnn", "adam"],
        }
        assert [p.key for p in library.papers.get("fast-rcnn").builds_on] == ["sppnet"]
        assert [p.key for p in library.papers.get("overfeat").builds_on] == ["rcnn"]


def test_a_file_that_is_asked_for_brings_back_what_was_removed(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        touched_by_hand(library)
        report = library.seeds.load(home.seeds)
        assert (report.unchanged, report.lineages) == (6, 2)
        rows = journal_count(tmp_path)
        assert library.seeds.load(home.seeds).lineages == 0
        assert journal_count(tmp_path) == rows, "once is enough"
        assert library.lineages.members()["SGD"] == ["robbins-monro", "adam"]
        assert library.lineages.members()[R] == [row[1] for row in RCNN[:4]]
        assert [p.key for p in library.papers.get("fast-rcnn").builds_on] == ["rcnn", "sppnet"]
        library.lineages.move("SGD", "adam", None)
        library.seeds.load(home.seeds)
        assert library.lineages.members()["SGD"] == ["robbins-monro", "adam"], "the order, too"
    write_seeds(home.seeds, [*RCNN, ("SGD", "sgdr", "SGDR", "", "2016", "", "", "", "")])
    with opened(home) as library:
        assert library.lineages.members()["SGD"] == ["robbins-monro", "adam", "sgdr"], "it is back to stay"


def test_a_name_used_again_by_hand_is_another_lineage_than_the_file_s(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.lineages.rename("SGD", "Optimisers")
        library.lineages.put("SGD", ["rcnn"])
        library.lineages.remove(R)
        library.lineages.put(R, ["adam"])
    write_seeds(home.seeds, [*RCNN, (f"SGD; {R}", "sgdr", "SGDR", "", "2016", "", "", "", "")])
    with opened(home) as library:
        assert library.lineages.members() == {
            "Optimisers": ["robbins-monro", "adam", "sgdr"],
            "SGD": ["rcnn"],
            R: ["adam"],
        }


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = small_trail(tmp_path_factory.mktemp("lasting"))
    opened(home).close()
    return home


CELLS = st.sampled_from(
    ["", "x", "X", "RCNN", "2015.0", "1412.6980", "704.1", "a; b", "A, B", '"', "all", "=1+1", "10.1/x."]
)
NAMES = st.sampled_from(
    [*COLUMNS, "Key", "Title", "Author(s)", "Url", "Date", "arXiv ID", "Lineage", "", "x"]
)


def spreadsheet(header: list[str], rows: list[list[str]], separator: str, encoding: str) -> bytes:
    """Return a list of papers as a program may have written it."""
    lines = [separator.join(cells) for cells in (["key", "title", *header], *rows)]
    return "\r\n".join(lines).encode(encoding)


@examples(15)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.builds(
            spreadsheet,
            st.lists(NAMES, max_size=8),
            st.lists(st.lists(CELLS, max_size=9), max_size=6),
            st.sampled_from([",", ";", "\t"]),
            st.sampled_from(["utf-8", "utf-16", "utf-16-be", "utf-32"]),
        ),
        st.builds(
            lambda separator, rest: separator.join(COLUMNS).encode() + b"\n" + rest,
            st.sampled_from([",", ";", "\t", "|"]),
            st.binary(max_size=200),
        ),
        st.text(max_size=100).map(lambda text: text.encode("utf-16", "surrogatepass")),
    )
)
def test_nothing_in_the_seeds_file_locks_the_trail(lasting: Home, content: bytes) -> None:
    told: list[str] = []
    lasting.seeds.write_bytes(content)
    os.utime(lasting.seeds, ns=(1, zlib.crc32(content)))
    with open_library(lasting, report=told.append) as library:
        assert {row[1] for row in RCNN} <= {paper.key for paper in library.papers.each()}
        assert library.agenda.next(3)
    assert all("papers.csv" in line and "\n" not in line for line in told)


@examples(4)
@given(spellings(R), spellings("SGD"))
def test_another_spelling_in_a_seeds_file_is_the_known_lineage(other: str, sgd: str) -> None:
    assume(other != R and sgd != "SGD" and ";" not in other)
    with TemporaryDirectory() as folder:
        home = small_trail(Path(folder))
        rows = [
            (f"{other}; {R}", "overfeat", "OverFeat", "", "", "", "", "", ""),
            (sgd, "sgdr", "SGDR", "", "", "", "", "", ""),
            ("New one", "x", "X", "", "", "", "", "", ""),
            ("NEW–ONE; new one", "y", "Y", "", "", "", "", "", ""),
        ]
        more = write_seeds(Path(folder) / "more.csv", rows)
        with opened(home) as library:
            report = library.seeds.load(more)
            assert list(library.lineages.members()) == [R, "SGD", "New one"]
            assert library.lineages.members()[R][-1] == "overfeat"
            assert library.lineages.members()["SGD"][-1] == "sgdr"
            assert library.lineages.members()["New one"] == ["x", "y"]
            assert report.problems == ()
            named = {line.rpartition(" is taken for ")[2] for line in report.taken_for}
            expected = {R: clean_line(other) != R, "SGD": clean_line(sgd) != "SGD", "New one": True}
            assert named == {name for name, told in expected.items() if told}
            again = library.seeds.load(more)
            assert (again.added, again.changed, again.lineages) == (0, 0, 0)


def test_a_lineage_renamed_or_removed_by_hand_is_known_by_every_spelling_of_the_file(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.lineages.rename("SGD", "Descent")
        library.lineages.remove(R)
    rows = [(f"s-g-d; {R.upper()}", "sgdr", "SGDR", "", "2016", "", "", "", "")]
    write_seeds(home.seeds, [*RCNN, *rows])
    told: list[str] = []
    with open_library(home, report=told.append) as library:
        assert library.lineages.members() == {"Descent": ["robbins-monro", "adam", "sgdr"]}
    assert told == [
        "papers.csv, line 8: the lineage s-g-d is taken for SGD",
        f"papers.csv, line 8: the lineage {R.upper()} is taken for {R}",
    ]
    with opened(home) as library:
        library.lineages.rename("Descent", "S.G.D")
        library.lineages.rename("S.G.D", "S–GD")
        library.seeds.load(home.seeds)
        assert list(library.lineages.members()) == [R, "S–GD"], "another spelling is no other lineage"
