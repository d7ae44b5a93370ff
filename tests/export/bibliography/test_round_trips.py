"""References written and read again, by us and by pybtex: names, braces, accents, formulas, months, keys."""

import json
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string as read_by_pybtex  # type: ignore[import-untyped]

from papertrail.domain.person_names import OTHERS, PersonName, listed_names, names_listed, parts_of_said
from papertrail.domain.records import Record, RecordProblem
from papertrail.domain.reference import Reference
from papertrail.export.bibliography.bibtex import bibtex
from papertrail.export.bibliography.csl_json import csl_json
from papertrail.export.bibliography.ris import ris
from papertrail.export.bibliography.tex_text import tex
from papertrail.sources.formats.bibtex import read_bibtex
from papertrail.sources.formats.csl_json import read_csl_json
from papertrail.sources.formats.ris import read_ris
from papertrail.sources.tex_text import plain
from tests.examples import examples

FIRST = st.sampled_from(["Kaiming", "J. K.", "Jean-Paul", "Ludwig", "Ada", "Émile", "明"])
VON = st.sampled_from(["", "", "van", "von der", "de la"])
LAST = st.sampled_from(["He", "Beethoven", "O'Neil", "Ångström", "Gonzalez Garcia", "Şahin", "王"])
SUFFIX = st.sampled_from(["", "", "", "Jr.", "III"])
PERSONS = st.builds(PersonName, FIRST, VON, LAST, SUFFIX)
GROUPS = st.sampled_from(["ATLAS Collaboration", "Research and Development Team", "OpenAI"]).map(
    lambda name: PersonName("", "", name)
)
NAMES = st.lists(st.one_of(PERSONS, PERSONS, GROUPS), min_size=1, max_size=4).map(tuple)
WORDS = st.sampled_from(
    (
        *(
            "Deep",
            "R-CNN",
            "YOLOv3",
            "50%",
            "A&B",
            "C_1",
            "#1",
            "Köln",
            "naïve",
            "$x^{2}$",
            "O($n$)",
            "{0,1}",
        ),
        *("a\\b", "~", "3^4", "“so”", "–", "残差", "is", "a", "AAAI", "\\write18{x}", "@misc{x,"),
        "$\\input{/etc/passwd}$",
    )
)
TITLES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
KEYS = st.sampled_from(["he2016", "He_2016", "DBLP:conf/cvpr/He16", "a+b", "x", "ключ"])
DETAILS = st.fixed_dictionaries(
    {},
    optional={
        "pages": st.sampled_from(["1–10", "770", "12:1–12:30"]),
        "volume": st.sampled_from(["39", "A & B"]),
        "number": st.just("6"),
        "publisher": st.sampled_from(["IEEE", "Société % Co."]),
        "isbn": st.just("978-1-4673-8851-1"),
        "issn": st.sampled_from(["1476-4687", "0028-083X"]),
    },
)


@st.composite
def references(draw: st.DrawFn) -> Reference:
    kind = draw(st.sampled_from(["article", "inproceedings", "misc", "online", "incollection"]))
    year = draw(st.none() | st.integers(1990, 2026))
    return Reference(
        key=draw(KEYS),
        kind=kind,
        title=draw(TITLES),
        authors=draw(NAMES),
        editors=draw(st.one_of(st.just(()), NAMES)),
        year=year,
        month=draw(st.none() | st.integers(1, 12)) if year else None,
        container=draw(st.sampled_from(["", "CVPR 2016", "J. of A & B"])),
        doi=draw(st.sampled_from(["", "10.1109/cvpr.2016.90", "10.1016/s0042-6989(97)00169-7"])),
        arxiv_id=draw(st.sampled_from(["", "1512.03385", "cs/0112017"])),
        category="",
        url="",
        abstract=draw(st.sampled_from(["", "It is. 100 % & more, $O(n)$."])),
        tags=draw(st.sampled_from([(), ("cnn",), ("cnn", "object detection")])),
        details=draw(DETAILS),
    )


def read(found: Sequence[Record | RecordProblem]) -> list[Record]:
    assert [one for one in found if isinstance(one, RecordProblem)] == []
    return [one for one in found if isinstance(one, Record)]


def same(record: Record, reference: Reference, *, kind: bool = True) -> None:
    """Hold a record to the reference that was written."""
    assert record.title == reference.title
    parted = names_listed(record.details.get("author", ""))
    assert tuple(parted or map(parts_of_said, record.authors)) == reference.authors
    assert tuple(names_listed(record.details.get("editor", ""))) == reference.editors
    assert (record.year, record.doi or "", record.arxiv_id or "") == (
        reference.year,
        reference.doi,
        reference.arxiv_id,
    )
    assert record.details.get("month", "") == str(reference.month or "")
    assert record.abstract == reference.abstract and record.tags == reference.tags
    kept = {name: text for name, text in record.details.items() if name in reference.details}
    assert kept == dict(reference.details)
    if reference.container:
        assert record.venue == reference.container
    if kind:
        assert record.kind == reference.kind


@examples(250)
@given(st.lists(references(), min_size=1, max_size=4), st.booleans())
def test_bibtex_is_read_as_it_was_written(written: list[Reference], biblatex: bool) -> None:
    text = "\n".join(bibtex(written, biblatex=biblatex))
    records = read(list(read_bibtex(text.encode("utf-8"))))
    assert len({record.key.lower() for record in records}) == len(written)
    for record, reference in zip(records, written, strict=True):
        same(record, reference, kind=biblatex)


@examples(100)
@given(st.lists(references(), min_size=1, max_size=4))
def test_pybtex_reads_the_same(written: list[Reference]) -> None:
    entries = read_by_pybtex("\n".join(bibtex(written)), "bibtex").entries
    assert len(entries) == len(written)
    for entry, reference in zip(entries.values(), written, strict=True):
        for role, names in (("author", reference.authors), ("editor", reference.editors)):
            persons = [
                tuple(
                    plain(" ".join(part), braces_group=True)
                    for part in (one.first_names + one.middle_names, one.prelast_names, one.last_names)
                )
                for one in entry.persons.get(role, [])
            ]
            assert persons == [(name.first, name.von, name.last) for name in names]
        assert plain(entry.fields["title"], braces_group=True) == reference.title


@examples(100)
@given(st.lists(references(), min_size=1, max_size=4))
def test_ris_and_csl_are_read_as_they_were_written(written: list[Reference]) -> None:
    for record, reference in zip(read(list(read_ris("".join(ris(written)).encode()))), written, strict=True):
        same(record, reference, kind=False)
    text = csl_json(written)
    assert len(json.loads(text)) == len(written)
    for record, reference in zip(read(list(read_csl_json(text.encode()))), written, strict=True):
        same(record, reference, kind=False)


@examples(20)
@given(references(), references())
def test_two_papers_of_one_key_are_cited_by_two(one: Reference, other: Reference) -> None:
    written = [one._replace(key="dup1"), other._replace(key="Dup1")]
    assert [item["id"] for item in json.loads(csl_json(written))] == ["dup1", "Dup1-2"]
    assert [line[6:] for line in "".join(ris(written)).split("\n") if line[:6] == "ID  - "] == [
        "dup1",
        "Dup1-2",
    ]


@examples(200)
@given(st.lists(st.one_of(PERSONS, GROUPS), max_size=5))
def test_names_in_a_list_are_the_names(names: list[PersonName]) -> None:
    assert names_listed(listed_names(names)) == names


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Learning at $O(1/k^2)$ & more", r"Learning at $O(1/k^2)$ \& more"),
        ("It costs $5", r"It costs \$5"),
        ("An $odd}$ one", r"An \$odd\textbraceright{}\$ one"),
        ("50% of C_1", r"50\% of C\_1"),
        (r"\write18{rm -rf /}", r"\textbackslash{}write18\textbraceleft{}rm -rf /\textbraceright{}"),
        (r"$\input{/etc/passwd}$", r"\$\textbackslash{}input\textbraceleft{}/etc/passwd\textbraceright{}\$"),
        (r"$\csname input\endcsname x$", r"\$\textbackslash{}csname input\textbackslash{}endcsname x\$"),
        ("$^^5cinput x$", r"\$\textasciicircum{}\textasciicircum{}5cinput x\$"),
    ],
)
def test_what_tex_would_act_upon_is_printed(text: str, written: str) -> None:
    assert tex(text) == written


@examples(200)
@given(st.text('{}$\\%&#_~^@" ,abinputwrite18', max_size=40))
def test_no_command_but_those_that_set_signs_is_written(text: str) -> None:
    outside = re.sub(r"(?<!\\)\$[^$]*(?<!\\)\$", "", tex(text))
    commands = set(re.findall(r"\\[A-Za-z]+", outside))
    assert commands <= {rf"\text{name}" for name in ("backslash", "braceleft", "braceright")} | {
        r"\textasciitilde",
        r"\textasciicircum",
    }
    assert outside.count("{") == outside.count("}")


def test_authors_that_are_not_all_are_others() -> None:
    names = (PersonName("Ann", "", "Bell"), OTHERS)
    (entry,) = bibtex([Reference("a", "misc", "T", names, (), None, None, "", "", "", "", "", "", (), {})])
    assert "{Bell, Ann and others}" in entry
    (record,) = read_bibtex(entry.encode())
    assert isinstance(record, Record) and record.authors == ("Ann Bell", "et al.")


def test_days_and_schools_stay_in_every_format() -> None:
    details = {"date": "2017-05-28", "institution": "University of X"}
    thesis = Reference(
        "k", "thesis", "T", (PersonName("Ann", "", "Bell"),), (), 2017, 5, "", "", "", "", "", "", (), details
    )
    (entry,) = bibtex([thesis])
    assert "@phdthesis{k," in entry and re.search(r"school *= \{University of X\}", entry)
    texts = {read_ris: "".join(ris([thesis])), read_csl_json: csl_json([thesis])}
    for reader, text in texts.items():
        (record,) = read(list(reader(text.encode())))
        assert {name: record.details.get(name) for name in details} == details
        assert (record.kind, record.details["month"]) == ("thesis", "5")
