"""Backups: what they are called, what they say they hold, and which of them are kept for how long."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, NamedTuple

FORMAT = 1
"""Raised when a papertrail that knows less could not restore it."""

DAILY, WEEKLY, MONTHLY = 12, 10, 9
"""How many days, weeks and months before yesterday have one that is kept."""

CONTENTS = "papertrail-backup.json"
DATABASE = ".papertrail/library.db"
SEEDS = "seeds/papers.csv"
TEMPLATE = ".papertrail/template.md"
LINEAGE_TEMPLATE = ".papertrail/lineage-template.md"
JOURNAL = ".papertrail/journal.jsonl"
HISTORY = ".papertrail/history"
FOLDERS = ("notes", "seeds", HISTORY, ".papertrail/tellings", ".papertrail/drafts", ".papertrail/moves")
"""Whose files are in a backup, beside the single ones."""

_SINGLE = (DATABASE, TEMPLATE, LINEAGE_TEMPLATE, JOURNAL)
_NAME = re.compile(r"(\d{8}T\d{6}Z)-([a-z-]+)\.zip")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LONGEST_PATH = 1_000  # characters
_LARGEST = 1 << 48  # bytes of a file


class Why(StrEnum):
    """What a backup was made for."""

    DAILY = "daily"
    BY_HAND = "by-hand"
    BEFORE_MIGRATION = "before-migration"
    BEFORE_RESTORE = "before-restore"
    BEFORE_IMPORT = "before-import"
    BEFORE_MERGE = "before-merge"
    BEFORE_FIX = "before-fix"

    @property
    def words(self) -> str:
        """Return what it was made for, as a reader says it."""
        return _WORDS[self]


_WORDS = {
    Why.DAILY: "of the day",
    Why.BY_HAND: "made by hand",
    Why.BEFORE_MIGRATION: "before a new version",
    Why.BEFORE_RESTORE: "before a restore",
    Why.BEFORE_IMPORT: "before papers of a file",
    Why.BEFORE_MERGE: "before two papers became one",
    Why.BEFORE_FIX: "before doctor mended",
}
_NEWEST_KEPT = (Why.BEFORE_MIGRATION, Why.BEFORE_RESTORE)


class Named(NamedTuple):
    """What a backup's file name tells: its moment, UTC, and what it was made for."""

    at: datetime
    why: Why

    @property
    def file_name(self) -> str:
        """The name; names sort as their moments do."""
        return f"{self.at.astimezone(timezone.utc):%Y%m%dT%H%M%SZ}-{self.why}.zip"


class Stored(NamedTuple):
    """A backup in its folder: its file's name, what that tells, and its size in bytes."""

    file_name: str
    named: Named
    size: int


class KeptFile(NamedTuple):
    """One file of a backup.

    Attributes:
        sha256: hex digest of its bytes.
        size: in bytes.
        modified: when it was changed last, in nanoseconds, as it was in the trail.
    """

    sha256: str
    size: int
    modified: int


class Contents(NamedTuple):
    """What a backup says it holds.

    Attributes:
        at: when it was begun, UTC.
        why: what it was made for.
        version: of the papertrail that made it.
        schema: of its database.
        rows: how many rows each table of the database has.
        files: by their paths in the trail.
        changed: keys of papers whose note is another than the database tells: changed meanwhile.
        left_out: paths of files that could not be taken in, such as one that nobody may read.
        damaged: how many rows of the database were not what papertrail wrote, when it was copied.
    """

    at: datetime
    why: Why
    version: str
    schema: int
    rows: Mapping[str, int]
    files: Mapping[str, KeptFile]
    changed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    damaged: int = 0

    @property
    def papers(self) -> int:
        """How many papers it holds."""
        return self.rows.get("paper", 0)

    @property
    def notes(self) -> int:
        """How many notes it holds, as the database knows them."""
        return self.rows.get("note", 0)

    def to_json(self) -> bytes:
        """Return it as it stands in the backup."""
        return json.dumps(
            {
                "format": FORMAT,
                "at": self.at.astimezone(timezone.utc).isoformat(),
                "why": self.why,
                "version": self.version,
                "schema": self.schema,
                "rows": self.rows,
                "changed": self.changed,
                "left_out": self.left_out,
                "damaged": self.damaged,
                "files": self.files,
            },
            ensure_ascii=False,
        ).encode("utf-8")


class NewerFormat(ValueError):
    """A papertrail that knows more has made it."""


def read_name(file_name: str) -> Named | None:
    """Return what a file's name tells; None where it is none of a backup of ours."""
    match = _NAME.fullmatch(file_name)
    try:
        return Named(datetime.fromisoformat(match[1]), Why(match[2])) if match else None
    except ValueError:
        return None


def read_contents(data: bytes) -> Contents:
    """Return what a backup says it holds; it may have been made by anybody.

    Raises:
        NewerFormat: a papertrail that knows more has made it.
        ValueError: it is none of ours, or damaged.
    """
    try:
        told: dict[str, Any] = json.loads(data)
        if _whole(told["format"]) > FORMAT:
            raise NewerFormat
        files = {str(path): _file(*entry) for path, entry in told["files"].items()}
        contents = Contents(
            at=datetime.fromisoformat(told["at"]).astimezone(timezone.utc),
            why=Why(told["why"]),
            version=str(told["version"]),
            schema=_whole(told["schema"]),
            rows={str(table): _whole(number) for table, number in told["rows"].items()},
            files=files,
            changed=tuple(map(str, told["changed"])),
            left_out=tuple(map(str, told["left_out"])),
            damaged=_whole(told["damaged"]),
        )
    except (KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError from error
    if DATABASE not in files or not all(may_hold(path) for path in files) or _overlap(files):
        raise ValueError
    return contents


def may_hold(path: str) -> bool:
    """Tell whether a backup may hold a file of this path: nothing beside what a trail is made of.

    The path of a file that a stranger made must lead nowhere else when it is written, on any system.
    """
    parts = path.split("/")
    if len(path) > _LONGEST_PATH or any(part in ("", ".", "..") for part in parts):
        return False
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    if "\\" in path or _CONTROL.search(path):
        return False
    return path in _SINGLE or any(path.startswith(f"{folder}/") for folder in FOLDERS)


def outgrown(
    stored: Iterable[Stored],
    today: date,
    day_of: Callable[[datetime], date],
    most_bytes: int,
    *,
    keep: Collection[str] = (),
) -> list[str]:
    """Return the names of the backups that need no longer be kept.

    Kept are all of today and yesterday; before that, from new to old, one a day for twelve days that have
    one, one a week for ten weeks, one a month for nine months; and at any time the newest, and the newest
    from before a migration and from before a restore. The oldest of the others go until all take no
    more than `most_bytes`. Moments are those of the names: times of files do not survive copying.

    Args:
        stored: all there are.
        today: the reader's date.
        day_of: gives the reader's date at a moment.
        most_bytes: what all may take.
        keep: names of those that are kept whatever the clock says, such as the one just made.
    """
    newest_first = sorted(stored, key=lambda one: (one.named.at, one.file_name), reverse=True)
    for_ever = {*keep} | {one.file_name for one in newest_first[:1]}
    for why in _NEWEST_KEPT:
        for_ever |= {one.file_name for one in [one for one in newest_first if one.named.why is why][:1]}
    by_age = _kept_by_age(newest_first, today, day_of)
    kept, size = set[str](), sum(one.size for one in newest_first if one.file_name in for_ever)
    for one in newest_first:
        if one.file_name in for_ever:
            kept.add(one.file_name)
        elif one.file_name in by_age:
            size += one.size
            if size <= most_bytes:
                kept.add(one.file_name)
    return [one.file_name for one in reversed(newest_first) if one.file_name not in kept]


def _kept_by_age(newest_first: Sequence[Stored], today: date, day_of: Callable[[datetime], date]) -> set[str]:
    kept = set[str]()
    spans: tuple[tuple[int, Callable[[date], Any]], ...] = (
        (DAILY, lambda day: day),
        (WEEKLY, lambda day: day - timedelta(days=day.weekday())),
        (MONTHLY, lambda day: (day.year, day.month)),
    )
    last, left, stage = today - timedelta(days=1), DAILY, 0
    for one in newest_first:
        day = day_of(one.named.at)
        if day >= today - timedelta(days=1):
            kept.add(one.file_name)
            continue
        if stage < len(spans) and spans[stage][1](day) < spans[stage][1](last):
            kept.add(one.file_name)
            last, left = day, left - 1
            if not left:
                stage += 1
                left = spans[stage][0] if stage < len(spans) else 0
    return kept


def _overlap(paths: Iterable[str]) -> bool:
    """Tell whether a path is the folder of another."""
    all_of_them = set(paths)
    return any(path[: at.start()] in all_of_them for path in all_of_them for at in re.finditer("/", path))


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < _LARGEST:
        raise ValueError
    return value


def _file(sha256: object, size: object, modified: object) -> KeptFile:
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        raise ValueError
    if not isinstance(modified, int) or abs(modified) >= 1 << 63:
        raise ValueError
    return KeptFile(sha256, _whole(size), modified)
