"""Papers that may be one: told of, and never made one unasked."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from sqlite3 import Connection
from typing import NamedTuple

from papertrail.domain.text import fold
from papertrail.store.queries import papers


class Twin(NamedTuple):
    """Two papers that may be one.

    Attributes:
        key: of the one that came later.
        other: of the one that was there first.
        by_doi: whether both have one DOI, not only one title.
    """

    key: str
    other: str
    by_doi: bool


def twins_of(connection: Connection, keys: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return what other papers these may be: pairs, one of these first."""
    found = []
    for key, other, _ in every_twin(connection) if keys else ():
        if key in keys or other in keys:
            found.append((key, other) if key in keys else (other, key))
    return tuple(found)


def every_twin(connection: Connection) -> Iterator[Twin]:
    """Yield the papers that have one DOI or one title, however they are spelled, each pair once.

    A paper of which nothing is known but its arXiv id has no title yet.
    """
    by_doi: defaultdict[str, list[str]] = defaultdict(list)
    by_title: defaultdict[str, list[str]] = defaultdict(list)
    for key, title, doi in papers.identities(connection):
        same_doi = by_doi[doi.lower()] if doi else []
        same_title = by_title[fold(title)]
        yield from (Twin(key, other, True) for other in same_doi)
        yield from (Twin(key, other, False) for other in same_title if other not in same_doi)
        same_doi.append(key)
        same_title.append(key)
