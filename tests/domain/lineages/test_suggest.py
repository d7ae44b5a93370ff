"""What is suggested next: prerequisites first, lineages begun before others, the queue over all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.lineages.suggest import Step, suggest
from papertrail.domain.paper import Status

READ, READING, QUEUED, UNREAD = Status.READ, Status.READING, Status.QUEUED, Status.UNREAD


@dataclass
class Shelf:
    """Papers named by letters, `parents` as letters, each lineage a word of letters."""

    lines: Mapping[str, str]
    statuses: Mapping[str, Status] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    queued: str = ""
    resting: Sequence[str] = ()
    alone: str = ""

    def step(self, key: str) -> Step:
        active = any(key in papers for name, papers in self.lines.items() if name not in self.resting)
        return Step(ord(key), key, self.statuses.get(key, UNREAD), active)

    def begun(self) -> list[Step]:
        return [self.step(key) for key in sorted(self.statuses) if self.statuses[key] is READING]

    def queue(self) -> list[Step]:
        return [self.step(key) for key in self.queued]

    def lineages(self) -> list[LineageProgress]:
        def number(papers: str, status: Status) -> int:
            return sum(self.statuses.get(key) is status for key in papers)

        return [
            LineageProgress(
                name, len(p), number(p, READ), 0, active=name not in self.resting, reading=number(p, READING)
            )
            for name, p in self.lines.items()
        ]

    def members(self, lineage: str) -> list[Step]:
        return [self.step(key) for key in self.lines[lineage]]

    def parents(self, paper: int) -> list[Step]:
        return [self.step(key) for key in self.links.get(chr(paper), "")]

    def loose(self, limit: int) -> list[Step]:
        return [self.step(key) for key in self.alone[:limit]]


def suggested(shelf: Shelf, limit: int = 99) -> str:
    return "".join(chr(id_) for id_, _ in suggest(shelf, limit))


def reason(shelf: Shelf, key: str) -> str:
    return dict(suggest(shelf, 99))[ord(key)]


def test_what_is_begun_then_the_queue_then_lineages_in_order_then_the_rest() -> None:
    shelf = Shelf({"One": "abc", "Two": "def"}, {"e": READING, "c": QUEUED}, queued="c", alone="z")
    assert suggested(shelf) == "ecdfabz", "lineage Two is begun, so it comes before One"
    assert suggested(shelf, 2) == "ec"
    assert suggested(shelf, 0) == ""


def test_a_paper_waits_for_what_it_builds_on_in_any_active_lineage() -> None:
    links = {"c": "bx", "x": "w"}
    shelf = Shelf({"One": "abc", "Two": "wxyz"}, {"a": READ, "b": READ}, links)
    assert suggested(shelf) == "wxcyz"
    assert reason(shelf, "x") == "c builds on it"
    assert reason(shelf, "w") == "x builds on it"
    assert reason(shelf, "c") == "its parent b is read; 2 of 3 in One"
    resting = Shelf({"One": "abc", "Two": "wxyz"}, {"a": READ, "b": READ}, links, resting=["Two"])
    assert suggested(resting) == "c", "nothing is suggested from a lineage at rest"


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
    for key in order:
        if statuses.get(key, UNREAD) is UNREAD:
            waited = [p for p in older.get(key, "") if p in order]
            assert all(order.index(parent) < order.index(key) for parent in waited)
