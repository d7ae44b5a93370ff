"""`papertrail note`: write a paper's note in an editor, or move its text in and out."""

import os
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import in_terminal, open_trail
from papertrail.cli.typed_text import typed_text
from papertrail.domain.errors import BadInput, PapertrailError, UnreadableNote

if TYPE_CHECKING:
    from papertrail.domain.reports import NoteSaved
    from papertrail.library import Library


@click.command("note")
@click.argument("key", required=False)
@click.argument("revisions", metavar="[REV [REV]]", nargs=-1)
@click.option("--lineage", "-l", metavar="NAME", help="The note about a lineage instead of a paper's.")
@click.option("--print", "to_print", is_flag=True, help="Write the note, or the template, to stdout.")
@click.option("--path", "to_path", is_flag=True, help="Write where the note's file is, or would be.")
@click.option("--stdin", "from_stdin", is_flag=True, help="Replace the note by what stands on stdin.")
@click.option("--append", is_flag=True, help="With --section: add what stands on stdin to it.")
@click.option("--convert", is_flag=True, help="Make a note UTF-8 that is not.")
@click.option(
    "--from", "encoding", metavar="ENCODING", help="With --convert: what it is in, such as gb18030."
)
@click.option("--history", is_flag=True, help="List every text that the note had.")
@click.option("--json", "as_json", is_flag=True, help="With --history: one JSON object.")
@click.option("--diff", is_flag=True, help="Show what changed since REV, or between two.")
@click.option("--restore", metavar="REV", help="Make this text, or draft, the note again.")
@click.option("--section", metavar="NAME", help="With --print, --stdin, --restore: only this section.")
@click.option("--restore-all", is_flag=True, help="Give notes that are gone their last texts.")
@click.option(
    "--merge",
    metavar="[FILE]",
    is_flag=False,
    flag_value="",
    help="Make one note of it and a second text.",
)
@click.option(
    "--take",
    type=click.Choice(["mine", "theirs", "both"]),
    metavar="WHOSE",
    help="With --merge: mine, theirs or both where they differ.",
)
def command(
    key: str | None,
    revisions: tuple[str, ...],
    lineage: str | None,
    to_print: bool,
    to_path: bool,
    from_stdin: bool,
    append: bool,
    convert: bool,
    encoding: str | None,
    history: bool,
    as_json: bool,
    diff: bool,
    restore: str | None,
    section: str | None,
    restore_all: bool,
    merge: str | None,
    take: str | None,
) -> None:
    """Write a note in $VISUAL or $EDITOR; the template begins it.

    KEY is a key, the beginning of one, or an arXiv id or DOI in any form; REV a number of --history.

    \b
    Example:
      papertrail note faster-rcnn
      papertrail note faster-rcnn --section "Key idea" --print
    """
    modes = {
        "--print": to_print,
        "--path": to_path,
        "--stdin": from_stdin,
        "--append": append,
        "--convert": convert,
        "--history": history,
        "--diff": diff,
        "--restore": restore is not None,
        "--restore-all": restore_all,
        "--merge": merge is not None,
    }
    if sum(modes.values()) > 1:
        *others, last = modes
        raise BadInput(f"{', '.join(others)} and {last} exclude each other", "give one of them")
    for is_given, goes_with, is_there, like in (
        (encoding is not None, "--from goes with --convert", convert, f"--convert --from {encoding}"),
        (bool(revisions), "REV goes with --diff or --restore", diff, "--diff REV"),
        (
            len(revisions) + (lineage is not None and key is not None) > 2,
            "--diff compares two texts",
            False,
            "--diff REV REV",
        ),
        (
            section is not None,
            "--section goes with --print, --stdin, --append or --restore",
            restore is not None or to_print or from_stdin or append,
            "--section NAME --print",
        ),
        (append, "--append goes with --section", section is not None, "--section NAME --append"),
        (as_json, "--json goes with --history", history, "--history --json"),
        (take is not None, "--take goes with --merge", merge is not None, f"--merge --take {take}"),
    ):
        if is_given and not is_there:
            raise BadInput(goes_with, f"papertrail note KEY {like}")
    if lineage is not None and ((key is not None and not diff) or as_json or section is not None):
        raise BadInput("--lineage names what the note is about", "papertrail note --lineage NAME")
    if key is None and lineage is None and not restore_all:
        raise BadInput("a note belongs to a paper", "papertrail note KEY")
    if not (any(modes.values()) or in_terminal()):
        raise BadInput(
            "an editor needs a terminal", "without one use papertrail note KEY --print, --path or --stdin"
        )
    from papertrail.cli import note_history, note_merge

    mode = next((name for name, is_given in modes.items() if is_given), "")
    with open_trail() as library:
        if lineage is not None:
            from papertrail.cli.lineage_note import carry_out

            # Of a lineage no paper's key stands before the texts.
            revs = tuple(filter(None, (key, *revisions))) if diff else (restore or "",)
            carry_out(library, library.lineages.resolve(lineage), mode, revs)
            return
        if mode == "--restore-all":
            _restore_all(library, key)
            return
        paper = library.papers.resolve(key or "")
        if mode in ("", "--print") and library.papers.get(paper).summary.note_missing:
            from papertrail.cli.describe import missing_note

            output.warn(missing_note(paper))
        {
            "": lambda: _edit(library, paper),
            "--print": lambda: _print(library, paper, section),
            "--path": lambda: output.say_raw(os.fsencode(library.papers.get(paper).note.path) + b"\n"),
            "--stdin": lambda: _take_stdin(library, paper, section),
            "--append": lambda: _take_stdin(library, paper, section, more=True),
            "--convert": lambda: _convert(library, paper, encoding),
            "--history": lambda: note_history.say_history(library, paper, as_json),
            "--diff": lambda: note_history.say_diff(library, paper, revisions),
            "--restore": lambda: note_history.restore(library, paper, restore or "", section or ""),
            "--merge": lambda: note_merge.merge(library, paper, merge or "", take),
        }[mode]()
        if mode in ("", "--print") and library.strays.copies(paper):
            output.hint(
                output.Tint(f"there is a second text of this note: papertrail note {paper} --merge", "quiet")
            )
        if mode in ("", "--print", "--stdin", "--append") and (title := library.note_titles.another(paper)):
            from papertrail.cli.note_titles import say_title

            say_title(paper, title)


def _take_stdin(library: "Library", key: str, section: str | None, *, more: bool = False) -> None:
    if section is not None:
        empty = BadInput("the text is empty, the note stays as it is", "give some words on standard input")
        words = typed_text("type the section", empty)
        say_saved(library, key, library.notes.save_section(key, section, words, more=more))
        return
    base = library.notes.version(key)
    empty = BadInput("the text is empty, the note stays as it is", "to take a note away, remove its file")
    text = typed_text("type the note", empty)
    say_saved(library, key, library.notes.save(key, text, base))


def _restore_all(library: "Library", key: str | None) -> None:
    from papertrail.cli.describe import number_of

    if key is not None:
        raise BadInput("--restore-all is about every note that is gone", "papertrail note --restore-all")
    done = library.strays.restore_gone()
    library.catch_up()
    for one in done.restored:
        output.say(f"restored: notes/{one}.md")
    if done.lost:
        raise PapertrailError(
            f"no text is kept of {number_of(len(done.lost), 'note')}: {', '.join(done.lost)}",
            "begin them anew with papertrail note KEY",
        )
    if not done.restored:
        output.say("no note is gone")


def _convert(library: "Library", key: str, encoding: str | None) -> None:
    converted = library.notes.convert(key, encoding)
    if converted is None:
        output.say(f"notes/{key}.md is UTF-8 already")
        return
    sample = f" ({', '.join(converted.sample)})" if converted.sample else ""
    output.say(
        f"notes/{key}.md is UTF-8 now, taken for {converted.encoding}{sample}; as it was: {converted.kept}"
    )


def _print(library: "Library", key: str, section: str | None) -> None:
    if section is not None:
        if words := library.notes.section(key, section):
            output.say_raw(f"{words}\n".encode())
        return
    try:
        note = library.notes.open(key)
    except UnreadableNote:  # told when the trail was opened
        output.say_raw(library.notes.text_anyway(key).encode("utf-8"))
        output.hint("� stands for what is not UTF-8: see --convert")
        return
    # A file is given byte for byte: its text as the library knows it may have other line ends.
    output.say_raw(note.text.encode("utf-8") if note.sha256 is None else note.path.read_bytes())
    if note.draft is not None:
        output.hint(f"an editor left unsaved text for this note: papertrail note {key} --restore draft")


def _edit(library: "Library", key: str) -> None:
    """Run the reader's editor on the note's file, then index what it left."""
    import shutil

    from papertrail.cli.own_editor import is_done, run_editor
    from papertrail.domain.editor import choose_editor

    editor = choose_editor(os.environ, shutil.which)
    lent = library.notes.begin_file(key)
    seconds = 0.0
    stays = False
    try:
        seconds = run_editor(editor, lent.path)
        stays = (
            editor.may_still_be_open(seconds) and library.notes.is_as_lent(lent) and not is_done(editor.name)
        )
    finally:
        saved = None if stays else library.notes.end_file(lent)
    if stays:
        output.say(f"{lent.path} stays, and is read whenever it is saved")
    elif saved is not None:
        say_saved(library, key, saved)
    elif library.papers.get(key).note.exists:
        output.say(f"nothing written: notes/{lent.path.name} is as it was")
    else:
        output.say(f"nothing written: {key} has no note yet")


def say_saved(library: "Library", key: str, saved: "NoteSaved") -> None:
    """Say what is on the disk, and what it means for the goal."""
    from papertrail.cli.describe import number_of

    note = saved.note
    parts: list[output.Part] = [f"saved notes/{note.path.name}, {number_of(note.words, 'word')}"]
    if saved.newly_counted:
        parts.append(output.Tint(f"; counted: {library.goal.progress().tally}", "good"))
    elif note.missing:
        parts.append(output.Tint(f"; still open: {note.owes}", "owed"))
    elif not library.papers.get(key).summary.counted:
        parts.append(f"; complete, it counts once read: papertrail done {key}")
    if note.open_words:
        parts.append(f"; {note.open_words}")
    output.say(*parts)
