"""A map of which the frames and the years are seen, and the names of some papers only."""

from collections.abc import Collection, Iterable, Sequence

from papertrail.domain.lineages.map.cells import width_of
from papertrail.domain.lineages.map.painting import Role, Run

_DOTS = "···"


def veiled(rows: Iterable[Sequence[Run]], shown: Collection[str]) -> list[list[Run]]:
    """Return rows of a map in which other names and signs than those of the papers `shown` are hidden."""
    return [[run if run.paper is None or run.paper in shown else _hidden(run) for run in row] for row in rows]


def _hidden(run: Run) -> Run:
    if run.role not in (Role.KEY, Role.SIGN):
        return run
    dots = _DOTS if run.role is Role.KEY else ""
    room = width_of(run.text)
    return Run(dots[:room].ljust(room), run.role, run.paper, run.links, run.dimmed)
