"""The goal on a real database: days that count, backdating, history, the queue, lineages at rest."""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.goal.goal import DAY, Counts, Goal, Pause
from papertrail.domain.goal.replan import Way
from papertrail.domain.paper import Status
from papertrail.library import Home, Library
from tests.domain.goal.goals import INSTANTS
from tests.examples import examples
from tests.trails import NOTE, FixedClock, asked, opened, small_trail

TODAY = date(2026, 3, 1)  # a Sunday, the day of the fixed clock
KEYS = ("rcnn", "sppnet", "fast-rcnn", "faster-rcnn", "robbins-monro", "adam")


def rows(home: Home, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(home.private / "library.db")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def journal_sums(home: Home) -> dict[str, int]:
    """Return what the journal says was counted on each day."""
    sums: Counter[str] = Counter()
    for before, after in rows(home, "SELECT before, after FROM journal WHERE verb = 'counted'"):
        for text, sign in ((before, -1), (after, 1)):
            if isinstance(text, str):
                sums[json.loads(text)["on"]] += sign
    return {day: number for day, number in sums.items() if number}


def noted(library: Library, key: str) -> None:
    library.notes.save(key, NOTE, library.notes.open(key).sha256)


def test_a_paper_counts_from_the_day_it_is_read_and_noted(tmp_path: Path) -> None:
    clock = FixedClock()
    home = small_trail(tmp_path)
    with opened(home, clock) as library:
        library.statuses.set(["rcnn"], Status.READ)
        clock.moment += timedelta(days=3)
        noted(library, "rcnn")
        clock.moment += timedelta(days=1)
        noted(library, "adam")
        library.statuses.set(["adam"], Status.READ)
        assert library.agenda.today().counted == ((TODAY + 3 * DAY, 1), (TODAY + 4 * DAY, 1))
        progress = library.goal.progress()
        assert (progress.counted, progress.counted_this_week) == (2, 2)
        clock.moment += timedelta(days=5)
        assert library.goal.progress().counted_this_week == 0
    assert journal_sums(home) == {"2026-03-04": 1, "2026-03-05": 1}


def test_a_slip_of_the_finger_does_not_move_a_paper_to_another_day(tmp_path: Path) -> None:
    clock = FixedClock()
    home = small_trail(tmp_path)
    with opened(home, clock) as library:
        noted(library, "rcnn")
        library.statuses.set(["rcnn"], Status.READ)
        clock.moment += timedelta(days=9)
        for slip in (Status.UNREAD, Status.DROPPED):
            library.statuses.set(["rcnn"], slip)
            assert library.goal.progress().counted == 0
            library.statuses.set(["rcnn"], Status.READING)
            assert library.goal.progress().counted == 0, "to be counted it has to be read"
            (change,) = library.statuses.set(["rcnn"], Status.READ)
            assert change.counts_on == TODAY
            assert library.agenda.today().counted == ((TODAY, 1),)
        library.statuses.set(["rcnn"], Status.READ, on=TODAY + 2 * DAY)
        assert library.agenda.today().counted == ((TODAY + 2 * DAY, 1),), "said is said"
    assert journal_sums(home) == {"2026-03-03": 1}


@pytest.mark.parametrize("counts", Counts)
@pytest.mark.parametrize("steps", [["reading"], ["queued"], ["queued", "reading"], ["reading", "read"]])
def test_a_paper_read_again_goes_on_counting_by_its_day(
    tmp_path: Path, steps: list[str], counts: Counts
) -> None:
    clock = FixedClock()
    home = small_trail(tmp_path)
    with opened(home, clock) as library:
        library.goal.set(start=TODAY, counts=counts)
        noted(library, "rcnn")
        library.statuses.set(["rcnn", "adam"], Status.READ)  # adam owes a note, or counts without one
        before, progress = library.agenda.today(), library.goal.progress()
        lines = [(one.read, one.counted) for one in library.lineages.all()]
        clock.moment += timedelta(days=9)
        for step in steps:
            library.statuses.set(["rcnn", "adam"], Status(step))
        after = library.agenda.today()
        assert after.counted == before.counted
        now = library.goal.progress()
        assert (
            (now.read, now.counted, now.owed) == (progress.read, progress.counted, progress.owed) != (0, 0, 0)
        )
        assert [one.key for one in after.owed] == ["adam"]
        assert [(one.read, one.counted) for one in library.lineages.all()] == lines
        paper = library.papers.get("rcnn").summary
        assert (paper.status, paper.is_read, paper.counted) == (Status(steps[-1]), True, True)
        again = {"reading": "reading again", "queued": "queued again", "read": "read"}[steps[-1]]
        assert (paper.doing, paper.state) == (again, "counted")
        library.notes.save("adam", NOTE, None)
        assert library.papers.get("adam").summary.counted, "a note may be completed meanwhile"
    assert journal_sums(home) == {"2026-03-01": 1, "2026-03-10": 1}


@pytest.mark.parametrize("status", ["read", "reading"])
def test_recounting_moves_the_day_and_leaves_the_status(tmp_path: Path, status: str) -> None:
    clock = FixedClock()
    home = small_trail(tmp_path)
    with opened(home, clock) as library:
        noted(library, "rcnn")
        library.statuses.set(["rcnn", "adam"], Status.READ)
        library.statuses.set(["rcnn"], Status(status))
        clock.moment += timedelta(days=9)
        (change,) = library.statuses.recount(["rcnn"])
        assert (change.before, change.after) == (TODAY, TODAY + 9 * DAY)
        assert library.agenda.today().counted == ((TODAY + 9 * DAY, 1),)
        assert library.papers.get("rcnn").summary.status is Status(status)
        assert [past.what for past in library.undo.stacks(1).done] == [
            "rcnn counted on 2026-03-01 → 2026-03-10"
        ]
        (same,) = library.statuses.recount(["rcnn"])
        assert same.before == same.after
        library.undo.undo()
        assert library.agenda.today().counted == ((TODAY, 1),), "no change is no operation"
        library.undo.redo()
        (change,) = library.statuses.recount(["rcnn"], on=TODAY + 4 * DAY)
        assert (change.before, change.after) == (TODAY + 9 * DAY, TODAY + 4 * DAY)
        for key, words in (("adam", "its note is not complete"), ("sppnet", "it is not read")):
            with pytest.raises(BadInput, match=words):
                library.statuses.recount(["rcnn", key])
        with pytest.raises(BadInput, match="still to come"):
            library.statuses.recount(["rcnn"], on=TODAY + 99 * DAY)
        assert library.agenda.today().counted == ((TODAY + 4 * DAY, 1),), "nothing was changed"
        (back,) = library.statuses.go_back(["rcnn"])
        assert back.counts_on in (None, TODAY + 4 * DAY)
    assert journal_sums(home).get("2026-03-05", 0) == (status == "reading")


def test_where_reading_alone_counts_a_paper_without_a_note_is_recounted(tmp_path: Path) -> None:
    clock = FixedClock()
    with opened(small_trail(tmp_path), clock) as library:
        library.goal.set(start=TODAY, counts=Counts.READ)
        library.statuses.set(["adam"], Status.READ)
        clock.moment += timedelta(days=3)
        (change,) = library.statuses.recount(["adam"])
        assert (change.before, change.after) == (TODAY, TODAY + 3 * DAY)
        assert library.agenda.today().counted == ((TODAY + 3 * DAY, 1),)


def test_backdating(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 3, 20, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai")))
    home = small_trail(tmp_path)
    with opened(home, clock) as library:
        noted(library, "rcnn")
        library.goal.set(start=date(2026, 3, 1))
        library.statuses.set(["rcnn"], Status.READ, on=date(2026, 3, 7))
        assert library.agenda.today().counted == ((date(2026, 3, 7), 1),)
        library.statuses.set(["rcnn"], Status.READ, on=date(2026, 3, 9))
        assert library.agenda.today().counted == ((date(2026, 3, 9), 1),)
        library.statuses.set(["rcnn"], Status.READ, on=date(2026, 2, 9))
        assert library.goal.progress().counted == 0, "before the goal began"
        for wrong in (date(2026, 3, 21), date(1899, 12, 31)):
            with pytest.raises(BadInput):
                library.statuses.set(["adam"], Status.READ, on=wrong)
        assert library.papers.get("adam").summary.status is Status.UNREAD
    assert journal_sums(home) == {"2026-02-09": 1}
    (stored,) = rows(home, "SELECT finished_at, finished_on, counted_at, counted_on FROM reading")
    assert stored == ("2026-02-09T04:00:00.000000+00:00", "2026-02-09") * 2


def test_reading_alone_counts_where_the_goal_says_so(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.statuses.set(["rcnn", "adam"], Status.READ)
        assert library.goal.progress().counted == 0
        library.goal.set(counts=Counts.READ)
        assert (library.goal.progress().counted, library.goal.progress().owed) == (2, 2)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(KEYS[:3]), st.sampled_from(["note", "half", "gone", *Status]), INSTANTS, st.booleans()
    ),
    min_size=1,
    max_size=12,
)


@examples(12)
@given(STEPS)
def test_the_journal_s_sums_are_what_counts_on_each_day(
    steps: Sequence[tuple[str, str | Status, datetime, bool]],
) -> None:
    """Whatever happens, in whatever zone, also with a clock that is set back."""
    with TemporaryDirectory() as folder:
        clock = FixedClock()
        home = small_trail(Path(folder))
        with opened(home, clock) as library:
            library.goal.set(target=9, start=date(1990, 1, 1), last_day=date(2080, 1, 1))
            for key, what, moment, backdated in steps:
                clock.moment = moment
                if isinstance(what, Status):
                    on = moment.date() - DAY if backdated and what is Status.READ else None
                    library.statuses.set([key], what, on=on)
                elif what == "gone":
                    (home.notes / f"{key}.md").unlink(missing_ok=True)
                    library.changed_elsewhere()
                else:
                    text = NOTE if what == "note" else "## Problem\n\nonly this\n"
                    library.notes.save(key, text, library.notes.open(key).sha256)
            today = library.agenda.today()
            assert {day.isoformat(): number for day, number in today.counted} == journal_sums(home)
            assert today.progress.counted == len([paper for paper in library.papers.each() if paper.counted])


def test_every_goal_there_was_is_kept(tmp_path: Path) -> None:
    clock = FixedClock()
    home = small_trail(tmp_path)
    with opened(home, clock) as library:
        first = library.goal.progress().goal
        assert first == Goal.beginning(TODAY)
        second = library.goal.set(target=50, last_day=date(2026, 5, 31), rest_days={6})
        assert second == Goal(50, TODAY, date(2026, 6, 1), rest_days=frozenset({6}))
        paused = library.goal.pause(date(2026, 4, 1), date(2026, 4, 7))
        assert paused.pauses == (Pause(date(2026, 4, 1), date(2026, 4, 8)),)
        assert library.goal.set(target=60).pauses == paused.pauses
        assert library.goal.set(target=60) == library.goal.progress().goal, "the same again is no change"
        assert library.goal.end_pause(date(2026, 4, 3)).pauses == ()
        library.goal.drop()
        assert library.goal.progress().goal is None
        assert library.agenda.today().forecast is None
        for use in (library.goal.drop, library.goal.replans, lambda: library.goal.pause(TODAY, TODAY)):
            with pytest.raises(NotFound, match="there is no goal"):
                use()
        targets = [(past.goal.target, past.dropped) for past in library.goal.history()]
        assert targets == [(60, True), (60, False), (60, False), (50, False), (50, False), (100, False)]
    with opened(home, clock) as library:
        assert library.goal.progress().goal is None, "no goal comes back by itself"
        assert library.goal.set(target=3).start == TODAY
    assert len(rows(home, "SELECT 1 FROM journal WHERE verb = 'goal'")) == 7


def test_what_is_no_goal_changes_nothing(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        before = rows(home, "SELECT * FROM goal"), rows(home, "SELECT * FROM journal")
        for values in ({"target": -1}, {"last_day": TODAY - DAY}, {"rest_days": range(7)}):
            with pytest.raises(BadInput):
                library.goal.set(**values)
        with pytest.raises(BadInput):
            library.goal.pause(TODAY, TODAY - DAY)
        with pytest.raises(NotFound):
            library.goal.end_pause(TODAY)
        assert (rows(home, "SELECT * FROM goal"), rows(home, "SELECT * FROM journal")) == before


def test_a_way_looked_at_is_the_way_taken_and_can_be_taken_back(tmp_path: Path) -> None:
    clock = FixedClock()
    with opened(small_trail(tmp_path), clock) as library:
        noted(library, "rcnn")
        library.statuses.set(["rcnn"], Status.READ)
        old = library.goal.progress().goal
        assert old is not None
        clock.moment += timedelta(weeks=8)
        for way in Way:
            seen = next(found for found in library.goal.replans() if found.way is way)
            assert library.goal.progress().goal == old, "looking changes nothing"
            taken = library.goal.replan(way)
            assert taken == seen
            assert library.goal.progress().goal == seen.goal
            back = library.goal.set(target=old.target, start=old.start, last_day=old.last_day)
            assert back == old
            assert library.goal.progress().counted == 1
        assert len(library.goal.history()) == 7
        clock.moment += timedelta(weeks=52)
        with pytest.raises(BadInput, match="catch-up is not possible"):
            library.goal.replan(Way.CATCH_UP)


def test_the_queue_is_put_in_order_by_hand(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["rcnn", "adam", "sppnet"], Status.QUEUED)
        assert library.statuses.move_in_queue(["sppnet"], 0) == ["sppnet", "rcnn", "adam"]
        assert library.statuses.move_in_queue(["rcnn"], 99) == ["sppnet", "adam", "rcnn"]
        assert library.statuses.move_in_queue(["faster-rcnn", "rcnn"], 1) == [
            "sppnet",
            "faster-rcnn",
            "rcnn",
            "adam",
        ]
        queue = [paper.key for paper in asked(library, "status:queued")]
        assert queue == ["sppnet", "faster-rcnn", "rcnn", "adam"]
        assert [s.paper.key for s in library.agenda.next(4)] == queue
        with pytest.raises(NotFound):
            library.statuses.move_in_queue(["adam", "nobody"], 0)
        assert [p.key for p in asked(library, "status:queued")] == queue
    moved = rows(home, "SELECT paper, before, after FROM journal WHERE verb = 'queue' ORDER BY id")
    assert moved[:2] == [("sppnet", '{"place": 2}', '{"place": 0}'), ("rcnn", '{"place": 1}', '{"place": 2}')]


def test_nothing_is_suggested_from_a_lineage_at_rest(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        assert library.lineages.set_active("R-CNN to Faster R-CNN", False)
        assert not library.lineages.set_active("R-CNN to Faster R-CNN", False)
        assert [s.paper.key for s in library.agenda.next(9)] == ["robbins-monro", "adam"]
        assert [line.active for line in library.lineages.all()] == [False, True]
        assert library.lineages.set_active("R-CNN to Faster R-CNN", True)
        with pytest.raises(NotFound):
            library.lineages.set_active("nobody", True)
    assert len(rows(home, "SELECT 1 FROM journal WHERE after LIKE '%active%'")) == 2


def test_reading_days(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 3, 2, 9, tzinfo=timezone.utc))
    with opened(small_trail(tmp_path), clock) as library:
        library.statuses.set(["rcnn", "adam"], Status.READING)
        library.statuses.set(["sppnet"], Status.QUEUED)
        clock.moment += timedelta(days=1)
        noted(library, "rcnn")
        clock.moment += timedelta(days=1)
        today = library.agenda.today()
        assert today.active == {date(2026, 3, 2): 2, date(2026, 3, 3): 1}
        assert today.streak == 2, "today may still come"
        library.statuses.set(["faster-rcnn"], Status.READ, on=date(2026, 2, 20))
        assert library.agenda.today().active[date(2026, 2, 20)] == 1
        assert library.agenda.today().owed[0].key == "faster-rcnn"


def test_a_day_holds_what_was_done_then_and_what_was_told_later(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 3, 2, 9, tzinfo=timezone.utc))
    with opened(small_trail(tmp_path), clock) as library:
        library.statuses.set(["rcnn"], Status.READING)
        clock.moment += timedelta(days=2)
        library.statuses.set(["sppnet", "adam"], Status.READ, on=date(2026, 3, 2))
        library.statuses.set(["rcnn"], Status.READ, on=date(2026, 3, 2))
        assert library.agenda.today().active == {date(2026, 3, 2): 3}, "each paper once"


def test_a_day_may_start_later_than_midnight(tmp_path: Path) -> None:
    """Everything dated follows from then on; what was dated before keeps its date."""
    zone = ZoneInfo("Europe/Berlin")
    clock = FixedClock(datetime(2026, 3, 2, 1, 30, tzinfo=zone))  # Monday night
    home = small_trail(tmp_path)
    with opened(home, clock) as library:
        noted(library, "rcnn")
        library.statuses.set(["rcnn"], Status.READ)
        assert (library.agenda.day(), library.goal.progress().counted_this_week) == (date(2026, 3, 2), 1)
        clock.moment += timedelta(minutes=1)
        library.settings.set("day-starts", "04:00")
        assert library.agenda.day() == date(2026, 3, 1), "it still is Sunday"
        assert library.goal.progress().counted_this_week == 0, "nor is what was counted already of this week"
        noted(library, "adam")
        library.statuses.set(["adam"], Status.READ)
        library.goal.set(start=date(2026, 2, 1), target=50)
        today = library.agenda.today()
        assert today.counted == ((date(2026, 3, 1), 1), (date(2026, 3, 2), 1))
        assert today.active == {date(2026, 3, 1): 1, date(2026, 3, 2): 1}
        assert today.progress.week.start == date(2026, 2, 23)
        assert "Read and noted: 1" in library.reports.render()
        with pytest.raises(BadInput):
            library.statuses.set(["sppnet"], Status.READ, on=date(2026, 3, 2))
        clock.moment = datetime(2026, 3, 2, 4, 0, tzinfo=zone)
        assert library.agenda.day() == date(2026, 3, 2)
        assert library.goal.history()[0].on == date(2026, 3, 1)
        library.settings.set("day-starts", "00:00")
        assert library.goal.history()[0].on == date(2026, 3, 1), "changing it dates nothing anew"
    dates = [row[0] for row in rows(home, "SELECT DISTINCT local_date FROM journal ORDER BY id")]
    assert dates == ["2026-03-02", "2026-03-01"] or dates[-2:] == ["2026-03-01", "2026-03-02"]
