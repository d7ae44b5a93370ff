"""The notes: their files, what the index says of them, their earlier texts and what is unsaved."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from papertrail.domain.clock import local_date
from papertrail.domain.errors import NotesGone, PapertrailError, UnreadableNote
from papertrail.domain.findings import Finding
from papertrail.domain.history import ALL_KEPT, outgrown
from papertrail.domain.note import conflict_words
from papertrail.domain.operations import OUTSIDE
from papertrail.domain.settings import DAY_STARTS
from papertrail.domain.strays import Stray, StrayKind
from papertrail.domain.text import clean_line
from papertrail.library.checks import summaries
from papertrail.library.checks.check import DATABASE, FIX, RESTORE_ALL, Check, Look, Needs
from papertrail.library.twins import every_twin
from papertrail.notebook.versions import NoteFile
from papertrail.store.queries import journal, notes, papers, progress

MOVES = ".papertrail/moves/"
_NOTHING = " \t\r\n\0"  # a file that a crash cut off is empty or all zeros
_MEANWHILE = timedelta(minutes=10)
"""At most so long after a note was written its history is thinned."""


def _notes_folder(look: Look) -> Iterator[Finding]:
    if isinstance(look.listed, NotesGone):
        yield Finding("notes-folder", look.listed.cause, "notes/", RESTORE_ALL)
    elif isinstance(look.listed, PapertrailError):
        yield Finding("notes-folder", look.listed.cause, "notes/", "ls -ld notes")


def _is_gone(look: Look) -> bool:
    return not look.trail.home.notes.exists()


def _gone_notes(look: Look) -> Iterator[Finding]:
    if _is_gone(look):
        return
    gone = look.strays.gone(look.astray)
    here = {stray.key for stray in look.astray if stray.key and not stray.is_copy}
    for key, sha256 in notes.versions(look.connection).items():  # that nobody has missed so far
        if key not in look.on_disk and key not in here:
            gone.setdefault(key, look.notebook.version_kept(key, sha256) is not None)
    for key, is_kept in gone.items():
        where = f"notes/{key}.md"
        if is_kept:
            yield Finding("gone-notes", f"the note of {key} is gone", where, RESTORE_ALL)
        else:
            what = f"the note of {key} is gone, and its last text is not kept"
            yield Finding("gone-notes", what, where, f"papertrail note {key}")
    yield from summaries.gone(look)


def _unreadable_notes(look: Look) -> Iterator[Finding]:
    for key, read in look.read.items():
        if isinstance(read, UnreadableNote):
            if key not in look.changed_by_disk:
                remedy = f"papertrail note {key} --convert"
                yield Finding("unreadable-notes", read.cause, f"notes/{key}.md", remedy)
        elif isinstance(read, PapertrailError) and not isinstance(read, NotesGone):
            what = f"the note of {key} cannot be read: {read}"
            yield Finding("unreadable-notes", what, f"notes/{key}.md", f"ls -l notes/{key}.md")
    yield from summaries.unreadable(look)


def _emptied_notes(look: Look) -> Iterator[Finding]:
    for file in look.files:
        if not file.text.strip(_NOTHING) and (digest := _last_text(look, file.key)):
            what = f"the note of {file.key} is empty, and was not; its last text is kept"
            remedy = f"papertrail note {file.key} --restore {digest[:7]}"
            yield Finding("emptied-notes", what, f"notes/{file.key}.md", remedy)
    yield from summaries.emptied(look)


def _last_text(look: Look, key: str) -> str:
    """Return the digest of the newest kept text that holds something; empty without one."""
    for kept in reversed(look.notebook.versions_kept(key)):
        text = look.notebook.version_kept(key, kept.sha256)
        if text is not None and text.strip(_NOTHING.encode()):
            return kept.sha256
    return ""


def _note_index(look: Look) -> Iterator[Finding]:
    for key, changed in look.changed_by_disk.items():
        where = f"notes/{key}.md"
        if changed.is_older:
            what = f"the note of {key} is an older file than was taken in last"
            yield Finding("note-index", what, where, f"papertrail note {key} --restore {changed.sha256[:7]}")
        else:
            what = f"the note of {key} has another text than was taken in, though its time is the same"
            yield Finding("note-index", what, where, FIX, is_fixable=True)
    known, stamps = notes.versions(look.connection), notes.stamps(look.connection)
    for file in look.files:
        if known.get(file.key) == file.sha256 or file.key in look.changed_by_disk:
            continue
        where = f"notes/{file.key}.md"
        if stamps.get(file.key) != file.stamp:
            what = (
                f"the note of {file.key} was changed by another program, and not taken in yet"
                if file.key in known
                else f"the note of {file.key} was begun by another program, and not taken in yet"
            )
            yield Finding("note-index", what, where, FIX, is_remark=True, is_fixable=True)
        else:
            what = f"the note of {file.key} has another text than was taken in, though its time is the same"
            yield Finding("note-index", what, where, FIX, is_fixable=True)


def _take_in(look: Look, _: Sequence[Finding]) -> Iterator[str]:
    known = notes.versions(look.connection)
    for key, changed in look.changed_by_disk.items():
        if not changed.is_older and (there := look.notebook.version(key)):
            data = look.notebook.version_kept(key, changed.sha256)
            said = f"the note of {key} is again as it was taken in; what the disk had is in its history"
            if data is not None:
                with look.mending("note-index", said) as (connection, operation):
                    written = look.notebook.restore(key, data, there.sha256, look.trail.now())
                    look.indexed.put(connection, operation, written)
                yield said
    for file in list(look.files):
        if known.get(file.key) != file.sha256 and file.key not in look.changed_by_disk:
            look.indexed.take_in(file, program=OUTSIDE)
            yield f"the note of {file.key} is taken in as it is; its earlier text stays in the history"


def _merge_marks(look: Look) -> Iterator[Finding]:
    from papertrail.notebook.conflicts import conflicts_in

    for file in look.files:
        if lines := conflicts_in(file.text):
            what = f"the note of {file.key} has a {conflict_words(lines)}"
            yield Finding("merge-marks", what, f"notes/{file.key}.md", f"papertrail note {file.key}")
    yield from summaries.merge_marks(look)


def _near_headings(look: Look) -> Iterator[Finding]:
    for key, near in notes.with_near_misses(look.connection):
        for one in near:
            what = f"the note of {key}: {one.words}"
            yield Finding("near-headings", what, f"notes/{key}.md", f"papertrail note {key}", is_remark=True)


def _note_links(look: Look) -> Iterator[Finding]:
    """Find `[[…]]` that lead to no paper by its key of now, or as it is cited; lineages are named so too."""
    from papertrail.domain.wiki_links import links_in

    aliases, keys = papers.aliases_of_all(look.connection), set(papers.titles(look.connection))
    others = {name.casefold() for name in progress.lineage_names(look.connection)}
    others |= papers.cited_of_all(look.connection).keys() - aliases.keys()
    for file in look.files:
        for target, number in links_in(file.text):
            where, remedy = f"notes/{file.key}.md:{number}", f"papertrail note {file.key}"
            if target in keys or target in others:
                continue
            if target in aliases:
                what = f"the note of {file.key} links to {aliases[target]} by its earlier key: [[{target}]]"
                yield Finding("note-links", what, where, FIX, is_remark=True, is_fixable=True)
            else:
                what = f"the note of {file.key} links to no paper: [[{target}]]"
                yield Finding("note-links", what, where, remedy, is_remark=True)


def _follow_links(look: Look, findings: Sequence[Finding]) -> Iterator[str]:
    from papertrail.domain.wiki_links import links_in
    from papertrail.notebook.note_links import with_links_to

    aliases, keys = papers.aliases_of_all(look.connection), set(papers.titles(look.connection))
    for file in list(look.files):
        text = file.text
        for target, _ in links_in(text):
            if target in aliases and target not in keys:
                text = with_links_to(text, target, aliases[target])
        if text != file.text and any(one.is_fixable and f"/{file.key}.md:" in one.where for one in findings):
            look.indexed.take_in(look.notebook.save(file.key, text, file.sha256, look.trail.now()))
            yield f"the note of {file.key} links to papers by their keys of now"


def _front_matter(look: Look) -> Iterator[Finding]:
    from papertrail.notebook.front_matter import key_in

    for key, matter in look.matters.items():
        said = key_in(matter)
        if said and said != key and said not in _had_before(look, key):
            what = f"the note of {key} says in its front matter that it is of {said}"
            yield Finding("front-matter", what, f"notes/{key}.md", f"papertrail note {key}", is_remark=True)


def _had_before(look: Look, key: str) -> Sequence[str]:
    return papers.aliases(look.connection, key) if look.can(Needs.SCHEMA) else ()


def _titles(look: Look) -> Iterator[Finding]:
    from papertrail.notebook.front_matter import title_in

    titles = papers.titles(look.connection)
    for key, matter in look.matters.items():
        said = title_in(matter)
        if said not in ("", titles.get(key)) and (title := look.titles.another(key)):
            remedy = f"papertrail edit {key} {shlex.quote(f'title={title}')}"
            what = f"the note of {key} calls it {title}"
            yield Finding("note-titles", what, f"notes/{key}.md", remedy, is_remark=True)


def _stray_files(look: Look) -> Iterator[Finding]:
    yield from map(_stray, look.astray)
    yield from summaries.copies(look)


def _stray(stray: Stray) -> Finding:
    where = f"notes/{stray.name}"
    # A name that cannot be typed is not named: the merge finds the file by itself.
    name = where if clean_line(where) == where else ""
    if stray.kind is StrayKind.COPY:
        merge = f"papertrail note {stray.key} --merge"
        what = f"a second text of {stray.key}: {stray.why}"
        return Finding("stray-files", what, where, f"{merge} {shlex.quote(name)}" if name else merge)
    if stray.kind is StrayKind.MOVED:
        what = f"the note of {stray.key} under another name: {stray.why}"
        source = shlex.quote(name) if name else "FILE"
        return Finding("stray-files", what, where, f"mv {source} notes/{stray.key}.md")
    what = f"no note: {stray.why}"
    return Finding("stray-files", what, where, "papertrail list", is_remark=True)


def _history(look: Look) -> Iterator[Finding]:
    for key, texts in look.history.items():
        for text in texts:
            if not text.is_whole:
                what = f"an earlier text of {key} is damaged; the others are kept"
                where = f".papertrail/history/{key}/{text.name}"
                yield Finding("history", what, where, f"papertrail note {key} --history", is_remark=True)

    if look.can(Needs.SCHEMA):
        for key, at in _missing_texts(look):
            what = f"an earlier text of {key}, of {at:%d %b %Y}, is not there any more"
            remedy = f"papertrail note {key} --history"
            yield Finding("history", what, f".papertrail/history/{key}/", remedy, is_remark=True)


def _missing_texts(look: Look) -> Iterator[tuple[str, datetime]]:
    """Give the earlier texts that were kept, and of which there is no file.

    Those are left out that were outgrown when the note was last written to: its history is thinned then, and
    never else. So are notes that were gone at some time: of these the journal does not tell all.
    """
    now, starts = look.trail.now(), look.trail.setting(DAY_STARTS)

    def day_of(moment: datetime) -> date:
        return local_date(moment.astimezone(now.tzinfo), starts)

    steps, written = journal.texts_of_notes(look.connection), journal.last_written(look.connection)
    for key, sha256 in notes.versions(look.connection).items():
        # A damaged text is one that is there.
        kept = {text.sha256: [text.at] for text in reversed(look.history.get(key, ())) if text.sha256}
        told: dict[str | None, list[str]] = {}
        for at, text_then in steps.get(key, ()):
            told.setdefault(text_then, []).append(at)
        if not kept or None in told or not (missing := told.keys() - kept.keys() - {sha256}):
            continue
        seen = {text: list(map(datetime.fromisoformat, ats)) for text, ats in told.items() if text}
        thinned = min(now, datetime.fromisoformat(written[key]) + _MEANWHILE)
        lost = missing - (outgrown({**kept, **seen}, thinned, (), day_of) - _until(seen, thinned - ALL_KEPT))
        yield from ((key, ats[-1]) for text, ats in seen.items() if text in lost)


def _until(seen: Mapping[str, Sequence[datetime]], moment: datetime) -> set[str]:
    """Return the texts that were the note at a moment, or were ever after: of these none is thinned then."""
    steps = sorted((at, text) for text, ats in seen.items() for at in ats)
    return {text for (_, text), (end, _) in pairwise(steps) if end >= moment}


def _kept_texts(look: Look) -> Iterator[Finding]:
    """Find notes whose text of now is not in the history, which gives it back should the file be lost."""
    known = notes.versions(look.connection)
    for file in look.files:
        if known.get(file.key) == file.sha256 and not _is_kept(look, file):
            what = f"the history does not hold the text that the note of {file.key} has now"
            yield Finding("kept-texts", what, f"notes/{file.key}.md", FIX, is_fixable=True)


def _is_kept(look: Look, file: NoteFile) -> bool:
    return any(text.is_whole and text.sha256 == file.sha256 for text in look.history.get(file.key, ()))


def _keep_texts(look: Look, _: Sequence[Finding]) -> Iterator[str]:
    for file in list(look.files):
        if not _is_kept(look, file):
            look.notebook.keep_history(file.key, file.data, look.trail.now())
            yield f"the history holds the text that the note of {file.key} has now"


def _drafts(look: Look) -> Iterator[Finding]:
    for key in look.notebook.drafts():
        read = look.read.get(key)
        text = None if read is None or isinstance(read, PapertrailError) else read.text
        for draft in look.notebook.drafts_left(key):
            if draft.text != text:
                what = f"an editor left unsaved text for the note of {key}"
                where = f".papertrail/drafts/{draft.path.name}"
                remedy = f"papertrail note {key} --restore draft"
                yield Finding("drafts", what, where, remedy, is_remark=True)


def _template(look: Look) -> Iterator[Finding]:
    try:
        look.notebook.template()
    except PapertrailError as error:
        remedy = "mv .papertrail/template.md template-of-mine.md"
        yield Finding("template", error.cause, ".papertrail/template.md", remedy)
    yield from summaries.template(look)


def _moves(look: Look) -> Iterator[Finding]:
    moves = list(look.notebook.moves.all())
    if any(move is not None for _, move in moves):
        what = "notes were being moved to other keys when a program was ended"
        yield Finding("moves", what, MOVES, FIX, is_fixable=True)
    for path, move in moves:
        if move is None:
            what = "a file that tells which notes were being moved to other keys cannot be read"
            yield Finding("moves", what, f"{MOVES}{clean_line(path.name)}", FIX, is_fixable=True)


def _finish_moves(look: Look, findings: Sequence[Finding]) -> Iterator[str]:
    from papertrail.disk.whole_file import make_private_folder
    from papertrail.library.moved_notes import finish_moves

    if any(one.where == MOVES for one in findings):
        finish_moves(look.trail)
        yield "the notes that were being moved are where the database has them"
    for path, move in list(look.notebook.moves.all()):
        if move is None:
            aside = make_private_folder(look.trail.home.private, "damaged")
            path.rename(aside / f"{look.trail.now():%Y%m%d-%H%M%S-%f}-{path.name}")
            yield f"{clean_line(path.name)} is in .papertrail/damaged/ now"


def _twins(look: Look) -> Iterator[Finding]:
    for key, other, by_doi in every_twin(look.connection):
        what = f"{key} and {other} have the same {'DOI' if by_doi else 'title'}: they may be one paper"
        yield Finding("twins", what, DATABASE, f"papertrail merge {key} {other}", is_remark=not by_doi)


CHECKS = (
    # First: what was under way is not taken for what another program wrote.
    Check(
        "moves",
        "moves of notes to other keys that were cut off",
        "a note might stand under two keys",
        _moves,
        Needs.SCHEMA,
        _finish_moves,
    ),
    Check(
        "notes-folder",
        "whether the folder of the notes is there",
        "every note is in it",
        _notes_folder,
    ),
    Check(
        "gone-notes",
        "notes that another program took away",
        "a paper that is read and has no note does not count",
        _gone_notes,
        Needs.SCHEMA,
    ),
    Check(
        "unreadable-notes",
        "notes that are not UTF-8 text, or cannot be opened",
        "what stands in them is neither shown nor counted",
        _unreadable_notes,
    ),
    Check(
        "emptied-notes",
        "notes without a word that had some, as a crash or a sync program leaves them",
        "a paper whose note says nothing does not count",
        _emptied_notes,
        Needs.SCHEMA,
    ),
    Check(
        "note-index",
        "the index of each note against its file",
        "sections, words and what counts are told from the index",
        _note_index,
        Needs.SCHEMA,
        _take_in,
    ),
    Check(
        "stray-files",
        "second texts that sync programs leave, notes under other names, files of no paper",
        "words in them belong to no note",
        _stray_files,
    ),
    Check(
        "merge-marks",
        "marks of a merge inside notes",
        "both sides count until you settle it",
        _merge_marks,
    ),
    Check(
        "near-headings",
        "headings that nearly are those of the template",
        "what stands below them does not fill a section",
        _near_headings,
        Needs.SCHEMA,
    ),
    Check(
        "note-links",
        "links from one note to another, `[[key]]`, that lead to no paper",
        "nobody can follow them",
        _note_links,
        Needs.SCHEMA,
        _follow_links,
    ),
    Check(
        "front-matter",
        "the key in a note's front matter against its file's name",
        "other programs may take the note for another paper's",
        _front_matter,
    ),
    Check(
        "note-titles",
        "the title in a note's front matter against the paper's",
        "one of the two is out of date",
        _titles,
        Needs.SCHEMA,
    ),
    Check(
        "history",
        "earlier texts of notes against the digests they are named by",
        "a damaged one cannot be gone back to",
        _history,
    ),
    Check(
        "kept-texts",
        "whether the history holds what each note says now",
        "it gives a note back that is deleted or overwritten",
        _kept_texts,
        Needs.SCHEMA,
        _keep_texts,
    ),
    Check(
        "drafts",
        "text that an editor left unsaved",
        "it is in no note until it is restored",
        _drafts,
    ),
    Check(
        "template",
        "whether the template of notes can be read",
        "without it no note is indexed, and none begun",
        _template,
    ),
    Check(
        "twins",
        "two papers that may be one",
        "one would be read, noted and counted twice",
        _twins,
        Needs.SCHEMA,
    ),
)
