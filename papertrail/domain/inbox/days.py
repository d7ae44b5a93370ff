"""Which days of announcements came of a category, and which may have been missed.

A feed holds one announcement. Whoever did not ask before the next one came has missed it, and nothing says
so: only the dates of what did come tell.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Days:
    """What came of one category.

    Attributes:
        heard: ISO date of the newest announcement that came, or of an empty feed.
        since: of the last one before days began to lack; empty where none do.
        missed: how many lack, from Monday to Friday.
    """

    heard: str
    since: str = ""
    missed: int = 0


def came(before: Days | None, told: date, today: date, *, is_unseen: bool, is_empty: bool) -> Days:
    """Return the days of a category after its feed was read.

    Args:
        before: the days until then; None for the first time.
        told: the date the feed gives itself.
        today: the reader's date.
        is_unseen: whether it holds a paper that this feed had not told before.
        is_empty: whether it tells of no paper at all for the first time, as on weekends.
    """
    if before is None:
        return Days(told.isoformat())
    heard = date.fromisoformat(before.heard)
    if not (is_unseen or is_empty):
        return before  # what was there before, under whatever date: the next is still to come
    if told <= heard:  # its date lags behind by a day now and then
        later = min(heard + _DAY, today) if is_unseen else heard
        return replace(before, heard=max(heard, later).isoformat())
    missed = weekdays_between(heard, told)
    since = before.since or (before.heard if missed else "")
    return Days(told.isoformat(), since, before.missed + missed)


def weekdays_between(first: date, last: date) -> int:
    """Return how many days from Monday to Friday lie between two days, neither counted.

    Examples:
        >>> weekdays_between(date(2026, 4, 24), date(2026, 4, 27))  # Friday and Monday
        0
        >>> weekdays_between(date(2026, 4, 22), date(2026, 4, 27))
        2
    """
    number = max((last - first).days - 1, 0)
    weeks, rest = divmod(number, 7)
    days = (first + _DAY * count for count in range(1, rest + 1))
    return weeks * _SATURDAY + sum(day.weekday() < _SATURDAY for day in days)


def to_json(days: Mapping[str, Days]) -> str:
    """Return the days of each category as text that `from_json` reads."""
    return json.dumps({name: asdict(one) for name, one in days.items()})


def from_json(text: str | None) -> dict[str, Days]:
    """Return the days of each category; those that cannot be read are left out."""
    found: dict[str, Days] = {}
    try:
        for name, fields in json.loads(text or "{}").items():
            one = Days(**fields)
            for day in filter(None, (one.heard, one.since)):
                date.fromisoformat(day)
            found[name] = replace(one, missed=int(one.missed))
    except (ValueError, TypeError, AttributeError):
        pass
    return found
