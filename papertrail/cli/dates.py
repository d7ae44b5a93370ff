"""Dates as arguments and options."""

from datetime import date

import click


class Day(click.ParamType["date | str"]):
    """A date as `2026-03-01`; `today` stays a word, because the trail's clock knows which day it is."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, context: click.Context | None
    ) -> "date | str":
        """Return the date, or the word."""
        from papertrail.domain.goal.days import TODAY, parse_day

        return value if isinstance(value, date) or value == TODAY else parse_day(str(value))
