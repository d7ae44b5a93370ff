"""A lineage as a map: papers in boxes, time downwards, a line from each paper to those that build on it."""

from papertrail.domain.lineages.map.along_years import lay_out_by_year
from papertrail.domain.lineages.map.drawing import draw
from papertrail.domain.lineages.map.layout import lay_out, relabelled
from papertrail.domain.lineages.map.painting import Role, Run
from papertrail.domain.lineages.map.parts import Box, EdgeText, Link, MapLayout, Route
from papertrail.domain.lineages.map.veiling import veiled
from papertrail.domain.lineages.map.walking import Direction, move
from papertrail.domain.lineages.mapped import MapPaper

__all__ = [
    "Box",
    "Direction",
    "EdgeText",
    "Link",
    "MapLayout",
    "MapPaper",
    "Role",
    "Route",
    "Run",
    "draw",
    "lay_out",
    "lay_out_by_year",
    "move",
    "relabelled",
    "veiled",
]
