"""Whether a query holds of one paper: what every faster search has to agree with."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from papertrail.domain.lineages.lineage import folded_name
from papertrail.domain.query.fields import BY_NAME
from papertrail.domain.query.tree import Choice, Days, Group, Node, Not, Numbers, Query, Text
from papertrail.domain.query.values import bounds
from papertrail.domain.query.words import FEWEST_LETTERS, stand_in, tails, words
from papertrail.domain.text import fold


class Record(NamedTuple):
    """All of a paper that can be asked for.

    Attributes:
        text: folded: key, title, authors, year, venue, arXiv id; parts of words are found in it.
        note: the reader's own words; None without a note.
        sections: name and text of each of its sections, the text empty where it is not filled.
        added: the reader's date at which it came into the trail.
        read: the reader's date at which it had been read; None if it has not.
        words: of the note.
    """

    key: str
    title: str
    text: str
    added: date
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str = ""
    arxiv_id: str | None = None
    doi: str | None = None
    abstract: str | None = None
    note: str | None = None
    sections: tuple[tuple[str, str], ...] = ()
    status: str = "unread"
    owed: bool = False
    counted: bool = False
    explains: bool = False
    lineages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    read: date | None = None
    words: int = 0
    rating: int | None = None
    pdf: bool = False

    def column(self, field: str) -> tuple[str, ...]:
        """Return the texts of a field of kind `text`; each by itself, as no phrase goes on into the next."""
        return {
            "title": (self.title,),
            "author": self.authors,
            "venue": (self.venue,),
            "key": (self.key,),
            "arxiv": (self.arxiv_id or "",),
            "doi": (self.doi or "",),
            "abstract": (self.abstract or "",),
            "note": (self.note or "",),
        }[field]

    @property
    def everything(self) -> tuple[str, ...]:
        """All texts in which words without a field are sought by their beginnings."""
        ids = self.arxiv_id or "", self.doi or ""
        named = (self.key, self.title, *self.authors, self.venue, *ids, str(self.year or ""))
        return (*named, self.abstract or "", *self.tags, self.note or "")

    def words_of(self, field: str) -> Sequence[Sequence[str]]:
        """Return the words of each text of a field; of all where words without a field are sought."""
        return [words(text) for text in (self.column(field) if field else self.everything)]

    def parts(self) -> Sequence[str]:
        """Return where parts of words can begin, as `tails` does."""
        return tails(self.text)


def matches(query: Query, record: Record, today: date) -> bool:
    """Return whether a paper is asked for; `today` is the reader's date."""
    return query.where is None or holds(query.where, record, today)


def holds(node: Node, record: Record, today: date) -> bool:
    """Return whether a term, or a tree of them, holds of a paper."""
    if isinstance(node, Group):
        return (all if node.kind == "all" else any)(holds(part, record, today) for part in node.parts)
    if isinstance(node, Not):
        return not holds(node.part, record, today)
    if isinstance(node, Choice):
        return _chosen(node, record)
    if isinstance(node, Numbers):
        number = {"year": record.year, "words": record.words, "rating": record.rating}[node.field]
        return number is not None and _within(number, node.first, node.last)
    if isinstance(node, Days):
        day = record.added if node.field == "added" else record.read
        first, last = bounds(node.text, today)
        return day is not None and (first is None or first <= day) and (last is None or day <= last)
    return _stands(node, record)


def holds_in_lineage_note(node: Node, name: str, note: str) -> bool:
    """Return whether a query holds of the note about a lineage: one of words alone, or of its lineage's name.

    Args:
        node: the tree of terms.
        name: of the lineage.
        note: the reader's own words in it.
    """
    record = Record("", "", "", date.min, note=note, lineages=(name,))
    return _is_of_words(node) and holds(node, record, date.min)


def _is_of_words(node: Node) -> bool:
    if isinstance(node, Group):
        return all(map(_is_of_words, node.parts))
    if isinstance(node, Not):
        return _is_of_words(node.part)
    return isinstance(node, Text) and node.field in ("", "note", "lineage")


def _within(number: int, first: int | None, last: int | None) -> bool:
    return (first is None or first <= number) and (last is None or number <= last)


def _chosen(node: Choice, record: Record) -> bool:
    true = {
        "status": {record.status: True},
        "is": {"owed": record.owed, "counted": record.counted},
        "explains": {"yes": record.explains, "no": not record.explains},
        "has": {
            "note": record.note is not None,
            "abstract": bool(record.abstract),
            "pdf": record.pdf,
            "tag": bool(record.tags),
            "lineage": bool(record.lineages),
            "rating": record.rating is not None,
            "arxiv": record.arxiv_id is not None,
            "doi": record.doi is not None,
        },
    }[node.field]
    return any(true.get(value, False) for value in node.values)


def _stands(node: Text, record: Record) -> bool:
    if not node.field:
        return _found(node, record.words_of("")) or (not node.whole and _is_part(node.text, record))
    kind = BY_NAME[node.field].kind
    if kind == "section":
        return holds_in_section(node, dict(record.sections))
    if kind == "name":
        return any(
            is_named(node, name) for name in (record.lineages if node.field == "lineage" else record.tags)
        )
    return _found(node, record.words_of(node.field))


def holds_in_section(node: Text, sections: Mapping[str, str]) -> bool:
    """Return whether a term of the field `section` holds of a note with these sections."""
    name = fold(node.section)
    texts = tuple(text for title, text in sections.items() if fold(title).startswith(name))
    return _found(node, [words(text) for text in texts]) if node.text else any(map(str.strip, texts))


def _is_part(text: str, record: Record) -> bool:
    """Return whether a single word stands within a word of a paper."""
    wanted = _wanted(text)
    if len(wanted) != 1 or len(wanted[0]) < FEWEST_LETTERS:
        return False
    return any(tail.startswith(wanted[0]) for tail in record.parts())


def is_named(node: Text, name: str) -> bool:
    """Return whether a lineage or tag is meant: in quotes the whole name, else a part or the beginning."""
    if node.field == "tag":
        tag, wanted = fold(name), fold(node.text)
        return tag == wanted if node.whole else tag.startswith(wanted)
    lineage, wanted = folded_name(name), folded_name(node.text)
    return lineage == wanted if node.whole else wanted in lineage


def _found(node: Text, texts: Sequence[Sequence[str]]) -> bool:
    wanted = _wanted(node.text)
    return any(stand_in(wanted, there, whole=node.whole) for there in texts)


@lru_cache(maxsize=256)
def _wanted(text: str) -> list[str]:
    return words(text)
