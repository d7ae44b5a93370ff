"""The history of a note: the texts it had, when, by whom, and which of them are kept for how long."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from papertrail.domain.operations import CLI, OUTSIDE, TUI, Verb

ALL_KEPT = timedelta(hours=48)
DAILY = 30
"""Days for which the last text of each day is kept."""
WEEKLY = 365
"""Days for which the last text of each week is kept; after that the last of each month."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One text that a note had.

    Attributes:
        number: 1 for the first text that the note ever had; the same for ever.
        at: when it became the note, in the reader's zone.
        sha256: hex digest of its bytes.
        by: what made it the note: `editor`, `command`, `outside`, `restore`, `undo`, `redo`; `earlier` where
            nobody knows.
        words: words of the reader's own; None where nobody counted them.
        sections: those whose text is another than in the one before, `""` for what stands outside of them;
            None where nobody looked.
        is_first: whether there was no note before.
        is_now: whether this is the note's text now.
    """

    number: int
    at: datetime
    sha256: str
    by: str
    words: int | None
    sections: tuple[str, ...] | None
    is_first: bool
    is_now: bool

    @property
    def name(self) -> str:
        """The beginning of the digest, which names the text for as long as it is kept."""
        return self.sha256[:7]


def made_by(verb: str | None, program: str | None, *, restored: bool) -> str:
    """Return what made a text the note, from the operation that did."""
    if restored:
        return "restore"
    if verb in (Verb.UNDO, Verb.REDO):
        return str(verb)
    return {TUI: "editor", CLI: "command", OUTSIDE: "outside"}.get(program or "", "earlier")


def changed_sections(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Return the sections whose text is another, those that are gone last.

    Args:
        before: a digest of each section's text, by its name.
        after: the same of the later text.
    """
    changed = [name for name, digest in after.items() if before.get(name) != digest]
    return (*changed, *(name for name in before if name not in after))


def outgrown(
    seen: Mapping[str, Collection[datetime]],
    now: datetime,
    counted: Collection[date],
    day_of: Callable[[datetime], date],
) -> set[str]:
    """Return the texts that need no longer be kept.

    Kept are all of 48 hours, the last one of each day for 30 days, of each week from Monday for a year, of
    each month for ever, and all of days on which the paper was counted. The very last one is the last of its
    month. What is kept does not depend on how often one thins: what goes is the last of nothing by then.

    Args:
        seen: for each text the moments at which it became the note.
        now: the present moment, aware.
        counted: days on which the paper was counted.
        day_of: gives the reader's date at a moment.
    """
    today = day_of(now)
    kept: set[str] = set()
    taken: set[tuple[int, ...]] = set()
    moments = sorted(((at, text) for text, ats in seen.items() for at in ats), reverse=True)
    for at, text in moments:
        day = day_of(at)
        age = (today - day).days
        year, week, _ = day.isocalendar()
        spans = (((1, day.toordinal()), DAILY), ((2, year, week), WEEKLY), ((3, day.year, day.month), None))
        is_last = [longest is None or age < longest for span, longest in spans if span not in taken]
        taken.update(span for span, _ in spans)
        if now - at <= ALL_KEPT or any(is_last) or day in counted:
            kept.add(text)
    return seen.keys() - kept
