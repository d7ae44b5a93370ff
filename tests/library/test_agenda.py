"""What to read next on real trails: two hundred drawn at random, and the one that papertrail comes with."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from papertrail.domain.lineages.suggest import Suggestion
from papertrail.domain.paper import Status
from papertrail.library import Home, Library, create_trail, open_library
from papertrail.sources.seeds_csv import packaged_seeds
from tests.seeds_files import read_seeds
from tests.trails import opened, small_trail

OPEN = (Status.UNREAD, Status.QUEUED)
PAPERS = 24
CLEAR = (
    "DELETE FROM lineage_paper",
    "DELETE FROM builds_on",
    "DELETE FROM reading",
    "DELETE FROM lineage",
    "DELETE FROM paper",
)
PUT_PAPER = """
INSERT INTO paper (id, key, title, authors, venue, categories, urls, source, metadata_state, edited_fields,
  folded, position, added_at)
VALUES (?, ?, ?, '', '', '', '', 'seed', 'seed', '', ?, ?, '2026-03-01T00:00:00Z')
"""


@dataclass
class Trail:
    """A trail drawn at random: links without circles, lineages that overlap, some of them at rest."""

    statuses: dict[str, Status] = field(default_factory=dict)
    parents: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)
    resting: set[str] = field(default_factory=set)
    queue: list[str] = field(default_factory=list)
    again: set[str] = field(default_factory=set)

    @classmethod
    def drawn(cls, seed: int) -> "Trail":
        draw = random.Random(seed)
        trail = cls()
        keys = [f"p{number:02}" for number in range(PAPERS)]
        order = draw.sample(keys, PAPERS)  # parents stand before their children here, and nowhere else
        for place, key in enumerate(order):
            trail.parents[key] = draw.sample(order[:place], min(place, draw.choice((0, 1, 1, 2, 3))))
            trail.statuses[key] = draw.choice((*(Status.UNREAD,) * 5, *Status))
        for number in range(draw.randrange(5)):
            members = draw.sample(keys, draw.randrange(1, 9))
            in_order = draw.random() < 0.7
            trail.lines[f"line {number}"] = sorted(members, key=order.index) if in_order else members
            if draw.random() < 0.25:
                trail.resting.add(f"line {number}")
        touched = trail.with_status(Status.READING, Status.QUEUED)
        trail.again = {key for key in touched if draw.random() < 0.3}
        trail.queue = [key for key in order if trail.statuses[key] is Status.QUEUED]
        return trail

    def store(self, library: Library) -> None:
        """Put this trail in the place of the one that is there."""
        ids = {key: number for number, key in enumerate(sorted(self.parents), start=1)}
        with library._trail.database.write() as connection:
            for statement in CLEAR:
                connection.execute(statement)
            for key, number in ids.items():
                connection.execute(
                    PUT_PAPER,
                    (number, key, key.upper(), key, number),
                )
                place = self.queue.index(key) + 1 if key in self.queue else None
                connection.execute(
                    "INSERT INTO reading (reader_id, paper_id, status, is_read, queue_position)"
                    " VALUES (1, ?, ?, ?, ?)",
                    (number, self.statuses[key].value, self.is_read(key), place),
                )
            for child, parents in self.parents.items():
                for parent in parents:
                    connection.execute("INSERT INTO builds_on VALUES (?, ?)", (ids[child], ids[parent]))
            for number, (name, members) in enumerate(self.lines.items(), start=1):
                connection.execute(
                    "INSERT INTO lineage (id, name, position, active) VALUES (?, ?, ?, ?)",
                    (number, name, number, name not in self.resting),
                )
                for place, key in enumerate(members, start=1):
                    connection.execute(
                        "INSERT INTO lineage_paper (lineage_id, paper_id, position) VALUES (?, ?, ?)",
                        (number, ids[key], place),
                    )

    def is_read(self, key: str) -> bool:
        return self.statuses[key] is Status.READ or key in self.again

    def open_parents(self, key: str) -> list[str]:
        return [p for p in self.parents[key] if self.statuses[p] in OPEN and not self.is_read(p)]

    def with_status(self, *statuses: Status) -> list[str]:
        return sorted(key for key, status in self.statuses.items() if status in statuses)

    def is_touched(self, key: str) -> bool:
        return self.is_read(key) or self.statuses[key] is Status.READING

    def active(self) -> list[str]:
        """Return the active lineages that are not read out, those begun first."""
        begun = {name for name, keys in self.lines.items() if any(map(self.is_touched, keys))}
        names = [name for name in self.lines if name not in self.resting]
        return [n for n in names if n in begun] + [n for n in names if n not in begun]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with opened(small_trail(tmp_path_factory.mktemp("random"))) as library:
        yield library


@pytest.mark.parametrize("first", range(0, 200, 25))
def test_two_hundred_random_trails(library: Library, first: int) -> None:
    for seed in range(first, first + 25):
        trail = Trail.drawn(seed)
        trail.store(library)
        check(trail, library.agenda.next(99), f"seed {seed}")
        few = [one.paper.key for one in library.agenda.next(5)]
        assert few == [one.paper.key for one in library.agenda.next(99)][:5]
        deepest = [one.paper.key for one in library.agenda.next(99, depth="all")]
        fixed = [*trail.with_status(Status.READING), *trail.queue]
        assert deepest[: len(fixed)] == fixed
        for key in deepest[len(fixed) :]:
            for parent in trail.open_parents(key):
                assert deepest.index(parent) < deepest.index(key), f"seed {seed}: {key} before {parent}"


def check(trail: Trail, suggestions: list[Suggestion], said: str) -> None:
    """Hold one day's suggestions to every rule there is."""
    order = [one.paper.key for one in suggestions]
    why = {one.paper.key: one.why for one in suggestions}
    assert len(order) == len(why), said

    # What is begun, then the queue, as they are.
    fixed = [*trail.with_status(Status.READING), *trail.queue]
    assert order[: len(fixed)] == fixed, said
    rest = order[len(fixed) :]
    assert all(trail.statuses[key] is Status.UNREAD for key in rest), said

    # Nothing is left out and nothing else let in: lines, papers of no line, what these build on themselves.
    lines = trail.active()
    members = {key for name in lines for key in trail.lines[name]}
    loose = set(trail.parents) - {key for keys in trail.lines.values() for key in keys}
    in_hand = {key for key in members | loose if trail.statuses[key] is Status.UNREAD}
    steps = [key for key in rest if not why[key].endswith(" builds on it")]
    direct = {parent for key in steps for parent in trail.open_parents(key)}
    assert in_hand | direct <= set(order) <= in_hand | direct | set(fixed), said

    place = {key: number for number, key in enumerate(order)}
    for key in rest:
        if key in steps:  # a paper in hand never stands before one it builds on
            for parent in trail.open_parents(key):
                assert place[parent] < place[key], f"{said}: {key} before {parent}"
        else:  # what comes for another one's sake comes before it
            child = why[key].removesuffix(" builds on it")
            assert key in trail.parents[child] and place[key] < place[child], f"{said}: {why[key]}"

    # Lines one after the other, each in its order but for what has to come first.
    line_of = {key: next((n for n in lines if key in trail.lines[n]), "") for key in steps}
    told = [line_of[key] for key in steps]
    assert told == sorted(told, key=lambda name: lines.index(name) if name else len(lines)), said
    for name in lines:
        own = [key for key in steps if line_of[key] == name]
        assert own == [key for key in trail.lines[name] if key in own], said

    for key in steps:
        assert_true(trail, key, why[key], line_of[key], said)


def assert_true(trail: Trail, key: str, why: str, line: str, said: str) -> None:
    """Hold a reason to the facts."""
    if not line:
        assert why == "added by you, in no lineage", said
        return
    members = trail.lines[line]
    read = sum(map(trail.is_read, members))
    known = {parent for parent in trail.parents[key] if trail.is_read(parent)}
    before = [one for one in members[: members.index(key)] if trail.statuses[one] is not Status.DROPPED]
    if known:
        assert why.endswith(f" read; {read} of {len(members)} in {line}"), said
        assert {one for one in trail.parents if one in why.partition(" read;")[0]} == known, said
    elif not before:
        assert why == f"the beginning of {line}", said
    elif trail.is_read(before[-1]):
        assert why == f"next in {line}, {read} of {len(members)} read", said
    else:
        assert why == f"after {before[-1]} in {line}", said


def test_a_new_trail_begins_with_a_course_in_rcnn(tmp_path: Path) -> None:
    papers = read_seeds(packaged_seeds()).papers
    course = [paper.key for paper in papers if "R-CNN to Faster R-CNN" in paper.lineages]
    stood_on = {parent for paper in papers if paper.key in course for parent in paper.builds_on}
    with open_library(create_trail(tmp_path)) as library:
        first = [one.paper.key for one in library.agenda.next(10)]
        assert set(first) == {*course, *stood_on}
        assert [key for key in first if key in course] == course
        library.settings.set("next-depth", "all")
        assert "neocognitron" in [one.paper.key for one in library.agenda.next(6)]
        assert "neocognitron" not in [one.paper.key for one in library.agenda.next(6, depth=1)]


def test_the_depth_that_is_set_holds_for_the_day_too(tmp_path: Path) -> None:
    rows = [
        ("Line", "c", "C", "", "", "", "", "", "b"),
        ("", "b", "B", "", "", "", "", "", "a"),
        ("", "a", "A", "", "", "", "", "", ""),
    ]
    home: Home = small_trail(tmp_path, rows)
    with opened(home) as library:
        assert [one.paper.key for one in library.agenda.today().plan] == ["b", "c", "a"]
        library.settings.set("next-depth", "2")
    with opened(home) as library:
        assert [one.paper.key for one in library.agenda.today().plan] == ["a", "b", "c"]
        assert [one.paper.key for one in library.agenda.next(depth=0)] == ["c", "b", "a"]


def test_a_day_without_its_plan_is_the_same_otherwise(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path, [("Line", "a", "A", "", "", "", "", "", "")])) as library:
        library.statuses.set(["a"], Status.READING)
        whole = library.agenda.today()
        assert [one.paper.key for one in whole.plan] == ["a"]
        assert library.agenda.today(plan=False) == whole._replace(plan=())


def test_the_day_reads_no_more_of_a_long_lineage_than_it_shows(tmp_path: Path) -> None:
    """Steps of SQLite's machine, which are the same on every machine."""

    def steps(papers: int) -> int:
        rows = [
            ("Long", f"paper-{i}", f"Paper {i}", "", "2000", "", "", "", f"paper-{i - 1}" if i else "")
            for i in range(papers)
        ]
        taken = 0

        def count() -> None:
            nonlocal taken
            taken += 1

        with opened(small_trail(tmp_path / str(papers), rows)) as library:
            connection = library._trail.database.read()
            connection.set_progress_handler(count, 1)
            day = library.agenda.today(outlook=False)
            connection.set_progress_handler(None, 1)
        assert [line.total for line in day.lineages] == [papers] and day.plan[0].paper.key == "paper-0"
        return taken

    few, many = steps(200), steps(1_200)
    assert (many - few) / 1_000 < 20, (
        "an id in order, and one to count; not each paper with what is known of it"
    )
