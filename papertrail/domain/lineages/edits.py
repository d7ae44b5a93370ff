"""What the journal tells was done to lineages by hand: a seeds file that is loaded again does not undo it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Change: TypeAlias = tuple[str, str | None, Mapping[str, Any] | None, Mapping[str, Any] | None]
"""A row of the journal: verb, key of the paper, what was, what is."""
AS_IN_FILE = "as-in-file"
"""The verb of a row that says: these lineages and links are again as a file says."""


@dataclass(slots=True)
class LineageEdits:
    """Names, members, orders and links that differ by hand from what a file says.

    Attributes:
        names: for the name a lineage has in the file the one it has today; None once it is removed. A name
            that stands for another lineage today, or for none, may have been given to a new one by hand: the
            file does not speak of that.
        left_out: papers taken out of a lineage, by its name of today and their key.
        ordered: lineages of which a paper was moved, by their names of today.
        unlinked: links taken back, by child and parent.
    """

    names: dict[str, str | None] = field(default_factory=dict)
    left_out: set[tuple[str, str]] = field(default_factory=set)
    ordered: set[str] = field(default_factory=set)
    unlinked: set[tuple[str, str]] = field(default_factory=set)

    def lineage(self, name: str, key: str) -> str | None:
        """Return in which lineage a paper belongs that a file puts into `name`; None for in none."""
        today = self.names.get(name, name)
        return None if today is None or (today, key) in self.left_out else today

    def speak_against(self, lineages: Collection[str], links: Collection[tuple[str, str]]) -> bool:
        """Whether any of these differs from a file that names these lineages and links."""
        members = {name for name, _ in self.left_out}
        named = any(name in self.names or name in self.ordered or name in members for name in lineages)
        return named or not self.unlinked.isdisjoint(links)

    def _forget(self, lineages: Collection[str], links: Iterable[Sequence[str]]) -> None:
        """A file was asked for by name: these are as it says."""
        for name in lineages:
            self.names.pop(name, None)
        self.left_out = {(name, key) for name, key in self.left_out if name not in lineages}
        self.ordered -= set(lineages)
        self.unlinked -= {(child, parent) for child, parent in links}

    def _renamed(self, old: str, new: str) -> None:
        names = {before: new if today == old else today for before, today in self.names.items()}
        names.setdefault(old, new)
        self.names = names
        self.left_out = {(new if name == old else name, key) for name, key in self.left_out}
        self.ordered = {new if name == old else name for name in self.ordered}

    def _removed(self, name: str) -> None:
        names = {before: None if today == name else today for before, today in self.names.items()}
        names.setdefault(name, None)
        self.names = names
        self.left_out = {(other, key) for other, key in self.left_out if other != name}
        self.ordered.discard(name)

    def _lineage_row(self, key: str | None, was: Mapping[str, Any], now: Mapping[str, Any]) -> None:
        old, new = was.get("lineage"), now.get("lineage")
        if key is None and old is not None and new is None:
            self._removed(old)
        elif key is None and old is not None and new is not None and old != new:
            self._renamed(old, new)
        elif key is not None and old is None and new is not None:
            self.left_out.discard((new, key))
        elif key is not None and old is not None and new is None:
            self.left_out.add((old, key))
        elif key is not None and new is not None:
            self.ordered.add(new)


def with_keys_of_today(change: Change, today: Mapping[str, str]) -> Change:
    """Return a row of the journal with the keys that its papers have today.

    Args:
        change: the row.
        today: for each key that a paper had before the one it has.
    """
    verb, key, before, after = change
    if not today:
        return change

    def renamed(told: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        if told is None:
            return None
        links = [[today.get(one, one) for one in link] for link in told.get("links", ())]
        parent = told.get("builds_on")
        return {
            **told,
            **({"links": links} if links else {}),
            **({"builds_on": today.get(parent, parent)} if parent is not None else {}),
        }

    return verb, None if key is None else today.get(key, key), renamed(before), renamed(after)


def lineage_edits(journal: Iterable[Change]) -> LineageEdits:
    """Return what stands by hand after these rows of the journal.

    Args:
        journal: rows of the verbs `lineage`, `link` and `as-in-file`, the oldest first.
    """
    edits = LineageEdits()
    for verb, key, before, after in journal:
        was, now = before or {}, after or {}
        if verb == AS_IN_FILE:
            edits._forget(now["lineages"], now["links"])
        elif verb == "lineage":
            edits._lineage_row(key, was, now)
        elif verb == "link" and key is not None:
            if "builds_on" in was:
                edits.unlinked.add((key, was["builds_on"]))
            if "builds_on" in now:
                edits.unlinked.discard((key, now["builds_on"]))
    return edits
