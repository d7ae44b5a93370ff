"""Ranges of numbers and of dates, as they are typed."""

import re
import unicodedata
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from papertrail.domain.query.remarks import Wrong

Bounds: TypeAlias = tuple[date | None, date | None]
"""First and last day of a range, both in it; None where it is open."""

_RANGE = re.compile(r"(?P<sign>[<>]=?)?(?P<first>[^.<>=]*)(?:(?P<dots>\.{2,})(?P<last>[^.<>=]*))?")
_MOST = 999_999_999
_AGE = re.compile(r"([0-9]{1,4})([dwmy])")
_AGE_SIGNS = str.maketrans("天日周月年", "ddwmy")
_NAMED = {"today": "today", "今天": "today", "yesterday": "yesterday", "昨天": "yesterday"}
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_BEGUN = re.compile(r"([0-9]{4}(?:-[0-9]{2})?)-([0-9]?)")  # a date of which the last part is still typed
_LOOSE = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})(?:[-/]([0-9]{1,2}))?")
_DASH = re.compile(r"([0-9]{4})[-–—~]([0-9]{4})")


class _Parts(NamedTuple):
    """A range taken apart; `sign` is empty, `=` for one value, `..`, or one of `<`, `<=`, `>`, `>=`."""

    sign: str
    first: str
    last: str = ""


def _parts(text: str) -> _Parts | None:
    found = _RANGE.fullmatch(text)
    if found is None or (found["sign"] and found["dots"]):
        return None
    if found["dots"]:
        return _Parts("..", found["first"], found["last"]) if found["first"] or found["last"] else None
    return _Parts(found["sign"] or "=", found["first"]) if found["first"] else None


def plain(text: str) -> str:
    """Return a value as it is compared: plain digits and signs, no blanks, a single last dot left out."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def read_numbers(text: str, *, years: bool) -> tuple[int | None, int | None] | Wrong:
    """Read a range of numbers.

    Args:
        text: as typed.
        years: whether fewer than four digits stand for all years that begin so.
    """
    text = plain(text)
    parts = _parts(text)
    ends = parts and [_number(end, years) for end in (parts.first, parts.last)]
    if parts is None or ends is None or None in ends:
        between = _DASH.fullmatch(text)
        return Wrong("no number or range", f"{between[1]}..{between[2]}" if between else None)
    (low, high), (_, last_high) = ((None, None) if end is None else end for end in ends)
    match parts.sign:
        case "=":
            return low, high
        case "<":
            return None, (low or 0) - 1
        case "<=":
            return None, high
        case ">":
            return min((high or 0) + 1, _MOST), None
        case ">=":
            return low, None
    if low is not None and last_high is not None and low > last_high:
        return Wrong("a range that runs backwards", f"{parts.last}..{parts.first}")
    return low, last_high


def _number(text: str, years: bool) -> tuple[int | None, int | None] | None:
    """Return the lowest and highest number that is meant; None if it is none."""
    if not text:
        return None, None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_MOST))):
        return None
    lacking = 4 - len(text) if years else 0
    if lacking <= 0:
        return int(text), int(text)
    return int(text + "0" * lacking), int(text + "9" * lacking)


def print_numbers(first: int | None, last: int | None, *, years: bool) -> str:
    """Return a range of numbers as `read_numbers` reads it."""
    low, high = ("" if end is None else f"{end:04}" if years else str(end) for end in (first, last))
    if last is not None and last < 0:
        return "<0"
    return low if first == last else f"{low}..{high}"


def read_days(text: str) -> tuple[str, bool] | Wrong:
    """Read a range of dates; return it as `bounds` takes it, and whether its last date is there only in part.

    Of a date in part the rest counts: `2026-0` is the year, until it is a month.
    """
    text = plain(text)
    parts = _parts(text)
    if parts is None:
        return Wrong("no date or range")
    ends, partly = [], False
    for end in (parts.first, parts.last):
        name = _day_name(end)
        if name is None and (begun := _BEGUN.fullmatch(end)) and end == (parts.last or parts.first):
            name, partly = _day_name(begun[1]), True
        if name is None:
            loose = _LOOSE.fullmatch(end)
            better = "-".join(part.zfill(2) for part in loose.groups() if part) if loose else ""
            instead = text.replace(end, better) if better and _day_name(better) else None
            return Wrong("no date or range", instead)
        ends.append(name)
    first, last = ends
    if parts.sign != "..":
        return (first if parts.sign == "=" else parts.sign + first), partly
    both_dates = _DATE.fullmatch(first) and _DATE.fullmatch(last)
    if both_dates and not partly and _span(first, date.max)[0] > _span(last, date.max)[1]:
        return Wrong("a range that runs backwards", f"{last}..{first}")
    return f"{first}..{last}", partly


def bounds(text: str, today: date) -> Bounds:
    """Return the first and last day of a range that `read_days` returned.

    A single age is a range as well: `2w` are the last two weeks; `<2w` is less than that ago, `>2w` more.
    """
    parts = _parts(text)
    assert parts is not None, text
    if parts.sign == "..":
        spans = [_span(end, today) if end else None for end in (parts.first, parts.last)]
        if _AGE.fullmatch(parts.first) and _AGE.fullmatch(parts.last):
            spans.sort(key=lambda span: span or (today, today))
        first, last = spans
        return first and first[0], last and last[1]
    low, high = _span(parts.first, today)
    if _AGE.fullmatch(parts.first):  # more ago is earlier
        return {
            "=": (low, today),
            "<": (_moved(low, 1), None),
            "<=": (low, None),
            ">": (None, _moved(low, -1)),
            ">=": (None, low),
        }[parts.sign]
    return {
        "=": (low, high),
        "<": (None, _moved(low, -1)),
        "<=": (None, high),
        ">": (_moved(high, 1), None),
        ">=": (low, None),
    }[parts.sign]


def _day_name(text: str) -> str | None:
    """Return a date, an age or the name of a day as it is printed; None if it is none."""
    if not text or text in _NAMED:
        return _NAMED.get(text, "")
    age = text.translate(_AGE_SIGNS)
    if _AGE.fullmatch(age):
        return age
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None
    return text


def _span(text: str, today: date) -> tuple[date, date]:
    """Return first and last day of a date, an age or the name of a day."""
    if text in ("today", "yesterday"):
        day = today if text == "today" else _moved(today, -1)
        return day, day
    if age := _AGE.fullmatch(text):
        day = _ago(int(age[1]), age[2], today)
        return day, day
    found = _DATE.fullmatch(text)
    assert found is not None, text
    year, month, day_of_month = int(found[1]), found[2], found[3]
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day_of_month is None:
        return date(year, int(month), 1), _last_of_month(year, int(month))
    day = date(year, int(month), int(day_of_month))
    return day, day


def _ago(number: int, unit: str, today: date) -> date:
    """Return the day so many days, weeks, months or years before; in its month at the latest."""
    if unit in "dw":
        return _moved(today, -number * (7 if unit == "w" else 1))
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(today.day, _last_of_month(year, month + 1).day))


def _last_of_month(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(1)


def _moved(day: date, days: int) -> date:
    """Return the day so many days later, or as far as the calendar goes."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.min if days < 0 else date.max
