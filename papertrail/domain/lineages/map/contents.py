"""What is written in the box of a paper, and how large that makes it."""

from papertrail.domain.lineages.map.cells import label, width_of
from papertrail.domain.lineages.mapped import MapPaper

_LONGEST_KEY = 32
_LONGEST_LINEAGE = 18
_HOMELESS = "in no lineage"


def sign_of(paper: MapPaper) -> str:
    """Return the glyph of the status and its mark, in two cells."""
    return paper.status.glyph + paper.mark if paper.mark else " " + paper.status.glyph


def key_of(paper: MapPaper) -> str:
    """Return the key as it is shown."""
    return label(paper.key, _LONGEST_KEY)


def year_of(paper: MapPaper) -> str:
    """Return the year with the blank before it; empty when it is not known."""
    return f" {paper.year}" if paper.year else ""


def lineage_of(paper: MapPaper) -> str:
    """Return the name of the lineage a paper of another lineage is at home in."""
    return label(paper.lineage or "", _LONGEST_LINEAGE) or _HOMELESS


def is_framed(paper: MapPaper) -> bool:
    """Whether a box has a border: papers of other lineages have none."""
    return paper.lineage is None


def size_of(paper: MapPaper) -> tuple[int, int]:
    """Return how many columns and rows the box of a paper takes."""
    line = 2 + 1 + width_of(key_of(paper)) + width_of(year_of(paper))
    if is_framed(paper):
        return line + 3, 3
    return max(line, 3 + width_of(lineage_of(paper))), 2
