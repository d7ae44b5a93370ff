"""Queries that one goes on typing behind."""

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.query.parser import parse
from papertrail.domain.query.printer import as_first_terms, ready_for_more
from papertrail.domain.query.tree import Text, joined
from tests.cases import each
from tests.domain.query.test_with_order import PIECES
from tests.examples import examples


@each(
    ("text", "then"),
    [
        ("", ""),
        ("net  sort:key", "net  sort:key"),
        ("(yolo or resnet) fast", "(yolo or resnet) fast"),
        ("yolo or resnet", "(yolo or resnet)"),
        ("yolo 或 resnet sort:-year", "(yolo or resnet) sort:-year"),
        ("sort:key yolo or sort:year f(x or a b", "(yolo or f(x or a b) sort:key sort:year"),
        ("a or f(x", "(a or f(x )"),
        ("net OR", "net"),
        ("net or net", "net"),
        ("net or net sort:key", "net sort:key"),
        ('"deep res', '"deep res*"'),
        ("(net", "net"),
    ],
)
def test_examples(text: str, then: str) -> None:
    assert as_first_terms(text) == then


@examples(200)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
def test_what_is_typed_behind_it_narrows_all_of_it(text: str) -> None:
    before, after = parse(text).query, parse(f"{as_first_terms(text)} wide").query
    assert after.order == before.order
    first = [] if before.where is None else [before.where]
    assert after.where == joined("all", [*first, Text("", "wide")])


@examples(200)
@given(st.lists(st.sampled_from([*PIECES, "and", "--", "https:"]), max_size=8).map(" ".join))
def test_getting_ready_for_more_changes_nothing(text: str) -> None:
    ready = ready_for_more(text)
    assert parse(ready).query == parse(text).query
    assert ready == ready.lstrip()
