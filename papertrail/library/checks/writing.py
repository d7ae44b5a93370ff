"""Whether anything can be written where a trail is, told without trying: looking writes nothing."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from papertrail.domain.findings import Finding
from papertrail.library.trail import Home

LEAST_TO_WRITE = 1 << 20
"""Bytes below which a disk is full: no backup fits on it, and hardly an operation."""
COPY = "cp -R . ~/papertrail-copy"
_ONLY_READ = (
    "papertrail backup --list",
    "papertrail doctor --check",
    "papertrail doctor --list-checks",
    "papertrail list",
)


class Obstacle(NamedTuple):
    """Why nothing can be written, and the command that helps first."""

    what: str
    remedy: str


def obstacle_of(home: Home) -> Obstacle | None:
    """Return why nothing can be written in a trail; None where it can, as far as can be told."""
    folder = home.private if home.private.is_dir() else home.root
    with suppress(OSError, AttributeError):
        disk = os.statvfs(folder)
        if disk.f_flag & os.ST_RDONLY:
            return Obstacle("the disk is mounted to be read only: nothing can be written or mended", COPY)
        if disk.f_bavail * disk.f_frsize < LEAST_TO_WRITE:
            return Obstacle("the disk is full: nothing can be written or mended", "df -h .")
        as_we_are = os.access in os.supports_effective_ids
        if not os.access(folder, os.W_OK | os.X_OK, effective_ids=as_we_are):
            if folder == home.private and folder.stat().st_uid == os.geteuid():
                return None  # its mode is told by itself, and mended before anything else is
            return Obstacle("you may not write in the trail: nothing can be written or mended", COPY)
    return None


def true_there(findings: Iterable[Finding], obstacle: Obstacle | None) -> Iterator[Finding]:
    """Give findings, those that want something written with what has to come before that."""
    for finding in findings:
        if obstacle is not None and (finding.is_fixable or _writes(finding)):
            yield replace(finding, remedy=obstacle.remedy, is_fixable=False)
        else:
            yield finding


def _writes(finding: Finding) -> bool:
    is_ours = finding.remedy.startswith("papertrail ")
    if finding.check == "database":  # to open one of an earlier schema is to bring it up
        return is_ours
    only_reads = finding.remedy.startswith(_ONLY_READ) or finding.remedy.endswith("--history")
    return (is_ours and not only_reads) or finding.remedy.startswith("mv ")
