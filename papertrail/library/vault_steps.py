"""Brings a vault in step by the files alone that what was done since can have changed.

Which these are is told by the operations, and the stamps of notes and files. Whatever may change many files,
or any in a way that is not told here, is left to the export of everything: it is slower, never wrong.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from papertrail import __version__
from papertrail.domain.errors import StorageError
from papertrail.domain.operations import FINAL
from papertrail.library.exports import Exports
from papertrail.library.goals import Goals
from papertrail.library.lineages import Lineages
from papertrail.library.notes import Notes
from papertrail.library.open_trail import OpenTrail
from papertrail.library.papers import Papers
from papertrail.library.summaries import Summaries
from papertrail.library.vault_memory import (
    VaultMemory,
    differing,
    forget,
    inverted,
    manifest_of,
    remember,
    remembered,
    stamps_of,
)
from papertrail.store.queries import lineages, operations, papers

if TYPE_CHECKING:
    from papertrail.domain.exported import ExportReport
    from papertrail.domain.whole_paper import Paper
    from papertrail.export.story import Sources
    from papertrail.export.told_trail import ToldTrail
    from papertrail.export.vault.files import Named
    from papertrail.export.vault.marks import Ours

_MOST = 200  # papers whose files are worked out apart; of more, everything is
_MOST_BESIDE = 20_000  # papers that these files name; to read all takes a tenth of making all anew
_MOST_ROWS = 2_000  # rows that operations changed
_OF_PAPERS = frozenset({"reading", "tag", "note"})
"""Tables whose rows change what is said of their papers alone."""
_ASKED = ("question", "review", "memory", "set_aside", "asked", "guess", "telling", "told_paper")
_UNTOLD = frozenset((*_ASKED, "saved_view", "triage", "watch", "mute", "lineage_note"))
"""Tables of which no file tells; which papers can be explained, and the notes of lineages, are looked at."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a vault is made from, as it was before anything was read.

    Attributes:
        basis: see `VaultMemory`.
        op: the newest operation.
        notes: stamps by key.
        summaries: stamps by the names of their files.
        explained: ids of the papers that can be explained.
    """

    basis: list[str]
    op: str
    notes: dict[str, str]
    summaries: dict[str, str]
    explained: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Touched:
    """What is to be looked at.

    Attributes:
        papers: keys of those that changed.
        shown: keys of those of which the file may be another: with those, what their notes name and named.
        lineages: names of those of which the file may be another.
        links: what the notes of those that changed name now.
        standings: how far those that changed are now, by key.
    """

    papers: set[str]
    shown: set[str]
    lineages: set[str]
    links: Mapping[str, Collection[str]]
    standings: Mapping[str, str]


class VaultSteps:
    """Small steps of one vault."""

    def __init__(
        self,
        trail: OpenTrail,
        papers: Papers,
        lineages: Lineages,
        goal: Goals,
        notes: Notes,
        summaries: Summaries,
        exports: Exports,
    ) -> None:
        self._trail = trail
        self._papers = papers
        self._lineages = lineages
        self._goal = goal
        self._notes = notes
        self._summaries = summaries
        self._exports = exports

    @property
    def _path(self) -> Path:
        return self._trail.home.private / "vault.known"

    def moment(self) -> Moment | None:
        """Return what a vault is made from now; None where it cannot be told."""
        try:
            templates = (self._trail.notebook.template_stamp(), self._trail.summaries.template_stamp())
            return Moment(
                [__version__, str(self._trail.today()), *templates],
                operations.newest_change(self._trail.database.read()),
                self._trail.notebook.scan(),
                self._trail.summaries.scan(),
                self._trail.explained(),
            )
        except StorageError:
            return None

    def bring(self, folder: Path, moment: Moment, made_from: str) -> "ExportReport | None":
        """Bring a vault in step; None where that is left to the export of everything, and nothing is done.

        Args:
            folder: of the vault.
            moment: what it is made from.
            made_from: what stands for that in the list of its files.

        Raises:
            StorageError: the folder cannot be written.
        """
        memory = remembered(self._path)
        if (
            memory is None
            or (memory.folder, memory.basis, memory.summaries)
            != (str(folder.absolute()), moment.basis, moment.summaries)
            or memory.manifest != manifest_of(folder)
        ):
            return None
        stamps = stamps_of(folder, memory.files.keys())
        if _is_known(memory, moment) and stamps == memory.files:
            from papertrail.domain.exported import ExportReport

            return ExportReport(folder, (), tuple(memory.files), (), ())
        order = papers.all_keys(self._trail.database.read())
        members = self._lineages.members()
        touched = self._touched(memory, moment, differing(memory.files, stamps), members, set(order))
        if touched is None:
            return None
        return self._step(folder, memory, moment, made_from, members, order, touched)

    def keep(
        self, folder: Path, moment: Moment, told: "ToldTrail", called: "Named", unchanged: Mapping[str, str]
    ) -> None:
        """Remember a vault of which everything was exported.

        Args:
            folder: of the vault.
            moment: what it was made from.
            told: what it tells.
            called: what all is called in it.
            unchanged: the stamps that files had before; those of the ones that were not written stay.
        """
        from papertrail.export.vault.files import owed, standings
        from papertrail.export.vault.said import names_said
        from papertrail.export.writer import written_files

        notes = told.sources.notes
        by_key = told.by_key  # worked out anew each time it is asked for
        said = {key: names_said(by_key[key], note) for key, note in notes.items()}
        memory = VaultMemory(
            str(folder.absolute()),
            moment.basis,
            moment.op,
            manifest_of(folder),
            moment.notes,
            moment.summaries,
            {**stamps_of(folder, set(written_files(folder))), **unchanged},
            sorted(moment.explained),
            dict(called.papers),
            dict(called.lineages),
            {key: names for key, names in said.items() if names},
            [(child, parent, text) for (child, parent), text in told.sources.changes.items()],
            inverted((one.summary.key, by.key) for one in told.papers for by in one.named_in),
            owed(told.papers),
            standings(paper.summary for paper in told.papers),
        )
        remember(self._path, memory)

    def clear(self) -> None:
        """Remember nothing of any vault."""
        forget(self._path)

    def _touched(
        self,
        memory: VaultMemory,
        moment: Moment,
        strange: set[str],
        members: Mapping[str, Sequence[str]],
        known: Collection[str],
    ) -> _Touched | None:
        """Return what is to be looked at; None for everything."""
        ids = self._ids_touched(memory)
        if ids is None or memory.notes.keys() - moment.notes.keys():
            return None
        connection = self._trail.database.read()
        ids |= moment.explained.symmetric_difference(memory.explained)
        changed = set(papers.keys_of(connection, ids).values())
        noted = differing(memory.notes, moment.notes) & set(known)
        changed |= noted
        if len(changed) + len(strange) > _MOST:
            return None
        from papertrail.export.vault.files import standings
        from papertrail.library.whole_papers import names_in

        links = names_in(connection, changed, known)
        shown = {*changed, *(key for one in changed for key in (*links[one], *memory.links.get(one, ())))}
        shown |= {name.removeprefix("papers/")[:-3] for name in strange if name.startswith("papers/")}
        now = standings(self._papers.summaries(papers.ids_of_keys(connection, changed)))
        restated = {key for key in changed if now.get(key) != memory.standings.get(key)}
        # Lineages tell what the notes of their own papers say, and how far those are that these build on.
        beside = (
            noted
            | restated
            | {
                child
                for child, parents in _links_at(connection, restated).items()
                if not restated.isdisjoint(parents)
            }
        )
        of_files = {name for name, stem in memory.lineages.items() if f"lineages/{stem}.md" in strange}
        of_papers = {name for name, keys in members.items() if not beside.isdisjoint(keys)}
        if not shown <= set(known):
            return None
        return _Touched(changed, shown, of_files | of_papers, links, now)

    def _ids_touched(self, memory: VaultMemory) -> set[int] | None:
        """Return the ids of the papers whose rows were changed; None where more than that was."""
        rows = operations.touched_since(self._trail.database.read(), memory.op, _MOST_ROWS)
        if rows is None or any(verb in FINAL or table not in _OF_PAPERS | _UNTOLD for verb, table, _ in rows):
            return None
        return {id_ for _, table, id_ in rows if table in _OF_PAPERS and id_ is not None}

    def _step(
        self,
        folder: Path,
        memory: VaultMemory,
        moment: Moment,
        made_from: str,
        members: Mapping[str, Sequence[str]],
        order: Sequence[str],
        touched: _Touched,
    ) -> "ExportReport | None":
        from papertrail.export.vault.files import owed
        from papertrail.export.vault.part import VaultPart
        from papertrail.export.writer import write_export

        told = self._papers_beside(touched, members)
        texts, unreadable = self._notes.texts(touched.shown)
        if told is None or unreadable or any(told[key].summary.in_conflict for key in touched.shown):
            return None
        if self._notes.leading_out(texts.keys()):
            return None
        sources = self._exports.told_from(told, texts, [], comments=False, among=set(order))
        said = self._said(memory, touched, told, sources)
        if said is None:
            return None
        standings = {key: told for key, told in memory.standings.items() if key not in touched.papers}
        kept = {(child, parent): text for child, parent, text in memory.changes if child not in texts}
        sources = replace(sources, changes={**kept, **sources.changes})
        stands = {
            **{key: owes for key, owes in memory.owed.items() if key not in told},
            **owed(told.values()),
        }
        owing = {key: stands[key] for key in order if key in stands}
        files = self._files(memory, touched, members, order, sources, texts, owing)
        report = write_export(
            folder,
            {name: ours.text for name, ours in files.items()},
            made_from=made_from,
            part=VaultPart(files, folder),
            only_some=True,
        )
        if report.kept:
            self.clear()
            return report
        stamps = {**memory.files, **stamps_of(folder, files.keys())}
        links = {key: sorted(of) for key, of in touched.links.items()}
        changes = [(child, parent, text) for (child, parent), text in sources.changes.items()]
        memory = memory._replace(
            op=moment.op, manifest=manifest_of(folder), notes=moment.notes, files=stamps, owed=owing
        )
        remember(
            self._path,
            memory._replace(
                explained=sorted(moment.explained),
                said=said,
                changes=changes,
                links={**memory.links, **links},
                standings={**standings, **touched.standings},
            ),
        )
        rest = tuple(name for name in memory.files if name not in files)
        return report._replace(unchanged=(*report.unchanged, *rest))

    def _papers_beside(
        self, touched: _Touched, members: Mapping[str, Sequence[str]]
    ) -> "dict[str, Paper] | None":
        """Return all papers that the files name which are told of apart, in reading order."""
        told = {*touched.shown, *(key for name in touched.lineages for key in members[name])}
        links = _links_at(self._trail.database.read(), told)
        wanted = {*told, *(parent for key in told for parent in links.get(key, ()))}
        if len(wanted) > _MOST_BESIDE:
            return None
        return {paper.summary.key: paper for paper in self._papers.all(wanted)}

    @staticmethod
    def _said(
        memory: VaultMemory, touched: _Touched, told: "Mapping[str, Paper]", sources: "Sources"
    ) -> dict[str, dict[str, str]] | None:
        """Return what notes say of names; None where that is other than it was."""
        from papertrail.export.vault.said import names_said

        now = {key: names_said(told[key], sources.notes.get(key)) for key in touched.papers}
        return memory.said if all(memory.said.get(key, {}) == names for key, names in now.items()) else None

    def _files(
        self,
        memory: VaultMemory,
        touched: _Touched,
        members: Mapping[str, Sequence[str]],
        order: Sequence[str],
        sources: "Sources",
        texts: Mapping[str, str],
        owing: Mapping[str, str],
    ) -> "dict[str, Ours]":
        from papertrail.export.story import Sources
        from papertrail.export.told_trail import ToldLineage, ToldTrail
        from papertrail.export.vault.files import INDEX, Named, VaultFiles, paper_path
        from papertrail.notebook.front_matter import split_front_matter

        bodies = {key: split_front_matter(text)[1] for key, text in texts.items()}
        files = VaultFiles(Named(memory.papers, memory.lineages), sources, bodies)
        lines, goal = self._lineages.all(), self._goal.progress()
        in_lineages = {key for keys in members.values() for key in keys}
        elsewhere = [key for key in order if key not in in_lineages]
        title = ToldTrail((), (), sources, goal).title
        found = {INDEX: files.index(title, goal, lines, owing, elsewhere)}
        contents, nothing = self._summaries.contents(), Sources({}, {}, {}).summary
        for line in lines:
            if line.name in touched.lineages:
                told = ToldLineage(line, members[line.name], contents.get(line.name, nothing))
                found[files.lineage_path(line.name)] = files.lineage(told)
        places = {key: place for place, key in enumerate(order, start=1)}
        for key in sorted(touched.shown, key=places.__getitem__):
            found[paper_path(key)] = files.paper(sources.papers[key], places[key])
        return found


def _links_at(connection: Connection, keys: Collection[str]) -> Mapping[str, Collection[str]]:
    return lineages.links_at(connection, papers.ids_of_keys(connection, keys))


def _is_known(memory: VaultMemory, moment: Moment) -> bool:
    """Tell whether nothing was done since."""
    return (memory.op, memory.notes, memory.explained) == (
        moment.op,
        moment.notes,
        sorted(moment.explained),
    )
