"""The notes about lineages, looked at as those of papers are."""

import shlex
from collections.abc import Iterator
from contextlib import suppress

from papertrail.domain.errors import PapertrailError, UnreadableNote
from papertrail.domain.findings import Finding
from papertrail.domain.note import conflict_words
from papertrail.domain.text import clean_line
from papertrail.library.checks.check import RESTORE_ALL, Look, Needs
from papertrail.store.queries import summaries

_NOTHING = b" \t\r\n\0"  # a file that a crash cut off is empty or all zeros


def gone(look: Look) -> Iterator[Finding]:
    """Yield the notes about lineages that another program took away."""
    files = look.trail.summaries
    for one in summaries.known(look.connection):
        if one.file is not None and one.sha256 is not None and not files.path(one.file).exists():
            is_kept = files.version_kept(one.file, one.sha256) is not None
            what = f"the note about {clean_line(one.name)} is gone" + (
                "" if is_kept else ", and its last text is not kept"
            )
            remedy = RESTORE_ALL if is_kept else f"papertrail note --lineage {shlex.quote(one.name)}"
            yield Finding("gone-notes", what, f"notes/lineages/{one.file}.md", remedy)


def unreadable(look: Look) -> Iterator[Finding]:
    """Yield the notes about lineages that are not UTF-8 text, or cannot be opened."""
    files = look.trail.summaries
    names = {one.file: one.name for one in _known(look)}
    for stem in files.scan():
        where = f"notes/lineages/{stem}.md"
        try:
            files.read(stem)
        except UnreadableNote as error:
            yield Finding("unreadable-notes", error.cause, where, _history(names.get(stem), where))
        except PapertrailError as error:
            yield Finding("unreadable-notes", f"it cannot be read: {error}", where, f"ls -l {where}")


def emptied(look: Look) -> Iterator[Finding]:
    """Yield the notes about lineages without a word that had some."""
    files = look.trail.summaries
    for one in summaries.known(look.connection):
        if one.file is None or not files.path(one.file).is_file() or one.file in files.leading_out():
            continue
        if files.path(one.file).read_bytes().strip(_NOTHING):
            continue
        for kept in reversed(files.versions_kept(one.file)):
            text = files.version_kept(one.file, kept.sha256)
            if text is not None and text.strip(_NOTHING):
                what = f"the note about {clean_line(one.name)} is empty, and was not; its last text is kept"
                remedy = f"papertrail note --lineage {shlex.quote(one.name)} --restore {kept.sha256[:7]}"
                yield Finding("emptied-notes", what, f"notes/lineages/{one.file}.md", remedy)
                break


def copies(look: Look) -> Iterator[Finding]:
    """Yield what lies among the notes about lineages and is none: second texts, and those of no lineage."""
    from papertrail.library.summary_files import stem_of
    from papertrail.notebook.strays import stray_of_name

    files = look.trail.summaries
    if not look.can(Needs.SCHEMA) or not files.notes.is_dir():
        return
    names = {
        (one.file or stem_of(look.connection, one.lineage, one.name)): one.name
        for one in summaries.known(look.connection)
    }
    with suppress(OSError):
        for path in sorted(files.notes.iterdir()):
            stray = stray_of_name(path.name, names.__contains__, names.__contains__)
            if stray is None or not path.is_file():
                continue
            where, name = f"notes/lineages/{path.name}", names.get(stray.key)
            if name is None:
                what = "no lineage's note: no lineage has a note of this name"
                yield Finding("stray-files", what, where, "papertrail lineages", is_remark=True)
            else:
                what = f"a second text of the note about {clean_line(name)}: {stray.why}"
                remedy = f"papertrail note --lineage {shlex.quote(name)}"
                yield Finding("stray-files", what, where, remedy)


def merge_marks(look: Look) -> Iterator[Finding]:
    """Yield the notes about lineages in which a merge has left its marks."""
    from papertrail.notebook.conflicts import conflicts_in

    files, names = look.trail.summaries, {one.file: one.name for one in _known(look)}
    for stem in files.scan():
        with suppress(PapertrailError):  # told as unreadable
            file = files.read(stem)
            if file is not None and (lines := conflicts_in(file.text)):
                name, where = names.get(stem), f"notes/lineages/{stem}.md"
                what = f"the note about {clean_line(name or stem)} has a {conflict_words(lines)}"
                remedy = f"papertrail note --lineage {shlex.quote(name)}" if name else f"ls -l {where}"
                yield Finding("merge-marks", what, where, remedy)


def template(look: Look) -> Iterator[Finding]:
    """Yield the reader's template of such notes where it is none."""
    try:
        look.trail.summaries.template()
    except PapertrailError as error:
        name = look.trail.summaries.template_name
        where = f".papertrail/{name}"
        yield Finding("template", error.cause, where, f"mv {where} {name.replace('.md', '-of-mine.md')}")


def _known(look: Look) -> list[summaries.Known]:
    return summaries.known(look.connection) if look.can(Needs.SCHEMA) else []


def _history(name: str | None, where: str) -> str:
    return f"papertrail note --lineage {shlex.quote(name)} --history" if name else f"ls -l {where}"
