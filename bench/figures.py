"""Figures: printed as they are measured, and written to a JSON file afterwards."""

import json
import platform
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from papertrail import __version__


class Line(NamedTuple):
    """One figure; `hold` is what it is to stay under, in the same unit, and `floor` what stands beside it."""

    name: str
    unit: str
    ours: float
    hold: float | None = None
    floor: float | None = None

    @property
    def is_over(self) -> bool:
        """Whether it is above its hold."""
        return self.hold is not None and self.ours > self.hold

    def __str__(self) -> str:
        floor = "" if self.floor is None else f"{self.floor:9.2f}"
        ratio = "" if not self.floor else f"{self.ours / self.floor:6.2f}×"
        hold = "" if self.hold is None else f"{self.hold:9.2f}"
        over = "  over" if self.is_over else ""
        return f"{self.name:34}{floor:>9}{self.ours:9.2f}{ratio:>8}{hold:>9}  {self.unit}{over}"


def printed(group: str, lines: Iterable[Line]) -> list[Line]:
    """Print the table of a group while it is measured, and return its lines."""
    to = sys.stdout  # a program that is measured takes it for itself
    print(f"{group:34}{'floor':>9}{'ours':>9}{'ratio':>8}{'hold':>9}  (processor time)", file=to, flush=True)
    found = []
    for line in lines:
        print(line, file=to, flush=True)
        found.append(line)
    return found


def write(path: Path, groups: dict[str, list[Line]]) -> None:
    """Write the lines of groups, and what they were measured with, as JSON."""
    measured = {
        "papertrail": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": f"{platform.system()} {platform.machine()}",
    }
    told = {
        name: [{**line._asdict(), "over": line.is_over} for line in lines] for name, lines in groups.items()
    }
    text = json.dumps({**measured, "groups": told}, indent=2, ensure_ascii=False)
    path.write_text(f"{text}\n", encoding="utf-8")
