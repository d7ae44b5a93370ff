"""Loading seeds: what a file of papers adds, changes and orders, through SQLModel."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter

from sqlmodel import Session, col, select

from papertrail.domain.lineages.edits import (
    AS_IN_FILE,
    Change,
    LineageEdits,
    lineage_edits,
    with_keys_of_today,
)
from papertrail.domain.lineages.lineage import find_cycle, folded_name, merge_order
from papertrail.domain.metadata import SeedPaper, SeedProblem
from papertrail.store.catalogue import append_journal, folded
from papertrail.store.queries.operations import Operation
from papertrail.store.tables import AliasRow, BuildsOnRow, JournalRow, LineagePaperRow, LineageRow, PaperRow


@dataclass(frozen=True, slots=True)
class SeedOutcome:
    """What loading seeds changed: papers, and how many lineages are new, longer or in another order."""

    added: int
    changed: int
    lineages: int
    problems: tuple[SeedProblem, ...]
    taken_for: tuple[str, ...] = ()


def load_seeds(
    session: Session, seeds: Sequence[SeedPaper], operation: Operation, *, keep_edits: bool
) -> SeedOutcome:
    """Add new papers, take over changed facts, lineages and links; nothing the reader has set is touched.

    A row whose arXiv id is known under another key is that paper and keeps its key.

    Args:
        session: where to.
        seeds: the rows of the file.
        operation: when and as part of what.
        keep_edits: whether what was done to lineages by hand stands against the file: a lineage removed,
            renamed or put in order, a paper taken out, a link taken back. Otherwise it is over with that.
    """
    edits = _edits(session)
    stored = session.exec(select(LineageRow.name).order_by(col(LineageRow.position))).all()
    seeds, taken_for = _with_known_names(seeds, [*stored, *(edits.names if keep_edits else ())])
    removed = _removed(session) if keep_edits else set()
    loader = _SeedLoader(session, operation, edits if keep_edits else LineageEdits(), removed)
    seeds = [seed for seed in seeds if not loader.is_left_out(seed)]
    loader.here = {seed.key for seed in seeds}
    rows = [(seed, loader.put(seed)) for seed in seeds]
    session.flush()
    loader.order_papers([row.key for _, row in rows])
    loader.join_lineages(rows)
    loader.link(rows)
    if not keep_edits and (loader.lineages or loader.linked):
        names = list(dict.fromkeys(name for seed in seeds for name in seed.lineages))
        links = [(row.key, parent) for seed, row in rows for parent in seed.builds_on]
        if edits.speak_against(names, links):
            append_journal(session, operation, AS_IN_FILE, None, None, {"lineages": names, "links": links})
    problems = tuple(loader.problems)
    return SeedOutcome(loader.added, len(loader.changed), len(loader.lineages), problems, taken_for)


def _with_known_names(
    seeds: Sequence[SeedPaper], known: Iterable[str]
) -> tuple[list[SeedPaper], tuple[str, ...]]:
    """Give each lineage one name: another spelling of one that is known, or stands further up, is that one.

    Args:
        seeds: the rows of the file.
        known: the names there are, and those that lineages had in the file before they were renamed by hand.

    Returns:
        The rows, and for each spelling what it was taken for, in a line.
    """
    meant = {name: name for name in known}
    spelled: dict[str, str] = {}
    for name in meant:
        spelled.setdefault(folded_name(name), name)
    joins = [join for seed in seeds for join in zip(_lines_of(seed), seed.lineages, strict=True)]
    told: list[str] = []
    for line, name in sorted(joins, key=itemgetter(0)):
        if name not in meant:
            meant[name] = spelled.setdefault(folded_name(name), name)
            if meant[name] != name:
                told.append(f"line {line}: the lineage {name} is taken for {meant[name]}")
    return [_renamed(seed, meant) if told else seed for seed in seeds], tuple(told)


def _renamed(seed: SeedPaper, meant: dict[str, str]) -> SeedPaper:
    """Return a row in the lineages that its names stand for, each once."""
    lines: dict[str, int] = {}
    for line, name in zip(_lines_of(seed), seed.lineages, strict=True):
        lines.setdefault(meant[name], line)
    return replace(seed, lineages=tuple(lines), joined=tuple(lines.values()))


def _edits(session: Session) -> LineageEdits:
    query = select(JournalRow).where(
        col(JournalRow.verb).in_(("lineage", "link", AS_IN_FILE)), col(JournalRow.undone_by).is_(None)
    )
    changes: Iterable[Change] = (
        (row.verb, row.paper, json.loads(row.before or "null"), json.loads(row.after or "null"))
        for row in session.exec(query.order_by(col(JournalRow.id)))
    )
    today = _keys_of_today(session)
    return lineage_edits(with_keys_of_today(change, today) for change in changes)


def _keys_of_today(session: Session) -> dict[str, str]:
    """Return for each key that a paper had before the one it has."""
    query = select(AliasRow.key, PaperRow.key).where(AliasRow.paper_id == PaperRow.id)
    return dict(session.exec(query).all())


def _removed(session: Session) -> set[str]:
    """Return every key that papers had which were removed by hand."""
    query = select(JournalRow.before).where(
        JournalRow.verb == "remove", col(JournalRow.undone_by).is_(None), col(JournalRow.before).is_not(None)
    )
    return {key for before in session.exec(query) for key in json.loads(before or "{}").get("keys", ())}


class _SeedLoader:
    """Loads one seeds file into one session."""

    def __init__(
        self, session: Session, operation: Operation, edits: LineageEdits, removed: Collection[str]
    ) -> None:
        self._session = session
        self._operation = operation
        self._edits = edits
        rows = session.exec(select(PaperRow).order_by(col(PaperRow.position), col(PaperRow.id))).all()
        self._by_key = {row.key: row for row in rows}
        self._by_arxiv_id = {row.arxiv_id: row for row in rows if row.arxiv_id}
        self._former = {old: self._by_key[new] for old, new in _keys_of_today(session).items()}
        self._removed = removed
        self.here: Collection[str] = ()
        """The keys that the file names."""
        self._order = [row.key for row in rows]
        self._named: dict[str, PaperRow] = {}
        self.added = 0
        self.changed: set[str] = set()
        self.lineages: set[str] = set()
        self.linked = 0
        self.problems: list[SeedProblem] = []

    def is_left_out(self, seed: SeedPaper) -> bool:
        """Whether a row's paper was removed by hand, and did not come back by it."""
        if seed.key not in self._removed or seed.key in self._by_key or seed.key in self._former:
            return False
        return not seed.arxiv_id or seed.arxiv_id not in self._by_arxiv_id

    def put(self, seed: SeedPaper) -> PaperRow:
        """Store the facts of one row and return its paper.

        Of a paper that has another key today a file may have two rows: the one with that key tells the facts.
        """
        row = self._by_key.get(seed.key)
        if row is None and (former := self._former.get(seed.key)) is not None:
            row = former
            if row.key in self.here:
                self._named[seed.key] = row
                return row
        same_id = self._by_arxiv_id.get(seed.arxiv_id) if seed.arxiv_id else None
        arxiv_id = seed.arxiv_id
        if row is None:
            row = same_id
        elif same_id is not None and same_id is not row:
            self._report(seed, "arxiv_id", f"{seed.arxiv_id} already belongs to {same_id.key}")
            arxiv_id = row.arxiv_id
        if row is None:
            row = PaperRow(
                key=seed.key,
                title=seed.title,
                source="seed",
                metadata_state="seed",
                position=0,
                added_at=self._operation.at,
            )
            self._by_key[seed.key] = row
            self._update(row, seed, arxiv_id)
            self._session.add(row)
            self.added += 1
            append_journal(self._session, self._operation, "seed", row.key, None, {"title": row.title})
        else:
            before = self._update(row, seed, arxiv_id)
            if before:
                self.changed.add(row.key)
                after = {name: getattr(row, name) for name in before}
                append_journal(self._session, self._operation, "seed", row.key, before, after)
        self._named[seed.key] = row
        if row.arxiv_id:
            self._by_arxiv_id[row.arxiv_id] = row
        return row

    def _update(self, row: PaperRow, seed: SeedPaper, arxiv_id: str | None) -> dict[str, object]:
        """Take over a row's facts; return the values that were replaced.

        An empty cell takes nothing away, a field the reader edited stays, and authors that arXiv gave
        are more complete than any seeds file.
        """
        facts: dict[str, object] = {
            "title": seed.title,
            "year": seed.year,
            "venue": seed.venue,
            "doi": seed.doi,
            "arxiv_id": arxiv_id,
        }
        if row.metadata_state != "fetched":
            facts["authors"] = "\n".join(seed.authors)
        edited = set(row.edited_fields.split())
        before = {
            name: getattr(row, name)
            for name, value in facts.items()
            if value and name not in edited and getattr(row, name) != value
        }
        for name in before:
            setattr(row, name, facts[name])
        if row.arxiv_id and row.metadata_state == "not-found" and "arxiv_id" in before:
            row.metadata_state = "seed"
        row.folded = folded(row)
        return before

    def order_papers(self, keys: Sequence[str]) -> None:
        """Give every paper its place in the reading order of the trail."""
        order = merge_order(self._order, list(dict.fromkeys(keys)))
        if order == self._order:  # with gaps where papers were removed, which may come back
            return
        for position, key in enumerate(order, start=1):
            row = self._by_key[key]
            if row.position != position:
                row.position = position

    def join_lineages(self, rows: Sequence[tuple[SeedPaper, PaperRow]]) -> None:
        """Put the papers into their lineages, in the order of the file."""
        named = [
            (line, place, name, row)
            for seed, row in rows
            for place, (line, told) in enumerate(zip(_lines_of(seed), seed.lineages, strict=True))
            if (name := self._edits.lineage(told, row.key)) is not None
        ]
        members: dict[str, list[PaperRow]] = {}
        for _, _, name, row in sorted(named, key=lambda entry: entry[:2]):
            members.setdefault(name, []).append(row)
        lineages = {
            lineage.name: lineage
            for lineage in self._session.exec(select(LineageRow).order_by(col(LineageRow.position))).all()
        }
        for position, name in enumerate(merge_order(list(lineages), list(members)), start=1):
            if name not in lineages:
                self.lineages.add(name)
                lineages[name] = LineageRow(name=name, position=position)
                self._session.add(lineages[name])
                append_journal(self._session, self._operation, "lineage", None, None, {"lineage": name})
            elif lineages[name].position != position:
                lineages[name].position = position
        self._session.flush()
        for name, papers in members.items():
            self._order_members(lineages[name], papers)

    def _order_members(self, lineage: LineageRow, papers: Sequence[PaperRow]) -> None:
        assert lineage.id is not None
        query = select(LineagePaperRow).where(LineagePaperRow.lineage_id == lineage.id)
        places = {
            str(place.paper_id): place
            for place in self._session.exec(query.order_by(col(LineagePaperRow.position))).all()
        }
        keys = {str(paper.id): paper.key for paper in papers}
        keep = lineage.name in self._edits.ordered
        order = merge_order(list(places), list(keys), keep=keep)
        if order == list(places):
            return
        for position, paper in enumerate(order, start=1):
            if paper not in places or places[paper].position != position:
                self.lineages.add(lineage.name)
            if paper not in places:
                self._session.add(
                    LineagePaperRow(lineage_id=lineage.id, paper_id=int(paper), position=position)
                )
                append_journal(
                    self._session, self._operation, "lineage", keys[paper], None, {"lineage": lineage.name}
                )
            elif places[paper].position != position:
                places[paper].position = position

    def link(self, rows: Sequence[tuple[SeedPaper, PaperRow]]) -> None:
        """Store what builds on what; links to unknown papers and links that close a circle are reported."""
        keys = {row.id: row.key for row in self._by_key.values()}
        parents: dict[str, list[str]] = {key: [] for key in self._by_key}
        for stored in self._session.exec(select(BuildsOnRow)).all():
            parents[keys[stored.child_id]].append(keys[stored.parent_id])
        new: dict[tuple[str, str], SeedPaper] = {}
        unlinked = self._edits.unlinked
        for seed, row in rows:
            for name in seed.builds_on:
                parent = self._named.get(name) or self._by_key.get(name) or self._former.get(name)
                if parent is row or (parent is None and name in self._removed):
                    continue  # two papers of the file are one by now, or it was removed by hand
                if parent is None:
                    self._report(seed, "builds_on", f"no paper has the key {name}")
                elif parent.key not in parents[row.key] and (row.key, parent.key) not in unlinked:
                    parents[row.key].append(parent.key)
                    new[row.key, parent.key] = seed
        self._drop_cycles(parents, new)
        self.linked = len(new)
        for child, parent_key in new:
            ids = self._by_key[child].id, self._by_key[parent_key].id
            assert ids[0] is not None and ids[1] is not None
            self._session.add(BuildsOnRow(child_id=ids[0], parent_id=ids[1]))
            append_journal(self._session, self._operation, "link", child, None, {"builds_on": parent_key})

    def _drop_cycles(self, parents: dict[str, list[str]], new: dict[tuple[str, str], SeedPaper]) -> None:
        while cycle := find_cycle(parents):
            links = pairwise(cycle)
            child, parent = max((link for link in links if link in new), key=lambda link: new[link].line)
            self._report(new.pop((child, parent)), "builds_on", f"closes a circle: {' → '.join(cycle)}")
            parents[child].remove(parent)

    def _report(self, seed: SeedPaper, column: str, message: str) -> None:
        self.problems.append(SeedProblem(seed.line, column, message))


def _lines_of(seed: SeedPaper) -> tuple[int, ...]:
    """Return the line on which a paper joins each of its lineages."""
    return seed.joined or (seed.line,) * len(seed.lineages)
