"""Keys typed faster than the inbox is read act on what they were meant for; and it costs no first frame."""

import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import Input

from papertrail.domain.paper import Status
from papertrail.library import Home
from papertrail.tui.inbox.screen import InboxScreen
from tests.trails import opened
from tests.tui.driving import settle, shown
from tests.tui.inbox.waiting import here, inbox, triage, waiting
from tests.tui.test_typed_ahead import WORD, at_once

FIRST, SECOND = "2604.30001", "2604.30002"


@pytest.mark.parametrize("keys", ["4!", "4L", "4c", "4\r!", "4d!", "4b!", "24!"])
async def test_words_go_into_the_field_that_the_key_before_opens(home: Home, keys: str) -> None:
    async with inbox(home) as pilot:
        at_once(pilot, keys + WORD)
        await settle(pilot)
        assert pilot.app.screen.query_one(Input).value == WORD
    assert triage(home) == ({FIRST: "skipped"} if "d" in keys else {})


async def test_keys_act_on_the_rows_they_were_meant_for(home: Home) -> None:
    order = waiting(home)
    async with inbox(home) as pilot:
        at_once(pilot, "4dw j d")  # two marks, with a row left between them
        await settle(pilot)
        assert here(pilot) not in triage(home)
        assert triage(home) == {
            FIRST: "skipped",
            SECOND: "taken",
            "1311.2524": "skipped",
            order[3]: "skipped",
        }
        at_once(pilot, "uuu")
        await settle(pilot)
    assert triage(home) == {} and waiting(home) == order


async def test_keys_go_on_to_the_screen_that_is_opened(home: Home) -> None:
    async with inbox(home) as pilot:
        at_once(pilot, "42w")  # what is queued is the paper, not the announcement
        await settle(pilot)
        assert not isinstance(pilot.app.screen, InboxScreen)
        assert triage(home) == {} and "◔" in shown(pilot)
        at_once(pilot, "4\rd1")
        await settle(pilot)
        assert triage(home) == {FIRST: "skipped"} and pilot.app.current_mode == "today"
    with opened(home) as library:
        assert library.papers.get("rcnn").summary.status is Status.QUEUED


FRAME = """
import asyncio, sys
from pathlib import Path
from papertrail.library import Home
from papertrail.tui.frame.app import PapertrailApp

class Program(PapertrailApp):
    def data_shown(self):
        print("\\n".join(sys.modules))
        self.exit()

async def main():
    async with Program(Home(Path(sys.argv[1]))).run_test() as pilot:
        await pilot.pause()

asyncio.run(main())
"""


def test_the_first_frame_needs_nothing_of_the_inbox(home: Home) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FRAME, str(home.root)],
        capture_output=True,
        cwd=Path(__file__).parents[3],
        timeout=120,
        encoding="utf-8",
        check=True,
    )
    modules = set(done.stdout.split())
    assert "papertrail.tui.today.screen" in modules
    assert not {one for one in modules if "inbox" in one}
