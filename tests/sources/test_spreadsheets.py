"""Lists as spreadsheets and other programs write them: the same papers come out, and guesses are told."""

import codecs
import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.metadata import SeedPaper
from tests.cases import each
from tests.examples import examples
from tests.seeds_files import Seeds, read_seeds


def paper(line: int, key: str, title: str, **facts: Any) -> SeedPaper:
    nothing = {"authors": (), "year": None, "venue": "", "arxiv_id": None, "doi": None}
    return SeedPaper(line, key, title, **{**nothing, "lineages": (), "builds_on": (), **facts})


PAPERS = [
    paper(
        2,
        "ddpm-x",
        "Denoising, étude",
        authors=("J. Ho", "A. Jain"),
        year=2020,
        venue="NeurIPS 2020",
        arxiv_id="2006.11239",
        lineages=("Diffusion",),
    ),
    paper(
        3,
        "lenet",
        '"Documents"; 残差',
        authors=("Y. LeCun",),
        year=1998,
        doi="10.1109/5.726791",
        builds_on=("ddpm-x",),
    ),
]
NAMES = {
    "key": ["key", "Key", "KEY ", "Citation Key", "cite_key"],
    "title": ["title", "Title", "Paper Title", "Titlé"],
    "authors": ["authors", "Author", "Author(s)", "AUTHORS:", "Author Names"],
    "year": ["year", "Publication Year", "Pub. Year", "Date", "publication_date"],
    "venue": ["venue", "Publication Title", "Journal", "Conference", "Source title"],
    "arxiv_id": ["arxiv_id", "arXiv ID", "arXiv", "ArXiv-Id", "eprint"],
    "doi": ["doi", "DOI", "DOI URL"],
    "lineages": ["lineages", "Lineage", "LINEAGE(S)"],
    "builds_on": ["builds_on", "Builds on", "builds-on", "Based on"],
}
ENCODINGS = {
    "UTF-8": ("utf-8", b""),
    "UTF-8 with a mark": ("utf-8", codecs.BOM_UTF8),
    "UTF-16, little end first": ("utf-16-le", codecs.BOM_UTF16_LE),
    "UTF-16, big end first": ("utf-16-be", codecs.BOM_UTF16_BE),
    "UTF-16 without a mark, little end first": ("utf-16-le", b""),
    "UTF-16 without a mark, big end first": ("utf-16-be", b""),
}
YEARS = [
    "{}",
    "{}.0",
    "{},0",
    "{}-06-08",
    "8.6.{}",
    "6/8/{} 12:30:00",
    "June 8, {}",
    "8 juin {}",
    "{}年6月8日",
]


def read(content: str | bytes) -> Seeds:
    with TemporaryDirectory() as folder:
        path = Path(folder, "seeds.csv")
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return read_seeds(path)


def cells_of(paper: SeedPaper, year: str) -> dict[str, str]:
    return {
        "key": paper.key.upper() if year != "{}" else paper.key,
        "title": paper.title,
        "authors": "; ".join(paper.authors),
        "year": year.format(paper.year),
        "venue": paper.venue,
        "arxiv_id": paper.arxiv_id or "",
        "doi": paper.doi or "",
        "lineages": "; ".join(paper.lineages),
        "builds_on": "; ".join(paper.builds_on),
    }


@examples(60)
@given(
    names=st.fixed_dictionaries({column: st.sampled_from(names) for column, names in NAMES.items()}),
    order=st.permutations(list(NAMES)),
    separator=st.sampled_from(",;\t"),
    said=st.booleans(),
    encoding=st.sampled_from(list(ENCODINGS)),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    year=st.sampled_from(YEARS),
    ends=st.sampled_from(["whole", "short", "padded"]),
)
def test_however_a_list_is_written_the_same_papers_come_out(
    names: dict[str, str],
    order: list[str],
    separator: str,
    said: bool,
    encoding: str,
    newline: str,
    year: str,
    ends: str,
) -> None:
    rows = [[names[column] for column in order]]
    for paper in PAPERS:
        cells = [cells_of(paper, year)[column] for column in order]
        while ends == "short" and not cells[-1]:
            del cells[-1]
        rows.append(cells + [""] * 3 if ends == "padded" else cells)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=newline).writerows(rows)
    codec, mark = ENCODINGS[encoding]
    file = read(mark + (f"sep={separator}{newline}" * said + out.getvalue()).encode(codec))
    assert file.problems == []
    ours = [SeedPaper(p.line + said, *[getattr(p, n) for n in SeedPaper.__slots__[1:]]) for p in PAPERS]
    assert file.papers == ours
    told = "\n".join(file.taken_for)
    assert ("UTF-16" in told) == encoding.startswith("UTF-16")
    assert ("stand between its cells" in told) == (separator != "," and not said)
    assert ("2020 is taken for" in told or "taken for 2020" in told) == (year != "{}")
    assert ("DDPM-X" in told) == (year != "{}")
    assert ("cells for 9 columns" in told) == any(len(row) != 9 for row in rows)
    for column in NAMES:
        guessed = names[column].strip().lower() != column
        assert (names[column].strip() in told and column in told) or not guessed


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("key,title,venue", []),
        ("KEY, Title ,Venue", []),
        ("key,title,Journal", ["the column Journal is taken for venue"]),
        ("Cite key,title,Journal", ["the columns Cite key and Journal are taken for key and venue"]),
        ("key,title,My marks", ["the column My marks is left out"]),
        ("key,title,", ["the column 3 is left out"]),
        ("key,title,Short Title", ["the column Short Title is left out"]),
    ],
)
def test_columns_guessed_and_left_out_are_named(header: str, says: list[str]) -> None:
    file = read(f"{header}\nx,X,some\n")
    assert (file.taken_for, file.problems) == (says, [])


def test_columns_left_out_are_named_if_they_hold_anything_and_counted_if_they_are_many() -> None:
    names = [f"c{number}" for number in range(20)]
    cells = ["" if name == "c0" else "1" for name in names]
    file = read(f"key,title,{','.join(names)}\nx,X,{','.join(cells)}\n")
    assert file.taken_for == [f"the columns {', '.join(names[1:13])} and 7 more are left out"]


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("key,title,venue,Journal", "x,X,A,B", "A"),  # ours before one near to it
        ("key,title,Journal,venue", "x,X,B,A", "A"),
        ("key,title,Journal,Publication Title", "x,X,B,A", "A"),  # the likelier one
    ],
)
def test_of_two_columns_one_is_taken_and_the_other_named(header: str, cells: str, expected: str) -> None:
    file = read(f"{header}\n{cells}\n")
    assert file.papers[0].venue == expected
    assert file.taken_for[-1] == "the column Journal is left out"


@each(
    ("text", "year"),
    [
        ("2015", 2015),
        ("2015.", 2015),
        ("2015.00", 2015),
        ("2015-06", 2015),
        ("2015-06-08T17:57:34Z", 2015),
        ("Mon, 8 June 2015", 2015),
        ("CVPR 2015", 2015),
        ("2015年", 2015),
        ("15", None),
        ("8/6/15", None),
        ("2015-2016", None),
        ("42156", None),
        ("20150608", None),
        ("20.15", None),
        ("vol. 2015 of a long series of books", None),
        ("Inf", None),
    ],
)
def test_years(text: str, year: int | None) -> None:
    file = read(f'key,title,year\nx,X,"{text}"\n')
    assert file.papers[0].year == year
    assert len(file.problems) == (year is None)
    assert file.taken_for == (
        [f'line 2: the year "{text}" is taken for {year}'] if year and text != "2015" else []
    )


@each(
    ("text", "doi"),
    [
        ("10.1109/5.726791", "10.1109/5.726791"),
        ("10.1109/5.726791.", "10.1109/5.726791"),
        ("10.1109/5.726791),", "10.1109/5.726791"),
        ("https://doi.org/10.1109/5.726791;", "10.1109/5.726791"),
        ("doi: 10.1109/5.726791].", "10.1109/5.726791"),
        ("10.3319/TAO.2009.05.25.02(IWNOP)", "10.3319/TAO.2009.05.25.02(IWNOP)"),
        ("10.3319/TAO.2009.05.25.02(IWNOP).", "10.3319/TAO.2009.05.25.02(IWNOP)"),
        ("10.3319/TAO.2009.05.25.02(IWNOP))", "10.3319/TAO.2009.05.25.02(IWNOP)"),
        (
            "10.1002/(SICI)1096(199601)99:1<1::AID>3.0.CO;2-#",
            "10.1002/(SICI)1096(199601)99:1<1::AID>3.0.CO;2-#",
        ),
        ("10.1002/a<b>", "10.1002/a<b>"),
    ],
)
def test_a_doi_loses_the_sentence_around_it_and_nothing_of_its_own(text: str, doi: str) -> None:
    file = read(f'key,title,doi\nx,X,"{text}"\n')
    assert (file.papers[0].doi, file.problems) == (doi, [])
    assert file.taken_for == ([] if text.endswith(doi) else [f'line 2: the DOI "{text}" is taken for {doi}'])


@pytest.mark.parametrize("text", ["1412.698", "704.1", "704,1", "1.4126980e3", "1506.0149", "1.706E+03"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_an_arxiv_id_that_a_spreadsheet_ate_is_never_mended(text: str, separator: str) -> None:
    file = read(f'key{separator}title{separator}arXiv\nx{separator}X{separator}"{text}"\n')
    assert file.papers[0].arxiv_id is None
    assert [(problem.line, problem.column) for problem in file.problems] == [(2, "arXiv")]
    assert "a spreadsheet seems to have made it a number" in file.problems[0].message


def test_guesses_of_a_kind_are_told_by_the_first_and_counted() -> None:
    file = read("key,title,year\nA,A,2015.0\nB,B,2016.0\nc,C,2017\nD,D\n")
    assert [paper.key for paper in file.papers] == ["a", "b", "c", "d"]
    assert file.taken_for == [
        'line 2: the key "A" is taken for a; 2 more like it',
        'line 2: the year "2015.0" is taken for 2015; 1 more like it',
        "line 5: the row has 2 cells for 3 columns, the others are taken as empty",
    ]


def test_keys_that_differ_in_case_alone_are_one() -> None:
    file = read("key,title,builds_on\nResNet,A,VGG\nresnet,B,\nvgg,C,\n")
    assert [(paper.key, paper.builds_on) for paper in file.papers] == [("resnet", ("vgg",)), ("vgg", ())]
    assert str(file.problems[0]) == "line 3, column key: resnet stands on line 2 already"


@pytest.mark.parametrize("row", ["x,One, two,,", "x,One, two", "x, One,,,,"])
def test_text_with_a_comma_that_was_not_quoted_is_no_padding(row: str) -> None:
    file = read(f"key,title\n{row}\n")
    assert file.papers == []
    assert "text with a comma needs quotation marks" in file.problems[0].message


def test_zotero_is_understood() -> None:
    header = (
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","ISBN","ISSN","DOI","Url",'
        '"Abstract Note","Date","Date Added","Pages","Issue","Extra","Manual Tags"'
    )
    rows = [
        '"R4T5GH2K","preprint","2020","Ho, Jonathan; Jain, Ajay; OpenAI","Denoising Diffusion","","","",'
        '"10.48550/arXiv.2006.11239","http://arxiv.org/abs/2006.11239","We present","2020-12-16","2024","",'
        '"","arXiv:2006.11239 [cs, stat]","diffusion"',
        '"AB12CD34","journalArticle","1998","LeCun, Y.","Gradient-based learning","Proc. IEEE","",'
        '"1558-2256","","https://doi.org/10.1109/5.726791","","1998-11","2024","2278-2324","11","",""',
        '"ZZ9ZZ9ZZ","preprint","2015","He, Kaiming","Deep Residual Learning","","","","",'
        '"https://arxiv.org/abs/1512.03385v1","","2015","2024","","","",""',
    ]
    file = read("\ufeff" + "\n".join([header, *rows]) + "\n")
    assert file.problems == []
    assert file.papers == [
        paper(
            2,
            "r4t5gh2k",
            "Denoising Diffusion",
            authors=("Jonathan Ho", "Ajay Jain", "OpenAI"),
            year=2020,
            arxiv_id="2006.11239",
        ),
        paper(
            3,
            "ab12cd34",
            "Gradient-based learning",
            authors=("Y. LeCun",),
            year=1998,
            venue="Proc. IEEE",
            doi="10.1109/5.726791",
        ),
        paper(
            4,
            "zz9zz9zz",
            "Deep Residual Learning",
            authors=("Kaiming He",),
            year=2015,
            arxiv_id="1512.03385",
        ),
    ]
    assert file.taken_for == [
        "the columns Publication Year, Author and Publication Title are taken for year, authors and venue",
        "the columns Item Type, ISSN, Abstract Note, Date, Date Added, Pages, Issue and Manual Tags"
        " are left out",
        'line 2: the key "R4T5GH2K" is taken for r4t5gh2k; 2 more like it',
        "line 2: the DOI 10.48550/arXiv.2006.11239 is taken for the arXiv id 2006.11239",
        'line 2: the author "Ho, Jonathan" is taken for Jonathan Ho; 3 more like it',
        "line 3: the DOI 10.1109/5.726791 is taken from an address",
        "line 4: the arXiv id 1512.03385 is taken from an address",
    ]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;;", "sep=,", "sep=\t", "sep=|"])
def test_the_line_that_names_the_separator_is_none_of_the_table(first: str) -> None:
    separator = "|" if first == "sep=|" else ";"
    file = read(f"{first}\r\nkey{separator}title\r\nx{separator}A, b\r\n")
    assert [(paper.line, paper.title) for paper in file.papers] == [(3, "A, b")]
    assert file.problems == []


@pytest.mark.parametrize("tail", [b"\xd8", b"\x00\xd8", b"\xff", b"x"])
def test_utf_16_that_is_damaged_costs_its_rows_only(tail: bytes) -> None:
    good = "\ufeffkey,title\nx,X\ny,Y".encode("utf-16-le")
    file = read(good + tail)
    assert file.papers[0].key == "x"
    assert {problem.line for problem in file.problems} <= {3}
