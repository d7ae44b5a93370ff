"""`papertrail tell`: a lineage told from memory, marked paper by paper, and looked at again."""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.output import Part, Tint
from papertrail.cli.trail import in_terminal, lineage_to_read, open_trail
from papertrail.cli.typed_text import typed_text
from papertrail.domain.errors import BadInput

if TYPE_CHECKING:
    from papertrail.domain.tellings import Mark, Telling, TellingPage, ToldPaper, Unfinished
    from papertrail.library import Library

_USUAL_WIDTH = 80  # columns of the frames in a pipe, if it can be done
_MARK_STYLES = {"told": "good", "helped": "active", "missed": "owed"}


@click.command("tell")
@click.argument("lineage", required=False)
@click.option("--minutes", metavar="M", help="How long; `papertrail set tell-minutes` unless given.")
@click.option("--stdin", "from_stdin", is_flag=True, help="Keep the text on stdin, told in M minutes.")
@click.option("--list", "to_list", is_flag=True, help="List what was told, of LINEAGE or of all.")
@click.option("--show", metavar="DATE", help="What was told on this day, such as 2026-03-01.")
@click.option("--json", "as_json", is_flag=True, help="With --list or --show (docs/JSON.md).")
def command(
    lineage: str | None,
    minutes: str | None,
    from_stdin: bool,
    to_list: bool,
    show: str | None,
    as_json: bool,
) -> None:
    """Tell a lineage from memory in your editor, then mark each paper: told, helped or missed.

    Only years and frames are shown. Without a terminal: the frames alone. Notes stay as they are.

    \b
    Example:
      papertrail tell "R-CNN to Faster R-CNN"
      papertrail tell rcnn --stdin --minutes 4 < told.txt
    """
    if from_stdin + to_list + (show is not None) > 1:
        raise BadInput("--stdin, --list and --show exclude each other", "give one of them")
    if as_json and not to_list and show is None:
        raise BadInput("--json goes with --list or --show", "papertrail tell LINEAGE --list --json")
    if minutes is not None and (to_list or show is not None):
        raise BadInput("--minutes goes with a telling", "leave it out")
    if lineage is None and not to_list:
        raise BadInput("no lineage is named", "name one, see: papertrail lineages")
    from papertrail.domain.settings import TELL_MINUTES

    wanted = None if minutes is None else TELL_MINUTES.parse(minutes)
    with open_trail() as library:
        name = None if lineage is None else lineage_to_read(library, lineage)
        if to_list:
            _list(library, name, as_json)
            return
        assert name is not None
        if show is not None:
            _show(library, library.tellings.on(name, show), as_json)
            return
        page = library.tellings.page(name)
        if not page.papers:
            raise BadInput(f"{name} has no papers yet", "put some in: papertrail lineage add LINEAGE KEY")
        if from_stdin:
            _take_stdin(library, page, 60 * (wanted or page.minutes))
        elif in_terminal():
            _tell(library, page, wanted or page.minutes)
        else:
            output.say_lines(_frames(page, wanted or page.minutes))


def _frames(page: "TellingPage", minutes: int) -> Iterator[Sequence[Part]]:
    """Yield the frames of the lineage's map with their years, no names."""
    from papertrail.domain.lineages.map import draw, lay_out, veiled

    yield [Tint(page.name, "title"), f"  {minutes} min"]
    if page.last_line:
        yield [Tint(page.last_line, "quiet")]
    yield []
    layout = lay_out(page.papers, page.links, width=output.line_width() or _USUAL_WIDTH, edge_texts={})
    for row in veiled(draw(layout), ()):
        yield [Tint(run.text, "quiet" if run.role == "line" else "") for run in row]


def _take_stdin(library: "Library", page: "TellingPage", seconds: int) -> None:
    empty = BadInput("the text is empty, nothing was told", "give it on standard input")
    text = typed_text("tell it", empty)
    found = library.tellings.papers(page, text)
    _say_kept(library.tellings.tell(page, text, seconds, {}))
    output.say_table([_hint_cells(one) for one in found])


def _hint_cells(told: "ToldPaper") -> list[Part]:
    year = Tint(str(told.paper.year or ""), "quiet")
    missed = "missed last time" if told.missed_last else ""
    return [year, Tint(told.paper.key, "title"), Tint(missed, "owed"), ", ".join(told.hints)]


def _tell(library: "Library", page: "TellingPage", minutes: int) -> None:
    """Run the reader's editor on an empty page, then ask how each paper fared."""
    import shutil
    from dataclasses import replace
    from math import isfinite
    from time import monotonic

    from papertrail.cli.own_editor import is_done, run_editor
    from papertrail.domain.editor import choose_editor
    from papertrail.domain.tellings import Unfinished, clock_words

    editor = choose_editor(os.environ, shutil.which)
    output.say_lines(_frames(page, minutes))
    before = page.unfinished or Unfinished()
    if before.is_begun:
        output.hint("going on with what was left before its end")
    path = library.tellings.lend(page, before)
    begin = monotonic()
    seconds = run_editor(editor, path)
    if not isfinite(seconds):
        output.hint(f"{path} stays: papertrail tell goes on with it")
        return
    left = library.tellings.page(page.name).unfinished or Unfinished()
    if editor.may_still_be_open(seconds) and left.text == before.text and not is_done(editor.name):
        output.say(f"{path} stays: papertrail tell goes on with it")
        return
    took = before.seconds + round(monotonic() - begin)
    left = replace(library.tellings.page(page.name).unfinished or Unfinished(), seconds=took)
    library.tellings.put_aside(page, left)
    over = took - 60 * minutes
    output.hint(f"{clock_words(took)}{f', {clock_words(over)} over' if over > 0 else ''}")
    if not left.text.strip():
        output.hint("nothing is written: mark what you said aloud, ctrl+d if you said nothing")
    marks = _ask(library, page, left)
    if not left.text.strip() and not marks:
        library.tellings.begin_anew(page)
        output.say("nothing was told")
        return
    _say_kept(library.tellings.tell(page, left.text, took, marks))


def _ask(library: "Library", page: "TellingPage", left: "Unfinished") -> "dict[str, Mark]":
    """Show the story paper by paper and ask for a mark of each; ctrl+d leaves the rest without."""
    from dataclasses import replace

    from papertrail.domain.tellings import Mark

    meant = {mark.value[0]: mark for mark in Mark}
    marks = dict(left.marks)
    found = library.tellings.papers(page, left.text)
    for number, told in enumerate(found, start=1):
        output.say_lines(_step(told, number, len(found)))
        while True:
            output.hint("told, helped or missed? t, h or m; enter for no mark")
            answer = sys.stdin.readline()
            if not answer:
                return marks
            word = answer.strip().lower()
            mark = next((one for one in Mark if word and one.value.startswith(word)), meant.get(word))
            if mark is not None:
                marks[told.paper.key] = mark
                library.tellings.put_aside(page, replace(left, marks=marks))
            if mark is not None or not word:
                break
    return marks


def _step(told: "ToldPaper", number: int, count: int) -> Iterator[Sequence[Part]]:
    """Yield the lines of one paper of the story."""
    from papertrail.cli.cells import wrap
    from papertrail.domain.text import clean

    paper, room = told.paper, output.text_width() - 2
    yield []
    head: list[Part] = [
        Tint(f"{number} of {count}  ", "quiet"),
        Tint(paper.key, "title"),
        f" {paper.year or ''}",
    ]
    yield [*head, Tint("  missed last time", "owed")] if told.missed_last else head
    for line in clean(told.story).split("\n"):
        for piece in wrap(line, room) or [""]:
            yield ["  ", piece]
    if told.hints:
        for piece in wrap(f"not in your words: {', '.join(told.hints)}", room):
            yield ["  ", Tint(piece, "quiet")]


def _say_kept(telling: "Telling") -> None:
    output.say("kept: ", Tint(telling.lineage, "title"), f", {telling.size} · {telling.outcome}")


def _list(library: "Library", name: str | None, as_json: bool) -> None:
    kept = library.tellings.all(name)
    if as_json:
        from papertrail.cli.review_documents import telling_object

        output.say_json({"tellings": [telling_object(one, library.tellings.file(one)) for one in kept]})
    elif kept:
        output.say_table([[one.stamp, one.size, one.outcome, Tint(one.lineage, "title")] for one in kept])
    else:
        output.hint("nothing was told yet: papertrail tell LINEAGE")


def _show(library: "Library", telling: "Telling", as_json: bool) -> None:
    text = library.tellings.text(telling)
    if as_json:
        from papertrail.cli.review_documents import telling_object

        output.say_json({**telling_object(telling, library.tellings.file(telling)), "text": text})
        return
    output.say(Tint(telling.lineage, "title"), f"  {telling.stamp}  {telling.size}")
    for key, mark in telling.marks.items():
        output.say(Tint(f"{mark.glyph} {mark:<7}", _MARK_STYLES[mark]), f" {key}")
    if text is None:
        output.warn(f"the text is gone: {library.tellings.file(telling)}")
    elif text:
        output.say()
        output.say_lines([(line,) for line in text.rstrip("\n").split("\n")])
