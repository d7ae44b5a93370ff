"""The objects that `doctor` and `backup` write with `--json`; docs/JSON.md describes every field."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from papertrail.cli.documents import Document
    from papertrail.domain.findings import AboutCheck, Finding, Mended
    from papertrail.library.backups import Backup


def doctor_object(findings: "Sequence[Finding]", mended: "Mended | None" = None) -> "Document":
    """Return the document of `doctor`; with what was mended where that was asked for."""
    document: Document = {
        "findings": [
            {
                "check": one.check,
                "what": one.what,
                "where": one.where,
                "remedy": one.remedy,
                "is_remark": one.is_remark,
                "is_fixable": one.is_fixable,
            }
            for one in findings
        ]
    }
    if mended is not None:
        document["backup"] = mended.backup or None
        document["mended"] = [{"check": name, "what": words} for name, words in mended.done]
        document["not_mended"] = [{"check": name, "what": words} for name, words in mended.failed]
    return document


def checks_object(checks: "Sequence[AboutCheck]") -> "Document":
    """Return the document of `doctor --list-checks`."""
    return {
        "checks": [
            {
                "name": one.name,
                "group": one.group,
                "asks": one.asks,
                "why": one.why,
                "can_fix": one.can_fix,
            }
            for one in checks
        ]
    }


def backups_object(backups: "Sequence[Backup]") -> "Document":
    """Return the document of `backup`."""
    return {"backups": [_backup_object(one) for one in backups]}


def _backup_object(backup: "Backup") -> "Document":
    contents = backup.contents
    return {
        "path": str(backup.path),
        "at": backup.named.at.isoformat(timespec="seconds"),
        "why": backup.named.why,
        "size": backup.size,
        "papers": None if contents is None else contents.papers,
        "notes": None if contents is None else contents.notes,
        "schema": None if contents is None else contents.schema,
        "changed": [] if contents is None else list(contents.changed),
        "left_out": [] if contents is None else list(contents.left_out),
        "damaged": None if contents is None else contents.damaged,
        "trouble": backup.trouble,
    }
