"""What lineages are called, and what the links between papers say: order, ancestors, gaps, the next step."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import BadInput
from papertrail.domain.lineages.lineage import (
    ancestors,
    descendants,
    find_cycle,
    folded_name,
    gaps,
    known_name,
    names_meant,
    next_step,
    reading_order,
    twin,
    way_down,
)
from papertrail.domain.text import clean_line
from tests.cases import each
from tests.domain.lineages.map.graphs import Case, large_cases
from tests.domain.lineages.spellings import NAMES, spellings
from tests.examples import examples

LETTERS = "abcdefghij"
LINKS = {"c": "ab", "d": "c", "e": "cx"}
LINKED = st.dictionaries(st.sampled_from(LETTERS), st.text(LETTERS, max_size=3), max_size=10)


def test_what_stands_on_what() -> None:
    assert ancestors("d", LINKS) == {"a", "b", "c"}
    assert ancestors("a", LINKS) == set()
    assert descendants("a", LINKS) == {"c", "d", "e"}
    assert descendants("e", LINKS) == set()


def test_gaps_are_read_papers_whose_parents_are_not() -> None:
    assert gaps("abcde", LINKS, {"c", "e"}) == [("c", "a"), ("c", "b")]
    assert gaps("abcde", LINKS, {"a", "b", "d"}) == [("d", "c")]
    assert gaps("abcde", LINKS, set("abcde")) == [], "x is not among them"


def test_the_next_step_waits_for_what_it_builds_on() -> None:
    assert next_step("dcba", LINKS, set()) == "a"
    assert next_step("dcba", LINKS, {"a"}) == "b"
    assert next_step("dcba", LINKS, {"a", "b", "c"}) == "d"
    assert next_step("dcba", LINKS, set("abcd")) is None


def test_a_circle_is_named() -> None:
    with pytest.raises(BadInput, match="a → b → a is a circle"):
        reading_order("ab", {"a": "b", "b": "a"})


@given(LINKED, st.permutations(LETTERS))
def test_the_order_of_reading_respects_every_link(links: dict[str, str], keys: list[str]) -> None:
    older = {key: "".join(dict.fromkeys(p for p in some if p < key)) for key, some in links.items()}
    assert find_cycle(older) == ()
    order = reading_order(keys, older)
    assert sorted(order) == sorted(keys)
    for child, some in older.items():
        assert all(order.index(parent) < order.index(child) for parent in some)
        assert ancestors(child, older) >= set(some)
        assert all(child in descendants(parent, older) for parent in some)
    assert reading_order(order, older) == order


@examples(10)
@given(large_cases())
def test_the_order_of_many_papers_respects_every_link(drawn: Case) -> None:
    papers, links = drawn
    order = {key: place for place, key in enumerate(reading_order([p.key for p in papers], links))}
    assert len(order) == len(papers)
    assert all(order[parent] < order[child] for child, parents in links.items() for parent in parents)
    child = next(iter(links), "")
    for ancestor in ancestors(child, links):
        way = way_down(child, ancestor, links)
        assert (way[0], way[-1]) == (child, ancestor)
        assert all(below in links[above] for above, below in pairwise(way))
        assert order[ancestor] < order[child]


def test_the_way_down_is_the_shortest() -> None:
    assert way_down("d", "a", LINKS) == ["d", "c", "a"]
    assert way_down("d", "a", {**LINKS, "d": "ca"}) == ["d", "a"]
    assert way_down("a", "d", LINKS) == []


@examples(100)
@given(st.sampled_from(NAMES).flatmap(lambda name: st.tuples(st.just(name), spellings(name))))
def test_every_spelling_is_the_one_lineage(drawn: tuple[str, str]) -> None:
    name, spelling = drawn
    assert folded_name(spelling) == folded_name(name)
    assert twin(spelling, NAMES) == known_name(spelling, NAMES) == name
    assert names_meant(spelling, NAMES) == [name]
    assert known_name(spelling, NAMES, new=True) == clean_line(spelling), "whoever insists gets another one"
    assert folded_name(folded_name(name)) == folded_name(name)


def test_the_nearest_spelling_is_meant_where_there_are_several() -> None:
    names = ["YOLO v1–v3", "YOLO v1-v3", "yolo v1-v3"]
    for name in names:
        assert twin(name, names) == name and names_meant(name, names) == [name]
    assert twin("YOLO V1-V3", names) == "YOLO v1-v3"
    assert names_meant("yolov1v3", names) == names, "which of them is for the reader to say"


@each(
    ("text", "meant"),
    [
        ("rcnn", ["R-CNN to Faster R-CNN"]),
        ("faster", ["R-CNN to Faster R-CNN", "After Faster R-CNN"]),
        ("to fast", ["R-CNN to Faster R-CNN"]),
        ("after", ["After Faster R-CNN"]),
        ("and after", ["YOLOv4 and after"]),
        ("stage", ["One-stage detectors"]),
        ("ONE STAGE", ["One-stage detectors"]),
        ("yolo", ["YOLO v1–v3", "YOLOv4 and after"]),
        ("v1v3", ["YOLO v1–v3"]),
        ("–", []),
        (" ", []),
        ("", []),
        ("nothing", []),
    ],
)
def test_a_part_of_a_name_finds_it(text: str, meant: list[str]) -> None:
    names = [
        "R-CNN to Faster R-CNN",
        "YOLO v1–v3",
        "After Faster R-CNN",
        "YOLOv4 and after",
        "One-stage detectors",
    ]
    assert names_meant(text, names) == meant


def test_a_name_of_dashes_alone_is_a_name_still() -> None:
    assert known_name("—", ["SGD"]) == "—"
    assert known_name("—", ["—"]) == "—"
    assert folded_name("- -") == "- -"
    with pytest.raises(BadInput, match="cannot be the name"):
        known_name("ＡＬＬ", [])
