"""Seeds files of every kind: good rows load, bad ones are named by line and column, nothing else happens."""

import csv
import errno
import io
import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import BadInput, NotFound, PapertrailError, StorageError
from papertrail.domain.keys import is_valid_key
from papertrail.domain.metadata import SeedPaper, SeedProblem
from papertrail.domain.text import clean_line
from papertrail.sources import csv_lines
from tests.seeds_files import lines_of, read_seeds

COLUMNS = ("lineages", "key", "title", "authors", "year", "venue", "arxiv_id", "doi", "builds_on")
HEADER = ",".join(COLUMNS) + "\n"
GOOD = "Line,good,A good one,Ann Other,2015,Nowhere,1412.6980,10.1000/1,\n"


def read(tmp_path: Path, content: str | bytes) -> tuple[list[SeedPaper], list[SeedProblem]]:
    path = tmp_path / "seeds.csv"
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return read_seeds(path)[:2]


def row(**cells: str) -> str:
    """Return one line of CSV, `key` and `title` good unless given."""
    out = io.StringIO(newline="")
    good = {"key": "bad", "title": "T"}
    csv.writer(out).writerow([(good | cells).get(column, "") for column in COLUMNS])
    return out.getvalue()


def places(problems: Sequence[SeedProblem]) -> list[tuple[int, str]]:
    return [(problem.line, problem.column) for problem in problems]


def test_a_row_becomes_a_paper(tmp_path: Path) -> None:
    text = HEADER + (
        "A; B ;A;,adam,Adam: A  Method,Diederik P. Kingma; et al.,2014,ICLR 2015,"
        "arXiv:1412.6980v9,https://doi.org/10.1109/5.726791,rmsprop; adagrad\n"
    )
    assert read(tmp_path, text) == (
        [
            SeedPaper(
                line=2,
                key="adam",
                title="Adam: A Method",
                authors=("Diederik P. Kingma", "et al."),
                year=2014,
                venue="ICLR 2015",
                arxiv_id="1412.6980",
                doi="10.1109/5.726791",
                lineages=("A", "B"),
                builds_on=("rmsprop", "adagrad"),
            )
        ],
        [],
    )


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_cells_are_parted_as_spreadsheets_part_them(
    tmp_path: Path, separator: str, bom: str, newline: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=newline)
    writer.writerows([[], [" "] * len(COLUMNS), COLUMNS, [""] * len(COLUMNS)])
    writer.writerow(
        ["A; B", "one", 'Of "this", that; and\tmore', "J. Ho; A. Jain", "2020", "", "2006.11239", "", ""]
    )
    writer.writerow(["", "two", "A second one", "", "", "", "", "", "one"])
    path = tmp_path / "seeds.csv"
    path.write_text(bom + out.getvalue(), encoding="utf-8", newline="")
    papers, problems, taken_for = read_seeds(path)
    word = {",": [], ";": ["semicolons"], "\t": ["tabs"]}[separator]
    assert (problems, [told.split()[0] for told in taken_for]) == ([], word)
    assert [(p.key, p.lineages, p.authors, p.builds_on) for p in papers] == [
        ("one", ("A", "B"), ("J. Ho", "A. Jain"), ()),
        ("two", (), (), ("one",)),
    ]
    assert papers[0].title == 'Of "this", that; and more'


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        ("long;A title;;2015\n", "4", "4 cells for 3 columns; text with a semicolon needs quotation marks"),
        ("long;A; title;\n", "4", "4 cells for 3 columns; text with a semicolon needs quotation marks"),
        ('bad;"A" title;\n', "title", "ends before a semicolon"),
    ],
)
def test_what_is_wrong_is_told_in_terms_of_the_separator(
    tmp_path: Path, line: str, column: str, says: str
) -> None:
    papers, problems = read(tmp_path, f"key;title;venue\n{line}good;Title;\n")
    assert [paper.key for paper in papers] == ["good"]
    assert places(problems) == [(2, column)] and says in problems[0].message


def test_columns_in_any_order_some_absent_others_unknown(tmp_path: Path) -> None:
    papers, problems = read(tmp_path, "\ufeff Title ,mine,KEY\r\nA paper,\x00,a-paper\r\n")
    assert problems == []
    assert papers == [SeedPaper(2, "a-paper", "A paper", (), None, "", None, None, (), ())]


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"key": ""}, "key", "is empty"),
        ({"key": "Has Blank"}, "key", '"Has Blank" is no key'),
        ({"key": "con"}, "key", "is no key"),
        ({"key": "a" * 5000}, "key", "…"),
        ({"key": "../up"}, "key", "is no key"),
        ({"key": "good"}, "key", "good stands on line 2 already"),
        ({"title": " \u200b\x1b "}, "title", "is empty"),
        ({"title": "x" * 100_001}, "title", "more than 100,000 characters"),
        ({"venue": "a\0b"}, "venue", "NUL"),
        ({"arxiv_id": "https://arxiv.org/abs/1412.6980v2"}, "arxiv_id", "1412.6980 stands on line 2 already"),
    ],
)
def test_a_bad_row_is_left_out(tmp_path: Path, cells: dict[str, str], column: str, says: str) -> None:
    papers, problems = read(tmp_path, HEADER + GOOD + row(**cells) + row(key="after"))
    assert [paper.key for paper in papers] == ["good", "after"]
    assert places(problems) == [(3, column)]
    assert says in problems[0].message
    assert len(str(problems[0])) < 200


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("year", "15", "no year from 1000 to 2999"),
        ("year", "3000", "no year"),
        ("year", "２０１５", "no year"),
        ("year", "20150608", "no year"),
        ("year", "2015/2016", "no year"),
        ("year", "2015.0.0.0.123", "no year"),
        ("year", "42156", "no year"),
        ("arxiv_id", "1412.698", "a spreadsheet"),
        ("arxiv_id", "704.0001", "a spreadsheet"),
        ("arxiv_id", "1506.0149", "a spreadsheet"),
        ("arxiv_id", "hello", '"hello" is no arXiv id'),
        ("doi", "nature14236", "no DOI"),
        ("doi", "https://doi.org/", "no DOI"),
        ("lineages", "L" * 121, "longer than 120"),
        ("builds_on", "Not A Key", "is no key"),
    ],
)
def test_a_bad_cell_is_taken_as_empty(tmp_path: Path, column: str, cell: str, says: str) -> None:
    papers, problems = read(tmp_path, HEADER + GOOD + row(**{column: cell}))
    assert papers[1] == SeedPaper(3, "bad", "T", (), None, "", None, None, (), ())
    assert places(problems) == [(3, column)]
    assert says in problems[0].message


def test_a_later_row_may_put_a_paper_into_one_more_lineage(tmp_path: Path) -> None:
    text = (
        HEADER
        + row(lineages="A", key="one", arxiv_id="1412.0001", builds_on="two; three")
        + row(lineages="A; B", key="two")
        + row(lineages="B; A", key="one")
        + row(lineages="C", key="one", arxiv_id="1412.0001", builds_on="three")
        + row(lineages="A", key="three")
    )
    papers, problems = read(tmp_path, text)
    assert problems == []
    assert [(paper.key, lines_of(paper)) for paper in papers] == [
        ("one", {"A": 2, "B": 4, "C": 5}),
        ("two", {"A": 3, "B": 3}),
        ("three", {"A": 6}),
    ]
    assert (papers[0].arxiv_id, papers[0].builds_on) == ("1412.0001", ("two", "three"))


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"lineages": "A"},
        {"lineages": "B", "title": "Another"},
        {"lineages": "B", "year": "2016"},
        {"lineages": "B", "arxiv_id": "1412.0001"},
        {"lineages": "B", "authors": "Somebody"},
        {"lineages": "B", "builds_on": "other"},
    ],
)
def test_a_later_row_that_says_anything_else_is_left_out(tmp_path: Path, cells: dict[str, str]) -> None:
    papers, problems = read(tmp_path, HEADER + row(lineages="A", key="one") + row(key="one", **cells))
    assert [paper.lineages for paper in papers] == [("A",)]
    assert [(problem.line, problem.column) for problem in problems] == [(3, "key")]


def test_the_good_values_of_a_bad_cell_stay(tmp_path: Path) -> None:
    papers, problems = read(tmp_path, HEADER + row(builds_on="one; T W O; three"))
    assert papers[0].builds_on == ("one", "three")
    assert str(problems[0]).startswith('line 2, column builds_on: "T W O" is no key')


def test_a_row_left_out_keeps_no_key_or_id_from_others(tmp_path: Path) -> None:
    text = HEADER + row(key="twin", title="", arxiv_id="1412.6980") + row(key="twin", arxiv_id="1412.6980")
    papers, problems = read(tmp_path, text)
    assert [(paper.line, paper.key, paper.arxiv_id) for paper in papers] == [(3, "twin", "1412.6980")]
    assert places(problems) == [(2, "title")]


def test_all_problems_of_a_row_are_named(tmp_path: Path) -> None:
    papers, problems = read(tmp_path, HEADER + row(key="", title="", year="?", arxiv_id="?", doi="?"))
    assert papers == []
    assert places(problems) == [(2, "key"), (2, "title"), (2, "year"), (2, "arxiv_id"), (2, "doi")]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    text = HEADER + "\n" + row(key="long", title="one\ntwo\r\nthree") + ",,,,,,,,\n" + row(year="?")
    papers, problems = read(tmp_path, text)
    assert [(paper.line, paper.title) for paper in papers] == [(3, "one two three"), (7, "T")]
    assert places(problems) == [(7, "year")]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("a,b\n", "title"),
        ("L,bad,You Only Look Once: Unified, Real-Time,,,,,,,\n", "10"),
        (',bad,"never closed,,,,,,\n', "title"),
        (',bad,"Why?": a title,,,,,,\n', "title"),
        ('"a" b,bad,t,,,,,,\n', "lineages"),
        (f",bad,t,{'x' * 140_000},,,,,\n", "authors"),
    ],
)
def test_after_a_row_that_is_no_csv_the_next_one_loads(tmp_path: Path, line: str, column: str) -> None:
    after = row(key="after", title='with "quotes", and\na break') + row(key="last", title="a, b")
    papers, problems = read(tmp_path, HEADER + GOOD + line + after)
    assert [paper.key for paper in papers] == ["good", "after", "last"]
    assert places(problems) == [(3, column)]


def test_columns_without_a_name_do_no_harm(tmp_path: Path) -> None:
    papers, problems = read(tmp_path, f"{HEADER.strip()},,\n{GOOD.strip()},,note\n")
    assert [paper.key for paper in papers] == ["good"]
    assert problems == []


def test_bytes_that_are_not_utf8_cost_their_row_only(tmp_path: Path) -> None:
    content = HEADER.encode() + row(authors="Léon Bottou").encode("latin-1") + GOOD.encode()
    papers, problems = read(tmp_path, content)
    assert [paper.key for paper in papers] == ["good"]
    assert places(problems) == [(2, "authors")]
    assert "UTF-8" in problems[0].message


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty: its first line must name the columns key and title"),
        (b"\n\n", "is empty"),
        (b"lineages,key\nx,y\n", "lacks the column title:"),
        (b"lineages|key|title\nx|y|z\n", "lacks the columns key and title: its first line must name"),
        (b"key,title,key\n", "two columns key"),
        (b'"key,title\n', "does not begin with the names of columns"),
        ((HEADER + GOOD).encode("utf-32"), "not text in UTF-8"),
        ((HEADER + GOOD).encode("utf-32-be"), "not text in UTF-8"),
        (b"PK\x03\x04\x14\x00\x06\x00", "not text in UTF-8"),
        (b"\0" * 4096, "not text in UTF-8"),
    ],
)
def test_a_file_that_is_no_seeds_file_is_refused_in_one_line(
    tmp_path: Path, content: bytes, says: str
) -> None:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, content)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "seeds.csv" in str(caught.value)


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_lines, "LARGEST_FILE", 1024 * 1024)
    with pytest.raises(BadInput, match="larger than 1 MiB"):
        read(tmp_path, HEADER + "\n" * 1024 * 1024)


def test_no_file_a_folder_and_a_loop(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no file"):
        read_seeds(tmp_path / "absent.csv")
    with pytest.raises(NotFound):
        read_seeds(tmp_path / "a\0b")
    with pytest.raises(BadInput, match="is a folder"):
        read_seeds(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(StorageError, match="cannot be read") as caught:
        read_seeds(tmp_path / "loop")
    assert os.strerror(errno.ELOOP) in str(caught.value)


@pytest.mark.parametrize(
    "title",
    [
        "a [/] b",
        "[@click=app.quit]x",
        "\x1b]52;c;ZXZpbA==\x07",
        "a\u202eb\u2066c",
        "残差网络",
        "x" * 5000,
        "=1+1",
        "'\"",
    ],
)
def test_hostile_titles_are_data(tmp_path: Path, title: str) -> None:
    papers, problems = read(tmp_path, HEADER + row(title=title, authors=title, venue=title))
    assert problems == []
    assert papers[0].title == papers[0].venue == clean_line(title)
    assert not {"\x1b", "\x07", "\u202e", "\u2066"} & set(papers[0].title)


cell = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    [
        "a",
        "b-2",
        "1412.6980",
        "1412.698",
        "2015",
        "a; b",
        '"',
        '"a',
        'a"b',
        "\0",
        "\r",
        "\n",
        "con",
        "10.1/x",
        "et al.",
    ]
)


@given(rows=st.lists(st.lists(cell, min_size=8, max_size=10), max_size=6))
def test_any_cells_give_papers_or_problems(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([COLUMNS, *rows])
    with TemporaryDirectory() as folder:
        papers, problems = read(Path(folder), out.getvalue())
    last = out.getvalue().count("\n") + out.getvalue().count("\r") + 1
    assert len({paper.key for paper in papers}) == len(papers)
    assert all(is_valid_key(paper.key) and paper.title == clean_line(paper.title) for paper in papers)
    assert all(1 < problem.line <= last and problem.column for problem in problems)
    assert all("\n" not in str(problem) for problem in problems)
    blank = sum(not any(cell.strip() for cell in cells) for cells in rows)
    assert len(papers) + len({problem.line for problem in problems}) >= len(rows) - blank


@given(title=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200))
def test_a_title_survives_the_round_trip(title: str) -> None:
    with TemporaryDirectory() as folder:
        papers, _ = read(Path(folder), HEADER + row(title=title) + row(key="after"))
    assert [paper.title for paper in papers] == [*filter(None, [clean_line(title)]), "T"]


@given(
    content=st.binary(max_size=300) | st.text(max_size=300).map(lambda t: t.encode("utf-8", "surrogatepass"))
)
def test_any_bytes_give_an_answer_or_one_clear_error(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        for start in (b"", HEADER.encode(), b"key,title\n"):
            try:
                papers, _ = read(Path(folder), start + content)
            except PapertrailError as error:
                assert "\n" not in str(error)
            else:
                assert len({paper.key for paper in papers}) == len(papers)
