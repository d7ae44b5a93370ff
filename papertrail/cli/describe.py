"""How papers, sections and progress are put into words and signs, the same in every command."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from papertrail.cli.output import Part, Tint
from papertrail.domain.paper import EXPLAINED

if TYPE_CHECKING:
    from papertrail.domain.lineages.lineage import LineageProgress
    from papertrail.domain.paper import PaperSummary, Status
    from papertrail.domain.paper_line import PaperLine

REPLAN, SET = "papertrail goal replan", "papertrail goal set"
STATE_STYLES = {
    "counted": "good",
    "owed": "owed",
    "missing": "owed",
    "reading": "active",
    "queued": "active",
    "unread": "quiet",
    "dropped": "quiet",
}


def paper_cells(paper: "PaperSummary | PaperLine") -> list[Part]:
    """Return the columns every list of papers begins with: sign, state, year, key."""
    at = paper.status, paper.counted, paper.owed, paper.explained, paper.note_missing
    if at not in _standing:
        style = STATE_STYLES[paper.state]
        _standing[at] = (
            Tint(paper.status.glyph, style),
            Tint(f"{paper.word} {EXPLAINED}" if paper.explained else paper.word, style),
        )
    year = _years.get(paper.year)
    if year is None:
        year = _years[paper.year] = Tint("" if paper.year is None else str(paper.year), "quiet")
    return [*_standing[at], year, Tint(paper.key, "title")]


def missing_note(key: str) -> str:
    """Return what is said of a read paper whose note was there and is not, and what brings it back."""
    return f"notes/{key}.md is missing; its texts are kept: papertrail note --restore-all"


_years: dict[int | None, Tint] = {}


_standing: "dict[tuple[Status, bool, bool, bool, bool], tuple[Tint, Tint]]" = {}
"""Sign and state of each way to stand, which are few."""


def lineage_rows(lineages: "Sequence[LineageProgress]") -> list[Sequence[Part]]:
    """Return the columns of a list of lineages: counted and of how many, bar, name with the rest."""
    from papertrail.cli.cells import bar

    digits = max((len(str(line.total)) for line in lineages), default=0)
    rows: list[Sequence[Part]] = []
    for line in lineages:
        others = [f"{line.explained} {EXPLAINED}"] if line.explained else []
        others += [f"{line.owed} owed"] if line.owed else []
        others += [f"{line.missing} missing"] if line.missing else []
        style = "good" if 0 < line.total == line.counted else "" if line.active else "quiet"
        name = line.name if line.active else f"{line.name} · at rest"
        rows.append(
            (
                f"{line.counted} / {line.total:>{digits}}",
                Tint(bar(line.counted, line.read, line.total, explained=line.explained), style),
                Tint(" · ".join([name, *others]), style),
            )
        )
    return rows


def short_names(sections: Iterable[str]) -> str:
    """Return section names in short: `Key idea` for `Key idea: why did the authors design it this way?`."""
    from papertrail.domain.note import short_section

    return ", ".join(map(short_section, sections))


def number_of(count: int, one: str, many: str = "") -> str:
    """Return `1 paper`, `2 papers`."""
    return f"{count} {one if count == 1 else many or one + 's'}"
