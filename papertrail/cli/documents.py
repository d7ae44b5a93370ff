"""The objects `--json` writes; docs/JSON.md describes every field."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from papertrail.domain.goal import GoalProgress
    from papertrail.domain.lineage import LineageProgress
    from papertrail.domain.paper import LineagePlace, Paper, PaperSummary
    from papertrail.domain.reports import Suggestion

Document = dict[str, object]


def summary_object(paper: "PaperSummary") -> Document:
    """Return what every list says of a paper."""
    return {
        "key": paper.key,
        "title": paper.title,
        "authors": list(paper.authors),
        "year": paper.year,
        "arxiv_id": paper.arxiv_id,
        "doi": paper.doi,
        "status": paper.status.value,
        "lineages": list(paper.lineages),
        "counted": paper.counted,
        "owed": paper.owed,
    }


def list_object(papers: "Sequence[PaperSummary]") -> Document:
    """Return the document of `list`."""
    return {"papers": [summary_object(paper) for paper in papers]}


def paper_object(paper: "Paper") -> Document:
    """Return the document of `show`."""
    return {
        **summary_object(paper.summary),
        "venue": paper.venue,
        "abstract": paper.abstract,
        "published": paper.published,
        "updated": paper.updated,
        "categories": list(paper.categories),
        "comment": paper.comment,
        "journal_ref": paper.journal_ref,
        "version": paper.version,
        "urls": list(paper.urls),
        "metadata_state": paper.metadata_state,
        "builds_on": [parent.key for parent in paper.builds_on],
        "built_on_by": [child.key for child in paper.built_on_by],
        "places": [_place_object(place) for place in paper.places],
        "note": {
            "path": str(paper.note.path),
            "exists": paper.note.exists,
            "words": paper.note.words,
            "filled": list(paper.note.filled),
            "missing": list(paper.note.missing),
        },
    }


def _place_object(place: "LineagePlace") -> Document:
    return {
        "lineage": place.lineage,
        "position": place.position,
        "total": place.total,
        "previous": place.previous.key if place.previous else None,
        "next": place.next.key if place.next else None,
    }


def lineages_object(lineages: "Sequence[LineageProgress]") -> Document:
    """Return the document of `lineages`."""
    return {
        "lineages": [
            {"name": line.name, "total": line.total, "read": line.read, "counted": line.counted}
            for line in lineages
        ]
    }


def progress_object(progress: "GoalProgress", lineages: "Sequence[LineageProgress]") -> Document:
    """Return the document of `progress`."""
    goal = progress.goal
    return {
        "goal": {
            "target": goal.target,
            "start": goal.start.isoformat(),
            "end": goal.end.isoformat(),
            "read": progress.read,
            "counted": progress.counted,
            "owed": progress.owed,
            "today": progress.today.isoformat(),
            "day": goal.day_number(progress.today),
            "days": goal.days,
        },
        **lineages_object(lineages),
    }


def next_object(suggestions: "Sequence[Suggestion]") -> Document:
    """Return the document of `next`."""
    return {"papers": [{**summary_object(s.paper), "why": s.why} for s in suggestions]}
