"""Months as bibliographies name them."""

from papertrail.domain.clock import MONTHS

BY_NAME = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
"""The number of each by its three letters, which are BibTeX's macros as well."""
_WHOLE = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)


def numbered(text: str) -> str:
    """Return the number of a month that is named, whole or cut; anything else as it is.

    Examples:
        >>> numbered("Sept."), numbered("15 June")
        ('9', '15 June')
    """
    name = text.strip(". ").lower()
    number = BY_NAME.get(name[:3], 0)
    return str(number) if number and _WHOLE[number - 1].startswith(name) else text
