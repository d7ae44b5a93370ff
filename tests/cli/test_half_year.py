"""A half-year by the command line, checked every day against a ledger that the test keeps by itself."""

import json
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time, timedelta
from math import ceil
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from tests.cli.conftest import clean_environment
from tests.cli.program import Program
from tests.trails import NOTE

DAY = timedelta(days=1)
START, DAYS = date(2026, 10, 1), 182  # clocks are put back in autumn and forward in spring
END = START + DAYS * DAY
REST = {5, 6}
PAUSE = (date(2026, 12, 21), date(2027, 1, 3))
TARGET = 60

# Runs one command line after the other in one process: starting Python 2,000 times would take five minutes.
MANY_COMMANDS = """
import io, json, os, sys
from contextlib import redirect_stderr, redirect_stdout
from papertrail.cli.main import main
for line in sys.stdin:
    now, arguments, given = json.loads(line)
    os.environ["PAPERTRAIL_NOW"] = now
    out, err = io.StringIO(), io.StringIO()
    told, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(given.encode()))
    sys.argv = ["papertrail", *arguments]
    with redirect_stdout(out), redirect_stderr(err):
        code = main()
    sys.stdin = told
    print(json.dumps([code, out.getvalue(), err.getvalue()]), flush=True)
"""


class Reader:
    """Somebody in a time zone who gives papertrail one command line after the other."""

    def __init__(self, process: "subprocess.Popen[str]", zone: ZoneInfo) -> None:
        self._process = process
        self._zone = zone

    def run(self, moment: datetime, *words: str, given: str = "") -> str:
        """Run a command at a local time; sometimes told in UTC, which must make no difference."""
        assert self._process.stdin and self._process.stdout
        now = moment.replace(tzinfo=self._zone)
        said = moment.isoformat() if moment.minute % 2 else now.astimezone(ZoneInfo("UTC")).isoformat()
        self._process.stdin.write(json.dumps([said, words, given]) + "\n")
        self._process.stdin.flush()
        code, out, err = json.loads(self._process.stdout.readline())
        assert (code, err) == (0, "") or words[0] == "goal", (words, code, out, err)
        return str(out)


@contextmanager
def reader(program: Program, zone: str) -> Iterator[Reader]:
    command = [sys.executable, "-c", MANY_COMMANDS]
    env = {**program.env, "TZ": zone}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env, cwd=program.trail
    ) as process:
        yield Reader(process, ZoneInfo(zone))
        assert process.stdin
        process.stdin.close()


def works_on(day: date) -> bool:
    return day.weekday() not in REST and not PAUSE[0] <= day <= PAUSE[1]


def working_days(first: date, before: date) -> int:
    return sum(works_on(first + i * DAY) for i in range(max((before - first).days, 0)))


def whole(number: float) -> int:
    return int(number + 1e-9) if number > 0 else int(number - 1e-9)


class Ledger:
    """What the test itself knows of the reader, and works out day by day."""

    def __init__(self) -> None:
        self.read: dict[str, date] = {}  # since when; of papers that are read now
        self.was_read: dict[str, date] = {}  # the first day, which stays whatever becomes of the paper
        self.noted: set[str] = set()
        self.counts_by: dict[str, date] = {}  # stays likewise

    def done(self, key: str, today: date, on: date | None = None) -> None:
        self.was_read.setdefault(key, today)
        if on is not None:
            self.was_read[key] = on
        self.read[key] = self.was_read[key]
        self.settle(key, today)
        if on is not None and key in self.counts_by:
            self.counts_by[key] = on

    def note(self, key: str, today: date) -> None:
        self.noted.add(key)
        self.settle(key, today)

    def take_back(self, key: str) -> None:
        self.read.pop(key, None)

    def recount(self, key: str, day: date) -> None:
        self.read[key] = self.was_read[key] = self.counts_by[key] = day

    def settle(self, key: str, today: date) -> None:
        if key in self.read and key in self.noted:
            self.counts_by.setdefault(key, today)

    def counted(self) -> dict[date, int]:
        days = Counter(self.counts_by[key] for key in self.read.keys() & self.noted)
        return {day: number for day, number in days.items() if START <= day < END}

    def expected_on(self, today: date) -> dict[str, object]:
        """Return what `progress --json` has to say of the goal."""
        days = self.counted()
        counted = sum(days.values())
        all_days = working_days(START, END)
        passed = working_days(START, min(today + DAY, END))
        plan = TARGET * passed / all_days
        monday = today - today.weekday() * DAY
        this_week = sum(n for day, n in days.items() if monday <= day <= today)
        by_sunday = ceil(TARGET * working_days(START, min(monday + 7 * DAY, END)) / all_days - 1e-9)
        quota = max(by_sunday - (counted - this_week), 0)
        left_days = working_days(today, END)
        left = TARGET - counted
        return {
            "counted": counted,
            "read": len(self.read),
            "owed": len(self.read.keys() - self.noted),
            "day": (today - START).days + 1,
            "expected": round(plan, 2),
            "ahead_papers": whole(counted - plan),
            "ahead_days": whole(counted * all_days / TARGET - passed),
            "needed_per_week": round(left * min(5 / left_days, 1), 2) if left > 0 and left_days else None,
            "standing": self.standing_on(counted, plan),
            "quota": quota,
            "done": this_week,
            "left": max(quota - this_week, 0),
        }

    def standing_on(self, counted: int, plan: float) -> str:
        ahead = whole(counted - plan)
        if counted >= TARGET or not ahead:
            return "reached" if counted >= TARGET else "level"
        return "ahead" if ahead > 0 else "behind"


def days_of(rows: Iterable[dict[str, object]]) -> dict[str, object]:
    return {str(row["day"]): row["papers"] for row in rows}


@pytest.mark.parametrize(("zone", "every"), [("Europe/Berlin", 1), ("America/New_York", 3)])
def test_a_half_year_equals_the_ledger_on_every_day(tmp_path: Path, zone: str, every: int) -> None:
    """Each day is in the sums of all days after it: in one zone they are looked at every third day alone."""
    random = Random(zone)
    first = Program(tmp_path, clean_environment(tmp_path / "home"))
    first.run("init", str(tmp_path / "trail"), env={"PAPERTRAIL_NOW": f"{START}T08:00", "TZ": zone})
    trail = Program(tmp_path / "trail", first.env)
    ledger = Ledger()
    with reader(trail, zone) as me:
        goal = ("--target", str(TARGET), "--from", str(START), "--to", str(END - DAY), "--rest", "sat,sun")
        me.run(datetime.combine(START, time(8)), "goal", "set", *goal)
        me.run(datetime.combine(START, time(8, 1)), "goal", "pause", *map(str, PAUSE))
        listed = json.loads(me.run(datetime.combine(START, time(8, 3)), "list", "--json"))["papers"]
        keys = [paper["key"] for paper in listed][:TARGET]
        left: list[str] = []
        for offset in range(DAYS):
            today = START + offset * DAY
            clock = iter(
                datetime.combine(today, time(hour, random.randrange(60)))
                for hour in (0, 7, 9, 12, 18, 21, 22, 23)
            )
            if keys and random.random() < 0.42:
                key = keys.pop(0)
                if random.random() < 0.3:
                    me.run(next(clock), "start", key)
                on = today - random.choice([1, 3]) * DAY if offset > 5 and random.random() < 0.2 else None
                me.run(next(clock), "done", key, *(("--on", str(on)) if on else ()))
                ledger.done(key, today, on)
            waiting = sorted(ledger.read.keys() - ledger.noted)
            if waiting and (random.random() < 0.5 or offset == DAYS - 1):
                me.run(next(clock), "note", waiting[0], "--stdin", given=NOTE)
                ledger.note(waiting[0], today)
                for key in waiting[1:2]:  # as another editor would write it
                    (trail.trail / "notes" / f"{key}.md").write_text(NOTE, encoding="utf-8")
                    ledger.note(key, today)
            if ledger.read and random.random() < 0.12:
                key = random.choice(sorted(ledger.read))
                verb = random.choice(["start", "queue", "drop", "unread"])
                me.run(next(clock), verb, key)
                if verb in ("drop", "unread"):  # read again it has been read all the same
                    ledger.take_back(key)
                if random.random() < 0.6:
                    me.run(next(clock), "done", key)
                    ledger.done(key, today)
                else:
                    left.append(key)
            elif left and random.random() < 0.05:  # weeks later
                key = left.pop(0)
                me.run(next(clock), "start", key)
                me.run(next(clock), "done", key)
                ledger.done(key, today)
            counting = sorted(ledger.read.keys() & ledger.noted)
            if counting and random.random() < 0.05:
                day = today - random.choice([0, 0, 2]) * DAY
                me.run(next(clock), "recount", counting[-1], *(("--on", str(day)) if day != today else ()))
                ledger.recount(counting[-1], day)
            if (DAYS - 1 - offset) % every and not waiting[1:2]:  # that was written elsewhere
                continue
            said = json.loads(me.run(next(clock), "progress", "--json"))
            wanted = ledger.expected_on(today)
            known = {**said["goal"], **said["goal"]["week"]}
            assert {name: known[name] for name in wanted} == wanted, today
            assert days_of(said["counted_days"]) == {
                str(day): number for day, number in sorted(ledger.counted().items())
            }, today
            assert len(said["owed"]) == wanted["owed"]
        papers = json.loads(me.run(datetime.combine(END - DAY, time(23, 58)), "list", "--json"))["papers"]
        assert {paper["key"] for paper in papers if paper["is_read"]} == set(ledger.read)
        again = {paper["key"] for paper in papers if paper["is_read"] and paper["status"] != "read"}
        assert again and again <= set(left), "some are being read again, and count"
    assert sum(ledger.counted().values()) > TARGET / 2
    inside = {day: n for day, n in journal_sums(trail).items() if str(START) <= day < str(END)}
    assert inside == days_of(said["counted_days"])
    evening = {"PAPERTRAIL_NOW": f"{END - DAY}T23:59", "TZ": zone}
    assert json.loads(trail.ok("progress", "--json", env=evening)) == said, "the program itself says the same"


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
