"""What the journal tells of lineages changed by hand."""

from typing import Any

import pytest

from papertrail.domain.lineage import merge_order
from papertrail.domain.lineage_edits import Change, lineage_edits


def made(name: str) -> Change:
    return "lineage", None, None, {"lineage": name}


def removed(name: str) -> Change:
    return "lineage", None, {"lineage": name, "papers": ["x"]}, None


def renamed(old: str, new: str) -> Change:
    return "lineage", None, {"lineage": old}, {"lineage": new}


def put(name: str, key: str) -> Change:
    return "lineage", key, None, {"lineage": name}


def taken(name: str, key: str) -> Change:
    return "lineage", key, {"lineage": name, "place": 0}, None


def moved(name: str, key: str) -> Change:
    return "lineage", key, {"lineage": name, "place": 0}, {"lineage": name, "place": 2}


def rested(name: str) -> Change:
    return "lineage", None, {"lineage": name, "active": True}, {"lineage": name, "active": False}


def linked(child: str, parent: str) -> Change:
    return "link", child, None, {"builds_on": parent}


def unlinked(child: str, parent: str) -> Change:
    return "link", child, {"builds_on": parent}, None


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ([], "A"),
        ([made("A"), put("A", "x")], "A"),
        ([made("A"), rested("A")], "A"),
        ([removed("A")], None),
        ([removed("A"), made("A")], "A"),
        ([renamed("A", "B")], "B"),
        ([renamed("A", "B"), renamed("B", "C")], "C"),
        ([renamed("A", "B"), renamed("B", "A")], "A"),
        ([renamed("A", "B"), removed("B")], None),
        ([renamed("A", "B"), made("A")], "A"),
        ([renamed("A", "B"), removed("B"), made("A")], "A"),
        ([taken("A", "x")], None),
        ([taken("A", "other")], "A"),
        ([taken("A", "x"), put("A", "x")], "A"),
        ([taken("A", "x"), renamed("A", "B")], None),
        ([taken("A", "x"), renamed("A", "B"), put("B", "x")], "B"),
        ([taken("A", "x"), removed("A"), made("A")], "A"),
    ],
)
def test_where_a_file_s_paper_x_of_lineage_a_belongs(rows: list[Change], where: str | None) -> None:
    assert lineage_edits(rows).lineage("A", "x") == where


def test_orders_and_links_by_hand() -> None:
    edits = lineage_edits(
        [moved("A", "x"), renamed("A", "B"), moved("C", "x"), removed("C"), unlinked("x", "y")]
    )
    assert edits.ordered == {"B"}
    assert edits.unlinked == {("x", "y")}
    assert not lineage_edits([unlinked("x", "y"), linked("x", "y")]).unlinked


@pytest.mark.parametrize(
    ("existing", "wanted", "merged"),
    [
        ("cab", "abc", "cab"),
        ("cab", "axbc", "caxb"),
        ("cab", "xabc", "cxab"),
        ("cab", "xy", "cabxy"),
        ("", "ab", "ab"),
    ],
)
def test_new_names_are_let_into_an_order_that_is_kept(existing: str, wanted: str, merged: str) -> None:
    result: Any = merge_order(existing, wanted, keep=True)
    assert "".join(result) == merged
