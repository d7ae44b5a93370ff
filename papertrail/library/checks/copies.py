"""What a trail is made again from: backups, and the journal's copy in plain text."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from papertrail.domain.clock import utc_text
from papertrail.domain.errors import PapertrailError, StorageError
from papertrail.domain.findings import Finding
from papertrail.library.checks.check import FIX, Check, Look, Needs
from papertrail.store import journal_copy
from papertrail.store.queries import copied, digests, operations

JOURNAL = ".papertrail/journal.jsonl"
BACKUPS = ".papertrail/backups/"
BACKUP = "papertrail backup"
_OLD = timedelta(days=7)
_MOST_READ = 8 << 20
"""Bytes of backups that are looked through, besides the newest one."""


def _journal_copy(look: Look) -> Iterator[Finding]:
    path = look.trail.home.journal_copy
    number = journal_copy.damaged_lines(path)
    if not look.can(Needs.SCHEMA) or look.is_damaged:
        if number:  # there is nothing that it could be written anew from
            yield Finding("journal-copy", _damaged_lines(number), JOURNAL, "papertrail rebuild")
        return
    if number:
        yield Finding("journal-copy", _damaged_lines(number), JOURNAL, FIX, is_fixable=True)
        return
    newest, op = copied.newest(look.connection)
    state = journal_copy.state_of(path)
    if newest and (state is None or (state.done, state.op) != (newest, op)):
        is_there = "does not go as far as the journal" if state else "is not there"
        what = f"the copy of the journal {is_there}; the next change brings it up"
        yield Finding("journal-copy", what, JOURNAL, FIX, is_remark=True, is_fixable=True)


def _damaged_lines(number: int) -> str:
    return f"{number} {'line' if number == 1 else 'lines'} of the copy of the journal cannot be read"


def _copy_journal(look: Look, _: Sequence[Finding]) -> Iterator[str]:
    with look.trail.database.lock():
        if next(digests.damaged(look.connection), None) is not None:
            raise StorageError("the database is not as it was written", "papertrail rebuild")
        journal_copy.write_anew(look.trail.home.journal_copy, look.connection)
    yield "the copy of the journal is written anew"


def _backups(look: Look) -> Iterator[Finding]:
    from papertrail.library import backups

    kept, read = backups.all_backups(look.trail.home), 0
    for number, one in enumerate(kept):
        where, trouble = f"{BACKUPS}{one.path.name}", one.trouble
        read += one.size
        if not number or read < _MOST_READ:  # of the others only what they say of themselves
            try:
                backups.check(one.path)
            except PapertrailError as error:
                trouble = error.cause
        if one.contents and one.contents.at.replace(microsecond=0) != one.named.at:
            trouble = f"it is another one, of {one.contents.at:%d %b %Y, %H:%M}"
        if trouble:
            which = "a" if number else "the newest"
            what = f"{which} backup is damaged: {trouble}"
            yield Finding("backups", what, where, BACKUP, is_remark=number > 0)
    if look.can(Needs.SCHEMA):
        yield from _too_old(look, kept[0].named.at if kept else None)


def _too_old(look: Look, newest: datetime | None) -> Iterator[Finding]:
    """Find that there is no backup of what was done a week ago."""
    ago = (look.trail.today() - _OLD).isoformat()
    done = operations.done_before(look.connection, ago)
    if done is None:
        return
    if newest is None:
        what = "there is no backup, and a week's work is not in one"
        yield Finding("backups", what, BACKUPS, BACKUP, is_remark=True)
    elif done > utc_text(newest):
        what = f"the newest backup is of {newest:%d %b %Y}, and a week's work is not in it"
        yield Finding("backups", what, BACKUPS, BACKUP, is_remark=True)


CHECKS = (
    Check(
        "backups",
        "whether the newest backup is whole, and not old",
        "what a disk loses comes back from it",
        _backups,
    ),
    Check(
        "journal-copy",
        "the copy of the journal in plain text, line by line",
        "a database that is lost is made anew from it",
        _journal_copy,
        mend=_copy_journal,
    ),
)
