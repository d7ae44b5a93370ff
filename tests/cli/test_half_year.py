"""A half-year of 100 papers by the real command line, checked each month by the test's own arithmetic."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from datetime import date, timedelta
from math import ceil
from pathlib import Path
from random import Random

import pytest

from tests.cli.conftest import clean_environment
from tests.cli.program import Program
from tests.trails import NOTE

DAY = timedelta(days=1)
START, DAYS = date(2026, 2, 2), 182
END = START + DAYS * DAY
REST = {5, 6}
PAUSE = (date(2026, 4, 3), date(2026, 4, 12))


def works_on(day: date) -> bool:
    return day.weekday() not in REST and not PAUSE[0] <= day <= PAUSE[1]


def working_days(first: date, before: date) -> int:
    return sum(works_on(first + i * DAY) for i in range(max((before - first).days, 0)))


def whole(number: float) -> int:
    return int(number + 1e-9) if number > 0 else int(number - 1e-9)


class HalfYear:
    """What the test itself knows of the reader."""

    def __init__(self) -> None:
        self.read: dict[str, date] = {}
        self.noted: dict[str, date] = {}

    def counted(self) -> dict[date, int]:
        both = self.read.keys() & self.noted.keys()
        return dict(Counter(max(self.read[key], self.noted[key]) for key in both))

    def expected_on(self, today: date) -> dict[str, object]:
        """Return what `progress --json` has to say of the goal, worked out day by day."""
        days = self.counted()
        counted = sum(days.values())
        all_days = working_days(START, END)
        passed = working_days(START, min(today + DAY, END))
        plan = 100 * passed / all_days
        monday = today - today.weekday() * DAY
        this_week = sum(n for day, n in days.items() if day >= monday)
        by_sunday = ceil(100 * working_days(START, min(monday + 7 * DAY, END)) / all_days - 1e-9)
        quota = max(by_sunday - (counted - this_week), 0)
        left_days = working_days(today, END)
        return {
            "counted": counted,
            "read": len(self.read),
            "owed": len(self.read.keys() - self.noted.keys()),
            "day": (today - START).days + 1,
            "expected": round(plan, 2),
            "ahead_papers": whole(counted - plan),
            "ahead_days": whole(counted * all_days / 100 - passed),
            "needed_per_week": round((100 - counted) * min(5 / left_days, 1), 2) if counted < 100 else None,
            "standing": self.standing_on(counted, plan),
            "quota": quota,
            "done": this_week,
            "left": max(quota - this_week, 0),
        }

    def standing_on(self, counted: int, plan: float) -> str:
        ahead = whole(counted - plan)
        if counted >= 100 or not ahead:
            return "reached" if counted >= 100 else "level"
        return "ahead" if ahead > 0 else "behind"


def days_of(rows: Iterable[dict[str, object]]) -> dict[str, object]:
    return {str(row["day"]): row["papers"] for row in rows}


@pytest.fixture
def trail(tmp_path: Path) -> Program:
    program = Program(tmp_path, clean_environment(tmp_path / "home"))
    program.run("init", str(tmp_path / "trail"), env={"PAPERTRAIL_NOW": f"{START}T08:00+00:00"})
    return Program(tmp_path / "trail", program.env)


def test_a_half_year_of_a_hundred_papers(trail: Program) -> None:
    random = Random(2026)
    year = HalfYear()

    def run(day: date, *words: str, stdin: str = "") -> str:
        return trail.ok(*words, stdin=stdin, env={"PAPERTRAIL_NOW": f"{day}T21:15+02:00"})

    last = str(END - DAY)
    goal = ("--target", "100", "--from", str(START), "--to", last, "--rest", "sat,sun")
    trail.run("goal", "set", *goal, env={"PAPERTRAIL_NOW": f"{START}T08:00+00:00"})
    trail.run("goal", "pause", *map(str, PAUSE), env={"PAPERTRAIL_NOW": f"{START}T08:00+00:00"})
    listed = trail.run("list", "--json").json["papers"]
    keys = [paper["key"] for paper in listed][:100]
    plan = sorted(random.choices([START + i * DAY for i in range(DAYS) if works_on(START + i * DAY)], k=100))
    checked = 0
    for offset in range(DAYS):
        day = START + offset * DAY
        due = [keys.pop(0) for _ in range(plan.count(day))]
        if due:
            on = day - random.choice([0, 0, 1, 3]) * DAY if offset > 5 else day
            backdated = () if on == day else ("--on", str(on))
            if random.random() < 0.3:
                run(day, "start", *due)
            run(day, "done", *due, *backdated)
            year.read.update(dict.fromkeys(due, on))
        waiting = [key for key in year.read if key not in year.noted]
        if waiting and (random.random() < 0.6 or day == END - DAY):
            for key in waiting[1:]:
                file = trail.trail / "notes" / f"{key}.md"  # as another editor would write it
                file.write_text(NOTE, encoding="utf-8")
            run(day, "note", waiting[0], "--stdin", stdin=NOTE)
            year.noted.update(dict.fromkeys(waiting, day))
        if (day + DAY).month != day.month or day == END - DAY:
            said = json.loads(run(day, "progress", "--json"))
            wanted = year.expected_on(day)
            known = {**said["goal"], **said["goal"]["week"]}
            assert {name: known[name] for name in wanted} == wanted, day
            assert days_of(said["counted_days"]) == {str(d): n for d, n in sorted(year.counted().items())}
            assert len(said["owed"]) == wanted["owed"]
            assert journal_sums(trail) == days_of(said["counted_days"])
            checked += 1
    assert checked == 7
    assert year.expected_on(END - DAY)["counted"] == 100
    assert said["goal"]["standing"] == "reached"
    assert said["forecast"] is None


def journal_sums(trail: Program) -> dict[str, object]:
    sums: Counter[str] = Counter()
    with closing(sqlite3.connect(trail.trail / ".papertrail" / "library.db")) as connection:
        rows = connection.execute("SELECT before, after FROM journal WHERE verb = 'counted'").fetchall()
    for before, after in rows:
        if before:
            sums[json.loads(before)["on"]] -= 1
        if after:
            sums[json.loads(after)["on"]] += 1
    return dict(sorted((day, n) for day, n in sums.items() if n))
