"""Whether the backup of the day is due; apart from what makes it, since each daily command asks."""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from papertrail.domain.clock import local_date, utc_text
from papertrail.domain.settings import BACKUP_DAILY, DAY_STARTS
from papertrail.library.open_trail import OpenTrail


def is_due(trail: OpenTrail) -> bool:
    """Tell whether something was done before today that is in no backup yet."""
    since = _newest(trail.home.private / "backups")
    today = trail.today()
    if since and local_date(since.astimezone(trail.now().tzinfo), trail.setting(DAY_STARTS)) >= today:
        return False
    if trail.setting(BACKUP_DAILY) == "off":
        return False
    from papertrail.store.queries import operations

    done = operations.done_before(trail.database.read(), today.isoformat())
    return done is not None and (since is None or done > utc_text(since))


def _newest(folder: Path) -> datetime | None:
    """Return the moment that the newest backup is named by; None where there is none yet."""
    with suppress(OSError):
        for name in sorted(os.listdir(folder), reverse=True):  # noqa: PTH208 half the time of paths
            with suppress(ValueError):
                at = datetime.fromisoformat(name.partition("-")[0])
                if name.endswith(".zip") and at.tzinfo is not None:
                    return at
    return None
