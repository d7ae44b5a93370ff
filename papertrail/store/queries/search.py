"""Queries of papers as SQL: the words of one in a single question to the index, all else beside it."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from sqlite3 import Connection
from typing import TYPE_CHECKING, NamedTuple

from papertrail.domain.lineages.lineage import folded_name
from papertrail.domain.query.fields import BY_NAME
from papertrail.domain.query.tree import Choice, Days, Group, Node, Not, Numbers, Query, Sort, Text, joined
from papertrail.domain.query.values import bounds
from papertrail.domain.query.words import FEWEST_LETTERS, words
from papertrail.domain.text import fold
from papertrail.store.queries import ME
from papertrail.store.queries.ids import told_at_once
from papertrail.store.queries.missing import is_missing
from papertrail.store.queries.papers import lines
from papertrail.store.queries.word_index import COLUMNS

if TYPE_CHECKING:
    from papertrail.domain.query.hits import Texts

LINEAGES = "SELECT id, name FROM lineage"

TAGS = "SELECT DISTINCT name FROM tag WHERE reader_id = :reader"

IS_IN_ORDER = """
SELECT NOT EXISTS (
  SELECT 1 FROM (SELECT id, lag(id) OVER (ORDER BY position, id) AS before FROM paper) WHERE before > id)
"""

TEXTS = """
SELECT p.id, p.key, p.title, p.authors, p.venue, p.abstract, n.text,
  (SELECT group_concat(name, char(10)) FROM (
     SELECT name FROM tag WHERE reader_id = :reader AND paper_id = p.id ORDER BY name))
FROM paper p LEFT JOIN note n ON n.paper_id = p.id AND n.reader_id = :reader
WHERE p.id IN (SELECT value FROM json_each(:ids))
"""

_OWED = f"""
SELECT r.paper_id FROM reading r JOIN paper p ON p.id = r.paper_id
LEFT JOIN note n ON n.paper_id = r.paper_id AND n.reader_id = r.reader_id
WHERE r.reader_id = 1 AND r.is_read AND NOT coalesce(n.complete, 0) AND NOT ({is_missing})
"""
_COUNTED = """
SELECT r.paper_id FROM reading r JOIN note n ON n.paper_id = r.paper_id AND n.reader_id = r.reader_id
WHERE r.reader_id = 1 AND r.is_read AND n.complete
"""
_HAS = {
    "note": "{id} IN (SELECT paper_id FROM note WHERE reader_id = 1)",
    "abstract": "coalesce(p.abstract, '') <> ''",
    "tag": "{id} IN (SELECT paper_id FROM tag WHERE reader_id = 1)",
    "lineage": "{id} IN (SELECT paper_id FROM lineage_paper)",
    "rating": "{id} IN (SELECT paper_id FROM reading WHERE reader_id = 1 AND rating IS NOT NULL)",
    "arxiv": "p.arxiv_id IS NOT NULL",
    "doi": "p.doi IS NOT NULL",
}
_SORTED_BY = {
    "year": "p.year",
    "title": "p.title COLLATE NOCASE",
    "key": "p.key",
    "status": "instr('reading queued unread read dropped', coalesce(r.status, 'unread'))",
    "added": "p.added_at",
    "read": "r.finished_at",
    "words": "n.words",
    "rating": "r.rating",
    "venue": "nullif(p.venue, '') COLLATE NOCASE",
}
_reading = f"LEFT JOIN reading r ON r.reader_id = {ME} AND r.paper_id = {{id}}"
_BEST_FIRST = ("key", "title", "author tag arxiv doi venue year", "note", "abstract")
"""The columns of the index, those first in which words weigh most: where they stand is all that ranks."""
LONGEST_PREFIX = 3
"""Letters of the longest beginnings that the index has lists of."""
MANY = 10_000
"""Papers whose lists of words FTS5 joins within some ten milliseconds."""
FEW_YEARS = 3
_TRIED = 12
_FEWEST_HELD = 3

TOP = "SELECT coalesce(max(id), 0) FROM paper"


class Surroundings(NamedTuple):
    """What a query is asked in, besides the database.

    Attributes:
        today: gives the reader's date.
        begins: gives the moment at which a date of the reader's begins, UTC text.
        in_section: gives the ids of the papers of which a term of the field `section` holds.
        with_pdf: gives the keys of the papers that have a PDF.
        explained: gives the ids of the papers that can be explained.
    """

    today: Callable[[], date]
    begins: Callable[[date], str]
    in_section: Callable[[Text], Iterable[int]]
    with_pdf: Callable[[], Iterable[str]]
    explained: Callable[[], Iterable[int]]


def ids(
    connection: Connection,
    query: Query,
    around: Surroundings,
    *,
    most: int | None = None,
    in_order: bool = False,
) -> "array[int]":
    """Return the ids of the papers asked for.

    In reading order, unless the query says another; those of a single lineage in its order, queued ones in
    the queue's.

    Args:
        connection: to the database.
        query: what is asked for.
        around: what it is asked in.
        most: how many at most.
        in_order: whether the reading order is known to be that of the ids; the first ones then come
            without all having been found.
    """
    compiled = _Compiled(connection, around, query)
    if most is None:
        sql, values = compiled.select(in_order=in_order)
        return told_at_once(connection, sql, values)
    sql, values = compiled.select(in_order=in_order, common=compiled.common() if in_order else [])
    rows = connection.execute(
        f"{sql} LIMIT ?", [*values, most]
    ).fetchall()  # few: at once in half of the time
    return array("q", [row[0] for row in rows])


def is_in_order_of_ids(connection: Connection) -> bool:
    """Tell whether the reading order is that of the ids, as it is until a file re-orders papers."""
    return bool(connection.execute(IS_IN_ORDER).fetchone()[0])


def texts(connection: Connection, ids: Sequence[int]) -> "dict[int, Texts]":
    """Return what of these papers can be shown as a hit, by their ids; of notes the reader's own words."""
    from papertrail.domain.query.hits import Texts

    rows = connection.execute(TEXTS, {"reader": ME, "ids": _json(ids)})
    return {
        id_: Texts(key, title, lines(authors), lines(tags), venue, abstract or "", note or "")
        for id_, key, title, authors, venue, abstract, note, tags in rows
    }


def names_of_nothing(connection: Connection, node: Node | None) -> list[Text]:
    """Return the terms of a query that name a lineage or a tag which there is none of."""
    if isinstance(node, Group):
        return [text for part in node.parts for text in names_of_nothing(connection, part)]
    if isinstance(node, Not):
        return names_of_nothing(connection, node.part)
    if not isinstance(node, Text) or not node.field or BY_NAME[node.field].kind != "name":
        return []
    names = _tags(connection, node) if node.field == "tag" else _lineages(connection, node)
    return [] if names else [node]


def in_note(connection: Connection, text: Text) -> list[int]:
    """Return the ids of the papers in whose notes the words of a term stand; of all notes if it has none."""
    if not text.text:
        return [row[0] for row in connection.execute("SELECT paper_id FROM note WHERE reader_id = ?", [ME])]
    match = _match(text._replace(field="note", section=""))
    return [row[0] for row in connection.execute("SELECT rowid FROM words WHERE words MATCH ?", [match])]


class _Compiled:
    """Turns the parts of a query into conditions; `{id}` in these is the id of the paper looked at."""

    def __init__(self, connection: Connection, around: Surroundings, query: Query) -> None:
        self._connection = connection
        self._around = around
        self._query = query
        self._asked, self._rest = _parted(query.where)

    def select(self, *, in_order: bool, common: Sequence["_Long"] = ()) -> tuple[str, list[object]]:
        """Return the statement that selects the ids of the papers asked for, in order.

        For a beginning longer than those it has lists of, FTS5 joins the lists of all words that begin so
        before it tells the first paper. Those that are `common` are sought by their first letters, and then
        in the texts of what these find, as far as it is wanted; those left out in the texts alone.
        """
        sought = [one.part for one in common]
        found_first = [part for part in self._asked if part not in sought or not isinstance(part, Not)]
        asked = [_cut(part) if isinstance(part, Text) and part in sought else part for part in found_first]
        match = _all_of(asked)
        # The plus keeps SQLite from asking the index anew for each id that the rest allows.
        of_words = "words w LEFT JOIN paper p ON p.id = w.rowid", "+w.rowid"
        source, id_ = of_words if match else ("paper p", "p.id")
        condition, values = self._condition(self._rest) if self._rest is not None else ("1", [])
        if match:
            # Told to need the paper, or SQLite would look at all these texts before it looks at the paper.
            held = "".join(f" AND (p.id IS NULL OR {one.condition})" for one in common)
            condition = f"words MATCH ? AND {condition}{held}"
            values = [match, *values, *(_as_held(one.term) for one in common)]
        joined, order, order_values = self._order(match, in_order)
        sql = f"SELECT {id_} AS id FROM {source} {joined} WHERE {condition} ORDER BY {order}"
        return sql.replace("{id}", id_), [*values, *order_values]

    def common(self) -> "list[_Long]":
        """Return the beginnings asked for, or left out, that many papers seem to have, judged by a few.

        What is left out of most papers is none: too many texts would be looked at before a paper is found.
        """
        long = [one for one in map(_long, self._asked) if one is not None]
        if not long:
            return []
        ((top,),) = self._connection.execute(TOP).fetchall()
        if top < MANY or self._order("words", in_order=True)[1] != "w.rowid":  # all have to be found
            return []
        held = ", ".join(_is_held(one.term) for one in long)
        sql = f"SELECT w.rowid, {held} FROM words w WHERE words MATCH ? ORDER BY w.rowid LIMIT {_TRIED}"
        # Asking for what is left out twice costs more.
        asked = [part for part in self._asked if not isinstance(part, Not)]
        match = _all_of([_cut(part) if isinstance(part, Text) and _is_long(part) else part for part in asked])
        tried = self._connection.execute(sql, [*(_as_held(one.term) for one in long), match]).fetchall()
        counts = [sum(flags) for flags in list(zip(*tried, strict=True))[1:]]
        return [
            one
            for one, count in zip(long, counts, strict=False)
            if count >= _FEWEST_HELD and count * top >= MANY * tried[-1][0]
            if not isinstance(one.part, Not) or len(tried) - count >= _FEWEST_HELD
        ]

    def _order(self, match: str, in_order: bool) -> tuple[str, str, list[object]]:
        """Return the tables that an order needs, the order, and the values in it."""
        query = self._query
        joins: list[str] = []
        parts: list[str] = []
        values: list[object] = []
        if query.order:
            named = {one.by for one in query.order}
            if named & {"status", "read", "rating"}:
                joins.append(_reading)
            if "words" in named:
                joins.append(f"LEFT JOIN note n ON n.reader_id = {ME} AND n.paper_id = {{id}}")
            for sort in query.order:
                if sort.by != "relevance":
                    parts += _sorted(sort)
                elif match:
                    direction = "" if sort.descending else " DESC"
                    parts += [f"{{id}} IN (SELECT rowid FROM words WHERE words MATCH ?){direction}"] * len(
                        _BEST_FIRST
                    )
                    values += [f"{{{columns}}} : ({match})" for columns in _BEST_FIRST]
        elif (needed := _needed(query.where)) and (lineage := self._lineage_of(needed)) is not None:
            joins.append(f"LEFT JOIN lineage_paper lp ON lp.lineage_id = {lineage} AND lp.paper_id = {{id}}")
            parts.append("lp.position")
        elif Choice("status", ("queued",)) in needed:
            joins.append(_reading)
            parts.append("r.queue_position")
        elif in_order:
            return "", "w.rowid" if match else "p.id", []
        return " ".join(joins), ", ".join([*parts, "p.position", "p.id"]), values

    def _lineage_of(self, needed: Sequence[Node]) -> int | None:
        """Return the id of the one lineage that papers are asked of, None if there are several or none."""
        named = [leaf for leaf in needed if isinstance(leaf, Text) and leaf.field == "lineage"]
        found = _lineages(self._connection, named[0]) if len(named) == 1 else []
        return found[0] if len(found) == 1 else None

    def _condition(self, node: Node) -> tuple[str, list[object]]:
        if (match := _match(node)) is not None:
            return "{id} IN (SELECT rowid FROM words WHERE words MATCH ?)", [match]
        if isinstance(node, Not):
            condition, values = self._condition(node.part)
            return f"NOT {condition}", values
        if isinstance(node, Group):
            parts = [self._condition(part) for part in node.parts]
            word = " AND " if node.kind == "all" else " OR "
            return f"({word.join(part for part, _ in parts)})", [one for _, some in parts for one in some]
        if isinstance(node, Choice):
            return self._chosen(node)
        if isinstance(node, Numbers):
            return _numbers(node)
        if isinstance(node, Days):
            return self._days(node)
        return self._named(node)

    def _chosen(self, node: Choice) -> tuple[str, list[object]]:
        if node.field == "status":
            listed = ", ".join(f"'{value}'" for value in node.values)
            rows = f"SELECT paper_id FROM reading WHERE reader_id = {ME} AND status"
            if "unread" in node.values:  # no row is unread as well
                return f"{{id}} NOT IN ({rows} NOT IN ({listed}))", []
            return f"{{id}} IN ({rows} IN ({listed}))", []
        conditions, values = [], list[object]()
        for value in node.values:
            if node.field == "is":
                conditions.append(f"{{id}} IN ({_OWED if value == 'owed' else _COUNTED})")
            elif node.field == "explains":
                conditions.append(
                    f"{{id}} {'' if value == 'yes' else 'NOT '}IN (SELECT value FROM json_each(?))"
                )
                values.append(_json(self._around.explained()))
            elif value == "pdf":
                conditions.append("p.key IN (SELECT value FROM json_each(?))")
                values.append(_json(self._around.with_pdf()))
            else:
                conditions.append(_HAS[value])
        return f"({' OR '.join(conditions)})", values

    def _days(self, node: Days) -> tuple[str, list[object]]:
        first, last = bounds(node.text, self._around.today())
        if node.field == "added":
            column, ends = "p.added_at", [day and self._around.begins(day) for day in (first, _next(last))]
        else:
            column, ends = "finished_on", [day and day.isoformat() for day in (first, _next(last))]
        tests = [f"{column} {sign} ?" for sign, end in zip((">=", "<"), ends, strict=True) if end]
        condition = " AND ".join([f"{column} IS NOT NULL", *tests])
        values: list[object] = [end for end in ends if end]
        if node.field == "added":
            return f"({condition})", values
        return f"{{id}} IN (SELECT paper_id FROM reading WHERE reader_id = {ME} AND {condition})", values

    def _named(self, node: Text) -> tuple[str, list[object]]:
        if node.field == "section":
            return "{id} IN (SELECT value FROM json_each(?))", [_json(self._around.in_section(node))]
        if node.field == "tag":
            names = _tags(self._connection, node)
            rows = f"SELECT paper_id FROM tag WHERE reader_id = {ME} AND name IN"
            return f"{{id}} IN ({rows} (SELECT value FROM json_each(?)))", [_json(names)]
        numbers = ", ".join(map(str, _lineages(self._connection, node)))
        return f"{{id}} IN (SELECT paper_id FROM lineage_paper WHERE lineage_id IN ({numbers}))", []


def _tags(connection: Connection, node: Text) -> list[str]:
    """Return the tags that a term means."""
    return [name for (name,) in connection.execute(TAGS, {"reader": ME}) if _is_tag(node, name)]


def _lineages(connection: Connection, node: Text) -> list[int]:
    """Return the ids of the lineages that a term means."""
    wanted = folded_name(node.text)
    found = ((id_, folded_name(name)) for id_, name in connection.execute(LINEAGES))
    return [id_ for id_, name in found if (name == wanted if node.whole else wanted in name)]


def _parted(node: Node | None) -> tuple[list[Node], Node | None]:
    """Part what has to hold into what is one question to the index, maybe nothing, and the rest."""
    if node is None:
        return [], None
    if not isinstance(node, Group) or node.kind != "all":
        return ([], node) if _match(node) is None else ([node], None)
    asked = [part for part in node.parts if _match(part) is not None]
    rest = [part for part in node.parts if _match(part) is None]
    if asked:
        rest_of_words = [part for part in rest if isinstance(part, Not) and _match(part.part) is not None]
        asked, rest = [*asked, *rest_of_words], [part for part in rest if part not in rest_of_words]
    return asked, joined("all", rest)


def _all_of(asked: Sequence[Node]) -> str:
    """Return what has to hold as one question to the index; empty for nothing."""
    node = joined("all", asked)
    match = "" if node is None else _match(node)
    assert match is not None
    return match


def _needed(node: Node | None) -> Sequence[Node]:
    """Return the terms that have to hold of every paper."""
    if isinstance(node, Group) and node.kind == "all":
        return node.parts
    return () if node is None else (node,)


def _match(node: Node) -> str | None:
    """Return a node as one question to the index; None where that is not to be had."""
    if isinstance(node, Text):
        if node.field and BY_NAME[node.field].kind != "text":
            return None
        wanted = _words(node.text)
        phrase = f'"{" ".join(wanted)}"' + " *" * (not node.whole)
        if node.field:
            return f"{node.field} : {phrase}"
        return phrase if _may_be_a_part(node) else f"- tails : {phrase}"
    if not isinstance(node, Group):
        return None
    parts = [_match(part) for part in node.parts]
    if node.kind == "any":
        return None if None in parts else f"({' OR '.join(map(str, parts))})"
    without = [_match(part.part) if isinstance(part, Not) else None for part in node.parts]
    if not any(parts) or any(
        held is None and left is None for held, left in zip(parts, without, strict=True)
    ):
        return None
    held = " AND ".join(part for part in parts if part)
    left_out = " OR ".join(part for part in without if part)
    return f"(({held}) NOT ({left_out}))" if left_out else f"({held})"


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[str, ...]:
    """Return the words of a term, which are asked for several times."""
    return tuple(words(text))


def _may_be_a_part(node: Text) -> bool:
    wanted = _words(node.text)
    return len(wanted) == 1 and len(wanted[0]) >= FEWEST_LETTERS and not node.whole


def _is_long(node: Text) -> bool:
    """Tell whether words end with a beginning that the index has no list of."""
    return not node.whole and len(_words(node.text)[-1]) > LONGEST_PREFIX


class _Long(NamedTuple):
    """A part of a query, and the term that is asked for or left out by it, which `_is_long`."""

    part: Node
    term: Text

    @property
    def condition(self) -> str:
        """What has to hold of the texts, given the words `_as_held`."""
        return f"NOT {_is_held(self.term)}" if isinstance(self.part, Not) else _is_held(self.term)


def _long(part: Node) -> _Long | None:
    term = part.part if isinstance(part, Not) else part
    return _Long(part, term) if isinstance(term, Text) and _is_long(term) else None


def _cut(node: Text) -> Text:
    """Return words with no more of the last one than the index has lists of."""
    *first, last = _words(node.text)
    return node._replace(text=" ".join([*first, last[:LONGEST_PREFIX]]))


def _is_held(node: Text) -> str:
    """Return the condition that words, `_as_held`, stand in the texts that the index has of a paper."""
    columns = [node.field] if node.field else COLUMNS if _may_be_a_part(node) else COLUMNS[:-1]
    texts = " || ' | ' || ".join(f"w.{column}" for column in columns)
    return f"instr(' ' || {texts}, ?) > 0"


def _as_held(node: Text) -> str:
    return " " + " ".join(_words(node.text))


def _numbers(node: Numbers) -> tuple[str, list[object]]:
    first = -1 if node.first is None else node.first
    last = 1 << 60 if node.last is None else node.last
    if node.field == "year" and last - first < FEW_YEARS:  # the papers of one year are few, and read at once
        return "{id} IN (SELECT id FROM paper WHERE year BETWEEN ? AND ?)", [first, last]
    if node.field == "year":
        return "(p.year IS NOT NULL AND p.year BETWEEN ? AND ?)", [first, last]
    if node.field == "words" and first <= 0 <= last:  # no note has no words
        rows = f"SELECT paper_id FROM note WHERE reader_id = {ME} AND words NOT BETWEEN ? AND ?"
        return f"{{id}} NOT IN ({rows})", [first, last]
    table = "note" if node.field == "words" else "reading"
    rows = f"SELECT paper_id FROM {table} WHERE reader_id = {ME} AND {node.field} BETWEEN ? AND ?"
    return f"{{id}} IN ({rows})", [first, last]


def _sorted(sort: Sort) -> list[str]:
    """Return what to order by; papers of which it is not known come last, either way."""
    column = _SORTED_BY[sort.by]
    return [f"{column} IS NULL", f"{column}{' DESC' * sort.descending}"]


def _next(day: date | None) -> date | None:
    if day is None or day == date.max:
        return None
    return date.fromordinal(day.toordinal() + 1)


def _is_tag(node: Text, name: str) -> bool:
    tag, wanted = fold(name), fold(node.text)
    return tag == wanted if node.whole else tag.startswith(wanted)


def _json(values: Iterable[str] | Iterable[int]) -> str:
    import json

    return json.dumps(list(values))
