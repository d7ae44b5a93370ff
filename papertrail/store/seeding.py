"""Loading seeds: what a file of papers adds, changes and orders.

The rows come one by one and are written as they come. Kept of each until the end is what its place in the
trail, its lineages and its links need, a few numbers: a file may hold 100,000.
"""

import json
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice, pairwise
from sqlite3 import Connection
from typing import Any, NamedTuple, TypeVar

from papertrail.domain.lineages.edits import AS_IN_FILE, LineageEdits, lineage_edits, with_keys_of_today
from papertrail.domain.lineages.lineage import find_cycle, folded_name, merge_order
from papertrail.domain.metadata import SeedPaper, SeedProblem
from papertrail.store.queries import ME, journal, papers, seeds
from papertrail.store.queries.operations import Operation

AT_ONCE = 500
"""Rows that one statement writes."""

_Row = TypeVar("_Row")


class SeedOutcome(NamedTuple):
    """What loading seeds changed, of so many rows; `lineages` are new, longer or in another order.

    Attributes:
        taken_for: of each spelling of a lineage what it was taken for, in a line.
    """

    rows: int
    added: int
    changed: int
    lineages: int
    taken_for: tuple[str, ...]


def load_seeds(
    connection: Connection,
    rows: Iterable[SeedPaper],
    operation: Operation,
    report: Callable[[SeedProblem], None],
    *,
    keep_edits: bool,
) -> SeedOutcome:
    """Add new papers, take over changed facts, lineages and links; nothing the reader has set is touched.

    A row whose arXiv id is known under another key is that paper and keeps its key.

    Args:
        connection: where to, within the operation.
        rows: of the file, in its order, each read when it is needed.
        operation: when and as part of what.
        report: told what is wrong with a row.
        keep_edits: whether what was done to lineages by hand stands against the file: a lineage removed,
            renamed or put in order, a paper taken out, a link taken back. Otherwise it is over with that.
    """
    edits = _edits(connection)
    names = [name for _, name, _ in connection.execute(seeds.LINEAGES)]
    known = _LineageNames([*names, *(edits.names if keep_edits else ())])
    removed = _removed(connection) if keep_edits else set()
    loader = _SeedLoader(connection, operation, edits if keep_edits else LineageEdits(), removed, report)
    number = 0
    for seed in rows:
        loader.take(seed, known.meant_by(seed))
        number += not seed.is_more
    loader.end_of_rows()
    if not keep_edits and (loader.lineages or loader.has_links):
        links = loader.links_of_file() if edits.unlinked else []
        if edits.speak_against(loader.lineages_of_file, links):
            as_in_file = {"lineages": loader.lineages_of_file, "links": links}
            loader.tell(AS_IN_FILE, None, None, as_in_file)
    return SeedOutcome(number, loader.added, len(loader.changed), len(loader.lineages), tuple(known.told))


def _batched(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    """Yield rows so many at once as one statement writes."""
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        yield some


class _LineageNames:
    """Gives each lineage one name: another spelling of one that is known, or stands further up, is that one.

    Args:
        known: the names there are, and those that lineages had in the file before they were renamed by hand.

    Attributes:
        told: for each spelling what it was taken for, in a line.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self.told: list[str] = []
        self._meant = {name: name for name in known}
        self._spelled: dict[str, str] = {}
        for name in self._meant:
            self._spelled.setdefault(folded_name(name), name)

    def meant_by(self, seed: SeedPaper) -> list[str]:
        """Return the lineages that a row's names stand for, each once."""
        for name in seed.lineages:
            if name not in self._meant:
                meant = self._meant[name] = self._spelled.setdefault(folded_name(name), name)
                if meant != name:
                    self.told.append(f"line {seed.line}: the lineage {name} is taken for {meant}")
        return list(dict.fromkeys(self._meant[name] for name in seed.lineages))


def _edits(connection: Connection) -> LineageEdits:
    today = dict(connection.execute(seeds.KEYS_OF_TODAY))
    return lineage_edits(
        with_keys_of_today((verb, key, json.loads(before or "null"), json.loads(after or "null")), today)
        for verb, key, before, after in connection.execute(seeds.EDITS)
    )


def _removed(connection: Connection) -> set[str]:
    """Return every key that papers had which were removed by hand."""
    return {key for (was,) in connection.execute(seeds.REMOVED) for key in json.loads(was).get("keys", ())}


class _Stored(NamedTuple):
    """The facts of a paper that a seeds file tells, and what they follow from, as they are stored."""

    id: int
    key: str
    arxiv_id: str | None
    title: str
    authors: str
    year: int | None
    venue: str
    doi: str | None
    metadata_state: str
    edited_fields: str
    raw_authors: str | None
    folded: str


class _Links(NamedTuple):
    """Links in the order of the file: papers by their ids, and the line; the parents of some are yet to come.

    Attributes:
        parents: ids; below zero the place in `names` of one that no row had told of, counted from -1 down.
    """

    children: "array[int]"
    parents: "array[int]"
    lines: "array[int]"
    names: list[str]

    def add(self, child: int, parent: int | str, line: int) -> None:
        if isinstance(parent, str):
            self.names.append(parent)
            parent = -len(self.names)
        self.children.append(child)
        self.parents.append(parent)
        self.lines.append(line)


def _no_links() -> _Links:
    return _Links(array("q"), array("q"), array("q"), [])


class _SeedLoader:
    """Loads one seeds file within one transaction.

    Attributes:
        added: how many papers are new.
        changed: ids of those that had other facts.
        lineages: names of those that are new, longer or in another order.
        has_links: whether there is a new link.
    """

    def __init__(
        self,
        connection: Connection,
        operation: Operation,
        edits: LineageEdits,
        removed: Collection[str],
        report: Callable[[SeedProblem], None],
    ) -> None:
        self._connection = connection
        self._operation = operation
        self._edits = edits
        self._removed = removed
        self._report_problem = report
        stored = connection.execute(seeds.ORDER).fetchall()
        self._order = array("q", (paper for paper, _ in stored))
        self._positions = array("q", (position for _, position in stored))
        self._last = self._positions[-1] if stored else 0
        self._stored_names = {name for (name,) in connection.execute(seeds.NAMED)}
        self._next_id: int = connection.execute(seeds.NEXT_ID).fetchone()[0]
        self._new: list[tuple[object, ...]] = []
        self._named: dict[str, int] = {}
        self._keys: dict[int, str] = {}
        self._members: dict[str, dict[int, None]] = {}
        self._links = _no_links()
        self._late: list[tuple[SeedPaper, int]] = []
        self.added = 0
        self.changed: set[int] = set()
        self.lineages: set[str] = set()
        self.has_links = False

    def take(self, seed: SeedPaper, lineages: Iterable[str]) -> None:
        """Store the facts of one row, and keep what else it says until the end."""
        paper = self._named.get(seed.key) if seed.is_more else self._put(seed)
        if paper is None:
            return
        for told in lineages:
            if (name := self._edits.lineage(told, self._keys[paper])) is not None:
                self._members.setdefault(name, {}).setdefault(paper)
        for name in () if seed.is_more else seed.builds_on:
            parent = self._id_of(name)
            self._links.add(paper, name if parent is None else parent, seed.line)

    def end_of_rows(self) -> None:
        """Order papers and lineages, and link the papers, now that all are there."""
        self._add_new()
        for seed, paper in self._late:
            stored = self._one(seeds.BY_ID, id=paper)
            assert stored is not None
            if stored.key not in self._named:
                self._update(stored, seed)
        self._order_papers()
        self._join_lineages()
        self._link()

    @property
    def lineages_of_file(self) -> list[str]:
        """The names of the lineages that the file names."""
        return list(self._members)

    def links_of_file(self) -> list[tuple[str, str]]:
        """Return the links that the file names, the keys of child and parent."""
        names = self._links.names
        return [
            (self._key(child), names[-1 - parent] if parent < 0 else self._key(parent))
            for child, parent in zip(self._links.children, self._links.parents, strict=True)
        ]

    def tell(
        self,
        verb: str,
        paper: str | None,
        before: Mapping[str, object] | None,
        after: Mapping[str, object] | None,
    ) -> None:
        """Append one journal row."""
        op, at, local_date = self._operation
        journal.append(
            self._connection,
            op=op,
            at=at,
            local_date=local_date,
            verb=verb,
            paper=paper,
            before=None if before is None else json.dumps(before, ensure_ascii=False),
            after=None if after is None else json.dumps(after, ensure_ascii=False),
        )

    def _one(self, sql: str, **values: object) -> _Stored | None:
        row = self._connection.execute(sql, values).fetchone()
        return None if row is None else _Stored(*row)

    def _stored(self, sql: str, name: str | None) -> _Stored | None:
        """Return the paper that the trail had under a name before; of new names it is not asked."""
        return self._one(sql, name=name) if name in self._stored_names else None

    def _key(self, paper: int) -> str:
        """Return the key of a paper."""
        if paper not in self._keys:
            self._keys[paper] = self._connection.execute(seeds.KEY_OF, {"id": paper}).fetchone()[0]
        return self._keys[paper]

    def _id_of(self, name: str) -> int | None:
        """Return the paper that has this key, in the file or in the trail, or had it; None when none has."""
        if (paper := self._named.get(name)) is not None:
            return paper
        stored = self._stored(seeds.BY_KEY, name) or self._stored(seeds.BY_FORMER_KEY, name)
        return None if stored is None else stored.id

    def _put(self, seed: SeedPaper) -> int | None:
        """Store the facts of a row and return its paper; None when that was removed by hand.

        Of a paper that has another key today a file may have two rows: the one with that key tells the facts,
        and whether there is one shows at the end.
        """
        stored = self._stored(seeds.BY_KEY, seed.key)
        if stored is None and (former := self._stored(seeds.BY_FORMER_KEY, seed.key)) is not None:
            self._late.append((seed, former.id))
            stored = former
        elif stored is None:
            stored = self._stored(seeds.BY_ARXIV_ID, seed.arxiv_id)
            if stored is not None:
                self._update(stored, seed)
            elif seed.key in self._removed:
                return None
        else:
            self._update(stored, seed)
        paper = self._add(seed) if stored is None else stored.id
        self._named[seed.key] = paper
        self._keys[paper] = seed.key if stored is None else stored.key
        return paper

    def _add(self, seed: SeedPaper) -> int:
        """Store a new paper, for now behind all the others and with others soon, and return its id."""
        paper, self._next_id = self._next_id, self._next_id + 1
        self._last += 1
        self.added += 1
        self._order.append(paper)
        self._positions.append(self._last)
        key, title, year, venue = seed.key, seed.title, seed.year, seed.venue
        arxiv_id, authors = seed.arxiv_id or None, "\n".join(seed.authors)
        folded = papers.folded(key, title, authors, year, venue, arxiv_id, None)
        self._new.append(
            (paper, self._last, key, arxiv_id, seed.doi or None, title, authors, year, venue, folded)
        )
        if len(self._new) == AT_ONCE:
            self._add_new()
        return paper

    def _add_new(self) -> None:
        """Write the new papers that came since last time."""
        rows = json.dumps(self._new)
        self._connection.execute(seeds.ADD, {"rows": rows, "at": self._operation.at})
        self._tell_many(seeds.TELL_ADDED, rows=rows)
        self._new.clear()

    def _tell_many(self, sql: str, **values: object) -> None:
        self._connection.execute(sql, {**self._operation._asdict(), "reader": ME, **values})

    def _update(self, stored: _Stored, seed: SeedPaper) -> None:
        """Take over a row's facts.

        An empty cell takes nothing away, a field the reader edited stays, and authors that arXiv gave
        are more complete than any seeds file.
        """
        arxiv_id = seed.arxiv_id
        if arxiv_id and arxiv_id != stored.arxiv_id:
            other = self._one(seeds.BY_ARXIV_ID, name=arxiv_id)
            if other is not None:
                self._report(seed.line, "arxiv_id", f"{arxiv_id} already belongs to {other.key}")
                arxiv_id = stored.arxiv_id
        facts: dict[str, Any] = {
            "title": seed.title,
            "year": seed.year,
            "venue": seed.venue,
            "doi": seed.doi,
            "arxiv_id": arxiv_id,
        }
        if stored.metadata_state != "fetched":
            facts["authors"] = "\n".join(seed.authors)
        edited = stored.edited_fields.split()
        before = {
            name: getattr(stored, name)
            for name, value in facts.items()
            if value and name not in edited and getattr(stored, name) != value
        }
        now = stored._replace(**{name: facts[name] for name in before})
        if now.arxiv_id and now.metadata_state == "not-found" and "arxiv_id" in before:
            now = now._replace(metadata_state="seed")
        now = now._replace(
            folded=papers.folded(
                now.key, now.title, now.authors, now.year, now.venue, now.arxiv_id, now.raw_authors
            )
        )
        if now == stored:
            return
        self._connection.execute(seeds.CHANGE, now._asdict())
        if before:
            self.changed.add(stored.id)
            self.tell("seed", stored.key, before, {name: facts[name] for name in before})

    def _order_papers(self) -> None:
        """Give every paper its place in the reading order of the trail."""
        known = self._order[: len(self._order) - self.added]
        order = merge_order(known, list(dict.fromkeys(self._named.values())))
        if order == self._order.tolist() and not self.added:
            return  # with gaps where papers were removed, which may come back
        positions = dict(zip(self._order, self._positions, strict=True))
        self._connection.executemany(
            seeds.PLACE,
            (
                {"id": paper, "position": position}
                for position, paper in enumerate(order, start=1)
                if positions[paper] != position
            ),
        )

    def _join_lineages(self) -> None:
        """Put the papers into their lineages, in the order of the file."""
        lineages = {
            name: (lineage, position)
            for lineage, name, position in self._connection.execute(seeds.LINEAGES).fetchall()
        }
        for position, name in enumerate(merge_order(list(lineages), list(self._members)), start=1):
            if name not in lineages:
                self.lineages.add(name)
                values = {"name": name, "position": position}
                lineage = self._connection.execute(seeds.ADD_LINEAGE, values).lastrowid
                assert lineage is not None
                lineages[name] = (lineage, position)
                self.tell("lineage", None, None, {"lineage": name})
            elif lineages[name][1] != position:
                self._connection.execute(seeds.PLACE_LINEAGE, {"id": lineages[name][0], "position": position})
        for name, members in self._members.items():
            self._order_members(name, lineages[name][0], list(members))

    def _order_members(self, name: str, lineage: int, members: list[int]) -> None:
        places: dict[int, int] = dict(self._connection.execute(seeds.MEMBERS, {"lineage": lineage}))
        order = merge_order(list(places), members, keep=name in self._edits.ordered)
        if order == list(places):
            return
        new = []
        for position, paper in enumerate(order, start=1):
            if places.get(paper) == position:
                continue
            self.lineages.add(name)
            if paper in places:
                values = {"lineage": lineage, "paper": paper, "position": position}
                self._connection.execute(seeds.PLACE_MEMBER, values)
            else:
                new.append((paper, position))
        for some in _batched(new):
            rows = json.dumps(some)
            self._connection.execute(seeds.ADD_MEMBERS, {"lineage": lineage, "rows": rows})
            self._tell_many(seeds.TELL_MEMBERS, name=name, rows=rows)

    def _link(self) -> None:
        """Store what builds on what; links to unknown papers and links that close a circle are reported."""
        stored: dict[int, list[int]] = {}
        for child, parent in self._connection.execute(seeds.LINKS):
            stored.setdefault(child, []).append(parent)
        new = _no_links()
        for child, told, line in zip(
            self._links.children, self._links.parents, self._links.lines, strict=True
        ):
            parent = told if told > 0 else self._named.get(self._links.names[-1 - told])
            if parent is None:
                if (name := self._links.names[-1 - told]) not in self._removed:
                    self._report(line, "builds_on", f"no paper has the key {name}")
                continue
            if parent == child:  # two papers of the file are one by now
                continue
            parents = stored.setdefault(child, [])
            if parent not in parents and not self._is_unlinked(child, parent):
                parents.append(parent)
                new.add(child, parent, line)
        dropped = self._drop_cycles(stored, new)
        self.has_links = len(new.children) > len(dropped)
        links = zip(new.children, new.parents, strict=True)
        for some in _batched(link for link in links if link not in dropped):
            rows = json.dumps(some)
            self._connection.execute(seeds.ADD_LINKS, {"rows": rows})
            self._tell_many(seeds.TELL_LINKS, rows=rows)

    def _is_unlinked(self, child: int, parent: int) -> bool:
        """Whether a link was taken back by hand."""
        unlinked = self._edits.unlinked
        return bool(unlinked) and (self._key(child), self._key(parent)) in unlinked

    def _drop_cycles(self, stored: dict[int, list[int]], new: _Links) -> set[tuple[int, int]]:
        """Report and return the new links that close circles, of each circle the one furthest down."""
        parents = {paper: stored[paper] for paper in self._order if paper in stored}
        dropped: set[tuple[int, int]] = set()
        done: set[int] = set()
        line_of: dict[tuple[int, int], int] = {}
        while cycle := find_cycle(parents, done):
            if not line_of:
                line_of = dict(zip(zip(new.children, new.parents, strict=True), new.lines, strict=True))
            child, parent = max(
                (link for link in pairwise(cycle) if link in line_of and link not in dropped),
                key=line_of.__getitem__,
            )
            way = " → ".join(map(self._key, cycle))
            self._report(line_of[child, parent], "builds_on", f"closes a circle: {way}")
            dropped.add((child, parent))
            parents[child].remove(parent)
        return dropped

    def _report(self, line: int, column: str, message: str) -> None:
        self._report_problem(SeedProblem(line, column, message))
