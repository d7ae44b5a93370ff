"""How a review goes, in words: the same on the screen and in the plain terminal."""

from collections.abc import Sequence
from datetime import date, timedelta

from papertrail.domain.picture import short_date
from papertrail.domain.recall.review import ReviewDay, ReviewStats
from papertrail.domain.recall.sitting import Worth

DAYS_A_MONTH = 30.4
_LONGEST_IN_DAYS = 60


def interval_words(days: int) -> str:
    """Return a time until a question comes again, as short as it stands beside a grade: `12 d`, `5 mo`."""
    return f"{days} d" if days <= _LONGEST_IN_DAYS else f"{round(days / DAYS_A_MONTH)} mo"


def minutes_words(minutes: float) -> str:
    """Return how long something takes: `about 5 minutes`."""
    whole = round(minutes)
    if whole < 1:
        return "less than a minute" if minutes > 0 else "no time"
    return f"about {whole} {'minute' if whole == 1 else 'minutes'}"


def counted_words(number: int, thing: str) -> str:
    """Return how many there are of something: `1 question`, `1,200 questions`."""
    return f"{number:,} {thing if number == 1 else f'{thing}s'}"


def today_words(day: ReviewDay) -> str:
    """Return how much is asked today and how long that takes, without the number of questions."""
    thing = "question" if len(day.asked) == 1 else "questions"
    if day.asked:
        more = " more" if day.answered else ""
        return f"{thing}{more} today · {minutes_words(day.minutes)}"
    return f"{thing} left today" if day.answered else f"{thing} due today"


def waiting_words(day: ReviewDay) -> str:
    """Return how many are left for other days; empty for none."""
    parts = []
    if day.waiting:
        parts.append(f"{day.waiting:,} more {'waits' if day.waiting == 1 else 'wait'} for another day")
    if day.unasked:
        parts.append(f"{day.unasked:,} not asked yet")
    return ", ".join(parts)


def tomorrow_words(day: ReviewDay) -> str:
    """Return how long tomorrow will take."""
    if day.tomorrow_minutes <= 0:
        return "nothing tomorrow"
    return f"tomorrow {minutes_words(day.tomorrow_minutes)}"


def deadline_words(day: ReviewDay, today: date) -> str:
    """Return how the last weeks before the day to be ready by are planned; empty without one ahead."""
    if day.ready_by is None or day.ready_by <= today:
        return ""
    ready = f"ready by {_day(day.ready_by, today)}"
    begins = day.last_weeks_from
    if begins is None or begins >= day.ready_by:  # no question there is to be asked before
        return ready
    since = "now all" if begins <= today else f"from {_day(begins, today)} all"
    return f"{since} are asked again, {ready}"


def remembered_words(stats: ReviewStats) -> str:
    """Return what is likely remembered; empty while nothing was answered."""
    if stats.remembered is None:
        return ""
    return f"{stats.remembered:.0%} of {counted_words(stats.answered, 'answered question')} remembered"


def explained_words(stats: ReviewStats) -> str:
    """Return how many papers the reader can explain; empty while none counts."""
    if not stats.counted:
        return ""
    return f"you can explain {stats.explained} of {stats.counted} counted"


def why_nothing(day: ReviewDay, stats: ReviewStats, today: date) -> str:
    """Say why nothing is asked, and when something will be."""
    if not stats.counted:
        return "No questions yet: they come from the notes of papers that count"
    if not day.known:
        return "No questions yet: what counts has no note with words in its sections"
    next_on = today + timedelta(days=1) if day.tomorrow_minutes > 0 else day.next_on  # new ones have no day
    if next_on is not None:
        return f"Nothing is due: next on {_day(next_on, today)}"
    return "Nothing is due"


def asks_nothing(about: str | None) -> str:
    """Say that a paper or lineage that was named, or several papers, has no question, and when it will."""
    said = "these papers ask" if about is None else f"{about} asks"
    return f"{said} nothing yet: what a note asks comes once its paper counts"


def _day(day: date, today: date) -> str:
    """Return a day as `9 Mar`, with the year where it is not this one."""
    return short_date(day) + ("" if day.year == today.year else f" {day.year}")


def asked_words(wordings: Sequence[str]) -> str:
    """Return what of a paper was not known, on one line."""
    first, more = wordings[0], len(wordings) - 1
    return f"{first} and {more} more" if more else first


def worth_words(worth: Worth) -> list[str]:
    """Return what a review was worth, a line each."""
    if not worth.answered:
        return ["Nothing was answered this time"]
    lines = [f"{worth.known} of {counted_words(worth.answered, 'answer')} known"]
    lines.append(f"It took {minutes_words(worth.seconds / 60)}.")
    with_it, without = round(worth.later), round(worth.without)
    if with_it > without and worth.answered == 1:
        lines.append("In a month you will likely know it still; without today you would not.")
    elif with_it > without:
        lines.append(
            f"In a month you will likely know {with_it} of them;"
            f" without today it would be {without or 'none'}."
        )
    if worth.tomorrow:
        lines.append(f"{worth.tomorrow} come{'s' if worth.tomorrow == 1 else ''} again tomorrow.")
    return lines
