"""Lineages: named, ordered lines of papers, and the links between the papers."""

import unicodedata
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line, fold, shorten

if TYPE_CHECKING:
    from papertrail.domain.paper import PaperSummary

LONGEST_NAME = 120  # characters
ALL_PAPERS = "all"
"""Stands for all papers where a lineage is named, and so for no lineage."""
_Paper = TypeVar("_Paper", bound=Hashable)
"""A paper's key, or the number it is stored under; where names are put in order, a name."""
_DASHES = "\N{MINUS SIGN}\N{HYPHEN BULLET}"  # beside those that Unicode calls so


class LineageProgress(NamedTuple):
    """One lineage and how far its papers are; the next papers come from active ones.

    Attributes:
        explained: how many of the counted ones the reader can explain today.
        missing: how many of the read ones had a note whose file is gone.
    """

    name: str
    total: int
    read: int
    counted: int
    active: bool = True
    reading: int = 0
    explained: int = 0
    missing: int = 0

    @classmethod
    def of(cls, name: str, papers: "Sequence[PaperSummary]") -> "LineageProgress":
        """Return how far some papers are, as those of a lineage."""
        return cls(
            name,
            len(papers),
            read=sum(paper.is_read for paper in papers),
            counted=sum(paper.counted for paper in papers),
            explained=sum(paper.explained for paper in papers),
            missing=sum(paper.note_missing for paper in papers),
        )

    @property
    def owed(self) -> int:
        """How many of the read ones owe a note."""
        return self.read - self.counted - self.missing

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
    if not name:
        raise BadInput("the name of the lineage is empty", f"give 1 to {LONGEST_NAME} characters")
    if ";" in name or len(name) > LONGEST_NAME or folded_name(name) == ALL_PAPERS:
        raise BadInput(
            f"{shorten(name, 40)} cannot be the name of a lineage",
            f"give up to {LONGEST_NAME} characters, no semicolon among them, and not the word {ALL_PAPERS}",
        )
    return name


def folded_name(name: str) -> str:
    """Return what tells one lineage's name from another's: no case, width or accents, no dashes or blanks.

    Examples:
        >>> folded_name("ＹＯＬＯ v1 — V3")
        'yolov1v3'
    """
    folded = fold(name)
    kept = "".join(c for c in folded if not (c == " " or c in _DASHES or unicodedata.category(c) == "Pd"))
    return kept or folded


def twin(text: str, names: Iterable[str]) -> str | None:
    """Return the lineage that is called `text`, however it is spelled; the spelling nearest to it first."""
    found = names_meant(text, names, whole=True)
    return found[0] if found else None


def names_meant(text: str, names: Iterable[str], *, whole: bool = False) -> list[str]:
    """Return the lineages that a text may mean: the one of this name, else a beginning, else a part of it.

    Args:
        text: what was typed.
        names: of the lineages there are.
        whole: whether it has to be a whole name.
    """
    known = list(names)
    if text in known:
        return [text]
    said, wanted = fold(text), folded_name(text)
    if not wanted:
        return []
    folded = {name: folded_name(name) for name in known}
    return (
        [name for name in known if fold(name) == said]
        or [name for name in known if folded[name] == wanted]
        or [name for name in known if not whole and folded[name].startswith(wanted)]
        or [name for name in known if not whole and wanted in folded[name]]
    )


def known_name(text: str, names: Iterable[str], *, new: bool = False) -> str:
    """Return the lineage that is called `text`, however it is spelled, else `text` as a new name.

    Args:
        text: the name.
        names: of the lineages there are.
        new: whether a new name may be another spelling, or the beginning, of one there is; else that is taken
            for the one there is, or for a slip.

    Raises:
        BadInput: it cannot be the name of a lineage.
    """
    name, known = checked_name(text), list(names)
    if new:
        return name
    same = twin(name, known)
    begun = next((one for one in known if folded_name(one).startswith(folded_name(name))), None)
    if same is None and begun is not None:
        raise BadInput(
            f"{name} is the beginning of {begun}", "give the whole name, or another one for a new lineage"
        )
    return same or name


def find_cycle(
    parents: Mapping[_Paper, Iterable[_Paper]], done: set[_Paper] | None = None
) -> tuple[_Paper, ...]:
    """Return one cycle of builds-on links, first and last the same; empty when there is none.

    Args:
        parents: for each paper the papers it builds on.
        done: papers known to lead into no cycle; those found to do so come to them. Whoever takes links away
            gives the same set again, so that not everything is gone through again.
    """
    done = set() if done is None else done
    for root in parents:
        if root in done:
            continue
        path = [root]
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


def circle_words(circle: Sequence[str]) -> str:
    """Return a circle of links with arrows, the middle of a long one left out."""
    shown = [*circle[:5], f"… {len(circle) - 9} more …", *circle[-4:]] if len(circle) > 12 else circle
    return " → ".join(shown)


def way_down(child: str, ancestor: str, parents: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the shortest way along builds-on links from a paper to one it stands on; empty without any."""
    came_from: dict[str, str] = {}
    waiting = [child]
    for paper in waiting:
        if paper == ancestor:
            way = [paper]
            while way[-1] != child:
                way.append(came_from[way[-1]])
            return way[::-1]
        for parent in parents.get(paper, ()):
            if parent != child and parent not in came_from:
                came_from[parent] = paper
                waiting.append(parent)
    return []


def merge_order(existing: Sequence[_Paper], wanted: Sequence[_Paper], *, keep: bool = False) -> list[_Paper]:
    """Return `existing` re-ordered so that the names in `wanted` follow its order, new ones let in.

    Known names change places among themselves only; a new name comes right after the one before it in
    `wanted`, or before the first known one, or at the end when `wanted` holds no known name. Merging the
    same order again changes nothing.

    Args:
        existing: names, or numbers, in their order.
        wanted: those in the order wanted.
        keep: whether the known ones stay where they are.
    """
    present = set(existing)
    known = [name for name in wanted if name in present]
    followers: dict[_Paper, list[_Paper]] = {}
    leading: list[_Paper] = []
    slot = leading
    for name in wanted:
        if name in present:
            slot = followers.setdefault(name, [])
        else:
            slot.append(name)
    if not known:
        return [*existing, *leading]
    chosen = set(known)
    refill = iter([name for name in existing if name in chosen] if keep else known)
    merged: list[_Paper] = []
    for place in existing:
        name = next(refill) if place in chosen else place
        if name == known[0]:
            merged.extend(leading)
        merged.append(name)
        merged.extend(followers.get(name, ()))
    return merged


def ancestors(key: str, parents: Mapping[str, Iterable[str]]) -> set[str]:
    """Return all that a paper stands on: what it builds on, what that builds on, and so on."""
    found: set[str] = set()
    waiting = list(parents.get(key, ()))
    while waiting:
        paper = waiting.pop()
        if paper not in found:
            found.add(paper)
            waiting.extend(parents.get(paper, ()))
    return found


def descendants(key: str, parents: Mapping[str, Iterable[str]]) -> set[str]:
    """Return all that stands on a paper."""
    children: dict[str, list[str]] = {}
    for child, some in parents.items():
        for parent in some:
            children.setdefault(parent, []).append(child)
    return ancestors(key, children)


def reading_order(keys: Sequence[str], parents: Mapping[str, Iterable[str]]) -> list[str]:
    """Return papers so that each comes after those it builds on, and otherwise in the order given.

    Raises:
        BadInput: the links close a circle, which is named.
    """
    wanted, ordered = set(keys), dict[str, None]()
    circle = find_cycle({key: [p for p in parents.get(key, ()) if p in wanted] for key in keys})
    if circle:
        raise BadInput(f"{circle_words(circle)} is a circle", "take one of these links away")
    for key in keys:
        waiting = [key]
        while waiting:
            missing = [p for p in parents.get(waiting[-1], ()) if p in wanted and p not in ordered]
            if missing:
                waiting.append(missing[0])
            else:
                ordered[waiting.pop()] = None
    return list(ordered)


def gaps(
    keys: Sequence[str], parents: Mapping[str, Iterable[str]], read: Collection[str]
) -> list[tuple[str, str]]:
    """Return the links of which the child is read and the parent, also one of `keys`, is not."""
    inside = set(keys)
    return [
        (child, parent)
        for child in keys
        if child in read
        for parent in parents.get(child, ())
        if parent in inside and parent not in read
    ]


def next_step(
    keys: Sequence[str], parents: Mapping[str, Iterable[str]], settled: Collection[str]
) -> str | None:
    """Return the first paper that is not settled while all it builds on here is; None when all are.

    Args:
        keys: of the lineage's papers in its order.
        parents: for each the papers it builds on.
        settled: those read, or left aside.
    """
    waiting = set(keys) - set(settled)
    return next((key for key in reading_order(keys, parents) if key in waiting), None)
