"""`papertrail queue`, `start`, `done`, `drop` and `unread`: how far the reader is with papers."""

from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail

if TYPE_CHECKING:
    from papertrail.domain.reports import StatusChange
    from papertrail.library import Library

_EXPLAINED = """

    KEY is a key, the beginning of one, or an arXiv id in any form. All are found before any is changed.

    \b
    Example:
      papertrail {verb} {example}
"""


def _verb(verb: str, status: str, what: str, example: str) -> click.Command:
    @click.command(verb, help=what + _EXPLAINED.format(verb=verb, example=example))
    @click.argument("keys", metavar="KEY...", nargs=-1, required=True)
    def command(keys: tuple[str, ...]) -> None:
        from papertrail.domain.paper import Status

        with open_trail() as library:
            changes = library.set_status([library.resolve(key) for key in keys], Status(status))
            for change in changes:
                _say(library, change)

    return command


def _say(library: "Library", change: "StatusChange") -> None:
    """Say what changed, and for a read paper what still keeps it from counting."""
    key, before, after = change.paper.key, change.before.value, change.after.value
    what = f"already {after}" if before == after else f"{before} → {after}"
    parts: list[output.Part] = [output.Tint(key, "title"), f"  {what}"]
    if change.paper.owed:
        from papertrail.cli.describe import short_names

        missing = library.paper(key).note.missing
        parts.append(output.Tint(f"; still owes {short_names(missing)}: papertrail note {key}", "owed"))
    elif change.paper.counted:
        parts.append(output.Tint(f"; counted: {library.progress().tally}", "good"))
    output.say(*parts)


queue = _verb("queue", "queued", "Put papers at the end of the queue.", "fast-rcnn faster-rcnn")
start = _verb("start", "reading", "Begin reading papers.", "faster-rcnn")
done = _verb(
    "done", "read", "Mark papers as read; a paper counts once its note is written, too.", "faster-rcnn"
)
drop = _verb("drop", "dropped", "Leave papers aside.", "yolov4")
unread = _verb("unread", "unread", "Put papers back to unread.", "faster-rcnn")
