"""Taking back and doing again, for ever and across processes: rows and notes as they were, or nothing."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from string import hexdigits
from typing import TypeAlias

from papertrail.disk.whole_file import FileChanged
from papertrail.domain.errors import BadInput, Conflict, NotFound, PapertrailError
from papertrail.domain.lineages.lineage import circle_words, find_cycle
from papertrail.domain.operations import PAPERTRAIL, Verb
from papertrail.domain.past import (
    CHANGED_AGAIN,
    EARLIER,
    TEXT_GONE,
    WHY_FINAL,
    Event,
    Past,
    Stacks,
    TakenBack,
    told,
)
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.library.moved_notes import MovedNotes, moved_notes
from papertrail.library.open_trail import OpenTrail
from papertrail.library.summary_files import MovedSummaries, moved_summaries
from papertrail.store.queries import lineages, operations, papers, questions
from papertrail.store.queries.operations import Change, Operation, StoredOperation
from papertrail.store.queries.rows import RowChanged, Shape, is_as_after, put_back

Moving: TypeAlias = tuple[MovedNotes, MovedSummaries]
NOTES = "note"
"""The table of the notes' index: what it held of a note follows from the note's file."""
LEAST_OF_ID = 4
"""Digits that name an operation: fewer are a count that went astray."""
LIST = "papertrail undo --list"


class Undo:
    """The use cases that take others back.

    Operations are a stack: the newest that stands is taken back first, whatever program made it, and what was
    taken back last is done again first. Each row and note must still be as the operation left it.
    """

    def __init__(self, trail: OpenTrail, indexed: IndexedNotes) -> None:
        self._trail = trail
        self._indexed = indexed

    def undo(self, op: str | None = None) -> TakenBack:
        """Take back the newest operation that can be, or the one named; all of it, or nothing.

        Args:
            op: its id, as `stacks` gives it, or the beginning of that.

        Raises:
            NotFound: nothing is left to take back, or no such operation stands.
            BadInput: that names no operation, or several.
            Conflict: it cannot be taken back, as something done since stands upon it; nothing was changed.
        """
        with self._moving() as moved, self._trail.operation(Verb.UNDO) as (connection, operation):
            one, taken = self._next(connection) if op is None else self._named(connection, op)
            self._take_back(connection, operation, one, moved)
            return taken

    def redo(self, op: str | None = None) -> TakenBack:
        """Do again what was taken back last, or what one undo took back.

        Args:
            op: the id of that undo, as `stacks` gives it, or the beginning of that.

        Raises:
            NotFound: nothing was taken back.
            Conflict: something done since touched the same things; nothing was changed.
        """
        with self._moving() as moved, self._trail.operation(Verb.REDO) as (connection, operation):
            for one in operations.undone(connection):
                if op is not None and not one.op.startswith(op):
                    continue
                past = self._past(connection, one)
                self._take_back(connection, operation, one, moved)
                return TakenBack(past)
            raise _nothing_to_do_again()

    @contextmanager
    def _moving(self) -> "Iterator[Moving]":
        """Give what moves the notes of papers, and those about lineages."""
        with moved_notes(self._trail) as notes, moved_summaries(self._trail) as summaries:
            yield notes, summaries

    def next(self) -> TakenBack:
        """Return what `undo` would take back now.

        Raises:
            NotFound: nothing is left to take back.
        """
        return self._next(self._trail.database.read())[1]

    def is_left(self) -> bool:
        """Return whether there is something to take back, as far as a glance can tell."""
        return operations.any_stands(self._trail.database.read())

    def next_again(self) -> TakenBack:
        """Return what `redo` would do again now.

        Raises:
            NotFound: nothing was taken back.
        """
        connection = self._trail.database.read()
        for one in operations.undone(connection):
            return TakenBack(self._past(connection, one))
        raise _nothing_to_do_again()

    def stacks(self, most: int | None = None) -> Stacks:
        """Return the newest operations that stand, and those that can be done again.

        Args:
            most: how many of each; all unless given.
        """
        connection = self._trail.database.read()
        return Stacks(
            tuple(past for _, past in islice(self._standing(connection), most)),
            tuple(self._past(connection, one) for one in islice(operations.undone(connection), most)),
        )

    def _next(self, connection: sqlite3.Connection) -> tuple[StoredOperation, TakenBack]:
        passed: list[Past] = []
        for one, past in self._standing(connection):
            if not past.why_final:
                return one, TakenBack(past, tuple(passed))
            passed.append(past)
        raise _nothing_to_take_back(passed)

    def _named(self, connection: sqlite3.Connection, op: str) -> tuple[StoredOperation, TakenBack]:
        begin = op.strip().lower()
        if len(begin) < LEAST_OF_ID or not set(begin) <= set(hexdigits):
            raise BadInput(f"{op!r} names no change", f"give {LEAST_OF_ID} or more digits of its id: {LIST}")
        found = operations.beginning_with(connection, begin)
        meant = [one for one in found if one.undone_by is None and one.verb != Verb.UNDO]
        if len(meant) > 1:
            raise BadInput(f"several changes begin with {op}", f"give more digits of its id: {LIST}")
        if not meant:
            cause = f"{self._past(connection, found[0]).what} was taken back already" if found else None
            raise NotFound(cause or f"there is no change {op} to take back", f"see: {LIST}")
        (one,) = meant
        past = self._past(connection, one)
        if past.why_final:
            raise Conflict(f"{past.what} cannot be taken back", past.why_final)
        return one, TakenBack(past)

    def _standing(self, connection: sqlite3.Connection) -> Iterator[tuple[StoredOperation, Past]]:
        """Give what stands, the newest first.

        What one that stays has changed again stays with it, but for what arXiv told: see `put_back`.
        """
        staying: list[int] = []
        for one in operations.standing(connection):
            past = self._past(connection, one)
            if not past.why_final and operations.is_changed_by(connection, one, staying):
                past = replace(past, why_final=CHANGED_AGAIN)
            if past.why_final and one.has_changes and one.verb != Verb.FETCH:
                staying.append(one.id)
            yield one, past

    def _past(self, connection: sqlite3.Connection, one: StoredOperation) -> Past:
        root = one if one.root is None else operations.find(connection, one.root)
        assert root is not None
        final = WHY_FINAL.get(Verb(root.verb), "") if root.verb in set(Verb) else EARLIER
        events = operations.events(connection, root.op)
        keys = [event.paper for event in events]
        keys += [str(event.before["key"]) for event in events if event.before and event.before.get("key")]
        return Past(
            one.op,
            datetime.fromisoformat(root.at).astimezone(self._trail.now().tzinfo),
            root.program,
            told(root.verb, events),
            final or ("" if one.has_changes else EARLIER) or self._why_lost(one, events),
            one.op in self._trail.own_operations,
            tuple(dict.fromkeys(key for key in keys if key is not None)),
        )

    def _why_lost(self, one: StoredOperation, events: Iterable[Event]) -> str:
        """Return why a note cannot be as it was: its text is not in the history any more, or never was."""
        for event in events:
            wanted = event.after if one.verb == Verb.UNDO else event.before
            if event.verb != NOTES or event.paper is None or wanted is None:
                continue
            if self._trail.notebook.version_kept(event.paper, wanted["sha256"]) is None:
                return TEXT_GONE
        return ""

    def _take_back(
        self,
        connection: sqlite3.Connection,
        operation: Operation,
        one: StoredOperation,
        moved: Moving,
    ) -> None:
        changes = list(operations.changes(connection, one))
        keys = _keys(connection, changes)
        try:
            with ExitStack() as counting:
                for paper, key in keys.items():
                    counting.enter_context(self._trail.counting(connection, operation, paper, key))
                self._put_back(connection, operation, one, changes, keys, moved)
                if any(change.table == "goal" for change in changes):
                    self._indexed.recount(connection, operation, counted=keys)
        except RowChanged as error:
            later = operations.later_on(connection, one, error.table, error.row)
            raise self._refused(connection, one, later) from error
        except sqlite3.IntegrityError as error:  # a name or an arXiv id is in use again
            raise self._refused(connection, one, None) from error
        verb = Verb.REDO if one.verb == Verb.UNDO else Verb.UNDO
        self._trail.journal(connection, operation, verb, None, {"op": one.op}, None)
        operations.mark_taken_back(connection, one, operation)

    def _put_back(
        self,
        connection: sqlite3.Connection,
        operation: Operation,
        one: StoredOperation,
        changes: Iterable[Change],
        keys: Mapping[int, str],
        moving: Moving,
    ) -> None:
        """Write rows and notes as they were; files last, as nothing rolls them back.

        Raises:
            RowChanged: a row is not as it was left.
            Conflict: a note is not, or a circle of links would close.
        """
        connection.execute("PRAGMA defer_foreign_keys = ON")  # to the end of this transaction
        moved, summaries = moving
        rows = list(changes)
        note_changes = _note_changes(rows)
        for paper, change in note_changes.items():
            if paper not in keys or not is_as_after(connection, change):  # its paper may be gone by now
                raise RowChanged(change.table, change.row)
            if change.before is None:  # now, as its paper may go as well; its file goes with the others
                self._indexed.take_out(connection, operation, keys[paper])
        former: dict[int, str] = {}
        shape = Shape(connection)
        for change in rows:  # the last one first
            if change.table == NOTES:
                continue
            put_back(connection, change, one.id, shape)
            before, after = change.before, change.after
            if change.table == "paper" and before and after and before["key"] != after["key"]:
                former.setdefault(after["id"], after["key"])
        _check_keys(connection, {change.table for change in rows if change.before})
        links_changed = any(change.table == "builds_on" for change in rows)
        if links_changed and (circle := find_cycle(lineages.links(connection))):
            raise Conflict(f"{circle_words(circle)} would be a circle", "take one of its links away first")
        for paper, change in note_changes.items():
            if change.before is None:  # what its note asks by rows that are older than the note
                questions.put_all_to_sleep(connection, paper, operation.local_date)
        renamed = {
            paper: key for paper, key in papers.keys_of(connection, former).items() if former[paper] != key
        }
        for paper, change in note_changes.items():
            if paper not in renamed:
                self._put_note_back(connection, operation, keys[paper], change)
        for paper, key in renamed.items():
            of_note = note_changes.get(paper)
            self._move_back(connection, operation, former[paper], key, of_note, moved)
        summaries.put_back(rows)

    def _move_back(
        self,
        connection: sqlite3.Connection,
        operation: Operation,
        key: str,
        to: str,
        change: Change | None,
        moved: MovedNotes,
    ) -> None:
        """Give a note the name it had before its paper was renamed, and the text it had."""
        note = self._trail.notebook.read(key)
        moved.move_draft(key, to)
        if note is None and (change is None or change.after is None):
            return
        try:
            if note is None:
                raise FileChanged
            data = note.data
            if change is not None and change.before is not None and change.after is not None:
                if note.sha256 != change.after["sha256"]:
                    raise FileChanged
                data = self._text_kept(to, change.before["sha256"])
            self._indexed.put(connection, operation, moved.move(note, to, data))
        except FileChanged as error:
            raise _changed_meanwhile(key) from error

    def _text_kept(self, key: str, sha256: str) -> bytes:
        data = self._trail.notebook.version_kept(key, sha256)
        if data is None:
            raise Conflict(
                f"the note of {key} cannot be as it was: that text is no longer kept",
                f"see what is: papertrail note {key} --history",
            )
        return data

    def _put_note_back(
        self, connection: sqlite3.Connection, operation: Operation, key: str, change: Change
    ) -> None:
        notebook, now = self._trail.notebook, self._trail.now()
        is_left = None if change.after is None else change.after["sha256"]
        try:
            if change.before is None:
                if is_left is None or not notebook.remove(key, is_left):
                    raise FileChanged
                return
            data = self._text_kept(key, change.before["sha256"])
            self._indexed.put(connection, operation, notebook.restore(key, data, is_left, now))
        except FileChanged as error:
            raise _changed_meanwhile(key) from error

    def _refused(
        self, connection: sqlite3.Connection, one: StoredOperation, later: StoredOperation | None
    ) -> PapertrailError:
        what = self._past(connection, one).what
        verb = "done again" if one.verb == Verb.UNDO else "taken back"
        if later is None:
            cause = "what it changed is another by now"
        else:
            since = self._past(connection, later)
            came = "was taken back after it" if later.verb == Verb.UNDO else "came after it"
            cause = f"{since.what} ({since.at:%d %b %H:%M}) {came}"
        return Conflict(f"{what} cannot be {verb}: {cause}", f"{LIST} shows what can")


def _keys(connection: sqlite3.Connection, changes: Iterable[Change]) -> dict[int, str]:
    """Return the papers whose reading or note was changed, each with its key."""
    known: dict[int, str] = {}
    concerned: dict[int, None] = {}
    for change in changes:
        row = change.before or change.after or {}
        if change.table == "paper":
            known[row["id"]] = row["key"]
        elif change.table in ("reading", NOTES):
            concerned[row["paper_id"]] = None
    found = papers.keys_of(connection, [paper for paper in concerned if paper not in known])
    return {
        paper: known.get(paper) or found[paper] for paper in concerned if paper in known or paper in found
    }


def _note_changes(changes: Iterable[Change]) -> dict[int, Change]:
    """Return for each paper whose note was changed all of that as one change; the last one comes first."""
    found: dict[int, Change] = {}
    for change in changes:
        if change.table == NOTES:
            paper = (change.after or change.before or {})["paper_id"]
            found[paper] = Change(NOTES, change.row, change.before, found.get(paper, change).after)
    return found


def _changed_meanwhile(key: str) -> Conflict:
    return Conflict(f"notes/{key}.md was changed meanwhile", "it stays as it is; look at it, then try again")


def _nothing_to_take_back(passed: Iterable[Past]) -> NotFound:
    cause = "there is nothing to take back"
    for past in passed:
        if past.program != PAPERTRAIL:
            return NotFound(cause, f"{past.what} stays: {past.why_final}")
    return NotFound(cause, "nothing has been changed yet")


def _nothing_to_do_again() -> NotFound:
    return NotFound("there is nothing to do again", "only what was taken back can be")


def _check_keys(connection: sqlite3.Connection, tables: Iterable[str]) -> None:
    """Check what tables refer to, which SQLite does at the commit only, and that keys name one paper each.

    Raises:
        IntegrityError: something does not hold.
    """
    for table in tables:
        if connection.execute(f'PRAGMA foreign_key_check("{table}")').fetchone():
            raise sqlite3.IntegrityError("what it stood upon is gone")
    if papers.are_keys_in_use_twice(connection):
        raise sqlite3.IntegrityError("a key is that of one paper, and was that of another")
