"""Lineages: named, ordered lines of papers, and the links between the papers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line, shorten

LONGEST_NAME = 120  # characters


@dataclass(frozen=True, slots=True)
class LineageProgress:
    """One lineage and how many of its papers are read and counted; the next papers come from active ones."""

    name: str
    total: int
    read: int
    counted: int
    active: bool = True
    reading: int = 0

    @property
    def is_begun(self) -> bool:
        """Whether the reader has read, or is reading, any of its papers."""
        return bool(self.read or self.reading)


def checked_name(text: str) -> str:
    """Return the name of a lineage as it is stored: clean, on one line.

    Raises:
        BadInput: nothing is left of it, or too much.
    """
    name = clean_line(text)
    if not name or ";" in name or len(name) > LONGEST_NAME:
        raise BadInput(
            f"{shorten(name, 40) or 'nothing'} cannot be the name of a lineage",
            f"give 1 to {LONGEST_NAME} characters, no semicolon among them",
        )
    return name


def find_cycle(parents: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return one cycle of builds-on links as keys, first and last the same; empty when there is none.

    Args:
        parents: for each paper the papers it builds on.
    """
    done: set[str] = set()
    for root in parents:
        if root in done:
            continue
        path: list[str] = [root]
        on_path = {root}
        branches = [iter(parents.get(root, ()))]
        while branches:
            parent = next(branches[-1], None)
            if parent is None:
                branches.pop()
                finished = path.pop()
                on_path.discard(finished)
                done.add(finished)
            elif parent in on_path:
                return (*path[path.index(parent) :], parent)
            elif parent not in done:
                path.append(parent)
                on_path.add(parent)
                branches.append(iter(parents.get(parent, ())))
    return ()


def merge_order(existing: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """Return `existing` re-ordered so that the names in `wanted` follow its order, new ones let in.

    Known names change places among themselves only; a new name comes right after the one before it in
    `wanted`, or before the first known one, or at the end when `wanted` holds no known name. Merging the
    same order again changes nothing.
    """
    present = set(existing)
    known = [name for name in wanted if name in present]
    followers: dict[str, list[str]] = {}
    leading: list[str] = []
    slot = leading
    for name in wanted:
        if name in present:
            slot = followers.setdefault(name, [])
        else:
            slot.append(name)
    if not known:
        return [*existing, *leading]
    chosen = set(known)
    refill = iter(known)
    merged: list[str] = []
    for place in existing:
        name = next(refill) if place in chosen else place
        if name == known[0]:
            merged.extend(leading)
        merged.append(name)
        merged.extend(followers.get(name, ()))
    return merged
