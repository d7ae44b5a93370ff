"""Which backups are kept, what they are called, and what is not believed of what they say."""

import json
from collections.abc import Collection
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.backups import (
    DATABASE,
    Contents,
    KeptFile,
    Named,
    NewerFormat,
    Stored,
    Why,
    may_hold,
    outgrown,
    read_contents,
    read_name,
)
from tests.cases import each
from tests.examples import examples

TODAY = date(2026, 11, 27)  # a Friday
PLENTY = 10**12


def made(day: date, hour: int = 12, why: Why = Why.DAILY, size: int = 1) -> Stored:
    named = Named(datetime(day.year, day.month, day.day, hour, tzinfo=timezone.utc), why)
    return Stored(named.file_name, named, size)


def ago(days: int, hour: int = 12, why: Why = Why.DAILY, size: int = 1) -> Stored:
    return made(TODAY - timedelta(days=days), hour, why, size)


def kept(stored: list[Stored], most: int = PLENTY, keep: Collection[str] = ()) -> list[Stored]:
    gone = set(outgrown(stored, TODAY, datetime.date, most, keep=keep))
    return [one for one in stored if one.file_name not in gone]


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2199, 1, 1), timezones=st.just(timezone.utc)),
    st.sampled_from(Why),
)
@examples(50)
def test_a_name_tells_what_it_was_made_of(at: datetime, why: Why) -> None:
    at = at.replace(microsecond=0)
    assert read_name(Named(at, why).file_name) == Named(at, why)


@pytest.mark.parametrize(
    "name",
    [
        "notes.zip",
        ".backup-1.tmp",
        "20261127T090000Z-daily.zip.part",
        "20261127T090000Z-whim.zip",
        "20261399T090000Z-daily.zip",
        "20261127T090000-daily.zip",
        "library-schema6-20260101-120000.db",
    ],
)
def test_names_of_others_are_nobodys_backup(name: str) -> None:
    assert read_name(name) is None


def test_all_of_today_and_yesterday_stay() -> None:
    stored = [ago(0, 23), ago(0, 1), ago(1, 22), ago(1, 3)]
    assert kept(stored) == stored


def test_before_that_the_last_of_each_day_then_of_weeks_then_of_months() -> None:
    stored = [ago(days, hour) for days in range(500) for hour in (18, 9)]
    days = [one.named.at.date() for one in kept(stored) if one.named.at.date() < TODAY - timedelta(days=1)]
    assert all(one.named.at.hour == 18 for one in kept(stored)[4:])
    assert days[:12] == [TODAY - timedelta(days=2 + number) for number in range(12)]
    weeks = days[12:22]
    assert all(day.weekday() == 6 for day in weeks), "the last of a week that begins on Monday"
    assert [(one - other).days for one, other in pairwise(weeks)] == [7] * 9
    months = days[22:]
    assert len(months) == 9 and len({(day.year, day.month) for day in months}) == 9
    assert all((day + timedelta(days=1)).day == 1 for day in months)


def test_days_without_one_do_not_count() -> None:
    stored = [ago(days) for days in range(2, 60, 5)]
    assert kept(stored) == stored


def test_thinning_twice_or_each_day_leaves_the_same_kind_of_row() -> None:
    each_day: list[Stored] = []
    for days in range(400, -1, -1):
        today = TODAY - timedelta(days=days)
        each_day.append(made(today))
        gone = set(outgrown(each_day, today, datetime.date, PLENTY))
        each_day = [one for one in each_day if one.file_name not in gone]
    assert outgrown(each_day, TODAY, datetime.date, PLENTY) == []
    assert 2 + 12 + 8 <= len(each_day) <= 2 + 12 + 10 + 9
    assert each_day[0].named.at.date() < TODAY - timedelta(days=90)


@pytest.mark.parametrize("why", [Why.BEFORE_MIGRATION, Why.BEFORE_RESTORE])
def test_the_newest_from_before_what_cannot_be_taken_back_stays(why: Why) -> None:
    old, older = ago(2000, 9, why), ago(2001, 9, why)
    stored = [*(ago(days) for days in range(600)), old, older]
    assert old in kept(stored) and older not in kept(stored)
    assert kept(stored, most=0) == [ago(0), old]


def test_the_oldest_go_until_all_fit() -> None:
    stored = [ago(days, size=10) for days in range(10)]
    assert kept(stored, most=45) == stored[:4]
    assert kept(stored, most=5) == stored[:1], "the newest stays whatever it takes"


def test_one_just_made_stays_though_the_clock_was_set_back() -> None:
    stored = [ago(-300), ago(-299), ago(0), ago(1)]
    assert ago(0) in kept(stored, most=0, keep=[ago(0).file_name])


@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.integers(0, 23), st.sampled_from(Why), st.integers(1, 9)),
        unique=True,
    )
)
@examples(100)
def test_what_is_kept_stays_kept_and_fits(made_of: list[tuple[int, int, Why, int]]) -> None:
    stored = [ago(*one) for one in {one[:3]: one for one in made_of}.values()]
    left = kept(stored, most=40)
    assert kept(left, most=40) == left
    newest = max(stored, key=lambda one: (one.named.at, one.file_name), default=None)
    assert newest is None or newest in left
    assert sum(one.size for one in left) <= 40 + 27


@pytest.mark.parametrize(
    "path",
    [
        DATABASE,
        "notes/rcnn.md",
        "notes/figures/a b 残差.png",
        "notes/Screenshot at 1:23\u202fPM.png",
        "seeds/papers.csv",
        ".papertrail/history/rcnn/x.md.gz",
        ".papertrail/journal.jsonl",
    ],
)
def test_paths_of_a_trail(path: str) -> None:
    assert may_hold(path)


@each(
    "path",
    [
        "",
        "/etc/passwd",
        "../x",
        "notes/../../x",
        "notes/..",
        "notes//x",
        "notes/./x",
        "notes",
        "notes/",
        "notes\\..\\x",
        "notes/a\\..\\..\\x",
        "C:/x",
        "notes/a\nb",
        "notes/a\x00",
        "notes/a\x9bb",
        "notes/\udc80",
        "notes/" + "x" * 1000,
        ".papertrail/library.db-wal",
        ".papertrail/restoring.json",
        ".papertrail/backups/x.zip",
        ".papertrail/pdfs/x.pdf",
        ".papertrail/history",
        "README.md",
        ".bashrc",
        "papertrail-backup.json",
    ],
)
def test_paths_that_lead_elsewhere(path: str) -> None:
    assert not may_hold(path)


WHOLE = Contents(
    datetime(2026, 3, 1, tzinfo=timezone.utc), Why.DAILY, "1.0", 7, {"paper": 3, "note": 1},
    {DATABASE: KeptFile("0" * 64, 5, 9), "notes/a.md": KeptFile("f" * 64, 1, -1)}, ("a",), ("notes/b.md",), 2,
)  # fmt: skip


def test_what_a_backup_holds_is_read_as_it_was_written() -> None:
    assert read_contents(WHOLE.to_json()) == WHOLE
    assert (WHOLE.papers, WHOLE.notes) == (3, 1)


def spoiled(**changes: object) -> bytes:
    return json.dumps(json.loads(WHOLE.to_json()) | changes).encode()


FILES = json.loads(WHOLE.to_json())["files"]


@each(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        spoiled(format="1"),
        spoiled(at="yesterday"),
        spoiled(at=5),
        spoiled(why="because"),
        spoiled(schema=-1),
        spoiled(schema=True),
        spoiled(rows=[]),
        spoiled(rows={"paper": 1.5}),
        spoiled(files={}),
        spoiled(files=None),
        spoiled(files={"notes/a.md": ["0" * 64, 1, 1]}),
        spoiled(files=FILES | {"notes/a.md": ["0" * 63, 1, 1]}),
        spoiled(files=FILES | {"notes/a.md": ["0" * 64, -1, 1]}),
        spoiled(files=FILES | {"notes/a.md": ["0" * 64, 1 << 60, 1]}),
        spoiled(files=FILES | {"notes/a.md": ["0" * 64, 1, 1 << 70]}),
        spoiled(files=FILES | {"notes/a.md": ["0" * 64, 1]}),
        spoiled(files=FILES | {"notes/a.md/b": ["0" * 64, 1, 1]}),
        spoiled(files=FILES | {"../a.md": ["0" * 64, 1, 1]}),
        spoiled(changed=None),
        spoiled(damaged=-1),
    ],
)
def test_what_is_no_list_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        read_contents(data)


def test_one_of_a_papertrail_that_knows_more_is_told_from_a_damaged_one() -> None:
    with pytest.raises(NewerFormat):
        read_contents(spoiled(format=2, files="anything"))
