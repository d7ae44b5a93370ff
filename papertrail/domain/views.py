"""Saved views: queries that the reader gave a name."""

from typing import NamedTuple

from papertrail.domain.errors import BadInput
from papertrail.domain.lineages.lineage import ALL_PAPERS, folded_name
from papertrail.domain.query.tree import Query
from papertrail.domain.query.understood import understood
from papertrail.domain.text import clean_line, shorten

LONGEST_NAME = 60  # letters
TAKEN = ("All papers", "Queue", ALL_PAPERS)
"""What stands for papers where views are chosen, and so for no view."""


class SavedView(NamedTuple):
    """A name, and the query that it stands for, as it was typed."""

    name: str
    query: str

    @property
    def meaning(self) -> Query:
        """What is asked for; what a papertrail that knew more had understood, too, is left out."""
        from papertrail.domain.query.parser import parse

        return parse(self.query).query


class ViewSaved(NamedTuple):
    """What became of a view: as it is, and the query that it had before; None for a new one."""

    view: SavedView
    before: str | None


def checked_name(text: str) -> str:
    """Return the name of a view, cleaned.

    Raises:
        BadInput: it can be none.
    """
    name = clean_line(text)
    if not folded_name(name):
        raise BadInput("the name of the view is empty", "give one, such as thesis")
    if folded_name(name) in {folded_name(taken) for taken in TAKEN}:
        raise BadInput(f"{name} stands in the list of views by itself", "give the view another name")
    if len(name) > LONGEST_NAME:
        raise BadInput(
            f"{shorten(name, 40)} is too long for the name of a view", f"give up to {LONGEST_NAME} letters"
        )
    return name


def checked_query(text: str) -> str:
    """Return a query that is understood as a whole, cleaned.

    Raises:
        BadInput: something of it is not understood, or nothing is asked.
    """
    query = clean_line(text)
    if understood(query) == Query():
        raise BadInput("the query is empty", "say which papers, as in status:read tag:thesis")
    return query
