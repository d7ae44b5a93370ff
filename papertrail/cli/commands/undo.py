"""`papertrail undo`, `papertrail redo`: take back what was done, and do it again."""

from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail
from papertrail.domain.errors import BadInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from papertrail.domain.past import Past, TakenBack
    from papertrail.library import Library

SHOWN = 20
_PASSED_SHOWN = 3
_ID_SHOWN = 6  # of 16 hex digits; the beginning of one is enough to name it


@click.command("undo")
@click.argument("steps", metavar="[N]", type=click.IntRange(1), required=False)
@click.option("--list", "as_list", is_flag=True, help="List what was done, the newest first; change nothing.")
@click.option("--all", "whole", is_flag=True, help=f"With --list: all of it, not only the newest {SHOWN}.")
@click.option("--op", metavar="ID", help="Take back this one of the list, if nothing stands upon it.")
@click.option("--json", "as_json", is_flag=True, help="With --list: write one JSON object (docs/JSON.md).")
def undo(steps: int | None, as_list: bool, whole: bool, op: str | None, as_json: bool) -> None:
    """Take back the newest change, or the N newest, whatever program made them.

    What cannot be taken back (what arXiv said, what was exported) is told and stays. redo does again what was
    taken back.

    \b
    Example:
      papertrail undo
      papertrail undo --list
    """
    if as_list and (steps is not None or op is not None):
        raise BadInput("--list takes nothing back", "leave N and --op out")
    if (whole or as_json) and not as_list:
        raise BadInput("--all and --json go with --list", "papertrail undo --list --json")
    if op is not None and steps is not None:
        raise BadInput("N and --op exclude each other", "give one of them")
    with open_trail() as library:
        if as_list:
            _say_stacks(library, None if whole else SHOWN, as_json)
        else:
            _take_back(steps or 1, lambda: library.undo.undo(op), "taken back", "redo")


@click.command("redo")
@click.argument("steps", metavar="[N]", type=click.IntRange(1), default=1)
def redo(steps: int) -> None:
    """Do again what was taken back last, or the last N, unless something new touched the same things.

    \b
    Example:
      papertrail redo
    """
    with open_trail() as library:
        _take_back(steps, library.undo.redo, "done again", "undo")


def _take_back(steps: int, take: "Callable[[], TakenBack]", done: str, back: str) -> None:
    """Take so many steps and say each; one that fails ends them."""
    told: set[str] = set()
    for step in range(steps):
        try:
            taken = take()
        except NotFound:
            if step == 0:
                raise
            output.hint(f"that was all: {step} of {steps}")
            return
        _say_passed([past for past in taken.passed if past.op not in told])
        told.update(past.op for past in taken.passed)
        output.say(f"{done}: ", output.Tint(taken.past.what, "title"), f"  {_origin(taken.past)}")
    if output.line_width() is not None:
        output.hint(output.Tint(f"papertrail {back} turns that round", "quiet"))


def _say_passed(passed: "Sequence[Past]") -> None:
    for past in passed[:_PASSED_SHOWN]:
        output.hint(f"stays: {past.what}  {_origin(past)}; {past.why_final}")
    if len(passed) > _PASSED_SHOWN:
        output.hint(f"and {len(passed) - _PASSED_SHOWN} more that cannot be taken back")


def _origin(past: "Past") -> str:
    """Return when and where something was done."""
    from papertrail.domain.past import origin

    return f"({past.at:%Y-%m-%d %H:%M}, {origin(past.program)})"


def _say_stacks(library: "Library", most: int | None, as_json: bool) -> None:
    from papertrail.domain.past import Stacks

    stacks = library.undo.stacks(most if most is None else most + 1)
    more = most is not None and max(len(stacks.done), len(stacks.undone)) > most
    stacks = Stacks(stacks.done[:most], stacks.undone[:most])
    if more:
        output.hint(f"only the newest {most} of each: --all shows the rest")
    if as_json:
        from papertrail.cli.documents import undo_object

        output.say_json(undo_object(stacks))
        return
    rows: list[Sequence[output.Part]] = []
    for number, past in reversed(list(enumerate(stacks.undone, start=1))):
        rows.append((output.Tint(f"redo {number}", "active"), *_cells(past, "quiet")))
    number = 0
    for past in stacks.done:
        number += not past.why_final
        turn = output.Tint("stays", "quiet") if past.why_final else f"undo {number}"
        rows.append((turn, *_cells(past, "quiet" if past.why_final else "title")))
    output.say_table(rows)
    if not rows:
        output.hint("nothing has been changed yet")


def _cells(past: "Past", style: str) -> "Sequence[output.Part]":
    from papertrail.domain.past import origin

    what = f"{past.what}: cannot be undone, {past.why_final}" if past.why_final else past.what
    return (
        output.Tint(past.op[:_ID_SHOWN], "quiet"),
        output.Tint(f"{past.at:%Y-%m-%d %H:%M}", "quiet"),
        output.Tint(origin(past.program), "quiet"),
        output.Tint(what, style),
    )
