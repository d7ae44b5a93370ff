"""A query as it was typed, sorted otherwise."""

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.query.parser import parse
from papertrail.domain.query.printer import with_order
from papertrail.domain.query.tree import Sort
from tests.cases import each
from tests.examples import examples

PIECES = (
    "net", '"deep res', '"deep residual"', "sort:year", "sort:-key", "-sort:words", "sort:",
    "排序：年份", "(", ")",
    "or", "-", "NOT", "year:2015..", "状态:在读", "section:limits:x", "sort:nothing", "  ", "残差",
)  # fmt: skip


@each(
    ("text", "sort", "then"),
    [
        ("", Sort("year", True), "sort:-year"),
        ("net", Sort("year", True), "net sort:-year"),
        ("net NOT", Sort("key"), "sort:key net NOT"),
        ("net sort:key unet", None, "net unet"),
        ("-sort:year net", Sort("key"), "net sort:key"),
        ("NOT sort:year net", Sort("key"), "net sort:key"),
        ("unet NOT - sort:year net", None, "unet net"),
        ("排序：年份 残差", Sort("added", True), "残差 sort:-added"),
        ('net "open qu', Sort("key"), 'sort:key net "open qu'),
    ],
)
def test_examples(text: str, sort: Sort | None, then: str) -> None:
    assert with_order(text, [sort] if sort else []) == then


@examples(200)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join), st.booleans())
def test_all_but_the_order_stays(text: str, is_sorted: bool) -> None:
    order = (Sort("title", True),) if is_sorted else ()
    before, after = parse(text).query, parse(with_order(text, order)).query
    assert after.order == order
    assert after.where == before.where
