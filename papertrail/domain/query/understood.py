"""Queries that are to be understood as a whole, as on a command line or before they are saved."""

from papertrail.domain.errors import BadInput
from papertrail.domain.query.parser import parse
from papertrail.domain.query.tree import Query
from papertrail.domain.text import clean_line, shorten


def understood(text: str) -> Query:
    """Return what a query means.

    Raises:
        BadInput: some of it is not understood.
    """
    query, remarks = parse(text)
    for remark in remarks:
        said = shorten(clean_line(text[remark.start : remark.end]), 40)
        place = f", letter {remark.start + 1}" if len(text) > len(said) and said not in remark.cause else ""
        raise BadInput(f"{remark.cause} ({said}{place})" if place else remark.cause, remark.remedy)
    return query
