"""Months as bibliographies name them."""

from papertrail.domain.clock import MONTHS

NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
"""Of the month, by its first three letters."""
_WHOLE = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)


def month_number(text: str) -> str:
    """Return the number of a month that is named, whole or cut; anything else as it is."""
    name = text.strip(". ").lower()
    number = NUMBERS.get(name[:3], 0)
    return str(number) if number and _WHOLE[number - 1].startswith(name) else text
