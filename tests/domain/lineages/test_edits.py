"""What the journal tells of lineages changed by hand."""

from typing import Any

import pytest

from papertrail.domain.lineages.edits import Change, lineage_edits
from papertrail.domain.lineages.lineage import merge_order
from tests.cases import each


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


def as_in_file(*lineages: str) -> Change:
    return "as-in-file", None, None, {"lineages": list(lineages), "links": [["x", "y"]]}


@each(
    ("rows", "where"),
    [
        ([], "A"),
        ([made("A"), put("A", "x")], "A"),
        ([made("A"), rested("A")], "A"),
        ([removed("A")], None),
        ([renamed("A", "B")], "B"),
        ([renamed("A", "B"), renamed("B", "C")], "C"),
        ([renamed("A", "B"), renamed("B", "A")], "A"),
        ([renamed("A", "B"), removed("B")], None),
        # What is made by hand under a name of the file is another lineage.
        ([removed("A"), made("A")], None),
        ([renamed("A", "B"), made("A")], "B"),
        ([renamed("A", "B"), made("A"), removed("A")], "B"),
        ([renamed("A", "B"), made("A"), renamed("A", "C")], "B"),
        ([removed("A"), renamed("D", "A")], None),
        ([renamed("A", "T"), renamed("D", "A"), renamed("T", "D")], "D"),
        ([taken("A", "x")], None),
        ([taken("A", "other")], "A"),
        ([taken("A", "x"), put("A", "x")], "A"),
        ([taken("A", "x"), renamed("A", "B")], None),
        ([taken("A", "x"), renamed("A", "B"), put("B", "x")], "B"),
        # A file asked for by name ends it.
        ([removed("A"), as_in_file("A")], "A"),
        ([renamed("A", "B"), as_in_file("A")], "A"),
        ([taken("A", "x"), as_in_file("A")], "A"),
        ([removed("A"), as_in_file("D")], None),
    ],
)
def test_where_a_file_s_paper_x_of_lineage_a_belongs(rows: list[Change], where: str | None) -> None:
    edits = lineage_edits(rows)
    assert edits.lineage("A", "x") == where
    if where != "A":
        assert edits.speak_against(["A"], [])


def test_what_two_lineages_swapped_hold() -> None:
    edits = lineage_edits([renamed("A", "T"), renamed("B", "A"), renamed("T", "B")])
    assert (edits.lineage("A", "x"), edits.lineage("B", "x")) == ("B", "A")


def test_orders_and_links_by_hand() -> None:
    edits = lineage_edits(
        [moved("A", "x"), renamed("A", "B"), moved("C", "x"), removed("C"), unlinked("x", "y")]
    )
    assert edits.ordered == {"B"}
    assert edits.unlinked == {("x", "y")}
    assert not lineage_edits([unlinked("x", "y"), linked("x", "y")]).unlinked
    assert not lineage_edits([unlinked("x", "y"), as_in_file()]).unlinked
    assert not lineage_edits([moved("A", "x"), as_in_file("A")]).ordered
    assert not lineage_edits([moved("A", "x"), unlinked("x", "y")]).speak_against(["B"], [("x", "z")])


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
