"""BibTeX as programs and people write it: every good entry is read, a damaged one named and read in part."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.paper import Status
from papertrail.domain.records import Record, RecordProblem
from papertrail.sources.formats.bibtex import read_bibtex
from tests.examples import examples

ZOTERO = r"""
@inproceedings{he_deep_2016,
	address = {Las Vegas, NV, USA},
	title = {Deep {Residual} {Learning} for {Image} {Recognition}},
	isbn = {978-1-4673-8851-1},
	url = {http://ieeexplore.ieee.org/document/7780459/},
	doi = {10.1109/CVPR.2016.90},
	abstract = {Deeper neural networks are more difficult to train. 100\% \& more.},
	booktitle = {2016 {IEEE} {Conference} on {Computer} {Vision} and {Pattern} {Recognition} ({CVPR})},
	author = {He, Kaiming and Zhang, Xiangyu},
	month = jun,
	year = {2016},
	note = {ISBN: 9781467388511},
	keywords = {Computer Science - Computer Vision, residual},
	pages = {770--778},
	annote = {The shortcut \emph{is} the idea.},
	file = {Full Text PDF:/home/me/Zotero/a b.pdf:application/pdf;Snapshot:/home/me/x.html:text/html},
}
"""
JABREF = r"""% Encoding: UTF-8
@Article{Goodfellow2014,
  author     = {Ian J. Goodfellow and Yoshua Bengio},
  title      = {Generative Adversarial Networks},
  date       = {2014-06-10},
  journaltitle = {NeurIPS},
  eprint     = {1406.2661},
  eprinttype = {arxiv},
  eprintclass = {stat.ML},
  file       = {:papers/gan.pdf:PDF},
  groups     = {Generative, GAN},
  ranking    = {rank4},
  readstatus = {read},
}
@Comment{jabref-meta: databaseType:biblatex;}
"""
DBLP = """@article{DBLP:journals/corr/RenHG015,
  author       = {Shaoqing Ren and
                  Kaiming He},
  title        = {Faster {R-CNN:} Towards Real-Time Object Detection},
  journal      = {CoRR},
  volume       = {abs/1506.01497},
  year         = {2015},
  url          = {http://arxiv.org/abs/1506.01497},
  eprinttype    = {arXiv},
  eprint       = {1506.01497},
  bibsource    = {dblp computer science bibliography, https://dblp.org}
}
"""
MENDELEY = r"""@article{Knuth1984,
author = {Knuth, Donald E. and van der Waals, Johannes and King, Jr., Martin Luther
          and {The {ATLAS} Collaboration}},
file = {:C$\backslash$:/Users/me/knuth.pdf:pdf},
mendeley-tags = {tex,typesetting},
title = {{Literate Programming in K{\"o}ln and \O resund: $x^{2}$}},
year = {1984}
}
"""


def read(text: str | bytes) -> tuple[list[Record], list[RecordProblem]]:
    found = list(read_bibtex(text.encode("utf-8") if isinstance(text, str) else text))
    records = [one for one in found if isinstance(one, Record)]
    return records, [one for one in found if isinstance(one, RecordProblem)]


def only(text: str | bytes) -> Record:
    (record,), problems = read(text)
    assert problems == []
    return record


def test_what_zotero_writes() -> None:
    paper = only(ZOTERO)
    assert (paper.line, paper.key, paper.kind) == (2, "he_deep_2016", "inproceedings")
    assert paper.title == "Deep Residual Learning for Image Recognition"
    assert paper.authors == ("Kaiming He", "Xiangyu Zhang")
    assert (paper.year, paper.doi, paper.arxiv_id) == (2016, "10.1109/cvpr.2016.90", None)
    assert paper.venue == "2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)"
    assert paper.abstract == "Deeper neural networks are more difficult to train. 100% & more."
    assert paper.tags == ("Computer Science - Computer Vision", "residual")
    assert paper.attached == ("/home/me/Zotero/a b.pdf",)
    assert "The shortcut is the idea." in paper.note
    assert paper.details["pages"] == "770–778" and paper.details["month"] == "6"


def test_what_jabref_writes() -> None:
    paper = only(JABREF)
    assert (paper.arxiv_id, paper.year, paper.venue) == ("1406.2661", 2014, "NeurIPS")
    assert (paper.rating, paper.status, paper.tags) == (4, Status.READ, ("Generative", "GAN"))
    assert paper.attached == ("papers/gan.pdf",)


def test_what_dblp_writes() -> None:
    paper = only(DBLP)
    assert (paper.arxiv_id, paper.venue) == ("1506.01497", "")
    assert paper.title == "Faster R-CNN: Towards Real-Time Object Detection"


def test_what_mendeley_writes() -> None:
    paper = only(MENDELEY)
    assert paper.title == "Literate Programming in Köln and Øresund: $x^{2}$"
    assert paper.authors == (
        "Donald E. Knuth",
        "Johannes van der Waals",
        "Martin Luther King, Jr.",
        "The ATLAS Collaboration",
    )
    assert paper.attached == ("C:/Users/me/knuth.pdf",)


def test_macros_joins_and_what_is_referred_to() -> None:
    records, problems = read(
        '@string{cvpr = "Proc. {CVPR}"}\n'
        "@proceedings{p, title = cvpr # { 2016}, year = 2016, editor = {A B}}\n"
        '@inproceedings{a, title = "A {"}quoted{"} thing", author = {C D}, crossref = {P}}\n'
    )
    assert problems == []
    assert [record.title for record in records] == ["Proc. CVPR 2016", 'A "quoted" thing']
    assert (records[1].venue, records[1].year) == ("Proc. CVPR 2016", 2016)
    assert records[1].details["editor"] == "B, A"


def test_days_come_from_nothing_that_is_not_referred_to() -> None:
    records, _ = read(
        "@article{, title = {No key}, year = 2003}\n@misc{a, title = {A}}\n"
        "@book{p, title = {P}, year = 1999, month = may}\n"
        "@inbook{b, title = {B}, date = {2001}, crossref = {p}}\n"
    )
    assert [record.year for record in records] == [2003, None, 1999, 2001]
    assert "month" not in records[-1].details


def test_a_list_of_authors_that_is_not_whole_stays_so() -> None:
    records, _ = read("@misc{a, title = {A}, author = {Ann Bell and others}}\n")
    assert records[0].authors == ("Ann Bell", "et al.") and "author" not in records[0].details


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        ("@article{a, title = {No end, author = {X},\n year = {2001}\n\n", 1, "does not end"),
        ("@article{a, title = {T} year = {2001}}\n", 1, "a comma is missing behind title"),
        ("@article{a, title = {T}, title = {U}, year = {2001}}\n", 1, "title twice"),
        ("@article{a, title = {T}},\n year = {2001}}\n", 1, "a brace too many"),
    ],
)
def test_a_damaged_entry_is_named_and_all_others_come(text: str, line: int, cause: str) -> None:
    records, problems = read(text + "\n@book{good, title = {Good}}\n")
    assert [record.title for record in records][-1] == "Good"
    assert any(cause in problem.cause and problem.line >= line for problem in problems), problems
    assert records[0].key == "a" and records[0].title.startswith(("T", "No end"))


def test_the_encodings_of_windows() -> None:
    text = "@article{a, title = {Köln – “Straße”}}"
    for data in (text.encode("cp1252"), text.encode("utf-16"), b"\xef\xbb\xbf" + text.encode("utf-8")):
        assert only(data).title == "Köln – “Straße”"
    assert only(text.replace("{a,", "{a,\r\n").encode("utf-8")).title == "Köln – “Straße”"


def test_entries_of_one_key_are_all_read() -> None:
    records, _ = read("@misc{a, title={One}}\n@misc{a, title={Two}}\n")
    assert [record.title for record in records] == ["One", "Two"]


@examples(200)
@given(st.text('@article{}",=#\\ \n\tkeytia$%2', max_size=120))
def test_nothing_is_raised_and_the_entry_behind_is_read(text: str) -> None:
    read(text)


@examples(100)
@given(st.integers(0, len(ZOTERO)), st.integers(0, 5), st.text(max_size=3))
def test_every_other_entry_survives_a_damage(at: int, length: int, put: str) -> None:
    damaged = ZOTERO[:at] + put.replace("@", "") + ZOTERO[at + length :]
    records, _ = read(JABREF + damaged + "\n\n@book{good, title = {Good}}\n")
    titles = [record.title for record in records]
    assert titles[0] == "Generative Adversarial Networks" and titles[-1] == "Good"


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        (r"{{CNN}s for K{\"o}ln and {B}ayes, m{RNA}}", "{CNN}s for Köln and {B}ayes, m{RNA}"),
        (r"{The {\TeX}book and {\"O}sterreich}", "The {TeX}book and Österreich"),
        ("{{Whole Title}}", "{Whole Title}"),
        ("{No braces}", None),
        (r"{A \emph{CNN} and {R}}", None),
        ("{At $x^{2}$ {CNN}}", None),
        (r"{The set \{A\} of {B}}", None),
    ],
)
def test_pieces_of_a_title_that_keep_their_capitals_are_known(title: str, kept: str | None) -> None:
    assert only(f"@misc{{a, title = {title}}}").details.get("title") == kept


def test_what_is_referred_to_and_is_not_there_is_told() -> None:
    records, problems = read(
        "@misc{x, title={X}}\n@inproceedings{a, title={A}, author={C D}, crossref={gone_1}}\n"
    )
    assert [problem.cause for problem in problems] == ["a refers to gone_1, which is not in the file"]
    assert (problems[0].line, records[1].title, records[1].details["crossref"]) == (2, "A", "gone_1")


def test_what_is_referred_to_gives_its_title_as_that_of_the_book_or_journal() -> None:
    records, problems = read(
        "@inproceedings{a, author={C D}, crossref={p}}\n@article{b, title={B}, crossref={q}}\n"
        "@inproceedings{c, title={C}, crossref={r}}\n"
        "@proceedings{p, title={Proc. of P}, year=2001}\n@periodical{q, title={Journal Q}}\n"
        "@proceedings{r, title={Proceedings of the R}, booktitle={Proc. R}}\n"
    )
    assert problems == [] and records[0].title == ""
    assert [one.venue for one in records[:3]] == ["Proc. of P", "Journal Q", "Proc. R"]
    assert records[1].details["journaltitle"] == "Journal Q"


def test_groups_are_tags_beside_keywords() -> None:
    assert only("@misc{a, title={A}, keywords={k}, groups={G one, H}}").tags == ("k", "G one", "H")


def test_no_accent_at_the_beginning_of_a_name_is_lost() -> None:
    text = r"@misc{k, title={T}, author={{\O}r and \v{C}ech, E. AND \'Emile Zola and {A and B} and \AA s, X}}"
    (record,) = read_bibtex(text.encode())
    assert isinstance(record, Record)
    assert record.authors == ("Ør", "E. Čech", "Émile Zola", "A and B", "X Ås")


def test_what_mendeley_escapes_in_dois_and_addresses_is_no_end_of_them() -> None:
    text = r"@misc{k, title={T}, doi={10.1000/x\_1{\_}2}, url={http://x.org/{\~{}}me/?a=b{\&}c=d{\%}20\#e}}"
    (record,) = read_bibtex(text.encode())
    assert isinstance(record, Record)
    assert (record.doi, record.urls) == ("10.1000/x_1_2", ("http://x.org/~me/?a=b&c=d%20#e",))


def test_macros_made_of_macros_fill_no_memory() -> None:
    text = '@string{s0 = "abc"}\n' + "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(60))
    (record,) = read_bibtex(f"{text}@misc{{k, title={{T}}, note=s60, journal=s3}}".encode())
    assert isinstance(record, Record)
    assert record.venue == "abc" * 8 and len(record.details["note"]) < 5_000


def test_what_does_not_end_is_read_in_time() -> None:
    start = time.process_time()
    found = list(read_bibtex(b"@misc{k,title={T}" + b"\n" * 50_000 + b"y"))
    assert [one.line for one in found] == [1, 1]
    assert time.process_time() - start < 2


def test_what_endnote_writes_without_a_key() -> None:
    text = "\n@article{\n   author = {Smith, J.},\n   title = {A},\n   year = {2000}\n}\n\n@book{title={B}}\n"
    found = [(one.line, one.key, one.title) for one in read_bibtex(text.encode()) if isinstance(one, Record)]
    assert found == [(2, "", "A"), (8, "", "B")]


def test_remarks_within_an_entry_are_none_of_its_fields() -> None:
    text = "@misc{k, % it\n title={T}, % old:\n % note = {No},\n %year = 1,\n doi={10.1000/1},\n"
    text += " year = 2001 % it is\n}"
    (record,) = read_bibtex(text.encode())
    assert isinstance(record, Record)
    assert (record.title, record.year, record.doi, record.details) == ("T", 2001, "10.1000/1", {})


def test_a_word_behind_an_at_sign_begins_no_entry_within_an_abstract() -> None:
    text = "@misc{k, abstract={See\n@property(x) and\n @foo{bar} too},\n title={T}}\n\n@misc{l,\n title={L}}"
    first, second = read_bibtex(text.encode())
    assert isinstance(first, Record) and isinstance(second, Record)
    assert (first.title, first.abstract) == ("T", "See\n@property(x) and\n @foobar too")
    assert (second.line, second.key) == (6, "l")


def test_such_a_word_behind_an_entry_that_does_not_end_takes_none_along() -> None:
    text = "@misc{k, title={Open,\n@foo{bar}\n@misc{l, title={L}}}\n@misc{m, title={M}}"
    titles = [one.title for one in read_bibtex(text.encode()) if isinstance(one, Record)]
    assert titles[-2:] == ["L", "M"]


def test_journals_that_astronomers_name_by_commands_are_named_in_words() -> None:
    text = r"@article{a, title={A}, journal={\prl}} @article{b, title={B}, journal={{\aap}}, volume={1}}"
    text += r"@article{c, title={C}, journal={\unknown}}"
    venues = [one.venue for one in read_bibtex(text.encode()) if isinstance(one, Record)]
    assert venues == ["Physical Review Letters", "Astronomy and Astrophysics", r"\unknown"]


def test_what_only_sorts_is_no_year_and_angles_of_old_dois_are_signs() -> None:
    text = (
        r"@misc{a, title={A}, year={{\noopsort{1973b}}1981}, doi={10.1002/1:6$<$2::A{\textgreater}3.CO;2-C}}"
    )
    (record,) = read_bibtex(text.encode())
    assert isinstance(record, Record)
    assert (record.year, record.doi) == (1981, "10.1002/1:6<2::a>3.co;2-c")


def test_what_many_entries_share_fills_no_memory() -> None:
    long = "x " * 50_000
    text = f"@string{{s = {{{long}}}}}\n@book{{p, title={{P}}, publisher={{{long}}}}}\n"
    text += "@misc{a, title={A}, journal=s, crossref={p}}"
    *others, child = read_bibtex(text.encode())
    assert isinstance(child, Record)
    rest = "what is behind its first 2,000 signs is left out"
    assert [one for one in others if isinstance(one, RecordProblem)] == [
        RecordProblem(1, f"@string s: {rest}"),
        RecordProblem(3, f"a refers to p, publisher: {rest}"),
    ]
    assert len(child.details["journal"]) <= 2_000 and len(child.details["publisher"]) <= 2_000
