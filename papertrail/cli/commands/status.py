"""`papertrail queue`, `start`, `done`, `drop`, `unread` and `recount`: how far the reader is with papers."""

from datetime import date
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.dates import Day
from papertrail.cli.trail import open_trail

if TYPE_CHECKING:
    from papertrail.domain.goal.progress import GoalProgress
    from papertrail.domain.statuses import Recounted, StatusChange
    from papertrail.library import Library

_EXPLAINED = """

    KEY is a key, the beginning of one, or an arXiv id or DOI in any form. All are found before
    any is changed.

    \b
    Example:
      papertrail {verb} {example}
"""


def _verb(verb: str, status: str, what: str, example: str) -> click.Command:
    @click.command(verb, help=what + _EXPLAINED.format(verb=verb, example=example))
    @click.argument("keys", metavar="KEY...", nargs=-1, required=True)
    def command(keys: tuple[str, ...]) -> None:
        _set(keys, status)

    return command


def _set(keys: tuple[str, ...], status: str, on: date | str | None = None) -> None:
    from papertrail.domain.paper import Status

    with open_trail() as library:
        day = library.agenda.day() if isinstance(on, str) else on
        for change in library.statuses.set(
            [library.papers.resolve(key) for key in keys], Status(status), on=day
        ):
            _say(library, change, day)


def _say(library: "Library", change: "StatusChange", on: date | None = None) -> None:
    """Say what changed, and for a read paper what still keeps it from counting."""
    key, before, after = change.paper.key, change.before.value, change.paper.doing
    what = f"already {after}" if change.before is change.after and on is None else f"{before} → {after}"
    parts: list[output.Part] = [output.Tint(key, "title"), f"  {what}"]
    if on is not None:
        parts.append(f" on {on}")
    if change.gap:
        parts.append(f"; {change.gap}")
    if change.paper.is_read:
        parts.append(_means(library, change, on))
    output.say(*parts)


def _means(library: "Library", change: "StatusChange", on: date | None) -> output.Part:
    """Say what a paper that was read means for the goal, or what still keeps it from counting."""
    paper, day = change.paper, change.counts_on
    if day is None and paper.note_missing:
        from papertrail.cli.describe import missing_note

        return output.Tint(f"; {missing_note(paper.key)}", "owed")
    if day is None:
        missing = library.papers.get(paper.key).note.owes
        return output.Tint(f"; still owes {missing}: papertrail note {paper.key}", "owed")
    progress = library.goal.progress()
    if outside := _outside(progress, day):
        return outside
    note = library.papers.get(paper.key).note
    open_ = f"; {note.open_words}" if note.open_words else ""
    if paper.doing != paper.status.value:
        return output.Tint(f"; it goes on counting: {progress.tally}{open_}", "good")
    kept = "" if day in (on, progress.today) else f" by {day}, as before"
    return output.Tint(f"; counted{kept}: {progress.tally}{open_}", "good")


def _outside(progress: "GoalProgress", day: date) -> str:
    """Say why a day does not count towards the goal; empty if it does, or without a goal."""
    goal = progress.goal
    if goal is None or goal.start <= day < goal.end:
        return ""
    when = f"begins on {goal.start}" if day < goal.start else f"ended on {goal.last_day}"
    return f"; the goal {when}: {day} does not count towards it"


@click.command(
    "queue",
    help="Put papers at the end of the queue, or at its front."
    + _EXPLAINED.format(verb="queue", example="fast-rcnn faster-rcnn"),
)
@click.argument("keys", metavar="KEY...", nargs=-1, required=True)
@click.option("--first", is_flag=True, help="At the front, in the order given.")
def queue(keys: tuple[str, ...], first: bool) -> None:
    """Put papers into the queue."""
    if not first:
        _set(keys, "queued")
        return
    with open_trail() as library:
        found = [library.papers.resolve(key) for key in keys]
        order = library.statuses.move_in_queue(found, 0)
    for key in dict.fromkeys(found):
        output.say(output.Tint(key, "title"), f"  number {order.index(key) + 1} of {len(order)} in the queue")


@click.command(
    "done",
    help="Mark papers as read; a paper counts once its note is written, too."
    + _EXPLAINED.format(verb="done", example="faster-rcnn --on 2026-03-01"),
)
@click.argument("keys", metavar="KEY...", nargs=-1, required=True)
@click.option("--on", type=Day(), metavar="DATE", help="The day it was read, if it was not today.")
def done(keys: tuple[str, ...], on: date | str | None) -> None:
    """Mark papers as read."""
    _set(keys, "read", on)


@click.command(
    "recount",
    help="Let papers that count do so by today, or by another day; how far you are with them stays."
    + _EXPLAINED.format(verb="recount", example="resnet --on 2026-03-01"),
)
@click.argument("keys", metavar="KEY...", nargs=-1, required=True)
@click.option("--on", type=Day(), metavar="DATE", help="The day they count by, if it is not today.")
def recount(keys: tuple[str, ...], on: date | str | None) -> None:
    """Let papers count by another day."""
    with open_trail() as library:
        day = on if isinstance(on, date) else None
        found = [library.papers.resolve(key) for key in keys]
        for change in library.statuses.recount(found, on=day):
            _say_recounted(library, change)


def _say_recounted(library: "Library", change: "Recounted") -> None:
    """Say by which day a paper counts now."""
    what = f"counts on {change.after}"
    what += " already" if change.before == change.after else f" now, before on {change.before}"
    outside = _outside(library.goal.progress(), change.after)
    output.say(output.Tint(change.paper.key, "title"), f"  {what}{outside}")


start = _verb("start", "reading", "Begin reading papers, or read them again.", "faster-rcnn")
drop = _verb("drop", "dropped", "Leave papers aside.", "yolov4")
unread = _verb(
    "unread", "unread", "Put papers back to unread; read again they count by the day they had.", "faster-rcnn"
)
