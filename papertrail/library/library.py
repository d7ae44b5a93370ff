"""The facade both front ends call, and how a trail is opened."""

import os
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from papertrail.domain.clock import Clock, SystemClock
from papertrail.domain.errors import NO_DATABASE, StorageError
from papertrail.domain.operations import CLI
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.library.notes import Notes
from papertrail.library.open_trail import OpenTrail, Say, ignore
from papertrail.library.papers import Papers
from papertrail.library.seeds import Seeds
from papertrail.library.trail import Home, create_trail, make_private
from papertrail.store.connection import RESTORING, Database, translated_errors
from papertrail.store.migrate import prepare
from papertrail.store.queries import goals

if TYPE_CHECKING:
    from papertrail.domain.metadata import MetadataSource
    from papertrail.library.agenda import Agenda
    from papertrail.library.asked import AskedQuestions
    from papertrail.library.backups import Backups
    from papertrail.library.bibliographies import Bibliographies
    from papertrail.library.calendars import Calendars
    from papertrail.library.cards import Cards
    from papertrail.library.checks import Checks
    from papertrail.library.comparisons import Comparisons
    from papertrail.library.corrections import Corrections
    from papertrail.library.exports import Exports
    from papertrail.library.goals import Goals
    from papertrail.library.guesses import Guesses
    from papertrail.library.histories import Histories
    from papertrail.library.imports import Imports
    from papertrail.library.inbox import Inbox
    from papertrail.library.intake import Intake
    from papertrail.library.lineages import Lineages
    from papertrail.library.maps import Maps
    from papertrail.library.mending import Mending
    from papertrail.library.merges import Merges
    from papertrail.library.note_titles import NoteTitles
    from papertrail.library.pages import Pages
    from papertrail.library.publications import Publications
    from papertrail.library.recall import Recall
    from papertrail.library.reports import Reports
    from papertrail.library.search import Search
    from papertrail.library.settings import Settings
    from papertrail.library.statuses import Statuses
    from papertrail.library.strays import Strays
    from papertrail.library.summaries import Summaries
    from papertrail.library.tags import Tags
    from papertrail.library.tellings import Tellings
    from papertrail.library.undo import Undo
    from papertrail.library.unions import Unions
    from papertrail.library.unsaved import UnsavedWords
    from papertrail.library.vaults import Vaults
    from papertrail.library.views import Views
    from papertrail.library.whole_trails import WholeTrails


class Library:
    """An open trail, its use cases in groups.

    One public method of a group is one use case, and one transaction where it writes.

    Usable from any thread; close it, or use it as a context manager.

    What every start needs is there at once, the other groups once they are asked for: commands that only look
    pay nothing for them.

    Attributes:
        papers: looking at papers, and finding the one a reader meant.
        notes: notes opened, saved and indexed.
        seeds: papers and lineages from files.
    """

    def __init__(self, trail: OpenTrail, source: "MetadataSource | None" = None) -> None:
        self._trail = trail
        self._indexed = IndexedNotes(trail)
        self.papers = Papers(trail)
        self.notes = Notes(trail, self._indexed)
        self.seeds = Seeds(trail)
        self._source = source
        self._behind = ""

    @cached_property
    def intake(self) -> "Intake":
        """What comes in from arXiv."""
        from papertrail.library.intake import Intake

        return Intake(self._trail, self._source)

    @cached_property
    def goal(self) -> "Goals":
        """The goal and where it stands."""
        from papertrail.library.goals import Goals

        return Goals(self._trail, self._indexed)

    @cached_property
    def statuses(self) -> "Statuses":
        """How far the reader is with papers, and the queue."""
        from papertrail.library.statuses import Statuses

        return Statuses(self._trail)

    @cached_property
    def tags(self) -> "Tags":
        """The reader's own marks on papers: tags and ratings."""
        from papertrail.library.tags import Tags

        return Tags(self._trail)

    @cached_property
    def views(self) -> "Views":
        """Queries saved by name."""
        from papertrail.library.views import Views

        return Views(self._trail, self.search)

    @cached_property
    def history(self) -> "Histories":
        """Every text a note had, and the way back to it."""
        from papertrail.library.histories import Histories

        return Histories(self._trail, self._indexed)

    @cached_property
    def bibliographies(self) -> "Bibliographies":
        """Papers as other programs cite them."""
        from papertrail.library.bibliographies import Bibliographies

        return Bibliographies(self._trail, self.papers, self.exports)

    @cached_property
    def imports(self) -> "Imports":
        """What other programs keep, brought in."""
        from papertrail.library.imports import Imports

        return Imports(self._trail, self._indexed, self.pages)

    @cached_property
    def inbox(self) -> "Inbox":
        """What arXiv announces, and what becomes of it."""
        from papertrail.library.inbox import Inbox

        return Inbox(self._trail, self.intake)

    @cached_property
    def lineages(self) -> "Lineages":
        """Lineages made, ordered and linked."""
        from papertrail.library.lineages import Lineages

        return Lineages(self._trail, self.papers, lambda: self.summaries)

    @cached_property
    def summaries(self) -> "Summaries":
        """The notes about lineages."""
        from papertrail.library.summaries import Summaries

        return Summaries(self._trail)

    @cached_property
    def search(self) -> "Search":
        """Papers found by what stands in them."""
        from papertrail.library.search import Search

        return Search(self._trail)

    @cached_property
    def recall(self) -> "Recall":
        """What is asked back, and how well it is known."""
        from papertrail.library.recall import Recall

        return Recall(self._trail, self.comparisons)

    @cached_property
    def settings(self) -> "Settings":
        """What the reader wants otherwise."""
        from papertrail.library.settings import Settings

        return Settings(self._trail)

    @cached_property
    def agenda(self) -> "Agenda":
        """The day, and what to read next."""
        from papertrail.library.agenda import Agenda

        return Agenda(self._trail, self.papers, self.goal, self.lineages, self.settings)

    @cached_property
    def comparisons(self) -> "Comparisons":
        """Notes read down one question."""
        from papertrail.library.comparisons import Comparisons

        return Comparisons(self._trail, self.papers, self.lineages)

    @cached_property
    def guesses(self) -> "Guesses":
        """What the reader would have built, told before reading."""
        from papertrail.library.guesses import Guesses

        return Guesses(self._trail, self.papers, self.notes, self.comparisons, self._indexed)

    @cached_property
    def unsaved(self) -> "UnsavedWords":
        """Words that were typed and are not saved yet."""
        from papertrail.library.unsaved import UnsavedWords

        return UnsavedWords(self._trail, self.notes)

    @cached_property
    def asked(self) -> "AskedQuestions":
        """Questions that somebody really asked."""
        from papertrail.library.asked import AskedQuestions

        return AskedQuestions(self._trail, self.papers, self.notes, self._indexed)

    @cached_property
    def corrections(self) -> "Corrections":
        """What the reader corrects by hand."""
        from papertrail.library.corrections import Corrections

        return Corrections(self._trail, self._indexed)

    @cached_property
    def calendars(self) -> "Calendars":
        """The plan and the reviews in calendars."""
        from papertrail.library.calendars import Calendars

        return Calendars(self._trail, self.agenda, self.goal, self.recall, self.exports)

    @cached_property
    def whole_trails(self) -> "WholeTrails":
        """The whole trail as one file of text."""
        from papertrail.library.whole_trails import WholeTrails

        return WholeTrails(self._trail)

    @cached_property
    def unions(self) -> "Unions":
        """Two papers that are one."""
        from papertrail.library.unions import Unions

        return Unions(self._trail, self._indexed)

    @cached_property
    def note_titles(self) -> "NoteTitles":
        """Titles as notes tell them."""
        from papertrail.library.note_titles import NoteTitles

        return NoteTitles(self._trail, self.notes)

    @cached_property
    def pages(self) -> "Pages":
        """The pages of papers, their PDFs, and how they are cited."""
        from papertrail.library.pages import Pages

        return Pages(self._trail, self.papers, self.intake)

    @cached_property
    def maps(self) -> "Maps":
        """Lineages as graphs."""
        from papertrail.library.maps import Maps

        return Maps(self._trail, self.papers, self.search, self.lineages, self.comparisons)

    @cached_property
    def exports(self) -> "Exports":
        """Notes and stories as Markdown."""
        from papertrail.library.exports import Exports

        return Exports(
            self._trail,
            self.papers,
            self.lineages,
            self.goal,
            self.notes,
            self.comparisons,
            self.views,
            self.maps,
            self.summaries,
        )

    @cached_property
    def tellings(self) -> "Tellings":
        """Lineages told from memory."""
        from papertrail.library.tellings import Tellings

        return Tellings(self._trail, self.search, self.exports)

    @cached_property
    def cards(self) -> "Cards":
        """What is asked, for programs that ask."""
        from papertrail.library.cards import Cards

        return Cards(self._trail, self.recall, self.exports)

    @cached_property
    def reports(self) -> "Reports":
        """What tells others how far one is."""
        from papertrail.library.reports import Reports

        return Reports(self._trail, self.papers, self.search, self.agenda, self.notes)

    @cached_property
    def publications(self) -> "Publications":
        """Everything as one document."""
        from papertrail.library.publications import Publications

        return Publications(
            self._trail,
            self.papers,
            self.lineages,
            self.goal,
            self.notes,
            self.maps,
            self.summaries,
            self.reports,
            self.exports,
        )

    @cached_property
    def vaults(self) -> "Vaults":
        """Everything as a vault of Obsidian."""
        from papertrail.library.vault_steps import VaultSteps
        from papertrail.library.vaults import Vaults

        steps = VaultSteps(
            self._trail, self.papers, self.lineages, self.goal, self.notes, self.summaries, self.exports
        )
        return Vaults(self._trail, self.notes, self.exports, self.publications, steps)

    @cached_property
    def undo(self) -> "Undo":
        """What was done, taken back and done again."""
        from papertrail.library.undo import Undo

        return Undo(self._trail, self._indexed)

    @cached_property
    def strays(self) -> "Strays":
        """What is lost or astray among the notes."""
        from papertrail.library.strays import Strays

        return Strays(self._trail, self._indexed)

    @cached_property
    def mending(self) -> "Mending":
        """What a disk or another program changed, put back."""
        from papertrail.library.mending import Mending

        return Mending(self._trail, self._indexed)

    @cached_property
    def merges(self) -> "Merges":
        """Two texts of one paper made one."""
        from papertrail.library.merges import Merges

        return Merges(self._trail, self.notes, self.strays)

    @cached_property
    def backups(self) -> "Backups":
        """Backups of the trail."""
        from papertrail.library.backups import Backups

        return Backups(self._trail, self._indexed)

    @cached_property
    def checks(self) -> "Checks":
        """What is not as it should be."""
        from papertrail.library.checks import Checks

        return Checks(self._trail)

    @property
    def home(self) -> Home:
        """Where the trail is."""
        return self._trail.home

    def catch_up(self) -> None:
        """Take in what changed while nobody was looking: a new trail's goal, the seeds file, the notes.

        Where nothing can be written, what is there already can be read; see `behind`.
        """
        for step in (
            self._trail.database.catch_up,
            self._begin_goal,
            self._load_seeds,
            self._finish_moves,
            partial(self.notes.index_changed, tell=False),
        ):
            try:
                step()
            except NO_DATABASE:
                raise
            except StorageError as error:
                self._behind = self._behind or str(error)
        if os.path.lexists(self.home.vault_trouble) and self.vaults.folder() is not None:
            from papertrail.library.following import trouble_of

            self._trail.report(trouble_of(self.home))

    @property
    def behind(self) -> str:
        """Why what changed outside could not be taken in, as one line; empty mostly."""
        why = self._behind or self.notes.behind
        return f"what changed since is not taken in: {why}" if why else ""

    @property
    def only_to_read(self) -> str:
        """Why nothing can be written, as one line; empty where it can, as far as is known."""
        why = self._trail.database.only_to_read
        return "" if why is None else f"nothing can be written here, reading goes on: {why.cause}"

    def _begin_goal(self) -> None:
        if not goals.was_ever_set(self._trail.database.read()):
            self.goal.begin()

    def _load_seeds(self) -> None:
        seeded = self.seeds.load_changed()
        if seeded is not None:
            for told in (*seeded.guesses(), *seeded.troubles()):
                self._trail.report(f"{self.home.seeds.name}, {told}")

    def _finish_moves(self) -> None:
        if self._trail.notebook.is_moving:
            from papertrail.library.moved_notes import finish_moves

            finish_moves(self._trail)

    def check(self) -> None:
        """Look whether the database can be used, again or still.

        Raises:
            DatabaseLost: it is gone.
            DatabaseDamaged: SQLite finds fault with it.
        """
        self._trail.database.check()

    def add_unanswered(self) -> None:
        """Add by their ids the papers for which arXiv is being asked; see `Intake.add_unanswered`."""
        if "intake" in vars(self):
            self.intake.add_unanswered()

    def changed_elsewhere(self) -> bool:
        """Tell whether another process changed the trail, or a note file, since last asked.

        Changed notes are indexed on the way. Cheap: meant to be asked every second.
        """
        indexed = self.notes.index_changed()
        return self._trail.database.changed_elsewhere() or indexed

    def watch(self) -> None:
        """Take what is there now as known: `changed_elsewhere` tells of what comes later."""
        self._trail.database.changed_elsewhere()

    def backup_is_due(self) -> bool:
        """Tell whether something was done before today that is in no backup yet; cheap."""
        from papertrail.library.due_backup import is_due

        return is_due(self._trail)

    def close(self) -> None:
        """Close the database, and leave what is unsaved to whoever looks for it next."""
        self._trail.let_go_of_drafts()
        self._trail.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _back_up(home: Home, clock: Clock | None) -> None:
    from papertrail.domain.backups import Why
    from papertrail.library.backups import make_backup

    make_backup(home, Why.BEFORE_MIGRATION, clock)


def open_library(
    home: Home,
    *,
    clock: Clock | None = None,
    source: "MetadataSource | None" = None,
    report: Say = ignore,
    program: str = CLI,
) -> Library:
    """Open a trail: its database is made or migrated, changed seeds are loaded, changed notes indexed.

    Args:
        home: the trail; the default one is made from the packaged seeds when it is not there.
        clock: gives the present moment; the machine's unless given.
        source: where metadata comes from; arXiv unless given.
        report: told what needs the reader's eye, such as a bad row of the seeds file, a line at a time.
        program: where what is done comes from, `cli` or `tui`.

    Raises:
        IncompatibleLibrary: the database was made by a newer papertrail.
        DatabaseLost: there was a database, and it is gone or empty; nothing is put in its place.
        StorageError: the folder cannot be used.
        Busy: another process kept it locked for too long.
    """
    if home.is_default and not home.is_trail:
        create_trail(home.root)
        report(f"made a new trail in {home.root}")
    path = home.database
    if os.path.lexists(home.private / RESTORING) and not home.private.is_symlink():
        from papertrail.library.restoring import finish

        finish(home, report)
    if not _is_there(path):
        from papertrail.library.rebuilding import refuse_lost

        refuse_lost(home)
        from papertrail.library.remains import NO_PAST, begun_notes

        if count := begun_notes(home):
            report(
                f"there is no database beside {count} {'note' if count == 1 else 'notes'} of papertrail's: "
                f"{NO_PAST}; what was there comes back from a backup: papertrail restore FILE"
            )
    with translated_errors(path):
        make_private(home)
    database = Database(path, copy=home.journal_copy)
    prepare(database, back_up=lambda: _back_up(home, clock))
    library = Library(OpenTrail(home, database, clock or SystemClock(), report, program), source)
    try:
        library.catch_up()
    except BaseException:
        library.close()
        raise
    return library


def _is_there(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def unopened_library(
    home: Home, *, clock: Clock | None = None, report: Say = ignore, program: str = CLI
) -> Library:
    """Return a trail as it lies there: nothing is made, migrated or taken in.

    Only `checks` may be asked of it: the database may be gone or damaged.
    """
    trail = OpenTrail(
        home, Database(home.database, copy=home.journal_copy), clock or SystemClock(), report, program
    )
    return Library(trail)
