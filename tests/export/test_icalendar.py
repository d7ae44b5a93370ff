"""The plan and the reviews as a calendar."""

from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.calendar import Event, goal_events, reading_days
from papertrail.domain.goal.goal import Goal, Pause
from papertrail.domain.paper import Status
from papertrail.domain.recall.review import Grade
from papertrail.domain.text import clean, clean_line
from papertrail.export.icalendar import icalendar
from tests.examples import examples
from tests.explained import answer
from tests.export.ics_reader import read
from tests.trails import HOSTILE_TITLES, NOTE, RCNN, FixedClock, opened, small_trail

DAY = date(2026, 3, 1)
QUESTIONS = "\n## Questions\n\nQ: Why 3x3?\nA: Cheap.\n\nQ: Why, then; not \\ 5x5?\nA: Dear.\n"


@examples(200)
@given(st.text() | st.sampled_from(HOSTILE_TITLES), st.text(st.characters(codec="utf-8"), min_size=20))
def test_any_text_comes_back_from_a_strict_reader(summary: str, about: str) -> None:
    event = Event(
        "one", DAY, DAY, f"A, b; c\\{summary}", f"x\\n{about}\r\nz", "https://arxiv.org/abs/1506.01497"
    )
    (told,) = read(icalendar([event], DAY, "0123").encode("utf-8", "replace"))
    lone = str.maketrans(dict.fromkeys(range(55296, 57344), "?"))
    assert told["SUMMARY"] == clean_line(event.summary).translate(lone)
    assert told["DESCRIPTION"] == clean(event.about).replace("\r\n", "\n").replace("\r", "\n").translate(lone)
    assert (told["DTSTART"], told["DTEND"]) == ("20260301", "20260302")


@examples(100)
@given(
    st.integers(0, 300), st.integers(0, 300), st.integers(-40, 400), st.sets(st.integers(0, 6), max_size=6)
)
def test_what_is_left_is_spread_over_the_days_left(
    target: int, counted: int, at: int, rest: set[int]
) -> None:
    goal = Goal(
        target, DAY, DAY + timedelta(90), rest_days=frozenset(rest), pauses=(Pause(DAY, DAY + timedelta(9)),)
    )
    today = DAY + timedelta(at)
    days = list(reading_days(goal, counted, today))
    if target > counted and goal.working_days(max(today, DAY), goal.end):
        assert [number for number, _ in days] == list(range(counted + 1, target + 1))
    else:
        assert days == []
    assert all(goal.is_working_day(day) and max(today, goal.start) <= day < goal.end for _, day in days)
    assert [day for _, day in days] == sorted(day for _, day in days)


def test_a_pause_and_the_end_of_the_goal_stand_in_it() -> None:
    goal = Goal(3, DAY, DAY + timedelta(30), pauses=(Pause(DAY + timedelta(5), DAY + timedelta(8)),))
    end, pause, *papers = goal_events(goal, 1, DAY, [])
    assert (end.first, end.summary) == (date(2026, 3, 30), "Last day of the goal: 3 papers")
    assert (pause.first, pause.last) == (date(2026, 3, 6), date(2026, 3, 8))
    assert [one.name for one in papers] == ["paper-2", "paper-3"]


def test_a_trail_is_told_to_calendars_and_moves_in_them(tmp_path: Path) -> None:
    clock = FixedClock()
    rows = [
        (f"{row[0]}, {HOSTILE_TITLES[1]}", row[1], f"{row[2]}; {HOSTILE_TITLES[3]}", *row[3:]) for row in RCNN
    ]
    home = small_trail(tmp_path / "trail", rows)
    with opened(home, clock) as library:
        library.notes.save("rcnn", NOTE + QUESTIONS, None)
        library.statuses.set(["rcnn"], Status.READ)
        library.goal.set(target=4, last_day=date(2026, 3, 31))
        answer(library, "rcnn", Grade.GOOD)
        path = library.calendars.save(tmp_path / "plan.ics")
        data, stamp = path.read_bytes(), path.stat().st_mtime_ns
        library.calendars.save(tmp_path / "plan.ics")
        assert path.stat().st_mtime_ns == stamp
        events = {one["UID"].partition("-")[0]: one for one in read(data)}
        assert set(events) == {"review", "goal", "paper"}
        told = [one["SUMMARY"] for one in read(data)]
        assert "Review: 5 questions" in told and "Last day of the goal: 4 papers" in told, told
        assert [one[:12] for one in told if one.startswith("Paper")] == [f"Paper {n} of 4" for n in (2, 3, 4)]
        library.statuses.set(["sppnet"], Status.READING)
        clock.moment += timedelta(days=3)
        library.calendars.save(tmp_path / "plan.ics")
        again = {one["UID"]: one for one in read(path.read_bytes())}
        before = {one["UID"]: one for one in read(data)}
        assert again.keys() == before.keys()
        assert all(int(again[uid]["SEQUENCE"]) > int(before[uid]["SEQUENCE"]) for uid in again)
