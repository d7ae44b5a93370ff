"""Whether the backup of the day is due; apart from what makes it, since each daily command asks."""

import os
from datetime import datetime

from papertrail.domain.clock import local_date, utc_text
from papertrail.domain.settings import BACKUP_DAILY, DAY_STARTS
from papertrail.library.open_trail import OpenTrail


def is_due(trail: OpenTrail) -> bool:
    """Tell whether something was done before today that is in no backup yet."""
    try:
        names = os.listdir(trail.home.private / "backups")  # noqa: PTH208 half the time of paths
    except OSError:
        names = []
    newest = max((name for name in names if name.endswith(".zip")), default="").partition("-")[0]
    since: datetime | None
    try:
        since = datetime.fromisoformat(newest)
    except ValueError:  # mostly, as there is none yet
        since = None
    today = trail.today()
    if since and local_date(since.astimezone(trail.now().tzinfo), trail.setting(DAY_STARTS)) >= today:
        return False
    if trail.setting(BACKUP_DAILY) == "off":
        return False
    from papertrail.store.queries import operations

    done = operations.done_before(trail.database.read(), today.isoformat())
    return done is not None and (since is None or done > utc_text(since))
