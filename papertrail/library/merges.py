"""A note and a second text of its paper, as a sync program leaves one, made one note."""

import os
from pathlib import Path

from papertrail.domain.errors import BadInput, NotFound, StorageError
from papertrail.domain.merging import NoteMerge
from papertrail.domain.reports import NoteMerged
from papertrail.domain.text import clean_line, shorten
from papertrail.library.notes import Notes
from papertrail.library.open_trail import OpenTrail
from papertrail.library.strays import Strays


class Merges:
    """The use cases of merging two texts of one paper."""

    def __init__(self, trail: OpenTrail, notes: Notes, strays: Strays) -> None:
        self._trail = trail
        self._notes = notes
        self._strays = strays

    def open(self, key: str, file: str = "") -> NoteMerge:
        """Return a note and a second text of its paper, section beside section.

        Args:
            key: the paper's key.
            file: the one with the second text, named from here, from the trail or from notes/;
                the first there is unless given.

        Raises:
            NotFound: there is no note, no second text, or no such file.
            BadInput: the file is no other file among the notes.
            StorageError: one of them cannot be read, or is not UTF-8 text.
        """
        from papertrail.notebook.encoding import decode_note
        from papertrail.notebook.merging import merge_parts

        self._trail.paper_id(self._trail.database.read(), key)
        note = self._trail.notebook.read(key)
        if note is None:
            raise NotFound(f"{key} has no note", "papertrail doctor tells what there is of it")
        name = self._inside(key, file) if file else self._first(key)
        shown = f"notes/{shorten(clean_line(name), 200)}"
        version = self._trail.notebook.beside(name)
        if version is None:
            raise NotFound(f"there is no file {shown}", "papertrail doctor tells which there are")
        try:
            theirs = decode_note(version.data)
        except UnicodeDecodeError as error:
            raise StorageError(
                f"{shown} is not UTF-8 text (byte {error.start + 1})", "make it so with iconv, then try again"
            ) from error
        parts = merge_parts(note.text, theirs, self._trail.notebook.template())
        return NoteMerge(key, name, note.sha256, version.sha256, theirs, parts)

    def _first(self, key: str) -> str:
        copies = self._strays.copies(key) or [one for one in self._strays.all() if one.key == key]
        if not copies:
            raise NotFound(
                f"there is no second text of {key}", f"name it: papertrail note {key} --merge FILE"
            )
        return copies[0].name

    def _inside(self, key: str, file: str) -> str:
        """Return the name of a file within the folder of notes."""
        notes = self._trail.home.notes
        typed = Path(file).expanduser()
        places = [Path.cwd() / typed, self._trail.home.root / typed, notes / typed]
        path = next((place for place in places if place.is_file()), places[-1])
        shown = shorten(clean_line(file), 200)
        real, folder = (
            Path(os.path.realpath(path.parent)) / path.name,
            Path(os.path.realpath(self._trail.home.notes)),
        )
        if not real.is_relative_to(folder):
            raise BadInput(f"{shown} is not among the notes", "put it into notes/, then try again")
        note = self._trail.notebook.path(key)
        if path.exists() and note.exists() and path.samefile(note):
            raise BadInput(f"{shown} is the note of {key} itself", "name the other text")
        name = real.relative_to(folder).as_posix()
        stem, dot, suffix = name.rpartition(".")
        if dot and suffix == "md" and self._strays.is_note(stem):
            raise BadInput(f"{shown} is the note of {stem}", "name a file that is no note")
        return name

    def save(self, merge: NoteMerge, text: str) -> NoteMerged:
        """Make a text the note, and put the file with the second text away: into the note's history.

        Args:
            merge: as it was opened.
            text: the whole new text.

        Raises:
            NoteConflict: the note was changed meanwhile; it stays, and `text` is kept beside it.
            StorageError: the disk did not take it; all is as it was.
        """
        notebook, now = self._trail.notebook, self._trail.now()
        saved = self._notes.save(merge.key, text, merge.base)
        return NoteMerged(saved, notebook.put_away(merge.key, merge.name, merge.sha256, now))
