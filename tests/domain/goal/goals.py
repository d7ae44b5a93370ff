"""Made-up goals, days and readers for the tests of the goal's engine."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from papertrail.domain.goal.goal import Counts, Goal, Pause, Waypoint
from papertrail.domain.goal.progress import GoalProgress

FIRST = date(1996, 1, 1)
ZONES = [
    ZoneInfo(name)
    for name in (
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Asia/Shanghai",
        "Pacific/Kiritimati",
        "Pacific/Niue",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
    )
]
INSTANTS = st.builds(
    lambda seconds, zone: datetime.fromtimestamp(seconds, ZoneInfo("UTC")).astimezone(zone),
    st.integers(820_454_400, 3_000_000_000),
    st.sampled_from(ZONES),
)


@st.composite
def goals(draw: st.DrawFn, start: date | None = None) -> Goal:
    """Return any goal: leap days, pauses that overlap or cover all of it, plans that were bent."""
    first = start or FIRST + timedelta(days=draw(st.integers(0, 25_000)))
    length = draw(st.integers(1, 800))
    target = draw(st.integers(0, 300))
    pauses = draw(st.lists(st.tuples(st.integers(-30, length), st.integers(1, 400)), max_size=2))
    bends = draw(st.lists(st.tuples(st.integers(0, length - 1), st.integers(0, target)), max_size=2))
    return Goal(
        target,
        first,
        first + timedelta(days=length),
        draw(st.sampled_from(Counts)),
        draw(st.frozensets(st.integers(0, 6), max_size=6)),
        tuple(Pause(first + timedelta(days=a), first + timedelta(days=a + n)) for a, n in pauses),
        tuple(
            Waypoint(first + timedelta(days=day), float(papers))
            for (day, _), papers in zip(sorted(bends), sorted(n for _, n in bends), strict=True)
        ),
    )


def standing(goal: Goal, today: date, days: dict[date, int]) -> GoalProgress:
    """Return the progress of somebody who counted so many papers on these days."""
    within = {day: number for day, number in days.items() if goal.start <= day < goal.end}
    return GoalProgress.on(today, goal, sum(days.values()), sum(days.values()), list(within.items()))
