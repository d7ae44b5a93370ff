"""Lineages told from memory: begun, marked, kept, looked at again."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.domain.errors import BadInput, NotFound, StorageError
from papertrail.domain.lineages.mapped import MapPaper
from papertrail.domain.operations import Verb
from papertrail.domain.query.tree import Query, Text
from papertrail.domain.settings import TELL_MINUTES
from papertrail.domain.tellings import Mark, Telling, TellingPage, ToldPaper, Unfinished
from papertrail.domain.text import clean, clean_line, shorten
from papertrail.library.exports import Exports
from papertrail.library.open_trail import OpenTrail
from papertrail.library.out_files import TEXTS, file_at
from papertrail.library.search import Search
from papertrail.notebook.tellings import TellingFiles
from papertrail.store.queries import lineages, papers, tellings

if TYPE_CHECKING:
    from sqlite3 import Connection


class Tellings:
    """The use cases of telling a lineage; notes are never touched."""

    def __init__(self, trail: OpenTrail, search: Search, exports: Exports) -> None:
        self._trail = trail
        self._search = search
        self._exports = exports
        self._files = TellingFiles(trail.home.private)

    def page(self, name: str) -> TellingPage:
        """Return what a telling of a lineage begins with, or goes on with.

        Raises:
            NotFound: no lineage has exactly this name.
        """
        connection = self._trail.database.read()
        lineage, _ = _found(connection, name)
        own = self._search.find(Query(Text("lineage", name, whole=True)))
        inside = {paper.key for paper in own}
        parents = lineages.links(connection)
        kept = self._kept(connection, lineage)
        last = kept[-1] if kept else None
        return TellingPage(
            lineage,
            name,
            tuple(map(MapPaper.of, own)),
            {key: tuple(one for one in parents.get(key, ()) if one in inside) for key in inside},
            self._trail.setting(TELL_MINUTES),
            last,
            self._left(lineage, last),
        )

    def _left(self, lineage: int, last: Telling | None) -> Unfinished | None:
        """Return what was left before its end; what was kept since, by a program killed then, was not."""
        left = self._files.unfinished(lineage)
        if left is None or not left.is_begun:
            return None
        if last is not None and last.file and left.text.strip():
            with suppress(StorageError):
                if self._files.read(last.file) == f"{clean(left.text).strip()}\n":
                    return None
        return left

    def put_aside(self, page: TellingPage, telling: Unfinished) -> None:
        """Keep what is told so far, to go on with it; no operation, as nothing is told yet.

        Raises:
            StorageError: it cannot be written.
        """
        self._files.keep_unfinished(page.lineage, telling, page.years)

    def lend(self, page: TellingPage, telling: Unfinished) -> Path:
        """Put aside what is told so far and return the file, for an editor to go on in.

        Raises:
            StorageError: it cannot be written.
        """
        return self._files.keep_unfinished(page.lineage, telling, page.years)

    def begin_anew(self, page: TellingPage) -> None:
        """Forget what was put aside.

        Raises:
            StorageError: it cannot be removed.
        """
        self._files.discard_unfinished(page.lineage)

    def papers(self, page: TellingPage, text: str) -> list[ToldPaper]:
        """Return the lineage's story paper by paper beside what was told: words that were not, and that were.

        Raises:
            NotFound: the lineage is gone.
        """
        from papertrail.domain.hints import echoes, hints

        name = self._name(self._trail.database.read(), page)
        steps = self._exports.steps(name)
        found = {paper.key: paper for paper in self._search.find(Query(Text("lineage", name, whole=True)))}
        text = clean(text)
        own = [step.own for step in steps.values()]
        return [
            ToldPaper(found[key], step.told, lacking, there, key in page.missed)
            for (key, step), lacking, there in zip(
                steps.items(), hints(own, text), echoes(own, text), strict=True
            )
            if key in found
        ]

    def tell(self, page: TellingPage, text: str, seconds: int, marks: Mapping[str, Mark]) -> Telling:
        """Keep a telling: its text in a file of its own, then in one operation when, how long and how it was.

        Args:
            page: what it began with.
            text: what was typed; empty for what was spoken.
            seconds: that it took.
            marks: by the keys of papers; what has left the trail meanwhile is left out.

        Raises:
            NotFound: the lineage is gone; what was told stays put aside.
            BadInput: nothing was told.
            StorageError: it cannot be written.
        """
        from papertrail.notebook.sections import count_words

        text = clean(text).strip()
        if not text and not marks:
            raise BadInput("nothing was told", "type, or mark what you said")
        name = self._name(self._trail.database.read(), page)
        now = self._trail.now()
        file = self._files.keep(name, now, seconds, text) if text else ""
        try:
            with self._trail.operation(Verb.TELL) as (connection, operation):
                name = self._name(connection, page)
                telling = tellings.add(
                    connection,
                    page.lineage,
                    operation.at,
                    operation.local_date,
                    seconds,
                    count_words(text),
                    file,
                )
                ids = {papers.id_by_any_key(connection, key): mark for key, mark in marks.items()}
                for paper, mark in ids.items():
                    if paper is not None:
                        tellings.put_mark(connection, telling, paper, mark)
                told = {"marks": len(marks), "told": list(marks.values()).count(Mark.TOLD)}
                what = {"lineage": name, "seconds": seconds, "file": file, **told}
                self._trail.journal(connection, operation, "tell", None, None, what)
        except BaseException:
            if file:
                with suppress(StorageError):  # another one of the same text would be in its place
                    self._files.discard(file)
            raise
        with suppress(StorageError):  # it is kept; what was put aside is known for the same
            self._files.discard_unfinished(page.lineage)
        return next(one for one in self._kept(self._trail.database.read(), page.lineage) if one.id == telling)

    def all(self, name: str | None = None) -> list[Telling]:
        """Return the tellings of a lineage, or of all lineages, the oldest first.

        Raises:
            NotFound: no lineage has exactly this name.
        """
        connection = self._trail.database.read()
        return self._kept(connection, None if name is None else _found(connection, name)[0])

    def text(self, telling: Telling) -> str | None:
        """Return what was told, "" for what was spoken, None when the file is gone.

        Raises:
            StorageError: it cannot be read.
        """
        return self._files.read(telling.file) if telling.file else ""

    def file(self, telling: Telling) -> Path | None:
        """Return where the text of a telling is; None for one that was spoken."""
        return self._files.path(telling.file) if telling.file else None

    def on(self, name: str, moment: str) -> Telling:
        """Return the newest telling of a lineage on a day, or at a moment.

        Args:
            name: of the lineage.
            moment: `2026-03-01`, `2026-03-01 09:30` or the beginning of either.

        Raises:
            NotFound: no lineage has exactly this name, or it was not told then.
        """
        wanted = clean_line(moment).replace("T", " ")
        kept = self.all(name)
        found = [one for one in kept if wanted and one.stamp.startswith(wanted)]
        if not found:
            said = shorten(wanted, 40) or "no day"
            told = f"it was told on {', '.join(dict.fromkeys(str(one.on) for one in kept[-3:]))}"
            raise NotFound(
                f"{shorten(clean_line(name), 60)} was not told on {said}",
                told if kept else "tell it first: papertrail tell LINEAGE",
            )
        return found[-1]

    def document(self, name: str | None = None) -> str:
        """Return the tellings of a lineage, or of all, as one Markdown document.

        Raises:
            NotFound: no lineage has exactly this name, or nothing was told yet.
        """
        from papertrail.export.tellings import document

        kept = self.all(name)
        if not kept:
            raise NotFound("nothing was told yet", "papertrail tell LINEAGE")
        return document([(one, self.text(one)) for one in kept])

    def export(self, to: Path, name: str | None = None) -> Path:
        """Write that document to a file and return its path.

        Args:
            to: a file that ends in `.md`, `.markdown` or `.txt`, else the folder for `tellings.md`.
            name: of the lineage; all unless given.

        Raises:
            NotFound: no lineage has exactly this name, or nothing was told yet.
            BadInput: there is a file of that name which is not ours, or was changed since; it stays.
            StorageError: it cannot be written.
        """
        text = self.document(name)
        path = file_at(to, "tellings.md", TEXTS)
        self._trail.outgoing.write(path, text)
        self._exports.remember(path)
        return path

    def _kept(self, connection: "Connection", lineage: int | None) -> list[Telling]:
        marks = tellings.marks(connection, lineage)
        zone = self._trail.now().tzinfo
        return [
            Telling(
                row.id,
                row.lineage,
                datetime.fromisoformat(row.at).astimezone(zone),
                date.fromisoformat(row.local_date),
                row.seconds,
                row.words,
                row.file,
                {key: Mark(mark) for key, mark in marks.get(row.id, {}).items()},
            )
            for row in tellings.of_lineage(connection, lineage)
        ]

    def _name(self, connection: "Connection", page: TellingPage) -> str:
        """Return the name that a lineage has by now."""
        name = tellings.lineage_name(connection, page.lineage)
        if name is None:
            said = shorten(clean_line(page.name), 60)
            raise NotFound(f"there is no lineage {said} any more", "what was told stays put aside")
        return name


def _found(connection: "Connection", name: str) -> tuple[int, bool]:
    found = lineages.find(connection, name)
    if found is None:
        raise NotFound(f"no lineage is called {shorten(clean_line(name), 60)}", "see: papertrail lineages")
    return found
