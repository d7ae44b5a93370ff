"""The texts a note had, in the terminal: listed, compared, restored."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from papertrail.cli import output
from papertrail.cli.describe import number_of, short_names
from papertrail.domain.errors import BadInput, NotFound

if TYPE_CHECKING:
    from papertrail.domain.history import Revision
    from papertrail.domain.word_diff import Line
    from papertrail.library import Library

DRAFT = "draft"  # in place of a number: what an editor left unsaved
AROUND = 2  # unchanged lines shown before and after changed ones


def say_history(library: "Library", key: str, as_json: bool) -> None:
    """List the texts of a note, the newest first."""
    revisions = library.history.revisions(key)
    # Texts that earlier versions kept were not looked at when they were.
    looked_at = [
        library.history.looked_at(key, one, revisions[number] if number < len(revisions) else None)
        for number, one in enumerate(revisions, start=1)
    ]
    if as_json:
        from papertrail.cli.documents import note_history_object

        output.say_json(note_history_object(key, looked_at))
        return
    if not looked_at:
        library.notes.open(key)  # one that cannot be read is there, and says so
        output.hint(f"{key} has no note yet: papertrail note {key} begins it")
        return
    output.say_table([_cells(one) for one in looked_at], right=frozenset({0, 4}))


def _cells(one: "Revision") -> Sequence[output.Part]:
    sections = ", ".join(
        short_names([name]) if name else "outside of sections" for name in one.sections or ()
    )
    return (
        output.Tint(str(one.number), "title"),
        output.Tint(one.name, "quiet"),
        f"{one.at:%Y-%m-%d %H:%M}",
        output.Tint(f"{one.by}, now" if one.is_now else one.by, "good" if one.is_now else ""),
        number_of(one.words or 0, "word"),
        output.Tint("begun", "quiet") if one.is_first else sections,
    )


def say_diff(library: "Library", key: str, revisions: Sequence[str]) -> None:
    """Show what changed: between two texts, since one, or by the last change."""
    kept = library.history.revisions(key)
    if not kept:
        library.notes.open(key)
        raise NotFound(f"{key} has no note yet", f"begin it with: papertrail note {key}")
    old: Revision | None
    if revisions:
        found = [library.history.find(key, revision) for revision in revisions]
        old, new = found[0], found[1] if len(found) > 1 else kept[0]
    else:
        old, new = kept[1] if len(kept) > 1 else None, kept[0]
    lines = library.history.compare(key, old, new)
    before = "nothing" if old is None else _told(old)
    output.say(output.Tint(f"{key}: {before} → {_told(new)}", "title"))
    shown = list(changed_parts(lines))
    if shown:
        output.say_lines(shown)
    else:
        output.hint("no difference")


def _told(one: "Revision") -> str:
    return f"text {one.number} ({one.at:%Y-%m-%d %H:%M}, {one.by})"


def changed_parts(lines: "Sequence[Line]") -> "list[list[output.Part]]":
    """Return the changed lines with some around them; an ellipsis where lines are left out."""
    from papertrail.domain.word_diff import Mark, changed_lines

    coloured = output.is_coloured()
    styles = {Mark.REMOVED: "removed", Mark.ADDED: "added", Mark.SAME: ""}
    frames = {Mark.REMOVED: ("[-", "-]"), Mark.ADDED: ("{+", "+}"), Mark.SAME: ("", "")}
    shown: list[list[output.Part]] = []
    end = 0
    for start, stop in changed_lines(lines, AROUND):
        if start > end:
            shown.append([output.Tint("…", "quiet")])
        for line in lines[start:stop]:
            framed = [("", text, "") if coloured else (frames[m][0], text, frames[m][1]) for text, m in line]
            shown.append([output.Tint("".join(f), styles[p.mark]) for f, p in zip(framed, line, strict=True)])
        end = stop
    if shown and end < len(lines):
        shown.append([output.Tint("…", "quiet")])
    return shown


def restore(library: "Library", key: str, rev: str, section: str) -> None:
    """Make a text the note again, or one section of it, and say what that means."""
    from papertrail.cli.commands.note import say_saved

    if rev == DRAFT:
        if section:
            raise BadInput("unsaved text comes back whole", f"papertrail note {key} --restore {DRAFT}")
        saved = library.notes.restore_draft(key)
        output.say(f"notes/{key}.md is what an editor left unsaved")
        say_saved(library, key, saved)
        _hint_at_undo()
        return
    revision = library.history.find(key, rev)
    restored = library.history.restore(key, revision, section)
    what = f"{short_names([section])} of notes/{key}.md" if section else f"notes/{key}.md"
    if restored is None:
        output.say(f"{what} is like that already: nothing to restore")
        return
    if restored.section:
        what = f"{short_names([restored.section])} of notes/{key}.md"
    output.say(f"{what} is as in {_told(revision)}")
    say_saved(library, key, restored.saved)
    _hint_at_undo()


def _hint_at_undo() -> None:
    if output.line_width() is not None:
        output.hint(output.Tint("papertrail undo turns that round", "quiet"))
