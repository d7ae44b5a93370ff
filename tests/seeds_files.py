"""Seeds files read whole."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

from papertrail.domain.metadata import SeedPaper, SeedProblem, SeedProblems
from papertrail.sources.seeds_csv import SeedsFile


@dataclass(frozen=True, slots=True)
class JoinedPaper(SeedPaper):
    """A paper of several rows; `lines` is where each of its lineages stands."""

    lines: tuple[int, ...] = ()


class Seeds(NamedTuple):
    """What a file holds, each paper once."""

    papers: list[SeedPaper]
    problems: list[SeedProblem]
    taken_for: list[str]


def read_seeds(path: Path) -> Seeds:
    """Read a whole file."""
    file = SeedsFile(path)
    file.problems = SeedProblems(most=10_000)
    papers: dict[str, SeedPaper] = {}
    for paper in file:
        assert paper.is_more == (paper.key in papers)
        papers[paper.key] = _joined(papers[paper.key], paper) if paper.is_more else paper
    return Seeds(list(papers.values()), file.problems.first, file.taken_for)


def lines_of(paper: SeedPaper) -> dict[str, int]:
    """Return for each of a paper's lineages the line on which it joins that."""
    lines = paper.lines if isinstance(paper, JoinedPaper) else (paper.line,) * len(paper.lineages)
    return dict(zip(paper.lineages, lines, strict=True))


def _joined(first: SeedPaper, more: SeedPaper) -> JoinedPaper:
    told = {name: value for name, value in asdict(first).items() if name not in ("lines", "lineages")}
    lines = (*lines_of(first).values(), *(more.line for _ in more.lineages))
    return JoinedPaper(**told, lineages=first.lineages + more.lineages, lines=lines)
