"""RIS, CSL-JSON, Zotero's CSV, lists of ids, reading histories, and which of them a file is."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.imports import FormatName
from papertrail.domain.paper import Status
from papertrail.domain.records import Record, RecordProblem
from papertrail.sources.formats.csl_json import read_csl_json
from papertrail.sources.formats.id_lines import read_history, read_ids
from papertrail.sources.formats.reading import read_path
from papertrail.sources.formats.ris import read_ris
from papertrail.sources.formats.zotero_csv import read_zotero_csv
from tests.examples import examples

RIS = """TY  - CONF
T1  - Deep Residual Learning for Image Recognition
AU  - He, Kaiming
AU  - King, Martin Luther, Jr.
T2  - CVPR 2016
PY  - 2016/06/
SP  - 770
EP  - 778
DO  - 10.1109/CVPR.2016.90
UR  - https://arxiv.org/abs/1512.03385
L1  - file:///home/me/he.pdf
KW  - residual
KW  - cnn
N1  - The shortcut
is the idea.
ER  -

"""
CSL = [
    {
        "id": "he2016",
        "type": "paper-conference",
        "title": "Deep <i>Residual</i> Learning",
        "author": [{"family": "Gogh", "given": "V.", "non-dropping-particle": "van"}, {"literal": "ATLAS"}],
        "issued": {"date-parts": [["2016", 6]]},
        "container-title": "CVPR",
        "page": "770-778",
        "note": "arXiv: 1512.03385 [cs]",
    }
]
ZOTERO = (
    '"Key","Item Type","Publication Year","Author","Title","Publication Title","Notes","Extra","Manual Tags",'
    '"File Attachments"\n'
    '"ABC","journalArticle","2016","He, Kaiming; Sun, Jian","Deep Residual Learning","CVPR",'
    '"<p>The <b>shortcut</b></p><ul><li>one</li></ul>","arXiv: 1512.03385\nCitation Key: he2016","a; b",'
    '"/home/me/a b.pdf; /home/me/c.html"\n'
)
Read = Callable[[bytes], Iterator[Record | RecordProblem]]


def records(read: Read, text: str) -> list[Record]:
    return [one for one in read(text.encode("utf-8")) if isinstance(one, Record)]


def problems(read: Read, text: str) -> list[tuple[int, str]]:
    found = read(text.encode("utf-8"))
    return [(one.line, one.cause) for one in found if isinstance(one, RecordProblem)]


def test_ris() -> None:
    (paper,) = records(read_ris, RIS)
    assert paper.authors == ("Kaiming He", "Martin Luther King, Jr.")
    assert (paper.year, paper.venue, paper.kind) == (2016, "CVPR 2016", "inproceedings")
    assert (paper.doi, paper.arxiv_id) == ("10.1109/cvpr.2016.90", "1512.03385")
    assert paper.details["pages"] == "770–778" and paper.tags == ("residual", "cnn")
    assert paper.note == "The shortcut\nis the idea." and paper.attached == ("/home/me/he.pdf",)


def test_a_reference_without_its_end_ends_where_the_next_begins() -> None:
    text = RIS.replace("ER  -\n", "") + RIS
    assert len(records(read_ris, text)) == 2
    assert problems(read_ris, text) == [(1, "the reference has no end (ER): it ends where the next begins")]


def test_csl_json() -> None:
    (paper,) = records(read_csl_json, json.dumps(CSL))
    assert (paper.title, paper.authors) == ("Deep Residual Learning", ("V. van Gogh", "ATLAS"))
    assert (paper.year, paper.details["month"], paper.arxiv_id) == (2016, "6", "1512.03385")
    assert paper.note == "" and paper.details["pages"] == "770-778"
    assert records(read_csl_json, json.dumps({"items": CSL})) == [paper]


def test_a_damaged_item_of_csl_is_passed_over() -> None:
    text = '[{"id": "a", "title": "A"},\n{"id": "b", "title": "B" "x"},\n{"id": "c", "title": "C"}]'
    assert [paper.title for paper in records(read_csl_json, text)] == ["A", "C"]
    assert [line for line, _ in problems(read_csl_json, text)] == [2]
    assert records(read_csl_json, '[{"id": "a", "title": "A"}, {"id": "b", "ti')[0].title == "A"


def test_what_is_no_item_of_csl_takes_no_line_of_another() -> None:
    text = '[{"id": "a", "title": "A"},\n7,\nnull, "x",\n[{}],\n{"id": "c",\n"title": "C"}\n]'
    assert [(paper.key, paper.line) for paper in records(read_csl_json, text)] == [("a", 1), ("c", 5)]
    assert [line for line, _ in problems(read_csl_json, text)] == [2, 3, 3, 4]


def test_zotero_csv() -> None:
    (paper,) = records(read_zotero_csv, ZOTERO)
    assert (paper.key, paper.arxiv_id, paper.tags) == ("he2016", "1512.03385", ("a", "b"))
    assert paper.note == "The **shortcut**\n\n- one" and paper.attached == ("/home/me/a b.pdf",)


def test_ids_and_links() -> None:
    text = "# mine\n1506.01497\nhttps://arxiv.org/abs/1512.03385v1, 10.1109/CVPR.2016.90\nwords\n"
    found = [(paper.line, paper.arxiv_id, paper.doi) for paper in records(read_ids, text)]
    assert found == [(2, "1506.01497", None), (3, "1512.03385", None), (3, None, "10.1109/cvpr.2016.90")]
    assert problems(read_ids, text) == [(4, "no arXiv id or DOI in words")]


def test_a_reading_history() -> None:
    text = "key,date,rating\nrcnn,2026-01-03,4\nfast-rcnn,2026/2/30,\nvgg,,\n"
    first, second = records(read_history, text)
    assert (first.key, first.status, first.read_on, first.rating) == (
        "rcnn",
        Status.READ,
        date(2026, 1, 3),
        4,
    )
    assert (second.key, second.status) == ("vgg", None)
    assert problems(read_history, text) == [(3, "2026/2/30 is no day: write it as 2026-03-31")]


def test_a_history_of_books_keeps_their_author_and_the_review() -> None:
    text = "Book Id,Title,Author,My Rating,Date Read,My Review\n1,Deep Learning,Ian Goodfellow,5,2024/03/01,"
    (book,) = records(read_history, f'{text}"Great<br/>book, *really*"\n')
    assert (book.title, book.authors, book.rating) == ("Deep Learning", ("Ian Goodfellow",), 5)
    assert (book.read_on, book.note) == (date(2024, 3, 1), "Great\nbook, *really*")


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.bib", "% mine\n@misc{a, title={T}}", FormatName.BIBTEX),
        ("a.txt", RIS, FormatName.RIS),
        ("a.json", json.dumps(CSL), FormatName.CSL_JSON),
        ("a.csv", ZOTERO, FormatName.ZOTERO_CSV),
        ("a.csv", "key,date\nrcnn,2026-01-03\n", FormatName.HISTORY),
        ("a.txt", "1506.01497\n", FormatName.IDS),
    ],
)
def test_a_file_is_told_by_its_text(tmp_path: Path, name: str, text: str, form: FormatName) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found, records = read_path(path)
    assert found is form and any(isinstance(one, Record) for one in records)


def test_what_is_of_no_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("nothing of the kind\n", encoding="utf-8")
    with pytest.raises(BadInput, match="no format that papertrail knows"):
        read_path(path)
    with pytest.raises(NotFound):
        read_path(tmp_path / "b.bib")


@examples(100)
@given(
    st.sampled_from([RIS, json.dumps(CSL), ZOTERO]),
    st.integers(0, 400),
    st.integers(0, 9),
    st.text(max_size=4),
)
def test_no_damage_raises(text: str, at: int, length: int, put: str) -> None:
    damaged = (text[:at] + put + text[at + length :]).encode("utf-8", "replace")
    for read in (read_ris, read_csl_json, read_zotero_csv, read_history, read_ids):
        list(read(damaged))


def test_a_row_of_zotero_without_a_title_is_told_with_its_line() -> None:
    data = b"Key,Item Type,Title,Author\nA,book,,Roe\nB,note,,\nC,book,Kept,Roe\n"
    nameless, kept = read_zotero_csv(data)
    assert nameless == RecordProblem(2, "this row has no title")
    assert isinstance(kept, Record) and (kept.line, kept.title) == (4, "Kept")
