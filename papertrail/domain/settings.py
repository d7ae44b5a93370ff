"""The settings of a trail: what each is called, what it means, and what it may be."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line, fold, shorten

MOST_STEPS = 99
MOST_INBOX_DAYS = 365
LEAST_RETENTION, MOST_RETENTION = 0.7, 0.97  # above, a question is asked every few days for ever
LEAST_BACKUP_SIZE, MOST_BACKUP_SIZE = 10, 9_999_999  # MB; less would be no backup but the newest
LATEST_HOUR = 12  # a day that began later would rather be the next one

_MOST_DIGITS = 9  # more than any number of ours has, also with noughts before it

_T = TypeVar("_T")


class Setting(NamedTuple, Generic[_T]):
    """One thing a reader may want otherwise; `str()` of a value is how it is stored and shown.

    Attributes:
        name: as it is typed.
        default: holds until another value is set.
        means: what it says, in a line.
        allowed: what it may be, in words that go on after "give".
        read: returns the value of a clean text; ValueError when it may not be that.
    """

    name: str
    default: _T
    means: str
    allowed: str
    read: Callable[[str], _T]

    def parse(self, text: str) -> _T:
        """Return the value that a text stands for.

        Raises:
            BadInput: it may not be that.
        """
        try:
            return self.read(clean_line(text))
        except ValueError:
            said = shorten(clean_line(text), 40) or "empty"
            raise BadInput(f"{self.name} cannot be {said}", f"give {self.allowed}") from None


def _number(least: int, most: int) -> Callable[[str], int]:
    """Return what reads a whole number between two, both of which it may be."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
            raise ValueError
        if not least <= int(text) <= most:
            raise ValueError
        return int(text)

    return read


def _steps(text: str) -> int | Literal["all"]:
    return "all" if fold(text) == "all" else _number(0, MOST_STEPS)(text)


NEXT_DEPTH: Setting[int | Literal["all"]] = Setting(
    name="next-depth",
    default=1,
    means="how many steps down a suggested paper waits for what it builds on outside of its lineage",
    allowed=f"a number from 0 to {MOST_STEPS}, or all",
    read=_steps,
)


def _time_of_day(text: str) -> str:
    hour, colon, minute = text.partition(":")
    if not (colon and len(hour) <= 2 and len(minute) == 2 and (hour + minute).isascii()):
        raise ValueError
    starts = time(int(hour), int(minute))
    if starts.hour >= LATEST_HOUR:
        raise ValueError
    return f"{starts:%H:%M}"


DAY_STARTS: Setting[str] = Setting(
    name="day-starts",
    default="00:00",
    means="when the reader's day begins: what is done before is dated the day before",
    allowed=f"a time from 00:00 to {LATEST_HOUR - 1}:59",
    read=_time_of_day,
)


def _on_or_off(text: str) -> str:
    if fold(text) in ("on", "off"):
        return fold(text)
    raise ValueError


OFFLINE: Setting[str] = Setting(
    name="offline",
    default="off",
    means="whether papertrail never asks arXiv: what is added waits for its metadata",
    allowed="on or off",
    read=_on_or_off,
)


INBOX_DAYS: Setting[int] = Setting(
    name="inbox-days",
    default=30,
    means="after how many days what waits in the inbox goes",
    allowed=f"a number from 1 to {MOST_INBOX_DAYS}",
    read=_number(1, MOST_INBOX_DAYS),
)

LIST_COLUMNS = ("year", "title", "venue", "status", "added", "read", "words", "rating", "key")
"""Columns of the list of papers, in the order in which they stand; it can be sorted by each."""


def _columns(text: str) -> str:
    wanted = fold(text).replace(",", " ").split()
    if not wanted or not set(wanted) <= set(LIST_COLUMNS):
        raise ValueError
    return ",".join(name for name in LIST_COLUMNS if name in (*wanted, "title"))


SHOWN_COLUMNS: Setting[str] = Setting(
    name="list-columns",
    default="year,title,key",
    means="which columns the list of papers has where there is room",
    allowed=f"some of {', '.join(LIST_COLUMNS)}, with commas between them",
    read=_columns,
)


def _list_order(text: str) -> str:
    name = fold(text)
    if name != "none" and name.removeprefix("-") not in LIST_COLUMNS:
        raise ValueError
    return name


LIST_ORDER: Setting[str] = Setting(
    name="list-sort",
    default="none",
    means="what the list of papers is sorted by; - before it for falling",
    allowed=f"none, or one of {', '.join(LIST_COLUMNS)}, such as -year",
    read=_list_order,
)


THEME_NAMES = ("dark", "light", "contrast", "terminal")


def _theme(text: str) -> str:
    if fold(text) in THEME_NAMES:
        return fold(text)
    raise ValueError


THEME: Setting[str] = Setting(
    name="theme",
    default="dark",
    means="the colours of the terminal program",
    allowed="dark, light, contrast, or terminal for the terminal's own 16 colours",
    read=_theme,
)


def _retention(text: str) -> float:
    share = float(text.removesuffix("%")) / 100 if text.endswith("%") else float(text)
    if not LEAST_RETENTION <= share <= MOST_RETENTION:
        raise ValueError
    return share


REVIEW_RETENTION: Setting[float] = Setting(
    name="review-retention",
    default=0.9,
    means="how likely a question is to be remembered when review asks it again",
    allowed=f"a share from {LEAST_RETENTION} to {MOST_RETENTION}, such as 0.9",
    read=_retention,
)


REVIEW_MINUTES: Setting[int] = Setting(
    name="review-minutes",
    default=10,
    means="how many minutes a day review takes at most",
    allowed="a number from 1 to 240",
    read=_number(1, 240),
)

REVIEW_NEW: Setting[int] = Setting(
    name="review-new",
    default=10,
    means="how many questions a day are asked for the first time at most",
    allowed="a number from 0 to 200",
    read=_number(0, 200),
)


def _ready_by(text: str) -> str:
    if fold(text) in ("goal", "never"):
        return fold(text)
    return date.fromisoformat(text).isoformat()


REVIEW_READY_BY: Setting[str] = Setting(
    name="review-ready-by",
    default="goal",
    means="the day by which every question is to be met once more",
    allowed="a date such as 2027-03-01, goal for the end of the goal, or never",
    read=_ready_by,
)

GUESS_ASKED: Setting[str] = Setting(
    name="guess",
    default="on",
    means="whether the terminal program asks, before a paper is read, what you would have built",
    allowed="on or off",
    read=_on_or_off,
)

BACKUP_DAILY: Setting[str] = Setting(
    name="backup-daily",
    default="on",
    means="whether the trail is backed up on each day's first use",
    allowed="on or off",
    read=_on_or_off,
)


BACKUP_SIZE: Setting[int] = Setting(
    name="backup-size",
    default=500,
    means="how many MB the trail's own backups take at most; the newest is kept whatever it takes",
    allowed=f"a number of MB from {LEAST_BACKUP_SIZE}, such as 500",
    read=_number(LEAST_BACKUP_SIZE, MOST_BACKUP_SIZE),
)

TELL_MINUTES: Setting[int] = Setting(
    name="tell-minutes",
    default=3,
    means="how many minutes telling a lineage from memory is to take",
    allowed="a number from 1 to 60",
    read=_number(1, 60),
)


def _vault(text: str) -> str:
    if not text:
        raise ValueError
    return "off" if fold(text) == "off" else str(Path(text).expanduser().absolute())


EXPORT_OBSIDIAN: Setting[str] = Setting(
    name="export-obsidian",
    default="off",
    means="the vault of Obsidian that is kept in step after each change",
    allowed="a folder, or off",
    read=_vault,
)

SETTINGS: dict[str, Setting[Any]] = {
    setting.name: setting
    for setting in (
        NEXT_DEPTH,
        DAY_STARTS,
        OFFLINE,
        INBOX_DAYS,
        TELL_MINUTES,
        THEME,
        SHOWN_COLUMNS,
        LIST_ORDER,
        REVIEW_RETENTION,
        REVIEW_MINUTES,
        REVIEW_NEW,
        REVIEW_READY_BY,
        GUESS_ASKED,
        BACKUP_DAILY,
        BACKUP_SIZE,
        EXPORT_OBSIDIAN,
    )
}
"""All there are, by name, in the order in which they are listed."""


def setting_called(name: str) -> Setting[Any]:
    """Return the setting of this name, case ignored.

    Raises:
        BadInput: there is none; the remedy names one that is near, or all.
    """
    wanted = fold(name)
    if wanted in SETTINGS:
        return SETTINGS[wanted]
    from difflib import get_close_matches

    near = get_close_matches(wanted, SETTINGS, n=1, cutoff=0.6)
    remedy = f"did you mean {near[0]}?" if near else f"there is {', '.join(SETTINGS)}"
    raise BadInput(f"there is no setting {shorten(clean_line(name), 40) or 'without a name'}", remedy)
