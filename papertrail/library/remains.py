"""What is left of a trail whose database is not: looked at without it, to say what it can be made from."""

from pathlib import Path
from typing import NamedTuple

from papertrail.library.trail import Home


class Remains(NamedTuple):
    """What a database can be made anew from.

    Attributes:
        backup: the name of the newest backup; empty without one.
        has_journal: whether there is a plain-text copy of the journal.
        notes: how many notes there are.
        has_seeds: whether there is the file of papers and lineages.
    """

    backup: str
    has_journal: bool
    notes: int
    has_seeds: bool

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing of the trail, as where its folder was renamed."""
        return not (self.backup or self.has_journal or self.notes or self.has_seeds)

    def words(self) -> str:
        """Return all of it on one line."""
        parts = [f"the backup {self.backup}"] if self.backup else []
        parts += ["the copy of the journal"] if self.has_journal else []
        parts += [f"{self.notes} {'note' if self.notes == 1 else 'notes'}"] if self.notes else []
        parts += ["seeds/papers.csv"] if self.has_seeds else []
        *most, last = parts or ["nothing"]
        return f"{', '.join(most)} and {last}" if most else last


def remains(home: Home) -> Remains:
    """Look what is left of a trail."""
    return Remains(
        max((path.name for path in _in(home, "backups", "*.zip")), default=""),
        (home.private / "journal.jsonl").is_file(),
        sum(1 for path in home.notes.glob("*.md") if path.name != "README.md" and "." not in path.stem),
        home.seeds.is_file(),
    )


def _in(home: Home, folder: str, pattern: str) -> list[Path]:
    return list((home.private / folder).glob(pattern))
