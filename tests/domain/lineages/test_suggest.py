"""What is suggested next: prerequisites first, lineages begun before others, the queue over all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.lineages.suggest import Step, suggest
from papertrail.domain.paper import Status

READ, READING, QUEUED, UNREAD, DROPPED = (
    Status.READ,
    Status.READING,
    Status.QUEUED,
    Status.UNREAD,
    Status.DROPPED,
)


@dataclass
class Shelf:
    """Papers named by letters, `parents` as letters, each lineage a word of letters."""

    lines: Mapping[str, str]
    statuses: Mapping[str, Status] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    queued: str = ""
    resting: Sequence[str] = ()
    alone: str = ""
    again: str = ""

    def step(self, key: str) -> Step:
        status = self.statuses.get(key, UNREAD)
        return Step(ord(key), key, status, is_read=status is READ or key in self.again)

    def begun(self) -> list[Step]:
        return [self.step(key) for key in sorted(self.statuses) if self.statuses[key] is READING]

    def queue(self) -> list[Step]:
        return [self.step(key) for key in self.queued]

    def lineages(self) -> list[LineageProgress]:
        def number(papers: str, status: Status) -> int:
            return sum(self.statuses.get(key) is status for key in papers)

        return [
            LineageProgress(
                name, len(p), self.read(p), 0, active=name not in self.resting, reading=number(p, READING)
            )
            for name, p in self.lines.items()
        ]

    def read(self, papers: str) -> int:
        return sum(self.step(key).is_read for key in papers)

    def member_ids(self, lineage: str) -> list[int]:
        return [self.step(key).id for key in self.lines[lineage]]

    def steps(self, ids: Sequence[int]) -> list[Step]:
        return [self.step(chr(id_)) for id_ in ids]

    def parents(self, paper: int) -> list[Step]:
        return [self.step(key) for key in self.links.get(chr(paper), "")]

    def loose(self, limit: int) -> list[Step]:
        return [self.step(key) for key in self.alone[:limit]]


def suggested(shelf: Shelf, limit: int = 99, depth: int | Literal["all"] = 1) -> str:
    return "".join(chr(id_) for id_, _ in suggest(shelf, limit, depth))


def reason(shelf: Shelf, key: str, depth: int | Literal["all"] = 1) -> str:
    return dict(suggest(shelf, 99, depth))[ord(key)]


def test_what_is_begun_then_the_queue_then_lineages_in_order_then_the_rest() -> None:
    shelf = Shelf({"One": "abc", "Two": "def"}, {"e": READING, "c": QUEUED}, queued="c", alone="z")
    assert suggested(shelf) == "ecdfabz", "lineage Two is begun, so it comes before One"
    assert suggested(shelf, 2) == "ec"
    assert suggested(shelf, 0) == ""


@pytest.mark.parametrize("status", [READING, QUEUED])
def test_what_is_read_again_is_waited_for_by_nobody(status: Status) -> None:
    shelf = Shelf({"One": "abc", "Two": "de"}, {"a": status}, {"b": "a", "e": "a"}, again="a")
    shelf.queued = "a" * (status is QUEUED)
    assert suggested(shelf) == "abcde"
    assert reason(shelf, "a") == ("you are reading it again" if status is READING else "first in your queue")
    assert reason(shelf, "b") == "its parent a is read; 1 of 3 in One"
    alone = Shelf({"One": "ab"}, {"a": status}, again="a")
    assert reason(alone, "b") == "next in One, 1 of 2 read"
    assert suggested(Shelf({"One": "a"}, {"a": READING}, again="a")) == "a", (
        "a line read out is begun by none"
    )


def test_a_paper_waits_for_what_it_builds_on_itself_and_for_more_on_request() -> None:
    links = {"c": "bx", "x": "w", "w": "v"}
    shelf = Shelf({"One": "abc", "Two": "vwxyz"}, {"a": READ, "b": READ}, links)
    assert suggested(shelf) == "xcvwyz", "x is what c builds on; w is for those who ask for more"
    assert suggested(shelf, depth=2) == "wxcvyz"
    assert suggested(shelf, depth=3) == suggested(shelf, depth="all") == "vwxcyz"
    assert suggested(shelf, depth=0) == "cvwxyz", "the line alone"
    assert reason(shelf, "x") == "c builds on it"
    assert reason(shelf, "w", 2) == "x builds on it"
    assert reason(shelf, "c") == "its parent b is read; 2 of 3 in One"


def test_a_lineage_at_rest_lends_what_an_active_one_builds_on_and_no_lineage_does_too() -> None:
    links = {"c": "bx", "x": "w", "b": "z"}
    shelf = Shelf({"One": "abc", "Two": "vwxy"}, {"a": READ}, links, resting=["Two"], alone="pz")
    assert suggested(shelf) == "zbxcp"
    assert reason(shelf, "x") == "c builds on it"
    assert reason(shelf, "z") == "b builds on it"
    left = Shelf({"One": "abc"}, {"x": DROPPED}, links)
    assert suggested(left) == "azbc", "what was dropped is waited for by nobody"


def test_what_a_paper_builds_on_comes_in_its_own_order() -> None:
    links = {"z": "ab", "a": "b"}
    assert suggested(Shelf({"One": "z"}, {}, links)) == "baz", "a builds on b, though it stands first"
    assert suggested(Shelf({"One": "cba"}, {}, {"c": "b", "b": "a", "a": "x"})) == "xabc"
    assert suggested(Shelf({"One": "ca"}, {}, {"c": "x", "x": "ay"})) == "axc", "a is of this line, y is not"
    assert suggested(Shelf({}, {}, {"y": "zx"}, alone="yz")) == "zxy"


def test_a_chain_of_any_length_is_followed() -> None:
    papers = "".join(map(chr, range(5000, 9000)))
    links = dict(zip(papers[1:], papers, strict=False))
    assert suggested(Shelf({"One": papers[-1]}, {}, links), 9999, "all") == papers
    assert suggested(Shelf({"One": papers[::-1]}, {}, links), 9999) == papers


def test_each_suggestion_says_why() -> None:
    links = {"c": "ab", "d": "abc"}
    shelf = Shelf({"R-CNN": "abcd", "New": "mn"}, {"a": READ, "b": READ}, links, queued="", alone="z")
    assert reason(shelf, "c") == "its parents a and b are read; 2 of 4 in R-CNN"
    assert reason(shelf, "d") == "its parents a and b are read; 2 of 4 in R-CNN"
    assert reason(shelf, "m") == "the beginning of New"
    assert reason(shelf, "n") == "after m in New"
    assert reason(shelf, "z") == "added by you, in no lineage"
    three = Shelf({"L": "abcd"}, {"a": READ, "b": READ, "c": READ}, links)
    assert reason(three, "d") == "its parents a, b and c are read; 3 of 4 in L"
    assert reason(Shelf({"L": "ab"}, {"a": READ}), "b") == "next in L, 1 of 2 read"
    assert reason(Shelf({"L": "abc"}, {"a": READING, "b": DROPPED}), "c") == "after a in L"
    assert reason(Shelf({"L": "ab"}, {"b": READ}), "a") == "the beginning of L"
    queue = Shelf({"L": "ab"}, {"a": QUEUED, "b": QUEUED}, queued="ba")
    assert [why for _, why in suggest(queue, 9)] == ["first in your queue", "number 2 in your queue"]


LETTERS = "abcdefgh"


@given(
    st.dictionaries(st.sampled_from(LETTERS), st.sampled_from(Status), max_size=8),
    st.dictionaries(st.sampled_from(LETTERS), st.text(LETTERS, max_size=3), max_size=8),
    st.integers(0, 12),
)
def test_parents_come_first_and_nothing_twice(
    statuses: dict[str, Status], links: dict[str, str], limit: int
) -> None:
    older = {key: "".join(p for p in dict.fromkeys(parents) if p < key) for key, parents in links.items()}
    queued = "".join(key for key in LETTERS if statuses.get(key) is QUEUED)
    shelf = Shelf({"One": "hgfe", "Two": "dcba"}, statuses, older, queued=queued)
    order = suggested(shelf)
    assert len(set(order)) == len(order)
    assert suggested(shelf, limit) == order[:limit]
    assert set(order) == {key for key in LETTERS if statuses.get(key, UNREAD) in (UNREAD, QUEUED, READING)}
    assert sorted(suggested(shelf, depth="all")) == sorted(order)
    deepest = suggested(shelf, depth="all")
    for key in order:
        if statuses.get(key, UNREAD) is UNREAD:
            waited = [p for p in older.get(key, "") if p in order]
            assert all(deepest.index(parent) < deepest.index(key) for parent in waited)
            in_hand = not reason(shelf, key).endswith(" builds on it")
            assert not in_hand or all(order.index(parent) < order.index(key) for parent in waited)
