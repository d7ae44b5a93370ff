"""Lines in which the words of a query stand: what is shown, and what is marked in it."""

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.query.hits import Hit, Term, Texts, cut, find, mark, pieces, terms
from papertrail.domain.query.matching import Record, holds
from papertrail.domain.query.parser import parse
from papertrail.domain.query.tree import Query, Text
from papertrail.domain.query.words import stand_in, words
from papertrail.domain.text import clean_line
from tests.cases import each
from tests.domain.query.typed import TODAY, queries
from tests.examples import examples

WIDE = 10**9
signs = st.text(
    alphabet=st.sampled_from("aAbéÉß残差언ᄒ\u1161\u11ab ½ﬁ\u0301-.\n\t\u200b\x1b") | st.characters(),
    max_size=40,
)
texts = st.builds(
    Texts, key=st.just("some-key"), title=signs, authors=st.lists(signs, max_size=2),
    tags=st.lists(signs, max_size=2), venue=signs, abstract=signs, note=signs,
)  # fmt: skip


def _cells(text: str) -> int:
    seen = (sign for sign in text if unicodedata.category(sign) not in ("Mn", "Me", "Cf"))
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in seen)


def _shown(query: str, of: dict[str, str]) -> tuple[str, str, int] | None:
    """Return what is shown of a paper: where, the line with brackets round what is marked, its number."""
    texts = Texts("resnet", "Deep Residual Learning")._replace(**of)
    hit = find(parse(query).query, texts, 60)
    if hit is None:
        return None
    return (
        hit.where,
        "".join(f"[{text}]" if is_marked else text for text, is_marked in hit.pieces()),
        hit.number,
    )


@each(
    ("query", "of", "where", "line", "number"),
    [
        ("resid learn", {}, "title", "Deep [Resid]ual [Learn]ing", 0),
        ("net", {}, "key", "res[net]", 0),
        ("superpixels", {"note": "## Idea\n- Superpixels, merged"}, "note", "- [Superpixels], merged", 2),
        ("superpixels", {"note": "superpixels", "abstract": "superpixels"}, "note", "[superpixels]", 1),
        ("deep superpixels", {"note": "deep\nour superpixels"}, "note", "our [superpixels]", 2),
        ("a b", {"note": "only a\nc\na and b"}, "note", "[a] [a]nd [b]", 3),
        ('"small objects"', {"abstract": "small, SMALL, objects"}, "abstract", "small, [SMALL, objects]", 0),
        ('"small objects"', {"note": "x\nmiss small\nobjects"}, "note", "miss [small]", 2),
        ("残差", {"abstract": "用残差网络"}, "abstract", "用[残差]网络", 0),
        ("언어", {"abstract": "한국 언어모델"}, "abstract", "한국 [언어]모델", 0),
        ("언어", {"abstract": unicodedata.normalize("NFD", "언어모델")}, "abstract",
         unicodedata.normalize("NFD", "[언어]모델"), 0),
        ("ネット", {"note": "ニューラルネットワーク"}, "note", "ニューラル[ネット]ワーク", 1),
        ("cafe", {"note": "the CAFE\u0301."}, "note", "the [CAFE\u0301].", 1),
        ("lukasz", {"abstract": "by ŁUKASZ Kaiser"}, "abstract", "by [ŁUKASZ] Kaiser", 0),
        ("resnet", {"key": "x", "abstract": "ＲｅｓＮｅｔs"}, "abstract", "[ＲｅｓＮｅｔ]s", 0),
        ("gros", {"abstract": "wie groß"}, "abstract", "wie [groß]", 0),
        ("C++", {"abstract": "in c, C++ and C#"}, "abstract", "in c, [C++] and C#", 0),
        ("foo or (bar -baz)", {"abstract": "baz bar foo"}, "abstract", "baz [bar] [foo]", 0),
        ("note:deep", {"note": "deep"}, "note", "[deep]", 1),
        ("abstract:deep", {"note": "deep", "abstract": "as deep"}, "abstract", "as [deep]", 0),
        ("title:small", {"note": "---\ntitle: small\n---\nnothing"}, None, "", 0),
        ("small", {"note": "---\ntitle: small\n---\nsmall"}, "note", "[small]", 4),
        ("section:lim:small", {"note": "## Idea\nsmall\n## Limits\nso small"}, "note", "so [small]", 4),
        ("-deep", {}, None, "", 0),
        ("status:read", {}, None, "", 0),
        ("nowhere", {"note": "now here", "abstract": "no where"}, None, "", 0),
        ("", {}, None, "", 0),
    ],
)  # fmt: skip
def test_the_line_that_tells_most(
    query: str, of: dict[str, str], where: str | None, line: str, number: int
) -> None:
    assert _shown(query, of) == (None if where is None else (where, line, number))


@pytest.mark.parametrize("before", ["x " * 700, "深度" * 400, "", "a" * 2000])
@pytest.mark.parametrize("after", [" y" * 700, "学习" * 400, "", "." * 9])
@pytest.mark.parametrize("cells", [30, 61, 120])
def test_a_long_line_is_cut_round_the_first_marked_word(before: str, after: str, cells: int) -> None:
    hit = find(parse("残差 needle").query, Texts("k", "t", abstract=f"{before} needle 残差{after}"), cells)
    assert hit is not None
    assert "needle" in [text for text, is_marked in hit.pieces() if is_marked]
    assert _cells(hit.line) <= cells
    if _cells(f"{before} needle 残差{after}") > cells + 20:
        assert _cells(hit.line) > cells * 2 // 3


@examples(300)
@given(queries, texts, st.integers(0, 50) | st.just(WIDE))
def test_what_is_marked_are_words_asked_for_and_the_pieces_are_the_line(
    typed: str, of: Texts, cells: int
) -> None:
    query = parse(typed).query
    hit = find(query, of, cells)
    if hit is None:
        return
    assert "".join(text for text, _ in hit.pieces()) == hit.line
    assert _cells(hit.line) <= cells
    spans = hit.spans
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    if cells == WIDE:
        assert spans
        if hit.where == "note":
            assert hit.line == clean_line(of.note.split("\n")[hit.number - 1])
        asked = {word for term in terms(query) for word in term.words}
        for start, end in spans:
            there = words(hit.line[start:end])
            # A sign that is several letters, such as ½ or ß, is marked as a whole.
            assert any(word in there or any(one in word for one in there) or any(word in one for one in there)
                       for word in asked)  # fmt: skip


@examples(300)
@given(signs, st.data())
def test_words_are_marked_wherever_they_stand(text: str, data: st.DataObject) -> None:
    there = words(text)
    if not there:
        return
    first = data.draw(st.integers(0, len(there) - 1))
    last = data.draw(st.integers(first, len(there) - 1))
    node = Text("abstract", " ".join(there[first : last + 1]), whole=True)
    line = clean_line(text)
    spans = mark(Query(node), "abstract", line)
    assert holds(node, Record("k", "t", "", TODAY, abstract=text), TODAY) == bool(spans)
    # Signs that are several words, such as ½, are marked as a whole.
    assert all(stand_in(list(words(node.text)), words(line[a:b]), whole=True) for a, b in spans)


@pytest.mark.parametrize(
    "text",
    ["residual " * 600, "残差网络" * 1300, "naïve " * 900, "a" * 5000, "언어 " * 1700, "a, " * 1700],
    ids=["english", "chinese", "accents", "one-word", "korean", "short"],
)
def test_long_lines_take_no_time(text: str) -> None:
    query = parse('残差 nai residual a "a a a b" "residual residual x" 언어').query
    find(query, Texts("k", "t", note=text, abstract=text), 80)
    started = time.process_time()
    find(query, Texts("k", "t", note=text, abstract=text), 80)
    assert time.process_time() - started < 0.2  # some 10 ms


def test_a_hundred_thousand_lines_in_which_nothing_stands_take_little() -> None:
    note = "nothing that is asked for\n" * 20_000
    started = time.process_time()
    assert find(parse("superpixels").query, Texts("k", "t", note=note + "superpixels"), 80) == Hit(
        "note", "superpixels", ((0, 11),), 20_001
    )
    assert time.process_time() - started < 0.5


def test_a_title_is_marked_as_it_stands() -> None:
    assert mark(parse("res").query, "title", "ResNet") == ((0, 3),)
    assert list(pieces("ResNet", [(0, 3)])) == [("Res", True), ("Net", False)]


def test_what_must_not_stand_is_no_term() -> None:
    assert terms(parse("a a -b (c or -d) lineage:e tag:f section:limits").query) == [
        Term("", "", ("a",), False),
        Term("", "", ("c",), False),
        Term("tag", "", ("f",), False),
    ]


@each("cells", range(8))
def test_hardly_any_room(cells: int) -> None:
    line, spans = cut("深度 residual learning", [(3, 11)], cells)
    assert _cells(line) <= cells
    assert all(0 <= a < b <= len(line) for a, b in spans)
