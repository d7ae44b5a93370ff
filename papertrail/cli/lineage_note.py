"""The note about a lineage, from the command line."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from papertrail.cli import output
from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line

if TYPE_CHECKING:
    from papertrail.domain.lineages.summary import Earlier
    from papertrail.domain.reports import NoteSaved
    from papertrail.library import Library

MODES = ("", "--print", "--path", "--stdin", "--history", "--diff", "--restore")


def carry_out(library: "Library", name: str, mode: str, revs: Sequence[str]) -> None:
    """Do with the note about a lineage what an option asks for.

    Args:
        library: the open trail.
        name: of the lineage.
        mode: the option; "" for the editor.
        revs: the texts that `--restore` and `--diff` name.

    Raises:
        BadInput: only papers' notes have that.
    """
    summaries = library.summaries
    if mode not in MODES:
        raise BadInput(
            f"{mode} is for the notes of papers", f"with --lineage: {', '.join(one for one in MODES if one)}"
        )
    if mode == "--path":
        output.say_raw(os.fsencode(summaries.file(name)) + b"\n")
    elif mode == "--print":
        note = summaries.open(name)
        output.say_raw(note.text.encode("utf-8") if note.sha256 is None else note.path.read_bytes())
    elif mode == "--stdin":
        from papertrail.cli.typed_text import typed_text

        base = summaries.version(name)
        empty = BadInput("the text is empty, the note stays as it is", "to take a note away, remove its file")
        _say_saved(library, name, summaries.save(name, typed_text("type the note", empty), base))
    elif mode == "--history":
        _say_history(library, name)
    elif mode == "--diff":
        _say_diff(library, name, revs)
    elif mode == "--restore":
        saved = summaries.restore(name, revs[0])
        if saved is None:
            output.say("the note is like that already")
        else:
            _say_saved(library, name, saved)
    else:
        _edit(library, name)


def _say_history(library: "Library", name: str) -> None:
    earlier = library.summaries.earlier(name)
    for one in earlier:
        output.say(
            f"{one.number:>4}  {one.at:%Y-%m-%d %H:%M}  {one.sha256[:7]}{'  now' if one.is_now else ''}"
        )
    if not earlier:
        output.say("there is no earlier text")


def _say_diff(library: "Library", name: str, revs: Sequence[str]) -> None:
    from papertrail.cli.note_history import changed_parts

    old, new, lines = library.summaries.compare(name, revs)
    before = "nothing" if old is None else _told(old)
    output.say(output.Tint(f"{clean_line(name)}: {before} → {_told(new)}", "title"))
    if shown := changed_parts(lines):
        output.say_lines(shown)
    else:
        output.hint("no difference")


def _told(one: "Earlier") -> str:
    return f"text {one.number} ({one.at:%Y-%m-%d %H:%M})"


def _edit(library: "Library", name: str) -> None:
    """Run the reader's editor on the note's file, then take in what it left."""
    import shutil

    from papertrail.cli.own_editor import is_done, run_editor
    from papertrail.domain.editor import choose_editor

    summaries = library.summaries
    editor = choose_editor(os.environ, shutil.which)
    lent = summaries.begin_file(name)
    stays = False
    try:
        seconds = run_editor(editor, lent.path)
        stays = editor.may_still_be_open(seconds) and summaries.is_as_lent(lent) and not is_done(editor.name)
    finally:
        saved = None if stays else summaries.end_file(lent)
    if stays:
        output.say(f"{lent.path} stays, and is read whenever it is saved")
    elif saved is not None:
        _say_saved(library, name, saved)
    else:
        output.say("nothing written: the note is as it was")


def _say_saved(library: "Library", name: str, saved: "NoteSaved") -> None:
    from papertrail.cli.describe import number_of

    path = library.summaries.file(name).relative_to(library.home.root).as_posix()
    output.say(f"saved {path}, {number_of(saved.note.words, 'word')}")
