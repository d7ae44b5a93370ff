"""Dates and days of the week as they are typed on the command line."""

from datetime import date
from typing import TYPE_CHECKING

import click

from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Day(click.ParamType["date | str"]):
    """A date as `2026-03-01`, or `today`; given to the command as a date, or None for today."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, context: click.Context | None
    ) -> "date | str":
        """Return the date; `today` stays a word, because the trail's clock knows it."""
        if isinstance(value, date):
            return value
        text = str(value)
        if text == "today":
            return text
        try:
            if len(text) != len("2026-03-01"):  # Python also takes 20260301 and 2026-W09-7
                raise ValueError(text)
            return date.fromisoformat(text)
        except ValueError:
            remedy = "give it as 2026-03-01, or today"
            raise BadInput(f"{shorten(clean_line(text), 40) or 'nothing'} is no date", remedy) from None


def weekdays(text: str) -> "Sequence[int]":
    """Return the days of the week named, such as `sat,sun` or `none`; Monday is 0.

    Raises:
        BadInput: one of them is none.
    """
    days = []
    for word in text.replace(",", " ").lower().split():
        fitting = [day for day, name in enumerate(_WEEK) if len(word) >= 2 and name.startswith(word)]
        if not fitting and word != "none":
            remedy = "name them as sat,sun or none"
            raise BadInput(f"{shorten(clean_line(word), 40)} is no day of the week", remedy)
        days += fitting
    return days
