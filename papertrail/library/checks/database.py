"""The database: whether it is there and whole, and agrees with itself."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from papertrail.domain.errors import DatabaseDamaged, NewerLibrary
from papertrail.domain.findings import Finding
from papertrail.domain.lineages.lineage import circle_words, find_cycle
from papertrail.domain.operations import Verb
from papertrail.library.checks.check import DATABASE, FIX, REBUILD, Check, Look, Mend, Needs, State
from papertrail.store import journal_copy
from papertrail.store.looking import copy_in_memory, words_in_memory
from papertrail.store.queries import digests, lineages, soundness, word_index
from papertrail.store.queries.digests import Damaged, Whole

_MOST_TOLD = 5
_CALLED = {
    "paper": ("paper", "papers"),
    "reading": ("status", "statuses"),
    "note": ("note in the index", "notes in the index"),
    Whole.OPERATION: ("change in the journal", "changes in the journal"),
    Whole.ANNOUNCED: ("list of what arXiv announced", "lists of what arXiv announced"),
}
_FOLLOWS = ("note", "question", Whole.ANNOUNCED)  # what notes tell, or arXiv: read there again
# Rows that only tie others together, or that follow from them: without what they name they say nothing.
_TIES = ("alias", "lineage_paper", "builds_on", "note", "memory", "set_aside", "told_paper", "change")
# What SQLite says of an index that does not fit its table: the table is right, the index is made anew.
_OF_INDEX = ("missing from index", "wrong # of entries in index", "non-unique entry in index")


def _database(look: Look) -> Iterator[Finding]:
    if look.state is State.LOST:
        is_empty = look.trail.database.path.exists()
        what = "the database is empty" if is_empty else "the database is gone"
        yield Finding("database", what, DATABASE, REBUILD)
    elif isinstance(look.trouble, NewerLibrary):
        yield Finding("database", look.trouble.cause, DATABASE, "pip install --upgrade papertrail-tui")
    elif look.trouble is not None:
        yield Finding("database", look.trouble.cause, DATABASE, REBUILD)
    elif look.state is State.OLDER:
        what = "the database is of an earlier papertrail; the next command brings it up to this one"
        yield Finding("database", what, DATABASE, "papertrail list", is_remark=True)
    if not look.can(Needs.DATABASE):
        return
    try:
        faults = soundness.faults(look.connection)
    except DatabaseDamaged as error:
        faults = [error.cause]
    wrong = [fault for fault in faults if not _is_of_index(fault)]
    if wrong:
        look.is_damaged = True
        more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        yield Finding("database", f"the database is damaged: {wrong[0]}{more}", DATABASE, REBUILD)
    elif faults:
        what = f"an index of the database does not fit its table: {faults[0]}"
        yield Finding("database", what, DATABASE, FIX, is_fixable=True)
    if (
        not look.is_damaged
        and look.can(Needs.SCHEMA)
        and (lacking := journal_copy.lacking_in(look.connection, look.trail.home.journal_copy))
    ):
        look.is_damaged = True  # what would be written now would take the place of what is lacking
        changes = "change is" if lacking == 1 else "changes are"
        what = f"the database is an older one: {lacking} {changes} in the copy of the journal alone"
        yield Finding("database", what, DATABASE, REBUILD)


def _is_of_index(fault: str) -> bool:
    return any(words in fault for words in _OF_INDEX)


def _mends(check: str, said: str, how: Callable[[sqlite3.Connection], None]) -> Mend:
    """Return what mends all findings of a check at once, as one operation that says what it did."""

    def mend(look: Look, _: Sequence[Finding]) -> Iterator[str]:
        with look.mending(check, said) as (connection, _operation):
            how(connection)
        yield said

    return mend


def _schema(look: Look) -> Iterator[Finding]:
    there, expected = soundness.described(look.connection), soundness.expected()
    missing = {part: f"{part} is missing" for part in sorted(expected.keys() - there.keys())}
    other = {
        part: f"{part} is not as papertrail makes it"
        for part in sorted(expected.keys() & there.keys())
        if there[part] != expected[part]
    }
    wrong = {**missing, **other}
    if tables := [what for part, what in wrong.items() if _is_own_table(part)]:
        look.is_damaged = True
        yield from (Finding("schema", what, DATABASE, REBUILD) for what in tables)
        return  # what stands around a table goes with it
    for what in wrong.values():
        yield Finding("schema", what, DATABASE, FIX, is_fixable=True)
    if not wrong and not there.keys() - expected.keys() and not digests.knows_schema(look.connection):
        what = "the digest of the schema is not that of the schema"
        yield Finding("schema", what, DATABASE, FIX, is_fixable=True)
    for part in sorted(there.keys() - expected.keys()):
        what = f"{part} is none of papertrail's"
        if part.startswith("trigger "):
            yield Finding("schema", what, DATABASE, FIX, is_fixable=True)
        else:
            remedy = "papertrail doctor --list-checks"
            yield Finding("schema", what, DATABASE, remedy, is_remark=True)


def _is_own_table(part: str) -> bool:
    return part.startswith("table ") and part != "table words"  # the index of words is made anew


def _remake_schema(look: Look, _: Sequence[Finding]) -> Iterator[str]:
    from papertrail.store.migrate import remake_around_tables

    with look.mending("schema", "indexes and triggers made anew"):
        pass  # what it says comes first: the triggers that are made record from then on
    remake_around_tables(look.trail.database)
    yield "indexes, triggers and the index of words are made anew"


def _rows(look: Look) -> Iterator[Finding]:
    damaged = [one for one in digests.damaged(look.connection) if one.table != Whole.SCHEMA]
    if damaged:
        lost = set(_lost(look, damaged))
        for is_lost in (False, True):
            numbers = Counter(one.table for one in damaged if (one in lost) == is_lost)
            for table, number in numbers.items():
                one, more = _CALLED.get(table, (f"row of {table}", f"rows of {table}"))
                what = f"{number} {one if number == 1 else more} not as written by papertrail"
                if is_lost:
                    yield Finding("rows", f"{what}, and nothing tells what that was", DATABASE, REBUILD)
                else:
                    yield Finding("rows", what, DATABASE, FIX, is_fixable=True)
    if number := len(digests.wrongly_undone(look.connection)):
        what = f"of {number} changes it is not clear whether they were taken back"
        yield Finding("rows", what, DATABASE, REBUILD)


def _lost(look: Look, damaged: Sequence[Damaged]) -> list[Damaged]:
    """Return the rows of which nothing tells what was written: tried on a copy, which is thrown away."""
    from papertrail.library.mending import put_back

    copy = copy_in_memory(look.connection)
    try:
        left = put_back(look.trail.home, copy, damaged)
    finally:
        copy.close()
    return [one for one in left if one.table not in _FOLLOWS]


def _put_back(look: Look, _: Sequence[Finding]) -> Iterator[str]:
    from papertrail.library.mending import Mending

    before = len(list(digests.damaged(look.connection)))
    left = len(Mending(look.trail, look.indexed).mend())
    rows = "row is" if before == 1 else "rows are"
    yield f"{before - left} of {before} damaged {rows} as papertrail wrote them"


def _foreign_keys(look: Look) -> Iterator[Finding]:
    for found in soundness.points_nowhere(look.connection):
        number = len(found.rows)
        what = (
            f"{number} {'row' if number == 1 else 'rows'} of {found.table} "
            f"{'belongs' if number == 1 else 'belong'} to a {found.parent} that is not there"
        )
        is_tie = found.table in _TIES
        remedy = FIX if is_tie else REBUILD
        yield Finding("foreign-keys", what, DATABASE, remedy, is_fixable=is_tie)


def _remove_ties(look: Look, _: Sequence[Finding]) -> Iterator[str]:
    while found := [one for one in soundness.points_nowhere(look.connection) if one.table in _TIES]:
        for one in found:
            said = f"{len(one.rows)} of {one.table}, which belonged to nothing, removed"
            with look.mending("foreign-keys", said) as (connection, _operation):
                soundness.remove_rows(connection, one.table, one.rows)
            yield said


def _index_of_words(look: Look) -> Iterator[Finding]:
    if not _agrees_with_itself(look.connection):
        what = "the index of words is damaged: papers are not found by all their words"
        yield Finding("word-index", what, DATABASE, FIX, is_fixable=True)
    elif wrong := look.search.out_of_step():
        more = ", …" * (len(wrong) > _MOST_TOLD)
        what = f"papers are not found by all their words: {', '.join(wrong[:_MOST_TOLD])}{more}"
        yield Finding("word-index", what, DATABASE, FIX, is_fixable=True)


def _agrees_with_itself(connection: sqlite3.Connection) -> bool:
    """Ask SQLite on a copy in memory: to ask is an INSERT, and looking must not write."""
    try:
        copy = words_in_memory(connection)
    except (sqlite3.DatabaseError, DatabaseDamaged):
        return False
    try:
        return word_index.agrees_with_itself(copy)
    finally:
        copy.close()


def _reindex(look: Look, _: Sequence[Finding]) -> Iterator[str]:
    yield f"the words of {look.search.reindex()} papers are indexed anew"


def _operations(look: Look) -> Iterator[Finding]:
    if number := soundness.left_open(look.connection):
        what = f"{number} {'change is' if number == 1 else 'changes are'} marked as still under way"
        yield Finding("operations", what, DATABASE, FIX, is_fixable=True)


def _counted_days(look: Look) -> Iterator[Finding]:
    for found in soundness.counted_otherwise(look.connection):
        told = ", ".join(found.too_many) or "no day"
        counts = ", ".join(found.lacking) or "none"
        what = f"the journal has {found.key} counted on {told}, the paper counts on {counts}"
        yield Finding("counted-days", what, DATABASE, FIX, is_fixable=True)


def _tell_counted(look: Look, _: Sequence[Finding]) -> Iterator[str]:
    """Let the journal come to what the papers say, from which the chart is drawn."""
    found = soundness.counted_otherwise(look.connection)
    with look.trail.operation(Verb.MEND) as (connection, operation):
        for one in found:
            for day in one.too_many:
                look.trail.journal(connection, operation, "counted", one.key, {"on": day}, None)
            for day in one.lacking:
                look.trail.journal(connection, operation, "counted", one.key, None, {"on": day})
        what = f"the journal tells the day of {len(found)} papers again"
        look.trail.journal(connection, operation, "mend", None, None, {"check": "counted-days", "what": what})
    for one in found:
        yield f"the journal tells that {one.key} counts on {', '.join(one.lacking) or 'no day'}"


def _queue(look: Look) -> Iterator[Finding]:
    for key, status, place in soundness.queued_oddly(look.connection):
        if status != "queued":
            what = f"{key} has place {place} in the queue and is {status}"
        elif place is None:
            what = f"{key} is queued and has no place in the queue"
        else:
            what = f"{key} shares place {place} in the queue with another paper"
        yield Finding("queue", what, DATABASE, FIX, is_fixable=True)


def _circles(look: Look) -> Iterator[Finding]:
    parents = {child: list(others) for child, others in lineages.links(look.connection).items()}
    for _ in range(_MOST_TOLD):
        circle = find_cycle(parents)
        if not circle:
            return
        child, parent = circle[0], circle[1]
        parents[child].remove(parent)
        what = f"papers build on each other in a circle: {circle_words(circle)}"
        yield Finding("circles", what, DATABASE, f"papertrail lineage unlink {child} --on {parent}")


CHECKS = (
    Check(
        "database",
        "whether the database is there, and SQLite finds its pages whole",
        "it holds what you have read and when; a damaged page can show wrong numbers as if they were right",
        _database,
        mend=_mends("database", "the indexes of the tables are made anew", soundness.remake_indexes),
    ),
    Check(
        "schema",
        "tables, indexes and triggers against what papertrail makes",
        "without a trigger changes are not recorded, and cannot be taken back",
        _schema,
        Needs.SCHEMA,
        _remake_schema,
    ),
    Check(
        "rows",
        "each row against the digest it had when it was written",
        "SQLite finds one changed byte in five; the others show a wrong title or day as if it were right",
        _rows,
        Needs.SCHEMA,
        _put_back,
    ),
    Check(
        "foreign-keys",
        "rows that belong to a paper, lineage or question which is not there",
        "what they say is lost to every screen, and may come to another paper",
        _foreign_keys,
        Needs.DATABASE,
        _remove_ties,
    ),
    Check(
        "operations",
        "changes that are marked as still under way",
        "what comes after them would be taken back along with them",
        _operations,
        Needs.SCHEMA,
        _mends("operations", "changes that had come to their end are marked so", soundness.close_open),
    ),
    Check(
        "word-index",
        "the index by which papers are found, against their texts",
        "a paper whose words are not in it is not found",
        _index_of_words,
        Needs.SCHEMA,
        _reindex,
    ),
    Check(
        "counted-days",
        "the days papers count by, against the journal",
        "chart, pace and forecast are drawn from them",
        _counted_days,
        Needs.SCHEMA,
        _tell_counted,
    ),
    Check(
        "queue",
        "each queued paper with a place of its own",
        "two papers in one place change their order by themselves",
        _queue,
        Needs.SCHEMA,
        _mends(
            "queue", "each queued paper has a place of its own, in the order there was", soundness.line_up
        ),
    ),
    Check(
        "circles",
        "papers that build on themselves, by whatever way",
        "none of them could ever be next, and a map cannot be drawn upwards",
        _circles,
        Needs.SCHEMA,
    ),
)
