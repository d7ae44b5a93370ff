"""A lineage as a picture on a page: cards, lines that turn by right angles, and what is said beside them."""

from papertrail.domain.lineages.picture.layout import draw_picture
from papertrail.domain.lineages.picture.parts import Scene

__all__ = ["Scene", "draw_picture"]
