"""Files among the notes that are no paper's note, and notes that are gone: found, named, restored."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from papertrail.disk.whole_file import FileChanged
from papertrail.domain.operations import Verb
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.library.open_trail import OpenTrail
from papertrail.store.queries import notes, papers, summaries

if TYPE_CHECKING:
    from papertrail.domain.reports import NotesRestored
    from papertrail.domain.strays import Stray


class Strays:
    """The use cases of what is lost or astray among the notes."""

    def __init__(self, trail: OpenTrail, indexed: IndexedNotes) -> None:
        self._trail = trail
        self._indexed = indexed

    def by_name(self) -> "list[Stray]":
        """Return the files that are second texts or moved notes by their names alone; no file is read."""
        names: list[str] = []
        with suppress(OSError):
            names = os.listdir(self._trail.home.notes)  # noqa: PTH208 a third of the time of paths
        known = {f"{key}.md" for key in notes.stamps(self._trail.database.read())}
        if all(name in known or name == "README.md" or name.startswith(".") for name in names):
            return []  # mostly; reading names costs more than a daily command may
        from papertrail.notebook.strays import strays_by_name

        return [one for one in strays_by_name(names, self._is_key()) if one.key]

    def quiet_line(self) -> str:
        """Return one line that tells of such files; empty without any."""
        strays = self.by_name()
        if not strays:
            return ""
        from papertrail.domain.strays import quiet_words

        return quiet_words(strays)

    def copies(self, key: str) -> "list[Stray]":
        """Return the second texts of one paper, by their names."""
        return [stray for stray in self.by_name() if stray.is_copy and stray.key == key]

    def all(self) -> "list[Stray]":
        """Return every Markdown file among the notes that is no note, in folders too."""
        from papertrail.notebook.strays import look_for_strays

        return look_for_strays(self._trail.home.notes, self._is_key())

    def is_note(self, key: str) -> bool:
        """Tell whether a file `KEY.md` is the note of a paper."""
        return self._is_key()(key)

    def _is_key(self) -> Callable[[str], bool]:
        connection = self._trail.database.read()
        known = dict.fromkeys(notes.stamps(connection), True)

        def is_key(key: str) -> bool:
            if key not in known:
                known[key] = papers.id_of_key(connection, key) is not None
            return known[key]

        return is_key

    def gone(self, strays: "Sequence[Stray] | None" = None) -> dict[str, bool]:
        """Return the keys of notes that another program took away, each with whether its last text is kept.

        Those of dropped papers, and those that stand under another name, are left out.

        Args:
            strays: what `all` gives, where that is known.
        """
        return {key: data is not None for key, data in self._gone(strays).items()}

    def _gone(self, strays: "Sequence[Stray] | None" = None) -> dict[str, bytes | None]:
        known = self.all() if strays is None else strays
        moved = {stray.key for stray in known if stray.key and not stray.is_copy}
        versions = notes.gone(self._trail.database.read())
        return self._kept({key: sha256 for key, sha256 in versions.items() if key not in moved})

    def _kept(self, versions: Mapping[str, str]) -> dict[str, bytes | None]:
        return {key: self._trail.notebook.version_kept(key, sha256) for key, sha256 in versions.items()}

    def restore_gone(self) -> "NotesRestored":
        """Give every note that is gone its last text, as one operation; the whole folder if that is gone.

        The notes about lineages as well: their files were missed by nobody, so that nothing else changes.

        Raises:
            StorageError: the disk did not take it.
        """
        from papertrail.domain.reports import NotesRestored

        is_gone = not self._trail.home.notes.exists()
        done, about = self._restore_folder() if is_gone else self._restore_notes(), self._restore_summaries()
        return NotesRestored(done.restored + about.restored, done.lost + about.lost)

    def _restore_summaries(self) -> "NotesRestored":
        from papertrail.domain.reports import NotesRestored

        files, restored, lost = self._trail.summaries, [], []
        for one in summaries.known(self._trail.database.read()):
            if one.file is None or one.sha256 is None or files.path(one.file).exists():
                continue
            data, name = files.version_kept(one.file, one.sha256), f"lineages/{one.file}"
            if data is None:
                lost.append(name)
                continue
            with suppress(FileChanged):  # there is one again
                files.restore(one.file, data, None, self._trail.now())
                restored.append(name)
        return NotesRestored(tuple(restored), tuple(lost))

    def _restore_notes(self) -> "NotesRestored":
        from papertrail.domain.reports import NotesRestored

        now = self._trail.now()
        restored, lost = [], []
        with self._trail.operation(Verb.NOTE) as (connection, operation):
            for key, data in self._gone().items():
                if data is None:
                    lost.append(key)
                    continue
                with suppress(FileChanged):  # there is one again
                    file = self._trail.notebook.restore(key, data, None, now)
                    self._indexed.put(connection, operation, file)
                    restored.append(key)
        return NotesRestored(tuple(restored), tuple(lost))

    def _restore_folder(self) -> "NotesRestored":
        from papertrail.domain.reports import NotesRestored

        kept = self._kept(notes.versions(self._trail.database.read()))
        self._trail.notebook.write_folder({key: data for key, data in kept.items() if data is not None})
        lost = tuple(key for key, data in kept.items() if data is None)
        return NotesRestored(tuple(key for key in kept if key not in lost), lost)
