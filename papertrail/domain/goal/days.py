"""Dates and days of the week as people type them."""

from datetime import date

from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line, shorten

TODAY = "today"
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def parse_day(text: str) -> date:
    """Return the date written as `2026-03-01`.

    Raises:
        BadInput: it is none.
    """
    try:
        if len(text) != len("2026-03-01"):  # Python also takes 20260301 and 2026-W09-7
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        said = shorten(clean_line(text), 40) or "nothing"
        raise BadInput(f"{said} is no date", "give it as 2026-03-01, or today") from None


def parse_weekdays(text: str) -> frozenset[int]:
    """Return the days of the week named, such as `sat,sun` or `none`; Monday is 0.

    Raises:
        BadInput: one of them is none.
    """
    days: set[int] = set()
    for word in text.replace(",", " ").lower().split():
        fitting = [day for day, name in enumerate(_WEEK) if len(word) >= 2 and name.startswith(word)]
        if not fitting and word != "none":
            said = shorten(clean_line(word), 40)
            raise BadInput(f"{said} is no day of the week", "name them as sat,sun or none")
        days.update(fitting)
    return frozenset(days)
