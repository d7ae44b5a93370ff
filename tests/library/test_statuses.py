"""Status changes: durable, journalled, and exact under four writers at once."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import NotFound
from papertrail.domain.paper import Status
from papertrail.domain.statuses import StatusChange
from papertrail.library import Library
from tests.examples import examples
from tests.trails import NOTE, asked, opened, small_trail

WRITER = """
import sys
from pathlib import Path
from papertrail.domain.paper import Status
from papertrail.library import Home, open_library

with open_library(Home(Path(sys.argv[1]))) as library:
    own = sys.argv[2]
    for turn in range(100):
        library.statuses.set([own], Status.READING)
        library.statuses.set([own], Status.QUEUED)
"""


def journal(root: Path, verb: str) -> list[tuple[str, str, str, str]]:
    connection = sqlite3.connect(root / ".papertrail" / "library.db")
    try:
        sql = "SELECT op, paper, before, after FROM journal WHERE verb = ? ORDER BY id"
        return connection.execute(sql, (verb,)).fetchall()
    finally:
        connection.close()


def test_a_change_writes_its_journal_row(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        changes = library.statuses.set(["rcnn", "adam", "rcnn"], Status.READING)
        assert [(c.paper.key, c.before, c.after) for c in changes] == [
            ("rcnn", Status.UNREAD, Status.READING),
            ("adam", Status.UNREAD, Status.READING),
        ]
        assert changes[0].paper.status is Status.READING
    rows = journal(tmp_path, "status")
    assert [(row[1], json.loads(row[2]), json.loads(row[3])) for row in rows] == [
        ("rcnn", {"status": "unread"}, {"status": "reading"}),
        ("adam", {"status": "unread"}, {"status": "reading"}),
    ]
    assert rows[0][0] == rows[1][0], "one use case is one operation"


def test_the_same_status_again_is_no_change(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.statuses.set(["rcnn"], Status.READ)
        (change,) = library.statuses.set(["rcnn"], Status.READ)
        assert change.before is change.after is Status.READ
    assert len(journal(tmp_path, "status")) == 1


def test_a_paper_finished_before_what_it_builds_on_says_so(tmp_path: Path) -> None:
    rows = [("Line", key, key.upper(), "", "", "", "", "", "") for key in "abcde"]
    rows.append(("Line", "z", "Z", "", "", "", "", "", "a; b; c; d; e"))
    with opened(small_trail(tmp_path, rows)) as library:

        def finished(*keys: str) -> list[tuple[str, ...]]:
            library.statuses.set(keys, Status.UNREAD)
            return [change.to_come for change in library.statuses.set(keys, Status.READ)]

        assert finished("z") == [("a", "b", "c", "d", "e")]
        library.statuses.set(["a"], Status.READING)
        library.statuses.set(["b"], Status.DROPPED)
        library.statuses.set(["c"], Status.QUEUED)
        assert finished("z") == [("c", "d", "e")], "what is being read, or left aside, is not to come"
        assert finished("z", "c", "e") == [("d",), (), ()], "what is finished with it counts"
        (again,) = library.statuses.set(["z"], Status.READ)
        (begun,) = library.statuses.set(["z"], Status.READING)
        assert again.to_come == begun.to_come == (), "only finishing is worth a word"


@pytest.mark.parametrize(
    ("to_come", "said"),
    [
        ("", ""),
        ("a", "it builds on a, still to be read"),
        ("ab", "it builds on a and b, still to be read"),
        ("abcd", "it builds on a, b, c and d, still to be read"),
        ("abcde", "it builds on a, b, c and 2 more, still to be read"),
    ],
)
def test_what_is_still_to_be_read_is_named(tmp_path: Path, to_come: str, said: str) -> None:
    with opened(small_trail(tmp_path)) as library:
        paper = library.papers.get("rcnn").summary
    assert StatusChange(paper, Status.READING, Status.READ, None, tuple(to_come)).gap == said


def test_an_unknown_key_changes_nothing(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        with pytest.raises(NotFound):
            library.statuses.set(["rcnn", "nobody"], Status.READ)
        assert library.papers.get("rcnn").summary.status is Status.UNREAD
    assert journal(tmp_path, "status") == []


def test_the_queue_keeps_its_order(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.statuses.set(["adam"], Status.QUEUED)
        library.statuses.set(["rcnn"], Status.QUEUED)
        library.statuses.set(["sppnet"], Status.READING)
        suggestions = library.agenda.next(4)
        assert [s.paper.key for s in suggestions] == ["sppnet", "adam", "rcnn", "fast-rcnn"]
        assert all(s.why for s in suggestions)


def test_four_processes_lose_nothing(tmp_path: Path) -> None:
    opened(small_trail(tmp_path)).close()
    keys = ("rcnn", "sppnet", "adam", "fast-rcnn")
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), key], stderr=subprocess.PIPE, encoding="utf-8"
        )
        for key in keys
    ]
    errors = [writer.communicate(timeout=120)[1] for writer in writers]
    assert [w.returncode for w in writers] == [0, 0, 0, 0], errors
    rows = journal(tmp_path, "status")
    assert len(rows) == 800
    for key in keys:
        own = [(json.loads(r[2])["status"], json.loads(r[3])["status"]) for r in rows if r[1] == key]
        assert len(own) == 200
        assert all(own[i][1] == own[i + 1][0] for i in range(199)), "each change starts where the last ended"


@pytest.mark.parametrize(
    ("steps", "back"),
    [
        ((), ()),
        (("queued", "reading"), ("queued", "unread")),
        (("queued", "reading", "read"), ("reading", "queued", "unread")),
        (("dropped", "reading"), ("dropped", "unread")),
        (("reading", "read", "unread"), ("read", "reading", "unread")),
        (("reading", "reading", "read", "read"), ("reading", "unread")),
    ],
)
def test_going_back_is_what_the_paper_was_before(
    tmp_path: Path, steps: tuple[str, ...], back: tuple[str, ...]
) -> None:
    with opened(small_trail(tmp_path)) as library:
        for step in steps:
            library.statuses.set(["rcnn"], Status(step))
        for wanted in back:
            (change,) = library.statuses.go_back(["rcnn"])
            assert change.after is change.paper.status is Status(wanted)
        rows = len(journal(tmp_path, "status"))
        (change,) = library.statuses.go_back(["rcnn"])
        assert change.before is change.after is Status.UNREAD, "nothing is left to take back"
        assert len(journal(tmp_path, "status")) == rows


def test_a_step_after_going_back_is_the_next_to_be_taken_back(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        for step in (Status.QUEUED, Status.READING, Status.READ):
            library.statuses.set(["rcnn"], step)
        library.statuses.go_back(["rcnn"])
        library.statuses.set(["rcnn"], Status.DROPPED)
        went = [library.statuses.go_back(["rcnn"])[0].after for _ in range(3)]
        assert went == [Status.READING, Status.QUEUED, Status.UNREAD]


def test_several_papers_go_back_each_to_its_own_in_one_operation(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.statuses.set(["rcnn"], Status.QUEUED)
        library.statuses.move_in_queue(["sppnet"], 0)
        library.statuses.set(["rcnn", "sppnet", "adam"], Status.READING)
        changes = library.statuses.go_back(["rcnn", "sppnet", "adam", "fast-rcnn", "rcnn"])
        queued, unread = Status.QUEUED, Status.UNREAD
        assert [(one.paper.key, one.after) for one in changes] == [
            ("rcnn", queued),
            ("sppnet", queued),
            ("adam", unread),
            ("fast-rcnn", unread),
        ]
        with pytest.raises(NotFound):
            library.statuses.go_back(["rcnn", "no-such"])
        assert library.papers.get("rcnn").summary.status is queued
    rows = [
        (paper, op) for op, paper, _, after in journal(tmp_path, "status") if json.loads(after).get("back")
    ]
    assert [paper for paper, _ in rows] == ["rcnn", "sppnet", "adam"]
    assert len({op for _, op in rows}) == 1


def readings(root: Path, *columns: str) -> dict[str, tuple[object, ...]]:
    """Return some columns of each paper's reading, by key."""
    connection = sqlite3.connect(root / ".papertrail" / "library.db")
    try:
        sql = f"SELECT p.key, {', '.join(columns)} FROM reading r JOIN paper p ON p.id = r.paper_id"  # noqa: S608
        return {key: tuple(values) for key, *values in connection.execute(sql)}
    finally:
        connection.close()


def queue_of(library: Library) -> list[str]:
    return [paper.key for paper in asked(library, "status:queued")]


ABCDE = [("Line", key, key.upper(), "", "", "", "", "", "") for key in "abcde"]


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("status", ["dropped", "unread", "reading", "read"])
def test_going_back_into_the_queue_is_to_the_same_place(tmp_path: Path, number: int, status: str) -> None:
    with opened(small_trail(tmp_path, ABCDE)) as library:
        library.statuses.set(list("abcde"), Status.QUEUED)
        key = "abcde"[number]
        library.statuses.set([key], Status(status))
        library.statuses.go_back([key])
        assert queue_of(library) == list("abcde")


def test_going_back_into_a_queue_that_went_on_others_move_on(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path, ABCDE)) as library:
        library.statuses.set(list("abc"), Status.QUEUED)
        library.statuses.set(["a", "b"], Status.DROPPED)
        library.statuses.go_back(["b"])
        library.statuses.go_back(["a"])
        assert queue_of(library) == list("abc"), "one after the other, whichever is first"
        library.statuses.set(["c"], Status.DROPPED)
        library.statuses.set(["d"], Status.QUEUED)
        library.statuses.go_back(["c"])
        assert queue_of(library) == list("abcd"), "the third one comes back as the third"
        library.statuses.set(["b"], Status.DROPPED)
        library.statuses.move_in_queue(["d"], 0)
        library.statuses.go_back(["b"])
        assert queue_of(library) == list("dbac"), "the second one as the second, in whatever order"
        library.undo.undo()
        assert queue_of(library) == list("dac")


STEPS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(Status)), max_size=12)


@examples(8)
@given(steps=STEPS, last=st.sampled_from(Status))
def test_going_back_after_anything_is_to_what_was_before(
    steps: list[tuple[str, Status]], last: Status
) -> None:
    columns = ("status", "is_read", "queue_position", "started_at")
    with TemporaryDirectory() as folder, opened(small_trail(root := Path(folder), ABCDE)) as library:
        library.notes.save("a", NOTE, None)
        for key, status in steps:
            library.statuses.set([key], status)
        before, queued = readings(root, *columns), queue_of(library)
        day = readings(root, "counted_on").get("a", (None,))
        (change,) = library.statuses.set(["a"], last)
        if change.before is last:
            return
        library.statuses.go_back(["a"])
        assert queue_of(library) == queued
        assert readings(root, *columns) == {"a": ("unread", 0, None, None), **before}
        assert day == (None,) or readings(root, "counted_on")["a"] == day, "the day it counts by stays"


def test_going_back_takes_back_whether_it_was_read(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("rcnn", NOTE, None)
        for step in (Status.READING, Status.READ, Status.READING, Status.DROPPED):
            library.statuses.set(["rcnn"], step)
        went = [
            (one.doing, one.counted)
            for _ in range(4)
            for one in [library.statuses.go_back(["rcnn"])[0].paper]
        ]
        assert went == [("reading again", True), ("read", True), ("reading", False), ("unread", False)]


def test_steps_of_which_no_row_was_recorded_are_taken_back_by_their_status(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        for step in (Status.QUEUED, Status.READING, Status.READ, Status.READING):
            library.statuses.set(["rcnn"], step)
        library.statuses.set(["adam"], Status.QUEUED)
    connection = sqlite3.connect(tmp_path / ".papertrail" / "library.db")
    with connection:
        connection.execute("DELETE FROM change")
        connection.execute("UPDATE reading SET is_read = 0 WHERE status = 'reading'")  # as schema 2 had it
    connection.close()
    with opened(small_trail(tmp_path)) as library:
        went = [library.statuses.go_back(["rcnn"])[0].paper.doing for _ in range(3)]
        assert went == ["read", "reading", "queued"]
        assert queue_of(library) == ["adam", "rcnn"]


def test_going_back_takes_the_count_back(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("rcnn", NOTE, None)
        library.statuses.set(["rcnn"], Status.READ)
        assert library.goal.progress().counted == 1
        library.statuses.go_back(["rcnn"])
        assert library.goal.progress().counted == 0
        assert library.papers.get("rcnn").summary.status is Status.UNREAD
