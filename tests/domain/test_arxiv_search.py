"""What is searched for, in the grammar of arXiv's query API."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.arxiv_search import ArxivSearch
from papertrail.domain.errors import BadInput
from tests.cases import each
from tests.examples import examples

TODAY = date(2026, 3, 1)
# One term; nothing in it ends it, its quotation marks, its brackets, or the words between terms.
TERM = (
    r'(?:ti|au|abs|co|jr|rn|all):(?:[^\W_]+(?:_[^\W_]+)*|"[\w.\'’+ -]+")|cat:[a-z-]+(?:\.[A-Za-z-]+|\.?\*)?'
)


@each(
    ("typed", "query"),
    [
        ("residual learning", "all:residual AND all:learning"),
        ('"residual learning"', 'all:"residual learning"'),
        ("“residual learning”", 'all:"residual learning"'),
        ("R-CNN", 'all:"R-CNN"'),
        ("C++ 3.5", 'all:"C++" AND all:"3.5"'),
        ("ti:residual au:He_K", "ti:residual AND au:He_K"),
        ('TI:"deep residual" abs:depth', 'ti:"deep residual" AND abs:depth'),
        ("cat:CS.cv nets", "cat:cs.CV AND all:nets"),
        ("residual AND learning", "all:residual AND all:learning"),
        ("ResNet: a (short) survey!", "all:ResNet AND all:a AND all:short AND all:survey"),
        ("残差网络", "all:残差网络"),
        ("a) OR:b", 'all:a AND all:"OR b"'),
        ("and or", "all:and AND all:or"),
    ],
)
def test_words_become_terms(typed: str, query: str) -> None:
    assert ArxivSearch(typed).query(TODAY) == query


@each(
    ("wanted", "query"),
    [
        (ArxivSearch(authors=("Kaiming He", "Sun")), 'au:"Kaiming He" AND au:Sun'),
        (ArxivSearch("x", categories=("cs.cv",)), "all:x AND cat:cs.CV"),
        (ArxivSearch("x", categories=("cs", "stat.ml")), "all:x AND (cat:cs.* OR cat:stat.ML)"),
        (ArxivSearch(categories=("hep-th",)), "cat:hep-th"),
        (ArxivSearch(categories=("COND-MAT",)), "cat:cond-mat*"),
        (ArxivSearch(categories=("cond-mat.MTRL-SCI",)), "cat:cond-mat.mtrl-sci"),
        (ArxivSearch("x", since="2015"), "all:x AND submittedDate:[201501010000 TO 202603022359]"),
        (ArxivSearch("x", until="2016-02"), "all:x AND submittedDate:[199101010000 TO 201602292359]"),
        (
            ArxivSearch("x", since="2015-6-4", until="2015"),
            "all:x AND submittedDate:[201506040000 TO 201512312359]",
        ),
    ],
)
def test_conditions_become_terms(wanted: ArxivSearch, query: str) -> None:
    assert wanted.query(TODAY) == query


@each(
    ("wanted", "said"),
    [
        (ArxivSearch(), "no word to search for"),
        (ArxivSearch("  ?! *** "), "no word to search for"),
        (ArxivSearch('""'), "no word to search for"),
        (ArxivSearch('"residual'), "left open"),
        (ArxivSearch("a OR b"), "OR is not understood"),
        (ArxivSearch("a ANDNOT b"), "ANDNOT is not understood"),
        (ArxivSearch("a " * 31), "too long"),
        (ArxivSearch("a" * 301), "too long"),
        (ArxivSearch("x", authors=(" ",)), "an author has no name"),
        (ArxivSearch("x", categories=("cs.CV) OR (all:x",)), "is no category"),
        (ArxivSearch("x", categories=("",)), "is no category"),
        (ArxivSearch("cat:5"), "is no category"),
        *(
            (ArxivSearch("x", since=bad), "no date")
            for bad in ("15", "2015-13", "2015-02-30", "0000", "soon")
        ),
        (ArxivSearch("x", since="2027"), "nothing is from 2027"),
        (ArxivSearch("x", since="2016", until="2015"), "up to 2015"),
    ],
)
def test_what_cannot_be_searched_for_is_refused(wanted: ArxivSearch, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        wanted.query(TODAY)


@examples(200)
@given(
    st.text(st.sampled_from('ab "():[]*?~^\\/{}&+-_.|<>:tiau\x1b\u202e残é'), max_size=40)
    | st.text(max_size=40),
    st.text(max_size=10),
)
def test_nothing_typed_gets_out_of_its_term(words: str, author: str) -> None:
    try:
        query = ArxivSearch(words, (author,)).query(TODAY)
    except BadInput:
        return
    assert all(re.fullmatch(TERM, term) for term in query.split(" AND ")), query
