"""Lineages made, named, ordered and taken apart by hand; and what builds on what."""

from collections.abc import Callable, Sequence
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.lineages.lineage import (
    LineageProgress,
    checked_name,
    circle_words,
    descendants,
    folded_name,
    known_name,
    names_meant,
    way_down,
)
from papertrail.domain.operations import Verb
from papertrail.domain.text import clean_line, shorten
from papertrail.library.open_trail import OpenTrail
from papertrail.library.papers import Papers
from papertrail.store.queries import lineages, papers, progress

if TYPE_CHECKING:
    from papertrail.domain.reports import SavedLineages
    from papertrail.library.summaries import Summaries


class Lineages:
    """The use cases of lineages; every change has its journal row, and papers are never touched."""

    def __init__(self, trail: OpenTrail, papers: Papers, summaries: "Callable[[], Summaries]") -> None:
        self._trail = trail
        self._papers = papers
        self._summaries = summaries

    def all(self) -> list[LineageProgress]:
        """Return every lineage with how many of its papers are read and counted, in order."""
        return progress.lineages(self._trail.database.read(), self._trail.explained())

    def names(self) -> list[str]:
        """Return the names of all lineages, in order; nothing is counted for it."""
        return progress.lineage_names(self._trail.database.read())

    def members(self) -> dict[str, list[str]]:
        """Return the keys of every lineage's papers, lineages and papers in their order."""
        return lineages.all_members(self._trail.database.read())

    def get(self, name: str) -> LineageProgress:
        """Return how far the lineage with exactly this name is.

        Raises:
            NotFound: there is none.
        """
        progress = next((line for line in self.all() if line.name == name), None)
        if progress is None:
            raise NotFound(
                f"no lineage is called {shorten(clean_line(name), 60)}", "see: papertrail lineages"
            )
        return progress

    def fitting(self, text: str) -> list[str]:
        """Return the lineages a reader may mean, in their order: however spelled, by beginning or a part.

        Raises:
            BadInput: there is no name.
            NotFound: no lineage fits.
        """
        names = progress.lineage_names(self._trail.database.read())
        fitting = names_meant(text, names)
        if fitting:
            return fitting
        said = shorten(clean_line(text), 60)
        if not said:
            raise BadInput("the name of the lineage is empty", "see: papertrail lineages")
        from difflib import get_close_matches

        folded = {name: folded_name(name) for name in names}
        near = get_close_matches(folded_name(text), folded.values(), n=3, cutoff=0.5)
        meant = [name for name in names if folded[name] in near]
        remedy = f"did you mean {' or '.join(meant)}?" if meant else "see: papertrail lineages"
        raise NotFound(f"no lineage is called {said}", remedy)

    def resolve(self, text: str) -> str:
        """Return the one lineage a reader means, as `fitting` finds it.

        Raises:
            BadInput: there is no name.
            NotFound: no lineage fits, or several do.
        """
        fitting = self.fitting(text)
        if len(fitting) > 1:
            more = ", …" if len(fitting) > 5 else ""
            said = shorten(clean_line(text), 60)
            raise NotFound(f"{said} fits several lineages", f"{', '.join(fitting[:5])}{more}")
        return fitting[0]

    def put(self, name: str, keys: Sequence[str]) -> tuple[bool, list[str]]:
        """Append papers to a lineage, which is made where there is none; those in it already stay in place.

        Returns:
            Whether the lineage is new, and the keys of the papers that are new in it.

        Raises:
            NotFound: one of the keys is unknown; nothing has been changed.
            BadInput: the name cannot be one of a lineage.
        """
        name = checked_name(name)
        with self._trail.operation(Verb.LINEAGE) as (connection, operation):
            for key in keys:
                self._trail.paper_id(connection, key)
            is_new = lineages.find(connection, name) is None
            if is_new:
                lineages.add(connection, name)
                self._trail.journal(connection, operation, "lineage", None, None, {"lineage": name})
            lineage = _id_of(connection, name)
            old = lineages.members(connection, lineage)
            fresh = [key for key in dict.fromkeys(keys) if key not in old]
            lineages.order(connection, lineage, [*old, *fresh])
            for key in fresh:
                self._trail.journal(connection, operation, "lineage", key, None, {"lineage": name})
            return is_new, fresh

    def rename(self, name: str, new: str) -> str:
        """Give a lineage another name, and its note a file of that name; return it as stored.

        Raises:
            NotFound: no lineage has exactly the old name.
            BadInput: the new one is taken, or cannot be a name.
            Conflict: another program is at the note about the lineage, or a file of its new name is there.
        """
        from papertrail.library.summary_files import moved_summaries

        new = checked_name(new)
        self._summaries().take_in(name)
        with (
            moved_summaries(self._trail) as moved,
            self._trail.operation(Verb.LINEAGE) as (connection, operation),
        ):
            lineage = _id_of(connection, name)
            if new == name:
                return new
            for known in lineages.all_members(connection):
                if folded_name(known) == folded_name(new) and known != name:
                    raise BadInput(f"there is a lineage {known} already", "choose another name")
            lineages.rename(connection, name, new)
            moved.move(connection, lineage, name, new)
            self._trail.journal(connection, operation, "lineage", None, {"lineage": name}, {"lineage": new})
            return new

    def remove(self, name: str) -> int:
        """Remove a lineage; return how many papers were in it. They stay, with their notes and links.

        The note about the lineage goes with it; undo brings both back.

        Raises:
            NotFound: no lineage has exactly this name.
        """
        from papertrail.library.summary_files import moved_summaries

        self._summaries().take_in(name)
        with (
            moved_summaries(self._trail) as moved,
            self._trail.operation(Verb.LINEAGE) as (connection, operation),
        ):
            lineage = _id_of(connection, name)
            moved.take_away_of(connection, lineage)
            members = lineages.members(connection, lineage)
            lineages.remove(connection, lineage)
            before = {"lineage": name, "papers": members}
            self._trail.journal(connection, operation, "lineage", None, before, None)
            return len(members)

    def take_out(self, name: str, keys: Sequence[str]) -> None:
        """Take papers out of a lineage; they stay in the trail.

        Raises:
            NotFound: there is no such lineage, or one of the papers is not in it; nothing has been changed.
        """
        with self._trail.operation(Verb.LINEAGE) as (connection, operation):
            lineage = _id_of(connection, name)
            members = lineages.members(connection, lineage)
            for key in dict.fromkeys(keys):
                if key not in members:
                    raise NotFound(f"{key} is not in {name}", f"see: papertrail list --lineage {name!r}")
                lineages.take_out(connection, lineage, key)
                was = {"lineage": name, "place": members.index(key)}
                self._trail.journal(connection, operation, "lineage", key, was, None)

    def move(self, name: str, key: str, after: str | None) -> list[str]:
        """Put a paper right behind another one of its lineage, or first; return the keys in the new order.

        Raises:
            NotFound: there is no such lineage, or one of the papers is not in it.
        """
        with self._trail.operation(Verb.LINEAGE) as (connection, operation):
            lineage = _id_of(connection, name)
            old = lineages.members(connection, lineage)
            for one in (key, after or key):
                if one not in old:
                    raise NotFound(f"{one} is not in {name}", f"see: papertrail list --lineage {name!r}")
            if key == after:
                return old
            new = [one for one in old if one != key]
            new.insert(0 if after is None else new.index(after) + 1, key)
            if new != old:
                lineages.order(connection, lineage, new)
                was, now = ({"lineage": name, "place": keys.index(key)} for keys in (old, new))
                self._trail.journal(connection, operation, "lineage", key, was, now)
            return new

    def may_build_on(self, key: str) -> set[str]:
        """Return the keys of the papers that a paper may still be said to build on: no circle would close."""
        parents = lineages.links(self._trail.database.read())
        refused = {key, *parents.get(key, ()), *descendants(key, parents)}
        return set(papers.all_keys(self._trail.database.read())) - refused

    def out_of_order(self, keys: Sequence[str], key: str) -> list[tuple[str, str]]:
        """Return the links of a paper, child and parent, of which the child stands first in this order."""
        place = {one: number for number, one in enumerate(keys)}
        parents = lineages.links(self._trail.database.read())
        links = [(child, parent) for child in place for parent in parents.get(child, ()) if parent in place]
        return [link for link in links if key in link and place[link[0]] < place[link[1]]]

    def holding(self, keys: Sequence[str]) -> list[str]:
        """Return the names of the lineages that hold all these papers, in their order."""
        wanted = set(keys)
        return [name for name, members in self.members().items() if wanted <= set(members)]

    def known_name(self, text: str, *, new: bool = False) -> str:
        """Return the lineage that is called `text`, however it is spelled, else `text` as a new name.

        Args:
            text: the name.
            new: whether a new name may be another spelling, or the beginning, of one there is; else that is
                taken for the one there is, or for a slip.

        Raises:
            BadInput: it cannot be the name of a lineage.
        """
        return known_name(text, self.members(), new=new)

    def common_to(self, keys: Sequence[str], name: str | None) -> str:
        """Return the one lineage that holds all these papers.

        Args:
            keys: of the papers.
            name: the one meant, or the beginning of its name; None where only one can be.

        Raises:
            NotFound: none holds them all, or several do and none was named.
        """
        if name is not None:
            return self.resolve(name)
        fitting = self.holding(keys)
        said = " and ".join(dict.fromkeys(keys))
        if not fitting:
            raise NotFound(f"no lineage holds {said}", "see: papertrail show KEY")
        if len(fitting) > 1:
            raise NotFound(f"several lineages hold {said}", f"say which with --in: {', '.join(fitting)}")
        return fitting[0]

    def as_csv(self, names: Sequence[str] = ()) -> "SavedLineages":
        """Return lineages with their papers as a seeds file, for another trail; how far one is stays private.

        Loading it gives the same lineages in the same order, and changes nothing in this trail. What the
        papers of the lineages named build on elsewhere comes along, in no lineage, so that maps are whole.
        Lineages without papers cannot be told in such a file.

        Args:
            names: of the lineages; all of them unless given.

        Raises:
            NotFound: no lineage has exactly one of these names.
            BadInput: there is nothing to write.
        """
        from papertrail.domain.reports import SavedLineages
        from papertrail.export.seeds import seeds_csv

        connection = self._trail.database.read()
        members = lineages.all_members(connection)
        for name in names:
            _id_of(connection, name)
        wanted = [name for name in members if not names or name in names]
        chosen = {name: members[name] for name in wanted if members[name]}
        empty = tuple(name for name in wanted if name not in chosen)
        if not chosen or (names and empty):
            said = clean_line(empty[0]) if empty and names else "every lineage"
            raise BadInput(f"{said} is without papers", "put some in with: papertrail lineage add NAME KEY")
        inside = {key for keys in chosen.values() for key in keys}
        parents = lineages.links(connection)
        shown = inside | {parent for key in inside for parent in parents.get(key, ())}
        whole = [self._papers.get(key) for key in papers.all_keys(connection) if key in shown]
        text = seeds_csv(whole, chosen)
        return SavedLineages(text, len(chosen), len(inside), len(shown) - len(inside), empty)

    def save(self, path: Path, names: Sequence[str] = ()) -> "SavedLineages":
        """Write what `as_csv` returns to a file.

        Raises:
            NotFound: no lineage has exactly one of these names.
            BadInput: there is nothing to write, or a file of that name that is not ours, which stays.
            StorageError: the file cannot be written.
        """
        from papertrail.library.out_files import write_out

        saved = self.as_csv(names)
        write_out(self._trail.home, path, saved.text)
        return saved

    def set_active(self, name: str, active: bool) -> bool:
        """Say whether the next papers may come from a lineage; return whether that was news.

        Raises:
            NotFound: no lineage has exactly this name.
        """
        with self._trail.operation(Verb.LINEAGE) as (connection, operation):
            found = lineages.find(connection, name)
            if found is None:
                raise NotFound(f"no lineage is called {name}", "see: papertrail lineages")
            if found[1] is active:
                return False
            lineages.set_active(connection, name, active)
            was, now = {"lineage": name, "active": not active}, {"lineage": name, "active": active}
            self._trail.journal(connection, operation, "lineage", None, was, now)
            return True

    def link(self, child: str, parent: str) -> bool:
        """Say that one paper builds on another; return whether that was news.

        Raises:
            NotFound: one of the keys is unknown.
            BadInput: the link would close a circle, which is named; nothing has been changed.
        """
        with self._trail.operation(Verb.LINK) as (connection, operation):
            for key in (child, parent):
                self._trail.paper_id(connection, key)
            parents = lineages.links(connection)
            if parent in parents.get(child, ()):
                return False
            if child == parent:
                raise BadInput(
                    f"{child} cannot build on itself: {child} → {child} is a circle",
                    "name the paper it builds on",
                )
            way = way_down(parent, child, parents)
            if way:
                raise BadInput(
                    f"{child} cannot build on {parent}: {circle_words([child, *way])} is a circle",
                    "take one of the other links of it away first",
                )
            lineages.link(connection, child, parent)
            self._trail.journal(connection, operation, "link", child, None, {"builds_on": parent})
            return True

    def unlink(self, child: str, parent: str) -> None:
        """Take the link between two papers away.

        Raises:
            NotFound: one of the keys is unknown, or there is no such link.
        """
        with self._trail.operation(Verb.LINK) as (connection, operation):
            for key in (child, parent):
                self._trail.paper_id(connection, key)
            if parent not in lineages.links(connection).get(child, ()):
                raise NotFound(f"{child} does not build on {parent}", f"see: papertrail show {child}")
            lineages.unlink(connection, child, parent)
            self._trail.journal(connection, operation, "link", child, {"builds_on": parent}, None)


def _id_of(connection: Connection, name: str) -> int:
    found = lineages.find(connection, name)
    if found is None:
        raise NotFound(f"no lineage is called {name}", "see: papertrail lineages")
    return found[0]
