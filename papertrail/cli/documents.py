"""The objects `--json` writes; docs/JSON.md describes every field."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from papertrail.domain.goal.floor import Floor
    from papertrail.domain.goal.progress import GoalProgress
    from papertrail.domain.goal.today import Today
    from papertrail.domain.history import Revision
    from papertrail.domain.inbox.announcement import Announcement
    from papertrail.domain.inbox.contents import Contents, Missed, RefreshReport
    from papertrail.domain.inbox.ranking import Ranked
    from papertrail.domain.inbox.watches import Mute, Watch
    from papertrail.domain.lineages.lineage import LineageProgress
    from papertrail.domain.lineages.overview import Overview
    from papertrail.domain.lineages.suggest import Suggestion
    from papertrail.domain.note_text import NoteLine
    from papertrail.domain.paper import PaperSummary
    from papertrail.domain.past import Past, Stacks
    from papertrail.domain.query.hits import Hit
    from papertrail.domain.reports import PastGoal, SearchReport, SettingValue
    from papertrail.domain.tags import TagCount
    from papertrail.domain.views import SavedView
    from papertrail.domain.whole_paper import LineagePlace, Paper

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
        "is_read": paper.is_read,
        "lineages": list(paper.lineages),
        "counted": paper.counted,
        "owed": paper.owed,
        "note_missing": paper.note_missing,
        "explained": paper.explained,
        "rating": paper.rating,
        "tags": list(paper.tags),
    }


def tags_object(tags: "Sequence[TagCount]") -> Document:
    """Return the document of `tag`."""
    return {"tags": [{"name": one.name, "papers": one.papers} for one in tags]}


def views_object(views: "Sequence[tuple[SavedView, int]]") -> Document:
    """Return the document of `view list`."""
    return {"views": [{"name": view.name, "query": view.query, "papers": papers} for view, papers in views]}


def search_object(report: "SearchReport") -> Document:
    """Return the document of `search`."""
    return {
        "query": report.query,
        "total": report.total,
        "results": [
            {
                "number": number,
                "key": None if found.held is None else found.held.key,
                "status": None if found.held is None else found.held.status.value,
                "arxiv_id": found.metadata.arxiv_id,
                "version": found.metadata.version,
                "title": found.metadata.title,
                "authors": list(found.metadata.authors),
                "abstract": found.metadata.abstract,
                "published": found.metadata.published.isoformat(),
                "updated": found.metadata.updated.isoformat(),
                "categories": list(found.metadata.categories),
                "comment": found.metadata.comment,
                "journal_ref": found.metadata.journal_ref,
                "doi": found.metadata.doi,
                "urls": list(found.metadata.urls),
            }
            for number, found in enumerate(report.results, 1)
        ],
    }


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
        "links": [{"to": kind, "url": address} for kind, address in paper.links],
        "notice": paper.summary.notice or None,
        "metadata_state": paper.metadata_state,
        "absent_on": list(paper.absent_on),
        "trouble": paper.trouble or None,
        "builds_on": [parent.key for parent in paper.builds_on],
        "built_on_by": [child.key for child in paper.built_on_by],
        "named_in": [paper.key for paper in paper.named_in],
        "places": [_place_object(place) for place in paper.places],
        "days": paper.days._asdict(),
        "note": {
            "path": str(paper.note.path),
            "exists": paper.note.exists,
            "words": paper.note.words,
            "filled": list(paper.note.filled),
            "missing": list(paper.note.missing),
            "sections": _sections(paper),
            "near_misses": [
                {"heading": near.heading, "section": near.section} for near in paper.note.near_misses
            ],
            "conflicts": list(paper.note.conflicts),
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
    return {"lineages": [_lineage_object(line) for line in lineages]}


def found_lineages_object(lineages: "Sequence[LineageProgress]", hits: "Mapping[str, Hit]") -> Document:
    """Return the document of `lineages --find`: of each also the line of its note that has the words."""
    return {
        "lineages": [
            {**_lineage_object(line), "note_line": hits[line.name].line if line.name in hits else None}
            for line in lineages
        ]
    }


def _lineage_object(line: "LineageProgress") -> Document:
    return {
        "name": line.name,
        "total": line.total,
        "read": line.read,
        "counted": line.counted,
        "missing": line.missing,
        "explained": line.explained,
        "active": line.active,
    }


def _counted_links(found: "Mapping[str, int]") -> list[Document]:
    return [{"lineage": name, "links": links} for name, links in found.items()]


def overview_object(overview: "Overview") -> Document:
    """Return the document of `lineages --overview`."""
    return {
        "lineages": [
            {
                **_lineage_object(block.progress),
                "years": [{"year": year, "total": papers} for year, papers in sorted(block.years.items())],
                "builds_on": _counted_links(overview.builds_on(block.progress.name)),
                "built_on_by": _counted_links(overview.built_on_by(block.progress.name)),
            }
            for block in overview.blocks
        ]
    }


def progress_object(today: "Today") -> Document:
    """Return the document of `progress`."""
    forecast = today.forecast
    return {
        "goal": _goal_object(today.progress),
        "forecast": None
        if forecast is None
        else {
            "early": _day(forecast.early),
            "likely": _day(forecast.likely),
            "late": _day(forecast.late),
            "probability": round(forecast.probability, 3),
            "words": forecast.words,
            "per_week": round(forecast.per_week, 2),
        },
        "counted_days": [{"day": _day(day), "papers": number} for day, number in today.counted],
        "active_days": [{"day": _day(day), "papers": n} for day, n in sorted(today.active.items())],
        "streak": today.streak,
        "owed": [paper.key for paper in today.owed],
        "missing": list(today.missing),
        "faded": list(today.faded),
        **lineages_object(today.lineages),
    }


def goal_document(today: "Today") -> Document:
    """Return the document of `goal`."""
    document = progress_object(today)
    return {"goal": document["goal"], "forecast": document["forecast"]}


def floor_object(floor: "Floor") -> Document:
    """Return what another number of words a section means."""
    return {
        "words": floor.words,
        "was": floor.was,
        "owing": list(floor.owing),
        "counting": list(floor.counting),
        "owed": floor.owed,
    }


def goal_history_object(goals: "Sequence[PastGoal]") -> Document:
    """Return the document of `goal history`."""
    return {
        "goals": [
            {
                "set_on": _day(past.on),
                "dropped": past.dropped,
                "target": past.goal.target,
                "start": _day(past.goal.start),
                "end": _day(past.goal.end),
                "last_day": _day(past.goal.last_day),
                "counts": past.goal.counts.value,
                "words": past.goal.words,
                "rest_days": sorted(past.goal.rest_days),
                "pauses": [{"first": _day(p.start), "end": _day(p.end)} for p in past.goal.pauses],
                "waypoints": [{"day": _day(w.day), "papers": w.papers} for w in past.goal.waypoints],
            }
            for past in goals
        ]
    }


def _goal_object(progress: "GoalProgress") -> Document:
    goal, week = progress.goal, progress.week
    needed = progress.needed_per_week
    return {
        "target": goal.target if goal else None,
        "start": _day(goal.start) if goal else None,
        "end": _day(goal.end) if goal else None,
        "last_day": _day(goal.last_day) if goal else None,
        "counts": goal.counts.value if goal else None,
        "words": goal.words if goal else 0,
        "rest_days": sorted(goal.rest_days) if goal else [],
        "pauses": [{"first": _day(p.start), "end": _day(p.end)} for p in goal.pauses] if goal else [],
        "read": progress.read,
        "counted": progress.counted,
        "counted_later": progress.counted_later,
        "explained": progress.explained,
        "explained_share": None if progress.explained_share is None else round(progress.explained_share, 3),
        "owed": progress.owed,
        "missing": progress.missing,
        "today": _day(progress.today),
        "day": goal.day_number(progress.today) if goal else None,
        "days": goal.days if goal else None,
        "standing": progress.standing.value if goal else None,
        "expected": round(progress.expected, 2) if goal else None,
        "ahead_papers": progress.ahead_papers if goal else None,
        "ahead_days": progress.ahead_days if goal else None,
        "needed_per_week": None if needed is None else round(needed, 2),
        "week": {
            "start": _day(week.start),
            "end": _day(week.end),
            "quota": week.quota if goal else None,
            "done": week.done,
            "left": week.left if goal else None,
        },
    }


def _day(day: "date | None") -> str | None:
    return None if day is None else day.isoformat()


def next_object(suggestions: "Sequence[Suggestion]") -> Document:
    """Return the document of `next`."""
    return {"papers": [{**summary_object(s.paper), "why": s.why} for s in suggestions]}


def undo_object(stacks: "Stacks") -> Document:
    """Return the document of `undo --list`."""
    return {
        "done": [_past_object(one) for one in stacks.done],
        "undone": [_past_object(one) for one in stacks.undone],
    }


def _past_object(past: "Past") -> Document:
    return {
        "op": past.op,
        "at": past.at.isoformat(timespec="seconds"),
        "program": past.program,
        "what": past.what,
        "can_be_undone": not past.why_final,
        "why_not": past.why_final or None,
    }


def notes_object(papers: "Iterable[Paper]") -> Document:
    """Return the document of `notes`."""
    return {
        "notes": [
            {
                "key": paper.summary.key,
                "words": paper.note.words,
                "owed": paper.summary.owed,
                "owes": paper.note.owes or None,
                "sections": _sections(paper),
            }
            for paper in papers
        ]
    }


def note_lines_object(lines: "Iterable[NoteLine]") -> Document:
    """Return the document of `notes --grep`."""
    return {"lines": [{"key": one.key, "number": one.number, "text": one.text} for one in lines]}


def _sections(paper: "Paper") -> list[Document]:
    return [
        {
            "section": section.name,
            "required": section.required,
            "filled": section.filled,
            "words": section.words,
            "wanted": section.wanted,
            "asked": section.asked,
            "answered": section.answered,
        }
        for section in paper.note.sections
    ]


def note_history_object(key: str, revisions: "Sequence[Revision]") -> Document:
    """Return the document of `note --history`."""
    return {
        "key": key,
        "revisions": [
            {
                "number": one.number,
                "sha256": one.sha256,
                "at": one.at.isoformat(timespec="seconds"),
                "by": one.by,
                "words": one.words,
                "sections": None if one.sections is None else [name or None for name in one.sections],
                "first": one.is_first,
                "now": one.is_now,
            }
            for one in revisions
        ],
    }


def settings_object(values: "Sequence[SettingValue]") -> Document:
    """Return the document of `set`."""
    return {
        "settings": [
            {
                "name": one.setting.name,
                "value": one.value,
                "default": str(one.setting.default),
                "means": one.setting.means,
                "allowed": one.setting.allowed,
            }
            for one in values
        ]
    }


def watches_object(watches: "Sequence[Watch]") -> Document:
    """Return the document of `watch --list`."""
    return {"watched": [{"kind": one.kind.value, "name": one.name} for one in watches]}


def mutes_object(mutes: "Sequence[Mute]") -> Document:
    """Return the document of `inbox mute`."""
    return {"muted": [{"kind": one.kind.value, "name": one.name} for one in mutes]}


def inbox_object(contents: "Contents", most: int | None) -> Document:
    """Return the document of `inbox show`.

    Args:
        contents: what waits.
        most: only so many of it.
    """
    asked = contents.asked
    return {
        "asked": None if asked is None else asked.isoformat(timespec="seconds"),
        **watches_object(contents.watched),
        "number": len(contents.waiting),
        "muted": contents.muted,
        **_missed_object(contents.missed),
        "waiting": [ranked_object(one) for one in contents.waiting[:most]],
        "new_versions": [
            {"key": one.key, "known_version": one.known, **_announcement_object(one.announcement)}
            for one in contents.new_versions
        ],
    }


def _missed_object(missed: "Missed | None") -> Document:
    return {
        "missed_days": missed.days if missed else 0,
        "missed_since": missed.since.isoformat() if missed else None,
        "ask_days": missed.ask if missed else None,
    }


def ranked_object(one: "Ranked") -> Document:
    """Return one announcement with why it is close to what the reader reads."""
    return {
        **_announcement_object(one.announcement),
        "score": round(one.score, 4),
        "near": one.is_near,
        "reasons": [str(reason) for reason in one.reasons],
    }


def _announcement_object(one: "Announcement") -> Document:
    return {
        "arxiv_id": one.arxiv_id,
        "version": one.version,
        "title": one.title,
        "authors": list(one.authors),
        "abstract": one.abstract,
        "categories": list(one.categories),
        "type": one.type.value,
        "announced_on": one.announced.isoformat(),
        "doi": one.doi,
        "journal_ref": one.journal_ref,
        "feeds": list(one.feeds),
    }


def refresh_object(report: "RefreshReport") -> Document:
    """Return the document of `inbox refresh`."""
    return {
        "new": report.new,
        "new_versions": report.new_versions,
        **_missed_object(report.missed),
        "feeds": [
            {
                "kind": one.watch.kind.value,
                "name": one.watch.name,
                "announced_on": None if one.announced is None else one.announced.isoformat(),
                "papers": one.number,
                "new": one.new,
                "older": one.older,
                "left_out": list(one.left_out),
                "trouble": one.trouble or None,
            }
            for one in report.heard
        ],
    }
