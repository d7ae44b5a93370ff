"""The objects that `review` and `tell` write with `--json`; docs/JSON.md describes every field."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from papertrail.cli.documents import Document
    from papertrail.domain.recall.review import ReviewDay, ReviewQuestion, ReviewStats
    from papertrail.domain.tellings import Telling


def review_object(day: "ReviewDay", questions: "Sequence[ReviewQuestion]") -> "Document":
    """Return the document of `review --due`."""
    return {
        "questions": [
            {
                "id": question.id,
                "kind": question.kind.value,
                "key": question.key,
                "lineage": question.lineage,
                "title": question.title,
                "year": question.year,
                "section": question.section or None,
                "question": question.wording,
                "due_on": None if question.memory is None else question.memory.due_on.isoformat(),
                "last_on": None if question.memory is None else question.memory.last_on.isoformat(),
            }
            for question in questions
        ],
        "waiting": day.waiting,
        "unasked": day.unasked,
        "minutes": round(day.minutes, 1),
        "tomorrow_minutes": round(day.tomorrow_minutes, 1),
        "answered": day.answered,
        "known": day.known,
        "last_weeks_from": None if day.last_weeks_from is None else day.last_weeks_from.isoformat(),
        "ready_by": None if day.ready_by is None else day.ready_by.isoformat(),
    }


def review_stats_object(stats: "ReviewStats") -> "Document":
    """Return the document of `review --stats`."""
    return {
        "questions": stats.questions,
        "answered": stats.answered,
        "remembered": None if stats.remembered is None else round(stats.remembered, 3),
        "explained": stats.explained,
        "faded": list(stats.faded),
        "counted": stats.counted,
        "due": list(stats.due),
        "days": [
            {
                "date": day.day.isoformat(),
                "answers": day.answers,
                "known": day.known,
                "seconds": day.seconds,
            }
            for day in stats.days
        ],
    }


def telling_object(telling: "Telling", file: "Path | None") -> "Document":
    """Return a telling as `tell` writes it."""
    return {
        "lineage": telling.lineage,
        "at": telling.at.isoformat(timespec="seconds"),
        "date": telling.on.isoformat(),
        "seconds": telling.seconds,
        "words": telling.words,
        "file": None if file is None else str(file),
        "marks": [{"key": key, "mark": mark.value} for key, mark in telling.marks.items()],
    }
