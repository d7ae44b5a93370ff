"""What the journal tells was done to lineages by hand: a seeds file that is loaded again does not undo it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Change: TypeAlias = tuple[str, str | None, Mapping[str, Any] | None, Mapping[str, Any] | None]
"""A row of the journal: verb, key of the paper, what was, what is."""


@dataclass(slots=True)
class LineageEdits:
    """Names, members, orders and links that differ by hand from what some file said before.

    Attributes:
        names: the name of today for each name a lineage had before; None once it is removed.
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

    def _made(self, name: str) -> None:
        """A lineage is made anew under a name, whatever that name stood for before."""
        self.names.pop(name, None)

    def _renamed(self, old: str, new: str) -> None:
        self.names = {before: new if today == old else today for before, today in self.names.items()}
        self.names[old] = new
        self.names.pop(new, None)
        self.left_out = {(new if name == old else name, key) for name, key in self.left_out}
        self.ordered = {new if name == old else name for name in self.ordered}

    def _removed(self, name: str) -> None:
        self.names = {before: None if today == name else today for before, today in self.names.items()}
        self.names[name] = None
        self.left_out = {(other, key) for other, key in self.left_out if other != name}
        self.ordered.discard(name)

    def _lineage_row(self, key: str | None, was: Mapping[str, Any], now: Mapping[str, Any]) -> None:
        old, new = was.get("lineage"), now.get("lineage")
        if key is None and old is None and new is not None:
            self._made(new)
        elif key is None and old is not None and new is None:
            self._removed(old)
        elif key is None and old is not None and new is not None and old != new:
            self._renamed(old, new)
        elif key is not None and old is None and new is not None:
            self.left_out.discard((new, key))
        elif key is not None and old is not None and new is None:
            self.left_out.add((old, key))
        elif key is not None and new is not None:
            self.ordered.add(new)


def lineage_edits(journal: Iterable[Change]) -> LineageEdits:
    """Return what stands by hand after these rows of the journal.

    Args:
        journal: rows of the verbs `lineage` and `link`, the oldest first; those of seeds files among them.
    """
    edits = LineageEdits()
    for verb, key, before, after in journal:
        was, now = before or {}, after or {}
        if verb == "lineage":
            edits._lineage_row(key, was, now)
        elif verb == "link" and key is not None:
            if "builds_on" in was:
                edits.unlinked.add((key, was["builds_on"]))
            if "builds_on" in now:
                edits.unlinked.discard((key, now["builds_on"]))
    return edits
