"""A query as it is understood: a tree of terms, and the order asked for.

Named tuples, not dataclasses: a search from the command line pays for the import of each class.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias, Union


class Text(NamedTuple):
    """Words to be found, as they were typed.

    Attributes:
        field: where: a field of kind `text`, `name` or `section`; empty for anywhere.
        text: on one line; empty only for a section that is to be filled at all.
        whole: in quotes: whole words, in this order; else the last word may go on.
        section: the beginning of the section's name, for the field `section`.
    """

    field: str
    text: str
    whole: bool = False
    section: str = ""


class Choice(NamedTuple):
    """Any of some values, such as statuses, in the order of the table; `field` is of kind `choice`."""

    field: str
    values: tuple[str, ...]


class Numbers(NamedTuple):
    """A range of numbers, both ends in it; None where it is open."""

    field: str
    first: int | None
    last: int | None


class Days(NamedTuple):
    """A range of dates as `values.read_days` spells it, such as `2026-03..` or `<2w`: relative to a day."""

    field: str
    text: str


class Not(NamedTuple):
    """What does not hold; never of another `Not`."""

    part: "Node"


class Group(NamedTuple):
    """Two or more parts, all of which hold, or any; never one of its own kind directly."""

    kind: Literal["all", "any"]
    parts: "tuple[Node, ...]"


Leaf: TypeAlias = Text | Choice | Numbers | Days
Node: TypeAlias = Union[Leaf, Not, Group]  # noqa: UP007 (the types above are named in quotes)


class Sort(NamedTuple):
    """An order to list papers in."""

    by: str
    descending: bool = False


class Query(NamedTuple):
    """What is asked for: `where` is None for every paper, the first of `order` weighs most."""

    where: Node | None = None
    order: tuple[Sort, ...] = ()


class Remark(NamedTuple):
    """What was not understood.

    Attributes:
        start: where it begins in what was typed, in characters.
        end: where it ends, not in it.
        cause: what is wrong, in words.
        remedy: what can be done, in words.
        instead: what to put between `start` and `end`; None where nothing can be offered.
        unfinished: it stands at the end, and may only not be typed yet.
    """

    start: int
    end: int
    cause: str
    remedy: str
    instead: str | None = None
    unfinished: bool = False


class Parsed(NamedTuple):
    """What a text was understood as, and what of it was not."""

    query: Query
    remarks: tuple[Remark, ...] = ()


def joined(kind: Literal["all", "any"], parts: Sequence[Node]) -> Node | None:
    """Return parts as one: those of the same kind lose their brackets, each stands once; None of nothing."""
    flat: dict[Node, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.parts if isinstance(part, Group) and part.kind == kind else [part]))
    if len(flat) < 2:
        return next(iter(flat), None)
    return Group(kind, tuple(flat))


def negation(node: Node) -> Node:
    """Return what holds where this does not."""
    return node.part if isinstance(node, Not) else Not(node)
