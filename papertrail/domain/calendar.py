"""What a calendar may know of a trail: days to read on, pauses, the end of the goal, questions due."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import ceil
from typing import NamedTuple

from papertrail.domain.goal.goal import DAY, Goal
from papertrail.domain.paper import PaperSummary

MOST_PAPERS = 1_000
"""Of those to read that have a day: more are no plan any more."""


class Event(NamedTuple):
    """Something that stands in a calendar, all day long.

    Attributes:
        name: tells it from others of the trail, and stays when it moves to another day.
        first: its first day.
        last: its last day.
        summary: on a line.
        about: more, a line a fact; may be empty.
        url: an address; may be empty.
    """

    name: str
    first: date
    last: date
    summary: str
    about: str = ""
    url: str = ""


def goal_events(goal: Goal, counted: int, today: date, papers: Sequence[PaperSummary]) -> Iterator[Event]:
    """Yield the end of the goal, its pauses, and a day for each paper that is left.

    Args:
        goal: the one in force.
        counted: how many papers count towards it.
        today: the first day on which something can be read.
        papers: what to read next, in order.
    """
    last = goal.last_day
    yield Event("goal", last, last, f"Last day of the goal: {goal.target} papers", f"{counted} counted")
    for number, pause in enumerate(sorted(set(goal.pauses)), 1):
        yield Event(f"pause-{number}", pause.start, pause.last_day, "A pause from reading")
    for number, day in reading_days(goal, counted, today):
        at = number - counted - 1
        paper = papers[at] if at < len(papers) else None
        what = f"Paper {number} of {goal.target}"
        if paper is None:
            yield Event(f"paper-{number}", day, day, what)
            continue
        told = [paper.title, *paper.lineages, f"papertrail start {paper.key}"]
        url = f"https://arxiv.org/abs/{paper.arxiv_id}" if paper.arxiv_id else ""
        yield Event(f"paper-{number}", day, day, f"{what}: {paper.title}", "\n".join(told), url)


def reading_days(goal: Goal, counted: int, today: date) -> Iterator[tuple[int, date]]:
    """Yield for each paper that is left, by its number, a day: evenly over those that are left to read on."""
    first = max(goal.start, today)
    days = [day for at in range((goal.end - first).days) if goal.is_working_day(day := first + at * DAY)]
    left = goal.target - counted
    if not days or left <= 0:
        return
    for number in range(1, min(left, MOST_PAPERS) + 1):
        yield counted + number, days[ceil(number * len(days) / left) - 1]


def review_events(due: Mapping[date, int]) -> Iterator[Event]:
    """Yield a day for the questions that are due on it.

    Args:
        due: how many questions there are by day, none of them past.
    """
    for number, (day, questions) in enumerate(sorted(due.items()), 1):
        some = "1 question" if questions == 1 else f"{questions:,} questions"
        yield Event(f"review-{number}", day, day, f"Review: {some}", "papertrail review")
