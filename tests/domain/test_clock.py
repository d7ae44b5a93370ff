"""The reader's zone: each moment by the offset in force then."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papertrail.domain.clock import ReaderZone, date_of, utc_text

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ZoneInfo]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield ZoneInfo(request.param)
    monkeypatch.undo()
    time.tzset()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seconds=st.integers(946_684_800, 2_145_916_800))
def test_every_moment_has_the_offset_of_its_own(zone: ZoneInfo, seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    local, wanted = moment.astimezone(ReaderZone()), moment.astimezone(zone)
    assert local.replace(tzinfo=None) == wanted.replace(tzinfo=None)
    assert local.utcoffset() == wanted.utcoffset()
    assert local.astimezone(timezone.utc) == moment
    assert date_of(utc_text(moment), ReaderZone()) == wanted.date()


def test_the_hour_that_comes_twice_is_told_apart(zone: ZoneInfo) -> None:
    hours = [
        datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(minutes=30 * n) for n in range(2 * 24 * 366)
    ]
    back = [moment.astimezone(ReaderZone()).astimezone(timezone.utc) for moment in hours]
    assert back == hours
