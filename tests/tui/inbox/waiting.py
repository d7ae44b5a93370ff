"""Trails with announcements that wait: read from a server of feeds, as the program reads them."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timezone
from pathlib import Path
from unittest.mock import patch

from textual.pilot import Pilot

from papertrail.domain.inbox.watches import watch_category
from papertrail.library import Home
from papertrail.tui.inbox.list import InboxList
from tests.arxiv_server import ArxivServer
from tests.daily_feeds import Told, daily_feed
from tests.trails import FixedClock, opened, small_trail
from tests.tui.driving import SIZE, running

DETECTORS = (
    Told(
        "2604.30001",
        "Region proposals for faster detectors",
        "Rich feature hierarchies and region proposals, shared by a detector that is fast.\nIt pools them.",
        "Ross Girshick, Bo Sample",
    ),
    Told("2604.30002", "Spatial pyramid pooling again", "We pool a spatial pyramid.", "Ada Example"),
)
SUBJECTS = (
    "soil and rain",
    "bird songs",
    "old coins",
    "wheat prices",
    "river floods",
    "bridge steel",
    "tax law",
    "sea salt",
    "night trains",
    "glass roofs",
    "city noise",
    "stone walls",
)
OTHERS = tuple(
    Told(f"2604.4{place:04}", f"On {what}", f"We look at {what}, whatever the time of the year.", "Cy Other")
    for place, what in enumerate([f"{what} in {when}" for when in ("winter", "spring") for what in SUBJECTS])
)
CHINESE = Told("2604.50001", "用于小目标的残差检测网络", "一种残差检测网络，给小目标用。", "何恺明, 李华")
RCNN_AGAIN = Told("1311.2524", "Rich feature hierarchies", version=6, type="replace")
WEEK = (*DETECTORS, *OTHERS, CHINESE, RCNN_AGAIN)


class DayOfTheFeeds(FixedClock):
    """Stands at the day of the feeds, so that nothing waits for too long."""

    def __init__(self) -> None:
        super().__init__(datetime(2026, 4, 27, 12, 0, tzinfo=timezone.utc))


def env_of(server: ArxivServer, state: Path) -> Mapping[str, str]:
    """Return the variables by which papertrail asks that server."""
    return {**server.env(), "XDG_STATE_HOME": str(state)}


def trail_with(root: Path, told: Sequence[Told] = WEEK, *, watched: Sequence[str] = ("cs.CV",)) -> Home:
    """Return a trail that has asked a server what is new in these categories; it has closed since."""
    home = small_trail(root / "trail")
    with opened(home, DayOfTheFeeds()) as library, ArxivServer() as server:
        server.feeds = {name: daily_feed(tuple(told), feed=name) for name in watched}
        library.inbox.watch([watch_category(name) for name in watched])
        with patch.dict("os.environ", env_of(server, root / "state")):
            library.inbox.refresh()
    return home


def inbox(home: Home, size: tuple[int, int] = SIZE) -> AbstractAsyncContextManager[Pilot[int]]:
    """Run the program on the day of the feeds, until its first screen is filled."""
    return running(home, size, DayOfTheFeeds(), mode="today")


def triage(home: Home) -> dict[str, str]:
    """Return what became of announcements."""
    connection = sqlite3.connect(home.private / "library.db")
    try:
        return dict(connection.execute("SELECT arxiv_id, state FROM triage").fetchall())
    finally:
        connection.close()


def waiting(home: Home) -> list[str]:
    """Return what waits, as the library tells it."""
    with opened(home, DayOfTheFeeds()) as library:
        return [one.announcement.arxiv_id for one in library.inbox.contents().waiting]


def told_by_command(home: Home) -> list[str]:
    """Return what waits, as `papertrail inbox --json` tells it."""
    told = subprocess.run(
        [sys.executable, "-m", "papertrail", "--home", str(home.root), "inbox", "--json"],
        env={**os.environ, "PAPERTRAIL_NOW": DayOfTheFeeds().moment.isoformat()},
        capture_output=True,
        check=True,
    ).stdout
    return [one["arxiv_id"] for one in json.loads(told)["waiting"]]


def here(pilot: Pilot[int]) -> str:
    """Return the id of the announcement under the cursor."""
    chosen = pilot.app.screen.query_one(InboxList).chosen
    return "" if chosen is None else chosen.announcement.arxiv_id
