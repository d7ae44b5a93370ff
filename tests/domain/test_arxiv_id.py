"""arXiv ids: what is taken, what is refused, and that nothing else ever happens."""

import re
import subprocess
import sys

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from papertrail.domain.arxiv_id import ArxivId, find_identifiers, parse_arxiv_id
from papertrail.domain.errors import BadInput
from tests.cases import each
from tests.examples import examples

ARCHIVES = ("cs", "math", "hep-th", "quant-ph", "astro-ph", "solv-int", "cond-mat", "acc-phys", "q-bio")

# Around the id, how people and pages write it; the id takes the place of {}.
FORMS = (
    "{}",
    "  {}\n",
    "{}.pdf",
    "{}/",
    "{} [cs.CV]",
    "arXiv:{}",
    "arxiv: {}",
    "arXiv:{} [cs.CV]",
    "oai:arXiv.org:{}",
    "https://arxiv.org/abs/{}",
    "http://arxiv.org/abs/{}/",
    "HTTPS://ArXiv.org/abs/{}",
    "arxiv.org/abs/{}",
    "https://www.arxiv.org/pdf/{}",
    "https://arxiv.org/pdf/{}.pdf",
    "https://arxiv.org/pdf/{}.pdf?download=1#page=3",
    "https://export.arxiv.org/abs/{}",
    "https://browse.arxiv.org/html/{}",
    "https://arxiv.org/html/{}#S2",
    "https://arxiv.org/src/{}",
    "https://arxiv.org/e-print/{}",
    "https://arxiv.org/format/{}",
    "https://arxiv.org/ps/{}",
    "https://arxiv.org/bibtex/{}",
    "https://arxiv.org/abs/{}?context=cs.LG",
    "https://ar5iv.org/html/{}",
    "https://ar5iv.org/abs/{}",
    "https://ar5iv.labs.arxiv.org/html/{}",
    "https://www.alphaxiv.org/abs/{}",
    "https://alphaxiv.org/overview/{}",
    "https://alphaxiv.org/pdf/{}",
    "https://huggingface.co/papers/{}",
    "https://scirate.com/arxiv/{}",
    "https://www.semanticscholar.org/arxiv/{}",
    "https://api.semanticscholar.org/graph/v1/paper/arXiv:{}",
    "10.48550/arXiv.{}",
    "doi:10.48550/arXiv.{}",
    "DOI: 10.48550/ARXIV.{}",
    "https://doi.org/10.48550/arXiv.{}",
    "http://dx.doi.org/10.48550/arxiv.{}",
    "https://www.doi.org/10.48550/arXiv.{}",
    "https://doi.org/10.48550/\narXiv.{}",
    "doi:10.48550/arXiv.\n{}",
    "DOI 10.48550/ arXiv.{}",
    "http://arxiv.org/abs/arXiv:{}",
    "https://cn.arxiv.org/abs/{}",
    "https://de.arxiv.org/pdf/{}",
    "https://rss.arxiv.org/abs/{}",
    "https://xxx.lanl.gov/abs/{}",
    "https://arxiv.org/html/{}#S2.SS1",
    "https://arxiv.org/html/{}/x1.png",
    "https://arxiv.org/pdf/{}#page=4",
    "https://arxiv.org/abs/{}?utm_source=chat&x=1.2",
    "https://export.arxiv.org/api/query?id_list={}",
    "https://arxiv.org/search/?query={}&searchtype=all",
    "arxiv.org/\nabs/{}",
    "https://arxiv.org/abs/\n{}",
    "https://arxiv.org.ezproxy.example.edu/abs/{}",
    "https://arxiv-org.proxy.library.example.edu/pdf/{}.pdf",
    "https://login.proxy.example.edu/login?url=https://arxiv.org/abs/{}",
    "https://www.example.com/url?q=https%3A%2F%2Farxiv.org%2Fabs%2F{}&sa=D",
    "https://www.alphaxiv.org/audio/{}",
    "https://www.alphaxiv.org/resources/{}?tab=blog",
    "https://www.alphaxiv.org/zh/overview/{}",
    "https://hf.co/papers/{}",
    "https://huggingface.co/papers/{}#community",
    "https://huggingface.co/papers?q={}",
    "https://hf-mirror.com/papers/{}",
    "https://scholar.google.com/scholar?q={}",
    "https://web.archive.org/web/2018/https://arxiv.org/abs/{}",
    "https://inspirehep.net/search?p=find+eprint+{}",
    "https://www-alphaxiv-org.proxy.example.edu/abs/{}",
    "{{{{cite arxiv |eprint={} |class=cs.CL}}}}",
    "[[arXiv:{}]]",
    "\\href{{https://arxiv.org/abs/{}}}{{arXiv}}",
    "ArXiv, abs/{}.",
    "https://papers.cool/arxiv/{}",
    "https://papers.cool/arxiv/kimi?paper={}",
    "https://www.arxiv-vanity.com/papers/{}/",
    "https://www.connectedpapers.com/api/redirect/arXiv/{}",
    "https://www.example.org/paper/arxiv:{}",
    "arXiv.{}",
    "arXiv\N{FULLWIDTH COLON}{}",
    "\N{FULLWIDTH LATIN SMALL LETTER A}rXiv\N{FULLWIDTH COLON}{}",
    "arXiv id: {}",
    "arXiv preprint arXiv:{}, 2017.",
    "arXiv preprint {}",
    "ArXiv e-prints, {}",
    "arXiv:{} [q-bio.CB] 1 Jun 2007",
    "{} [q-bio.CB] 1 Jun 2007",
    "arXiv:[{}]",
    "(arXiv:{})",
    "CoRR abs/{}",
    "CoRR, vol. abs/{}, 2017",
    "volume = {{abs/{}}},",
    "abs/{}",
    "/pdf/{}.pdf",
    "eprint = {{{}}},",
    'eprint="{}"',
    "  eprint        = {{arXiv:{}}},",
    "@misc{{he2015,\n  title={{On 1.5 {{things}}}},\n  eprint={{{}}},\n  year={{2015}}\n}}",
    '"arxiv_id": "{}",',
    "[paper](https://arxiv.org/abs/{})",
    "[{}](https://arxiv.org/abs/{})",
    "![arXiv](https://img.example.org/badge/arXiv-{}-b31b1b.svg)",
    "<https://arxiv.org/abs/{}>",
    "<{}>",
    '<a href="https://arxiv.org/abs/{}">arXiv</a>',
    "**{}**",
    "`{}`",
    "[{}] A Title of Some Words",
    "Phys. Rev. D 76 (2007) 013009 [{}]",
    "- {}",
    "12. {}",
    "[12] {}",
    "- [ ] {}",
    "\N{LEFT DOUBLE QUOTATION MARK}{}\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{LEFT CORNER BRACKET}{}\N{RIGHT CORNER BRACKET}",
    "\N{FULLWIDTH LEFT PARENTHESIS}arXiv\N{FULLWIDTH COLON}{}\N{FULLWIDTH RIGHT PARENTHESIS}",
    "{}\N{IDEOGRAPHIC FULL STOP}",
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}{}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}",
    "{}!",
    "\N{INVERTED QUESTION MARK}{}?",
    "https://arxiv.org/abs/{}.",
    "https://arxiv.org/abs/{}),",
    "Read https://arxiv.org/abs/{}; it is short, 12.5 pages.",
    "\u89c1arXiv:{}\uff0c\u7b2c3\u8282",  # Chinese on both sides, without blanks
    "\u8bba\u6587arXiv\u7f16\u53f7\uff1a{}\u3002",
)

# A file's name holds no slash, so these are for ids since 2007.
FILES = (
    "{}.pdf",
    "~/Downloads/{}.pdf",
    "/home/reader/papers/{}.pdf",
    r"C:\Users\reader\Downloads\{}.pdf",
    "file:///home/reader/{}.pdf",
    "{} (1).pdf",
    "'/tmp/{}(2).pdf'",
    "~/Downloads/{}-1.pdf",
    "file:///home/reader/{}%20(1).pdf",
    "arXiv-{}.tar.gz",
    "{}.Attention_Is_All_You_Need.pdf",
    "papers/{} - Attention Is All You Need.pdf",
    "papers/{}_attention.pdf",
    "Attention Is All You Need ({}).pdf",
    "[{}] Attention Is All You Need.pdf",
)


@st.composite
def new_ids(draw: st.DrawFn) -> str:
    year = draw(st.integers(7, 99))
    month = draw(st.integers(4 if year == 7 else 1, 12))
    digits = 4 if year < 15 else 5
    return f"{year:02}{month:02}.{draw(st.integers(1, 10**digits - 1)):0{digits}}"


@st.composite
def old_ids(draw: st.DrawFn) -> str:
    year = draw(st.sampled_from([*range(91, 100), *range(8)]))
    month = draw(st.integers(1, 3 if year == 7 else 12))
    return f"{draw(st.sampled_from(ARCHIVES))}/{year:02}{month:02}{draw(st.integers(1, 999)):03}"


valid_ids = st.one_of(new_ids(), old_ids())
versions = st.one_of(st.none(), st.integers(1, 999))


@examples(100)
@given(valid_ids, versions, st.sampled_from(FORMS))
def test_every_valid_id_is_read_in_every_form(id_: str, version: int | None, form: str) -> None:
    written = id_ if version is None else f"{id_}v{version}"
    assert parse_arxiv_id(form.format(written, written)) == ArxivId(id_, version)


@examples(100)
@given(new_ids(), versions, st.sampled_from(FILES))
def test_every_valid_id_is_read_in_the_name_of_a_file(id_: str, version: int | None, form: str) -> None:
    text = form.format(id_ if version is None else f"{id_}v{version}")
    assert parse_arxiv_id(text) == ArxivId(id_, version)


@examples(100)
@given(
    valid_ids,
    st.lists(st.sampled_from(["()", "[]", "<>", '""', "''", "``", "**", "\u300a\u300b", "\u201e\u201c"])),
)
def test_wrappings_may_be_nested(id_: str, wrappings: list[str]) -> None:
    text = id_
    for pair in wrappings:
        text = f"{pair[0]}{text}{pair[1]}."
    assert parse_arxiv_id(text) == ArxivId(id_)


@examples(100)
@given(
    st.lists(valid_ids, min_size=2, max_size=3, unique=True), st.sampled_from(FORMS), st.sampled_from("\n;, ")
)
def test_two_different_ones_are_refused_by_name(ids: list[str], form: str, between: str) -> None:
    text = between.join(form.format(id_, id_) for id_ in ids)
    found = {paper.id for paper in find_identifiers(text).ids}
    assume(len(found) > 1)  # a line of words beside a number is none
    with pytest.raises(BadInput) as caught:
        parse_arxiv_id(text)
    assert caught.value.cause.startswith("there are two papers in it, ")
    assert sum(id_ in caught.value.cause for id_ in ids) == 2


@examples(100)
@given(valid_ids, st.lists(st.sampled_from(FORMS), min_size=2, max_size=3))
def test_the_same_one_several_times_is_one(id_: str, forms: list[str]) -> None:
    assert parse_arxiv_id("\n".join(form.format(id_, id_) for form in forms)).id == id_


@examples(100)
@given(
    st.text("0123456789.,:;/%()[] \n", max_size=60),
    st.sampled_from(
        ["{} metres", "about {}", "${}", "-{}", "{} %", "a{}", "p. {}", "10.1234/{}x", "\u20ac{}", "v{}"]
    ),
)
@example("1512.03385", "{} metres")
@example("1706.03762", "10.1234/{}x")
@example("1706.03762", "${}")
def test_numbers_among_words_are_never_an_id(numbers: str, sentence: str) -> None:
    assume(not re.search(r"\[\d{4}\.\d{4,5}\]", numbers))
    lines = "\n".join(sentence.format(line) for line in numbers.split("\n") if line.strip())
    assert find_identifiers(lines).ids == ()


@examples(100)
@given(
    valid_ids,
    st.sampled_from(["arXiv:{}", "{}", "https://arxiv.org/abs/{}", "10.48550/arXiv.{}", "{}.pdf"]),
    st.sampled_from(["", *"0123456789"]),
    st.sampled_from(["", *"0123456789axz", ".1", "%", "v0", "v01", "v"]),
)
def test_an_id_within_a_longer_number_or_word_is_none(id_: str, form: str, before: str, after: str) -> None:
    longer = form.format(f"{before}{id_}{after}")
    found = {paper.id for paper in find_identifiers(longer).ids}
    lengthened = before and not id_[0].isdigit()  # `7cs/0112017`
    assert found == ({id_} if not (before or after) else set()) or (lengthened and not found)


def test_a_reply_of_arxiv_about_an_error_names_no_paper() -> None:
    assert not find_identifiers("https://arxiv.org/api/errors#incorrect_id_format_for_1506.01497").ids
    assert not find_identifiers("https://arxiv.org/api/errors#incorrect_id_format_for_hep-th/9901001").ids


@examples(100)
@given(valid_ids)
def test_a_canonical_id_is_read_as_itself(id_: str) -> None:
    assert parse_arxiv_id(parse_arxiv_id(id_).id) == ArxivId(id_)


@examples(100)
@given(st.one_of(st.text(), st.text("0123456789./vV-arxivcspdf:%#? [](){}\x1b\u202e", max_size=30)))
@example("%")
@example("%2")
@example("http://[")
@example("1506.01497v" + "9" * 5000)
@example("\ud800")
@example("arXiv:" * 5000)
@example("x" * 1_000_000)
@example("@a{" * 3000)
@example("arXiv:1706.03762 " * 5000)
def test_any_other_text_is_refused_in_one_clean_line(text: str) -> None:
    try:
        found = parse_arxiv_id(text)
    except BadInput as error:
        line = str(error)
        assert error.cause and error.remedy
        assert line.isprintable() or not line.isascii()
        assert len(line) < 140
        assert not set(line) & set("\n\r\t\x1b\x9b\u202e")
    else:
        assert parse_arxiv_id(found.id) == ArxivId(found.id)


@each(
    ("text", "id_", "version"),
    [
        ("1412.6980", "1412.6980", None),  # the last zero is part of it
        ("0704.0001", "0704.0001", None),
        ("1501.00001", "1501.00001", None),
        ("1512.03385V2", "1512.03385", 2),
        ("math.GT/0309136", "math/0309136", None),
        ("math.GT/0309136v2", "math/0309136", 2),
        ("CS/0112017", "cs/0112017", None),
        ("cs.CL/0112017", "cs/0112017", None),
        ("cond-mat.mtrl-sci/9901001", "cond-mat/9901001", None),
        ("solv-int/9901001", "solv-int/9901001", None),
        ("hep-th/9108001v1", "hep-th/9108001", 1),
        ("https://arxiv.org/abs/cs%2F0112017", "cs/0112017", None),
        ("https://arxiv.org/abs/hep-th%2f9108001v1", "hep-th/9108001", 1),
        ("https://arxiv.org/abs/hep\u2010th/9901001", "hep-th/9901001", None),
        ("see math-ph/0309136, section 2", "math-ph/0309136", None),
        ("https://arxiv.org/ftp/cs/papers/0112/0112017.pdf", "cs/0112017", None),
        ("https://arxiv.org/PS_cache/hep-th/pdf/9901/9901001v3.pdf", "hep-th/9901001", 3),
        ("https://arxiv.org/ftp/arxiv/papers/1706/1706.03762.pdf", "1706.03762", None),
        ("https://ui.adsabs.harvard.edu/abs/2017arXiv170603762V/abstract", "1706.03762", None),
        ("2014arXiv1412.6980K", "1412.6980", None),
        ("https://dblp.org/rec/journals/corr/abs-1706-03762.html", "1706.03762", None),
        ("arXiv:1706. 03762", "1706.03762", None),
        ("~/Downloads/hep-th_9901001v2.pdf", "hep-th/9901001", 2),
        ("hep-th/9901001.pdf", "hep-th/9901001", None),
        ("https://arxiv.org/abs/1706.03762\nAttention Is All You Need", "1706.03762", None),
        ("1506.\u200b01497", "1506.01497", None),  # a blank of no width, as pages put in to break lines
    ],
)
def test_details_of_the_grammar(text: str, id_: str, version: int | None) -> None:
    assert parse_arxiv_id(text) == ArxivId(id_, version)


@each(
    "text",
    [
        "",
        "   ",
        "resnet",
        "0112017",  # the archive is lost
        "1512.3385",  # padding it would be guessing
        "704.0001",  # what a spreadsheet makes of 0704.0001
        "1412.06980",
        "1501.0001",
        "1506.014977",
        "1513.00001",
        "1500.00001",
        "0703.0001",
        "0000.0000",
        "1506.00000",
        "1506.01497v0",
        "1506.01497v02",
        "1506.01497v",
        "1506.01497x",
        "1506,01497",
        "cs/0112000",
        "cs/0704001",
        "cs/9001001",
        "cs/0113001",
        "nosuch/0112017",
        "cs/011201",
        "cs0112017",
        "c s/0112017",
        "arXiv:",
        "https://arxiv.org/abs/",
        "https://arxiv.org/list/cs.CV/recent",
        "https://example.org/abs/1506.01497",
        "https://notarxiv.example.org/abs/1506.01497",
        "https://example.org/hep-th/9901001",
        "pre-cs/0112017",
        "/home/reader/cs/0112017",
        "https://www.semanticscholar.org/paper/2c03df8b48bf3fa39054345bafabfeff15bfd11d",
        "ticket arXiv:2017.12345",  # no year has 17 months
        "on page 1506.01497-1506.01499",
        "192.168.15.06, 1506.01497.2",
        "1506.01497 EUR",
        "EUR 1506.01497",
        "$1506.01497",
        "-1506.01497",
        "+1506.01497",
        "~1506.01497",
        "1506.01497%",
        "version 2.1506.01497",
        "package-1506.01497.tar.gz",
        "https://example.org/papers/1506.01497.pdf",
        "viXra:1207.0123",
        "https://vixra.org/abs/1207.0123",
        "https://vixra.org/pdf/1207.0123v1.pdf",
        "vixra.org/pdf/1207.0123v1.pdf",
        "medarxiv.org/abs/1506.01497",
        "reprint 1506.01497 of 1990",
        "arXiv\u4e0a\u67091506.01497\u7c73",
        "+49 1506.01497",
        "x = 1506.01497 y",
        "It measured 1512.03385 metres, see report.pdf",
        "arXiv, founded in 1991; 1512.03385 metres",
        "chemRxiv:1506.01497",
        "notarxiv:1506.01497",
        "arXiv:1506.014977",
        "https://arxiv.org/abs/1506.014977",
        "https://arxiv.org/list/cs/1506",
        "https://arxiv.org/a/he_k_1",
        "https://huggingface.co/datasets/a/1506.01497",
        "١٥٠٦.٠١٤٩٧",
        "1506.01497\N{COMBINING ACUTE ACCENT}",
        "https://arxiv.org/abs/1506.01497%",
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"no arXiv id: they look like 1506\.01497"):
        parse_arxiv_id(text)


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1109/CVPR.2016.90", "10.1109/cvpr.2016.90"),
        ("https://doi.org/10.1109/5.726791.", "10.1109/5.726791"),
        ("doi:10.5555/arXiv.1706.03762", "10.5555/arxiv.1706.03762"),  # its digits are no id
    ],
)
def test_a_doi_of_another_publisher_is_refused_as_one(text: str, doi: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_arxiv_id(text)
    assert str(caught.value) == f"{doi} is a DOI, but none of arXiv's: give its arXiv id, or add it by hand"


def test_an_id_beside_the_doi_of_where_it_appeared_is_taken() -> None:
    found = find_identifiers("He et al. arXiv:1512.03385. In: CVPR 2016, doi:10.1109/CVPR.2016.90.")
    assert found.ids == (ArxivId("1512.03385"),)
    assert [str(doi) for doi in found.dois] == ["10.1109/cvpr.2016.90"]


def test_an_address_of_another_site_behind_one_of_arxiv_is_not_its_own() -> None:
    text = "[1](https://arxiv.org/abs/1706.03762)[2](https://example.org/1512.03385)https://example.org/1512.03386"
    assert find_identifiers(text).ids == (ArxivId("1706.03762"),)


def test_the_refusal_shows_what_was_given_but_not_all_of_it() -> None:
    with pytest.raises(BadInput) as caught:
        parse_arxiv_id("\x1b]52;c;ZXZpbA==\x07 " + "y" * 400)
    assert caught.value.exit_code == 2
    assert caught.value.cause.startswith("]52;c;ZXZpbA== yyy")
    assert "…" in caught.value.cause
    assert len(caught.value.cause) < 90


def test_importing_it_loads_no_urllib() -> None:
    code = "import sys, papertrail.domain.arxiv_id; print('urllib.parse' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
