"""`papertrail guess`: the author's seat, before a paper is read."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import in_terminal, open_trail
from papertrail.domain.errors import BadInput

if TYPE_CHECKING:
    from papertrail.domain.seat import Seat
    from papertrail.library import Library


@click.command("guess")
@click.argument("key")
@click.option("--print", "to_print", is_flag=True, help="Write what you guessed to stdout.")
@click.option("--stdin", "from_stdin", is_flag=True, help="Take the guess from stdin.")
def command(key: str, to_print: bool, from_stdin: bool) -> None:
    """Say what you would build, and why, before you read a paper.

    You see the title and what your notes say of the limits of what it builds on. Your words go into the
    note as its first section, dated; they fill nothing and count for nothing.

    \b
    Example:
      papertrail guess faster-rcnn
      echo "Share the layers." | papertrail guess faster-rcnn --stdin
    """
    if to_print and from_stdin:
        raise BadInput("--print and --stdin exclude each other", "give one of them")
    if not (to_print or from_stdin or in_terminal()):
        raise BadInput(
            "an editor needs a terminal", "without one use papertrail guess KEY --print or --stdin"
        )
    with open_trail() as library:
        paper = library.papers.resolve(key)
        if to_print:
            _print(library.guesses.seat(paper))
        elif from_stdin:
            from papertrail.cli.typed_text import typed_text

            if output.is_terminal(sys.stdin):
                output.say_lines(_page(library.guesses.seat(paper)))
            empty = BadInput("the text is empty, nothing was guessed", "give two sentences on standard input")
            _tell(library, paper, typed_text("type your guess", empty))
        else:
            _edit(library, paper)


def _print(seat: "Seat") -> None:
    if seat.guess is not None:
        output.say_raw(f"{seat.guess.words.strip()}\n".encode("utf-8", "replace"))
        return
    output.say_lines(_page(seat))
    output.hint(f"you told no guess yet: papertrail guess {seat.paper.key}")


def _page(seat: "Seat") -> Iterator[tuple[output.Part, ...]]:
    """Yield what is to be seen before the paper is read."""
    from papertrail.cli.cells import wrap
    from papertrail.domain.seat import QUESTION
    from papertrail.domain.text import clean, clean_line

    year = f" ({seat.paper.year})" if seat.paper.year else ""
    yield (output.Tint(f"{clean_line(seat.paper.title)}{year}", "title"),)
    for one in seat.limits:
        yield ()
        yield (output.Tint(f"limits of {one.paper.key}", "active"), f"  {one.paper.year or ''}")
        for line in clean(one.words).split("\n"):
            yield from ((f"  {part}",) for part in wrap(line, max(output.text_width() - 2, 20)) or [""])
    if seat.why_empty:
        yield ()
        yield (output.Tint(seat.why_empty, "quiet"),)
    yield ()
    yield (output.Tint(QUESTION, "title"),)


def _edit(library: "Library", key: str) -> None:
    """Let the reader's editor have the page in a file of its own, and keep what was written below it."""
    import shutil
    from tempfile import TemporaryDirectory

    from papertrail.cli.own_editor import run_editor
    from papertrail.domain.editor import choose_editor

    seat = library.guesses.seat(key)
    page = "\n".join("".join(map(_plain, line)) for line in _page(seat))
    page = page.replace("--", "–").replace("%%", "%")  # nothing in it ends the comment
    written = seat.guess.words if seat.guess else ""
    with TemporaryDirectory(prefix="papertrail-") as folder:
        path = Path(folder) / f"guess-{key}.md"
        path.write_text(f"<!--\n{page}\n-->\n\n{written}\n", encoding="utf-8")
        run_editor(choose_editor(os.environ, shutil.which), path)
        text = path.read_text(encoding="utf-8", errors="replace")
    words = text.partition("\n-->")[2] if text.startswith("<!--") else text
    if words.strip() in ("", written.strip()):
        output.say(f"nothing written: the note of {key} is as it was")
        return
    _tell(library, key, words)


def _plain(part: output.Part) -> str:
    return part.text if isinstance(part, output.Tint) else part


def _tell(library: "Library", key: str, words: str) -> None:
    saved = library.guesses.tell(key, words)
    output.say(f"your guess stands first in notes/{saved.note.path.name}")
    if output.line_width() is not None:
        output.hint(f"read on: papertrail start {key}")
