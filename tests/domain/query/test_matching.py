"""Which papers a query holds of."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papertrail.domain.query.matching import Record, holds, matches
from papertrail.domain.query.parser import parse
from papertrail.domain.query.printer import to_text
from papertrail.domain.query.values import bounds
from papertrail.domain.query.words import has_word, words
from papertrail.domain.text import fold
from tests.cases import each
from tests.domain.query.typed import TODAY, queries, records, terms
from tests.examples import examples

RESNET = Record(
    key="resnet",
    title="Deep Residual Learning for Image Recognition",
    text=fold(
        "resnet Deep Residual Learning for Image Recognition Kaiming He Łukasz Bottou 2015 CVPR 1512.03385"
    ),
    added=date(2026, 11, 20),
    authors=("Kaiming He", "Łukasz Bottou"),
    year=2015,
    venue="CVPR",
    arxiv_id="1512.03385",
    doi="10.1109/CVPR.2016.90",
    abstract="We present a residual-learning framework in C++ and ＲｅｓＮｅｔ.",
    note="Superpixels are no help. 残差网络很深。언어모델 ニューラルネットワーク\nfails on small objects",
    sections=(("Key idea: in a line", "残差网络很深。"), ("Limits", "fails on small objects"), ("Open", "")),
    status="reading",
    owed=True,
    explains=False,
    lineages=("Residual — line",),
    tags=("thesis", "to show"),
    read=date(2026, 3, 31),
    words=412,
    rating=4,
)  # fmt: skip


@each(
    "text",
    [
        "", "deep", "DEEP residual", "esidua", "lukasz", "Łukasz bottou", "1512", "2015", "cvpr",
        "resnet deep",
        "superpix", "superpixels", "残差", "差网", "\"残差网络\"", "언어", "모델", "ネット",
        "resnet -unet", "ｒｅｓｎｅｔ",
        "c++", '"C++"', "residual-learning", "deep or unet", "-unet", "-(unet or vgg)", "framework thesis",
        '"small objects"', "“small objects”", '"small obj', '"small obj*"', 'note:"small objects"',
        "note:super",
        "title:resid", 'title:"deep residual learning"', "author:he", 'author:"kaiming he"', "author:bott",
        "venue:cvpr", "key:res", "arxiv:1512", "doi:10.1109/cvpr", "abstract:framework", "abstract:resnet",
        "section:limits", "section:limits:small", 'section:lim:"small objects"', '章节:"key idea":残差',
        "-section:open",
        "lineage:residual", "lineage:line", 'lineage:"residual line"', "tag:the", "tag:thesis",
        'tag:"to show"',
        "status:reading", "status:unread,reading", "状态:在读", "-status:read", "owed", "-counted",
        "explains:no",
        "has:note", "has:abstract", "-has:pdf", "has:pdf,tag", "year:2015", "year:201", "year:..2015",
        "year:<2016",
        "-year:2016..", "words:>200", "rating:4..", "added:<2w", "added:1w", "added:2026-11",
        "added:..yesterday",
        "read:2026-03", "read:2026-03..", "read:>3m", "read:..2026-03", "read:1y..1m", "sort:-year",
        "year:abc",
    ],
)  # fmt: skip
def test_what_holds(text: str) -> None:
    assert matches(parse(text).query, RESNET, TODAY), to_text(parse(text).query)


@each(
    "text",
    [
        "unet", "deep unet", "perpixels", "差残", '"resid"', '"deep learning"', '"objects small"',
        "-deep", "note:deep",
        "title:esidual", 'title:"deep resid"', "author:ming", 'author:"he Łukasz"', "abstract:small",
        "C#", "d++",
        "section:open", "section:key:small", "lineage:yolo", 'lineage:"residual"', "tag:hesis", 'tag:"to"',
        "status:read", "-status:reading", "counted", "-owed", "explains:yes", "has:pdf", "year:2016",
        "year:>2015",
        "words:..411", "rating:5", "added:<1w", "added:>1w", "added:today", "read:2026-04..",
        "read:<2026-03",
        "(deep or unet) vgg", "-(deep or unet)",
    ],
)  # fmt: skip
def test_what_does_not(text: str) -> None:
    assert not matches(parse(text).query, RESNET, TODAY), to_text(parse(text).query)


@each(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-03-05", "2026-03-05", "2026-03-05"),
        ("today", "2026-11-27", "2026-11-27"),
        ("yesterday..", "2026-11-26", None),
        ("2w", "2026-11-13", "2026-11-27"),
        ("<2w", "2026-11-14", None),
        ("<=2w", "2026-11-13", None),
        (">2w", None, "2026-11-12"),
        (">=2w", None, "2026-11-13"),
        ("9m", "2026-02-27", "2026-11-27"),
        ("2y..1y", "2024-11-27", "2025-11-27"),
        ("1y..2y", "2024-11-27", "2025-11-27"),
        ("2026-03..", "2026-03-01", None),
        ("..2026-03", None, "2026-03-31"),
        ("2026-03..1w", "2026-03-01", "2026-11-20"),
        ("<2026-03", None, "2026-02-28"),
        (">2026-03", "2026-04-01", None),
        (">=2026-03", "2026-03-01", None),
        ("<=2026-03", None, "2026-03-31"),
        (">9999", "9999-12-31", None),
        ("9999y..", "0001-01-01", None),
        ("9999w..", "1835-04-10", None),
    ],
)
def test_ranges_of_dates(text: str, first: str | None, last: str | None) -> None:
    ends = bounds(text, TODAY)
    assert tuple(end and end.isoformat() for end in ends) == (first, last)


def test_a_month_ago_is_in_the_month_before() -> None:
    assert bounds("1m..", date(2026, 3, 31)) == (date(2026, 2, 28), None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Naïve R-CNN", ["naive", "r", "cnn"]),
        ("C++, C#", ["c", "+", "+", "c", "#"]),
        ("残差net", ["残", "差", "net"]),
        ("언어", ["언", "어"]),
        ("ネット", ["ネ", "ッ", "ト"]),
        ("snake_case …", ["snake", "case"]),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text())
@example("\ufa6e\u30fb")
@examples(60)
def test_a_word_is_known_before_it_is_found(text: str) -> None:
    assert has_word(text) == bool(words(text))


@given(queries, terms, st.lists(records(), min_size=1, max_size=5))
@examples(40)
def test_another_term_never_adds_papers(text: str, term: str, papers: list[Record]) -> None:
    before = to_text(parse(text).query)
    after = parse(f"{before} {term}").query
    for paper in papers:
        assert matches(parse(before).query, paper, TODAY) or not matches(after, paper, TODAY), (before, term)


@given(queries, records())
@examples(40)
def test_what_is_left_out_is_the_rest(text: str, paper: Record) -> None:
    where = parse(text).query.where
    if where is not None:
        turned = parse(f"-({to_text(parse(text).query)})").query.where
        assert turned is not None and holds(turned, paper, TODAY) != holds(where, paper, TODAY)


@given(
    st.lists(
        st.sampled_from(["deep", "resid", "NET", "残差", "łukasz", "2015", "r-cnn", "c++", "(x)", "&"]),
        max_size=3,
    ),
    records(),
)
@examples(40)
def test_plain_words_all_stand_in_the_text(said: list[str], paper: Record) -> None:
    """Whatever else is searched, a paper whose text holds the folded words is found."""
    if all(word in paper.text for word in fold(" ".join(said)).split()):
        assert matches(parse(" ".join(said)).query, paper, TODAY)


@given(st.text(alphabet="abZ09 \n\t+#.-_[]()\"'\x00\x7f\r"))
def test_plain_text_has_the_words_that_any_text_has(text: str) -> None:
    """Plain text takes a way of its own, four times as fast: a letter beyond it takes the other one."""
    assert words(text) == words(f"{text} é")[:-1]
