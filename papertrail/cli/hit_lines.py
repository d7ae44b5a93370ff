"""The line of a note or abstract in which the words asked for stand, as it is printed below its paper."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from papertrail.cli.output import Part, Tint

if TYPE_CHECKING:
    from papertrail.domain.query.hits import Hit
    from papertrail.domain.query.tree import Query
    from papertrail.library import Library

INDENT = "    "
_SAID = ("note", "abstract")
"""Of what a line is printed: title, key and authors are in the list as it is."""
_LEAST = 20  # cells of a line


def hit_lines(
    library: "Library", query: "Query", ids: Sequence[int], cells: int
) -> "dict[int, tuple[Part, ...]]":
    """Return the lines to print below papers, by the papers' ids; none where list or query show no words.

    Args:
        library: the open trail.
        query: that found the papers.
        ids: of the papers; ask a page at a time.
        cells: how wide a line may be, with what stands before it.
    """
    room = max(cells - len(f"{INDENT}abstract: "), _LEAST)
    return {
        id_: hit_line(hit) for id_, hit in library.search.hits(query, ids, room).items() if hit.where in _SAID
    }


def hit_line(hit: "Hit") -> tuple[Part, ...]:
    """Return the line to print below what has it."""
    pieces = (Tint(text, "title" if is_marked else "quiet") for text, is_marked in hit.pieces())
    return Tint(f"{INDENT}{hit.where}: ", "quiet"), *pieces
