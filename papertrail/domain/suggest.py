"""What to read next, and why."""

from collections.abc import Iterator, Mapping, Sequence

from papertrail.domain.paper import PaperSummary, Status
from papertrail.domain.reports import Suggestion

_OPEN = (Status.UNREAD, Status.QUEUED)


def suggest(
    papers: Sequence[PaperSummary],
    *,
    queue: Sequence[int],
    parents: Mapping[str, Sequence[str]],
    lineages: Sequence[str],
    limit: int,
) -> list[Suggestion]:
    """Return up to `limit` papers to read: those begun, the queue, then lineages in order, begun ones first.

    Within a lineage the order of reading is kept, and a paper waits for those it builds on in that lineage.

    Args:
        papers: every paper, in reading order.
        queue: ids of the queued papers, first in line first.
        parents: for each key the keys it builds on.
        lineages: names, in order.
        limit: how many to return.
    """
    chosen: dict[str, Suggestion] = {}
    for suggestion in _candidates(papers, queue, parents, lineages):
        chosen.setdefault(suggestion.paper.key, suggestion)
        if len(chosen) >= limit:
            break
    return list(chosen.values())[: max(limit, 0)]


def _candidates(
    papers: Sequence[PaperSummary],
    queue: Sequence[int],
    parents: Mapping[str, Sequence[str]],
    lineages: Sequence[str],
) -> Iterator[Suggestion]:
    by_id = {paper.id: paper for paper in papers}
    for paper in papers:
        if paper.status is Status.READING:
            yield Suggestion(paper, "you are reading it")
    for place, id_ in enumerate(queue, start=1):
        yield Suggestion(by_id[id_], "first in your queue" if place == 1 else f"number {place} in your queue")
    members = {name: [p for p in papers if name in p.lineages] for name in lineages}
    begun = [n for n in lineages if any(p.status in (Status.READ, Status.READING) for p in members[n])]
    for name in (*begun, *(n for n in lineages if n not in begun)):
        line = members[name]
        read = {p.key for p in line if p.status is Status.READ}
        settled = read | {p.key for p in line if p.status in (Status.DROPPED, Status.READING)}
        inside = {p.key for p in line}
        before = ""
        for paper in line:
            if paper.status in _OPEN and inside.intersection(parents.get(paper.key, ())) <= settled:
                known = [key for key in parents.get(paper.key, ()) if key in read]
                yield Suggestion(paper, _reason(name, len(read), len(line), known, before))
                settled.add(paper.key)
                before = paper.key


def _reason(lineage: str, read: int, total: int, known: Sequence[str], before: str) -> str:
    """Say why a paper comes next: papers it builds on that are read, or its place in the lineage."""
    if known:
        return (
            f"{' and '.join(known)} {'are' if len(known) > 1 else 'is'} read; {read} of {total} in {lineage}"
        )
    if before:
        return f"after {before} in {lineage}"
    return f"next in {lineage}, {read} of {total} read" if read else f"the beginning of {lineage}"
