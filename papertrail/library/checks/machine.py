"""The machine: its clock, its disk, its SQLite."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from papertrail.domain.clock import moment_words
from papertrail.domain.findings import Finding
from papertrail.library.checks.check import DATABASE, Check, Look, Needs
from papertrail.store.queries import soundness

OLDEST_SQLITE = (3, 37, 0)
LEAST_ROOM = 64 * 1024 * 1024
"""Bytes below which a disk is nearly full, or three times the database where that is more."""
_BEHIND = timedelta(minutes=5)  # by which the clocks of two machines may well differ
_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = frozenset(
    [
        "9p",
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "glusterfs",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb2",
        "smb3",
        "smbfs",
    ]
)


def _clock(look: Look) -> Iterator[Finding]:
    newest = soundness.newest_moment(look.connection)
    now = look.trail.now()
    with suppress(ValueError, TypeError):
        at = datetime.fromisoformat(newest or "")
        if at > now + _BEHIND:
            what = (
                f"the clock is behind the newest entry of the journal: it is {moment_words(now)},"
                f" that is of {moment_words(at.astimezone(now.tzinfo))}"
            )
            yield Finding("clock", what, DATABASE, "date")


def _network_drive(look: Look) -> Iterator[Finding]:
    kind = kind_of_disk(Path(os.path.realpath(look.trail.home.private)), _mounts())
    if kind in _NETWORK:
        what = f"the trail is on a network drive ({kind}), whose locks may not hold between two machines"
        remedy = "papertrail backup"
        yield Finding("network-drive", what, ".papertrail/", remedy, is_remark=True)


def _mounts() -> str:
    with suppress(OSError):
        return _MOUNTS.read_text(encoding="utf-8", errors="replace")
    return ""


def kind_of_disk(path: Path, mounts: str) -> str:
    """Return the kind of file system that a path is on; empty where that is not known.

    Args:
        path: a real one.
        mounts: what Linux tells in `/proc/self/mountinfo`, proc(5).
    """
    found = (0, "")
    for line in mounts.splitlines():
        before, dash, after = line.partition(" - ")
        parts, kind = before.split(" "), after.split(" ")[0]
        if not dash or len(parts) < 5:
            continue
        place = parts[4].encode("utf-8").decode("unicode_escape", "replace") if "\\" in parts[4] else parts[4]
        if path.is_relative_to(place) and len(place) >= found[0]:
            found = (len(place), kind)
    return found[1]


def _sqlite(_: Look) -> Iterator[Finding]:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        wanted = ".".join(map(str, OLDEST_SQLITE))
        what = f"SQLite is {sqlite3.sqlite_version}; papertrail is tested from {wanted} on"
        yield Finding("sqlite", what, "this Python", "python3 --version")


def _writing(look: Look) -> Iterator[Finding]:
    if look.obstacle is not None:
        yield Finding("writing", look.obstacle.what, ".papertrail/", look.obstacle.remedy)


def _disk_space(look: Look) -> Iterator[Finding]:
    if look.obstacle is not None:
        return
    with suppress(OSError, AttributeError):
        folder = look.trail.home.private if look.trail.home.private.is_dir() else look.trail.home.root
        disk, size = os.statvfs(folder), 0
        with suppress(OSError):
            size = look.trail.database.path.stat().st_size
        free = disk.f_bavail * disk.f_frsize
        if free < max(LEAST_ROOM, 3 * size):
            what = f"the disk has {free / 1e6:.0f} MB left"
            yield Finding("disk-space", what, ".papertrail/", "df -h .")


CHECKS = (
    Check(
        "clock",
        "whether the clock is behind the newest entry of the journal",
        "what is read now would count on a day that is over, and come before what was done",
        _clock,
        Needs.SCHEMA,
    ),
    Check(
        "network-drive",
        "whether the trail is on a network drive",
        "two machines that write at once can damage the database there",
        _network_drive,
    ),
    Check(
        "sqlite",
        "whether SQLite is new enough",
        "older ones have faults that damage a database",
        _sqlite,
    ),
    Check(
        "writing",
        "whether anything can be written where the trail is",
        "nothing that you do is kept, and nothing is mended",
        _writing,
    ),
    Check(
        "disk-space",
        "whether there is room on the disk",
        "on a full disk nothing can be saved",
        _disk_space,
    ),
)
