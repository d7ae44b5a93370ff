"""Announcements that would act upon the terminal: a real one shows them, and obeys none."""

from pathlib import Path

from tests.daily_feeds import Told
from tests.trails import HOSTILE_TITLES
from tests.tui.inbox.waiting import DayOfTheFeeds, trail_with, triage
from tests.tui.terminal import in_terminal
from tests.tui.test_hostile_screens import EVIL, assert_inert


def test_announcements_are_inert_without_colours_and_without_a_mouse(tmp_path: Path) -> None:
    told = [
        Told(f"2604.8{n:04}", f"region proposals {EVIL}{n} {title}", f"detector {EVIL}", f"A {EVIL}, B [/] z")
        for n, title in enumerate(HOSTILE_TITLES)
    ]
    home = trail_with(tmp_path, told)
    now = DayOfTheFeeds().moment.isoformat()
    with in_terminal(home, {"PAPERTRAIL_NOW": now, "NO_COLOR": "1"}) as terminal:
        terminal.wait_until(lambda text: "inbox 8" in text)
        terminal.press("4")
        terminal.wait_until(lambda text: "gnidaer" in text)
        terminal.press("\r")
        terminal.wait_until(lambda text: "esc back" in text)
        terminal.press("!")
        terminal.wait_until(lambda text: "What shall be left out" in text)
        terminal.press("\x1b")
        terminal.wait_until(lambda text: "What shall be left out" not in text)
        terminal.press("dL")
        terminal.wait_until(lambda text: "Into which lineage" in text)
        terminal.press("\x1b")
        terminal.wait_until(lambda text: "Into which lineage" not in text)
        terminal.press("w")
        terminal.wait_until(lambda text: "queued: " in text)
        terminal.press("u")
        terminal.wait_until(lambda text: "taken back" in text)
        terminal.press("\x11")
        assert terminal.end() == 0
        assert_inert(terminal)
    assert [*triage(home).values()] == ["skipped"]
