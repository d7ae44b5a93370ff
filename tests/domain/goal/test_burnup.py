"""The goal's picture: as it looks, and that it fits and stays readable whatever is drawn."""

import re
import unicodedata
from collections import defaultdict
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.goal.burnup import Burnup, draw_burnup, legend
from papertrail.domain.goal.forecast import FanPoint
from papertrail.domain.goal.goal import DAY, WEEK, Goal, Pause, Waypoint
from papertrail.domain.picture import Ink, Row, date_marks
from tests.examples import examples

START = date(2026, 3, 2)
GOAL = Goal(100, START, START + 26 * WEEK)
OF_DATA = (Ink.COUNTED, Ink.PLAN, Ink.TARGET, Ink.AXIS, Ink.FORECAST)


def weekly(papers: int, weeks: int) -> tuple[tuple[date, int], ...]:
    return tuple((START + week * WEEK, papers) for week in range(weeks))


def fan(today: date, total: int, per_week: float, weeks: int) -> tuple[FanPoint, ...]:
    later = (
        FanPoint(
            today + week * WEEK, *(total + per_week * week * (1 + spread) for spread in (-0.25, 0.0, 0.25))
        )
        for week in range(1, weeks + 1)
    )
    return (FanPoint(today + DAY, total, total, total), *later)


def text(rows: list[Row]) -> str:
    return "\n".join("".join(run for run, _ in row) for row in rows)


def picture(burnup: Burnup, width: int, height: int) -> str:
    return "\n".join(line.rstrip() for line in text(draw_burnup(burnup, width, height)).split("\n"))


def expected(drawn: str) -> str:
    return drawn.strip("\n")


BEHIND = Burnup(GOAL, START + 80 * DAY, weekly(3, 11), fan(START + 80 * DAY, 33, 3, 26))
AHEAD = Burnup(GOAL, START + 80 * DAY, weekly(6, 11), ())

BEHIND_TEXT = """
100 ┤▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔⢀⠠⠐⠈⠈⠄⡀⠄⡂⠅⣂⠥⡦⠗⡋⠍⡂⠅⡂⠅⠂
    │                             ⢀⠠⠐⠈⠈⡀⠄⡂⠅⣂⠥⡦⠗⡋⠍⡂⠅⠂⠁⠂⠁⠁
    │                        ⢀⠠⠐⠐⠈⡀⡀⠄⣂⠥⡦⠗⡋⠍⠂⠁⠂⠁⠁
    │                   ⢀⠠⠠⠐⠈⡀⣄⣂⠥⠒⠗⠋⠉⠁⠁⠁   ┊
 50 ┤               ⢀⠠⠐⠈⣀⣀⠤⠒⠓⠉⠁            ┊
    │          ⢀▁▁▃▅▅▅▅⠉                   ┊
    │     ▂▂▄▅▅▇███████                    ┊
    │▂▄▆▆█▇▇███████████                    ┊
  0 └──────┬─────┬────┻─┬─────┬─────┬──────┴─────┬──────┬───
           Apr      today     Jul     end 30 Aug Oct    Nov
"""
AHEAD_TEXT = """
100 ┤▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔⢀⠠⠠⠐⠈
    │                         ⢀⠠⠠⠐⠈
    │            ▂▅▅▅    ⢀⠠⠠⠐⠈
 50 ┤         ▃▆▆████⠠⠠⠐⠈
    │     ▁▄▄████▇▇▇▇
    │  ▂▂▅██▇▇▇▇▇████
    │▃▇▇▇▇▇▇█████████
  0 └───────────┬───┻───────┬──────────┘
                  today       end 30 Aug
"""
PAUSED_TEXT = """
100 ┤▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔⢀⢀⠠⠐⠐⠈
    │                                 ⢀⢀⠠⠐⠐⠈
    │                           ⢀⠠⠠⠐⠈⠈
 50 ┤             ⢀⠠⠠⠠⠠⠠⠠⠠⠠⠠⠠⠐⠈⠈
    │       ⢀⠠⠠⠐⠈⠈
    │⢀⢀⠠⠐⠐⠈⠈
  0 └───────┬──────┬───────┬──────┬───────┬──────┘
     starts 2 Mar  May     Jun    Jul   end 30 Aug
"""
PASSED_TEXT = """
    │                            ▂▂
    │                     ▁▃▃▄▆████
100 ┤▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▁▃▅▅▇█████████⠠⠐⠐⠐⠈
    │          ▁▁▃▅▇▇█████▇▇▇▇▇▇▇▇▇
 50 ┤     ▂▄▄▅▇███▇▇▇▇▇▇▇▇█████████
    │▂▄▆▆█▇▇▇▇▇▇▇▇█████████████████
  0 └───────────┬───────────┬─────┻────┘
                May         Jul today
"""
SMALL_TEXT = """
▔▔▁▃▃⢀⠠⠐⠈
▃▆▇▇▇
────┻┬──┘
"""


def test_behind() -> None:
    assert picture(BEHIND, 60, 10) == expected(BEHIND_TEXT)


def test_ahead() -> None:
    assert picture(AHEAD, 40, 9) == expected(AHEAD_TEXT)


def test_a_plan_with_pauses_has_flat_parts() -> None:
    pauses = (Pause(date(2026, 5, 1), date(2026, 6, 1)),)
    goal = Goal(100, START, START + 26 * WEEK, pauses=pauses)
    assert picture(Burnup(goal, START - WEEK, (), ()), 50, 8) == expected(PAUSED_TEXT)


def test_no_month_follows_a_year_as_if_it_were_of_it() -> None:
    late = Goal(100, date(2026, 11, 2), date(2026, 11, 2) + 26 * WEEK)
    today = date(2026, 11, 20)
    burnup = Burnup(late, today, ((today, 3),), fan(today, 3, 2.5, 40))
    for columns in range(40, 90):
        assert not re.search("[0-9]{4} [A-Z]", picture(burnup, columns, 8).split("\n")[-1]), columns


def test_a_target_that_is_passed() -> None:
    assert picture(Burnup(GOAL, START + 150 * DAY, weekly(6, 22), ()), 40, 8) == expected(PASSED_TEXT)


def test_few_cells_leave_the_labels_out() -> None:
    assert picture(AHEAD, 9, 3) == expected(SMALL_TEXT)


@pytest.mark.parametrize(
    ("burnup", "words"),
    [
        (BEHIND, "counted plan goal forecast likely range"),
        (AHEAD, "counted plan goal"),
        (Burnup(GOAL._replace(target=0), START, (), ()), ""),
    ],
    ids=["behind", "ahead", "nothing"],
)
def test_the_legend_names_every_sign_that_is_drawn(burnup: Burnup, words: str) -> None:
    """And no other; broken where a line is full."""
    rows = draw_burnup(burnup, 60, 10)
    drawn = glyphs(rows)
    named = legend(rows, 40)
    assert " ".join(run.strip() for row in named for run, ink in row if ink is Ink.LABEL) == words
    signs = glyphs(named)
    of_lines = {Ink.COUNTED, Ink.PLAN, Ink.PLAN_INSIDE, Ink.TARGET, Ink.MIDDLE, Ink.FORECAST}
    assert set(signs) - {Ink.LABEL, Ink.QUIET} == set(drawn) & of_lines
    assert all(signs[ink] <= drawn[ink] for ink in set(signs) & of_lines - {Ink.MIDDLE})
    assert all(sum(len(run) for run, _ in row) <= 40 for row in named)


def test_the_forecast_is_lighter_than_what_was_done() -> None:
    """A quarter of the dots of a cell at the most, where a cell of what is counted is full."""
    rows = draw_burnup(BEHIND, 120, 40)
    dots = [(ord(glyph) - 0x2800).bit_count() for glyph in glyphs(rows)[Ink.FORECAST]]
    assert max(dots) == 2


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (START - DAY, "starts 2 Mar"),
        (START, "today"),
        (START + 100 * DAY, "today"),
        (GOAL.last_day, "today"),
        (GOAL.end + 30 * DAY, "today"),
        (GOAL.end + 300 * DAY, "end 30 Aug"),
    ],
)
def test_the_day_is_told(today: date, words: str) -> None:
    dates = picture(Burnup(GOAL, today, (), ()), 80, 10).split("\n")[-1]
    assert words in dates
    assert dates.count("today") == (words == "today")


@pytest.mark.parametrize("total", [0, 1, 20, 50, 99, 100])
def test_what_is_counted_stands_as_high_as_its_share(total: int) -> None:
    rows = text(draw_burnup(Burnup(GOAL, START + 90 * DAY, ((START, total),), ()), 60, 12)).split("\n")
    eighths = sum(" ▁▂▃▄▅▆▇█".find(row[6]) for row in rows[:10] if row[6] in "▁▂▃▄▅▆▇█")
    assert abs(eighths - total / 100 * 80) <= 1


def test_papers_of_days_to_come_are_left_out() -> None:
    later = ((START, 10), (START + 50 * DAY, 90))
    assert draw_burnup(Burnup(GOAL, START + 49 * DAY, later, ()), 60, 10) == draw_burnup(
        Burnup(GOAL, START + 49 * DAY, later[:1], ()), 60, 10
    )


@pytest.mark.parametrize(
    ("fan_weeks", "per_week", "end"),
    [
        (4, 3, GOAL.end),
        (20, 3, START + 80 * DAY + 20 * WEEK),
        (500, 0, GOAL.end + 13 * WEEK),
        (60, 20, GOAL.end),
    ],
    ids=["short", "later than the goal", "far too late", "reached before its last point"],
)
def test_where_the_picture_ends(fan_weeks: int, per_week: float, end: date) -> None:
    today = START + 80 * DAY
    assert Burnup(GOAL, today, weekly(3, 11), fan(today, 33, per_week, fan_weeks)).end == end


def test_no_forecast_is_left_once_the_target_is_reached() -> None:
    today = START + 80 * DAY
    assert Burnup(GOAL, today, ((START, 100),), fan(today, 100, 5, 10)).open_fan == ()


@pytest.mark.parametrize(
    ("first", "before", "cells", "labels"),
    [
        (START, START + 2 * DAY, 40, ["2 Mar", "3 Mar"]),
        (START, START + 4 * WEEK, 40, ["2 Mar", "9 Mar", "16 Mar", "23 Mar"]),
        (START, GOAL.end, 60, ["Apr", "May", "Jun", "Jul", "Aug"]),
        (date(2026, 1, 1), date(2027, 1, 1), 24, ["2026", "Apr", "Jul", "Oct"]),
        (date(2026, 5, 5), date(2030, 5, 5), 30, ["2027", "2028", "2029", "2030"]),
        (START, START + 365 * DAY, 0, []),
    ],
)
def test_dates_on_the_axis(first: date, before: date, cells: int, labels: list[str]) -> None:
    assert [label for _, label in date_marks(first, before, cells)] == labels


# Whatever is drawn

DAYS = st.dates(date(1950, 1, 1), date(2180, 1, 1))
PAPERS = st.floats(-10, 1e6, allow_nan=False)


@st.composite
def goals(draw: st.DrawFn) -> Goal:
    start = draw(DAYS)
    days = draw(st.integers(1, 60) | st.integers(1, 3000))
    target = draw(st.sampled_from([0, 1, 2, 100, 2000]) | st.integers(0, 100_000))
    offsets = draw(st.lists(st.integers(0, days), max_size=3, unique=True).map(sorted))
    papers = sorted(draw(st.lists(st.floats(0, target), min_size=3, max_size=3)))
    pauses = draw(st.lists(st.tuples(st.integers(-50, days), st.integers(1, 100)), max_size=3))
    return Goal(
        target,
        start,
        start + days * DAY,
        rest_days=draw(st.frozensets(st.integers(0, 6), max_size=6)),
        pauses=tuple(Pause(start + at * DAY, start + (at + long) * DAY) for at, long in pauses),
        waypoints=tuple(
            Waypoint(start + at * DAY, number) for at, number in zip(offsets, papers, strict=False)
        ),
    )


@st.composite
def burnups(draw: st.DrawFn) -> Burnup:
    goal = draw(goals())
    near = st.integers(-40, goal.days * 2 + 40).map(lambda number: goal.start + timedelta(number))
    numbers = st.integers(0, 5) | st.integers(0, 10**6)
    counted = draw(st.dictionaries(near, numbers, max_size=8))
    points = draw(
        st.dictionaries(near, st.lists(PAPERS, min_size=3, max_size=3).map(sorted), max_size=6).map(
            lambda found: sorted(found.items())
        )
    )
    return Burnup(
        goal,
        draw(near | DAYS),
        tuple(sorted(counted.items())),
        tuple(FanPoint(day, *values) for day, values in points),
    )


def glyphs(rows: list[Row]) -> dict[Ink, set[str]]:
    found: dict[Ink, set[str]] = defaultdict(set)
    for row in rows:
        for run, ink in row:
            found[ink] |= set(run)
    return found


@examples(60)
@given(burnup=burnups(), width=st.integers(-1, 130), height=st.integers(-1, 22))
def test_every_picture_fits_and_can_be_read_without_colour(burnup: Burnup, width: int, height: int) -> None:
    rows = draw_burnup(burnup, width, height)
    assert [sum(len(run) for run, _ in row) for row in rows] == [max(width, 0)] * max(height, 0)
    found = glyphs(rows)
    found[Ink.FORECAST] |= found[Ink.MIDDLE]
    for ink, other in combinations(OF_DATA, 2):
        assert not found[ink] & found[other], (ink, other)
    for glyph in set().union(*found.values()):
        assert re.fullmatch(r"[ -~\u2500-\u259f\u2800-\u28ff]", glyph), unicodedata.name(glyph)
    assert "\u2800" not in set().union(*found.values())


@examples(60)
@given(burnup=burnups(), width=st.integers(20, 100), height=st.integers(4, 20))
def test_what_is_counted_never_falls(burnup: Burnup, width: int, height: int) -> None:
    rows = text(draw_burnup(burnup, width, height)).split("\n")[:-2]
    stacks = ["".join(column).lstrip(" ▔┊⢀⠠⠐⠈") for column in zip(*rows, strict=True)]
    tall = [len(stack) for stack in stacks if stack and stack[0] in "▁▂▃▄▅▆▇█"]
    assert tall == sorted(tall)
    if burnup.today < burnup.goal.start:
        assert not tall
